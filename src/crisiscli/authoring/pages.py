"""What people read and extend: the page for the PR team, the list of phrases, and what git leaves out."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator

from crisiscli.authoring.people import EXAMPLE
from crisiscli.authoring.quoting import filled
from crisiscli.authoring.setup import Setup
from crisiscli.authoring.writing import Wanted

PRIVATE = "people.yaml"


def pages(setup: Setup) -> Iterator[Wanted]:
    """The page, one list per language, and `.gitignore`."""
    runbooks = os.path.relpath(setup.runbooks, setup.folder).replace(os.sep, "/")
    name = setup.id or "ID"
    page = filled(
        "README.md",
        company=_plain(setup.company),
        runbook=f"{runbooks}/{name}.yaml",
        example=EXAMPLE,
        **_aligned(
            lint=f"crisis lint {shlex.quote(runbooks)}",
            watch=f"crisis preview {name} --watch",
            preview=f"crisis preview {name}",
        ),
        **_aligned(drill=f"crisis drill {name}", more="crisis new --from full-outage"),
    )
    yield Wanted(setup.folder / "README.md", page, "one page for the PR team")
    for code in setup.speaks:
        path = setup.folder / "phrases" / f"{code}.yaml"
        yield Wanted(path, filled("phrases.yaml"), "your own words for lint to find")
    yield Wanted(setup.folder / ".gitignore", filled("gitignore"), "keeps private numbers out")


def _aligned(**commands: str) -> dict[str, str]:
    """Commands of one width, so that what is said about them stands in one column."""
    width = max(map(len, commands.values()))
    return {name: command.ljust(width) for name, command in commands.items()}


def _plain(text: str) -> str:
    """A text as Markdown that shows exactly it."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|!" else one for one in text)
