"""The full outage: its texts in many states of knowledge, and what its plan owes when our own channels are dead."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crisiscli import facts, loader
from crisiscli.channels import CHANNELS
from crisiscli.clocks import duration, offset
from crisiscli.conditions import facts_in
from crisiscli.rendering import Rendered, Renderer
from crisiscli.runbook import Runbook
from crisiscli.sentences import Leaf, leaf
from crisiscli.steps.ask import Ask
from crisiscli.steps.decide import Decide
from crisiscli.steps.do import Do
from crisiscli.steps.send import Send
from crisiscli.steps.wait import Wait

NOW = datetime(2026, 11, 22, 11, 5, tzinfo=UTC)
BUCHAREST = ZoneInfo("Europe/Bucharest")
OUTSIDE = {"status_page", "x", "facebook", "ivr", "sms", "branch", "press", "call_centre"}
"""What lives when our website, app, e-mail and intranet are dead."""
EVERYTHING_DOWN = "; ".join(
    f"{name}: down, alternative branch, eta 23:59 by IT"
    for name in ("cards", "atm", "pos", "app", "web", "transfers", "phone", "branches")
)
MIXED = "cards: down, alternative cash; atm: down; app: slow, alternative phone; transfers: works; branches: works"
GOOD = {
    "services": MIXED,
    "since": "13:05",
    "customers_hit": "1 200 000",
    "is_attack": "no",
    "money_or_data_touched": "no",
    "balances_right": "yes",
    "eta_from": "18:00",
    "eta_until": "20:00",
    "next_update": "23:59",
    "help_line": "phone",
    "happened_before": "yes",
    "cause": "ours",
    "cause_words": "un test planificat al sistemului de stingere a incendiilor a oprit o parte din servere",
    "cause_words_en": "a planned test of the fire suppression system stopped some of the servers",
    "news": "Am repornit serverele.",
    "news_en": "We have restarted the servers.",
    "coming_back": "yes",
    "pending_until": "2026-11-23T12:00+02:00",
    "everything_works": "yes",
    "fixed_at": "23:59",
    "refund_by": "2026-12-05T12:00+02:00",
    "claims_until": "2026-12-31T12:00+02:00",
    "down_for": "9h05m",
    "late_word": "yes",
    "changes": "un al doilea centru de date până în martie; un test pe lună; pagina de stare la alt furnizor",
    "changes_en": "a second data centre by March; one test a month; the status page at another supplier",
    "signed_by": "Ana Pop",
    "refunds_paid": "yes",
    "changes_made": "yes",
    "no_relapse": "yes",
}
TAKEN = {
    "publish-eta": "publish",
    "say-cause": "now",
    "attack-route": "technical",
    "compensation": "both",
    "all-clear": "over",
}
REASSURANCE = {
    "money_safe", "balances", "no_break_in", "partly", "back", "works", "fixed", "checked", "stable", "refunded",
    "changed", "eta", "eta_services", "cause", "our_mistake", "supplier", "fees_soon", "claims_soon", "fees_back",
    "claims_how",
}  # fmt: skip
"""What may not be said before somebody confirmed or decided it."""
REASSURING_WORDS = (
    "în siguranță", "nu este un atac", "nu a fost un atac", "funcționează din nou", "funcționează:", "corecte",
    "returnăm", "revin între", "revenirea între", "estimare: ",
    "are safe", "not an attack", "not a cyber attack", "work again", "have been working", "are right", "will return",
    "be back between", "them back between", "estimate: ",
)  # fmt: skip


class Known:
    """A world of facts as they were typed and decisions as they were taken."""

    def __init__(self, runbook: Runbook, typed: Mapping[str, str], taken: Mapping[str, str] | None = None) -> None:
        self.values = {name: facts.read(runbook.facts[name], value, NOW, BUCHAREST) for name, value in typed.items()}
        self.taken = taken or {}

    def fact(self, name: str) -> Any:
        return self.values.get(name)

    def decided(self, step: str) -> str | None:
        return self.taken.get(step)

    def was_sent(self, message: str, on: Any) -> bool:
        return False

    def signal(self, condition: dict[str, Any]) -> bool | None:
        return None


@pytest.fixture(scope="module")
def runbook() -> Runbook:
    found = loader.load(loader.shipped("runbooks") / "full-outage.yaml").runbook
    assert found is not None
    return found


@pytest.fixture(scope="module")
def renderer(runbook: Runbook) -> Renderer:
    return Renderer(runbook, loader.layouts([loader.shipped("templates")]), {"name": "Acme"}, BUCHAREST)


def places(runbook: Runbook) -> Iterator[tuple[str, str, str, Leaf]]:
    for name, message in runbook.messages.items():
        for channel, language in itertools.product(message.to, ("ro", "en")):
            text = leaf(message, channel, CHANNELS[channel].family, language)
            assert text is not None, f"{name}/{channel}/{language} has no text"
            yield name, channel, language, text


def public(runbook: Runbook) -> list[str]:
    return [name for name, message in runbook.messages.items() if message.stage != "brief"]


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in GOOD.items() if name not in names}


def said(found: Rendered) -> str:
    assert found.rendering is not None, found.waits
    return found.rendering.text


def labels(found: Rendered, text: Leaf) -> set[str]:
    return {sentence.label for sentence in text.body} - set(found.left_out)


def worlds(runbook: Runbook) -> Iterator[Known]:
    """What may be known in the first hours, with the longest values, and what may be decided."""
    open_to = {
        "services": ("", MIXED, EVERYTHING_DOWN),
        "is_attack": ("", "no", "yes"),
        "money_or_data_touched": ("", "no", "yes"),
        "help_line": ("", "phone", "branch"),
        "eta_until": ("", "23:59"),
    }
    decisions: tuple[dict[str, str], ...] = (
        {},
        TAKEN,
        {"publish-eta": "hold", "say-cause": "later", "attack-route": "say"},
    )
    for values in itertools.product(*open_to.values()):
        typed = {**GOOD, "eta_from": "23:58", **dict(zip(open_to, values, strict=True))}
        known = Known(runbook, {name: value for name, value in typed.items() if value})
        for taken in decisions:
            known.taken = taken
            yield known


def test_every_text_fits_and_says_what_it_must_in_every_state(runbook: Runbook, renderer: Renderer) -> None:
    checked = 0
    tight = [place for place in places(runbook) if place[1] in ("x", "ivr", "sms")]
    for world in worlds(runbook):
        for name, channel, language, _ in tight:
            found = renderer.render(name, channel, language, world)
            if found.rendering is None:
                assert name == "compensation", f"{name}/{channel}/{language} waits: {found.waits} {found.missing}"
                continue
            checked += 1
            assert found.unsaid == (), f"{name}/{channel}/{language}: {found.unsaid}"
            for measure in CHANNELS[channel].measure(found.rendering.title, found.rendering.body, language):
                assert measure.fits, f"{name}/{channel}/{language}: {measure} {found.rendering.body}"
                assert measure.parts <= 3
    assert checked > 5_000


def test_no_text_says_a_thing_and_its_opposite(runbook: Runbook, renderer: Renderer) -> None:
    pairs = [
        ("money_safe", "money_touched"), ("money_safe", "checking_money"), ("no_break_in", "attack"),
        ("no_break_in", "checking_attack"), ("attack", "cause"), ("cause", "cause_open"), ("eta", "eta_open"),
        ("eta_services", "eta_open"), ("what_fails", "what_open"), ("urgent_phone", "urgent_branch"),
        ("pending", "pending_open"), ("balances", "money_touched"),
    ]  # fmt: skip
    pages = [place for place in places(runbook) if place[1] in ("website", "call_centre", "facebook", "press")]
    for world in itertools.islice(worlds(runbook), 0, None, 5):
        for name, channel, language, text in pages:
            found = labels(renderer.render(name, channel, language, world), text)
            for one, other in pairs:
                assert not {one, other} <= found, f"{name}/{channel}/{language} says {one} and {other}"


def test_nothing_reassures_or_promises_while_nothing_is_known(runbook: Runbook, renderer: Renderer) -> None:
    world, shown = Known(runbook, {"next_update": "14:00"}), 0
    for name, channel, language, text in places(runbook):
        found = renderer.render(name, channel, language, world)
        if found.rendering is None:
            continue
        shown += 1
        assert not REASSURANCE & labels(found, text), f"{name}/{channel}/{language}"
        words = found.rendering.text.lower()
        assert [one for one in REASSURING_WORDS if one in words] == [], f"{name}/{channel}/{language}: {words}"
    assert shown > 30


def test_what_reassures_is_held_by_confirmed_facts_or_a_decision(runbook: Runbook) -> None:
    used = {sentence.label for *_, text in places(runbook) for sentence in text.body}
    assert used >= REASSURANCE
    for label in REASSURANCE:
        needs = runbook.elements[label].needs
        names = list(facts_in(needs))
        assert names or "decided" in str(needs), label
        assert all(runbook.facts[name].use == "confirmed" and runbook.facts[name].confirmed_by for name in names), label


def test_under_attack_no_cause_and_no_good_news_goes_out(runbook: Runbook, renderer: Renderer) -> None:
    typed = {**GOOD, "is_attack": "yes", "cause": "attack"}
    for route in ("quiet", "say"):
        world = Known(runbook, typed, {**TAKEN, "attack-route": route})
        for name, channel, language, text in places(runbook):
            found = renderer.render(name, channel, language, world)
            spoken = labels(found, text)
            assert not {"cause", "our_mistake", "supplier", "no_break_in", "money_safe"} & spoken, name
            assert "attack" not in spoken or route == "say", name
    loud = renderer.render("full_notice", "website", "ro", Known(runbook, typed, {**TAKEN, "attack-route": "say"}))
    assert "ținta unui atac" in said(loud)


@pytest.mark.parametrize("message", ["full_notice", "status", "recovering"])
@pytest.mark.parametrize("language", ["ro", "en"])
def test_an_estimate_is_a_range_that_it_confirmed_and_somebody_published(
    runbook: Runbook, renderer: Renderer, message: str, language: str
) -> None:
    none_yet = {"ro": "estimare sigură", "en": "do not have a reliable estimate"}[language]
    unknown = said(renderer.render(message, "facebook", language, Known(runbook, without("eta_until"), TAKEN)))
    assert none_yet in unknown
    assert "18:00" not in unknown
    held = said(renderer.render(message, "facebook", language, Known(runbook, GOOD, {**TAKEN, "publish-eta": "hold"})))
    assert none_yet in held
    assert "20:00" not in held
    published = said(renderer.render(message, "facebook", language, Known(runbook, GOOD, TAKEN)))
    assert "18:00" in published
    assert "20:00" in published
    assert none_yet not in published
    for name in ("eta_from", "eta_until"):
        assert (runbook.facts[name].use, runbook.facts[name].confirmed_by) == ("confirmed", "it")
    assert runbook.facts["eta_until"].promise, "a missed estimate must start a clock"


def test_the_cause_is_said_when_it_is_confirmed_and_decided(runbook: Runbook, renderer: Renderer) -> None:
    for channel in ("website", "facebook", "press"):
        now = said(renderer.render("full_notice", channel, "ro", Known(runbook, GOOD, TAKEN)))
        assert "stingere a incendiilor" in now
        assert "a pornit de la noi" in now
        later = said(
            renderer.render("full_notice", channel, "ro", Known(runbook, GOOD, {**TAKEN, "say-cause": "later"}))
        )
        assert "stingere" not in later
        assert "Nu știm încă sigur care este cauza" in later


def test_services_and_their_alternatives_are_named_in_the_language(runbook: Runbook, renderer: Renderer) -> None:
    world = Known(runbook, GOOD, TAKEN)
    ro = said(renderer.render("full_notice", "website", "ro", world))
    for words in (
        "Acum nu funcționează: plățile cu cardul și retragerile de la bancomat.",
        "Funcționează greu: aplicația mobilă.",
        "Funcționează: transferurile și ghișeele din sucursale.",
        "Până atunci puteți folosi: pentru plățile cu cardul, numerar; pentru aplicația mobilă, linia telefonică.",
        "1.200.000 de clienți",
    ):
        assert words in ro
    en = said(renderer.render("full_notice", "website", "en", world))
    assert "Not working right now: card payments and cash machines." in en
    assert "Until then you can use: for card payments, cash; for the app, the phone line." in en
    for short in ("cards", "atm"):
        assert short not in ro


def test_every_public_text_says_when_we_speak_next_until_it_is_over(runbook: Runbook) -> None:
    for name, _, language, text in places(runbook):
        if runbook.messages[name].stage not in ("all_clear", "closure"):
            (promise,) = [sentence for sentence in text.body if sentence.label == "next_update"]
            assert "next_update" in {slot.name for slot in promise.slots()}, f"{name}/{language}"
            assert "next_update" in runbook.messages[name].must_say


def test_the_all_clear_has_two_steps_and_waits_for_both(runbook: Runbook, renderer: Renderer) -> None:
    for channel in runbook.messages["recovering"].to:
        early = renderer.render("recovering", channel, "ro", Known(runbook, without("coming_back"), TAKEN))
        assert early.rendering is None
    for channel in runbook.messages["all_clear"].to:
        assert renderer.render("all_clear", channel, "ro", Known(runbook, without("everything_works"), TAKEN)).waits
        not_all = renderer.render("all_clear", channel, "ro", Known(runbook, {**GOOD, "everything_works": "no"}, TAKEN))
        assert "fixed" in not_all.unsaid
        assert said(renderer.render("all_clear", channel, "ro", Known(runbook, GOOD, TAKEN)))
    assert "it" in runbook.messages["all_clear"].approve
    order = [step.id for step in runbook.steps()]
    wanted = ["recovering-out", "sign-off", "outside-in", "stable", "works-again", "all-clear", "all-clear-out"]
    assert [name for name in order if name in wanted] == wanted
    (stable,) = [step for step in runbook.steps() if isinstance(step, Wait)]
    assert duration(stable.wait) == timedelta(minutes=60)


@pytest.mark.parametrize(
    ("decision", "has", "lacks"),
    [
        ("fees", "returnăm automat", "chitanța"),
        ("claims", "chitanța", "returnăm automat"),
        ("both", "returnăm automat", "nothing"),
    ],
)
def test_what_is_paid_back_follows_the_decision(
    runbook: Runbook, renderer: Renderer, decision: str, has: str, lacks: str
) -> None:
    taken = {"compensation": decision}
    words = said(renderer.render("compensation", "website", "ro", Known(runbook, GOOD, taken)))
    assert has in words
    assert lacks not in words
    assert renderer.render("compensation", "website", "ro", Known(runbook, GOOD)).rendering is None
    (step,) = [step for step in runbook.steps() if step.id == "compensation" and isinstance(step, Decide)]
    assert list(step.options) == ["none", "fees", "claims", "both"]


def test_every_audience_is_reached_when_our_own_channels_are_dead(runbook: Runbook) -> None:
    heard = runbook.messages["holding"], runbook.messages["full_notice"], runbook.messages["all_clear"]
    for name, audience in runbook.audiences.items():
        alive = set(audience.reached_by) & OUTSIDE
        assert alive, f"{name} hears nothing from outside"
        if name not in runbook.insiders():
            assert any(name in message.for_ and alive & set(message.to) for message in heard), name
            if audience.offline:
                assert alive - {"x", "facebook", "status_page"}, name
    for message in ("holding", "full_notice", "status", "recovering", "all_clear"):
        to = runbook.messages[message].to
        assert set(to[:4]) <= OUTSIDE, f"{message} begins with a channel of our own"
    assert set(runbook.messages["holding"].for_) <= set(runbook.messages["all_clear"].for_)


def test_the_front_line_is_first_and_by_phone(runbook: Runbook) -> None:
    sent = [message for step in runbook.steps() if isinstance(step, Send) for message in step.send]
    assert sent.index("front_line_brief") < sent.index("holding")
    assert runbook.insiders() == {"front_line"}
    assert runbook.messages["front_line_brief"].to[0] == "call_centre"
    assert set(runbook.audiences["front_line"].told_before_or_with) == set(runbook.audiences) - {"front_line"}


def test_channel_health_comes_early_and_names_the_command(runbook: Runbook) -> None:
    step = runbook.steps()[1]
    assert isinstance(step, Do)
    assert (step.id, step.skip) == ("channel-health", "never")
    assert "crisis channel website down" in step.do
    assert step.answer


def test_what_was_stopped_is_let_go_again(runbook: Runbook) -> None:
    released = [step.id for step in runbook.steps() if isinstance(step, Do) and step.release]
    assert released == ["stop-changes", "freeze"]


def test_nothing_light_is_in_it(runbook: Runbook) -> None:
    assert not {"light", "thanks"} & {message.stage for message in runbook.messages.values()}
    assert runbook.gates == {}


def test_decisions_carry_both_sides(runbook: Runbook) -> None:
    decisions = {step.id: step for step in runbook.steps() if isinstance(step, Decide)}
    assert set(decisions) == {"attack-route", "publish-eta", "say-cause", "ceo-visible", "compensation", "all-clear"}
    for step in decisions.values():
        assert step.weigh is not None
        assert step.weigh.for_, step.id
        assert step.weigh.against, step.id
        assert step.why, step.id


def test_every_step_has_a_role_and_a_reason_and_the_second_shift_comes_by_six_hours(runbook: Runbook) -> None:
    for step in runbook.steps():
        assert step.role in runbook.roles, step.id
        assert step.why, step.id
    shift = runbook.step("second-shift")
    assert shift is not None
    assert shift.by is not None
    assert offset(shift.by) <= timedelta(hours=6)
    assert shift.say


def test_every_fact_a_text_waits_for_is_asked_or_belongs_to_a_later_day(runbook: Runbook) -> None:
    asked = {name for step in runbook.steps() if isinstance(step, Ask) for name in step.ask}
    later = {"compensation", "explanation_day_after", "closure"}
    for name, _, _, text in places(runbook):
        if name in later:
            continue
        for sentence in text.sentences():
            element = runbook.elements.get(sentence.label)
            wanted = {slot.name for slot in sentence.slots()} | set(facts_in(element.needs if element else None))
            assert wanted <= asked, f"{name}: {wanted - asked} are never asked"


def test_clocks_have_anchors_that_can_stay_unset(runbook: Runbook) -> None:
    clocks = runbook.clocks
    assert {name: clocks[name].within for name in clocks} == {
        "dora_initial_4h": "4h", "dora_initial_24h": "24h", "dora_intermediate": "72h", "dora_final": "28d",
        "gdpr_33": "72h", "nis2_early_warning": "24h", "nis2_notification": "72h",
    }  # fmt: skip
    assert clocks["dora_initial_24h"].from_ == "awareness"
    assert clocks["dora_intermediate"].from_ == {"fact": "initial_report_sent"}
    assert clocks["dora_final"].from_ == {"fact": "intermediate_report_sent"}
    for clock in clocks.values():
        assert clock.cite
        assert clock.verified
        assert clock.told is not None
        assert runbook.facts[clock.told].type == "time"


def test_later_days_and_injects_are_in_order(runbook: Runbook) -> None:
    assert [step.at for step in runbook.follow_ups] == ["T+1d", "T+1d", "T+2d", "T+5d", "T+14d"]
    times = [offset(inject.at) for inject in runbook.injects]
    assert len(times) >= 6
    assert times == sorted(times)
    assert (runbook.cadence.early, runbook.cadence.early_for, runbook.cadence.later) == ("30m", "2h", "60m")


def test_romanian_is_spelled_with_commas_and_speaks_politely(runbook: Runbook) -> None:
    for name, channel, language, text in places(runbook):
        words = " ".join(sentence.text for sentence in text.sentences())
        if language == "ro":
            assert not set("şţŞŢ") & set(words), f"{name}/{channel}"
            assert not {"tu", "tine", "ție", "îți", "te", "tău", "ta", "tăi", "tale"} & set(words.lower().split())
        assert "!" not in words, f"{name}/{channel}"


def test_nothing_in_it_claims_to_fulfil_a_law() -> None:
    text = (loader.shipped("runbooks") / "full-outage.yaml").read_text(encoding="utf-8").lower()
    for words in ("compliant", "compliance", "conform cu", "conformitate"):
        assert words not in text
