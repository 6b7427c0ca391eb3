"""The interactive back-end: questions with letters, a live bar, and a permanent line for every answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Window
from prompt_toolkit.output import Output

from crisiscli.screen import Check, Line, Option
from crisiscli.terminal import clipboard
from crisiscli.terminal.choices import AT_ONCE, Fragments, Menu, TickList, folded, title
from crisiscli.terminal.drafts import Drafts
from crisiscli.terminal.editor import compose, no_editor, take_up
from crisiscli.terminal.fields import LONGEST_TEXT, SAVE_KEYS, Field
from crisiscli.terminal.live import Live
from crisiscli.terminal.record import Record
from crisiscli.terminal.search import MANY, search
from crisiscli.terminal.stage import Stage

ENTER = "\r\n"


class Prompter:
    """Asks on a terminal that can move its cursor. Raises what prompt_toolkit raises when it cannot."""

    interactive = True

    def __init__(
        self, *, color: bool, every: float = 1.0, source: Input | None = None, target: Output | None = None
    ) -> None:
        self.live = Live()
        self.record = Record(sys.stdout, color=color)
        self.stage = Stage(self.live, self.record, every=every, source=source, target=target)
        self.drafts: Drafts | None = None

    def attach(self, bar: Callable[[], str], poll: Callable[[], Sequence[Line]]) -> None:
        self.live.attach(bar, poll)

    def say(self, *lines: Line | str) -> None:
        if self.stage.is_open:
            self.live.wait(lines)
        else:
            self.record.print(lines)

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
        if self.drafts is not None:
            self.drafts.tidy()
        if len(options) > MANY:
            picked = search(self.stage.shown(question), self._shown(options))
            self.record.print([])
            return picked
        menu = Menu(self.stage.shown(question), self._shown(options), default)
        chosen = self._open(menu, _menu_keys(menu, lambda event: _finish(event, menu.enter())))
        if record:
            self.say(f"{title(question)} -> {chosen.label}")
        return str(chosen.value)

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
        del snippet
        unsaved = self.drafts.unsaved(key) if self.drafts else None
        again = unsaved and f"Up arrow = the unsaved words from {unsaved.at}"
        hints = "  ".join(part for part in (hint, default and f"Enter = {default}", again) if part)
        answer = self._line(question, hints, default, check, key, unsaved.text if unsaved else "")
        self.say(f"{title(question)} -> {answer}")
        return answer

    def tick(self, key: str, question: str, items: Sequence[Option], ticked: Collection[str] = ()) -> list[str]:
        del key
        ticks = TickList(self.stage.shown(question), self._shown(items), ticked)
        keys = _menu_keys(ticks, lambda event: event.app.exit(result=None))

        @keys.add(" ", eager=True)
        def _(event: KeyPressEvent) -> None:
            ticks.space()

        self._open(ticks, keys)
        self.say(f"{title(question)} -> {ticks.labels()}")
        return ticks.values()

    def type_word(self, key: str, question: str, word: str, *, snippet: str = "") -> bool:
        del key, snippet

        def check(answer: str) -> str | None:
            return None if answer in ("", word) else f'That is not "{word}". Nothing was done.'

        answer = self._line(question, f"Type {word}, or press Enter to go back.", "", check)
        self.say(f"{title(question)} -> {answer or 'went back'}")
        return answer == word

    def edit(self, key: str, text: str, meter: Callable[[str], str]) -> str | None:
        start = take_up(self, self.drafts, key, text)
        field = Field(
            lambda width: [("", "\n".join(folded(SAVE_KEYS, width)))],
            self.stage.shown,
            self.stage.width,
            text=start,
            prefix="",
            longest=max(LONGEST_TEXT, len(start)),
            keep=self._keeper(key),
        )
        try:
            new = self.stage.run(field.body, field.text_keys(), field.window, lambda: meter(field.buffer.text))
        finally:
            field.keep_now()
        if new is None:
            return None
        self._answered(key)
        return None if new == text else str(new)

    def keep_drafts(self, folder: Path, wall: Callable[[], str]) -> None:
        self.drafts = Drafts(folder, wall)

    @property
    def no_editor(self) -> str:
        return no_editor()

    def compose(self, key: str, text: str, about: Sequence[str], check: Check) -> str | None:
        return compose(self, self.drafts, key, text, about, check)

    def copy(self, text: str) -> str:
        return clipboard.copy(text, self.record.stream)

    def _line(
        self, question: str, hint: str, default: str, check: Check | None, key: str = "", unsaved: str = ""
    ) -> str:
        def heading(width: int) -> Fragments:
            below = "".join("\n" + row for row in folded(self.stage.shown(hint), width))
            return [("class:question", "\n".join(folded(self.stage.shown(question), width))), ("", below)]

        keep = self._keeper(key) if key else None
        field = Field(heading, self.stage.shown, self.stage.width, keep=keep, unsaved=unsaved)
        try:
            answer = str(self.stage.run(field.body, field.line_keys(default, check), field.window))
        except BaseException:
            field.keep_now()
            raise
        if key:
            self._answered(key)
        return answer

    def _keeper(self, key: str) -> Callable[[str], bool] | None:
        """What a field writes its draft with. A question that is asked means that the last answer is recorded."""
        drafts = self.drafts
        if drafts is None:
            return None
        drafts.tidy()
        return lambda words: drafts.keep(key, words)

    def _answered(self, key: str) -> None:
        if self.drafts is not None:
            self.drafts.answered(key)

    def _open(self, menu: Menu, keys: KeyBindings) -> Option:
        control = FormattedTextControl(lambda: menu.drawing(self.stage.width()), focusable=True, show_cursor=True)
        window = Window(control, wrap_lines=True, dont_extend_height=True)
        chosen: Option = self.stage.run(window, keys, window)
        return chosen

    def _shown(self, options: Sequence[Option]) -> list[Option]:
        return [replace(o, label=self.stage.shown(o.label), off=self.stage.shown(o.off)) for o in options]


def _menu_keys(menu: Menu, enter: Callable[[KeyPressEvent], None]) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter", eager=True)
    def _(event: KeyPressEvent) -> None:
        if _is_alone(event, menu):
            enter(event)

    @keys.add(Keys.Any)
    def _(event: KeyPressEvent) -> None:
        if len(event.data) == 1 and event.data.isprintable() and _is_alone(event, menu):
            _press(event, menu)

    @keys.add(Keys.BracketedPaste, eager=True)
    def _(event: KeyPressEvent) -> None:
        menu.hint = "Pasted text was not used. Press one of the letters in [brackets]."

    @keys.add("c-c", eager=True)
    @keys.add("c-d", eager=True)
    @keys.add("<sigint>", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    for names, by in ((("down", "right", "tab"), 1), (("up", "left", "s-tab"), -1)):
        for name in names:
            keys.add(name, eager=True)(lambda event, by=by: menu.move(by))
    return keys


def _press(event: KeyPressEvent, menu: Menu) -> None:
    if not isinstance(menu, TickList):
        _finish(event, menu.press(event.data))
    elif menu.finishes(event.data):
        event.app.exit(result=None)
    elif (item := menu.press(event.data)) is not None:
        menu.switch(item)


def _finish(event: KeyPressEvent, chosen: Option | None) -> None:
    if chosen is not None:
        event.app.exit(result=chosen)


def _is_alone(event: KeyPressEvent, menu: Menu) -> bool:
    """False for a burst of keys: several in one read are a paste or a cat, not a decision."""
    waiting = event.app.key_processor.input_queue
    keys = [press for press in waiting if press.data in ENTER or press.data.isprintable()]
    is_enter_after_letter = event.data not in ENTER and len(keys) == 1 and keys[0].data in ENTER
    if not keys or is_enter_after_letter:
        return True
    for press in keys:
        waiting.remove(press)
    menu.hint = AT_ONCE
    return False
