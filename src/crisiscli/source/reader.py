"""From a file or its bytes to a Document."""

from __future__ import annotations

import stat
from pathlib import Path

from crisiscli.errors import FilesUnusable
from crisiscli.problem import Problem, Span
from crisiscli.source.builder import Builder, hidden_problem
from crisiscli.source.characters import FORBIDDEN, HARMLESS
from crisiscli.source.composing import composed
from crisiscli.source.document import BREAK, Document
from crisiscli.source.findings import LIMIT_PROBLEMS, problem

LIMIT_BYTES = 512 * 1024


def read_file(path: Path) -> Document:
    """The Document of a file. Raises FilesUnusable when there is no ordinary file that can be read."""
    return read(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, one more than LIMIT_BYTES at most. Raises FilesUnusable when it is no ordinary file."""
    try:
        found = path.stat()
        kind = found.st_mode
        if not stat.S_ISREG(kind):
            what = "is a folder" if stat.S_ISDIR(kind) else "is not an ordinary file"
            raise FilesUnusable(f"{what}, not a YAML file.", where=str(path), then="name a .yaml file")
        with path.open("rb", buffering=0) as file:
            # A file that says it is empty may still have something to say, as those of /proc.
            return file.read(min(found.st_size or LIMIT_BYTES, LIMIT_BYTES) + 1)
    except FileNotFoundError:
        raise FilesUnusable("there is no such file.", where=str(path), then="check the name") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        then = "check the path and the rights"
        raise FilesUnusable(f"cannot be read: {reason}.", where=str(path), then=then) from None


def read(raw: bytes, path: str) -> Document:
    """The Document of a file's bytes. Never raises: what is wrong stands in `problems`, at most 50 of them."""
    problems: list[Problem] = []
    text, whole = _decode(raw, path, problems)
    clean = text
    for character in FORBIDDEN.finditer(text) if raw.translate(None, HARMLESS) else ():
        if whole and len(problems) < LIMIT_PROBLEMS:
            problems.append(hidden_problem(path, _span_at(text, character.start()), character.group()))
        clean = ""
    if len(raw) > LIMIT_BYTES:
        return Document(path, text, None, problems, whole=False)
    found = composed(text) if clean and not problems else None
    if found is not None:
        return Document(path, text, found.value, [], True, found.tree, found.empties)
    clean = clean or FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    builder = Builder(path, clean, problems)
    whole = builder.run() and whole
    return Document(path, text, builder.finish(), problems[:LIMIT_PROBLEMS], whole, builder.tree, builder.empties)


def _decode(raw: bytes, path: str, problems: list[Problem]) -> tuple[str, bool]:
    first = Span(1, 1, 1, 2)
    if len(raw) > LIMIT_BYTES:
        what = f"The file is larger than {LIMIT_BYTES // 1024} KB."
        problems.append(problem(path, first, "file-limit", what, "Split it: one scenario, one file."))
        return raw[:LIMIT_BYTES].decode("utf-8", "replace"), False
    place, what = first, _other_coding(raw) if b"\0" in raw or raw[:2] in _MARKS else ""
    try:
        text = raw.decode("utf-8-sig")
        if not what:
            return text, True
    except UnicodeDecodeError as error:
        if not what:
            place = _span_at(raw[: error.start].decode("utf-8-sig"), error.start)
            what = "This is not a text file." if b"\0" in raw else "A letter here is not UTF-8."
    problems.append(problem(path, place, "not-utf8", what, "Save it again with the encoding UTF-8."))
    return raw.decode("utf-8", "replace").removeprefix("\ufeff"), False


_MARKS = (b"\xff\xfe", b"\xfe\xff")


def _other_coding(raw: bytes) -> str:
    """What bytes with zeros among them are that are certainly no UTF-8; a single zero is a character of a text."""
    few, many = sorted((raw[::2].count(0), raw[1::2].count(0)))
    if raw[:2] in _MARKS or (many * 3 > len(raw) and few * 4 < many):
        return "The file is saved as UTF-16."
    return "This is not a text file." if (few + many) * 4 > len(raw) else ""


def _span_at(text: str, index: int) -> Span:
    before = BREAK.split(text[:index])
    line, column = len(before), len(before[-1]) + 1
    return Span(line, column, line, column + 1)
