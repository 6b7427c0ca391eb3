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
            "Looking at the words sends nothing.",
        ]
        if walk.turn(self, body, [Option("d", "open", "see the words, get the yes, send")]) != "open":
            return
        out: list[str] = []
        for number, message in enumerate(self.send, start=1):
            if walk.is_out(message):
                walk.terminal.say(f"{message}: it is out, or in somebody's hands.")
                out.append(message)
                continue
            if walk.send(self, message):
                out.append(message)
            following = next((name for name in self.send[number:] if not walk.is_out(name)), "")
            if following and not _goes_on(walk, message, following, done=message in out):
                return
        if len(out) == len(self.send):
            walk.answered(self, out, how="sensed")


def _goes_on(walk: Walk, message: str, following: str, *, done: bool) -> bool:
    """A stop between two messages: what was handed over a moment ago must be read before other words come."""
    if not walk.terminal.interactive:
        return True
    state = "is out, or in somebody's hands" if done else "is not out yet"
    options = [Option("d", "on", f"go on to {following}"), Option("b", "back", "back to the step")]
    chosen = walk.terminal.choose(f"after.{message}", f"{message} {state}. What now?", options, record=False)
    return chosen == "on"
