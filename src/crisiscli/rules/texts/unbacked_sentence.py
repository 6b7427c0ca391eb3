"""Sentences that reassure, and no confirmed fact behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crisiscli.conditions import facts_in
from crisiscli.loader.findings import Place, listed
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.phrased import holds

OPEN = "reassurance_fine"
"""The list of words that make a sentence a question, a doubt, or a thing not to be said."""
PROMISING = frozenset(
    ("all_safe", "data_safe", "money_safe", "no_attack", "no_break_in", "no_data_lost", "no_leak", "nothing_to_do")
)
"""Labels that by their name promise something only a confirmed fact can carry."""


class _Bare(NamedTuple):
    """A stretch of a sentence that promises something, and nothing confirmed behind it."""

    saying: Saying
    start: int
    end: int


class UnbackedSentence(Rule):
    """A sentence says that money or data are safe, that nobody broke in, or that there is nothing to do, and no
    confirmed fact decides whether it is said.

    It must stand under a label that `elements:` guards, or have a `when:` of its own, with a fact that is only used
    once it is confirmed (`use: confirmed`). The sentence is then left out, or the text waits, until somebody who
    knows has said so. A reassurance that must be taken back costs more trust than the fault. The wordings are the list
    `reassurance` of the phrase files.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: We are looking into it.
              - money: Your money is safe.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: We are looking into it.
              - money: Your money is safe.
                when: {is_attack: no}
    ```
    """

    NAME = "unbacked-sentence"
    CODE = "T708"
    EFFECT = "It would be said before anybody knows that it is true."

    def check(self, book: Book) -> Iterator[Problem]:
        told: set[Place] = set()
        found: dict[tuple[str, ...], list[_Bare]] = {}
        for language, speech in book.speeches.items():
            for hit in speech.hits(book.around.listed(language, "reassurance")):
                saying, start = speech.at(hit.start)
                if saying.place not in told and not holds(book.around.listed(language, OPEN), speech.around(hit)):
                    told.add(saying.place)
                    _weigh(book, _Bare(saying, start, start + hit.end - hit.start), found)
        for saying in book.sayings:
            if saying.sentence.label in PROMISING and saying.place not in told:
                _weigh(book, _Bare(saying, 0, len(saying.sentence.text)), found)
        for cause, sentences in found.items():
            yield self._tell(book, cause, sentences)

    def _tell(self, book: Book, cause: tuple[str, ...], sentences: list[_Bare]) -> Problem:
        saying, start, end = min(sentences, key=lambda one: book.document.span(one.saying.place))
        label, words = saying.sentence.label, saying.sentence.text[start:end]
        more = f" The same holds for {len(sentences) - 1} more." if len(sentences) > 1 else ""
        span = book.stretch(saying.place, start, end)
        if cause[0] != "fact":
            what = (
                f"`{words}` is said without a fact that backs it: `{label}` is no label that `elements:` guards.{more}"
            )
            return self.at(book, saying.place, what, _cure(book, label), span=span, here="nothing backs it")
        name = cause[1]
        what = f"`{words}` is said as soon as somebody reports `{name}`; nobody has to confirm it.{more}"
        cure = f"Add `use: confirmed` to the fact `{name}`."
        others = [Label(book.document.span(("facts", name), key=True), "may be used when only reported")]
        return self.at(book, saying.place, what, cure, span=span, here="not confirmed", others=others)


def _weigh(book: Book, bare: _Bare, found: dict[tuple[str, ...], list[_Bare]]) -> None:
    """Puts a sentence that nothing backs beside those of the same cause: one fact, or one label without a guard."""
    saying = bare.saying
    label = saying.sentence.label
    message = book.runbook.messages[saying.text.message]
    element, gate = book.runbook.elements.get(label), book.runbook.gates.get(message.gate or "")
    guards = [guard for guard in (saying.sentence.when, element and element.needs, gate and gate.opens_when) if guard]
    facts = [name for guard in guards for name in facts_in(guard) if name in book.runbook.facts]
    if guards and (not facts or any(book.runbook.facts[name].use == "confirmed" for name in facts)):
        return
    cause: tuple[str, ...] = ("fact", facts[0]) if guards else ("label", label)
    if not guards and label not in PROMISING:
        cause = ("sentence", *(str(part) for part in saying.place))
    found.setdefault(cause, []).append(bare)


def _cure(book: Book, label: str) -> str:
    known = [name for name in book.runbook.elements if name in PROMISING]
    asked = [name for name, fact in book.runbook.facts.items() if fact.use == "confirmed" and fact.type == "yes_no"]
    when = f"`when: {{{asked[0] if asked else 'is_attack'}: no}}`"
    if known and label not in PROMISING:
        return f"Label it {listed(known)} if that is what it says. If not, give it a condition of its own, like {when}."
    return f"Add `{label}:` under `elements:` with `needs:` and a confirmed fact, or give each sentence its own {when}."
