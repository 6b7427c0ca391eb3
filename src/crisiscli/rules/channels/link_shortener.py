"""Links that hide where they lead."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

_HOSTS = (
    "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly lnkd.in tiny.pl rb.gy shorturl.at t.ly"
    " tiny.cc s.id bl.ink short.io dlvr.it trib.al fb.me wp.me soo.gd clck.ru"
)
SHORTENERS = frozenset(_HOSTS.split())
"""Services that shorten addresses."""


class LinkShortener(Rule):
    """A web address in a text goes through a service that shortens addresses.

    Nobody can see where it leads, which is what forged messages rely on; and it stops working when the service does.

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
              - advice: Read more on https://bit.ly/3acme.
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
              - advice: Read more on https://acme.pl/safety.
    ```
    """

    NAME = "link-shortener"
    CODE = "C507"
    EFFECT = "People who are careful would not open it, and the others would learn to open anything."

    def check(self, book: Book) -> Iterator[Problem]:
        for speech in book.speeches.values():
            if "/" in speech.text:
                for saying in speech.parts:
                    if "/" in saying.sentence.text:
                        yield from self._look(book, saying.place, saying.sentence.text)

    def _look(self, book: Book, place: tuple[str | int, ...], text: str) -> Iterator[Problem]:
        from crisiscli.channels.measures import find_links

        for start, end, _ in find_links(text):
            address = text[start:end].lower()
            host = address.partition("://")[2] or address
            host = host.partition("/")[0].removeprefix("www.")
            if host in SHORTENERS:
                what = f"`{text[start:end]}` hides where it leads."
                span = book.stretch(place, start, end)
                yield self.at(book, place, what, "Write the full address of our own page.", span=span, here=host)
