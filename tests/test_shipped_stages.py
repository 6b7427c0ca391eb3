"""erroneous-mass-message after the first word: the correction, the light word, the thanks, the lessons, the end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crisiscli import loader
from crisiscli.channels import CHANNELS
from crisiscli.clocks import duration, offset
from crisiscli.conditions import evaluate
from crisiscli.runbook import Runbook
from crisiscli.sentences import leaf
from crisiscli.steps.decide import Decide
from crisiscli.steps.do import Do
from crisiscli.steps.send import Send
from crisiscli.steps.watch import Watch
from test_shipped import GOOD, Known, before_holding, languages, loaded, places, renderer

ALL_STAGES = [
    "brief", "holding", "explanation", "status", "all_clear", "light", "thanks", "lessons", "closure", "education",
]  # fmt: skip
FIRST_VERSION = {
    "steps": "stop-sends on-the-call freeze capture roles attack touched load same-channel next-word tell-front-line "
    "first-word pin press-line size services outside legal-check roster find-cause explanation-out watch-mood "
    "watch-imitations status-out works-again all-clear all-clear-out compensation debrief lessons closure measures "
    "education",
    "messages": "front_line_brief holding explanation status all_clear",
    "facts": "still_sending is_attack contains_personal_data asks_to_act money_or_data_touched data_exposed "
    "classified_major messages_sent people_reached tap_opens login_load can_pay believed_attack happened_before "
    "press_asking cause cause_words cause_words_en what_was_sent next_update repaired_by fixed_at",
}
"""What other files, answers and running incidents point at."""
BEFORE_THE_FIRST_WORD = (
    "stop-sends on-the-call freeze capture roles attack touched load same-channel next-word tell-front-line"
)
LATE = ("light", "thanks", "lessons", "closure", "education")
OPEN_GATE = {"login_load": "normal", "harm_story_open": "no"}
SOLD = (
    "rabat", "promocj", "kod ", "zniżk", "za darmo", "oferta", "sprawdź nasz", "discount", "offer", "promo", "voucher",
    "free of charge", "our new",
)  # fmt: skip
BLAMED = ("stażyst", "pracowni", "dostawc", "employee", "intern ", "supplier", "vendor", "developer", "informatyk")


class Later(Known):
    """The same world hours later: decisions were made, messages are out, readings were taken."""

    def __init__(
        self,
        runbook: Runbook,
        typed: dict[str, str],
        decided: dict[str, str] | None = None,
        out: dict[str, set[str]] | None = None,
        readings: tuple[str, ...] = ("mood", "sentiment"),
    ) -> None:
        super().__init__(runbook, typed)
        self.decisions = decided or {}
        self.out = out or {}
        self.readings = readings

    def decided(self, step: str) -> str | None:
        return self.decisions.get(step)

    def was_sent(self, message: str, on: Any) -> bool:
        return set(on) <= self.out.get(message, set())

    def signal(self, condition: dict[str, Any]) -> bool | None:
        return True if condition["signal"] in self.readings else None


@pytest.fixture(scope="module")
def book() -> Runbook:
    return loaded(loader.shipped("runbooks") / "erroneous-mass-message.yaml")


def words(runbook: Runbook, message: str) -> Iterator[tuple[str, str, str]]:
    for name, channel, language, text in places(runbook):
        if name == message:
            yield channel, language, " ".join(sentence.text for sentence in text.sentences())


def rendered(runbook: Runbook, message: str, channel: str, language: str, world: Known) -> str:
    found = renderer(runbook).render(message, channel, language, world)
    assert found.rendering is not None, found
    assert found.unsaid == ()
    return found.rendering.text


def core(runbook: Runbook) -> set[str]:
    return next(set(part["on"]) for part in runbook.gates["light_tone"].opens_when if "sent" in part)


def gate(runbook: Runbook, **change: Any) -> tuple[bool | None, str]:
    """Whether the light gate is open when everything holds but what is changed, and what it says."""
    typed = {**GOOD, **OPEN_GATE, **change.pop("facts", {})}
    world = Later(
        runbook,
        {name: value for name, value in typed.items() if value},
        out=change.pop("out", {"explanation": core(runbook)}),
        **change,
    )
    verdict = evaluate(list(runbook.gates["light_tone"].opens_when), world)
    return verdict.value, " ".join(verdict.because)


def test_every_stage_has_a_message_and_a_step_that_sends_it(book: Runbook) -> None:
    assert {message.stage for message in book.messages.values()} == set(ALL_STAGES)
    sent = {message for step in book.steps() if isinstance(step, Send) for message in step.send}
    assert sent == set(book.messages)


def test_names_that_others_point_at_are_kept(book: Runbook) -> None:
    assert set(FIRST_VERSION["steps"].split()) <= {step.id for step in book.steps()}
    assert set(FIRST_VERSION["messages"].split()) <= set(book.messages)
    assert set(FIRST_VERSION["facts"].split()) <= set(book.facts)
    assert book.version > 1


def test_nothing_was_put_before_the_first_word(book: Runbook) -> None:
    assert [step.id for step in before_holding(book)] == BEFORE_THE_FIRST_WORD.split()


def test_the_light_gate_opens_when_everything_holds(book: Runbook) -> None:
    assert gate(book) == (True, "")
    assert book.messages["light"].gate == "light_tone"
    assert book.approvers("light") == ("lead", "executive")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"facts": {"is_attack": "yes"}}, "is_attack"),
        ({"facts": {"is_attack": ""}}, "is_attack"),
        ({"facts": {"money_or_data_touched": ""}}, "money_or_data_touched"),
        ({"facts": {"cause": "supplier"}}, "cause"),
        ({"facts": {"login_load": "high"}}, "login_load"),
        ({"facts": {"harm_story_open": "yes"}}, "harm_story_open"),
        ({"facts": {"harm_story_open": ""}}, "harm_story_open"),
        ({"out": {}}, "explanation"),
        ({"out": {"explanation": {"x", "facebook"}}}, "explanation"),
        ({"readings": ("sentiment",)}, "mood"),
        ({"readings": ("mood",)}, "sentiment"),
    ],
)
def test_the_light_gate_is_shut_and_says_why(book: Runbook, change: dict[str, Any], named: str) -> None:
    value, said = gate(book, **change)
    assert value is not True
    assert named in said


def test_the_light_gate_asks_for_two_kind_readings_and_a_hundred_counted(book: Runbook) -> None:
    wanted = {part["signal"]: part for part in book.gates["light_tone"].opens_when if "signal" in part}
    assert wanted["mood"] == {"signal": "mood", "said_by": "social", "is": "mostly_kind", "readings": 2}
    assert wanted["sentiment"] == {"signal": "sentiment", "positive_or_neutral": 60, "n": 100}


def test_core_channels_are_those_of_the_first_word(book: Runbook) -> None:
    assert core(book) == set(book.messages["holding"].to)


def test_light_words_are_few_and_never_reach_the_harmed(book: Runbook) -> None:
    found = book.gates["light_tone"]
    assert found.at_most == {"light": 3, "within": "24h", "apart": "2h", "until": "T+3d"}
    assert set(found.leave_out) == {"blocked", "fears_attack"}
    assert not set(found.leave_out) & set(book.messages["light"].for_)
    assert all(CHANNELS[channel].family == "post" for channel in book.messages["light"].to)


def test_late_words_sell_nothing_and_blame_nobody(book: Runbook) -> None:
    for message in LATE:
        for channel, language, said in words(book, message):
            place = f"{message}/{channel}/{language}"
            if message != "lessons":
                assert [word for word in BLAMED if word in said.lower()] == [], place
            assert [word for word in SOLD if word in said.lower()] == [], place
            assert "!" not in said, place
            assert "http" not in said, place
            assert "www" not in said, place


def test_the_tone_differs_by_channel_and_the_facts_do_not(book: Runbook) -> None:
    for message in ("light", "thanks", "lessons"):
        for language in languages(book):
            texts = [leaf(book.messages[message], c, CHANNELS[c].family, language) for c in book.messages[message].to]
            assert len({tuple(sentence.text for sentence in text.body) for text in texts if text}) == len(texts), (
                f"{message} is the same everywhere"
            )
            slots = {tuple(slot.name for slot in text.slots()) for text in texts if text}
            assert len(slots) == 1, message


@pytest.mark.parametrize(
    ("decisions", "plan", "go", "out"),
    [
        ({"same-channel": "no"}, False, False, False),
        ({"same-channel": "now"}, True, False, True),
        ({"same-channel": "hold"}, True, True, None),
        ({"same-channel": "hold", "correction-go": "go"}, True, True, True),
        ({"same-channel": "hold", "correction-go": "drop"}, True, True, False),
    ],
)
def test_the_correction_follows_the_decision(
    book: Runbook, decisions: dict[str, str], plan: bool, go: bool, out: bool | None
) -> None:
    world = Later(book, {}, decisions)
    needed = {}
    for name in ("correction-plan", "correction-go", "correction-out"):
        step = book.step(name)
        assert step is not None
        needed[name] = evaluate(step.when, world).value
    assert needed == {"correction-plan": plan, "correction-go": go, "correction-out": out}


def test_the_correction_is_paced_by_two_and_asks_for_nothing(book: Runbook) -> None:
    assert book.messages["correction_push"].to == ("push",)
    assert book.approvers("correction_push") == ("lead", "messaging")
    assert "correction-plan" in book.step("correction-out").needs  # type: ignore[union-attr]
    assert "rate a minute" in str(getattr(book.step("correction-plan"), "answer", ""))
    for typed in ({}, GOOD, {"is_attack": "yes"}, {**GOOD, "cause": "supplier"}):
        for language in languages(book):
            said = rendered(book, "correction_push", "push", language, Known(book, typed))
            found = [word for word in ("http", "kliknij", "zaloguj", "open the app", "log in") if word in said.lower()]
            assert found == []
            assert ("?" in said) is True
            assert said.count("?") == 1, "its only question is the reader's own"


def test_moderators_have_words_for_everybody_and_hand_accounts_over(book: Runbook) -> None:
    pack = book.messages["reply_pack"]
    assert set(pack.for_) <= book.insiders()
    assert {"worried", "angry", "blocked", "joking", "journalist", "troll", "hand_off"} <= set(pack.must_say)
    texts = [text for name, _, _, text in places(book) if name == "reply_pack"]
    for text in texts:
        said = {sentence.label: sentence.text for sentence in text.body}
        for label in ("worried", "blocked", "hand_off"):
            assert "kart" in said[label] or "card" in said[label], "the number on the card: there we know who calls"
        assert "17" in said["how"]
        assert "21" in said["how"]


def test_the_last_word_offers_only_what_was_decided(book: Runbook) -> None:
    channels = book.messages["closure"].to
    for decision, offered in (("gesture", {"gesture"}), ("costs", {"costs"}), ("none", set())):
        world = Later(book, GOOD, {"compensation": decision})
        for channel, language in itertools.product(channels, languages(book)):
            found = renderer(book).render("closure", channel, language, world)
            assert found.rendering is not None
            assert {"gesture", "costs"} - set(found.left_out) == offered
    undecided = renderer(book).render("closure", "email", "pl", Later(book, GOOD))
    assert {"gesture", "costs"} <= set(undecided.left_out)


def test_the_colleague_is_fine_only_when_it_is_so(book: Runbook) -> None:
    said = rendered(book, "closure", "email", "pl", Later(book, GOOD, {"compensation": "none"}))
    assert "pracuje z nami dalej" in said
    for change in ({"colleague_well": "no"}, {"colleague_well": ""}, {"cause": "supplier"}, {"is_attack": ""}):
        typed = {name: value for name, value in {**GOOD, **change}.items() if value}
        said = rendered(book, "closure", "email", "pl", Later(book, typed, {"compensation": "none"}))
        assert "pracuje z nami dalej" not in said, change


def test_lessons_wait_for_three_changes(book: Runbook) -> None:
    for missing in ("change_1", "change_2", "change_3"):
        typed = {name: value for name, value in GOOD.items() if name != missing}
        assert renderer(book).render("lessons", "linkedin", "pl", Known(book, typed)).rendering is None
    said = rendered(book, "lessons", "linkedin", "pl", Known(book, GOOD))
    for number in (1, 2, 3):
        assert GOOD[f"change_{number}"] in said


def test_follow_ups_come_on_their_days(book: Runbook) -> None:
    days = {follow_up.id: offset(follow_up.at).days for follow_up in book.follow_ups}
    assert days == {
        "backlog": 1, "debrief": 1, "lessons": 1, "stop": 2, "closure": 2, "report-in": 3, "review": 5, "measures": 6,
        "education": 14,
    }  # fmt: skip
    assert list(days.values()) == sorted(days.values())
    assert [name for name in days if days[name] == 2] == ["stop", "closure"], "the decision comes before the last word"
    for follow_up in book.follow_ups:
        assert follow_up.role in book.roles
        assert follow_up.why
        assert follow_up.send or follow_up.answer


def test_regulators_clocks_run_from_the_report_before(book: Runbook) -> None:
    chain = ["dora_initial", "dora_intermediate", "dora_final"]
    for before, after in itertools.pairwise(chain):
        assert book.clocks[after].from_ == {"fact": book.clocks[before].told}
    for name, clock in book.clocks.items():
        assert clock.told in book.facts, name
        assert book.facts[clock.told].type == "time"
        assert clock.cite
    assert duration(book.clocks["dora_final"].within) <= timedelta(days=28), "a month may have 28 days"
    assert {"gdpr_33", "mar_17"} <= set(book.clocks)


def test_a_submission_starts_the_next_clock(book: Runbook) -> None:
    typed = {"dora_initial_told": "2026-11-22T05:30+01:00"}
    world = Known(book, typed)
    assert evaluate(book.clocks["dora_intermediate"].from_, world).value is True
    assert evaluate(book.clocks["dora_final"].from_, world).value is not True
    assert datetime.fromisoformat(str(world.values["dora_initial_told"])) == datetime(2026, 11, 22, 4, 30, tzinfo=UTC)


def test_what_was_frozen_is_let_go_again(book: Runbook) -> None:
    step = book.step("freeze")
    assert isinstance(step, Do)
    assert step.release


def test_decisions_the_report_must_hold_have_two_sides(book: Runbook) -> None:
    decisions = {step.id: step for step in book.steps() if isinstance(step, Decide)}
    assert set(decisions) == {
        "same-channel", "correction-go", "all-clear", "compensation", "light-tone", "stop-talking",
    }  # fmt: skip
    for step in decisions.values():
        assert step.weigh is not None
        assert step.weigh.for_
        assert step.weigh.against
        assert len(step.options) >= 2
    assert "none" in decisions["compensation"].options


def test_the_outside_is_watched_again_and_again(book: Runbook) -> None:
    watched = {step.id: step.every for step in book.steps() if isinstance(step, Watch)}
    assert watched == {"watch-mood": "15m", "watch-imitations": "30m", "watch-service": "15m"}


def test_a_drill_brings_bad_news_in_order(book: Runbook) -> None:
    moments = [offset(inject.at) for inject in book.injects]
    assert len(moments) >= 6
    assert moments == sorted(moments)
    assert moments[-1] <= timedelta(hours=2)
    assert len({inject.from_ for inject in book.injects}) >= 6


def test_it_speaks_often_enough(book: Runbook) -> None:
    assert duration(book.cadence.early) <= timedelta(minutes=30)
    assert duration(book.cadence.early_for) == timedelta(hours=2)
    assert duration(book.cadence.later) <= timedelta(minutes=60)
