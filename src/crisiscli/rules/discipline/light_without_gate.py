"""Light words that nothing holds back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Atom, Book


class LightWithoutGate(Rule):
    """A message of stage `light` has no gate, or one that does not ask what it must.

    In a confirmed crisis humour lowers trust more often than it helps (Xiao and others 2018; Hämpke and others 2022),
    so it is locked until the serious words are out, no attack is open, people are seen to take it kindly, and a named
    approver says yes. The gate therefore holds a condition on a fact (such as `is_attack`), one on `sent`, one on a
    `signal`, and names in `approve` who opens it.

    Bad:
    ```yaml
    messages:
      light:
        stage: light
        gate: light_tone
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [executive]
        text:
          page:
            en:
              - about_us: Our checklist has a new first line.
          spoken:
            en:
              - about_us: Our checklist has a new first line.
    gates: # all of them
      light_tone:
        opens_when:
          - {fact: is_attack, is: no}
        approve: [executive]
    follow_ups: # all of them
      - id: light
        at: T+1d
        send: [light]
      - id: last-word
        at: T+2d
        send: [closure]
      - id: take-down
        at: T+3d
        role: press
        do: Take the banner and the phone announcement down.
    ```
    Good:
    ```yaml
    messages:
      light:
        stage: light
        gate: light_tone
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [executive]
        text:
          page:
            en:
              - about_us: Our checklist has a new first line.
          spoken:
            en:
              - about_us: Our checklist has a new first line.
    gates: # all of them
      light_tone:
        opens_when:
          - {fact: is_attack, is: no}
          - {sent: explanation, on: all}
          - {signal: mood, said_by: press, is: mostly_kind, readings: 2}
        approve: [executive]
    follow_ups: # all of them
      - id: light
        at: T+1d
        send: [light]
      - id: last-word
        at: T+2d
        send: [closure]
      - id: take-down
        at: T+3d
        role: press
        do: Take the banner and the phone announcement down.
    ```
    """

    NAME = "light-without-gate"
    CODE = "D609"
    EFFECT = "A joke could go out while somebody cannot pay, or while we are under attack."

    def check(self, book: Book) -> Iterator[Problem]:
        for name, message in book.runbook.messages.items():
            if message.stage != "light":
                continue
            if message.gate is None:
                what = f"The light message `{name}` has no gate."
                cure = "Add `gate: light_tone`, and below `gates:` what must hold first: a fact, `sent`, a `signal`."
                yield self.at(book, ("messages", name), what, cure, key=True)
            elif message.gate in book.runbook.gates:
                yield from self._opened_by_too_little(book, name, message.gate)

    def _opened_by_too_little(self, book: Book, message: str, gate: str) -> Iterator[Problem]:
        place = ("gates", gate)
        asked = [atom for atom in book.atoms if atom.place[:2] == place]
        missing = _missing(asked)
        approvers = (*book.runbook.gates[gate].approve, *book.runbook.messages[message].approve)
        if not set(approvers) - {"lead"}:
            missing.append("somebody besides the lead in `approve`")
        if missing:
            what = f"The gate `{gate}` opens without {', '.join(missing)}."
            cure = f"Add {'it' if len(missing) == 1 else 'them'} to the gate, or take the light message out."
            others = [Label(book.document.span(("messages", message, "gate")), "stands behind it")]
            yield self.at(book, place, what, cure, key=True, others=others)


def _missing(asked: Sequence[Atom]) -> list[str]:
    kinds = {atom.kind for atom in asked}
    wanted = {
        "fact": "a fact such as `{fact: is_attack, is: no}`",
        "sent": "`{sent: explanation, on: all}`",
        "signal": "a `signal` of how people take it",
    }
    return [words for kind, words in wanted.items() if kind not in kinds]
