"""Editing: in place and in one's own editor, nothing typed lost, whose yes is needed, which language is stale."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiscli.terminal.drafts import Drafts
from crisiscli.terminal.editor import BEGIN, END, no_editor, sheet, words_in
from crisiscli.terminal.plain import Plain
from crisiscli.terminal.scripted import Scripted
from journeys import CODE, ME, SMALL, Company, Lead

NOW = "holding: what now\\?"
TWO = (
    SMALL.replace("    - pl\nowner", "    - pl\n  follow:\n    en: 30m\nowner", 1)
    + """        en:
          - empathy: We know of a strange message.
          - next_update: We write again at {{ next_update }}.
"""
)


# The sheet an editor gets


@given(st.text(alphabet="ab#\n -ł"), st.sampled_from(["", "OVER by 12"]))
def test_the_words_of_a_sheet_come_back_whole(words: str, wrong: str) -> None:
    assert words_in(sheet(words, ["help", END], wrong)) == words


def test_lines_of_the_words_may_begin_with_a_hash() -> None:
    written = sheet("# Safe\n#1 fact", ["help"])
    assert words_in(written) == "# Safe\n#1 fact"
    assert written.endswith(f"{END}\n# help\n")
    assert words_in(f"# it is too long\n{BEGIN}\nshort\n{END}\n") == "short"


def test_a_file_without_the_marks_is_all_words() -> None:
    assert words_in("only words\n") == "only words"
    assert words_in("") == ""


# The editor itself


class Desk:
    """A plain terminal with a folder for drafts, an editor that is a small shell script, and typed answers."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.out = io.StringIO()

    def editor(self, script: str) -> None:
        """The next editor is a shell script; the file's name is "$1"."""
        path = self.folder / "editor with space.sh"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        self.monkeypatch.setenv("CRISIS_EDITOR", shlex.quote(str(path)))

    def compose(self, text: str, *answers: str, longest: int = 30) -> str | None:
        terminal = Plain(io.StringIO("".join(f"{line}\n" for line in answers)), self.out)
        terminal.keep_drafts(self.drafts, lambda: "03:14, 22 Nov")

        def check(typed: str) -> str | None:
            return f"OVER by {len(typed) - longest}" if len(typed) > longest else None

        return terminal.compose("edit.holding/x/pl", text, ["help"], check)

    @property
    def drafts(self) -> Path:
        return self.folder / "drafts"

    def draft(self) -> str:
        found = Drafts(self.drafts, str).unsaved("edit.holding/x/pl")
        return found.text if found else ""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path, monkeypatch)


def test_new_words_come_back_and_the_file_is_private(desk: Desk) -> None:
    desk.editor('stat -c %a "$1" > "$(dirname "$0")/mode"; sed -i "1s/old/new/" "$1"')
    assert desk.compose("old words\n# more") == "new words\n# more"
    assert (desk.folder / "mode").read_text() == "600\n"


@pytest.mark.parametrize("script", [":", ': > "$1"', 'rm "$1"'])
def test_an_unchanged_or_empty_file_changes_nothing(desk: Desk, script: str) -> None:
    desk.editor(script)
    assert desk.compose("old words") is None
    assert desk.draft() == ""


def test_words_that_do_not_fit_come_back_with_the_measure_above_them(desk: Desk) -> None:
    desk.editor(
        'if head -1 "$1" | grep -q "# OVER by 10"; then sed -i "s/^x*$/short/" "$1"\n'
        f'else sed -i "1s/.*/{"x" * 40}/" "$1"; fi'
    )
    assert desk.compose("old", "E") == "short"


def test_words_that_do_not_fit_can_be_taken_or_left_and_are_kept(desk: Desk) -> None:
    desk.editor(f'sed -i "1s/.*/{"x" * 40}/" "$1"')
    assert desk.compose("old", "d") == "x" * 40
    assert desk.compose("old", "b", "b") is None
    assert desk.draft() == "x" * 40


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('sed -i "1s/old/new/" "$1"; exit 3', "exit code 3"),
        ('sed -i "1s/old/new/" "$1"; kill -9 $$', "signal 9"),
    ],
)
def test_an_editor_that_fails_keeps_what_was_typed_as_a_draft(desk: Desk, script: str, said: str) -> None:
    desk.editor(script)
    assert desk.compose("old words") is None
    assert said in desk.out.getvalue()
    assert desk.draft() == "new words"
    desk.editor('cp "$1" "$(dirname "$0")/given"; sed -i "1s/words/words again/" "$1"')
    assert desk.compose("old words", "d") == "new words again"


def test_an_editor_that_is_not_there_changes_nothing(desk: Desk) -> None:
    desk.monkeypatch.setenv("CRISIS_EDITOR", str(desk.folder / "nowhere"))
    assert desk.compose("old words") is None
    assert "cannot be opened" in desk.out.getvalue()


def test_bytes_that_are_no_text_change_nothing(desk: Desk) -> None:
    desk.editor(r'printf "\377\376x" > "$1"')
    assert desk.compose("old words") is None
    assert "cannot be read" in desk.out.getvalue()


def test_what_an_editor_saved_before_we_died_is_offered(desk: Desk) -> None:
    desk.drafts.mkdir()
    left = Drafts(desk.drafts, lambda: "03:14").sheet("edit.holding/x/pl")
    left.write_text(sheet("words of the editor", ["help"]), encoding="utf-8")
    desk.editor('sed -i "1s/of/from/" "$1"')
    assert desk.compose("old words", "d") == "words from the editor"


def test_the_first_editor_that_is_set_is_taken() -> None:
    assert no_editor({}) == "no editor set"
    assert no_editor({"EDITOR": " "}) == "no editor set"
    assert no_editor({"VISUAL": "vi"}) == ""


def test_a_script_gives_the_words_under_the_same_key() -> None:
    terminal = Scripted({"edit": {"holding/x/pl": "new"}}, io.StringIO())
    assert terminal.compose("edit.holding/x/pl", "old", [], lambda _: None) == "new"
    assert terminal.compose("edit.holding/y/pl", "old", [], lambda _: None) is None
    assert terminal.no_editor


# Drafts


def test_a_draft_is_private_and_goes_once_its_answer_is_recorded(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts", lambda: "03:14")
    assert drafts.unsaved("edit.x") is None
    assert drafts.keep("edit.x", "zażółć \udcff")
    assert drafts.unsaved("edit.x") == ("zażółć \udcff", "03:14")
    (path,) = (tmp_path / "drafts").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    drafts.answered("edit.x")
    assert drafts.unsaved("edit.x") is not None
    drafts.tidy()
    assert drafts.unsaved("edit.x") is None


def test_a_draft_that_cannot_be_kept_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file in the way", encoding="utf-8")
    drafts = Drafts(tmp_path / "drafts", lambda: "03:14")
    assert not drafts.keep("edit.x", "words")
    assert drafts.unsaved("edit.x") is None
    drafts.answered("edit.x")
    drafts.tidy()


# On screen


@pytest.fixture
def small(company: Company) -> Company:
    company.open_small()
    return company


def at_the_words(company: Company, **env: str) -> Lead:
    return company.sit("send", "holding", cols=80, rows=40, **env)


def open_field(lead: Lead, place: str = "holding/in_app/pl", first: str = "Is this what we know") -> None:
    """Goes to the field where the words of a place are typed."""
    lead.sees(first)
    if "Is this" in lead.new:
        lead.pick("go on", NOW)
    lead.pick("edit a text", "Edit which text")
    lead.pick(place, "(Ctrl-S|unsaved words|edited before)")


def drafts_of(company: Company) -> list[str]:
    found = (company.state / "drafts").rglob("*.json")
    return [json.loads(path.read_text(encoding="utf-8"))["text"] for path in found]


@pytest.fixture
def lead(small: Company) -> Iterator[Lead]:
    with at_the_words(small) as lead:
        yield lead


def kept(lead: Lead, company: Company, words: str) -> None:
    """Waits until a draft holds these words."""
    for _ in range(200):
        lead.pump()
        if any(words in draft for draft in drafts_of(company)):
            return
    raise AssertionError(f"never kept: {drafts_of(company)}")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_words_survive_the_death_of_the_program(lead: Lead, small: Company, number: signal.Signals) -> None:
    open_field(lead)
    lead.types("Zażółć NOCĄ")
    if number is signal.SIGKILL:
        kept(lead, small, "NOCĄ")
    os.kill(lead.child.pid, number)
    lead.wait_end()
    assert any("NOCĄ" in draft for draft in drafts_of(small))
    with at_the_words(small) as again:
        open_field(again)
        again.sees("There are unsaved words from \\d\\d:\\d\\d, \\d\\d \\w+", "take them")
        again.pick("take them", "Zażółć NOCĄ")
        again.press("ctrl-s", "New words on holding/in_app/pl", NOW)
        again.press("ctrl-c")
        again.ends()
    assert "Zażółć NOCĄ" in small.run("approve", "holding").out


def test_back_starts_from_the_text_and_saving_forgets_the_draft(lead: Lead, small: Company) -> None:
    open_field(lead)
    lead.press("!")
    lead.press("esc")
    lead.press("esc", "Kept as it was", NOW)
    lead.pick("edit a text", "Edit which text")
    lead.pick("holding/in_app/pl", "unsaved words")
    lead.pick("back to the text", "Ctrl-S")
    lead.press("?", "\\?")
    lead.press("ctrl-s", "New words on holding/in_app/pl", NOW)
    lead.press("ctrl-c")
    lead.ends()
    assert drafts_of(small) == []
    assert "!" not in small.run("approve", "holding", "--channel=in_app").out


def test_a_line_that_was_being_typed_comes_back_with_the_up_arrow(lead: Lead, small: Company) -> None:
    lead.sees("Is this what we know")
    lead.pick("change cause", "What happened")
    lead.press("the wrong li")
    kept(lead, small, "the wrong li")
    lead.press("ctrl-c")
    assert lead.ends() == 130
    with at_the_words(small) as again:
        again.sees("Is this what we know")
        again.pick("change cause", "Up arrow = the unsaved words from")
        again.press("up", "the wrong li")
        again.types("st", "cause: the wrong list", "Is this what we know")
        again.press("ctrl-c")
        again.ends()
    assert "the wrong list" in small.run("fact", "cause").out
    assert drafts_of(small) == []


def test_a_long_paste_is_kept_whole(lead: Lead, small: Company) -> None:
    words = "słowa " * 1700
    open_field(lead)
    lead.mark = len(lead.raw)
    lead.paste(words)
    lead.sees("\\d{5} (of \\d+ )?characters")
    lead.press("ctrl-s", "New words on holding/in_app/pl", NOW)
    lead.press("ctrl-c")
    lead.ends()
    with small_texts(small) as texts:
        assert words.strip() in texts["holding/in_app/pl"]


class small_texts:  # noqa: N801 - reads like a function
    """The edited words of the open incident, by place."""

    def __init__(self, company: Company) -> None:
        self.folder = company.state

    def __enter__(self) -> dict[str, str]:
        from crisiscli.clock import SystemClock
        from crisiscli.journal import Journal
        from crisiscli.stores import open_store

        self.store = open_store(self.folder, "LIVE")
        journal = Journal(self.store, CODE, SystemClock(), "")
        return {place: edit.body for place, edit in journal.incident.edits.items()}

    def __exit__(self, *_: object) -> None:
        self.store.close()


def test_an_edit_says_whose_yes_no_longer_counts_and_can_be_taken_back(small: Company) -> None:
    tag = small.tag("holding", "--channel=in_app")
    small.approve("holding", "--channel=in_app")
    with at_the_words(small) as lead:
        open_field(lead, first=f"({NOW}|Is this what we know)")
        lead.press("!")
        new = lead.press("ctrl-s", "New words on holding/in_app/pl", NOW)
        assert f"The yes of {ME} ({tag}) does not cover them" in new
        assert f"Needs a yes from Crisis lead ({ME})" in new
        lead.pick("edit a text", "Edit which text")
        lead.pick("holding/in_app/pl", "it was edited before")
        lead.pick("go back to the runbook", "has the runbook's words again", NOW)
        lead.press("ctrl-c")
        lead.ends()
    assert small.tag("holding", "--channel=in_app") == tag


def test_a_title_is_edited_with_its_words(lead: Lead, small: Company) -> None:
    open_field(lead, "holding/website/pl")
    lead.keys(*["up"] * 12)
    lead.press("X", "X")
    lead.press("ctrl-s", "New words on holding/website/pl", NOW)
    lead.press("ctrl-c")
    lead.ends()
    shown = small.run("approve", "holding", "--channel=website").out
    (title,) = [line for line in shown.splitlines() if line.startswith("| ") and "X" in line]
    assert title.replace("X", "") == "| Sprawdzamy wiadomość"
    assert "Powód: pomyłka w teście." in shown


def test_the_editor_is_off_with_a_reason_where_none_is_set(lead: Lead) -> None:
    lead.sees("Is this what we know")
    lead.pick("go on", NOW, "\\[E\\] edit in your own editor +\\(not now: no editor set\\)")
    lead.press("E", "cannot be chosen now: no editor set")
    lead.press("ctrl-c")
    lead.ends()


def test_the_editor_gets_the_terminal_and_gives_it_back(small: Company) -> None:
    script = small.write(
        "editor.py",
        "import sys\n"
        "path = sys.argv[1]\n"
        "said = input('EDITOR HERE: ')\n"
        "text = open(path, encoding='utf-8').read()\n"
        "open(path, 'w', encoding='utf-8').write(text.replace('Wiemy', said, 1))\n",
    )
    with at_the_words(small, CRISIS_EDITOR=shlex.join([sys.executable, str(script)])) as lead:
        lead.sees("Is this what we know")
        lead.pick("go on", NOW)
        lead.pick("edit in your own editor", "Edit which text")
        lead.pick("holding/in_app/pl", "EDITOR HERE")
        lead.types("Już wiemy", "New words on holding/in_app/pl", NOW)
        lead.pick("edit in your own editor", "Edit which text")
        lead.pick("holding/in_app/pl", "edited before")
        lead.pick("change it again", "EDITOR HERE")
        lead.press("ctrl-c", "ended badly", "The text stays as it was", NOW)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert "Już wiemy o dziwnej" in small.run("approve", "holding").out


def test_an_edit_makes_the_other_language_stale_until_that_is_edited_too(company: Company) -> None:
    company.open_small(TWO)
    with at_the_words(company) as lead:
        open_field(lead, "holding/in_app/pl")
        lead.press("!")
        lead.press("ctrl-s", "holding/in_app/en: pl changed at .* by Ann Nowak, en may say something else", NOW)
        lead.pick("edit a text", "Edit which text")
        lead.pick("holding/in_app/en", "Ctrl-S")
        lead.press("!")
        new = lead.press("ctrl-s", "New words on holding/in_app/en", NOW)
        assert "may say something else" not in new
        lead.press("ctrl-c")
        lead.ends()


def test_stale_words_go_with_a_warning_that_is_recorded(company: Company) -> None:
    company.configure({"in_app": {"provider": "outbox", "folder": "outbox"}})
    company.open_small(TWO)
    with at_the_words(company) as lead:
        open_field(lead, "holding/in_app/pl")
        lead.press("!")
        lead.press("ctrl-s", NOW)
        lead.pick("approve", "How is the yes given")
        lead.pick("myself", "Approved", NOW)
        lead.pick("go to sending", "WARNING +holding/in_app/en: pl changed at", f"Type {CODE}")
        lead.press("ctrl-c")
        lead.ends()
    assert "Warned" in company.run("report", "-o", "-").out


# Check answers


def test_the_check_is_shown_before_the_first_words_and_after_a_change_only(small: Company) -> None:
    with at_the_words(small) as lead:
        lead.sees("Check before we write: holding", "cause +pomyłka w teście +reported by", "our promise")
        lead.pick("go on", NOW)
        lead.press("ctrl-c")
        lead.ends()
    small.approve()
    with at_the_words(small) as lead:
        lead.sees(f"{NOW}")
        assert "Check before we write" not in lead.new
        lead.press("ctrl-c")
        lead.ends()
    small.run("fact", "cause=zły plik", "--source", ME)
    with at_the_words(small) as lead:
        lead.sees("Check before we write: holding", "zły plik", "Is this what we know")
        lead.pick("back")
        assert lead.ends() == 0


def test_a_message_with_nothing_but_our_promise_is_not_checked(company: Company) -> None:
    text = SMALL.replace('            - cause: "Powód: {{ cause }}."\n', "", 1)
    company.open_small(text)
    with at_the_words(company) as lead:
        lead.sees(NOW)
        assert "Check before we write" not in lead.new
        lead.press("ctrl-c")
        lead.ends()
