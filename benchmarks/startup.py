"""CPU time of whole processes: quick commands, and `crisis start` up to its first question."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import Row, ratio_of_pairs

ROUNDS = 15
PATIENCE = 30.0
"""Seconds until a process that shows nothing is given up."""
YARDSTICK = (sys.executable, "-c", "import typer, pydantic")
QUICK = {"crisis --help": ("--help",), "crisis status": ("status",), "crisis note": ("note", "a line of the timeline")}
CRISIS = (sys.executable, "-m", "crisiscli")
QUESTION = re.compile(rb"What is happening")
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")

Run = Callable[[], float]


def measure() -> list[Row]:
    """One row per command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = _environment(folder)
        cpu((*CRISIS, "start", "erroneous-mass-message", "--at", "now", "--no-input"), env)
        rows = [_row(name, 1.0, lambda c=command: cpu((*CRISIS, *c), env)) for name, command in QUICK.items()]  # type: ignore[misc]
        row = _row("crisis start, to its first question", 3.0, lambda: cpu_to_question((*CRISIS, "start"), env))
        return [*rows, row]


def _environment(folder: Path) -> dict[str, str]:
    env = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**env, "HOME": str(folder), "CRISIS_STATE": str(folder / "state"), "TERM": "xterm-256color"}


def _row(what: str, budget: float, run: Run) -> Row:
    ours, theirs = [], []
    run(), cpu(YARDSTICK)
    for _ in range(ROUNDS):
        theirs.append(cpu(YARDSTICK))
        ours.append(run())
    numbers = f"{statistics.median(ours) * 1e3:.0f} ms of CPU, yardstick {statistics.median(theirs) * 1e3:.0f} ms"
    return Row(what, numbers, ratio_of_pairs(ours, theirs), budget)


def cpu(command: Sequence[str], env: dict[str, str] | None = None) -> float:
    """Seconds of CPU, user and system, of a process from its birth to its end."""
    quiet = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, quiet, stream) for stream in (0, 1, 2)]
    process = os.posix_spawn(command[0], list(command), env or dict(os.environ), file_actions=actions)
    _, _, used = os.wait4(process, 0)
    os.close(quiet)
    return used.ru_utime + used.ru_stime


def cpu_to_question(command: Sequence[str], env: dict[str, str]) -> float:
    """Seconds of CPU of a process in a terminal until its first question stands there; it is killed then.

    Raises AssertionError when no question comes.
    """
    process, terminal = pty.fork()
    if process == 0:
        os.execve(command[0], list(command), env)  # noqa: S606 - the program under measurement
    seen = b""
    end = time.monotonic() + PATIENCE
    while not QUESTION.search(_ESCAPES.sub(b"", seen)):
        ready, _, _ = select.select([terminal], [], [], 1.0)
        if ready:
            block = os.read(terminal, 65536)
            seen += block
            if b"\x1b[6n" in block:
                os.write(terminal, b"\x1b[1;1R")
        assert time.monotonic() < end, f"no question came: {seen!r}"
    # The question line is printed before the keys are; what is drawn below it belongs to the question.
    while select.select([terminal], [], [], 0.3)[0]:
        os.read(terminal, 65536)
    os.kill(process, signal.SIGKILL)
    _, _, used = os.wait4(process, 0)
    os.close(terminal)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    from benchmarks import as_text

    print("\n".join(as_text(measure())))
