"""What an editor shows in a folder that `crisis new` wrote: the real language server of VS Code and Neovim, over stdio.

It comes from npm into a temporary folder. JetBrains has an engine of its own, which cannot be started here; its file is
read as XML, and the schemas are draft-07, which it reads.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from crisiscli.channels import CHANNELS
from crisiscli.cli import build
from crisiscli.loader import shipped
from crisiscli.steps import STEPS
from editor import Editor

SERVER = "yaml-language-server@1.25"
NO_NETWORK = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "ERR_SOCKET_TIMEOUT")
STEP = "phases:\n  - id: a\n    title: b\n    steps:\n      - id: x\n        "


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A crisis folder with every shipped runbook and a blank one."""
    place = tmp_path_factory.mktemp("editors") / "Acme S.A. (pl)"
    for path in shipped("runbooks").glob("*.yaml"):
        again = CliRunner().invoke(build(["new"]), ["new", str(place), "--from", path.stem, "--no-input"])
        assert again.exit_code == 0, again.output
    blank = CliRunner().invoke(build(["new"]), ["new", str(place), "--blank", "--no-input"])
    assert blank.exit_code == 0, blank.output
    return place


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The program of the language server, installed from npm."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so yaml-language-server cannot be had")
    place = tmp_path_factory.mktemp("npm")
    command = [npm, "install", "--prefix", str(place), "--ignore-scripts", "--no-audit", "--no-fund", SERVER]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and any(code in done.stderr for code in NO_NETWORK):
        pytest.skip("npm has no network, so yaml-language-server cannot be had")
    assert done.returncode == 0, done.stderr
    return str(place / "node_modules" / ".bin" / "yaml-language-server")


@pytest.fixture(scope="module")
def editor(server: str, folder: Path) -> Iterator[Editor]:
    """An editor with the settings that `crisis new` wrote."""
    settings = json.loads((folder / ".vscode" / "settings.json").read_text())
    with Editor([server, "--stdio"], folder, settings) as found:
        yield found


@pytest.fixture
def draft(folder: Path) -> Path:
    """A runbook that is being written: the server knows it by the folder it lies in."""
    return folder / "runbooks" / "draft.yaml"


def said(marks: list[dict[str, Any]]) -> list[str]:
    return [f"{mark['range']['start']['line'] + 1}: {mark['message']}" for mark in marks]


def test_nothing_is_marked_in_what_new_writes(editor: Editor, folder: Path) -> None:
    files = [folder / "crisis.yaml", folder / "people.yaml", folder / "people.example.yaml"]
    files += sorted((folder / "runbooks").glob("*.yaml"))
    assert len(files) == 3 + 1 + len(list(shipped("runbooks").glob("*.yaml")))
    for path in files:
        assert said(editor.marks(path)) == [], path.name


def test_nothing_is_marked_in_what_ships(editor: Editor, folder: Path) -> None:
    for path in shipped("runbooks").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert said(editor.marks(folder / "runbooks" / "shipped" / path.name, text)) == [], path.name


def test_the_first_line_alone_is_enough(server: str, folder: Path) -> None:
    """Neovim, and VS Code opened elsewhere: nothing is known but what the file says."""
    path = folder / "runbooks" / "not-sure-yet.yaml"
    with Editor([server, "--stdio"], folder.parent, {"yaml.schemaStore.enable": False}) as other:
        text = path.read_text(encoding="utf-8")
        assert said(other.marks(path)) == []
        line = text.splitlines().index("owner: Communications") + 1
        found = said(other.marks(path, text.replace("owner: Communications", "ownr: Communications")))
        assert found == [f"{line}: Property ownr is not allowed."]
        crisis = folder / "crisis.yaml"
        found = said(other.marks(crisis, crisis.read_text(encoding="utf-8").replace("\nstore:", "\nstroe:")))
        assert [mark.partition(": ")[2] for mark in found] == ["Property stroe is not allowed."]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("owner: Communications", "ownr: Communications", "Property ownr is not allowed."),
        ("        role: it\n", "        roel: it\n", "Property roel is not allowed."),
        ("    type: count\n", "    type: number\n", 'Value is not accepted. Valid values: "yes_no"'),
        ("    stage: brief\n", "    stage: breif\n", 'Value is not accepted. Valid values: "brief"'),
        ("by: T+1m\n", "by: 1 min\n", "Write a time like T+9m (from T0) or 9m (from the opening of the step)."),
        ("      - intranet\n", "      - intranett\n", 'Value is not accepted. Valid values: "bluesky"'),
        ("    title: Crisis lead\n", "", 'Missing property "title".'),
    ],
)
def test_a_slip_is_marked_where_it_is(editor: Editor, folder: Path, right: str, wrong: str, message: str) -> None:
    path = folder / "runbooks" / "not-sure-yet.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    [mark] = editor.marks(path, text.replace(right, wrong, 1))
    assert mark["message"].startswith(message)
    line = text[: text.index(right)].count("\n")
    assert mark["range"]["start"]["line"] == line - (0 if wrong else 1)


def test_top_level_keys_are_offered(editor: Editor, draft: Path) -> None:
    found = editor.labels(draft, "crisis: 1\n|")
    assert {"id", "version", "title", "languages", "roles", "facts", "audiences", "phases", "messages"} <= found
    assert "crisis" not in found, "it is there already"


def test_verbs_are_offered_in_a_step(editor: Editor, draft: Path) -> None:
    assert {*STEPS, "by", "role", "why", "when"} <= editor.labels(draft, STEP + "|")
    after = editor.labels(draft, STEP + "send: [holding]\n        |")
    assert {"by", "role"} <= after
    assert not after & set(STEPS), "a step has one verb"


def test_values_are_offered(editor: Editor, draft: Path) -> None:
    kinds = editor.labels(draft, "facts:\n  a:\n    ask: b\n    type: |\n")
    assert kinds == {"yes_no", "choice", "text", "count", "percent", "time", "duration", "services"}
    assert set(CHANNELS) == editor.labels(draft, "messages:\n  a:\n    to:\n      - |\n")
    assert {"post", "short", "page", "sms"} <= editor.labels(draft, "messages:\n  a:\n    text:\n      |\n")


def test_a_whole_block_is_offered(editor: Editor, draft: Path) -> None:
    offered = {item["label"]: item for item in editor.completions(draft, "facts:\n  |\n")}
    assert "ask: ${2:What must be known?}" in offered["a fact"]["insertText"]
    steps = editor.labels(draft, "phases:\n  - id: a\n    title: b\n    steps:\n      - |")
    assert {"a step: do", "a step: send"} <= steps


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rol|es:\n  lead:\n    title: a\n", "The duties, each with a deputy. `lead` is always there."),
        ("roles:\n  lead:\n    du|ty: a\n", "What its holder owes the others."),
        (STEP + "se|nd: [a]\n", "The messages, in order."),
        ("messages:\n  a:\n    sta|ge: holding\n", "Where in the story it stands."),
    ],
)
def test_a_key_is_explained(editor: Editor, draft: Path, text: str, words: str) -> None:
    assert words in editor.hover(draft, text)


def test_crisis_yaml_is_completed_explained_and_marked(editor: Editor, folder: Path) -> None:
    path = folder / "crisis.yaml"
    head = path.read_text(encoding="utf-8").splitlines()[0] + "\n"
    assert {"channels", "four_eyes", "mass_send"} <= editor.labels(path, head + "company:\n  name: A\n|")
    assert set(CHANNELS) <= editor.labels(path, head + "channels:\n  |\n")
    assert {"smtp", "webhook", "outbox"} <= editor.labels(path, head + "channels:\n  x:\n    provider: |\n")
    assert {"host", "password"} <= editor.labels(path, head + "channels:\n  email:\n    provider: smtp\n    |\n")
    assert "nobody approves words of their own" in editor.hover(path, head + "four|_eyes: true\n")
    secret = "channels:\n  email:\n    provider: smtp\n    host: m\n    from: a@b.c\n    password: hunter2\n"
    assert any("A secret never stands in the file" in mark for mark in said(editor.marks(path, head + secret)))


def test_people_yaml_is_completed_and_marked(editor: Editor, folder: Path) -> None:
    path = folder / "people.yaml"
    head = path.read_text(encoding="utf-8").splitlines()[0] + "\n"
    assert {"name", "phone", "roles", "hours"} <= editor.labels(path, head + "ann:\n  |\n")
    assert said(editor.marks(path, head + "ann:\n  phoen: 1\n")) == ["3: Property phoen is not allowed."]


def test_the_files_for_jetbrains_name_files_that_are_there(folder: Path) -> None:
    tree = ElementTree.parse(folder / ".idea" / "jsonSchemas.xml")  # noqa: S314 - it was written here
    options = {(option.get("name"), option.get("value")) for option in tree.iter("option") if option.get("value")}
    for name, value in options:
        if name in ("relativePathToSchema", "path"):
            assert (folder / str(value)).exists(), value
    assert ("path", "runbooks") in options


def test_the_settings_name_files_that_are_there(folder: Path) -> None:
    settings = json.loads((folder / ".vscode" / "settings.json").read_text())
    for schema, patterns in settings["yaml.schemas"].items():
        assert (folder / schema).is_file()
        assert any(list(folder.glob(pattern)) for pattern in patterns)
    assert settings["yaml.format.enable"] is False
