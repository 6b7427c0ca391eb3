"""A page of texts that is made anew whenever one of its files is saved; a mistake in between never empties it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crisiscli.errors import CrisisError, FilesUnusable
from crisiscli.problem import Problem
from crisiscli.screen import Line
from crisiscli.walk import misfits
from crisiscli.walk.beside import Manner, page
from crisiscli.walk.previewing import Preview

MOST = 3
"""So many mistakes of the file are named above the texts; lint names all of them."""
PART = "Nothing behind this line was read: texts may be missing."
BRACKETS = "In [brackets] stand facts nobody gave: --fact NAME=VALUE gives one, --longest all of them."


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
        self._stamps: dict[str, tuple[int, ...]] | None = None
        self.made = Made(())
        self.changed: frozenset[str] = frozenset()
        self.trouble = ""
        self._older = False

    def look(self) -> bool:
        """Reads again when a file was saved since the last look; True when there is something new to show.

        Raises what `make` raises at the first look, when it is not about a file that can be mended meanwhile.
        """
        try:
            stamps = {str(path): stamp for path in self._files() if (stamp := _stamp(path)) is not None}
        except OSError:  # a folder went away while it was listed
            return False
        if stamps == self._stamps:
            return False
        first = self._stamps is None
        self._stamps = stamps
        self._read(fresh=first, raises=first)
        return True

    def again(self) -> None:
        """Reads again, whether a file was saved or not; nothing counts as changed."""
        self._read(fresh=True, raises=False)

    def _read(self, *, fresh: bool, raises: bool) -> None:
        try:
            made, self.trouble = self._make(), ""
        except CrisisError as error:
            if raises and not isinstance(error, FilesUnusable):
                raise
            self.trouble = f"{error.where}: {error.what}" if error.where else error.what
            return
        except Exception as error:  # the page stays, whatever a half-written file leads to
            if raises:
                raise
            self.trouble = f"the program cannot show this file ({type(error).__name__}: {error})"
            return
        self._older = not made.whole and bool(self.made.texts)
        if self._older:
            made = Made(self.made.texts, made.problems, whole=False)
        before = {one.place: words(one) for one in self.made.texts}
        self.changed = frozenset(one.place for one in made.texts if not fresh and before.get(one.place) != words(one))
        self.made = made

    def lines(self, manner: Manner) -> list[Line]:
        """What is wrong with the file, what does not go as it stands, then the texts."""
        hint = [Line(BRACKETS, "dim"), Line("")] if any(one.waits for one in self.made.texts) else []
        texts = page(self.made.texts, manner, self.changed)
        return [*self._mistakes(), *misfits.lines(self.made.texts), *hint, *texts]

    def news(self, manner: Manner) -> list[Line]:
        """What is wrong with the file, then only the texts that read otherwise since the last look."""
        texts = [one for one in self.made.texts if one.place in self.changed]
        same = [] if texts or self.trouble or not self.made.whole else [Line("Saved. Every text reads as before.")]
        return [*self._mistakes(), *same, *page(texts, manner, self.changed)]

    def state(self, name: str) -> str:
        """How the file stands, in a few words: not read, with mistakes, or how many texts."""
        errors = self._errors()
        if self.trouble:
            return f"{name}: NOT READ"
        if not self.made.whole:
            return f"{name}: NOT READ, line {errors[0].span.line if errors else 1}"
        if errors:
            return f"{name}: {_number(len(errors), 'mistake')}, the first on line {errors[0].span.line}"
        wrong = len(misfits.misfits(self.made.texts))
        found = [_number(len(self.made.texts), "text")]
        found += [f"{wrong} to mend"] if wrong else []
        found += [f"{len(self.changed)} changed"] if self.changed else []
        return f"{name}: {', '.join(found)}"

    def _errors(self) -> list[Problem]:
        """The mistakes, the one that stopped the reading before the others."""
        errors = [problem for problem in self.made.problems if problem.level == "error"]
        return sorted(errors, key=lambda problem: problem.rule != "yaml-syntax")

    def _mistakes(self) -> list[Line]:
        older = [Line("Below stands what was read last.", "dim")]
        if self.trouble:
            return [Line(f"Not read: {self.trouble}", "late"), *(older if self.made.texts else []), Line("")]
        problems = self._errors()
        told = [Line(f"line {p.span.line}: {p.what} {p.cure}", "warn") for p in problems[:MOST]]
        more = len(problems) - MOST
        return [
            *told,
            *([Line(f"and {more} more: crisis lint", "warn")] if more > 0 else []),
            *([] if self.made.whole else older if self._older else [Line(PART, "dim")]),
            *([Line("")] if told else []),
        ]


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def words(one: Preview) -> tuple[str, ...]:
    """What a reader would notice of a text: its words, or why there are none."""
    text = one.rendering
    return (text.title or "", text.body) if text else ("", "", one.missing, *one.waits)


def _stamp(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
