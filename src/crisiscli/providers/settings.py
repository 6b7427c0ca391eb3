"""What a provider wants to know: its keys, and secrets that do not show themselves."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, Protocol

from crisiscli.providers.base import Provider, Settings

Secrecy = Literal["open", "may be secret", "secret"]

_REFERENCE = re.compile(r"(env|keyring|file):(?!//).+")


class Secret:
    """A text that every way of printing shows as `***`; only `reveal` gives it away."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one line of code that needs it."""
        return self._text

    def __str__(self) -> str:
        return "***"

    def __repr__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return format("***", spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")


@dataclass(frozen=True)
class Key:
    """One key of a provider's part of `crisis.yaml`.

    `kind` is what its value must be: a `file` or a `folder` is a path, relative to the file it stands in.
    A `secret` key is only given as `env:`, `keyring:` or `file:`; one that `may be secret` also in the open.
    """

    name: str
    about: str
    """One sentence for the person who writes the file."""
    required: bool = False
    secrecy: Secrecy = "open"
    kind: Literal["text", "number", "yes_no", "mapping", "file", "folder"] = "text"
    one_of: tuple[str, ...] = ()


class Maker(Protocol):
    """What stands on the label PROVIDERS: it makes a Provider, and says what it needs for that."""

    @property
    def KEYS(self) -> tuple[Key, ...]:  # noqa: N802 - a constant of the class that stands there
        """The settings it knows."""
        ...

    def __call__(self, settings: Settings) -> Provider:
        """A provider for one batch. Raises Refused for settings it cannot work with."""
        ...

    def where(self, settings: Settings) -> str:
        """Where its Dispatches go, as shown to a person: never a secret, never the query of a URL."""
        ...

    def trouble(self, settings: Settings) -> str:
        """Why it cannot work with these settings, in one sentence; empty when it can. Secrets may be unresolved."""
        ...


def is_reference(value: object) -> bool:
    """True for a text that names where a secret is (`env:HOOK`), instead of holding one."""
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None


def revealed(value: Any) -> str:
    """The text of a setting, whether it is secret or not; "" for None."""
    if value is None:
        return ""
    return value.reveal() if isinstance(value, Secret) else str(value)


def missing(keys: Iterable[Key], settings: Mapping[str, Any]) -> str:
    """Names the first required key without a value, or ""."""
    for key in keys:
        if key.required and settings.get(key.name) in (None, ""):
            return f"`{key.name}` is missing: {key.about}"
    return ""


def nearest(word: str, known: Iterable[str]) -> str:
    """`, did you mean x?` for a word that is nearly one of the known ones, or ""."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f", did you mean `{close[0]}`?" if close else ""
