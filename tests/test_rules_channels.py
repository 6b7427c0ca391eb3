"""The rules about channels: what they find beyond their examples, and what they must leave alone."""

from __future__ import annotations

import dataclasses

import pytest

from crisiscli.config import Binding, Company, Config
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import Around, Book, rule_called
from examples import AROUND, whole

HEAD = "languages:\n  must: [en]\n  follow: {pl: 30m, ro: 30m}\n"
LONG = "Our branches are open all night for everybody who needs cash, and the staff know what to do."


def message(channel: str, language: str, words: str, *, source: str = "", title: str = "", more: str = "") -> str:
    """A runbook in which one message says these words, as YAML, on one channel in one language."""
    leaf = f"          - advice: {words}\n"
    if title:
        leaf = f"          title: {title}\n          body:\n            - advice: {words}\n"
    head = f"{HEAD}{more}messages:\n  advice:\n    stage: education\n    for: [customers]\n    to: [{channel}]\n"
    return whole(f"{head}    text:\n      {source or channel}:\n        {language}:\n{leaf}")


def found(rule: str, text: str, around: Around = AROUND) -> list[Problem]:
    """What one rule finds in a runbook."""
    loaded = load_text(text.encode(), "example.yaml")
    checker = rule_called(rule)
    assert loaded.runbook is not None
    assert checker is not None
    return list(checker.check(Book(loaded.runbook, loaded, around)))


def marked(text: str, problem: Problem) -> str:
    """The characters a problem points at, when they stand on one line."""
    span = problem.span
    return text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1]


def mended(text: str, problem: Problem) -> str:
    """The text after a problem's fix."""
    assert problem.fix is not None
    for edit in sorted(problem.fix.edits, key=lambda one: -one.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


# sms-unicode


@pytest.mark.parametrize(
    ("language", "words", "character"),
    [
        ("en", f"{LONG} Ask for Łukasz.", "Ł"),
        ("en", f"{LONG} Take care 💛.", "💛"),
        ("pl", "Juz wiemy, ze cos nie dziala. Prosimy o cierpliwosc, wrocimy tu za godzine, a oddział czynny.", "ł"),
        ("ro", "Stim ca aveti probleme si lucram la ele. Va rugam sa aveti rabdare, sucursală este deschisa.", "ă"),
    ],
)
def test_one_character_that_costs_a_part(language: str, words: str, character: str) -> None:
    text = message("sms", language, f'"{words}"')
    [problem] = found("sms-unicode", text)
    assert marked(text, problem) == character
    assert "cost 2 parts" in problem.what
    assert "takes 1" in problem.cure


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Wiemy, że coś nie działa, i już nad tym pracujemy. Prosimy o cierpliwość, wrócimy tu za godzinę."),
        ("pl", "Wiemy, że coś nie działa, i już nad tym pracujemy 💛. Prosimy o cierpliwość, wrócimy za godzinę."),
        ("ro", "Știm că aveți probleme cu serviciile noastre și lucrăm la ele. Vă rugăm să aveți puțină răbdare."),
        ("en", "Take care 💛."),
        ("en", f"{LONG} It costs 5 € in a café."),
        ("de", f"{LONG} Das kostet nichts, Grüße aus Łódź."),
        ("pl", f"{LONG[:80]}"),
    ],
    ids=["needs its letters", "so an emoji costs nothing", "Romanian too", "one part anyway", "in the alphabet",
         "a language it does not know", "plain all through"],
)  # fmt: skip
def test_an_sms_that_is_right_as_it_is(language: str, words: str) -> None:
    text = message("sms", language, f'"{words}"').replace("{pl: 30m", "{de: 30m, pl: 30m")
    assert found("sms-unicode", text) == []


def test_the_longest_fact_decides_whether_it_costs_more() -> None:
    facts = "facts:\n  where:\n    ask: Where?\n    type: text\n    longest: {longest}\n"
    words = '"Łukasz is at {{ where }} until ten, and has all of it."'
    short = message("sms", "en", words, more=facts.format(longest="home"))
    assert found("sms-unicode", short) == []
    [problem] = found("sms-unicode", message("sms", "en", words, more=facts.format(longest="the main branch " * 3)))
    assert "cost 2 parts" in problem.what


def test_a_family_text_is_measured_for_the_sms_it_becomes() -> None:
    text = message("sms", "en", f'"{LONG} Ask for Łukasz."', source="short")
    assert len(found("sms-unicode", text)) == 1
    assert found("sms-unicode", message("in_app", "en", f'"{LONG} Ask for Łukasz."', source="short")) == []


def test_the_fix_spells_it_plainly() -> None:
    text = message("sms", "en", f'"{LONG} Ask for Łukasz."')
    after = mended(text, found("sms-unicode", text)[0])
    assert "Ask for Lukasz." in after
    assert found("sms-unicode", after) == []


# too-long, where it measures what other rules would otherwise repeat


def test_more_than_three_sms_parts_are_too_long_and_plain_letters_are_counted() -> None:
    words = "Wiemy, że coś nie działa, i już nad tym pracujemy, dzień i noc, wszyscy. " * 3
    [problem] = found("too-long", message("sms", "pl", f'"{words}"'))
    assert "too long for SMS" in problem.what
    assert "spelled with plain letters: 2" in problem.here


def test_seconds_are_counted_by_the_pace_of_the_language() -> None:
    words = " ".join(["word"] * 70)
    assert found("too-long", message("ivr", "en", words, source="spoken")) == []
    [problem] = found("too-long", message("ivr", "pl", words, source="spoken"))
    assert "39 of 30 seconds" in problem.what


# title-missing, subject-length


@pytest.mark.parametrize(("channel", "source"), [("push", "short"), ("press", "page")])
def test_a_title_is_wanted(channel: str, source: str) -> None:
    text = message(channel, "en", "Call us.", source=source)
    [problem] = found("title-missing", text)
    assert marked(text, problem) == "en"
    assert found("title-missing", message(channel, "en", "Call us.", source=source, title="How")) == []
    assert found("title-missing", message("website", "en", "Call us.", source="page")) == []


def test_a_subject_is_measured_with_its_facts() -> None:
    facts = "facts:\n  where:\n    ask: Where?\n    type: text\n    longest: {longest}\n"
    title = '"What we know of {{ where }}"'
    long = message("email", "en", "Call us.", title=title, more=facts.format(longest="branch " * 8))
    [problem] = found("subject-length", long)
    assert "characters; 60 are shown" in problem.what
    short = message("email", "en", "Call us.", title=title, more=facts.format(longest="it"))
    assert found("subject-length", short) == []
    assert found("subject-length", message("email", "en", "Call us.", title="x" * 60)) == []


def test_the_part_that_is_cut_is_marked() -> None:
    text = message("email", "en", "Call us.", title="a" * 60 + "bcd")
    [problem] = found("subject-length", text)
    assert marked(text, problem) == "bcd"


# links


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("Look at https://acme.example/a?b=1.", "https://acme.example/a?b=1"),
        ("Look at www.acme.ro now.", "www.acme.ro"),
        ("Look at acme.pl.", "acme.pl"),
        ("Look (acme.com/x) now.", "acme.com/x"),
    ],
)
@pytest.mark.parametrize("channel", ["sms", "push"])
def test_a_link_in_a_short_text(channel: str, words: str, hit: str) -> None:
    text = message(channel, "en", words)
    [problem] = found("link-in-short", text)
    assert marked(text, problem) == hit


@pytest.mark.parametrize(
    "words",
    [
        "Zadzwoń, m.in. w sprawie karty.",
        "We know.It is us.",
        "Wersja 2.14.3 działa.",
        "O godz.12 i tel.kom.",
        "Acme S.A. i Acme sp. z o.o.",
        "See you at 20.30...",
        "'{{ next_update | time(\"HH.mm\") }} tutaj.'",
    ],
)
def test_what_is_no_link(words: str) -> None:
    assert found("link-in-short", message("sms", "pl", words)) == []


def test_a_text_of_a_family_is_told_once_and_a_page_may_have_links() -> None:
    both = message("sms, push", "en", "Look at acme.pl.", source="short")
    assert len(found("link-in-short", both)) == 1
    assert found("link-in-short", message("website", "en", "Look at acme.pl.", source="page")) == []


def test_http_is_told_and_the_fix_writes_https() -> None:
    text = message("website", "en", "Look at http://acme.pl/x, and at http://acme.ro.", source="page")
    first, second = found("link-not-https", text)
    assert (marked(text, first), marked(text, second)) == ("http://acme.pl/x", "http://acme.ro")
    assert "https://acme.pl/x" in mended(text, first)
    assert found("link-not-https", message("website", "en", "Look at https://acme.pl.", source="page")) == []


@pytest.mark.parametrize("link", ["https://bit.ly/3x", "bit.ly/3x", "http://www.tinyurl.com/abc", "https://t.co/q1"])
def test_a_link_that_hides_where_it_leads(link: str) -> None:
    text = message("website", "en", f"Look at {link}, please.", source="page")
    [problem] = found("link-shortener", text)
    assert marked(text, problem) == link


@pytest.mark.parametrize("link", ["https://acme.pl/bit.ly", "https://rabbit.ly/x", "pilot.co/x", "24/7"])
def test_a_link_that_only_looks_short(link: str) -> None:
    assert found("link-shortener", message("website", "en", f"Look at {link}.", source="page")) == []


# reply-route


@pytest.mark.parametrize(
    ("language", "words", "hit"),
    [
        ("en", "If it was you, reply YES.", "reply YES"),
        ("pl", "Jeśli to nie Ty, odpisz na ten numer.", "odpisz"),
        ("ro", "Răspundeți la acest mesaj cu DA.", "Răspundeți la acest"),
        ("en", "If you do not know why, reply to this.", "reply to this"),
    ],
)
def test_an_answer_asked_for_where_nobody_reads_it(language: str, words: str, hit: str) -> None:
    text = message("sms", language, words)
    [problem] = found("reply-route", text)
    assert marked(text, problem) == hit


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Please do not reply to this message."),
        ("pl", "Nie odpowiadaj na tę wiadomość, nie odpisuj na nic."),
        ("ro", "Nu răspundeți la acest mesaj."),
        ("en", "We reply with care to every letter, and answer the phone."),
    ],
)
def test_advice_not_to_answer(language: str, words: str) -> None:
    assert found("reply-route", message("push", language, words)) == []


def test_an_email_may_be_answered_unless_its_sender_is_mute() -> None:
    text = message("email", "en", "Reply to this e-mail.", title="How")
    assert found("reply-route", text) == []

    def sent_from(**settings: str) -> Around:
        binding = Binding("email", provider="smtp", settings=settings)
        return dataclasses.replace(AROUND, config=Config(company=Company(name="Acme"), channels={"email": binding}))

    [problem] = found("reply-route", text, sent_from(**{"from": "Acme <no-reply@acme.example>"}))
    assert "no-reply@acme.example" in problem.what
    assert found("reply-route", text, sent_from(**{"from": "press@acme.example"})) == []
    assert (
        found("reply-route", text, sent_from(**{"from": "noreply@acme.example", "reply_to": "us@acme.example"})) == []
    )


# unreadable-aloud


@pytest.mark.parametrize(
    ("language", "words", "hit"),
    [
        ("pl", "Zadzwoń pod 223456789.", "223456789"),
        ("en", "Write to help@acme.example.", "help@acme.example"),
        ("en", "Look at acme.pl.", "acme.pl"),
        ("en", "Your case is AB-1234.", "AB-1234"),
        ("en", "Cards and/or transfers fail.", "and/or"),
        ("pl", "Nie działają np. karty.", "np"),
        ("ro", "Nu merg cardurile, transferurile etc.", "etc"),
        ("en", "Cards & transfers fail.", "&"),
        ("en", "We are sorry 💛.", "💛"),
    ],
)
@pytest.mark.parametrize("channel", ["ivr", "call_centre"])
def test_what_a_voice_cannot_say(channel: str, language: str, words: str, hit: str) -> None:
    text = message(channel, language, words, source="spoken")
    [problem] = found("unreadable-aloud", text)
    assert marked(text, problem) == hit


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Zadzwoń pod 22 345 67 89 albo wyślij SMS."),
        ("en", "It fell by 5%, at 20:30, on 12.5 lines, in the IT desk and in PKO BP."),
        ("en", "'Affected: {{ services | count(\"a/b\") }}.'"),
        ("pl", "Twój kod PIN i numer PESEL znasz tylko Ty."),
        ("ro", "Sunați la 021 300 30 30, zi și noapte."),
    ],
)
def test_what_a_voice_says_well(language: str, words: str) -> None:
    assert found("unreadable-aloud", message("ivr", language, words, source="spoken")) == []


def test_only_what_is_spoken_is_looked_at() -> None:
    text = message("website", "pl", "Zadzwoń pod 223456789, np. dziś, lub na acme.pl.", source="page")
    assert found("unreadable-aloud", text) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "As you can see below, our real page has a lock."),
        ("en", "Watch the video and you know how we work tonight."),
        ("pl", "Na grafice pokazujemy, gdzie jest czynny bankomat."),
        ("pl", "Zobacz film o naszej nocnej zmianie."),
        ("ro", "În imaginea de mai jos vedeți mesajul adevărat."),
        ("ro", "Urmăriți clipul despre munca din această noapte."),
    ],
)
def test_a_picture_without_words(language: str, words: str) -> None:
    text = message("website", language, words)
    [problem] = found("alt-text", text)
    assert marked(text, problem).lower() in words.lower()
    assert found("alt-text", text.replace(f"{words}\n", f"{words}\n          - alt: A lock beside our name.\n")) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "We have the full picture at four o'clock."),
        ("en", "Do not send us the photo of your card."),
        ("pl", "Nie wysyłaj nam zdjęcia karty."),
        ("ro", "Nu trimiteți fotografia cardului nimănui."),
    ],
)
def test_words_about_pictures_that_show_nothing(language: str, words: str) -> None:
    assert found("alt-text", message("website", language, words)) == []


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("See www.acme.example for more.", "www.acme.example"),
        ("See acme.example.", "acme.example"),
        ("See help.acme.example/now, please.", "help.acme.example/now"),
        ("See www.acme.museum-shop today.", "www.acme.museum-shop"),
        ("For example. Nothing else.", ""),
        ("Follow the good.example of others", "good.example"),
        ("Write to help@acme.example for more.", ""),
    ],
)
def test_an_address_is_one_whatever_its_ending(words: str, link: str) -> None:
    text = message("sms", "en", words)
    assert [marked(text, one) for one in found("link-in-short", text)] == [link] * bool(link)


def test_an_email_without_a_subject_is_told_where_to_write_it() -> None:
    [own] = found("too-long", message("email", "en", "We never ask for a code."))
    assert own.cure == "Write `title:`, and put the sentences under `body:`."
    [shared] = found("too-long", message("email", "en", "We never ask for a code.", source="page"))
    assert shared.cure == "Give `email` a text of its own with `title:`, and put the sentences under `body:`."


@pytest.mark.parametrize(
    ("length", "rules"), [(60, []), (61, ["subject-length"]), (78, ["subject-length"]), (79, ["too-long"])]
)
def test_a_long_subject_is_told_once(length: int, rules: list[str]) -> None:
    text = message("email", "en", "We never ask for a code.", title="x" * length)
    told = [one for rule in ("too-long", "subject-length") for one in found(rule, text)]
    assert [one.rule for one in told] == rules
    assert all(f"by {length - 60}" in one.cure for one in told)
