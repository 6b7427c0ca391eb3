"""A connection to a mail server: opened when it is needed, encrypted, logged in, and never waited for without end."""

from __future__ import annotations

import contextlib
import ipaddress
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from typing import Any

from crisiscli.providers.base import Kind, Settings
from crisiscli.providers.settings import revealed
from crisiscli.providers.smtp import port

TIMEOUT = 20.0
"""Seconds for one answer."""
_ANSWERS = 5
"""A transaction or a greeting is given the time of this many answers, so that a dripping server cannot hold it."""


class Unfit(Exception):
    """The connection is not fit to carry a letter; nothing was handed over."""

    def __init__(self, kind: Kind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class Reply(Exception):
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
def patience(server: smtplib.SMTP, seconds: float) -> Iterator[None]:
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


class _Server(smtplib.SMTP):
    """A server whose greeting may not drip for ever either."""

    def connect(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        try:
            with patience(self, self.timeout * _ANSWERS):
                return super().connect(*arguments, **named)
        except BaseException:
            self.close()
            raise


class _ServerBehindTls(_Server, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte on."""


class Line:
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
            with patience(server, self.timeout):
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
            with patience(server, self.patience):
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
            raise Unfit("permanent", f"The certificates in {path} could not be read.") from None

    def _encrypt(self, server: smtplib.SMTP) -> None:
        if not server.has_extn("starttls"):
            if self.tls == "auto" and _on_this_machine(server):
                return
            raise Unfit("permanent", f"{self.host} offers no encryption, so nothing was handed to it.")
        code, text = server.starttls(context=self._trust())
        if code != 220:
            raise Reply(code, text, "the request for encryption")
        server.ehlo_or_helo_if_needed()

    def _log_in(self, server: smtplib.SMTP) -> None:
        password = revealed(self.settings.get("password"))
        if not password:
            return
        try:
            server.login(revealed(self.settings.get("user")) or self.sender, password)
        except smtplib.SMTPNotSupportedError:
            raise Unfit("auth", f"{self.host} takes no login, but a password is set.") from None
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPHeloError, smtplib.SMTPServerDisconnected):
            raise
        except (smtplib.SMTPException, UnicodeError):
            raise Unfit("auth", f"{self.host} offers no way of logging in that we know.") from None


def _on_this_machine(server: smtplib.SMTP) -> bool:
    address = server.sock.getpeername()[0] if server.sock else ""
    try:
        return ipaddress.ip_address(str(address).partition("%")[0]).is_loopback
    except ValueError:
        return False
