"""Lint from outside: files, folders, what it prints, what it gives to programs."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from crisiscli.linter import LintReport, lint, run
from crisiscli.linter.formats import printer
from crisiscli.linter.formats.json import SCHEMA_VERSION
from crisiscli.loader import layouts, shipped
from crisiscli.loader.phrasing import phrases
from crisiscli.rules import Around
from crisiscli.screen import Line

LINT = Path(__file__).parent / "lint"
BASE = (LINT / "base.yaml").read_text(encoding="utf-8")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def shown(report: LintReport) -> list[str]:
    return [line.text if isinstance(line, Line) else line for line in printer("text")(report)]


def test_what_ships_is_clean() -> None:
    report = run([shipped("runbooks")], Around(layouts=layouts([shipped("templates")]), phrases=phrases()))
    assert report.files
    assert [f"{problem.path}:{problem.span.line} {problem.what}" for problem in report.problems] == []


def test_folders_are_searched_for_runbooks(tmp_path: Path) -> None:
    write(tmp_path, "b/one.yaml", BASE)
    write(tmp_path, "two.yml", BASE)
    for other in ("crisis.yaml", "people.yaml", "notes.txt", ".hidden/three.yaml"):
        write(tmp_path, other, "not a runbook")
    report = run([tmp_path, tmp_path / "two.yml"])
    assert report.files == [str(tmp_path / "b/one.yaml"), str(tmp_path / "two.yml")]
    assert report.problems == []
    assert not report.unreadable


def test_worst_first(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", BASE.replace("    deputy: lead\n", "", 1) + "  mood_read: 30m\nownr: x\n")
    assert [problem.level for problem in lint([path])] == ["error", "warning", "warning"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    good = write(tmp_path, "good.yaml", BASE)
    for path in (tmp_path / "none.yaml", tmp_path / "pipe.yaml"):
        report = run([good, path])
        assert report.unreadable
        [problem] = report.problems
        assert (problem.rule, problem.path) == ("unreadable-file", str(path))
        assert problem.cure
    for text in ("", "- a\n", "a: @b\n", "a: [" * 50, "a: 1\n---\nb: 2\n"):
        report = run([write(tmp_path, "bad.yaml", text)])
        assert report.unreadable, text
        assert report.errors
    for text in (BASE + "ownr: me\n", BASE + "title: twice\n"):
        assert not run([write(tmp_path, "bad.yaml", text)]).unreadable


def test_after_a_syntax_error_nothing_is_guessed(tmp_path: Path) -> None:
    """Half a file would seem full of undefined names."""
    text = BASE.replace("audiences:\n", "audiences: @\n", 1)
    assert [problem.rule for problem in lint([write(tmp_path, "a.yaml", text)])] == ["yaml-syntax"]


def test_layouts_are_known_when_folders_are_given(tmp_path: Path) -> None:
    text = BASE.replace("        en:\n", "        en:\n          layout: bannr\n          body:\n", 1)
    head, _, tail = text.partition("          body:\n")
    first, _, rest = tail.partition("  holding:\n")
    text = head + "          body:\n" + first.replace("          - ", "            - ") + "  holding:\n" + rest
    path = write(tmp_path, "a.yaml", text)
    write(tmp_path, "layouts/banner.j2", "{{ sentences | join(' ') }}")
    assert lint([path]) == []
    [problem] = lint([path], Around(layouts=layouts([tmp_path / "layouts"])))
    assert (problem.rule, problem.cure) == ("unknown-layout", "Did you mean `banner`?")


def test_the_text_report(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", BASE.replace("send: [holding]", "send: [holdin]"))
    report = run([path])
    lines = shown(report)
    number = BASE.splitlines().index("        send: [holding]") + 1
    assert lines[:4] == [
        "error: `holdin` is not a message of this runbook.",
        f"  {path}:{number}:16  undefined-message R306",
        f"   {number} |         send: [holdin]",
        f"   {' ' * len(str(number))} |                ^^^^^^ not defined",
    ]
    assert any(line.endswith("------- nearest definition") for line in lines)
    assert any(line.startswith("  In a crisis: ") for line in lines)
    assert "  Cure: Did you mean `holding`?" in lines
    assert "  More: crisis lint --explain R306" in lines
    assert lines[-1].startswith("1 file: 1 error")


def test_the_summary_comes_last(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", BASE)
    write(tmp_path, "b.yaml", BASE.replace("    deputy: lead\n", "", 1) + "ownr: x\nownar: y\n")
    report = run([tmp_path])
    assert "2 files: 2 errors, 1 warning." in shown(report)[-3:]
    assert shown(LintReport(files=["a", "b", "c"])) == ["3 files: nothing found."]


def test_what_people_wrote_cannot_drive_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(BASE.encode() + b"owner: \x1b]52;c;aGk=\x07 \xe2\x80\xae x\n\x1b[2J: y\n")
    report = run([path])
    text = "\n".join(shown(report))
    assert report.errors
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_json_is_versioned_and_complete(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", BASE.replace("{{ next_update }}", "{{ next_updat }}", 1))
    report = run([path])
    found = json.loads("\n".join(map(str, printer("json")(report))))
    assert found["schema_version"] == SCHEMA_VERSION == 1
    assert {key: found["summary"][key] for key in ("files", "errors", "failed")} == {
        "files": 1,
        "errors": 1,
        "failed": True,
    }
    problem = found["problems"][0]
    assert (problem["rule"], problem["code"], problem["level"]) == ("undefined-fact", "R305", "error")
    line = path.read_text().splitlines()[problem["line"] - 1]
    assert line[problem["column"] - 1 : problem["end_column"] - 1] == "{{ next_updat }}"
    assert problem["others"][0]["text"] == "nearest definition"
    assert set(problem) >= {"path", "what", "effect", "cure", "here", "end_line"}
