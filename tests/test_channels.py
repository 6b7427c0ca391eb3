"""Every channel measures in its own unit: vectors written from the published rules, and what holds for all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiscli.channels import CHANNELS, FAMILIES, Measure
from crisiscli.channels.mastodon import counted
from crisiscli.channels.measures import find_links, graphemes
from crisiscli.channels.sms import segments, spelled_plainly
from crisiscli.channels.speech import seconds
from crisiscli.channels.x import weighted

DATA = Path(__file__).parent / "data"
X = json.loads((DATA / "x_lengths.json").read_text(encoding="utf-8"))
SMS = json.loads((DATA / "sms_parts.json").read_text(encoding="utf-8"))


def body(channel: str, text: str, language: str = "pl") -> Measure:
    return next(measure for measure in CHANNELS[channel].measure(None, text, language) if measure.part == "body")


def bodies(channel: str, text: str) -> list[Measure]:
    return [measure for measure in CHANNELS[channel].measure(None, text, "en") if measure.part == "body"]


@pytest.mark.parametrize("vector", X, ids=[vector["why"] for vector in X])
def test_x_counts_as_x_does(vector: dict[str, object]) -> None:
    assert weighted(str(vector["text"])) == vector["count"]


@pytest.mark.parametrize("vector", SMS, ids=[vector["why"] for vector in SMS])
def test_sms_is_cut_as_networks_cut_it(vector: dict[str, object]) -> None:
    text = "".join(piece * times for piece, times in vector["repeat"])
    cut = segments(text)
    assert (cut.alphabet, cut.units, cut.parts) == (vector["alphabet"], vector["units"], vector["parts"])


@pytest.mark.parametrize("letter", "ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîșțĂÂÎȘȚ„”–—…’`çőű")
def test_one_letter_outside_the_gsm_alphabet_is_named(letter: str) -> None:
    measure = body("sms", "a" * 99 + letter)
    assert measure.parts == 2
    assert f"because of {letter}" in measure.detail
    assert segments("a" * 100).parts == 1


def test_sms_says_what_plain_spelling_would_save() -> None:
    text = "Zażółć gęślą jaźń. " * 5
    assert spelled_plainly(text) == "Zazolc gesla jazn. " * 5
    assert body("sms", text).parts == 2
    assert "spelled with plain letters: 1" in body("sms", text).detail


def test_sms_over_three_parts_is_over_but_not_in_trouble() -> None:
    measure = body("sms", "a" * 460)
    assert (measure.parts, measure.over, measure.trouble) == (4, 1, "")
    assert body("sms", "a" * 459).fits


@given(st.text(alphabet=st.sampled_from("aż€[😀 \n"), max_size=500))
def test_sms_parts_always_hold_the_text(text: str) -> None:
    cut = segments(text)
    assert cut.units <= cut.one if cut.parts == 1 else (cut.parts - 1) * cut.each < cut.units <= cut.parts * cut.each


def test_bluesky_counts_what_the_eye_sees_and_bytes() -> None:
    seen, heavy = bodies("bluesky", "a" * 300)
    assert (seen.count, seen.fits, heavy.count, heavy.fits) == (300, True, 300, True)
    assert not bodies("bluesky", "a" * 301)[0].fits
    assert graphemes("a\u0328") == 1
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
    seen, heavy = bodies("bluesky", family * 121)
    assert (seen.count, seen.fits, heavy.count, heavy.over) == (121, True, 3_025, 25)


def test_mastodon_counts_addresses_and_mentions_short() -> None:
    assert counted("https://acme.example/a/very/long/path/to/a/page/of/ours") == 23
    assert counted("acme.pl") == 7
    assert counted("@ann@mastodon.example hi") == len("@ann hi")
    assert body("mastodon", "a" * 501).over == 1


@pytest.mark.parametrize(
    ("channel", "unit", "limit"),
    [("facebook", "a", 63_206), ("linkedin", "a", 3_000), ("telegram", "\U0001f600", 2_048), ("whatsapp", "a", 1_024)],
)
def test_limits_hold_to_the_character(channel: str, unit: str, limit: int) -> None:
    assert body(channel, unit * limit).fits
    assert not body(channel, unit * (limit + 1)).fits


def test_x_holds_280_and_refuses_what_x_refuses() -> None:
    assert body("x", "a" * 280).fits
    assert body("x", "a" * 281).over == 1
    assert "U+FEFF" in body("x", "a\ufeff").trouble


def test_linkedin_names_what_its_api_would_cut_at() -> None:
    assert "( )" in body("linkedin", "karty (debetowe)").detail
    assert body("linkedin", "karty debetowe").detail == ""


def test_push_shows_what_a_lock_screen_cuts_and_refuses_what_cannot_leave() -> None:
    shown, heavy = bodies("push", "a" * 179)
    assert (shown.over, heavy.fits) == (1, True)
    assert bodies("push", "ą" * 1_025)[1].trouble
    assert CHANNELS["push"].measure("t" * 51, "a", "en")[0].over == 1


@pytest.mark.parametrize("channel", ["push", "sms", "ivr", "call_centre", "branch"])
def test_a_link_where_it_looks_like_an_attack_is_pointed_at_and_no_trouble(channel: str) -> None:
    assert not CHANNELS[channel].links
    measure = body(channel, "Szczegóły: acme.pl/info")
    assert "link" in measure.detail
    assert measure.trouble == ""
    assert "link" not in body(channel, "Szczegóły na infolinii.").detail


def test_subjects_are_one_line_without_encoded_words() -> None:
    def subject(title: str | None) -> Measure:
        return CHANNELS["email"].measure(title, "Text.", "en")[0]

    assert subject("We are checking").fits
    assert subject("x" * 79).over == 1
    assert "title" in subject(None).trouble
    assert "title" in subject("").trouble
    assert subject("=?utf-8?q?x=0ABcc=3A_e=40v?=").trouble
    assert subject("a\nBcc: b@c").trouble
    assert subject("a\x00b").trouble


def test_a_status_page_names_its_incident() -> None:
    title, _ = CHANNELS["status_page"].measure(None, "Text.", "en")
    assert "title" in title.trouble
    assert CHANNELS["status_page"].measure("t" * 256, "b" * 25_001, "en")[0].over == 1


def test_speech_is_measured_in_seconds_by_language() -> None:
    assert seconds("word " * 150, "en") == 60
    assert seconds("słowo " * 110, "pl") == 60
    assert seconds("cuvânt " * 125, "ro-RO") == 60
    assert seconds("22 548 00 00", "en") == seconds("one " * 9, "en")
    assert not body("ivr", "słowo " * 56).fits
    assert body("ivr", "słowo " * 55).fits
    assert body("call_centre", "słowo " * 500).limit is None


def test_titles_standing_texts_and_addresses_are_as_people_know_them() -> None:
    standing = {channel.id for channel in CHANNELS.values() if channel.standing}
    assert standing == {"website", "ivr", "status_page", "chatbot", "in_app", "branch", "call_centre"}
    assert {c.id: c.address for c in CHANNELS.values() if c.addressed} == {"email": "email", "sms": "phone"}
    assert all(CHANNELS[name].titled for name in FAMILIES["page"])
    assert not any(CHANNELS[name].titled for name in (*FAMILIES["post"], *FAMILIES["spoken"], *FAMILIES["chat"]))
    assert all(channel.recall for channel in CHANNELS.values())
    assert sorted(name for names in FAMILIES.values() for name in names) == sorted(CHANNELS)


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_channel_takes_what_it_cannot_carry(channel: str) -> None:
    for text in ("", "  \n", "a\x1b[31mb", "a\ud800b", "a\u2028b", "a\u202eb", "a\x85b", "a\x00"):
        assert body(channel, text).trouble, ascii(text)
    assert body(channel, "Zażółć\n\tgęślą 👩‍👧 jaźń").trouble == ""


@pytest.mark.parametrize("channel", CHANNELS)
@given(text=st.text(st.characters(), max_size=60))
def test_measuring_never_raises_and_never_counts_below_nothing(channel: str, text: str) -> None:
    for measure in CHANNELS[channel].measure(text, text, "pl"):
        assert measure.count >= 0
        assert measure.parts >= 1


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("acme.pl", ["acme.pl"]),
        ("Zob. www.acme.com/a?b=c, potem", ["www.acme.com/a?b=c"]),
        ("https://łódź.pl/ż.", ["https://łódź.pl/ż"]),
        ("pomoc@acme.pl i name.al-last@acme.pl", []),
        ("o 4.30 rano, wersja 2.1", []),
        ("Koniec.Potem", []),
        ("http://localhost", []),
    ],
)
def test_links_are_found_and_other_dots_are_not(text: str, links: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_links(text)] == links


def test_looking_for_links_takes_no_long_time_on_odd_texts() -> None:
    for text in ("a." * 30_000, "(a.pl/" + ")" * 60_000, "a.pl/" + ")." * 30_000, "a.pl+" * 12_000):
        code = f"from crisiscli.channels.measures import find_links; list(find_links({text!r}))"
        subprocess.run([sys.executable, "-"], input=code, text=True, check=True, timeout=20)


def test_importing_channels_stays_cheap() -> None:
    heavy = ("regex", "phonenumbers", "jinja2", "babel")
    code = f"import sys, crisiscli.channels, crisiscli.facts; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
