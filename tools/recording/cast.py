"""A recording as a file: asciicast version 2, made, read back, checked, and played on a screen again."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import pyte

COLUMNS, ROWS = 80, 24
Kind = Literal["o", "i", "m"]
_SECONDS = re.compile(
    r"""([+-](?:\d+:)*\d+) : \d\d \b        # T+03:07, +2:07
    | \b((?:\d+:)*\d+) : \d\d (?=\ late|\ left|\ since)
    | (OVERDUE\ by\ (?:\d+:)*\d+) : \d\d \b
    | \b(\d\d:\d\d) : \d\d \b""",
    re.VERBOSE,
)


class Event(NamedTuple):
    """What happened `at` so many milliseconds: output `o`, a key pressed `i`, or a question reached `m`."""

    at: int
    kind: Kind
    text: str


class Cast(NamedTuple):
    """A title, and everything that happened in the order it happened."""

    title: str
    events: Sequence[Event]

    @property
    def questions(self) -> list[str]:
        """What the program asked, one after the other."""
        return [event.text for event in self.events if event.kind == "m"]

    @property
    def seconds(self) -> float:
        """How long it runs."""
        return self.events[-1].at / 1000 if self.events else 0.0

    def played(self) -> Iterator[tuple[Event, pyte.Screen]]:
        """Each event, with the screen as it stands after it. The screen is always the same object."""
        screen = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.Stream(screen)
        for event in self.events:
            if event.kind == "o":
                stream.feed(event.text)
            yield event, screen

    def last_screen(self) -> str:
        """What stands on the screen at the end, without trailing blanks."""
        played = deque(self.played(), maxlen=1)
        return "\n".join(row.rstrip() for _, screen in played for row in screen.display).rstrip()

    def dump(self) -> str:
        """The file: a header and a line of JSON for each event, times in seconds."""
        header = {
            "version": 2,
            "width": COLUMNS,
            "height": ROWS,
            "title": self.title,
            "env": {"TERM": "xterm-256color", "SHELL": "/bin/sh"},
        }
        lines = [header, *([event.at / 1000, event.kind, event.text] for event in self.events)]
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"


def load(text: str) -> Cast:
    """Reads a file that `Cast.dump` wrote. Raises ValueError, with the line, for what is no such recording."""
    first, *rest = text.removesuffix("\n").split("\n")
    header = _json(first, 1)
    if not isinstance(header, dict) or header.get("version") != 2:
        raise ValueError("line 1: no header of asciicast version 2")
    if (header.get("width"), header.get("height")) != (COLUMNS, ROWS):
        raise ValueError(f"line 1: the terminal is not {COLUMNS}x{ROWS}")
    events = [_event(_json(line, number), number) for number, line in enumerate(rest, start=2)]
    for number, (before, after) in enumerate(pairwise(events), start=3):
        if after.at < before.at:
            raise ValueError(f"line {number}: it happens before the line above")
    return Cast(str(header.get("title", "")), events)


def without_seconds(text: str) -> str:
    """The text with the seconds of every running clock (`T+03:07`, `2:07 late`) as `..`; 03:50 is a time of day."""
    return _SECONDS.sub(lambda found: next(filter(None, found.groups())) + ":..", text)


def _json(line: str, number: int) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from None


def _event(data: Any, number: int) -> Event:
    match data:
        case [int() | float() as at, ("o" | "i" | "m") as kind, str(text)] if at >= 0:
            return Event(round(at * 1000), kind, text)
    raise ValueError(f"line {number}: no [seconds, o or i or m, text]")
