"""Turns a plain function into a command with the flags every command has, and its errors into lines and exit codes."""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import typer

from crisiscli.cli.outside import Flags, Outside
from crisiscli.errors import EXIT_READER_GONE, UsageError

Incident = Annotated[
    str | None, typer.Argument(help="Code name; not needed while one incident is open.", show_default=False)
]
ForIncident = Annotated[
    str | None, typer.Option("--incident", help="Code name; not needed while one incident is open.")
]
Json = Annotated[bool, typer.Option("--json", help="Print data instead of lines.")]

_COMMON: dict[str, Any] = {
    "plain": Annotated[bool, typer.Option("--plain", help="Lines only: no colour, no cursor movement.")],
    "no_input": Annotated[bool, typer.Option("--no-input", help="Never ask; exit 2 where an answer is needed.")],
    "color": Annotated[Literal["auto", "always", "never"], typer.Option("--color", help="Colour on the screen.")],
    "dir": Annotated[Path | None, typer.Option("--dir", help="Folder of crisis.yaml and runbooks.")],
}
_DEFAULTS: dict[str, Any] = {"plain": False, "no_input": False, "color": "auto", "dir": None}


def _readable(values: dict[str, Any]) -> None:
    """Raises UsageError for words that arrived as bytes that are not UTF-8: they could not be kept or shown."""
    for value in values.values():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and any("\ud800" <= character <= "\udfff" for character in word):
                raise UsageError("This holds a letter that is not UTF-8.", then="type it again")


Command = Callable[..., int | None]


def command(function: Command) -> Callable[..., None]:
    """The function as typer sees it: its own parameters, then the common flags; its first one is the Outside."""
    own = list(inspect.signature(function).parameters.values())[1:]
    hints = get_type_hints(function, include_extras=True)
    parameters = [parameter.replace(annotation=hints[parameter.name]) for parameter in own]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS[name], annotation=annotation)
        for name, annotation in _COMMON.items()
    ]

    def run(**values: Any) -> None:
        _readable(values)
        flags = Flags(**{name: values.pop(name) for name in _COMMON})
        try:
            code = function(Outside(flags), **values)
        except BrokenPipeError:
            # click would exit 1 here, which says that something was found. Python must not complain at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = EXIT_READER_GONE
        if code:
            raise typer.Exit(code)

    run.__name__ = function.__name__
    # click keeps the line breaks of a paragraph that begins with a backspace character
    run.__doc__ = re.sub(r"\n\n(?=crisis )", "\n\n\b\n", inspect.cleandoc(function.__doc__ or ""))
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # typer reads the signature it is given
        [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    )
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run
