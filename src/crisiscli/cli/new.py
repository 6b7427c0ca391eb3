"""`crisis new`: sets up a crisis folder, or adds a runbook to one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from crisiscli.cli.flags import Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import Interrupted

if TYPE_CHECKING:
    from crisiscli.authoring import Outcome, Setup


def new(
    outside: Outside,
    folder: Annotated[
        Path | None,
        typer.Argument(help="Where; default: the crisis folder you are in, else ./crisis.", show_default=False),
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Shipped scenario to copy, by its id.")] = None,
    blank: Annotated[bool, typer.Option("--blank", help="An empty runbook with a holding text instead.")] = False,
    id_: Annotated[str | None, typer.Option("--id", help="Id of the runbook; default: the scenario's.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the runbook.")] = None,
    languages: Annotated[str | None, typer.Option("--languages", help="Your customers', as pl,en.")] = None,
    company: Annotated[str | None, typer.Option("--company", help="Name of the company.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Your name.")] = None,
    ci: Annotated[
        Literal["github", "gitlab", "none"] | None,
        typer.Option("--ci", help="Check on the server; default: as the repository's remote says, else github."),
    ] = None,
    as_json: Json = False,
) -> int:
    """Set up a crisis folder, or add a runbook to one.

    In a folder without crisis.yaml it writes all a company needs: crisis.yaml, a first runbook, people.yaml,
    settings for editors, checks for git and the server, a page for the PR team. In a crisis folder, --from or
    --blank adds that runbook; without them it adds the files that are missing. What is there stays as it is.

    crisis new acme --company "Acme Bank" --languages pl,en
    crisis new --from full-outage
    crisis new --blank --title "Our shop is closed" --languages en
    """
    from crisiscli.authoring import add_runbook, set_up
    from crisiscli.cli.founding import Typed, decide

    typed = Typed(from_, blank, id_, title, languages, company, name, ci, asks=not as_json)
    try:
        decided = decide(outside, folder, typed)
    except Interrupted:
        raise Interrupted("You left. Nothing was written.", public="", then="crisis new") from None
    outcome = add_runbook(decided.setup) if decided.only_runbook else set_up(decided.setup)
    notes = [*decided.notes, *_notes(decided.setup, outcome)]
    if as_json:
        outside.print_json(_data(decided.setup, outcome, notes))
    else:
        outside.print([*_lines(decided.setup, outcome), *(["", *notes] if notes else []), "", *_next(decided.setup)])
    return 0


def _lines(setup: Setup, outcome: Outcome) -> list[str]:
    """One line per file, its path as the folder sees it."""
    import os

    many = len(outcome.kept) > len(outcome.written)
    found = [("new ", one) for one in outcome.written] + [("kept", one) for one in outcome.kept if not many]
    paths = [os.path.relpath(one.path, setup.folder) for _, one in found]
    width = min(37, max(map(len, paths), default=0))
    lines = [
        f"  {word}  {path:<{width}}  {one.about if word == 'new ' else 'is there'}"
        for (word, one), path in zip(found, paths, strict=True)
    ]
    lines += [f"  kept  {len(outcome.kept)} files that are there"] if many else []
    there = shown(setup.folder)
    return [f"In {'this folder' if there == '.' else there}:", *lines]


def shown(path: Path) -> str:
    """A path as a person would type it from here."""
    import os

    try:
        short = os.path.relpath(path)
    except (OSError, ValueError):
        return str(path)
    return short if not short.startswith(os.pardir) else str(path)


def _notes(setup: Setup, outcome: Outcome) -> list[str]:
    from crisiscli.authoring.choosing import ignores

    found = []
    runbook = setup.runbooks / f"{setup.id}.yaml"
    if setup.id and any(one.path == runbook for one in outcome.kept):
        found.append(f"{shown(runbook)} stays as it is. For another one, give it another name: --id NAME")
    private = setup.people
    if (
        private
        and any(one.path == private for one in outcome.written)
        and not ignores(private.parent, setup.root, private.name)
    ):
        found.append(f"git does not ignore {private.name}, which will hold private numbers: add its name to .gitignore")
    for one in outcome.changed:
        if one.path.name.endswith(".schema.json"):
            kind = one.path.name.partition(".")[0]
            found.append(f"{shown(one.path)} is of another version; renew it: crisis schema {kind} > {shown(one.path)}")
    return found


def _next(setup: Setup) -> list[str]:
    import shlex

    from crisiscli.authoring.choosing import scenarios

    name = setup.id or next(iter(scenarios()))
    there = shown(setup.folder)
    lines = [f"crisis preview {name}", "crisis lint --strict", f"crisis drill {name}"]
    if there != ".":
        go = shlex.quote(f"./{there}" if there.startswith("-") else there)
        lines = [f"cd {go}", f"crisis preview {name}", f"crisis drill {name}"]
    return ["Next:", *(f"  {line}" for line in lines)]


def _data(setup: Setup, outcome: Outcome, notes: list[str]) -> dict[str, object]:
    return {
        "schema_version": 1,
        "folder": str(setup.folder),
        "runbook": setup.id or None,
        "written": [str(one.path) for one in outcome.written],
        "kept": [str(one.path) for one in outcome.kept],
        "notes": notes,
        "next": [line.strip() for line in _next(setup)[1:]],
    }
