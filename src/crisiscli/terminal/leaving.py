"""How a person leaves: Ctrl-C, end of input, a closed window, a signal; always the same event, and saved."""

from __future__ import annotations

import contextlib
import errno
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from crisiscli.errors import Interrupted

GONE = frozenset({errno.EIO, errno.ENXIO, errno.EBADF, errno.EPIPE, errno.ENOTTY})
"""What reading from, or writing to, a terminal that was closed says."""

SIGNALS = tuple(number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None)


def left(what: str = "You left. Everything up to here is saved.") -> Interrupted:
    """The error that says the person is gone."""
    return Interrupted(what, public="Nothing was sent by leaving.", then="crisis resume")


def left_by(number: int) -> Interrupted:
    """The error for a signal."""
    closed = number == getattr(signal, "SIGHUP", None)
    what = "The terminal was closed." if closed else "The program was told to stop."
    return left(f"{what} Everything up to here is saved.")


def is_gone(error: OSError) -> bool:
    """Whether the error means that nobody is at the other end any more."""
    return error.errno in GONE


@contextlib.contextmanager
def heeding_signals() -> Iterator[None]:
    """While a question is open, SIGTERM and SIGHUP raise Interrupted; afterwards they do what they did."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _frame: FrameType | None) -> None:
        raise left_by(number)

    before = {number: signal.signal(number, leave) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
