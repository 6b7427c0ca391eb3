"""The lines of a recipients file, one at a time: a broken one is refused with its number and swallows no other."""

from __future__ import annotations

import csv
import hashlib
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal

from crisiscli.errors import FilesUnusable
from crisiscli.providers.settings import nearest

Column = Literal["email", "phone"]
"""What kind of address is read."""

HEADERS: Mapping[Column, tuple[str, ...]] = {"email": ("email", "e-mail"), "phone": ("phone", "sms", "number")}
LONGEST = 8192
"""Bytes in one line; more is not a person."""

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Recipient:
    """One person to reach: the address as it will be used, and what else the line said."""

    address: str
    name: str = ""
    lang: str = ""


class Lines:
    """A file of recipients, opened and with its header read.

    Iterates over line numbers (from 1) with a Recipient, or with the reason why the line is refused. Raises
    FilesUnusable when there is no such file or no header that names the address.
    """

    def __init__(self, path: Path, column: Column) -> None:
        self.path = path
        self.column = column
        self.count = 0
        self.ignored: tuple[str, ...] = ()
        self._hash = hashlib.sha256()
        self._file = self._opened()
        try:
            self._read_header()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Lines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def sha256(self) -> str:
        """The hash of what was read so far; of the whole file after the last line."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[tuple[int, Recipient | str]]:
        number = 1
        while raw := self._next():
            number += 1
            if not raw.strip():
                continue
            self.count += 1
            fields = self._fields(raw)
            yield number, fields if isinstance(fields, str) else self._recipient(fields)

    def _opened(self) -> BinaryIO:
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise FilesUnusable("This is not an ordinary file.", where=str(self.path), then="name a .csv file")
            return self.path.open("rb")
        except OSError as error:
            what = f"The list of recipients cannot be read: {error.strerror}."
            raise FilesUnusable(what, where=str(self.path), then="check the name and the rights") from None

    def _next(self) -> bytes:
        """The next line with its end; of an overlong one the beginning, without an end."""
        line = self._file.readline(LONGEST)
        self._hash.update(line)
        if len(line) == LONGEST and not line.endswith(b"\n"):
            while more := self._file.readline(LONGEST):
                self._hash.update(more)
                if more.endswith(b"\n"):
                    break
        return line

    def _fields(self, raw: bytes) -> list[str] | str:
        if len(raw) >= LONGEST:
            return "the line is too long"
        try:
            text = raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError:
            return "it is not UTF-8"
        if _CONTROL.search(text):
            return "it holds a control character"
        try:
            return next(csv.reader([text], delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return "a quote is not closed" if "end of data" in str(error) else "its quotes do not fit together"

    def _read_header(self) -> None:
        raw = self._next().removeprefix(b"\xef\xbb\xbf")
        first = raw.decode("utf-8", "replace")
        self.delimiter = max(_DELIMITERS, key=first.count)
        found = self._fields(raw)
        names = [] if isinstance(found, str) else [name.strip().casefold() for name in found]
        wanted = HEADERS[self.column]
        doubled = next((name for name in names if name and names.count(name) > 1), "")
        if doubled:
            raise self._unusable(f"The header has `{doubled}` twice.", "keep one of them")
        here = [name for name in names if name in wanted]
        if len(here) != 1:
            close = next((hint for hint in (nearest(name, wanted) for name in names) if hint), "")
            what = f"The first line must name one column `{'` or `'.join(wanted)}`{close}."
            raise self._unusable(what, f"begin the file with: {self.column},name,lang")
        self.width = len(names)
        self.at = {"address": names.index(here[0])}
        self.at.update({name: names.index(name) for name in ("name", "lang") if name in names})
        self.ignored = tuple(name for name in names if name not in (*here, "name", "lang"))

    def _unusable(self, what: str, then: str) -> FilesUnusable:
        return FilesUnusable(what, where=f"{self.path}:1", then=then)

    def _recipient(self, fields: list[str]) -> Recipient | str:
        if len(fields) != self.width:
            return f"it has {len(fields)} fields, the header has {self.width}"
        found = {name: fields[index].strip() for name, index in self.at.items()}
        if not found["address"]:
            return f"it has no {self.column}"
        lang = found.get("lang", "")
        if lang and not _LANGUAGE.fullmatch(lang):
            return f"{lang!r} is not a language such as pl or en"
        return Recipient(found["address"], found.get("name", ""), lang)
