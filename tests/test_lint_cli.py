"""`crisis lint` as it is typed: what is looked at, where the report goes, how it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from crisiscli.__main__ import main
from crisiscli.linter.formats import FORMATS
from crisiscli.rules import ROOMS, rules
from journeys import CRISIS, Company

BASE = (Path(__file__).parent / "lint" / "base.yaml").read_text(encoding="utf-8")
WRONG = BASE.replace("by: T+2m", "by: soon")
MILD = BASE + "# crisis: ignore[T701] no more\n"


class Ended(NamedTuple):
    """One run: its exit code, what it printed and what it said."""

    code: int
    out: str
    err: str


Typed = Callable[..., Ended]


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Typed:
    """Runs `crisis lint` in this process, in the temporary folder, with nothing of the machine's own around."""
    for name in ("CRISIS_DIR", "CRISIS_CACHE", "CRISIS_CLOCK", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CRISIS_STATE", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["crisis", "lint", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        assert b"fault in the program" not in err, err
        return Ended(code, out.decode("utf-8"), err.decode("utf-8"))

    return run


def put(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def git(*arguments: str, **env: str) -> None:
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], check=True, capture_output=True, env={**os.environ, **env})


# What is looked at.


def test_without_a_runbook_of_ones_own_the_shipped_ones_are_checked(lint: Typed) -> None:
    ended = lint()
    assert ended.err.startswith("There is no runbook of yours here; checking the ")
    assert "crisis new" in ended.err
    assert "files: " in ended.out


def test_without_a_path_the_company_and_its_runbooks_are_checked(lint: Typed) -> None:
    put("crisis.yaml", "compani: {name: Acme}\n")
    put("runbooks/a.yaml", BASE)
    ended = lint("--profile", "draft")
    assert ended.err == "Checking 1 runbook in runbooks.\n"
    assert ended.out.startswith("warning: `compani` is not a key here, did you mean `company`?\n  crisis.yaml:1:1  ")
    assert "2 files: 1 warning." in ended.out
    assert ended.code == 0


def test_the_company_s_own_files_are_no_runbooks(lint: Typed) -> None:
    put("crisis.yaml", "people: people.yaml\nlint: {profile: strikt}\n")
    put("people.yaml", "ann: {name: Ann, hours: now and then}\n")
    put("a.yaml", BASE)
    ended = lint("people.yaml", "--profile", "draft")
    assert ended.code == 1
    assert "people.yaml:1:25  wrong-value C103" in ended.out
    assert "crisis.yaml" not in ended.out
    assert "1 file: 1 error." in ended.out
    ended = lint("crisis.yaml", "--profile", "draft")
    assert "crisis.yaml:2:17" in ended.out
    assert "3 files: 2 errors." in lint(".", "--profile", "draft").out
    assert lint("a.yaml", "--profile", "draft").code == 0


@pytest.mark.parametrize("name", ["none.yaml", "none/", "nöne\n.yaml"])
def test_what_is_not_there(lint: Typed, name: str) -> None:
    ended = lint(name)
    assert (ended.code, ended.out) == (3, "")
    assert "There is no such file or folder." in ended.err
    assert "Nothing was sent" not in ended.err


def test_a_folder_without_runbooks(lint: Typed) -> None:
    Path("empty").mkdir()
    ended = lint("empty")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("empty: There is no runbook here.\nNext: ")
    put("a.yaml", BASE)
    ended = lint("empty", "a.yaml", "--profile", "draft")
    assert (ended.code, ended.err) == (0, "There is no runbook in empty.\n")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_cannot_be_looked_into(lint: Typed) -> None:
    put("all/a.yaml", BASE)
    put("all/shut/b.yaml", BASE)
    Path("all/shut").chmod(0)
    try:
        ended = lint("all", "--profile", "draft")
    finally:
        Path("all/shut").chmod(0o700)
    assert ended.code == 3
    assert "all/shut" in ended.out
    Path("all").chmod(0)
    try:
        ended = lint("all", "--profile", "draft")
    finally:
        Path("all").chmod(0o700)
    assert (ended.code, ended.err) == (3, "")
    assert "  all:1:1  unreadable-file" in ended.out


def test_a_broken_layout_or_list_of_phrases_is_told_and_the_rest_is_checked(lint: Typed) -> None:
    put("crisis.yaml", "company: {name: Acme}\n")
    put("templates/loop.j2", '{% include "loop" %}')
    put("phrases/en.yaml", "words, no list\n")
    put("runbooks/a.yaml", WRONG)
    ended = lint("--profile", "draft")
    assert ended.code == 1
    assert "templates/loop.j2:1:1  unreadable-file Y100" in ended.out
    assert "phrases/en.yaml:1:1  unreadable-file Y100" in ended.out
    assert "wrong-time" in ended.out
    put("templates/loop.j2", "")
    put("phrases/en.yaml", "")
    Path("phrases/en.yaml").unlink()
    assert lint("runbooks", "--profile", "draft", "--format", "json").out.count('"code"') == 1


# Standard input.


def test_standard_input(lint: Typed) -> None:
    ended = lint("-", "--profile", "draft", stdin=WRONG.encode())
    assert ended.code == 1
    assert "\n  -:" in ended.out
    ended = lint("-", "--stdin-filename", "runbooks/a.yaml", "--profile", "draft", stdin=WRONG.encode())
    assert "\n  runbooks/a.yaml:" in ended.out
    assert "by: soon" in ended.out
    assert lint("-", "--profile", "draft", stdin=b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode()).code == 0
    ended = lint("-", stdin=b"")
    assert ended.code == 3
    assert "there may be more to find" in ended.out
    assert lint("-", stdin=BASE.encode("utf-16")).code == 3


def test_standard_input_is_compared_as_the_file_it_stands_for(lint: Typed) -> None:
    git("init", "-q")
    put("a.yaml", BASE)
    git("add", "-A")
    git("commit", "-qm", "one")
    changed = BASE.replace("title: Outage\n", "title: Big outage\n").encode()
    ended = lint("-", "--stdin-filename", "a.yaml", "--base", "HEAD", "--format", "json", stdin=changed)
    assert "version-not-raised" in ended.out
    assert "version-not-raised" not in lint("-", "--format", "json", stdin=changed).out


# Revisions and days.


def test_a_new_file_has_no_version_before(lint: Typed) -> None:
    git("init", "-q")
    put("a.yaml", BASE)
    git("add", "-A")
    git("commit", "-qm", "one")
    put("b.yaml", BASE)
    put("a.yaml", BASE.replace("title: Outage\n", "title: Big outage\n"))
    found = json.loads(lint(".", "--base", "HEAD", "--format", "json").out)["problems"]
    assert [problem["path"] for problem in found if problem["rule"] == "version-not-raised"] == ["a.yaml"]


@pytest.mark.parametrize("how", ["moved", "committed"])
def test_a_file_that_was_moved_is_compared_with_what_it_was(lint: Typed, how: str) -> None:
    git("init", "-q")
    put("a.yaml", BASE)
    git("add", "-A")
    git("commit", "-qm", "one")
    git("tag", "before")
    Path("runs").mkdir()
    git("mv", "a.yaml", "runs/b.yaml")
    put("runs/b.yaml", BASE.replace("title: Outage\n", "title: Big outage\n"))
    if how == "committed":
        git("commit", "-qam", "two")
    found = json.loads(lint(".", "--base", "before", "--format", "json").out)["problems"]
    told = [problem["path"] for problem in found if problem["rule"] == "version-not-raised"]
    assert told == ["runs/b.yaml"]


def test_the_day_of_the_last_commit(lint: Typed) -> None:
    git("init", "-q")
    put("a.yaml", BASE)
    git("add", "-A")
    git("commit", "-qm", "one", GIT_COMMITTER_DATE="2031-05-04T23:30:00+02:00")
    late = [lint("a.yaml", "--format", "json", "--today", day).out for day in ("commit", "2031-05-04", "2026-11-22")]
    assert late[0] == late[1]
    assert late[0] != late[2]


def test_revisions_and_days_that_do_not_exist(lint: Typed) -> None:
    put("a.yaml", BASE)
    for wrong in (("--today", "commit"), ("--base", "HEAD"), ("--today", "2026-02-30"), ("--today", "soon")):
        ended = lint("a.yaml", *wrong)
        assert (ended.code, ended.out) == (2, ""), wrong
        assert "Next: " in ended.err
    git("init", "-q")
    assert lint("a.yaml", "--base", "main").code == 2
    assert lint("a.yaml", "--today", "commit").code == 2


# Profiles and the exit code.


@pytest.mark.parametrize(
    ("flags", "settings", "code"),
    [
        ((), "", 0),
        (("--fail-on", "warning"), "", 1),
        (("--fail-on", "note"), "", 1),
        (("--strict",), "", 1),
        (("--profile", "strict"), "", 1),
        (("--strict", "--fail-on", "error"), "", 0),
        ((), "lint: {fail_on: warning}", 1),
        ((), "lint: {profile: strict}", 1),
        ((), "lint: {profile: strict, fail_on: error}", 0),
        (("--profile", "ready"), "lint: {profile: strict}", 0),
        (("--fail-on", "error"), "lint: {fail_on: warning}", 0),
        (("--strict",), "lint: {fail_on: never}", 1),
    ],
)
def test_what_makes_it_fail(lint: Typed, flags: tuple[str, ...], settings: str, code: int) -> None:
    """The file has no error and one warning, which every profile but draft shows."""
    put("crisis.yaml", f"company: {{name: Acme}}\n{settings}\n")
    put("a.yaml", MILD)
    put("lint-baseline.json", '{"schema_version": 1, "findings": []}')
    ended = lint("a.yaml", *flags)
    assert "unused-ignore" in ended.out
    assert ended.code == code, ended.out


def test_errors_fail_unless_never(lint: Typed) -> None:
    put("a.yaml", WRONG)
    assert lint("a.yaml").code == 1
    assert lint("a.yaml", "--fail-on", "never").code == 0
    put("b.yaml", "a: @b\n")
    assert lint("b.yaml", "--fail-on", "never").code == 3


def test_draft_shows_format_and_references_only(lint: Typed) -> None:
    put("a.yaml", MILD + "ownr: x\n")
    draft, ready, strict = (
        json.loads(lint("a.yaml", "--profile", profile, "--format", "json").out)
        for profile in ("draft", "ready", "strict")
    )
    codes = [{problem["code"] for problem in found["problems"]} for found in (draft, ready, strict)]
    assert "H982" not in codes[0]
    assert "S201" in codes[0]
    assert "H982" in codes[1] - codes[0]
    assert codes[0] <= codes[1] <= codes[2]
    assert draft["summary"]["under_a_stricter_profile"] > 0
    assert strict["summary"]["under_a_stricter_profile"] == 0


@pytest.mark.parametrize(
    ("flags", "then"),
    [
        (("--format", "jsn"), "--format json"),
        (("--format", "zzz"), "text|json|github|sarif|junit|gitlab"),
        (("--profile", "strct"), "--profile strict"),
        (("--fail-on", "warnings"), "--fail-on warning"),
        (("--strict", "--profile", "draft"), "leave one"),
        (("--diff",), "--fix --diff"),
        (("--fix", "--write-baseline"), "--fix first"),
        (("--stdin-filename", "x.yaml"), "crisis lint -"),
        (("--explain", "too-lnog"), "--explain too-long"),
        (("--explain", "D6O3"), "--explain D603"),
        (("--explain", "zzz"), "crisis lint --list"),
    ],
)
def test_usage_mistakes_name_the_right_words(lint: Typed, flags: tuple[str, ...], then: str) -> None:
    put("a.yaml", BASE)
    ended = lint("a.yaml", *flags)
    assert (ended.code, ended.out) == (2, "")
    assert then in ended.err


# Pages.


@pytest.mark.parametrize("room", ROOMS)
def test_every_code_has_a_page(lint: Typed, room: str) -> None:
    for rule in rules(room):
        if rule.NAME == "not-utf8":
            continue
        ended = lint("--explain", rule.CODE.lower())
        assert ended.code == 0
        assert ended.out.startswith(f"{rule.CODE} {rule.NAME}: {rule.LEVEL}\n")
        assert "\nBad:\n    " in ended.out
        assert "\nGood:\n    " in ended.out
        assert "```" not in ended.out


@pytest.mark.parametrize("word", ["unreadable-file", "Y100", "C104", "[C104]", "OPEN_SECRET"])
def test_what_is_no_rule_has_a_page_too(lint: Typed, word: str) -> None:
    ended = lint("--explain", word)
    assert ended.code == 0
    assert "crisis: ignore" not in ended.out


def test_the_list_names_every_code(lint: Typed) -> None:
    ended = lint("--list")
    assert ended.code == 0
    for rule in rules():
        assert f"  {rule.CODE}  " in ended.out
        assert rule.NAME in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80


# Where the report goes.


@pytest.mark.parametrize("name", FORMATS)
def test_the_report_in_a_file(lint: Typed, name: str) -> None:
    put("a.yaml", WRONG.replace("Communications", "Zażółć"))
    printed = lint("a.yaml", "--format", name)
    ended = lint("a.yaml", "--format", name, "--output", "report")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines()[0].startswith("1 file: 1 error")
    assert ended.err.splitlines()[-1] == "The report is in report."
    assert Path("report").read_text(encoding="utf-8") == printed.out
    assert sorted(path.name for path in Path().iterdir() if path.name != "home") == ["a.yaml", "report"]


def test_a_report_that_cannot_be_written(lint: Typed) -> None:
    put("a.yaml", BASE)
    Path("folder").mkdir()
    for where in ("none/report", "folder"):
        ended = lint("a.yaml", "--output", where)
        assert (ended.code, ended.out) == (3, "")
        assert "cannot be written" in ended.err
    assert list(Path("folder").iterdir()) == []


# The baseline.


def test_the_baseline_lies_beside_crisis_yaml(lint: Typed) -> None:
    put("crisis.yaml", "company: {name: Acme}\n")
    put("runbooks/a.yaml", WRONG)
    ended = lint("--write-baseline")
    assert (ended.code, ended.out) == (0, "")
    assert "kept as known in lint-baseline.json" in ended.err
    ended = lint()
    assert ended.code == 0
    assert "known from lint-baseline.json." in ended.out
    put("runbooks/a.yaml", "# moved\n" + WRONG + "ownr: x\n")
    ended = lint("runbooks/a.yaml")
    assert ended.code == 1
    assert "unknown-key" in ended.out
    assert "wrong-time" not in ended.out
    put("runbooks/a.yaml", BASE)
    assert "of lint-baseline.json " in lint().out
    lint("--write-baseline")
    assert "wrong-time" not in Path("lint-baseline.json").read_text()


def test_a_baseline_by_name(lint: Typed) -> None:
    put("a.yaml", WRONG)
    assert lint("a.yaml", "--baseline", "known.json").code == 3
    assert lint("a.yaml", "--baseline", "known.json", "--write-baseline").code == 0
    assert lint("a.yaml", "--baseline", "known.json").code == 0
    put("known.json", "{}")
    ended = lint("a.yaml", "--baseline", "known.json")
    assert (ended.code, ended.out) == (3, "")


def test_a_profile_does_not_make_the_baseline_stale(lint: Typed) -> None:
    put("a.yaml", MILD + "ownr: x\n")
    lint("a.yaml", "--write-baseline", "--strict")
    assert "to take them out" not in lint("a.yaml", "--profile", "draft").out


def test_a_file_that_cannot_be_read_is_never_known(lint: Typed) -> None:
    put("a.yaml", "a: @b\n")
    assert lint("a.yaml", "--write-baseline").code == 3
    assert lint("a.yaml").code == 3


# Mending.

UNUSED = "owner: Communications  # crisis: ignore[S201] read by our archive tool\n"


def test_fix_mends_and_tells_what_is_left(lint: Typed) -> None:
    text = BASE.replace("owner: Communications\n", UNUSED) + "ownr_: x\n"
    path = put("a.yaml", text)
    ended = lint("a.yaml", "--fix")
    assert ended.err == "1 finding in 1 file mended.\n"
    assert path.read_text() == BASE + "ownr_: x\n"
    assert "unused-ignore" not in ended.out
    assert "unknown-key" in ended.out
    assert ended.code == 1
    ended = lint("a.yaml", "--fix")
    assert ended.err == "Nothing here can be mended without a person.\n"


def test_fix_diff_changes_nothing(lint: Typed) -> None:
    text = "\ufeff" + BASE.replace("owner: Communications\n", UNUSED).replace("\n", "\r\n")
    path = put("a.yaml", text)
    ended = lint("a.yaml", "--fix", "--diff")
    assert (ended.code, path.read_bytes()) == (1, text.encode())
    assert "-owner: Communications  # crisis" in ended.out
    assert "+owner: Communications\r\n" in ended.out
    put("a.yaml", BASE)
    assert lint("a.yaml", "--fix", "--diff")[:2] == (0, "")


def test_fix_of_standard_input_prints_the_text(lint: Typed) -> None:
    ended = lint("-", "--fix", stdin=BASE.replace("owner: Communications\n", UNUSED).encode())
    assert ended.out == BASE
    assert "1 finding in 1 file mended." in ended.err
    assert "1 file: " in ended.err


def test_fix_leaves_what_the_baseline_or_the_profile_holds_back(lint: Typed) -> None:
    text = BASE.replace("owner: Communications\n", UNUSED)
    path = put("a.yaml", text)
    lint("a.yaml", "--fix", "--profile", "draft")
    assert path.read_text() == text
    lint("a.yaml", "--write-baseline")
    lint("a.yaml", "--fix")
    assert path.read_text() == text


def test_fix_goes_past_files_that_cannot_be_read(lint: Typed) -> None:
    put("a.yaml", b"\xff\xfe" + BASE.encode())
    put("b.yaml", BASE.replace("owner: Communications\n", UNUSED))
    assert lint(".", "--fix").code == 3
    assert Path("b.yaml").read_text() == BASE


# From outside: streams of a real process.


def test_a_reader_that_goes_away(company: Company) -> None:
    for file in range(60):
        company.write(f"many/{file}.yaml", BASE + "".join(f"ownr{number}: x\n" for number in range(40)))
    for name in ("text", "json"):
        command = [str(CRISIS), "lint", "many", "--format", name]
        with subprocess.Popen(
            command, cwd=company.folder, env=company.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_disk_without_room_for_the_report(company: Company) -> None:
    company.write("a.yaml", BASE + "ownr: x\n")
    with Path("/dev/full").open("wb") as full:
        command = [str(CRISIS), "lint", "a.yaml"]
        done = subprocess.run(
            command, cwd=company.folder, env=company.environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert done.stderr.decode().splitlines()[0] == "The output cannot be written: No space left on device."


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_screen_without_utf8(company: Company, encoding: str) -> None:
    company.write("a.yaml", BASE + "włąściciel: ✓\n")
    ended = company.run("lint", "a.yaml", PYTHONIOENCODING=encoding)
    assert ended.code == 1
    assert "unknown-key" in ended.out
    data = subprocess.run(
        [str(CRISIS), "lint", "a.yaml", "--format", "json"],
        cwd=company.folder,
        env=company.environment(PYTHONIOENCODING=encoding),
        capture_output=True,
        check=False,
    )
    assert "włąściciel" in json.loads(data.stdout.decode("utf-8"))["problems"][0]["what"]
