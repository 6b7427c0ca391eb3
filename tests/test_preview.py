"""Preview: texts as their channels show them, drawn again at a save, and how they read otherwise since a revision."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiscli.channels import CHANNELS
from crisiscli.channels.base import Measure
from crisiscli.channels.sms import segments
from crisiscli.errors import FilesUnusable, NotFound
from crisiscli.screen import Line
from crisiscli.terminal.lines import cells
from crisiscli.terminal.viewer import help_rows
from crisiscli.terminal.viewer_page import Page, bar
from crisiscli.walk.beside import Manner
from crisiscli.walk.differing import marked
from crisiscli.walk.previewing import Preview
from crisiscli.walk.reloading import Made, Reloading
from crisiscli.walk.seen import LOOKS, Seen, look_of
from crisiscli.walk.seen.frames import CUT, OVER
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


@pytest.mark.parametrize(
    ("text", "lengths"),
    [("a" * 160, [160]), ("a" * 306, [153, 153]), ("a" * 307, [153, 153, 1]), ("ą" * 134, [67, 67]), ("ą" * 70, [70])],
)
def test_an_sms_part_is_full_before_the_next_begins(text: str, lengths: list[int]) -> None:
    assert [len(piece) for piece in parts(text)] == lengths


def test_what_a_lock_screen_does_not_show_is_marked() -> None:
    body = "a" * 178 + "TAIL"
    rows = LOOKS["push"](seen(body, "Title", channel="push"), 60)
    row = next(number for number, text in enumerate(rows) if CUT in text)
    assert "TAIL" not in "".join(rows[:row])
    assert "TAIL" in "".join(rows[row:])
    assert not any(CUT in text for text in LOOKS["push"](seen("a" * 178, "Title", channel="push"), 60))


def test_a_post_shows_where_it_is_too_long() -> None:
    body = "a" * 200 + "日" * 40 + "TAIL"
    rows = LOOKS["post"](seen(body, channel="x"), 60)
    row = next(number for number, text in enumerate(rows) if OVER in text)
    before = "".join(text.strip("│ ") for text in rows[3:row])
    assert before == "a" * 200 + "日" * 40, "200 + 2 * 40 is all X takes"
    assert "TAIL" in rows[row + 1]
    assert not any(OVER in text for text in LOOKS["post"](seen("a" * 280, channel="x"), 60))


def test_emoji_that_fit_are_not_cut() -> None:
    body = "👩‍👩‍👧‍👦" * 60
    assert not any(OVER in text for text in look_of("bluesky")(seen(body, channel="bluesky"), 60))


def test_a_recording_shows_where_nobody_listens_any_more() -> None:
    long = "\n".join(["Jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć."] * 8)
    rows = look_of("ivr")(seen(long, channel="ivr"), 60)
    at = rows.index("-- after 30 seconds --")
    assert rows[at + 1].startswith("0:33")
    assert rows.count("-- after 30 seconds --") == 1
    assert "-- after 30 seconds --" not in look_of("call_centre")(seen(long, channel="call_centre"), 60)


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
        editor.wait(r"small\.yaml: \d+ texts")
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
        editor.keys("G", "g", "space", "n", "p")
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


def test_a_file_that_breaks_keeps_the_page_and_says_where(company: Company) -> None:
    with company.sit("preview", "small.yaml", "--watch", cols=80, rows=24) as editor:
        editor.wait(r"small\.yaml: \d+ texts")
        company.write("small.yaml", SMALL.replace("messages:", "messages: ["))
        editor.wait(r"small\.yaml: NOT READ, line \d+ .*q leave")
        editor.wait("Below stands what was read last")
        company.write("small.yaml", "")
        editor.wait("The file is empty")
        company.write("small.yaml", SMALL.replace("Sprawdzamy wiadomość", "Sprawdzamy wiadomość " * 6))
        editor.wait(r"\d+ to mend, \d+ changed")
        (company.folder / "crisis.yaml").write_text("company:\n  name: Another Bank\n", encoding="utf-8")
        editor.wait("Another Bank")
        editor.press("ctrl-c")
        assert editor.ends() == 0


def test_the_keys_of_the_page(company: Company) -> None:
    with company.sit("preview", "erroneous-mass-message", "--watch", cols=80, rows=24) as editor:
        editor.wait(r"\d+ texts")
        editor.keys("?")
        editor.wait("any key goes back")
        editor.keys("q")
        editor.wait("front_line_brief / Intranet")
        editor.keys("/")
        editor.wait("find: _")
        editor.keys("numer jest", "enter")
        editor.wait(r"1 of \d+: numer jest")
        assert editor.text.startswith("correction_push / Push")
        editor.keys("esc")
        editor.keys("l")
        editor.wait(r"texts.*longest")
        editor.keys("g")
        editor.wait("front_line_brief / Intranet")
        assert "[next_update]" not in editor.text
        editor.press("q")
        assert editor.ends() == 0


def test_what_was_typed_wrong_is_said_at_once(company: Company) -> None:
    for flags, what in (
        (("--message", "holdin"), "Did you mean holding?"),
        (("--channel", "websit"), "Did you mean website?"),
        (("--channel", "tiktok"), "There is no channel tiktok"),
        (("--lang", "xx"), "one of: pl"),
        (("--channel", "push"), "No text is meant by this"),
        (("--fact", "caus=x"), "Did you mean cause?"),
        (("--fact", "next_update=soon"), "--fact next_update=VALUE"),
    ):
        for more in ((), ("--watch",), ("--as-seen",), ("--json",)):
            told = company.run("preview", "small.yaml", *flags, *more)
            assert told.code in (2, 4), told.all
            assert what in told.err, told.all
            assert told.out == ""
    assert "is no runbook" in company.run("preview", "people.yaml").err
    assert company.run("preview", "gone.yaml", "--watch").code == 3


def test_names_may_stand_with_commas_between_them(company: Company) -> None:
    told = company.run("preview", "small.yaml", "--channel", "website,email", "--json").data
    assert {one["place"].split("/")[1] for one in told["texts"]} == {"website", "email"}


def test_a_file_that_was_not_read_to_its_end_is_said(company: Company) -> None:
    company.write("small.yaml", SMALL + "\n  a: [\n")
    told = company.run("preview", "small.yaml")
    assert "Texts may be missing below" in told.err
    assert "holding/" in told.out


def test_a_runbook_under_another_name_is_compared_with_itself(kept: Company) -> None:
    (kept.folder / "small.yaml").rename(kept.folder / "other.yaml")
    kept.write("other.yaml", SMALL.replace("Wiemy o", "Wszyscy wiemy o"))
    told = kept.run("preview", "other.yaml", "--diff", "HEAD")
    assert told.code == 0, told.all
    assert told.out.startswith("At HEAD the file was called small.yaml.")
    assert "[-Wiemy-]{+Wszyscy wiemy+} o" in told.out


def one(place: str, body: str = "Words.", missing: str = "") -> Preview:
    channel = place.split("/")[1]
    measures = () if missing else tuple(CHANNELS[channel].measure(None, body, "en"))
    rendering = None if missing else SimpleNamespace(title=None, body=body, text=body)
    return Preview(place, channel, rendering, (), (), missing, (), measures)  # type: ignore[arg-type]


def test_what_does_not_go_stands_above_and_in_the_foot(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a", encoding="utf-8")
    texts = [one("m/x/en"), one("m/x/pl", "a" * 285), one("m/sms/en", missing="no text for sms in en")]
    reloading = Reloading(lambda: Made(texts), lambda: [path])
    assert reloading.look() and not reloading.look()
    told = [line.text for line in reloading.lines(Manner(120, "Acme"))]
    assert told[:3] == [
        "2 of 3 texts do not go as they stand:",
        "  m/x/pl    285 of 280 weighted characters",
        "  m/sms/en  no text for sms in en",
    ]
    assert "m / X  ! pl" in told
    assert "m / SMS  ! en" in told
    assert reloading.state("a.yaml") == "a.yaml: 3 texts, 2 to mend"


def test_whatever_goes_wrong_while_reading_the_page_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("1", encoding="utf-8")

    def make() -> Made:
        state = path.read_text(encoding="utf-8")
        if state == "3":
            raise NotFound("There is no message m.")
        if state == "2":
            raise RecursionError("deep")
        return Made([one("m/x/en", state)])

    reloading = Reloading(make, lambda: [path])
    assert reloading.look()
    for number, word in (("2", "RecursionError"), ("3", "There is no message m.")):
        again = tmp_path / "again"
        again.write_text(number, encoding="utf-8")
        again.replace(path)
        assert reloading.look()
        told = [line.text for line in reloading.lines(Manner(80))]
        assert word in told[0]
        assert "m / X" in told
        assert reloading.state("a.yaml") == "a.yaml: NOT READ"
    path.write_text("back", encoding="utf-8")
    assert reloading.look(), "a save in place counts like one by renaming"
    assert reloading.changed == {"m/x/en"}


def test_the_first_look_raises_what_was_typed_wrong_and_waits_for_a_file(tmp_path: Path) -> None:
    def fails(error: Exception) -> Reloading:
        def make() -> Made:
            raise error

        return Reloading(make, lambda: [tmp_path])

    with pytest.raises(NotFound):
        fails(NotFound("no message")).look()
    broken = fails(FilesUnusable("torn.", where="a.yaml"))
    assert broken.look()
    assert broken.lines(Manner(80))[0].text == "Not read: a.yaml: torn."


def page(rows: int = 10) -> Page:
    def draw(width: int) -> list[Line]:
        texts = [Line("one / X", "heading"), *(Line(f"row {n} of one") for n in range(30))]
        texts += [Line("two / SMS  ! en  (changed)", "heading"), *(Line(f"Row {n} of two") for n in range(30))]
        return texts

    made = Page(draw, lambda: (60, rows))
    made.fragments()
    return made


def shown(made: Page) -> list[str]:
    return "".join(part[1] for part in made.fragments()).splitlines()


def test_the_heading_of_a_text_stays_above_it() -> None:
    made = page()
    assert shown(made)[:2] == ["one / X", "row 0 of one"]
    made.move(5)
    assert shown(made)[:2] == ["one / X", "row 5 of one"]
    made.move(1000)
    assert shown(made)[0].startswith("two / SMS")
    assert shown(made)[-1] == "Row 29 of two"
    made.go(-1)
    assert made.top == 31
    made.go(-1)
    assert made.top == 0


def test_a_search_goes_round() -> None:
    made = page()
    made.seek("ROW 7")
    assert made.word == "1 of 2: row 7"
    assert shown(made)[1] == "row 7 of one"
    made.again(1)
    assert (made.word, shown(made)[1]) == ("2 of 2: row 7", "Row 7 of two")
    made.again(1)
    assert made.word == "1 of 2: row 7"
    made.again(-1)
    assert made.word == "2 of 2: row 7"
    made.seek("nowhere")
    assert (made.word, made.sought) == ("no row has: nowhere", "")


def test_the_place_is_kept_when_the_page_is_drawn_anew() -> None:
    made = page()
    made.trouble(1)
    assert made.top == 31
    made.move(3)
    made.size = lambda: (4, 10)
    made.fragments()
    made.size = lambda: (60, 10)
    assert shown(made)[0].startswith("two / SMS")
    made.top = 0
    made.renew()
    made.fragments()
    assert made.top == 31, "what changed is gone to"


def test_the_bar_always_says_how_to_leave() -> None:
    keys = ("q leave", "? keys", "/ find", "e next trouble")
    for columns in (20, 40, 80, 200):
        told = bar("a-very-long-name-of-a-runbook.yaml: 74 texts, 12 to mend, 3 changed", keys, columns)
        assert told.endswith("q leave  ? keys" if columns < 120 else "e next trouble")
        assert cells(told) < columns
    assert any("find them" in row for row in help_rows({}))


def test_the_data_is_json(company: Company) -> None:
    told = company.run("preview", "small.yaml", "--json", "--longest")
    assert json.loads(told.out)["runbook"]
