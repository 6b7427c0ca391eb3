"""What every provider asks of a Letter before it carries it: exact words, a time, safe header values."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

from crisiscli.errors import Refused
from crisiscli.providers.base import Letter

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_QUOTED_REPLY = 300
"""How much of a foreign answer is kept, in characters: enough for a reply line and its code."""


def exact(letter: Letter) -> bytes:
    """The UTF-8 bytes of the words. Raises Refused when they are not the bytes that were approved."""
    try:
        words = letter.text.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("The text holds half a character, which cannot be sent.", where=letter.dispatch) from None
    if hashlib.sha256(words).hexdigest() != letter.sha256:
        raise Refused(
            "These are not the words that were approved.",
            where=letter.dispatch,
            then="preview the message and get a new yes",
        )
    return words


def leaves_at(letter: Letter) -> datetime:
    """When it leaves, aware, UTC. Raises Refused for a letter without a time."""
    try:
        moment = datetime.fromisoformat(letter.at)
    except ValueError:
        raise Refused(f"The time of leaving is {letter.at!r}, which is not a time.", where=letter.dispatch) from None
    if moment.tzinfo is None:
        raise Refused(f"The time of leaving, {letter.at}, has no time zone.", where=letter.dispatch)
    return moment.astimezone(UTC)


def header_trouble(value: str) -> str:
    """Why a value may not stand in a header, or "".

    `=?` opens an encoded word, which Python before 3.11.10 unfolds into further headers (CVE-2024-6923).
    """
    found = _CONTROL.search(value)
    if found:
        return f"it holds the control character U+{ord(found.group()):04X}"
    if "=?" in value:
        return "it holds `=?`, which mail programs read as an encoded word"
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return "it holds half a character"
    return ""


def quoted(answer: str | bytes) -> str:
    """A foreign answer on one line, without control characters, cut to a readable length."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    line = " ".join(_CONTROL.sub(" ", text).split())
    return line if len(line) <= _QUOTED_REPLY else line[: _QUOTED_REPLY - 1] + "…"
