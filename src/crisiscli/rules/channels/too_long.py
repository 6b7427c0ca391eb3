"""Texts that do not fit their channel with the longest facts in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text
from crisiscli.rules.channels.branches import branches
from crisiscli.rules.channels.longest import filled, shown
from crisiscli.rules.channels.roomy import roomy
from crisiscli.rules.channels.subject_length import SHOWN
from crisiscli.runbook import Runbook
from crisiscli.sentences import Sentence, read_sentence

if TYPE_CHECKING:
    from crisiscli.channels import Channel, Measure


class TooLong(Rule):
    """A text does not fit a channel it goes to, measured in the channel's own unit with the longest facts in it,
    for every combination of its conditional sentences.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, x]
        text:
          page:
            en:
              - advice: We never ask for a code.
          post:
            en:
              - advice: We never ask for a code, neither by day nor by night, neither by phone nor by letter.
              - others: Whoever asks for one is not us, however well they know your name and your last payments.
              - call: If somebody did ask you, call the number on your card, even if nothing has happened yet, and tell
                  us what they said.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, x]
        text:
          page:
            en:
              - advice: We never ask for a code.
          post:
            en:
              - advice: We never ask for a code.
              - others: Whoever asks for one is not us.
              - call: If somebody did ask you, call the number on your card.
    ```
    """

    NAME = "too-long"
    CODE = "C501"
    EFFECT = "It would be cut or refused there, in the first minutes."

    def check(self, book: Book) -> Iterator[Problem]:
        from crisiscli.channels import CHANNELS

        runbook = book.runbook
        for name, texts in book.carried.items():
            for text in texts:
                if surely_fits(CHANNELS[name], text, runbook):
                    continue
                found = worst(CHANNELS[name], text, branches(text.leaf, runbook), runbook)
                if found is not None and not _misread(text):
                    yield self._tell(book, text, CHANNELS[name], *found)

    def _tell(self, book: Book, text: Text, channel: Channel, measure: Measure, body: Sequence[Sentence]) -> Problem:
        others = [
            Label(book.document.span(("facts", name), key=True), f"measured as {shown(fact, text.language)}")
            for name in dict.fromkeys(slot.name for sentence in body for slot in sentence.slots())
            if (fact := book.runbook.facts.get(name)) is not None
        ]
        if measure.trouble:
            what = f"The {text.language} text cannot go to {channel.name}: {measure.trouble}."
            return self.at(book, text.place, what, _other_words(text, channel), key=True)
        size = f"{measure.count} of {measure.limit} {measure.unit}"
        if measure.part == "title" and channel.id == "email":
            less = f"Shorten it by {measure.count - SHOWN} {measure.unit}: lists of e-mails show {SHOWN}."
            return self.at(
                book,
                (*text.place, "title"),
                f"The {text.language} subject is too long for {channel.name}: {size}.",
                less,
                here=measure.detail,
                others=others,
            )
        part = "title" if measure.part == "title" else "text"
        what = f"The {text.language} {part} is too long for {channel.name}: {size}."
        cure = f"Shorten it by {measure.over} {measure.unit}"
        cure += "." if text.source == channel.id else f", or give `{channel.id}` a text of its own."
        return self.at(book, text.place, what, cure, key=True, here=measure.detail, others=others)


def _misread(text: Text) -> bool:
    """Whether braces are left in a text that are no slot: they are told, and its length is not known."""
    parts = [part for one in text.leaf.sentences() if "{" in one.text for part in read_sentence(one.text)[0]]
    return any("{" in part for part in parts if isinstance(part, str))


def _other_words(text: Text, channel: Channel) -> str:
    """The cure of a text that cannot go out there at all."""
    if channel.titled and not text.leaf.title:
        own = text.source == channel.id
        begin = "Write" if own else f"Give `{channel.id}` a text of its own with"
        return f"{begin} `title:`, and put the sentences under `body:`."
    return "Take that out." if text.source == channel.id else f"Give `{channel.id}` a text of its own."


def surely_fits(channel: Channel, text: Text, runbook: Runbook) -> bool:
    """True when all sentences of a text fit together, with more in each slot than any fact puts there."""
    words = [sentence.text for sentence in text.leaf.body]
    sentences = words if "{{" not in "".join(words) else [roomy(one, runbook, text.language) for one in words]
    title = None if text.leaf.title is None else roomy(text.leaf.title, runbook, text.language)
    if (title is None) is not (text.leaf.title is None) or not all(one and not one.isspace() for one in sentences):
        return False
    if not channel.limits and title is None and all((one or "").isprintable() for one in sentences):
        return True
    return all(measure.fits for measure in _measures(channel, title, [one or "" for one in sentences], text))


def _measures(channel: Channel, title: str | None, sentences: list[str], text: Text) -> list[Measure]:
    words = ("\n\n" if channel.family == "page" else " ").join(sentences)
    shown = title if channel.titled else None
    if title and not channel.titled:
        words = f"{title}\n\n{words}"
    return channel.measure(shown, words, text.language) if words else []


def worst(
    channel: Channel, text: Text, sets: list[tuple[Sentence, ...]], runbook: Runbook
) -> tuple[Measure, tuple[Sentence, ...]] | None:
    """The measure that fails by most, with the sentences it was taken of; None when all fit."""
    title = None if text.leaf.title is None else filled(text.leaf.title, runbook, text.language)
    failing: list[tuple[Measure, tuple[Sentence, ...]]] = []
    for body in sets:
        sentences = [filled(sentence.text, runbook, text.language) for sentence in body]
        failing += [(found, body) for found in _measures(channel, title, sentences, text) if not found.fits]
    return max(failing, key=lambda one: (bool(one[0].trouble), one[0].over), default=None)
