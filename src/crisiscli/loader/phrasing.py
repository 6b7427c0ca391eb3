"""Reads the lists of phrases that rules look for: the shipped ones, and what the company's own folder adds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crisiscli.errors import FilesUnusable
from crisiscli.source import read_file
from crisiscli.speech import Phrases

SHIPPED = Path(__file__).resolve().parent / "phrases"
"""One YAML file per language (`pl.yaml`): the name of a list, below it one phrase per line."""


def phrases(folders: Sequence[Path] = ()) -> dict[str, dict[str, Phrases]]:
    """Every list by language, then by name: the shipped phrases first, those of each folder after.

    Raises FilesUnusable for a file that is no list of phrases.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for folder in (SHIPPED, *folders):
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            lists = found.setdefault(path.stem, {})
            for name, entries in _lists(path).items():
                lists.setdefault(name, []).extend(entries)
    return {language: {name: Phrases(entries) for name, entries in lists.items()} for language, lists in found.items()}


def _lists(path: Path) -> dict[str, list[str]]:
    document = read_file(path)
    value: Any = document.value if document.ok else None
    if isinstance(value, dict) and all(_is_list(entries) for entries in value.values()):
        return {name: [str(entry) for entry in entries] for name, entries in value.items()}
    first = document.problems[0] if document.problems else None
    where = f"{path}:{first.span.line}" if first else str(path)
    then = "write `name_of_list:` and below it `- a phrase` lines"
    raise FilesUnusable(first.what if first else "these are no lists of phrases.", where=where, then=then)


def _is_list(entries: Any) -> bool:
    return isinstance(entries, list) and all(isinstance(entry, str) and entry.strip() for entry in entries)
