"""The plain back-end: whole lines only, no cursor movement, no bar, never an escape byte."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TextIO

from crisiscli.screen import Check, Line, Option
from crisiscli.terminal import clipboard
from crisiscli.terminal.choices import TickList, by_letter, title
from crisiscli.terminal.drafts import Drafts
from crisiscli.terminal.editor import compose, no_editor, take_up
from crisiscli.terminal.leaving import heeding_signals, is_gone, left
from crisiscli.terminal.lines import Lines, print_plain
from crisiscli.terminal.live import Live
from crisiscli.terminal.safe import show_within, typed
from crisiscli.terminal.streams import drop_type_ahead, encoding_of

KEYS = "At every question with letters: time = the clock and what is late, ? = the letters again."
CLOCK = ("time", "t")
"""What speaks the bar where it is no option's letter: `t` is one on every step."""
NOTHING = "Nothing was chosen."


class Plain:
    """Asks in sentences and reads lines: for screen readers, dumb terminals, and wherever nothing else opens."""

    interactive = True

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        self.stdin, self.stdout = stdin, stdout
        self.live = Live()
        self._explained = False
        self.drafts: Drafts | None = None

    def attach(self, bar: Callable[[], str], poll: Callable[[], Sequence[Line]]) -> None:
        self.live.attach(bar, poll)

    def say(self, *lines: Line | str) -> None:
        self._print(line for line in lines if line != Line("", "rule"))

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
        del key, snippet
        self._open(question)
        self._offer(options)
        preset = next((o for o in options if o.value == default and not o.off), None)
        prompt = "Type a letter and press Enter" + (f" (Enter alone = {preset.label})" if preset else "")
        while True:
            answer = self._read(prompt + ": ")
            chosen = preset if not answer and preset else self._pick(options, answer)
            if chosen is not None:
                break
        if record:
            self.say(f"{title(question)} -> {chosen.label}")
        return chosen.value

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
        del key, snippet
        self._open(question)
        self.say(*[part for part in (hint, default and f"Enter alone = {default}") if part])
        while True:
            answer = self._read("> ") or default
            wrong = check(answer) if check else None
            if not wrong:
                self.say(f"{title(question)} -> {answer}")
                return answer
            self.say(wrong)

    def tick(self, key: str, question: str, items: Sequence[Option], ticked: Collection[str] = ()) -> list[str]:
        del key
        ticks = TickList(question, items, ticked)
        self._open(question)
        self._offer(items, ticks.ticked)
        done = ticks.done_letter or "done"
        self.say(f"Type letters with spaces between; each switches its line on or off. {done} = done.")
        while True:
            words = self._read(f"Letters, or {done}: ").replace(",", " ").split()
            if words == ["?"]:
                self._offer(items, ticks.ticked)
            elif len(words) == 1 and words[0].lower() in CLOCK and by_letter(items, words[0]) is None:
                self._speak_bar()
            elif not words:
                self.say(f"Type {done} and press Enter when the list is right.")
            elif self._switch(ticks, [word for word in words if word.lower() != done]):
                if words[-1].lower() == done:
                    self.say(f"{title(question)} -> {ticks.labels()}")
                    return ticks.values()
                self.say(f"Ticked: {ticks.labels()}")

    def type_word(self, key: str, question: str, word: str, *, snippet: str = "") -> bool:
        del key, snippet
        self._open(question)
        while answer := self._read(f"Type {word}, or press Enter to go back: "):
            if answer == word:
                self.say(f"{title(question)} -> {word}")
                return True
            self.say(f'That is not "{word}".')
        self.say(f"{title(question)} -> went back")
        return False

    def edit(self, key: str, text: str, meter: Callable[[str], str]) -> str | None:
        start = take_up(self, self.drafts, key, text)
        self._open("The text now:")
        self.say(Line(start, "quote"), meter(start))
        self.say("Type the new text in one line. For several lines type a dot alone, the lines, and a dot alone.")
        new = self._read("New text, or Enter to keep it: ", strip=False)
        if new == ".":
            new = self._lines(key)
        if not new.strip():
            new = start
        if new == text:
            self.say("The text stays as it was.")
            return None
        if self.drafts is not None:
            self.drafts.keep(key, new)
            self.drafts.answered(key)
        self.say(meter(new))
        return new

    def _lines(self, key: str) -> str:
        """Lines up to a dot alone; each is kept as a draft as it comes."""
        lines: list[str] = []
        while (line := self._read("", strip=False)) != ".":
            lines.append(line)
            if self.drafts is not None:
                self.drafts.keep(key, "\n".join(lines))
        return "\n".join(lines)

    def keep_drafts(self, folder: Path, wall: Callable[[], str]) -> None:
        self.drafts = Drafts(folder, wall)

    @property
    def no_editor(self) -> str:
        return no_editor()

    def compose(self, key: str, text: str, about: Sequence[str], check: Check) -> str | None:
        return compose(self, self.drafts, key, text, about, check)

    def copy(self, text: str) -> str:
        return clipboard.copy(text, None)

    def _open(self, question: str) -> None:
        self._print_news()
        if self.drafts is not None:
            self.drafts.tidy()
        try:
            drop_type_ahead(self.stdin)
        except OSError as error:
            raise left("The terminal is gone. Everything up to here is saved.") from error
        self.say(question)

    def _offer(self, options: Sequence[Option], ticked: Collection[str] = ()) -> None:
        for option in options:
            state = "  (ticked)" if option.value in ticked else ""
            off = f"  (not available: {option.off})" if option.off else ""
            self.say(f"  {option.letter} = {option.label}{state}{off}")
        if not self._explained:
            self._explained = True
            self.say(KEYS)

    def _pick(self, options: Sequence[Option], answer: str) -> Option | None:
        option = by_letter(options, answer) if answer else None
        if option is None and answer == "?":
            self._offer(options)
        elif option is None and answer.lower() in CLOCK:
            self._speak_bar()
        elif option is None:
            open_ones = ", ".join(o.letter for o in options if not o.off)
            said = f'"{answer}" is not one of the letters here' if answer else "Type one of the letters"
            self.say(f"{said}: {open_ones}. {NOTHING}")
        elif option.off:
            self.say(f"{option.label} is not available: {option.off}. {NOTHING}")
        else:
            return option
        return None

    def _switch(self, ticks: TickList, words: list[str]) -> bool:
        found = [by_letter(ticks.options, word) for word in words]
        for word, item in zip(words, found, strict=True):
            if item is None or item.off:
                why = f"{item.label} is not available: {item.off}" if item else f'"{word}" is not in the list'
                self.say(f"{why}. Nothing was changed.")
                return False
        for item in found:
            if item is not None:
                ticks.switch(item)
        return True

    def _speak_bar(self) -> None:
        self.live.look()
        self.say(self.live.text or "There is no clock yet.")

    def _print_news(self) -> None:
        self.live.look()
        while self.live.news:
            self.say(self.live.news.popleft())

    def _read(self, prompt: str, *, strip: bool = True) -> str:
        """One line from the person. Not input(): with readline loaded it would write escape sequences."""
        self._print_news()
        self.stdout.write(show_within(prompt, encoding_of(self.stdout)))
        self.stdout.flush()
        try:
            with heeding_signals():
                line = self.stdin.readline()
        except KeyboardInterrupt:
            self.stdout.write("\n")
            raise left() from None
        except OSError as error:
            if is_gone(error):
                raise left("The terminal is gone. Everything up to here is saved.") from error
            raise
        if not line:
            raise left("The input ended, so you left. Everything up to here is saved.")
        return typed(line.strip() if strip else line.rstrip("\r\n"))

    def _print(self, lines: Lines) -> None:
        print_plain(lines, self.stdout)
