"""The steps of a file that cannot be walked, as plain lines somebody can read aloud."""

from __future__ import annotations

import re
from typing import Any

from crisiscli.source import Document
from crisiscli.steps import STEPS

_STEP = re.compile(rf"\s*(?:-\s+)?(?P<verb>{'|'.join(STEPS)}):\s+(?P<words>\S.*)$")
_MORE = re.compile(r"\s*(?:-\s+)?[A-Za-z_][\w-]*:(?:\s|$)|\s*-\s|\s*#|\s*$")


def raw_steps(document: Document) -> list[str]:
    """What the steps say, in the order of the file, however broken it is; the verb first unless it is `do`."""
    found: list[str] = []
    lines = _checklist(document.lines())
    index = 0
    while index < len(lines):
        step = _STEP.match(lines[index])
        index += 1
        if step is None:
            continue
        words = [step["words"].rstrip()]
        if words[0] in ("|", ">", "|-", ">-"):
            words = []
        while index < len(lines) and not _MORE.match(lines[index]):
            words.append(lines[index].strip())
            index += 1
        said = " ".join(words).strip("\"'[] ")
        found.append(said if step["verb"] == "do" else f"{step['verb'].capitalize()}: {said}")
    return found or _listed(document.value)


def _checklist(lines: list[str]) -> list[str]:
    """The lines under `phases:`; all of them when there is no such line."""
    first = next((number for number, line in enumerate(lines) if line.startswith("phases:")), None)
    if first is None:
        return lines
    inside = lines[first + 1 :]
    last = next((number for number, line in enumerate(inside) if re.match(r"\w", line)), len(inside))
    return inside[:last]


def _listed(value: Any) -> list[str]:
    """The plain lines of whatever stands under `phases`."""
    phases = value.get("phases") if isinstance(value, dict) else None
    found: list[str] = []
    waiting: list[Any] = [phases]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            waiting += reversed(list(here.values()))
        elif isinstance(here, list):
            waiting += reversed(here)
        elif isinstance(here, str) and " " in here:
            found.append(here)
    return found
