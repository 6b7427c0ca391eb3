"""Renderer: from a message, a channel, a language and what is known to the exact bytes, or to what they wait for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from crisiscli.channels import CHANNELS
from crisiscli.channels.measures import unsayable
from crisiscli.conditions import Verdict, World, evaluate, facts_in
from crisiscli.errors import NotFound
from crisiscli.facts import Value
from crisiscli.message import Rendering
from crisiscli.rendering.layouts import lay_out
from crisiscli.rendering.sentences import say
from crisiscli.rendering.tongue import NothingToSay, Tongue
from crisiscli.runbook import Message, Runbook
from crisiscli.sentences import Leaf, Sentence, leaf, read_sentence


@dataclass(frozen=True)
class Rendered:
    """What came of rendering one place: the Rendering, or why there is none.

    `waits` names each fact or label the text waits for, and why. `left_out` are the labels of sentences that do not
    stand in it now. `missing` says that there is no text at all. `unsaid` are `must_say` labels the text does not say.
    """

    rendering: Rendering | None = None
    waits: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    missing: str = ""
    unsaid: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    """The facts it waits for; a fact it can go without is not among them."""


@dataclass
class _Draft:
    title: str | None = None
    said: list[tuple[str, str]] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    wants: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    bracketed: bool = False


class Renderer:
    """Renders the messages of one runbook.

    `layouts` are Jinja sources by name (`email` or `email.j2`: a channel, a family, or one a text asks for).
    `company` is the company's part of `crisis.yaml`; `zone` is where its clock stands. Nothing here depends on the
    present time: the same facts make the same bytes.
    """

    def __init__(
        self, runbook: Runbook, layouts: Mapping[str, str], company: Mapping[str, object], zone: tzinfo
    ) -> None:
        self.runbook = runbook
        self.layouts = layouts
        self.company = company
        self.zone = zone

    def languages(self, message: str) -> tuple[str, ...]:
        """The languages a message goes in: those that must, then those that follow."""
        self._message(message)
        return tuple(dict.fromkeys((*self.runbook.languages.must, *self.runbook.languages.follow)))

    def channels(self, message: str) -> tuple[str, ...]:
        """The channels a message goes to; when it names none, those that reach its audiences."""
        noun = self._message(message)
        reaching = [
            channel
            for audience in noun.for_
            if audience in self.runbook.audiences
            for channel in self.runbook.audiences[audience].reached_by
        ]
        return tuple(dict.fromkeys(noun.to or reaching))

    def facts(self, message: str) -> tuple[str, ...]:
        """The facts that the message's texts speak or depend on, in the order of the texts."""
        found = [
            name
            for channel in self.channels(message)
            for language in self.languages(message)
            for name in self._facts_of(self._leaf(message, channel, language))
        ]
        return tuple(name for name in dict.fromkeys(found) if name in self.runbook.facts)

    def spoken(self, message: str, channel: str, language: str) -> tuple[str, ...]:
        """The facts whose values stand in one text."""
        text = self._leaf(message, channel, language)
        return tuple(dict.fromkeys(slot.name for slot in text.slots())) if text else ()

    def render(self, message: str, channel: str, language: str, world: World, *, draft: bool = False) -> Rendered:
        """The exact words as the facts are now. Raises NotFound for a message the runbook does not have.

        With `draft`, to be shown and never sent: unknown facts stand in brackets, undecided sentences are left out,
        and `waits` says what is missing beside the Rendering.
        """
        text = self._leaf(message, channel, language)
        if text is None:
            return Rendered(missing=f"no text for {channel} in {language}")
        return self._rendered(text, message, channel, self._draft(text, language, world, draft), language)

    def _rendered(self, text: Leaf, message: str, channel: str, draft: _Draft, language: str) -> Rendered:
        labels = [label for label, _ in draft.said]
        unsaid = tuple(
            label
            for label in self._message(message).must_say
            if label not in text.omits and label not in labels and label not in draft.waiting
        )
        left_out = tuple(dict.fromkeys(draft.left_out))
        if not draft.said and not draft.waits:
            missing = f"nothing to say on {channel} in {language}: every sentence is left out"
            return Rendered(left_out=left_out, missing=missing, unsaid=unsaid)
        waits = list(draft.waits)
        body = "" if waits and not draft.bracketed else self._lay_out(text, message, channel, language, draft)
        title = draft.title if channel in CHANNELS and CHANNELS[channel].titled else None
        wrong = unsayable(f"{title or ''}\n{body}")
        if wrong:
            waits.append(wrong)
        if waits and not draft.bracketed:
            wants = tuple(dict.fromkeys(draft.wants))
            return Rendered(waits=tuple(dict.fromkeys(waits)), left_out=left_out, unsaid=unsaid, wants=wants)
        facts = tuple(dict.fromkeys(draft.facts))
        words = Rendering(message, channel, language, body, title, facts=facts)
        return Rendered(words, tuple(dict.fromkeys(waits)), left_out, "", unsaid)

    def _message(self, message: str) -> Message:
        noun = self.runbook.messages.get(message)
        if noun is None:
            known = ", ".join(self.runbook.messages)
            raise NotFound(f"There is no message {message} in this runbook.", then=f"one of: {known}")
        return noun

    def _leaf(self, message: str, channel: str, language: str) -> Leaf | None:
        family = CHANNELS[channel].family if channel in CHANNELS else channel
        return leaf(self._message(message), channel, family, language)

    def _facts_of(self, text: Leaf | None) -> Iterator[str]:
        for sentence in text.sentences() if text else ():
            yield from self._deciding(sentence)
            yield from (slot.name for slot in sentence.slots())

    def _deciding(self, sentence: Sentence) -> Iterator[str]:
        element = self.runbook.elements.get(sentence.label)
        yield from facts_in(sentence.when)
        if element is not None:
            yield from facts_in(element.needs)

    def _draft(self, text: Leaf, language: str, world: World, bracketed: bool) -> _Draft:
        draft, tongue = _Draft(bracketed=bracketed), Tongue(language, self.zone)
        if text.title is not None:
            heading = Sentence("title", text.title)
            draft.title = self._words(heading, draft, tongue, world, leave_out=False)
        for sentence in text.body:
            self._sentence(sentence, draft, tongue, world)
        return draft

    def _sentence(self, sentence: Sentence, draft: _Draft, tongue: Tongue, world: World) -> None:
        element = self.runbook.elements.get(sentence.label)
        leave_out = element is not None and element.if_unknown == "leave_out"
        draft.facts.extend(self._deciding(sentence))
        verdicts = [_judge(sentence.when, world), _judge(element.needs if element else None, world)]
        if any(verdict.value is False for verdict in verdicts):
            draft.left_out.append(sentence.label)
            return
        open_reasons = [reason for verdict in verdicts for reason in verdict.because]
        if open_reasons:
            _unknown(sentence.label, open_reasons, draft, leave_out)
            if not leave_out:
                draft.wants.extend(name for name in self._deciding(sentence) if world.fact(name) is None)
            return
        words = self._words(sentence, draft, tongue, world, leave_out)
        if words is not None:
            draft.said.append((sentence.label, words))

    def _words(self, sentence: Sentence, draft: _Draft, tongue: Tongue, world: World, leave_out: bool) -> str | None:
        names = list(dict.fromkeys(slot.name for slot in sentence.slots()))
        draft.facts.extend(names)
        values: dict[str, Value] = {name: value for name in names if (value := world.fact(name)) is not None}
        unknown = [name for name in names if name in self.runbook.facts and name not in values]
        if unknown:
            _unknown(sentence.label, [f"{name} is not known well enough" for name in unknown], draft, leave_out)
            if not leave_out:
                draft.wants.extend(unknown)
            if not draft.bracketed:
                return None
            sentence = _bracketed(sentence, unknown)
        wrong = unsayable(sentence.text)
        if wrong:
            _unknown(sentence.label, [f"{sentence.label}: {wrong}"], draft, leave_out=False)
            return None
        try:
            return say(sentence.text, self.runbook.facts, values, tongue)
        except NothingToSay:
            draft.left_out.append(sentence.label)
        except ValueError as error:
            _unknown(sentence.label, [f"{sentence.label}: {error}"], draft, leave_out=False)
        return None

    def _lay_out(self, text: Leaf, message: str, channel: str, language: str, draft: _Draft) -> str:
        sentences = [words for _, words in draft.said]
        titled = channel in CHANNELS and CHANNELS[channel].titled
        above = [draft.title] if draft.title and not titled else []
        variables = {
            "sentences": sentences,
            "labels": [label for label, _ in draft.said],
            "title": draft.title or "",
            "language": language,
            "message": message,
            **self._company(language),
        }
        source = self._layout(text, channel)
        if source is not None:
            try:
                return lay_out(source, variables, [*above, *sentences])
            except ValueError:
                # At night a broken layout costs the greeting, never the words; lint says what is wrong with it.
                pass
        return "\n".join([*above, " ".join(sentences)]).rstrip("\n")

    def _layout(self, text: Leaf, channel: str) -> str | None:
        family = CHANNELS[channel].family if channel in CHANNELS else ""
        for name in (text.layout or "", channel, family):
            stem = name.removesuffix(".j2")
            for key in (stem, f"{stem}.j2"):
                if key in self.layouts:
                    return self.layouts[key]
        return None

    def _company(self, language: str) -> dict[str, object]:
        tone = self.company.get("tone")
        tones = {str(key): str(value) for key, value in tone.items()} if isinstance(tone, Mapping) else {}
        tones.setdefault(language, str(tone) if isinstance(tone, str) else "")
        parts = {key: str(value) for key, value in self.company.items() if isinstance(value, str | int)}
        return {"company": {"name": "", "verify_route": "", **parts, "tone": tones}, "tone": tones[language]}


def _bracketed(sentence: Sentence, unknown: list[str]) -> Sentence:
    parts = [
        part
        if isinstance(part, str)
        else f"[{part.name}]"
        if part.name in unknown
        else sentence.text[part.start : part.end]
        for part in read_sentence(sentence.text)[0]
    ]
    return sentence._replace(text="".join(parts))


def _judge(condition: object, world: World) -> Verdict:
    try:
        return evaluate(condition, world)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return Verdict(None, (f"its condition cannot be read: {error}",))


def _unknown(label: str, reasons: list[str], draft: _Draft, leave_out: bool) -> None:
    if leave_out:
        draft.left_out.append(label)
        return
    draft.waiting.append(label)
    draft.waits.extend(reasons)
