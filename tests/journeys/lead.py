"""The person at the keyboard: presses a key, then waits until something new is drawn, never for a time."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from term import KEYS, PATIENCE, Term

_FORWARD = re.compile(r"\x1b\[(\d*)C")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\x1b[=>78]|[\x00-\x09\x0b-\x1a\x1c-\x1f]")
_ROW_ENDS = re.compile(r"[\r\n]+")


def seen(raw: bytes) -> str:
    """What those bytes wrote, as one line of words: escapes taken out, jumps of the cursor as spaces."""
    text = raw.decode("utf-8", "replace")
    text = _FORWARD.sub(lambda found: " " * int(found.group(1) or 1), text)
    return " ".join(_ESCAPES.sub("", _ROW_ENDS.sub(" ", text)).split())


class Lead(Term):
    """A Term whose waits look only at what was written after the last key."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cols: int = 120,
        rows: int = 50,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        super().__init__(argv, cols=cols, rows=rows, env=env, cwd=cwd)
        self.mark = 0

    def __enter__(self) -> Lead:
        return self

    @property
    def new(self) -> str:
        """What was written since the last key."""
        return seen(self.raw[self.mark :])

    def sees(self, *patterns: str, timeout: float = PATIENCE) -> str:
        """Waits until each regular expression was written since the last key, in this order; returns it all."""
        wanted = re.compile(".*?".join(f"(?:{pattern})" for pattern in patterns))
        end = time.monotonic() + timeout
        alive = True
        while not wanted.search(self.new):
            if not alive or time.monotonic() > end:
                raise AssertionError(f"never saw {patterns!r} after the last key; new:\n{self.new}\n\n{self.text}")
            alive = self.pump()
        return self.new

    def press(self, key: str, *patterns: str) -> str:
        """Presses one key (a name from KEYS, or text) and waits for what it brings."""
        self.mark = len(self.raw)
        self.child.send(KEYS.get(key, key))
        return self.sees(*patterns) if patterns else self.new

    def types(self, text: str, *patterns: str) -> str:
        """Types a line and ENTER, and waits for what it brings."""
        self.mark = len(self.raw)
        self.child.send(text)
        if text:
            self.sees(re.escape(" ".join(text.split())[-40:].strip()))
        return self.press("enter", *patterns)

    def pick(self, label: str, *patterns: str) -> str:
        """Looks for an option by its words, presses its letter, and waits for what that brings."""
        wanted = re.compile(r"\[(\S{1,2})\] (?:\([ x]\) )?" + label)
        self.sees(wanted.pattern)
        letters = wanted.findall(self.new)
        return self.press(letters[-1], *patterns)

    def tick(self, *labels: str) -> None:
        """Ticks lines of an open list by their words, each until it is seen ticked."""
        for label in labels:
            letters = re.findall(r"\[(\S{1,2})\] \( \) " + label, self.text)
            assert letters, f"no line {label!r} to tick:\n{self.text}"
            self.keys(letters[-1])
            self.wait(r"\(x\) " + label)

    def ends(self) -> int | None:
        """Waits until the program has ended; its exit code, or minus the signal."""
        return self.wait_end()
