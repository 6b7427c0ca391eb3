"""Links in a push or an SMS."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class LinkInShort(Rule):
    """A push or an SMS holds a web address.

    In a crisis forged messages follow within the hour, and a short text with a link is how they look. Banks and
    authorities have stopped sending them: the Monetary Authority of Singapore had clickable links removed from
    e-mails and SMS to retail customers (January 2022), and the British NCSC advises to leave links out and to say
    where to look (Business communications: SMS and telephone best practice).

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, sms]
        text:
          page:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
          sms:
            en:
              - advice: Read more on acme.pl/safety.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, sms]
        text:
          page:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
          sms:
            en:
              - advice: Read more on our website, as you always open it.
    ```
    """

    NAME = "link-in-short"
    CODE = "C505"
    EFFECT = "It would look like an attack, and teach people to tap what the next attack sends."

    def check(self, book: Book) -> Iterator[Problem]:
        seen = set()
        for channel, name in (("sms", "an SMS"), ("push", "a push")):
            for text in book.carried.get(channel, ()):
                if text.place not in seen and any("." in sentence.text[:-1] for sentence in text.leaf.sentences()):
                    from crisiscli.rules.channels.links import links, sayings

                    seen.add(text.place)
                    for saying in sayings(book, text):
                        for start, end in links(saying):
                            what = f"`{saying.sentence.text[start:end]}` stands in {name}."
                            cure = "Say where to look, in words: on our website, in the app, on the number on the card."
                            span = book.stretch(saying.place, start, end)
                            yield self.at(book, saying.place, what, cure, span=span, here="no link here")
