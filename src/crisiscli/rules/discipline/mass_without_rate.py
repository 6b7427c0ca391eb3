"""Mass sends that nobody sized and paced."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.speech import Speech
from crisiscli.steps import Step
from crisiscli.steps.send import Send

MASS = ("push", "sms", "email")
"""Channels that reach one person per message, many at once, and bring them all into app and hotline."""


class MassWithoutRate(Rule):
    """A public message goes out by push, SMS or e-mail, and no step records how many people get it and how fast.

    Every tap brings somebody into the app; a million at once brought log-in down after a wrong push in 2020. Push
    services advise to send over ten to thirty minutes and to stop when errors rise. One step that writes it down is
    enough, such as a `do` with `answer: Recipients, rate a minute, and what stops it`, if it comes before the first of
    these messages. What counts as size and pace is in the lists `size` and `pace`; a fact of `type: count` counts as
    size.

    Bad:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, ivr, branch, email]
        approve: [lead, executive]
        text:
          page:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          email:
            en:
              title: Our app on Friday
              body:
                - apology: We apologise once more for the day without our app.
                - gesture: We pay back the fees of that day on our own.
                - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    Good:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, ivr, branch, email]
        approve: [lead, executive]
        text:
          page:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          email:
            en:
              title: Our app on Friday
              body:
                - apology: We apologise once more for the day without our app.
                - gesture: We pay back the fees of that day on our own.
                - complaint: If it cost you more, tell us in a branch or by phone.
    phases:
      - id: later
        title: The first hours
        steps:
          - id: pace
            by: T+5h
            role: it
            do: Agree how fast the e-mail goes.
            answer: Recipients, rate a minute, and the sign that stops it
    ```
    """

    NAME = "mass-without-rate"
    CODE = "D614"
    LEVEL = "warning"
    EFFECT = "Everybody gets it in the same minute, and log-in and hotline fall a minute later."

    def check(self, book: Book) -> Iterator[Problem]:
        inside = book.runbook.insiders()
        names = [
            name
            for name, message in book.runbook.messages.items()
            if message.stage != "brief" and any(channel in MASS for channel in message.to)
        ]
        sends = {name: _sent(book, name) for name in names if not inside.issuperset(book.runbook.messages[name].for_)}
        if not sends:
            return
        # the one that goes out first has the fewest steps before it
        name = min(sends, key=lambda one: sends[one])
        missing = _missing(book, sends[name])
        if missing:
            message = book.runbook.messages[name]
            channel = next(channel for channel in message.to if channel in MASS)
            place = ("messages", name, "to", message.to.index(channel))
            steps = book.steps[sends[name] : sends[name] + 1]
            others = [Label(book.document.span((*at, "send"), key=True), "sent here") for at, _ in steps]
            what = f"`{name}` goes out by `{channel}`, and no step before it records {missing}."
            cure = (
                "Add a step before it, such as `do: Agree with IT how fast it goes.` with "
                "`answer: Recipients, rate a minute, and the sign that stops it`."
            )
            yield self.at(book, place, what, cure, others=others)


def _missing(book: Book, number: int) -> str:
    """What no step before that number and no fact asks for: size, pace, or both; "" when both are asked for.

    Steps of a phase that is ticked off in any order (do-confirm) all count for it.
    """
    phase = book.steps[number][0][1] if number < len(book.steps) else None
    loose = phase if isinstance(phase, int) and book.runbook.phases[phase].mode != "read-do" else None
    before = [step for at, (place, step) in enumerate(book.steps) if at < number or place[1] == loose]
    words = Speech([(None, _said(step)) for step in before])
    asked = Speech([(None, fact.ask) for fact in book.runbook.facts.values()])
    sized = any(fact.type == "count" for fact in book.runbook.facts.values()) or _found(book, words, "size")
    paced = _found(book, words, "pace") or _found(book, asked, "pace")
    missing = [] if sized else ["how many people get it"]
    return " and ".join(missing if paced else [*missing, "how fast"])


def _found(book: Book, speech: Speech[None], name: str) -> bool:
    listed = [lists[name] for lists in book.around.phrases.values() if name in lists]
    return not listed or any(speech.hits(phrases) for phrases in listed)


def _said(step: Step) -> str:
    return f"{step.text} {getattr(step, 'answer', None) or ''} {step.say or ''}"


def _sent(book: Book, message: str) -> int:
    """The number of the first step that sends a message; one past the last step when none does."""
    steps = enumerate(book.steps)
    return next((n for n, (_, step) in steps if isinstance(step, Send) and message in step.send), len(book.steps))
