"""Hearing: who gets which text, and whether something is said in it whatever the facts turn out to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from crisiscli.conditions import evaluate, facts_in
from crisiscli.rules.book import Book, Text
from crisiscli.rules.saying.vocabulary import Content
from crisiscli.sentences import Sentence

BRIEF = ("post", "short", "spoken", "chat")
"""Families whose texts are short by nature; what they leave out, a fuller text may say to the same people."""
_REPEATED = ("status",)
"""Stages whose messages follow one another in time: each has to stand alone."""
_DESK = "press"
"""The channel of journalists."""


class Hearing:
    """Answers for one runbook, each question once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.known: dict[str, bool] = {}

    def says(self, text: Text, content: Content) -> bool:
        """Whether a text says it, in all cases or, where that is enough, in some."""
        found = [sentence for sentence in text.leaf.body if sentence.label in content.labels]
        if not found or content.now_and_then:
            return bool(found)
        return any(always(self.book, sentence) for sentence in found) or self._covered(text, found)

    def excused(self, text: Text, content: Content) -> bool:
        """Whether a text may do without it: on purpose, for the press, or because the same people hear it elsewhere."""
        leaf = text.leaf
        if leaf.where and any(label in content.labels or label == content.name for label in leaf.omits):
            return True
        channels = self._channels(text)
        if content.not_press and channels == [_DESK]:
            return True
        audiences = self.book.runbook.audiences
        reached = [
            name
            for name in self.book.runbook.messages[text.message].for_
            if name in audiences and not set(channels).isdisjoint(audiences[name].reached_by)
        ]
        return all(self._hears_elsewhere(name, text, content) for name in reached)

    def _hears_elsewhere(self, audience: str, text: Text, content: Content) -> bool:
        others = list(self._others(audience, text))
        if any(self.says(other, content) for other in others):
            return True
        return content.not_press and bool(others) and all(self._channels(other) == [_DESK] for other in others)

    def _others(self, audience: str, text: Text) -> Iterator[Text]:
        """The other texts of the same language that an audience gets and a text may lean on."""
        messages = self.book.runbook.messages
        stage = messages[text.message].stage
        brief = _family(text.source) in BRIEF
        for name, message in messages.items():
            same = name == text.message
            if message.stage == stage and audience in message.for_ and (brief if same else stage not in _REPEATED):
                reached_by = self.book.runbook.audiences[audience].reached_by
                for channel, other in self._heard.get((name, text.language), ()):
                    if channel in reached_by and other is not text:
                        yield other
            if same and stage not in _REPEATED:
                return

    @cached_property
    def _heard(self) -> dict[tuple[str, str], list[tuple[str, Text]]]:
        """By message and language, each channel with the text that goes out on it."""
        found: dict[tuple[str, str], list[tuple[str, Text]]] = {}
        for channel, texts in self.book.carried.items():
            for text in texts:
                found.setdefault((text.message, text.language), []).append((channel, text))
        return found

    def _channels(self, text: Text) -> list[str]:
        return [channel for channel, other in self._heard.get((text.message, text.language), ()) if other is text]

    def _covered(self, text: Text, found: Sequence[Sentence]) -> bool:
        """Whether one of these sentences is said whatever the facts turn out to be."""
        cases = [self._conditions(sentence) for sentence in found]
        looked_at = {fact for conditions, _ in cases for condition in conditions for fact in facts_in(condition)}
        spoken = [name for name in self._spoken(text) if name in looked_at]
        key = repr((cases, spoken))
        if key not in self.known:
            self.known[key] = self._always(cases, spoken)
        return self.known[key]

    def _always(self, cases: Sequence[tuple[list[Any], bool]], spoken: Sequence[str]) -> bool:
        from crisiscli.rules.references.possible import Possible

        possible = Possible(self.book)
        for world in possible.worlds([condition for conditions, _ in cases for condition in conditions]):
            if world is None:
                return True
            if any(f"fact {name}" in world.values and world.values[f"fact {name}"] is None for name in spoken):
                continue
            verdicts = [(evaluate(conditions, world).value, leave_out) for conditions, leave_out in cases]
            if all(value is False or (value is None and leave_out) for value, leave_out in verdicts):
                return False
        return True

    def _conditions(self, sentence: Sentence) -> tuple[list[Any], bool]:
        """What must hold for a sentence to be said, and whether it is left out while that is undecided."""
        element = self.book.runbook.elements.get(sentence.label)
        leave_out = element is not None and element.if_unknown == "leave_out"
        found = [part for part in (sentence.when, element.needs if element else None) if part is not None]
        if leave_out and "{{" in sentence.text:
            named = tuple(fact for condition in found for fact in facts_in(condition))
            spoken = [slot.name for slot in sentence.slots() if slot.name in self.book.runbook.facts]
            # the same words in another language are asked for together: cause_words and cause_words_en
            found += [{"fact": name, "is_not": "unknown"} for name in spoken if not name.startswith(named)]
        return found, leave_out

    def _spoken(self, text: Text) -> list[str]:
        """The facts without which the text does not go: a sentence that is always said speaks them."""
        return [
            slot.name
            for sentence in text.leaf.body
            if "{{" in sentence.text and always(self.book, sentence)
            for slot in sentence.slots()
        ]


def always(book: Book, sentence: Sentence) -> bool:
    """Whether a sentence stands in the text whenever the text goes: it has no condition, or the text waits for it."""
    element = book.runbook.elements.get(sentence.label)
    return sentence.when is None and (element is None or element.if_unknown == "wait")


def _family(source: str) -> str:
    from crisiscli.channels import CHANNELS

    return CHANNELS[source].family if source in CHANNELS else source
