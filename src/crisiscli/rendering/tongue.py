"""Values as the public reads them: numbers, times, plurals, lists by the rules of a language (CLDR, through Babel)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING

from crisiscli.rendering.wording import called
from crisiscli.runbook import Fact

if TYPE_CHECKING:
    from babel import Locale

    from crisiscli.facts import Service, Value

_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_COUNTED = (*range(201), 1_000, 1_000_000)
"""Enough whole numbers to meet every plural form a language uses for them."""
_YES_NO = {
    "en": ("yes", "no"), "pl": ("tak", "nie"), "ro": ("da", "nu"), "de": ("ja", "nein"), "fr": ("oui", "non"),
    "es": ("sí", "no"), "it": ("sì", "no"), "uk": ("так", "ні"), "cs": ("ano", "ne"),
}  # fmt: skip
_PATTERN = re.compile(r"(?:[HhKkmsaEdMLy]{1,4}|[ .,:/–-]|'[^']*')+")
NAMED = ("short", "long")
_BRACED = re.compile(r"\{([^{}]*)\}")


class NothingToSay(Exception):
    """The value is known, and there is nothing in it to speak of: no service is down."""


class Tongue:
    """How one language shows values. Raises ValueError for a language without rules, a bad pattern or value."""

    def __init__(self, language: str, zone: tzinfo) -> None:
        self.language = language
        self.zone = zone

    @functools.cached_property
    def locale(self) -> Locale:
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(self.language, sep="-")
        except (UnknownLocaleError, ValueError):
            raise ValueError(f"there are no rules for numbers and dates in {self.language}") from None

    def default(self, fact: Fact, value: Value) -> str:
        """The value without a filter: time HH:mm, count and percent by language, services the affected names."""
        if fact.type == "choice":
            return fact.options.get(str(value), str(value))
        return _DEFAULTS[fact.type](self, value)

    def count(self, value: Value) -> str:
        """A whole number with the language's grouping."""
        from babel.numbers import format_decimal

        return _plain_blanks(format_decimal(_integer(value), locale=self.locale))

    def plural(self, value: Value, forms: Sequence[str]) -> str:
        """The number and the form of the noun it wants: `3 osoby`.

        `forms` go by the language's plural categories in CLDR order (one, few, many, other), as far as whole
        numbers use them; the last form stands for all that follow.
        """
        used = _used_categories(self.locale)
        index = used.index(str(self.locale.plural_form(_integer(value))))
        return f"{self.count(value)} {forms[min(index, len(forms) - 1)]}"

    def percent(self, value: Value) -> str:
        """A percentage with its sign: `60,5%`."""
        from babel.numbers import format_percent

        share = Decimal(str(_scalar(value))) / 100
        return _plain_blanks(format_percent(share, locale=self.locale, decimal_quantization=False))

    def time(self, value: Value, pattern: str) -> str:
        """A time of day in the company's zone. `long` adds the day and month; else a CLDR pattern: `HH:mm`."""
        from babel.dates import format_datetime, format_time

        at = self._moment(value)
        if pattern == "short":
            return _plain_blanks(format_time(at, "short", tzinfo=self.zone, locale=self.locale))
        wanted = "d MMMM, HH:mm" if pattern == "long" else _checked(pattern)
        return _plain_blanks(format_datetime(at, wanted, tzinfo=self.zone, locale=self.locale))

    def date(self, value: Value, pattern: str) -> str:
        """A day in the company's zone: `short`, `long`, or a CLDR pattern."""
        from babel.dates import format_date

        wanted = pattern if pattern in NAMED else _checked(pattern)
        return _plain_blanks(format_date(self._moment(value).date(), wanted, locale=self.locale))

    def duration(self, value: Value, length: str) -> str:
        """Seconds as days, hours, minutes: `1 godzina 30 minut`."""
        from babel.units import format_unit

        words: list[str] = []
        rest = _integer(value)
        for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
            count, rest = divmod(rest, size)
            if count or (name == "second" and not words):
                words.append(
                    format_unit(
                        count, f"duration-{name}", length="short" if length == "short" else "long", locale=self.locale
                    )
                )
        return _plain_blanks(" ".join(words))

    def names(self, value: Value, states: Sequence[str]) -> str:
        """The services in these states, joined the language's way. Raises NothingToSay when there is none."""
        from babel.lists import format_list

        found = [self._called(service["service"]) for service in _services(value) if service["state"] in states]
        if not found:
            raise NothingToSay(f"no service is {' or '.join(states)}")
        return format_list(found, locale=self.locale)

    def beside(self, value: Value, key: str, pattern: str = "") -> str:
        """What each affected service has under `key`: `karty: gotówka; aplikacja: oddział`.

        `pattern` says it in words of the sentence: `for {service} use {alternative}`. Raises NothingToSay when no
        affected service has it.
        """
        wanted = pattern or f"{{service}}: {{{key}}}"
        found = [
            _filled(wanted, self._beside(service))
            for service in _services(value)
            if service["state"] != "works" and service.get(key)
        ]
        if not found:
            raise NothingToSay(f"no affected service has an {key}")
        return "; ".join(found)

    def _beside(self, service: Service) -> dict[str, str]:
        return {
            "service": self._called(service["service"]),
            "alternative": self._called(service.get("alternative", "")),
            "eta": self.time(service["eta"], "HH:mm") if service.get("eta") else "",
        }

    def _called(self, name: str) -> str:
        return called(name, self.language)

    def yes_no(self, value: Value) -> str:
        """Yes or no in the language."""
        words = _YES_NO.get(self.language.split("-", maxsplit=1)[0])
        if words is None:
            raise ValueError(f"there is no word for {value} in {self.language}")
        return words[0] if value == "yes" else words[1]

    def _moment(self, value: Value) -> datetime:
        at = datetime.fromisoformat(str(_scalar(value)))
        if at.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return at.astimezone(self.zone)


@functools.cache
def _used_categories(locale: Locale) -> tuple[str, ...]:
    used = {str(locale.plural_form(number)) for number in _COUNTED}
    return tuple(category for category in _CATEGORIES if category in used)


def check_pattern(pattern: str) -> str:
    """What is wrong with a time or date pattern; empty when nothing is."""
    if pattern in NAMED or _PATTERN.fullmatch(pattern):
        return ""
    return f"{pattern!r} is no pattern for a time; write one like HH:mm or d MMMM"


def check_beside(key: str) -> Callable[[str], str]:
    """What is wrong with a pattern for what stands beside a service: it holds `{service}` and the key, no other."""

    def check(pattern: str) -> str:
        names = _BRACED.findall(pattern)
        if sorted(names) == sorted(("service", key)) and not set("{}") & set(_BRACED.sub("", pattern)):
            return ""
        return f"{pattern!r} is no pattern; write one like for {{service}} use {{{key}}}"

    return check


def _filled(pattern: str, words: dict[str, str]) -> str:
    # One pass: a value that holds braces itself stays as it was typed.
    return _BRACED.sub(lambda name: words.get(name[1], name[0]), pattern)


def _checked(pattern: str) -> str:
    wrong = check_pattern(pattern)
    if wrong:
        raise ValueError(wrong)
    return pattern


def _plain_blanks(text: str) -> str:
    # One no-break blank turns an SMS of 160 characters into one of 70, and nobody can see it in a pasted text.
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _scalar(value: Value) -> str | int:
    if isinstance(value, list):
        raise ValueError("it is a list of services")
    return value


_DEFAULTS: dict[str, Callable[[Tongue, Value], str]] = {
    "yes_no": Tongue.yes_no,
    "text": lambda tongue, value: str(value),
    "count": Tongue.count,
    "percent": Tongue.percent,
    "time": lambda tongue, value: tongue.time(value, "HH:mm"),
    "duration": lambda tongue, value: tongue.duration(value, "long"),
    "services": lambda tongue, value: tongue.names(value, ("slow", "down")),
}


def _integer(value: Value) -> int:
    return int(_scalar(value))


def _services(value: Value) -> list[Service]:
    if not isinstance(value, list):
        raise ValueError("it is not a list of services")
    return value
