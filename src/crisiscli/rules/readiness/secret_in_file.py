"""Passwords and keys that stand in the runbook."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from crisiscli.problem import Problem, Span
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.digging import hits

KEYS = {
    "an AWS access key": r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})",
    "a GitLab token": r"\bglpat-[\w-]{20,}",
    "a Slack token": r"\bxox[abprs]-[\w-]{20,}",
    "a Slack webhook": r"https://hooks\.slack\.com/services/T\w+/B\w+/\w{16,}",
    "a Google key": r"\bAIza[\w-]{35}\b",
    "a Stripe key": r"\b[sr]k_live_[A-Za-z0-9]{20,}",
    "an API key": r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}",
    "a SendGrid key": r"\bSG\.[\w-]{20,}\.[\w-]{30,}",
    "a login token": r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{10,}",
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
}
"""What each kind looks like: the makers' own prefixes and lengths, so that ordinary words never look like one."""
LINK = {"a password in a link": r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@{}]+@[\w.-]+"}
WORD = {
    "a password": (
        r"(?<!\w)(?i:passwords?|passwd|has[łl]o|parol[aă]|api[ _-]?key|secret|token)\s*[:=]\s*[\"'„]?"
        r"(?=[^\s\"'”]*\d)(?=[^\s\"'”]*[^\W\d_])(?!(?:env|keyring|file):)[^\s\"'”{}<>]{8,}"
    )
}
"""A word for a secret, a colon, and something of eight signs or more with a letter and a digit in it."""
_CAPITALS = bytes(48 if chr(code) in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" else 32 for code in range(256))
_SMALL_AND_GAPS = b"abcdefghijklmnopqrstuvwxyz -"
_WORDS = (b"assword", "asło".encode(), b"parol", b"token", b"secret")
"""Looked for in the instructions only, not in the words that customers read."""


class SecretInFile(Rule):
    """A password, an access key or a private key stands in the runbook, in a text, a step or a comment.

    Everybody who can read the file, and everybody who can ever read its history in git, has it. Where a channel needs
    a secret, `crisis.yaml` names the place it lies in: `env:NAME`, `keyring:SERVICE/NAME` or `file:PATH`.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: stop
            by: T+2m
            role: it
            do: "Log in to the sender as crisis, password: Winter2026now, and stop the sending."
            answer: What stands still now
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: stop
            by: T+2m
            role: it
            do: Log in to the sender with the login of the shift, and stop the sending.
            answer: What stands still now
    ```
    """

    NAME = "secret-in-file"
    CODE = "H912"
    EFFECT = "Anybody who has seen the file, now or in its history, can speak in our name."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        told: list[Span] = []
        for kinds in _suspected(book.utf8):
            for hit, span in hits(book, _pattern(tuple(kinds.values()))):
                if any(_overlap(span, other) for other in told):
                    continue
                told.append(span)
                kind = list(kinds)[int((hit.lastgroup or "k0")[1:])]
                cure = (
                    "Take it out and change the secret: the old one stays in the history of the file. Say where it "
                    "lies, like: in the password safe, entry Status page."
                )
                yield self.at(book, (), f"This looks like {kind}.", cure, span=span, here="readable by everybody")


def _overlap(one: Span, other: Span) -> bool:
    """Whether two stretches of a line share a character: a key behind the word `token` is one secret."""
    return one.line == other.line and one.column < other.end_column and other.column < one.end_column


def _suspected(text: bytes) -> Iterator[Mapping[str, str]]:
    """The kinds a closer look is worth its time for: few files hold long keys, links with a login or passwords."""
    if b"0" * 9 in text.translate(_CAPITALS, _SMALL_AND_GAPS):
        yield KEYS
    if b"@" in text and b"://" in text:
        yield LINK
    messages, later = text.find(b"\nmessages:"), text.rfind(b"\nfollow_ups:")
    told = text[:messages] + (text[later:] if later > messages else b"") if messages > 0 else text
    if any(word in told for word in _WORDS):
        yield WORD


@functools.cache
def _pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<k{number}>{pattern})" for number, pattern in enumerate(kinds)))
