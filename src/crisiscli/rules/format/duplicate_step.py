"""Two steps with one id."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class DuplicateStep(Found):
    """Two steps with one id.

    A step is named by its id: in the record, on the phone, in `when: {decided: ...}`. Two steps with one id cannot be
    told apart, so answering one would tick the other.

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
    CODE = CODES[NAME][0]
    EFFECT = EFFECTS[NAME]
