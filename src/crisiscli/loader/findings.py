"""The rules of loading: their names, stable codes and effects, and the list that collects what they find."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from crisiscli.problem import Edit, Fix, Label, Level, Problem, Span
from crisiscli.source import Document
from crisiscli.source.quoting import Offsets, quotes

Place = tuple[str | int, ...]

CODES: dict[str, tuple[str, Level]] = {
    "unknown-key": ("S201", "error"),
    "missing-key": ("S202", "error"),
    "wrong-value": ("S203", "error"),
    "step-verb": ("S204", "error"),
    "text-shape": ("S205", "error"),
    "sentence-grammar": ("S206", "error"),
    "condition-shape": ("S207", "error"),
    "wrong-time": ("S208", "error"),
    "wrong-name": ("S209", "error"),
    "lost-hashtag": ("S210", "error"),
    "duplicate-step": ("S211", "error"),
}
EFFECTS = {
    "unknown-key": "It has no effect: whatever it was meant to say is not there in a crisis.",
    "missing-key": "The program has to guess here.",
    "wrong-value": "The value is left out.",
    "step-verb": "The program cannot tell what to do; it shows the step as plain words.",
    "text-shape": "This text cannot be sent as it stands.",
    "sentence-grammar": "The braces would be read by the public.",
    "condition-shape": "It stays undecided: what depends on it waits for a person.",
    "wrong-time": "No clock runs for it.",
    "wrong-name": "Nothing else in the file can point at it safely.",
    "duplicate-step": "Answering one of them would close both.",
    "lost-hashtag": "The words after # would vanish from the public text.",
}


QUOTE_IT = "Put quotes around it."
"""The cure of a plain number, or of true and false, where a text is wanted; a Fix carries it out."""
_MEANT = "Did you mean `"


class Findings:
    """Problems of one document, pointed at by places."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.torn: set[int] = set()
        self.misspelt: dict[Place, str] = {}
        """Keys that are certainly meant for another one, which was told."""
        self.misworded: dict[Place, str] = {}
        """Values that are certainly meant for another word of the format, which was told."""
        value = document.value
        self.unfinished = next(reversed(value), "") if isinstance(value, dict) and not document.whole else ""

    def add(
        self,
        rule: str,
        place: Place,
        what: str,
        cure: str = "",
        *,
        key: bool = False,
        span: Span | None = None,
        here: str = "",
        others: tuple[Label, ...] = (),
        fix: Fix | None = None,
    ) -> None:
        """Adds a Problem; `span` overrules the place.

        Where reading stopped early nothing is said about what is missing, nor about the block it stopped in.
        """
        if not self.document.whole and (rule == "missing-key" or (place and place[0] == self.unfinished)):
            return
        if key and self._is_torn(place):
            return
        where = span or self.document.span(place, key=key)
        self._append(rule, where, what, cure, here, others, fix or self._mended(cure, where))

    def _append(
        self, rule: str, where: Span, what: str, cure: str, here: str, others: tuple[Label, ...], fix: Fix | None
    ) -> None:
        code, level = CODES[rule]
        path = self.document.path
        self.problems.append(Problem(path, where, rule, code, level, what, EFFECTS[rule], cure, here, others, fix))

    def _is_torn(self, place: Place) -> bool:
        """True when the key is no key but a piece of a text, which is told instead, once."""
        from crisiscli.loader.torn import aliased, torn

        found = torn(self.document, place)
        if found is None:
            return aliased(self.document, place)
        if found.fix.edits[0].start not in self.torn:
            self.torn.add(found.fix.edits[0].start)
            self._append(found.rule, found.span, found.what, found.cure, "", (), found.fix)
        return True

    def _mended(self, cure: str, where: Span) -> Fix | None:
        """What a cure says, as a Fix."""
        if not cure.startswith((QUOTE_IT, _MEANT)):
            return None
        text = self.document.text
        start, end = Offsets(text).of(where)
        if cure == QUOTE_IT:
            return quotes(text, start, end)
        guess = cure[len(_MEANT) :].partition("`")[0]
        return Fix(f"write `{guess}`", (Edit(start, end, guess),), safe=False) if "\n" not in text[start:end] else None

    def label(self, place: Place, text: str, *, key: bool = True) -> Label:
        """A second place to look at."""
        return Label(self.document.span(place, key=key), text)


def nearest(word: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word somebody probably meant, or "". Capitals, and a dash for an underscore, are no difference."""
    known = list(known)
    plain = _plain(str(word))
    same = [one for one in known if _plain(one) == plain]
    if same:
        return same[0]
    found = difflib.get_close_matches(str(word), known, n=1, cutoff=cutoff)
    return found[0] if found else ""


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def meant(word: object, known: Sequence[str], otherwise: str = "") -> str:
    """A cure: the nearest known word, else the list of what is allowed."""
    found = nearest(word, known)
    if found:
        return f"Did you mean `{found}`?"
    return f"{otherwise or 'It may be'} {listed(known)}." if known else ""


def listed(words: Sequence[str]) -> str:
    """`a, b or c`."""
    shown = [f"`{word}`" for word in words]
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
