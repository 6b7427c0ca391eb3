"""What `start` and `resume` share: finding the runbook, walking, and the exit code a walk ends with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crisiscli.errors import EXIT_FINDINGS, AnswerNeeded, FilesUnusable, MessageTrouble, NotFound, UsageError

if TYPE_CHECKING:
    from crisiscli.cli.outside import Outside
    from crisiscli.dispatch import Desk
    from crisiscli.loader import Loaded


def load_runbook(outside: Outside, path: Path) -> Loaded:
    """The runbook of a file. One that cannot be walked is read aloud before FilesUnusable is raised."""
    from crisiscli.loader import load, raw_steps

    loaded = load(path)
    if loaded.runbook is None:
        outside.print([*(f"  {line}" for line in raw_steps(loaded.document))])
        first = loaded.problems[0]
        raise FilesUnusable(
            f"{first.what} It cannot be walked; what could be read of it stands above, to be read aloud.",
            where=f"{first.path}:{first.span.line}:{first.span.column}",
            then=f"crisis lint {first.path}",
        )
    return loaded


def find_runbook(outside: Outside, named: str | None) -> Path:
    """The file of a runbook by its id or path; asks when none is named. Raises NotFound, with what is near."""
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
        raise NotFound(
            f"There is no runbook {named}.{hint}", then=f"crisis start {near[0] if near else next(iter(found), 'FILE')}"
        )
    if not found:
        raise NotFound("There is no runbook here.", then="crisis start FILE")
    return found[_pick(outside, found)]


def _pick(outside: Outside, found: dict[str, Path]) -> str:
    from crisiscli.screen import Option, letter

    names = list(found)
    if not outside.terminal.interactive:
        raise AnswerNeeded(
            f"Which runbook? One of: {', '.join(names)}.", key="runbook", snippet="", then=f"crisis start {names[0]}"
        )
    options = [Option(letter(number), name, _title(found[name])) for number, name in enumerate(names)]
    outside.terminal.say("LIVE: what you send from here is real.", "")
    return outside.terminal.choose("runbook", "What is happening?", options)


def _title(path: Path) -> str:
    """How a runbook is called in the list: its title and when to pick it, or its file when they cannot be read.

    Only these two lines are looked at: the list must be there before anything is checked.
    """
    from crisiscli.loader.shipped import first_words

    found = first_words(path, ("title", "summary"))
    return "  ".join(part for part in (found.get("title", path.name), found.get("summary", "")) if part)


def parse_facts(pairs: list[str]) -> list[tuple[str, str]]:
    """`NAME=VALUE` pairs. Raises UsageError for anything else."""
    found = []
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"{pair!r} is not NAME=VALUE.", then='--fact people_reached="4 700 000"')
        found.append((name.strip(), value.strip()))
    return found


def walk(outside: Outside, desk: Desk) -> int:
    """Walks to the end, a pause, or an answer nobody gave; returns the exit code.

    Raises MessageTrouble, without a person, when a message failed or is unknown.
    """
    from crisiscli.incident.agenda import agenda
    from crisiscli.terminal.scripted import Scripted
    from crisiscli.walk.walk import Walk

    result = Walk(desk, outside.terminal).run()
    incident = desk.journal.incident
    if isinstance(outside.terminal, Scripted):
        for name in outside.terminal.unused():
            outside.terminal.say(f"The answer {name} was not asked for.")
        left = [item.step.id for item in agenda(incident) if item.open]
        still = f"{len(left)} steps stay open: {', '.join(left)}" if left else "every step is answered"
        outside.terminal.say(f"{incident.code}: {result}; {still}. See: crisis status {incident.code}")
        trouble = [name.partition("@")[0] for name, n in incident.counts.items() if n["failed"] or n["unknown"]]
        if trouble:
            raise MessageTrouble(
                f"Failed or unknown: {', '.join(trouble)}.",
                public="What is out stands in: crisis status",
                then="crisis resume",
            )
        silent = [item.step.id for item in agenda(incident) if item.open and item.step.verb == "send"]
        if silent:
            return EXIT_FINDINGS
    return 0
