"""A CSV file of people to reach: every line is accepted, refused or a duplicate, and the three add up."""

from __future__ import annotations

import functools
import hashlib
import itertools
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crisiscli.config.lines import Column, Lines, Recipient
from crisiscli.errors import FilesUnusable
from crisiscli.providers.address import address_trouble

POLICY = "Two lines are the same person when their addresses are equal; case does not count, a +tag does."

_Judge = Callable[[str], tuple[str, str]]
"""From what stands in the file to the address that is used, and why it is refused."""


@dataclass(frozen=True)
class RecipientList:
    """What a file of recipients holds. `lines` = `count` + refused + duplicates; empty lines do not count.

    `count` people are reached. `refused` holds line numbers (from 1, the header included) with the reason,
    `duplicates` the numbers of lines that repeat an address above them. `languages` counts people by the
    language they asked for, "" for none. `sha256` is that of the file.
    """

    path: Path
    column: Column
    count: int
    lines: int
    refused: tuple[tuple[int, str], ...]
    duplicates: tuple[int, ...]
    sha256: str
    ignored: tuple[str, ...] = ()
    """Columns that nobody reads."""
    region: str = ""
    languages: Mapping[str, int] = field(default_factory=dict)

    def rows(self, language: str = "", *, first: bool = True, served: Collection[str] = ()) -> Iterator[Recipient]:
        """The people, streamed from the file: everybody, or those of one language.

        With a language, people who asked for none come with it when `first`, and so does everybody who asked for
        one that is not among `served`: nobody is forgotten. Raises FilesUnusable, before the
        first or after the last row, when the file is no longer the one that was counted: what was made of the
        rows must then be thrown away.
        """
        if _sha256(self.path) != self.sha256:
            raise _changed(self.path)
        skip = {line for line, _ in self.refused} | set(self.duplicates)
        with Lines(self.path, self.column) as lines:
            used = _used(self.column, _judge(self.column, self.region))
            for number, row in lines:
                if number in skip or isinstance(row, str):
                    continue
                stray = not row.lang or (bool(served) and row.lang not in served)
                if not language or row.lang == language or (first and stray):
                    yield Recipient(used(row.address), row.name, row.lang)
            if lines.sha256() != self.sha256:
                raise _changed(self.path)

    def count_for(self, language: str, *, first: bool = True, served: Collection[str] = ()) -> int:
        """How many rows `rows` yields for a language; for "" that is everybody."""
        if not language:
            return self.count
        strays = [lang for lang in self.languages if not lang or (served and lang not in served)] if first else []
        return sum(self.languages.get(lang, 0) for lang in {language, *strays})


def read_recipients(path: Path, column: str, *, region: str = "") -> RecipientList:
    """Reads a file once to the end, in memory that does not grow with long lines, and accounts for every line.

    The header names the address (`email`, `e-mail`; `phone`, `sms`, `number`) and may name `name` and `lang`.
    `region` is the country of phone numbers without `+`. Raises FilesUnusable for a file without such a header.
    """
    kind: Column = "email" if column == "email" else "phone"
    try:
        found = path.stat()
    except OSError:
        return _counted.__wrapped__(path, kind, region, ())
    return _counted(path, kind, region, (found.st_ino, found.st_size, found.st_mtime_ns))


@functools.lru_cache(maxsize=16)
def _counted(path: Path, kind: Column, region: str, stamp: tuple[int, ...]) -> RecipientList:
    """`stamp` tells one state of the file from another; `rows` compares the bytes themselves."""
    del stamp
    judge = _judge(kind, region)
    refused: list[tuple[int, str]] = []
    numbers, keys = array("Q"), array("Q")
    with Lines(path, kind) as lines:
        for number, row in lines:
            address, why = ("", row) if isinstance(row, str) else judge(row.address)
            if why:
                refused.append((number, why))
                continue
            numbers.append(number)
            keys.append(_short(address))
        digest, count, ignored = lines.sha256(), lines.count, lines.ignored
    suspects = _repeated(keys)
    duplicates, languages = _second_look(
        path, kind, _used(kind, judge), suspects, {number for number, _ in refused}, digest
    )
    return RecipientList(
        path,
        kind,
        len(numbers) - len(duplicates),
        count,
        tuple(refused),
        duplicates,
        digest,
        ignored,
        region,
        languages,
    )


def _second_look(
    path: Path, kind: Column, used: Callable[[str], str], suspects: frozenset[int], refused: set[int], digest: str
) -> tuple[tuple[int, ...], dict[str, int]]:
    seen: set[str] = set()
    duplicates: list[int] = []
    languages: Counter[str] = Counter()
    with Lines(path, kind) as lines:
        for number, row in lines:
            if isinstance(row, str) or number in refused:
                continue
            if suspects:
                address = used(row.address).casefold()
                if _short(address) in suspects:
                    if address in seen:
                        duplicates.append(number)
                        continue
                    seen.add(address)
            languages[row.lang] += 1
        if lines.sha256() != digest:
            raise _changed(path)
    return tuple(duplicates), dict(languages)


def _short(address: str) -> int:
    return int.from_bytes(hashlib.blake2b(address.casefold().encode("utf-8"), digest_size=8).digest(), "big")


def _repeated(keys: array[int]) -> frozenset[int]:
    """The values that occur more than once; eight bytes a person instead of a set of all addresses."""
    ordered = sorted(keys)
    return frozenset(a for a, b in itertools.pairwise(ordered) if a == b)


def _changed(path: Path) -> FilesUnusable:
    return FilesUnusable("The list was changed while it was read.", where=str(path), then="look at it and start again")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _used(column: Column, judge: _Judge) -> Callable[[str], str]:
    """The address of a line that was found good before."""
    return str if column == "email" else lambda written: judge(written)[0]


def _judge(column: Column, region: str) -> _Judge:
    if column == "email":
        return lambda written: (written, address_trouble(written))
    import phonenumbers

    def phone(written: str) -> tuple[str, str]:
        try:
            number = phonenumbers.parse(written, region or None)
        except phonenumbers.NumberParseException:
            return "", "it is not a phone number" + ("" if region else "; without `region` it needs a +")
        if not phonenumbers.is_valid_number(number):
            return "", "no such phone number can exist"
        if number.extension:
            return "", "an extension cannot be reached"
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), ""

    return phone
