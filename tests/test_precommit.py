"""The pre-commit hook, run by pre-commit itself: from this repository, and as `crisis new` writes it.

pre-commit builds an environment for the hook. So that this needs no network, its pip sees the packages that the
tests run with (PYTHONPATH) and builds without an isolated environment: everything but downloading is real.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("src", "runbooks", "templates", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a program with a home of its own and without the settings of this machine's git."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text("[user]\nname = Ann\nemail = ann@example.com\n[init]\ndefaultBranch = main\n")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "CRISIS_", "VIRTUAL"))}
    env |= {
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_INDEX": "1",
        "PYTHONDONTWRITEBYTECODE": "",
    }

    def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)

    return run


def committed(run: Run, folder: Path) -> None:
    for command in (("git", "init", "-q"), ("git", "add", "-A"), ("git", "commit", "-q", "-m", "Begin")):
        done = run(folder, *command)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def source(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """This project as a git repository that hooks come from."""
    folder = tmp_path_factory.mktemp("source")
    for name in SHIPPED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder / name)
    committed(run, folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def company(run: Run, tmp_path: Path) -> Path:
    """A company's repository as `crisis new` sets it up, committed."""
    folder = tmp_path / "acme"
    made = run(tmp_path, "crisis", "new", "acme", "--blank", "--id", "first-words", "--no-input", "--name", "Ann")
    assert made.returncode == 0, made.stderr
    committed(run, folder)
    return folder


def broken(folder: Path) -> None:
    path = folder / "runbooks" / "first-words.yaml"
    text = path.read_text(encoding="utf-8")
    assert "          - holding\n" in text
    path.write_text(text.replace("          - holding\n", "          - holdin\n", 1), encoding="utf-8")


def test_the_hook_of_this_repository(run: Run, source: Path, company: Path) -> None:
    rev = run(source, "git", "rev-parse", "HEAD").stdout.strip()
    config = f"repos:\n  - repo: {source}\n    rev: {rev}\n    hooks:\n      - id: crisis-lint\n"
    (company / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    run(company, "git", "add", "-A")
    good = run(company, "pre-commit", "run", "--all-files")
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout
    broken(company)
    bad = run(company, "pre-commit", "run", "--all-files")
    assert bad.returncode == 1, bad.stdout
    assert "`holdin` is not a message of this runbook." in bad.stdout
    assert "1 file: " in bad.stdout, "crisis.yaml and people.example.yaml are no runbooks"


def test_the_hook_that_new_writes(run: Run, company: Path) -> None:
    installed = run(company, "pre-commit", "install")
    assert installed.returncode == 0, installed.stdout
    broken(company)
    refused = run(company, "git", "commit", "-q", "-a", "-m", "Change a word")
    assert refused.returncode == 1
    assert "`holdin` is not a message of this runbook." in refused.stdout + refused.stderr
    assert run(company, "git", "checkout", "-q", ".").returncode == 0
    (company / "README.md").write_text("# Ours\n", encoding="utf-8")
    other = run(company, "git", "commit", "-q", "-a", "-m", "Change the page")
    assert other.returncode == 0, other.stderr
    assert "no files to check" in other.stdout + other.stderr


def test_the_hook_of_a_folder_inside_a_repository(run: Run, tmp_path: Path) -> None:
    committed_to = tmp_path / "site"
    (committed_to / "docs").mkdir(parents=True)
    run(committed_to, "git", "init", "-q")
    made = run(committed_to, "crisis", "new", "our crisis (pl)", "--blank", "--no-input", "--name", "Ann")
    assert made.returncode == 0, made.stderr
    committed(run, committed_to)
    good = run(committed_to, "pre-commit", "run", "--all-files")
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout, "a folder's name in the pattern must match itself"
    broken(committed_to / "our crisis (pl)")
    bad = run(committed_to, "pre-commit", "run", "--all-files")
    assert bad.returncode == 1
    assert "`holdin` is not a message of this runbook." in bad.stdout
