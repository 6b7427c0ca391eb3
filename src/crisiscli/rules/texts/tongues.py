"""Which of Polish, Romanian and English a text is in, by its commonest words and its letters."""

from __future__ import annotations

import functools
import re

from crisiscli.speech import plain, stems

COMMON = {
    "pl": "nie się sie jest że na są przez przy dla od już oraz czy tym tej ich nas nam który które będzie może"
    " jeszcze wiemy prosimy można tylko wszystkie ze bez jak z w tego też pod aby gdy teraz nasze naszej",
    "ro": "și si de la nu este sunt să cu pe din în că ce pentru mai sau dar vă va ne despre dacă acest această când"
    " fost până către noastre noastră dumneavoastră prin după încă puteți aici toate știm",
    "en": "the and of is you your our it that this with for from have has will not was if they there what which who"
    " when please about all we can been where their does any",
}
"""Words that stand in nearly every text of a language and in none of the other two."""
LETTERS = {"pl": frozenset("ąęłńśźż"), "ro": frozenset("ăâîșțşţ")}
"""Letters that only one of them has."""
NAMES = {"pl": "Polish", "ro": "Romanian", "en": "English"}
ENOUGH_WORDS = 8
"""Shorter texts are not judged: a name or two would decide."""
ENOUGH_SIGNS = 4
FEWEST = 3
"""So many different common words are in any text that is long enough to be judged."""
MARGIN = 4
"""Another language wins with so many times the signs of the declared one."""


@functools.cache
def _words() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    return re.compile(r"[^\W\d_]+"), {language: frozenset(words.split()) for language, words in COMMON.items()}


@functools.cache
def _stems() -> dict[str, frozenset[str]]:
    return {language: stems(plain(words)) for language, words in COMMON.items()}


def may_hold_another(known: frozenset[str], language: str) -> bool:
    """Whether all that is said in a language, by its stems, has words enough of another for one text in that."""
    declared = language[:2]
    others = (common for other, common in _stems().items() if other != declared)
    return declared in COMMON and any(len(known & common) >= FEWEST for common in others)


def spoken_instead(text: str, language: str) -> str:
    """The language that clearly wins over the declared one; "" when none does, or the declared one is not known."""
    pattern, common = _words()
    declared = language[:2]
    words = pattern.findall(text.lower())
    if declared not in common or len(words) < ENOUGH_WORDS:
        return ""
    own = _signs(words, declared, common[declared])
    if own * MARGIN > len(words):
        return ""
    signs = {one: own if one == declared else _signs(words, one, known) for one, known in common.items()}
    best = max(signs, key=lambda one: signs[one])
    clear = signs[best] >= ENOUGH_SIGNS and signs[best] >= MARGIN * signs[declared] and signs[best] * 6 >= len(words)
    return best if best != declared and clear else ""


def _signs(words: list[str], language: str, known: frozenset[str]) -> int:
    letters = LETTERS.get(language, frozenset())
    return sum(word in known or not letters.isdisjoint(word) for word in words)
