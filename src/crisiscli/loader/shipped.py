"""Where runbooks and layouts lie: the user's folder first, the shipped ones after."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from crisiscli.errors import FilesUnusable

SETTINGS_FILES = ("crisis.yaml", "crisis.yml", "people.yaml", "people.yml", "people.example.yaml")
"""YAML files of the company's side: no runbooks."""

_INCLUDE = re.compile(r"\{%-?\s*include\s+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')\s*-?%\}")
_ID = re.compile(rb"""^id:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)
_LAYOUT_LIMIT = 64 * 1024
_DEPTH_LIMIT = 16


def shipped(kind: Literal["runbooks", "templates"]) -> Path:
    """The folder that came with the program: inside the package, or beside `src` in a source checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped" / kind
    return inside if inside.is_dir() else package.parent.parent / kind


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder and its subfolders that may be runbooks, in order of their names."""
    found: list[Path] = []
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        here = Path(place)
        for name in names:
            if name.endswith((".yaml", ".yml")) and name not in SETTINGS_FILES and not name.startswith("."):
                found.append(here / name)
    yield from (path for path in sorted(found) if path.is_file())


def find_runbooks(folders: Sequence[Path]) -> dict[str, Path]:
    """Every runbook by its id; the first folder wins. A file without a readable id goes by its name.

    Only the line that begins with `id:` is looked at, so that a broken runbook is found too.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path in yaml_files(folder) if folder.is_dir() else ():
            try:
                with path.open("rb") as file:
                    name = _ID.search(file.read(16 * 1024))
            except OSError:
                name = None
            found.setdefault(name.group(1).decode("utf-8", "replace") if name else path.stem, path)
    return found


def first_words(path: Path, keys: Sequence[str]) -> dict[str, str]:
    """One-line values of top-level keys, read without reading the file as YAML; keys it cannot see are left out."""
    try:
        with path.open("rb") as file:
            head = file.read(16 * 1024).decode("utf-8", "replace")
    except OSError:
        return {}
    found = {}
    for key in keys:
        line = re.search(rf"^{key}:[ \t]+(?P<words>[^|>\s].*?)[ \t]*$", head, re.MULTILINE)
        if line:
            found[key] = line["words"].strip("\"'")
    return found


def layouts(folders: Sequence[Path], source: Callable[[Path], bytes | None] | None = None) -> dict[str, str]:
    """Every layout (`*.j2`) by its name without `.j2`, includes put in place; the first folder wins.

    `source` gives the bytes of a file as they were at another time; None for a file that was not there then.

    Raises FilesUnusable for a file that cannot be read, an include that is not there, or one that includes itself.
    """
    sources: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.j2")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix().removesuffix(".j2")
            text = _text(path) if source is None else _then(source(path))
            if text is not None:
                sources.setdefault(name, text)
    return {name: _expanded(name, sources, ()) for name in sources}


def _then(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "replace")


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > _LAYOUT_LIMIT:
            raise FilesUnusable("is not a small text file.", where=str(path), then="keep layouts under 64 KB")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FilesUnusable(f"cannot be read: {error}.", where=str(path), then="save the layout as UTF-8") from None


def _expanded(name: str, sources: dict[str, str], above: tuple[str, ...]) -> str:
    if name in above or len(above) > _DEPTH_LIMIT:
        chain = " -> ".join((*above, name))
        raise FilesUnusable(f"the layout includes itself: {chain}.", where=f"{name}.j2", then="take one include out")

    def put(found: re.Match[str]) -> str:
        wanted = (found["double"] or found["single"] or "").removesuffix(".j2")
        if wanted not in sources:
            what = f"the layout includes `{wanted}`, which is nowhere."
            raise FilesUnusable(what, where=f"{name}.j2", then=f"add {wanted}.j2, or take the include out")
        return _expanded(wanted, sources, (*above, name)).removesuffix("\n")

    text = _INCLUDE.sub(put, sources[name])
    if len(text) > _LAYOUT_LIMIT:
        raise FilesUnusable("the layout grows past 64 KB.", where=f"{name}.j2", then="take includes out")
    return text
