"""Sending: the one door out. Intent is durable before the first byte leaves, the outcome after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from crisiscli.dispatch.desk import Desk, event_facts, rendering_facts
from crisiscli.dispatch.parcels import Batch, Parcel
from crisiscli.errors import Refused
from crisiscli.incident import stamp
from crisiscli.providers import PROVIDERS
from crisiscli.providers.base import Letter, Outcome, Prepared, Provider
from crisiscli.stores import alive, owner
from crisiscli.stores.base import Dispatch, Entry

FEW = 100
"""Up to here rows are claimed one by one, so that a crash leaves at most one unknown."""
WINDOW = 32
"""Above it, how many rows are in flight at once: the most a crash can leave unknown."""
SILENT = 3
"""After so many claims in a row without one clear answer the rest stays approved: a server that hangs must neither
keep the lead waiting nor make everybody unknown."""
SHOWN = 20
"""How many single outcomes an event carries; the send record has them all."""

Progress = Callable[[int, int], None]


@dataclass
class Result:
    """What came of one parcel. `left` rows were never tried and are still approved."""

    parcel: Parcel
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    left: int = 0
    refused: str = ""
    """Why not even one row was tried; empty otherwise."""
    outcomes: list[Outcome] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    """Dispatch ids to addresses, for those outcomes only: shown to the person, never written into the chain."""

    @property
    def waits(self) -> bool:
        """True when nothing could go because what failed has no newer yes."""
        return not (self.sent or self.failed or self.unknown) and bool(self.parcel.text.counts.get("failed"))

    def take(self, outcomes: list[Outcome], rows: list[Dispatch]) -> None:
        """Counts outcomes in, and keeps the first few that a person should read."""
        for outcome in outcomes:
            setattr(self, outcome.state, getattr(self, outcome.state) + 1)
        room = SHOWN - len(self.outcomes)
        kept = outcomes[:room] if len(outcomes) + len(self.outcomes) <= SHOWN else _notable(outcomes)[:room]
        self.outcomes += kept
        known = {row.id: row.address for row in rows}
        self.addresses |= {outcome.dispatch: known.get(outcome.dispatch, "") for outcome in kept}


def _notable(outcomes: list[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.state != "sent"]


def check(desk: Desk, parcels: Batch, code_name: str, count: int | None) -> None:
    """The typed word before a batch goes: the code name, and for a mass send the number and a second person.

    Raises Refused naming what is missing.
    """
    journal = desk.journal
    if code_name.strip() != journal.code:
        raise Refused(f"That is not the code name of this incident ({journal.code}).", then=f"type {journal.code}")
    if not parcels.mass:
        return
    if count != parcels.mass:
        raise Refused(
            f"This goes to {parcels.mass} people; that number must be typed too.", then=f"--recipients {parcels.mass}"
        )
    wanted = {parcel.text.rendering.id for parcel in parcels.carried if parcel.text.rendering}
    others = {a.rendering for a in journal.store.approvals(journal.code) if a.person != journal.actor}
    if not wanted <= others:
        raise Refused(
            "A mass send needs two people: the one who approves must not be the one who sends.",
            then=f"get somebody else's yes: crisis approve {parcels.message}",
        )


def send(desk: Desk, parcel: Parcel, progress: Progress | None = None) -> Result:
    """Sends one parcel through its provider, row by row, each row's intent committed before its first byte.

    Raises Refused before anything leaves for words the provider cannot carry unchanged, FilesUnusable when the
    record cannot be written. Interrupted rows are unknown, never sent again by the program.
    """
    journal, store, text = desk.journal, desk.journal.store, parcel.text
    assert text.rendering is not None  # noqa: S101
    provider = PROVIDERS[text.binding.provider](desk.config.resolve(text.binding))
    provider.prepare(_letter(desk, parcel, "msg_probe", _probe_address(parcel)))
    me = owner()
    waiting = store.plan(journal.code, text.rendering.id, text.binding.provider, parcel.places(), journal.clock.now())
    result = Result(parcel)
    limit = 1 if waiting <= FEW else WINDOW
    done = silent = 0
    while done < waiting:
        entry = _sending(desk, parcel, waiting) if done == 0 else None
        rows = store.claim(
            journal.code,
            text.rendering.id,
            me,
            limit,
            entry,
            provider=text.binding.provider,
            audience=parcel.audience,
        )
        if not rows:
            break
        done += len(rows)
        before = result.unknown
        stopped = _window(desk, provider, me, rows, result, waiting - done)
        silent = silent + 1 if result.unknown - before == len(rows) else 0
        stopped = stopped or silent >= SILENT
        if progress is not None:
            progress(done, waiting)
        if stopped:
            break
    if 0 < done < waiting:
        result.left = waiting - done
        store.append(journal.code, _went(desk, result))
    journal.refresh()
    return result


def _window(desk: Desk, provider: Provider, me: str, rows: list[Dispatch], result: Result, left: int) -> bool:
    """Sends the claimed rows, `left` more come after them; True when the provider gave up before the end."""
    outcomes: list[Outcome] = []
    prepared = list(_prepared(desk, result.parcel, provider, rows, outcomes))
    refused = len(outcomes)
    try:
        for outcome in provider.send(prepared):
            outcomes.append(outcome)
    except BaseException as error:
        _finish(desk, me, rows, [*outcomes, *_rest(rows, outcomes, CUT)], result, _signed(left, error))
        if isinstance(error, Exception):
            return True
        raise
    stopped = len(outcomes) - refused < len(prepared)
    _finish(desk, me, rows, [*outcomes, *_rest(rows, outcomes, UNTRIED)], result, left)
    return stopped


def _signed(left: int, error: BaseException) -> int:
    return left if isinstance(error, Exception) else -left


CUT = Outcome("", "unknown", "ambiguous", "cut off while sending")
UNTRIED = Outcome("", "failed", "transient", "not tried: the connection failed before it")


def _rest(rows: list[Dispatch], outcomes: list[Outcome], like: Outcome) -> list[Outcome]:
    """The rows without an outcome of their own, with this one."""
    known = {outcome.dispatch for outcome in outcomes}
    return [replace(like, dispatch=row.id) for row in rows if row.id not in known]


def _finish(desk: Desk, me: str, rows: list[Dispatch], outcomes: list[Outcome], result: Result, left: int) -> None:
    """Writes outcomes; with the last of them goes the event. A negative `left` means the person broke off."""
    result.take(outcomes, rows)
    result.left = -left if left < 0 else 0
    entry = _went(desk, result) if left <= 0 else None
    desk.journal.store.finish(desk.journal.code, me, outcomes, desk.journal.clock.now(), entry)


def _prepared(
    desk: Desk, parcel: Parcel, provider: Provider, rows: list[Dispatch], refused: list[Outcome]
) -> Iterator[Prepared]:
    for row in rows:
        try:
            yield provider.prepare(_letter(desk, parcel, row.id, row.address))
        except Refused as error:
            refused.append(Outcome(row.id, "failed", "permanent", error.what))


def _probe_address(parcel: Parcel) -> str:
    return next((place.address for place in parcel.places()), "")


def _letter(desk: Desk, parcel: Parcel, dispatch: str, address: str) -> Letter:
    text = parcel.text
    assert text.rendering is not None  # noqa: S101
    incident = desk.journal.incident
    return Letter(
        dispatch=dispatch,
        incident=incident.code,
        message=text.message,
        stage=incident.runbook.messages[text.message].stage,
        channel=text.channel.id,
        language=text.language,
        audience=parcel.audience,
        title=text.rendering.title,
        body=text.rendering.body,
        sha256=text.rendering.sha256,
        address=address,
        at=stamp(desk.journal.clock.now()),
    )


def _sending(desk: Desk, parcel: Parcel, rows: int) -> Entry:
    text = parcel.text
    data: dict[str, Any] = {
        **event_facts(text),
        "rows": rows,
        "provider": text.binding.provider or "manual",
        "target": parcel.target,
        "audience": parcel.audience.split("+"),
        "again": min(rows, text.counts.get("failed", 0)),
    }
    if text.promise is not None:
        data["promise"] = stamp(text.promise)
    return desk.journal.entry("sending", **data)


def _went(desk: Desk, result: Result) -> Entry:
    shown = [
        {"dispatch": o.dispatch, "state": o.state, "kind": o.kind, "detail": o.detail, "proof": o.proof}
        for o in result.outcomes
    ]
    proofs = [outcome.proof for outcome in result.outcomes if outcome.proof and outcome.state == "sent"]
    return desk.journal.entry(
        "went",
        **event_facts(result.parcel.text)
        | {
            "audience": result.parcel.audience.split("+"),
            "sent": result.sent,
            "failed": result.failed,
            "unknown": result.unknown,
            "left": result.left,
            "outcomes": shown,
            "proof": proofs[0] if proofs else "",
        },
    )


def recover(desk: Desk) -> int:
    """After any kind of death: rows whose owner is proven dead become unknown, and the books are made to agree.

    Returns how many rows became unknown. Nothing is ever sent again from here.
    """
    journal = desk.journal

    def swept(rows: list[Dispatch]) -> Entry:
        counted: dict[str, int] = {}
        for row in rows:
            counted[row.rendering] = counted.get(row.rendering, 0) + 1
        return journal.entry("swept", rows=counted, dispatches=[row.id for row in rows][:SHOWN])

    rows = journal.store.sweep(journal.code, alive, swept)
    journal.refresh()
    _recount(desk)
    return len(rows)


def _recount(desk: Desk) -> None:
    """A crash between the last outcome and its event leaves the chain behind the send record: write what it says."""
    journal = desk.journal
    behind = {}
    for rendering, tally in journal.store.tally(journal.code).items():
        counts = {state: tally.get(state, 0) for state in ("sending", "sent", "failed", "unknown")}
        if rendering in journal.incident.counts and counts != journal.incident.counts[rendering]:
            behind[rendering] = counts
    if behind:
        journal.record("recounted", counts=behind, facts={name: rendering_facts(desk, name) for name in behind})
