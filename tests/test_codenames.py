"""Code names: words that survive a bad line, a tired hand and three languages."""

from __future__ import annotations

import itertools
import random

import pytest

from crisiscli.walk.codenames import FALLBACK, SHAPE, WORDS, code_name, code_words, languages

LANGUAGES = [path.stem for path in languages()]
LISTS = [
    pytest.param(words, id=f"{language}-{part}")
    for language in LANGUAGES
    for part, words in zip(("first", "second"), code_words(language), strict=True)
]
UNFORTUNATE = {
    "anal", "arse", "ass", "boob", "bomb", "butt", "cock", "coon", "crap", "cum", "damn", "dead", "demn", "dick", "die",
    "donkey", "dyke", "fag", "fat", "gay", "gun", "hell", "jackal", "jap", "kill", "lame", "leak", "liar", "mad",
    "mors", "nazi", "paki", "piss", "plop", "poof", "prick", "rat", "sad", "sex", "shag", "shit", "slut", "snake",
    "panic", "spic", "tit", "toad", "turd", "vulture", "war", "wang", "weasel",
    "burdel", "chuj", "cipa", "ciota", "cwel", "dudek", "dupa", "gil", "gnida", "jeb", "kaczor", "kogut", "kret",
    "kupa", "kurwa", "leming", "leszcz", "osiol", "pala", "pedal", "pies", "pizda", "ptak", "suka", "szczur", "trup",
    "bou", "coi", "curva", "fraier", "fund", "gaozar", "magar", "maimuta", "mort", "muie", "pula", "prost", "rahat",
    "sclav", "sobolan", "tampit", "tap", "urat", "vaca",
}  # fmt: skip
"""Words that a person in London, Warsaw or Bucharest would not want to say to the press."""
STEMS = ("cur", "fuck", "jeb", "kurw", "muie", "nazi", "nigg", "pizd", "pul", "rape", "sex", "shit")
"""What no word may begin with."""
OURS = {"live", "drill", "yes", "no", "all", "none", "back", "later", "unknown"}
"""Words that mean something else where a code name is typed or said."""


def distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != wanted))
    return row[-1]


def test_the_distance_counts_letters() -> None:
    assert [distance(*pair) for pair in (("moose", "goose"), ("cerb", "corb"), ("", "owl"), ("kangur", "kondor"))] == [
        1, 1, 3, 3,
    ]  # fmt: skip


def test_there_are_lists_for_the_languages_of_the_shipped_runbooks() -> None:
    assert set(LANGUAGES) == {"en", "pl", "ro"}


@pytest.mark.parametrize("words", LISTS)
def test_there_are_enough_words_and_each_once(words: tuple[str, ...]) -> None:
    assert len(words) >= 64
    assert len(set(words)) == len(words)
    assert list(words) == sorted(words)


@pytest.mark.parametrize("words", LISTS)
def test_every_word_is_short_and_plain(words: tuple[str, ...]) -> None:
    for word in words:
        assert word.isascii()
        assert word.isalpha()
        assert word == word.lower()
        assert 3 <= len(word) <= 8, word


@pytest.mark.parametrize("words", LISTS)
def test_no_two_words_are_one_letter_apart(words: tuple[str, ...]) -> None:
    assert [pair for pair in itertools.combinations(words, 2) if distance(*pair) < 2] == []


@pytest.mark.parametrize("words", LISTS)
def test_no_word_is_unfortunate_in_any_of_the_languages(words: tuple[str, ...]) -> None:
    assert set(words) & (UNFORTUNATE | OURS) == set()
    assert [word for word in words if word.startswith(STEMS)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_can_be_typed_as_a_code_name(language: str) -> None:
    first, second = code_words(language)
    names = {f"{one}-{other}" for one, other in itertools.product(first, second)}
    assert len(names) >= 64 * 64
    assert all(SHAPE.match(name) for name in names)
    assert max(map(len, names)) <= 17, max(names, key=len)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_seeded_pick_makes_the_same_name_again(language: str) -> None:
    names = [code_name(set(), language, random.Random(7).choice) for _ in range(2)]
    assert names[0] == names[1]
    first, second = names[0].split("-")
    assert first in code_words(language).first
    assert second in code_words(language).second


def test_a_region_or_an_unknown_language_has_words_too() -> None:
    assert code_words("pl-PL") == code_words("pl") == code_words("PL_pl")
    for strange in ("de", "", "../../secret", "xx"):
        assert code_words(strange) == code_words(FALLBACK)


def test_a_taken_name_is_not_given_again() -> None:
    first, second = code_words("pl")
    free = f"{first[3]}-{second[5]}"
    taken = {f"{one}-{other}" for one, other in itertools.product(first, second)} - {free}
    choices = iter([first[0], second[0], first[3], second[5]])
    assert code_name(taken, "pl", lambda _: next(choices)) == free


def test_when_every_name_is_taken_a_number_tells_them_apart() -> None:
    one = code_name((), "ro", lambda words: words[0])
    two = code_name({one}, "ro", lambda words: words[0])
    three = code_name({one, two}, "ro", lambda words: words[0])
    assert (two, three) == (f"{one}-2", f"{one}-3")
    assert SHAPE.match(three)


def test_without_a_language_it_is_english() -> None:
    name = code_name(set())
    assert name.split("-")[0] in code_words(FALLBACK).first


def test_the_lists_are_data_beside_the_module() -> None:
    assert WORDS.is_dir()
    assert all(path.read_bytes().isascii() for path in languages())
