"""Book: one runbook as the rules see it, every value with its place, and what lies around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from crisiscli.loader import Loaded
from crisiscli.loader.conditions import UNREADABLE
from crisiscli.loader.findings import Place
from crisiscli.problem import Problem, Span
from crisiscli.rules.around import Around
from crisiscli.rules.course import Course
from crisiscli.runbook import Message, Runbook
from crisiscli.sentences import Leaf, Sentence, Slot, read_leaf
from crisiscli.source import Document
from crisiscli.speech import Speech
from crisiscli.steps import Step
from crisiscli.steps.call import Call


class Text(NamedTuple):
    """One text of a message, and where it stands in the file."""

    message: str
    source: str
    language: str
    leaf: Leaf
    place: Place

    def below(self, inside: tuple[str | int, ...]) -> Place:
        """The place in the file of something inside the text."""
        return ("messages", self.message, "text", *inside)


@dataclass(frozen=True)
class Atom:
    """One comparison inside a condition: about a fact, a decision, a message that is out, or a signal.

    `named_by_key` is True for the short form `{is_attack: no}`, where the key is the name.
    """

    kind: str
    name: str
    data: Mapping[str, Any]
    place: Place
    named_by_key: bool = False

    @property
    def name_place(self) -> Place:
        """Where the name stands."""
        return self.place if self.named_by_key else (*self.place, self.kind)

    @property
    def wanted(self) -> Iterator[tuple[str, Place]]:
        """The values it compares with `is` and `is_not`, each with its place."""
        for test in ("is", "is_not"):
            if test in self.data:
                yield str(self.data[test]), self.place if self.named_by_key else (*self.place, test)


class Saying(NamedTuple):
    """One sentence of one text: what the public hears, and where it stands. A title is a saying labelled `title`."""

    text: Text
    sentence: Sentence
    place: Place


@dataclass
class Book:
    """One runbook, with what lies around it."""

    runbook: Runbook
    loaded: Loaded
    around: Around = field(default_factory=Around)

    @property
    def document(self) -> Document:
        return self.loaded.document

    @cached_property
    def found(self) -> dict[str, list[Problem]]:
        """What reading and loading found, by the name of the rule."""
        found: dict[str, list[Problem]] = {}
        for problem in self.loaded.problems:
            found.setdefault(problem.rule, []).append(problem)
        return found

    @cached_property
    def sayings(self) -> list[Saying]:
        """Every sentence of every text, titles included, in the order of the file."""
        found: list[Saying] = []
        for text in self.texts:
            above = ("messages", text.message, "text")
            sentences = text.leaf.body if text.leaf.title is None else text.leaf.sentences()
            found += [Saying(text, sentence, above + sentence.place) for sentence in sentences]
        return found

    @cached_property
    def speeches(self) -> dict[str, Speech[Saying]]:
        """All sayings of a language as one text in lower case, by language: what phrases are looked for in."""
        by_language: dict[str, list[tuple[Saying, str]]] = {}
        for saying in self.sayings:
            by_language.setdefault(saying.text.language, []).append((saying, saying.sentence.text))
        return {language: Speech(parts, often=True) for language, parts in by_language.items()}

    @cached_property
    def heard(self) -> dict[str, list[tuple[str, Speech[Saying]]]]:
        """By list of phrases, the languages whose sayings could hold an entry of it: the others need no look."""
        found: dict[str, list[tuple[str, Speech[Saying]]]] = {}
        for language, speech in self.speeches.items():
            for name in speech.may_hold(self.around.phrases.get(language, {})):
                found.setdefault(name, []).append((language, speech))
        return found

    @cached_property
    def carried(self) -> dict[str, list[Text]]:
        """By channel, the texts that go out on it: its own, or its family's where it has none in that language."""
        from crisiscli.channels import CHANNELS

        found: dict[str, list[Text]] = {}
        placed = {(text.message, text.source, text.language): text for text in self.texts}
        for name, message in self.runbook.messages.items():
            for channel in self.channels(message):
                if channel in CHANNELS:
                    family: str = CHANNELS[channel].family
                    sources = dict.fromkeys(message.text.get(family, {}), family)
                    sources |= dict.fromkeys(message.text.get(channel, {}), channel)
                    texts = [placed[name, source, language] for language, source in sources.items()]
                    found.setdefault(channel, []).extend(texts)
        return found

    @cached_property
    def utf8(self) -> bytes:
        """The file as UTF-8: a letter of another script is found fast by its first byte."""
        return self.document.text.encode("utf-8", "surrogatepass")

    @cached_property
    def base(self) -> Loaded | None:
        """The same file at the revision lint compares with; None when there is none."""
        return self.around.base(self.document.path) if self.around.base is not None else None

    @cached_property
    def steps(self) -> list[tuple[Place, Step]]:
        """Every step with its place."""
        return [
            (("phases", number, "steps", index), step)
            for number, phase in enumerate(self.runbook.phases)
            for index, step in enumerate(phase.steps)
        ]

    @cached_property
    def course(self) -> Course:
        """The steps and follow-ups in walking order: who is asked for what, and when what is sent."""
        return Course(self.runbook)

    @cached_property
    def named_roles(self) -> frozenset[str]:
        """Every role that a step, a call, a fact, an approval, a follow-up or a signal names, defined or not."""
        runbook = self.runbook
        lists = [step.call for _, step in self.steps if isinstance(step, Call)]
        lists += [message.approve for message in runbook.messages.values()]
        lists += [gate.approve for gate in runbook.gates.values()]
        named = {stop.step.role for stop in self.course.stops}.union(*lists)
        named.update([fact.confirmed_by for fact in runbook.facts.values()])
        named.update([atom.data.get("said_by") for atom in self.atoms if atom.kind == "signal"])
        return frozenset([str(name) for name in named if name is not None])

    @cached_property
    def texts(self) -> list[Text]:
        """Every text of every message."""
        return [
            _text(name, source, language, leaf)
            for name, message in self.runbook.messages.items()
            for source, languages in message.text.items()
            for language, leaf in languages.items()
        ]

    @cached_property
    def by_stage(self) -> dict[str, list[Text]]:
        """Every text, by the stage of its message."""
        found: dict[str, list[Text]] = {}
        for text in self.texts:
            found.setdefault(self.runbook.messages[text.message].stage, []).append(text)
        return found

    @cached_property
    def slots(self) -> list[tuple[Text, Slot, Place]]:
        """Every `{{ fact }}` of every sentence."""
        return [
            (text, slot, place)
            for text, sentence, place in self.sayings
            if "{{" in sentence.text
            for slot in sentence.slots()
        ]

    @cached_property
    def atoms(self) -> list[Atom]:
        """Every comparison of every condition of the file."""
        return [atom for place, condition in self._conditions() for atom in _atoms(condition, place)]

    def channels(self, message: Message) -> tuple[str, ...]:
        """The channels a message goes to; when it names none, those that reach its audiences."""
        if message.to:
            return tuple(dict.fromkeys(message.to))
        audiences = self.runbook.audiences
        reaching = [channel for name in message.for_ if name in audiences for channel in audiences[name].reached_by]
        return tuple(dict.fromkeys(reaching))

    def stretch(self, place: Place, start: int, end: int) -> Span:
        """The Span of some characters inside a text value."""
        first = self.document.span(place, offset=start)
        last = self.document.span(place, offset=max(start, end - 1))
        return Span(first.line, first.column, last.end_line, last.end_column)

    def _conditions(self) -> Iterator[tuple[Place, Any]]:
        for place, step in self.steps:
            yield (*place, "when"), step.when
        for number, later in enumerate(self.runbook.follow_ups):
            yield ("follow_ups", number, "when"), later.when
        for name, element in self.runbook.elements.items():
            yield ("elements", name, "needs"), element.needs
        for name, gate in self.runbook.gates.items():
            yield ("gates", name, "opens_when"), gate.opens_when
        for name, clock in self.runbook.clocks.items():
            yield ("clocks", name, "from"), clock.from_
            if clock.when is not None:
                yield ("clocks", name, "when"), clock.when
        for text in self.texts:
            for sentence in text.leaf.body:
                if sentence.when is not None:
                    yield (*text.below(sentence.place[:-1]), "when"), sentence.when


def _text(name: str, source: str, language: str, found: Any) -> Text:
    place: Place = ("messages", name, "text", source, language)
    return Text(name, source, language, read_leaf(found, source, (source, language)), place)


def _atoms(condition: Any, place: Place) -> Iterator[Atom]:
    if isinstance(condition, list):
        for index, part in enumerate(condition):
            yield from _atoms(part, (*place, index))
    if not isinstance(condition, dict) or condition == UNREADABLE:
        return
    for inner in ("any", "not"):
        if inner in condition:
            yield from _atoms(condition[inner], (*place, inner))
            return
    for kind in ("fact", "decided", "sent", "signal"):
        if kind in condition:
            yield Atom(kind, str(condition[kind]), condition, place)
            return
    for name, wanted in condition.items():
        yield Atom("fact", str(name), {"is": wanted}, (*place, name), named_by_key=True)
