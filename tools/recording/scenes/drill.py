"""A drill on a clock ten times as fast: bad news arrives above an open question."""

from __future__ import annotations

from recording.camera import Camera
from recording.scene import Scene


def play(camera: Camera) -> None:
    camera.types(
        "crisis drill erroneous-mass-message --code-name calm-otter --speed 20",
        "When did the first wrong message leave\\?",
    )
    camera.types("now", "What now\\?")
    camera.waits("INJECT")
    camera.pick("note", "Note")
    camera.types("not ours: stop it, then tell the call", "What now\\?")
    camera.press("ctrl-c", "Nothing was sent by leaving")
    camera.types("crisis end", "How does it end")
    camera.pick("this is not a crisis", "(?:Why|why)")
    camera.types("a drill of five minutes", "has ended")
    camera.types("crisis drill --last", "NOSUCH")


DRILL = Scene(
    name="drill",
    title="crisis drill: practise, and nothing can be sent",
    about="The clock runs ten times as fast and bad news arrives above the open question. Every text bears a stamp.",
    play=play,
    ends_on="Nothing was sent by leaving",
)
