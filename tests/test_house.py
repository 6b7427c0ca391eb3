"""The house rules: labels, sizes, names, and what the quick commands must not import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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


def channel_in(path: Path) -> str | None:
    return path.stem if "CHANNEL" in assigned(tree(path).body) else None


def class_with(attribute: str) -> Callable[[Path], str | None]:
    """Finds the public class of a file that sets this attribute."""

    def look(path: Path) -> str | None:
        return next((c.name for c in classes(path) if attribute in assigned(c.body) and c.name[0] != "_"), None)

    return look


def provider_in(path: Path) -> str | None:
    return class_with("KEYS")(path)


def function_with(first: str, annotation: str) -> Callable[[Path], str | None]:
    """Finds the function that is called like its file and takes a `first` of this type first."""

    def look(path: Path) -> str | None:
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.name == path.stem and node.args.args:
                given = node.args.args[0]
                if given.arg == first and isinstance(given.annotation, ast.Name) and given.annotation.id == annotation:
                    return node.name
        return None

    return look


command_in = function_with("outside", "Outside")
report_in = function_with("journal", "Journal")

DRAWERS: dict[str, tuple[str, Callable[[Path], str | None]]] = {
    "channels": ("_FILES", channel_in),
    "providers": ("PROVIDERS", provider_in),
    "rules": ("RULES", class_with("NAME")),
    "steps": ("STEPS", class_with("verb")),
    "reports": ("REPORTS", report_in),
    "cli": ("COMMANDS", command_in),
}
ABSTRACT = {"base.py"}


def on_label(drawer: str, label: str) -> set[str]:
    """Every name that stands in the value of a drawer's label."""
    for node in tree(SOURCE / drawer / "__init__.py").body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == label for target in targets):
            return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    raise AssertionError(f"src/crisiscli/{drawer}/__init__.py has no label {label}")


def in_drawer(drawer: str) -> list[tuple[Path, str]]:
    _, what_is_in = DRAWERS[drawer]
    files = [path for path in sorted((SOURCE / drawer).glob("*.py")) if path.name not in {"__init__.py", *ABSTRACT}]
    return [(path, thing) for path in files if (thing := what_is_in(path)) is not None]


@pytest.mark.parametrize("drawer", DRAWERS)
def test_every_file_of_a_drawer_stands_on_its_label(drawer: str) -> None:
    label, _ = DRAWERS[drawer]
    listed = on_label(drawer, label)
    found = in_drawer(drawer)
    assert found, f"nothing was found in {drawer}: this test looks for the wrong thing"
    missing = [f"add {thing} ({name_of(path)}) to {label}" for path, thing in found if thing not in listed]
    # The rules that reading applies are a label of their own, spread into RULES as one line.
    missing = [line for line in missing if drawer != "rules" or "rules/reading" not in line]
    assert not missing, f"src/crisiscli/{drawer}/__init__.py: " + "; ".join(missing)


@pytest.mark.parametrize("drawer", DRAWERS)
def test_no_file_of_a_drawer_is_forgotten(drawer: str) -> None:
    files = {path.stem for path in (SOURCE / drawer).glob("*.py")} - {"__init__"}
    used: set[str] = set()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                used |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    forgotten = [stem for stem in sorted(files) if f"crisiscli.{drawer}.{stem}" not in used]
    label, _ = DRAWERS[drawer]
    assert not forgotten, f"nobody imports {forgotten}: add them to {label} in src/crisiscli/{drawer}/__init__.py"


def test_a_file_that_is_not_on_its_label_would_be_noticed(tmp_path: Path) -> None:
    written = {
        channel_in: ("pager.py", "CHANNEL = Channel(id='pager')\n"),
        provider_in: ("pager.py", "class Pager:\n    KEYS: ClassVar[tuple[Key, ...]] = ()\n"),
        class_with("NAME"): ("tone.py", "class Tone(Rule):\n    NAME = 'tone'\n"),
        command_in: ("page.py", "def page(outside: Outside) -> int:\n    return 0\n"),
        report_in: ("csv.py", "def csv(journal: Journal, zone: tzinfo) -> str:\n    return ''\n"),
    }
    for look, (name, text) in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert look(tmp_path / name) is not None


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
