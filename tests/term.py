"""A person's terminal for tests: a real pty in front of a program, and a screen to look at (pexpect and pyte)."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pexpect
import pyte

PATIENCE = 15.0
"""Seconds to wait for something to be seen; slow machines are not broken programs."""

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "space": " ",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "ctrl-c": "\x03",
    "ctrl-d": "\x04",
    "ctrl-s": "\x13",
}
CURSOR_QUERY = b"\x1b[6n"


class Look(NamedTuple):
    """How one cell of the screen looks; colours are pyte's names (`default`, `red`)."""

    fg: str
    bg: str
    bold: bool
    reverse: bool


class Term:
    """Runs `argv` in a pty of `cols` x `rows`. Use as a context manager; it kills what still runs."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cols: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        answers_cursor: bool = True,
    ) -> None:
        self.screen = pyte.HistoryScreen(cols, rows, history=5000)
        self.stream = pyte.ByteStream(self.screen)
        self.answers_cursor = answers_cursor
        self.raw = b""
        self.child = pexpect.spawn(
            argv[0],
            list(argv[1:]),
            dimensions=(rows, cols),
            env={**_base_environment(), **(env or {})},
            cwd=str(cwd) if cwd else None,
            timeout=PATIENCE,
        )
        # pexpect's own pause before each send is a fixed sleep.
        self.child.delaybeforesend = None

    def __enter__(self) -> Term:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def text(self) -> str:
        """What a person sees now."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    @property
    def flat(self) -> str:
        """What a person sees, with line breaks and runs of spaces as one space."""
        return " ".join(self.text.split())

    def pump(self, seconds: float = 0.05) -> bool:
        """Feeds the screen for about this long; False when the program has closed its end."""
        end = time.monotonic() + seconds
        while True:
            try:
                block = self.child.read_nonblocking(65536, timeout=0.02)
            except pexpect.TIMEOUT:
                block = b""
            except (pexpect.EOF, OSError, ValueError):
                return False
            self._feed(block)
            if time.monotonic() >= end:
                return True

    def wait(self, pattern: str, timeout: float = PATIENCE) -> str:
        """Waits until the regular expression is on the screen (or across its line breaks); returns the screen."""
        return self._until(
            lambda: bool(re.search(pattern, self.text) or re.search(pattern, self.flat)), pattern, timeout
        )

    def wait_gone(self, pattern: str, timeout: float = PATIENCE) -> str:
        """Waits until the regular expression is not on the screen any more."""
        return self._until(lambda: not re.search(pattern, self.text), f"the end of {pattern}", timeout)

    def wait_end(self, timeout: float = PATIENCE) -> int | None:
        """Waits until the program ends; its exit code, or minus the signal that ended it."""
        end = time.monotonic() + timeout
        while self.pump():
            if time.monotonic() > end:
                raise AssertionError(f"it did not end; the screen:\n{self.text}")
        self.child.wait()
        return self.child.exitstatus if self.child.signalstatus is None else -self.child.signalstatus

    def keys(self, *names: str) -> None:
        """Presses keys one after the other: names from KEYS, or text as it is."""
        for name in names:
            self.child.send(KEYS.get(name, name))
            self.pump()

    def burst(self, *names: str) -> None:
        """Presses keys faster than anybody can look: all in one write."""
        self.child.send("".join(KEYS.get(name, name) for name in names))
        self.pump()

    def paste(self, text: str) -> None:
        """Pastes as a terminal with bracketed paste does."""
        self.child.send(f"\x1b[200~{text}\x1b[201~")
        self.pump()

    def resize(self, cols: int, rows: int) -> None:
        """Gives the window another size and lets the program redraw."""
        self.screen.resize(rows, cols)
        self.child.setwinsize(rows, cols)
        self.pump()

    def style_at(self, needle: str) -> Look:
        """How the first cell of `needle` looks. Raises AssertionError when it is not on the screen."""
        for y, line in enumerate(self.screen.display):
            x = line.find(needle)
            if x >= 0:
                cell = self.screen.buffer[y][x]
                return Look(cell.fg, cell.bg, cell.bold, cell.reverse)
        raise AssertionError(f"{needle!r} is not on the screen:\n{self.text}")

    def close(self) -> int | None:
        """Ends the program if it still runs; its exit code, or minus the signal."""
        if not self.child.closed:
            self.pump()
            self.child.close(force=True)
        return self.child.exitstatus if self.child.signalstatus is None else -self.child.signalstatus

    def _feed(self, block: bytes) -> None:
        self.raw += block
        self.stream.feed(block)
        if self.answers_cursor:
            cursor = self.screen.cursor
            for _ in range(block.count(CURSOR_QUERY)):
                self.child.send(f"\x1b[{cursor.y + 1};{cursor.x + 1}R")

    def _until(self, seen: Callable[[], bool], wanted: str, timeout: float) -> str:
        end = time.monotonic() + timeout
        alive = True
        while alive and time.monotonic() < end:
            alive = self.pump()
            if seen():
                return self.text
        raise AssertionError(f"never saw {wanted!r}; the screen:\n{self.text}")


def _base_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "PYTHONPATH") if name in os.environ}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
