"""An e-mail's bytes: our own header lines and a base64 body, read back before anybody relies on them.

The standard library's header folding loses double blanks between encoded words, and before Python 3.11.10 unfolds
an encoded word in a title into further headers (CVE-2024-6923). So the lines are written here, and the library only
reads them back. The body is base64 of the approved UTF-8 bytes: no line length, no dot, no `From ` and no closing
line feed is changed on the way.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from crisiscli.errors import Refused
from crisiscli.providers.address import split_name
from crisiscli.providers.base import Letter

_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 -]*[A-Za-z0-9]")
_LINE = 66
"""A value up to here stands on its header's line as it is; RFC 5322 2.1.1 wants lines of at most 78."""
_WORD = 39
"""Bytes in one encoded word: 64 characters with its frame, below the 75 of RFC 2047 section 2."""

_MIME = (
    ("MIME-Version", "1.0"),
    ("Content-Type", 'text/plain; charset="utf-8"'),
    ("Content-Transfer-Encoding", "base64"),
)


def serialised(headers: Mapping[str, str], letter: Letter) -> bytes:
    """The e-mail with these headers and the letter's body. Raises Refused when it does not read back the same."""
    body = letter.body.encode("utf-8")
    lines = [f"{name}: {_value(name, value)}" for name, value in headers.items()]
    lines += [f"{name}: {value}" for name, value in _MIME]
    packed = base64.encodebytes(body).replace(b"\n", b"\r\n")
    whole = "\r\n".join([*lines, "", ""]).encode("ascii") + packed
    if wrong := _read_back(whole, headers, body):
        raise Refused(f"The e-mail would not read the way it was approved: {wrong}.", where=letter.dispatch)
    return whole


def _value(name: str, value: str) -> str:
    if name in ("From", "Reply-To"):
        who, address = split_name(value)
        if not who:
            return address
        return f"{who if _PLAIN_NAME.fullmatch(who) else _encoded(who)} <{address}>"
    if name == "Subject" and not (_PLAIN.fullmatch(value) and len(value) <= _LINE):
        return _encoded(value)
    return value


def _encoded(text: str) -> str:
    """RFC 2047 words on lines of their own; the blanks between them vanish when they are read."""
    words, piece = [], b""
    for letter in text:
        more = letter.encode("utf-8")
        if len(piece) + len(more) > _WORD:
            words.append(piece)
            piece = b""
        piece += more
    words.append(piece)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word).decode('ascii')}?=" for word in words)


def _read_back(whole: bytes, headers: Mapping[str, str], body: bytes) -> str:
    from email import message_from_bytes
    from email.header import decode_header, make_header
    from email.policy import compat32

    found = message_from_bytes(whole, policy=compat32)
    if found.keys() != [*headers, *(name for name, _ in _MIME)]:
        return "its headers are not the ones written"
    for name, value in headers.items():
        if str(make_header(decode_header(found[name]))) != _shown(name, value):
            return f"{name} changes"
    payload = found.get_payload(decode=True)
    return "" if payload == body and not found.defects else "its words change"


def _shown(name: str, value: str) -> str:
    if name not in ("From", "Reply-To"):
        return value
    who, address = split_name(value)
    return f"{who} <{address}>" if who else address
