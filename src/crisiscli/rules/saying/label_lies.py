"""Labels that promise something their sentence does not say."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.speech import Phrases


class _Claim(NamedTuple):
    """What a label claims: the list of words that show it, and how the finding and the cure put it."""

    words: str
    lacks: str
    cure: str
    timed: bool = False
    """True when a time fact shows it as well."""


_SORRY = _Claim("apology", "no word of apology", "Say that we are sorry, or give the sentence another label.")
_OPEN = _Claim(
    "open_words", "no word of not knowing or of looking into it", "Say what is not known yet, or change the label."
)
_NEVER = _Claim("never_words", "no word of not doing", 'Begin it with "Never" or "Do not", or change the label.')
_THANKS = _Claim("thanks", "no word of thanks", "Say thank you, or change the label.")
_NEXT = _Claim("time_words", "no time", "Say when: {{ next_update }}, an hour or a day.", timed=True)
_ETA = _Claim("time_words", "no time", "Say by when, with a time fact, an hour or a day.", timed=True)

_CLAIMS = {
    "apology": _SORRY,
    "sorry": _SORRY,
    "thanks": _THANKS,
    "not_known": _OPEN,
    "checking": _OPEN,
    "cause_open": _OPEN,
    "eta_open": _OPEN,
    "never": _NEVER,
    "never_say": _NEVER,
    "never_ask": _NEVER,
    "next_update": _NEXT,
    "next_word": _NEXT,
    "eta": _ETA,
}
_TIMES = ("time", "duration", "services")


class LabelLies(Rule):
    """A label claims what its sentence does not say: `apology` without a word of apology, `next_update` without a
    time, `never` without a not. Labels are how the other rules of this room see what is said in any language, so a
    label that lies hides a gap. The words that count stand in the phrase lists `apology`, `time_words`, `open_words`,
    `never_words` and `thanks` of each language, which you can extend; a language without the list is not judged.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers, offline_customers]
        to: [website, branch]
        text:
          page:
            en:
              - empathy: You cannot get into our app.
              - checking: We do not know the cause yet.
              - next_update: We will keep you informed as soon as possible.
              - verify: You find every word of ours on our website.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers, offline_customers]
        to: [website, branch]
        text:
          page:
            en:
              - empathy: You cannot get into our app.
              - checking: We do not know the cause yet.
              - next_update: We will say more here at {{ next_update }}.
              - verify: You find every word of ours on our website.
    ```
    """

    NAME = "label-lies"
    CODE = "M808"
    LEVEL = "warning"
    EFFECT = "The text looks complete here, and people miss something in it."

    def check(self, book: Book) -> Iterator[Problem]:
        times = frozenset([name for name, fact in book.runbook.facts.items() if fact.type in _TIMES or fact.promise])
        listed = book.around.listed
        for saying in book.sayings:
            claim = _CLAIMS.get(saying.sentence.label)
            if claim is None:
                continue
            words = saying.sentence.text.split()
            if claim.timed and not times.isdisjoint(words):
                continue
            whole = _whole(listed(saying.text.language, claim.words))
            if whole.isdisjoint(words) and _lies(book, saying, claim, times):
                what = f"The sentence is labelled `{saying.sentence.label}` and holds {claim.lacks}."
                yield self.at(book, saying.place, what, claim.cure, here="holds none")


@functools.lru_cache(maxsize=64)
def _whole(listed: Phrases | None) -> frozenset[str]:
    """The entries that are one whole word, as they stand and as a sentence begins: no closer look is needed then."""
    words = [entry for entry in listed.entries if entry.isalpha()] if listed is not None else []
    return frozenset([*words, *(word.capitalize() for word in words)])


def _lies(book: Book, saying: Saying, claim: _Claim, times: frozenset[str]) -> bool:
    listed = book.around.listed(saying.text.language, claim.words)
    words = saying.sentence.text.lower()
    if listed is None or (claim.timed and any(letter.isdigit() for letter in words)):
        return False
    if claim.timed and any(slot.name in times for slot in saying.sentence.slots()):
        return False
    if "{" in words and not _readable(book, saying):
        return False
    return not any(True for _ in listed.find(words))


def _readable(book: Book, saying: Saying) -> bool:
    """False where braces are broken, or people fill in words of their own: nobody can say now what it will hold."""
    facts = book.runbook.facts
    slots = saying.sentence.slots()
    return bool(slots) and all(slot.name in facts and facts[slot.name].type != "text" for slot in slots)
