"""Places as other programs want them: paths from the top of the repository, and what stays when lines move."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from crisiscli.linter.report import LintReport
from crisiscli.problem import Problem
from crisiscli.source import BREAK


def top() -> Path:
    """The folder paths are told from: the git repository around the working folder, else the working folder."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)


def shortest(path: Path) -> Path:
    """A path as it is shortest from the working folder."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def told_from(path: str, folder: Path) -> str:
    """A path as it is written in a folder, with `/`; absolute when it lies outside."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow a link out of the folder
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else whole.as_posix()


def fingerprints(report: LintReport, problems: Sequence[Problem], folder: Path) -> Iterator[str]:
    """For each problem, 64 hexadecimal digits that stay the same while lines move.

    They are made of the code, the file as seen from `folder`, the words of the line and the keys above it; the
    second of two equal ones counts on.
    """
    seen: Counter[str] = Counter()
    for problem in problems:
        lines = report.lines(problem.path)
        parts = (problem.code, told_from(problem.path, folder), *above(lines, problem.span.line))
        found = "\n".join(parts)
        seen[found] += 1
        yield hashlib.sha256(f"{found}\n{seen[found]}".encode("utf-8", "surrogatepass")).hexdigest()


def above(lines: Sequence[str], line: int) -> tuple[str, ...]:
    """The words of a line, from 1, after the lines it stands below: keys, and heads of list entries."""
    found = [" ".join(lines[line - 1].split())] if 0 < line <= len(lines) else []
    depth = _depth(lines[line - 1]) if found else 0
    for number in range(line - 2, -1, -1):
        written = lines[number]
        if depth and written.strip() and not written.lstrip().startswith("#") and _depth(written) < depth:
            depth = _depth(written)
            found.append(re.sub(r":(\s.*)?$", ":", written.strip()) if written.lstrip()[0] != "-" else written.strip())
    return tuple(reversed(found))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a code point of a text."""
    before = BREAK.split(text[:index])
    return len(before), len(before[-1]) + 1
