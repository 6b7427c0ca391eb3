"""Where the outcome of `crisis lint` goes: the screen, a file, the baseline, or the mended runbooks themselves."""

from __future__ import annotations

import io
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crisiscli.cli.outside import Outside
from crisiscli.errors import FilesUnusable
from crisiscli.screen import Line

if TYPE_CHECKING:
    from crisiscli.cli.linting import Job
    from crisiscli.linter import LintReport


def explain(outside: Outside, word: str | None) -> int:
    """Prints the page of a code, or the list of them."""
    from crisiscli.linter.explaining import explained, listed

    outside.print(listed() if word is None else explained(word))
    return 0


def mend(job: Job, *, show_only: bool) -> int:
    """Mends what can be mended safely, or shows what that would change. Returns how many files are concerned.

    A text from standard input goes to standard output, mended or not.
    """
    from crisiscli.linter import fixing

    changed = count = 0
    for path in job.runbooks:
        before = job.texts.get(str(path)) or _bytes_of(path)
        if before is None:
            continue
        found = fixing.fixed(before, str(path), partial(job.found_in, str(path)))
        changed += found.raw != before
        count += len(found.applied)
        if show_only:
            sys.stdout.buffer.write(fixing.diff(before, found.raw, path.as_posix()).encode("utf-8", "backslashreplace"))
        elif str(path) in job.texts:
            job.texts[str(path)] = found.raw
            sys.stdout.buffer.write(found.raw)
        elif found.raw != before:
            fixing.write(path, before, found.raw)
    sys.stdout.flush()
    sys.stderr.write(_mended(count, changed, show_only=show_only) + "\n")
    return changed


def write_known(job: Job, report: LintReport) -> int:
    """Keeps what was found as known. What keeps a file from being read is never known: it still exits 3."""
    from crisiscli.linter.baseline import written

    text, count = written(report, job.baseline)
    _put(job.baseline, text)
    sys.stderr.write(f"{count} finding{'' if count == 1 else 's'} kept as known in {job.baseline}.\n")
    return 3 if report.unreadable else 0


def show(outside: Outside, report: LintReport, format: str, output: Path | None, *, aside: bool) -> None:  # noqa: A002
    """Prints the report, or writes it into a file and says so; `aside` prints it on standard error."""
    from crisiscli.linter.formats import printer
    from crisiscli.linter.formats.text import summary
    from crisiscli.terminal.lines import print_plain

    lines = printer(format)(report)
    if output is None and not aside and format == "text":
        outside.print(lines)
        return
    if output is None and aside:
        print_plain(lines, sys.stderr)
        return
    whole = io.StringIO()
    if format == "text":
        print_plain(lines, whole)
    else:
        whole.writelines(f"{line.text if isinstance(line, Line) else line}\n" for line in lines)
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(whole.getvalue().encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
        return
    _put(output, whole.getvalue())
    print_plain([*summary(report), f"The report is in {output}."], sys.stderr)


def exit_code(report: LintReport) -> int:
    """3 for a file that cannot be read, 1 with a finding that counts, else 0."""
    if report.unreadable:
        return 3
    return 1 if report.failed else 0


def _mended(count: int, changed: int, *, show_only: bool) -> str:
    if not count:
        return "Nothing here can be mended without a person."
    fixes = f"{count} finding{'' if count == 1 else 's'} in {changed} file{'' if changed == 1 else 's'}"
    return f"{fixes} would be mended; nothing was written." if show_only else f"{fixes} mended."


def _bytes_of(path: Path) -> bytes | None:
    """The bytes of a file that can be mended; None for one that lint will call unreadable."""
    from crisiscli.source import LIMIT_BYTES, read_bytes

    try:
        raw = read_bytes(path)
    except FilesUnusable:
        return None
    return raw if len(raw) <= LIMIT_BYTES else None


def _put(path: Path, text: str) -> None:
    """Writes a file, all or nothing. Raises FilesUnusable."""
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(
            "wb", dir=path.absolute().parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.write(text.encode("utf-8", "backslashreplace"))
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}."
        raise FilesUnusable(what, where=str(path), public="", then="check the folder and its rights") from None
