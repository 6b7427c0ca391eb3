"""A drill on a faster clock: bad news arrives above an open question, and at the end there is a score."""

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
    camera.pick("this is not a crisis", "Why is it not a crisis")
    camera.types("a drill of five minutes", "has ended")
    camera.types("crisis drill --last", "Bad news")


DRILL = Scene(
    name="drill",
    title="crisis drill: practise, and nothing can be sent",
    about="The clock runs twenty times as fast. Bad news arrives above the open question; at the end there is a score.",
    play=play,
    ends_on="Bad news +1 of 2 answered",
)
