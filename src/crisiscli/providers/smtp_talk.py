"""The talk with a mail server: one connection for a batch, one transaction per letter, every reply an outcome."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterable, Iterator

from crisiscli.providers.base import Kind, Outcome, Prepared, Settings, State
from crisiscli.providers.letters import quoted
from crisiscli.providers.smtp_line import Line, Reply, Unfit, patience

_IN_A_ROW = 3
"""Connections that come to nothing before the batch stops."""

_Judged = tuple[State, Kind, str]


def talk(settings: Settings, sender: str, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
    """One outcome per letter. Stops without taking the next one after three broken connections in a row."""
    line = Line(settings, sender)
    broken = 0
    try:
        for one in prepared:
            outcome = _carry(line, one)
            broken = 0 if line.open else broken + 1
            yield outcome
            if broken == _IN_A_ROW:
                return
    finally:
        line.hang_up()


def _carry(line: Line, prepared: Prepared) -> Outcome:
    dispatch = prepared.letter.dispatch
    try:
        server = line.ready()
    except Exception as error:
        line.drop()
        return Outcome(dispatch, *_judge_connecting(error, line.host))
    try:
        with patience(server, line.patience):
            proof = _transaction(server, line.sender, prepared)
    except Reply as reply:
        if reply.code == 421 or not reply.no:
            line.drop()
        return Outcome(dispatch, *_judge_reply(reply))
    except Exception as error:
        line.drop()
        return Outcome(dispatch, "unknown", "ambiguous", _lost(error))
    except BaseException:
        line.drop()
        raise
    return Outcome(dispatch, "sent", proof=proof)


def _transaction(server: smtplib.SMTP, sender: str, prepared: Prepared) -> str:
    options = [f"size={len(prepared.payload)}"] if server.has_extn("size") else []
    _yes(server.mail(sender, options), "the sender")
    _yes(server.rcpt(prepared.letter.address), "the recipient")
    try:
        code, text = server.data(prepared.payload)
    except smtplib.SMTPDataError as error:
        raise Reply(error.smtp_code, _bytes(error.smtp_error), "the letter") from None
    _yes((code, text), "the letter")
    return quoted(f"{code} {text.decode('utf-8', 'replace')}")


def _yes(answer: tuple[int, bytes], during: str) -> None:
    code, text = answer
    if not 200 <= code < 300:
        raise Reply(code, text, during)


def _judge_reply(reply: Reply) -> _Judged:
    said = f"The mail server answered {quoted(f'{reply.code} '.encode() + reply.text)} to {reply.during}."
    if not reply.no:
        return "unknown", "ambiguous", said
    if reply.code in (530, 534, 535, 538):
        return "failed", "auth", said
    return "failed", "transient" if reply.code < 500 else "permanent", said


def _judge_connecting(error: Exception, host: str) -> _Judged:
    if isinstance(error, Unfit):
        return "failed", error.kind, str(error)
    if isinstance(error, Reply):
        return _judge_reply(error)
    if isinstance(error, smtplib.SMTPResponseException):
        login = isinstance(error, smtplib.SMTPAuthenticationError)
        during = "the login" if login else "the greeting"
        state, kind, said = _judge_reply(Reply(error.smtp_code, _bytes(error.smtp_error), during))
        return state, "auth" if login and state == "failed" else kind, said
    if isinstance(error, TimeoutError | ConnectionResetError | BrokenPipeError) or not isinstance(error, OSError):
        return "unknown", "ambiguous", _lost(error)
    if isinstance(error, smtplib.SMTPException):
        return "unknown", "ambiguous", _lost(error)
    return _not_reached(error, host)


def _not_reached(error: OSError, host: str) -> _Judged:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "failed", "permanent", f"The certificate of {host} does not hold: {quoted(error.verify_message)}."
    if isinstance(error, ssl.SSLError):
        return "failed", "permanent", f"No encrypted connection to {host}: {quoted(error.reason or str(error))}."
    if isinstance(error, socket.gaierror):
        return "failed", "transient", f"The name service does not know {host}."
    return "failed", "transient", f"{host} could not be reached: {quoted(error.strerror or str(error))}."


def _lost(error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "The mail server did not answer in time."
    return f"The connection to the mail server broke off ({type(error).__name__})."


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "replace")
