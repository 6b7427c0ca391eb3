"""Runs the program: the only place that turns errors into lines and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from crisiscli.errors import EXIT_BUG, EXIT_READER_GONE, AnswerNeeded, CrisisError, FilesUnusable

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
"""What a disk says that has no room left."""


def main() -> None:
    """Runs `crisis` and exits with one of its exit codes. Never shows a traceback."""
    from crisiscli.terminal import prepare_streams

    prepare_streams()
    try:
        from crisiscli.cli import build

        build(sys.argv[1:])()
    except CrisisError as error:
        _say_no(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader went away; what was written is written, and Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_READER_GONE)
    except OSError as error:
        if error.filename is not None or error.errno not in _FULL:
            sys.exit(_bug(error))
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        no = FilesUnusable(
            f"The output cannot be written: {error.strerror}.",
            public="What went out stands in: crisis status",
            then="make room where the output goes, or send it elsewhere",
        )
        _say_no(no)
        sys.exit(no.exit_code)
    except Exception as error:  # the last wall before a person
        sys.exit(_bug(error))


def _say_no(error: CrisisError) -> None:
    from crisiscli.terminal import show

    add = error.snippet if isinstance(error, AnswerNeeded) else ""
    if add:
        sys.stdout.write(show(add) + "\n")
        sys.stdout.flush()
    for line in error.lines():
        sys.stderr.write(show(line) + "\n")
    if add:
        sys.stderr.write("Add what is printed above to the answers file, then: crisis resume --answers FILE\n")


def _bug(error: Exception) -> int:
    import traceback

    folder = Path(os.environ.get("CRISIS_STATE") or _state())
    text = f"{datetime.now(UTC).isoformat()} {sys.argv[1:2]}\n{''.join(traceback.format_exception(error))}\n"
    for place in (folder, Path.cwd(), Path(os.environ.get("TMPDIR", "/tmp"))):  # noqa: S108
        try:
            place.mkdir(parents=True, exist_ok=True)
            with (place / "crisis.log").open("a", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            continue
        where = f"The details are in {place / 'crisis.log'}."
        break
    else:
        where = "The details could not be written anywhere."
    sys.stderr.write(
        f"This is a fault in the program ({type(error).__name__}), not in what you did. {where}\n"
        "Everything answered before it is saved. What went out stands in: crisis status\n"
        "Next: crisis resume\n"
    )
    return EXIT_BUG


def _state() -> Path:
    from platformdirs import user_state_path

    return user_state_path("crisis", appauthor=False)


if __name__ == "__main__":
    main()
