"""The rules about words: what they find beyond their examples, and what they must leave alone."""

from __future__ import annotations

import dataclasses

import pytest

from crisiscli.linter import lint_one
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import Book, rule_called
from crisiscli.rules.texts.tongues import spoken_instead
from examples import AROUND, whole

LANGUAGES = "languages:\n  must: [en]\n  follow: {pl: 30m, ro: 30m}\n"
HEAD = "messages:\n  advice:\n    stage: education\n    for: [customers]\n"


def message(language: str, *sentences: str, to: str = "website", source: str = "page", more: str = "") -> str:
    """A runbook in which one message has these sentences in one language; `label: words`, as YAML."""
    body = "".join(f"          - {sentence}\n" for sentence in sentences)
    return whole(f"{LANGUAGES}{more}{HEAD}    to: [{to}]\n    text:\n      {source}:\n        {language}:\n{body}")


def two(first: list[str], second: list[str]) -> str:
    """A runbook in which one text stands in English and Polish."""
    texts = {"en": first, "pl": second}
    body = "".join(f"        {key}:\n" + "".join(f"          - {one}\n" for one in texts[key]) for key in texts)
    return whole(f"{LANGUAGES}{HEAD}    to: [website]\n    text:\n      page:\n{body}")


def found(rule: str, text: str, before: str = "") -> list[Problem]:
    """What one rule finds in a runbook, held against an earlier one."""
    around = AROUND
    if before:
        base = load_text(before.encode(), "example.yaml")
        around = dataclasses.replace(AROUND, base=lambda path: base)
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


# labels-differ


def test_labels_that_are_lacking_and_labels_too_many_are_told_apart() -> None:
    text = two(["known: It is down.", "verify: Call us."], ["known: Nie działa.", "plea: Prosimy o cierpliwość."])
    lacking, extra = found("labels-differ", text)
    assert "has no `verify`" in lacking.what
    assert marked(text, lacking) == "pl"
    assert text.splitlines()[lacking.others[0].span.line - 1].strip().startswith("- verify:")
    assert "has `plea`" in extra.what
    assert marked(text, extra) == "plea"


def test_another_order_is_told_at_the_first_label_that_moved() -> None:
    text = two(["known: It is down.", "verify: Call us."], ["verify: Zadzwoń.", "known: Nie działa."])
    [problem] = found("labels-differ", text)
    assert marked(text, problem) == "verify"
    assert "known, verify" in problem.cure


def test_a_label_said_twice_counts_twice() -> None:
    text = two(["known: One.", "known: Two."], ["known: Jeden."])
    [problem] = found("labels-differ", text)
    assert "has no `known`" in problem.what


@pytest.mark.parametrize("broken", ["verify:", "verify:Call us."])
def test_a_sentence_that_was_begun_is_not_missing(broken: str) -> None:
    text = two(["known: It is down.", "verify: Call us."], ["known: Nie działa.", broken])
    assert found("labels-differ", text) == []
    assert len([*found("wrong-value", text), *found("text-shape", text)]) == 1


def test_a_sentence_without_a_label_is_not_missing_elsewhere() -> None:
    text = two(["known: It is down.", "We are sorry."], ["known: Nie działa."])
    assert found("labels-differ", text) == []
    assert "unlabelled" not in str(lint_one(load_text(text.encode(), "example.yaml"), AROUND))


def test_a_title_in_one_language_only() -> None:
    body = "        en:\n          title: Down\n          body:\n            - known: It is down.\n"
    body += "        pl:\n          - known: Nie działa.\n"
    text = whole(f"{LANGUAGES}{HEAD}    to: [website]\n    text:\n      page:\n{body}")
    [problem] = found("labels-differ", text)
    assert "has no `title`" in problem.what


def test_what_a_text_omits_on_purpose_is_let_alone() -> None:
    body = "        en:\n          - known: It is down.\n          - harm: You could not pay.\n"
    body += "        pl:\n          omits: [harm]\n          where: on the page\n          body:\n"
    body += "            - known: Nie działa.\n"
    text = whole(f"{LANGUAGES}{HEAD}    to: [website]\n    text:\n      page:\n{body}")
    assert found("labels-differ", text) == []


def test_what_must_be_said_is_missed_once() -> None:
    text = two(["known: It is down.", "verify: Call us."], ["known: Nie działa."])
    assert len(found("labels-differ", text)) == 1
    asked = text.replace(
        "    to: [website]\n    text:\n      page:\n        en:\n          - known: It is",
        ("    to: [website]\n    must_say: [verify]\n    text:\n      page:\n        en:\n          - known: It is"),
    )
    assert len(found("must-say", asked)) == 1
    assert found("labels-differ", asked) == []


def test_a_label_omitted_and_said_in_another_number_is_no_order() -> None:
    body = "        en:\n          omits: [harm]\n          where: on the page\n          body:\n"
    body += "            - harm: You could not pay.\n            - harm: You could not log in.\n"
    body += "        pl:\n          - harm: Nie dało się zapłacić.\n"
    text = whole(f"{LANGUAGES}{HEAD}    to: [website]\n    text:\n      page:\n{body}")
    assert found("labels-differ", text) == []


def test_a_language_that_is_missing_whole_is_no_difference() -> None:
    assert found("labels-differ", message("en", "known: It is down.")) == []


# edited-alone


BEFORE = two(["known: It is down.", "verify: Call us."], ["known: Nie działa.", "verify: Zadzwoń do nas."])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["known: It is down.", "verify: Call us."], ["known: Nie działa.", "verify: Zadzwoń do nas."]),
        (["known: It is slow.", "verify: Call us."], ["known: Zwolniło.", "verify: Zadzwoń do nas."]),
        (["known: It is down.", "verify: Call us."], ["known: nie dziala", "verify: Zadzwoń,  do nas!"]),
    ],
    ids=["nothing", "both", "spelling and marks only"],
)
def test_edits_that_need_no_second_look(first: list[str], second: list[str]) -> None:
    assert found("edited-alone", two(first, second), BEFORE) == []


def test_an_edit_in_one_language_is_shown_beside_the_unchanged_one() -> None:
    text = two(["known: It is slow.", "verify: Call us."], ["known: Nie działa.", "verify: Zadzwoń do nas."])
    [problem] = found("edited-alone", text, BEFORE)
    assert "the en text was edited and pl was not" in problem.what
    assert "It is slow." in text.splitlines()[problem.span.line - 1]
    assert "Nie działa." in text.splitlines()[problem.others[0].span.line - 1]


def test_a_sentence_taken_out_of_one_language_is_an_edit() -> None:
    [problem] = found(
        "edited-alone", two(["known: It is down."], ["known: Nie działa.", "verify: Zadzwoń do nas."]), BEFORE
    )
    assert "the en text was edited" in problem.what


def test_a_language_that_is_new_is_no_edit() -> None:
    before = message("en", "known: It is down.", "verify: Call us.")
    assert found("edited-alone", BEFORE, before) == []


def test_without_a_base_nothing_is_said() -> None:
    assert found("edited-alone", two(["known: Anything."], ["known: Nie działa."])) == []


# homoglyph


@pytest.mark.parametrize(
    ("language", "words", "letter", "right"),
    [
        ("pl", "Przeprаszamy.", "а", "Przepraszamy."),
        ("ro", "Ne сerem scuze.", "с", "Ne cerem scuze."),
        ("en", "Wе are on it.", "е", "We are on it."),
        ("en", "ΑCME is down.", "Α", "ACME is down."),
        ("pl", "Poczekaj, а oddzwonimy.", "а", "Poczekaj, a oddzwonimy."),
        ("en", "We are 𝐬𝐨𝐫𝐫𝐲.", "𝐬", "We are sorry."),
    ],
)
def test_a_letter_that_only_looks_right(language: str, words: str, letter: str, right: str) -> None:
    text = message(language, f'advice: "{words}"')
    [problem] = found("homoglyph", text)
    assert marked(text, problem) == letter
    assert f"U+{ord(letter):04X}" in problem.what
    assert f'advice: "{right}"' in mended(text, problem)
    assert problem.fix is not None
    assert not problem.fix.safe


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "Ми вже працюємо над цим і вибачаємось."),
        ("pl", "Po ukraińsku: Ми вже працюємо, у нас є час."),
        ("en", "The SMS-розсилка is not ours."),
        ("pl", "Zażółć gęślą jaźń."),
        ("ro", "Știm și ne pare rău."),
        ("en", "It took 5 μs."),
    ],
)
def test_other_alphabets_that_are_meant(language: str, words: str) -> None:
    text = message(language, f'advice: "{words}"').replace("follow: {pl: 30m", "follow: {uk: 30m, pl: 30m")
    assert found("homoglyph", text) == []


# wrong-language


POLISH = (
    "Nie znamy jeszcze przyczyny i sprawdzamy, co się stało. Prosimy o cierpliwość, damy znać, gdy będzie już jasne."
)
PLAIN_POLISH = (
    "Nie znamy jeszcze przyczyny i sprawdzamy, co sie stalo. Prosimy o cierpliwosc, damy znac, gdy jest to jasne."
)
ROMANIAN = "Nu știm încă de ce și verificăm ce s-a întâmplat. Vă rugăm să aveți răbdare, vă spunem când este clar."
ENGLISH = (
    "We do not know the cause yet and are looking into it. Please bear with us, you will hear from us when it is clear."
)


@pytest.mark.parametrize("said", [POLISH, PLAIN_POLISH, ROMANIAN, ENGLISH])
@pytest.mark.parametrize("declared", ["pl", "ro", "en"])
def test_three_languages_are_told_apart(said: str, declared: str) -> None:
    actual = {POLISH: "pl", PLAIN_POLISH: "pl", ROMANIAN: "ro", ENGLISH: "en"}[said]
    assert spoken_instead(said, declared) == ("" if actual == declared else actual)


@pytest.mark.parametrize(
    ("declared", "said"), [("pl", ROMANIAN), ("pl", ENGLISH), ("ro", POLISH), ("ro", ENGLISH), ("en", POLISH)]
)
def test_a_text_under_another_language(declared: str, said: str) -> None:
    text = message(declared, *(f"advice: {sentence}." for sentence in said.rstrip(".").split(". ")))
    [problem] = found("wrong-language", text)
    assert marked(text, problem) == declared


@pytest.mark.parametrize(
    ("declared", "sentences"),
    [
        ("pl", ["advice: Call us."]),
        ("pl", ["advice: Nie znamy przyczyny.", "advice: Na stronie „How you can tell it is us and what you do”."]),
        ("en", ["advice: We answer in Iași, Timișoara, Łódź and Gdańsk.", "advice: Our branch in Iași is open."]),
        ("de", [f"advice: {ENGLISH}"]),
        ("pl", ["advice: OK"]),
    ],
    ids=["too short to say", "a quotation", "names", "a language it does not know", "no words"],
)
def test_texts_whose_language_is_not_judged(declared: str, sentences: list[str]) -> None:
    assert found("wrong-language", message(declared, *sentences).replace("{pl: 30m", "{de: 30m, pl: 30m")) == []


# placeholder-left


@pytest.mark.parametrize(
    ("language", "words", "hit"),
    [
        ("en", "Our [name of service] is down.", "[name of service]"),
        ("pl", "Piszemy o [godzina].", "[godzina]"),
        ("en", "More at ???.", "???"),
        ("en", "Tbd: write this.", "Tbd"),
        ("en", "More at XX:XX.", "XX:XX"),
        ("pl", "Do uzupełnienia.", "Do uzupełnienia"),
        ("ro", "Text de completat.", "de completat"),
        ("en", "Lorem ipsum dolor.", "Lorem ipsum"),
        ("en", "Call ______ for help.", "______"),
        ("en", "Dear <first name>, we are sorry.", "<first name>"),
        ("en", "Dear %FIRSTNAME%, we are sorry.", "%FIRSTNAME%"),
        ("en", "More at HH:MM.", "HH:MM"),
        ("pl", "Więcej o GG:MM.", "GG:MM"),
        ("ro", "Revenim la __:__.", "__:__"),
    ],
)
def test_a_place_to_fill_in(language: str, words: str, hit: str) -> None:
    text = message(language, f'advice: "{words}"')
    [problem] = found("placeholder-left", text)
    assert marked(text, problem) == hit


@pytest.mark.parametrize(
    "words", ["More at {next_update}.", "More at { next_update }.", "{{ next_update }} or { next_update }."]
)
def test_a_fact_in_single_braces_is_told_once(words: str) -> None:
    text = message("en", f'advice: "{words}"')
    assert found("placeholder-left", text) == []
    [problem] = found("sentence-grammar", text)
    assert "`{{ next_update }}`" in problem.cure


def test_a_fact_as_somebody_says_it_gets_the_right_cure() -> None:
    [problem] = found("placeholder-left", message("en", 'advice: "More at {Next update}."'))
    assert "`{{ next_update }}`" in problem.cure


@pytest.mark.parametrize(
    "words",
    [
        "More at {{ next_update }}.",
        'It said \\"[sic] free\\".',
        "Is it you? Really? Yes.",
        "Prices fall by 5% and by 10%.",
        "It costs < 5 and > 3.",
        "The Roman number XX is twenty.",
        "See [the page](https://acme.pl).",
        "It has <b>weight</b>.",
        "We told the whole story to do it right.",
    ],
)
def test_what_only_looks_like_a_place_to_fill_in(words: str) -> None:
    assert found("placeholder-left", message("en", f'advice: "{words}"')) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("ro", "Formularul de completat este în sucursale."), ("pl", "Formularz do uzupełnienia jest w oddziale.")],
)
def test_a_form_that_people_fill_in(language: str, words: str) -> None:
    assert found("placeholder-left", message(language, f"advice: {words}")) == []


# raw-markup


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("We are **on it**.", "**on it**"),
        ("We are __on it__.", "__on it__"),
        ("Look [here](https://acme.pl).", "[here](https://acme.pl)"),
        ("We are <strong>sorry</strong>.", "<strong>"),
        ("One<br/>two.", "<br/>"),
        ("Fish &amp; chips.", "&amp;"),
        ("We are sorry :pray: for it.", ":pray:"),
        ("Use `crisis`.", "`crisis`"),
        ("Do *not* tap it.", "*not*"),
        ("## What we know", "## "),
    ],
)
def test_markup_that_would_be_read(words: str, hit: str) -> None:
    text = message("en", f'advice: "{words}"')
    [problem] = found("raw-markup", text)
    assert marked(text, problem) == hit
    assert "website" in problem.what


def test_a_closing_tag_alone_is_told_of() -> None:
    text = message("en", 'advice: "We are sorry</b>."', 'advice: "We are <b>sorry</b> and <i>sad</i>."')
    assert [marked(text, problem) for problem in found("raw-markup", text)] == ["</b>", "<b>", "<i>"]


@pytest.mark.parametrize(
    "words",
    [
        "Smith & Sons.",
        "The file a__b__c is ours, and {{ next_update }} a time.",
        "5 * 3 and 2 * 2.",
        "Fees* fall. *For all cards.",
        "At 20:30: more.",
        "From 10:15 to 11:45.",
        "Money < time > all.",
        "Tag #acme and #help.",
        "It ends at 7 ~ or so.",
        "Say: yes: or no.",
        "More at {{ next_update | time('HH:mm') }}.",
    ],
)
def test_signs_that_are_no_markup(words: str) -> None:
    assert found("raw-markup", message("en", f'advice: "{words}"')) == []


def test_a_channel_that_shows_it_as_meant_is_let_alone() -> None:
    bold = ['advice: "We are **on it**."']
    assert found("raw-markup", message("en", *bold, to="teams", source="teams")) == []
    [problem] = found("raw-markup", message("en", *bold, to="slack", source="slack"))
    assert "slack would show it" in problem.what


# shouting


def test_capitals_and_marks() -> None:
    text = message("pl", 'advice: "NIE KLIKAJ W NIC."', 'advice: "Uwaga!!! To nie my."')
    capitals, marks = found("shouting", text)
    assert "capitals" in capitals.what
    assert marked(text, marks) == "!!!"


@pytest.mark.parametrize("words", ["Thank you!", "PKO BP", "IT.", "{{ next_update }}", "Call the SMS desk at ACME SA."])
def test_what_does_not_shout(words: str) -> None:
    assert found("shouting", message("en", f'advice: "{words}"')) == []


# smart-character


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("We know – and “we” are on it… Please wait, we will tell you more in a moment here.", "-"),
        ("You find us at our\u00a0branch, which is open all night for everybody who needs cash now.", " "),
    ],
)
def test_an_sms_that_costs_more_for_nothing(words: str, right: str) -> None:
    text = message("en", f"advice: '{words}'", to="sms", source="sms")
    [problem] = found("smart-character", text)
    assert problem.what.endswith("cost 2 parts, not 1.")
    after = mended(text, problem)
    assert found("smart-character", after) == []
    assert right in after


@pytest.mark.parametrize(
    ("language", "words", "source"),
    [
        ("pl", "Widzimy to – „sprawdzamy” i damy znać, gdy będziemy wiedzieć więcej o tym, co się stało.", "sms"),
        ("en", "We know – and we are on it.", "sms"),
        ("pl", "Nie prosimy o przelew na „bezpieczne konto” – nigdy…", "page"),
    ],
    ids=["needs its diacritics anyway", "short enough all the same", "a page"],
)
def test_typography_that_does_no_harm(language: str, words: str, source: str) -> None:
    to = "sms" if source == "sms" else "website"
    assert found("smart-character", message(language, f"advice: '{words}'", to=to, source=source)) == []


def test_a_dash_inside_an_address() -> None:
    text = message("pl", "advice: Zajrzyj na moj–bank.pl, proszę.")
    [problem] = found("smart-character", text)
    assert marked(text, problem) == "–"
    assert "moj-bank.pl, proszę" in mended(text, problem)
    assert found("smart-character", message("pl", "advice: Pociąg Łódź–Kraków jedzie. Zajrzyj na bank.pl – już.")) == []


# unbacked-sentence


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Pieniądze i dane są bezpieczne."),
        ("pl", "Nikt się do nas nie włamał."),
        ("pl", "Nie musisz nic robić."),
        ("ro", "Banii dumneavoastră sunt în siguranță."),
        ("ro", "Nu este un atac."),
        ("ro", "Nu trebuie să faceți nimic."),
        ("en", "Your money is safe."),
        ("en", "We have not been hacked."),
        ("en", "There is nothing you need to do."),
        ("pl", "Nie padliśmy ofiarą ataku."),
        ("pl", "Nie doszło do wycieku danych."),
        ("pl", "Nikt nie stracił pieniędzy."),
        ("pl", "Oszczędności nie są zagrożone."),
        ("ro", "Nu am fost atacați."),
        ("ro", "Nimeni nu a intrat în sistemele noastre."),
        ("ro", "Nimeni nu a pierdut bani."),
        ("ro", "Economiile nu sunt în pericol."),
        ("en", "This was not a hack."),
        ("en", "There is nothing to do for you."),
        ("en", "Your savings were never at risk."),
    ],
)
def test_a_promise_without_a_fact(language: str, words: str) -> None:
    [problem] = found("unbacked-sentence", message(language, f"calm: {words}"))
    assert "`calm` is no label that `elements:` guards" in problem.what
    guarded = message(language, f"no_break_in: {words}")
    assert found("unbacked-sentence", guarded) == []
    assert found("unbacked-sentence", message(language, f"calm: {words}\n            when: {{is_attack: no}}")) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Sprawdzamy, czy pieniądze są bezpieczne."),
        ("ro", "Verificăm dacă datele sunt în siguranță."),
        ("en", "We are checking whether your money is safe."),
        ("en", "Never say that the money is safe."),
        ("pl", "Nie mówimy, że to nie był atak."),
        ("en", "We ask for no personal data."),
    ],
)
def test_a_doubt_is_no_promise(language: str, words: str) -> None:
    assert found("unbacked-sentence", message(language, f"calm: {words}")) == []


def test_a_label_that_promises_is_enough() -> None:
    text = message("en", "money_safe: All is well with it.")
    [problem] = found("unbacked-sentence", text)
    assert marked(text, problem) == "All is well with it."


def test_a_fact_that_nobody_must_confirm_backs_nothing() -> None:
    facts = "facts:\n  touched:\n    ask: Was money touched?\n    type: yes_no\n"
    text = message("en", "calm: Your money is safe.\n            when: {touched: no}", more=facts)
    [problem] = found("unbacked-sentence", text)
    assert "nobody has to confirm it" in problem.what
    assert "use: confirmed" in problem.cure
    assert text.splitlines()[problem.others[0].span.line - 1].strip() == "touched:"


def test_the_cure_names_a_label_only_for_those_whom_it_fits() -> None:
    text = message("en", "advice: You do not need to do anything.")
    [problem] = found("unbacked-sentence", text)
    assert problem.cure == (
        "Label it `no_break_in` if that is what it says. "
        "If not, give it a condition of its own, like `when: {is_attack: no}`."
    )
    backed = text.replace("do anything.\n", "do anything.\n            when: {is_attack: no}\n")
    assert found("unbacked-sentence", backed) == []


def test_a_text_under_a_misspelt_channel_is_not_missing() -> None:
    text = message("en", "advice: Call us.", source="pgae")
    assert found("language-missing", text) == []
    assert len(found("undefined-channel", text)) == 1


def test_one_cause_behind_many_sentences_is_told_of_once() -> None:
    several = ["no_break_in: Nobody broke in.", "no_break_in: Nobody broke into our systems."]
    reported = message("en", *several).replace(
        "    confirmed_by: it\n    use: confirmed\n  next_update", "  next_update"
    )
    [problem] = found("unbacked-sentence", reported)
    assert problem.what.endswith("nobody has to confirm it. The same holds for 3 more.")
    assert problem.cure == "Add `use: confirmed` to the fact `is_attack`."
    bare = whole(message("en", *several)).replace(
        "  no_break_in:\n    needs: {is_attack: no}\n", "  money_safe:\n    needs: {is_attack: no}\n"
    )
    [problem] = found("unbacked-sentence", bare)
    assert problem.what.endswith("no label that `elements:` guards. The same holds for 3 more.")
    assert problem.cure.startswith("Add `no_break_in:` under `elements:` with `needs:` and a confirmed fact")
    others = message("en", "one: Your money is safe.", "two: Your data are safe.")
    assert len(found("unbacked-sentence", others)) == 2


# translation-owed


def owed(*texts: tuple[str, list[str]], to: str = "website, ivr", more: str = "") -> list[tuple[str, str]]:
    """Of a message with texts under these sources, each in these languages: the text and the language that is owed."""
    body = "".join(
        f"      {source}:\n" + "".join(f"        {code}:\n          - known: It is down.\n" for code in codes)
        for source, codes in texts
    )
    problems = found("translation-owed", whole(f"{LANGUAGES}{more}{HEAD}    to: [{to}]\n    text:\n{body}"))
    return [(problem.what.split("`")[1], problem.what.split(" has no ")[1][:2]) for problem in problems]


def test_a_language_that_follows_is_owed_where_the_other_texts_have_it() -> None:
    assert owed(("page", ["en", "pl", "ro"]), ("spoken", ["en", "pl"])) == [("spoken", "ro")]
    assert owed(("page", ["en"]), ("spoken", ["en", "pl", "ro"])) == [("page", "pl"), ("page", "ro")]


def test_no_translation_is_owed() -> None:
    assert owed(("page", ["en"]), ("spoken", ["en"])) == [], "nothing of the message is translated"
    assert owed(("page", ["en", "pl"]), ("spoken", ["en", "pl"])) == [], "the same everywhere"
    assert owed(("page", ["en", "pl"]), ("website", ["en"]), to="website") == [], "the family's words go out"
    assert owed(("page", ["en", "pl"]), ("spoken", ["en"]), to="website") == [], "the text goes nowhere"
    assert owed(("page", ["en"]), ("website", ["en", "pl"]), to="website") == [], "its own words go out"


def test_where_a_translation_is_owed_and_until_when() -> None:
    text = message("en", "advice: Call us.").replace(
        "        en:\n          - advice: Call us.\n",
        "        en:\n          - advice: Call us.\n      ivr:\n        pl:\n          - advice: Zadzwoń.\n",
    )
    text = text.replace("    to: [website]\n    text:\n      page:", "    to: [website, ivr]\n    text:\n      page:")
    [problem] = found("translation-owed", text)
    assert (problem.level, problem.since, marked(text, problem)) == ("warning", "strict", "page")
    assert problem.cure == "Write it now, as `pl:` below `page:`. In a crisis it would be owed within 30m."
