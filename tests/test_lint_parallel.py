"""Several processes find what one finds, in the same order, whatever becomes of them."""

from __future__ import annotations

import os

import pytest

from crisiscli.linter.packing import Checked
from crisiscli.linter.parallel import looked_at, processes
from crisiscli.problem import Problem, Span


def spoken(path: str) -> Checked:
    return Checked((Problem(path, Span(1, 2, 3, 4), "rule", "X1", "error", f"about {path} ą\ud800"),))


PATHS = [f"f{number}.yaml" for number in range(7)]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


@needs_fork
@pytest.mark.parametrize("number", [1, 2, 3, 9])
def test_processes_find_the_same_in_the_same_order(number: int) -> None:
    found = looked_at(PATHS, spoken, number)
    assert list(found) == PATHS
    assert found == {path: spoken(path) for path in PATHS}


@needs_fork
@pytest.mark.parametrize("how", ["exit", "raise", "garbage"])
def test_a_process_that_dies_loses_nothing(how: str) -> None:
    here = os.getpid()

    def look(path: str) -> Checked:
        if os.getpid() != here and path == "f3.yaml":
            if how == "exit":
                os._exit(0)
            if how == "garbage":
                return Checked(({"not": "a problem"},))  # type: ignore[arg-type]  # on purpose
            raise ValueError(path)
        return spoken(path)

    assert looked_at(PATHS, look, 2) == {path: spoken(path) for path in PATHS}


@needs_fork
def test_what_stops_the_parent_ends_the_children() -> None:
    here = os.getpid()

    def look(path: str) -> Checked:
        if os.getpid() == here:
            raise KeyboardInterrupt
        return spoken(path)

    with pytest.raises(KeyboardInterrupt):
        looked_at(PATHS, look, 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_few_files_take_one_process() -> None:
    assert processes(3, None) == 1
    assert processes(1, 8) == 1
    assert processes(0, None) == 1
