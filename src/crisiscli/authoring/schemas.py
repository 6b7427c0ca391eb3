"""The JSON Schemas beside the files, so that editors complete and explain without network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from crisiscli.authoring.setup import Setup
from crisiscli.authoring.writing import Wanted


def schema_of(kind: str) -> dict[str, Any]:
    """The schema (draft-07) of one kind of file: `runbook`, `crisis` or `people`."""
    from crisiscli.config.schema import company_schema, people_schema
    from crisiscli.loader.schema import schema

    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "runbook": schema,
        "crisis": company_schema,
        "people": people_schema,
    }
    return makers[kind]()


KINDS = ("runbook", "crisis", "people")


@cache
def printed(kind: str) -> str:
    """The schema as `crisis schema` prints it."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def schemas(setup: Setup) -> Iterator[Wanted]:
    """One file per kind."""
    for kind in KINDS:
        yield Wanted(setup.folder / "schemas" / f"{kind}.schema.json", printed(kind), "what editors complete")
