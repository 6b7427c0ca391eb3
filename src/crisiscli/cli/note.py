"""`crisis note`: adds a line to the timeline."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from crisiscli.cli.flags import ForIncident
from crisiscli.cli.outside import Outside
from crisiscli.errors import UsageError


def note(
    outside: Outside,
    text: Annotated[str, typer.Argument(help="The words; - reads them from standard input.")],
    incident: ForIncident = None,
) -> int:
    """Add a line to the timeline.

    crisis note "Head of branches called, wants posters"
    """
    words = _from_stdin() if text == "-" else text.strip()
    if not words:
        raise UsageError("A note needs words.", public="", then='crisis note "what happened"')
    append, code = outside.append(incident)
    append("noted", {"text": words})
    outside.print([f"Noted in {code}."])
    return 0


def _from_stdin() -> str:
    try:
        return sys.stdin.read().strip()
    except UnicodeDecodeError:
        raise UsageError("This holds a letter that is not UTF-8.", public="", then="type it again") from None
