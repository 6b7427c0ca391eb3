"""Speaking: one message from its facts to its words, the yes, the sending and the handing over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crisiscli.dispatch import Desk, Text
from crisiscli.dispatch.parcels import Batch, batch
from crisiscli.errors import Refused
from crisiscli.screen import Line, Option, Terminal, letter
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import carrying, yes
from crisiscli.walk.asking import ask_fact, ask_facts
from crisiscli.walk.words import meter, show_texts, states

Move = Callable[[Desk, Terminal, Sequence[Text]], None]


def speak(desk: Desk, terminal: Terminal, message: str) -> bool:
    """Walks one message; True when every must language is out or in somebody's hands."""
    if not _facts(desk, terminal, message):
        return False
    if isinstance(terminal, Scripted):
        return _speak_from_answers(desk, terminal, message)
    shown = ""
    while True:
        desk.journal.refresh()
        texts = desk.texts(message)
        words = "\n".join(text.rendering.id if text.rendering else text.place for text in texts)
        whole = show_texts(desk, texts) if words != shown else states(desk, texts)
        terminal.say(*whole, *_footer(desk, texts))
        shown = words
        chosen = terminal.choose(f"message.{message}", f"{message}: what now?", _options(desk, texts), record=False)
        if chosen == "back":
            return out(texts)
        _MOVES[chosen](desk, terminal, texts)
        if chosen == "send" and out(desk.texts(message)):
            return True


def out(texts: Sequence[Text]) -> bool:
    """True when every must text has left: sent, handed, or on its way."""
    must = [text for text in texts if not text.follows]
    return bool(must) and all(text.counts.get("sent") or text.counts.get("sending") for text in must)


def _facts(desk: Desk, terminal: Terminal, message: str) -> bool:
    missing = desk.needed_facts(message)
    if not missing:
        return True
    terminal.say(Line(f"{message} waits for what nobody has said yet: {', '.join(missing)}.", "warn"))
    return ask_facts(desk, terminal, missing)


def _footer(desk: Desk, texts: Sequence[Text]) -> list[Line | str]:
    lines: list[Line | str] = [""]
    words = [text for text in texts if text.rendering]
    if words:
        lines.append(Line(f"Tag {desk.tag(words)} names these {len(words)} texts exactly as they stand.", "strong"))
    shut = desk.gate(texts[0].message) if texts else ()
    lines += [Line(f"The gate is shut: {reason}", "warn") for reason in shut]
    if any(text.counts.get("unknown") for text in texts):
        lines.append(Line("UNKNOWN: some of it may be out. Look there before anything else.", "late"))
    if not any(text.counts for text in texts):
        lines.append(Line("Nothing of this message has been sent. Approving does not send.", "dim"))
    return lines


def _options(desk: Desk, texts: Sequence[Text]) -> list[Option]:
    words = [text for text in texts if text.rendering]
    unready = [text for text in words if text.wants_yes]
    ready = batch(desk, texts[0].message) if texts else None
    nothing = "" if words else "there are no words yet"
    return [
        Option("a", "approve", "approve: record a yes", nothing or ("" if unready else "all of it is approved")),
        Option("e", "edit", "edit a text", nothing),
        Option("f", "fact", "change a fact"),
        Option("c", "copy", "copy a text", nothing),
        Option("g", "send", "go to sending", _why_not_send(ready)),
        Option("b", "back", "back to the step"),
    ]


def _why_not_send(ready: Batch | None) -> str:
    if ready is None or not ready.parcels:
        reasons = list(dict.fromkeys(why for _, why in ready.held)) if ready else []
        return reasons[0] if reasons else "everything is out"
    return ""


def _pick(terminal: Terminal, texts: Sequence[Text], question: str) -> Text | None:
    words = [text for text in texts if text.rendering]
    if len(words) == 1:
        return words[0]
    options = [Option(letter(number), text.place, text.place) for number, text in enumerate(words)]
    options.append(Option("0", "back", "back"))
    chosen = terminal.choose("pick.text", question, options, record=False)
    return next((text for text in words if text.place == chosen), None)


def _copy(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    text = _pick(terminal, texts, "Copy which text?")
    if text is not None and text.rendering is not None:
        terminal.say(terminal.copy(text.rendering.text))


def _fact(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    change_fact(desk, terminal, desk.renderer.facts(texts[0].message))


def change_fact(desk: Desk, terminal: Terminal, names: Sequence[str]) -> None:
    """Lets the person pick a fact and say something else about it."""
    listed = list(names)
    if not listed:
        terminal.say("No fact stands behind these words.")
        return
    options = [Option(letter(number), name, name) for number, name in enumerate(listed)]
    options.append(Option("0", "back", "back"))
    chosen = terminal.choose("pick.fact", "Which fact?", options, record=False)
    if chosen != "back":
        ask_fact(desk, terminal, chosen)


def _edit(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    text = _pick(terminal, texts, "Edit which text?")
    if text is None or text.rendering is None:
        return
    rendering, channel = text.rendering, text.channel
    changed = terminal.edit(
        f"edit.{text.place}",
        rendering.body,
        lambda typed: meter([m for m in channel.measure(rendering.title, typed, text.language) if m.part == "body"]),
    )
    if changed is None or changed == rendering.body:
        terminal.say("Kept as it was.")
        return
    desk.journal.record(
        "edited", place=text.place, message=text.message, title=rendering.title, body=changed, was=rendering.sha256
    )
    terminal.say(Line(f"New words on {text.place}: any yes to the old ones does not cover them.", "warn"))


def _send(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    carrying.carry(desk, terminal, batch(desk, texts[0].message))


_MOVES: dict[str, Move] = {"approve": yes.ask_for, "edit": _edit, "fact": _fact, "copy": _copy, "send": _send}


def _speak_from_answers(desk: Desk, terminal: Scripted, message: str) -> bool:
    texts = desk.texts(message)
    terminal.say(*show_texts(desk, texts))
    shut = desk.gate(message)
    if shut:
        raise Refused(f"The gate of {message} is shut: {'; '.join(shut)}.", then="crisis status")
    yes.from_answers(desk, terminal, [text for text in texts if text.rendering])
    ready = batch(desk, message)
    if ready.parcels:
        carrying.carry(desk, terminal, ready)
    held = [(text, why) for text, why in ready.held if not text.follows]
    if held:
        terminal.say(*(Line(f"Held back: {text.place}: {why}", "warn") for text, why in held))
    return out(desk.texts(message))
