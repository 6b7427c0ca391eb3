"""Making it small."""

from __future__ import annotations

from crisiscli.rules.book import Saying
from crisiscli.rules.discipline.own_words import OwnWords


class Minimising(OwnWords):
    """A text makes the trouble small: "a minor glitch", "only a few customers", "only a test".

    For whoever stands at the till it is not minor. How large it is, a confirmed number says better. The wordings are
    in the list `minimising`.

    Bad:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - still: The app still does not open because of a minor glitch.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - apology: We apologise for the long wait.
              - next_update: More at {{ next_update }}.
          spoken:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - still: The app still does not open, and we know what that means on pay day.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - apology: We apologise for the long wait.
              - next_update: More at {{ next_update }}.
          spoken:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    """

    NAME = "minimising"
    CODE = "D621"
    LEVEL = "warning"
    EFFECT = "Those whom it hit answer in public how large it was for them."
    LIST = "minimising"
    CURE = 'Say what it means for people, or the confirmed number: "About 4 700 customers cannot pay."'

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` makes it smaller than it is for those it hit."
