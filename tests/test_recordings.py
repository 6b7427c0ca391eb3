"""The recordings in the manual: they can be played, they end where they say, and the program still does the same."""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from recording.cast import COLUMNS, ROWS, Cast, Event, load, without_seconds  # noqa: E402
from recording.picture import Painter, frames, gif  # noqa: E402
from recording.scene import Scene, film  # noqa: E402
from recording.scenes import SCENES  # noqa: E402
from recording.shelf import SHELF, faults, index, keep, kept  # noqa: E402

LONGEST = 90
"""Seconds a recording may last."""
LARGEST = 1_000_000
"""Bytes a GIF may have."""
NAMES = sorted(SCENES)
SMALL = Cast(
    "small",
    (Event(100, "o", "$ "), Event(200, "i", "\r"), Event(350, "o", "\r\nWhat now?"), Event(350, "m", "What now?")),
)
ESCAPE = "\x1b"


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_is_an_asciicast_that_can_be_played(name: str) -> None:
    header, *lines = (SHELF / f"{name}.cast").read_text(encoding="utf-8").splitlines()
    assert json.loads(header)["version"] == 2
    assert (json.loads(header)["width"], json.loads(header)["height"]) == (80, 24)
    events = [json.loads(line) for line in lines]
    assert {len(event) for event in events} == {3}
    assert {event[1] for event in events} == {"o", "i", "m"}
    times = [event[0] for event in events]
    assert times == sorted(times)
    assert times[-1] <= LONGEST


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_ends_on_the_screen_its_scene_names(name: str) -> None:
    cast = kept(SCENES[name])
    assert re.search(SCENES[name].ends_on, cast.last_screen())
    assert cast.questions
    assert cast.dump() == (SHELF / f"{name}.cast").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_shows_nothing_of_the_machine_it_was_made_on(name: str) -> None:
    text = (SHELF / f"{name}.cast").read_text(encoding="utf-8")
    for part in ("/tmp", "/root", "/home", "/work", str(ROOT), "fault in the program"):
        assert part not in text


@pytest.mark.parametrize("name", NAMES)
def test_the_gif_shows_every_change_of_the_recording(name: str) -> None:
    path = SHELF / f"{name}.gif"
    assert path.stat().st_size <= LARGEST
    shown = frames(kept(SCENES[name]))
    with Image.open(path) as picture:
        assert picture.n_frames == len(shown) > 1
        assert picture.info["loop"] == 0
        assert picture.size == Painter().picture.size
        lasts = 0
        for at in range(picture.n_frames):
            picture.seek(at)
            lasts += picture.info["duration"]
    assert abs(lasts - (shown[-1].at - shown[0].at) - 4_000) <= 10


def test_the_index_is_what_the_script_writes() -> None:
    assert (SHELF / "README.md").read_text(encoding="utf-8") == index(SCENES.values())


def test_every_scene_is_recorded_and_nothing_else_stands_there() -> None:
    wanted = {f"{name}.{kind}" for name in NAMES for kind in ("cast", "gif")} | {"README.md"}
    assert {path.name for path in SHELF.iterdir()} == wanted


def test_a_scene_walked_again_is_what_was_recorded() -> None:
    scene = SCENES["three-enters"]
    assert not faults(scene, film(scene)), "the recordings are stale: run python tools/record.py"


def test_nothing_left_the_program_by_three_enters() -> None:
    shown = "\n".join(text for _, _, text in kept(SCENES["three-enters"]).events)
    assert kept(SCENES["three-enters"]).events[-1].kind == "m"
    pressed = [event.text for event in kept(SCENES["three-enters"]).events if event.kind == "i"]
    assert pressed.count("\r\r\r") == 2
    assert "went back" in shown
    assert "+ sent" not in shown


def test_the_plain_recording_holds_no_escape() -> None:
    assert not any(ESCAPE in event.text for event in kept(SCENES["plain"]).events)


def scene(ends_on: str = "What now") -> Scene:
    return Scene("small", "small", "A small one.", lambda camera: None, ends_on)


def test_other_questions_or_another_last_screen_are_named(tmp_path: Path) -> None:
    keep(scene(), SMALL, tmp_path)
    assert faults(scene(), SMALL, tmp_path) == []
    other = SMALL._replace(events=(*SMALL.events[:2], Event(350, "o", "\r\nWhy?"), Event(350, "m", "Why?")))
    told = faults(scene(), other, tmp_path)
    assert {"-What now?", "+Why?"} <= set(told)


def test_a_gif_of_another_recording_is_named(tmp_path: Path) -> None:
    keep(scene(), SMALL, tmp_path)
    (tmp_path / "small.gif").write_bytes(gif(SMALL._replace(events=SMALL.events[:1])))
    assert faults(scene(), SMALL, tmp_path) == ["small.gif has 1 pictures, small.cast has 3"]


def test_a_recording_that_is_missing_or_broken_is_named(tmp_path: Path) -> None:
    assert "small.cast" in faults(scene(), SMALL, tmp_path)[0]
    keep(scene(), SMALL, tmp_path)
    (tmp_path / "small.gif").write_bytes(b"not a picture")
    assert len(faults(scene(), SMALL, tmp_path)) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "line 1"),
        ("{}\n", "line 1: no header"),
        ('{"version": 2, "width": 100, "height": 24}\n', "line 1: the terminal is not 80x24"),
        ('{"version": 2, "width": 80, "height": 24}\n[1, "x", ""]\n', "line 2"),
        ('{"version": 2, "width": 80, "height": 24}\n[1.0, "o", ""]\n[0.5, "o", ""]\n', "line 3: it happens before"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_line(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        load(text)


def test_only_the_last_part_of_a_clock_is_left_out_of_a_comparison() -> None:
    assert without_seconds("T+03:07 | +2:07 | T+4:00:12") == "T+03:.. | +2:.. | T+4:00:.."
    assert without_seconds("OVERDUE by 2:00, 2:00 late, 9:00 left") == "OVERDUE by 2:.., 2:.. late, 9:.. left"
    assert without_seconds("next word by 03:50, at 03:05:07") == "next word by 03:50, at 03:05:.."
    assert without_seconds("10 texts, M1-8MF9, 1/33") == "10 texts, M1-8MF9, 1/33"


def test_a_picture_has_the_letters_the_colours_and_the_cursor() -> None:
    rows = frames(Cast("colours", (Event(0, "o", "ż\x1b[31mș\x1b[0m\x1b[7m─\x1b[0m"),)))[0].rows
    assert [cell.letter for cell in rows[0][:3]] == ["ż", "ș", "─"]
    plain, red, turned, cursor = rows[0][:4]
    assert red.ink != plain.ink
    assert (turned.ink, turned.ground) == (plain.ground, plain.ink) == (cursor.ink, cursor.ground)
    assert (len(rows), len(rows[0])) == (ROWS, COLUMNS)
    painter = Painter()
    assert len({painter._cell(plain._replace(letter=letter)).tobytes() for letter in "żșăąî─│█?"}) == 9


def test_a_small_gif_waits_as_long_as_the_recording() -> None:
    with Image.open(BytesIO(gif(SMALL))) as picture:
        picture.seek(1)
        assert picture.info["duration"] == 150


def test_the_keys_are_named_under_the_picture() -> None:
    pressed = (
        Event(0, "o", "$ "),
        *(Event(at, "i", key) for at, key in ((80, "n"), (160, "o"), (900, "\r\r\r"), (2_000, "\x03"))),
    )
    assert [frame.pressed for frame in frames(Cast("keys", pressed))] == ["", "n", "no", "ENTER ENTER ENTER", "Ctrl-C"]


def test_lines_of_other_alphabets_do_not_break_a_recording_in_two() -> None:
    odd = Cast("odd", (Event(0, "o", "a\u2028b\x85c\r\nd"),))
    assert load(odd.dump()) == odd._replace(events=list(odd.events))
