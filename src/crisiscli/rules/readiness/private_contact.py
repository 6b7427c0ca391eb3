"""Mobile numbers and private e-mail addresses of people."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.digging import has_digits, hits

FREE_MAIL = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "me.com", "yahoo.com",
    "yahoo.ro", "yahoo.co.uk", "proton.me", "protonmail.com", "gmx.com", "gmx.net", "aol.com", "wp.pl", "o2.pl",
    "onet.pl", "op.pl", "interia.pl", "poczta.onet.pl", "poczta.fm", "tlen.pl", "gazeta.pl", "vp.pl",
)  # fmt: skip
"""Where private people have their addresses; a company's own domain is never among them."""
COUNTRIES = {"pl": "PL", "ro": "RO"}
NATIONAL = ("PL", "RO", "GB")
"""Whose numbers are known when they are written without the country's code."""


class PrivateContact(Rule):
    """A mobile number in a step, a role or a comment, or a private e-mail address anywhere.

    Names, numbers and hours of people belong in `people.yaml`, which git ignores and which can be changed without a
    new version. Numbers in the texts of messages are left alone: those are hotlines, meant for everybody.

    Bad:
    ```yaml
    roles:
      it:
        title: IT operations
        duty: What works and what does not; Jan answers at +48 601 234 567
        deputy: lead
    ```
    Good:
    ```yaml
    roles:
      it:
        title: IT operations
        duty: What works and what does not
        deputy: lead
    ```
    """

    NAME = "private-contact"
    CODE = "H914"
    LEVEL = "warning"
    EFFECT = "A private number goes to everybody who gets the runbook, and is wrong when the person has left."

    def check(self, book: Book) -> Iterator[Problem]:
        if b"@" in book.utf8:
            for _, span in hits(book, _mail()):
                what = "This is a private e-mail address."
                cure = "Put it into `people.yaml`, or name a mailbox of the company."
                yield self.at(book, (), what, cure, span=span)
        if has_digits(book, 9):
            for hit, span in hits(book, _phone(), spoken=False):
                if _is_written_as_phone(hit) and _is_mobile(hit.group(), _country(book)):
                    what = "This is the number of a mobile phone."
                    cure = "Put it into `people.yaml`, and name the role here."
                    yield self.at(book, (), what, cure, span=span)


@functools.cache
def _mail() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b[\w.+-]+@(?:{'|'.join(map(re.escape, FREE_MAIL))})\b(?!\.\w)")


@functools.cache
def _phone() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,/:+-])(?:\+|00)?\d[\d ().-]{7,18}\d(?![\w/])")


def _is_written_as_phone(hit: re.Match[str]) -> bool:
    """True with a country's code before it; else only in a line about calling, and not for a round number."""
    if hit.group().startswith(("+", "00")):
        return True
    return not hit.group().endswith("000") and _calling().search(hit.string) is not None


@functools.cache
def _calling() -> re.Pattern[str]:
    return re.compile(r"(?i)\b(?:call|ring|phone|tel|mobile|cell|dzwo|zadzwo|kom|sun[ai]|mobil)")


def _country(book: Book) -> str | None:
    config = book.around.config
    if config is not None and config.region:
        return config.region
    return next((COUNTRIES[one] for one in book.runbook.languages.must if one in COUNTRIES), None)


def _is_mobile(text: str, home: str | None) -> bool:
    """True for a number that can only be a mobile phone's: at home, else wherever such a number exists at all."""
    import phonenumbers

    international = f"+{text[2:]}" if text.startswith("00") else text
    kinds = []
    for country in dict.fromkeys(filter(None, (home, *NATIONAL))):
        try:
            number = phonenumbers.parse(international, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            kinds.append(phonenumbers.number_type(number))
            if country == home:
                break
    return bool(kinds) and all(kind == phonenumbers.PhoneNumberType.MOBILE for kind in kinds)
