"""The permanent record on an interactive screen: lines in colour, with nothing in them read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

from crisiscli.screen import Style
from crisiscli.terminal.lines import Lines, rows
from crisiscli.terminal.streams import columns

if TYPE_CHECKING:
    from rich.console import Console

# Only the 16 colours of the person's own theme, each beside a word of the caller's.
PAINT: Final[dict[Style, str]] = {
    "": "",
    "heading": "bold",
    "rule": "dim",
    "quote": "cyan",
    "good": "green",
    "warn": "yellow",
    "late": "bold red",
    "dim": "dim",
    "strong": "bold",
}


class Record:
    """Prints lines to a terminal for good. Without colour, bold and dim remain."""

    def __init__(self, stream: TextIO, *, color: bool) -> None:
        self.stream = stream
        self.color = color
        self._console: Console | None = None

    def print(self, lines: Lines) -> None:
        """Prints lines, folded to the width the terminal has now."""
        from rich.text import Text

        console = self._opened()
        width = columns(self.stream)
        for line in lines:
            for row, style in rows(line, self.stream, width=width):
                console.print(Text(row, style=PAINT[style]), soft_wrap=True)
        self.stream.flush()

    def ring(self) -> None:
        """One bell."""
        self.stream.write("\a")
        self.stream.flush()

    def _opened(self) -> Console:
        if self._console is None:
            from rich.console import Console

            self._console = Console(
                file=self.stream,
                force_terminal=True,
                color_system="standard",
                no_color=not self.color,
                markup=False,
                emoji=False,
                highlight=False,
                legacy_windows=False,
            )
        return self._console
