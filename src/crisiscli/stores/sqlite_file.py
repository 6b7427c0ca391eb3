"""SqliteFile: one durable file, its transactions, and its troubles in words a person can act on."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crisiscli.errors import NOTHING_SENT, CrisisError, FilesUnusable, NotFound, Refused
from crisiscli.stores.base import Mode

VERSION = 1
"""The layout this program writes; a file with a higher one was written by a newer program."""
APPLICATION = {"LIVE": 0x43524C56, "DRILL": 0x43524452}
"""SQLite's application_id: tells the two kinds of file apart even when one was renamed to the other."""
PATIENCE = 20.0
"""Seconds to wait for another process that is writing."""
RESERVE = 256 * 1024
"""Bytes kept aside for the outcomes of words that are already out when the disk is full."""
QUICK_CHECK = 1024 * 1024
"""Bytes up to which a file is checked at opening: a few milliseconds."""

_WORDS = {
    sqlite3.SQLITE_FULL: ("The disk is full.", "free some space on it, then type the same command again"),
    sqlite3.SQLITE_IOERR: ("The disk does not answer as it should.", "look at the disk, then type the same again"),
    sqlite3.SQLITE_READONLY: ("The record cannot be written.", "make the folder writable, or set CRISIS_STATE"),
    sqlite3.SQLITE_CANTOPEN: ("The record cannot be opened.", "make the folder writable, or set CRISIS_STATE"),
    sqlite3.SQLITE_PERM: ("The record may not be opened.", "give yourself the right to it, or set CRISIS_STATE"),
    sqlite3.SQLITE_BUSY: ("Another crisis is writing and does not let go.", "wait a moment, then type it again"),
    sqlite3.SQLITE_LOCKED: ("Another crisis is writing and does not let go.", "wait a moment, then type it again"),
    sqlite3.SQLITE_CORRUPT: ("The record is damaged.", "keep a copy of it, and set CRISIS_STATE to another folder"),
    sqlite3.SQLITE_NOTADB: ("The file is no record of crisis.", "move it away, or set CRISIS_STATE"),
}


def trouble(error: sqlite3.Error, path: Path, public: str) -> Exception:
    """What an SQLite error means: Refused for a rule of the record, FilesUnusable for the disk, else itself."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return Refused(str(error), public=public, then="crisis status")
    if code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
        return Refused(f"The record does not allow this: {error}.", public=public, then="crisis status")
    if isinstance(error, sqlite3.DatabaseError) and code & 0xFF in _WORDS:
        what, then = _WORDS[code & 0xFF]
        return FilesUnusable(what, where=str(path), public=public, then=then)
    return error


def disk_full(error: CrisisError) -> bool:
    """True when freeing space may help; a quota reports itself as an input-output error."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


class SqliteFile:
    """The open file of one mode in a folder. Made with its tables when it is new; `readonly` never writes.

    Raises FilesUnusable for a folder, disk or file that cannot be used, NotFound when a file opened for reading
    is not there.
    """

    def __init__(self, folder: Path, mode: Mode, *, readonly: bool = False, patience: float = PATIENCE) -> None:
        self.folder = folder
        self.mode: Mode = mode
        self.path = folder / f"{mode.lower()}.db"
        self.reserve = folder / f"{mode.lower()}.reserve"
        self._lock = threading.RLock()
        if readonly:
            self._must_exist()
        else:
            self._make()
        address = f"{self.path.resolve().as_uri()}?mode={'ro' if readonly else 'rw'}"
        with self._words(NOTHING_SENT):
            self.db = sqlite3.connect(
                address, uri=True, isolation_level=None, timeout=patience, check_same_thread=False
            )
        try:
            with self._words(NOTHING_SENT):
                self._settle_down(readonly)
        except BaseException:
            self.db.close()
            raise

    @contextmanager
    def writing(self, public: str = NOTHING_SENT) -> Iterator[sqlite3.Connection]:
        """One durable transaction; `public` says what happened in public when it fails."""
        with self._lock, self._words(public):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Reads; every statement inside sees the same moment. Inside a transaction it reads that one."""
        with self._lock, self._words(NOTHING_SENT):
            if self.db.in_transaction:
                yield self.db
                return
            self.db.execute("BEGIN")
            try:
                yield self.db
            finally:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")

    def free_reserve(self) -> bool:
        """Gives the space kept aside back to the disk; False when it was gone already."""
        try:
            self.reserve.unlink()
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self.db.close()

    @contextmanager
    def _words(self, public: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            said = trouble(error, self.path, public)
            if said is error:
                raise
            raise said from error

    def _must_exist(self) -> None:
        try:
            found = self.path.exists()
        except OSError as error:
            raise self._unusable(f"The folder cannot be read ({error.strerror}).") from error
        if not found:
            raise NotFound("There is no record here yet.", where=str(self.folder), then="crisis start")

    def _make(self) -> None:
        try:
            if not self.folder.is_dir():
                self.folder.mkdir(mode=0o700, parents=True)
            with suppress(FileExistsError):
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
            if not self.path.is_file():
                raise self._unusable("There is something else in its place.", then="move it away, or set CRISIS_STATE")
        except OSError as error:
            raise self._unusable(f"The folder cannot be written ({error.strerror}).") from error
        if not (os.access(self.path, os.W_OK) and os.access(self.folder, os.W_OK)):
            raise self._unusable("The folder cannot be written.")
        if self.path.stat().st_size == 0 and self.reserve.exists():
            raise self._unusable("The record is empty although there was one: it was cut off.")

    def _settle_down(self, readonly: bool) -> None:
        version = self._pragma("user_version")
        if version == 0 and not readonly:
            self._create()
        elif version > VERSION:
            raise self._unusable(
                f"The record was written by a newer crisis (format {version}, this one knows {VERSION}).",
                then="use the newer program",
            )
        if self._pragma("application_id") != APPLICATION[self.mode]:
            raise self._unusable(f"The file is no {self.mode} record of crisis.")
        size = self.path.stat().st_size
        if size <= QUICK_CHECK and self.db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise self._unusable("The record is damaged.", then="keep a copy of it, and set CRISIS_STATE elsewhere")
        self.db.execute("PRAGMA foreign_keys=ON")
        if not readonly:
            self._be_durable()
            self._keep_reserve()

    def _be_durable(self) -> None:
        # WAL can lose committed rows with several processes before SQLite 3.51.3, and with NORMAL forgets sends.
        if self.db.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise self._unusable("Another program keeps the record open in a way that can lose lines.")
        self.db.execute("PRAGMA synchronous=EXTRA")
        self.db.execute("PRAGMA secure_delete=ON")
        # 16 MB: with SQLite's 2 MB a list of 100,000 recipients takes twice as long.
        self.db.execute("PRAGMA cache_size=-16000")
        if sys.platform == "darwin":
            self.db.execute("PRAGMA fullfsync=ON")

    def _create(self) -> None:
        if self.db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            if self._pragma("user_version") == 0:
                raise self._unusable("The file is no record of crisis.")
            return
        self._be_durable()
        with self.writing():
            if self._pragma("user_version"):
                return
            for statement in schema():
                self.db.execute(statement)
            self.db.execute("INSERT INTO about (mode) VALUES (?)", (self.mode,))
            self.db.execute(f"PRAGMA application_id={APPLICATION[self.mode]}")
            self.db.execute(f"PRAGMA user_version={VERSION}")

    def _keep_reserve(self) -> None:
        try:
            import shutil

            if not self.reserve.exists() and shutil.disk_usage(self.folder).free >= 4 * RESERVE:
                # Random bytes: a file system that compresses would keep nothing of zeros.
                self.reserve.write_bytes(os.urandom(RESERVE))
                self.reserve.chmod(0o600)
        except OSError:
            return

    def _pragma(self, name: str) -> int:
        return int(self.db.execute(f"PRAGMA {name}").fetchone()[0])

    def _unusable(self, what: str, then: str = "make the folder writable, or set CRISIS_STATE") -> FilesUnusable:
        return FilesUnusable(what, where=str(self.path), then=then)


def schema() -> list[str]:
    """The statements that make a new file, for the SQLite at hand."""
    from importlib.resources import files

    text = files("crisiscli.stores").joinpath("schema.sql").read_text(encoding="utf-8")
    if sqlite3.sqlite_version_info < (3, 37):
        text = text.replace(") STRICT, WITHOUT ROWID;", ") WITHOUT ROWID;")
    found, begun = [], ""
    for line in text.splitlines(keepends=True):
        if not begun and (not line.strip() or line.startswith("--")):
            continue
        begun += line
        if sqlite3.complete_statement(begun):
            found.append(begun.strip())
            begun = ""
    return found
