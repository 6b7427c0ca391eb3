"""Every way the program can say no, with its exit code.

    CrisisError                 1   findings, or the answer is no
      UsageError                2   wrong usage
        AnswerNeeded            2   an answer is needed and nobody is there to give it
      FilesUnusable             3   a file, folder or disk cannot be used
      NotFound                  4   no such incident or runbook
      MessageTrouble            5   a message failed or is unknown
      Refused                   6   refused by a rule
      Interrupted             130   interrupted; the state is saved

Every error says four things: what is wrong, where, what happened in public, what to type next.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FINDINGS = 1
EXIT_OVERDUE = 8
EXIT_BUG = 70
EXIT_READER_GONE = 141

NOTHING_SENT = "Nothing was sent."


class CrisisError(Exception):
    """An error with a sentence for the person who reads it at 3 a.m."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", public: str = NOTHING_SENT, then: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.public = public
        self.then = then

    def lines(self) -> list[str]:
        """The error as the lines a person reads; empty parts are left out."""
        first = f"{self.where}: {self.what}" if self.where else self.what
        return [line for line in (first, self.public, self.then and f"Next: {self.then}") if line]


class UsageError(CrisisError):
    """The command was typed in a way it does not understand."""

    exit_code = 2


class AnswerNeeded(UsageError):
    """A question came up and nobody is there to answer it.

    `key` is the path in the answers file (`facts.is_attack`), `snippet` the YAML to add there.
    """

    def __init__(self, what: str, *, key: str, snippet: str, public: str = NOTHING_SENT, then: str = "") -> None:
        super().__init__(what, public=public, then=then)
        self.key = key
        self.snippet = snippet


class FilesUnusable(CrisisError):
    """A file, a folder or the disk cannot be used."""

    exit_code = 3


class NotFound(CrisisError):
    """There is no such incident, runbook, message or step."""

    exit_code = 4


class MessageTrouble(CrisisError):
    """At least one message failed or its outcome is unknown."""

    exit_code = 5


class Refused(CrisisError):
    """A rule forbids it: no approval of these bytes, over a limit, already sent."""

    exit_code = 6


class Interrupted(CrisisError):
    """The person left; everything up to here is saved."""

    exit_code = 130
