"""The JSON Schema of a runbook, draft-07, for editors."""

from __future__ import annotations

from typing import Any

from crisiscli.conditions import KEYS, MOODS, SIGNAL_COUNTS, SIGNAL_SPANS
from crisiscli.loader.details import DASHED, NAMED, SLOT
from crisiscli.loader.sentences import nouns, sentences
from crisiscli.loader.shapes import MAY_BE_EMPTY
from crisiscli.loader.snippets import explained, offered, steps
from crisiscli.loader.texts import LEAF_KEYS
from crisiscli.runbook import FORMAT, Runbook
from crisiscli.steps import STEPS

Schema = dict[str, Any]

_SPAN = r"^([0-9]+[smhd])+$"
_OFFSET = r"^T\+([0-9]+[smhd])+$"
_EITHER = r"^(T\+)?([0-9]+[smhd])+$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_VALUE: Schema = {"type": ["string", "number", "boolean"]}
_REF: dict[str, Schema] = {
    name: {"$ref": f"#/definitions/{name}"} for name in ("condition", "sentence", "sentences", "text", "step")
}


def schema() -> Schema:
    """The schema as plain data. Every key carries the sentence the format reference says about it."""
    whole, definitions = _generated()
    definitions = {name: _plain(found) for name, found in definitions.items()}
    whole = _plain(whole)
    _sharpen(whole, definitions)
    offered(whole["properties"])
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Crisis runbook",
        **{key: value for key, value in whole.items() if key != "title"},
        "definitions": definitions | _texts(),
    }
    return explained(whole)


def _generated() -> tuple[Schema, Schema]:
    """What pydantic makes of the nouns, and their definitions, every verb of a step among them."""
    from pydantic import TypeAdapter

    template = "#/definitions/{model}"
    whole = TypeAdapter(Runbook).json_schema(ref_template=template)
    definitions: Schema = whole.pop("$defs")
    del definitions["Step"]
    for verb in STEPS.values():
        found = TypeAdapter(verb).json_schema(ref_template=template)
        definitions |= found.pop("$defs", {})
        definitions[verb.__name__] = found
    for name, noun in nouns().items():
        keys = (whole if noun is Runbook else definitions.get(name, {})).get("properties", {})
        for key, words in sentences(noun).items():
            if key in keys:
                keys[key]["description"] = words
    return whole, definitions


def _plain(found: Any) -> Any:
    """Without what draft-07 or an editor has no use for: null options, empty defaults, generated titles."""
    if isinstance(found, list):
        return [_plain(item) for item in found]
    if not isinstance(found, dict):
        return found
    titled = isinstance(found.get("title"), str)
    kept = {
        key: _plain(value)
        for key, value in found.items()
        if not (key == "title" and titled) and not (key == "default" and value in (None, [], {}))
    }
    options = kept.get("anyOf")
    if isinstance(options, list):
        options = [option for option in options if option != {"type": "null"}]
        kept |= {"anyOf": options}
        if len(options) == 1:
            del kept["anyOf"]
            kept = {**options[0], **kept}
    if "$ref" in kept and len(kept) > 1:
        kept["allOf"] = [{"$ref": kept.pop("$ref")}]
    return kept


def _sharpen(whole: Schema, definitions: Schema) -> None:
    """What annotations cannot say: texts, conditions, times, names."""
    keys = whole["properties"]
    keys["crisis"]["const"] = FORMAT
    keys["id"]["pattern"] = _pattern(DASHED)
    keys["phases"]["minItems"] = 1
    for name in MAY_BE_EMPTY:
        keys[name] = {"description": keys[name]["description"], "anyOf": [*keys[name]["allOf"], {"type": "null"}]}
    for block in ("roles", "audiences", "messages", "gates", "clocks"):
        keys[block]["propertyNames"] = {"pattern": _pattern(NAMED)}
    for block in ("facts", "elements"):
        keys[block]["propertyNames"] = {"pattern": _pattern(SLOT)}
    keys["targets"]["additionalProperties"] = _text(_SPAN)
    _put(definitions, "Phase", "steps", {"type": "array", "items": _REF["step"]})
    _put(definitions, "Phase", "id", _text(_pattern(DASHED)))
    _put(definitions, "FollowUp", "id", _text(_pattern(DASHED)))
    _put(definitions, "Message", "text", _by_channel())
    _put(definitions, "Gate", "opens_when", {"type": "array", "items": _REF["condition"]})
    _put(definitions, "Gate", "at_most", _at_most())
    _put(definitions, "Element", "needs", _REF["condition"])
    _put(definitions, "DutyClock", "when", _REF["condition"])
    _put(definitions, "FollowUp", "when", _REF["condition"])
    _put(definitions, "DutyClock", "from", {"anyOf": [{"enum": ["awareness", "t0"]}, _REF["condition"]]})
    _put(definitions, "Languages", "follow", {"type": "object", "additionalProperties": _text(_SPAN)})
    for owner, key, pattern in (
        ("FollowUp", "at", _OFFSET), ("Inject", "at", _OFFSET), ("DutyClock", "within", _SPAN),
        ("DutyClock", "verified", _DAY), ("Seal", "on", _DAY), ("PreApproved", "on", _DAY),
        ("PreApproved", "until", _DAY), ("Wait", "wait", _EITHER), ("Watch", "every", _SPAN),
        ("Cadence", "early", _SPAN), ("Cadence", "early_for", _SPAN), ("Cadence", "later", _SPAN),
    ):  # fmt: skip
        _put(definitions, owner, key, _text(pattern))
    for verb in STEPS.values():
        _put(definitions, verb.__name__, "id", _text(_pattern(DASHED)))
        _put(definitions, verb.__name__, "by", _text(_EITHER))
        _put(definitions, verb.__name__, "when", _REF["condition"])
        _put(definitions, verb.__name__, "skip", {"enum": ["never", "with a reason"]})
    _channels(definitions)


def _channels(definitions: Schema) -> None:
    from crisiscli.channels import CHANNELS

    for owner, key in (("Message", "to"), ("Audience", "reached_by")):
        _put(definitions, owner, key, {"type": "array", "items": {"enum": sorted(CHANNELS)}})


def _put(definitions: Schema, owner: str, key: str, found: Schema) -> None:
    """Replaces a key's schema and keeps its description."""
    old = definitions[owner]["properties"][key]
    inside = {"allOf": [found]} if "$ref" in found else found
    definitions[owner]["properties"][key] = {"description": old["description"], **inside}


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _pattern(found: Any) -> str:
    return "^" + str(found.pattern).removesuffix(r"\Z") + "$"


def _by_channel() -> Schema:
    from crisiscli.channels import CHANNELS, FAMILIES

    names = [*FAMILIES, *sorted(CHANNELS)]
    languages = {"type": "object", "additionalProperties": _REF["text"]}
    return {"type": "object", "propertyNames": {"enum": names}, "additionalProperties": languages}


def _at_most() -> Schema:
    known = {
        "within": {"description": "In what time the cap counts.", **_text(_SPAN)},
        "until": {"description": "Until when it holds, from T0.", **_text(_OFFSET)},
        "apart": {"description": "At least so long between two of them.", **_text(_SPAN)},
    }
    return {"type": "object", "properties": known, "additionalProperties": {"type": "integer", "minimum": 0}}


def _texts() -> Schema:
    leaf = {
        "title": {"type": "string", "description": "The subject or headline, where the channel has one."},
        "body": {"description": "The sentences, in order.", "allOf": [_REF["sentences"]]},
        "omits": {"type": "array", "items": {"type": "string"}, "description": "Labels this text leaves out."},
        "where": {"type": "string", "description": "Where people find what is left out."},
        "layout": {"type": "string", "description": "A layout of its own."},
    }
    sentence = {
        "description": "One sentence under its label, with an optional condition beside it.",
        "type": "object",
        "properties": {"when": {"description": "Only said when this holds.", "allOf": [_REF["condition"]]}},
        "additionalProperties": {"type": "string", "minLength": 1},
        "oneOf": [
            {"minProperties": 1, "maxProperties": 1, "not": {"required": ["when"]}},
            {"minProperties": 2, "maxProperties": 2, "required": ["when"]},
        ],
    }
    block = {
        "type": "object",
        "properties": {key: leaf[key] for key in LEAF_KEYS},
        "required": ["body"],
        "additionalProperties": False,
    }
    return {
        "step": {
            "description": "One line of the checklist: exactly one verb.",
            "oneOf": [{"$ref": f"#/definitions/{verb.__name__}"} for verb in STEPS.values()],
            "defaultSnippets": steps(),
        },
        "sentence": sentence,
        "sentences": {"type": "array", "minItems": 1, "items": _REF["sentence"]},
        "text": {"description": "What is said on one channel in one language.", "anyOf": [_REF["sentences"], block]},
        "condition": _condition(),
    }


def _condition() -> Schema:
    value, condition = dict(_VALUE), _REF["condition"]
    number = {"type": ["number", "string"]}
    compare = {"is": value, "is_not": value, "at_least": number, "at_most": number}
    on = {"anyOf": [{"enum": ["all", "any"]}, {"type": "array", "items": {"type": "string"}}]}

    def kind(key: str, inside: Schema, beside: Schema) -> Schema:
        return {
            "type": "object",
            "properties": {key: inside, **beside},
            "required": [key],
            "additionalProperties": False,
        }

    name = {"type": "string"}
    short = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"not": {"enum": list(KEYS)}},
        "additionalProperties": value,
    }
    return {
        "description": "Data with three values: true, false, undecided. A list means all of them.",
        "anyOf": [
            {"type": "array", "items": condition},
            kind("fact", name, compare),
            kind("decided", name, {"is": value, "is_not": value}),
            kind("sent", name, {"on": on}),
            kind("any", {"type": "array", "items": condition}, {}),
            kind("not", condition, {}),
            kind("signal", name, _beside_signal(number)),
            short,
        ],
    }


def _beside_signal(number: Schema) -> Schema:
    read: Schema = {"anyOf": [{"enum": list(MOODS)}, {"type": "number"}, _text(r"^[0-9 .]+%?$")]}
    return {
        "said_by": {"type": "string", "description": "The role whose readings count."},
        "is": {"description": "What every one of the last readings says.", **read},
        "is_not": read,
        **dict.fromkeys(SIGNAL_COUNTS, number),
        "negative_rising": {"enum": ["yes", "no", True, False], "description": "Whether the share of negative rose."},
        **{key: _text(_SPAN) for key in SIGNAL_SPANS},
    }
