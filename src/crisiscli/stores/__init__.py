"""Stores: what remembers. A new kind of store is one file here and one line below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crisiscli.stores.base import Mode, Store
from crisiscli.stores.owner import alive, owner
from crisiscli.stores.sqlite import SqliteStore

STORES: dict[str, Callable[[Path, Mode], Store]] = {"sqlite": SqliteStore}


def open_store(folder: Path, mode: Mode) -> Store:
    """The store of one mode in a folder, made when it is new. Raises FilesUnusable, naming the file."""
    return STORES["sqlite"](folder, mode)


def open_readonly(folder: Path, mode: Mode) -> Store:
    """The same for reading alone, from a folder that may be read-only; every writing method raises FilesUnusable.

    Raises NotFound when there is no record in the folder.
    """
    return SqliteStore(folder, mode, readonly=True)


__all__ = ["STORES", "alive", "open_readonly", "open_store", "owner"]
