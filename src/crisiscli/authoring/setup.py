"""Setup: what was decided before anything is written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Ci = Literal["github", "gitlab", "none"]


@dataclass(frozen=True)
class Setup:
    """One crisis folder as it is wanted. Paths are absolute.

    `source` is the scenario a runbook is copied from; None with an `id` means a blank one, an empty `id` none at all.
    """

    folder: Path
    runbooks: Path
    """The folder of the runbooks, inside `folder` unless crisis.yaml says otherwise."""
    root: Path
    """The top of the git repository the folder lies in, where its checks are read; else the folder itself."""
    source: Path | None
    id: str
    title: str
    languages: tuple[str, ...]
    """The first one is the language without which no text goes."""
    speaks: tuple[str, ...]
    """All languages of the company; the runbook has those of them that words come in."""
    company: str
    person: str
    """Who sets it up."""
    today: date
    zone: str = ""
    """The IANA time zone, "" when the machine does not name it."""
    ci: Ci = "github"
    roles: tuple[str, ...] = ()
    """The roles of the runbook, whom the made-up people hold."""
    people: Path | None = None
    """The people file; None when crisis.yaml names none."""
    version: str = ""
    """The version of the program."""

    @property
    def inside(self) -> str:
        """The folder as the root of the repository sees it, with `/` between and behind; "" for the root itself."""
        found = os.path.relpath(self.folder, self.root).replace(os.sep, "/")
        return "" if found == "." else f"{found}/"

    def seen_from(self, place: Path) -> str:
        """The folder of the schemas as a file in `place` names it."""
        return os.path.relpath(self.folder / "schemas", place).replace(os.sep, "/")
