"""The checks that run by themselves: before a commit, and on the server for every change."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator

from crisiscli.authoring.quoting import filled, quoted
from crisiscli.authoring.setup import Setup
from crisiscli.authoring.writing import Wanted


def checks(setup: Setup) -> Iterator[Wanted]:
    """The hook and the server's file. Both are only read at the top of the repository."""
    folder = _runbooks(setup)
    pattern = rf"^{re.escape(folder)}/.*\.ya?ml$"
    where = f" --dir {shlex.quote(setup.inside.rstrip('/'))}" if setup.inside else ""
    hook = filled("pre-commit.yaml", entry=_single(f"crisis lint --strict{where}"), files=_single(pattern))
    yield Wanted(setup.root / ".pre-commit-config.yaml", hook, "check before each commit")
    if setup.ci == "none":
        return
    name, path = _SERVERS[setup.ci]
    text = filled(name, version=setup.version, where=where, runbooks=shlex.quote(folder))
    yield Wanted(setup.root / path, text, "check on the server")


_SERVERS = {
    "github": ("github.yml", ".github/workflows/crisis.yml"),
    "gitlab": ("gitlab.yml", ".gitlab-ci.yml"),
}


def _runbooks(setup: Setup) -> str:
    return os.path.relpath(setup.runbooks, setup.root).replace(os.sep, "/")


def _single(text: str) -> str:
    """A text in single quotes, in which a backslash is a backslash."""
    return quoted(text) if quoted(text) == text else "'" + text.replace("'", "''") + "'"
