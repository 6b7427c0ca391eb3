"""Reading YAML with positions: every value keeps its line and column, and no file can crash the reader."""

from __future__ import annotations

from crisiscli.source.document import BREAK, Document
from crisiscli.source.frame import frame
from crisiscli.source.reader import LIMIT_BYTES, read, read_bytes, read_file
from crisiscli.source.values import LIMIT_DEPTH, LIMIT_ENTRIES, LIMIT_SCALAR

__all__ = [
    "BREAK",
    "LIMIT_BYTES",
    "LIMIT_DEPTH",
    "LIMIT_ENTRIES",
    "LIMIT_SCALAR",
    "Document",
    "frame",
    "read",
    "read_bytes",
    "read_file",
]
