"""`crisis schema`: the JSON Schema that editors use."""

from __future__ import annotations

from crisiscli.cli.outside import Outside


def schema(outside: Outside) -> int:
    """Print the JSON Schema (draft-07) of a runbook, for editors.

    crisis schema > runbook.schema.json
    """
    from crisiscli.loader.schema import schema as draft

    outside.print_json(draft())
    return 0
