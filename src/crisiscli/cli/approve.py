"""`crisis approve`: records a named person's yes to exact words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from crisiscli.cli.flags import ForIncident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import AnswerNeeded, Refused


def approve(
    outside: Outside,
    message: Annotated[str, typer.Argument(help="The message.")],
    by: Annotated[str | None, typer.Option("--by", help="Who says yes; without it the words are shown.")] = None,
    how: Annotated[
        Literal["self", "phone", "reply", "room", "terminal", "in-advance", "mandate"],
        typer.Option("--how", help="How the yes was given."),
    ] = "self",
    tag: Annotated[str, typer.Option("--tag", help="The tag that was said or texted back.")] = "",
    role: Annotated[list[str] | None, typer.Option("--role", help="For which role.")] = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="Only these channels.")] = None,
    lang: Annotated[list[str] | None, typer.Option("--lang", help="Only these languages.")] = None,
    detail: Annotated[str, typer.Option("--detail", help="Number and time, or the reply.")] = "",
    may_vary: Annotated[list[str] | None, typer.Option("--may-vary", help="Facts the approver leaves open.")] = None,
    incident: ForIncident = None,
    as_json: Json = False,
) -> int:
    """Record a named person's yes to exact words. Approving does not send.

    crisis approve holding
    crisis approve holding --by Ann --how phone --tag M1-B7K2 --detail "+48 22 000 00 00, 03:12"
    """
    from crisiscli.dispatch import Yes
    from crisiscli.dispatch import approve as record
    from crisiscli.walk import yes
    from crisiscli.walk.words import show_texts

    desk = outside.desk(outside.journal(incident))
    texts = [
        text for text in desk.texts(message, channel or ()) if text.rendering and (not lang or text.language in lang)
    ]
    if not texts:
        waits = "; ".join(dict.fromkeys(r for text in desk.texts(message) for r in (*text.waits, text.missing) if r))
        raise Refused(f"There are no words of {message} to approve yet: {waits}.", then="crisis fact, or crisis lint")
    if by is None and outside.terminal.interactive:
        outside.terminal.say(*show_texts(desk, texts))
        yes.ask_for(desk, outside.terminal, texts)
        return 0
    if by is None or not tag:
        outside.print([*show_texts(desk, texts), f"Tag {desk.tag(texts)}"])
        only = "".join([*(f" --channel {c}" for c in channel or ()), *(f" --lang {x}" for x in lang or ())])
        raise _needed(message + only, texts[0].needed, by, desk.tag(texts))
    way = yes.how(how.replace("-", " "))
    said = Yes(by, way, tuple(role or ()), tag=tag, detail=detail, may_vary=tuple(may_vary or ()))
    done = record(desk, texts, said)
    if as_json:
        outside.print_json({"schema_version": 1, "tag": desk.tag(done), "approved": [_data(text) for text in done]})
    else:
        outside.print(
            [f"Approved by {by} ({how}): {', '.join(text.place for text in done)}.", "Nothing has been sent."]
        )
    return 0


def _data(text: object) -> dict[str, object]:
    from crisiscli.dispatch import Text

    assert isinstance(text, Text)  # noqa: S101
    assert text.rendering is not None  # noqa: S101
    return {"place": text.place, "sha256": text.rendering.sha256, "approved": list(text.approved), "ready": text.ready}


def _needed(message: str, roles: Sequence[str], by: str | None, tag: str) -> AnswerNeeded:
    if by is None:
        what, key, who = f"Whose yes? {message} needs {', '.join(roles)}.", "--by", "NAME --how phone"
    else:
        what, key, who = "Which words? A yes names the words it was given to by their tag.", "--tag", f'"{by}"'
    return AnswerNeeded(what, key=key, snippet="", then=f"crisis approve {message} --by {who} --tag {tag}")
