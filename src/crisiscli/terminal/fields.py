"""Where a person types: one line, or a whole text; what is typed is shown filtered and kept as it is."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.layout.processors import (
    BeforeInput,
    Processor,
    Transformation,
    TransformationInput,
)

from crisiscli.screen import Check
from crisiscli.terminal.choices import Fragments, folded
from crisiscli.terminal.safe import typed

LONGEST_LINE = 20_000
LONGEST_TEXT = 100_000
"""Characters a paste may bring. More is a mistake of the clipboard, and would freeze the screen."""

DRAFT_SECONDS = 1.0
"""How much typing a dead battery may cost."""
NO_DRAFT = "The disk does not take a draft of this: save it soon."

SAVE_KEYS = "Ctrl-S (or Esc Enter) saves. Esc Esc keeps the old text."


class Filtered(Processor):
    """Draws a buffer through the filter, so that what hides in it shows while it is edited."""

    def __init__(self, shown: Callable[[str], str]) -> None:
        self.shown = shown

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        fragments: Fragments = []
        starts = [0]
        for style, text, *_ in transformation_input.fragments:
            for drawn in map(self.shown, text):
                fragments.append((style, drawn))
                starts.append(starts[-1] + len(drawn))
        if starts[-1] == len(starts) - 1:
            return Transformation(transformation_input.fragments)
        last = len(starts) - 1
        return Transformation(
            fragments,
            source_to_display=lambda at: starts[min(at, last)] + max(at - last, 0),
            display_to_source=lambda at: max(bisect_right(starts, at) - 1, 0),
        )


class Field:
    """A text being typed below a heading, with one line for what is wrong with it."""

    def __init__(
        self,
        heading: Callable[[int], Fragments],
        shown: Callable[[str], str],
        width: Callable[[], int],
        *,
        text: str = "",
        prefix: str = "> ",
        longest: int = LONGEST_LINE,
        keep: Callable[[str], bool] | None = None,
        unsaved: str = "",
    ) -> None:
        self.wrong = ""
        self.longest = longest
        self.unsaved = unsaved
        self.buffer = Buffer(document=Document(text, len(text)), multiline=longest > LONGEST_LINE)
        self._keep, self._kept, self._timer = keep, text, False
        self.buffer.on_text_changed += lambda _: self._changed()
        control = BufferControl(self.buffer, input_processors=[Filtered(shown), BeforeInput(prefix)])
        self.window = Window(control, wrap_lines=True, dont_extend_height=True)
        complaint = ConditionalContainer(
            Window(FormattedTextControl(lambda: self._complaint(shown(self.wrong), width())), dont_extend_height=True),
            filter=Condition(lambda: bool(self.wrong)),
        )
        above = Window(
            FormattedTextControl(lambda: heading(width())),
            dont_extend_height=True,
        )
        self.body = HSplit([above, self.window, complaint])

    def keep_now(self) -> None:
        """Writes the draft down when it is another one than was written last."""
        self._timer = False
        words = typed(self.buffer.text)
        if self._keep is None or words == self._kept or not words.strip():
            return
        self._kept = words
        if not self._keep(words):
            self.wrong = NO_DRAFT

    def _changed(self) -> None:
        if self._keep is not None and not self._timer:
            self._timer = True
            asyncio.get_running_loop().call_later(DRAFT_SECONDS, self.keep_now)

    def line_keys(self, default: str, check: Check | None) -> KeyBindings:
        """Keys for one line: Enter answers, Ctrl-C and Ctrl-D leave, a paste stays one line."""
        keys = KeyBindings()

        @keys.add("enter", eager=True)
        def _(event: KeyPressEvent) -> None:
            answer = typed(self.buffer.text).strip() or default
            self.wrong = (check(answer) if check else None) or ""
            if not self.wrong:
                event.app.exit(result=answer)

        @keys.add("up", filter=Condition(lambda: bool(self.unsaved and not self.buffer.text)), eager=True)
        def _(event: KeyPressEvent) -> None:
            self.buffer.insert_text(self.unsaved)

        @keys.add(Keys.BracketedPaste, eager=True)
        def _(event: KeyPressEvent) -> None:
            self._paste(" ".join(event.data.replace("\r", "\n").split("\n")).strip())

        @keys.add("c-d", filter=Condition(lambda: not self.buffer.text), eager=True)
        @keys.add("c-c", eager=True)
        @keys.add("<sigint>", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=EOFError())

        return keys

    def text_keys(self) -> KeyBindings:
        """Keys for a whole text: the result is the text, or None when the old one is kept."""
        keys = KeyBindings()

        @keys.add("c-s", eager=True)
        @keys.add("escape", "enter", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=typed(self.buffer.text))

        @keys.add("enter")
        def _(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text("\n")

        @keys.add(Keys.BracketedPaste, eager=True)
        def _(event: KeyPressEvent) -> None:
            self._paste(event.data.replace("\r\n", "\n").replace("\r", "\n"))

        @keys.add("escape", "escape", eager=True)
        @keys.add("c-c", eager=True)
        @keys.add("<sigint>", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=None)

        return keys

    def _paste(self, text: str) -> None:
        if len(text) > self.longest:
            self.wrong = f"The clipboard holds {len(text)} characters, here fit {self.longest}. Nothing was pasted."
            return
        self.wrong = ""
        self.buffer.insert_text(text)

    def _complaint(self, text: str, width: int) -> Fragments:
        return [("class:wrong", "\n".join(folded(text, width)))]
