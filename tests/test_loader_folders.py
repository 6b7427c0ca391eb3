"""The schema for editors, and the folders runbooks and layouts are found in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crisiscli.errors import FilesUnusable
from crisiscli.loader import find_runbooks, layouts, shipped
from crisiscli.loader.schema import schema

FULL = (Path(__file__).parent / "lint" / "full.yaml").read_text(encoding="utf-8")


def test_schema_is_draft_07_and_says_what_every_key_means() -> None:
    found = schema()
    text = json.dumps(found)
    assert found["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "$defs" not in text
    assert "{}" not in text.replace('"default": {}', "")
    for noun in [found, *found["definitions"].values()]:
        for key, value in noun.get("properties", {}).items() if noun.get("additionalProperties") is False else ():
            if noun is not found["definitions"]["condition"]:
                assert value.get("description"), key


def check(tmp_path: Path, text: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "schema.json").write_text(json.dumps(schema()), encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", tmp_path / "schema.json", tmp_path / "a.yaml"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_schema_takes_a_good_runbook(tmp_path: Path) -> None:
    done = check(tmp_path, FULL)
    assert done.returncode == 0, done.stdout


SCHEMA_SEES = {
    "roles.press": ("duty: Words", "dutty: Words"),
    "steps[0]": ("do: Cancel", "doo: Cancel"),
    "within": ("within: 72h", "within: 72"),
    "when": ("when: {login_load: high}", "when: {fact: a, sent: b}"),
    "text.post.pl": ("plea: Na razie go nie klikaj.", "plea: 112"),
    "reached_by": ("reached_by: [ivr]", "reached_by: [telegraph]"),
    "owner": ("owner: Communications", "owner:"),
    "at_most": ("light: 3,", "light: many,"),
}


def test_schema_sees_the_mistakes_an_editor_should_mark(tmp_path: Path) -> None:
    text = FULL
    for old, new in SCHEMA_SEES.values():
        text = text.replace(old, new, 1)
    done = check(tmp_path, text)
    assert done.returncode == 1
    assert [place for place in SCHEMA_SEES if place not in done.stdout] == []


def test_shipped_folders_are_there() -> None:
    assert (shipped("runbooks")).is_dir()
    assert (shipped("templates")).is_dir()


def test_runbooks_are_found_by_id_the_nearest_first(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    (near / "deep").mkdir(parents=True)
    far.mkdir()
    (near / "deep" / "a.yaml").write_text('id: "one"\n')
    (near / "no-id.yml").write_text("title: @broken\n")
    (near / "crisis.yaml").write_text("id: settings\n")
    (far / "b.yaml").write_text("id: one\n")
    (far / "c.yaml").write_text("# two\nid: two # second\nbroken: @\n")
    found = find_runbooks([near, far, tmp_path / "nowhere"])
    assert found == {"one": near / "deep" / "a.yaml", "no-id": near / "no-id.yml", "two": far / "c.yaml"}


def test_layouts(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    near.mkdir()
    far.mkdir()
    (near / "page.j2").write_text('A {% include "foot" %} B\n')
    (far / "page.j2").write_text("far\n")
    (far / "foot.j2").write_text("{%- include 'sign.j2' -%}\n")
    (far / "sign.j2").write_text("Acme\n")
    assert layouts([near, far]) == {"page": "A Acme B\n", "foot": "Acme\n", "sign": "Acme\n"}
    assert layouts([far])["page"] == "far\n"


@pytest.mark.parametrize(("text", "words"), [('{% include "a" %}', "itself"), ('{% include "none" %}', "nowhere")])
def test_bad_includes(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.j2").write_text(text)
    with pytest.raises(FilesUnusable, match=words):
        layouts([tmp_path])


def test_layouts_that_blow_up_are_refused(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"l{number}.j2").write_text(f'{{% include "l{number + 1}" %}}' * 9)
    (tmp_path / "l12.j2").write_text("x" * 100)
    with pytest.raises(FilesUnusable, match="64 KB"):
        layouts([tmp_path])
