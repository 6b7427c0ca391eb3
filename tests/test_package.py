"""The wheel holds what the program needs: runbooks, layouts and the schema of the record."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from crisiscli import __version__

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (path,) = folder.glob("*.whl")
    assert path.name.startswith(f"crisis_runbook-{__version__}-")
    return zipfile.ZipFile(path)


@pytest.mark.parametrize(("folder", "inside"), [("runbooks", "*.yaml"), ("templates", "*.j2")])
def test_what_is_shipped_is_in_it(wheel: zipfile.ZipFile, folder: str, inside: str) -> None:
    files = sorted((ROOT / folder).rglob(inside))
    assert files
    for path in files:
        name = f"crisiscli/shipped/{folder}/{path.relative_to(ROOT / folder).as_posix()}"
        assert wheel.read(name) == path.read_bytes()


def test_the_schema_of_the_record_is_in_it(wheel: zipfile.ZipFile) -> None:
    schema = (ROOT / "src" / "crisiscli" / "stores" / "schema.sql").read_bytes()
    assert wheel.read("crisiscli/stores/schema.sql") == schema
    assert b"CREATE TRIGGER" in schema


def test_what_new_writes_is_in_it(wheel: zipfile.ZipFile) -> None:
    files = sorted((ROOT / "src" / "crisiscli" / "authoring" / "files").iterdir())
    assert len(files) > 5
    for path in files:
        assert wheel.read(f"crisiscli/authoring/files/{path.name}") == path.read_bytes()


def test_every_module_is_in_it_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    source = ROOT / "src"
    modules = {path.relative_to(source).as_posix() for path in source.rglob("*.py")}
    packed = {name for name in wheel.namelist() if name.endswith(".py")}
    assert packed == modules
    assert not [name for name in wheel.namelist() if name.startswith(("tests/", "tools/", "benchmarks/"))]


def test_its_types_are_for_everybody(wheel: zipfile.ZipFile) -> None:
    assert "crisiscli/py.typed" in wheel.namelist()


def test_the_command_and_the_licence_are_in_it(wheel: zipfile.ZipFile) -> None:
    info = f"crisis_runbook-{__version__}.dist-info"
    assert "crisis = crisiscli.__main__:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert wheel.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
