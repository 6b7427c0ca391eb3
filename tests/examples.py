"""The examples of rules as whole runbooks: a piece of YAML in place of, or beside, the same piece of a good one."""

from __future__ import annotations

import dataclasses
import re
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from crisiscli.config import Binding, Company, Config, Person
from crisiscli.loader import load_text
from crisiscli.loader.phrasing import phrases
from crisiscli.rules import Around, Rule

BASE = (Path(__file__).parent / "lint" / "base.yaml").read_text(encoding="utf-8")
AROUND = Around(
    layouts={"banner": "{{ sentences | join(' ') }}"},
    config=Config(
        company=Company(name="Acme", verify_route="the number on your card"),
        channels={"intranet": Binding("intranet", fallback=("sms",))},
    ),
    today=date(2026, 11, 22),
    phrases=phrases(),
    runbooks={"outage": "example.yaml", "full-outage": "full-outage.yaml"},
)

Entries = dict[str, str]


def example(rule: Rule, kind: str) -> str:
    """The YAML below `Bad:` or `Good:` in a rule's docstring."""
    found = _shown(rule, kind)
    assert found, f"{rule.NAME} shows no {kind} example"
    return found


def around_of(rule: Rule) -> Around:
    """What lies around the examples of a rule: its `Before:` as the revision compared with, its `Company:`."""
    found = AROUND
    company = _shown(rule, "Company")
    if company:
        found = dataclasses.replace(found, config=_company(yaml.safe_load(company)))
    before = _shown(rule, "Before")
    if before:
        loaded = load_text(whole(before).encode(), "example.yaml")
        found = dataclasses.replace(found, base=lambda path: loaded)
    return found


def _company(written: dict[str, Any]) -> Config:
    """The company's side as an example shows it: its `channels` as in crisis.yaml, its `people` as in people.yaml."""
    assert AROUND.config is not None
    channels = {
        name: Binding(name, takes={"day": one["takes"], "night": one["takes"]}, who=one.get("who", ""))
        for name, one in written.get("channels", {}).items()
    }
    people = {
        name: Person(name, one["name"], roles=tuple(one["roles"]), hours=one.get("hours", ""))
        for name, one in written.get("people", {}).items()
    }
    return dataclasses.replace(AROUND.config, channels=channels, people=people)


def _shown(rule: Rule, kind: str) -> str:
    text = textwrap.dedent("    " + (type(rule).__doc__ or ""))
    found = re.search(rf"^{kind}:\n```yaml\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def whole(fragment: str, base: str = BASE) -> str:
    """The base with the fragment's entries in place of its own, or beside them.

    `messages: holding:` replaces that one message, a step takes the place of the step with its id, a new step is
    added at the end of its phase. A value without entries replaces its block, and so does a block that says it shows
    `# all of them`; what is no block is returned alone.
    """
    other = _blocks(fragment)
    if not other:
        return fragment
    own = dict(_blocks(base))
    rest = ""
    for key, block in other:
        if sum(name == key for name, _ in other) > 1:
            own.pop(key, None)
            rest += block
        else:
            shown_whole = "# all of them" in block.partition("\n")[0]
            own[key] = block if shown_whole else _merged(own.get(key, ""), block, 2)
    return "".join(own.values()) + rest


def _blocks(text: str) -> list[tuple[str, str]]:
    found = re.findall(r"^\w+:.*\n(?:[ \n#].*\n?)*", text, re.MULTILINE)
    return [(block.partition(":")[0], block) for block in found]


def _merged(own: str, other: str, indent: int) -> str:
    """One block over another: entries stand `indent` spaces in, as `name:` or as `- id: name`."""
    head, entries = _entries(own, indent)
    other_head, other_entries = _entries(other, indent)
    if not entries or not other_entries:
        return other
    for name, entry in other_entries.items():
        steps = re.search(r"^    steps:\n", entry, re.MULTILINE) and name in entries
        entries[name] = _phase(entries[name], entry) if steps else entry
    return (head if other_head.strip().endswith(":") else other_head) + "".join(entries.values())


def _phase(own: str, other: str) -> str:
    """The steps of one phase over those of another."""
    before, _, steps = own.partition("    steps:\n")
    _, _, others = other.partition("    steps:\n")
    return before + _merged("    steps:\n" + steps, "    steps:\n" + others, 6)


def _entries(block: str, indent: int) -> tuple[str, Entries]:
    head, *parts = re.split(rf"^(?= {{{indent}}}(?:- id: )?[^\s#])", block, flags=re.MULTILINE)
    found: Entries = {}
    for part in parts:
        name = re.sub(r"^ +(?:- id: )?", "", part).split("\n")[0].partition(":")[0].strip()
        while name in found:
            name += "'"
        found[name] = part
    return head, found
