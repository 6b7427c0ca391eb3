"""Services in a sentence: which are down, slow or working, what to use instead, and until when, in each language."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from crisiscli.rendering import FILTERS, Tongue, check_slot
from crisiscli.rendering.tongue import NothingToSay
from crisiscli.rendering.wording import called
from crisiscli.runbook import Fact
from crisiscli.sentences import Slot, read_sentence

BUCHAREST = ZoneInfo("Europe/Bucharest")
SERVICES = Fact(ask="Which?", type="services", of=("cards", "atm", "app", "transfers", "George"))
BOARD = [
    {"service": "cards", "state": "down", "alternative": "cash", "eta": "2026-11-22T16:00:00+00:00", "by": "Ops"},
    {"service": "atm", "state": "down", "alternative": "casieria din centru"},
    {"service": "app", "state": "slow", "alternative": "phone"},
    {"service": "transfers", "state": "works"},
    {"service": "George", "state": "works", "alternative": "cash"},
]


def shown(slot: str, language: str, board: list[dict[str, str]] | None = None) -> str:
    (part,) = read_sentence("{{ services | " + slot + " }}")[0]
    assert isinstance(part, Slot)
    assert check_slot(part, SERVICES) == ""
    return FILTERS[part.filter].show(Tongue(language, BUCHAREST), BOARD if board is None else board, part.arguments)


@pytest.mark.parametrize(
    ("slot", "language", "words"),
    [
        ("down", "ro", "plățile cu cardul și retragerile de la bancomat"),
        ("down", "en", "card payments and cash machines"),
        ("down", "pl", "płatności kartą i bankomaty"),
        ("down", "de", "cards und atm"),
        ("slow", "ro", "aplicația mobilă"),
        ("works", "ro", "transferurile și George"),
        ("works", "en", "transfers and George"),
        (
            "alternatives",
            "ro",
            "plățile cu cardul: numerar; retragerile de la bancomat: casieria din centru; "
            "aplicația mobilă: linia telefonică",
        ),
        (
            'alternatives("for {service}, {alternative}")',
            "en",
            "for card payments, cash; for cash machines, casieria din centru; for the app, the phone line",
        ),
        ("etas", "ro", "plățile cu cardul: 18:00"),
        ('etas("{service}, până la ora {eta}")', "ro", "plățile cu cardul, până la ora 18:00"),
    ],
)
def test_services_read_as_a_person_would_say_them(slot: str, language: str, words: str) -> None:
    assert shown(slot, language) == words


def test_without_a_filter_it_names_what_is_affected() -> None:
    said = Tongue("ro", BUCHAREST).default(SERVICES, BOARD)
    assert said == "plățile cu cardul, retragerile de la bancomat și aplicația mobilă"


def test_whose_word_an_estimate_is_stays_inside() -> None:
    assert "Ops" not in shown("etas", "en") + shown("down", "en")


@pytest.mark.parametrize("slot", ["down", "slow", "alternatives", "etas"])
def test_when_everything_works_there_is_nothing_to_say(slot: str) -> None:
    with pytest.raises(NothingToSay):
        shown(slot, "ro", [{"service": "cards", "state": "works", "alternative": "cash"}])


def test_braces_somebody_typed_stay_as_they_are() -> None:
    board = [{"service": "cards", "state": "down", "alternative": "{service} {eta} {x}"}]
    assert shown('alternatives("{service} > {alternative}")', "ro", board) == "plățile cu cardul > {service} {eta} {x}"


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{service}",
        "{alternative}",
        "{service} {service} {alternative}",
        "{service} {eta}",
        "{alternative {service}",
    ],
)
def test_a_pattern_names_the_service_and_the_alternative_once(pattern: str) -> None:
    (part,) = read_sentence('{{ services | alternatives("' + pattern + '") }}')[0]
    assert isinstance(part, Slot)
    assert "is no pattern" in check_slot(part, SERVICES)


def test_names_are_the_same_ids_in_every_language_and_others_stay_as_typed() -> None:
    for name in ("cards", "atm", "pos", "app", "web", "transfers", "phone", "branches", "cash", "branch", "other-atm"):
        words = {language: called(name, language) for language in ("ro", "pl", "en-GB")}
        assert words["ro"] != name
        assert words["pl"] not in (name, words["ro"])
        assert words["en-GB"] != words["pl"]
    assert called("Cards", "ro") == "plățile cu cardul"
    assert called("numerar de la ghișeu", "ro") == "numerar de la ghișeu"
    assert not set("şţŞŢ") & set("".join(called(name, "ro") for name in ("cards", "app", "branches", "branch")))
