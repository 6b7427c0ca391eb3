"""The bytes of an export as records: encoding, delimiter, and where each record stands in the file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from crisiscli.errors import FilesUnusable

LARGEST = 100 * 1024 * 1024
"""Bytes in one export; the tools split larger ones themselves."""
TALLEST = 500
"""Lines in one record: a mention longer than this is a quote that somebody forgot to close."""
DELIMITERS = (",", ";", "\t", "|")

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Record(NamedTuple):
    """One record: the line it begins on (from 1) and its fields, or why it is none."""

    line: int
    fields: list[str]
    broken: str = ""


def read_bytes(path: Path) -> bytes:
    """The whole file. Raises FilesUnusable for no file, a workbook, an empty or a huge one."""
    try:
        if not path.is_file():
            raise _unusable(path, "There is no such file.", "check the name")
        if path.stat().st_size > LARGEST:
            raise _unusable(path, "This is larger than 100 MB.", "export a shorter time")
        raw = path.read_bytes()
    except OSError as error:
        raise _unusable(path, f"The export cannot be read: {error.strerror}.", "check the rights") from None
    if raw.startswith(_WORKBOOKS):
        raise _unusable(path, "This is an Excel workbook, not a CSV file.", "save it as CSV and name that file")
    if not raw.strip(b"\x00\r\n\t ,;"):
        raise _unusable(path, "There is nothing in it.", "export it again")
    return raw


def decoded(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else UTF-16 by its zeros, UTF-8, or cp1250.

    A byte that fits nowhere becomes a replacement character: one broken emoji does not lose an export.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace"), encoding
    head = raw[:2000]
    if len(head) > 3 and head.count(0) * 3 > len(head):
        encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return raw.decode(encoding, "replace"), encoding
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if not wrong or sum(not character.isascii() for character in text) > 2 * wrong:
        return text, "utf-8"
    return raw.decode("cp1250", "replace"), "cp1250"


def split(text: str) -> list[str]:
    """The lines with their ends, as csv wants them."""
    return list(io.StringIO(text, newline=""))


def records(lines: list[str], delimiter: str, start: int = 0) -> Iterator[Record]:
    """The records from a line on (counted from 0); empty lines are passed over.

    A record that does not fit together costs its own first line and no other.
    """
    at = start
    while at < len(lines):
        reader = csv.reader(islice(_from(lines, at), TALLEST), delimiter=delimiter, strict=True)
        try:
            fields = next(reader)
            height = reader.line_num
        except (csv.Error, StopIteration):
            yield Record(at + 1, [], "its quotes do not fit together")
            at += 1
            continue
        if any(field.strip() for field in fields):
            yield Record(at + 1, fields)
        at += height


def _from(lines: list[str], at: int) -> Iterator[str]:
    return (lines[number] for number in range(at, len(lines)))


def _unusable(path: Path, what: str, then: str) -> FilesUnusable:
    return FilesUnusable(what, where=str(path), public="", then=then)
