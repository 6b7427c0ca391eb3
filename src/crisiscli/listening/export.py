"""One export, read: the rows that count, the ones no tool rated, and each refused line with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from crisiscli.errors import FilesUnusable
from crisiscli.listening.cells import count, percent, sentiment, span
from crisiscli.listening.columns import LAST, PARTS, SUMS, Columns, columns, folded_word
from crisiscli.listening.dates import Order, moment, numeric, order_of
from crisiscli.listening.lines import DELIMITERS, Record, decoded, read_bytes, records, split

PREAMBLE = 30
"""How many records may stand above the header: some tools write the query and the dates there."""
SLACK = timedelta(minutes=2)
"""How far two clocks may differ."""
ACCEPTED = (
    "the header needs a column Sentiment (one mention a row), or Positive, Neutral, Negative (counts), "
    "or Date and one of Mentions, Reactions, Response rate, Response time"
)


class Row(NamedTuple):
    """One line that counts: when, and what it adds to which number. `at` is None in an export without dates."""

    line: int
    at: datetime | None
    numbers: dict[str, int]


class Export(NamedTuple):
    """What an export holds. Its lines = rows + unrated + refused + before; empty lines do not count.

    `kind` is `rows` (one mention each) or `counts`. `names` says which column means what. `unrated` mentions have
    no sentiment, or both; `refused` holds line numbers from 1 with the reason; `before` rows are older than
    what was asked for. `assumed` says how 03/08 was read when the file leaves it open. `timed` is False when its
    dates have no time of day.
    """

    path: Path
    sha256: str
    encoding: str
    kind: str
    names: dict[str, str]
    rows: tuple[Row, ...]
    unrated: int
    refused: tuple[tuple[int, str], ...]
    before: int = 0
    assumed: str = ""
    timed: bool = True

    @property
    def lines(self) -> int:
        return len(self.rows) + self.unrated + len(self.refused) + self.before

    def ahead(self, now: datetime) -> int:
        """How many rows lie in the future: the times of the export are those of another zone."""
        return sum(row.at is not None and row.at > now + SLACK for row in self.rows) if self.timed else 0

    def after(self, moment: datetime) -> Export:
        """Without what is older than this moment; rows without a date stay."""
        kept = tuple(row for row in self.rows if row.at is None or row.at >= moment)
        return self._replace(rows=kept, before=self.before + len(self.rows) - len(kept))


def read_export(path: Path, zone: tzinfo) -> Export:
    """Reads a CSV export to its end; `zone` is for times that name none.

    Raises FilesUnusable for a file that cannot be read or has no header this program understands.
    """
    raw = read_bytes(path)
    text, encoding = decoded(raw)
    lines = split(text.removeprefix("\ufeff"))
    delimiter, header, found = _header(path, lines)
    body = list(records(lines, delimiter, header.line - 1 + _height(lines, delimiter, header)))
    order, assumed = _order(found, body)
    reader = _Reader(found, UTC if found.utc else zone, order)
    for record in body:
        reader.take(record)
    return Export(
        path=path,
        sha256=hashlib.sha256(raw).hexdigest(),
        encoding=encoding,
        kind=found.kind,
        names={meaning: header.fields[index].strip() for meaning, index in found.at.items()},
        rows=tuple(reader.rows),
        unrated=reader.unrated,
        refused=tuple(reader.refused),
        assumed=assumed,
        timed=any(row.at is not None and row.at.astimezone(reader.zone).time() != time(0) for row in reader.rows),
    )


def _header(path: Path, lines: list[str]) -> tuple[str, Record, Columns]:
    """The delimiter and the header: among the first records the one that names most of what is looked for."""
    start = 0
    marked = lines[0].strip().casefold()
    delimiters: Sequence[str] = DELIMITERS
    if marked.startswith("sep=") and len(marked) == 5:
        delimiters, start = (marked[4],), 1
    best: tuple[str, Record, Columns] | None = None
    for delimiter in delimiters:
        for record in islice(records(lines, delimiter, start), PREAMBLE):
            found = columns(record.fields)
            if found.kind and (best is None or len(found.at) > len(best[2].at)):
                best = delimiter, record, found
    if best is None:
        seen = " ".join(lines[start].split())[:60] if len(lines) > start else ""
        raise FilesUnusable(
            f"No line names the columns this program reads; the first line is {seen!r}.",
            where=str(path),
            public="",
            then=ACCEPTED,
        )
    return best


def _height(lines: list[str], delimiter: str, header: Record) -> int:
    """How many lines the header takes."""
    following = next(islice(records(lines, delimiter, header.line - 1), 1, None), None)
    return following.line - header.line if following else len(lines)


def _order(found: Columns, body: list[Record]) -> tuple[Order, str]:
    """How dates like 03/08/2022 are meant, and the same in words when the file leaves it open."""
    if "date" not in found.at:
        return "day first", ""
    cells = [record.fields[found.at["date"]] for record in body if len(record.fields) > found.at["date"]]
    order = order_of(cells)
    if order is not None:
        return order, ""
    half_days = any(folded_word(cell).endswith(("am", "pm", "a.m.", "p.m.")) for cell in cells[:100])
    chosen: Order = "month first" if half_days else "day first"
    return chosen, chosen if any(numeric(cell) for cell in cells) else ""


class _Reader:
    """Takes one record after another and puts each where it belongs."""

    def __init__(self, found: Columns, zone: tzinfo, order: Order) -> None:
        self.found, self.zone, self.order = found, zone, order
        self.rows: list[Row] = []
        self.unrated = 0
        self.refused: list[tuple[int, str]] = []

    def take(self, record: Record) -> None:
        """One record: a row, an unrated mention, or a refused line."""
        why = record.broken or self._misshapen(record.fields)
        if why:
            self.refused.append((record.line, why))
            return
        fields = record.fields + [""] * (self.found.width - len(record.fields))
        try:
            at = self._moment(fields)
            numbers = self._numbers(fields)
        except (ValueError, OverflowError) as error:
            self.refused.append((record.line, str(error)))
            return
        if numbers is None:
            self.unrated += 1
        else:
            self.rows.append(Row(record.line, at, numbers))

    def _misshapen(self, fields: list[str]) -> str:
        have = len(fields)
        while have > self.found.width and not fields[have - 1].strip():
            have -= 1
        needed = max(self.found.at.values()) + 1
        if have > self.found.width or have < needed:
            return f"it has {have} fields, the header has {self.found.width}"
        return ""

    def _moment(self, fields: list[str]) -> datetime | None:
        if "date" not in self.found.at:
            return None
        clock = fields[self.found.at["time"]] if "time" in self.found.at else ""
        return moment(fields[self.found.at["date"]], clock, self.zone, self.order)

    def _numbers(self, fields: list[str]) -> dict[str, int] | None:
        """What the row adds; None for a mention without a sentiment."""
        at = self.found.at
        if self.found.kind == "rows":
            rated = sentiment(fields[at["sentiment"]])
            return {rated: 1} if rated else None
        numbers = {name: count(fields[at[name]]) for name in (*PARTS, *SUMS, "questions", "answered") if name in at}
        filled = {name: fields[at[name]] for name in (*LAST, "replies_answered", "reply_time") if name in at}
        for name, cell in filled.items():
            if cell.strip():
                numbers[name] = _single(name, cell, self.found.unit)
        rated_sum = sum(numbers.get(part, 0) for part in PARTS)
        if "mentions" in numbers and rated_sum > numbers["mentions"]:
            raise ValueError(f"{rated_sum} rated mentions are more than all {numbers['mentions']}")
        if numbers.get("answered", 0) > numbers.get("questions", numbers.get("answered", 0)):
            raise ValueError(f"{numbers['answered']} answers are more than {numbers['questions']} questions")
        return numbers


def _single(name: str, cell: str, unit: str) -> int:
    if name == "reply_time":
        return span(cell, unit)
    return count(cell) if name == "calls_waiting" else percent(cell)
