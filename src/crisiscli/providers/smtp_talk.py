"""The talk with a mail server: one connection for a batch, one transaction per letter, every reply an outcome."""

from __future__ import annotations

import contextlib
import ipaddress
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from crisiscli.providers.base import Kind, Outcome, Prepared, Settings, State
from crisiscli.providers.letters import quoted
from crisiscli.providers.settings import revealed
from crisiscli.providers.smtp import port

TIMEOUT = 20.0
"""Seconds for one answer."""
_ANSWERS = 5
"""A transaction or a greeting is given the time of this many answers, so that a dripping server cannot hold it."""
_IN_A_ROW = 3
"""Connections that come to nothing before the batch stops."""

_Judged = tuple[State, Kind, str]


class _Unfit(Exception):
    """The connection is not fit to carry a letter; nothing was handed over."""

    def __init__(self, kind: Kind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class _Reply(Exception):
    """A reply that is not the yes we waited for."""

    def __init__(self, code: int, text: bytes, during: str) -> None:
        super().__init__(during)
        self.code = code
        self.text = text
        self.during = during

    @property
    def no(self) -> bool:
        """True for a reply that says for certain that the letter was not taken."""
        return 400 <= self.code < 600


@contextlib.contextmanager
def _patience(server: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Cuts a connection off when a whole exchange takes too long, however steadily it drips."""
    expired = threading.Event()

    def cut() -> None:
        expired.set()
        if server.sock is not None:
            with contextlib.suppress(OSError):
                server.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if expired.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
    # What was read after the cut may be half a reply: it counts for nothing.
    if expired.is_set():
        raise TimeoutError


def talk(settings: Settings, sender: str, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
    """One outcome per letter. Stops without taking the next one after three broken connections in a row."""
    line = _Line(settings, sender)
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


def _carry(line: _Line, prepared: Prepared) -> Outcome:
    dispatch = prepared.letter.dispatch
    try:
        server = line.ready()
    except Exception as error:
        line.drop()
        return Outcome(dispatch, *_judge_connecting(error, line.host))
    try:
        with _patience(server, line.patience):
            proof = _transaction(server, line.sender, prepared)
    except _Reply as reply:
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
        raise _Reply(error.smtp_code, _bytes(error.smtp_error), "the letter") from None
    _yes((code, text), "the letter")
    return quoted(f"{code} {text.decode('utf-8', 'replace')}")


def _yes(answer: tuple[int, bytes], during: str) -> None:
    code, text = answer
    if not 200 <= code < 300:
        raise _Reply(code, text, during)


def _judge_reply(reply: _Reply) -> _Judged:
    said = f"The mail server answered {quoted(f'{reply.code} '.encode() + reply.text)} to {reply.during}."
    if not reply.no:
        return "unknown", "ambiguous", said
    if reply.code in (530, 534, 535, 538):
        return "failed", "auth", said
    return "failed", "transient" if reply.code < 500 else "permanent", said


def _judge_connecting(error: Exception, host: str) -> _Judged:
    if isinstance(error, _Unfit):
        return "failed", error.kind, str(error)
    if isinstance(error, _Reply):
        return _judge_reply(error)
    if isinstance(error, smtplib.SMTPResponseException):
        login = isinstance(error, smtplib.SMTPAuthenticationError)
        during = "the login" if login else "the greeting"
        state, kind, said = _judge_reply(_Reply(error.smtp_code, _bytes(error.smtp_error), during))
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


class _Server(smtplib.SMTP):
    """A server whose greeting may not drip for ever either."""

    def connect(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        try:
            with _patience(self, self.timeout * _ANSWERS):
                return super().connect(*arguments, **named)
        except BaseException:
            self.close()
            raise


class _ServerBehindTls(_Server, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte on."""


class _Line:
    """A connection that is opened when it is needed, and again after it broke."""

    def __init__(self, settings: Settings, sender: str) -> None:
        self.settings = settings
        self.sender = sender
        self.host = str(settings["host"])
        self.tls = str(settings.get("tls") or "auto")
        self.timeout = float(settings.get("timeout") or TIMEOUT)
        self.patience = self.timeout * _ANSWERS
        self.server: smtplib.SMTP | None = None
        self.used = False

    @property
    def open(self) -> bool:
        return self.server is not None

    def ready(self) -> smtplib.SMTP:
        """A connection between two transactions, greeted, encrypted and logged in."""
        if self.server is not None and self.used and not self._reset(self.server):
            self.drop()
        if self.server is None:
            self.server = self._call()
        self.used = True
        return self.server

    def drop(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server = None
        self.used = False

    def hang_up(self) -> None:
        """Says good-bye if the server still listens; never waits long for it."""
        if self.server is not None and self.server.sock is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.server.sock.settimeout(min(self.timeout, 2.0))
                self.server.docmd("QUIT")
        self.drop()

    def _reset(self, server: smtplib.SMTP) -> bool:
        try:
            with _patience(server, self.timeout):
                return server.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _call(self) -> smtplib.SMTP:
        number, hello = port(self.settings), self._hello()
        server: smtplib.SMTP
        if self.tls == "tls":
            server = _ServerBehindTls(self.host, number, hello, timeout=self.timeout, context=self._trust())
        else:
            server = _Server(self.host, number, hello, timeout=self.timeout)
        try:
            with _patience(server, self.patience):
                server.ehlo_or_helo_if_needed()
                if self.tls in ("auto", "starttls"):
                    self._encrypt(server)
                self._log_in(server)
        except BaseException:
            server.close()
            raise
        return server

    def _hello(self) -> str:
        return revealed(self.settings.get("hello")) or self.sender.rpartition("@")[2]

    def _trust(self) -> ssl.SSLContext:
        path = revealed(self.settings.get("ca_file")) or None
        try:
            return ssl.create_default_context(cafile=path)
        except (OSError, ValueError):
            raise _Unfit("permanent", f"The certificates in {path} could not be read.") from None

    def _encrypt(self, server: smtplib.SMTP) -> None:
        if not server.has_extn("starttls"):
            if self.tls == "auto" and _on_this_machine(server):
                return
            raise _Unfit("permanent", f"{self.host} offers no encryption, so nothing was handed to it.")
        code, text = server.starttls(context=self._trust())
        if code != 220:
            raise _Reply(code, text, "the request for encryption")
        server.ehlo_or_helo_if_needed()

    def _log_in(self, server: smtplib.SMTP) -> None:
        password = revealed(self.settings.get("password"))
        if not password:
            return
        try:
            server.login(revealed(self.settings.get("user")) or self.sender, password)
        except smtplib.SMTPNotSupportedError:
            raise _Unfit("auth", f"{self.host} takes no login, but a password is set.") from None
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPHeloError, smtplib.SMTPServerDisconnected):
            raise
        except (smtplib.SMTPException, UnicodeError):
            raise _Unfit("auth", f"{self.host} offers no way of logging in that we know.") from None


def _on_this_machine(server: smtplib.SMTP) -> bool:
    address = server.sock.getpeername()[0] if server.sock else ""
    try:
        return ipaddress.ip_address(str(address).partition("%")[0]).is_loopback
    except ValueError:
        return False
