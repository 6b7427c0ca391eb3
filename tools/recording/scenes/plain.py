"""The same walk in lines: no colour, no moving cursor, no escape byte."""

from __future__ import annotations

from journeys import CODE
from recording.camera import Camera
from recording.scene import Scene


def play(camera: Camera) -> None:
    camera.types(
        f"crisis start erroneous-mass-message --code-name {CODE} --plain", "When did the first wrong message leave\\?"
    )
    camera.types("now", "What now\\?")
    camera.answer("done: note what was seen", "Queue length and time of the last send")
    camera.types("0 waiting, last send 03:03", "What now\\?")
    camera.answer("pause", "Go on with: crisis resume")


PLAIN = Scene(
    name="plain",
    title="crisis start --plain: lines only",
    about="For screen readers, for terminals that cannot move their cursor, and for whoever likes lines.",
    play=play,
    ends_on="crisis resume",
)
