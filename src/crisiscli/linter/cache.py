"""What lint found before, so that a file that did not change is not looked at again.

One file per project, in the user's cache folder: a line with a checksum, then JSON. Everything that could change a
finding besides the file's own bytes goes into the fingerprint; under another one nothing of it counts. The file is
replaced whole, so two runs at once lose nothing but time, and one that is damaged counts as none.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from crisiscli.linter.packing import Checked, packed, unpacked

MOST = 50_000
"""So many files of one project are kept."""
_HEAD = b"crisis lint 1 "
_DAMAGED = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
_USED = ("yaml", "babel", "regex", "phonenumbers", "jinja2")
"""Libraries whose next release may measure or read otherwise."""


class Cache:
    """What was found under one fingerprint. Never raises: a cache that cannot be used is an empty one."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.path = path
        self.fingerprint = fingerprint
        self.changed = False
        self._files: dict[str, list[Any]] = self._read()

    def found(self, path: str, raw: bytes) -> Checked | None:
        """What came of these bytes under this path before; None when nobody knows."""
        kept = self._files.get(path)
        try:
            if kept is None or kept[0] != _digest(raw):
                return None
            return unpacked(kept[1:])
        except _DAMAGED:
            return None

    def keep(self, path: str, raw: bytes, checked: Checked) -> None:
        """Remembers what came of a file."""
        self._files.pop(path, None)
        self._files[path] = [_digest(raw), *packed(checked)]
        self.changed = True

    def save(self) -> None:
        """Writes what is known, when something is new. Says nothing where it cannot."""
        if not self.changed:
            return
        kept = dict(list(self._files.items())[-MOST:])
        body = json.dumps([self.fingerprint, kept], separators=(",", ":")).encode("ascii")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
            beside.write_bytes(_HEAD + _digest(body).encode("ascii") + b"\n" + body)
            beside.replace(self.path)
        except OSError:
            return
        self.changed = False

    def _read(self) -> dict[str, list[Any]]:
        try:
            head, _, body = self.path.read_bytes().partition(b"\n")
            if head != _HEAD + _digest(body).encode("ascii"):
                return {}
            fingerprint, files = json.loads(body)
            return files if fingerprint == self.fingerprint and isinstance(files, dict) else {}
        except (OSError, *_DAMAGED):
            return {}


def cache_of(folder: Path, around: Iterable[object]) -> Cache:
    """The cache for what is linted from a folder; `around` is whatever else a finding may depend on.

    It lies in `CRISIS_CACHE`, else in the user's cache folder.
    """
    chosen = os.environ.get("CRISIS_CACHE")
    if chosen:
        home = Path(chosen)
    else:
        from platformdirs import user_cache_path

        home = user_cache_path("crisis", appauthor=False)
    name = _digest(os.fsencode(os.path.abspath(folder)))  # noqa: PTH100  resolve() would ask the disk
    return Cache(home / "lint" / f"{name}.json", fingerprint([*_program(), *around]))


def fingerprint(parts: Iterable[object]) -> str:
    """32 hexadecimal digits over words, bytes, and whatever else shows all of itself in its `repr`."""
    found = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else repr(part).encode("utf-8", "backslashreplace")
        found.update(b"%d:" % len(raw) + raw)
    return found.hexdigest()[:32]


def files_in(folders: Iterable[Path], keep: Callable[[str], bool]) -> Iterator[tuple[str, int, int]]:
    """Name, time of the last change and size of the files of some folders, and of those below them, in order."""
    for folder in folders:
        for place, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if not name.startswith((".", "__")))
            for name in sorted(filter(keep, names)):
                yield _state(os.path.join(place, name))  # noqa: PTH118  a Path for each file costs more than its stat


def _program() -> Iterator[object]:
    """What of the program itself decides what is found: its files, and the libraries it measures with."""
    import sys
    from importlib.util import find_spec

    import crisiscli

    yield crisiscli.__version__
    yield sys.version_info[:3]
    package = Path(crisiscli.__file__).parent
    yield list(files_in([package], lambda name: name.endswith((".py", ".yaml"))))
    for name in _USED:
        found = find_spec(name)
        yield _state(found.origin) if found is not None and found.origin else name


def _state(path: str) -> tuple[str, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116  as above
    except OSError:
        return path, 0, 0
    return path, found.st_mtime_ns, found.st_size


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:32]
