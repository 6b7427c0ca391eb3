"""A person carries it: the packet of exact words she hands on, and a provider that never sends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from crisiscli.errors import Refused
from crisiscli.providers.base import Idempotency, Letter, Outcome, Prepared, Settings
from crisiscli.providers.letters import exact
from crisiscli.providers.settings import Key


class Manual:
    """Hands words to a person. Nothing leaves through the program."""

    name = "manual"
    idempotency: Idempotency = "none"
    rejects_before_accepting = False
    KEYS: ClassVar[tuple[Key, ...]] = ()

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @staticmethod
    def where(settings: Settings) -> str:
        del settings
        return "by hand"

    @staticmethod
    def trouble(settings: Settings) -> str:
        del settings
        return ""

    def prepare(self, letter: Letter) -> Prepared:
        return Prepared(letter, self.where(self.settings), exact(letter))

    def send(self, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
        """Raises Refused: a person carries these words."""
        del prepared
        raise Refused(
            "This channel has no provider: a person carries its words.",
            then="hand the packet over, then record what came of it",
        )

    def reconcile(self, prepared: Prepared) -> Outcome | None:
        del prepared
        return None


def packet(
    letter: Letter,
    *,
    place: str = "",
    through: str = "",
    from_when: str = "now",
    until: str = "",
    approver: str,
    tag: str,
    keep: Sequence[str] = (),
    replaces: Sequence[str] = (),
    recorded: str = "",
    answer_with: str,
    drill: bool = False,
) -> list[str]:
    """The hand-over packet, line by line.

    The exact text stands between two marks that do not occur in it: joined with line feeds, the lines
    between the marks are the approved bytes. `place` is where they go, the channel by default; `keep` names what
    must not be changed, `replaces` what is up there now, `recorded` what to know about a recorded prompt,
    `answer_with` what the person is to answer once it is up.
    """
    lines = [DRILL] if drill else []
    lines.append(f"Put this on {place or letter.channel}" + (f", through {through}." if through else "."))
    lines.append(f"From {from_when}" + (f" until {until}." if until else ", until you hear otherwise."))
    lines.append(f"Approved by {approver}{', ' if tag else ''}{tag}. Language: {letter.language}.")
    lines += [f"Replaces: {part}" for part in replaces]
    lines += [recorded] if recorded else []
    lines.append("Take the text between the marks exactly as it stands.")
    lines.extend(f"Do not change: {part}" for part in keep)
    opening, closing = _marks(letter.text, tag)
    lines += ["", opening, *letter.text.split("\n"), closing, ""]
    lines.append(f"Answer with: {answer_with}")
    lines.append("If you cannot do it, say so at once" + (f" and name {tag}." if tag else "."))
    return [*lines, DRILL] if drill else lines


DRILL = "DRILL: nothing of this goes up anywhere. Say what you would do, and how long it takes."


def _marks(text: str, tag: str) -> tuple[str, str]:
    rule = "-----"
    while rule in text:
        rule += "-"
    name = f" {tag} " if tag else " "
    return f"{rule} text begins{name}{rule}", f"{rule} text ends{name}{rule}"
