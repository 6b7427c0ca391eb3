"""One sentence with the values of facts in it, rendered by Jinja in its sandbox."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from crisiscli.facts import Value
from crisiscli.rendering.filters import FILTERS, check_slot
from crisiscli.rendering.tongue import NothingToSay, Tongue
from crisiscli.runbook import Fact
from crisiscli.sentences import Slot, read_sentence

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment


class Shown:
    """A fact's value on its way into a sentence: it knows how to show itself, with a filter and without."""

    def __init__(self, fact: Fact, value: Value, tongue: Tongue) -> None:
        self.fact = fact
        self.value = value
        self.tongue = tongue

    def __str__(self) -> str:
        return self.tongue.default(self.fact, self.value)

    def by(self, name: str, arguments: tuple[str | int, ...]) -> str:
        """The value through one filter."""
        return FILTERS[name].show(self.tongue, self.value, arguments)


def say(text: str, facts: Mapping[str, Fact], values: Mapping[str, Value], tongue: Tongue) -> str:
    """The sentence with its values. Values are put in as they are: what looks like a template in them stays text.

    Raises ValueError with the reason for a sentence outside the grammar, a slot that cannot be filled or a value
    that cannot be shown, and NothingToSay when a known value leaves the sentence empty.
    """
    parts, errors = read_sentence(text)
    if errors:
        raise ValueError(errors[0].what)
    slots = [part for part in parts if isinstance(part, Slot)]
    if not slots:
        return text
    for slot in slots:
        wrong = check_slot(slot, facts.get(slot.name))
        if wrong:
            raise ValueError(wrong)
    shown = {slot.name: Shown(facts[slot.name], values[slot.name], tongue) for slot in slots}
    return _render(text, shown)


def _render(text: str, shown: Mapping[str, Shown]) -> str:
    from jinja2 import TemplateError

    try:
        return _compiled(text).render(shown)
    except TemplateError as error:
        raise ValueError(f"the sentence cannot be read: {error.message}") from None
    except NothingToSay:
        raise
    except (TypeError, KeyError, ArithmeticError, ValueError) as error:
        raise ValueError(f"{', '.join(shown)} cannot be shown: {error}") from None


@functools.cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, finalize=str
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update({name: _filter(name) for name in FILTERS})
    return environment


def _filter(name: str) -> Callable[..., str]:
    def show(value: Shown, *arguments: str | int) -> str:
        return value.by(name, arguments)

    return show


@functools.lru_cache(maxsize=4_096)
def _compiled(text: str) -> Template:
    return _environment().from_string(text)
