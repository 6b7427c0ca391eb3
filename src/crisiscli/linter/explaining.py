"""Explaining: the page of a rule, made from its docstring, for the terminal, the manual and other programs."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crisiscli.errors import UsageError
from crisiscli.linter.formats.text import STYLES, wrapped
from crisiscli.loader.findings import nearest
from crisiscli.problem import Level
from crisiscli.rules import ROOMS, Rule, rules
from crisiscli.rules.base import Profile
from crisiscli.screen import Line

ABOUT = {
    "format": "How the file is written",
    "references": "Names that must lead somewhere",
    "texts": "The words themselves",
    "channels": "What each channel can carry",
    "audiences": "Who is reached, by what, and when",
    "saying": "What must be said at each stage",
    "discipline": "What must not be said, and the order of things",
    "readiness": "Whether it can be used tonight",
    "ignores": "Comments that hold findings back",
}
"""The rooms in words, in the order of the pages."""
SHOWN_IN: dict[Profile, str] = {
    "draft": "always, also while a text is being written (profile draft)",
    "ready": "unless the profile is draft",
    "strict": "only by crisis lint --strict, before the runbook is signed off",
}
OTHERS: dict[str, tuple[str, Level, str]] = {
    "Y100": (
        "unreadable-file",
        "error",
        "A file or folder that cannot be opened, or one beside the runbooks (a layout, a list of phrases) that cannot"
        " be used. The other files are checked all the same; what needs the broken one is not.",
    ),
    "C101": ("no-config", "note", "The folder named by `--dir` holds no crisis.yaml, so every channel goes by hand."),
    "C102": ("unknown-key", "warning", "A key of crisis.yaml or people.yaml that nobody reads."),
    "C103": ("wrong-value", "error", "A value in crisis.yaml or people.yaml that cannot be used; it is left out."),
    "C104": (
        "open-secret",
        "error",
        "A password or key that stands in crisis.yaml in the open. Write `env:NAME`, `keyring:SERVICE/NAME` or"
        " `file:PATH` in its place, and change the secret: the old one may be in the history of the file.",
    ),
    "C105": ("unknown-provider", "error", "A provider this program does not have; the channel goes by hand."),
    "C106": ("unknown-channel", "warning", "A channel this program does not know."),
    "C107": ("broken-binding", "error", "A channel whose provider cannot work as it is set; it goes by hand."),
    "C108": ("missing-file", "error", "A file or folder that crisis.yaml names and that cannot be read."),
    "C109": ("open-login", "error", "A login that would cross the network unprotected."),
}
"""What lint tells besides its rules, by code: the name, the level, and what it means."""


@dataclass(frozen=True)
class Page:
    """What there is to know about one code. `text` is Markdown: paragraphs, `Bad:` and `Good:` with blocks of YAML."""

    code: str
    name: str
    level: Level
    room: str
    text: str
    effect: str = ""
    fixes: str = ""
    since: Profile = "draft"

    @property
    def summary(self) -> str:
        """Its first sentence."""
        words = " ".join(self.text.partition("\n\n")[0].split())
        return re.split(r"(?<=\.) (?=[A-Z`])", words)[0]

    @property
    def ignorable(self) -> bool:
        """Whether a comment may hold it back."""
        return self.room not in ("", "ignores") and not self.code.startswith("Y")

    @property
    def markdown(self) -> str:
        """The page with its effect and what `--fix` does."""
        parts = [re.sub(r"\n+^(Bad|Good):$", r"\n\n\1:\n", self.text, flags=re.MULTILINE)]
        parts += [f"In a crisis: {self.effect}"] * bool(self.effect)
        parts += [f"`crisis lint --fix` {self.fixes.rstrip('.')}."] * bool(self.fixes)
        return "\n\n".join(parts)


def pages() -> Iterator[Page]:
    """Every page, room by room; what is no rule's comes last, in a room without a name."""
    for room in ROOMS:
        yield from (_page(rule, room) for rule in rules(room))
    for code, (name, level, text) in OTHERS.items():
        yield Page(code, name, level, "", text)


def page_of(word: str) -> Page | None:
    """The page of a code or a name, whatever its case."""
    wanted = word.strip().strip("[]").lower().replace("_", "-")
    return next((page for page in pages() if wanted in (page.code.lower(), page.name)), None)


def explained(word: str) -> Iterator[Line | str]:
    """The page of a code or name for a terminal. Raises UsageError, with what was probably meant, for another word."""
    page = page_of(word)
    if page is None:
        code = page_of(word.upper().replace("O", "0").replace("L", "1").replace("I", "1"))
        guess = code.code if code else nearest(word.lower(), [known.name for known in pages()])
        then = f"crisis lint --explain {guess}" if guess else "crisis lint --list"
        raise UsageError(f"There is no rule `{word}`.", public="", then=then)
    return _lines(page)


def listed() -> Iterator[Line | str]:
    """Every code with its level, its name and its first sentence, room by room."""
    room = None
    for page in pages():
        if page.room != room:
            yield from ([] if room is None else [""])
            room = page.room
            yield Line(ABOUT.get(room, "Around the runbooks"), "heading")
        mark = " --fix" if page.fixes else ""
        only = " (strict)" if page.since == "strict" else ""
        yield Line(f"  {page.code}  {page.level:<7}  {page.name}{only}{mark}", STYLES[page.level])
        yield from wrapped(" " * 8, page.summary, indent=8)
    yield ""
    yield "One of them in full: crisis lint --explain CODE"


def _lines(page: Page) -> Iterator[Line | str]:
    yield Line(f"{page.code} {page.name}: {page.level}", STYLES[page.level])
    yield ""
    yield from _rendered(page.text)
    yield ""
    if page.effect:
        yield from wrapped("In a crisis: ", page.effect)
    yield from wrapped("--fix: ", f"{page.fixes.rstrip('.')}." if page.fixes else "no, a person has to mend it.")
    if page.room:
        yield from wrapped("Told: ", f"{SHOWN_IN[page.since]}.")
    if page.ignorable:
        yield from wrapped("Held back by: ", f"# crisis: ignore[{page.code}] and your reason, at the end of the line")


def _rendered(text: str) -> Iterator[Line | str]:
    """Markdown as lines: paragraphs folded, YAML as it stands, set in."""
    for part in re.split(r"(```yaml\n.*?```)", text, flags=re.DOTALL):
        if part.startswith("```yaml\n"):
            yield from (f"    {row}".rstrip() for row in part.splitlines()[1:-1])
            continue
        for number, paragraph in enumerate(part.strip().split("\n\n")):
            if not paragraph.strip():
                continue
            if number or paragraph in ("Bad:", "Good:"):
                yield ""
            if paragraph in ("Bad:", "Good:"):
                yield Line(paragraph, "late" if paragraph == "Bad:" else "good")
            else:
                yield from _folded(paragraph)


def _folded(paragraph: str) -> Iterator[str]:
    """A paragraph in rows; a list keeps its entries apart."""
    entries = re.split(r"\n(?=[-*] |\d+\. )", paragraph)
    for entry in entries:
        yield from wrapped("", entry, indent=2 if re.match(r"[-*] |\d+\. ", entry) else 0)


def _page(rule: Rule, room: str) -> Page:
    text = inspect.getdoc(type(rule)) or ""
    return Page(rule.CODE, rule.NAME, rule.LEVEL, room, text, rule.EFFECT, rule.FIXES, rule.SINCE)
