"""Reads what was typed for a fact into the JSON value the ledger keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from crisiscli.facts.moments import DURATION_HELP, LONGEST_SECONDS, TIME_HELP, moment, seconds
from crisiscli.facts.services import SERVICES_HELP, read_services
from crisiscli.facts.show import Value
from crisiscli.facts.words import one_line
from crisiscli.runbook import Fact

Typed = str | bool | int | float | list[Any]
Reader = Callable[[Fact, Typed, datetime, tzinfo], Value]

YES = frozenset({"yes", "y", "true", "t", "tak", "da"})
NO = frozenset({"no", "n", "false", "nie", "nu"})
MOST = 10**15
JUST_PASSED = timedelta(hours=18)
"""A bare time of day that is farther away than this is the one that has just passed; a promise is always to come."""
_OCLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([ \u00a0\u202f,.'’])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,4}))?\s*%?")


def read(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> Value:
    """The value as JSON. Raises ValueError with a sentence that says what would be accepted.

    yes_no `yes` or `no`; choice the option's name; text; count an int; percent an int or a decimal string;
    time ISO 8601 with offset; duration seconds; services a list of {service, state, alternative?, eta?, by?}.
    `now` and `zone` give a time of day its day: the next such time in the company's zone, or for what is no promise
    the one that passed less than six hours ago.
    """
    if isinstance(typed, str) and not typed.strip():
        raise ValueError(f"nothing was typed; {accepts(fact)}")
    if isinstance(typed, list) and fact.type != "services":
        raise ValueError(f"a list is not an answer; {accepts(fact)}")
    if isinstance(typed, bool) and fact.type != "yes_no":
        raise ValueError(f"{'yes' if typed else 'no'} is not an answer; {accepts(fact)}")
    return _READERS[fact.type](fact, typed, now, zone)


def accepts(fact: Fact) -> str:
    """What a person may type for this fact, in a few words."""
    if fact.type == "choice":
        return f"type one of: {', '.join(fact.options)}"
    return _ACCEPTS[fact.type]


def _yes_no(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> str:
    word = str(typed).strip().casefold()
    if word in YES:
        return "yes"
    if word in NO:
        return "no"
    raise ValueError(f"{typed!r} is neither; {accepts(fact)}")


def _choice(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> str:
    word = str(typed).casefold()
    for option, meaning in fact.options.items():
        if word in (option.casefold(), meaning.casefold()):
            return option
    raise ValueError(f"{typed!r} is not an option; {accepts(fact)}")


def _text(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> str:
    return one_line(str(typed))


_ABOUT = re.compile(r"^(?:about|around|approximately|aproximativ|circa|około|okolo|cam|ca\.?|ok\.|~)\s*", re.I)
"""A count is often said with it; the number is kept, and its status says how sure it is."""


def _count(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> int:
    text = _ABOUT.sub("", str(typed).strip())
    digits = re.sub(r"[^0-9]", "", text)
    if not digits or not (digits == text or _GROUPED.fullmatch(text)) or int(digits) > MOST:
        raise ValueError(f"{typed!r} is not a whole number; {accepts(fact)}")
    return int(digits)


def _percent(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> int | str:
    match = _DECIMAL.fullmatch(str(typed).strip())
    if match is None:
        raise ValueError(f"{typed!r} is not a percentage; {accepts(fact)}")
    number = Decimal(f"{match[1]}.{match[2] or '0'}")
    return int(number) if number == int(number) else f"{number.normalize():f}"


def _time(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> str:
    text = one_line(str(typed))
    found = moment(text, now, zone)
    if not fact.promise and _OCLOCK.fullmatch(text) and found - now > JUST_PASSED:
        before = found.astimezone(zone) - timedelta(days=1)
        return moment(f"{before:%Y-%m-%d %H:%M}", now, zone).isoformat()
    return found.isoformat()


def _duration(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> int:
    if isinstance(typed, int):
        if 0 <= typed <= LONGEST_SECONDS:
            return typed
        raise ValueError(f"{typed} seconds is out of range; {accepts(fact)}")
    return seconds(str(typed))


def _services(fact: Fact, typed: Typed, now: datetime, zone: tzinfo) -> Value:
    return read_services(typed if isinstance(typed, list) else str(typed), fact.of, now, zone)


_ACCEPTS = {
    "yes_no": "type yes or no",
    "text": "type it in one line",
    "count": "type a whole number, like 4 700 000",
    "percent": "type a percentage, like 60 or 60.5",
    "time": TIME_HELP,
    "duration": DURATION_HELP,
    "services": SERVICES_HELP,
}
_READERS: dict[str, Reader] = {
    "yes_no": _yes_no,
    "choice": _choice,
    "text": _text,
    "count": _count,
    "percent": _percent,
    "time": _time,
    "duration": _duration,
    "services": _services,
}
