"""Prompts: recordings made before the crisis, and whether one says exactly the approved words."""

from __future__ import annotations

import unicodedata

from crisiscli.config import Binding
from crisiscli.config.company import Recording
from crisiscli.dispatch.desk import Text

_MARKS = ".,;:!?…\"'„”“‚’‘«»()[]–—"
"""Signs nobody hears at the edge of a word. A minus or a percent sign is heard, so it is not among them."""


def recording(text: Text) -> Recording | None:
    """The recorded prompt for this message and language, or None."""
    return find(text.binding, text.message, text.language)


def find(binding: Binding, message: str, language: str) -> Recording | None:
    """The recorded prompt of a channel for a message and language, or None."""
    return next((one for one in binding.prerecorded if (one.message, one.language) == (message, language)), None)


def says(one: Recording, text: Text) -> bool:
    """True when the recording is heard as exactly these words: only spaces, capitals and punctuation may differ."""
    words = text.words or text.rendering
    return words is not None and _heard(one.words) == _heard(words.text)


def _heard(words: str) -> list[str]:
    parts = (part.strip(_MARKS) for part in unicodedata.normalize("NFC", words).casefold().split())
    return [part for part in parts if part]
