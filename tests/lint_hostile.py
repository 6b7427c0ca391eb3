"""Lints every file of a folder in one process, each with limits of its own, and tells what came of each as JSON.

python lint_hostile.py FOLDER
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from crisiscli.linter import LintReport
from crisiscli.linter.formats import FORMATS, printer
from crisiscli.linter.running import check
from crisiscli.loader.phrasing import phrases
from crisiscli.rules import Around

SECONDS = 2.0
"""CPU time one file may take."""
MEGABYTES = 200
EVERY = 17
"""One file of so many is printed in every format; the others as text, which shows the most of what people wrote."""


class TooSlow(Exception):
    """One file took longer than SECONDS of CPU time."""


def stop(number: int, frame: FrameType | None) -> None:
    """Ends a file that takes too long."""
    raise TooSlow


def told(path: Path, around: Around, formats: Sequence[str]) -> str:
    """What went wrong with one file, printed in some formats; "" when nothing did."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        raw = path.read_bytes()
        checked = check(raw, str(path), around)
        problems = sorted(checked.problems, key=lambda problem: problem.order())
        report = LintReport(problems, [str(path)], {str(path): raw.decode("utf-8-sig", "replace")})
        for name in formats:
            for line in printer(name)(report):
                str(line)
        return "" if checked.problems else "nothing was found"
    except TooSlow:
        return f"more than {SECONDS} s"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def peak() -> float:
    """The most memory this process ever held, in MB. Linux counts a parent's into ru_maxrss, so it is asked itself."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KB, and bytes on macOS
    return used / 1024 / (1024 if sys.platform == "darwin" else 1)


def main() -> int:
    """Every file of the folder; exit 0 when each was answered calmly."""
    signal.signal(signal.SIGPROF, stop)
    around = Around(layouts={}, phrases=phrases())
    found = {
        path.name: told(path, around, FORMATS if number % EVERY == 0 else ("text",))
        for number, path in enumerate(sorted(Path(sys.argv[1]).iterdir()))
    }
    bad = {name: words for name, words in found.items() if words}
    json.dump({"files": len(found), "bad": bad, "peak": peak()}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
