"""The manual is what the code says, and what it shows is what the program prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crisiscli.cli import COMMANDS, build
from crisiscli.linter import lint

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMES = [name for names in COMMANDS.values() for name in names]
sys.path.insert(0, str(ROOT / "tools"))

import docs  # noqa: E402


@pytest.mark.parametrize("page", docs.PAGES)
def test_page_is_fresh(page: str) -> None:
    wanted = docs.PAGES[page]().rstrip() + "\n"
    assert (ROOT / page).read_text(encoding="utf-8") == wanted, f"{page} is stale: run python tools/docs.py"


def test_a_stale_page_is_named(tmp_path: Path) -> None:
    for name in docs.PAGES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((ROOT / name).read_bytes())
    script = tmp_path / "tools" / "docs.py"
    script.parent.mkdir()
    for path in (ROOT / "tools").glob("*.py"):
        (script.parent / path.name).write_bytes(path.read_bytes())
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    page = tmp_path / "docs" / "channels.md"
    page.write_text(page.read_text(encoding="utf-8") + "| another | line |\n", encoding="utf-8")
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == "docs/channels.md is stale: run python tools/docs.py\n"


@pytest.mark.parametrize("name", NAMES)
def test_help_has_examples_that_can_be_copied(name: str) -> None:
    shown = CliRunner().invoke(build(), [name, "--help"], prog_name="crisis", env={"COLUMNS": "80"})
    assert shown.exit_code == 0
    examples = [line.strip() for line in shown.output.splitlines() if re.match(rf"\s+crisis {name}\b", line)]
    assert examples, f"`crisis {name} --help` shows no example on a line of its own"
    for example in examples:
        assert example.count(f"crisis {name}") == 1, f"two examples on one line: {example}"


def test_every_command_is_listed_in_the_readme() -> None:
    listed = re.search(r"```text\n(IN A CRISIS.*?)```", README, re.DOTALL)
    assert listed is not None
    assert set(re.findall(r"\b[a-z]+\b", listed[1])) == set(NAMES)


def test_the_first_block_sets_up_runs_and_tests() -> None:
    block = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
    assert block is not None
    run, test = block[1].splitlines()
    assert run.endswith(".venv/bin/crisis start")
    assert "pytest" in test
    for line in (run, test):
        assert line.startswith("python3 -m venv .venv && ")


def test_console_examples_ran_without_a_fault() -> None:
    blocks = [found["body"] for found in docs._BLOCK.finditer(README)]
    assert len(blocks) >= 5
    assert len(blocks) == README.count("```console"), "a console block without its `run at` line is never run"
    for block in blocks:
        assert "fault in the program" not in block
        # 2 asks for what is missing, which the tour shows on purpose; anything else is a tour that went wrong.
        assert set(re.findall(r"^\(exit (\d+)\)$", block, re.MULTILINE)) <= {"2"}
        assert "No such option" not in block


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} points at {target}"


def test_the_smallest_runbook_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "door-stuck.yaml"
    path.write_text(docs.SMALLEST, encoding="utf-8")
    assert lint([path]) == []
