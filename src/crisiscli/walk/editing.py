"""Editing: one text changed in place or in the person's own editor, and what that means for yeses and languages."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.channels.base import Measure
from crisiscli.dispatch import Desk, Text
from crisiscli.dispatch.changing import alike
from crisiscli.dispatch.earlier import in_advance
from crisiscli.dispatch.stale import stale
from crisiscli.errors import CrisisError
from crisiscli.message import Rendering
from crisiscli.screen import Line, Option, Terminal
from crisiscli.walk.ledger import role_name
from crisiscli.walk.words import meter, stale_words


def edit(desk: Desk, terminal: Terminal, text: Text, *, editor: bool = False) -> None:
    """Changes one text, in place or in the person's own editor; the same words elsewhere too when they say so."""
    words = text.words or text.rendering
    if words is None:
        return
    if text.edited:
        part = _part(terminal, text)
        if part == "drop":
            _drop(desk, terminal, text)
        if part != "words":
            return
    title, body = _composed(terminal, text, words) if editor else _in_place(terminal, text, words)
    if (title, body) == (words.title, words.body):
        terminal.say("Kept as it was.")
        return
    places = _places(desk, terminal, text)
    advance, _ = in_advance(desk, [text])
    for one in places:
        _record(desk, terminal, one, title if one.channel.titled else None, body)
    terminal.say(*_meaning(desk, places, advance))


def _part(terminal: Terminal, text: Text) -> str:
    """A text that was edited before can go back to the runbook's words."""
    options = [
        Option("1", "words", "change it again"),
        Option("2", "drop", "go back to the runbook's words"),
        Option("b", "back", "back"),
    ]
    return terminal.choose(f"edit.part.{text.place}", f"{text.place}: it was edited before.", options, record=False)


class _Whole:
    """A text as it is typed: where it has a title, or needs one, that is the first line, then an empty line."""

    def __init__(self, text: Text, words: Rendering) -> None:
        self.text, self.words = text, words
        needs = any(m.part == "title" and m.trouble for m in text.measures)
        self.titled = text.channel.titled and (words.title is not None or needs)
        self.typed = f"{words.title or ''}\n\n{words.body}" if self.titled else words.body

    def parts(self, typed: str) -> tuple[str | None, str]:
        """The title and the words of what was typed."""
        if not self.titled:
            return self.words.title, typed
        first, _, rest = typed.partition("\n")
        return first.strip() or None, rest.removeprefix("\n")

    def measures(self, typed: str) -> list[Measure]:
        """The channel's own measures of it."""
        return self.text.channel.measure(*self.parts(typed), self.text.language)

    def about(self) -> str:
        """How it is laid out, for whoever changes it."""
        return "The first line is the title, then an empty line, then the words." if self.titled else ""


def _in_place(terminal: Terminal, text: Text, words: Rendering) -> tuple[str | None, str]:
    whole = _Whole(text, words)
    if whole.titled:
        terminal.say(whole.about())
    new = terminal.edit(f"edit.{text.place}", whole.typed, lambda typed: meter(whole.measures(typed)))
    return (words.title, words.body) if new is None else whole.parts(new)


def _composed(terminal: Terminal, text: Text, words: Rendering) -> tuple[str | None, str]:
    whole = _Whole(text, words)

    def check(typed: str) -> str | None:
        measures = whole.measures(typed)
        return None if all(measure.fits for measure in measures) else meter(measures)

    about = [
        f"{text.place}, {text.channel.name}: {meter(text.measures)}",
        *([whole.about()] if whole.titled else []),
        "Save and close to keep the change; the yes is asked for afterwards. An empty file changes nothing.",
    ]
    new = terminal.compose(f"edit.{text.place}", whole.typed, about, check)
    return (words.title, words.body) if new is None else whole.parts(new)


def _places(desk: Desk, terminal: Terminal, text: Text) -> list[Text]:
    """The text, and those with the very same words when the person wants them changed too."""
    same = [one for one in alike(desk.texts(text.message), text) if one.place != text.place]
    same = [one for one in same if not any(one.counts.values())]
    if not same or not terminal.interactive:
        return [text]
    names = ", ".join(one.channel.id for one in same)
    options = [Option("1", "all", f"there too: {names}"), Option("2", "one", f"only on {text.channel.id}")]
    question = f"The same words stand on {names}. Change them there too?"
    chosen = terminal.choose(f"edit.alike.{text.place}", question, options, record=False)
    return [text, *same] if chosen == "all" else [text]


def _record(desk: Desk, terminal: Terminal, text: Text, title: str | None, body: str) -> None:
    assert text.rendering is not None  # noqa: S101
    was = text.rendering.sha256
    try:
        desk.journal.record("edited", place=text.place, message=text.message, title=title, body=body, was=was)
    except CrisisError:
        terminal.say(
            Line("These words are not in the record. Copy them before you go on:", "late"), Line(body, "quote")
        )
        raise


def _drop(desk: Desk, terminal: Terminal, text: Text) -> None:
    desk.journal.record("edit_dropped", place=text.place)
    terminal.say(Line(f"{text.place} has the runbook's words again.", "warn"), *_stale_lines(desk, [text]))


def _meaning(desk: Desk, places: Sequence[Text], advance: str) -> list[Line | str]:
    """Whose yes is needed, and what else no longer holds."""
    lines: list[Line | str] = []
    fresh = {text.place: text for text in desk.texts(places[0].message)}
    for text in places:
        assert text.rendering is not None  # noqa: S101
        new = fresh[text.place]
        given = [a for a in desk.journal.store.approvals(desk.journal.code) if a.rendering == text.rendering.id]
        who = " and ".join(dict.fromkeys(desk.journal.name(approval.person) for approval in given))
        void = f" The yes of {who} ({given[-1].tag}) does not cover them." if who else ""
        lines.append(Line(f"New words on {text.place}.{void}", "warn"))
        if not new.ready:
            asked = [role_name(desk.journal, role) for role in new.needed if role not in new.approved]
            lines.append(Line(f"  Needs a yes from {', '.join(asked)}.", "warn"))
    if advance:
        _, why_not = in_advance(desk, [fresh[text.place] for text in places])
        lines.append(Line(f"The yes {advance} gave in advance does not cover edited words: {why_not}.", "warn"))
    return lines + _stale_lines(desk, places)


def _stale_lines(desk: Desk, places: Sequence[Text]) -> list[Line | str]:
    """The same text in other languages, when it may say something else now."""
    wanted = {(text.message, text.channel.id) for text in places}
    lines: list[Line | str] = []
    for text in desk.texts(places[0].message):
        mark = stale(desk.journal, text.place) if (text.message, text.channel.id) in wanted else None
        if mark is not None and not text.missing:
            lines.append(Line(f"{text.place}: {stale_words(desk, text.language, mark)}", "warn"))
    return lines
