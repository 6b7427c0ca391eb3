"""The decision that a wrong message owes."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.speech import Speech
from crisiscli.steps.decide import Decide
from crisiscli.steps.switch import Switch


class NoSameChannelDecision(Rule):
    """A runbook about a wrong message has no step that decides whether to correct it in the channel it went out by.

    Both answers can be right: people look where the mistake reached them, and one more push looks like the attack
    they fear. Undecided it is forgotten, or done in haste; after the false missile alert of Hawaii in 2018 the
    correction in the same channel took 38 minutes. Such a runbook is known by its id, title, summary and question for
    T0 (list `wrong_message`), the step by its question (list `same_channel`). A runbook that hands over to another
    one may leave the decision to that one.

    Bad:
    ```yaml
    title: Wrong message to customers
    phases: # all of them
      - id: first
        title: First fifteen minutes
        steps:
          - id: stop
            by: T+2m
            role: it
            do: Stop the sending.
            answer: What stands still now
          - id: on-the-call
            by: T+4m
            role: lead
            call: [lead, press, it, executive]
            target: call_open
          - id: know
            by: T+6m
            role: it
            ask: [is_attack, next_update, cause, repaired_by]
          - id: brief-them
            by: T+10m
            role: press
            send: [brief]
          - id: speak
            by: T+12m
            role: press
            send: [holding]
          - id: explain
            by: T+45m
            role: press
            send: [explanation]
          - id: go-on
            by: T+90m
            role: press
            send: [status]
          - id: clear
            by: T+4h
            role: press
            send: [all_clear]
    ```
    Good:
    ```yaml
    title: Wrong message to customers
    ```
    """

    NAME = "no-same-channel-decision"
    CODE = "D616"
    LEVEL = "warning"
    EFFECT = "Nobody decides it: a hurried second push goes out, or people never hear the correction where they look."

    def check(self, book: Book) -> Iterator[Problem]:
        runbook = book.runbook
        if any(isinstance(step, Decide) and "channel" in step.id for _, step in book.steps):
            return
        about = " \n".join((runbook.id.replace("-", " "), runbook.title, runbook.summary or "", runbook.t0 or ""))
        if not _holds(book, about, "wrong_message") or any(isinstance(step, Switch) for _, step in book.steps):
            return
        asked = " \n".join(
            f"{step.id.replace('-', ' ')} {step.decide}" for _, step in book.steps if isinstance(step, Decide)
        )
        if not _holds(book, asked, "same_channel"):
            what = "No step of this runbook decides whether to correct the wrong message in the same channel."
            cure = (
                "Add a step such as `id: same-channel`, `decide: Correct in the channel that went wrong?`, with the "
                "options now, hold and no, and what speaks for and against."
            )
            yield self.at(book, ("title",), what, cure)


def _holds(book: Book, text: str, name: str) -> bool:
    listed = [lists[name] for lists in book.around.phrases.values() if name in lists]
    speech = Speech([(None, text)])
    return any(speech.hits(phrases) for phrases in listed)
