"""`crisis schema`: the JSON Schemas that editors use."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from crisiscli.cli.outside import Outside


def schema(
    outside: Outside,
    kind: Annotated[
        Literal["runbook", "crisis", "people"], typer.Argument(help="Which file it describes.")
    ] = "runbook",
) -> int:
    """Print the JSON Schema (draft-07) of a runbook, crisis.yaml or people.yaml, for editors.

    crisis schema > runbook.schema.json
    crisis schema crisis > crisis.schema.json
    """
    from crisiscli.authoring.schemas import printed

    del outside
    sys.stdout.write(printed(kind))
    return 0
