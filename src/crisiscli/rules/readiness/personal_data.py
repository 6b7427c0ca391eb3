"""Numbers that belong to one person: identity numbers, cards, accounts."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from datetime import date

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.digging import has_digits, hits


class PersonalData(Rule):
    """An identity number (PESEL, CNP), a card number or an account number (IBAN) stands in the file.

    Only numbers whose check digits are right are told, so a made-up example is left alone. A runbook lies in git and
    goes to many people; a customer's case belongs in the system that keeps it.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: stop
            by: T+2m
            role: it
            do: Stop the sending to the customer with PESEL 44051401359 first.
            answer: What stands still now
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: stop
            by: T+2m
            role: it
            do: Stop the sending to the customer who complained first.
            answer: What stands still now
    ```
    """

    NAME = "personal-data"
    CODE = "H913"
    EFFECT = "A person's number goes to everybody who gets the runbook, and stays in its history."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        if not has_digits(book, 11):
            return
        for hit, span in hits(book, _pattern()):
            digits = re.sub(r"[ -]", "", hit.group())
            kind = next((name for name, right in KINDS.items() if right(digits)), None)
            if kind is not None:
                cure = "Take it out, and say where the case lies instead, like: the case in the claims list."
                yield self.at(book, (), f"This is {kind}: its check digits are right.", cure, span=span)


@functools.cache
def _pattern() -> re.Pattern[str]:
    iban = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
    card = r"(?<![\d+.,-])\d{4}(?:[ -]?\d{4}){2}[ -]?\d{4}(?!\d)|(?<![\d+.,-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?!\d)"
    return re.compile(rf"{iban}|{card}|(?<![\d+.,-])\d{{11}}(?:\d\d)?(?![\d.,-]\d|\d)")


def _day(year: int, month: int, of_month: int) -> bool:
    try:
        return bool(date(year, month, of_month))
    except ValueError:
        return False


def _pesel(text: str) -> bool:
    """Its weights are 1 3 7 9, the century stands in the month, and the eleven products add up to a full ten."""
    if not re.fullmatch(r"\d{11}", text):
        return False
    century, month = divmod(int(text[2:4]), 20)
    year = (1900, 2000, 2100, 2200, 1800)[century] + int(text[:2])
    total = sum(int(digit) * weight for digit, weight in zip(text, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), strict=True))
    return _day(year, month, int(text[4:6])) and total % 10 == 0


def _cnp(text: str) -> bool:
    """Its weights are 279146358279; what a division by 11 leaves is the last digit, and ten counts as one."""
    if not re.fullmatch(r"[1-9]\d{12}", text):
        return False
    century = {"3": 1800, "4": 1800, "5": 2000, "6": 2000}.get(text[0], 1900)
    left = sum(int(digit) * int(weight) for digit, weight in zip(text, "279146358279", strict=False)) % 11
    born = _day(century + int(text[1:3]), int(text[3:5]), int(text[5:7]))
    return born and int(text[12]) == (1 if left == 10 else left)


def _card(text: str) -> bool:
    """ISO/IEC 7812: the Luhn sum, and the first digits of Visa, Mastercard and American Express."""
    if not re.fullmatch(r"4\d{15}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}", text):
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(text))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0 and len(set(text)) > 1


def _iban(text: str) -> bool:
    """ISO 13616: the number, its first four signs at the end, letters as 10 to 35, leaves 1 when divided by 97."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


KINDS: dict[str, Callable[[str], bool]] = {
    "a PESEL": _pesel,
    "a CNP": _cnp,
    "a card number": _card,
    "an account number (IBAN)": _iban,
}
