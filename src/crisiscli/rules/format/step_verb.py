"""A step without a verb, or with two."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class StepVerb(Found):
    """A step without a verb, or with two.

    A step does one thing, and its verb says which: `do`, `ask`, `decide`, `call`, `send`, `wait`, `watch`, `switch`.
    Without a verb nobody knows what to do; with two, one would be forgotten.

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
    CODE = CODES[NAME][0]
    EFFECT = EFFECTS[NAME]
