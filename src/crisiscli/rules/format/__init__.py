"""Rules about the format: what reading and loading find, and values that other readers take for something else."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.format.ambiguous_scalar import AmbiguousScalar
from crisiscli.rules.format.condition_shape import ConditionShape
from crisiscli.rules.format.duplicate_key import DuplicateKey
from crisiscli.rules.format.duplicate_step import DuplicateStep
from crisiscli.rules.format.file_limit import FileLimit
from crisiscli.rules.format.hidden_character import HiddenCharacter
from crisiscli.rules.format.lost_hashtag import LostHashtag
from crisiscli.rules.format.missing_key import MissingKey
from crisiscli.rules.format.not_a_mapping import NotAMapping
from crisiscli.rules.format.not_utf8 import NotUtf8
from crisiscli.rules.format.sentence_grammar import SentenceGrammar
from crisiscli.rules.format.step_verb import StepVerb
from crisiscli.rules.format.text_shape import TextShape
from crisiscli.rules.format.unknown_key import UnknownKey
from crisiscli.rules.format.version_not_raised import VersionNotRaised
from crisiscli.rules.format.wrong_name import WrongName
from crisiscli.rules.format.wrong_time import WrongTime
from crisiscli.rules.format.wrong_value import WrongValue
from crisiscli.rules.format.yaml_feature import YamlFeature
from crisiscli.rules.format.yaml_syntax import YamlSyntax

RULES: tuple[Rule, ...] = (
    YamlSyntax(),
    NotUtf8(),
    DuplicateKey(),
    YamlFeature(),
    HiddenCharacter(),
    FileLimit(),
    NotAMapping(),
    UnknownKey(),
    MissingKey(),
    WrongValue(),
    StepVerb(),
    TextShape(),
    SentenceGrammar(),
    ConditionShape(),
    WrongTime(),
    WrongName(),
    LostHashtag(),
    DuplicateStep(),
    AmbiguousScalar(),
    VersionNotRaised(),
)
