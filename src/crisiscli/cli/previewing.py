"""What `preview` reads: the runbook, the layouts and the company's side, now or as they were at a git revision."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crisiscli.errors import FilesUnusable, UsageError

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

    def made(self) -> Made:
        """The texts as the files are now, and what is wrong with the runbook. Raises FilesUnusable."""
        from crisiscli.loader import load
        from crisiscli.walk.reloading import Made

        loaded = load(self.path)
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
        outside = self.outside
        found = layouts(outside.template_folders()) if layouts_then is None else layouts_then
        now = outside.clock.now()
        return previews(
            loaded.runbook, found, self._company(), outside.zone, self.wanted, self.facts, now, self.longest
        )

    def files(self) -> Iterator[Path]:
        """Every file whose change can change a text."""
        yield self.path
        for folder in self.outside.template_folders():
            yield from sorted(folder.rglob("*.j2")) if folder.is_dir() else ()

    def before(self, revision: str) -> list[Preview]:
        """The texts as they were at a git revision. Raises UsageError when there is no such revision, or no file."""
        from crisiscli.loader import load_text
        from crisiscli.revisions import at_revision, check_revision

        commit = check_revision(self.path.resolve().parent, revision)
        raw = at_revision(self.path, commit)
        if raw is None:
            what = f"{self.path} was not there at {revision}: every text of it is new."
            raise UsageError(what, public="", then=f"crisis preview {self.path}")
        return self.of(load_text(raw, f"{self.path} at {revision}"), self._layouts_at(commit))

    def _layouts_at(self, commit: str) -> dict[str, str]:
        """The layouts at a commit; those that lie outside the runbook's repository as they are now."""
        from crisiscli.loader.shipped import layouts
        from crisiscli.revisions import at_revision, same_repository

        def source(path: Path) -> bytes | None:
            return at_revision(path, commit) if same_repository(path, self.path) else path.read_bytes()

        return layouts(self.outside.template_folders(), source)

    def _company(self) -> dict[str, Any]:
        company = self.outside.config.company
        return {"name": company.name, "verify_route": company.verify_route, "tone": dict(company.tone)}


def show(texts: Texts, found: list[Preview], *, as_json: bool) -> int:
    """Prints the texts one after the other, to read and to copy."""
    from crisiscli.walk.previewing import data, lines

    if as_json:
        texts.outside.print_json({"schema_version": 1, "runbook": texts.name, "texts": [data(one) for one in found]})
    else:
        texts.outside.print([line for one in found for line in lines(one)])
    return 0


def show_as_seen(texts: Texts, found: list[Preview]) -> int:
    """Prints the texts as their channels show them."""
    from crisiscli.walk.beside import page

    texts.outside.print(page(found, _manner(texts)))
    return 0


def tell_differences(texts: Texts, found: list[Preview], revision: str, *, as_json: bool) -> int:
    """Prints the texts that read otherwise than at the revision."""
    from crisiscli.walk.differing import data, differences, lines

    changed = differences(texts.before(revision), found)
    if as_json:
        told = [data(one) for one in changed]
        texts.outside.print_json({"schema_version": 1, "runbook": texts.name, "since": revision, "texts": told})
        return 0
    texts.outside.print([line for one in changed for line in lines(one)])
    same = len(found) - sum(one.after is not None for one in changed)
    texts.outside.print([f"{len(changed)} texts read otherwise since {revision}, {same} read the same."])
    return 0


def watch(texts: Texts) -> int:
    """Draws the texts on the whole screen and again at every save; line by line where there is no screen to draw on."""
    from crisiscli.terminal.streams import may_ask, wants_color, wants_plain
    from crisiscli.walk.reloading import Reloading

    outside = texts.outside
    reloading = Reloading(texts.made, texts.files)
    if outside.flags.plain or outside.flags.no_input or wants_plain() or not may_ask():
        return _watch_plainly(texts, reloading)
    from crisiscli.terminal.viewer import view

    view(
        lambda width: reloading.lines(_manner(texts, width)),
        reloading.look,
        lambda: reloading.state(texts.path.name),
        color=wants_color(outside.flags.color, sys.stdout),
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
            time.sleep(EVERY)
            if reloading.look():
                texts.outside.print(reloading.news(_manner(texts)))
    except KeyboardInterrupt:
        return 0


def _manner(texts: Texts, width: int | None = None) -> Manner:
    from crisiscli.terminal.streams import can_draw, columns
    from crisiscli.walk.beside import Manner

    wide = width or columns(sys.stdout) or PIPE_COLUMNS
    return Manner(wide, texts.outside.config.company.name, can_draw(sys.stdout))
