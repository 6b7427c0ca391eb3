"""A company at night: a clock that stands where it is put, a small runbook for every screen, a seat of any width."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyte
import pytest

from journeys.company import CODE, CRISIS, ME, Company, Ended
from journeys.lead import Lead

T0 = datetime(2026, 11, 22, 2, 5, tzinfo=UTC)
"""A Sunday, 03:05 in Warsaw."""
NIGHT = (Path(__file__).parent / "night.yaml").read_text(encoding="utf-8")
PEOPLE = """\
ann: {name: Ann Nowak, phone: "+48 555 000 101", roles: [lead]}
dana: {name: Dana Ionescu, phone: "+40 721 000 111", roles: [legal], hours: "22:00-08:00"}
radu: {name: Radu Marin, phone: "+40 721 000 112", roles: [legal], hours: 24/7}
ewa: {name: Ewa Kos, phone: "+48 555 000 103", roles: [it]}
tomasz: {name: Tomasz Lis, phone: "+48 555 000 104", roles: [press]}
"""
ROWS = {60: 30, 80: 24, 120: 40}
"""How high a window of this width is: the old terminal, and a usual one."""
ENDLESS = 400
WIDTHS = pytest.mark.parametrize("cols", [80, 120])
STEP = "What now\\? .*\\[\\?\\] help"
"""A step's question, drawn to its last key."""
READY = """\
roles: {legal: Dana Ionescu, it: Ewa Kos, press: Tomasz Lis}
facts:
  is_attack: {value: no, status: confirmed, source: Ewa Kos}
  people_reached: "1200"
  next_update: in 90 min
steps: {on-the-call: all, stop-queue: nothing waits}
decisions: {same-channel: {choose: hold, why: it looks like the attack}}
"""
"""Answers up to the first word."""
_OSC = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


class Seat(Lead):
    """A Lead that keeps the paper: everything that scrolled by. Leaving it checks that no row was too wide."""

    folds = True
    """Whether every row must fit: not in plain mode, whose lines a screen reader speaks, nor after another size."""

    def __enter__(self) -> Seat:
        return self

    def __exit__(self, kind: Any = None, *rest: object) -> None:
        super().__exit__(kind, *rest)
        if kind is None and self.folds:
            assert self.torn() == []

    def resize(self, cols: int, rows: int) -> None:
        """Gives the window another size."""
        self.folds = False
        super().resize(cols, rows)

    def pick(self, label: str, *patterns: str) -> str:
        """Looks for an option by its words on the screen, presses its letter, and waits for what that brings."""
        wanted = re.compile(r"\[(\S{1,2})\] (?:\([ x]\) )?" + label)
        self.wait(wanted.pattern)
        return self.press(wanted.findall(self.flat)[-1], *patterns)

    @property
    def paper(self) -> str:
        """Everything that was printed, from the first row to the last on the screen."""
        return _paper(self.screen)

    @property
    def bells(self) -> int:
        """How often it rang."""
        return _OSC.sub(b"", self.raw).count(b"\x07")

    @property
    def bar(self) -> str:
        """The live line."""
        rows = self.text.splitlines()
        return rows[-1].strip() if rows else ""

    def torn(self) -> list[str]:
        """The rows that were written wider than the window and could have been folded."""
        cols = int(self.screen.columns)
        endless = pyte.HistoryScreen(ENDLESS, self.screen.lines, history=5000)
        pyte.ByteStream(endless).feed(self.raw)
        return [row for row in _paper(endless).splitlines() if len(row) > cols and " " in row.strip()]


def in_order(paper: str, *words: str) -> None:
    """A person reads these in this order; rows are joined, because windows differ."""
    flat, at = " ".join(paper.split()), 0
    for one in words:
        found = flat.find(one, at)
        assert found >= 0, f"{one!r} does not follow {flat[max(0, at - 100) : at]!r} in\n{paper}"
        at = found + len(one)


def _paper(screen: pyte.HistoryScreen) -> str:
    above = ["".join(row[x].data for x in range(screen.columns)) for row in screen.history.top]
    return "\n".join(row.rstrip() for row in [*above, *screen.display]).rstrip()


class Night(Company):
    """A company whose clock is a file, with the small night as a runbook of its own."""

    def __init__(self, folder: Path, channels: Mapping[str, Mapping[str, Any]] | None = None, **more: Any) -> None:
        super().__init__(folder, channels, **more)
        self.write("people.yaml", PEOPLE)
        self.write("runbooks/night.yaml", NIGHT)
        self.at(T0)

    @classmethod
    def found(cls, folder: Path) -> Night:
        night = super().found(folder)
        assert isinstance(night, Night)
        night.env["CRISIS_CLOCK"] = f"@{folder / 'clock'}"
        return night

    def at(self, moment: datetime) -> None:
        """Puts the clock there; a reader never sees half a time."""
        new = self.write("clock.new", moment.isoformat())
        new.replace(self.folder / "clock")
        self.env["CRISIS_CLOCK"] = f"@{self.folder / 'clock'}"

    def on(self, **span: float) -> datetime:
        """Lets time pass; returns the new time."""
        moment = datetime.fromisoformat((self.folder / "clock").read_text(encoding="utf-8")) + timedelta(**span)
        self.at(moment)
        return moment

    def seat(self, cols: int, *arguments: str, rows: int = 0, **env: str) -> Seat:
        """Runs `crisis` in a window of that width."""
        high = rows or ROWS[cols]
        seat = Seat([str(CRISIS), *arguments], cols=cols, rows=high, env=self.environment(**env), cwd=self.folder)
        seat.folds = "--plain" not in arguments
        return seat

    def begin(self, *more: str) -> Ended:
        """Opens the night at T0 with nobody in front of it."""
        return self.open("night", *more)

    def ready(self) -> None:
        """Opens it and walks up to the first word, whose facts are known; nobody has said yes."""
        self.begin()
        ended = self.answer(READY)
        assert ended.code == 2, ended.all

    def yes(self, message: str = "holding", *only: str) -> None:
        """Legal's yes by phone to the words as they stand now."""
        by = ("--by", "Dana Ionescu", "--how", "phone", "--detail", "03:12")
        ended = self.run("approve", message, *by, "--tag", self.tag(message, *only), *only)
        assert ended.code == 0, ended.all

    def answer(self, answers: str) -> Ended:
        """Goes on with an answers file."""
        self.write("answers.yaml", answers)
        return self.run("resume", CODE, "--answers", "answers.yaml")


__all__ = ["CODE", "ME", "NIGHT", "READY", "STEP", "T0", "WIDTHS", "Night", "Seat", "in_order"]
