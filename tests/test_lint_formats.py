"""The formats of lint: what each promises to the program that reads it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from crisiscli.linter import LintReport, run
from crisiscli.linter.formats import FORMATS, printer
from crisiscli.linter.formats.github import SHOWN
from crisiscli.linter.formats.text import MANY, WIDTH, wrapped
from crisiscli.problem import Edit, Fix, Label, Problem, Span
from crisiscli.screen import Line

BASE = (Path(__file__).parent / "lint" / "base.yaml").read_text(encoding="utf-8")
WRONG = BASE.replace("{{ next_update }}", "{{ next_updat }}", 1).replace("title: Outage\n", "title: Ausfall\n") + (
    "ownr: zażółć  # crisis: ignore[S201] our archive reads it\nownor: 😀 & <b>  \n# crisis: ignore[T701] no more\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The top of a repository, worked in from a folder below it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


def report_of(folder: Path, text: str = WRONG, name: str = "runbooks/ż b%.yaml") -> LintReport:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return run([path])


def printed(name: str, report: LintReport) -> str:
    return "".join(f"{line.text if isinstance(line, Line) else line}\n" for line in printer(name)(report))


def one(**more: Any) -> Problem:
    usual: dict[str, Any] = {
        "path": "a.yaml",
        "span": Span(1, 1, 1, 2),
        "rule": "r-r",
        "code": "X999",
        "level": "error",
    }
    return Problem(**{**usual, "what": "It is wrong.", **more})


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_something_about_nothing(name: str) -> None:
    assert printed(name, LintReport(files=["a.yaml"])).strip()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_the_same_twice(name: str, folder: Path) -> None:
    assert printed(name, report_of(folder)) == printed(name, report_of(folder))


# Text.


def test_text_stays_within_a_screen(folder: Path) -> None:
    rows = printed("text", report_of(folder)).splitlines()
    assert [row for row in rows if len(row) > WIDTH and str(folder) not in row] == []


def test_what_must_be_copied_is_not_cut() -> None:
    rows = wrapped("Cure: ", "word " * 13 + "`omits: [cause]` and " + "x" * 100)
    assert any("`omits: [cause]`" in row for row in rows)
    assert any("x" * 100 in row for row in rows)
    assert " ".join(" ".join(rows).split()) == "Cure: " + "word " * 13 + "`omits: [cause]` and " + "x" * 100


def test_what_is_the_same_is_said_once(folder: Path) -> None:
    text = printed("text", report_of(folder, BASE.replace("{{ next_update }}", "{{ next_updat }}")))
    assert text.count("undefined-fact R305") > 1
    assert text.count("Nobody is ever asked for it") == 1
    assert text.count("crisis lint --explain R305") == 1


def test_many_of_one_kind_are_short(folder: Path) -> None:
    text = printed("text", report_of(folder, BASE + "".join(f"ownr{number}: x\n" for number in range(20))))
    assert text.count("unknown-key S201") == 20
    assert text.count("^^^^") == MANY
    assert "1 file: 20 errors." in text


def test_a_safe_fix_a_suggestion_and_neither(folder: Path) -> None:
    path = str(folder / "a.yaml")
    (folder / "a.yaml").write_text("a: 1\nb: 2\nc: 3\n", encoding="utf-8")
    safe = one(path=path, span=Span(1, 1, 1, 2), fix=Fix("puts quotes around it", (Edit(3, 4, '"1"'),)))
    maybe = one(path=path, span=Span(2, 1, 2, 2), fix=Fix("say b twice", (Edit(8, 9, "2\nb2: 2"),), safe=False))
    report = LintReport([safe, maybe, one(path=path, span=Span(3, 1, 3, 2))], [path])
    rows = printed("text", report).splitlines()
    assert "  --fix: puts quotes around it" in rows
    start = rows.index("  Suggestion: say b twice")
    assert rows[start + 1 : start + 3] == ["    + b: 2", "    + b2: 2"]
    assert rows[-2:] == ["1 file: 3 errors.", "1 of them mended by: crisis lint --fix"]


def test_a_secret_is_not_printed_again(folder: Path) -> None:
    path = folder / "crisis.yaml"
    path.write_text("secret: hunter2\n", encoding="utf-8")
    found = one(path=str(path), rule="open-secret", code="C104")
    text = printed("text", LintReport([found], [str(path)]))
    assert "crisis.yaml:1:1" in text
    assert "hunter2" not in text


def test_the_summary_tells_what_was_held_back() -> None:
    report = LintReport([], ["a"], known=(one(),), stale=2, baseline="lint-baseline.json", later=3)
    assert printed("text", report).splitlines() == [
        "1 file: nothing found.",
        "1 finding known from lint-baseline.json.",
        "2 entries of lint-baseline.json are mended; to take them out:",
        "  crisis lint --write-baseline",
        "3 more findings under a stricter profile: crisis lint --strict",
    ]


# JSON.


def test_json_tells_fixes_pages_and_what_was_ignored(folder: Path) -> None:
    found = json.loads(printed("json", report_of(folder)))
    assert found["schema_version"] == 1
    unused = next(problem for problem in found["problems"] if problem["code"] == "H982")
    edit = unused["fix"]["edits"][0]
    assert unused["fix"]["safe"] is True
    assert WRONG[edit["start"] : edit["end"]].strip() == "# crisis: ignore[T701] no more"
    assert unused["page"] == "crisis lint --explain H982"
    assert [(held["code"], held["reason"]) for held in found["ignored"]] == [("S201", "our archive reads it")]
    assert found["summary"]["ignored"] == 1
    assert found["summary"]["fixable"] >= 1
    assert found["summary"]["failed"] is True


# GitHub.


def unescaped(words: str) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        words = words.replace(code, sign)
    return words


def test_github_annotations(folder: Path) -> None:
    report = report_of(folder, name="runbooks/a, b: 100%.yaml")
    rows = printed("github", report).splitlines()
    found = [re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", row) for row in rows if row.startswith("::")]
    assert all(found)
    assert len(found) == len(report.problems)
    for problem, match in zip(report.problems, found, strict=True):
        assert match is not None
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        assert unescaped(properties["file"]) == "runbooks/a, b: 100%.yaml"
        assert (int(properties["line"]), int(properties["col"])) == (problem.span.line, problem.span.column)
        assert properties["title"] == f"{problem.code} {problem.rule}"
        assert unescaped(match[3]).startswith(problem.what)


def test_github_shows_ten_and_lists_the_others(folder: Path) -> None:
    report = report_of(folder, BASE + "".join(f"ownr{number}: x\n" for number in range(25)))
    rows = printed("github", report).splitlines()
    assert sum(row.startswith("::") for row in rows) == SHOWN == 10
    assert sum(row.startswith("error: runbooks/") for row in rows) == 15
    assert "the worst 10 of 25" in rows[25]


@pytest.mark.parametrize(
    "words", ["::error::x", "  ::set-env name=A::b", "a\n::stop-commands::x", "##[error]x", "a\r::x"]
)
def test_github_takes_no_words_of_a_file_for_a_command(words: str) -> None:
    """The runner reads `::name::` at the start of a line and `##[name]` anywhere."""
    many = [one(what=words, cure=words, path=words) for _ in range(SHOWN + 2)]
    for row in printed("github", LintReport(many, [words])).split("\n"):
        assert not re.match(r"\s*::(?!error file=)", row), row
    for row in printed("github", LintReport(many, [words])).splitlines()[SHOWN:]:
        assert "##[" not in row


# SARIF. The whole document was checked against the schema of OASIS by hand; here is what readers rely on.


def sarif_of(report: LintReport) -> dict[str, Any]:
    found = json.loads(printed("sarif", report))
    assert found["version"] == "2.1.0"
    [only] = found["runs"]
    assert only["columnKind"] == "unicodeCodePoints"
    return dict(only)


def test_sarif_rules_and_results_belong_together(folder: Path) -> None:
    found = sarif_of(report_of(folder))
    rules = found["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) > 1
    for result in found["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["help"]["markdown"]
        assert result["message"]["text"]


def test_sarif_places_are_relative_and_exact(folder: Path) -> None:
    report = report_of(folder)
    for problem, result in zip(report.problems, sarif_of(report)["results"], strict=False):
        place = result["locations"][0]["physicalLocation"]
        assert not re.search(r"[ ż]", place["artifactLocation"]["uri"])
        assert unquote(place["artifactLocation"]["uri"]) == "runbooks/ż b%.yaml"
        region = place["region"]
        line = report.lines(problem.path)[region["startLine"] - 1]
        if region["startLine"] == region["endLine"]:
            marked = line[region["startColumn"] - 1 : region["endColumn"] - 1]
            assert marked == line[problem.span.column - 1 : problem.span.end_column - 1] != ""
        assert len(result.get("relatedLocations", ())) == len(problem.others)


def test_sarif_knows_what_was_ignored_and_why(folder: Path) -> None:
    suppressed = [result for result in sarif_of(report_of(folder))["results"] if "suppressions" in result]
    assert [(result["ruleId"], result["suppressions"]) for result in suppressed] == [
        ("S201", [{"kind": "inSource", "justification": "our archive reads it"}])
    ]


def test_sarif_replacements_do_what_the_fix_does(folder: Path) -> None:
    report = report_of(folder)
    [result] = [result for result in sarif_of(report)["results"] if result["ruleId"] == "H982"]
    [change] = result["fixes"][0]["artifactChanges"]
    [replacement] = change["replacements"]
    region = replacement["deletedRegion"]
    lines = WRONG.splitlines(keepends=True)
    start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
    end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
    after = WRONG[:start] + replacement["insertedContent"]["text"] + WRONG[end:]
    assert after == WRONG.replace("# crisis: ignore[T701] no more\n", "")


def marks_of(name: str) -> Callable[[LintReport], list[str]]:
    def sarif(report: LintReport) -> list[str]:
        return [result["partialFingerprints"]["crisisLint/v1"] for result in sarif_of(report)["results"]]

    def gitlab(report: LintReport) -> list[str]:
        return [entry["fingerprint"] for entry in json.loads(printed("gitlab", report))]

    return {"sarif": sarif, "gitlab": gitlab}[name]


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_fingerprints_stay_when_lines_move(name: str, folder: Path) -> None:
    marks = marks_of(name)
    before = marks(report_of(folder))
    assert len(set(before)) == len(before) > 2
    assert marks(report_of(folder, "# one more line\n\n" + WRONG)) == before
    assert marks(report_of(folder, name="runbooks/other.yaml")) != before


def test_a_file_outside_the_repository_has_its_whole_path(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    found = sarif_of(report_of(other))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert found == {"uri": (other / "runbooks" / "ż b%.yaml").as_uri()}


# JUnit.


def xml_of(text: str) -> ET.Element:
    return ET.fromstring(text.encode("utf-8"))  # noqa: S314  written by ourselves a line above


def test_junit_has_one_case_per_file(folder: Path) -> None:
    clean, wrong = folder / "clean.yaml", folder / "wrong.yaml"
    clean.write_text(BASE, encoding="utf-8")
    wrong.write_text(WRONG, encoding="utf-8")
    suites = xml_of(printed("junit", run([clean, wrong])))
    assert suites.attrib["tests"] == "2"
    assert suites.attrib["failures"] == "1"
    first, second = suites.iter("testcase")
    assert (first.attrib["name"], list(first)) == ("clean.yaml", [])
    failure, mild = list(second)
    assert failure.tag == "failure"
    assert "ownor" in (failure.text or "")
    assert mild.tag == "system-out"
    assert "H982" in (mild.text or "")


def test_junit_fails_where_lint_fails(folder: Path) -> None:
    report = report_of(folder, BASE + "# crisis: ignore[T701] no more\n")
    for fail_on, count in (("error", "0"), ("warning", "1"), ("never", "0")):
        suites = xml_of(printed("junit", replace(report, fail_on=fail_on)))  # type: ignore[arg-type]  # a word
        assert suites.attrib["failures"] == count, fail_on


def test_junit_survives_every_character() -> None:
    words = "".join(map(chr, range(0x300))) + "\ud800\ufffe\U0001f600 ]]> <&\"'"
    problem = one(what=words, cure=words, path=words, others=(Label(Span(1, 1, 1, 2), words),))
    text = printed("junit", LintReport([problem], [words]))
    [failure] = xml_of(text).iter("failure")
    assert "\U0001f600 ]]> <&\"'" in failure.attrib["message"]
    assert "\U0001f600 ]]> <&\"'" in (failure.text or "")


# GitLab.


def test_gitlab_has_what_it_asks_for(folder: Path) -> None:
    report = report_of(folder)
    found = json.loads(printed("gitlab", report))
    assert len(found) == len(report.problems)
    for entry in found:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["path"] == "runbooks/ż b%.yaml"
        assert entry["location"]["lines"]["begin"] >= 1
