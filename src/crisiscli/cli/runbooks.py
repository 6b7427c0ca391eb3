"""Which runbook is meant: by its id, its file, or picked from the list; and reading it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crisiscli.errors import AnswerNeeded, FilesUnusable, NotFound

if TYPE_CHECKING:
    from crisiscli.cli.outside import Outside
    from crisiscli.loader import Loaded
    from crisiscli.screen import Option

UNSURE = "not-sure-yet"
"""The runbook for the first minutes of anything: the last of the list, and always under the same key."""

WORDS = {
    "start": "LIVE: what you send from here is real.",
    "drill": "DRILL: nothing can be sent from here.",
    "arm": "This arms a LIVE incident before a planned test or change. Nothing is sent.",
    "preview": "Nothing can be sent from here.",
}
"""What is said above the list, by the command that asks."""


def load_runbook(outside: Outside, path: Path) -> Loaded:
    """The runbook of a file. One that cannot be walked is read aloud before FilesUnusable is raised."""
    from crisiscli.loader import load, raw_steps

    loaded = load(path)
    if loaded.runbook is None:
        steps = raw_steps(loaded.document)
        outside.print([f"  {line}" for line in steps])
        first = loaded.problems[0]
        rest = (
            "; what could be read of it stands above, to be read aloud" if steps else ", and no step of it can be read"
        )
        raise FilesUnusable(
            f"{first.what} It cannot be walked{rest}.",
            where=f"{first.path}:{first.span.line}:{first.span.column}",
            then=f"crisis lint {first.path}",
        )
    return loaded


def find_runbook(outside: Outside, named: str | None, command: str = "start", before: Sequence[Option] = ()) -> Path:
    """The file of a runbook by its id or path; asks when none is named. Raises NotFound, with what is near.

    `before` are options that stand above the runbooks; when one of them is picked its value is the path.
    """
    from crisiscli.loader.shipped import find_runbooks

    if named and (named.endswith((".yaml", ".yml")) or "/" in named):
        return Path(named)
    found = find_runbooks(outside.runbook_folders())
    if named in found:
        return found[named]
    if named is not None:
        from difflib import get_close_matches

        near = get_close_matches(named, found, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        then = f"crisis {command} {near[0] if near else next(iter(found), 'FILE')}"
        raise NotFound(f"There is no runbook {named}.{hint}", then=then)
    if not found and not before:
        raise NotFound("There is no runbook here.", then=f"crisis {command} FILE")
    picked = _pick(outside, found, command, before)
    return found.get(picked, Path(picked))


def _pick(outside: Outside, found: dict[str, Path], command: str, before: Sequence[Option]) -> str:
    from crisiscli.screen import Option, letter

    found = in_order(found)
    names = [*(option.value for option in before), *found]
    if not outside.terminal.interactive:
        raise AnswerNeeded(
            f"Which runbook? One of: {', '.join(names)}.",
            key="runbook",
            snippet="",
            then=f"crisis {command} {names[0]}",
        )
    labels = [*(option.label for option in before), *(_title(path) for path in found.values())]
    options = [
        Option("0" if name == UNSURE else letter(number), name, label)
        for number, (name, label) in enumerate(zip(names, labels, strict=True))
    ]
    outside.terminal.say(WORDS[command], "")
    return outside.terminal.choose("runbook", "Which one?" if command == "preview" else "What is happening?", options)


def in_order(found: dict[str, Path]) -> dict[str, Path]:
    """The runbooks as they are listed: the one for not being sure is the last."""
    return dict(sorted(found.items(), key=lambda pair: pair[0] == UNSURE))


def _title(path: Path) -> str:
    """How a runbook is called in the list: its title and when to pick it, or its file when they cannot be read.

    Only these two lines are looked at: the list must be there before anything is checked.
    """
    from crisiscli.loader.shipped import first_words

    found = first_words(path, ("title", "summary"))
    return "  ".join(part for part in (found.get("title", path.name), found.get("summary", "")) if part)
