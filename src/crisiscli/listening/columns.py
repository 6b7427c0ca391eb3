"""Which column of an export means what, whatever the tool and its language call it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

PARTS = ("positive", "neutral", "negative")
SUMS = ("mentions", "publications", "reactions")
"""Counts that are added up over a window."""
LAST = ("login_success", "calls_waiting")
"""Numbers whose last value stands for a window."""

_STEMS = {"posit": "positive", "pozyt": "positive", "pozit": "positive", "neut": "neutral", "negat": "negative"}
_BESIDE = frozenset(
    {
        "mentions",
        "mention",
        "sentiment",
        "posts",
        "count",
        "results",
        "wzmianki",
        "sentyment",
        "mentiuni",
        "number",
        "of",
    }
)
_NAMES: dict[str, tuple[str, ...]] = {
    "date": (
        "date", "datetime", "date time", "published", "published at", "published date", "publish date", "published on",
        "publication date", "created", "created at", "created time", "createdtime", "created date", "created on",
        "timestamp", "posted", "post date", "posted at", "day", "period", "interval", "date and time",
        "alternate date format", "data", "data publikacji", "data i godzina", "data wpisu", "data utworzenia",
        "data dodania", "dzien", "data publicarii", "data si ora", "data postarii", "zi", "ziua",
    ),
    "time": ("time", "hrs", "hour", "hours", "godzina", "godz", "czas", "ora"),
    "sentiment": (
        "sentiment", "sentiment label", "sentiment name", "sentiment type", "overall sentiment", "message sentiment",
        "tone", "tonality", "polarity", "sentyment", "wydzwiek", "nacechowanie", "ton", "tonalitate", "tonalitatea",
    ),
    "mentions": (
        "mentions", "total mentions", "number of mentions", "mentions count", "volume", "total", "results", "wzmianki",
        "liczba wzmianek", "wszystkie", "mentiuni", "numar mentiuni", "numar de mentiuni",
    ),
    "publications": ("publications", "articles", "publikacje", "liczba publikacji", "articole", "publicatii"),
    "reactions": ("reactions", "reakcje", "liczba reakcji", "reactii", "numar reactii"),
    "questions": (
        "questions", "users posts", "user posts", "posts by users", "incoming", "incoming messages", "pytania",
        "posty uzytkownikow", "wiadomosci przychodzace", "intrebari", "mesaje primite",
    ),
    "answered": ("answered", "replies", "answers", "answered posts", "posts with reaction", "odpowiedzi", "raspunsuri"),
    "replies_answered": (
        "response rate", "reply rate", "answer rate", "with reaction", "answered share", "replies answered",
        "wskaznik odpowiedzi", "odsetek odpowiedzi", "rata de raspuns",
    ),
    "reply_time": (
        "response time", "reply time", "first response time", "first reply time", "average response time",
        "avg response time", "mean response time", "median response time", "median reply time", "reaction time",
        "median of reaction time", "time to first response", "czas odpowiedzi", "sredni czas odpowiedzi",
        "mediana czasu odpowiedzi", "czas reakcji", "timp de raspuns", "timp mediu de raspuns",
    ),
    "login_success": ("login success", "log in success"),
    "calls_waiting": ("calls waiting", "calls in queue", "apel in asteptare", "oczekujace polaczenia"),
}  # fmt: skip
_MEANING = {name: meaning for meaning, names in _NAMES.items() for name in names}
_UNITS = {
    "s": "s", "sec": "s", "seconds": "s", "sek": "s", "sekundy": "s", "secunde": "s",
    "m": "m", "min": "m", "mins": "m", "minutes": "m", "minuty": "m", "minute": "m",
    "h": "h", "hours": "h", "godz": "h", "godziny": "h", "ore": "h",
}  # fmt: skip


class Columns(NamedTuple):
    """What stands where: meaning to index from 0, how many columns there are, and what the header adds."""

    at: dict[str, int]
    width: int
    utc: bool = False
    """The header says that the times are UTC."""
    unit: str = ""
    """The unit of a bare response time: s, m or h."""

    @property
    def kind(self) -> str:
        """`rows` of one mention each, `counts` that are added up, or "" for a line that is no header."""
        if "sentiment" in self.at:
            return "rows"
        if any(part in self.at for part in PARTS):
            return "counts"
        numbers = {*SUMS, *LAST, "replies_answered", "reply_time"} & set(self.at)
        shared = {"questions", "answered"} <= set(self.at)
        return "counts" if "date" in self.at and (numbers or shared) else ""


def columns(header: Sequence[str]) -> Columns:
    """What the names of a header mean. Of two columns with one meaning the first counts."""
    at: dict[str, int] = {}
    utc, unit = False, ""
    for index, name in enumerate(header):
        plain, beside = _plain(name)
        meaning = _meaning(plain, name)
        if not meaning or meaning in at:
            continue
        at[meaning] = index
        if meaning in ("date", "time") and {"utc", "gmt"} & set(beside.split()):
            utc = True
        if meaning == "reply_time":
            unit = next((_UNITS[word] for word in beside.split() if word in _UNITS), "")
    if "date" not in at and "time" in at:
        at["date"] = at.pop("time")
    return Columns(at, len(header), utc, unit)


def _meaning(plain: str, name: str) -> str:
    if plain in _MEANING:
        return _MEANING[plain]
    words = plain.split()
    found = {meaning for word in words for stem, meaning in _STEMS.items() if word.startswith(stem)}
    rest = [word for word in words if not any(word.startswith(stem) for stem in _STEMS) and word not in _BESIDE]
    return found.pop() if len(found) == 1 and not rest and "%" not in name else ""


def _plain(name: str) -> tuple[str, str]:
    """A name without accents, case, signs and what stands in brackets; and what its brackets or last words say."""
    folded = folded_word(name)
    beside = " ".join(re.findall(r"[(\[]([^)\]]*)[)\]]", folded))
    bare = re.sub(r"[(\[][^)\]]*[)\]]", " ", folded)
    words = re.sub(r"[^a-z0-9]+", " ", bare).split()
    while len(words) > 1 and words[-1] in ("utc", "gmt"):
        beside += f" {words.pop()}"
    return " ".join(words), re.sub(r"[^a-z0-9]+", " ", beside)


def folded_word(word: str) -> str:
    """A word in lower case without accents: `Wydźwięk` and `wydzwiek` are the same."""
    flat = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return "".join(character for character in flat if not unicodedata.combining(character)).strip().strip("\ufeff")
