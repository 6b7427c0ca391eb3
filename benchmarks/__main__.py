"""Runs benchmarks: `python -m benchmarks [NAME ...]`; `--write` puts the tables into docs/benchmarks.md."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import Row, as_table, as_text, event, fanout, lint, questions, startup

ALL: dict[str, Callable[[], list[Row]]] = {
    "startup": startup.measure,
    "lint": lint.measure,
    "questions": questions.measure,
    "event": event.measure,
    "fanout": fanout.measure,
}
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main() -> int:
    """Runs the named benchmarks, or all of them. A missed budget is shown, and still exits 0."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")] or list(ALL)
    unknown = [name for name in names if name not in ALL]
    if unknown:
        sys.stderr.write(f"There is no benchmark {unknown[0]}; known are {', '.join(ALL)}.\n")
        return 2
    page = ["# Benchmarks", "<!-- Written by python -m benchmarks --write -->", ""]
    page += [
        "Ratios measured in one run, ours and the yardstick by turns; absolute times are this machine's. What is",
        "measured and how stands in [benchmarks/README.md](../benchmarks/README.md).",
        "",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}.",
        "",
    ]
    for name in names:
        rows = ALL[name]()
        print("\n".join([name, *as_text(rows), ""]), flush=True)
        page += [f"## {name}", "", *as_table(rows), ""]
    if "--write" in sys.argv[1:]:
        PAGE.write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")
        print(f"written to {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
