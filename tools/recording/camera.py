"""The person in front of the camera: presses keys at a readable pace, by a clock that the recording itself makes."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from pathlib import Path

from journeys import CRISIS, Company, Lead
from recording.cast import COLUMNS, ROWS, Cast, Event
from term import KEYS, PATIENCE  # type: ignore[import-not-found]  # beside the tests

BEGINS = datetime.fromisoformat("2026-11-22T03:05:00+01:00")
BETWEEN_KEYS = 80
BEFORE_ENTER = 400
TO_ANSWER = 150
"""Milliseconds: between two typed letters, before ENTER, and from a key to what it brings."""
LOOK, PER_WORD, LONGEST_LOOK = 1_200, 25, 3_500
"""Milliseconds to read: at least, for each word that is new on the screen, at most."""

QUIET, QUIET_ECHO = 0.06, 0.01
"""Real seconds without anything new after which an answer, or the echo of a letter, counts as whole."""

OPENED, CLOSED = b"\x1b[?2004h", b"\x1b[?2004l"
DRAWN = (b"\x1b[?12l\x1b[?25h", b"\x1b[?7h\x1b[0m")
"""How a redraw ends that shows the cursor, and one that keeps it hidden."""
PROMPTS = (b"$ ", b": ", b"> ")
NOTHING_NEW = re.compile(rb"\x1b\[\?25l\x1b\[\?7l\x1b\[\?7h\x1b\[0m\x1b\[\?12l\x1b\[\?25h|\x1b\[\?7l\x1b\[\?7h\x1b\[0m")
"""Once a second an open question is drawn again; these bytes change nothing, and how many come is the machine's."""
BAR = re.compile(r"\b(?:LIVE|DRILL)\b.* \| (T[+-]\S+)")


def set_clock(company: Company, seconds: int = 0) -> None:
    """Moves the clock of everything that runs in this company to so many seconds after BEGINS."""
    clock = Path(company.folder) / "clock"
    new = clock.with_suffix(".new")
    new.write_text((BEGINS + timedelta(seconds=seconds)).isoformat(), encoding="utf-8")
    # The program may read it at any moment, and half a time is none.
    new.replace(clock)
    company.env.update(CRISIS_CLOCK=f"@{clock}", TZ="Europe/Warsaw")


class Camera(Lead):  # type: ignore[misc]  # the tests' own person; they are not type-checked
    """A Lead at a shell prompt in the company's folder, whose every key and every answer is kept with a time.

    The times are made here, not measured: two recordings of one scene are the same bytes. The program's clock is a
    file that is moved only while somebody reads, and then the next second is waited for on the bar.
    """

    def __init__(self, company: Company, title: str) -> None:
        self.company, self.title = company, title
        self.at, self.taken = 0, 0
        self.events: list[Event] = []
        shell = company.environment(PATH=f"{CRISIS.parent}:/usr/bin:/bin", PS1="$ ", ENV="")
        super().__init__(["/bin/sh", "-i"], cols=COLUMNS, rows=ROWS, env=shell, cwd=company.folder)
        self._settle()
        self._take()

    def __enter__(self) -> Camera:
        return self

    @property
    def cast(self) -> Cast:
        """Everything up to now. Raises ValueError when a folder of this machine is to be seen in it."""
        if str(self.company.folder).encode() in NOTHING_NEW.sub(b"", self.raw):
            raise ValueError(f"{self.title}: the screen shows the folder {self.company.folder}")
        return Cast(self.title, tuple(self.events))

    def press(self, key: str, *patterns: str) -> str:
        """Presses one key, or several at once, waits for what that brings, and reads it."""
        self._stroke(key)
        self.at += TO_ANSWER
        new = str(self.sees(*patterns)) if patterns else ""
        self._settle()
        self._take()
        if patterns:
            *_, asked = re.finditer(patterns[-1], new)
            self.events.append(Event(self.at, "m", asked.group()))
            self._read(new)
        return str(self.new)

    def types(self, text: str, *patterns: str) -> str:
        """Types letter by letter, then ENTER, and waits for what that brings."""
        for letter in text:
            self._stroke(letter)
            self._settle(letter.encode())
            self._take()
        self.rest(BEFORE_ENTER)
        return self.press("enter", *patterns)

    def answer(self, label: str, *patterns: str) -> str:
        """As `pick`, in lines: looks for an option by its words, types its letter and ENTER."""
        wanted = rf"(\S{{1,2}}) = {label}"
        self.sees(wanted)
        return self.types(re.findall(wanted, self.new)[-1], *patterns)

    def keys(self, *names: str) -> None:
        """Presses keys one after the other."""
        for name in names:
            self.press(name)
            self.rest(BEFORE_ENTER)

    def rest(self, milliseconds: int) -> None:
        """Does nothing; the bar ticks each second."""
        until = self.at + milliseconds
        while self.at // 1000 < until // 1000:
            self.at = (self.at // 1000 + 1) * 1000
            self._tick()
        self.at = until

    def waits(self, pattern: str, seconds: int = 30) -> None:
        """Reads until the clock brings this to the screen. Raises AssertionError when it does not come in time."""
        for _ in range(seconds):
            if re.search(pattern, self.flat):
                self.rest(LONGEST_LOOK)
                return
            self.rest(1_000)
        raise AssertionError(f"{pattern!r} did not come in {seconds} seconds; the screen:\n{self.text}")

    def _stroke(self, key: str) -> None:
        self.at += BETWEEN_KEYS
        self.mark = len(self.raw)
        sent = KEYS.get(key, key)
        self.events.append(Event(self.at, "i", sent))
        self.child.send(sent)

    def _read(self, new: str) -> None:
        words = min(len(new.split()), len(self.flat.split()))
        self.rest(min(LOOK + PER_WORD * words, LONGEST_LOOK))

    def _tick(self) -> None:
        before = self._bar()
        self._set_clock()
        if before and self._is_open():
            self._until(lambda: self._is_drawn() and self._bar() not in ("", before), "the next second", PATIENCE)
            self._settle()
            self._take()

    def _bar(self) -> str:
        found = BAR.findall(self.text)
        return str(found[-1]) if found else ""

    def _set_clock(self) -> None:
        set_clock(self.company, self.at // 1000)

    def _fresh(self) -> bytes:
        return NOTHING_NEW.sub(b"", self.raw[self.taken :])

    def _is_open(self) -> bool:
        return bool(self.raw.rfind(OPENED) > self.raw.rfind(CLOSED))

    def _is_drawn(self) -> bool:
        return bool(self.raw.endswith(DRAWN if self._is_open() else PROMPTS))

    def _settle(self, echo: bytes = b"") -> None:
        """Waits until something new was drawn to its end and nothing follows."""
        end = time.monotonic() + PATIENCE
        while True:
            before = self._fresh()
            alive = self.pump(QUIET_ECHO if echo else QUIET)
            done = self._is_drawn() or (echo and not self._is_open() and before.endswith(echo))
            if before and done and before == self._fresh():
                return
            if not alive or time.monotonic() > end:
                raise AssertionError(f"{self.title}: the screen does not come to rest:\n{self.text}")

    def _take(self) -> None:
        fresh = self._fresh().decode("utf-8")
        self.taken = len(self.raw)
        if fresh:
            self.events.append(Event(self.at, "o", fresh))
