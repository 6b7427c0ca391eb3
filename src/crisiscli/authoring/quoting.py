"""Words that people typed, as YAML that means exactly these words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_MARK = re.compile(r"<<(\w+)>>")

FILES = Path(__file__).resolve().parent / "files"


def quoted(text: str) -> str:
    """A text as one YAML value on one line: as it is where that is safe in every version of YAML, else in quotes."""
    plain = re.fullmatch(r"[^\W\d_](?:[\w ,.()'/+&-]*[\w.)])?", text)
    if plain and text.lower() not in _WORDS:
        return text
    from json import dumps

    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", dumps(text, ensure_ascii=False))


def filled(name: str, **words: str) -> str:
    """A file of `files/`, with each `<<mark>>` replaced once: what is put in is not looked at again."""
    return _MARK.sub(lambda found: words[found[1]], _file(name))


@cache
def _file(name: str) -> str:
    return (FILES / f"{name}.in").read_text(encoding="utf-8")


def modeline(schemas: str, kind: str) -> str:
    """The line at the head of a YAML file that tells editors its schema."""
    return f"# yaml-language-server: $schema={schemas}/{kind}.schema.json"
