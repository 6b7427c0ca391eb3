"""One list to choose from or to tick, and what each key does to it; it knows no screen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from crisiscli.screen import Option
from crisiscli.terminal.lines import cells, fold

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

Fragments: TypeAlias = "StyleAndTextTuples"
"""Styled text as prompt_toolkit takes it: a list of (style, text)."""

ONE_PER_ROW = 6
"""Up to this many options stand below each other; more flow, several in a row."""

USE_LETTERS = "Press one of the letters in [brackets]. Arrow keys and Enter work too."
USE_NUMBERS = USE_LETTERS.replace("letters", "numbers")
ALONE = "Press the letter alone, without brackets."
AT_ONCE = "Several keys arrived at once, so none was used. Press the one you mean."


def by_letter(options: Sequence[Option], letter: str) -> Option | None:
    """The option with this letter, the same case first; None when there is none."""
    exact = next((option for option in options if option.letter == letter), None)
    return exact or next((o for o in options if o.letter.lower() == letter.lower()), None)


def title(question: str) -> str:
    """The question as the record quotes it: its first line, without a colon at the end."""
    return question.strip().split("\n", 1)[0].rstrip(" :")


class Menu:
    """A question with options, in words already filtered. Keys move, hint, or choose.

    Nothing is chosen until a key says so; without a default no option stands under the arrow.
    """

    def __init__(self, question: str, options: Sequence[Option], default: str | None = None) -> None:
        self.question = question
        self.options = tuple(options)
        self.current = next(
            (at for at, option in enumerate(options) if option.value == default and not option.off), None
        )
        self.hint = ""
        self.pending = ""
        self._skipping = False

    def press(self, key: str) -> Option | None:
        """One printable key; returns the option it chooses, or None with a hint that says why not."""
        if self._skips(key):
            return None
        letter = self.pending + key
        if self._is_prefix(letter):
            self.pending, self.hint = letter, f"{letter}: press the rest, or Enter."
            return None
        self.pending = ""
        return self._chosen(letter)

    def enter(self) -> Option | None:
        """The option the arrow stands on, or None with a hint."""
        if self.pending:
            letter, self.pending = self.pending, ""
            return self._chosen(letter)
        if self.current is None:
            self.hint = self._use()
            return None
        return self.options[self.current]

    def move(self, by: int) -> None:
        """Moves the arrow to the next option that can be chosen."""
        open_ones = [at for at, option in enumerate(self.options) if not option.off]
        self.hint = self.pending = ""
        if not open_ones:
            return
        if self.current in open_ones:
            self.current = open_ones[(open_ones.index(self.current) + by) % len(open_ones)]
        else:
            self.current = open_ones[0 if by > 0 else -1]

    def drawing(self, width: int) -> Fragments:
        """The question, its options and the hint, folded to `width` cells."""
        drawn: Fragments = [("class:question", row + "\n") for row in folded(self.question, width)]
        flows = len(self.options) > ONE_PER_ROW
        used = 0
        for at, option in enumerate(self.options):
            wide = cells(self._label(option)) + len(option.letter) + len(self._tick(option)) + 5
            if used and (not flows or used + wide >= width):
                drawn.append(("", "\n"))
                used = 0
            elif used:
                drawn.append(("", "  "))
            drawn += self._option(at, option, width)
            used += wide + 2
        return drawn + [("class:hint", "\n  " + row) for row in folded(self.hint, width - 2)]

    def _option(self, at: int, option: Option, width: int) -> Fragments:
        here = at == self.current
        start: Fragments = [("class:here", "> ") if here else ("", "  ")]
        if here:
            start.append(("[SetCursorPosition]", ""))
        mark = f"[{option.letter}] {self._tick(option)}"
        room = width - len(mark) - 2
        first, *more = fold(self._label(option), max(room, 10))
        style = "class:off" if option.off else "class:here" if here else ""
        return [
            *start,
            ("class:off" if option.off else "class:key", mark),
            (style, first.rstrip(" ") if more else first),
            *((style, "\n" + " " * (len(mark) + 2) + row) for row in more),
        ]

    def _label(self, option: Option) -> str:
        return f"{option.label}  (not now: {option.off})" if option.off else option.label

    def _tick(self, option: Option) -> str:
        del option
        return ""

    def _chosen(self, letter: str) -> Option | None:
        option = by_letter(self.options, letter)
        if option is None:
            self.hint = f"{letter} does nothing here. {self._use()}" if letter != "?" else self._use()
        elif option.off:
            self.hint = f"[{option.letter}] {option.label} cannot be chosen now: {option.off}"
        else:
            return option
        return None

    def _use(self) -> str:
        """What to press: a list of numbers may have a letter or two beside them."""
        numbers = sum(option.letter.isdigit() for option in self.options)
        return USE_NUMBERS if numbers * 2 > len(self.options) else USE_LETTERS

    def _is_prefix(self, letter: str) -> bool:
        return any(o.letter.lower().startswith(letter.lower()) and len(o.letter) > len(letter) for o in self.options)

    def _skips(self, key: str) -> bool:
        """An arrow key cut in two arrives as `[A`; its letter must not choose. So a `[` eats what follows."""
        if self._skipping:
            self._skipping = key.isdigit() or key == ";"
            return True
        if key == "[" and by_letter(self.options, key) is None:
            self._skipping, self.hint, self.pending = True, ALONE, ""
            return True
        return False


class TickList(Menu):
    """A list to tick: letters and the space bar switch, `d` or Enter finishes with what is ticked."""

    DONE = "d"

    def __init__(self, question: str, items: Sequence[Option], ticked: Collection[str]) -> None:
        super().__init__(question, items)
        self.ticked = {item.value for item in items if item.value in ticked}
        self.done_letter = "" if by_letter(items, self.DONE) else self.DONE

    def values(self) -> list[str]:
        """What is ticked, in the list's order."""
        return [item.value for item in self.options if item.value in self.ticked]

    def labels(self) -> str:
        """What is ticked, as a sentence part."""
        return ", ".join(item.label for item in self.options if item.value in self.ticked) or "none"

    def switch(self, item: Option) -> None:
        """Ticks or unticks."""
        self.ticked ^= {item.value}
        self.hint = ""
        self.current = self.options.index(item)

    def space(self) -> None:
        """Switches the item the arrow stands on."""
        if self.current is None:
            self.hint = "Choose a line with the arrow keys first, or press its letter."
        else:
            self.switch(self.options[self.current])

    def finishes(self, key: str) -> bool:
        """Whether this printable key says that the person is done."""
        return not self.pending and key.lower() == self.done_letter

    def drawing(self, width: int) -> Fragments:
        keys = " or ".join(part for part in (self.done_letter, "Enter") if part)
        foot = f"Letter or space ticks. {keys} = done ({len(self.ticked)} ticked)."
        return super().drawing(width) + [("", "\n  " + row) for row in folded(foot, width - 2)]

    def _tick(self, option: Option) -> str:
        return "(x) " if option.value in self.ticked else "( ) "


def folded(text: str, width: int) -> Iterator[str]:
    """Rows of a text of several lines; none for an empty text."""
    for line in text.split("\n") if text else ():
        yield from (row.rstrip(" ") for row in fold(line, max(width, 10)))
