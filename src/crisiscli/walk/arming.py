"""Arming before a planned test or change: who stands by, which words have a yes ahead, and what turns it real."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo

from crisiscli.clock import Clock
from crisiscli.clocks import lasting
from crisiscli.config import Config
from crisiscli.dispatch import Desk, Yes
from crisiscli.dispatch.ahead import ahead_texts, approve_ahead, open_facts
from crisiscli.dispatch.approving import SPOKEN, WAYS
from crisiscli.dispatch.earlier import in_advance
from crisiscli.errors import Refused, UsageError
from crisiscli.facts import moment
from crisiscli.incident import stamp
from crisiscli.incident.state import Incident
from crisiscli.journal import Journal
from crisiscli.screen import Line, Option, Terminal
from crisiscli.stores.base import Store
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk.words import show_texts

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(r"(?P<day>[a-z]{3,9})\.?,?\s+(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})")
NOBODY = "-"


def read_until(typed: str, now: datetime, zone: tzinfo) -> datetime:
    """`Sun 06:00`, or a time as facts take it, on the company's clock. Raises UsageError for none, or a past one."""
    try:
        found = moment(_dated(typed, now, zone), now, zone)
    except ValueError as error:
        raise UsageError(f"--until: {error}", then='crisis arm --until "Sun 06:00"') from None
    if found <= now:
        raise UsageError(f"--until {typed} has passed already.", then='crisis arm --until "Sun 06:00"')
    return found


def _dated(typed: str, now: datetime, zone: tzinfo) -> str:
    """A day of the week as the date of the next such day; anything else as it is."""
    found = _DAY.fullmatch(typed.strip().lower())
    if found is None or found["day"][:3] not in DAYS:
        return typed
    today = now.astimezone(zone).date()
    hour, minute = int(found["hour"]), found["minute"]
    ahead = (DAYS.index(found["day"][:3]) - today.weekday()) % 7
    dates = [f"{today + timedelta(days=days)}T{hour:02}:{minute}" for days in (ahead, ahead + 7)]
    return next((text for text in dates if moment(text, now, zone) > now), dates[-1])


def waiting(store: Store, clock: Callable[[], Clock]) -> list[Journal]:
    """The armed incidents of a file, the newest first. A record of anything else is not read any further.

    `clock` is asked for only when there is one: a clock that was moved runs from its first look.
    """
    opened = [heading.code for heading in store.headings() if not heading.ended]
    meant = [code for code in opened if (events := store.events(code)) and events[0].data.get("armed")]
    return [journal for code in meant if (journal := Journal(store, code, clock(), "")).incident.armed]


def armed_text(journal: Journal, zone: tzinfo) -> str:
    """An armed incident in one sentence, with what to do when its time is over."""
    incident = journal.incident
    text = f"{incident.code} is ARMED: {incident.runbook.title}"
    if incident.armed_until is None:
        return text
    over = journal.now() - incident.armed_until
    shown = incident.armed_until.astimezone(zone)
    if over > timedelta(0):
        return f"{text}, until {shown:%a %H:%M}: over since {lasting(over)}"
    return f"{text}, until {shown:%a %H:%M}"


def armed_lines(journal: Journal, zone: tzinfo) -> list[Line]:
    """What home and `status` say of an armed incident; nothing of any other."""
    incident = journal.incident
    if not incident.armed or incident.ended:
        return []
    over = incident.armed_until is not None and journal.now() > incident.armed_until
    stands = ", ".join(f"{role}: {journal.name(person)}" for role, person in incident.standby.items())
    ahead = ", ".join(dict.fromkeys(f"{one.message} by {journal.name(one.person)}" for one in incident.ahead))
    off = f"crisis arm {incident.code} --off"
    return [
        Line(f"{armed_text(journal, zone)}. T0 is not set.", "warn" if over else "strong"),
        Line(f"  Standing by: {stands or 'nobody'}.  Approved ahead: {ahead or 'nothing'}."),
        Line(
            f"  It is over and nothing happened?  {off}" if over else f"  It goes wrong:  crisis start {incident.code}"
        ),
        Line(f"  It goes wrong:  crisis start {incident.code}" if over else f"  It is over:  {off}"),
    ]


def begin(journal: Journal, t0: datetime, lead: str = "") -> None:
    """What was armed becomes real: T0 is set, who stood by holds the role. `lead` is a name, "" for whoever stood by.

    Raises Refused when another terminal began or ended it meanwhile.
    """
    now = journal.clock.now()
    done = journal.record_while(_is_armed, "begun", t0=stamp(t0), learned=stamp(now))
    if done is None:
        raise Refused(f"{journal.code} was begun or ended in another terminal.", then=f"crisis resume {journal.code}")
    standby = journal.incident.standby.get("lead", "")
    leads = journal.person(lead) if lead else standby
    if leads and leads != journal.incident.lead:
        journal.record("role_taken", role="lead", person=leads)


def disarm(journal: Journal, reason: str) -> None:
    """Nothing happened: the armed incident ends. Raises Refused when it was begun or ended meanwhile."""
    why = reason.strip() or "nothing happened"
    if journal.record_while(_is_armed, "ended", reason=why, completeness="Disarmed, never begun") is None:
        raise Refused(f"{journal.code} is not armed.", then=f"crisis end {journal.code}")


def _is_armed(incident: Incident) -> bool:
    return incident.armed and incident.ended is None


def stand_by(desk: Desk, terminal: Terminal, given: Mapping[str, str]) -> None:
    """Who stands by for each role, in one go: the names given, else those of people.yaml, which one key takes.

    Raises UsageError for a role the runbook has not.
    """
    journal = desk.journal
    roles = journal.incident.runbook.roles
    named = {**_answered(terminal), **given}
    for role in named:
        if role not in roles:
            raise UsageError(f"This runbook has no role {role}.", then=f"one of: {', '.join(roles)}")
    names = {**suggested(journal, desk.config), **named}
    shown = [f"  {noun.title} ({role}): {names.get(role) or 'nobody yet'}" for role, noun in roles.items()]
    terminal.say("", Line("Who stands by:", "strong"), *shown)
    if terminal.interactive and set(roles) - set(given):
        options = [
            Option("d", "take", "these people stand by"),
            Option("r", "ask", "ask role by role"),
        ]
        if terminal.choose("standby.all", "Do these people stand by?", options, default="take", record=False) == "ask":
            names = _asked(terminal, journal, names)
    for role, name in names.items():
        if name and journal.name(journal.incident.standby.get(role, "")) != name:
            journal.record("stood_by", role=role, person=journal.person(name))
    nobody = [role for role in roles if role not in journal.incident.standby]
    if nobody:
        terminal.say(Line(f"Nobody stands by for: {', '.join(nobody)}. The lead holds what nobody holds.", "warn"))


def suggested(journal: Journal, config: Config) -> dict[str, str]:
    """For each role who stands by already, else the first person of people.yaml with that role."""
    found = {}
    for role in journal.incident.runbook.roles:
        standing = journal.incident.standby.get(role)
        listed = [person.name for person in config.holds(role)]
        name = journal.name(standing) if standing else next(iter(listed), "")
        if name:
            found[role] = name
    return found


def _answered(terminal: Terminal) -> dict[str, str]:
    if not isinstance(terminal, Scripted) or not terminal.has("standby"):
        return {}
    given = terminal.get("standby")
    if not isinstance(given, Mapping):
        raise UsageError("standby must name a person for each role.", then="standby: {it: Ewa}")
    return {str(role): str(name) for role, name in given.items()}


def _asked(terminal: Terminal, journal: Journal, names: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for role, noun in journal.incident.runbook.roles.items():
        hint = f"Enter = {names[role]}, {NOBODY} = nobody" if role in names else "Enter = nobody"
        typed = terminal.ask(f"standby.{role}", f"{noun.title}:", hint=hint, default=names.get(role, NOBODY))
        if typed.strip() and typed.strip() != NOBODY:
            found[role] = typed.strip()
    return found


def missing_yes(desk: Desk, message: str) -> list[str]:
    """The roles whose yes ahead is still missing; none when the runbook's own approval in advance covers the words."""
    if in_advance(desk, ahead_texts(desk, message))[0]:
        return []
    given = {role for ahead in desk.journal.incident.ahead if ahead.message == message for role in ahead.roles}
    return [role for role in desk.journal.incident.runbook.approvers(message) if role not in given]


def show_ahead(desk: Desk, terminal: Terminal, message: str) -> None:
    """The words as they stand, facts in brackets, their tag, and what a yes ahead leaves open."""
    texts = ahead_texts(desk, message)
    left = ", ".join(open_facts(desk, message)) or "nothing"
    terminal.say(
        *show_texts(desk, texts),
        "",
        Line(f"Tag {desk.tag(texts)} names these words. A yes now leaves open: {left}.", "strong"),
        *(f"approved ahead by {desk.journal.name(a.person)} for {', '.join(a.roles)}"
          for a in desk.journal.incident.ahead if a.message == message),
    )  # fmt: skip


def ask_ahead(desk: Desk, terminal: Terminal, message: str) -> None:
    """Asks for a yes ahead, one role after another, until all are there or the person leaves it."""
    while missing := missing_yes(desk, message):
        options = [
            Option("a", "approve", "approve ahead: record a yes"),
            Option("l", "later", "later: it is asked for when it happens"),
        ]
        question = f"{message} needs a yes from {', '.join(missing)}."
        if terminal.choose("ahead", question, options, record=False) == "later":
            return
        yes = _asked_yes(desk, terminal, missing[0])
        try:
            say_yes(desk, terminal, message, yes)
        except Refused as refused:
            terminal.say(*(Line(line, "late") for line in refused.lines()))


def _asked_yes(desk: Desk, terminal: Terminal, role: str) -> Yes:
    journal = desk.journal
    standing = journal.incident.standby.get(role, journal.incident.holder(role))
    name = terminal.ask("ahead.by", f"Who says yes for {role}?", default=journal.name(standing))
    options = [Option(str(number), way, way) for number, way in enumerate(WAYS[:5], start=1)]
    how = terminal.choose("ahead.how", "How was it said?", options)
    way = next(way for way in WAYS if way == how)
    tag = terminal.ask("ahead.tag", "Which tag did they say back?") if way in SPOKEN else ""
    detail = terminal.ask("ahead.detail", "Number and time, or the reply:", hint="goes into the report")
    return Yes(name.strip(), way, (), tag.strip(), detail.strip())


def say_yes(desk: Desk, terminal: Terminal, message: str, yes: Yes) -> None:
    """Records a yes ahead; it leaves open the facts it names, or all that stand in the words. Raises Refused."""
    done = approve_ahead(desk, message, yes, yes.may_vary or open_facts(desk, message))
    roles = ", ".join(done.roles)
    terminal.say(Line(f"Approved ahead: {message} by {desk.journal.name(done.person)} for {roles}.", "good"))
