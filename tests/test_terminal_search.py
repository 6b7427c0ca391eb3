"""A list too long for letters is searched by typing."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from term import Term

SCRIPT = """
from crisiscli.errors import Interrupted
from crisiscli.screen import Option, letter
from crisiscli.terminal import open_terminal, prepare_streams
prepare_streams()
terminal = open_terminal(plain=False, no_input=False, answers=None, color="never")
options = [Option(letter(n), f"value-{n}", f"Scenario [{n}] number") for n in range(40)]
try:
    print("PICKED", terminal.choose("runbook", "What is happening?", options))
except Interrupted as error:
    print("LEFT", error.exit_code)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "ask.py"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_typing_narrows_the_list_and_enter_takes_it(script: Path) -> None:
    term = Term([sys.executable, str(script)], cols=80, rows=24)
    term.wait("type to search")
    term.keys("[37]")
    term.wait(re.escape("Scenario [37] number"))
    term.keys("enter")
    term.wait("PICKED value-37")
    term.close()


def test_ctrl_c_leaves(script: Path) -> None:
    term = Term([sys.executable, str(script)], cols=80, rows=24)
    term.wait("type to search")
    term.keys("ctrl-c")
    term.wait("LEFT 130")
    term.close()


def test_keys_pressed_before_the_list_stood_there_are_forgotten(script: Path) -> None:
    term = Term([sys.executable, str(script)], cols=80, rows=24)
    term.burst("\r\r\r")
    term.wait("type to search")
    assert "PICKED" not in term.text
    term.close()
