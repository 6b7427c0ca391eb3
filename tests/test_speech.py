"""Phrases as an editor writes them, and where they are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiscli.errors import FilesUnusable
from crisiscli.linter import lint_one
from crisiscli.loader import load_text
from crisiscli.loader.phrasing import phrases
from crisiscli.rules import Around, rules
from crisiscli.rules.phrased import Phrased
from crisiscli.speech import Phrases, Speech, clause, plain, stems
from examples import BASE, whole


def found(entry: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in Phrases([entry]).find(text.lower())]


@pytest.mark.parametrize(
    ("entry", "text", "words"),
    [
        ("sorry if", "We are sorry if you waited.", ["sorry if"]),
        ("sorry if", "We are Sorry, if you waited.", ["Sorry, if"]),
        ("sorry if", "We are sorry iffy", []),
        ("przepraszamy jeśli", "Przepraszamy, jesli to Ty.", ["Przepraszamy, jesli"]),
        ("cerem scuze dacă", "Cerem scuze dacă da. Cerem scuze daca nu.", ["Cerem scuze dacă", "Cerem scuze daca"]),
        ("situația", "Situaţia e bună.", ["Situaţia"]),
        ("don't worry", "Don’t worry.", ["Don’t worry"]),
        ("apolog*", "Apologies. We apologise.", ["Apologies", "apologise"]),
        ("rabat*", "Rabatem i rabatów", ["Rabatem", "rabatów"]),
        ("sorry ... if", "sorry for the long wait, if there was one", ["sorry for the long wait, if"]),
        ("sorry ... if", "sorry for the difficulty", []),
        ("sorry ... if", "We are sorry. Ask if you like.", []),
        ("100 % safe", "100% safe, 100 % safe, 100\u00a0% safe", ["100% safe", "100 % safe", "100\u00a0% safe"]),
        ("% off", "20 % off today", ["% off"]),
        (":)", "Done :)", [":)"]),
        ("<3", "We <3 you", ["<3"]),
        ("pin*", "Pinu i pin-u", ["Pinu", "pin"]),
        ("api ... to*", "api, to ty", ["api, to"]),
        ("pin", "Pin it, spin it, PIN", ["Pin", "PIN"]),
        ("e-mail", "An e-mail, e-mails", ["e-mail"]),
        ("ups", "„Ups!” i grupsy", ["Ups"]),
        ("kod z sms-a", "Kod z SMS-a", ["Kod z SMS-a"]),
    ],
)  # fmt: skip
def test_phrases_are_found_as_people_write_them(entry: str, text: str, words: list[str]) -> None:
    assert found(entry, text) == words


def test_the_longer_of_two_is_told_and_none_twice() -> None:
    hits = Phrases(["no reason", "no reason to worry", "reason to worry"]).find("there is no reason to worry")
    assert [hit.phrase for hit in hits] == ["no reason to worry"]


def test_a_phrase_does_not_reach_over_two_sayings() -> None:
    speech = Speech([(1, "We are sorry"), (2, "If it is urgent, call.")])
    assert list(speech.find(Phrases(["sorry if", "sorry ... if"]))) == []


def test_the_part_and_the_place_in_it_are_told() -> None:
    speech = Speech([("first", "Ups!"), ("second", "To był\nnasz błąd.")])
    assert list(speech.find(Phrases(["nasz błąd", "był nasz"]))) == [("second", 3, 11, "był nasz")]


def test_a_letter_that_grows_in_lower_case_moves_nothing() -> None:
    speech = Speech([("one", "İİİ sorry if"), ("two", "sorry if")])
    assert [(part, start) for part, start, _, _ in speech.find(Phrases(["sorry if"]))] == [("one", 4), ("two", 0)]


def test_the_sentence_around_a_hit() -> None:
    text = "one. two three! four\nfive"
    assert text[slice(*clause(text, 9, 14))] == " two three"
    assert text[slice(*clause(text, 16, 20))] == " four"
    assert text[slice(*clause(text, 21, 25))] == "five"


@given(
    st.text(alphabet="aąsz ,.!'’-%ăț\u00a0\n", max_size=40),
    st.lists(st.text(alphabet="aąszțb", min_size=1, max_size=6)),
)
def test_what_the_words_let_through_is_what_a_plain_search_finds(text: str, words: list[str]) -> None:
    """The quick look at first letters never hides a phrase that is there."""
    text = text.lower()
    assert len(plain(text)) == len(text)
    for word in words:
        simple = f" {text} ".replace("\n", " ")
        by_hand = any(token == plain(word) for token in _tokens(plain(simple)))
        assert (next(Phrases([word]).find(text), None) is not None) == by_hand


def _tokens(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


def test_stems_are_the_first_five_letters() -> None:
    assert stems("sorry, apologise (twice)") >= {"sorry", "apolo", "twice"}
    assert stems("re-apologise/now") >= {"re", "apolo", "now"}


# what a company adds


def told(folder: Path, sentence: str) -> list[str]:
    text = whole(f"""messages:
  closure:
    stage: closure
    for: [customers, offline_customers]
    to: [website, ivr, branch]
    approve: [lead, executive]
    text:
      page:
        en:
          - apology: {sentence}
          - gesture: We pay back the fees of that day on our own.
          - complaint: If it cost you more, tell us in a branch or by phone.
      spoken:
        en:
          - apology: We apologise once more for the day without our app.
          - gesture: We pay back the fees of that day on our own.
          - complaint: If it cost you more, tell us in a branch or by phone.
""")
    problems = lint_one(load_text(text.encode(), "own.yaml"), Around(phrases=phrases([folder])))
    rooms = ("D6",)
    return [f"{p.rule}: {p.what} {p.cure}" for p in problems if p.code.startswith(rooms)]


def own(tmp_path: Path, text: str, language: str = "en") -> Path:
    folder = tmp_path / "phrases"
    folder.mkdir(exist_ok=True)
    (folder / f"{language}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_phrase_of_the_company_is_looked_for(tmp_path: Path) -> None:
    sentence = "We apologise for what Bob's team did."
    assert told(tmp_path / "nothing", sentence) == []
    [problem] = told(own(tmp_path, "blame:\n  - bob's team\n"), sentence)
    assert problem.startswith("blame: `Bob's team` puts the blame on a person.")


def test_words_to_say_instead_stand_in_the_cure(tmp_path: Path) -> None:
    [problem] = told(
        own(tmp_path, "jargon:\n  - ACME Core: our computers\n"), "We apologise that ACME Core stood still."
    )
    assert problem == 'jargon: `ACME Core` is a word of the trade. Say what people say: "our computers".'


def test_an_exception_of_the_company_silences_a_shipped_phrase(tmp_path: Path) -> None:
    sentence = "We apologise, and the Act of Human Error, our play, is cancelled."
    assert [problem.split(":")[0] for problem in told(tmp_path / "nothing", sentence)] == ["blame"]
    assert told(own(tmp_path, "blame_fine:\n  - our play\n"), sentence) == []


def test_shipped_phrases_stay_when_a_company_adds_its_own(tmp_path: Path) -> None:
    shipped, both = phrases(), phrases([own(tmp_path, "blame:\n  - bob's team\n")])
    assert set(both["en"]["blame"].entries) == {*shipped["en"]["blame"].entries, "bob's team"}
    assert both["pl"]["blame"].entries == shipped["pl"]["blame"].entries


def test_another_language_can_be_added(tmp_path: Path) -> None:
    assert phrases([own(tmp_path, "blame:\n  - Fehler eines Mitarbeiters\n", "de")])["de"]["blame"].entries == (
        "fehler eines mitarbeiters",
    )


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("blam:\n  - x\n", 1, "No rule looks for a list called `blam`."),
        ("blame: x\n", 1, "`blame` is no list."),
        ("blame:\n  - x\n  - 7\n", 3, "This line of `blame` is no phrase."),
        ("blame:\n  - ''\n", 2, "This line of `blame` is no phrase."),
        ("blame:\n  - '*'\n", 2, "This line of `blame` is no phrase."),
        ("blame:\n  - [x]\n", 2, "This line of `blame` is no phrase."),
        ("jargon:\n  - {a: b, c: d}\n", 2, "This line of `jargon` is no phrase."),
        ("- blame\n", 1, "The file does not begin with `key: value` lines."),
        ("", 1, "The file is empty."),
    ],
)
def test_a_broken_file_is_told_calmly(tmp_path: Path, text: str, line: int, what: str) -> None:
    folder = own(tmp_path, text)
    with pytest.raises(FilesUnusable) as caught:
        phrases([folder])
    assert caught.value.where == f"{folder / 'en.yaml'}:{line}"
    assert caught.value.what == what
    assert caught.value.then


def test_a_name_that_is_nearly_right_is_guessed(tmp_path: Path) -> None:
    with pytest.raises(FilesUnusable) as caught:
        phrases([own(tmp_path, "sensitiv:\n  - x\n")])
    assert "sensitive" in caught.value.then


def test_yaml_mistakes_are_told_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(FilesUnusable) as caught:
        phrases([own(tmp_path, "blame:\n  - x\nblame:\n  - y\n")])
    assert caught.value.where.endswith("en.yaml:3")


def test_the_shipped_lists_agree() -> None:
    """Every language has every list, and no phrase stands in a list and in its own exceptions."""
    shipped = phrases()
    for lists in shipped.values():
        assert lists.keys() == shipped["en"].keys()
        for name, listed in lists.items():
            assert listed.entries
            fine = lists.get(f"{name}_fine")
            assert fine is None or not set(fine.entries) & set(listed.entries), name


def test_every_shipped_phrase_finds_itself() -> None:
    for lists in phrases().values():
        for name, listed in lists.items():
            for entry in listed.entries:
                text = entry.replace("...", "a word").replace("*", "")
                assert any(hit.end - hit.start == len(text) for hit in Phrases([entry]).find(text)), (name, entry)


def test_the_base_is_clean_with_and_without_phrases() -> None:
    assert lint_one(load_text(BASE.encode(), "base.yaml"), Around(phrases=phrases())) == lint_one(
        load_text(BASE.encode(), "base.yaml"), Around()
    )


def test_the_page_about_phrases_names_lists_that_are_there() -> None:
    page = (Path(__file__).parent.parent / "docs" / "phrases.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.count(" | ") == 2]
    named = {name for row in rows[1:] for name in re.findall(r"`(\w+)`", row[0])}
    assert named <= set(phrases()["en"])
    known = {rule.NAME: str(rule.LIST) for rule in rules("discipline") if isinstance(rule, Phrased)}
    told = {rule: names for names, _, row in rows for rule in row.strip(" |").split(", ")}
    assert all(f"`{listed}`" in told[rule] or listed in named for rule, listed in known.items())
    assert set(known) <= set(told)
