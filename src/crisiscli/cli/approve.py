"""`crisis approve`: records a named person's yes to exact words, or that nobody answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from crisiscli.cli.flags import ForIncident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import AnswerNeeded, FilesUnusable, NotFound, Refused, UsageError

if TYPE_CHECKING:
    from crisiscli.dispatch import Desk, Text, Yes
    from crisiscli.dispatch.approving import How

How_ = Literal["self", "phone", "reply", "room", "terminal", "in-advance", "mandate"]


class _Only(NamedTuple):
    """Which words are meant, and the change they come with."""

    message: str
    channels: list[str]
    languages: list[str]
    change: Path | None

    def flags(self) -> str:
        """The same as it is typed."""
        change = [f" --change-file {self.change}"] if self.change else []
        return "".join(
            [*(f" --channel {c}" for c in self.channels), *(f" --lang {x}" for x in self.languages), *change]
        )


def approve(
    outside: Outside,
    message: Annotated[str, typer.Argument(help="The message.")],
    by: Annotated[str | None, typer.Option("--by", help="Who says yes; without it the words are shown.")] = None,
    how: Annotated[How_ | None, typer.Option("--how", help="How the yes was given.")] = None,
    tag: Annotated[str, typer.Option("--tag", help="The tag that was said or texted back.")] = "",
    role: Annotated[list[str] | None, typer.Option("--role", help="For which role.")] = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="Only these channels.")] = None,
    lang: Annotated[list[str] | None, typer.Option("--lang", help="Only these languages.")] = None,
    detail: Annotated[str, typer.Option("--detail", help="Number and time, or the reply.")] = "",
    may_vary: Annotated[list[str] | None, typer.Option("--may-vary", help="Facts the approver leaves open.")] = None,
    change_file: Annotated[Path | None, typer.Option("--change-file", help="Yes, with these new words.")] = None,
    break_glass: Annotated[str | None, typer.Option("--break-glass", help="Lead only: why in their place.")] = None,
    no_answer: Annotated[str | None, typer.Option("--no-answer", help="Role that was called in vain.")] = None,
    incident: ForIncident = None,
    as_json: Json = False,
) -> int:
    """Record a named person's yes to exact words. Approving does not send.

    crisis approve holding
    crisis approve holding --by Ann --how phone --tag M1-B7K2 --detail "+48 22 000 00 00, 03:12"
    crisis approve holding --channel x --lang en --change-file new.txt --by Ann --how phone --tag M1-C3P9
    crisis approve holding --no-answer legal
    crisis approve holding --break-glass "legal and deputy called twice" --role legal --tag M1-B7K2
    """
    desk = outside.desk(outside.journal(incident))
    if no_answer is not None:
        return _no_answer(outside, desk, message, no_answer, as_json)
    only = _Only(message, channel or [], lang or [], change_file)
    texts = _words(desk, only)
    if by is None and break_glass is None and change_file is None and outside.terminal.interactive:
        from crisiscli.walk import words, yes

        outside.terminal.say(*words.show_texts(desk, texts))
        yes.ask_for(desk, outside.terminal, texts)
        return 0
    after = _changed(desk, texts, change_file)
    said = _said(desk, by, how, break_glass, tag, detail, role or [], may_vary or [])
    if said is None or not tag:
        raise _shown(outside, desk, only, after, by, break_glass)
    done = _record(desk, texts, after, said)
    if as_json:
        outside.print_json({"schema_version": 1, "tag": desk.tag(done), "approved": [_data(text) for text in done]})
    else:
        places = ", ".join(text.place for text in done)
        outside.print([f"Approved by {said.person} ({said.how}): {places}.", "Nothing has been sent."])
    return 0


def _words(desk: Desk, only: _Only) -> list[Text]:
    found = [
        text
        for text in desk.texts(only.message, only.channels)
        if text.rendering and (not only.languages or text.language in only.languages)
    ]
    if not found:
        texts = desk.texts(only.message)
        waits = "; ".join(dict.fromkeys(r for text in texts for r in (*text.waits, text.missing) if r))
        what = f"There are no words of {only.message} to approve yet: {waits}."
        raise Refused(what, then="crisis fact, or crisis lint")
    return found


def _changed(desk: Desk, texts: list[Text], path: Path | None) -> list[Text]:
    """The same texts with the words of a file in them. Raises UsageError when that would make different texts one."""
    if path is None:
        return texts
    from crisiscli.dispatch.changing import alike, changed

    try:
        body = path.read_text(encoding="utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise FilesUnusable(f"The new words cannot be read: {reason}.", where=str(path), then="mend the file") from None
    if not body.strip():
        raise FilesUnusable("The file holds no words.", where=str(path), then="write the new words into it")
    if len(alike(texts, texts[0])) < len(texts):
        raise UsageError("These texts are not the same words.", then="--channel and --lang: name the one that changes")
    return changed(desk, texts, [text.place for text in texts], body)


def _said(
    desk: Desk,
    by: str | None,
    how: str | None,
    break_glass: str | None,
    tag: str,
    detail: str,
    roles: list[str],
    may_vary: list[str],
) -> Yes | None:
    """The yes as the flags say it; None while nobody is named."""
    from crisiscli.dispatch import Yes
    from crisiscli.walk import yes
    from crisiscli.walk.yes_spoken import own_way

    me = desk.journal.name(desk.journal.actor)
    known = desk.journal.incident.runbook.roles
    strange = [role for role in roles if role not in known]
    if strange:
        raise NotFound(f"There is no role {strange[0]} in this runbook.", then=f"one of: {', '.join(known)}")
    if break_glass is not None:
        return Yes(by or me, "break-glass", tuple(roles), tag=tag, detail=break_glass)
    if by is None:
        return None
    way: How = yes.how(how.replace("-", " ")) if how else own_way(desk)
    return Yes(by, way, tuple(roles), tag=tag, detail=detail, may_vary=tuple(may_vary))


def _shown(
    outside: Outside, desk: Desk, only: _Only, texts: list[Text], by: str | None, glass: str | None
) -> AnswerNeeded:
    """Prints the words with their tag; what is still needed to approve them."""
    from crisiscli.walk.words import show_texts

    name = desk.tag(texts)
    outside.print([*show_texts(desk, texts), f"Tag {name}"])
    return _needed(only.message + only.flags(), texts[0].needed, by, glass, name)


def _record(desk: Desk, texts: list[Text], after: list[Text], said: Yes) -> Sequence[Text]:
    from crisiscli.dispatch import approve as record
    from crisiscli.dispatch.approving import approve_changed

    return record(desk, texts, said) if after is texts else approve_changed(desk, texts, after, said)


def _no_answer(outside: Outside, desk: Desk, message: str, role: str, as_json: bool) -> int:
    """Notes a call in vain and prints who is next; exit 1 when nobody is left."""
    from crisiscli.walk import ladder

    roles = desk.journal.incident.runbook.roles
    if role not in roles:
        raise NotFound(f"There is no role {role} in this runbook.", then=f"one of: {', '.join(roles)}")
    following = ladder.no_answer(desk, outside.terminal, role)
    tries = ladder.tries_text(desk.journal.incident.tries[role], desk.zone)
    if as_json:
        rung = {"name": following.name, "role": following.role, "reach": following.reach} if following else None
        outside.print_json({"schema_version": 1, "role": role, "tries": tries, "next": rung})
    elif following is not None:
        outside.print([f"Call next: {ladder.rung_text(desk, following, role)}"])
    else:
        from crisiscli.dispatch.earlier import in_advance

        texts = [text for text in desk.texts(message) if text.rendering]
        seal, why_not = in_advance(desk, texts) if texts else ("", "there are no words yet")
        held = f"{seal} approved them (--how in-advance)" if seal else why_not
        outside.print(
            [f"Nobody is left for {role}. Words approved in advance may go: {held}. Or --break-glass REASON."]
        )
    return 0 if following is not None else 1


def _data(text: Text) -> dict[str, object]:
    assert text.rendering is not None  # noqa: S101
    return {"place": text.place, "sha256": text.rendering.sha256, "approved": list(text.approved), "ready": text.ready}


def _needed(message: str, roles: Sequence[str], by: str | None, glass: str | None, tag: str) -> AnswerNeeded:
    words = "Which words? A yes names the words it was given to by their tag."
    if glass is not None:
        what, key, who = words, "--tag", f'--break-glass "{glass}"'
    elif by is not None:
        what, key, who = words, "--tag", f'--by "{by}"'
    else:
        what, key, who = f"Whose yes? {message} needs {', '.join(roles)}.", "--by", "--by NAME --how phone"
    return AnswerNeeded(what, key=key, snippet="", then=f"crisis approve {message} {who} --tag {tag}")
