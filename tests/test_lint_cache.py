"""The cache: what was found before is what would be found again, and a cache that cannot be used is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crisiscli.config import Company, Config, Person
from crisiscli.linter import LintReport, run
from crisiscli.linter.cache import Cache, cache_of, files_in, fingerprint
from crisiscli.linter.packing import Checked, packed, unpacked
from crisiscli.linter.report import Held
from crisiscli.problem import Edit, Fix, Label, Problem, Span
from crisiscli.rules import Around
from examples import AROUND, BASE

FILES = {
    "good.yaml": BASE,
    "broken.yaml": BASE.replace("title: Outage", "title: Outage: again"),
    "odd.yaml": BASE.replace("deputy: press", "deputy: nobody").replace("role: it", "rolle: it"),
    "ignored.yaml": BASE.replace(
        "    deputy: press\n", "    deputy: nobody # crisis: ignore[undefined-role] there is nobody else\n"
    ),
    "hashtag.yaml": BASE.replace("Our services do not work", "Our services do not work #outage"),
    "empty.yaml": "",
    "binary.yaml": "\0\1",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "runbooks"
    place.mkdir()
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Cache]:
    """Opens the same cache again, as the next run does."""
    return lambda: Cache(tmp_path / "cache" / "one.json", "fingerprint")


def nobody_asks() -> Around:
    raise AssertionError("nothing is linted when everything is known")


def same(one: LintReport, other: LintReport) -> bool:
    return (one.problems, one.files, one.unreadable, one.held) == (
        other.problems,
        other.files,
        other.unreadable,
        other.held,
    )


def test_what_is_kept_is_what_is_found(folder: Path, fresh: Callable[[], Cache]) -> None:
    without = run([folder], AROUND)
    assert without.problems
    assert without.held
    assert any(problem.fix for problem in without.problems)
    assert same(run([folder], AROUND, cache=fresh()), without)
    assert same(run([folder], nobody_asks, cache=fresh()), without)


def test_a_file_that_changed_is_linted_again(folder: Path, fresh: Callable[[], Cache]) -> None:
    run([folder], AROUND, cache=fresh())
    (folder / "good.yaml").write_text(BASE.replace("deputy: press", "deputy: nobody"), encoding="utf-8")
    with pytest.raises(AssertionError):
        run([folder], nobody_asks, cache=fresh())
    assert same(run([folder], AROUND, cache=fresh()), run([folder], AROUND))
    assert same(run([folder], nobody_asks, cache=fresh()), run([folder], AROUND))


def test_the_same_words_under_another_name_are_linted(folder: Path, fresh: Callable[[], Cache]) -> None:
    run([folder], AROUND, cache=fresh())
    (folder / "odd.yaml").rename(folder / "other.yaml")
    found = run([folder / "other.yaml"], AROUND, cache=fresh())
    assert {problem.path for problem in found.problems} == {str(folder / "other.yaml")}


def test_what_was_not_named_this_time_stays_known(folder: Path, fresh: Callable[[], Cache]) -> None:
    run([folder], AROUND, cache=fresh())
    (folder / "good.yaml").write_text(BASE + "# more\n", encoding="utf-8")
    run([folder / "good.yaml"], AROUND, cache=fresh())
    run([folder], nobody_asks, cache=fresh())


def test_another_fingerprint_knows_nothing(folder: Path, tmp_path: Path) -> None:
    run([folder], AROUND, cache=Cache(tmp_path / "one.json", "a"))
    with pytest.raises(AssertionError):
        run([folder], nobody_asks, cache=Cache(tmp_path / "one.json", "b"))


def checksummed(body: bytes) -> bytes:
    """A cache file with a checksum that is right."""
    import hashlib

    return b"crisis lint 1 " + hashlib.sha256(body).hexdigest()[:32].encode() + b"\n" + body


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda raw: raw[: len(raw) // 2],
    "empty": lambda raw: b"",
    "one letter changed": lambda raw: raw.replace(b"error", b"eRror", 1),
    "not JSON": lambda raw: checksummed(b"{"),
    "other JSON": lambda raw: checksummed(b"[1]"),
    "a list of files": lambda raw: checksummed(b'["fingerprint", []]'),
    "no digest": lambda raw: checksummed(json.dumps(["fingerprint", {name: [] for name in FILES}]).encode()),
    "too deep": lambda raw: checksummed(b"[" * 100_000),
    "another version": lambda raw: raw.replace(b"lint 1", b"lint 0", 1),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_cache_is_none(how: str, folder: Path, fresh: Callable[[], Cache]) -> None:
    without = run([folder], AROUND, cache=fresh())
    path = fresh().path
    before = path.read_bytes()
    path.write_bytes(DAMAGED[how](before))
    assert same(run([folder], AROUND, cache=fresh()), without)
    assert same(run([folder], nobody_asks, cache=fresh()), without)


@pytest.mark.parametrize("entry", [None, 5, {}, [1], ["x", 1], "x"])
def test_an_entry_that_makes_no_sense_is_none(entry: object, folder: Path, fresh: Callable[[], Cache]) -> None:
    run([folder], AROUND, cache=fresh())
    path = fresh().path
    fingerprint, files = json.loads(path.read_bytes().partition(b"\n")[2])
    digests = {name: kept[0] for name, kept in files.items()}
    spoiled = {name: [digests[name], *entry] if isinstance(entry, list) else entry for name in files}
    path.write_bytes(checksummed(json.dumps([fingerprint, spoiled]).encode()))
    assert same(run([folder], AROUND, cache=fresh()), run([folder], AROUND))


def test_a_cache_that_cannot_be_written_is_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / "file" / "one.json", "a")
    assert same(run([folder], AROUND, cache=cache), run([folder], AROUND))
    (tmp_path / "one.json").mkdir()
    assert same(run([folder], AROUND, cache=Cache(tmp_path / "one.json", "a")), run([folder], AROUND))


def test_two_runs_at_once_leave_one_good_cache(folder: Path, fresh: Callable[[], Cache]) -> None:
    first, second = fresh(), fresh()
    run([folder / "good.yaml"], AROUND, cache=first)
    run([folder / "odd.yaml"], AROUND, cache=second)
    first.changed = True
    first.save()
    run([folder / "good.yaml"], nobody_asks, cache=fresh())
    assert same(run([folder], AROUND, cache=fresh()), run([folder], AROUND))
    assert [path.name for path in fresh().path.parent.iterdir()] == ["one.json"]


def test_several_processes_fill_the_cache_alike(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    alone = run([folder], AROUND, cache=Cache(one, "a"))
    assert same(run([folder], AROUND, cache=Cache(two, "a"), jobs=3), alone)
    assert one.read_bytes() == two.read_bytes()


def test_a_problem_survives_being_packed() -> None:
    fix = Fix("put quotes", (Edit(1, 2, '"'), Edit(5, 5, "ą\ud800")), safe=False)
    labels = (Label(Span(1, 2, 3, 4), "here"),)
    whole = Problem("a.yaml", Span(1, 2, 1, 9), "x", "X1", "note", "w", "e", "c", "h", labels, fix, "strict")
    bare = Problem("a.yaml", Span(1, 1, 1, 2), "y", "Y1", "error", "what")
    for checked in (
        Checked((whole, bare), True, (Held(bare, "because"),)),
        Checked(),
        Checked((), True),
        Checked((bare,)),
    ):
        assert unpacked(json.loads(json.dumps(packed(checked)))) == checked


# What the fingerprint sees


def test_whatever_lies_around_counts() -> None:
    people = {"ann": Person("ann", "Ann", roles=("lead",))}
    configs = [Config(), Config(company=Company(name="Acme")), Config(people=people), Config(path=Path("crisis.yaml"))]
    seen = [fingerprint([config]) for config in configs]
    assert len(set(seen)) == len(seen)
    assert fingerprint([Config(people=people)]) == fingerprint([Config(people=dict(people))])
    assert fingerprint(["ab", "c"]) != fingerprint(["a", "bc"])
    assert fingerprint([b"a"]) == fingerprint([b"a"])


def test_files_count_by_name_time_and_size(tmp_path: Path) -> None:
    def seen() -> list[tuple[str, int, int]]:
        return list(files_in([tmp_path], lambda name: name.endswith(".j2")))

    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.j2").write_text("one")
    (tmp_path / "other.txt").write_text("one")
    before = seen()
    assert len(before) == 1
    os.utime(tmp_path / "below" / "a.j2", ns=(1, 1))
    assert seen() != before
    (tmp_path / "b.j2").write_text("two")
    assert [Path(path).name for path, _, _ in seen()] == ["b.j2", "a.j2"]
    assert list(files_in([tmp_path / "nowhere"], bool)) == []


def test_the_cache_lies_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRISIS_CACHE", str(tmp_path / "here"))
    one, other = cache_of(tmp_path, ["a"]), cache_of(tmp_path, ["b"])
    assert one.path == other.path
    assert one.path.parent == tmp_path / "here" / "lint"
    assert one.fingerprint != other.fingerprint
    assert cache_of(tmp_path / "below", ["a"]).path != one.path
    monkeypatch.delenv("CRISIS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    if sys.platform == "linux":
        assert cache_of(tmp_path, []).path.is_relative_to(tmp_path / "home")


# The command


PROGRAM = """
import sys
from crisiscli.__main__ import main
try:
    main()
except SystemExit as stop:
    code = stop.code
heavy = sorted(name for name in sys.modules if name in ("yaml", "pydantic", "babel", "regex") or ".rules" in name)
print("code", code or 0, "heavy", *heavy, file=sys.stderr)
"""


def test_a_run_that_knows_everything_reads_no_yaml(folder: Path, tmp_path: Path) -> None:
    def lint(*flags: str) -> tuple[str, str]:
        command = [sys.executable, "-c", PROGRAM, "lint", str(folder / "good.yaml"), str(folder / "odd.yaml"), *flags]
        env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "CRISIS_CACHE": str(tmp_path / "cache")}
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        return done.stdout, done.stderr.splitlines()[-1]

    first, heavy = lint()
    assert "yaml" in heavy
    assert "code 1" in heavy
    assert lint() == (first, "code 1 heavy")
    assert lint("--no-cache") == (first, heavy)
