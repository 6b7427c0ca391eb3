"""Speaking: one message from its facts to its words, the yes, the sending and the handing over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import shorten

from crisiscli.conditions import facts_in
from crisiscli.dispatch import Desk, Text
from crisiscli.dispatch.corrections import Outdated, is_next_word, open_corrections
from crisiscli.dispatch.health import owed
from crisiscli.dispatch.parcels import Batch, batch
from crisiscli.dispatch.stale import stale
from crisiscli.errors import Refused
from crisiscli.incident.step_words import question
from crisiscli.screen import Line, Option, Terminal, letter
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import carrying, coming_back, yes
from crisiscli.walk.asking import ask_fact, ask_facts
from crisiscli.walk.checking import check_answers
from crisiscli.walk.correcting import after_change, correct_if_any, outdated_lines
from crisiscli.walk.drafting import keep_drafts
from crisiscli.walk.editing import edit
from crisiscli.walk.next_word import ask_next
from crisiscli.walk.words import show_texts, stale_words, state_text, states

ASKED = 44
"""Characters of a question in the list of facts: one line each."""
SHOWN = 4
"""How many places that are still owed are named at once."""

Move = Callable[[Desk, Terminal, Sequence[Text]], object]


def speak(desk: Desk, terminal: Terminal, message: str) -> bool:
    """Walks one message; True when every must language is out or in somebody's hands."""
    keep_drafts(desk, terminal)
    if not _facts(desk, terminal, message):
        return False
    if isinstance(terminal, Scripted):
        return _speak_from_answers(desk, terminal, message)
    ask_next(desk, terminal, message)
    if not check_answers(desk, terminal, message):
        return False
    shown: dict[str, str] = {}
    while True:
        desk.journal.refresh()
        texts = desk.texts(message)
        words = {text.place: text.rendering.id if text.rendering else "" for text in texts}
        fresh = [text for text in texts if shown.get(text.place) != words[text.place]]
        whole = show_texts(desk, fresh) + (states(desk, texts) if len(fresh) < len(texts) else [])
        wrong = _wrong(desk, message)
        terminal.say(*whole, *_footer(desk, texts), *outdated_lines(desk, wrong))
        shown = words
        options = _options(desk, terminal, texts, wrong)
        chosen = terminal.choose(f"message.{message}", f"{message}: what now?", options, record=False)
        if chosen == "back":
            return out(desk, texts)
        _MOVES[chosen](desk, terminal, texts)
        if chosen == "send" and out(desk, desk.texts(message)):
            return True


def out(desk: Desk, texts: Sequence[Text]) -> bool:
    """True when every text that is owed has left: sent, handed, or on its way."""
    must = owed(desk, texts)
    return bool(must) and all(text.counts.get("sent") or text.counts.get("sending") for text in must)


def settled(desk: Desk, message: str) -> bool:
    """True when a message is out, and nothing of it is out with an old value."""
    return out(desk, desk.texts(message)) and not _wrong(desk, message)


def _wrong(desk: Desk, message: str) -> list[Outdated]:
    """What is out with an old value. Words whose only change is when we speak next are no correction, but the next."""
    found = [one for one in open_corrections(desk) if one.message == message]
    return [one for one in found if not all(is_next_word(desk.journal, change) for change in one.changes)]


def owed_lines(desk: Desk, message: str) -> list[Line | str]:
    """What keeps a message from being out, after she came back from it: the step stays open, and she may wonder."""
    left = [t for t in owed(desk, desk.texts(message)) if not (t.counts.get("sent") or t.counts.get("sending"))]
    if not left:
        return []
    dead = next((text.channel.id for text in left if text.ready and not text.by_hand), "")
    return [
        "",
        Line(f"{message} is not out yet, so the step stays open:", "warn"),
        *(Line(f"  {text.place}: {state_text(desk, text)}", "warn") for text in left[:SHOWN]),
        *([f"  and {len(left) - SHOWN} more"] if len(left) > SHOWN else []),
        "d goes on with it. s leaves the rest, with a reason.",
        *([f"Is the channel dead? In another window: crisis channel {dead} down"] if dead else []),
    ]


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
        stands = "this text exactly as it stands"
        many = stands if len(words) == 1 else f"these {len(words)} texts exactly as they stand"
        lines.append(Line(f"Tag {desk.tag(words)} names {many}.", "strong"))
    shut = desk.gate(texts[0].message) if texts else ()
    lines += [Line(f"The gate is shut: {reason}", "warn") for reason in shut]
    if any(text.counts.get("unknown") for text in texts):
        lines.append(Line("UNKNOWN: some of it may be out. Look there before anything else.", "late"))
    if not any(text.counts for text in texts):
        lines.append(Line("Nothing of this message has been sent. Approving does not send.", "dim"))
    return lines


def _options(desk: Desk, terminal: Terminal, texts: Sequence[Text], wrong: Sequence[Outdated]) -> list[Option]:
    words = [text for text in texts if text.rendering]
    unready = [text for text in words if text.wants_yes]
    ready = batch(desk, texts[0].message) if texts else None
    nothing = "" if words else "there are no words yet"
    correction = [Option("d", "correct", "correct what is out with an old value")] if wrong else []
    return [
        Option("a", "approve", "approve: record a yes", nothing or ("" if unready else "all of it is approved")),
        Option("e", "edit", "edit a text", nothing),
        Option("E", "editor", "edit in your own editor", nothing or terminal.no_editor),
        Option("f", "fact", "change a fact"),
        Option("c", "copy", "copy a text", nothing),
        *correction,
        Option("g", "send", "go to sending", _why_not_send(ready)),
        *_came_back(desk, texts),
        Option("b", "back", "back to the step"),
        Option("?", "help", "help"),
    ]


def _came_back(desk: Desk, texts: Sequence[Text]) -> list[Option]:
    """The key for somebody who rings before they are asked: it is up."""
    many = len(coming_back.of_message(desk, texts[0].message)) if texts else 0
    return [Option("1", "came", f"say what came of what was handed over ({many} open)")] if many else []


def _why_not_send(ready: Batch | None) -> str:
    if ready is None or not (ready.parcels or ready.down or ready.busy):
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
    book, message = desk.journal.incident.runbook, texts[0].message
    gate = book.gates.get(book.messages[message].gate or "")
    asked = facts_in(list(gate.opens_when)) if gate else ()
    change_fact(desk, terminal, list(dict.fromkeys([*desk.renderer.facts(message), *asked])))


def learn(desk: Desk, terminal: Terminal, names: Sequence[str]) -> bool:
    """Asks for facts, then says which words the answers make wrong. False when the person went back."""
    before = {name: desk.journal.incident.fact(name).value for name in names}
    done = ask_facts(desk, terminal, names)
    # a step that asks for our next word leads to that word; nothing is put right on the way to it
    changed = [name for name, value in before.items() if _another(desk, name, value) and not _is_ours(desk, name)]
    after_change(desk, terminal, changed)
    return done


def _is_ours(desk: Desk, name: str) -> bool:
    fact = desk.journal.incident.runbook.facts.get(name)
    return fact is not None and fact.promise and fact.confirmed_by is None


def _another(desk: Desk, name: str, value: object) -> bool:
    return bool(desk.journal.incident.fact(name).value != value)


def change_fact(desk: Desk, terminal: Terminal, names: Sequence[str]) -> None:
    """Lets the person pick a fact and say something else about it; then says which words that makes wrong."""
    listed = list(names)
    if not listed:
        terminal.say("No fact stands behind these words.")
        return
    keep_drafts(desk, terminal)
    book = desk.journal.incident.runbook
    options = [
        Option(letter(number), name, f"{name}  {shorten(question(book, name), ASKED, placeholder=' ...')}")
        for number, name in enumerate(listed)
    ]
    options.append(Option("0", "back", "back"))
    chosen = terminal.choose("pick.fact", "Which fact?", options, record=False)
    if chosen != "back" and ask_fact(desk, terminal, chosen):
        after_change(desk, terminal, [chosen])


def _edit(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    text = _pick(terminal, texts, "Edit which text?")
    if text is not None:
        edit(desk, terminal, text)


def _editor(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    text = _pick(terminal, texts, "Edit which text?")
    if text is not None:
        edit(desk, terminal, text, editor=True)


def _correct(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    correct_if_any(desk, terminal, texts[0].message)


def _send(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    ready = batch(desk, texts[0].message)
    if ready.busy:
        places = {text.place for text in ready.busy}
        terminal.say("", Line("Older words are still in somebody's hands. Are they out? Then the new ones go.", "warn"))
        rows = [(place, row) for place, row in coming_back.of_message(desk, ready.message) if place in places]
        coming_back.came(desk, terminal, rows)
        ready = batch(desk, ready.message)
    _warn_of_stale(desk, terminal, ready)
    carrying.carry(desk, terminal, ready)


def _warn_of_stale(desk: Desk, terminal: Terminal, ready: Batch) -> None:
    """A text that was changed in one language and goes in another: loud, recorded once, never in the way."""
    said = {warned.what for warned in desk.journal.incident.warnings if warned.about == "stale"}
    for text in dict.fromkeys(parcel.text.place for parcel in ready.parcels):
        mark = stale(desk.journal, text)
        if mark is None:
            continue
        what = f"{text}: {stale_words(desk, text.rpartition('/')[2], mark)}"
        terminal.say(Line(f"! WARNING  {what}.", "warn"))
        if what not in said:
            desk.journal.record("warned", about="stale", message=ready.message, what=what, reason="")


def _came(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    coming_back.came(desk, terminal, coming_back.of_message(desk, texts[0].message))


def _help(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    del desk, texts
    terminal.say(
        "",
        "What is shown is what is sent, letter for letter. A yes covers these very words; any change needs a new one.",
        "e changes a text here, with a meter; E opens it in your own editor. What you type is kept every second.",
        "f says something else about a fact: the words follow, and what is out with the old value can be corrected.",
        "Nothing goes out before the words are approved and you type the code name.",
    )


_MOVES: dict[str, Move] = {
    "approve": yes.ask_for,
    "edit": _edit,
    "editor": _editor,
    "fact": _fact,
    "copy": _copy,
    "correct": _correct,
    "send": _send,
    "came": _came,
    "help": _help,
}


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
    return out(desk, desk.texts(message))
