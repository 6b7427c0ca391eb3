"""Everything a file can do to a reader: bombs, limits, foreign bytes, files that are none."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crisiscli.errors import FilesUnusable
from crisiscli.source import LIMIT_BYTES, frame, read, read_file


def _aliases(depth: int) -> bytes:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]" for i in range(1, depth)]
    return "\n".join(lines).encode()


REFUSED: dict[str, tuple[bytes, str]] = {
    "alias bomb": (_aliases(9), "yaml-feature"),
    "recursive alias": (b"a: &a\n  b: *a\n", "yaml-feature"),
    "alias as key": (b"a: &x b\n*x : c\n", "yaml-feature"),
    "merge key": (b"a: 1\n<<: {b: 2}\n", "yaml-feature"),
    "merge of aliases": (b"a: &a {x: 1}\nb: {<<: [*a, *a]}\n", "yaml-feature"),
    "100,000 open brackets": (b"a: " + b"[" * 100_000, "file-limit"),
    "100,000 bracket pairs": (b"a: " + b"[" * 100_000 + b"]" * 100_000, "file-limit"),
    "100,000 open braces": (b"a: " + b"{" * 100_000, "file-limit"),
    "block nesting": ("".join(" " * i + "a:\n" for i in range(600)).encode(), "file-limit"),
    "list nesting": (b"- " * 5_000 + b"x", "file-limit"),
    "explicit key nesting": (b"? " * 5_000 + b"x", "file-limit"),
    "50 MB": (b"a: |\n" + b"  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n" * 1_000_000, "file-limit"),
    "a million keys": ("\n".join(f"k{i}: 1" for i in range(1_000_000)).encode(), "file-limit"),
    "30,000 values": (b"a: [" + b"1," * 30_000 + b"]", "file-limit"),
    "30,000 anchors": ("\n".join(f"k{i}: &a{i} v" for i in range(30_000)).encode(), "yaml-feature"),
    "200,000 digits": (b"a: " + b"9" * 200_000, "file-limit"),
    "long plain text": (b"a: " + b"x" * 400_000, "file-limit"),
    "long key": (b"x" * 100_000 + b": 1", "file-limit"),
    "key of 2,000 characters": (b"x" * 2_000 + b": 1", "yaml-syntax"),
    "200,000 colons": (b"a: " + b"1:" * 200_000, "file-limit"),
    "duplicate key": (b"to: a\nto: b\n", "duplicate-key"),
    "duplicate key, quoted": (b"m: {a: 1, \"a\": 2}\n", "duplicate-key"),
    "duplicate key by composition": ("café: 1\ncafe\u0301: 2\n".encode(), "duplicate-key"),
    "python tag": (b"a: !!python/object/apply:os.system ['id']\n", "yaml-feature"),
    "binary tag": (b"a: !!binary aGk=\n", "yaml-feature"),
    "own tag": (b"a: !secret x\n", "yaml-feature"),
    "tag on a block": (b"a: !!map {b: c}\n", "yaml-feature"),
    "bare tag": (b"a: ! x\n", "yaml-feature"),
    "%TAG": (b"%TAG ! tag:x,2026:\n---\na: 1\n", "yaml-feature"),
    "%YAML 3.0": (b"%YAML 3.0\n---\na: 1\n", "yaml-syntax"),
    "two documents": (b"a: 1\n---\na: 2\n", "yaml-feature"),
    "empty": (b"", "not-a-mapping"),
    "only a comment": (b"# x\n", "not-a-mapping"),
    "only dashes": (b"---\n", "not-a-mapping"),
    "list on top": (b"- a\n", "not-a-mapping"),
    "text on top": (b"hello\n", "not-a-mapping"),
    "NUL": (b'a: "x\x00y"\n', "hidden-character"),
    "escaped NUL": (b'a: "x\\0"\n', "hidden-character"),
    "escaped terminal code": (b'a: "x\\e]52;c;aGk=\\a"\n', "hidden-character"),
    "raw terminal code": (b"a: x\x1b[2J\n", "hidden-character"),
    "C1 control": ("a: x\x9b2J\n".encode(), "hidden-character"),
    "UTF-16": ("a: x\n".encode("utf-16"), "not-utf8"),
    "broken UTF-8": (b"a: \xff\xfe\xfa\n", "not-utf8"),
    "Windows-1250": ("a: Łódź\n".encode("cp1250"), "not-utf8"),
    "overlong UTF-8": (b"a: \xc0\xaf\n", "not-utf8"),
    "surrogate in UTF-8": (b"a: \xed\xa0\x80\n", "not-utf8"),
    "escaped surrogate": (b'a: "\\ud800"\n', "yaml-syntax"),
    "escaped surrogate pair": (b'a: "\\ud83d\\ude00"\n', "yaml-syntax"),
    "tab indent": (b"a:\n\tb: 1\n", "yaml-syntax"),
    "list as key": (b"? [1, 2]\n: c\n", "yaml-syntax"),
    "block as key": (b"? {a: 1}\n: c\n", "yaml-syntax"),
    "null as key": (b"null: b\n", "yaml-syntax"),
    "nothing as key": (b": b\n", "yaml-syntax"),
    "empty key": (b'"": b\n', "hidden-character"),
    "zero width in key": ("to\u200b: x\n".encode(), "hidden-character"),
    "joiner in key": ("to\u200d: x\n".encode(), "hidden-character"),
    "direction override": ("a: pay \u202eevil\u202c\n".encode(), "hidden-character"),
    "direction isolate": ("a: pay \u2066evil\u2069\n".encode(), "hidden-character"),
    "direction in a comment": ("a: b # \u202ex\n".encode(), "hidden-character"),
    "line separator": ("a: x\u2028y\n".encode(), "hidden-character"),
    "soft hyphen": ("a: x\u00ady\n".encode(), "hidden-character"),
    "hidden message in tag characters": ("a: x\U000e0041\n".encode(), "hidden-character"),
    "variation selector 17": ("a: x\U000e0100\n".encode(), "hidden-character"),
    "truncated": (b'a: "unfinished', "yaml-syntax"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_files_become_a_problem(name: str) -> None:
    raw, rule = REFUSED[name]
    before = time.process_time()
    document = read(raw, "a.yaml")
    spent = time.process_time() - before
    assert rule in {problem.rule for problem in document.problems}
    assert len(document.problems) <= 50
    assert not document.ok
    assert len(json.dumps(document.value)) < 3_000_000
    assert spent < 5, "a hostile file must not keep a crisis waiting"
    for problem in document.problems[:3]:
        assert frame(document.lines(), problem.span, problem.here, problem.others)
        assert problem.what
        assert problem.cure


ACCEPTED: dict[str, tuple[bytes, object]] = {
    "BOM": (b"\xef\xbb\xbfa: x\n", {"a": "x"}),
    "CRLF": (b"a: x\r\nb: y\r\n", {"a": "x", "b": "y"}),
    "%YAML 1.2": (b"%YAML 1.2\n---\na: 1\n", {"a": 1}),
    "document end": (b"a: 1\n...\n", {"a": 1}),
    "family emoji": ("a: 👩‍👩‍👧 ❤️\n".encode(), {"a": "👩‍👩‍👧 ❤️"}),
    "Persian joiner": ("a: می‌خواهم\n".encode(), {"a": "می‌خواهم"}),
    "hard space": ("a: 4\u00a0700\n".encode(), {"a": "4\u00a0700"}),
    "tab in text": (b'a: "x\ty"\n', {"a": "x\ty"}),
    "depth 20": (b"a: " + b"[" * 20 + b"]" * 20, None),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_odd_but_good_files_are_read(name: str) -> None:
    raw, value = ACCEPTED[name]
    document = read(raw, "a.yaml")
    assert document.problems == []
    assert document.whole
    assert value is None or document.value == value


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"{{{{")
@example(b"? ? ? :\n- \t!")
@settings(max_examples=400, deadline=None)
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    _survives(raw)


@given(st.text(alphabet="ab:-?#&*!|>'\"%@`{}[],\n \t~<=\\\u202e\ufeff\x85ż0", max_size=120))
@settings(max_examples=600, deadline=None)
def test_no_yaml_makes_it_raise(text: str) -> None:
    _survives(text.encode())


def _survives(raw: bytes) -> None:
    document = read(raw, "a.yaml")
    json.dumps(document.value)
    for problem in document.problems:
        assert frame(document.lines(), problem.span, problem.here, problem.others)
    for place in _places(document.value):
        assert document.span(place).line >= 1
        assert document.span(place, key=True, offset=3).column >= 1
    assert list(document.hashtags()) is not None


def _places(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(found for key, item in pairs for found in _places(item, (*place, key)))]


def test_without_the_c_parser_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = (Path(__file__).parent / "lint" / "full.yaml").read_bytes()
    wanted = read(raw, "a.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader")
    found = read(raw, "a.yaml")
    assert found.value == wanted.value
    assert found.problems == wanted.problems == []
    for place in _places(wanted.value):
        assert found.span(place) == wanted.span(place)
    for name in ("100,000 open brackets", "alias bomb", "truncated", "tab indent", "list nesting"):
        raw, rule = REFUSED[name]
        assert rule in {problem.rule for problem in read(raw, "a.yaml").problems}, name


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(FilesUnusable) as caught:
        read_file(tmp_path / "none.yaml")
    assert caught.value.exit_code == 3
    assert caught.value.where.endswith("none.yaml")


def test_a_folder_a_pipe_and_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path, tmp_path / "pipe.yaml", Path("/dev/zero"), Path("/dev/null"), Path("a\0b")):
        with pytest.raises(FilesUnusable):
            read_file(path)


def test_a_file_without_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(FilesUnusable):
        read_file(path)


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(20 * LIMIT_BYTES)
    document = read_file(path)
    assert document.problems[0].rule == "file-limit"
    assert len(document.text) <= LIMIT_BYTES
