"""A letter means the same on every screen: every option in the source is read."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from crisiscli.screen import LETTERS

SOURCE = Path(__file__).resolve().parent.parent / "src" / "crisiscli"

SAID = {
    "a": ("approve",),
    "b": ("back", "text as it stands"),
    "c": ("copy",),
    "e": ("edit",),
    "E": ("editor",),
    "f": ("fact",),
    "g": ("go on", "send"),
    "h": ("holding text",),
    "i": ("hand the lead over",),
    "j": ("jump to overdue",),
    "k": ("tick several",),
    "l": ("later", "not yet"),
    "m": ("all", "others"),
    "n": ("note", "timeline"),
    "o": ("overview",),
    "p": ("park",),
    "q": ("pause",),
    "r": ("role",),
    "s": ("skip", "no correction: say why"),
    "t": ("told",),
    "u": ("unknown", "nobody can tell"),
    "v": ("compare",),
    "w": ("else", "somebody owns"),
    "x": ("end",),
    "y": ("with this change",),
    "z": ("not answer", "no answer"),
    "?": ("help",),
}
"""Words of which one stands in the label of every option with that letter. `d` is whatever is done next: any words."""


def offered() -> dict[str, list[tuple[str, str]]]:
    """Every letter of an option in the source, with its label as far as it is written down, and where."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Option":
                letter, label = node.args[0], node.args[2]
                if isinstance(letter, ast.Constant) and str(letter.value).strip() and not str(letter.value).isdigit():
                    parts = [part.value for part in ast.walk(label) if isinstance(part, ast.Constant)]
                    found[str(letter.value)].append((" ".join(map(str, parts)), f"{path.stem}:{node.lineno}"))
    return found


def test_every_letter_has_one_meaning() -> None:
    found = offered()
    assert len(found) > 20, "the options were not found: this test looks for the wrong thing"
    unknown = {letter: places for letter, places in found.items() if letter not in LETTERS}
    assert not unknown, f"give these a digit, or a meaning in screen.LETTERS: {unknown}"
    wrong = [
        f"{where}: [{letter}] {label}"
        for letter, places in found.items()
        for label, where in places
        if letter != "d" and not any(word in label.lower() for word in SAID[letter])
    ]
    assert not wrong, wrong


def test_no_letter_is_kept_for_nothing() -> None:
    assert set(LETTERS) <= set(offered()), f"nobody offers {set(LETTERS) - set(offered())}"
