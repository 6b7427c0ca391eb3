"""Texts that do not fit their channel with the longest facts in them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text
from crisiscli.rules.channels.branches import branches
from crisiscli.runbook import Fact, Runbook
from crisiscli.sentences import Sentence, Slot, read_sentence

if TYPE_CHECKING:
    from crisiscli.channels import Channel, Measure


class TooLong(Rule):
    """A text does not fit a channel it goes to, measured in the channel's own unit with the longest facts in it,
    for every combination of its conditional sentences.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website, x]
        text:
          page:
            en:
              - checking: We are looking into it.
          post:
            en:
              - checking: >
                  We are looking into it, and we are looking into it with everybody who can look into it, day and
                  night, on weekdays and on Sundays, in every hall and on every floor, until there is nothing left
                  that has not been looked into twice, by people who have looked into many things before this one.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website, x]
        text:
          page:
            en:
              - checking: We are looking into it.
          post:
            en:
              - checking: We are looking into it.
    ```
    """

    NAME = "too-long"
    CODE = "C501"
    EFFECT = "It would be cut or refused there, in the first minutes."

    def check(self, book: Book) -> Iterator[Problem]:
        from crisiscli.channels import CHANNELS

        for text in book.texts:
            sets = branches(text.leaf, book.runbook)
            for channel in _channels_of(book, text):
                found = _worst(CHANNELS[channel], text, sets, book.runbook)
                if found is not None:
                    yield self._tell(book, text, CHANNELS[channel], *found)

    def _tell(self, book: Book, text: Text, channel: Channel, measure: Measure, body: Sequence[Sentence]) -> Problem:
        others = [
            Label(book.document.span(("facts", name), key=True), f"measured as {_shown(fact, text.language)}")
            for name in dict.fromkeys(slot.name for sentence in body for slot in sentence.slots())
            if (fact := book.runbook.facts.get(name)) is not None
        ]
        if measure.trouble:
            what = f"The {text.language} text cannot go to {channel.name}: {measure.trouble}."
            return self.at(book, text.place, what, f"Give `{channel.id}` a text of its own.", key=True)
        size = f"{measure.count} of {measure.limit} {measure.unit}"
        part = "title" if measure.part == "title" else "text"
        what = f"The {text.language} {part} is too long for {channel.name}: {size}."
        cure = f"Shorten it by {measure.over} {measure.unit}"
        cure += "." if text.source == channel.id else f", or give `{channel.id}` a text of its own."
        return self.at(book, text.place, what, cure, key=True, here=measure.detail, others=others)


def _channels_of(book: Book, text: Text) -> list[str]:
    """The channels for which this text, and no nearer one, is used."""
    from crisiscli.channels import CHANNELS

    message = book.runbook.messages[text.message]
    return [
        channel
        for channel in book.channels(message)
        if channel in CHANNELS
        and (
            text.source == channel
            or (text.source == CHANNELS[channel].family and text.language not in message.text.get(channel, {}))
        )
    ]


def _worst(
    channel: Channel, text: Text, sets: list[tuple[Sentence, ...]], runbook: Runbook
) -> tuple[Measure, tuple[Sentence, ...]] | None:
    """The measure that fails by most, with the sentences it was taken of; None when all fit."""
    between = "\n\n" if channel.family == "page" else " "
    title = None if text.leaf.title is None else _filled(text.leaf.title, runbook, text.language)
    failing: list[tuple[Measure, tuple[Sentence, ...]]] = []
    for body in sets:
        words = between.join(_filled(sentence.text, runbook, text.language) for sentence in body)
        shown = title if channel.titled else None
        if title and not channel.titled:
            words = f"{title}\n\n{words}"
        measures = channel.measure(shown, words, text.language) if words else []
        failing += [(measure, body) for measure in measures if not measure.fits]
    return max(failing, key=lambda one: (bool(one[0].trouble), one[0].over), default=None)


def _filled(sentence: str, runbook: Runbook, language: str) -> str:
    """A sentence with the longest value in each slot."""
    if "{{" not in sentence:
        return sentence
    return "".join(_value(part, runbook, language) for part in read_sentence(sentence)[0])


def _value(part: str | Slot, runbook: Runbook, language: str) -> str:
    if isinstance(part, str):
        return part
    fact = runbook.facts.get(part.name)
    if fact is None:
        return part.name
    return _said(_key(fact), part.filter, part.arguments, language)


def _key(fact: Fact) -> tuple[str, str | None, tuple[tuple[str, str], ...], tuple[str, ...]]:
    return fact.type, fact.longest, tuple(fact.options.items()), fact.of


@functools.lru_cache(maxsize=4_096)
def _said(
    key: tuple[str, str | None, tuple[tuple[str, str], ...], tuple[str, ...]],
    filter_: str,
    arguments: tuple[str | int, ...],
    language: str,
) -> str:
    """The longest value as the public reads it; the plain `longest` where it cannot be shown by that filter."""
    from crisiscli.rendering import FILTERS, NothingToSay, Tongue, sample

    kind, longest, options, of = key
    # kind comes from a repaired plan, where it is one of the types or a text
    fact = Fact(ask="", type=kind, longest=longest, options=dict(options), of=of)  # type: ignore[arg-type]
    tongue, value = Tongue(language, UTC), sample(fact)
    try:
        if filter_ in FILTERS and kind in FILTERS[filter_].takes:
            return FILTERS[filter_].show(tongue, value, arguments)
        return tongue.default(fact, value)
    except NothingToSay:
        return ""
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return longest or str(value)


def _shown(fact: Fact, language: str) -> str:
    return _said(_key(fact), "", (), language)
