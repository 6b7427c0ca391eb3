"""The filter before the screen: nothing people wrote may act on a terminal or hide in it."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiscli.screen import Line
from crisiscli.terminal import show
from crisiscli.terminal.lines import cells, fold, print_plain
from crisiscli.terminal.record import Record
from crisiscli.terminal.safe import show_within, typed

PAYLOADS = {
    "clipboard by OSC 52": ("\x1b]52;c;c3RvbGVu\x07", r"\x1b]52;c;c3RvbGVu\x07"),
    "window title": ("\x1b]2;all clear\x1b\\", r"\x1b]2;all clear\x1b\\"),
    "hidden link": ("\x1b]8;;http://evil.example\x1b\\bank\x1b]8;;\x1b\\", r"\x1b]8;;http://evil.example\x1b\\bank"),
    "clear screen": ("\x1b[2J\x1b[H", r"\x1b[2J\x1b[H"),
    "overwrite the line above": ("\x1b[1A\x1b[2KAPPROVED", r"\x1b[1A\x1b[2KAPPROVED"),
    "invisible colour": ("\x1b[8mhidden\x1b[0m", r"\x1b[8mhidden\x1b[0m"),
    "8-bit CSI": ("\x9b2J", r"\x9b2J"),
    "8-bit OSC": ("\x9d52;c;eA==\x9c", r"\x9d52;c;eA==\x9c"),
    "device control string": ("\x1bP$q q\x1b\\", r"\x1bP$q q\x1b\\"),
    "cursor query": ("\x1b[6n", r"\x1b[6n"),
    "full reset": ("\x1bc", r"\x1bc"),
    "alternate screen": ("\x1b[?1049h", r"\x1b[?1049h"),
    "bell": ("ring\a", r"ring\x07"),
    "carriage return": ("Send? no\rSend? yes", r"Send? no\x0dSend? yes"),
    "backspace": ("no\b\byes", r"no\x08\x08yes"),
    "delete": ("a\x7fb", r"a\x7fb"),
    "vertical tab and form feed": ("a\x0bb\x0cc", r"a\x0bb\x0cc"),
    "shift out": ("\x0eabc\x0f", r"\x0eabc\x0f"),
    "next line": ("a\x85b", r"a\x85b"),
    "line and paragraph separator": ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
    "right-to-left override": ("invoice\u202efdp.exe", r"invoice\u202efdp.exe"),
    "bidi isolate": ("a\u2066b\u2069c", r"a\u2066b\u2069c"),
    "zero width space": ("pay\u200bpal", r"pay\u200bpal"),
    "byte order mark": ("\ufeffhello", r"\ufeffhello"),
    "tag characters": ("ok\U000e0041\U000e007f", r"ok\U000e0041\U000e007f"),
    "variation selectors that carry data": ("a\U000e0100", r"a\U000e0100"),
    "private use": ("\ue0a0\U0010fffd", r"\ue0a0\U0010fffd"),
    "lone surrogate": ("a\ud800b", r"a\ud800b"),
    "blank letter": ("a\u3164b", r"a\u3164b"),
    "NUL": ("a\x00b", r"a\x00b"),
}
ORDINARY = (
    "Sprawdzamy to. Kolejna informacja tutaj o 04:00.\n\tȘtim că așteptați.",
    "[legal] [/x] [bold]no markup[/bold] :warning: {{ fact }} \\n %s",
    "👩‍🚒 ⚠️ 東京 عربي עברית 12 000 €",
)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_is_shown_as_its_codes(name: str) -> None:
    hostile, visible = PAYLOADS[name]
    assert show(hostile).startswith(visible.replace("\\\\", "\\"))


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_untouched(text: str) -> None:
    assert show(text) == text


@pytest.mark.parametrize("text", [*(hostile for hostile, _ in PAYLOADS.values()), *ORDINARY])
def test_every_printer_prints_the_filtered_text(text: str) -> None:
    for style in ("", "quote"):
        line = Line(text, style)
        painted, plain = io.StringIO(), io.StringIO()
        Record(painted, color=True).print([line])
        print_plain([line], plain)
        without_colour = re.sub(r"\x1b\[[0-9;]*m", "", painted.getvalue())
        bar = "| " if style else ""
        wanted = "".join(f"{bar}{row}\n" for row in show(text).split("\n"))
        assert plain.getvalue() == wanted
        assert without_colour == wanted.expandtabs(8)


@given(st.text(st.characters(codec=None)))
def test_nothing_that_acts_gets_through(text: str) -> None:
    shown = show(text)
    acting = {c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}}
    assert acting <= set("\n\t\u200d")
    assert show(shown) == shown


@given(st.text())
def test_what_a_stream_cannot_carry_becomes_codes(text: str) -> None:
    for encoding in ("ascii", "cp1252", "no-such-encoding"):
        carried = "ascii" if encoding == "no-such-encoding" else encoding
        shown = show_within(text, encoding)
        assert shown.encode(carried).decode(carried) == shown
    assert show_within(text, "UTF-8") == show(text)


def test_polish_words_on_an_ascii_stream() -> None:
    assert show_within("Mogło", "ascii") == r"Mog\u0142o"
    assert show_within("Mogło", "iso8859-2") == "Mogło"


def test_bytes_that_were_no_text_become_codes() -> None:
    assert typed("a\udcffb") == r"a\xffb"
    assert typed("a\ud800b") == r"a\ud800b"
    assert typed("ż".encode().decode("ascii", "surrogateescape")) == "ż"
    assert typed("żółw 👩‍🚒") == "żółw 👩‍🚒"


@given(st.text(st.characters(exclude_characters="\n")), st.integers(10, 40))
def test_folding_is_for_display_only(text: str, width: int) -> None:
    rows = fold(text, width)
    assert "".join(rows) == text
    assert all(cells(row.rstrip(" \t")) <= width for row in rows)


def test_folding_keeps_words_and_no_break_spaces_together() -> None:
    assert fold("aaaa bbbb cccc", 10) == ["aaaa bbbb ", "cccc"]
    assert fold("aaaa bbbb 12\u00a0000 euro", 12) == ["aaaa bbbb ", "12\u00a0000 euro"]
    assert fold("see https://status.example/incident", 12, hard=False) == ["see ", "https://status.example/incident"]
    assert fold("東京東京東京", 10) == ["東京東京東", "京"]
