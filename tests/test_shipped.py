"""The runbooks that come with the program: they load, they fit, and they never reassure before it is confirmed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crisiscli import facts, loader
from crisiscli.channels import CHANNELS
from crisiscli.clocks import offset
from crisiscli.rendering import Renderer
from crisiscli.runbook import Runbook
from crisiscli.sentences import Leaf, leaf
from crisiscli.steps import Step
from crisiscli.steps.ask import Ask
from crisiscli.steps.send import Send
from crisiscli.steps.switch import Switch

NOW = datetime(2026, 11, 22, 2, 5, tzinfo=UTC)
WARSAW = ZoneInfo("Europe/Warsaw")
EXAMPLE = Path(__file__).resolve().parent.parent / "docs" / "example"
RUNBOOKS = sorted(loader.shipped("runbooks").glob("*.yaml"))
REASSURANCE = {
    "money_safe", "no_break_in", "our_mistake", "supplier", "cause", "nothing_to_do",
    "sending_stopped", "payments_work", "fixed",
}  # fmt: skip
REASSURING_WORDS = (
    "bezpieczn", "nikt się do nas", "nikt się nie włam", "nie musi", "nasz błąd", "przez pomyłkę", "jak zwykle",
    "zatrzymaliśmy", "tylko test", "safe", "nobody broke", "need to do", "by mistake", "is ours", "as usual",
    "have stopped", "only a test", "în siguranță", "nimeni nu a intrat", "din greșeala noastră", "nu trebuie să faceți",
    "funcționează normal", "doar un test",
)  # fmt: skip
MEANT_OTHERWISE = (
    "żeby wszystko działało jak zwykle", "to get everything back to normal", "na „bezpieczne konto”",
    'a transfer to a "safe account"',
)  # fmt: skip
"""Words about work that goes on, and what a fraud says: they hold a phrase that reassures elsewhere."""
NEVER_ASKS = ("never ask", "does not ask", "nie pros", "nu cerem", "nu vă cerem", "niciodată")
"""A sentence that says what we do not ask for may name it."""
SORRY = {"pl": ("przepraszamy",), "en": ("we are sorry",), "ro": ("ne pare rău", "ne cerem scuze", "cerem scuze")}


class Known:
    """A world in which some facts are known as they were typed, and nothing else has happened."""

    def __init__(self, runbook: Runbook, typed: dict[str, str]) -> None:
        self.values = {name: facts.read(runbook.facts[name], value, NOW, WARSAW) for name, value in typed.items()}

    def fact(self, name: str) -> Any:
        return self.values.get(name)

    def decided(self, step: str) -> str | None:
        return None

    def was_sent(self, message: str, on: Any) -> bool:
        return False

    def signal(self, condition: dict[str, Any]) -> bool | None:
        return None


def loaded(path: Path) -> Runbook:
    found = loader.load(path).runbook
    assert found is not None
    return found


def renderer(runbook: Runbook) -> Renderer:
    return Renderer(runbook, loader.layouts([loader.shipped("templates")]), {"name": "Acme"}, WARSAW)


def languages(runbook: Runbook) -> tuple[str, ...]:
    return (*runbook.languages.must, *runbook.languages.follow)


def places(runbook: Runbook) -> Iterator[tuple[str, str, str, Leaf]]:
    """Every message, channel, language and its text; a text that is not there fails the test."""
    for name, message in runbook.messages.items():
        for channel, language in itertools.product(message.to, languages(runbook)):
            text = leaf(message, channel, CHANNELS[channel].family, language)
            assert text is not None, f"{name}/{channel}/{language} has no text"
            yield name, channel, language, text


def asked(step: Step) -> int:
    """How many answers a step wants: a fact each, else one."""
    return len(step.ask) if isinstance(step, Ask) else 1


def before_holding(runbook: Runbook) -> list[Step]:
    holding = runbook.holding()
    return list(
        itertools.takewhile(lambda step: not (isinstance(step, Send) and holding in step.send), runbook.steps())
    )


@pytest.fixture(params=RUNBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def runbook(path: Path) -> Runbook:
    return loaded(path)


@pytest.fixture
def mass_message() -> Runbook:
    return loaded(loader.shipped("runbooks") / "erroneous-mass-message.yaml")


def test_something_is_shipped() -> None:
    assert "erroneous-mass-message" in loader.find_runbooks([loader.shipped("runbooks")])


def test_it_loads_without_a_problem(path: Path) -> None:
    found = loader.load(path)
    assert found.problems == []
    assert found.runbook is not None
    assert found.runbook.id == path.stem


def test_lint_finds_nothing() -> None:
    from crisiscli import linter
    from crisiscli.loader.phrasing import phrases
    from crisiscli.rules import Around

    around = Around(layouts=loader.layouts([loader.shipped("templates")]), phrases=phrases(), today=date(2026, 11, 22))
    report = linter.run([loader.shipped("runbooks")], around)
    assert len(report.files) == len(RUNBOOKS)
    assert {found.rule for found in report.problems} <= {"never-rehearsed"}, "only nobody's rehearsal is missing"


def test_every_message_has_a_text_on_every_channel_in_every_language(runbook: Runbook) -> None:
    assert {name for name, *_ in places(runbook)} == set(runbook.messages)
    for name, channel, _, text in places(runbook):
        if channel in ("website", "email", "press", "intranet"):
            assert text.title, f"{name}/{channel} needs a title"


def test_labels_are_the_same_in_every_language(runbook: Runbook) -> None:
    labels: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for name, channel, _, text in places(runbook):
        labels.setdefault((name, channel), set()).add(tuple(sentence.label for sentence in text.sentences()))
    assert {place for place, found in labels.items() if len(found) > 1} == set()


def test_every_text_carries_what_its_message_must_say(runbook: Runbook) -> None:
    for name, channel, language, text in places(runbook):
        said = {sentence.label for sentence in text.sentences()} | set(text.omits)
        assert set(runbook.messages[name].must_say) <= said, f"{name}/{channel}/{language}"


def test_every_role_has_a_deputy_who_is_somebody_else(runbook: Runbook) -> None:
    for name, role in runbook.roles.items():
        assert role.deputy in runbook.roles
        assert role.deputy != name


def test_every_audience_is_reached_by_a_message_and_hears_the_end_if_it_heard_the_start(runbook: Runbook) -> None:
    for name, audience in runbook.audiences.items():
        reached = [m for m in runbook.messages.values() if name in m.for_ and set(m.to) & set(audience.reached_by)]
        assert reached, f"nobody speaks to {name}"
    last = [message for message in runbook.messages.values() if message.stage == "all_clear"]
    if last:
        assert set(runbook.messages["holding"].for_) <= {name for message in last for name in message.for_}
    else:
        assert any(isinstance(step, Switch) for step in runbook.steps()), "nobody says that it is over"


def test_steps_of_the_first_fifteen_minutes_say_when_who_and_why(runbook: Runbook) -> None:
    early = [
        step
        for step in runbook.steps()
        if step.by and step.by.startswith("T+") and offset(step.by) <= timedelta(minutes=15)
    ]
    assert len(early) >= (10 if len(runbook.phases) > 1 else 5)
    for step in early:
        assert step.role in runbook.roles, step.id
        assert step.why, step.id
    assert [step.id for step in runbook.steps()[: len(early)]] == [step.id for step in early]
    assert all(5 <= len(phase.steps) <= 9 for phase in runbook.phases)


def test_sending_is_stopped_before_any_public_word_and_cannot_be_skipped(mass_message: Runbook) -> None:
    first = mass_message.steps()[0]
    assert first.id == "stop-sends"
    assert first.skip == "never"
    assert getattr(first, "answer", None)


def test_the_front_line_hears_it_before_the_public(mass_message: Runbook) -> None:
    sent = [message for step in mass_message.steps() if isinstance(step, Send) for message in step.send]
    assert sent.index("front_line_brief") < sent.index("holding")
    assert mass_message.insiders() == {"front_line"}


def test_the_first_word_needs_at_most_twelve_answers(runbook: Runbook) -> None:
    steps = before_holding(runbook)
    assert len(steps) < len(runbook.steps()), "holding is never sent"
    assert sum(asked(step) for step in steps) <= 12


def test_the_holding_waits_for_nothing_but_the_promised_time(runbook: Runbook) -> None:
    holding = runbook.holding()
    assert holding is not None
    render = renderer(runbook).render
    for channel, language in itertools.product(runbook.messages[holding].to, languages(runbook)):
        waiting = render(holding, channel, language, Known(runbook, {}))
        assert {reason.split()[0] for reason in waiting.waits} <= {"next_update"}
        ready = render(holding, channel, language, Known(runbook, {"next_update": "04:00"}))
        assert ready.waits == ()
        assert ready.unsaid == ()
        assert ready.rendering is not None
        assert "04:00" in ready.rendering.body


def test_nothing_reassures_while_nothing_is_known(runbook: Runbook) -> None:
    typed = {"next_update": "04:00", "what_was_sent": "ęśąćż"}
    world = Known(runbook, {name: value for name, value in typed.items() if name in runbook.facts})
    render, shown = renderer(runbook).render, 0
    for name, channel, language, text in places(runbook):
        rendered = render(name, channel, language, world).rendering
        if rendered is None:
            continue
        shown += 1
        said = rendered.text
        for sentence in text.body:
            assert sentence.label not in REASSURANCE or sentence.text not in said, f"{name}/{channel}/{language}"
        for words in MEANT_OTHERWISE:
            said = said.replace(words, "")
        found = [words for words in REASSURING_WORDS if words in said.lower()]
        assert found == [], f"{name}/{channel}/{language}: {said}"
    assert shown > 0


def test_every_reassurance_hangs_on_confirmed_facts(runbook: Runbook) -> None:
    from crisiscli.conditions import facts_in

    labels = {sentence.label for *_, text in places(runbook) for sentence in text.body}
    for label in labels & REASSURANCE:
        names = list(facts_in(runbook.elements[label].needs))
        assert any(runbook.facts[name].use == "confirmed" for name in names), label
        assert all(runbook.facts[name].confirmed_by for name in names), label


def test_a_text_never_reassures_about_what_it_calls_open(mass_message: Runbook) -> None:
    pairs = [("money_safe", "checking_money"), ("no_break_in", "checking_attack"), ("cause", "cause_open")]
    pairs += [("money_safe", "money_touched"), ("no_break_in", "attack"), ("our_mistake", "attack")]
    render = renderer(mass_message).render
    pages = [place for place in places(mass_message) if place[1] in ("website", "intranet")]
    for typed in states():
        world = Known(mass_message, typed)
        for name, channel, language, text in pages:
            result = render(name, channel, language, world)
            said = {sentence.label for sentence in text.body} - set(result.left_out)
            for one, other in pairs:
                assert not {one, other} <= said, f"{name}/{channel}/{language} says {one} and {other} in {typed}"


def test_an_attack_or_touched_money_takes_the_good_news_out(mass_message: Runbook) -> None:
    typed = {**GOOD, "is_attack": "yes", "money_or_data_touched": "yes", "cause": "attack"}
    render = renderer(mass_message).render
    for name, channel, language, text in places(mass_message):
        rendered = render(name, channel, language, Known(mass_message, typed)).rendering
        assert rendered is not None
        for sentence in text.body:
            if sentence.label in ("money_safe", "no_break_in", "our_mistake", "nothing_to_do"):
                assert sentence.text not in rendered.body


def test_good_news_is_told_once_it_is_confirmed(mass_message: Runbook) -> None:
    said = renderer(mass_message).render("explanation", "website", "pl", Known(mass_message, GOOD))
    assert said.rendering is not None
    assert said.unsaid == ()
    for words in ("przez pomyłkę", "Przepraszamy", "Nikt się do nas nie włamał", "są bezpieczne", "Nie musisz nic"):
        assert words in said.rendering.body


def test_the_all_clear_waits_for_everything_to_work(mass_message: Runbook) -> None:
    render = renderer(mass_message).render
    for channel, language in itertools.product(mass_message.messages["all_clear"].to, languages(mass_message)):
        early = render("all_clear", channel, language, Known(mass_message, {"login_load": "normal"}))
        assert early.rendering is None
        slow = render("all_clear", channel, language, Known(mass_message, {**GOOD, "login_load": "high"}))
        assert "fixed" in slow.unsaid
        done = render("all_clear", channel, language, Known(mass_message, {**GOOD, "login_load": "normal"}))
        assert done.rendering is not None
        assert done.unsaid == ()


def test_every_text_fits_its_channel_in_every_state_of_knowledge(mass_message: Runbook) -> None:
    render, checked = renderer(mass_message).render, 0
    tight = [place for place in places(mass_message) if place[1] in ("x", "ivr", "sms", "push")]
    for typed in states():
        world = Known(mass_message, typed)
        for name, channel, language, _ in tight:
            rendered = render(name, channel, language, world).rendering
            if rendered is None:
                continue
            checked += 1
            for measure in CHANNELS[channel].measure(rendered.title, rendered.body, language):
                assert measure.fits, f"{name}/{channel}/{language}: {measure} {rendered.body}"
                assert measure.parts <= 3
    assert checked > 1_000


def test_no_link_and_no_request_where_the_mistake_happened(runbook: Runbook) -> None:
    for name, channel, language, text in places(runbook):
        if channel in ("push", "sms", "ivr", "in_app", "email"):
            sentences = [sentence.text.lower() for sentence in text.sentences()]
            said = " ".join(one for one in sentences if not any(words in one for words in NEVER_ASKS))
            for words in ("http", "www.", ".pl", ".com", "zaloguj", "log in", "login", "hasło", "password", "pesel"):
                assert words not in said, f"{name}/{channel}/{language} says {words}"


def test_apologies_are_ours_and_blame_nobody(runbook: Runbook) -> None:
    for name, channel, language, text in places(runbook):
        for sentence in text.sentences():
            said = sentence.text.lower()
            if sentence.label == "apology":
                assert any(words in said for words in SORRY[language]), f"{name}/{channel}: {sentence.text}"
                assert not {"jeśli", "jeżeli", "if", "dacă"} & set(said.split()), f"{name}/{channel}: {sentence.text}"
            for words in ("pracownik", "stażyst", "kolega", "employee", "intern ", "human error", "błąd ludzki",
                          "angajat", "stagiar", "eroare umană"):  # fmt: skip
                assert words not in said, f"{name}/{channel}: {sentence.text}"


def test_the_example_company_can_be_used_as_it_stands(mass_message: Runbook) -> None:
    from crisiscli import config

    company = config.load(EXAMPLE)
    assert company.problems == ()
    assert all(binding.trouble == "" for binding in company.channels.values())
    assert {role for role in mass_message.roles if not company.holds(role)} == set()
    for channel, path in company.recipients["front_line"].items():
        found = config.read_recipients(path, CHANNELS[channel].address, region=company.region)
        assert found.refused == ()
        assert found.count == found.lines == 5


GOOD = {
    "is_attack": "no",
    "money_or_data_touched": "no",
    "still_sending": "no",
    "believed_attack": "yes",
    "cause": "ours",
    "cause_words": "test nowej funkcji trafił na prawdziwą listę odbiorców zamiast na testową",
    "cause_words_en": "the test of a new feature went to the real list of recipients instead of the test list",
    "what_was_sent": "Testowe powiadomienie ęśąćż",
    "can_pay": "yes",
    "login_load": "high",
    "people_reached": "4 700 000",
    "messages_sent": "14 100 000",
    "colleague_well": "yes",
    "harm_story_open": "no",
    "gesture_words": "nie pobierzemy w grudniu opłaty za kartę",
    "gesture_words_en": "we will not charge the card fee for December",
    "change_1": "Zespół wysyłek do 15 grudnia oddzieli listy testowe od prawdziwych",
    "change_1_en": "By 15 December the messaging team keeps test lists apart from real ones",
    "change_2": "Dział IT do 31 stycznia wprowadzi zgodę drugiej osoby",
    "change_2_en": "By 31 January IT asks for a second person's yes",
    "change_3": "Zespół komunikacji do końca roku przygotuje sprostowania",
    "change_3_en": "By the end of the year communications writes the corrections",
    "next_update": "23:59",
    "fixed_at": "23:59",
}


def states() -> Iterator[dict[str, str]]:
    """What may be known, with the longest values; an attack we caused ourselves is left out."""
    open_to = {
        "is_attack": ("", "no", "yes"),
        "money_or_data_touched": ("", "no", "yes"),
        "cause": ("", "ours", "supplier"),
        "login_load": ("normal", "high", "down"),
        "can_pay": ("yes", "no"),
        "repaired_by": ("", "23:59"),
    }
    for values in itertools.product(*open_to.values()):
        typed = {**GOOD, **dict(zip(open_to, values, strict=True))}
        if not (typed["is_attack"] == "yes" and typed["cause"]):
            yield {name: value for name, value in typed.items() if value}
