"""From file to Runbook: what is found, where, and what can still be walked."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from crisiscli import shape
from crisiscli.conditions import evaluate
from crisiscli.linter import lint_one
from crisiscli.loader import Loaded, load, load_text, raw_steps
from crisiscli.loader.conditions import UNREADABLE
from crisiscli.rules import Around
from crisiscli.runbook import Runbook
from crisiscli.sentences import read_leaf

LINT = Path(__file__).parent / "lint"
FULL = (LINT / "full.yaml").read_text(encoding="utf-8")


def parse(text: str) -> Loaded:
    return load_text(text.encode(), "full.yaml")


def broken(old: str, new: str, count: int = 1) -> Loaded:
    assert old in FULL
    return parse(FULL.replace(old, new, count))


def test_a_good_runbook() -> None:
    loaded = load(LINT / "full.yaml")
    assert loaded.problems == []
    assert loaded.runbook is not None
    assert loaded.plan == loaded.document.value
    ids = [step.id for step in loaded.runbook.steps()]
    assert ids == ["stop-sends", "on-the-call", "attack", "same-channel", "look", "pause", "speak", "closure"]
    assert loaded.runbook.clocks["gdpr_33"].from_ == {"fact": "is_attack", "is": "yes"}
    again = shape.build(Runbook, json.loads(json.dumps(loaded.plan)))
    assert again == loaded.runbook


CASES = [
    ("duty: Words", "dutty: Words", "unknown-key", "dutty", "Did you mean `duty`?"),
    ("owner: Communications", "nonsense: x", "unknown-key", "nonsense", "Delete it"),
    ("        role: press\n", "        rol: press\n", "unknown-key", "rol", "Did you mean `role`?"),
    ("    who: Customers who got it\n", "", "missing-key", "recipients", "Add `who: ...`."),
    ("      - id: attack\n        by: T+6m\n", "      - by: T+6m\n", "missing-key", "by: T+6m", "Add `id: ...`."),
    ("version: 7", 'version: "7"', "wrong-value", '"7"', "without quotes"),
    ("version: 7", "version: 7.5", "wrong-value", "7.5", "a number"),
    ("crisis: 1", "crisis: 2", "wrong-value", "2", "crisis: 1"),
    ("title: Erroneous", "title: 12 # Erroneous", "wrong-value", "12", "quotes"),
    ("owner: Communications", "owner:", "wrong-value", "owner", "Fill it"),
    ("type: yes_no", "type: yesno", "wrong-value", "yesno", "Did you mean `yes_no`?"),
    ("stage: holding", "stage: first", "wrong-value", "first", "`all_clear`"),
    ("promise: true", "promise: yes", "wrong-value", "yes", "true or false"),
    ("to: [website, in_app, x, ivr]", "to: website", "wrong-value", "website", "[a, b]"),
    ("languages: {must: [pl], follow: {en: 30m}}", "languages: [pl]", "wrong-value", "[pl]", "key: value"),
    ("    steps:\n", "    step:\n", "unknown-key", "step", "Did you mean `steps`?"),
    ("skip: never", "skip: sometimes", "wrong-value", "sometimes", "never"),
    ("at_most: {light: 3,", "at_most: {lite: 3,", "unknown-key", "lite", "`light`"),
    ("at_most: {light: 3,", "at_most: {light: x,", "wrong-value", "x", "light: 3"),
    ("from: {fact: is_attack, is: yes}", "from: awarenes", "wrong-value", "awarenes", "`awareness`"),
    ("do: Cancel", "doo: Cancel", "step-verb", "doo", "Did you mean `do`?"),
    ("do: Cancel the queue.", "role: lead", "duplicate-key", "role", "Keep one"),
    ("        call: [lead, press]\n", "", "step-verb", "id: on-the-call", "`do`"),
    ("do: Cancel the queue.", "do: Cancel.\n        send: [holding]", "step-verb", "send", "two steps"),
    ("      - id: speak\n", "      - just words\n      - id: speak\n", "step-verb", "just words", "- id"),
    ("id: speak", "id: attack", "duplicate-step", "attack", "Rename"),
    ("by: T+5m", "by: 5 minutes", "wrong-time", "5 minutes", "T+9m"),
    ("by: T+5m", "by: 5", "wrong-time", "5", "T+9m"),
    ("within: 72h", "within: 72", "wrong-time", "72", "72h"),
    ("at: T+2d", "at: 2d", "wrong-time", "2d", "T+2d"),
    ("on: 2026-11-20, by: ann", "on: 2026-02-30, by: ann", "wrong-time", "2026-02-30", "2026-11-20"),
    ("follow: {en: 30m}", "follow: {en: soon}", "wrong-time", "soon", "30m"),
    ("call_open: 15m", "call_open: a while", "wrong-time", "a while", "30m"),
    ("every: 15m", "every: often", "wrong-time", "often", "30m"),
    ("wait: 10m", "wait: a bit", "wrong-time", "a bit", "T+9m"),
    ("id: erroneous-mass-message", "id: Erroneous Message", "wrong-name", "Erroneous Message", "dashes"),
    ("id: stop-sends", "id: Stop_sends", "wrong-name", "Stop_sends", "dashes"),
    ("  login_load:\n", "  login-load:\n", "wrong-name", "login-load", "underscores"),
    ("  login_load:\n", "  sent:\n", "wrong-name", "sent", "another name"),
    ("when: {login_load: high}", "when: high", "condition-shape", "high", "is_attack"),
    ("when: {login_load: high}", "when: {fact: login_load, equals: high}", "condition-shape", "equals", "`is`"),
    ("when: {login_load: high}", "when: {fact: a, sent: b}", "condition-shape", "sent", "two conditions"),
    ("when: {login_load: high}", "when: {any: {is_attack: no}}", "condition-shape", "{is_attack: no}", "- "),
    ("when: {login_load: high}", "when: {login_load: [high]}", "condition-shape", "[high]", "is: no"),
    ("when: {login_load: high}", "when: {fact: x, at_least: many}", "condition-shape", "many", "at_least: 60"),
    ("when: {login_load: high}", "when: {sent: holding, on: some}", "condition-shape", "some", "on: all"),
    ("when: {login_load: high}", "when: {}", "condition-shape", "{}", "is_attack"),
    ("when: {login_load: high}", "when:", "wrong-value", "when", "Fill it"),
    ("      - {fact: is_attack, is: no}\n", "      - is_attack no\n", "condition-shape", "is_attack no", "no}"),
    ("readings: 2", "readings: twice", "condition-shape", "twice", "readings: 2"),
    ("- plea: Na razie go nie klikaj.\n            when: {login_load: high}", "- No.", "text-shape", "No.", "- e"),
    ("            when: {login_load: high}", "            plee: x", "text-shape", "plee", "- "),
    ("plea: Na razie go nie klikaj.", "plea: 112", "text-shape", "112", "quotes"),
    ("plea: Na razie go nie klikaj.", 'plea: " "', "text-shape", '" "', "Write it"),
    ("          title: Sprawdzamy", "          titel: Sprawdzamy", "text-shape", "titel", "`title`"),
    ("          body:\n", "          bodi:\n", "text-shape", "bodi", "`body`"),
    ("          omits: [plea]\n", "          omits: plea\n", "text-shape", "plea", "omits: ["),
    ("          where: on our page\n", "", "text-shape", "[plea]", "where"),
    ("tutaj o {{ next_update }}", "tutaj o {{ next_update.x }}", "sentence-grammar", "{{ next_update.x }}", "{{ next_"),
    ("tutaj o {{ next_update }}", "tutaj o {{ next_update", "sentence-grammar", "{{ next_update.", "{{ next_update }}"),
    ("tutaj o {{ next_update }}", "o {% if x %}", "sentence-grammar", "{% if x %}", "{{ fact }}"),
    ("Na razie go", "Na #razie go", "lost-hashtag", "#razie go nie klikaj.", "quotes"),
    ("Cancel the queue.", "Cancel the #queue now.", "lost-hashtag", "#queue now.", "quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "rule", "shown", "cure"), CASES, ids=[f"{case[2]}-{case[3]}" for case in CASES])
def test_mistakes_are_found_in_their_place(old: str, new: str, rule: str, shown: str, cure: str) -> None:
    loaded = broken(old, new)
    found = [problem for problem in loaded.problems if problem.rule == rule]
    assert found, [problem.what for problem in loaded.problems]
    lines = loaded.document.lines()
    marked = [lines[problem.span.line - 1][problem.span.column - 1 : problem.span.end_column - 1] for problem in found]
    assert any(words.startswith(shown) for words in marked), marked
    assert any(cure in problem.cure for problem in found), [problem.cure for problem in found]
    assert loaded.runbook is not None, "a runbook with a mistake is still walked"
    assert shape.build(Runbook, json.loads(json.dumps(loaded.plan))) == loaded.runbook


def test_one_typo_is_one_finding() -> None:
    assert [problem.rule for problem in broken("duty: Words", "dutty: Words").problems] == ["unknown-key"]
    assert [problem.rule for problem in broken("do: Cancel", "doo: Cancel").problems] == ["step-verb"]
    assert [problem.rule for problem in broken("by: T+5m", "by: 5").problems] == ["wrong-time"]
    assert [problem.rule for problem in broken("owner: Communications", "owner:").problems] == ["wrong-value"]


def test_a_hashtag_in_a_comment_is_left_alone() -> None:
    assert broken("version: 7", "version: 7 #seven").problems == []
    assert broken("do: Cancel the queue.", "do: Cancel the queue. # all of it").problems == []


def test_what_cannot_be_read_of_a_step_is_still_said() -> None:
    loaded = broken("do: Cancel the queue.", "doo: Cancel the queue.")
    assert loaded.runbook is not None
    assert loaded.runbook.steps()[0].text.startswith("doo: Cancel the queue.")
    loaded = broken("wait: 10m", "wait: until it is quiet")
    assert loaded.runbook is not None
    assert "Wait until it is quiet" in [step.text for step in loaded.runbook.steps()]
    loaded = broken("      - id: speak\n", "      - Ring the mayor\n      - id: speak\n")
    assert loaded.runbook is not None
    assert "Ring the mayor" in [step.text for step in loaded.runbook.steps()]


def test_times_that_cannot_be_read_start_no_clock() -> None:
    runbook = broken("by: T+5m", "by: 5 minutes").runbook
    assert runbook is not None
    assert runbook.steps()[1].by is None
    assert broken("within: 72h", "within: 72").runbook.clocks == {}
    assert broken("at: T+2d", "at: soon").runbook.follow_ups[0].at == "T+0m"


class _Blank:
    def fact(self, name: str) -> None:
        return None

    def decided(self, step: str) -> None:
        return None

    def was_sent(self, message: str, on: object) -> bool:
        return False

    def signal(self, condition: object) -> None:
        return None


def test_a_condition_that_cannot_be_read_stays_undecided() -> None:
    runbook = broken("when: {login_load: high}", "when: {fact: a, sent: b}").runbook
    assert runbook is not None
    leaf = read_leaf(runbook.messages["holding"].text["post"]["pl"], "post", ())
    verdicts = [evaluate(sentence.when, _Blank()).value for sentence in leaf.body]
    assert verdicts == [True, None, True]
    gate = broken("      - {fact: is_attack, is: no}\n", "      - is_attack no\n").runbook
    assert gate is not None
    assert gate.gates["light_tone"].opens_when[0] == UNREADABLE


def test_an_early_approval_with_a_broken_day_is_none() -> None:
    runbook = broken("until: 2027-05-20", "until: next year").runbook
    assert runbook is not None
    assert runbook.messages["holding"].pre_approved is None


def test_steps_with_one_id_are_told_apart() -> None:
    runbook = broken("id: speak", "id: attack").runbook
    assert runbook is not None
    assert [step.id for phase in runbook.phases for step in phase.steps][-1] == "attack-2"


def test_a_lead_is_always_there() -> None:
    roles = FULL[FULL.index("roles:") : FULL.index("facts:")]
    for old, new in (("  lead:\n", "  boss:\n"), (roles, ""), (roles, "roles: nobody\n")):
        runbook = broken(old, new).runbook
        assert runbook is not None
        assert "lead" in runbook.roles


def test_after_a_syntax_error_the_steps_before_it_are_walked() -> None:
    loaded = broken("          - plea: Na razie go nie klikaj.", "          - plea: @nobody")
    assert [problem.rule for problem in loaded.problems] == ["yaml-syntax"]
    assert loaded.runbook is not None
    assert len(loaded.runbook.steps()) == 7
    assert not loaded.document.whole


@pytest.mark.parametrize("text", ["", "# nothing", "- a\n", "phases: []\n", "crisis: 1\nphases: 3\n", "phases:\n"])
def test_without_a_step_there_is_no_runbook(text: str) -> None:
    loaded = parse(text)
    assert loaded.runbook is None
    assert loaded.problems
    assert loaded.plan == {}


def test_a_broken_file_can_be_read_aloud() -> None:
    text = FULL.replace("id: stop\n", "id: @stop\n", 1)
    assert parse(text).runbook is None
    said = raw_steps(parse(text).document)
    assert said[0] == "Cancel the queue."
    assert "Call: lead, press" in said
    assert "Send: holding" in said
    bare = parse("phases:\n  - steps:\n      - Ring the mayor: now\n      - Lock the doors\n")
    assert raw_steps(bare.document) == ["Lock the doors"]
    folded = parse("a: @\nsteps:\n  - do: >\n      Ring the mayor\n      and wait.\n  - wait: 5m\n")
    assert raw_steps(folded.document) == ["Ring the mayor and wait.", "Wait: 5m"]


def mutated(chance: random.Random) -> str:
    """The good file with a few lines dropped, doubled, cut, indented, or given another value."""
    good = FULL.splitlines()
    lines = list(good)
    for _ in range(chance.randint(1, 4)):
        index = chance.randrange(len(lines))
        line = lines[index]
        value = chance.choice(["", "[]", "{}", "3", "x", "[1, {a: b}]"])
        lines[index : index + 1] = chance.choice(
            [
                [],
                [line, chance.choice(good)],
                [f"{line.partition(':')[0]}: {value}"],
                [line[: chance.randrange(len(line) + 1)]],
                [f"  {line}"],
                [line.replace(":", ": -", 1)],
            ]
        )
    return "\n".join(lines) + "\n"


def test_mutated_files_never_raise() -> None:
    """Whatever happens to a file, lint says something sensible, and what is built can be built again and walked."""
    chance = random.Random(20261122)
    walked = 0
    for _ in range(250):
        loaded = parse(mutated(chance))
        assert all(problem.what and problem.cure for problem in lint_one(loaded, Around(layouts={})))
        if loaded.runbook is None:
            continue
        walked += 1
        assert shape.build(Runbook, json.loads(json.dumps(loaded.plan))) == loaded.runbook
        assert all(step.text for step in loaded.runbook.steps())
        texts = [text for message in loaded.runbook.messages.values() for text in message.text.values()]
        leaves = [read_leaf(leaf, "", ()) for languages in texts for leaf in languages.values()]
        assert all(sentence.label for leaf in leaves for sentence in leaf.sentences())
    assert walked > 120
