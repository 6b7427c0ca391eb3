"""The sentences of what surrounds the words: people, channels, readings, warnings, drills, other runbooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crisiscli.reports.markdown import plain

if TYPE_CHECKING:
    from crisiscli.reports.told import Teller


def _tried(teller: Teller, data: dict[str, Any]) -> str:
    back = f"; try again {teller.wall(data['back'])}" if data.get("back") else ""
    return f"Tried {teller.name(data['person'])} (`{data['role']}`): {plain(data['result'])}{back}"


def _handed_over(teller: Teller, data: dict[str, Any]) -> str:
    said = f": {plain(data['said'])}" if data.get("said") else ""
    return f"**Lead handed over**: {teller.name(data['from'])} to {teller.name(data['to'])}{said}"


def _channel_set(teller: Teller, data: dict[str, Any]) -> str:
    why = f": {plain(data['why'])}" if data.get("why") else ""
    return f"Channel {plain(data['channel'])} is **{plain(data['health'])}**{why}"


def _signal_read(teller: Teller, data: dict[str, Any]) -> str:
    source = f" ({plain(data['source'])})" if data.get("source") else ""
    by = f" by {teller.name(data['by'])}" if data.get("by") else ""
    note = f"; {plain(data['note'])}" if data.get("note") else ""
    parts = ", ".join(f"{count} {name}" for name, count in data.get("parts", {}).items())
    said = f"{data['n']} read: {parts}" if data["kind"] == "counted" else str(data.get("value"))
    return f"Signal `{plain(data['signal'])}`: {plain(said)}{source}{by}{note}"


def _warned(teller: Teller, data: dict[str, Any]) -> str:
    why = f"; went on because: {plain(data['reason'])}" if data.get("reason") else ""
    about = f" `{data['message']}`" if data.get("message") else ""
    return f"**Warned**{about}: {plain(data['what'])}{why}"


def _approved_ahead(teller: Teller, data: dict[str, Any]) -> str:
    left = f"; left open: {', '.join(data['may_vary'])}" if data["may_vary"] else ""
    return (
        f"**Approved ahead** {data['message']} by {teller.name(data['person'])} for {', '.join(data['roles'])} "
        f"({data['how']}), tag {data['tag']}{left}"
    )


def _paced(teller: Teller, data: dict[str, Any]) -> str:
    at = teller.wall(data["at"])
    return (
        f"The drill rests at {at}" if data["speed"] == "0" else f"The drill's clock goes on from {at}, x{data['speed']}"
    )


def _begun(teller: Teller, data: dict[str, Any]) -> str:
    return f"**Begun**: it was armed before, T0 {teller.wall(data['t0'])}"


def _switched(teller: Teller, data: dict[str, Any]) -> str:
    return (
        f"**Went on with** {plain(data['title'])} (`{data['runbook']['id']}` v{data['version']}); "
        "T0, facts, roles and what was said stay"
    )


AROUND: dict[str, Callable[[Teller, dict[str, Any]], str]] = {
    "tried": _tried,
    "stood_by": lambda t, d: f"{t.name(d['person'])} stands by for the role `{d['role']}`",
    "handed_over": _handed_over,
    "channel_set": _channel_set,
    "signal_read": _signal_read,
    "warned": _warned,
    "released": lambda t, d: (
        f"Step `{d['step']}` let go again: {plain(d['value'])}"
        + (f" (owner {t.name(d['owner'])})" if d.get("owner") else "")
    ),
    "injected": lambda t, d: f"**Inject** from {plain(d['from'])}: {plain(d['says'])}",
    "approved_ahead": _approved_ahead,
    "begun": _begun,
    "switched": _switched,
    "paced": _paced,
}
