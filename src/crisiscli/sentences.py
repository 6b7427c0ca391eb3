"""Sentences: labelled, with a closed `{{ fact | filter("literal") }}` grammar; what a message says before rendering."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from crisiscli.runbook import Message

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_LITERAL = r"\"(?:[^\"\\\n])*\"|'(?:[^'\\\n])*'|-?\d+"


@functools.cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Slot, delimiter and literal; compiled for the first sentence, because most commands read none."""
    arguments = rf"(?P<arguments>(?:{_LITERAL})(?:\s*,\s*(?:{_LITERAL}))*)?"
    filtered = rf"\|\s*(?P<filter>{NAME})\s*(?:\(\s*{arguments}\s*\)\s*)?"
    slot = rf"\{{\{{\s*(?P<name>{NAME})\s*(?:{filtered})?\}}\}}"
    return re.compile(slot), re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}"), re.compile(_LITERAL)


@dataclass(frozen=True)
class Slot:
    """A place where a fact's value goes. Offsets count code points from the start of the sentence."""

    name: str
    filter: str = ""
    arguments: tuple[str | int, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class SlotError:
    """Something in a sentence that the grammar does not know."""

    what: str
    start: int
    end: int


def read_sentence(text: str) -> tuple[Sequence[str | Slot], Sequence[SlotError]]:
    """Splits a sentence into words and slots; everything else of Jinja is an error with its offsets."""
    if "{" not in text and "}" not in text:
        return ((text,) if text else ()), ()
    return _read(text)


@functools.lru_cache(maxsize=4_096)
def _read(text: str) -> tuple[Sequence[str | Slot], Sequence[SlotError]]:
    slots, delimiters, literals = _grammar()
    parts: list[str | Slot] = []
    errors: list[SlotError] = []
    position = 0
    while (opening := delimiters.search(text, position)) is not None:
        if opening.start() > position:
            parts.append(text[position : opening.start()])
        slot = slots.match(text, opening.start()) if opening.group() == "{{" else None
        if slot is None:
            stop, error = _misread(text, opening)
            errors.append(error)
            parts.append(text[opening.start() : stop])
            position = stop
            continue
        parts.append(
            Slot(
                slot["name"],
                slot["filter"] or "",
                tuple(_literal(found) for found in literals.findall(slot["arguments"] or "")),
                slot.start(),
                slot.end(),
            )
        )
        position = slot.end()
    if position < len(text):
        parts.append(text[position:])
    return tuple(parts), tuple(errors)


def _misread(text: str, opening: re.Match[str]) -> tuple[int, SlotError]:
    mark = opening.group()
    closing = {"{{": "}}", "{%": "%}", "{#": "#}"}.get(mark)
    if closing is None:
        return opening.end(), SlotError(
            f"{mark} closes something that was never opened", opening.start(), opening.end()
        )
    end = text.find(closing, opening.end())
    stop = len(text) if end < 0 else end + len(closing)
    if end < 0:
        return stop, SlotError(f"{mark} is never closed by {closing}", opening.start(), stop)
    if mark != "{{":
        return stop, SlotError(
            f"{mark} ... {closing} is not allowed in a sentence; use `when:` beside it", opening.start(), stop
        )
    return stop, SlotError('only {{ fact }} or {{ fact | filter("text") }} is allowed here', opening.start(), stop)


def _literal(text: str) -> str | int:
    return text[1:-1] if text[0] in "\"'" else int(text)


class Sentence(NamedTuple):
    """One labelled sentence. `place` is its path below `messages` in the file, for pointing at it."""

    label: str
    text: str
    when: Any = None
    place: tuple[str | int, ...] = ()

    def slots(self) -> list[Slot]:
        """The facts this sentence speaks, in order."""
        if "{{" not in self.text:
            return []
        return [part for part in read_sentence(self.text)[0] if isinstance(part, Slot)]


@dataclass(frozen=True)
class Leaf:
    """One text: what a message says on one channel (or family) in one language."""

    body: tuple[Sentence, ...]
    title: str | None = None
    omits: tuple[str, ...] = ()
    where: str | None = None
    layout: str | None = None
    source: str = ""
    """The channel or family it was found under."""
    place: tuple[str | int, ...] = field(default=(), compare=False)

    def sentences(self) -> Iterator[Sentence]:
        """The title (labelled `title`) and the body."""
        if self.title is not None:
            yield Sentence("title", self.title, place=(*self.place, "title"))
        yield from self.body

    def slots(self) -> list[Slot]:
        """Every slot of the text."""
        return [slot for sentence in self.sentences() for slot in sentence.slots()]


def leaf(message: Message, channel: str, family: str, language: str) -> Leaf | None:
    """The channel's own text, else its family's, else None. Never across languages."""
    for source in (channel, family):
        found = message.text.get(source, {}).get(language)
        if found is not None:
            return read_leaf(found, source, (source, language))
    return None


def read_leaf(found: Any, source: str, place: tuple[str | int, ...]) -> Leaf:
    """A leaf from plain data that the loader has found good."""
    if isinstance(found, list):
        return Leaf(_sentences(found, place), source=source, place=place)
    return Leaf(
        _sentences(found.get("body", []), (*place, "body")),
        title=found.get("title"),
        omits=tuple(found.get("omits", ())),
        where=found.get("where"),
        layout=found.get("layout"),
        source=source,
        place=place,
    )


def _sentences(items: list[dict[str, Any]], place: tuple[str | int, ...]) -> tuple[Sentence, ...]:
    found = []
    for index, item in enumerate(items):
        if len(item) == 1:
            [(label, text)] = item.items()
        else:
            label = next(key for key in item if key != "when")
            text = item[label]
        found.append(Sentence(label, str(text), item.get("when"), (*place, index, label)))
    return tuple(found)
