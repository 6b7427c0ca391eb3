"""The house rules: labels, sizes, names, and what the quick commands must not import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crisiscli.rules import ROOMS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "crisiscli"
MODULES = sorted(SOURCE.rglob("*.py"))
BOARDS = [*MODULES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "tools").glob("*.py"))]

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc", "models", "types"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
HEAVY = ("pydantic", "yaml", "jinja2", "httpx", "prompt_toolkit", "babel")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in tree(path).body if isinstance(node, ast.ClassDef))


def assigned(body: list[ast.stmt]) -> set[str]:
    """The names given a value directly in a body."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found.add(node.target.id)
    return found


Look = Callable[[Path], list[str]]


def channels_in(path: Path) -> list[str]:
    return [path.stem] if "CHANNEL" in assigned(tree(path).body) else []


def classes_with(attribute: str) -> Look:
    """Finds the public classes of a file that set this attribute."""
    return lambda path: [c.name for c in classes(path) if attribute in assigned(c.body) and c.name[0] != "_"]


def function_with(first: str, annotation: str) -> Look:
    """Finds the function that is called like its file and takes a `first` of this type first."""

    def look(path: Path) -> list[str]:
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.name == path.stem and node.args.args:
                given = node.args.args[0]
                if given.arg == first and isinstance(given.annotation, ast.Name) and given.annotation.id == annotation:
                    return [node.name]
        return []

    return look


DRAWERS: dict[str, tuple[str, Look]] = {
    "channels": ("_FILES", channels_in),
    "providers": ("PROVIDERS", classes_with("KEYS")),
    **{f"rules/{room}": ("RULES", classes_with("NAME")) for room in ROOMS},
    "steps": ("STEPS", classes_with("verb")),
    "reports": ("REPORTS", function_with("journal", "Journal")),
    "cli": ("COMMANDS", function_with("outside", "Outside")),
}
"""Each drawer's label, and how to see what a file of it has to put there."""


def value_of(path: Path, name: str) -> ast.stmt | None:
    """The statement that gives a name its value in a file."""
    return next((node for node in tree(path).body if name in assigned([node])), None)


def on_label(drawer: str, label: str) -> set[str]:
    """Every name and word in the value of a drawer's label; a list of another file that is spread in counts too."""
    node = value_of(SOURCE / drawer / "__init__.py", label)
    assert node is not None, f"src/crisiscli/{drawer}/__init__.py has no label {label}"
    parts = [node]
    for spread in [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Starred)]:
        files = (SOURCE / drawer).glob("*.py")
        parts += [found for path in files if isinstance(spread, ast.Name) and (found := value_of(path, spread.id))]
    inside = [inner for part in parts for inner in ast.walk(part)]
    words = {inner.value for inner in inside if isinstance(inner, ast.Constant) and isinstance(inner.value, str)}
    return words | {inner.id for inner in inside if isinstance(inner, ast.Name)}


def in_drawer(drawer: str) -> list[tuple[Path, str]]:
    _, look = DRAWERS[drawer]
    files = [path for path in sorted((SOURCE / drawer).glob("*.py")) if path.name not in ("__init__.py", "base.py")]
    return [(path, thing) for path in files for thing in look(path)]


@pytest.mark.parametrize("drawer", DRAWERS)
def test_every_file_of_a_drawer_stands_on_its_label(drawer: str) -> None:
    label, _ = DRAWERS[drawer]
    listed = on_label(drawer, label)
    found = in_drawer(drawer)
    assert found, f"nothing was found in {drawer}: this test looks for the wrong thing"
    missing = [f"add {thing} ({name_of(path)}) to {label}" for path, thing in found if thing not in listed]
    assert not missing, f"src/crisiscli/{drawer}/__init__.py: " + "; ".join(missing)


@pytest.mark.parametrize("drawer", DRAWERS)
def test_no_file_of_a_drawer_is_forgotten(drawer: str) -> None:
    files = {path.stem for path in (SOURCE / drawer).glob("*.py")} - {"__init__"}
    used: set[str] = set()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                used |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    label, _ = DRAWERS[drawer]
    words = on_label(drawer, label)
    package = f"crisiscli.{drawer.replace('/', '.')}"
    forgotten = [stem for stem in sorted(files) if f"{package}.{stem}" not in used and stem not in words]
    assert not forgotten, f"nobody imports {forgotten}: add them to {label} in src/crisiscli/{drawer}/__init__.py"


def test_a_file_that_is_not_on_its_label_would_be_noticed(tmp_path: Path) -> None:
    written = {
        "channels": ("pager.py", "CHANNEL = Channel(id='pager')\n", "pager"),
        "providers": ("pager.py", "class Pager:\n    KEYS: ClassVar[tuple[Key, ...]] = ()\n", "Pager"),
        **{f"rules/{room}": ("tone.py", "class Tone(Rule):\n    NAME = 'tone'\n", "Tone") for room in ROOMS},
        "steps": ("vote.py", "class Vote(Step):\n    verb: ClassVar[str] = 'vote'\n", "Vote"),
        "reports": ("csv.py", "def csv(journal: Journal, zone: tzinfo) -> str:\n    return ''\n", "csv"),
        "cli": ("page.py", "def page(outside: Outside) -> int:\n    return 0\n", "page"),
    }
    assert set(written) == set(DRAWERS)
    for drawer, (name, text, thing) in written.items():
        label, look = DRAWERS[drawer]
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert look(tmp_path / name) == [thing]
        assert thing not in on_label(drawer, label)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_and_sizes(path: Path) -> None:
    assert path.stem not in FORBIDDEN, f"{name_of(path)}: say what is in it"
    assert path.parent.name not in FORBIDDEN, f"{name_of(path)}: say what is in the folder"
    module = tree(path)
    assert ast.get_docstring(module), f"{name_of(path)}: a module begins with one sentence about itself"
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{name_of(path)} has {lines} lines: split it"
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            # The length of a signature is that of the command line, and a docstring is a manual page.
            length = (node.end_lineno or 0) - _first_statement(node).lineno + 1
            assert length <= LONGEST_FUNCTION, f"{name_of(path)}: {node.name} has {length} lines: split it"


def _first_statement(node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
    return node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]


@pytest.mark.parametrize("path", BOARDS, ids=name_of)
def test_nothing_is_left_to_do(path: Path) -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        assert not any(mark in line for mark in marks), f"{name_of(path)}:{number}: {line.strip()}"


ASK = """
import sys
from crisiscli.__main__ import main
try:
    main()
finally:
    print("LOADED", *(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


def loaded(state: Path, *command: str) -> tuple[int, str]:
    """Which heavy packages a command leaves in memory, and its exit code."""
    env = {"PATH": "/usr/bin:/bin", "CRISIS_STATE": str(state), "HOME": str(state), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(heavy=HEAVY), *command],
        env=env, cwd=state, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    marked = [line for line in done.stderr.splitlines() if line.startswith("LOADED")]
    assert len(marked) == 1, done.stderr
    return done.returncode, marked[0].removeprefix("LOADED").strip()


@pytest.fixture(scope="module")
def incident(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with one open incident."""
    state = tmp_path_factory.mktemp("state")
    code, heavy = loaded(state, "start", "erroneous-mass-message", "--at", "now", "--no-input")
    assert code == 2
    assert "yaml" in heavy.split(), "a start reads YAML: the probe sees nothing"
    return state


@pytest.mark.parametrize("command", [("--help",), ("--version",), ("status",), ("note", "words"), ("fact",)])
def test_quick_commands_import_nothing_heavy(incident: Path, command: tuple[str, ...]) -> None:
    code, heavy = loaded(incident, *command)
    assert code == 0
    assert heavy == ""
