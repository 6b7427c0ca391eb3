"""Markup that a channel would show as it is typed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from crisiscli.loader.findings import Place
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.texts.mending import in_slot

_ELEMENTS = (
    "a abbr b big blockquote body br center code div em font h1 h2 h3 h4 h5 h6 head header hr html i img li ol p pre"
    " section small span strike strong style sub sup table tbody td th thead tr u ul"
)
TAGS = frozenset(_ELEMENTS.split())
"""Elements of HTML that are found in texts."""
_MARKS = (*"*<&`]~#", "__")
_KINDS = {
    "bold": "bold type in Markdown",
    "lined": "bold type in Markdown",
    "starred": "emphasis in Markdown",
    "link": "a link in Markdown",
    "tag": "HTML",
    "entity": "an HTML entity",
    "code": "code in Markdown",
    "struck": "struck words in Markdown",
    "emoji": "a short name of an emoji",
    "heading": "a heading in Markdown",
}
SHOWS = {
    "teams": frozenset(("bold", "lined", "starred", "link", "code", "struck")),
    "slack": frozenset(("starred", "code", "emoji")),
    "whatsapp": frozenset(("starred", "code")),
}
"""What a channel does show as it is meant (Teams cards take Markdown; Slack and WhatsApp have one star for bold).
Everywhere else texts go out as plain text, e-mail and website included."""


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The short name of an emoji, and every kind of markup; in lower case, a sentence on each line."""
    return re.compile(r":[a-z]\w*:"), re.compile(
        r"(?P<bold>\*\*(?=\S)[^*\n]{1,200}(?<=\S)\*\*)"
        r"|(?P<lined>(?<!\w)__(?=[^\s_])[^_\n]{1,200}(?<=\S)__(?!\w))"
        r"|(?P<link>\[[^\[\]\n]{1,200}\]\([^()\s]{1,300}\))"
        r"|(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?:\s[^<>\n]{0,300})?/?>)"
        r"|(?P<entity>&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,6});)"
        r"|(?P<code>`[^`\n]{1,100}`)"
        r"|(?P<struck>~~(?=\S)[^~\n]{1,100}~~)"
        r"|(?P<starred>(?<![\w*])\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*(?![\w*]))"
        r"|(?P<emoji>(?<![\w:/]):[a-z][a-z0-9_+-]{1,30}:(?![\w:/]))"
        r"|(?P<heading>^#{1,6} (?=\S))",
        re.MULTILINE,
    )


class RawMarkup(Rule):
    """A text holds Markdown, HTML or the short name of an emoji, and goes to a channel that shows the signs themselves.

    Texts are sent as plain words, byte for byte what was approved. How they look is a matter of the channel and of
    its layout. An emoji is written as the emoji itself.

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
              - advice: We are **looking into it**.
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
    ```
    """

    NAME = "raw-markup"
    CODE = "T706"
    EFFECT = "The public would read the signs."

    def check(self, book: Book) -> Iterator[Problem]:
        emoji, every = _patterns()
        for speech in book.speeches.values():
            text = speech.text
            if any(mark in text for mark in _MARKS) or emoji.search(text):
                opened: set[tuple[Place, str]] = set()
                for found in every.finditer(text):
                    saying, start = speech.at(found.start())
                    tag = (saying.place, found["name"] or "")
                    if tag not in opened or not found.group().startswith("</"):
                        yield from self._weigh(book, saying, found, start)
                    opened.add(tag)

    def _weigh(self, book: Book, saying: Saying, found: re.Match[str], start: int) -> Iterator[Problem]:
        kind = next(kind for kind in _KINDS if found[kind])
        if (kind == "tag" and found["name"] not in TAGS) or in_slot(saying.sentence, start):
            return
        channels = [
            channel
            for channel, texts in book.carried.items()
            if kind not in SHOWS.get(channel, ()) and any(text is saying.text for text in texts)
        ]
        if channels:
            yield self._tell(book, saying, (start, start + len(found.group())), kind, channels)

    def _tell(self, book: Book, saying: Saying, bounds: tuple[int, int], kind: str, channels: Sequence[str]) -> Problem:
        start, end = bounds
        shown = ", ".join(channels[:3]) + (f" and {len(channels) - 3} more" if len(channels) > 3 else "")
        what = f"`{saying.sentence.text[start:end].strip()}` is {_KINDS[kind]}; {shown} would show it as it is typed."
        span = book.stretch(saying.place, start, end)
        return self.at(book, saying.place, what, _cure(kind), span=span, here=_KINDS[kind])


def _cure(kind: str) -> str:
    if kind == "link":
        return "Write the words, and the address in the open where the channel may have one."
    if kind == "emoji":
        return "Type the emoji itself, or leave it out."
    if kind == "entity":
        return "Type the character itself."
    return "Delete the signs and keep the words."
