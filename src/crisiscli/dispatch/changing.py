"""Other words for a text, before anybody has agreed to them: the bytes they would be, and their tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crisiscli.dispatch.desk import Desk, Text
from crisiscli.dispatch.stamp import bare, stamped


def alike(texts: Sequence[Text], text: Text) -> list[Text]:
    """The texts that carry the very words of one of them, in its language: a change of it is a change of all."""
    return [one for one in texts if one.rendering and text.rendering and _same(one, text)]


def _same(one: Text, other: Text) -> bool:
    assert one.rendering is not None and other.rendering is not None  # noqa: S101
    return one.language == other.language and one.rendering.text == other.rendering.text


def changed(desk: Desk, texts: Sequence[Text], places: Sequence[str], body: str) -> list[Text]:
    """The same texts with another body in some places. Nothing is recorded; nobody has said yes to the new words."""
    return [_with(desk, text, body) if text.place in places else text for text in texts]


def _with(desk: Desk, text: Text, body: str) -> Text:
    old = text.words or text.rendering
    assert old is not None  # noqa: S101
    words = replace(old, body=bare(body) if desk.drill else body, author=desk.journal.actor)
    return replace(
        text,
        words=words,
        rendering=stamped(words) if desk.drill else words,
        measures=tuple(text.channel.measure(words.title, words.body, text.language)),
        approved=(),
        counts={},
        edited=True,
    )
