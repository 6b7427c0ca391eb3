"""A YAML file that is read key by key: every value is checked where it is taken, every finding has its place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crisiscli.problem import Level, Problem
from crisiscli.providers.settings import nearest
from crisiscli.source import Document

CODES = {
    "no-config": "C101",
    "unknown-key": "C102",
    "wrong-value": "C103",
    "open-secret": "C104",
    "unknown-provider": "C105",
    "unknown-channel": "C106",
    "broken-binding": "C107",
    "missing-file": "C108",
    "open-login": "C109",
}

Place = tuple[str | int, ...]


class Sheet:
    """One file, its folder, and what was found wrong in it."""

    def __init__(self, document: Document, folder: Path) -> None:
        self.document = document
        self.folder = folder
        self.problems: list[Problem] = list(document.problems)

    def find(
        self, place: Place, rule: str, what: str, cure: str = "", *, level: Level = "error", key: bool = False
    ) -> None:
        """Notes one finding."""
        span = self.document.span(place, key=key)
        effect = "" if rule != "broken-binding" else "A person would carry this channel by hand."
        self.problems.append(Problem(self.document.path, span, rule, CODES[rule], level, what, effect, cure))

    def mapping(self, place: Place, value: Any, known: Iterable[str] | None = None) -> dict[str, Any]:
        """A mapping, without the keys that are not known."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.find(place, "wrong-value", f"`{place[-1]}` must be keys and values.")
            return {}
        if known is None:
            return value
        names = list(known)
        for key in value:
            if key not in names:
                self.unknown((*place, key), names)
        return {key: found for key, found in value.items() if key in names}

    def unknown(self, place: Place, known: Iterable[str]) -> None:
        """Notes a key nobody reads."""
        what = f"`{place[-1]}` is not a key here{nearest(str(place[-1]), known) or '.'}"
        self.find(place, "unknown-key", what, "Correct its name, or delete it.", level="warning", key=True)

    def text(self, place: Place, value: Any, default: str = "") -> str:
        """A text on one line; a number is taken as it is written."""
        if value is None:
            return default
        if isinstance(value, str | int | float) and not isinstance(value, bool) and "\n" not in str(value):
            return str(value).strip() or default
        self.find(place, "wrong-value", f"`{place[-1]}` must be a text on one line.")
        return default

    def texts(self, place: Place, value: Any) -> tuple[str, ...]:
        """A list of texts; a single one may stand alone."""
        if value is None:
            return ()
        if not isinstance(value, list):
            return tuple(filter(None, (self.text(place, value),)))
        return tuple(filter(None, (self.text((*place, index), item) for index, item in enumerate(value))))

    def yes_no(self, place: Place, value: Any, default: bool = False) -> bool:
        """true or false."""
        if isinstance(value, bool):
            return value
        if value is not None:
            self.find(place, "wrong-value", f"`{place[-1]}` must be true or false.")
        return default

    def one_of(self, place: Place, value: Any, known: Iterable[str]) -> str:
        """One of some words; "" when nothing, or something else, is written."""
        words = list(known)
        if value is None or value in words:
            return value or ""
        self.find(place, "wrong-value", f"`{place[-1]}` must be {', '.join(words[:-1])} or {words[-1]}.")
        return ""

    def path(self, place: Place, value: Any) -> Path | None:
        """A path, relative to the file it stands in; noted when nothing is there."""
        text = self.text(place, value)
        if not text:
            return None
        found = located(self.folder, text)
        if not found.exists():
            self.find(place, "missing-file", f"There is no {text} here.", "Check the name.", level="warning")
        return found


def located(folder: Path, text: str) -> Path:
    """A path as it is written in a file of `folder`, absolute."""
    path = Path(text)
    if text.startswith("~"):
        try:
            path = path.expanduser()
        except RuntimeError:
            return folder / path
    return folder / path
