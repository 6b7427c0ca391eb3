"""A page of texts that is made anew whenever one of its files is saved; a mistake in between never empties it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crisiscli.errors import CrisisError
from crisiscli.problem import Problem
from crisiscli.screen import Line
from crisiscli.walk.beside import Manner, page
from crisiscli.walk.previewing import Preview

MOST = 3
"""So many mistakes of the file are named above the texts; lint names all of them."""


@dataclass(frozen=True)
class Made:
    """What came of reading the files once."""

    texts: Sequence[Preview]
    problems: Sequence[Problem] = field(default=())
    whole: bool = True
    """False when reading stopped before the end of the file, so that texts may be missing."""


class Reloading:
    """`make` reads the files; `files` names those whose change counts. `changed` are the places that read otherwise."""

    def __init__(self, make: Callable[[], Made], files: Callable[[], Iterable[Path]]) -> None:
        self._make = make
        self._files = files
        self._stamps: dict[str, tuple[int, int]] = {}
        self.made = Made(())
        self.changed: frozenset[str] = frozenset()
        self.trouble = ""

    def look(self) -> bool:
        """Reads again when a file was saved since the last look; True when there is something new to show."""
        stamps = {str(path): stamp for path in self._files() if (stamp := _stamp(path)) is not None}
        if stamps == self._stamps:
            return False
        first = not self._stamps
        self._stamps = stamps
        try:
            made, self.trouble = self._make(), ""
        except CrisisError as error:
            self.trouble = " ".join(error.lines()[:2])
            return True
        if not made.whole:
            made = Made(self.made.texts, made.problems, whole=False)
        before = {one.place: words(one) for one in self.made.texts}
        self.changed = frozenset(one.place for one in made.texts if not first and before.get(one.place) != words(one))
        self.made = made
        return True

    def lines(self, manner: Manner) -> list[Line]:
        """What is wrong with the file, then the texts."""
        return [*self._mistakes(), *page(self.made.texts, manner, self.changed)]

    def news(self, manner: Manner) -> list[Line]:
        """What is wrong with the file, then only the texts that read otherwise since the last look."""
        texts = [one for one in self.made.texts if one.place in self.changed]
        return [*self._mistakes(), *page(texts, manner, self.changed)]

    def state(self, name: str) -> str:
        """How the file stands, in a few words: not read, with mistakes, or how many texts."""
        errors = [problem for problem in self.made.problems if problem.level == "error"]
        if self.trouble or not self.made.whole:
            return f"{name}: NOT READ, the page shows what was read last"
        if errors:
            return f"{name}: {len(errors)} mistakes, the first on line {errors[0].span.line}"
        return f"{name}: {len(self.made.texts)} texts, {len(self.changed)} changed at the last save"

    def _mistakes(self) -> list[Line]:
        if self.trouble:
            return [
                Line(f"Not read: {self.trouble}", "late"),
                Line("Below stands what was read last.", "dim"),
                Line(""),
            ]
        problems = [problem for problem in self.made.problems if problem.level == "error"]
        told = [Line(f"line {p.span.line}: {p.what} {p.cure}", "warn") for p in problems[:MOST]]
        more = len(problems) - MOST
        if not self.made.whole:
            told.append(Line("The texts below are those that were read last.", "dim"))
        return [
            *told,
            *([Line(f"and {more} more: crisis lint", "warn")] if more > 0 else []),
            *([Line("")] if told else []),
        ]


def words(one: Preview) -> tuple[str, ...]:
    """What a reader would notice of a text: its words, or why there are none."""
    text = one.rendering
    return (text.title or "", text.body) if text else ("", "", one.missing, *one.waits)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
