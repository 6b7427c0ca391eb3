"""What holds a finding back: ignore comments with a reason, and the baseline."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crisiscli.errors import FilesUnusable
from crisiscli.linter import LintReport, run
from crisiscli.linter.baseline import hold_back, read_baseline, written
from crisiscli.linter.fixing import applied
from crisiscli.linter.places import above
from crisiscli.linter.running import Checked, check
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import Around

BASE = (Path(__file__).parent / "lint" / "base.yaml").read_text(encoding="utf-8")
NAME = "a.yaml"


def checked(text: str, around: Around | None = None) -> Checked:
    return check(text.encode("utf-8"), NAME, around or Around())


def told(text: str, around: Around | None = None) -> list[str]:
    return [problem.rule for problem in checked(text, around).problems]


def held(text: str) -> list[tuple[str, str]]:
    return [(one.problem.rule, one.reason) for one in checked(text).held]


def test_nothing_is_held_back_in_a_clean_file() -> None:
    assert checked(BASE) == Checked(())


@pytest.mark.parametrize(
    "text",
    [
        BASE + "ownr: x  # crisis: ignore[S201] our archive reads it\n",
        BASE + "ownr: x  # crisis: ignore[unknown-key] our archive reads it\n",
        BASE + "ownr: x  #crisis:ignore[ T701 , s201 ]: our archive reads it\n",
        BASE + "# Crisis: Ignore[s201] our archive reads it\nownr: x\n",
        BASE + "# CRISIS: IGNORE[S201] our archive reads it\nownr: x\n",
        BASE + "# crisis: ignore[S201] our archive reads it\nownr: x\n",
        BASE + "# crisis: ignore[S201] our archive reads it\n# and so do we\nownr: x\n",
        BASE + "ownr: |  # crisis: ignore[S201] our archive reads it\n  words\n",
        "# crisis: ignore-file[S201] our archive reads it\n" + BASE + "ownr: x\n",
        "# Outage\n\n# crisis: ignore-file[S201] our archive reads it\n\n" + BASE + "ownr: x\n",
        (BASE + "ownr: x  # crisis: ignore[S201] our archive reads it\n").replace("\n", "\r\n"),
        (BASE + "ownr: x  # crisis: ignore[S201] our archive reads it\n").replace("\n", "\r"),
        "\ufeff" + BASE + "ownr: x  # crisis: ignore[S201] our archive reads it\n",
    ],
)
def test_a_comment_with_a_reason_holds_a_finding_back(text: str) -> None:
    assert held(text) == [("unknown-key", "our archive reads it")]
    assert set(told(text)) <= {"unused-ignore"}


@pytest.mark.parametrize(
    "text",
    [
        BASE + "ownr: |\n  # crisis: ignore[S201] a letter of the text\n",
        BASE + "ownr: 'x # crisis: ignore[S201] a letter of the text'\n",
        BASE + "ownr: x\n# crisis: ignore[S201] too late\n",
        BASE + "# crisis: ignore[S201] too early\n\nownr: x\n",
        BASE + "ownr: x  # crisis: ignore[S202] another rule\n",
        BASE + "ownr: x  # crisis ignore[S201] no colon\n",
        BASE + "ownr: x#crisis:ignore[S201] no comment, a text\n",
        BASE + "# crisis: ignore-file[S201] not in the head\nownr: x\n",
    ],
)
def test_what_holds_nothing_back(text: str) -> None:
    assert "unknown-key" in told(text)
    assert held(text) == []


def test_a_key_line_counts_for_its_whole_block_and_no_further() -> None:
    wrong = BASE.replace("More at {{ next_update }}.", "More [there] at {{ next_update }}.")
    inside = wrong.replace("  holding:\n", "  holding:  # crisis: ignore[placeholder-left] comes next time\n")
    whole = wrong.replace("messages:\n", "messages:  # crisis: ignore[placeholder-left] comes next time\n")
    count = told(wrong).count("placeholder-left")
    assert 0 < len(held(inside)) < count
    assert told(inside).count("placeholder-left") == count - len(held(inside))
    assert len(held(whole)) == count
    assert told(whole) == []


def test_a_label_counts_as_well_as_the_mark() -> None:
    """The nearest definition is shown beside an undefined name: a comment there is as near to the finding."""
    text = BASE.replace("send: [holding]", "send: [holdin]")
    line = next(line for line in text.splitlines() if line == "  holding:")
    assert "undefined-message" in told(text)
    ignored = text.replace(line, f"{line}  # crisis: ignore[R306] renamed next week")
    assert ("undefined-message", "renamed next week") in held(ignored)
    assert "undefined-message" not in told(ignored)


def test_without_a_reason_it_counts_for_nothing() -> None:
    for written_as in ("[S201]", "[S201] ", "[S201]: -", "[S201] …"):
        text = f"{BASE}ownr: x  # crisis: ignore{written_as}\n"
        assert sorted(told(text)) == ["ignore-without-reason", "unknown-key"]


@pytest.mark.parametrize(
    ("comment", "what"),
    [
        ("ignore", "names no rule"),
        ("ignore[] why", "names no rule"),
        ("ignore S201 why", "names no rule"),
        ("ignore[S999] why", "`S999` is no rule"),
        ("ignore[Y101] why", "cannot be ignored"),
        ("ignore[unused-ignore] why", "cannot be ignored"),
        ("ignore-file[S201] why", "only above the first key"),
    ],
)
def test_a_comment_that_cannot_count_says_so(comment: str, what: str) -> None:
    [found] = checked(f"{BASE}# crisis: {comment}\n").problems
    assert found.rule == "ignore-not-understood"
    assert what in found.what


def test_a_mistyped_name_is_recognised() -> None:
    [found] = checked(f"{BASE}owner_: x  # crisis: ignore[unknwon-key, S201] why\n").problems
    assert found.cure == "Did you mean `unknown-key`?"


def test_reading_cannot_be_ignored() -> None:
    text = "# crisis: ignore-file[yaml-syntax, duplicate-key] never mind\n" + BASE + "title: again\n"
    assert sorted(told(text)) == ["duplicate-key", "ignore-not-understood", "ignore-not-understood"]
    broken = checked("# crisis: ignore-file[yaml-syntax] never mind\n" + BASE + "a: @b\n")
    assert broken.unreadable
    assert "yaml-syntax" in [problem.rule for problem in broken.problems]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("owner_x: 1\n# crisis: ignore[T701] why\nz_z: 2\n", "owner_x: 1\nz_z: 2\n"),
        ("z_z: 2  # crisis: ignore[T701] why\n", "z_z: 2\n"),
        ("z_z: 2\t# crisis: ignore[T701] why\r\n", "z_z: 2\r\n"),
        ("z_z: 2 # crisis: ignore[T701, S201] why\n", "z_z: 2 # crisis: ignore[S201] why\n"),
        ("z_z: 2 # crisis: ignore[T701] why", "z_z: 2"),
    ],
)
def test_an_unused_comment_is_taken_out_and_nothing_else(before: str, after: str) -> None:
    raw = (BASE + before).encode()
    fixes = [one.fix for one in check(raw, NAME, Around()).problems if one.rule == "unused-ignore" and one.fix]
    assert fixes
    assert all(fix.safe for fix in fixes)
    assert applied(raw, fixes) == (BASE + after).encode()


def test_a_comment_whose_rule_could_not_look_is_not_called_unused() -> None:
    """Without `--base` nothing is known about the version before, so the comment may be needed."""
    text = BASE.replace("version: 1\n", "version: 1  # crisis: ignore[version-not-raised] only comments changed\n")
    same = load_text(text.encode(), NAME)
    assert told(text) == []
    assert told(text, Around(base=lambda path: same)) == ["unused-ignore"]


def test_no_ignores_shows_what_was_held_back(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(
        BASE + "ownr: x  # crisis: ignore[S201] why\nz: 1  # crisis: ignore[T701, S201]\n", encoding="utf-8"
    )
    report = run([path])
    assert len(report.held) == 1
    assert [problem.rule for problem in report.without_ignores().problems] == ["unknown-key", "unknown-key"]


# The baseline.

WRONG = BASE.replace("send: [holding]", "send: [holdin]").replace("{{ next_update }}", "{{ next_updat }}")


def report_of(folder: Path, text: str, name: str = NAME) -> LintReport:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")
    return run([path])


def baseline_of(folder: Path, text: str = WRONG) -> Path:
    path = folder / "lint-baseline.json"
    path.write_text(written(report_of(folder, text), path)[0], encoding="utf-8")
    return path


def after_baseline(folder: Path, text: str) -> LintReport:
    return hold_back(report_of(folder, text), read_baseline(folder / "lint-baseline.json"))


@pytest.mark.parametrize(
    "moved",
    [
        lambda text: text,
        lambda text: "# one more line\n\n" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(
            "roles:\n", "roles:\n  archive:\n    title: Archive\n    duty: Files\n    deputy: lead\n"
        ),
        lambda text: text.replace("        send: [holdin]", "        send:   [holdin]"),
    ],
)
def test_what_is_known_stays_known_when_lines_move(tmp_path: Path, moved: Callable[[str], str]) -> None:
    baseline_of(tmp_path)
    count = len(report_of(tmp_path, WRONG).problems)
    report = after_baseline(tmp_path, moved(WRONG))
    assert [problem.rule for problem in report.problems if problem.rule != "unused-role"] == []
    assert len(report.known) == count > 1
    assert report.stale == 0


def test_what_is_new_is_told(tmp_path: Path) -> None:
    baseline_of(tmp_path)
    report = after_baseline(tmp_path, WRONG + "ownr: x\n")
    assert [problem.rule for problem in report.problems] == ["unknown-key"]
    changed = after_baseline(tmp_path, WRONG.replace("send: [holdin]", "send: [holdng]"))
    assert [problem.rule for problem in changed.problems] == ["undefined-message"]


def test_the_same_mistake_once_more_is_new(tmp_path: Path) -> None:
    baseline_of(tmp_path, BASE + "injects:\n  - at: T+1m\n    from: x\n    says: y\n    sayz: z\n")
    twice = BASE + "injects:\n" + "  - at: T+1m\n    from: x\n    says: y\n    sayz: z\n" * 2
    assert len(after_baseline(tmp_path, twice).problems) == 1


def test_what_is_mended_is_stale(tmp_path: Path) -> None:
    baseline_of(tmp_path, WRONG + "ownr: x\n")
    report = after_baseline(tmp_path, WRONG)
    assert (report.problems, report.stale) == ([], 1)
    (tmp_path / NAME).unlink()
    gone = hold_back(report_of(tmp_path, BASE, "b.yaml"), read_baseline(tmp_path / "lint-baseline.json"))
    assert gone.stale == len(json.loads((tmp_path / "lint-baseline.json").read_text())["findings"])
    other = baseline_of(tmp_path)
    assert hold_back(report_of(tmp_path, BASE, "b.yaml"), read_baseline(other)).stale == 0


def test_the_folder_can_be_moved(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    baseline_of(tmp_path / "one")
    (tmp_path / "one").rename(tmp_path / "two")
    assert after_baseline(tmp_path / "two", WRONG).problems == []


def test_what_cannot_be_read_is_never_known(tmp_path: Path) -> None:
    text, count = written(report_of(tmp_path, "a: @b\n"), tmp_path / "x.json")
    assert (count, json.loads(text)["findings"]) == (0, [])


def test_the_same_findings_write_the_same_file(tmp_path: Path) -> None:
    report = report_of(tmp_path, WRONG)
    other = replace(report, problems=list(reversed(report.problems)))
    one, two = (json.loads(written(found, tmp_path / "x.json")[0]) for found in (report, other))
    assert one["schema_version"] == 1
    assert [entry["what"] for entry in one["findings"]] == [entry["what"] for entry in two["findings"]]


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"\xff", b'{"schema_version": 9, "findings": []}', b"[" * 100000])
def test_a_file_that_is_no_baseline(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "lint-baseline.json"
    path.write_bytes(raw)
    with pytest.raises(FilesUnusable) as caught:
        read_baseline(path)
    assert caught.value.then == "crisis lint --write-baseline"


def test_the_lines_above() -> None:
    text = "phases:\n  - id: first\n    steps:\n      # words\n      - id: speak\n        by: T+1m\n        send: [x]\n"
    assert above(text.splitlines(), 7) == ("phases:", "- id: first", "steps:", "- id: speak", "send: [x]")
    assert above(["a: 1"], 1) == ("a: 1",)
    assert above([], 1) == ()


def test_problems_of_a_file_stay_in_order() -> None:
    found = checked(BASE + "ownr: x\nz: 1  # crisis: ignore[T701] why\n").problems
    assert list(found) == sorted(found, key=Problem.order)
