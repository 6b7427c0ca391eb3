"""The back-end with nobody in front of it: answers come from a file, by dotted key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from crisiscli.errors import AnswerNeeded, Refused, UsageError
from crisiscli.screen import Check, Line, Option
from crisiscli.terminal.choices import title
from crisiscli.terminal.lines import print_plain
from crisiscli.terminal.live import Live

OPTIONAL = "why."
"""Reasons may be left out of an answers file."""

ASKED_AT_MOST = 50
"""The same question this often means that its answer leads nowhere; a job must end, not hang."""


class Scripted:
    """Answers questions from a mapping read from YAML; everything said goes to `say_to`.

    A key is `head.rest`; `rest` may hold dots and slashes (`approve.holding/x/pl`). A key may be nested
    in the mapping or written flat. A missing answer raises AnswerNeeded with the YAML to add.
    """

    interactive = False

    def __init__(self, answers: Mapping[str, Any], say_to: TextIO) -> None:
        self.answers = answers
        self.say_to = say_to
        self.live = Live()
        self._used: set[tuple[str, ...]] = set()
        self._asked: Counter[str] = Counter()

    def has(self, key: str) -> bool:
        """Whether the file answers `key`; a key without a value does not. Does not count as a use."""
        found = _find(self.answers, key)
        return found is not None and found[1] is not None

    def get(self, key: str) -> Any:
        """The answer as it stands in the file, or None. It counts as used, with everything below it."""
        found = _find(self.answers, key)
        if found is None:
            return None
        self._used.add(found[0])
        return found[1]

    def unused(self) -> list[str]:
        """The answers nobody asked for, as dotted keys in the file's order."""
        return [
            ".".join(path)
            for path in _leaves(self.answers)
            if not any(path[: len(used)] == used for used in self._used)
        ]

    def attach(self, bar: Callable[[], str], poll: Callable[[], Sequence[Line]]) -> None:
        self.live.attach(bar, poll)

    def say(self, *lines: Line | str) -> None:
        print_plain(lines, self.say_to)

    def choose(
        self,
        key: str,
        question: str,
        options: Sequence[Option],
        *,
        default: str | None = None,
        record: bool = True,
        snippet: str = "",
    ) -> str:
        answer = self._answer(key, question, default, snippet, " | ".join(o.value for o in options if not o.off))
        option = _match(options, answer)
        if option is None:
            raise _wrong(key, f"{_words(answer)!r} is none of: {', '.join(o.value for o in options)}.")
        if option.off:
            raise Refused(f"{option.label}: {option.off}.", where=key, then=f"change {key} in the answers file")
        if record:
            self.say(f"{title(question)} -> {option.label}")
        return option.value

    def ask(
        self,
        key: str,
        question: str,
        *,
        hint: str = "",
        default: str = "",
        check: Check | None = None,
        snippet: str = "",
    ) -> str:
        fallback = default or ("" if key.startswith(OPTIONAL) else None)
        answer = _words(self._answer(key, question, fallback, snippet, hint)) or default
        wrong = check(answer) if check else None
        if wrong:
            raise _wrong(key, wrong)
        self.say(f"{title(question)} -> {answer}")
        return answer

    def tick(self, key: str, question: str, items: Sequence[Option], ticked: Collection[str] = ()) -> list[str]:
        known = ", ".join(item.value for item in items if not item.off)
        answer = self._answer(key, question, list(ticked) or None, "", f"a list of: {known}")
        wanted: set[str] = set()
        for part in answer if isinstance(answer, list | tuple) else [answer]:
            item = _match(items, part)
            if item is None:
                raise _wrong(key, f"{_words(part)!r} is none of: {known}.")
            if item.off and item.value not in ticked:
                raise Refused(f"{item.label}: {item.off}.", where=key, then=f"change {key} in the answers file")
            wanted.add(item.value)
        chosen = [item for item in items if item.value in wanted]
        self.say(f"{title(question)} -> {', '.join(item.label for item in chosen) or 'none'}")
        return [item.value for item in chosen]

    def type_word(self, key: str, question: str, word: str, *, snippet: str = "") -> bool:
        answer = _words(self._answer(key, question, None, snippet, "the word the question asks for"))
        if answer != word:
            raise Refused(
                f"{answer!r} is not the word that was asked for.",
                where=key,
                then=f"write {word} for {key} in the answers file, if that is what you mean",
            )
        self.say(f"{title(question)} -> {word}")
        return True

    def edit(self, key: str, text: str, meter: Callable[[str], str]) -> str | None:
        self._print_news()
        answer = self.get(key)
        if answer is None or _words(answer) == text:
            return None
        self.say(meter(_words(answer)))
        return _words(answer)

    def keep_drafts(self, folder: Path, wall: Callable[[], str]) -> None:
        """Nobody types here, so there is nothing to keep."""
        del folder, wall

    @property
    def no_editor(self) -> str:
        return "nobody is in front of the screen"

    def compose(self, key: str, text: str, about: Sequence[str], check: Check) -> str | None:
        del about
        answer = self.get(key)
        words = text if answer is None else _words(answer)
        wrong = check(words)
        if wrong:
            raise _wrong(key, wrong)
        return None if words == text else words

    def copy(self, text: str) -> str:
        del text
        return "Nobody is in front of the screen, so nothing was copied."

    def _answer(self, key: str, question: str, default: Any, snippet: str, known: str) -> Any:
        self._print_news()
        self._asked[key] += 1
        if self._asked[key] > ASKED_AT_MOST:
            raise _wrong(key, f"it was asked {ASKED_AT_MOST} times and its answer leads no further.")
        answer = self.get(key)
        answer = default if answer is None else answer
        if answer is None:
            raise AnswerNeeded(
                f"{title(question)}: nobody is there to answer.",
                key=key,
                snippet=snippet or _snippet(key, known),
                then="add this to the answers file, or run it in a terminal",
            )
        return answer

    def _print_news(self) -> None:
        self.live.look()
        while self.live.news:
            self.say(self.live.news.popleft())


def _find(answers: Mapping[str, Any], key: str) -> tuple[tuple[str, ...], Any] | None:
    if key in answers:
        return (key,), answers[key]
    for at in (at for at, character in enumerate(key) if character == "."):
        inner = answers.get(key[:at])
        if isinstance(inner, Mapping) and (found := _find(inner, key[at + 1 :])) is not None:
            return (key[:at], *found[0]), found[1]
    return None


def _leaves(answers: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in answers.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, (*path, str(key)))
        else:
            yield (*path, str(key))


def _words(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(answer)


def _match(options: Sequence[Option], answer: Any) -> Option | None:
    words = _words(answer)
    wanted = {"true": "yes", "false": "no"}.get(words.casefold(), words)
    if any(option.value == words for option in options):
        wanted = words
    for name in ("value", "label", "letter"):
        exact = [option for option in options if getattr(option, name) == wanted]
        loose = [option for option in options if getattr(option, name).casefold() == wanted.casefold()]
        if exact or loose:
            return (exact or loose)[0]
    return None


def _wrong(key: str, what: str) -> UsageError:
    return UsageError(what, where=key, then=f"change {key} in the answers file")


def _snippet(key: str, known: str) -> str:
    head, _, rest = key.partition(".")
    note = f"  # {known}" if known else ""
    return f"{head}:\n  {rest}: ...{note}\n" if rest else f"{head}: ...{note}\n"
