"""Applies the safe fixes of one file: what a fix does not name stays as it is, byte for byte."""

from __future__ import annotations

import difflib
import itertools
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crisiscli.errors import FilesUnusable
from crisiscli.problem import Edit, Fix, Problem
from crisiscli.source import BREAK, read
from crisiscli.source.kept import Kept

ROUNDS = 10
"""How often a file is looked at again: one fix may bring another mistake to light."""

Look = Callable[[bytes], Sequence[Problem]]
"""What finds the problems in the bytes of a file."""


@dataclass(frozen=True)
class Fixed:
    """What came of fixing one file: its bytes, and the problems that are gone by a fix, in the order of fixing."""

    raw: bytes
    applied: tuple[Problem, ...] = ()


def fixed(raw: bytes, path: str, look: Look) -> Fixed:
    """The bytes of a file with every safe fix that changes nothing else; the same bytes when there is none.

    Where two edits overlap the first one wins, and the next round looks again. A fix after which another value
    would be read differently, or that brings an error, is left out.
    """
    done: list[Problem] = []
    for _ in range(ROUNDS):
        state = _State(raw, path, look(raw)) if _is_text(raw) else None
        after, applied = _round(state, look) if state is not None else (raw, [])
        if after == raw:
            break
        raw = after
        done += applied
    return Fixed(raw, tuple(done))


def applied(raw: bytes, fixes: Iterable[Fix]) -> bytes:
    """The bytes with the edits of some fixes. Offsets count code points after a byte order mark.

    Raises ValueError when edits overlap or lie outside the text.
    """
    text, mark = _decoded(raw)
    parts: list[str] = []
    position = 0
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: (edit.start, edit.end)):
        if not position <= edit.start <= edit.end <= len(text):
            raise ValueError(f"an edit from {edit.start} to {edit.end} has no place of its own")
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    return mark + ("".join(parts) + text[position:]).encode("utf-8")


def diff(before: bytes, after: bytes, path: str) -> str:
    """What changed between two states of a file as a unified diff; "" when nothing did."""
    old, new = (_lines(_decoded(raw)[0]) for raw in (before, after))
    found: list[str] = []
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        ended = line.endswith("\n")
        found.append(line if ended else f"{line}\n\\ No newline at end of file\n")
    return "".join(found)


def write(path: Path, before: bytes, after: bytes) -> None:
    """Puts new bytes in place of a file's old ones, all or nothing; a link stays a link, and the mode stays.

    Raises FilesUnusable when the file is not as it was read any more, or cannot be written.
    """
    target = Path(os.path.realpath(path))
    again = "run it again; nothing was changed"
    try:
        if target.read_bytes() != before:
            raise FilesUnusable("was changed by somebody else in the meantime.", where=str(path), then=again)
        mode = target.stat().st_mode & 0o7777
        number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(number, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        if target.read_bytes() != before:
            raise FilesUnusable("was changed by somebody else in the meantime.", where=str(path), then=again)
        Path(name).replace(target)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        Path(name).unlink(missing_ok=True)


class _State:
    """A file at the beginning of a round, and what is wrong with it."""

    def __init__(self, raw: bytes, path: str, problems: Sequence[Problem]) -> None:
        self.raw = raw
        self.path = path
        self.problems = problems
        self.kept = Kept(read(raw, path))
        self.errors = _errors(problems)

    def candidates(self) -> list[Problem]:
        """The problems with a safe fix, none overlapping one before it."""
        found: list[Problem] = []
        taken: list[Edit] = []
        safe = [problem for problem in self.problems if problem.fix is not None and problem.fix.safe]
        for problem in sorted(safe, key=lambda problem: problem.fix.edits[0].start if problem.fix else 0):
            edits = problem.fix.edits if problem.fix else ()
            if not any(_overlap(edit, other) for edit in edits for other in taken):
                found.append(problem)
                taken += edits
        return found

    def after(self, problems: Sequence[Problem], look: Look) -> bytes | None:
        """The bytes with the fixes of some problems; None when something else would change."""
        fixes = [problem.fix for problem in problems if problem.fix is not None]
        try:
            raw = applied(self.raw, fixes)
        except ValueError:
            return None
        document = read(raw, self.path)
        if not self.kept.by(document, [edit for fix in fixes for edit in fix.edits]):
            return None
        if self.kept.whole and _errors(look(raw)) - self.errors:
            return None
        return raw


def _round(state: _State, look: Look) -> tuple[bytes, list[Problem]]:
    """All fixes at once; where that does not hold, one by one."""
    problems = state.candidates()
    raw = state.after(problems, look) if problems else None
    if raw is not None:
        return raw, problems
    good: list[Problem] = []
    best = state.raw
    for problem in problems if len(problems) > 1 else ():
        raw = state.after([*good, problem], look)
        if raw is not None:
            good.append(problem)
            best = raw
    return best, good


def _errors(problems: Sequence[Problem]) -> Counter[tuple[str, str]]:
    """How often what is wrong; sizes left out, which another character changes without a new mistake."""
    return Counter((one.rule, re.sub(r"[0-9]+", "0", one.what)) for one in problems if one.level == "error")


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.start < other.end and other.start < one.end) or one.start == other.start


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(raw: bytes) -> tuple[str, bytes]:
    """The text without its byte order mark, and the mark."""
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    return raw[len(mark) :].decode("utf-8"), mark


def _lines(text: str) -> list[str]:
    ends = [0, *(found.end() for found in BREAK.finditer(text)), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(ends) if start < end]


def _unwritable(path: Path, error: OSError) -> FilesUnusable:
    reason = error.strerror or str(error)
    return FilesUnusable(f"cannot be written: {reason}.", where=str(path), then="check the rights of file and folder")
