"""The commands, one per file. A new command is one file here and one line below."""

from __future__ import annotations

import typer

from crisiscli.cli.approve import approve
from crisiscli.cli.end import end
from crisiscli.cli.fact import fact
from crisiscli.cli.flags import Command, command
from crisiscli.cli.home import home
from crisiscli.cli.lint import lint
from crisiscli.cli.note import note
from crisiscli.cli.preview import preview
from crisiscli.cli.report import report
from crisiscli.cli.resume import resume
from crisiscli.cli.said import said
from crisiscli.cli.schema import schema
from crisiscli.cli.send import send
from crisiscli.cli.start import start
from crisiscli.cli.status import status
from crisiscli.cli.verify import verify

COMMANDS: dict[str, tuple[Command, ...]] = {
    "In a crisis": (start, resume, status, send, approve, said, fact, note, end),
    "Afterwards": (report, verify),
    "Before": (lint, preview, schema),
}


def build() -> typer.Typer:
    """The application."""
    app = typer.Typer(
        name="crisis",
        help="Walks a communications lead through a crisis: a runbook, a clock, approved words, and a record.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(home)
    for panel, functions in COMMANDS.items():
        for function in functions:
            app.command(function.__name__, rich_help_panel=panel)(command(function))
    return app
