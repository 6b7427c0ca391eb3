"""Six marks that look different in every list, and how many keys a step costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from journeys.night import CODE, STEP, Night, Seat, in_order

MARKS = {
    "on-the-call": ("c", "confirmed"),
    "facts": ("c", "confirmed"),
    "stop-queue": ("p", "parked"),
    "same-channel": ("s", "skipped"),
    "first-word": ("?", "unknown"),
    "second-word": ("+", "sensed"),
    "switchboard": ("t", "told"),
    "under-attack": ("-", "does not apply"),
    "thank-you": (".", "open"),
}
SECOND = """\
      - id: second-word
        send:
          - second
      - id: switchboard
"""
WORDS = """\
messages:
  second:
    stage: status
    for:
      - customers
    to:
      - website
    approve:
      - lead
    text:
      page:
        pl:
          title: Dalej sprawdzamy
          body:
            - status: Sprawdzamy dalej.
"""


class Marked(NamedTuple):
    """One incident with every mark, and what a person saw of it."""

    night: Night
    rich: str
    plain: str


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marked]:
    """X is at the end of a line nobody answers on: its outcome is unknown; the website takes everything."""
    folder = tmp_path_factory.mktemp("marked")
    hang = {"provider": "webhook", "url": "http://127.0.0.1:9/x", "secret": "env:HOOK"}
    night = Night(folder, {"website": {"provider": "outbox", "folder": "outbox"}, "x": hang})
    text = (folder / "runbooks" / "night.yaml").read_text(encoding="utf-8")
    text = text.replace("      - id: switchboard\n", SECOND).replace("messages:\n", WORDS)
    night.write("runbooks/night.yaml", text)
    night.ready()
    night.approve("second")
    assert night.run("send", "second", "--confirm", CODE).code == 0
    night.yes("holding", "--channel", "sms")
    assert night.run("send", "holding", "--channel", "sms", "--confirm", CODE).code == 0
    assert night.run("send", "holding/sms/pl", "--unknown", "nobody can tell").code == 0
    with night.seat(80, "resume") as lead:
        lead.sees("is it out\\?", "unknown")
        lead.pick("decide later", STEP)
        reopen(lead, "stop-queue", "p", "stop-queue is parked")
        reopen(lead, "same-channel", "s", "Why")
        lead.types("the app is gone", STEP)
        reopen(lead, "switchboard", "t", "Who was told")
        lead.types("Tomasz Lis", "Check back")
        lead.types("5m", STEP)
        lead.pick("overview", "Go to which step\\? .*back")
        rich = lead.text
        lead.press("ctrl-c")
        lead.ends()
    with night.seat(80, "resume", "--plain") as lead:
        lead.sees("is it out\\?", "press Enter:")
        lead.types("l", "q = pause", "press Enter:")
        lead.types("o", "Go to which step\\?", "press Enter:")
        plain = lead.paper
        assert b"\x1b" not in lead.raw
    yield Marked(night, rich, plain)


def reopen(lead: Seat, step: str, key: str, *patterns: str) -> None:
    """Goes to a step over the overview and presses a key there."""
    lead.pick("overview", "Go to which step\\? .*back")
    lead.pick(f"\\d+ {step}", f"Step \\d+ of {len(MARKS)}", STEP)
    lead.press(key, *patterns)
    if key == "p":
        lead.sees(STEP)


@pytest.mark.parametrize("how", ["rich", "plain"])
def test_each_mark_has_a_letter_and_a_word_of_its_own(marked: Marked, how: str) -> None:
    seen = marked.rich if how == "rich" else marked.plain
    for step, (glyph, word) in MARKS.items():
        rows = re.findall(rf"^(\S) +\d+ +{step} +({word})\b", seen, re.MULTILINE)
        assert rows, f"{step} is not {word} in\n{seen}"
        assert rows[-1] == (glyph, word)
    in_order(seen, "+ sensed", "c confirmed", "s skipped", "p parked", "? unknown", "- does not apply")


def test_each_mark_is_a_word_of_its_own_in_the_data(marked: Marked) -> None:
    board = marked.night.status()
    assert {step["id"]: step["mark"] for step in board["steps"]} == {name: word for name, (_, word) in MARKS.items()}


def test_a_step_that_is_done_costs_two_keys_beside_its_value(tmp_path: Path) -> None:
    """`d`, the value, ENTER. No key more, whichever do-step it is; nothing but the letter when no value is asked."""
    night = Night(tmp_path)
    night.ready()
    with night.seat(80, "resume") as lead:
        lead.sees(STEP)
        lead.pick("overview", "Go to which step\\? .*back")
        lead.pick("\\d stop-queue", "Stop the queue", STEP)
        lead.press("d", "Queue length:")
        lead.keys("nothing waits")
        lead.press("enter", "c stop-queue: nothing waits", STEP)
        lead.pick("overview", "Go to which step\\? .*back")
        lead.pick("\\d switchboard", "Brief the switchboard", STEP)
        lead.press("d", "c switchboard: done", STEP)
        lead.press("ctrl-c")
        assert lead.ends() == 130
