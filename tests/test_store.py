"""The store: what it keeps, what it refuses, and how much work each call is."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisiscli.errors import FilesUnusable, NotFound, Refused
from crisiscli.incident import stamp
from crisiscli.incident.event import FIRST
from crisiscli.message import Rendering
from crisiscli.providers.base import Outcome
from crisiscli.stores import STORES, alive, chain, open_readonly, open_store, owner
from crisiscli.stores.base import Approval, Dispatch, Entry, Place
from crisiscli.stores.destination import dispatch_id, recipient_id, same_address
from crisiscli.stores.owner import start_elsewhere
from crisiscli.stores.sqlite import SqliteStore

NOW = datetime(2026, 11, 22, 3, 5, tzinfo=UTC)
WORDS = Rendering("holding", "email", "pl", "Sprawdzamy to.", "Ważne", "p1", ("is_attack",))
BANNER = Rendering("holding", "website", "pl", "Sprawdzamy to.")


def entry(kind: str, at: datetime = NOW, **data: object) -> Entry:
    return Entry(kind, data, "p1", at)


def yes(rendering: Rendering, role: str = "lead", person: str = "p2") -> Approval:
    return Approval(rendering.id, rendering.sha256, role, person, "phone", "p1", NOW, "M1-B7K2", "+48 22 1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "state", "LIVE")
    opened.create("AMBER-FOX", "LIVE", "Erroneous mass message", entry("opened", plan={"steps": [1, 2]}))
    yield opened
    opened.close()


def approved(store: SqliteStore, rendering: Rendering, *places: Place) -> Rendering:
    store.keep("AMBER-FOX", [rendering], ["lead"], True, NOW)
    store.approve("AMBER-FOX", [yes(rendering)], entry("approved"))
    assert store.plan("AMBER-FOX", rendering.id, "smtp", places or [Place("everyone")], NOW) == len(places or [1])
    return rendering


def states(store: SqliteStore, rendering: Rendering) -> list[str]:
    return [row.state for row in store.dispatches("AMBER-FOX", rendering.id)]


def finish(store: SqliteStore, me: str, state: str, *rows: Dispatch) -> None:
    store.finish("AMBER-FOX", me, [Outcome(row.id, state) for row in rows], NOW, None)


def claim(store: SqliteStore, rendering: Rendering, me: str, limit: int = 1) -> list[Dispatch]:
    return store.claim("AMBER-FOX", rendering.id, me, limit, None)


# Files


def test_files_are_the_owners_alone_and_modes_do_not_share(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "state"
    live, drill = open_store(folder, "LIVE"), open_store(folder, "DRILL")
    live.create("FOX", "LIVE", "t", entry("opened"))
    drill.create("FOX", "DRILL", "t", entry("opened"))
    assert [(h.mode, h.code) for h in live.headings()] == [("LIVE", "FOX")]
    with pytest.raises(Refused):
        live.create("OWL", "DRILL", "t", entry("opened"))
    live.close()
    drill.close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert found == dict.fromkeys(["live.db", "live.reserve", "drill.db", "drill.reserve"], 0o600)
    (folder / "drill.db").replace(folder / "live.db")
    with pytest.raises(FilesUnusable, match="no LIVE record"):
        open_store(folder, "LIVE")


def test_the_file_is_as_durable_as_the_promise_needs(store: SqliteStore) -> None:
    settings = {name: store.file.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert settings == {"journal_mode": "delete", "synchronous": 3}
    assert store.file.db.execute("PRAGMA foreign_keys").fetchone() == (1,)


def broken_newer(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()


def broken_foreign(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE other (x)")
    db.close()


def broken_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:12288] = os.urandom(4096)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (broken_newer, "newer crisis"),
        (broken_foreign, "no record of crisis|no LIVE record"),
        (broken_middle, "damaged"),
        (lambda path: path.write_bytes(b""), "cut off"),
        (lambda path: path.write_bytes(b"not a database at all" * 500), "no record of crisis"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged"),
    ],
)
def test_a_file_it_cannot_trust_is_named_and_left_alone(
    tmp_path: Path, harm: Callable[[Path], object], says: str
) -> None:
    store = open_store(tmp_path, "LIVE")
    store.create("FOX", "LIVE", "t", entry("opened", text="x" * 20_000))
    store.close()
    harm(tmp_path / "live.db")
    before = (tmp_path / "live.db").read_bytes()
    with pytest.raises(FilesUnusable, match=says) as caught:
        open_store(tmp_path, "LIVE")
    assert str(tmp_path) in caught.value.where
    assert caught.value.public == "Nothing was sent."
    assert caught.value.then
    assert (tmp_path / "live.db").read_bytes() == before


def test_an_empty_file_without_a_past_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "live.db").touch()
    store = open_store(tmp_path, "LIVE")
    assert store.headings() == []
    store.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(FilesUnusable, match="cannot be written") as caught:
        open_store(tmp_path / "file" / "state", "LIVE")
    assert str(tmp_path / "file" / "state") in caught.value.where
    (tmp_path / "live.db").mkdir()
    with pytest.raises(FilesUnusable, match="something else"):
        open_store(tmp_path, "LIVE")


def test_a_writer_that_does_not_let_go_is_said_so(store: SqliteStore) -> None:
    other = sqlite3.connect(store.file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    hasty = SqliteStore(store.file.folder, "LIVE", patience=0.01)
    with pytest.raises(FilesUnusable, match="Another crisis is writing"):
        hasty.append("AMBER-FOX", entry("note"))
    assert len(hasty.events("AMBER-FOX")) == 1
    other.execute("ROLLBACK")
    other.close()
    hasty.append("AMBER-FOX", entry("note"))
    hasty.close()


def test_reading_alone_never_makes_or_changes_a_file(store: SqliteStore, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_readonly(tmp_path / "nowhere", "LIVE")
    assert not (tmp_path / "nowhere").exists()
    reader = open_readonly(store.file.folder, "LIVE")
    assert reader.headings() == store.headings()
    assert reader.events("AMBER-FOX") == store.events("AMBER-FOX")
    with pytest.raises(FilesUnusable, match="cannot be written"):
        reader.append("AMBER-FOX", entry("note"))
    reader.close()


def test_the_label_opens_the_same_store(store: SqliteStore) -> None:
    again = STORES["sqlite"](store.file.folder, "LIVE")
    assert again.headings() == store.headings()
    again.close()


# Events


def test_events_come_back_as_they_were_written(store: SqliteStore) -> None:
    data = {"ż": "🦊 \x1b]52;c;x\x07", "n": 2**53 - 1, "b": True, "none": None, "list": [{"a": "1\x00"}]}
    written = store.append("AMBER-FOX", entry("note", **data))
    first, second = store.events("AMBER-FOX")
    assert (first.seq, first.prev, second.prev) == (1, FIRST, first.hash)
    assert second == written
    assert second.data == data
    assert store.events("AMBER-FOX", after=1) == [second]
    assert store.events("NOBODY") == []


@pytest.mark.parametrize(
    ("value", "says"), [(float("nan"), "cannot be kept"), (2**60, "cannot be kept"), ("\ud800", "surrogates|kept")]
)
def test_what_json_cannot_hold_is_not_kept(store: SqliteStore, value: object, says: str) -> None:
    data = {"x": value}
    with pytest.raises(ValueError, match=says):
        store.append("AMBER-FOX", entry("note", **data))
    assert len(store.events("AMBER-FOX")) == 1
    store.append("AMBER-FOX", entry("note"))


def test_a_clock_that_jumps_back_keeps_the_order(store: SqliteStore) -> None:
    early = NOW - timedelta(hours=3, microseconds=400)
    store.append("AMBER-FOX", entry("note", early))
    store.append("AMBER-FOX", entry("note", NOW))
    events = store.events("AMBER-FOX")
    assert [event.at for event in events] == [NOW, NOW, NOW]
    said = [event.data.get("clock_said") for event in events]
    assert said == [None, stamp(NOW - timedelta(hours=3, milliseconds=1)), None]
    assert store.verify("AMBER-FOX") == []


def test_headings_follow_the_chain(store: SqliteStore) -> None:
    store.create("BLUE-OWL", "LIVE", "Outage", entry("opened", NOW - timedelta(days=1)))
    store.append("AMBER-FOX", entry("ended"))
    assert [(h.code, h.ended) for h in store.headings()] == [("BLUE-OWL", False), ("AMBER-FOX", True)]
    store.append("AMBER-FOX", entry("note"))
    assert store.headings()[1].ended
    store.append("AMBER-FOX", entry("reopened_incident"))
    heading = store.headings()[1]
    assert (heading.title, heading.opened, heading.ended) == ("Erroneous mass message", NOW, False)
    with pytest.raises(Refused, match="taken"):
        store.create("amber-fox", "LIVE", "t", entry("opened"))
    with pytest.raises(NotFound):
        store.append("NOBODY", entry("note"))


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE event SET data = replace(data, 'one', 'two') WHERE seq = 2",
        "UPDATE event SET at = '2026-11-22T03:05:00.001Z' WHERE seq = 2",
        "UPDATE event SET actor = 'p9' WHERE seq = 3",
        "UPDATE event SET data = 'broken' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event WHERE seq = 1",
        "DELETE FROM event",
        "UPDATE event SET seq = CASE seq WHEN 2 THEN 13 WHEN 3 THEN 2 ELSE seq END WHERE seq IN (2, 3)",
        "INSERT INTO event SELECT incident, 5, at, actor, kind, data, prev, hash FROM event WHERE seq = 4",
    ],
)
def test_a_chain_somebody_worked_on_does_not_verify(store: SqliteStore, harm: str) -> None:
    for text in ("one", "three", "four"):
        store.append("AMBER-FOX", entry("note", text=text))
    assert store.verify("AMBER-FOX") == []
    rules = store.file.db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in rules:
        store.file.db.execute(f"DROP TRIGGER {name}")
    store.file.db.execute("PRAGMA foreign_keys=OFF")
    store.file.db.execute(harm)
    for _, sql in rules:
        store.file.db.execute(sql)
    found = store.verify("AMBER-FOX")
    assert found
    assert all(re.search(r"[Ee]vent", line) for line in found)


def test_verify_names_words_approvals_and_rules_that_were_touched(store: SqliteStore) -> None:
    approved(store, WORDS)
    approved(store, BANNER)
    for rule in ("rendering_update", "approval_delete"):
        store.file.db.execute(f"DROP TRIGGER {rule}")
    store.file.db.execute("UPDATE rendering SET body = 'Nothing happened.' WHERE channel = 'email'")
    store.file.db.execute("DELETE FROM approval WHERE n = 2")
    found = store.verify("AMBER-FOX")
    assert len(found) == 4
    for part in (
        WORDS.id,
        f"{BANNER.id} stand as approved without a yes from lead",
        "approval_delete",
        "rendering_upd",
    ):
        assert any(part in line for line in found)
    with pytest.raises(Refused, match="file was changed"):
        claim(store, WORDS, owner())
    with pytest.raises(Refused, match="needs a yes from lead"):
        claim(store, BANNER, owner())
    with pytest.raises(NotFound):
        store.verify("NOBODY")


def steps(store: SqliteStore, work: Callable[[], object]) -> tuple[int, list[str]]:
    """How many instructions SQLite ran for a piece of work, and the statements it ran."""
    count = 0
    seen: list[str] = []

    def tick() -> None:
        nonlocal count
        count += 1

    store.file.db.set_progress_handler(tick, 1)
    store.file.db.set_trace_callback(seen.append)
    try:
        work()
    finally:
        store.file.db.set_progress_handler(None, 0)
        store.file.db.set_trace_callback(None)
    return count, [text for text in seen if not text.startswith("--")]


def test_one_more_event_is_the_same_work_after_ten_thousand(store: SqliteStore) -> None:
    def more() -> None:
        store.append("AMBER-FOX", entry("note", text="x"))

    more()
    few, statements = steps(store, more)
    with store.file.writing() as db:
        for _ in range(10_000):
            chain.add(db, "AMBER-FOX", entry("note", text="x"))
    many, _ = steps(store, more)
    assert few
    assert many <= few * 1.1
    plans = [
        row[3]
        for text in statements
        if text.startswith(("SELECT", "INSERT"))
        for row in store.file.db.execute(f"EXPLAIN QUERY PLAN {text}")
    ]
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN")]


# People


def test_a_person_is_one_id_until_erased(store: SqliteStore) -> None:
    ann = store.person("  Ann   Nowak ")
    assert store.person("ann nowak") == ann == "p1"
    assert store.person("Łukasz") == "p2"
    store.append("AMBER-FOX", entry("role_taken", person=ann))
    store.erase(ann)
    assert store.names() == {"p1": "(erased)", "p2": "Łukasz"}
    assert store.person("Ann Nowak") == "p3"
    assert store.verify("AMBER-FOX") == []
    with pytest.raises(NotFound):
        store.erase("p99")
    with pytest.raises(Refused):
        store.person(" \t")


def test_an_erased_name_is_not_in_the_file(store: SqliteStore) -> None:
    person = store.person("Wilhelmina Brzęczyszczykiewicz")
    assert b"Wilhelmina" in store.file.path.read_bytes()
    store.erase(person)
    assert b"Wilhelmina" not in store.file.path.read_bytes()
    assert b"wilhelmina" not in store.file.path.read_bytes()


# Words and approvals


def test_words_come_back_byte_for_byte(store: SqliteStore) -> None:
    odd = Rendering("light", "x", "pl", "a\r\nb\u2028\u202e🦊\x00 ", "", "p1", ("a", "b"))
    store.keep("AMBER-FOX", [WORDS, BANNER, odd], ["lead", "legal", "lead"], True, NOW)
    store.keep("AMBER-FOX", [WORDS], ["legal"], False, NOW)
    for words in (WORDS, BANNER, odd):
        assert store.rendering("AMBER-FOX", words.id) == words
    with pytest.raises(NotFound):
        store.rendering("AMBER-FOX", "holding/x/pl@0")


def test_the_same_words_never_come_to_need_more_or_mean_other(store: SqliteStore) -> None:
    store.keep("AMBER-FOX", [WORDS], ["lead"], False, NOW)
    with pytest.raises(Refused, match="cannot need legal"):
        store.keep("AMBER-FOX", [WORDS], ["lead", "legal"], False, NOW)
    with pytest.raises(Refused, match="second person"):
        store.keep("AMBER-FOX", [WORDS], ["lead"], True, NOW)
    with pytest.raises(Refused, match="Other words"):
        store.keep("AMBER-FOX", [replace(WORDS, title=None, body=WORDS.text)], ["lead"], False, NOW)
    with pytest.raises(Refused, match="No role"):
        store.keep("AMBER-FOX", [BANNER], [], False, NOW)
    with pytest.raises(NotFound):
        store.keep("NOBODY", [BANNER], ["lead"], False, NOW)


def test_every_role_must_approve_exactly_these_bytes(store: SqliteStore) -> None:
    store.keep("AMBER-FOX", [WORDS], ["lead", "legal"], True, NOW)
    for wrong, says in (
        (replace(yes(WORDS), sha256=BANNER.sha256), "other words"),
        (replace(yes(WORDS), rendering=BANNER.id), "no words"),
        (yes(WORDS, person="p1"), "cannot be the one"),
    ):
        with pytest.raises(Refused, match=says):
            store.approve("AMBER-FOX", [yes(WORDS), wrong], entry("approved"))
    assert store.approvals("AMBER-FOX") == []
    assert len(store.events("AMBER-FOX")) == 1
    with pytest.raises(Refused, match="needs a yes from lead, legal"):
        store.plan("AMBER-FOX", WORDS.id, "smtp", [Place("everyone")], NOW)
    event = store.approve("AMBER-FOX", [yes(WORDS)], entry("approved", tag="M1-B7K2"))
    assert (event.seq, event.kind) == (2, "approved")
    with pytest.raises(Refused, match="needs a yes from legal"):
        store.plan("AMBER-FOX", WORDS.id, "smtp", [Place("everyone")], NOW)
    store.approve("AMBER-FOX", [yes(WORDS, "legal", "p3")], entry("approved"))
    assert store.approvals("AMBER-FOX") == [yes(WORDS), yes(WORDS, "legal", "p3")]
    assert store.plan("AMBER-FOX", WORDS.id, "smtp", [Place("everyone")], NOW) == 1
    assert store.dispatches("AMBER-FOX")[0].state == "approved"


def test_the_author_may_approve_when_two_eyes_are_enough(store: SqliteStore) -> None:
    store.keep("AMBER-FOX", [WORDS], ["lead"], False, NOW)
    store.approve("AMBER-FOX", [yes(WORDS, person="p1")], entry("approved"))
    assert store.plan("AMBER-FOX", WORDS.id, "smtp", [Place("everyone")], NOW) == 1


# The send record


def test_the_legal_walk(store: SqliteStore) -> None:
    approved(store, WORDS, Place("staff", "a@x.pl", "A"), Place("staff", "b@x.pl"), Place("staff", "c@x.pl"))
    me = owner()
    rows = store.claim("AMBER-FOX", WORDS.id, me, 2, entry("sending", rows=3))
    assert [(row.address, row.state, row.owner, row.attempt) for row in rows] == [
        ("a@x.pl", "sending", me, 1),
        ("b@x.pl", "sending", me, 1),
    ]
    assert rows[0].id == dispatch_id("AMBER-FOX", WORDS.id, "staff", "a@x.pl")
    assert (rows[0].sha256, rows[0].provider) == (WORDS.sha256, "smtp")
    assert (rows[0].recipient, rows[0].changed) == (recipient_id("AMBER-FOX", "a@x.pl"), "2026-11-22T03:05:00.000Z")
    outcomes = [Outcome(rows[0].id, "sent", proof="250 ok"), Outcome(rows[1].id, "failed", "permanent", "no such box")]
    store.finish("AMBER-FOX", me, outcomes, NOW, entry("went"))
    store.finish("AMBER-FOX", me, outcomes, NOW, None)
    assert store.tally("AMBER-FOX") == {WORDS.id: {"sent": 1, "failed": 1, "approved": 1}}
    assert store.dispatches("AMBER-FOX", state="sent")[0].proof == "250 ok"
    assert store.dispatches("AMBER-FOX", WORDS.id, "failed")[0].detail == "no such box"
    assert store.dispatches("AMBER-FOX", BANNER.id) == []
    assert [event.kind for event in store.events("AMBER-FOX")] == ["opened", "approved", "sending", "went"]
    assert store.verify("AMBER-FOX") == []


def test_what_is_sent_is_never_claimed_again(store: SqliteStore) -> None:
    places = [Place("staff", "a@x.pl")]
    approved(store, WORDS, *places)
    me = owner()
    finish(store, me, "sent", *claim(store, WORDS, me))
    store.approve("AMBER-FOX", [yes(WORDS)], entry("approved"))
    again = [Place("staff", "a@X.PL"), Place("customers", " a@x.pl ")]
    assert store.plan("AMBER-FOX", WORDS.id, "manual", again, NOW) == 0
    assert claim(store, WORDS, me, 5) == []
    assert states(store, WORDS) == ["sent"]


def test_claiming_nothing_writes_nothing(store: SqliteStore) -> None:
    approved(store, WORDS)
    before = len(store.events("AMBER-FOX"))
    assert store.claim("AMBER-FOX", WORDS.id, owner(), 0, entry("sending")) == []
    assert len(store.events("AMBER-FOX")) == before
    for wrong in ("", "person"):
        with pytest.raises(ValueError, match="cannot send"):
            claim(store, WORDS, wrong)
    with pytest.raises(NotFound):
        claim(store, BANNER, owner())


def test_what_failed_goes_again_only_under_a_newer_yes(store: SqliteStore) -> None:
    approved(store, WORDS, Place("staff", "a@x.pl"), Place("staff", "b@x.pl"))
    me = owner()
    finish(store, me, "failed", *claim(store, WORDS, me, 2))
    both = [Place("staff", "a@x.pl"), Place("staff", "b@x.pl")]
    assert store.plan("AMBER-FOX", WORDS.id, "smtp", both, NOW) == 0
    back = replace(yes(WORDS), at=NOW - timedelta(days=1))
    store.approve("AMBER-FOX", [back], entry("approved"))
    assert store.plan("AMBER-FOX", WORDS.id, "manual", both[:1], NOW) == 1
    assert states(store, WORDS) == ["approved", "failed"]
    (row,) = claim(store, WORDS, me, 5)
    assert (row.attempt, row.provider, row.kind) == (2, "manual", "")


def test_a_row_between_two_others_is_claimed_once(store: SqliteStore) -> None:
    places = [Place("staff", f"{name}@x.pl") for name in "abc"]
    approved(store, WORDS, *places)
    me = owner()
    first, second = claim(store, WORDS, me, 2)
    finish(store, me, "failed", first)
    store.approve("AMBER-FOX", [yes(WORDS)], entry("approved"))
    store.plan("AMBER-FOX", WORDS.id, "smtp", places, NOW)
    rows = claim(store, WORDS, me, 2)
    assert [row.address for row in rows] == ["a@x.pl", "c@x.pl"]
    assert second.id not in {row.id for row in rows}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Ann@Example.PL", " Ann@example.pl", True),
        ("ann@x.pl", "Ann@x.pl", False),
        ("+48 600 100-200", "0048600100200", True),
        ("600 100 200", "+48600100200", False),
        ("caf\u00e9@x.pl", "cafe\u0301@x.pl", True),
        ("---", "()", False),
        ("U012AB", "u012ab", False),
    ],
)
def test_when_two_addresses_are_one(one: str, two: str, same: bool) -> None:
    assert (same_address(one) == same_address(two)) is same
    assert (dispatch_id("I", "r", "a", one) == dispatch_id("I", "r", "a", two)) is same
    assert re.fullmatch("msg_[0-9a-f]{26}", dispatch_id("I", "r", "a", one))


def test_a_list_is_streamed_and_meets_everybody_once(store: SqliteStore) -> None:
    seen = 0

    def places() -> Iterator[Place]:
        nonlocal seen
        for number in range(2500):
            seen += 1
            yield Place("staff", f"u{number % 2000}@x.pl", f"User {number}")

    store.keep("AMBER-FOX", [WORDS], ["lead"], True, NOW)
    store.approve("AMBER-FOX", [yes(WORDS)], entry("approved"))
    assert store.plan("AMBER-FOX", WORDS.id, "smtp", places(), NOW) == 2000
    assert seen == 2500
    assert [row.address for row in claim(store, WORDS, owner(), 3)] == ["u0@x.pl", "u1@x.pl", "u2@x.pl"]

    def torn() -> Iterator[Place]:
        yield Place("late", "new@x.pl")
        raise ValueError("line 2 is no address")

    with pytest.raises(ValueError, match="line 2"):
        store.plan("AMBER-FOX", WORDS.id, "smtp", torn(), NOW)
    assert store.tally("AMBER-FOX") == {WORDS.id: {"approved": 1997, "sending": 3}}


def test_the_work_of_a_call_does_not_grow_with_the_list(tmp_path: Path) -> None:
    work: dict[int, list[int]] = {}
    for size in (40, 1200):
        store = SqliteStore(tmp_path / str(size), "LIVE")
        store.create("AMBER-FOX", "LIVE", "t", entry("opened"))
        approved(store, WORDS, *[Place("staff", f"u{number}@x.pl") for number in range(size)])
        me = owner()
        rows: list[Dispatch] = []
        counts = [steps(store, lambda: rows.extend(claim(store, WORDS, me, 8)))[0]]  # noqa: B023
        counts.append(steps(store, lambda: finish(store, me, "sent", *rows[:7]))[0])  # noqa: B023
        counts.append(steps(store, lambda: store.dispatches("AMBER-FOX", state="sending"))[0])  # noqa: B023
        counts.append(steps(store, lambda: store.sweep("AMBER-FOX", lambda _: False, lambda _: entry("swept")))[0])  # noqa: B023
        counts.append(steps(store, lambda: store.settle("AMBER-FOX", [rows[7].id], "sent", "", entry("settled")))[0])  # noqa: B023
        more = [Place("staff", f"more{number}@x.pl") for number in range(10)]
        counts.append(steps(store, lambda: store.plan("AMBER-FOX", WORDS.id, "smtp", more, NOW))[0])  # noqa: B023
        work[size] = counts
        store.close()
    for few, many in zip(work[40][:-1], work[1200][:-1], strict=True):
        assert 0 < many <= few * 1.25
    # The count of what waits is read from the index: a few instructions for each row.
    assert work[1200][-1] < work[40][-1] + 7 * 1200


def test_an_owner_writes_only_its_own_rows(store: SqliteStore) -> None:
    approved(store, WORDS, Place("staff", "a@x.pl"), Place("staff", "b@x.pl"))
    me, other = owner(), owner()
    (mine,) = claim(store, WORDS, me)
    (theirs,) = claim(store, WORDS, other)
    with pytest.raises(Refused, match=theirs.id) as caught:
        store.finish("AMBER-FOX", me, [Outcome(mine.id, "sent"), Outcome(theirs.id, "sent")], NOW, entry("went"))
    assert "may be out" in caught.value.public
    assert states(store, WORDS) == ["sent", "sending"]
    assert store.events("AMBER-FOX")[-1].kind == "went"


def test_handed_words_move_by_a_persons_word_alone(store: SqliteStore) -> None:
    approved(store, BANNER, Place("everyone"))
    me = owner()
    (row,) = claim(store, BANNER, me)
    with pytest.raises(Refused, match="being sent right now"):
        store.settle("AMBER-FOX", [row.id], "unknown", "", entry("settled"))
    with pytest.raises(Refused, match="not in your hands"):
        store.hand("AMBER-FOX", row.id, owner(), {"to": "Telco"}, entry("handed"))
    store.hand("AMBER-FOX", row.id, me, {"to": "Telco desk", "back": "03:20"}, entry("handed"))
    (row,) = store.dispatches("AMBER-FOX", state="sending")
    assert (row.owner, row.handed) == ("person", '{"back":"03:20","to":"Telco desk"}')
    for wrong in (me, "person"):
        with pytest.raises(Refused, match=row.id):
            finish(store, wrong, "sent", row)
    assert store.sweep("AMBER-FOX", lambda _: False, lambda _: entry("swept")) == []
    with pytest.raises(Refused, match="cannot become retracted"):
        store.settle("AMBER-FOX", [row.id], "retracted", "", entry("settled"))
    store.settle("AMBER-FOX", [row.id], "sent", "rang it", entry("settled"))
    assert [(r.state, r.proof) for r in store.dispatches("AMBER-FOX")] == [("sent", "rang it")]
    with pytest.raises(Refused, match="stays"):
        store.settle("AMBER-FOX", [row.id], "failed", "", entry("settled"))


def test_declined_words_can_be_handed_to_the_next(store: SqliteStore) -> None:
    approved(store, BANNER, Place("everyone"))
    me = owner()
    (row,) = claim(store, BANNER, me)
    store.hand("AMBER-FOX", row.id, me, {"to": "Telco"}, entry("handed"))
    store.settle("AMBER-FOX", [row.id], "approved", "they said no", entry("settled"))
    (again,) = claim(store, BANNER, me)
    assert (again.owner, again.handed, again.attempt, again.proof) == (me, "", 2, "")
    store.hand("AMBER-FOX", row.id, me, {"to": "the branch"}, entry("handed"))
    assert store.verify("AMBER-FOX") == []


def test_unknown_is_settled_all_or_none(store: SqliteStore) -> None:
    approved(store, WORDS, *[Place("staff", f"{name}@x.pl") for name in "abcd"])
    me = owner()
    rows = claim(store, WORDS, me, 3)
    finish(store, me, "unknown", *rows)
    waiting = store.dispatches("AMBER-FOX", state="approved")[0]
    with pytest.raises(Refused, match="nothing has left"):
        store.settle("AMBER-FOX", [rows[0].id, waiting.id], "sent", "", entry("settled"))
    with pytest.raises(NotFound):
        store.settle("AMBER-FOX", [rows[0].id, "msg_0"], "sent", "", entry("settled"))
    assert states(store, WORDS) == ["unknown"] * 3 + ["approved"]
    store.settle("AMBER-FOX", [rows[0].id], "sent", "saw it", entry("settled"))
    store.settle("AMBER-FOX", [rows[1].id], "failed", "not there", entry("settled"))
    store.settle("AMBER-FOX", [rows[2].id], "approved", "not there", entry("settled"))
    store.settle("AMBER-FOX", [waiting.id, rows[1].id], "retracted", "", entry("settled"))
    assert states(store, WORDS) == ["sent", "retracted", "approved", "retracted"]
    assert store.plan("AMBER-FOX", WORDS.id, "smtp", [Place("staff", "d@x.pl")], NOW) == 1


def test_other_words_wait_while_a_place_is_in_doubt(store: SqliteStore) -> None:
    newer = replace(WORDS, body="Sprawdziliśmy to.")
    approved(store, WORDS, Place("staff", "a@x.pl"), Place("staff", "b@x.pl"))
    approved(store, newer, Place("staff", "a@x.pl"))
    me = owner()
    (row,) = claim(store, WORDS, me)
    with pytest.raises(Refused, match=re.escape(WORDS.id)):
        claim(store, newer, me)
    with pytest.raises(Refused, match="on their way"):
        store.plan("AMBER-FOX", newer.id, "smtp", [Place("staff", "c@x.pl"), Place("staff", "a@X.pl")], NOW)
    assert len(store.dispatches("AMBER-FOX", newer.id)) == 1
    finish(store, me, "unknown", row)
    with pytest.raises(Refused, match="nobody has looked"):
        store.plan("AMBER-FOX", newer.id, "smtp", [Place("staff", "a@x.pl")], NOW)
    store.settle("AMBER-FOX", [row.id], "sent", "saw it", entry("settled"))
    assert store.plan("AMBER-FOX", newer.id, "smtp", [Place("staff", "b@x.pl")], NOW) == 2
    assert [r.address for r in claim(store, newer, me, 5)] == ["a@x.pl", "b@x.pl"]


def test_a_late_answer_settles_what_was_swept(store: SqliteStore) -> None:
    approved(store, WORDS, Place("staff", "a@x.pl"), Place("staff", "b@x.pl"))
    me = owner()
    rows = claim(store, WORDS, me, 2)
    swept = store.sweep("AMBER-FOX", lambda name: name != me, lambda lost: entry("swept", rows=len(lost)))
    assert [row.state for row in swept] == ["unknown", "unknown"]
    assert store.events("AMBER-FOX")[-1].data == {"rows": 2}
    finish(store, me, "sent", rows[0])
    store.settle("AMBER-FOX", [rows[1].id], "approved", "not there", entry("settled"))
    with pytest.raises(Refused, match="settled this meanwhile"):
        finish(store, me, "sent", rows[1])
    assert states(store, WORDS) == ["sent", "approved"]


def test_a_sweep_leaves_living_and_distant_owners_alone(store: SqliteStore) -> None:
    approved(store, WORDS, *[Place("staff", f"{name}@x.pl") for name in "abc"])
    claim(store, WORDS, owner())
    (far,) = claim(store, WORDS, "another-host:1:1:abcd")
    before = store.events("AMBER-FOX")
    assert store.sweep("AMBER-FOX", alive, lambda _: entry("swept")) == []
    assert store.events("AMBER-FOX") == before
    host, pid, began, _ = owner().split(":")
    (dead,) = claim(store, WORDS, f"{host}:{pid}:{began}0:abcd")
    swept = store.sweep("AMBER-FOX", alive, lambda rows: entry("swept", rows=[row.id for row in rows]))
    assert [row.id for row in swept] == store.events("AMBER-FOX")[-1].data["rows"] == [dead.id]
    assert store.sweep("AMBER-FOX", alive, lambda _: entry("swept")) == []
    with pytest.raises(Refused, match="say unknown first"):
        store.settle("AMBER-FOX", [far.id], "sent", "", entry("settled"))
    store.settle("AMBER-FOX", [far.id], "unknown", "that laptop is off", entry("settled"))
    assert states(store, WORDS) == ["sending", "unknown", "unknown"]


def test_an_erased_recipient_gets_nothing_more(store: SqliteStore) -> None:
    approved(store, WORDS, Place("staff", "zenobia@x.pl", "Zenobia"), Place("staff", "b@x.pl"))
    store.erase(recipient_id("AMBER-FOX", "zenobia@x.pl"))
    assert b"enobia" not in store.file.path.read_bytes()
    assert states(store, WORDS) == ["retracted", "approved"]
    assert [row.address for row in claim(store, WORDS, owner(), 5)] == ["b@x.pl"]


# Owners


def test_an_owner_is_dead_only_when_that_is_proven() -> None:
    me = owner()
    host, pid, start, _ = me.split(":")
    assert int(pid) == os.getpid()
    assert me != owner()
    assert alive(me)
    assert not alive(f"{host}:{pid}:{start}1:abcd")
    assert alive(f"elsewhere:{pid}:{start}1:abcd")
    for unreadable in ("", "person", host, f"{host}:x:y:z", f"{host}:1"):
        assert alive(unreadable)


def test_a_process_that_ended_is_proven_dead() -> None:
    code = "import sys; from crisiscli.stores import owner; print(owner(), flush=True); sys.stdin.read()"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    name = child.stdout.readline().strip()
    assert alive(name)
    child.kill()
    child.stdin.close()
    child.stdout.close()
    child.wait()
    assert not alive(name)


def test_starts_can_be_told_without_proc() -> None:
    pytest.importorskip("psutil")
    assert start_elsewhere(os.getpid()) == start_elsewhere(os.getpid()) != ""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert start_elsewhere(child.pid) == ""
