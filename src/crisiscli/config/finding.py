"""Where `crisis.yaml` is: a folder that was named, the environment, here and above, the user's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from crisiscli.config.company import Config
from crisiscli.problem import Problem, Span

FILE = "crisis.yaml"


def load(start: Path | None = None) -> Config:
    """The company's configuration; an empty one when there is no file. Never raises: trouble stands in `problems`.

    `start` is the folder (or the file) named by `--dir`; `CRISIS_DIR` comes next; either settles it. Otherwise the
    working folder and its parents are looked through, then the user's configuration folder.
    """
    named = start or (Path(os.environ["CRISIS_DIR"]) if os.environ.get("CRISIS_DIR") else None)
    if named is not None:
        return _named(named)
    for path in _places():
        if _there(path):
            return _read(path)
    return Config()


def _named(named: Path) -> Config:
    path = named if named.suffix in (".yaml", ".yml") else named / FILE
    if _there(path):
        return _read(path)
    what = f"There is no {FILE} here, so nothing is bound and every channel is carried by hand."
    missing = Problem(str(path), Span(1, 1, 1, 2), "no-config", "C101", "note", what, cure="crisis new")
    runbooks = path.parent / "runbooks"
    return Config(runbooks=(runbooks,) if runbooks.is_dir() else (), problems=(missing,))


def _places() -> Iterator[Path]:
    try:
        here = Path.cwd()
    except OSError:
        here = None
    if here is not None:
        yield here / FILE
        yield from (folder / FILE for folder in here.parents if _trusted(folder / FILE))
    from platformdirs import user_config_path

    yield user_config_path("crisis") / FILE


def _there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _trusted(path: Path) -> bool:
    """False for a stranger's file in a folder above: it could send our words elsewhere."""
    try:
        return os.name == "nt" or path.stat().st_uid in (os.getuid(), 0)
    except OSError:
        return False


def _read(path: Path) -> Config:
    from crisiscli.config.reading import read

    return read(path.absolute())
