"""Drafts: words that are being typed, kept in a file each, so that no way to die loses more than a second of them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Unsaved(NamedTuple):
    """Words somebody typed and never saved, and when, as a person reads it: `03:14, 22 Nov`."""

    text: str
    at: str


class Drafts:
    """The drafts of one incident in a folder of their own, one file (0600) per question.

    `wall` says what time it is, in words. Nothing here raises: a draft that cannot be kept must not stop the typing.
    """

    def __init__(self, folder: Path, wall: Callable[[], str]) -> None:
        self.folder = folder
        self.wall = wall
        self._answered: list[str] = []

    def unsaved(self, key: str) -> Unsaved | None:
        """What was typed at this question and not saved, or None."""
        try:
            found = json.loads(self._file(key).read_text(encoding="utf-8"))
            return Unsaved(str(found["text"]), str(found["at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, text: str) -> bool:
        """Writes the words down, durably; False when the disk does not take them."""
        path = self._file(key)
        fresh = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(number, "w", encoding="utf-8", errors="surrogatepass") as file:
                json.dump({"key": key, "at": self.wall(), "text": text}, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink()
            return False
        return True

    def answered(self, key: str) -> None:
        """The question was answered. The words stay until the next one is asked: by then the answer is recorded."""
        self._answered.append(key)

    def tidy(self) -> None:
        """Forgets the words of questions whose answers are recorded."""
        while self._answered:
            with contextlib.suppress(OSError):
                self._file(self._answered.pop()).unlink()

    def sheet(self, key: str) -> Path:
        """Where an editor may write the words of a question. Raises OSError when the folder cannot be made."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._file(key).with_suffix(".txt")

    def _file(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.json"
