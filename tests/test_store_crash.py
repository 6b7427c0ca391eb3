"""Power, disks and rivals: after any death each row is sent, not sent or unknown, and nothing leaves twice.

This file is also the sender that dies: `python test_store_crash.py send FOLDER [WHERE]`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisiscli.errors import FilesUnusable, NotFound
from crisiscli.message import Rendering
from crisiscli.providers.base import Outcome
from crisiscli.stores import alive, open_readonly, open_store, owner
from crisiscli.stores.base import Approval, Dispatch, Entry, Place
from crisiscli.stores.sqlite import SqliteStore

NOW = datetime(2026, 11, 22, 3, 5, tzinfo=UTC)
WORDS = Rendering("holding", "email", "pl", "Sprawdzamy to.", "Ważne")


def entry(kind: str, **data: object) -> Entry:
    return Entry(kind, data, "p1", NOW)


def prepare(folder: Path, rows: int) -> SqliteStore:
    store = SqliteStore(folder, "LIVE")
    store.create("FOX", "LIVE", "t", entry("opened"))
    store.keep("FOX", [WORDS], ["lead"], True, NOW)
    yes = Approval(WORDS.id, WORDS.sha256, "lead", "p2", "self", "p2", NOW)
    store.approve("FOX", [yes], entry("approved"))
    assert store.plan("FOX", WORDS.id, "smtp", (Place("staff", f"u{n}@x.pl") for n in range(rows)), NOW) == rows
    return store


# The sender


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_commit(what: str) -> Callable[[str], None]:
    """Dies when the transaction that moves a row to `what` is about to be committed."""
    moved = False

    def look(statement: str) -> None:
        nonlocal moved
        moved = moved or f"SET state = '{what}'" in statement
        if moved and statement == "COMMIT":
            die()

    return look


def at_statement(number: int) -> Callable[[str], None]:
    """Dies when the n-th statement is about to run."""
    count = 0

    def look(_: str) -> None:
        nonlocal count
        count += 1
        if count == number:
            die()

    return look


def send(folder: Path, where: str = "", number: int = 0, limit: int = 2) -> None:
    """Claims, puts each id on the wire, writes the outcome; until nothing is left, or dead at `where`."""
    wire = os.open(folder / "wire", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    store = SqliteStore(folder, "LIVE")
    me = owner()
    if where == "before claim commits":
        store.file.db.set_trace_callback(at_commit("sending"))
    elif where == "before finish commits":
        store.file.db.set_trace_callback(at_commit("sent"))
    elif where == "statement":
        store.file.db.set_trace_callback(at_statement(number))
    while rows := store.claim("FOX", WORDS.id, me, limit, entry("sending")):
        if where == "after claim":
            die()
        for row in rows:
            os.write(wire, f"{row.id}\n".encode())
        store.finish("FOX", me, [Outcome(row.id, "sent") for row in rows], NOW, entry("went"))
        if where == "after finish":
            die()
    store.close()
    os.close(wire)


def send_at_every_statement(folder: Path) -> None:
    """One fresh copy of the folder for each statement, one forked sender that dies there; prints how many there are."""
    number = 0
    while True:
        number += 1
        copy = folder.parent / f"killed-{number}"
        shutil.copytree(folder, copy)
        child = os.fork()
        if not child:
            send(copy, "statement", number)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            shutil.rmtree(copy)
            print(number - 1)
            return


def start(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, *map(str, arguments[:1]), str(folder), *map(str, arguments[1:])]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ran(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, _ = process.communicate(timeout=60)
    return process.returncode, out


def wire(folder: Path) -> Counter[str]:
    path = folder / "wire"
    return Counter(path.read_text(encoding="ascii").split()) if path.exists() else Counter()


def swept(rows: list[Dispatch]) -> Entry:
    return entry("swept", rows=[row.id for row in rows])


def check_and_settle(folder: Path, rows: int) -> list[str]:
    """What must hold after any death; then a person looks at the wire and says what they saw. The states found."""
    store = SqliteStore(folder, "LIVE")
    before = {row.id: row.state for row in store.dispatches("FOX")}
    lost = store.sweep("FOX", alive, swept)
    found = {row.id: row.state for row in store.dispatches("FOX")}
    out = wire(folder)
    assert {row.id for row in lost} == {name for name, state in before.items() if state == "sending"}
    assert len(found) == rows
    for name, state in found.items():
        assert state in ("approved", "sent", "unknown")
        assert out[name] <= 1
        assert (state, out[name]) not in (("approved", 1), ("sent", 0))
    assert store.verify("FOX") == []
    for name, state in found.items():
        if state == "unknown":
            seen = "sent" if out[name] else "approved"
            store.settle("FOX", [name], seen, "looked", entry("settled"))  # type: ignore[arg-type]
    store.close()
    return sorted(found.values())


@pytest.mark.parametrize(
    ("where", "states", "out"),
    [
        ("before claim commits", ["approved"] * 4, 0),
        ("after claim", ["approved"] * 2 + ["unknown"] * 2, 0),
        ("before finish commits", ["approved"] * 2 + ["unknown"] * 2, 2),
        ("after finish", ["approved"] * 2 + ["sent"] * 2, 2),
    ],
)
def test_killed_at_a_named_point(tmp_path: Path, where: str, states: list[str], out: int) -> None:
    prepare(tmp_path, 4).close()
    assert ran(start("send", where, folder=tmp_path))[0] == -signal.SIGKILL
    assert wire(tmp_path).total() == out
    assert check_and_settle(tmp_path, 4) == states
    assert ran(start("send", folder=tmp_path))[0] == 0
    assert sorted(wire(tmp_path).values()) == [1] * 4


def test_killed_at_every_statement(tmp_path: Path) -> None:
    prepare(tmp_path / "fresh", 3).close()
    status, out = ran(start("every", folder=tmp_path / "fresh"))
    assert status == 0
    killed = sorted(tmp_path.glob("killed-*"))
    assert len(killed) == int(out) > 30
    seen: Counter[str] = Counter()
    for folder in killed:
        seen.update(check_and_settle(folder, 3))
        send(folder)
        assert sorted(wire(folder).values()) == [1] * 3
    assert set(seen) == {"approved", "sent", "unknown"}


def test_killed_at_random_inside_the_disks_own_work(tmp_path: Path) -> None:
    """The sender is killed from outside, after a random number of rows have left: mostly inside a commit."""
    rows, seed = 120, 20261122
    chance = random.Random(seed)
    prepare(tmp_path, rows).close()
    kills = 0
    while True:
        process = start("send one by one", folder=tmp_path)
        target = wire(tmp_path).total() + chance.randint(1, 20)
        spins = chance.randint(0, 3000)
        while process.poll() is None and wire(tmp_path).total() < target:
            pass
        for _ in range(spins):
            process.poll()
        process.kill()
        status, _ = ran(process)
        states = check_and_settle(tmp_path, rows)
        if status == 0:
            break
        assert states.count("unknown") <= 1
        kills += 1
    assert kills >= 5
    assert sorted(wire(tmp_path).values()) == [1] * rows


def test_rivals_never_claim_the_same_row(tmp_path: Path) -> None:
    prepare(tmp_path, 200).close()
    rivals = [start("rival", folder=tmp_path) for _ in range(3)]
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    shares = [out.split() for status, out in map(ran, rivals) if status == 0]
    assert len(shares) == 3
    assert len(set().union(*shares)) == sum(map(len, shares)) == 200
    store = open_store(tmp_path, "LIVE")
    assert store.tally("FOX") == {WORDS.id: {"sent": 200}}
    assert store.verify("FOX") == []
    store.close()


def rival(folder: Path) -> None:
    store = SqliteStore(folder, "LIVE")
    me = owner()
    print("ready", flush=True)
    sys.stdin.readline()
    while rows := store.claim("FOX", WORDS.id, me, 7, entry("sending")):
        print(*[row.id for row in rows], flush=True)
        store.finish("FOX", me, [Outcome(row.id, "sent") for row in rows], NOW, None)
    store.close()


def test_many_may_open_a_new_folder_at_once(tmp_path: Path) -> None:
    rivals = [start("open", folder=tmp_path / "state") for _ in range(4)]
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    assert [ran(rival)[0] for rival in rivals] == [0] * 4
    store = open_store(tmp_path / "state", "LIVE")
    assert len(store.headings()) == 4
    store.close()


def opened(folder: Path) -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    store = SqliteStore(folder, "LIVE")
    store.create(f"FOX-{os.getpid()}", "LIVE", "t", entry("opened"))
    store.close()


# Disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB; skipped where this user may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"cannot mount a small disk: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        # Lazily: a test that failed may still hold the file open.
        subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path) -> Path:
    """Takes the last byte of a disk."""
    ballast = disk / "somebody-elses-film"
    with pytest.raises(OSError, match="No space left"), ballast.open("ab", buffering=0) as film:
        while True:
            film.write(b"x" * 4096)
    return ballast


def test_a_full_disk_keeps_what_is_out(small_disk: Path) -> None:
    store = prepare(small_disk / "state", 12)
    me = owner()
    first = store.claim("FOX", WORDS.id, me, 4, None)
    second = store.claim("FOX", WORDS.id, me, 4, None)
    film = fill(small_disk)
    before = store.events("FOX")
    for work in (
        lambda: store.append("FOX", entry("note", text="x" * 5000)),
        lambda: store.claim("FOX", WORDS.id, me, 4, entry("sending")),
    ):
        with pytest.raises(FilesUnusable, match="disk is full") as caught:
            work()
        assert str(small_disk) in caught.value.where
        assert caught.value.public.startswith("Nothing was sent")
    assert store.events("FOX") == before
    assert store.tally("FOX") == {WORDS.id: {"sending": 8, "approved": 4}}

    assert store.file.reserve.exists()
    store.finish("FOX", me, [Outcome(row.id, "sent", proof="y" * 3000) for row in first], NOW, entry("went"))
    assert not store.file.reserve.exists()
    assert store.tally("FOX") == {WORDS.id: {"sending": 4, "sent": 4, "approved": 4}}

    fill(small_disk)
    with pytest.raises(FilesUnusable, match="disk is full") as caught:
        store.finish("FOX", me, [Outcome(row.id, "sent", proof="y" * 3000) for row in second], NOW, entry("went"))
    assert "may be out" in caught.value.public
    assert store.tally("FOX") == {WORDS.id: {"sending": 4, "sent": 4, "approved": 4}}

    film.unlink()
    assert len(store.sweep("FOX", lambda name: name != me, swept)) == 4
    assert store.tally("FOX") == {WORDS.id: {"unknown": 4, "sent": 4, "approved": 4}}
    assert store.verify("FOX") == []
    store.close()
    again = open_store(small_disk / "state", "LIVE")
    assert store.file.reserve.exists()
    again.close()


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    store = prepare(tmp_path, 2)
    rows = store.claim("FOX", WORDS.id, owner(), 2, None)
    pages = store.file.db.execute("PRAGMA page_count").fetchone()[0]
    store.file.db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(FilesUnusable, match="disk is full") as caught:
        store.finish("FOX", rows[0].owner, [Outcome(rows[0].id, "sent", proof="y" * 50_000)], NOW, None)
    assert "may be out" in caught.value.public
    assert caught.value.exit_code == 3
    assert not store.file.reserve.exists()
    assert store.tally("FOX") == {WORDS.id: {"sending": 2}}
    store.finish("FOX", rows[0].owner, [Outcome(rows[0].id, "sent")], NOW, None)
    store.close()


def test_a_disk_that_turned_read_only_can_still_be_read(small_disk: Path) -> None:
    store = prepare(small_disk / "state", 2)
    events = store.events("FOX")
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    reader = open_readonly(small_disk / "state", "LIVE")
    assert reader.events("FOX") == events
    assert [heading.code for heading in reader.headings()] == ["FOX"]
    assert reader.verify("FOX") == []
    with pytest.raises(FilesUnusable, match="cannot be written"):
        reader.append("FOX", entry("note"))
    reader.close()
    with pytest.raises(FilesUnusable, match="cannot be written") as caught:
        open_store(small_disk / "state", "LIVE")
    assert str(small_disk) in caught.value.where
    with pytest.raises(FilesUnusable, match="cannot be written"):
        open_store(small_disk / "new", "DRILL")
    with pytest.raises(NotFound):
        open_readonly(small_disk / "state", "DRILL")


if __name__ == "__main__":
    role, place, *more = sys.argv[1:]
    {
        "send": lambda: send(Path(place), *more),
        "send one by one": lambda: send(Path(place), limit=1),
        "every": lambda: send_at_every_statement(Path(place)),
        "rival": lambda: rival(Path(place)),
        "open": lambda: opened(Path(place)),
    }[role]()
