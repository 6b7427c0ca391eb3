"""Revisions: what a file held at a commit of the git repository it lies in."""

from __future__ import annotations

import subprocess
from datetime import date
from functools import lru_cache
from pathlib import Path

from crisiscli.errors import UsageError

PATIENCE = 20.0
"""Seconds until git is given up."""


def check_revision(folder: Path, revision: str) -> str:
    """The commit that a revision names. Raises UsageError when there is no git, no repository or no such revision."""
    top = _top(folder)
    found = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found is None:
        shown = f"`{revision}` is no revision of the git repository in {top}."
        raise UsageError(shown, public="", then="git log --oneline, then one of its names; a shallow clone has few")
    return found.decode("ascii").strip()


def at_revision(path: Path, commit: str) -> bytes | None:
    """The bytes of a file at a commit; None when it was not there then. Raises UsageError like `check_revision`."""
    whole = path.resolve()
    top = _top(whole.parent)
    try:
        inside = whole.relative_to(top).as_posix()
    except ValueError:
        return None
    return _git(top, "cat-file", "blob", f"{commit}:{inside}")


def former(path: Path, commit: str) -> Path | None:
    """Where git says a file lay at a commit that was moved or renamed since; None for one that was not.

    Raises UsageError like `check_revision`.
    """
    whole = path.resolve()
    top = _top(whole.parent)
    return next((top / old for old, new in _renamed(top, commit).items() if top / new == whole), None)


def names_at(folder: Path, commit: str) -> list[str]:
    """The names of the files that lay in a folder at a commit. Raises UsageError like `check_revision`."""
    whole = folder.resolve()
    top = _top(whole)
    inside = whole.relative_to(top).as_posix()
    found = _git(top, "ls-tree", "-z", "--name-only", commit if inside == "." else f"{commit}:{inside}")
    return [name for name in (found or b"").decode("utf-8", "surrogateescape").split("\0") if name]


def committed_on(folder: Path, revision: str = "HEAD") -> date:
    """The day, where the committer was, on which a revision was committed. Raises UsageError as `check_revision`."""
    found = _git(_top(folder), "show", "--no-patch", "--format=%cs", check_revision(folder, revision))
    return date.fromisoformat((found or b"").decode("ascii").strip())


def same_repository(one: Path, other: Path) -> bool:
    """Whether two files lie in one repository."""
    try:
        return _top(one.resolve().parent) == _top(other.resolve().parent)
    except UsageError:
        return False


@lru_cache(maxsize=8)
def _renamed(top: Path, commit: str) -> dict[str, str]:
    """What was renamed since a commit, in the index or after it: the old paths and the new."""
    found = _git(top, "diff", "--name-status", "-z", "--find-renames", "--diff-filter=R", commit, "--") or b""
    fields = found.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(fields[1::3], fields[2::3], strict=False))


@lru_cache(maxsize=64)
def _top(folder: Path) -> Path:
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found is None:
        raise UsageError(
            f"{folder} lies in no git repository, so there is nothing to compare with.",
            public="",
            then="leave the revision out, or run it inside the repository",
        )
    return Path(found.decode("utf-8", "surrogateescape").strip()).resolve()


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None when it says no. Raises UsageError when it cannot be run."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(
            f"git cannot be run: {error}.", public="", then="install git, or leave the revision out"
        ) from None
    return done.stdout if done.returncode == 0 else None
