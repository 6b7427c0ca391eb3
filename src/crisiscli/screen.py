"""The vocabulary for talking to a person: lines, options, and the Terminal every floor may speak to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Style = Literal["", "heading", "rule", "quote", "good", "warn", "late", "dim", "strong"]


@dataclass(frozen=True)
class Line:
    """One line for the screen.

    `style` says what it is, never how it is coloured. A `quote` holds words meant for the public:
    it is shown behind a bar and never wrapped in a way that changes it.
    """

    text: str
    style: Style = ""


@dataclass(frozen=True)
class Option:
    """One thing a person may choose. `off` says why it cannot be chosen now; empty means it can."""

    letter: str
    value: str
    label: str
    off: str = ""


LETTERS: dict[str, str] = {
    "a": "approve: a named person's yes to the words shown",
    "b": "back: one question, or one step",
    "c": "copy",
    "d": "do it; it is done; it is out",
    "e": "edit in place",
    "E": "edit in your own editor",
    "f": "change a fact",
    "g": "go on; go to sending",
    "h": "the holding text",
    "i": "hand the lead over",
    "j": "jump to what is overdue",
    "k": "tick what is done already",
    "l": "later: it stays as it is",
    "m": "many at once",
    "n": "note",
    "o": "overview",
    "p": "park",
    "q": "pause",
    "r": "roles: who holds what",
    "s": "skip, with a reason",
    "t": "told somebody",
    "u": "unknown",
    "v": "compare with what is live",
    "w": "somebody else",
    "x": "stand down, or end",
    "y": "yes, with this change",
    "z": "no answer",
    "?": "help",
}
"""What each letter means, on every screen. What only one question offers has a number; in a list to pick one thing
from, letters merely count on after 9."""


def letter(number: int) -> str:
    """The key of the option at this place of a list, from 0: digits, then letters, then `#36`. 0, b and o are kept."""
    keys = "123456789acdefghijklmnpqrstuvwxyz"
    return keys[number] if number < len(keys) else f"#{number + 1}"


Check = Callable[[str], str | None]
"""Looks at what was typed; returns what is wrong with it, or None."""


class Terminal(Protocol):
    """Talks to a person: shows lines, asks one question at a time.

    `key` names a question in the answers file (`facts.is_attack`, `send.holding`); a back-end with
    nobody in front of it answers from there or raises AnswerNeeded. Every question flushes type-ahead
    first. Every method that asks raises Interrupted when the person leaves (Ctrl-C, end of input, hang-up).
    """

    @property
    def interactive(self) -> bool:
        """True when a person is in front of it."""
        ...

    def attach(self, bar: Callable[[], str], poll: Callable[[], Sequence[Line]]) -> None:
        """Gives the live line at the bottom, and news to be printed above an open question."""
        ...

    def say(self, *lines: Line | str) -> None:
        """Prints lines, permanently."""
        ...

    def choose(
        self,
        key: str,
        question: str,
        options: Sequence[Option],
        *,
        default: str | None = None,
        record: bool = True,
        snippet: str = "",
    ) -> str:
        """Asks for one of the options and returns its value; without a default, ENTER chooses nothing.

        `record` leaves one line of what was chosen. `snippet` is the YAML an answers file would need.
        """
        ...

    def ask(
        self,
        key: str,
        question: str,
        *,
        hint: str = "",
        default: str = "",
        check: Check | None = None,
        snippet: str = "",
    ) -> str:
        """Asks for a line of text. ENTER on an empty line returns `default`, after `check` agreed."""
        ...

    def tick(self, key: str, question: str, items: Sequence[Option], ticked: Collection[str] = ()) -> list[str]:
        """One list to tick; returns the values ticked, in the list's order."""
        ...

    def type_word(self, key: str, question: str, word: str, *, snippet: str = "") -> bool:
        """True only when exactly `word` was typed; ENTER on an empty line goes back (False)."""
        ...

    def edit(self, key: str, text: str, meter: Callable[[str], str]) -> str | None:
        """Lets a person change a text in place, with a live meter; None when they keep the old one."""
        ...

    def keep_drafts(self, folder: Path, wall: Callable[[], str]) -> None:
        """From now on words that are being typed are kept in `folder`, and offered at the same question again.

        `wall` says what time it is, in words.
        """
        ...

    @property
    def no_editor(self) -> str:
        """Why a text cannot be changed in an editor of the person's own; empty when it can."""
        ...

    def compose(self, key: str, text: str, about: Sequence[str], check: Check) -> str | None:
        """Lets a person change a text in their own editor; None when they keep the old one.

        `about` are lines of help that stand below the words. What `check` finds wrong is shown above them, and they
        are asked whether to go on.
        """
        ...

    def copy(self, text: str) -> str:
        """Puts text on the clipboard; returns a sentence that says what was done."""
        ...
