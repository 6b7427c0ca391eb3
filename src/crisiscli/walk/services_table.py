"""Services asked as a table: works, slow or down with one key each; then what to use instead, until when, says who."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from crisiscli.facts import STATES, Service, moment, worst_first
from crisiscli.facts.words import one_line
from crisiscli.runbook import Fact
from crisiscli.screen import Check, Line, Option, Style, Terminal, letter

CLEAR = "-"
"""Typed for a part that is no longer so."""

_STYLES: dict[str, Style] = {"down": "late", "slow": "warn", "works": "good"}
_MARKS = {"down": "x", "slow": "~", "works": "+"}


def ask_services(
    terminal: Terminal, name: str, fact: Fact, before: list[Service], now: datetime, zone: tzinfo
) -> list[Service] | None:
    """Asks for each service of the fact in turn; None when the person went back before the first.

    Once something is known only what changed is asked about. Enter leaves a service as it was; a service nobody knows
    about is left out of the list.
    """
    known: dict[str, Service] = {service["service"]: dict(service) for service in before}
    asked = list(_changed(terminal, name, fact, before, zone) if before else fact.of)
    if not _states(terminal, name, asked, known):
        return None
    affected = [one["service"] for one in worst_first(list(known.values())) if one["state"] != "works"]
    terminal.say(*board(list(known.values()) if asked else [], zone))
    for service in affected:
        if service in asked:
            known[service] = _alternative(terminal, name, known[service])
    timed = _timed(terminal, name, [known[service] for service in affected]) if asked else []
    for service in timed:
        if service in asked or not known[service].get("eta"):
            known[service] = _times(terminal, name, known[service], now, zone)
    return [known[service] for service in fact.of if service in known]


def _changed(terminal: Terminal, name: str, fact: Fact, before: list[Service], zone: tzinfo) -> list[str]:
    """Those of the services that are no longer as they were: one list, because mostly it is one or none."""
    states = {one["service"]: one["state"] for one in before}
    options = [Option(letter(at), one, f"{one}: {states.get(one, 'unknown')}") for at, one in enumerate(fact.of)]
    terminal.say(*board(before, zone))
    return terminal.tick(f"facts.{name}.changed", "Which have changed? Tick them; none is a good answer.", options)


def _states(terminal: Terminal, name: str, asked: list[str], known: dict[str, Service]) -> bool:
    """Works, slow or down for each service that is asked about; False when the person went back before the first."""
    at = 0
    earlier = dict(known)
    while at < len(asked):
        service = asked[at]
        state = _state(terminal, name, service, earlier.get(service, {}))
        if state == "back":
            if at == 0:
                return False
            at -= 1
            continue
        known.pop(service, None)
        if state in STATES:
            known[service] = {"service": service, "state": state, **_kept(earlier.get(service, {}), state)}
        at += 1
    return True


def board(services: list[Service], zone: tzinfo) -> list[Line]:
    """The services as a table, what is down first; an affected one without an alternative says so."""
    width = max((len(service["service"]) for service in services), default=0)
    return [_row(service, width, zone) for service in worst_first(services)]


def _row(service: Service, width: int, zone: tzinfo) -> Line:
    state = service["state"]
    words = [f"  {_MARKS.get(state, '?')} {state:<5}  {service['service']:<{width}}"]
    if state != "works":
        words.append(f"use {service['alternative']}" if service.get("alternative") else "no alternative yet")
        if service.get("eta"):
            at = datetime.fromisoformat(service["eta"]).astimezone(zone)
            words.append(f"back {at:%H:%M}" + (f", says {service['by']}" if service.get("by") else ""))
        elif service.get("by"):
            words.append(f"says {service['by']}")
    return Line("  ".join(words).rstrip(), _STYLES.get(state, ""))


def _state(terminal: Terminal, name: str, service: str, before: Service) -> str:
    was = before.get("state")
    options = [Option(str(number), state, state) for number, state in enumerate(STATES, start=1)]
    options += [Option("u", "unknown", "unknown yet"), Option("b", "back", "back")]
    as_before = f"  (Enter = as before: {was})" if was else ""
    return terminal.choose(f"facts.{name}.{service}", f"{service}?{as_before}", options, default=was, record=False)


def _kept(before: Service, state: str) -> Service:
    """What was known about an affected service stays until somebody says something else."""
    if state == "works":
        return {}
    return {key: before[key] for key in ("alternative", "eta", "by") if before.get(key)}


def _alternative(terminal: Terminal, name: str, service: Service) -> Service:
    told = dict(service)
    question = f"{_title(service)}: what can people use instead?"
    _ask(terminal, told, "alternative", question, f"facts.{name}.alternative", _is_line)
    return told


def _timed(terminal: Terminal, name: str, affected: list[Service]) -> list[str]:
    """The services for which somebody stands by a time, in one list because mostly it is none; the others lose it."""
    if not affected:
        return []
    options = [Option(letter(number), one["service"], _title(one)) for number, one in enumerate(affected)]
    before = [one["service"] for one in affected if one.get("eta")]
    question = "For which does somebody stand by a time? None is a good answer."
    timed = terminal.tick(f"facts.{name}.timed", question, options, before)
    for one in affected:
        if one["service"] not in timed:
            one.pop("eta", None)
            one.pop("by", None)
    return timed


def _title(service: Service) -> str:
    return f"{service['service']} ({service['state']})"


def _times(terminal: Terminal, name: str, service: Service, now: datetime, zone: tzinfo) -> Service:
    told = dict(service)
    title = _title(service)

    def is_time(typed: str) -> str | None:
        return _trouble(lambda: moment(typed, now, zone))

    was = told.get("eta", "")
    shown = f"{datetime.fromisoformat(was).astimezone(zone):%H:%M}" if was else ""
    _ask(terminal, told, "eta", f"{title}: back when?", f"facts.{name}.eta", is_time, shown)
    if not told.get("eta"):
        told.pop("by", None)
        return told
    if told["eta"] != was:
        told["eta"] = moment(told["eta"], now, zone).isoformat()
    _ask(terminal, told, "by", f"{title}: whose word is that time?", f"facts.{name}.by", _is_line)
    return told


def _ask(terminal: Terminal, told: Service, part: str, question: str, key: str, wrong: Check, before: str = "") -> None:
    """One part in one line; Enter leaves it as it was."""
    before = before or told.get(part, "")
    hint = f"Enter = {before}, as before; {CLEAR} = no longer so" if before else "Enter = nobody knows"

    def check(typed: str) -> str | None:
        return None if typed.strip() in ("", CLEAR) else wrong(typed)

    typed = terminal.ask(key, question, hint=hint, check=check).strip()
    if typed == CLEAR:
        told.pop(part, None)
    elif typed:
        told[part] = typed


def _is_line(typed: str) -> str | None:
    return _trouble(lambda: one_line(typed))


def _trouble(read: Callable[[], object]) -> str | None:
    try:
        read()
    except ValueError as error:
        return str(error)
    return None
