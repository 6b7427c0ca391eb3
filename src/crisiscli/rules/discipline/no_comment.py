"""Saying that we say nothing."""

from __future__ import annotations

from crisiscli.rules.book import Saying
from crisiscli.rules.discipline.own_words import OwnWords


class NoComment(OwnWords):
    """A text says that we say nothing: "no comment", "we will not answer questions".

    It reads as a confession, and somebody else tells the story. There is always something to say: what is known, what
    is being done, when we speak next. The wordings are in the list `no_comment`.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - known: The app does not open for many of you.
              - checking: We do not know the cause yet, and we do not comment on rumours.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website and by phone.
          spoken:
            en:
              - empathy: Our app does not open, and we are sorry.
              - checking: We do not know the cause yet.
              - next_update: More here at {{ next_update }}.
              - verify: The same words stand on our website.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - known: The app does not open for many of you.
              - checking: We do not know the cause yet, and we will not guess.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website and by phone.
          spoken:
            en:
              - empathy: Our app does not open, and we are sorry.
              - checking: We do not know the cause yet.
              - next_update: More here at {{ next_update }}.
              - verify: The same words stand on our website.
    ```
    """

    NAME = "no-comment"
    CODE = "D622"
    LEVEL = "warning"
    EFFECT = "Silence that announces itself is read as guilt, and others fill it."
    LIST = "no_comment"
    CURE = 'Say what you can, and when you speak next: "We are looking into it. More here at 20:30."'

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` says that we say nothing."
