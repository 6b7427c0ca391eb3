"""How a LintReport is printed, one format per file. A new format is one file here and one word below."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable

from crisiscli.linter.report import LintReport
from crisiscli.screen import Line

FORMATS = ("text", "json", "github", "sarif", "junit", "gitlab")
"""The words `--format` takes; each is a file here with a function of that name."""

Format = Callable[[LintReport], Iterable[Line | str]]


def printer(name: str) -> Format:
    """The function behind a format. It is imported when it is asked for."""
    found: Format = getattr(importlib.import_module(f"crisiscli.linter.formats.{name}"), name)
    return found
