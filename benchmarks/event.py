"""One more event in an incident of 10,000 events, against one in an empty incident."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import Row, ratio_of_pairs
from crisiscli.clock import SystemClock
from crisiscli.stores import chain
from crisiscli.stores.base import Entry
from crisiscli.stores.sqlite import SqliteStore

MANY = 10_000
ROUNDS = 300
CLOCK = SystemClock()


def entry(kind: str = "noted") -> Entry:
    """An event as `crisis note` writes it."""
    return Entry(kind, {"text": "Head of branches called, wants posters"}, "p1", CLOCK.now())


def opened(folder: Path, events: int) -> SqliteStore:
    """A store in `folder` with one incident of that many events."""
    store = SqliteStore(folder, "LIVE")
    person = store.person("Ola")
    store.create("amber-heron", "LIVE", "Benchmark", Entry("opened", {"lead": person}, person, CLOCK.now()))
    # One transaction for all: how they came in does not matter to the next one.
    with store.file.writing() as db:
        for _ in range(events):
            chain.add(db, "amber-heron", entry())
    return store


def timed(action: Callable[[], object]) -> float:
    """Seconds of wall clock."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure() -> list[Row]:
    """Appending, with the disk, and reading what is new since."""
    with tempfile.TemporaryDirectory() as name:
        full, empty = opened(Path(name, "full"), MANY), opened(Path(name, "empty"), 0)
        assert len(full.events("amber-heron")) == MANY + 1
        rows = [
            _row("append one event", lambda: full.append("amber-heron", entry()), lambda: _append_fresh(Path(name))),
            _row(
                "read what is new since the last event",
                lambda: full.events("amber-heron", after=MANY + 1 + ROUNDS),
                lambda: empty.events("amber-heron", after=1),
            ),
        ]
        full.close()
        empty.close()
        return rows


_FRESH: dict[Path, SqliteStore] = {}


def _append_fresh(folder: Path) -> None:
    """Appends to an incident that never grows beyond a few hundred events."""
    if folder not in _FRESH:
        _FRESH[folder] = opened(folder / "fresh", 0)
    _FRESH[folder].append("amber-heron", entry())


def _row(what: str, full: Callable[[], object], empty: Callable[[], object]) -> Row:
    ours, theirs = [], []
    full(), empty()
    for _ in range(ROUNDS):
        theirs.append(timed(empty))
        ours.append(timed(full))
    numbers = (
        f"{statistics.median(ours) * 1e3:.2f} ms with {MANY:,} events, {statistics.median(theirs) * 1e3:.2f} without"
    )
    return Row(what, numbers, ratio_of_pairs(ours, theirs), 1.5)


if __name__ == "__main__":
    from benchmarks import as_text

    print("\n".join(as_text(measure())))
