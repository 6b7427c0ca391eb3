"""Around: what the rules know besides the file itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crisiscli.speech import Phrases

if TYPE_CHECKING:
    from crisiscli.config import Config
    from crisiscli.loader import Loaded


@dataclass(frozen=True)
class Around:
    """What lies around a runbook. Everything here may be missing: a rule that needs it then says nothing."""

    layouts: Mapping[str, str] | None = None
    """The layouts that texts may name; None when nobody looked for them."""
    config: Config | None = None
    """The company's side; None when no crisis.yaml was found."""
    today: date | None = None
    """The day on which reviews and approvals are weighed."""
    base: Callable[[str], Loaded | None] | None = None
    """Gives a file, by its path, as it stood at the revision lint compares with; None for one that is new."""
    runbooks: Mapping[str, str] = field(default_factory=dict)
    """The path of every runbook that can be found, by its id; empty when nobody looked."""
    phrases: Mapping[str, Mapping[str, Phrases]] = field(default_factory=dict)
    """Lists of phrases by language, then by the name of the list."""

    def listed(self, language: str, name: str) -> Phrases | None:
        """A list of phrases in a language, or None."""
        return self.phrases.get(language, {}).get(name)
