"""Writes files that are not there yet. A file that is there stays as it is, whatever it holds."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from crisiscli.errors import FilesUnusable


class Wanted(NamedTuple):
    """One file that should be there: where, what is in it, and what it is for, in a few words."""

    path: Path
    text: str
    about: str


@dataclass(frozen=True)
class Outcome:
    """What was written and what was left as it was, in order. `changed` are left ones that hold something else."""

    written: list[Wanted] = field(default_factory=list)
    kept: list[Wanted] = field(default_factory=list)
    changed: list[Wanted] = field(default_factory=list)


def write(wanted: Iterable[Wanted]) -> Outcome:
    """Writes each file that is not there.

    Raises FilesUnusable where a file or its folder cannot be made; what was written by then stays, and is named.
    """
    files, found = list(wanted), Outcome()
    for one in files:
        _look(one.path)
    for one in files:
        if os.path.lexists(one.path):
            found.kept.append(one)
            if _text(one.path) != one.text:
                found.changed.append(one)
            continue
        try:
            _make(one)
        except FileExistsError:
            found.kept.append(one)
        except OSError as error:
            raise _no(one.path, error, len(found.written)) from None
        else:
            found.written.append(one)
    return found


def _look(path: Path) -> None:
    """Raises FilesUnusable before anything is written, when a file stands where a folder should be."""
    for above in path.parents:
        if above.is_dir():
            return
        if os.path.lexists(above):
            raise FilesUnusable(
                "A file stands where a folder should be.",
                where=str(above),
                public="Nothing was written.",
                then="choose another folder, or move that file",
            )


def _make(one: Wanted) -> None:
    one.path.parent.mkdir(parents=True, exist_ok=True)
    with one.path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(one.text)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else None
    except (OSError, UnicodeDecodeError):
        return None


def _no(path: Path, error: OSError, before: int) -> FilesUnusable:
    why = (error.strerror or str(error)).lower()
    public = f"{before} files were written before it and stay." if before else "Nothing was written."
    return FilesUnusable(
        f"It cannot be written: {why}.", where=str(path), public=public, then="choose a folder you may write to"
    )
