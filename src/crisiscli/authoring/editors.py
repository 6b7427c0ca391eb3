"""What editors read: VS Code's settings and JetBrains' schema mapping. Neovim reads the line at the head of a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from crisiscli.authoring.people import EXAMPLE
from crisiscli.authoring.quoting import filled
from crisiscli.authoring.setup import Setup
from crisiscli.authoring.writing import Wanted


def editors(setup: Setup) -> Iterator[Wanted]:
    """One file or two per editor."""
    code = setup.folder / ".vscode"
    yield Wanted(code / "settings.json", _json(settings(setup)), "VS Code")
    recommended = {"recommendations": ["redhat.vscode-yaml"]}
    yield Wanted(code / "extensions.json", _json(recommended), "VS Code, the extension it needs")
    idea = filled("jsonSchemas.xml", runbooks=_escaped(_runbooks(setup)), people=_escaped(_people(setup)))
    yield Wanted(setup.folder / ".idea" / "jsonSchemas.xml", idea, "JetBrains")


def settings(setup: Setup) -> dict[str, object]:
    """The settings of a workspace. The formatter is off: it folds sentences anew, and every line shows as changed."""
    return {
        "yaml.schemas": {
            "./schemas/runbook.schema.json": [f"{_runbooks(setup)}/**/*.yaml", f"{_runbooks(setup)}/**/*.yml"],
            "./schemas/crisis.schema.json": ["crisis.yaml"],
            "./schemas/people.schema.json": [_people(setup), EXAMPLE],
        },
        "yaml.format.enable": False,
        "yaml.schemaStore.enable": False,
        "yaml.validate": True,
        "yaml.hover": True,
        "yaml.completion": True,
        "[yaml]": {
            "editor.formatOnSave": False,
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.wordWrap": "on",
            "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
        },
        "files.encoding": "utf8",
        "files.eol": "\n",
    }


def _runbooks(setup: Setup) -> str:
    return os.path.relpath(setup.runbooks, setup.folder).replace(os.sep, "/")


def _people(setup: Setup) -> str:
    return os.path.relpath(setup.people, setup.folder).replace(os.sep, "/") if setup.people else "people.yaml"


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(text, {'"': "&quot;"})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
