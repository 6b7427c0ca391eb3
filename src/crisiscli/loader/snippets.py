"""What editors show beyond a schema: code words set apart, what a pattern wants in words, blocks to fill in."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

WANTED = {
    r"^([0-9]+[smhd])+$": "Write a duration like 90s, 30m, 72h or 2d.",
    r"^T\+([0-9]+[smhd])+$": "Write a time from T0 like T+9m or T+2d.",
    r"^(T\+)?([0-9]+[smhd])+$": "Write a time like T+9m (from T0) or 9m (from the opening of the step).",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "Write a day like 2026-11-20.",
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$": "Use lower case letters, digits and dashes: speak-first.",
}
"""What a pattern asks for, in words a person can follow."""

_FACT = {"ask": "${2:What must be known?}", "type": "${3|yes_no,choice,text,count,percent,time,duration,services|}"}
_MESSAGE = {
    "stage": "${2|holding,brief,explanation,status,all_clear,light,thanks,lessons,closure,education|}",
    "for": ["${3:customers}"],
    "to": ["${4:website}"],
    "text": {"${5:page}": {"${6:en}": [{"${7:empathy}": "$8"}, {"next_update": "$9 {{ next_update }}"}]}},
}
BLOCKS: dict[str, tuple[str, str, Any]] = {
    "roles": ("a role", "Who does what, and who steps in", {
        "${1:press}": {"title": "${2:Press desk}", "duty": "$3", "deputy": "${4:lead}"}}),
    "facts": ("a fact", "A question, and what kind of answer it takes", {"${1:name}": _FACT}),
    "audiences": ("an audience", "Who must hear it, and through what", {
        "${1:customers}": {"who": "${2:Customers}", "reached_by": ["${3:website}"]}}),
    "messages": ("a message", "What is said at one stage, and to whom", {"${1:holding}": _MESSAGE}),
    "elements": ("an element", "Sentences under this label need a confirmed fact", {
        "${1:money_safe}": {"needs": {"${2:money_or_data_touched}": "${3:no}"}}}),
}  # fmt: skip
"""By block of a runbook: what the entry is called in the list, what it is for, and what is put in."""

STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("a step: do", "Somebody does something", {"do": "$4", "answer": "$5"}),
    ("a step: ask", "Facts are asked for", {"ask": ["${4:next_update}"]}),
    ("a step: decide", "A decision among options", {"decide": "$4", "options": {"${5:now}": "$6", "${7:no}": "$8"}}),
    ("a step: call", "People are called together", {"call": ["${4:lead}"]}),
    ("a step: send", "Messages go out", {"send": ["${4:holding}"]}),
)


def steps() -> list[Schema]:
    """A snippet per common verb."""
    begin = {"id": "${1:name}", "by": "${2:T+5m}", "role": "${3:lead}"}
    return [{"label": label, "description": about, "body": begin | body} for label, about, body in STEPS]


def explained(schema: Schema) -> Schema:
    """The schema with `markdownDescription` and `patternErrorMessage` wherever there is something to say."""
    for value in schema.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                explained(inner)
    words = schema.get("description")
    if isinstance(words, str) and "`" in words:
        schema["markdownDescription"] = words
        schema["description"] = words.replace("`", "")
    if schema.get("pattern") in WANTED:
        schema["patternErrorMessage"] = WANTED[schema["pattern"]]
    return schema


def offered(properties: Schema) -> None:
    """Puts a snippet beside each block of a runbook."""
    for block, (label, about, body) in BLOCKS.items():
        properties[block]["defaultSnippets"] = [{"label": label, "description": about, "body": body}]
