"""`send`: messages are shown, approved, and sent or handed over."""

from __future__ import annotations

from typing import ClassVar

from crisiscli.screen import Line, Option
from crisiscli.shape import noun
from crisiscli.steps.base import Step, Walk


@noun
class Send(Step):
    """Messages are shown, approved, and sent or handed over."""

    verb: ClassVar[str] = "send"

    send: tuple[str, ...]
    """The messages, in order."""

    @property
    def text(self) -> str:
        return f"Send: {', '.join(self.send)}"

    def run(self, walk: Walk) -> None:
        body: list[Line | str] = [
            Line(f"Send  {', '.join(self.send)}", "strong"),
            "Nothing goes out before you type the code name.",
        ]
        if walk.turn(self, body, [Option("d", "open", "see the words, get the yes, send")]) != "open":
            return
        out = [message for message in self.send if walk.send(self, message)]
        if len(out) == len(self.send):
            walk.answered(self, out, how="sensed")
