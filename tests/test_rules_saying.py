"""What must be said at each stage: edge cases of the rules, and near misses that stay silent, in three languages."""

from __future__ import annotations

import dataclasses

import pytest
import yaml

from crisiscli.loader import load_text, shipped
from crisiscli.problem import Problem
from crisiscli.rules import Around, Book, rule_called, rules
from crisiscli.rules.saying.vocabulary import ALTERNATIVES, VOCABULARY, labels, table
from examples import AROUND, BASE, whole

HOLDING = {
    "empathy": "You cannot get into our app, and we are sorry.",
    "known": "The app does not open for many of you.",
    "checking": "We do not know the cause yet.",
    "next_update": "More at {{ next_update }}.",
    "verify": "You find every word of ours on our website.",
}


def book(text: str, around: Around = AROUND) -> Book:
    loaded = load_text(text.encode(), "example.yaml")
    assert loaded.runbook is not None
    return Book(loaded.runbook, loaded, around)


def found(rule: str, text: str, around: Around = AROUND) -> list[Problem]:
    one = rule_called(rule)
    assert one is not None
    return list(one.check(book(text, around)))


def lines(text: str, problem: Problem) -> list[str]:
    return [text.splitlines()[span.line - 1].strip() for span in (problem.span, *(o.span for o in problem.others))]


def message(stage: str, *sentences: str, source: str = "page", to: str = "website", language: str = "en") -> str:
    body = "".join(f"          - {sentence}\n" for sentence in sentences)
    head = f"messages:\n  {stage}:\n    stage: {stage}\n    for: [customers]\n    to: [{to}]\n    text:\n"
    return whole(f"{head}      {source}:\n        {language}:\n{body}")


def holding(*left_out: str, in_: str = "en", **instead: str) -> str:
    said = {label: words for label, words in HOLDING.items() if label not in left_out}
    sentences = [f"{label}: {words}" for label, words in {**said, **instead}.items()]
    return message("holding", *sentences, language=in_)


def test_one_finding_for_a_text_with_everything_it_lacks() -> None:
    text = holding("known", "empathy", "verify")
    [problem] = found("incomplete-holding", text)
    assert problem.what == (
        "The text for `page` in `en` does not say that we see what it means for people, what we know, "
        "nor where people find or check the official word."
    )
    assert lines(text, problem) == ["en:"]
    assert "`- verify: " in problem.cure
    assert "`omits: [empathy, known, verify]`" in problem.cure


@pytest.mark.parametrize("label", ["checking", "next_update", "verify"])
def test_each_part_of_a_holding_is_missed(label: str) -> None:
    assert len(found("incomplete-holding", holding(label))) == 1


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("known", "noticed"),
        ("known", "what_fails"),
        ("checking", "not_known"),
        ("checking", "working"),
        ("verify", "where"),
        ("verify", "stay"),
        ("next_update", "next_word"),
    ],
)
def test_other_labels_count_as_well(label: str, other: str) -> None:
    assert found("incomplete-holding", holding(label, **{other: "More at {{ next_update }}."})) == []


def test_empathy_names_what_happened() -> None:
    assert found("incomplete-holding", holding("known")) == []
    assert len(found("incomplete-holding", holding("known", "empathy", apology="We are sorry."))) == 1


def test_a_misspelt_label_is_guessed() -> None:
    [problem] = found("incomplete-holding", holding("verify", verifi="You find every word on our website."))
    assert problem.cure == "Did you mean `verify` where it says `verifi`?"


def test_the_languages_are_judged_one_by_one() -> None:
    polish = """        pl:
          - empathy: Nie możesz wejść do aplikacji, przepraszamy.
          - checking: Sprawdzamy, co się stało.
          - next_update: Więcej o {{ next_update }}.
"""
    text = holding().replace(
        "          - verify: You find every word of ours on our website.\n",
        "          - verify: You find every word of ours on our website.\n" + polish,
        1,
    )
    assert found("incomplete-holding", text) == [], "nobody reads Polish here: undefined-language tells that"
    text = text.replace("  must: [en]\n", "  must: [en]\n  follow: {pl: 30m}\n")
    [problem] = found("incomplete-holding", text)
    assert problem.what == "The text for `page` in `pl` does not say where people find or check the official word."
    assert lines(text, problem) == ["pl:"]


OMITS = """messages:
  holding:
    stage: holding
    for: [customers]
    to: [website]
    text:
      page:
        en:
          omits: [{label}]
          where: the branches say it
          body:
            - empathy: You cannot get into our app, and we are sorry.
            - checking: We do not know the cause yet.
            - next_update: More at {{{{ next_update }}}}.
"""


@pytest.mark.parametrize(("label", "problems"), [("verify", 0), ("where", 0), ("stay", 0), ("checking", 1)])
def test_what_is_left_out_on_purpose(label: str, problems: int) -> None:
    assert len(found("incomplete-holding", whole(OMITS.format(label=label)))) == problems


SHORT = """audiences:
  people:
    who: People on the move
    reached_by: [{reached_by}]
messages:
  holding:
    stage: holding
    for: [customers, people]
    to: [website, {channel}]
    text:
      {source}:
        en:
          - known: The app does not open for many of you.
          - next_update: More at {{{{ next_update }}}}.
      page:
        en:
          - empathy: You cannot get into our app, and we are sorry.
          - checking: We do not know the cause yet.
          - next_update: More at {{{{ next_update }}}}.
          - verify: You find every word of ours on our website.
"""


@pytest.mark.parametrize(
    ("channel", "source"), [("x", "post"), ("sms", "short"), ("push", "push"), ("ivr", "spoken"), ("chatbot", "chat")]
)
def test_a_short_text_leans_on_another_that_the_same_people_get(channel: str, source: str) -> None:
    text = whole(SHORT.format(channel=channel, source=source, reached_by=f"{channel}, website"))
    assert found("incomplete-holding", text) == []
    alone = whole(SHORT.format(channel=channel, source=source, reached_by=channel))
    [problem] = found("incomplete-holding", alone)
    assert f"`{source}`" in problem.what


def test_a_page_leans_on_nothing() -> None:
    text = whole(SHORT.format(channel="email", source="email", reached_by="email, website"))
    assert len(found("incomplete-holding", text)) == 1


EXPLANATION = {
    "harm": "You could not pay or see your account.",
    "apology": "This is our mistake, and we apologise.",
    "instead": "Your card works in shops.",
    "next_update": "More at {{ next_update }}.",
    "verify": "You find every word of ours on our website.",
}
CAUSES = """facts:
  cause:
    ask: What caused it?
    type: text
    confirmed_by: it
    use: confirmed
elements:
  cause:
    needs: {fact: cause, is_not: unknown}
    if_unknown: %s
"""


def explanation(*causes: str, unknown: str = "leave_out", more: str = "") -> str:
    said = [f"{label}: {words}" for label, words in EXPLANATION.items()]
    return whole(CAUSES % unknown + more, message("explanation", *causes, *said))


CAUSE = "cause: It happened because of {{ cause }}."
OPEN = "cause_open: We do not know yet how it happened.\n            when: {fact: cause, is: %s}"


def test_a_cause_that_is_only_sometimes_said_needs_its_other_half() -> None:
    text = explanation(CAUSE)
    [problem] = found("incomplete-explanation", text)
    assert problem.what.endswith("does not always say the cause, or that we do not know it yet.")
    assert lines(text, problem) == ["en:", f"- {CAUSE}"]
    assert [label.text for label in problem.others] == ["said only in some cases"]
    assert found("incomplete-explanation", explanation(CAUSE, OPEN % "unknown")) == []


def test_halves_that_do_not_meet() -> None:
    only_then = "cause_open: We do not know yet how it happened.\n            when: {is_attack: no}"
    [problem] = found("incomplete-explanation", explanation(CAUSE, only_then))
    assert len(problem.others) == 2


def test_a_text_that_waits_for_its_cause_always_says_it() -> None:
    assert found("incomplete-explanation", explanation(CAUSE, unknown="wait")) == []


def test_every_answer_of_a_choice_is_covered() -> None:
    fact = "  who:\n    ask: Who?\n    type: choice\n    options: {ours: We, theirs: Others}\n"
    mine = ["our_mistake: We did it.\n            when: {who: ours}"]
    theirs = ["supplier: A company that works for us did.\n            when: {fact: who, is: theirs}"]
    unknown = ["checking: We are looking into it.\n            when: {fact: who, is: unknown}"]

    def count(*sentences: str) -> int:
        text = explanation(*sentences).replace("facts:\n", "facts:\n" + fact, 1)
        return len(found("incomplete-explanation", text))

    # a `when` without an element that leaves it out makes the text wait while it is undecided
    assert count(*mine) == 1
    assert count(*mine, *theirs) == 0
    assert count(*mine, *theirs, *unknown) == 0
    assert count(*mine, *unknown) == 1


def test_an_apology_is_missed() -> None:
    text = BASE.replace("          - apology: This is our mistake, and we apologise.\n", "")
    problems = found("incomplete-explanation", text)
    assert [problem.what.partition(" does not ")[0] for problem in problems] == [
        "The text for `page` in `en`",
        "The text for `spoken` in `en`",
    ]
    assert all("sorry and answer for it" in problem.what for problem in problems)


def test_a_press_release_need_not_say_what_to_do() -> None:
    said = {label: words for label, words in EXPLANATION.items() if label not in ("instead", "verify")}
    sentences = ["cause: A cable broke.", *(f"{label}: {words}" for label, words in said.items())]
    assert found("incomplete-explanation", message("explanation", *sentences, source="press", to="press")) == []
    [problem] = found("incomplete-explanation", message("explanation", *sentences))
    assert "what people should do" in problem.what


def test_where_to_check_is_not_what_to_do() -> None:
    said = {label: words for label, words in EXPLANATION.items() if label != "instead"}
    sentences = ["cause: A cable broke.", *(f"{label}: {words}" for label, words in said.items())]
    [problem] = found("incomplete-explanation", message("explanation", *sentences))
    assert problem.what.endswith(" does not say what people should do, or that they need do nothing.")
    in_some_cases = "nothing_to_do: You do not need to do anything.\n            when: {is_attack: no}"
    assert found("incomplete-explanation", message("explanation", *sentences, in_some_cases)) == []


def test_a_second_message_need_not_repeat_the_first() -> None:
    second = """messages:
  more:
    stage: explanation
    for: [%s]
    to: [website, branch]
    text:
      page:
        en:
          - apology: We apologise once more.
"""
    assert found("incomplete-explanation", whole(second % "customers")) == []
    head, _, tail = BASE.partition("  explanation:\n")
    fewer = head + "  explanation:\n" + tail.replace("for: [customers, offline_customers]", "for: [customers]", 1)
    [problem] = found("incomplete-explanation", whole(second % "offline_customers", fewer))
    assert "what it did to people" in problem.what


def test_a_second_status_has_to_stand_alone() -> None:
    second = message("status", "still: We are on it.", "instead: Use your card.").replace(
        "  status:\n", "  again:\n", 1
    )
    more = second[second.index("  again:") : second.index("follow_ups:")]
    text = BASE.replace("follow_ups:", more + "follow_ups:")
    [problem] = found("incomplete-status", text)
    assert "by when it will work, or that we cannot say yet, nor when the next word comes" in problem.what


def test_our_own_people_are_not_the_world() -> None:
    text = message("holding", "known: The app does not open.").replace("for: [customers]", "for: [front_line]", 1)
    assert found("incomplete-holding", text) == []
    assert len(found("incomplete-brief", BASE.replace("          - say: ", "          - says_who: "))) == 1


def test_the_all_clear_says_what_to_do_when_it_still_fails() -> None:
    for label in ("complaint", "still_broken", "help", "stay"):
        assert found("incomplete-all-clear", message("all_clear", "fixed: It works.", f"{label}: Call us.")) == []
    [problem] = found("incomplete-all-clear", message("all_clear", "fixed: It works.", "thanks: Thank you."))
    assert "what to do when it still does not work" in problem.what


def test_compensation_may_depend_on_the_decision() -> None:
    gesture = "gesture: We pay back the fee.\n            when: {decided: same-channel, is: now}"
    assert found("incomplete-closure", message("closure", "thanks: Thank you.", gesture)) == []
    assert found("incomplete-closure", message("closure", "no_compensation: Nobody lost money.")) == []
    assert len(found("incomplete-closure", message("closure", "thanks: Thank you."))) == 1


def test_a_status_offers_something_to_use_instead() -> None:
    said = ("still: We are on it.", "eta_open: We do not know yet.", "next_update: More at {{ next_update }}.")
    [problem] = found("no-alternative", message("status", *said))
    assert "what people can use instead" in problem.what
    for label in ("instead", "works", "payments_work", "help"):
        assert found("no-alternative", message("status", *said, f"{label}: Cards work.")) == []


def test_a_holding_that_lists_services_offers_something_too() -> None:
    services = "facts:\n  services:\n    ask: What works?\n    type: services\n    of: [app]\n"
    listed = message(
        "holding", 'what_fails: "Down: {{ services | down }}."', *(f"{k}: {v}" for k, v in HOLDING.items())
    )
    assert len(found("no-alternative", whole(services, listed))) == 1
    other = listed.replace("          - verify:", "          - instead: Cards work.\n          - verify:", 1)
    assert found("no-alternative", whole(services, other)) == []
    assert found("no-alternative", whole(services)) == []


@pytest.mark.parametrize(
    ("language", "label", "words"),
    [
        ("pl", "apology", "Dokładamy wszelkich starań."),
        ("ro", "apology", "Facem tot ce putem."),
        ("en", "apology", "We are doing what we can."),
        ("pl", "next_update", "Wkrótce napiszemy więcej."),
        ("ro", "next_update", "Revenim cât mai curând."),
        ("en", "next_update", "More as soon as possible."),
        ("pl", "eta", "Naprawimy to szybko."),
        ("en", "never", "Say that all is well."),
        ("pl", "never", "Mów, że wszystko działa."),
        ("ro", "cause_open", "Cauza este un cablu rupt."),
        ("en", "eta_open", "It will work soon."),
        ("en", "thanks", "See you soon."),
    ],
)
def test_a_label_that_lies(language: str, label: str, words: str) -> None:
    text = holding(in_=language, **{label: words})
    lies = [problem for problem in found("label-lies", text) if words in lines(text, problem)[0]]
    assert len(lies) == 1
    assert f"`{label}`" in lies[0].what


@pytest.mark.parametrize(
    ("language", "label", "words"),
    [
        ("pl", "apology", "Bardzo przepraszamy za kłopot."),
        ("pl", "apology", "PRZEPRASZAMY."),
        ("pl", "apology", "Jest nam przykro."),
        ("ro", "apology", "Ne cerem scuze."),
        ("ro", "apology", "Ne pare rau pentru intarziere."),
        ("en", "apology", "We apologize."),
        ("en", "apology", "Sorry!"),
        ("pl", "next_update", "Napiszemy jutro rano."),
        ("pl", "next_update", "Odezwiemy się w środę."),
        ("ro", "next_update", "Revenim mâine dimineață."),
        ("en", "next_update", "We will be back within the hour."),
        ("en", "next_update", "More at 18.30."),
        ("en", "next_update", "More at {{ next_update }}."),
        ("en", "next_update", "More at {{next_update}}."),
        ("en", "eta", "We expect it by {{ repaired_by }}."),
        ("en", "next_update", "{{ cause }}"),
        ("en", "next_update", "More at {{ nobody_knows }}."),
        ("pl", "never", "Nie zgaduj."),
        ("ro", "never", "Nu cereți coduri."),
        ("en", "never", "Don't guess."),
        ("pl", "cause_open", "Przyczynę wciąż ustalamy."),
        ("ro", "checking", "Verificăm."),
        ("en", "checking", "We are looking into it."),
        ("pl", "thanks", "Z wdzięcznością."),
    ],
)
def test_a_label_that_tells_the_truth(language: str, label: str, words: str) -> None:
    text = holding(label, in_=language, **{label: f'"{words}"'})
    assert [p.what for p in found("label-lies", text) if words in lines(text, p)[0]] == []


def test_a_language_without_lists_is_not_judged() -> None:
    text = holding(in_="de", apology="Wir tun, was wir können.")
    assert found("label-lies", text) == []
    lies = holding(apology="We are doing what we can.")
    assert len(found("label-lies", lies)) == 1
    assert found("label-lies", lies, dataclasses.replace(AROUND, phrases={})) == []


def test_the_time_of_the_next_word_is_a_promise() -> None:
    text = BASE.replace("    type: time\n    promise: true\n    longest", "    type: time\n    longest", 1)
    [problem] = found("no-promise-of-next-word", text)
    assert lines(text, problem)[0] == "next_update:"
    marked = problem.others[0].span
    line = text.splitlines()[marked.line - 1]
    assert line[marked.column - 1 : marked.end_column - 1] == "{{ next_update }}"


def test_other_times_need_be_no_promise() -> None:
    fact = "facts:\n  fixed_at:\n    ask: Since when?\n    type: time\n"
    text = whole(fact, message("all_clear", "fixed: It works since {{ fixed_at }}.", "help: Call us."))
    assert found("no-promise-of-next-word", text) == []


@pytest.mark.parametrize("channel", ["website", "status_page"])
def test_one_place_for_the_official_word(channel: str) -> None:
    text = BASE.replace("    to: [website, ivr, branch]", f"    to: [{channel}, ivr, branch]")
    assert found("no-canonical-place", text) == []


def test_no_place_for_the_official_word() -> None:
    text = BASE.replace("    to: [website, ivr, branch]", "    to: [x, ivr, branch]", 1)
    [problem] = found("no-canonical-place", text)
    assert lines(text, problem) == ["to: [x, ivr, branch]"]


def test_a_later_word_replaces_the_first_one_there() -> None:
    head, _, tail = BASE.partition("  status:\n")
    text = head + "  status:\n" + tail.replace("    to: [website, ivr, branch]", "    to: [x, ivr, branch]", 1)
    [problem] = found("no-canonical-place", text)
    assert problem.what == "`status` does not replace the first word on `website`."
    assert lines(text, problem) == ["to: [x, ivr, branch]", "to: [website, ivr, branch]"]


@pytest.mark.parametrize("stage", VOCABULARY)
def test_the_examples_of_a_cure_count_for_what_they_mend(stage: str) -> None:
    for content in (*VOCABULARY[stage], ALTERNATIVES):
        [said] = yaml.safe_load(f"- {content.example}")
        assert set(said) <= content.labels
        assert found("label-lies", holding(**said)) == []


def test_the_vocabulary_can_be_printed() -> None:
    rows = table().splitlines()
    assert rows[0] == "| Stage | A text says | Labels that count |"
    assert len(rows) == 3 + sum(map(len, VOCABULARY.values()))
    assert all(label in labels() for label in ("cause_open", "nothing_to_do", "no_compensation"))


@pytest.mark.parametrize("name", ["erroneous-mass-message", "full-outage", "not-sure-yet"])
def test_every_text_of_a_shipped_runbook_says_what_it_owes(name: str) -> None:
    text = (shipped("runbooks") / f"{name}.yaml").read_text(encoding="utf-8")
    names = ("holding", "explanation", "status", "all-clear", "closure", "brief")
    assert [p.what for one in names for p in found(f"incomplete-{one}", text)] == []


def test_what_must_say_misses_is_not_missed_again() -> None:
    text = BASE.replace(
        "          - next_update: More at {{ next_update }}.\n          - verify: You find",
        "          - verify: You find",
        1,
    )
    assert len(found("incomplete-holding", text)) == 1
    asked = text.replace("    stage: holding\n", "    stage: holding\n    must_say: [next_update]\n")
    assert len(found("must-say", asked)) == 1
    assert found("incomplete-holding", asked) == []
    omitted = asked.replace(
        "        en:\n          - empathy: You cannot",
        "        en:\n          omits: [next_update]\n          body:\n          - empathy: You cannot",
    )
    assert found("must-say", omitted) == []
    assert len(found("incomplete-holding", omitted)) == 1, "left out, and no `where` says who says it"


@pytest.mark.parametrize("stage", sorted(VOCABULARY))
def test_the_example_in_a_cure_is_a_sentence_lint_is_content_with(stage: str) -> None:
    for content in VOCABULARY[stage]:
        text = BASE.replace("known: The app does not open for many of you.", content.example, 1)
        line = next(number for number, one in enumerate(text.splitlines(), 1) if f"- {content.example}" in one)
        told = [problem for rule in rules() for problem in rule.check(book(text))]
        assert [problem.what for problem in told if problem.span.line == line] == []


def test_a_misspelt_channel_of_the_first_word_is_told_of_as_such() -> None:
    text = BASE.replace(
        "to: [website, ivr, branch]\n    approve: [lead]\n", "to: [ivr, wbsite]\n    approve: [lead]\n", 1
    )
    assert len(found("undefined-channel", text)) == 1
    assert found("no-canonical-place", text) == []


@pytest.mark.parametrize("begun", ["plea:", "plea:Please wait."])
def test_a_sentence_that_was_begun_is_told_of_as_such(begun: str) -> None:
    text = BASE.replace("    stage: holding\n", "    stage: holding\n    must_say: [plea]\n", 1)
    assert found("must-say", text) != []
    old = "          - next_update: More at {{ next_update }}"
    assert old in text
    text = text.replace(old, f"          - {begun}\n{old}")
    assert [problem.what for problem in found("must-say", text) if "`page`" in problem.what] == []


def test_the_cure_for_a_label_that_must_be_said_shows_a_sentence() -> None:
    text = BASE.replace("    stage: status\n", "    stage: status\n    must_say: [eta_open, mood]\n")
    cures = {problem.cure.partition(" Or ")[0] for problem in found("must-say", text)}
    assert cures == {"Add `- eta_open: We do not know yet when it will work.`.", "Add `- mood: ...`."}
