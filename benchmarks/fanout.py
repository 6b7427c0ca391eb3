"""Sending to 100,000 recipients: the dispatch loop against the provider's own loop, and the memory it takes."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from benchmarks import Row
from crisiscli.clock import SystemClock
from crisiscli.config import Config
from crisiscli.config.company import Binding
from crisiscli.dispatch import Desk, Yes, approve, batch, send
from crisiscli.loader import load
from crisiscli.providers import PROVIDERS
from crisiscli.providers.base import Idempotency, Letter, Outcome, Prepared, Settings
from crisiscli.providers.settings import Key
from crisiscli.stores import open_store
from crisiscli.walk.opening import Opening, open_incident

MANY, FEW = 100_000, 1_000
CALLS = (0.0, 0.001)
"""Seconds one call of the provider takes: none at all, and what a mail server in the same building takes."""

RUNBOOK = """\
crisis: 1
id: fan-out
version: 1
title: Fan-out
languages: {must: [en]}
roles:
  lead: {title: Lead, duty: Leads, deputy: other}
  other: {title: Other, duty: Helps, deputy: lead}
audiences:
  customers: {who: Customers, reached_by: [email]}
phases:
  - id: only
    title: Only
    steps:
      - {id: speak, send: [holding]}
messages:
  holding:
    stage: holding
    for: [customers]
    to: [email]
    text:
      email:
        en: {title: A message, body: [{checking: We are looking into it.}]}
"""


class CountingProvider:
    """Takes every letter, says yes, and counts; `pause` is how long each takes, in seconds."""

    name = "counting"
    idempotency: Idempotency = "none"
    rejects_before_accepting = True
    KEYS: ClassVar[tuple[Key, ...]] = ()
    pause = 0.0
    taken = 0

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @staticmethod
    def where(settings: Settings) -> str:
        del settings
        return "nowhere"

    @staticmethod
    def trouble(settings: Settings) -> str:
        del settings
        return ""

    def prepare(self, letter: Letter) -> Prepared:
        return Prepared(letter, "nowhere", letter.text.encode("utf-8"))

    def send(self, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
        for one in prepared:
            if CountingProvider.pause:
                time.sleep(CountingProvider.pause)
            CountingProvider.taken += 1
            yield Outcome(one.letter.dispatch, "sent", proof="taken")

    def reconcile(self, prepared: Prepared) -> Outcome | None:
        del prepared
        return None


def prepared_desk(folder: Path, people: int) -> Desk:
    """An open incident whose holding text is approved for that many recipients."""
    (folder / "runbook.yaml").write_text(RUNBOOK, encoding="utf-8")
    with (folder / "people.csv").open("w", encoding="utf-8") as file:
        file.write("email\n")
        file.writelines(f"person{number}@customers.example\n" for number in range(people))
    PROVIDERS["counting"] = CountingProvider
    config = Config(
        channels={"email": Binding("email", provider="counting")},
        recipients={"customers": {"email": folder / "people.csv"}},
    )
    clock = SystemClock()
    loaded, now = load(folder / "runbook.yaml"), clock.now()
    opening = Opening(
        loaded=loaded,
        layouts={},
        lead="Ola",
        operator="Ola",
        t0=now - timedelta(minutes=5),
        learned=now,
        code="fan-out",
    )
    desk = Desk(open_incident(open_store(folder / "state", "LIVE"), opening, config, clock), config)
    approve(desk, desk.texts("holding"), Yes("Ola", "self"))
    return desk


def peak_memory() -> float:
    """The most memory this process ever held, in MB.

    `ru_maxrss` would not do on Linux: a process inherits there what its parent held when it was started.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def once(people: int, pause: float) -> dict[str, float]:
    """One fan-out in this process: seconds of the loop alone and of the whole, growth and peak of memory in MB."""
    CountingProvider.pause = pause
    with tempfile.TemporaryDirectory() as name:
        desk = prepared_desk(Path(name), people)
        (parcel,) = batch(desk, "holding").parcels
        rendering = parcel.text.rendering
        assert rendering is not None
        provider = CountingProvider({})
        letters = (
            Letter(
                f"msg_{number}", "fan-out", "holding", "holding", "email", "en", "customers", rendering.title,
                rendering.body, rendering.sha256, place.address,
            )
            for number, place in enumerate(parcel.places())
        )  # fmt: skip
        began = time.perf_counter()
        alone = sum(1 for outcome in provider.send(map(provider.prepare, letters)) if outcome.state == "sent")
        loop = time.perf_counter() - began
        before = peak_memory()
        began = time.perf_counter()
        result = send(desk, parcel)
        whole = time.perf_counter() - began
        peak = peak_memory()
        assert alone == result.sent == people, f"{alone} and {result.sent} of {people} went"
        return {"people": people, "loop": loop, "whole": whole, "grown": peak - before, "peak": peak}


def apart(people: int, pause: float) -> dict[str, float]:
    """The same in a process of its own, whose peak of memory is its own."""
    command = [sys.executable, "-m", "benchmarks.fanout", "--one", str(people), str(pause)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=Path(__file__).resolve().parent.parent
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure() -> list[Row]:
    """Rate against the provider loop alone, the cost of one recipient, and memory."""
    few, many = apart(FEW, 0.0), apart(MANY, 0.0)
    slow = apart(FEW * 5, CALLS[1])
    each = (many["whole"] - many["loop"]) / MANY
    rows = [
        Row(
            f"{people:,} recipients, {pause * 1e3:g} ms a call: rate against the provider loop alone",
            f"{found['people'] / found['whole']:,.0f} a second, alone {found['people'] / found['loop']:,.0f}",
            found["loop"] / found["whole"],
            0.5,
            "more",
        )
        for people, pause, found in ((MANY, CALLS[0], many), (FEW * 5, CALLS[1], slow))
    ]
    return [
        *rows,
        Row(
            "what the record costs per recipient",
            f"half the rate from a call of {each * 1e3:.2f} ms on",
            each * 1e3,
            None,
            unit=" ms",
        ),
        Row(
            "growth of the peak of memory while sending, 100,000 against 1,000",
            f"{many['grown']:.1f} MB and {few['grown']:.1f} MB",
            many["grown"] - few["grown"],
            10.0,
            unit=" MB",
        ),
        Row(
            "peak of memory of the whole process, reading the list included",
            f"{many['peak']:.0f} MB and {few['peak']:.0f} MB",
            many["peak"] - few["peak"],
            None,
            unit=" MB",
        ),
    ]


if __name__ == "__main__":
    if "--one" in sys.argv:
        print(json.dumps(once(int(sys.argv[2]), float(sys.argv[3]))))
    else:
        from benchmarks import as_text

        print("\n".join(as_text(measure())))
