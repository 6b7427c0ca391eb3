"""A folder of what would have gone: one file per Dispatch, written once, never overwritten."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from crisiscli.errors import Refused
from crisiscli.providers.base import Idempotency, Kind, Letter, Outcome, Prepared, Settings
from crisiscli.providers.letters import exact
from crisiscli.providers.settings import Key, missing

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@=+-]{0,200}")
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_MAY_PASS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ESTALE}


class Outbox:
    """Writes `FOLDER/INCIDENT/DISPATCH.txt` with the exact bytes, and a `.json` beside it that says whose they are.

    A Dispatch counts as sent when its `.txt` stands there, durably, with these bytes.
    """

    name = "outbox"
    idempotency: Idempotency = "client id"
    rejects_before_accepting = True
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("folder", "The folder the texts are written to.", required=True, kind="folder"),
    )

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = Path(str(settings.get("folder", "")))
        if trouble := self.trouble(settings):
            raise Refused(trouble, where="outbox")

    @staticmethod
    def where(settings: Settings) -> str:
        return f"folder {settings.get('folder', '')}"

    @staticmethod
    def trouble(settings: Settings) -> str:
        return missing(Outbox.KEYS, settings)

    def prepare(self, letter: Letter) -> Prepared:
        for name in (letter.incident, letter.dispatch):
            if not _NAME.fullmatch(name):
                raise Refused(f"{name!r} cannot be the name of a file.", where="outbox")
        return Prepared(letter, str(self._file(letter)), exact(letter))

    def send(self, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
        for one in prepared:
            yield self._put(one)

    def reconcile(self, prepared: Prepared) -> Outcome | None:
        """Sent when the file stands there with these bytes; failed when its folder is there without it."""
        dispatch, path = prepared.letter.dispatch, self._file(prepared.letter)
        try:
            if not path.exists():
                return _failed(dispatch, "transient", "No such file was written.") if path.parent.is_dir() else None
            found = path.read_bytes()
            _sync_folder(path.parent)
        except OSError:
            return None
        if found == prepared.payload:
            return Outcome(dispatch, "sent", proof=str(path))
        return Outcome(dispatch, "unknown", "ambiguous", f"{path} holds other bytes than these words.")

    def _file(self, letter: Letter) -> Path:
        return self.folder / letter.incident / f"{letter.dispatch}.txt"

    def _put(self, prepared: Prepared) -> Outcome:
        dispatch, path = prepared.letter.dispatch, self._file(prepared.letter)
        try:
            _make_folder(path.parent)
            _replace(path.with_suffix(".json"), _about(prepared.letter))
            fresh = _write_new(path, prepared.payload)
            same = fresh or path.read_bytes() == prepared.payload
        except _HalfWritten as error:
            return Outcome(dispatch, "unknown", "ambiguous", f"{path} may be half written: {error}.")
        except OSError as error:
            kind: Kind = "transient" if error.errno in _MAY_PASS else "permanent"
            return _failed(dispatch, kind, f"{path.parent} could not be written: {error.strerror}.")
        if not same:
            return _failed(dispatch, "duplicate", f"{path} already holds other words, which were left alone.")
        try:
            _sync_folder(path.parent)
        except OSError as error:
            return Outcome(dispatch, "unknown", "ambiguous", f"{path} may not survive a power cut: {error.strerror}.")
        return Outcome(dispatch, "sent", "ok" if fresh else "duplicate", proof=str(path))


class _HalfWritten(Exception):
    """A file stands under its final name and could be neither finished nor removed."""


def _failed(dispatch: str, kind: Kind, detail: str) -> Outcome:
    return Outcome(dispatch, "failed", kind, detail)


def _about(letter: Letter) -> bytes:
    fields = ("message", "stage", "channel", "language", "audience", "address", "title", "sha256", "at")
    about = {"incident": letter.incident, "dispatch": letter.dispatch, **{f: getattr(letter, f) for f in fields}}
    return (json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _draft(path: Path, content: bytes) -> Iterator[Path]:
    """A durable file beside `path`, gone afterwards."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.unlink(missing_ok=True)
        _write_synced(draft, content)
        yield draft
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _replace(path: Path, content: bytes) -> None:
    with _draft(path, content) as draft:
        draft.replace(path)


def _write_new(path: Path, content: bytes) -> bool:
    """Puts a whole file under its name at once; False when one stands there already, which is left alone."""
    with _draft(path, content) as draft:
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return _write_where_links_are_unknown(path, content)
    return True


def _write_where_links_are_unknown(path: Path, content: bytes) -> bool:
    try:
        _write_synced(path, content)
    except FileExistsError:
        return False
    except OSError as error:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            raise _HalfWritten(error.strerror or "the disk failed") from error
        raise
    return True


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
