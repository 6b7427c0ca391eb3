"""CPU time of `crisis lint` as whole processes, beside yamllint, check-jsonschema and the bare composing of the files.

The files are made up (`corpus.py`): 200 lines each, every text distinct, nothing to find in them. Composing with
PyYAML's C parser is the least any tool that reads YAML by PyYAML can cost, so it is the bound the others are held to.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import Row, corpus, ratio_of_pairs
from benchmarks.startup import cpu

FILES = 1_000
ROUNDS = 5
SLOW_ROUNDS = 1
"""Of the tools that take half a minute."""
ONE_ROUNDS = 9

CRISIS = (sys.executable, "-m", "crisiscli", "lint")
COMPOSE = """
import sys, pathlib, yaml
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    yaml.compose(path.read_bytes().decode(), Loader=yaml.CSafeLoader)
"""
Run = Callable[[], float]


def measure() -> list[Row]:
    """One file, many files cold, in two processes, and cached; the peers on the same files."""
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        return [*_one(place), *_many(place)]


class Place:
    """A folder with the files, the schema, and an environment without anybody's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.many = folder / "many"
        corpus.write(self.many, FILES)
        self.one = folder / "one.yaml"
        self.one.write_text(corpus.runbook(1), encoding="utf-8")
        env = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
        self.env = {**env, "HOME": name_of(folder / "home"), "CRISIS_CACHE": name_of(folder / "cache")}
        self.schema = folder / "schema.json"
        self.schema.write_bytes(_output((*CRISIS[:-1], "schema"), self.env))

    def crisis(self, *arguments: str) -> float:
        """Seconds of CPU of one lint, its children included."""
        return cpu((*CRISIS, *arguments), self.env)

    def compose(self) -> float:
        """Seconds of CPU of composing all files."""
        return cpu((sys.executable, "-c", COMPOSE, name_of(self.many)), self.env)

    def peer(self, module: str, *arguments: str) -> float:
        """Seconds of CPU of another linter."""
        return cpu((sys.executable, "-m", module, *arguments), self.env)


def _one(place: Place) -> list[Row]:
    one = name_of(place.one)
    peers = {
        "check-jsonschema": lambda: place.peer("check_jsonschema", "--schemafile", name_of(place.schema), one),
        "yamllint": lambda: place.peer("yamllint", "-d", "relaxed", one),
    }
    budgets = {"check-jsonschema": 1.0, "yamllint": None}
    return [
        _row(
            f"one file of 200 lines, beside {name}",
            lambda: place.crisis(one, "--no-cache"),
            peer,
            budgets[name],
            ONE_ROUNDS,
        )
        for name, peer in peers.items()
    ]


def _many(place: Place) -> list[Row]:
    folder = name_of(place.many)
    cold = lambda: place.crisis(folder, "--no-cache", "--jobs", "1")  # noqa: E731
    bound = place.compose
    place.crisis(folder)
    rows = [
        _row(f"{FILES:,} files, one process, beside composing them", cold, bound, 3.0, ROUNDS),
        _wall(f"{FILES:,} files, two processes, beside composing them in one", place, 1.5),
        _row(f"{FILES:,} files, all cached, beside composing them", lambda: place.crisis(folder), bound, 0.2, ROUNDS),
    ]
    peers = {
        "check-jsonschema": lambda: place.peer(
            "check_jsonschema", "--schemafile", name_of(place.schema), *_names(place)
        ),
        "yamllint": lambda: place.peer("yamllint", "-d", "relaxed", folder),
    }
    budgets = {"check-jsonschema": 12.0, "yamllint": None}
    rows += [
        _row(f"{FILES:,} files: {name}, as many times slower", peer, cold, budgets[name], SLOW_ROUNDS, "more")
        for name, peer in peers.items()
    ]
    return rows


def _names(place: Place) -> list[str]:
    return [name_of(path) for path in sorted(place.many.iterdir())]


def _row(what: str, ours: Run, theirs: Run, budget: float | None, rounds: int, better: str = "less") -> Row:
    taken, beside = [], []
    for _ in range(rounds):
        beside.append(theirs())
        taken.append(ours())
    numbers = f"{_seconds(taken)} of CPU, beside {_seconds(beside)}"
    return Row(what, numbers, ratio_of_pairs(taken, beside), budget, better)


def _wall(what: str, place: Place, budget: float) -> Row:
    """Time on the wall, because two processes save nothing else; both sides by turns."""
    import time

    def timed(run: Run) -> float:
        before = time.perf_counter()
        run()
        return time.perf_counter() - before

    taken, beside = [], []
    for _ in range(ROUNDS):
        beside.append(timed(place.compose))
        taken.append(timed(lambda: place.crisis(name_of(place.many), "--no-cache", "--jobs", "2")))
    numbers = f"{_seconds(taken)} on the wall, beside {_seconds(beside)}"
    return Row(what, numbers, ratio_of_pairs(taken, beside), budget)


def _seconds(taken: Sequence[float]) -> str:
    middle = statistics.median(taken)
    return f"{middle * 1e3:.0f} ms" if middle < 1 else f"{middle:.2f} s"


def _output(command: Sequence[str], env: dict[str, str]) -> bytes:
    import subprocess

    return subprocess.run(command, env=env, capture_output=True, check=True).stdout


def name_of(path: Path) -> str:
    """A path as a word of a command line."""
    return str(path)


if __name__ == "__main__":
    from benchmarks import as_text

    print("\n".join(as_text(measure())))
