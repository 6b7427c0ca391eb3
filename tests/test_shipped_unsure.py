"""not-sure-yet: five steps for the first minutes of anything, and what the right runbook finds when it takes over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from crisiscli import loader
from crisiscli.clocks import offset
from crisiscli.runbook import Runbook
from crisiscli.sentences import leaf
from crisiscli.steps.ask import Ask
from crisiscli.steps.switch import Switch
from journeys import CODE, ME, Company
from test_answers import bound, fill, merge, one_round, printed, words  # noqa: F401  # `bound` is a fixture
from test_shipped import CHANNELS, Known, asked, before_holding, languages, loaded, places, renderer

RIGHT = ("erroneous-mass-message", "full-outage")
T0 = "2026-11-22T03:00:00+01:00"
NOW = "2026-11-22T03:09:00+01:00"
SEEN = "klienci nie mogą się zalogować"
ROUNDS = 6
"""The yes and the code name for each of the two messages, and one more for the next runbook's first step."""
CAUSES = (
    "awari", "atak", "włam", "błąd", "pomyłk", "outage", "attack", "mistake", "error", "hack", "pană", "atac",
    "eroare", "greșeal",
)  # fmt: skip


def shipped(name: str) -> Runbook:
    return loaded(loader.shipped("runbooks") / f"{name}.yaml")


@pytest.fixture(scope="module")
def unsure() -> Runbook:
    return shipped("not-sure-yet")


def switching(runbook: Runbook) -> Switch:
    last = runbook.steps()[-1]
    assert isinstance(last, Switch)
    return last


def test_it_has_five_steps_and_the_last_one_leads_on(unsure: Runbook) -> None:
    assert len(unsure.steps()) == 5
    assert set(switching(unsure).switch) == set(RIGHT)
    due = [offset(step.by or "") for step in unsure.steps()]
    assert due == sorted(due)
    assert due[-1] <= timedelta(minutes=10)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_carried_along_has_the_same_name_there(unsure: Runbook, name: str) -> None:
    other = shipped(name)
    mine = {step.id for step in unsure.steps()}
    assert mine.isdisjoint(step.id for step in other.steps()), "the record goes on in the same incident"
    assert set(unsure.roles) <= set(other.roles)
    assert set(unsure.messages) <= set(other.messages)
    carried = {"is_attack", "money_or_data_touched", "next_update"}
    assert carried <= set(unsure.facts)
    for fact in carried:
        assert unsure.facts[fact].type == other.facts[fact].type
        assert unsure.facts[fact].use == other.facts[fact].use
        assert unsure.facts[fact].confirmed_by == other.facts[fact].confirmed_by
        assert unsure.facts[fact].promise == other.facts[fact].promise
    for fact in set(unsure.facts) & set(other.facts):
        assert unsure.facts[fact].type == other.facts[fact].type, fact


def test_the_first_word_promises_only_when_we_speak_next(unsure: Runbook) -> None:
    holding = unsure.messages["holding"]
    facts = {slot.name for name, *_, text in places(unsure) if name == "holding" for slot in text.slots()}
    assert facts == {"next_update"}
    for channel in holding.to:
        for language in languages(unsure):
            text = leaf(holding, channel, CHANNELS[channel].family, language)
            assert text is not None
            assert all(sentence.when is None for sentence in text.body), "it is the same whatever turns out"
            said = " ".join(sentence.text for sentence in text.sentences()).lower()
            assert [cause for cause in CAUSES if cause in said] == [], f"{channel}/{language}: {said}"


def test_it_is_short_in_every_language(unsure: Runbook) -> None:
    world = Known(unsure, {"next_update": "23:59"})
    for name, channel, language, _ in places(unsure):
        found = renderer(unsure).render(name, channel, language, world).rendering
        assert found is not None
        for measure in CHANNELS[channel].measure(found.title, found.body, language):
            assert measure.fits, f"{name}/{channel}/{language}: {measure}"
    assert set(languages(unsure)) == {"pl", "en", "ro"}


def test_it_needs_few_answers(unsure: Runbook) -> None:
    assert sum(asked(step) for step in before_holding(unsure)) <= 8
    facts = [name for step in unsure.steps() if isinstance(step, Ask) for name in step.ask]
    assert facts[-1] == "next_update"


def first_minutes(company: Company, which: str) -> dict[str, Any]:
    """Walks the five steps with an answers file, round after round; what the file held in the end."""
    answers: dict[str, Any] = {
        "steps": {
            "first-stop": "the test was stopped at 03:02",
            "first-call": ["it", "security"],
            "first-which": which,
        },
        "facts": {
            "what_happened": SEEN,
            "who_is_hit": "klienci",
            "people_hit": "unknown",
            "is_attack": "unknown",
            "next_update": "in 60 min",
        },
        "roles": {"security": "Jan Kos"},
    }
    company.env["CRISIS_CLOCK"] = NOW
    ended = one_round(company, answers, "start", "not-sure-yet", "--code-name", CODE, "--at", T0)
    for _ in range(ROUNDS):
        assert ended.code == 2, ended.all
        more = printed(ended)
        if not {"approve", "send"} & set(more):
            return answers
        merge(answers, fill(more, {}))
        ended = one_round(company, answers)
    raise AssertionError(f"still asking for words:\n{ended.all}")


@pytest.mark.parametrize("which", RIGHT)
def test_everything_is_there_in_the_right_runbook(bound: Company, which: str) -> None:  # noqa: F811
    first_minutes(bound, which)
    status = bound.status()
    other = shipped(which)
    assert status["runbook"] == which
    assert status["code"] == CODE
    assert datetime.fromisoformat(status["t0"]) == datetime.fromisoformat(T0)
    assert status["roles"]["security"] == "Jan Kos"
    assert status["lead"] == ME
    assert status["facts"]["is_attack"]["value"] is None
    assert status["facts"]["next_update"]["value"] is not None
    said = {f"holding/{word['channel']}/{word['language']}" for word in status["said"]}
    assert {"holding/website/pl", "holding/in_app/pl"} <= said
    assert "Widzimy, że coś u nas nie jest tak" in words(bound)["holding/website/pl"]
    steps = {step["id"]: step["state"] for step in status["steps"]}
    assert list(steps) == [step.id for step in other.steps()]
    assert steps[other.steps()[0].id] == "open"
    assert "answered" not in steps.values()
    assert bound.run("verify").code == 0


def test_the_record_tells_the_first_minutes_and_the_change(bound: Company) -> None:  # noqa: F811
    first_minutes(bound, RIGHT[0])
    report = bound.run("report", "-o", "-").out
    for told in ("first-stop", "the test was stopped at 03:02", SEEN, "first-which", "Erroneous mass message"):
        assert told in report
    assert report.index("first-stop") < report.index("first-which")


def test_a_runbook_it_does_not_lead_to_is_named(bound: Company) -> None:  # noqa: F811
    bound.env["CRISIS_CLOCK"] = NOW
    answers = {"steps": {"first-stop": "nothing ran", "first-call": "all", "first-which": "card-outage"}}
    skipped = {"first-look": "nobody knows", "first-say": "the night desk said it"}
    ended = one_round(bound, {**answers, "skip": skipped}, "start", "not-sure-yet", "--code-name", CODE)
    assert ended.code == 2
    assert "card-outage" in ended.err
    for name in RIGHT:
        assert name in ended.out
    assert bound.status()["runbook"] == "not-sure-yet"
