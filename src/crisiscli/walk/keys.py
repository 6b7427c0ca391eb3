"""The keys every step has, with the reason for those that cannot be used now."""

from __future__ import annotations

from crisiscli.incident.agenda import Item
from crisiscli.screen import Option

PARKS = 2
"""How often a step may be parked; then it is told, skipped with a reason, or done (EEMUA 191: shelving ends)."""


def common(item: Item, *, before: bool) -> list[Option]:
    """The options beside a step's own; `before` when one was walked."""
    never = "it stays open until it is answered" if item.step.skip == "never" else ""
    parked = f"parked {PARKS} times already: tell somebody, or say why it is skipped"
    return [
        Option("t", "told", "told somebody: check back"),
        Option("p", "park", "park for 5 min", parked if item.record.parks >= PARKS else ""),
        Option("s", "skip", "skip: say why", never),
        Option("b", "step back", "back a step", "" if before else "the first"),
        Option("j", "jump", "jump to overdue"),
        Option("f", "fact", "change a fact"),
        Option("g", "speak", "see and send any message"),
        Option("h", "holding", "holding text: see and copy"),
        Option("n", "note", "note"),
        Option("k", "caught up", "tick several that are done already"),
        Option("r", "roles", "roles: who holds what"),
        Option("i", "handover", "hand the lead over"),
        Option("o", "overview", "overview: pick any step"),
        Option("x", "end", "stand down, or end"),
        Option("q", "pause", "pause"),
        Option("?", "help", "help"),
    ]


def resting() -> list[Option]:
    """The options when no step is open now."""
    return [
        Option("j", "jump", "jump to overdue"),
        Option("o", "overview", "overview: pick any step, open or done"),
        Option("g", "speak", "speak: see and send any message"),
        Option("f", "fact", "change a fact"),
        Option("h", "holding", "holding text: see and copy"),
        Option("n", "note", "add a line to the timeline"),
        Option("r", "roles", "roles: who holds what"),
        Option("i", "handover", "hand the lead over"),
        Option("x", "end", "end the incident"),
        Option("q", "pause", "pause"),
        Option("?", "help", "help"),
    ]
