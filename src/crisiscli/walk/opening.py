"""Opening an incident: the runbook, its texts, layouts and the company's rules are pinned into the first event."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crisiscli.clock import Clock
from crisiscli.config import Config, pinned
from crisiscli.errors import UsageError
from crisiscli.incident import stamp
from crisiscli.journal import Journal
from crisiscli.loader import Loaded
from crisiscli.stores.base import Entry, Mode, Store
from crisiscli.walk.codenames import SHAPE, code_name


@dataclass(frozen=True)
class Opening:
    """What is known when an incident is opened. `t0` is when it happened, `learned` when we heard of it."""

    loaded: Loaded
    layouts: dict[str, str]
    lead: str
    operator: str
    """Who types, when that is known to be somebody else than the lead; else ""."""
    t0: datetime
    learned: datetime
    code: str = ""
    mode: Mode = "LIVE"


def open_incident(store: Store, opening: Opening, config: Config, clock: Clock) -> Journal:
    """Writes the first event and returns the incident's journal.

    Raises UsageError for a code name that cannot be said and typed, Refused when it is taken.
    """
    code = opening.code or code_name({heading.code for heading in store.headings()})
    if not SHAPE.match(code) or len(code) > 40:
        raise UsageError(
            f"{code!r} cannot be a code name.", then="lower case letters, digits and dashes, like amber-heron"
        )
    runbook = opening.loaded.runbook
    assert runbook is not None  # noqa: S101
    lead = store.person(opening.lead)
    operator = store.person(opening.operator) if opening.operator else lead
    data: dict[str, Any] = {
        "code": code,
        "mode": opening.mode,
        "title": runbook.title,
        "version": runbook.version,
        "runbook": opening.loaded.plan,
        "runbook_sha256": hashlib.sha256(opening.loaded.document.text.encode("utf-8")).hexdigest(),
        "runbook_problems": len(opening.loaded.problems),
        "layouts": opening.layouts,
        "company": pinned(config),
        "t0": stamp(opening.t0),
        "learned": stamp(opening.learned),
        "lead": lead,
        "operator": operator,
    }
    store.create(code, opening.mode, runbook.title, Entry("opened", data, operator, clock.now()))
    return Journal(store, code, clock, operator)
