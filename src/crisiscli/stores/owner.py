"""Owner: which process carries a Dispatch, and whether that process is proven dead."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PERSON = "person"
"""The owner of what was handed to a person; no sweep touches it."""


def owner() -> str:
    """A name for this process as a sender: `host:pid:start:nonce`, new at every call.

    The start tells this process from a later one with the same number.
    """
    import secrets

    return f"{_host()}:{os.getpid()}:{_start(os.getpid())}:{secrets.token_hex(4)}"


def alive(owner: str) -> bool:
    """False only when the owner is proven dead: same host, and no process with that number and start.

    A process of another host, a person, or a name it cannot read counts as alive: nobody has proven otherwise.
    """
    host, _, rest = owner.partition(":")
    number, _, rest = rest.partition(":")
    start = rest.rpartition(":")[0]
    if host != _host() or not number.isdecimal() or not start:
        return True
    found = _start(int(number))
    return found in (start, _HIDDEN)


def here(owner: str) -> bool:
    """True when the owner is a process of this host, so that `alive` can tell."""
    return owner.partition(":")[0] == _host()


_HIDDEN = "?"


def _host() -> str:
    import socket

    return socket.gethostname().replace(":", "-") or "localhost"


def _start(pid: int) -> str:
    """When a process began, in a form that no clock change moves; "" when there is none, "?" when it is hidden."""
    return _start_linux(pid) if sys.platform == "linux" else start_elsewhere(pid)


def _start_linux(pid: int) -> str:
    # psutil adds the boot time of the wall clock, which steps when the clock is set; ticks since boot do not.
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (FileNotFoundError, ProcessLookupError):
        return _HIDDEN if _exists(pid) else ""
    except OSError:
        return _HIDDEN
    return "" if fields[0] in "ZX" else f"{boot[:13]}-{fields[19]}"


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def start_elsewhere(pid: int) -> str:
    """The same through psutil, for systems without /proc."""
    import psutil

    try:
        return f"{psutil.Process(pid).create_time():.3f}"
    except psutil.NoSuchProcess:
        return ""
    except psutil.Error:
        return _HIDDEN
