"""What is measured and found fast is what is measured and found thoroughly."""

from __future__ import annotations

import re
from typing import Any

import regex
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crisiscli.channels import CHANNELS
from crisiscli.channels.measures import find_links, graphemes, unsayable
from crisiscli.channels.speech import seconds
from crisiscli.channels.x import weighted
from crisiscli.loader import load_text, shipped
from crisiscli.loader.phrasing import phrases
from crisiscli.rules import Book
from crisiscli.rules.book import Text
from crisiscli.rules.channels.branches import branches
from crisiscli.rules.channels.too_long import surely_fits, worst
from crisiscli.runbook import Fact, Languages, Role, Runbook
from crisiscli.sentences import read_leaf
from examples import AROUND, BASE

SHIPPED = sorted(shipped("runbooks").glob("*.yaml"))
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

LETTERS = st.text(
    st.sampled_from(
        "aąłșț Zé09.,:/-–…„”\u2019\n€£©®\u0301\u200d\ufe0f\u20e3#👍👩🇵🇱ก\u0e33ㅎ\u1112\u1161\u2028\u202e\u00ad"
    ),
    max_size=40,
)


@QUIET
@given(LETTERS)
@example("©\u0301")
@example("\r\n")
def test_what_the_eye_sees_is_counted_alike(text: str) -> None:
    assert graphemes(text) == len(regex.findall(r"\X", text))
    carried = [c for c in dict.fromkeys(text) if c not in "\n\t" and unsayable(c)]
    assert bool(unsayable(text)) == bool(carried)


@QUIET
@given(LETTERS)
@example("©\u0301")
def test_weight_is_counted_alike(text: str) -> None:
    import unicodedata

    text = unicodedata.normalize("NFC", text)
    if next(find_links(text), None):
        return
    light = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
    total = 0
    for cluster in regex.findall(r"\X", text):
        if len(cluster) > 1 and regex.match(r"\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3", cluster):
            total += 2
        else:
            total += sum(1 if any(low <= ord(c) <= high for low, high in light) else 2 for c in cluster)
    assert weighted(text) == total


@QUIET
@given(st.text(st.sampled_from("aą0٣² '’-_.,\n"), max_size=40))
def test_seconds_are_counted_alike(text: str) -> None:
    words = 0
    for match in re.finditer(r"\w+(?:['’-]\w+)*", text):
        words += sum(character.isdigit() for character in match.group()) or 1
    assert seconds(text, "pl") == -(-words * 60 // 110)


# Texts that surely fit


FACTS = st.builds(
    Fact,
    ask=st.just("?"),
    type=st.sampled_from(["yes_no", "choice", "text", "count", "percent", "time", "duration", "services"]),
    longest=st.sampled_from(
        [None, "23:59", "4 700 000", "999999999999", "99,9", "2d 23h", "a cut, see acme.pl", "a\rb", " ł ", "no"]
    ),
    options=st.sampled_from([{}, {"a": "prąd w sieci", "b": "a"}]),
    of=st.sampled_from([(), ("cards", "app")]),
)
FILTERS = (
    "", " | time", ' | time("long")', ' | time("HH:mm")', ' | date("long")', ' | date("EEEE, d MMMM")', " | count",
    ' | plural("osoba", "osoby", "osób")', " | percent", ' | duration("short")', " | down",
)  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(FILTERS).map(lambda words: f"{{{{ x{words} }}}}"),
    st.sampled_from([" ", ". ", " ok ", ".pl", "Ł", "acme.pl ", "(", ") ", "@", "1", " za ", "\n"]),
    st.sampled_from(["kot ", "ą ", "a", "👍 "]).flatmap(
        lambda word: st.integers(1, 70).map(lambda often: word * often)
    ),
)
SENTENCES = st.lists(st.lists(PIECES, min_size=1, max_size=6).map("".join), min_size=1, max_size=3)


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(
    SENTENCES,
    FACTS,
    st.sampled_from(["pl", "ro", "en", "uk"]),
    st.sampled_from(["", "Title", "T {{ x }}"]),
    st.booleans(),
)
def test_what_surely_fits_does_fit(sentences: list[str], fact: Fact, language: str, title: str, some: bool) -> None:
    body: list[dict[str, Any]] = [{f"s{number}": words} for number, words in enumerate(sentences)]
    if some:
        body[0]["when"] = {"x": "yes"}
    found: Any = {"title": title, "body": body} if title else body
    leaf = read_leaf(found, "post", ("post", language))
    runbook = Runbook(
        crisis=1, id="a", version=1, title="A", languages=Languages(must=("pl",)), phases=(), facts={"x": fact},
        roles={"lead": Role(title="L", duty="d")},
    )  # fmt: skip
    text = Text("holding", "post", language, leaf, ())
    for channel in CHANNELS.values():
        if surely_fits(channel, text, runbook):
            assert worst(channel, text, branches(leaf, runbook), runbook) is None, channel.id


def test_an_ordinary_text_needs_no_closer_look() -> None:
    book = Book((loaded := load_text(BASE.encode(), "base.yaml")).runbook, loaded, AROUND)  # type: ignore[arg-type]  # it loads
    seen = [surely_fits(CHANNELS[name], text, book.runbook) for name, texts in book.carried.items() for text in texts]
    assert seen
    assert all(seen)


# Phrases


def test_lists_looked_through_at_once_find_what_each_finds_alone() -> None:
    listed = phrases()
    found = 0
    for path in SHIPPED:
        loaded = load_text(path.read_bytes(), str(path))
        assert loaded.runbook is not None
        for language, speech in Book(loaded.runbook, loaded, AROUND).speeches.items():
            for one in listed.get(language, {}).values():
                alone = list(one.within(speech.plain, speech.stems))
                assert list(speech.hits(one)) == alone
                found += len(alone)
    assert found
