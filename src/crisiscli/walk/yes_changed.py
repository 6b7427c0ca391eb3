"""Yes, with this change: the new words, their tag, the yes to them; all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.dispatch import Desk, Text, Yes
from crisiscli.dispatch.approving import How, approve_changed
from crisiscli.dispatch.changing import alike, changed
from crisiscli.dispatch.entitled import roles_of
from crisiscli.screen import Line, Option, Terminal, letter
from crisiscli.walk.words import meter, show_texts
from crisiscli.walk.yes_spoken import ask_spoken, own_roles, own_way


def with_change(desk: Desk, terminal: Terminal, words: Sequence[Text], role: str) -> str:
    """Edits one text, shows the new words with the new tag, and asks for the yes to them; "" when broken off.

    The same words on other channels change with it. Raises Refused; neither the edit nor the yes is recorded then.
    """
    text = _pick(terminal, words)
    if text is None or text.rendering is None:
        return ""
    together = alike(words, text)
    bare = text.words or text.rendering
    body = terminal.edit(f"change.{text.place}", bare.body, lambda typed: _meter(together, typed))
    if body is None or not body.strip() or body == bare.body:
        terminal.say("Kept as it was. Nothing was recorded.")
        return ""
    after = changed(desk, words, [one.place for one in together], body)
    new = [one for one in after if one.place in {same.place for same in together}]
    terminal.say(
        *show_texts(desk, new),
        Line(f"The new tag is {desk.tag(after)}. Tag {desk.tag(words)} does not name these words.", "strong"),
        "Read the new words to them, then let them say the new tag. Until then nothing is recorded.",
    )
    way = terminal.choose("change.how", "Do they say yes to these words?", _ways(desk, words, role), record=False)
    if way == "back":
        terminal.say("Nothing was recorded; the old words stand.")
        return ""
    me = desk.journal.name(desk.journal.actor)
    ways: dict[str, How] = {"phone": "phone", "reply": "reply", "room": "room"}
    if way == "self":
        yes = Yes(me, own_way(desk), own_roles(desk, words, role))
    else:
        yes = ask_spoken(desk, terminal, after, role, ways[way])
    approve_changed(desk, words, after, yes)
    return f"{way}, with a change on {', '.join(one.place for one in new)}"


def _pick(terminal: Terminal, words: Sequence[Text]) -> Text | None:
    """One text of each wording; the only one without a question."""
    kinds: list[list[Text]] = []
    for text in words:
        same = next((kind for kind in kinds if text in alike(words, kind[0])), None)
        if same is None:
            kinds.append([text])
        else:
            same.append(text)
    if len(kinds) == 1:
        return kinds[0][0]
    options = [
        Option(letter(number), kind[0].place, ", ".join(text.place for text in kind))
        for number, kind in enumerate(kinds)
    ]
    options.append(Option("b", "back", "back"))
    chosen = terminal.choose("change.text", "Change which text?", options, record=False)
    return next((kind[0] for kind in kinds if kind[0].place == chosen), None)


def _meter(texts: Sequence[Text], typed: str) -> str:
    """The meter of every channel the words stand on; the same count is shown once."""
    found = []
    for text in texts:
        old = text.words or text.rendering
        title = old.title if old else None
        measures = [one for one in text.channel.measure(title, typed, text.language) if one.part == "body"]
        found.append(meter(measures))
    return "   ".join(dict.fromkeys(found))


def _ways(desk: Desk, words: Sequence[Text], role: str) -> list[Option]:
    own = role in roles_of(desk, words[0].needed, desk.journal.actor)
    holder = desk.journal.name(desk.journal.incident.holder(role))
    author = "who writes the words cannot approve them here" if desk.config.four_eyes else ""
    return [
        Option("1", "self", "myself: I hold this role", author if own else f"{holder} holds {role}"),
        Option("2", "phone", "by phone: they said yes and the new tag"),
        Option("3", "reply", "a pasted reply with the new tag"),
        Option("4", "room", "in the room: they said yes and the new tag"),
        Option("b", "back", "back: keep the old words"),
    ]
