"""One incident in a file of its own, a clock that stands where it is put, and words that left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crisiscli import config, loader
from crisiscli.conditions import MOODS
from crisiscli.dispatch import Desk
from crisiscli.incident import stamp
from crisiscli.incident.state import Incident
from crisiscli.journal import Journal
from crisiscli.stores import open_store
from crisiscli.walk.opening import Opening, open_incident

T0 = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""03:00 in Warsaw."""
RUNBOOK = """\
crisis: 1
id: gated
version: 1
title: A gated crisis
languages: {must: [pl]}
owner: Communications
roles:
  lead: {title: Lead, duty: All, deputy: social}
  social: {title: Social, duty: Reads, deputy: lead}
  security: {title: Security, duty: Says, deputy: lead}
facts:
  is_attack: {ask: Are we under attack?, type: yes_no, confirmed_by: security, use: confirmed}
  data_exposed: {ask: Did data get out?, type: yes_no, confirmed_by: lead}
  first_report: {ask: When was the first report sent?, type: time}
  authority_told: {ask: When was the authority told?, type: time}
audiences:
  customers: {who: Everybody, reached_by: [x, facebook, ivr]}
  blocked: {who: People who cannot pay, reached_by: [ivr, facebook]}
  front_line: {who: Branches, reached_by: [intranet], told_before_or_with: [customers]}
phases:
  - id: stop
    title: Stop
    steps:
      - {id: stop-sends, do: Stop it.}
messages:
  brief:
    stage: brief
    for: [front_line]
    to: [intranet]
    text:
      page:
        pl: {title: Brief, body: [{empathy: Wiemy.}]}
  holding:
    stage: holding
    for: [customers, blocked]
    to: [x, ivr]
    text:
      post:
        pl:
          - empathy: Wiemy.
      spoken:
        pl:
          - empathy: Wiemy.
  explanation:
    stage: explanation
    for: [customers, blocked]
    to: [x, facebook, ivr]
    text:
      post:
        pl:
          - empathy: Wiemy.
      spoken:
        pl:
          - empathy: Wiemy.
  all_clear:
    stage: all_clear
    for: [customers]
    to: [x]
    text:
      post:
        pl:
          - empathy: Wiemy.
  light:
    stage: light
    for: [customers, blocked]
    to: [x, facebook]
    gate: light_tone
    text:
      post:
        pl:
          - empathy: Wiemy.
  light_two:
    stage: light
    for: [customers]
    to: [x]
    gate: light_tone
    text:
      post:
        pl:
          - empathy: Wiemy.
  light_three:
    stage: light
    for: [blocked]
    to: [x]
    gate: light_tone
    text:
      post:
        pl:
          - empathy: Wiemy.
gates:
  light_tone:
    opens_when:
      - {fact: is_attack, is: no}
      - {sent: explanation, on: all}
      - {signal: mood, said_by: social, is: mostly_kind, readings: 2}
    at_most: {light: 2, within: 24h, until: T+3d, apart: 2h}
    leave_out: [blocked]
clocks:
  gdpr_33:
    from: {fact: data_exposed, is: yes}
    within: 72h
    tell: Data-protection authority
    told: authority_told
  intermediate:
    from: {fact: first_report}
    within: 72h
    tell: Supervisor
  nis2:
    from: awareness
    within: 24h
    tell: CSIRT
targets: {first_word: 15m}
"""


class Stopped:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


class Scene:
    """An open incident whose clock is moved by hand. Minutes count from T0."""

    def __init__(self, folder: Path, runbook: str) -> None:
        (folder / "runbook.yaml").write_text(runbook, encoding="utf-8")
        (folder / "crisis.yaml").write_text("timezone: Europe/Warsaw\n", encoding="utf-8")
        loaded = loader.load(folder / "runbook.yaml")
        assert [problem for problem in loaded.problems if problem.level == "error"] == []
        self.clock = Stopped(T0)
        self.company = config.load(folder)
        self.store = open_store(folder / "state", "LIVE")
        opening = Opening(loaded, {}, "Ann", "", T0, T0, code="amber-heron")
        self.journal: Journal = open_incident(self.store, opening, self.company, self.clock)

    @property
    def incident(self) -> Incident:
        return self.journal.incident

    @property
    def desk(self) -> Desk:
        return Desk(self.journal, self.company)

    def at(self, minutes: float) -> datetime:
        """Moves the clock to so many minutes after T0."""
        self.clock.moment = T0 + timedelta(minutes=minutes)
        return self.clock.moment

    def fact(self, name: str, value: Any, status: str = "reported", source: str = "Jan") -> None:
        self.journal.record("fact_set", name=name, value=value, status=status, source=source)

    def word(self, message: str, channel: str, edition: str = "a", *, public: bool = True) -> None:
        """One text left through a provider, now."""
        rendering = f"{message}/{channel}/pl@{edition * 16}"
        self.journal.record("sending", rendering=rendering, rows=1)
        self.journal.record("went", rendering=rendering, sent=1, audience=[], public=public, standing=False)

    def read(self, signal: str, value: Any, role: str = "", by: str = "Jan", **more: Any) -> None:
        """One reading, now: a word, a number, or (positive, neutral, negative)."""
        data: dict[str, Any] = {"signal": signal, "at": stamp(self.clock.now()), "by": self.journal.person(by), **more}
        if isinstance(value, tuple):
            parts = dict(zip(("positive", "neutral", "negative"), value, strict=True))
            data |= {"kind": "counted", "n": sum(value), "parts": parts}
        else:
            data |= {"kind": "judged" if value in MOODS else "number", "value": value}
        if role:
            data["role"] = role
        self.store.append("amber-heron", self.journal.entry("signal_read")._replace(data=data))
        self.journal.refresh()
