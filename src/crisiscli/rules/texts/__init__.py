"""Rules about the words themselves, whatever they say."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.texts.edited_alone import EditedAlone
from crisiscli.rules.texts.homoglyph import Homoglyph
from crisiscli.rules.texts.labels_differ import LabelsDiffer
from crisiscli.rules.texts.language_missing import LanguageMissing
from crisiscli.rules.texts.placeholder_left import PlaceholderLeft
from crisiscli.rules.texts.raw_markup import RawMarkup
from crisiscli.rules.texts.shouting import Shouting
from crisiscli.rules.texts.smart_character import SmartCharacter
from crisiscli.rules.texts.translation_owed import TranslationOwed
from crisiscli.rules.texts.unbacked_sentence import UnbackedSentence
from crisiscli.rules.texts.wrong_language import WrongLanguage

RULES: tuple[Rule, ...] = (
    LanguageMissing(),
    LabelsDiffer(),
    TranslationOwed(),
    EditedAlone(),
    Homoglyph(),
    WrongLanguage(),
    PlaceholderLeft(),
    RawMarkup(),
    Shouting(),
    SmartCharacter(),
    UnbackedSentence(),
)
