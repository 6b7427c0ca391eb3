"""The rules that loading a runbook already applied: keys, values, steps, texts, conditions, times and names."""

from __future__ import annotations

from crisiscli.loader.findings import CODES as SHAPE
from crisiscli.rules.base import Rule
from crisiscli.rules.reading import Found


class UnknownKey(Found):
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


class MissingKey(Found):
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


class WrongValue(Found):
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


class StepVerb(Found):
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


class TextShape(Found):
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


class SentenceGrammar(Found):
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


class ConditionShape(Found):
    """A condition nobody can evaluate.

    Bad:
    ```yaml
    elements:
      checking:
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


class WrongTime(Found):
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


class WrongName(Found):
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


class LostHashtag(Found):
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


class DuplicateStep(Found):
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


SHAPING: tuple[Rule, ...] = (
    UnknownKey(), MissingKey(), WrongValue(), StepVerb(), TextShape(), SentenceGrammar(), ConditionShape(),
    WrongTime(), WrongName(), LostHashtag(), DuplicateStep(),
)  # fmt: skip
