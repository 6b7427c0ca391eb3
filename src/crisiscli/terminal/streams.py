"""What the three standard streams can do, and what the person and the environment asked of them."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from collections.abc import Mapping
from typing import Literal, TextIO

from crisiscli.terminal.safe import is_utf8

Color = Literal["auto", "always", "never"]

FALSEY = frozenset({"", "0", "false", "no", "off"})
PLAIN_SETTINGS = ("CRISIS_PLAIN", "ACCESSIBLE")


def prepare_streams() -> None:
    """Makes the standard streams safe to use: called once, first thing, by the entry point.

    Afterwards no character can crash a print (what a stream cannot encode becomes a backslash code),
    no byte can crash a read, and a stream that was closed from outside is an empty one.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123  for good
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def is_tty(stream: TextIO | None) -> bool:
    """Whether a terminal is at the other end; False for a missing or closed stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def is_on(name: str, environ: Mapping[str, str]) -> bool:
    """Whether an environment setting is switched on: set, and none of 0, false, no, off."""
    return environ.get(name, "").strip().lower() not in FALSEY


def wants_color(color: Color, stream: TextIO | None, environ: Mapping[str, str] | None = None) -> bool:
    """Whether to colour what goes to `stream`. The flag wins over the environment.

    In order: `always`/`never`; NO_COLOR when not empty (no-color.org); FORCE_COLOR or CLICOLOR_FORCE;
    CLICOLOR=0 (bixense.com/clicolors); TERM=dumb; then whether a terminal is there.
    """
    env = os.environ if environ is None else environ
    if color != "auto":
        return color == "always"
    if env.get("NO_COLOR", ""):
        return False
    if is_on("FORCE_COLOR", env) or is_on("CLICOLOR_FORCE", env):
        return True
    return env.get("CLICOLOR") != "0" and not is_dumb(env) and is_tty(stream)


def wants_plain(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the environment asks for a screen without cursor movement."""
    env = os.environ if environ is None else environ
    return is_dumb(env) or any(is_on(name, env) for name in PLAIN_SETTINGS)


def is_dumb(environ: Mapping[str, str]) -> bool:
    """TERM is `dumb` or missing. Windows consoles have no TERM and are not dumb."""
    term = environ.get("TERM", "")
    return term == "dumb" or (not term and sys.platform != "win32")


def may_ask() -> bool:
    """Whether a person can answer: stdin and stdout are terminals and this process is in front of it."""
    return is_tty(sys.stdin) and is_tty(sys.stdout) and _is_foreground()


def encoding_of(stream: TextIO) -> str:
    """The stream's encoding; in-memory streams carry everything."""
    return getattr(stream, "encoding", None) or "utf-8"


def can_draw(stream: TextIO) -> bool:
    """Whether our own decorations may leave ASCII."""
    return is_utf8(encoding_of(stream))


def columns(stream: TextIO) -> int | None:
    """The width of the terminal at the other end in cells, at least 20; None when there is none."""
    if not is_tty(stream):
        return None
    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        width = 0
    return max(20, width or shutil.get_terminal_size().columns)


def drop_type_ahead(stream: TextIO | None) -> None:
    """Forgets keys pressed before the question was asked. Raises OSError when the terminal is gone."""
    if stream is None or not is_tty(stream):
        return
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
        return
    import termios

    try:
        termios.tcflush(stream.fileno(), termios.TCIFLUSH)
    except termios.error as error:
        raise OSError(*error.args) from None


def _is_foreground() -> bool:
    if sys.platform == "win32":
        return True
    with contextlib.suppress(OSError, ValueError):
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    return True
