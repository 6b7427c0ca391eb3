"""What `preview` reads: the runbook, the layouts and the company's side, now or as they were at a git revision."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crisiscli.errors import FilesUnusable, UsageError
from crisiscli.screen import Line

if TYPE_CHECKING:
    from crisiscli.cli.outside import Outside
    from crisiscli.loader import Loaded
    from crisiscli.walk.beside import Manner
    from crisiscli.walk.previewing import Preview, Wanted
    from crisiscli.walk.reloading import Made, Reloading

PIPE_COLUMNS = 160
"""How wide a page is where no terminal says: room for three languages."""


class Texts:
    """The texts of one runbook file, as often as they are asked for."""

    def __init__(
        self, outside: Outside, path: Path, wanted: Wanted, facts: list[tuple[str, str]], longest: bool
    ) -> None:
        self.outside = outside
        self.path = path
        self.wanted = wanted
        self.facts = facts
        self.longest = longest
        self.name = path.stem
        self.config = outside.config

    def made(self) -> Made:
        """The texts as the files are now, and what is wrong with the runbook. Raises FilesUnusable."""
        from crisiscli.config import load as load_company
        from crisiscli.loader import load
        from crisiscli.walk.reloading import Made

        self.config = load_company(self.outside.flags.dir)
        loaded = load(self.path)
        if loaded.runbook is None:
            return Made((), loaded.problems, whole=False)
        return Made(self.of(loaded), loaded.problems, loaded.document.whole)

    def of(self, loaded: Loaded, layouts_then: dict[str, str] | None = None) -> list[Preview]:
        """The texts of a runbook that was read. Raises FilesUnusable for one without a step to walk."""
        from crisiscli.loader.shipped import layouts
        from crisiscli.walk.previewing import previews

        if loaded.runbook is None:
            first = loaded.problems[0]
            where = f"{first.path}:{first.span.line}:{first.span.column}"
            raise FilesUnusable(first.what, where=where, public="", then=f"crisis lint {first.path}")
        self.name = loaded.runbook.id
        found = layouts(self.config.template_folders()) if layouts_then is None else layouts_then
        now = self.outside.clock.now()
        zone = self.outside.zone
        return previews(loaded.runbook, found, self._company(), zone, self.wanted, self.facts, now, self.longest)

    def files(self) -> Iterator[Path]:
        """Every file whose change can change a text."""
        yield self.path
        if self.config.path is not None:
            yield self.config.path
        for folder in self.config.template_folders():
            yield from sorted(folder.rglob("*.j2")) if folder.is_dir() else ()

    def before(self, revision: str) -> tuple[list[Preview], str]:
        """The texts as they were at a git revision, and what the file was called then, "" when it is called so now.

        Raises UsageError when there is no such revision, or no such file at it.
        """
        from crisiscli.loader import load_text
        from crisiscli.revisions import at_revision, check_revision

        commit = check_revision(self.path.resolve().parent, revision)
        then, raw = self.path, at_revision(self.path, commit)
        if raw is None:
            then, raw = self._under_another_name(commit)
        if raw is None:
            what = f"{self.path} was not there at {revision}: every text of it is new."
            raise UsageError(what, public="", then=f"crisis preview {self.path}")
        found = self.of(load_text(raw, f"{then} at {revision}"), self._layouts_at(commit))
        return found, "" if then == self.path else then.name

    def _under_another_name(self, commit: str) -> tuple[Path, bytes | None]:
        """The runbook of the same folder that is gone since a commit and has this one's id, or is the only one gone."""
        from crisiscli.loader import load_text
        from crisiscli.revisions import at_revision, names_at

        def is_this(raw: bytes) -> bool:
            runbook = load_text(raw, str(self.path)).runbook
            return runbook is not None and runbook.id == self.name

        folder = self.path.parent
        names = (folder / name for name in names_at(folder.resolve(), commit) if name.endswith((".yaml", ".yml")))
        gone = {path: raw for path in names if not path.exists() and (raw := at_revision(path, commit)) is not None}
        same = [path for path, raw in gone.items() if is_this(raw)]
        path = next(iter(same or gone)) if same or len(gone) == 1 else self.path
        return path, gone.get(path)

    def _layouts_at(self, commit: str) -> dict[str, str]:
        """The layouts at a commit; those that lie outside the runbook's repository as they are now."""
        from crisiscli.loader.shipped import layouts
        from crisiscli.revisions import at_revision, same_repository

        def source(path: Path) -> bytes | None:
            return at_revision(path, commit) if same_repository(path, self.path) else path.read_bytes()

        return layouts(self.config.template_folders(), source)

    def _company(self) -> dict[str, Any]:
        company = self.config.company
        return {"name": company.name, "verify_route": company.verify_route, "tone": dict(company.tone)}


def warn(outside: Outside, loaded: Loaded) -> None:
    """Says on stderr when a file could not be read to its end: texts may be missing then."""
    if loaded.document.whole:
        return
    first = next((one for one in loaded.problems if one.rule == "yaml-syntax"), loaded.problems[0])
    told = f"{first.path}:{first.span.line}: {first.what} {first.cure}".rstrip()
    outside.terminal.say(Line(told, "warn"), f"Texts may be missing below. All mistakes: crisis lint {first.path}", "")


def show(texts: Texts, found: list[Preview], *, as_json: bool) -> int:
    """Prints the texts one after the other, to read and to copy."""
    from crisiscli.walk import misfits
    from crisiscli.walk.previewing import data, lines

    if as_json:
        texts.outside.print_json({"schema_version": 1, "runbook": texts.name, "texts": [data(one) for one in found]})
        return 0
    texts.outside.print([line for one in found for line in lines(one)])
    if len(found) > 1 and (wrong := misfits.lines(found)):
        texts.outside.print(["", *wrong[:-1]])
    return 0


def show_as_seen(texts: Texts, found: list[Preview]) -> int:
    """Prints the texts as their channels show them."""
    from crisiscli.walk import misfits
    from crisiscli.walk.beside import page

    texts.outside.print([*misfits.lines(found), *page(found, _manner(texts))])
    return 0


def tell_differences(texts: Texts, found: list[Preview], revision: str, *, as_json: bool) -> int:
    """Prints the texts that read otherwise than at the revision."""
    from crisiscli.walk.differing import data, differences, lines

    before, called = texts.before(revision)
    changed = differences(before, found)
    if as_json:
        told = [data(one) for one in changed]
        texts.outside.print_json({"schema_version": 1, "runbook": texts.name, "since": revision, "texts": told})
        return 0
    if called:
        texts.outside.print([f"At {revision} the file was called {called}.", ""])
    texts.outside.print([line for one in changed for line in lines(one)])
    same = len(found) - sum(one.after is not None for one in changed)
    number = f"{len(changed)} text reads" if len(changed) == 1 else f"{len(changed)} texts read"
    texts.outside.print([f"{number} otherwise since {revision}, {same} read{'s' * (same == 1)} the same."])
    return 0


def watch(texts: Texts) -> int:
    """Draws the texts on the whole screen and again at every save; line by line where there is no screen to draw on."""
    from crisiscli.terminal.streams import may_ask, wants_color, wants_plain
    from crisiscli.walk.reloading import Reloading

    outside = texts.outside
    if not texts.path.is_file():
        texts.made()
    reloading = Reloading(texts.made, texts.files)
    if outside.flags.plain or outside.flags.no_input or wants_plain() or not may_ask():
        return _watch_plainly(texts, reloading)
    from crisiscli.terminal.viewer import Switch, view

    def longest() -> None:
        texts.longest = not texts.longest
        reloading.again()

    view(
        lambda width: reloading.lines(_manner(texts, width)),
        reloading.look,
        lambda: reloading.state(texts.path.name) + (", longest" if texts.longest else ""),
        color=wants_color(outside.flags.color, sys.stdout),
        switches={"l": Switch("longest values", longest)},
    )
    return 0


def _watch_plainly(texts: Texts, reloading: Reloading) -> int:
    """Prints everything once, then after each save what reads otherwise, until Ctrl-C."""
    import time

    from crisiscli.terminal.viewer import EVERY

    reloading.look()
    texts.outside.print(reloading.lines(_manner(texts)))
    try:
        while True:
            sys.stdout.flush()
            time.sleep(EVERY)
            if reloading.look():
                texts.outside.print(reloading.news(_manner(texts)))
    except KeyboardInterrupt:
        return 0


def _manner(texts: Texts, width: int | None = None) -> Manner:
    from crisiscli.terminal.streams import can_draw, columns
    from crisiscli.walk.beside import Manner

    wide = width or columns(sys.stdout) or PIPE_COLUMNS
    return Manner(wide, texts.config.company.name, can_draw(sys.stdout))
