"""Several processes for many files: the parent takes its share, and what a child leaves undone it does as well."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from crisiscli.linter.packing import Checked, packed, unpacked

WORTH = 100
"""Fewer files than so many for each process are linted sooner than it has started."""

Look = Callable[[str], Checked]


class _Child(NamedTuple):
    process: int
    stream: int
    share: Sequence[str]


def processes(files: int, asked: int | None) -> int:
    """How many processes to use: as many as were asked for, else as the machine has, where that pays.

    Always one where a process cannot be copied safely.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin" or _threads() > 1:
        return 1
    if asked is not None:
        return max(1, min(asked, files))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, files // WORTH))


def looked_at(paths: Sequence[str], look: Look, number: int) -> dict[str, Checked]:
    """What comes of each file, in `number` processes. A child that dies loses nothing: its files are done here."""
    found: dict[str, Checked] = {}
    if number < 2:
        with _steady():
            return {path: look(path) for path in paths}
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    with _steady():
        children: list[_Child] = []
        try:
            children += [_start(paths[index::number], look) for index in range(1, number)]
            found |= {path: look(path) for path in paths[::number]}
            for child in children:
                found |= _answer(child)
        finally:
            for child in children:
                _end(child)
        return {path: found[path] if path in found else look(path) for path in paths}


@contextlib.contextmanager
def _steady() -> Iterator[None]:
    """Holds the search for unused objects back: what one file needs is freed by itself, and little is in circles."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _start(share: Sequence[str], look: Look) -> _Child:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return _Child(process, reading, share)
    code = 1
    try:
        os.close(reading)
        body = json.dumps([packed(look(path)) for path in share]).encode("ascii")
        with open(writing, "wb") as stream:  # noqa: PTH123  a pipe has no path
            stream.write(body)
        code = 0
    finally:
        # Nothing of the parent's may happen twice: no flush of its streams, no exit handlers.
        os._exit(code)


def _answer(child: _Child) -> dict[str, Checked]:
    with open(child.stream, "rb", closefd=False) as stream:
        body = stream.read()
    try:
        answers = [unpacked(one) for one in json.loads(body)]
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}
    return dict(zip(child.share, answers, strict=True)) if len(answers) == len(child.share) else {}


def _end(child: _Child) -> None:
    """Closes the child's stream and waits for it; one that is still at work, as after Ctrl-C, is ended."""
    import signal

    os.close(child.stream)
    with contextlib.suppress(OSError):
        if os.waitpid(child.process, os.WNOHANG)[0] == 0:
            os.kill(child.process, signal.SIGTERM)
            os.waitpid(child.process, 0)


def _threads() -> int:
    threading = sys.modules.get("threading")
    return threading.active_count() if threading is not None else 1
