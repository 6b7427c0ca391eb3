"""The commands, one per file. A new command is one file here and one word below."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import typer

from crisiscli.cli.flags import Command, command
from crisiscli.cli.home import home

COMMANDS: dict[str, tuple[str, ...]] = {
    "In a crisis": (
        "start",
        "resume",
        "status",
        "send",
        "approve",
        "said",
        "fact",
        "channel",
        "note",
        "signal",
        "handover",
        "end",
    ),
    "Afterwards": ("report", "verify"),
    "Before": ("new", "lint", "preview", "drill", "arm", "schema"),
}


def find(name: str) -> Command:
    """The function behind a command. It is imported when it is typed: the others cost nothing."""
    found: Command = getattr(importlib.import_module(f"crisiscli.cli.{name}"), name)
    return found


def build(arguments: Sequence[str] = ()) -> typer.Typer:
    """The application; with `arguments`, only the command they name, and all of them when they name none."""
    app = typer.Typer(
        name="crisis",
        help="Walks a communications lead through a crisis: a runbook, a clock, approved words, and a record.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(home)
    typed = next((word for word in arguments if not word.startswith("-")), None)
    for panel, names in COMMANDS.items():
        for name in names if typed not in _all() else [name for name in names if name == typed]:
            app.command(name, rich_help_panel=panel)(command(find(name)))
    return app


def _all() -> list[str]:
    return [name for names in COMMANDS.values() for name in names]
