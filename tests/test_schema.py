"""The schemas of crisis.yaml and people.yaml, held against what the program itself takes and refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crisiscli.authoring.schemas import KINDS, printed, schema_of
from crisiscli.channels import CHANNELS
from crisiscli.cli import build
from crisiscli.config.bindings import HAND
from crisiscli.config.reading import KEYS, PERSON_KEYS, read
from crisiscli.config.words import COMPANY, PERSON
from crisiscli.config.words import HAND as HAND_WORDS
from crisiscli.providers import PROVIDERS

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs" / "example"


def judged(folder: Path, kind: str, *paths: Path) -> dict[str, bool]:
    """Whether the schema takes each file, by check-jsonschema, in one run."""
    schema = folder / f"{kind}.schema.json"
    schema.write_text(printed(kind), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "-o", "JSON", "--schemafile", str(schema), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert not found.get("parse_errors"), found
    wrong = {error["filename"] for error in found.get("errors", [])}
    return {path.name: str(path) not in wrong for path in paths}


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from objects(inner)


def test_the_command_prints_each_of_them() -> None:
    for kind in KINDS:
        shown = CliRunner().invoke(build(["schema"]), ["schema", kind], prog_name="crisis")
        assert shown.exit_code == 0
        assert json.loads(shown.stdout)["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert CliRunner().invoke(build(["schema"]), ["schema"], prog_name="crisis").stdout == printed("runbook")
    assert CliRunner().invoke(build(["schema"]), ["schema", "people.yaml"], prog_name="crisis").exit_code == 2


def test_every_key_has_its_sentence() -> None:
    assert set(COMPANY) == set(KEYS)
    assert set(HAND_WORDS) == set(HAND)
    assert set(PERSON) == set(PERSON_KEYS)
    for kind in KINDS:
        for found in objects(schema_of(kind)):
            for name, key in found.get("properties", {}).items() if isinstance(found.get("properties"), dict) else ():
                inside = kind == "runbook" and "description" not in found
                assert inside or "const" in key or key.get("description"), f"{kind}: {name}"


def test_a_pattern_says_what_it_wants() -> None:
    for kind in KINDS:
        for found in objects(schema_of(kind)):
            if isinstance(found.get("pattern"), str) and found["pattern"][1:2] not in ("[A", "[^"):
                known = found.get("patternErrorMessage") or "A-Za-z" in found["pattern"] or "%" in found["pattern"]
                assert known, f"{kind}: {found['pattern']}"


def test_code_words_are_set_apart_only_where_markdown_is_read() -> None:
    for kind in KINDS:
        for found in objects(schema_of(kind)):
            if isinstance(found.get("description"), str):
                assert "`" not in found["description"]


def test_what_ships_and_the_example_are_taken(tmp_path: Path) -> None:
    assert all(judged(tmp_path, "runbook", *(ROOT / "runbooks").glob("*.yaml")).values())
    assert all(judged(tmp_path, "crisis", EXAMPLE / "crisis.yaml").values())
    assert all(judged(tmp_path, "people", EXAMPLE / "people.example.yaml").values())


GOOD = {
    "empty": "company:\n  name: Acme\n",
    "numbers": "company:\n  name: 7\nmass_send: 500\nfour_eyes: false\nrunbooks: [a, b]\nlanguages: pl\n",
    "hands": "channels:\n  ivr:\n    who: Desk\n    takes: {day: 20m, night: 1h30m}\n    fallback: [sms]\n  x:\n",
    "manual": "channels:\n  x:\n    provider: manual\n    open: https://x.example\n",
    "outbox": "channels:\n  website:\n    provider: outbox\n    folder: out\n    who: Web\n",
    "smtp": (
        "channels:\n  email:\n    provider: smtp\n    host: mail.acme.example\n    port: 587\n"
        "    from: a@acme.example\n    password: 'env:P'\n"
    ),
}
BAD = {
    "typo": "compny:\n  name: Acme\n",
    "typo-inside": "company:\n  nmae: Acme\n",
    "mass": "mass_send: never\n",
    "eyes": "four_eyes: 'yes'\n",
    "channel": "channels:\n  webiste:\n    who: Web\n",
    "provider": "channels:\n  x:\n    provider: smpt\n",
    "binding-key": "channels:\n  x:\n    woh: Social\n",
    "foreign-key": "channels:\n  x:\n    provider: outbox\n    folder: out\n    host: mail\n",
    "secret": (
        "channels:\n  email:\n    provider: smtp\n    host: mail.acme.example\n    from: a@acme.example\n"
        "    password: open\n"
    ),
    "takes": "channels:\n  x:\n    takes: soon\n",
    "open": "channels:\n  x:\n    open: ftp://x\n",
    "fallback": "channels:\n  x:\n    fallback: [telex]\n",
    "region": "region: Poland\n",
}


def test_the_schema_of_crisis_yaml_agrees_with_its_reader(tmp_path: Path) -> None:
    for folder in ("a", "b", "out"):
        (tmp_path / folder).mkdir()
    paths = []
    for name, text in (GOOD | BAD).items():
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    taken = judged(tmp_path, "crisis", *paths)
    for path in paths:
        good = path.stem in GOOD
        problems = [problem.what for problem in read(path).problems]
        assert (not problems) is good, f"{path.stem}: the reader says {problems}"
        assert taken[path.name] is good, f"{path.stem}: the schema says {taken[path.name]}"


def test_the_schema_of_people(tmp_path: Path) -> None:
    texts = {
        "good": "ann:\n  name: Ann\n  phone: +48 555 000 101\n  roles: [lead]\n  hours: 24/7\nben:\n",
        "empty": "# nobody yet\n",
        "typo": "ann:\n  phoen: 1\n",
        "roles": "ann:\n  roles: {lead: true}\n",
    }
    paths = [tmp_path / f"{name}.yaml" for name in texts]
    for path in paths:
        path.write_text(texts[path.stem], encoding="utf-8")
    taken = judged(tmp_path, "people", *paths)
    assert taken == {"good.yaml": True, "empty.yaml": True, "typo.yaml": False, "roles.yaml": False}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_has_its_own_keys(provider: str) -> None:
    found = schema_of("crisis")["definitions"][provider]
    assert set(found["properties"]) == {*HAND, *(key.name for key in PROVIDERS[provider].KEYS)}
    assert found["properties"]["provider"]["const"] == provider


def test_every_channel_can_be_bound() -> None:
    assert set(schema_of("crisis")["properties"]["channels"]["properties"]) == set(CHANNELS)
