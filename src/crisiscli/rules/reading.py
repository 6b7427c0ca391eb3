"""The rules that reading and loading a file already applied: here they have their names, codes and examples."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import CODES as SHAPE
from crisiscli.problem import Problem
from crisiscli.rules.base import Book, Rule
from crisiscli.source.findings import CODES as READ


class _Found(Rule):
    """Base of the rules whose Problems the loader brings along."""

    def check(self, book: Book) -> Iterator[Problem]:
        yield from (problem for problem in book.loaded.problems if problem.rule == self.NAME)


class YamlSyntax(_Found):
    """The file is not YAML from some place on.

    Bad:
    ```yaml
    owner: @communications
    ```
    Good:
    ```yaml
    owner: "@communications"
    ```
    """

    NAME = "yaml-syntax"
    CODE = READ[NAME]


class NotUtf8(_Found):
    """The file is not saved as UTF-8. An example cannot be shown: this page is UTF-8.

    Good:
    ```yaml
    owner: Łączność
    ```
    """

    NAME = "not-utf8"
    CODE = READ[NAME]


class DuplicateKey(_Found):
    """A key stands twice in one block.

    Bad:
    ```yaml
    owner: Communications
    owner: Press desk
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "duplicate-key"
    CODE = READ[NAME]


class YamlFeature(_Found):
    """Anchors, aliases, merge keys, tags and second documents are not part of the format.

    Bad:
    ```yaml
    owner: &us Communications
    ```
    Good:
    ```yaml
    owner: "&us Communications"
    ```
    """

    NAME = "yaml-feature"
    CODE = READ[NAME]


class HiddenCharacter(_Found):
    """A character that cannot be seen, or that turns the reading direction around.

    Bad:
    ```yaml
    owner: "Communi\\u202Ecations"
    ```
    Good:
    ```yaml
    owner: "Communications"
    ```
    """

    NAME = "hidden-character"
    CODE = READ[NAME]


class FileLimit(_Found):
    """Too large, too many values, or nested too deep.

    Bad:
    ```yaml
    owner: [[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "file-limit"
    CODE = READ[NAME]


class NotAMapping(_Found):
    """The file is empty, or holds something other than `key: value` lines.

    Bad:
    ```yaml
    - Stop the sending
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "not-a-mapping"
    CODE = READ[NAME]


class UnknownKey(_Found):
    """A key the format does not know at this place.

    Bad:
    ```yaml
    ownr: Communications
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "unknown-key"
    CODE = SHAPE[NAME][0]


class MissingKey(_Found):
    """A key the format cannot do without.

    Bad:
    ```yaml
    reviewed:
      on: 2026-11-20
    ```
    Good:
    ```yaml
    reviewed:
      on: 2026-11-20
      by: ann
    ```
    """

    NAME = "missing-key"
    CODE = SHAPE[NAME][0]


class WrongValue(_Found):
    """A value of the wrong kind, or none of the words allowed.

    Bad:
    ```yaml
    version: "7"
    ```
    Good:
    ```yaml
    version: 7
    ```
    """

    NAME = "wrong-value"
    CODE = SHAPE[NAME][0]


class StepVerb(_Found):
    """A step without a verb, or with two.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            doo: Stop the sending.
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            do: Stop the sending.
    ```
    """

    NAME = "step-verb"
    CODE = SHAPE[NAME][0]


class TextShape(_Found):
    """A text that is no list of labelled sentences.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - We are looking into it.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - checking: We are looking into it.
    ```
    """

    NAME = "text-shape"
    CODE = SHAPE[NAME][0]


class SentenceGrammar(_Found):
    """Braces in a sentence that are neither `{{ fact }}` nor `{{ fact | filter("text") }}`.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - next_update: More {% if soon %}soon{% endif %}.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - next_update: More at {{ next_update }}.
    ```
    """

    NAME = "sentence-grammar"
    CODE = SHAPE[NAME][0]


class ConditionShape(_Found):
    """A condition nobody can evaluate.

    Bad:
    ```yaml
    elements:
      reassurance:
        needs: {fact: is_attack, equals: no}
    ```
    Good:
    ```yaml
    elements:
      checking:
        needs: {fact: is_attack, is: no}
    ```
    """

    NAME = "condition-shape"
    CODE = SHAPE[NAME][0]


class WrongTime(_Found):
    """A duration, a time from T0 or a day that cannot be read.

    Bad:
    ```yaml
    targets:
      first_word: 15 minutes
    ```
    Good:
    ```yaml
    targets:
      first_word: 15m
    ```
    """

    NAME = "wrong-time"
    CODE = SHAPE[NAME][0]


class WrongName(_Found):
    """A fixed name that other parts of the file, or a typed command, could not point at.

    Bad:
    ```yaml
    id: Outage 2026
    ```
    Good:
    ```yaml
    id: outage-2026
    ```
    """

    NAME = "wrong-name"
    CODE = SHAPE[NAME][0]


class LostHashtag(_Found):
    """Unquoted words that YAML cuts at a `#`.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - checking: We are looking into it #outage
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - checking: "We are looking into it #outage"
    ```
    """

    NAME = "lost-hashtag"
    CODE = SHAPE[NAME][0]


class DuplicateStep(_Found):
    """Two steps with one id.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            do: Stop the sending.
          - id: stop
            do: Save the words.
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            do: Stop the sending.
          - id: save
            do: Save the words.
    ```
    """

    NAME = "duplicate-step"
    CODE = SHAPE[NAME][0]


READING: tuple[Rule, ...] = (
    YamlSyntax(), NotUtf8(), DuplicateKey(), YamlFeature(), HiddenCharacter(), FileLimit(), NotAMapping(),
    UnknownKey(), MissingKey(), WrongValue(), StepVerb(), TextShape(), SentenceGrammar(), ConditionShape(),
    WrongTime(), WrongName(), LostHashtag(), DuplicateStep(),
)  # fmt: skip
