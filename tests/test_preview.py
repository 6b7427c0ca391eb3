"""Preview: texts as their channels show them, drawn again at a save, and how they read otherwise since a revision."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiscli.channels import CHANNELS
from crisiscli.channels.base import Measure
from crisiscli.channels.sms import segments
from crisiscli.terminal.lines import cells
from crisiscli.walk.differing import marked
from crisiscli.walk.seen import LOOKS, Seen, look_of
from crisiscli.walk.seen.frames import CUT
from crisiscli.walk.seen.sms import parts
from journeys import SMALL, Company


def seen(body: str, title: str | None = None, language: str = "pl", channel: str = "website") -> Seen:
    return Seen(title, body, language, "Acme Bank", CHANNELS[channel].measure(title, body, language))


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_has_a_look_that_keeps_its_width_and_its_words(channel: str) -> None:
    words = "Zażółć gęślą jaźń, a ½ litra mleka. " * 6
    title = "Tytuł, który mówi, o co chodzi"
    for width in (36, 50, 120):
        rows = look_of(channel)(seen(words.strip(), title, channel=channel), width)
        assert max(map(cells, rows)) <= width
        shown = "".join("".join(row.strip("│ ").split()) for row in rows)
        for word in ("Zażółć", "gęślą", "mleka"):
            assert shown.count(word) >= 5, channel


def test_looks_are_for_channels_and_families_that_exist() -> None:
    assert set(LOOKS) <= set(CHANNELS) | {channel.family for channel in CHANNELS.values()}


@given(st.text(st.sampled_from("abcąę€[]^😀 "), min_size=1, max_size=400))
def test_an_sms_is_cut_where_it_is_measured(text: str) -> None:
    pieces = list(parts(text))
    assert "".join(pieces) == text
    assert len(pieces) == segments(text).parts


def test_what_a_lock_screen_does_not_show_is_marked() -> None:
    body = "a" * 178 + "TAIL"
    rows = LOOKS["push"](seen(body, "Title", channel="push"), 60)
    row = next(number for number, text in enumerate(rows) if CUT in text)
    assert "TAIL" not in "".join(rows[:row])
    assert "TAIL" in "".join(rows[row:])
    assert not any(CUT in text for text in LOOKS["push"](seen("a" * 178, "Title", channel="push"), 60))


def test_a_spoken_text_shows_its_seconds() -> None:
    rows = LOOKS["spoken"](seen("Jeden dwa trzy.\nCztery pięć sześć.", language="pl"), 60)
    assert [row[:4].strip() for row in rows] == ["0:00", "0:02", "0:04"]
    assert rows[-1].split() == ["0:04", "end"]


def test_ascii_only_frames() -> None:
    one = Seen("T", "body", "en", "Acme", (Measure("body", 4, None, "characters"),), draw=False)
    for look in LOOKS.values():
        assert all(row.isascii() for row in look(one, 40))


def test_marks_of_a_difference() -> None:
    assert marked("We know it.", "We know of it.") == "We know {+of +}it."
    assert marked("Old.", "") == "[-Old.-]"
    assert marked("", "One.\n\nTwo.") == "{+One.+}\n\n{+Two.+}"
    assert marked("a b\nc d", "a b\nc e") == "a b\nc [-d-]{+e+}"


@pytest.fixture
def company(tmp_path: Path) -> Company:
    made = Company(tmp_path)
    made.write("small.yaml", SMALL)
    return made


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@acme.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def kept(company: Company) -> Company:
    git(company.folder, "init", "-q")
    git(company.folder, "add", "small.yaml")
    git(company.folder, "commit", "-qm", "first")
    return company


def test_side_by_side_needs_room_and_is_stacked_without(company: Company) -> None:
    wide = company.run("preview", "erroneous-mass-message", "--message", "holding", "--channel", "x", "--as-seen")
    assert wide.code == 0
    assert any(line.split() == ["pl", "en"] for line in wide.out.splitlines())
    assert "holding / X" in wide.out
    assert "Acme Bank" in wide.out
    with company.sit(
        "preview", "erroneous-mass-message", "--message", "holding", "--channel", "x", "--as-seen", cols=60
    ) as lead:
        assert lead.ends() == 0
        rows = [row.strip() for row in lead.text.splitlines()]
        assert "en" in rows
        assert "pl" not in " ".join(row for row in rows if row.endswith("en") and row != "en")


def test_the_longest_values_stand_in_the_texts(company: Company) -> None:
    plain = company.run("preview", "erroneous-mass-message", "--message", "holding", "--channel", "website")
    assert "[next_update]" in plain.out
    longest = company.run(
        "preview", "erroneous-mass-message", "--message", "holding", "--channel", "website", "--longest"
    )
    assert "[next_update]" not in longest.out
    assert "23:59" in longest.out


def test_only_what_reads_otherwise_is_told(kept: Company) -> None:
    same = kept.run("preview", "small.yaml", "--diff", "HEAD")
    assert same.code == 0
    assert same.out.startswith("0 texts read otherwise since HEAD")
    text = SMALL.replace("title: ", "title: The new ", 1) + "# a comment changes no text\n"
    kept.write("small.yaml", text)
    assert kept.run("preview", "small.yaml", "--diff", "HEAD").out.startswith("0 texts")

    word = "Wiemy o"
    assert word in SMALL
    kept.write("small.yaml", SMALL.replace(word, "Wszyscy wiemy o"))
    told = kept.run("preview", "small.yaml", "--diff", "HEAD").out
    assert "[-Wiemy-]{+Wszyscy wiemy+} o" in told
    assert "   changed" in told
    data = kept.run("preview", "small.yaml", "--diff", "HEAD", "--json").data
    assert data["schema_version"] == 1
    assert {one["kind"] for one in data["texts"]} == {"changed"}
    assert all(word in one["before"]["text"] and word not in one["after"]["text"] for one in data["texts"])


def test_a_revision_that_is_not_there(kept: Company, tmp_path_factory: pytest.TempPathFactory) -> None:
    told = kept.run("preview", "small.yaml", "--diff", "nowhere")
    assert (told.code, told.out) == (2, "")
    assert "nowhere" in told.err
    kept.write("other.yaml", SMALL)
    new = kept.run("preview", "other.yaml", "--diff", "HEAD")
    assert new.code == 2
    assert "every text of it is new" in new.err
    assert kept.run("preview", "small.yaml", "--diff=--output=/tmp/x").code == 2
    alone = Company(tmp_path_factory.mktemp("alone"))
    alone.write("small.yaml", SMALL)
    lonely = alone.run("preview", "small.yaml", "--diff", "HEAD", GIT_CEILING_DIRECTORIES=str(alone.folder.parent))
    assert lonely.code == 2
    assert "no git repository" in lonely.err


def test_flags_that_do_not_go_together(company: Company) -> None:
    assert company.run("preview", "small.yaml", "--watch", "--json").code == 2
    assert company.run("preview", "small.yaml", "--as-seen", "--diff", "HEAD").code == 2


def test_watching_draws_again_at_every_save(company: Company) -> None:
    with company.sit("preview", "small.yaml", "--watch", cols=100, rows=30) as editor:
        editor.wait(r"small\.yaml: \d+ texts, 0 changed")
        assert "Wiemy o" in editor.text
        company.write("small.yaml", SMALL.replace("Wiemy o", "Wszyscy wiemy o"))
        editor.wait(r"Wszyscy wiemy o")
        editor.wait(r"\(changed\)")
        company.write("small.yaml", SMALL.replace("messages:", "messages: ["))
        editor.wait(r"small\.yaml: NOT READ")
        assert "wiemy" in editor.text.lower()
        (company.folder / "small.yaml").unlink()
        company.write("small.yaml", SMALL)
        editor.wait(r"small\.yaml: \d+ texts, \d+ changed")
        editor.wait("Wiemy o")
        editor.keys("end", "home", "space", "n", "p")
        editor.press("q")
        assert editor.ends() == 0


def test_watching_without_a_screen_prints_what_changed(company: Company) -> None:
    with company.sit("preview", "small.yaml", "--watch", "--plain", cols=100, rows=80) as editor:
        editor.sees("holding / ")
        editor.mark = len(editor.raw)
        company.write("small.yaml", SMALL.replace("Wiemy o", "Wszyscy wiemy o"))
        editor.sees(r"\(changed\)", "Wszyscy wiemy o")
        editor.press("ctrl-c")
        assert editor.ends() == 0


def test_the_data_is_json(company: Company) -> None:
    told = company.run("preview", "small.yaml", "--json", "--longest")
    assert json.loads(told.out)["runbook"]
