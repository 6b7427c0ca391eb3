"""Messages become exact words, or say what they wait for."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from crisiscli.channels import CHANNELS, FAMILIES
from crisiscli.errors import NotFound
from crisiscli.facts import sample
from crisiscli.rendering import FILTERS, Rendered, Renderer, Tongue, check_layout, check_slot
from crisiscli.rendering.layouts import lay_out
from crisiscli.rendering.sentences import say
from crisiscli.rendering.tongue import NothingToSay
from crisiscli.runbook import Fact, Runbook
from crisiscli.sentences import Slot, read_sentence
from crisiscli.shape import build

WARSAW = ZoneInfo("Europe/Warsaw")
TEMPLATES = Path(__file__).parents[1] / "templates"
LAYOUTS = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.j2")}
NAUGHTY = json.loads((Path(__file__).parent / "data" / "naughty.json").read_text(encoding="utf-8"))
FACTS: dict[str, dict[str, Any]] = {
    "is_attack": {"ask": "Attack?", "type": "yes_no"},
    "cause": {"ask": "Cause?", "type": "choice", "options": {"ours": "nasz błąd", "theirs": "błąd dostawcy"}},
    "what": {"ask": "What?", "type": "text"},
    "people": {"ask": "How many?", "type": "count", "unit": "people", "longest": "4 700 000"},
    "share": {"ask": "Share?", "type": "percent"},
    "next_update": {"ask": "When?", "type": "time", "promise": True},
    "outage": {"ask": "How long?", "type": "duration"},
    "services": {"ask": "Which?", "type": "services", "of": ["karty", "aplikacja", "bankomaty"]},
}


class Known:
    """A world in which only these facts and decisions are known."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts

    def fact(self, name: str) -> Any:
        return self.facts.get(name)

    def decided(self, step: str) -> str | None:
        return None

    def was_sent(self, message: str, on: Any) -> bool:
        return False

    def signal(self, condition: dict[str, Any]) -> bool | None:
        return None


def runbook(text: dict[str, Any], *, elements: dict[str, Any] | None = None, **message: Any) -> Runbook:
    return build(
        Runbook,
        {
            "crisis": 1, "id": "r", "version": 1, "title": "R", "phases": [],
            "languages": {"must": ["pl"], "follow": {"en": "30m"}},
            "roles": {"lead": {"title": "Lead", "duty": "All"}},
            "facts": FACTS,
            "elements": elements or {},
            "audiences": {"all": {"who": "All", "reached_by": ["ivr", "x"]}},
            "messages": {"holding": {"stage": "holding", "for": ["all"], "text": text, **message}},
        },
    )  # fmt: skip


def rendered(body: Any, channel: str = "x", language: str = "pl", world: Known | None = None, **more: Any) -> Rendered:
    layouts = more.pop("layouts", LAYOUTS)
    company = more.pop("company", {})
    book = runbook({channel: {language: body}}, **more)
    return Renderer(book, layouts, company, WARSAW).render("holding", channel, language, world or Known())


def words(body: Any, channel: str = "x", language: str = "pl", **facts: Any) -> str:
    found = rendered(body, channel, language, Known(**facts))
    assert found.rendering is not None, found
    return found.rendering.body


def waits(body: Any, *, elements: dict[str, Any] | None = None, **facts: Any) -> tuple[str, ...]:
    found = rendered(body, world=Known(**facts), elements=elements)
    assert found.rendering is None
    return found.waits


# What the words are


def test_sentences_stand_as_they_were_written() -> None:
    body = [{"empathy": "Zażółć gęślą jaźń „teraz” – ąćęłńóśźż."}, {"checking": "Verificăm: ăâîșț ŞşŢţ."}]
    assert words(body) == "Zażółć gęślą jaźń „teraz” – ąćęłńóśźż. Verificăm: ăâîșț ŞşŢţ."


def test_line_breaks_stay_and_those_that_would_change_are_refused() -> None:
    assert words([{"a": "{{ what }}\n"}, {"b": "Drugie."}], what="Jedno.") == "Jedno.\n Drugie."
    assert "U+000D" in waits([{"a": "Jedno.\r\n{{ what }}"}], what="Drugie.")[0]


def test_a_day_is_the_day_of_the_company_zone() -> None:
    late = "2026-11-21T23:30:00+00:00"
    assert words([{"a": "{{ next_update | date }}, {{ next_update }}"}], next_update=late) == "22 listopada 2026, 00:30"


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_value_is_put_in_as_it_is(text: str) -> None:
    assert words([{"a": "Stało się: {{ what }}."}], what=text) == f"Stało się: {text}."


@pytest.mark.parametrize("text", [text for text in NAUGHTY if not read_sentence(text)[1]])
@pytest.mark.parametrize("channel", ["x", "sms", "email", "press", "ivr", "chatbot", "website"])
def test_layouts_leave_sentences_alone(text: str, channel: str) -> None:
    if any(isinstance(part, Slot) for part in read_sentence(text)[0]):
        return
    body = words([{"a": text}, {"b": "Drugie."}], channel)
    assert text in body
    assert body.endswith("Drugie.")


@pytest.mark.parametrize(
    ("sentence", "language", "shown"),
    [
        ("o {{ next_update }}", "pl", "o 04:00"),
        ('{{ next_update | time("H.mm") }}', "pl", "4.00"),
        ('{{ next_update | time("short") }}', "en", "4:00 AM"),
        ('{{ next_update | time("long") }}', "pl", "22 listopada, 04:00"),
        ('{{ next_update | date("long") }}', "pl", "22 listopada 2026"),
        ('{{ next_update | date("long") }}', "ro", "22 noiembrie 2026"),
        ("{{ next_update | date }}", "en", "November 22, 2026"),
        ('{{ next_update | date("d MMMM") }}', "pl", "22 listopada"),
        ("{{ people }}", "pl", "4 700 000"),
        ("{{ people | count }}", "en", "4,700,000"),
        ("{{ people }}", "ro", "4.700.000"),
        ("{{ share }}", "pl", "60,5%"),
        ("{{ share | percent }}", "en", "60.5%"),
        ("{{ share }}", "ro", "60,5 %"),
        ("{{ outage }}", "pl", "1 godzina 30 minut"),
        ("{{ outage | duration }}", "ro", "1 oră 30 de minute"),
        ('{{ outage | duration("short") }}', "en", "1 hr 30 min"),
        ("{{ is_attack }}", "pl", "nie"),
        ("{{ is_attack }}", "ro", "nu"),
        ("{{ cause }}", "pl", "nasz błąd"),
        ("{{ services }}", "pl", "karty i aplikacja"),
        ("{{ services | down }}", "pl", "karty"),
        ("{{ services | slow }}", "en", "aplikacja"),
        ("{{ services | works }}", "pl", "bankomaty"),
        ("{{ services | alternatives }}", "pl", "karty: gotówka"),
        ("{{ services | etas }}", "pl", "karty: 16:00"),
    ],
)
def test_values_are_shown_by_the_rules_of_the_language(sentence: str, language: str, shown: str) -> None:
    found = words(
        [{"a": sentence}],
        language=language,
        next_update="2026-11-22T03:00:00+00:00",
        people=4_700_000,
        share="60.5",
        outage=5_400,
        is_attack="no",
        cause="ours",
        services=[
            {"service": "karty", "state": "down", "alternative": "gotówka", "eta": "2026-11-22T15:00:00+00:00"},
            {"service": "aplikacja", "state": "slow"},
            {"service": "bankomaty", "state": "works", "alternative": "-"},
        ],
    )
    assert found == shown


@pytest.mark.parametrize(
    ("language", "forms", "expected"),
    [
        ("pl", '"osoba", "osoby", "osób"', {1: "1 osoba", 3: "3 osoby", 5: "5 osób", 12: "12 osób", 22: "22 osoby"}),
        ("en", '"person", "people"', {1: "1 person", 0: "0 people", 2: "2 people"}),
        ("ro", '"persoană", "persoane", "de persoane"', {1: "1 persoană", 5: "5 persoane", 25: "25 de persoane"}),
        ("fr", '"client", "clients"', {1: "1 client", 2: "2 clients", 1_000_000: "1 000 000 clients"}),
    ],
)
def test_nouns_follow_their_number(language: str, forms: str, expected: dict[int, str]) -> None:
    for number, shown in expected.items():
        assert words([{"a": f"{{{{ people | plural({forms}) }}}}"}], language=language, people=number) == shown


def test_no_value_turns_a_plain_sms_into_an_expensive_one() -> None:
    body = words([{"a": "Dotyczy {{ people }} klientow, {{ share }}."}], "sms", people=4_700_000, share="60.5")
    assert CHANNELS["sms"].measure(None, body, "pl")[0].unit == "GSM-7 characters"


# The grammar is a part of Jinja

_PIECES = st.one_of(
    st.text(st.sampled_from("aż {}%#|\n\"'-()x"), max_size=8),
    st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", "{{- what }}", "}}}"]),
    st.sampled_from(["{{ what }}", "{{what|down}}", "{{ people | plural('a','b') }}", "{{ raw }}"]),
    st.sampled_from(['{{ next_update | time("HH:mm") }}', "{{ what | plural(1, -2) }}", "{{\n people\t}}"]),
)


class Echo:
    """Stands in for a value and a filter of plain Jinja: shows its name and arguments."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return f"<{self.name}>"


def _echo(name: str) -> Any:
    return lambda value, *arguments: f"<{value.name}|{name}{arguments!r}>"


@given(st.lists(_PIECES, max_size=8).map("".join))
def test_what_our_reader_reads_jinja_reads_the_same(text: str) -> None:
    parts, errors = read_sentence(text)
    assume(not errors)
    plain = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    plain.filters.update({name: _echo(name) for name in FILTERS})
    values = {name: Echo(name) for name in ("what", "people", "next_update", "raw")}
    ours = [_spoken(part) if isinstance(part, Slot) else part for part in parts]
    assert plain.from_string(text).render(values) == "".join(ours)


def _spoken(slot: Slot) -> str:
    return f"<{slot.name}|{slot.filter}{slot.arguments!r}>" if slot.filter else f"<{slot.name}>"


_SPOKEN = st.one_of(
    st.text(st.sampled_from("aż {}%\n\"'"), max_size=8), st.sampled_from(["{{ what }}", "{{ people }}"])
)


@given(st.lists(st.one_of(_PIECES, _SPOKEN), max_size=8).map("".join), st.text(max_size=9))
def test_what_we_render_plain_jinja_renders(text: str, what: str) -> None:
    facts = {name: build(Fact, data) for name, data in FACTS.items()}
    values = {"what": what, "people": 12, "next_update": "2026-11-22T03:00:00+00:00"}
    try:
        ours = say(text, facts, values, Tongue("en", UTC))
    except ValueError:
        return
    plain = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    plain.filters["plural"] = lambda value, *forms: f"{value} {forms[-1]}"
    plain.filters["time"] = lambda value, pattern: "03:00"
    assert ours == plain.from_string(text).render({**values, "next_update": "03:00"})


@pytest.mark.parametrize(
    "bad", ["{% if 1 %}x{% endif %}", "{{ 7*7 }}", "{{ what.x }}", "{# c #}", "{{ what", "%}", "{{ f() }}"]
)
def test_what_is_outside_the_grammar_waits_and_says_why(bad: str) -> None:
    (why,) = waits([{"a": f"x {bad}"}], what="x")
    assert why.startswith("a: ")


@pytest.mark.parametrize(
    ("slot", "why"),
    [
        ("{{ nobody }}", "not a fact"),
        ("{{ self }}", "word of the template language"),
        ("{{ true }}", "word of the template language"),
        ("{{ what | shout }}", "not a filter"),
        ("{{ what | plural('a', 'b') }}", "and what is a text"),
        ("{{ people | plural }}", "is written"),
        ('{{ next_update | time("%H") }}', "no pattern"),
        ('{{ next_update | date("long", "x") }}', "is written"),
        ('{{ outage | duration("wide") }}', "neither short nor long"),
        ("{{ people | plural(007) }}", "cannot be read"),
    ],
)  # fmt: skip
def test_a_slot_that_cannot_work_is_named_before_and_at_night(slot: str, why: str) -> None:
    known = {"what": "x", "people": 3, "next_update": "2026-11-22T03:00:00+00:00", "outage": 60}
    assert why in waits([{"a": slot}], **known)[0]
    (part,) = read_sentence(slot)[0]
    assert isinstance(part, Slot)
    found = check_slot(part, build(Fact, FACTS[part.name]) if part.name in FACTS else None)
    assert why in found or "007" in slot


def test_every_filter_works_as_its_example_says() -> None:
    for name, spec in FILTERS.items():
        fact_name = next(key for key, data in FACTS.items() if data["type"] in spec.takes)
        (part,) = read_sentence(f"{{{{ {fact_name} | {spec.example} }}}}")[0]
        assert isinstance(part, Slot)
        noun = build(Fact, FACTS[fact_name])
        assert check_slot(part, noun) == ""
        assert spec.example.startswith(name)


def test_a_value_of_the_wrong_shape_waits_instead_of_failing() -> None:
    assert "cannot be shown" in waits([{"a": "{{ people }}"}], people="many")[0]
    assert "cannot be shown" in waits([{"a": "{{ next_update }}"}], next_update="2026-11-22T03:00:00")[0]
    assert "cannot be shown" in waits([{"a": "{{ services | down }}"}], services="karty")[0]
    assert "cannot be sent" in waits([{"a": "{{ what }}"}], what="a\ud800")[0]


# Waiting and leaving out


def test_an_unknown_fact_makes_the_text_wait() -> None:
    found = rendered([{"a": "Sprawdzamy."}, {"next_update": "O {{ next_update }}."}])
    assert found.rendering is None
    assert found.waits == ("next_update is not known well enough",)
    assert found.unsaid == ()


def test_an_unknown_fact_leaves_the_sentence_out_where_its_element_allows() -> None:
    elements = {"reach": {"needs": {"is_attack": "no"}, "if_unknown": "leave_out"}}
    body = [{"a": "Sprawdzamy."}, {"reach": "Dostało je {{ people }} osób."}]
    found = rendered(body, world=Known(is_attack="no"), elements=elements)
    assert found.rendering is not None
    assert (found.rendering.body, found.left_out) == ("Sprawdzamy.", ("reach",))
    assert found.rendering.facts == ("is_attack", "people")
    told = rendered(body, world=Known(is_attack="no", people=5), elements=elements)
    assert told.rendering is not None
    assert told.rendering.body == "Sprawdzamy. Dostało je 5 osób."
    assert told.rendering.sha256 != found.rendering.sha256


@pytest.mark.parametrize(
    ("known", "if_unknown", "outcome"),
    [
        ({"is_attack": "no"}, "wait", "said"),
        ({"is_attack": "yes"}, "wait", "left out"),
        ({"is_attack": "yes"}, "leave_out", "left out"),
        ({}, "wait", "waits"),
        ({}, "leave_out", "left out"),
    ],
)
def test_an_element_is_only_said_when_what_it_needs_holds(known: dict[str, str], if_unknown: str, outcome: str) -> None:
    elements = {"safe": {"needs": {"is_attack": "no"}, "if_unknown": if_unknown}}
    body = [{"a": "Sprawdzamy."}, {"safe": "To nie atak."}]
    found = rendered(body, world=Known(**known), elements=elements)
    if outcome == "waits":
        assert (found.rendering, found.waits) == (None, ("is_attack is not known well enough",))
        return
    assert found.rendering is not None
    assert found.rendering.body == ("Sprawdzamy. To nie atak." if outcome == "said" else "Sprawdzamy.")
    assert found.left_out == (() if outcome == "said" else ("safe",))
    assert found.rendering.facts == ("is_attack",)


def test_a_when_on_a_sentence_has_three_values() -> None:
    body = [{"a": "Sprawdzamy."}, {"plea": "Nie klikaj.", "when": {"cause": "ours"}}]
    assert words(body, cause="ours") == "Sprawdzamy. Nie klikaj."
    assert words(body, cause="theirs") == "Sprawdzamy."
    assert waits(body) == ("cause is not known well enough",)


def test_a_known_value_with_nothing_in_it_leaves_its_sentence_out() -> None:
    body = [{"a": "Sprawdzamy."}, {"down": "Nie działają: {{ services | down }}."}]
    found = rendered(body, world=Known(services=[{"service": "karty", "state": "slow"}]))
    assert found.rendering is not None
    assert (found.rendering.body, found.left_out) == ("Sprawdzamy.", ("down",))
    with pytest.raises(NothingToSay):
        Tongue("pl", WARSAW).names([], ("down",))


def test_a_text_of_which_nothing_is_left_is_missing() -> None:
    found = rendered([{"plea": "Nie klikaj.", "when": {"cause": "ours"}}], world=Known(cause="theirs"))
    assert found.rendering is None
    assert "nothing to say on x in pl" in found.missing


def test_a_condition_that_cannot_be_read_waits() -> None:
    (why,) = waits([{"a": "x", "when": "sometimes"}])
    assert "cannot be read" in why
    (why,) = waits([{"a": "x", "when": {"fact": "people", "at_least": "many"}}], people=3)
    assert "cannot be read" in why


def test_what_must_be_said_and_is_not_is_named() -> None:
    body = {"body": [{"a": "Sprawdzamy."}, {"plea": "Nie klikaj.", "when": {"cause": "ours"}}], "omits": ["empathy"]}
    found = rendered(body, world=Known(cause="theirs"), must_say=["a", "plea", "empathy", "next_update"])
    assert found.unsaid == ("plea", "next_update")
    waiting = rendered(body, must_say=["plea"])
    assert (waiting.waits, waiting.unsaid) == (("cause is not known well enough",), ())


def test_a_text_is_never_taken_from_another_language() -> None:
    book = runbook({"post": {"pl": [{"a": "Sprawdzamy."}]}, "x": {"en": [{"a": "We are checking."}]}}, to=["x", "sms"])
    renderer = Renderer(book, LAYOUTS, {}, WARSAW)
    assert renderer.render("holding", "facebook", "en", Known()).missing == "no text for facebook in en"
    assert renderer.render("holding", "sms", "pl", Known()).missing == "no text for sms in pl"
    family, own = (renderer.render("holding", "x", language, Known()).rendering for language in ("pl", "en"))
    assert family is not None
    assert own is not None
    assert (family.body, own.body) == ("Sprawdzamy.", "We are checking.")
    with pytest.raises(NotFound, match="There is no message nothing"):
        renderer.render("nothing", "x", "pl", Known())


def test_the_renderer_knows_what_a_message_needs() -> None:
    polish = [{"safe": "{{ people }}", "when": {"cause": "ours"}}]
    text = {"post": {"pl": polish, "en": [{"a": "{{ what }} {{ oops }}"}]}}
    book = runbook(text, elements={"safe": {"needs": {"is_attack": "no"}}}, to=["x"])
    renderer = Renderer(book, LAYOUTS, {}, WARSAW)
    assert renderer.languages("holding") == ("pl", "en")
    assert renderer.channels("holding") == ("x",)
    assert renderer.facts("holding") == ("cause", "is_attack", "people", "what")
    assert renderer.spoken("holding", "x", "pl") == ("people",)
    assert renderer.spoken("holding", "sms", "pl") == ()
    assert Renderer(runbook(text), LAYOUTS, {}, WARSAW).channels("holding") == ("ivr", "x")


def test_every_sample_can_be_spoken_in_the_languages_we_ship() -> None:
    world = Known(**{name: sample(build(Fact, data)) for name, data in FACTS.items()})
    body = [{"a": " ".join(f"{{{{ {name} }}}}" for name in FACTS)}]
    for language in ("pl", "en", "ro"):
        found = rendered(body, language=language, world=world)
        assert found.rendering is not None, found.waits
        assert "4 700 000" in found.rendering.body.replace(",", " ").replace(".", " ")


# Layouts


def test_an_email_has_a_greeting_paragraphs_and_a_signature() -> None:
    body = {"title": "Sprawdzamy to", "body": [{"a": "Mogło dotrzeć."}, {"b": "Sprawdzamy."}]}
    found = rendered(body, "email", company={"name": "Acme"}).rendering
    assert found is not None
    assert found.title == "Sprawdzamy to"
    assert found.body == "Dzień dobry,\n\nMogło dotrzeć.\n\nSprawdzamy.\n\nAcme"
    anonymous = rendered(body, "email", "ro").rendering
    assert anonymous is not None
    assert anonymous.body == "Bună ziua,\n\nMogło dotrzeć.\n\nSprawdzamy."
    assert anonymous.text == f"Sprawdzamy to\n\n{anonymous.body}"


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("x", "Jedno. Drugie."), ("sms", "Jedno. Drugie."), ("push", "Jedno. Drugie."), ("in_app", "Jedno. Drugie."),
        ("website", "Jedno.\n\nDrugie."), ("press", "Jedno.\n\nDrugie.\n\nAcme"),
        ("ivr", "Jedno.\nDrugie."), ("chatbot", "Jedno.\nDrugie."),
    ],
)  # fmt: skip
def test_families_lay_their_sentences_out(channel: str, expected: str) -> None:
    found = rendered([{"a": "Jedno."}, {"b": "Drugie."}], channel, company={"name": "Acme"}).rendering
    assert found is not None
    assert found.body == expected


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_title_is_ever_lost(channel: str) -> None:
    body = {"title": "Do {{ people }} osób", "body": [{"a": "Jedno."}]}
    found = rendered(body, channel, world=Known(people=5)).rendering
    assert found is not None
    assert found.text.startswith("Do 5 osób\n") or channel == "email"
    assert found.text.count("Do 5 osób") == 1
    assert (found.title == "Do 5 osób") is CHANNELS[channel].titled
    assert not found.body.endswith("\n")


def test_a_text_may_name_its_own_layout() -> None:
    layouts = {"x": '{{ sentences | join("|") }}', "quote.j2": "{% for s in sentences %}> {{ s }}\n{% endfor %}"}
    plain = rendered([{"a": "Jedno."}, {"b": "Drugie."}], layouts=layouts).rendering
    assert plain is not None
    assert plain.body == "Jedno.|Drugie."
    for name in ("quote", "quote.j2"):
        own = rendered({"body": [{"a": "Jedno."}, {"b": "Drugie."}], "layout": name}, layouts=layouts).rendering
        assert own is not None
        assert own.body == "> Jedno.\n> Drugie."
    gone = rendered({"body": [{"a": "Jedno."}, {"b": "Drugie."}], "layout": "gone"}, layouts=layouts).rendering
    assert gone is not None
    assert gone.body == plain.body


@pytest.mark.parametrize(
    "layout",
    [
        "",
        "nothing",
        "{{ title }}",
        "{{ sentences | join }}{{ 'x' * 9 }}",
        "{% for s in sentences %}",
        "{{ sentences | join('x' ",
        "{% for s in sentences %}{{ s | trim }}{% endfor %}",
    ],
)
def test_a_broken_layout_costs_the_greeting_and_never_the_words(layout: str) -> None:
    found = rendered([{"a": " Jedno."}, {"b": "Drugie."}], "website", layouts={"website": layout}).rendering
    assert found is not None
    assert found.body == " Jedno. Drugie."


def test_without_layouts_the_words_still_stand() -> None:
    for channel in CHANNELS:
        found = rendered([{"a": "Jedno."}, {"b": "Drugie."}], channel, layouts={}).rendering
        assert found is not None
        assert found.body == "Jedno. Drugie."


def test_a_channel_nobody_knows_still_shows_its_words() -> None:
    found = rendered([{"a": "Jedno."}], "carrier_pigeon").rendering
    assert found is not None
    assert found.body == "Jedno."


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 10**10 }}", "{{ 'a' ~ 'b' }}", "{{ 7 + 7 }}", "{{ '%1000000000d' % 1 }}", "{{ range(99999) }}",
        "{% for a in sentences %}{% for b in sentences %}x{% endfor %}{% endfor %}", "{{ lipsum(n=10) }}",
        "{% for s in sentences recursive %}{{ loop(sentences) }}{% endfor %}", "{{ title | center(999999) }}",
        "{% for s in sentences if s %}{% endfor %}", "{% for s in labels[0] %}{% endfor %}", "{% set x = title %}",
        "{% macro m() %}{% endmacro %}", "{% include 'x' %}", "{% extends 'x' %}", "{% import 'x' as y %}",
        "{% call x() %}{% endcall %}", "{% filter trim %}{% endfilter %}", "{% block b %}{% endblock %}",
        "{% autoescape true %}{% endautoescape %}", "{% with a = 1 %}{% endwith %}", "{{ company.__class__ }}",
        "{{ company['__class__'] }}", "{{ company.items }}", "{{ title.upper }}", "{{ sentences[0] }}",
        "{{ company[title] }}",
        "{{ title | join('x') }}", "{{ sentences | join(title) }}", "{{ sentences | join(attribute='x') }}",
        "{{ sentences | attr('x') }}", "{{ sentences | reverse }}", "{{ unknown }}", "{{ loop.index }}", "{{ self }}",
        "{{ [1] }}", "{{ (1, 2) }}", "{{ {1: 2} }}", "{{ -1 }}", "{{ title if title else 1 }}",
        "{{ title is defined }}",
        "{% for title in sentences %}{% endfor %}", "{{ sentences[1:] }}", "{{ title() }}", "{{ '{{' ", "x" * 16_385,
        "{{" + "(" * 8_000, "{{ " + "not " * 3_000 + "1 }}", "{% if title %}" * 40 + "{% endif %}" * 40,
    ],
)  # fmt: skip
def test_layouts_that_calculate_call_or_multiply_are_refused(source: str) -> None:
    (found, *_) = check_layout(source, "bad.j2")
    assert found.startswith("bad.j2")
    with pytest.raises(ValueError, match="layout"):
        lay_out(source, {"sentences": ["a"], "labels": ["a"], "title": "", "company": {}}, [])


@pytest.mark.parametrize(
    "source",
    [
        "{% if language == 'pl' and not title or 'plea' in labels %}x{% elif tone == 'Ty' %}y{% else %}z{% endif %}",
        "{% for s in sentences %}- {{ s }}\n{% endfor %}",
        "{{ company.name }} {{ company['verify_route'] }} {{ company.tone.pl }} {{ company['tone'][language] }}",
        "{% raw %}{{ 7*7 }}{% endraw %}{# a note #}{{ message | trim }}",
    ],
)
def test_what_layouts_need_is_allowed(source: str) -> None:
    assert check_layout(source, "good.j2") == []


def test_shipped_layouts_are_good_and_every_family_has_one() -> None:
    assert {f"{family}.j2" for family in FAMILIES} <= set(LAYOUTS)
    assert {name: check_layout(source, name) for name, source in LAYOUTS.items()} == {name: [] for name in LAYOUTS}


def test_a_layout_cannot_make_more_than_64_kilobytes() -> None:
    many = ["x" * 100] * 200
    with pytest.raises(ValueError, match="more than 65536"):
        lay_out("{% for s in sentences %}{{ sentences | join }}{% endfor %}", {"sentences": many}, [])


def test_a_layout_sees_the_company_and_how_it_speaks() -> None:
    source = "{{ company.name }}/{{ tone }}/{{ company.tone.pl }}/{{ company.nothing }}/{{ sentences | join }}"
    company = {"name": "Acme", "tone": {"pl": "Ty"}}
    found = rendered([{"a": "Jedno."}], layouts={"x": source}, company=company).rendering
    assert found is not None
    assert found.body == "Acme/Ty/Ty//Jedno."


def test_the_same_facts_make_the_same_bytes() -> None:
    body = [{"a": "Do {{ next_update }} – {{ people }}."}]
    world = Known(next_update="2026-11-22T03:00:00+00:00", people=3)
    first, second = (rendered(body, world=world).rendering for _ in range(2))
    assert first is not None
    assert first == second
    assert first.id == "holding/x/pl@" + first.sha256[:16]
