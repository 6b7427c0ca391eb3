"""Nobody at the keyboard: a job that adds what the program prints to its answers file, round after round."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from journeys import CODE, ME, SMALL, Company, Ended

GIVEN = {
    "stop-sends": "0 waiting",
    "cause": "pomyłka w teście",
    "next_update": "in 90 min",
    "same-channel": "hold",
    "pin": "done",
}
SHIPPED = Path(__file__).parents[1] / "runbooks" / "erroneous-mass-message.yaml"
FIRST_ROUNDS = 8
"""The small runbook asks: a step, a fact, a decision, a promise, the yes, the code name, a step."""


@pytest.fixture
def bound(company: Company) -> Company:
    """Everything goes to an outbox, so that what left can be counted."""
    outbox = {"provider": "outbox", "folder": "outbox"}
    company.configure({"website": outbox, "in_app": outbox})
    company.write("small.yaml", SMALL)
    return company


def fill(snippet: Any, given: Mapping[str, Any], person: str = ME) -> Any:
    """The printed YAML with its gaps filled in: persons, and the answers of `given` by the key's own name."""
    if not isinstance(snippet, dict):
        return snippet
    return {
        key: person if key == "person" else given.get(key, fill(value, given, person)) for key, value in snippet.items()
    }


def merge(answers: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    for key, value in more.items():
        if isinstance(value, dict):
            merge(answers.setdefault(key, {}), value)
        else:
            answers[key] = value
    return answers


def printed(ended: Ended) -> dict[str, Any]:
    """What a run printed to be added, read as YAML; every value stays the text it is."""
    found = yaml.load(ended.out, Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    assert isinstance(found, dict), ended.all
    return found


def one_round(company: Company, answers: Mapping[str, Any], *command: str) -> Ended:
    company.write("answers.yaml", json.dumps(answers, ensure_ascii=False))
    return company.run(*(command or ("resume",)), "--answers", "answers.yaml")


def rounds(company: Company, answers: dict[str, Any], given: Mapping[str, Any], at_most: int) -> tuple[Ended, int]:
    """Resumes until nothing is asked any more; the last run, and how many runs it took."""
    for number in range(1, at_most + 1):
        ended = one_round(company, answers)
        if ended.code != 2:
            return ended, number
        merge(answers, fill(printed(ended), given))
    raise AssertionError(f"still asking after {at_most} rounds:\n{ended.all}")


def opened(company: Company, *more: str) -> dict[str, Any]:
    """Starts the small runbook with an empty answers file; what it asked first, filled in."""
    first = one_round(company, {}, "start", "small.yaml", "--code-name", CODE, *more)
    assert first.code == 2, first.all
    return merge({}, fill(printed(first), GIVEN))


def words(company: Company) -> dict[str, str]:
    """What lies in the outbox: exact words by place."""
    found = {}
    for path in (company.folder / "outbox").rglob("*.txt"):
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found[f"{about['message']}/{about['channel']}/{about['language']}"] = path.read_bytes().decode("utf-8")
    return found


def prepared(**facts: str) -> dict[str, Any]:
    """An answers file that knows everything up to the yes."""
    known = {**GIVEN, **facts}
    return {
        "steps": {name: known[name] for name in ("stop-sends", "pin")},
        "facts": {name: known[name] for name in ("cause", "next_update")},
        "decisions": {"same-channel": known["same-channel"]},
    }


def up_to_the_yes(company: Company, **facts: str) -> tuple[dict[str, Any], Ended]:
    """Starts with everything known but the yes; the answers so far, and the run that asks for it."""
    answers = prepared(**facts)
    ended = one_round(company, answers, "start", "small.yaml", "--code-name", CODE)
    assert ended.code == 2, ended.all
    assert "approve" in printed(ended)
    return answers, ended


def to_the_end(company: Company, **facts: str) -> Ended:
    """The same with the yes and the code name: the last run."""
    answers, asked = up_to_the_yes(company, **facts)
    merge(answers, fill(printed(asked), GIVEN))
    return one_round(company, merge(answers, {"send": {"holding": CODE}}))


def shown_texts(snippet: str) -> dict[str, tuple[str, str]]:
    """Each place's words, as the comment above it shows them, and the sha256 below it."""
    found, lines, place = {}, [], ""
    for line in snippet.splitlines():
        if line.startswith("  # ") or line == "  #":
            lines.append(line[4:])
        elif entry := re.match(r"  ([\w/-]+):$", line):
            place = entry[1]
        elif sha256 := re.match(r"    sha256: ([0-9a-f]{64})$", line):
            found[place] = ("\n".join(lines), sha256[1])
            lines = []
    return found


def test_a_job_reaches_sent_words_by_adding_what_is_printed(bound: Company) -> None:
    answers = opened(bound)
    ended, count = rounds(bound, answers, GIVEN, FIRST_ROUNDS)
    assert ended.code == 0, ended.all
    assert count <= FIRST_ROUNDS
    assert set(words(bound)) == {"holding/website/pl", "holding/in_app/pl"}
    assert "Powód: pomyłka w teście." in words(bound)["holding/website/pl"]
    status = bound.status()
    assert [step["state"] for step in status["steps"]] == ["answered"] * 5
    assert [(hand["place"]) for hand in status["handed"]] == ["holding/email/pl"]

    again = one_round(bound, answers)
    assert again.code == 0
    assert len(list((bound.folder / "outbox").rglob("*.txt"))) == 2


def test_hashes_are_those_of_the_printed_words_and_of_what_goes_out(bound: Company) -> None:
    answers, asked = up_to_the_yes(bound)
    shown = shown_texts(asked.out)
    assert set(shown) == {"holding/website/pl", "holding/in_app/pl", "holding/email/pl"}
    for text, sha256 in shown.values():
        assert hashlib.sha256(text.encode("utf-8")).hexdigest() == sha256
    merge(answers, fill(printed(asked), GIVEN))
    ended = one_round(bound, merge(answers, {"send": {"holding": CODE}}))
    assert ended.code == 0, ended.all
    assert words(bound) == {place: shown[place][0] for place in ("holding/website/pl", "holding/in_app/pl")}


def test_a_yes_to_other_words_is_refused_and_the_right_hash_is_printed(bound: Company) -> None:
    answers, asked = up_to_the_yes(bound)
    right = merge({}, fill(printed(asked), GIVEN))
    wrong = json.loads(json.dumps(right))
    wrong["approve"]["holding/website/pl"]["sha256"] = "0" * 64
    ended = one_round(bound, merge(json.loads(json.dumps(answers)), {**wrong, "send": {"holding": CODE}}))
    assert ended.code == 2
    assert "is for other words" in ended.err
    assert right["approve"]["holding/website/pl"]["sha256"] in ended.out
    assert words(bound) == {}
    assert bound.status()["said"] == []


def test_a_yes_to_the_words_before_a_fact_changed_does_not_cover_the_new_ones(bound: Company) -> None:
    answers, asked = up_to_the_yes(bound)
    merge(answers, fill(printed(asked), GIVEN))
    assert bound.run("fact", "next_update=in 120 min").code == 0
    ended = one_round(bound, merge(answers, {"send": {"holding": CODE}}))
    assert ended.code == 2
    assert "is for other words" in ended.err
    before, now = shown_texts(asked.out), shown_texts(ended.out)
    assert now["holding/website/pl"] != before["holding/website/pl"]
    assert words(bound) == {}


def test_a_fact_that_somebody_disputes_makes_its_words_wait(bound: Company) -> None:
    answers, asked = up_to_the_yes(bound)
    merge(answers, fill(printed(asked), GIVEN))
    assert bound.run("fact", "cause=coś innego", "--source", "Ewa").code == 0
    ended = one_round(bound, merge(answers, {"send": {"holding": CODE}}))
    assert ended.code == 1, ended.all
    assert "DISPUTED" in bound.run("status").out
    assert set(words(bound)) == {"holding/in_app/pl"}


def test_a_text_that_needs_two_people_takes_both_from_the_file(bound: Company) -> None:
    bound.write("small.yaml", SMALL.replace("      - lead\n    text", "      - lead\n      - press\n    text"))
    answers = merge(prepared(), {"roles": {"press": "Grażyna Dudek"}, "send": {"holding": CODE}})
    asked = one_round(bound, answers, "start", "small.yaml", "--code-name", CODE)
    assert asked.code == 2
    needed = printed(asked)["approve"]["holding/website/pl"]
    assert [one["role"] for one in needed] == ["lead", "press"]
    people = {"lead": ME, "press": "Grażyna Dudek"}
    both = {
        place: [{**one, "person": people[one["role"]]} for one in wanted]
        for place, wanted in printed(asked)["approve"].items()
    }
    alone = {place: wanted[:1] for place, wanted in both.items()}
    waiting = one_round(bound, {**answers, "approve": alone})
    assert waiting.code == 2
    assert "still needs a yes from press" in waiting.err
    assert words(bound) == {}
    ended = one_round(bound, {**answers, "approve": both})
    assert ended.code == 0, ended.all
    assert set(words(bound)) == {"holding/website/pl", "holding/in_app/pl"}
    report = bound.run("report", "-o", "-").out
    assert "by Ann Nowak for lead" in report
    assert "by Grażyna Dudek for press" in report


def test_a_wrong_code_name_sends_nothing(bound: Company) -> None:
    answers, asked = up_to_the_yes(bound)
    merge(answers, fill(printed(asked), GIVEN))
    for typed in ("WRONG", "Amber-Heron", "yes", True):
        ended = one_round(bound, merge(answers, {"send": {"holding": typed}}))
        assert ended.code == 6
        assert CODE in ended.err
        assert "Nothing was sent." in ended.err
    assert words(bound) == {}
    assert bound.status()["handed"] == []


def test_an_unknown_fact_makes_its_words_wait_and_the_others_go(bound: Company) -> None:
    ended = to_the_end(bound, cause="unknown")
    assert ended.code == 1, ended.all
    assert "Held back: holding/website/pl: waits: cause" in " ".join(ended.all.split())
    assert set(words(bound)) == {"holding/in_app/pl"}
    steps = {step["id"]: step["state"] for step in bound.status()["steps"]}
    assert steps["first-word"] == "open"


def test_an_unknown_promise_makes_every_word_wait(bound: Company) -> None:
    answers = prepared(next_update="unknown")
    ended = one_round(bound, answers, "start", "small.yaml", "--code-name", CODE)
    assert "waits: next_update" in " ".join(ended.all.split())
    assert words(bound) == {}
    assert bound.status()["said"] == []


def test_a_failed_message_ends_the_job_with_five(bound: Company) -> None:
    bound.write("blocked", "a file where the folder should be")
    bound.configure({"website": {"provider": "outbox", "folder": "blocked"}})
    ended = to_the_end(bound)
    assert ended.code == 5, ended.all
    assert "Failed or unknown: holding/website/pl" in ended.err
    assert bound.status()["failed"] != []


def test_answers_nobody_asked_for_are_named(bound: Company) -> None:
    answers = merge(prepared(next_update="unknown"), {"steps": {"stop-sendz": "typo"}})
    ended = one_round(bound, answers, "start", "small.yaml", "--code-name", CODE)
    assert "stop-sendz was not asked for" in ended.all


def test_answers_that_are_no_answers(bound: Company) -> None:
    one_round(bound, {}, "start", "small.yaml", "--code-name", CODE)
    ready = "steps: {stop-sends: '0'}\nfacts: {cause: x}\n"
    for content, code, said in (
        ("- a list", 3, "answers.yaml"),
        ("steps: {a: 1", 3, "answers.yaml:"),
        ("roles: {nobody: Jan}", 2, "no such role"),
        ("roles: Jan", 2, "roles"),
        (f"{ready}decisions: {{same-channel: perhaps}}", 2, "'perhaps' is not one"),
        ("decisions: {same-channel: hold}\nfacts: {next_update: half past never}", 2, "next_update"),
    ):
        bound.write("answers.yaml", content)
        ended = bound.run("resume", "--answers", "answers.yaml")
        assert ended.code == code, (content, ended.all)
        assert said in ended.err, (content, ended.all)
    assert words(bound) == {}


def test_the_shipped_runbook_goes_out_with_a_prepared_file(bound: Company) -> None:
    """A file that knows everything but the yes and the code name needs three more rounds for each message."""
    steps = [
        "stop-sends",
        "freeze",
        "capture",
        "roles",
        "pin",
        "press-line",
        "roster",
        "watch-mood",
        "watch-imitations",
        "gaps",
        "pace",
        "watch-service",
        "send-record",
        "team-tonight",
    ]
    facts = {"login_load": "normal", "next_update": "in 90 min", "what_was_sent": "Test", "cause": "unknown"}
    answers: dict[str, Any] = {
        "steps": {**dict.fromkeys(steps, "seen"), "on-the-call": "all"},
        "decisions": {
            "same-channel": "no",
            "all-clear": "not-yet",
            "compensation": "none",
            "light-tone": "serious",
            "stop-talking": "stop",
        },
        "facts": facts,
        "why": {"compensation": "nobody had a cost"},
        "skip": {"all-clear-out": "not over", "reply-desk": "the desk has its own words"},
    }
    for name in re.findall(r"^  (\w+):\n    ask:", SHIPPED.read_text(encoding="utf-8"), re.MULTILINE):
        facts.setdefault(name, "unknown")
    first = one_round(bound, answers, "start", "erroneous-mass-message", "--code-name", CODE)
    merge(answers, fill(printed(first), {}))
    ended, count = rounds(bound, answers, {}, 8)
    assert ended.code in (0, 2), ended.all
    assert count <= 8
    sent = set(words(bound))
    assert {"holding/website/pl", "holding/in_app/pl", "explanation/website/pl"} <= sent
    assert "Sprawdzamy" in words(bound)["holding/website/pl"]
    for text in words(bound).values():
        assert "Nikt się do nas nie włamał" not in text
        assert "są bezpieczne" not in text
