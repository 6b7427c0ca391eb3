"""Links that are not encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class LinkNotHttps(Rule):
    """A web address in a text begins with `http://`.

    Browsers warn before such a page, and whoever sits in between can change what it says. Both are the last thing
    people need from us in a crisis.

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
              - advice: Read more on http://acme.pl/safety.
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

    NAME = "link-not-https"
    CODE = "C506"
    EFFECT = "Browsers would warn people of our own page."

    def check(self, book: Book) -> Iterator[Problem]:
        for speech in book.speeches.values():
            text = speech.text
            start = text.find("http://") if "/" in text else -1
            while start >= 0:
                saying, at = speech.at(start)
                address = saying.sentence.text[at:].split()[0].rstrip(".,;:!?)”\"'")
                yield self._tell(book, saying.place, at, address)
                start = text.find("http://", start + 1)

    def _tell(self, book: Book, place: tuple[str | int, ...], at: int, address: str) -> Problem:
        from crisiscli.rules.texts.mending import replaced

        safe = f"https://{address[7:]}"
        fix = replaced(book, [(place, at + 3, at + 4, f"{address[3]}s")], f"write {safe}")
        cure = f"Open `{safe}` to see that it answers, then write that."
        span = book.stretch(place, at, at + len(address))
        return self.at(book, place, f"`{address}` is not encrypted.", cure, span=span, here="http://", fix=fix)
