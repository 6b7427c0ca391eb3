"""Vocabulary: what a text must say at each stage, and the labels that count for it in every language."""

from __future__ import annotations

import functools
from typing import NamedTuple


class Content(NamedTuple):
    """Something that has to be said. `says` ends the sentence "The text does not say ...".

    `labels` are the labels that count for it. `now_and_then` is True where one sentence that is said in some cases is
    enough, because in the others there is nothing to offer. `not_press` is True for what journalists do not need.
    """

    name: str
    says: str
    labels: frozenset[str]
    example: str
    now_and_then: bool = False
    not_press: bool = False


def _content(
    name: str, says: str, labels: str, example: str, *, now_and_then: bool = False, not_press: bool = False
) -> Content:
    return Content(name, says, frozenset(labels.split()), example, now_and_then, not_press)


_APOLOGY = "apology sorry apologies ownership"
_CHECKING = "checking not_known unknown cause_open checking_attack checking_money what_open"
_CAUSE = "cause cause_open cause_quiet our_mistake supplier technical attack checking_attack why not_known checking"
_URGENT = "urgent urgent_phone urgent_branch"
_VERIFY = f"verify where stay contact help official questions hand_off {_URGENT}"
_INSTEAD = f"instead alternatives alternative workaround works payments_work harm_payments help {_URGENT}"
_NEXT = "next_update next_word next_brief next_news"

NEXT = _content(
    "next_update", "when the next word comes", _NEXT, "next_update: You will hear more here at {{ next_update }}."
)
ALTERNATIVES = _content(
    "alternatives",
    "what people can use instead",
    _INSTEAD,
    "instead: Your card works in shops, and cash machines work.",
    now_and_then=True,
)
VERIFY = _content(
    "where",
    "where people find or check the official word",
    _VERIFY,
    "verify: To make sure that it is us, call the number on your card.",
    not_press=True,
)

VOCABULARY: dict[str, tuple[Content, ...]] = {
    "brief": (
        _content(
            "what",
            "what happened",
            "what what_happened known noticed aware what_fails what_was_sent",
            "what: Our app does not work.",
        ),
        _content(
            "say",
            "what to say to people who ask",
            "say say_this answer",
            "say: Say that we know of it and are looking into it.",
        ),
        _content(
            "never",
            "what never to say or to ask for",
            "never never_say never_ask do_not_say do_not_ask",
            "never: Never guess, and never ask for a code or a card number.",
        ),
        NEXT,
    ),
    "holding": (
        _content(
            "empathy",
            "that we see what it means for people",
            f"empathy concern care harm fear {_APOLOGY}",
            "empathy: We know that this is worrying.",
        ),
        _content(
            "known",
            "what we know",
            "known noticed aware what what_happened what_was_sent what_fails empathy about since",
            "known: The app does not open for many of you.",
        ),
        _content(
            "checking",
            "what we do not know yet, or are looking into",
            f"working repair {_CHECKING}",
            "checking: We do not know the cause yet. We are looking into it.",
        ),
        NEXT,
        VERIFY,
    ),
    "explanation": (
        _content(
            "apology",
            "that we are sorry and answer for it",
            _APOLOGY,
            "apology: This is our mistake, and we apologise.",
        ),
        _content(
            "cause",
            "the cause, or that we do not know it yet",
            _CAUSE,
            "cause_open: We do not know yet how it happened.",
        ),
        _content(
            "harm",
            "what it did to people",
            "harm harm_login harm_payments effect impact costs",
            "harm: You could not pay or see your account.",
        ),
        _content(
            "what_to_do",
            "what people should do, or that they need do nothing",
            f"what_to_do to_do steps advice protect nothing_to_do do_not_tap do_not_repeat plea {_INSTEAD}",
            "what_to_do: If a payment failed, call the number on your card.",
            now_and_then=True,
            not_press=True,
        ),
        VERIFY,
        NEXT,
    ),
    "status": (
        _content(
            "state",
            "where the repair stands",
            "still repair partly state status working news progress back",
            "still: The app still does not open.",
        ),
        _content(
            "eta",
            "by when it will work, or that we cannot say yet",
            "eta eta_services eta_open no_eta eta_unknown",
            "eta_open: We do not know yet when it will work.",
        ),
        NEXT,
    ),
    "all_clear": (
        _content("fixed", "that it is over", "fixed resolved over works_again stable", "fixed: The app works again."),
        _content(
            "still_broken",
            "what to do when it still does not work, or how to complain",
            f"complaint still_broken claims_how {_VERIFY}",
            "complaint: If it cost you money, tell us in a branch or by phone.",
            not_press=True,
        ),
    ),
    "closure": (
        _content(
            "compensation",
            "what people get back, or why nothing",
            "gesture costs compensation no_compensation why_nothing refund refunded fees_back fees_soon claims_how "
            "claims_soon",
            "no_compensation: Nobody lost money, so there is nothing to pay back.",
            now_and_then=True,
        ),
    ),
}
"""What every text of a stage has to say, for the stages where something is owed.

From CDC CERC's first message (empathy, what is known, what is not, the next word, where to look), WHO's outbreak
guidelines (say what is uncertain) and PagerDuty's response guide (every update names the next; say when it is over).
"""


@functools.cache
def labels() -> frozenset[str]:
    """Every label that counts for something at some stage."""
    return frozenset(label for contents in VOCABULARY.values() for content in contents for label in content.labels)


def table() -> str:
    """The vocabulary as a Markdown table: stage, what is owed, the labels that count."""
    rows = ["| Stage | A text says | Labels that count |", "|---|---|---|"]
    for stage, contents in VOCABULARY.items():
        for content in (*contents, *((ALTERNATIVES,) if stage == "status" else ())):
            counted = ", ".join(f"`{label}`" for label in sorted(content.labels))
            rows.append(f"| {stage} | {content.says} | {counted} |")
    return "\n".join(rows) + "\n"
