"""Reads the lists of phrases that rules look for: the shipped ones, and what the company's own folder adds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from crisiscli.errors import FilesUnusable
from crisiscli.loader.findings import nearest
from crisiscli.source import Document, read_file
from crisiscli.speech import Lexicon, Phrases

SHIPPED = Path(__file__).resolve().parent / "phrases"
"""One YAML file per language (`pl.yaml`): the name of a list, below it one phrase per line.

A phrase may be `word: better`: what to say instead. Another folder's file has the same form and adds to these lists;
the list `NAME_fine` holds what makes a hit of the list `NAME` harmless in the same sentence.
"""

Lists = dict[str, dict[str, str]]
"""The phrases of each list, each with the words to say instead, or ""."""


def phrases(folders: Sequence[Path] = ()) -> dict[str, dict[str, Phrases]]:
    """Every list by language, then by name: the shipped phrases first, those of each folder after.

    Raises FilesUnusable for a file that is no list of phrases, and for a list that no rule looks for.
    """
    found: dict[str, Lists] = {}
    for path in sorted(SHIPPED.glob("*.yaml")):
        _add(found, path)
    known = {name for lists in found.values() for name in lists}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            _add(found, path, known)
    ready = {
        language: {name: Phrases(entries, {k: v for k, v in entries.items() if v}) for name, entries in lists.items()}
        for language, lists in found.items()
    }
    for lists in ready.values():
        Lexicon(lists.values())
    return ready


def _add(found: dict[str, Lists], path: Path, known: set[str] | None = None) -> None:
    lists = found.setdefault(path.stem, {})
    for name, entries in _read(path, known).items():
        lists.setdefault(name, {}).update(entries)


def _read(path: Path, known: set[str] | None) -> Lists:
    document = read_file(path)
    if document.problems:
        first = document.problems[0]
        _refuse(path, first.span.line, first.what, first.cure)
    if not isinstance(document.value, dict):
        _refuse(path, 1, "This is no file of phrases.")
    lists: Lists = {}
    for name, entries in document.value.items():
        if known is not None and name.removesuffix("_fine") not in known:
            guess = nearest(name, sorted(known))
            then = f"write `{guess}`" if guess else f"use one of the lists {', '.join(sorted(known))}"
            _refuse(path, _line(document, name), f"No rule looks for a list called `{name}`.", then)
        if not isinstance(entries, list):
            _refuse(path, _line(document, name), f"`{name}` is no list.")
        lists[name] = {}
        for number, entry in enumerate(entries):
            phrase, better = _phrase(entry)
            if not phrase.strip(" *."):
                _refuse(path, _line(document, name, number), f"This line of `{name}` is no phrase.")
            lists[name][phrase] = better
    return lists


def _phrase(entry: Any) -> tuple[str, str]:
    """A phrase and what to say instead: written `- phrase`, or `- phrase: better`; an empty one for anything else."""
    if isinstance(entry, dict) and len(entry) == 1:
        [(phrase, better)] = entry.items()
        return (phrase, better) if isinstance(better, str) else ("", "")
    return (entry, "") if isinstance(entry, str) else ("", "")


def _line(document: Document, *place: str | int) -> int:
    return document.span(place, key=True).line


def _refuse(path: Path, line: int, what: str, then: str = "") -> NoReturn:
    usual = "write the name of a list with a colon, as `blame:`, and below it lines such as `  - a phrase`"
    cure = then.rstrip(".")
    raise FilesUnusable(what, where=f"{path}:{line}", then=usual if cure.endswith("?") else cure or usual)
