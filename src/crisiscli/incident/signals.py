"""Signals: what readings of the outside say now, where they are going, and whether a condition on them holds."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal, NamedTuple

from crisiscli.clocks import duration, lasting, since
from crisiscli.conditions import MOODS, SHARES, Verdict
from crisiscli.incident.event import stamp
from crisiscli.incident.records import Reading
from crisiscli.incident.state import Incident

PERCENTS = frozenset({"login_success", "replies_answered"})
"""Numbers that are shares in percent."""
SECONDS = frozenset({"reply_time"})
"""Numbers that are durations, kept in seconds."""
SHOWN = 5
"""How many readings a trend shows."""
STEADY = 2
"""Percentage points (of a number: percent of the one before) within which a trend counts as steady."""

Arrow = Literal["rising", "falling", "steady", ""]


class Trend(NamedTuple):
    """One signal and its last readings, the newest last. A mood that rises becomes kinder."""

    signal: str
    readings: tuple[Reading, ...]
    arrow: Arrow

    def data(self) -> dict[str, Any]:
        """As plain data; `by` is a person id, `positive_or_neutral` of a counted reading is in percent."""
        return {
            "signal": self.signal,
            "kind": self.readings[-1].kind,
            "trend": self.arrow,
            "readings": [_data(reading) for reading in self.readings],
        }

    def told(self, zone: tzinfo) -> str:
        """As one line, the newest first: `mood: mostly_kind 03:41 (rising), before: mixed 03:20`."""
        last = self.readings[-1]
        arrow = f" ({self.arrow})" if self.arrow else ""
        before = [f"{_brief(reading)} {_wall(reading.at, zone)}" for reading in self.readings[-2:-4:-1]]
        told = f"{self.signal}: {value(last)} {_wall(last.at, zone)}{arrow}"
        return told + (f", before: {', '.join(before)}" if before else "")


def trend(incident: Incident) -> list[Trend]:
    """Every signal that was read, in the order of its first reading."""
    found: dict[tuple[str, str], list[Reading]] = {}
    for reading in _ordered(incident):
        found.setdefault((reading.signal, reading.kind), []).append(reading)
    return [Trend(signal, tuple(readings[-SHOWN:]), _arrow(readings)) for (signal, _), readings in found.items()]


def value(reading: Reading) -> str:
    """What a reading says, in words: `mostly_kind`, `75 % positive or neutral of 120`, `95 %`, `11 800`, `10:00`."""
    if reading.kind == "counted":
        return f"{share(reading, 'positive_or_neutral')} % positive or neutral of {reading.n}"
    if reading.kind == "judged":
        return str(reading.value)
    return number(reading.signal, reading.value)


def number(signal: str, amount: str | int | None) -> str:
    """A number as this signal is read out: with its unit, thousands apart."""
    if signal in SECONDS and isinstance(amount, int):
        return lasting(timedelta(seconds=amount))
    shown = f"{amount:,}".replace(",", " ") if isinstance(amount, int) else str(amount)
    return f"{shown} %" if signal in PERCENTS else shown


def share(reading: Reading, name: str) -> int:
    """A share of a counted reading in whole percent, rounded down: 59 is not yet 60."""
    return 100 * _part(reading, name) // reading.n if reading.n else 0


def judge(condition: dict[str, Any], incident: Incident, now: datetime | None = None) -> Verdict:
    """Whether the last readings satisfy a signal condition; undecided, with what is missing, without enough of them.

    `now` is for `within`; without it the last event's time stands for it.
    """
    wanted = _Wanted.of(condition)
    found = [reading for reading in _ordered(incident) if _counts(wanted, reading, incident)]
    moment = now or incident.last or incident.opened
    fresh = [reading for reading in found if wanted.within is None or moment - reading.at <= wanted.within]
    last = fresh[-wanted.readings :]
    failing = [why for reading in last if (why := _fails(wanted, reading, incident.t0))]
    if failing:
        return Verdict(False, (f"{wanted.signal}: {failing[-1]}",))
    if len(last) < wanted.readings:
        return Verdict(None, (_missing(wanted, len(last), wanted.readings),))
    against = [_rising(wanted, fresh), _held(wanted, found, incident.t0)]
    return next((verdict for verdict in against if verdict is not None), Verdict(True))


class _Wanted(NamedTuple):
    """A signal condition, read."""

    condition: dict[str, Any]
    signal: str
    role: str
    readings: int
    n: float
    within: timedelta | None
    held: timedelta | None

    @classmethod
    def of(cls, condition: dict[str, Any]) -> _Wanted:
        count = _amount(condition.get("readings", 1))
        return cls(
            condition=condition,
            signal=str(condition["signal"]),
            role=str(condition.get("said_by", "")),
            readings=int(count) if 1 <= count < 1000 else 1,
            n=_amount(condition.get("n", 0)),
            within=_span(condition.get("within")),
            held=_span(condition.get("for")),
        )

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of reading its tests can be put to."""
        found = frozenset({"judged", "counted", "number"})
        if any(key in self.condition for key in ("n", "negative_rising", *SHARES)):
            found &= {"counted"}
        if "at_least" in self.condition or "at_most" in self.condition:
            found &= {"number"}
        for key in ("is", "is_not"):
            if key in self.condition:
                found &= {"judged"} if self.condition[key] in MOODS else {"number"}
        return found


def _ordered(incident: Incident) -> list[Reading]:
    return sorted(incident.readings, key=lambda reading: reading.at)


def _counts(wanted: _Wanted, reading: Reading, incident: Incident) -> bool:
    if reading.signal != wanted.signal or reading.kind not in wanted.kinds or reading.n < wanted.n:
        return False
    return not wanted.role or reading.role == wanted.role or reading.by == incident.holder(wanted.role)


def _fails(wanted: _Wanted, reading: Reading, t0: datetime) -> str:
    """Why a reading does not satisfy the tests; empty when it does."""
    when = f"at {since(t0, reading.at)}"
    for key, parts in SHARES.items():
        if key in wanted.condition and not 100 * _part(reading, key) >= _amount(wanted.condition[key]) * reading.n:
            named = " or ".join(parts)
            return f"{share(reading, key)} % {named} of {reading.n} {when}; {wanted.condition[key]} % is needed"
    for key, sign in (("at_least", 1), ("at_most", -1)):
        if key in wanted.condition and not sign * _amount(reading.value) >= sign * _amount(wanted.condition[key]):
            return f"{value(reading)} {when}; {key.replace('_', ' ')} {wanted.condition[key]} is needed"
    for key, same in (("is", True), ("is_not", False)):
        if key in wanted.condition and (str(reading.value) == str(wanted.condition[key])) is not same:
            return f"{value(reading)} {when}; it {'must' if same else 'must not'} be {wanted.condition[key]}"
    return ""


def _missing(wanted: _Wanted, have: int, need: int) -> str:
    by = f" by {wanted.role}" if wanted.role else ""
    of = f" of at least {wanted.n:g} items" if wanted.n else ""
    fresh = f" in the last {wanted.condition['within']}" if wanted.within else ""
    return f"{wanted.signal}: {have} of {need} reading{'' if need == 1 else 's'}{by}{of}{fresh}"


def _rising(wanted: _Wanted, found: list[Reading]) -> Verdict | None:
    """What stands against the direction of the negative share over the last two readings."""
    if "negative_rising" not in wanted.condition:
        return None
    if len(found) < 2:
        return Verdict(None, (f"{_missing(wanted, len(found), 2)}, to see whether negative rises",))
    before, last = found[-2:]
    rose = _part(last, "negative") * before.n > _part(before, "negative") * last.n
    if rose is (wanted.condition["negative_rising"] in (True, "yes")):
        return None
    shares = f"{share(before, 'negative')} % to {share(last, 'negative')} %"
    return Verdict(False, (f"{wanted.signal}: negative went from {shares}; it must {'not ' if rose else ''}rise",))


def _held(wanted: _Wanted, found: list[Reading], t0: datetime) -> Verdict | None:
    """What stands against the condition holding long enough: from the first good reading in a row to the last."""
    if wanted.held is None:
        return None
    run: list[Reading] = []
    for reading in reversed(found):
        if _fails(wanted, reading, t0):
            break
        run.append(reading)
    held = run[0].at - run[-1].at if run else timedelta(0)
    if held >= wanted.held:
        return None
    return Verdict(None, (f"{wanted.signal}: seen to hold for {lasting(held)}, {wanted.condition['for']} is needed",))


def _part(reading: Reading, name: str) -> int:
    return sum(reading.parts.get(part, 0) for part in SHARES[name])


def _amount(amount: Any) -> float:
    try:
        return float(str(amount).replace(" ", "").rstrip("%"))
    except ValueError:
        return float("nan")


def _span(text: Any) -> timedelta | None:
    try:
        return duration(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _arrow(readings: list[Reading]) -> Arrow:
    if len(readings) < 2:
        return ""
    before, now = (_height(reading) for reading in readings[-2:])
    last = readings[-1]
    points = last.kind == "counted" or last.signal in PERCENTS
    room = 0.0 if last.kind == "judged" else STEADY if points else abs(before) * STEADY / 100
    return "steady" if abs(now - before) <= room else "rising" if now > before else "falling"


def _height(reading: Reading) -> float:
    if reading.kind == "counted":
        return 100 * _part(reading, "positive_or_neutral") / reading.n if reading.n else 0.0
    if reading.kind == "judged":
        return float(MOODS.index(str(reading.value))) if reading.value in MOODS else -1.0
    return _amount(reading.value)


def _data(reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = {
        "at": stamp(reading.at),
        "said": value(reading),
        "by": reading.by,
        "role": reading.role,
        "source": reading.source,
    }
    if reading.kind != "counted":
        return {**found, "value": reading.value, "read": reading.note}
    positive = share(reading, "positive_or_neutral")
    return {
        **found,
        "n": reading.n,
        "parts": dict(reading.parts),
        "positive_or_neutral": positive,
        "read": reading.note,
    }


def _brief(reading: Reading) -> str:
    return f"{share(reading, 'positive_or_neutral')} %" if reading.kind == "counted" else value(reading)


def _wall(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M")
