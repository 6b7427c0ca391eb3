"""A step without a verb, or with two."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


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
    CODE = CODES[NAME][0]
