"""The JSON Schemas of `crisis.yaml` and `people.yaml`, draft-07, for editors."""

from __future__ import annotations

from typing import Any

from crisiscli.channels import CHANNELS
from crisiscli.config.bindings import HAND as HAND_KEYS
from crisiscli.config.reading import KEYS, PERSON_KEYS
from crisiscli.config.words import COMPANY, HAND, PERSON
from crisiscli.loader.snippets import explained
from crisiscli.providers import PROVIDERS
from crisiscli.providers.settings import Key

Schema = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT: Schema = {"type": ["string", "number"]}
_SPAN: Schema = {
    "type": "string",
    "pattern": r"^([0-9]+[smhd])+$",
}
_SECRET: Schema = {
    "type": "string",
    "pattern": r"^(env|keyring|file):.+$",
    "patternErrorMessage": "A secret never stands in the file: write env:NAME, keyring:SERVICE/NAME or file:PATH.",
}


def company_schema() -> Schema:
    """The schema of `crisis.yaml`."""
    shapes = _shapes()
    properties = {key: _about(COMPANY[key], shapes[key]) for key in KEYS}
    schema = {
        "$schema": _DRAFT,
        "title": "crisis.yaml",
        "description": "The company's side of a crisis: who carries which channel, who is reached how, who says yes.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "definitions": {"channel": _channel(), **{maker: _binding(maker) for maker in PROVIDERS}},
    }
    return explained(schema)


def people_schema() -> Schema:
    """The schema of `people.yaml`."""
    shapes: dict[str, Schema] = {
        "name": _TEXT,
        "phone": _TEXT,
        "email": {"type": "string"},
        "roles": _some({"type": "string"}),
        "hours": {"type": "string", "examples": ["24/7", "Mon-Fri 08:00-18:00", "22:00-06:00"]},
    }
    person = {
        "type": ["object", "null"],
        "description": "Somebody who may be called.",
        "properties": {key: _about(PERSON[key], shapes[key]) for key in PERSON_KEYS},
        "additionalProperties": False,
    }
    body = {"name": "$2", "phone": "+$3", "roles": ["${4:lead}"], "hours": "${5:24/7}"}
    snippet = {"label": "a person", "description": "Name, number, roles, hours", "body": {"${1:ann}": body}}
    schema = {
        "$schema": _DRAFT,
        "title": "people.yaml",
        "description": "Who may be called, by a short name, and for which roles. Keep it out of version control.",
        "type": ["object", "null"],
        "additionalProperties": person,
        "defaultSnippets": [snippet],
    }
    return explained(schema)


def _shapes() -> dict[str, Schema]:
    tone = {"type": "object", "additionalProperties": _TEXT}
    company = {
        "name": _about("How the company is called in texts.", _TEXT),
        "verify_route": _about("Where a customer can check that it is really us: the number on your card.", _TEXT),
        "tone": _about("How people are addressed, by language: `pl: Ty`.", tone),
    }
    channels = list(CHANNELS)
    many = {"type": ["integer", "string"], "anyOf": [{"const": "forbidden"}, {"type": "integer", "minimum": 0}]}
    lists = {"type": "object", "propertyNames": {"enum": channels}, "additionalProperties": {"type": "string"}}
    return {
        "company": {"type": ["object", "null"], "properties": company, "additionalProperties": False},
        "languages": _some({"type": "string"}),
        "timezone": {"type": "string", "examples": ["Europe/Warsaw", "Europe/Bucharest", "Europe/London"]},
        "four_eyes": {"type": "boolean"},
        "mass_send": many,
        "channels": {
            "type": ["object", "null"],
            "propertyNames": {"enum": channels},
            "properties": {name: _about(f"{channel.name}.", _bindings()) for name, channel in CHANNELS.items()},
        },
        "recipients": {"type": ["object", "null"], "additionalProperties": lists},
        "people": {"type": "string"},
        "me": _TEXT,
        "store": {"type": "string", "examples": ["sqlite", "env:CRISIS_STORE"]},
        "runbooks": _some({"type": "string"}),
        "templates": {"type": "string"},
        "lint": {"type": ["object", "null"], "properties": _linting(), "additionalProperties": False},
        "region": {
            "type": "string",
            "pattern": "^[A-Za-z]{2}$",
            "patternErrorMessage": "Write a country of two letters, such as PL.",
        },
    }


def _linting() -> Schema:
    profile, level = ["draft", "ready", "strict"], ["error", "warning", "note", "never"]
    return {
        "profile": _about("How much `crisis lint` asks for; `ready` without it.", {"enum": profile}),
        "fail_on": _about("The least level that makes `crisis lint` fail; `error` without it.", {"enum": level}),
    }


def _bindings() -> Schema:
    """Any channel; an empty one goes by hand."""
    return {"anyOf": [{"$ref": "#/definitions/channel"}, {"type": "null"}]}


def _channel() -> Schema:
    """A person's keys, and beside them those of the provider that is named."""
    branches = [
        {"if": {"properties": {"provider": {"const": name}}, "required": ["provider"]}, "then": _ref(name)}
        for name in PROVIDERS
    ]
    by_hand = {"if": {"not": {"required": ["provider"]}}, "then": _ref("manual")}
    provider = _about(HAND["provider"], {"enum": list(PROVIDERS)})
    return {"type": "object", "properties": {"provider": provider}, "allOf": [*branches, by_hand]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _binding(name: str) -> Schema:
    maker = PROVIDERS[name]
    keys = {key: _about(HAND[key], shape) for key, shape in _by_hand(name).items()}
    found: Schema = {
        "type": "object",
        "description": " ".join((maker.__doc__ or "").partition("\n\n")[0].split()),
        "properties": keys | {key.name: _about(key.about, _setting(key)) for key in maker.KEYS},
        "additionalProperties": False,
    }
    required = [] if name == "manual" else ["provider", *(key.name for key in maker.KEYS if key.required)]
    return found | ({"required": required} if required else {})


def _by_hand(name: str) -> dict[str, Schema]:
    prompt = {
        "message": _about("The message of the runbook that it says.", _TEXT),
        "language": _about("The language it is spoken in.", _TEXT),
        "prompt": _about("Its number or name in the telephone system.", _TEXT),
        "words": _about("The exact words that were recorded.", {"type": "string"}),
    }
    spans = {"day": _about("By day.", _SPAN), "night": _about("By night.", _SPAN)}
    night = {"type": "object", "properties": spans, "additionalProperties": False}
    shapes: dict[str, Schema] = {
        "provider": {"const": name},
        "takes": {"anyOf": [_SPAN, night]},
        "open": {
            "type": "string",
            "pattern": "^https?://",
            "patternErrorMessage": "Write a link that begins with https://.",
        },
        "fallback": _some({"enum": list(CHANNELS)}),
        "prerecorded": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": prompt,
                "required": list(prompt),
                "additionalProperties": False,
            },
        },
    }
    return {key: shapes.get(key, _TEXT) for key in HAND_KEYS}


def _setting(key: Key) -> Schema:
    if key.secrecy == "secret":
        return _SECRET
    if key.one_of:
        return {"enum": list(key.one_of)}
    kinds: dict[str, Schema] = {
        "number": {"type": ["integer", "string"]},
        "yes_no": {"type": "boolean"},
        "mapping": {"type": "object", "additionalProperties": _TEXT},
    }
    return kinds.get(key.kind, _TEXT)


def _some(item: Schema) -> Schema:
    """A list; a single entry may stand alone."""
    return {"anyOf": [{"type": "array", "items": item}, item]}


def _about(words: str, shape: Schema) -> Schema:
    return {"description": words, **shape}
