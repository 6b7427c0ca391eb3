"""Raw SQL against the file: the rules hold for whoever forgets them, not only for this program."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisiscli.message import Rendering
from crisiscli.providers.base import Outcome
from crisiscli.stores import owner
from crisiscli.stores.base import Approval, Entry, Place
from crisiscli.stores.sqlite import SqliteStore

NOW = datetime(2026, 11, 22, 3, 5, tzinfo=UTC)
MAIL = Rendering("holding", "email", "pl", "Sprawdzamy to.", "Ważne", "p1")
NEWER = replace(MAIL, body="Wiemy więcej.")
UNSEEN = Rendering("holding", "x", "pl", "Nikt tego nie widział.", None, "p1")
STATES = ("sent", "failed", "unknown", "sending", "handed", "approved", "retracted")


def entry(kind: str) -> Entry:
    return Entry(kind, {"text": "x"}, "p1", NOW)


def yes(words: Rendering) -> Approval:
    return Approval(words.id, words.sha256, "lead", "p2", "self", "p2", NOW)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one row in every state; the audience of a row is named after its state."""
    folder = tmp_path_factory.mktemp("full")
    store = SqliteStore(folder, "LIVE")
    store.create("FOX", "LIVE", "t", entry("opened"))
    store.append("FOX", entry("note"))
    store.person("Ann")
    store.person("Ben")
    store.keep("FOX", [MAIL, NEWER, UNSEEN], ["lead"], True, NOW)
    store.approve("FOX", [yes(MAIL), yes(NEWER)], entry("approved"))
    store.plan("FOX", MAIL.id, "smtp", [Place(state, f"{state}@x.pl", state) for state in STATES], NOW)
    me = owner()
    rows = store.claim("FOX", MAIL.id, me, 5, None)
    store.finish("FOX", me, [Outcome(row.id, row.audience) for row in rows[:3]], NOW, None)
    store.hand("FOX", rows[4].id, me, {"to": "Telco"}, entry("handed"))
    last = store.dispatches("FOX")[-1]
    store.settle("FOX", [last.id], "retracted", "", entry("settled"))
    assert [row.state for row in store.dispatches("FOX")] == [state.replace("handed", "sending") for state in STATES]
    store.close()
    return folder / "live.db"


@pytest.fixture
def raw(full: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The file as any SQLite shell would open it."""
    with closing(sqlite3.connect(shutil.copy(full, tmp_path / "live.db"), isolation_level=None)) as db:
        yield db


def row(state: str) -> str:
    return f"WHERE audience = '{state}'"


MOVE = "UPDATE dispatch SET state = '{}'"
CLAIM = "UPDATE dispatch SET state = 'sending', owner = 'me', attempt = attempt + 1 "
NEW_ROW = (
    "INTO dispatch (rendering, n, id, provider, audience, recipient, state, owner, attempt, changed)"
    " VALUES ({rendering}, {n}, '{id}', 'smtp', '{audience}', '{recipient}', '{state}', '{owner}', 0, 'now')"
)


def new(how: str = "INSERT", **given: object) -> str:
    values = {"rendering": 2, "n": 99, "id": "msg_new", "audience": "new", "recipient": "", "state": "approved"}
    return f"{how} {NEW_ROW}".format(**(values | {"owner": ""} | given))


ATTACKS = {
    # Nothing goes out twice.
    "sent to approved": MOVE.format("approved") + row("sent"),
    "sent to sending": CLAIM + row("sent"),
    "sent to failed, to try again": MOVE.format("failed") + ", fence = 99 " + row("sent"),
    "sent to a state nobody knows": MOVE.format("resend") + row("sent"),
    "sent to nothing": "UPDATE OR REPLACE dispatch SET state = NULL " + row("sent"),
    "sending back to approved": MOVE.format("approved") + row("sending"),
    "sending claimed again": CLAIM + row("sending"),
    "unknown straight to sending": CLAIM + row("unknown"),
    "unknown to retracted": MOVE.format("retracted") + row("unknown"),
    "failed to approved without a new yes": MOVE.format("approved") + row("failed"),
    "failed with its fence lowered": "UPDATE dispatch SET fence = 0 " + row("failed"),
    "failed and its fence in one go": MOVE.format("approved") + ", fence = 0 " + row("failed"),
    "failing with a low fence": MOVE.format("failed") + ", fence = 0 " + row("sending"),
    "retracted to approved": MOVE.format("approved") + row("retracted"),
    "retracted, its proof filled in": "UPDATE dispatch SET proof = 'sent' " + row("retracted"),
    "the sent row removed": "DELETE FROM dispatch " + row("sent"),
    "the sent row replaced by its id": new("REPLACE", id="{sent}", state="draft"),
    "the sent row replaced by its place": new("REPLACE", rendering=1, audience="sent", recipient="{recipient}"),
    "the sent row replaced by its number": new("REPLACE", rendering=1, n=1, state="draft"),
    "the sent row updated in an insert": new("INSERT", id="{sent}") + " ON CONFLICT (id) DO UPDATE SET state = 'draft'",
    "the same person as another audience": new(rendering=1, audience="other", recipient="{recipient}"),
    "the sent row given another id": "UPDATE dispatch SET id = 'msg_other' " + row("sent"),
    "the waiting row moved onto the sent one": "UPDATE OR REPLACE dispatch SET n = 1 " + row("approved"),
    "newer words while older are unknown": new(audience="unknown", recipient="{doubtful}"),
    "newer words while older are sending": new(audience="sending", recipient="{moving}"),
    # Nothing unapproved goes out.
    "a new row of unapproved words": new(rendering=3),
    "a new row that is sending": new(state="sending", owner="me"),
    "a new row that is sent": new(state="sent"),
    "a draft of unapproved words, approved": new(rendering=3, state="draft")
    + ";"
    + MOVE.format("approved")
    + row("new"),
    "a row of words that are not kept": new(rendering=77),
    "a waiting row turned to other words": "UPDATE dispatch SET rendering = 3 " + row("approved"),
    "a waiting row turned to somebody else": "UPDATE dispatch SET recipient = '{doubtful}' " + row("approved"),
    "a waiting row turned to another audience": "UPDATE dispatch SET audience = 'press' " + row("approved"),
    "kept words changed": "UPDATE rendering SET body = 'Nothing happened.' WHERE n = 1",
    "kept words and their hash changed": "UPDATE rendering SET body = 'x', sha256 = printf('%064d', 1) WHERE n = 1",
    "kept words that need nobody": "UPDATE rendering SET roles = '[]' WHERE n = 3",
    "kept words without a second person": "UPDATE rendering SET four_eyes = 0 WHERE n = 3",
    "kept words with another author": "UPDATE rendering SET author = '' WHERE n = 3",
    "kept words replaced": "REPLACE INTO rendering SELECT n, incident, id, message, channel, language, title, 'x',"
    " sha256, author, facts, roles, four_eyes, kept FROM rendering WHERE n = 1",
    "kept words removed": "DELETE FROM rendering WHERE n = 3",
    "new words that need nobody": "INSERT INTO rendering SELECT 9, 'FOX', message || '2' || substr(id, 8), 'holding2',"
    " channel, language, title, body, sha256, author, facts, '[]', 0, kept FROM rendering WHERE n = 1",
    "a yes to other bytes": "INSERT INTO approval"
    " VALUES (3, 3, printf('%064d', 1), 'lead', 'p2', 'self', 'p2', 'n', '', '')",
    "the author's own yes": "INSERT INTO approval SELECT 3, 3, sha256, 'lead', 'p1', 'self', 'p1', 'n', '', ''"
    " FROM rendering WHERE n = 3",
    "a yes written over another": "REPLACE INTO approval SELECT 1, 3, sha256, 'lead', 'p2', 'self', 'p2', 'n', '', ''"
    " FROM rendering WHERE n = 3",
    "a yes turned to other words": "UPDATE approval SET rendering = 3, sha256 ="
    " (SELECT sha256 FROM rendering WHERE n = 3)",
    "a yes of somebody else": "UPDATE approval SET person = 'p3' WHERE n = 1",
    "a yes removed": "DELETE FROM approval WHERE n = 1",
    # Who carries it.
    "somebody else's row taken over": "UPDATE dispatch SET owner = 'me' " + row("sending"),
    "a claim that does not count": MOVE.format("sending") + ", owner = 'me' " + row("approved"),
    "a claim by nobody": MOVE.format("sending") + ", attempt = 1 " + row("approved"),
    "a claim that says a person has it": MOVE.format("sending")
    + ", owner = 'person', handed = '{{}}', attempt = 1 "
    + row("approved"),
    "a hand-over taken back": "UPDATE dispatch SET owner = 'me', handed = '' " + row("handed"),
    "tries counted down": "UPDATE dispatch SET attempt = 0 " + row("unknown"),
    "the provider of what is out changed": "UPDATE dispatch SET provider = 'outbox' " + row("unknown"),
    "an address turned to another": "UPDATE recipient SET address = 'mallory@x.pl' WHERE name = 'approved'",
    "an address replaced": "REPLACE INTO recipient SELECT id, incident, 'mallory@x.pl', name FROM recipient"
    " WHERE name = 'approved'",
    "an address gone while words wait": "UPDATE recipient SET address = NULL WHERE name = 'approved';"
    + CLAIM
    + row("approved"),
    "a recipient removed": "DELETE FROM recipient WHERE name = 'sent'",
    # What happened stays.
    "an event changed": "UPDATE event SET data = '{{}}' WHERE seq = 2",
    "an event removed": "DELETE FROM event WHERE seq = 2",
    "the last event removed": "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
    "an event replaced": "REPLACE INTO event SELECT incident, seq, at, 'p9', kind, data, prev, hash FROM event"
    " WHERE seq = 2",
    "an event in the past": "INSERT INTO event SELECT incident, 0, at, actor, kind, data, prev, hash FROM event"
    " WHERE seq = 1",
    "an event after a gap": "INSERT INTO event SELECT incident, seq + 5, at, actor, kind, data, hash, hash FROM event"
    " WHERE seq = 2",
    "an event beside the chain": "INSERT INTO event SELECT incident, seq + 1, at, actor, kind, data, prev, hash"
    " FROM event ORDER BY seq DESC LIMIT 1",
    "an event of no incident": "INSERT INTO event SELECT 'OWL', 1, at, actor, kind, data, prev, hash FROM event"
    " WHERE seq = 1",
    "an incident renamed": "UPDATE incident SET title = 'nothing' WHERE code = 'FOX'",
    "an incident removed": "DELETE FROM incident",
    "a drill among the live ones": "INSERT INTO incident VALUES (2, 'OWL', 'DRILL', 't', 'now')",
    "a file that becomes a drill": "UPDATE about SET mode = 'DRILL'",
    "a file that is both": "INSERT INTO about VALUES ('DRILL')",
    "a file that is neither": "DELETE FROM about",
    "the same code name in other letters": "INSERT INTO incident VALUES (2, 'fox', 'LIVE', 't', 'now')",
    "an incident written over": "REPLACE INTO incident VALUES (1, 'OWL', 'LIVE', 't', 'now')",
    "a person renamed": "UPDATE person SET name = 'Eve', spoken = 'eve' WHERE id = 'p2'",
    "a person replaced": "REPLACE INTO person VALUES ('p2', 2, 'Eve', 'eve')",
    "a person who takes a name": "REPLACE INTO person VALUES ('p7', 7, 'Ben', 'ben')",
    "a person removed": "DELETE FROM person WHERE id = 'p1'",
}


KNOWN = {
    "sent": "SELECT id FROM dispatch WHERE audience = 'sent'",
    "recipient": "SELECT recipient FROM dispatch WHERE audience = 'sent'",
    "doubtful": "SELECT recipient FROM dispatch WHERE audience = 'unknown'",
    "moving": "SELECT recipient FROM dispatch WHERE audience = 'sending'",
}


def statements(db: sqlite3.Connection, attack: str) -> list[str]:
    return attack.format(**{key: db.execute(query).fetchone()[0] for key, query in KNOWN.items()}).split(";")


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("checks", ["on", "off"])
def test_the_file_refuses(raw: sqlite3.Connection, name: str, checks: str) -> None:
    raw.execute(f"PRAGMA ignore_check_constraints={'ON' if checks == 'off' else 'OFF'}")
    *before, last = statements(raw, ATTACKS[name])
    for statement in before:
        raw.execute(statement)
    kept = list(raw.iterdump())
    with pytest.raises(sqlite3.IntegrityError) as caught:
        raw.execute(last)
    assert caught.value.sqlite_errorname == "SQLITE_CONSTRAINT_TRIGGER"
    assert str(caught.value).endswith(".")
    assert list(raw.iterdump()) == kept


def test_no_rule_is_idle(raw: sqlite3.Connection) -> None:
    """Without any one of the rules at least one of the attacks goes through."""
    raw.execute("PRAGMA ignore_check_constraints=ON")
    attacks = [statements(raw, attack) for attack in ATTACKS.values()]
    rules = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()]

    def works(attack: list[str], rule: str) -> bool:
        raw.execute("BEGIN")
        try:
            raw.execute(f"DROP TRIGGER {rule}")
            for statement in attack:
                raw.execute(statement)
        except sqlite3.IntegrityError:
            return False
        else:
            return True
        finally:
            raw.execute("ROLLBACK")

    assert len(rules) > 30
    assert [rule for rule in rules if not any(works(attack, rule) for attack in attacks)] == []


ALLOWED = {
    "a claim": CLAIM + row("approved"),
    "sending to sent": MOVE.format("sent") + row("sending"),
    "sending to unknown": MOVE.format("unknown") + row("sending"),
    "sending to failed, with its fence": MOVE.format("failed") + ", fence = 2 " + row("sending"),
    "unknown to sent": MOVE.format("sent") + row("unknown"),
    "unknown to approved": MOVE.format("approved") + row("unknown"),
    "failed to retracted": MOVE.format("retracted") + row("failed"),
    "failed to approved, after a new yes": "INSERT INTO approval"
    " SELECT 3, 1, sha256, 'lead', 'p2', 'self', 'p2', 'n', '', '' FROM rendering WHERE n = 1;"
    + MOVE.format("approved")
    + row("failed"),
    "approved to retracted": MOVE.format("retracted") + row("approved"),
    "a new draft": new(rendering=3, state="draft"),
    "newer words elsewhere": new(audience="elsewhere"),
    "a name erased": "UPDATE person SET name = NULL, spoken = NULL WHERE id = 'p1'",
}


@pytest.mark.parametrize("name", ALLOWED)
def test_the_file_allows(raw: sqlite3.Connection, name: str) -> None:
    before = raw.total_changes
    for statement in ALLOWED[name].split(";"):
        raw.execute(statement)
    assert raw.total_changes > before
