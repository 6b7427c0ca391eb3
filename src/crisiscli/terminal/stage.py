"""The stage one question is asked on: the screen opened and closed, the bar ticking, the news above."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

from prompt_toolkit.application import Application, get_app, run_in_terminal
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.input import Input
from prompt_toolkit.input.defaults import create_input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.key_processor import KeyProcessor
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    AnyContainer,
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from crisiscli.terminal.choices import Fragments, folded
from crisiscli.terminal.leaving import SIGNALS, is_gone, left, left_by
from crisiscli.terminal.live import Live, fit_bar
from crisiscli.terminal.record import Record
from crisiscli.terminal.safe import show_within
from crisiscli.terminal.streams import drop_type_ahead, encoding_of

STYLE = Style.from_dict(
    {
        "question": "bold",
        "key": "bold",
        "here": "bold underline",
        "hint": "ansiyellow",
        "wrong": "ansired bold",
        "bar": "reverse",
    }
)
SPLIT_ESCAPE_SECONDS = 1.0
"""How long an ESC waits for the rest of an arrow key before it counts as the key Esc."""


class Stage:
    """Runs one question at a time on the person's terminal.

    It never asks the terminal where its cursor is: terminals that do not answer would show no bar, and
    an answer that comes late would be typed into the next question.
    """

    def __init__(
        self,
        live: Live,
        record: Record,
        *,
        every: float = 1.0,
        source: Input | None = None,
        target: Output | None = None,
    ) -> None:
        self.live, self.record, self.every = live, record, every
        self.source = source or create_input(sys.stdin)
        self.target = target or create_output(stdout=sys.stdout)
        if isinstance(self.target, Vt100_Output):
            self.target.enable_cpr = False
        self.is_open = False

    def run(
        self,
        body: AnyContainer,
        keys: KeyBindings,
        focus: Window,
        meter: Callable[[], str] | None = None,
    ) -> Any:
        """Shows `body` with the bar under it until a key exits with a result. Raises Interrupted."""
        self._drop_type_ahead()
        self.live.look()
        self.print_news()
        app: Application[Any] = Application(
            layout=Layout(HSplit([body, self._bar(meter)]), focused_element=focus),
            key_bindings=merge_key_bindings([keys, _suspending()]),
            style=STYLE,
            color_depth=ColorDepth.DEPTH_4_BIT if self.record.color else ColorDepth.DEPTH_1_BIT,
            include_default_pygments_style=False,
            erase_when_done=True,
            input=self.source,
            output=self.target,
        )
        app.ttimeoutlen = SPLIT_ESCAPE_SECONDS
        app.key_processor.after_key_press += self._finish_escape
        result = self._run(app)
        self.print_news()
        return result

    def print_news(self) -> None:
        """Prints what waits; a late line rings once."""
        while self.live.news:
            line = self.live.news[0]
            if line.style == "late":
                self.record.ring()
            self.record.print([line])
            self.live.news.popleft()

    def shown(self, text: str) -> str:
        """The text as this screen may show it; a tab is four spaces wide."""
        return show_within(text, encoding_of(self.record.stream)).replace("\t", "    ")

    def width(self) -> int:
        """The columns of the terminal at this moment."""
        return get_app().output.get_size().columns

    def _run(self, app: Application[Any]) -> Any:
        self.is_open = True
        try:
            with _keeping_handlers():
                return app.run(pre_run=lambda: self._started(app), set_exception_handler=False)
        except (KeyboardInterrupt, EOFError):
            raise left() from None
        except OSError as error:
            if is_gone(error):
                raise left("The terminal is gone. Everything up to here is saved.") from error
            raise
        finally:
            self.is_open = False

    def _started(self, app: Application[Any]) -> None:
        loop = asyncio.get_running_loop()

        def leave(error: BaseException | None) -> None:
            if error is not None and not app.is_done:
                app.exit(exception=error)

        # Whatever a callback raises (a check, a meter, the bar) ends the question and reaches the caller.
        loop.set_exception_handler(lambda _, context: leave(context.get("exception")))
        for number in SIGNALS:
            # the event loop of Windows listens to no signals, and none does outside the main thread
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, leave, left_by(number))
        app.create_background_task(self._tick(app))

    def _finish_escape(self, processor: KeyProcessor) -> None:
        """The reader keeps the second of two quick Esc until another key comes; this takes it out."""
        if processor.key_buffer and processor.key_buffer[-1].key == Keys.Escape:
            processor.feed_multiple(self.source.flush_keys())

    async def _tick(self, app: Application[Any]) -> None:
        while True:
            await asyncio.sleep(self.every)
            self.live.look()
            if self.live.news:
                await run_in_terminal(self.print_news)
            app.invalidate()

    def _bar(self, meter: Callable[[], str] | None) -> ConditionalContainer:
        """The live line, and above it the meter of what is being typed: neither takes the other's room."""

        def drawing() -> Fragments:
            # Only as wide as its words: a full row would be torn in two when the window gets narrower.
            return [("class:bar", f" {fit_bar(self.shown(self.live.text), self.width() - 2)} ")]

        def measured() -> Fragments:
            rows = folded(self.shown(meter()), self.width() - 2) if meter else ()
            return [("", "\n".join(f" {row}" for row in rows))]

        has_meter, has_bar = Condition(lambda: bool(meter)), Condition(lambda: bool(self.live.text))
        parts: list[AnyContainer] = [Window(height=Dimension(min=0, max=1, preferred=1))]
        for words, filter_ in ((measured, has_meter), (drawing, has_bar)):
            window = Window(FormattedTextControl(words), dont_extend_height=True)
            parts.append(ConditionalContainer(window, filter=filter_))
        return ConditionalContainer(HSplit(parts), filter=~is_done & (has_meter | has_bar))

    def _drop_type_ahead(self) -> None:
        self.source.flush_keys()
        clear_typeahead(self.source)
        try:
            drop_type_ahead(sys.stdin)
        except OSError as error:
            raise left("The terminal is gone. Everything up to here is saved.") from error


def _suspending() -> KeyBindings:
    """Ctrl-Z puts the program aside as any program in a shell; `fg` brings the same question back."""
    keys = KeyBindings()
    if hasattr(signal, "SIGTSTP"):

        @keys.add("c-z", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.suspend_to_background()

    return keys


@contextlib.contextmanager
def _keeping_handlers() -> Iterator[None]:
    """An event loop resets the signals it listened to; the program's own handlers come back."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            with contextlib.suppress(ValueError, TypeError):
                signal.signal(number, handler)
