"""E-mail over SMTP: one transaction per person, and an outcome for each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from crisiscli.errors import Refused
from crisiscli.providers.address import address_trouble, split_name
from crisiscli.providers.base import Idempotency, Letter, Outcome, Prepared, Settings
from crisiscli.providers.letters import exact, header_trouble, leaves_at
from crisiscli.providers.settings import Key, missing, revealed

PORTS = {"tls": 465, "none": 25}
"""Where a server listens when no port is given; 587 for everything else (RFC 6409, RFC 8314)."""

_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class Smtp:
    """Hands e-mails to the company's own mail server, which delivers them.

    Nothing guards against duplicates on the way: the Message-ID stays the same over retries, so that a reader's
    mail program can tell, but no server has to.
    """

    name = "smtp"
    idempotency: Idempotency = "none"
    rejects_before_accepting = True
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("host", "The mail server's name.", required=True),
        Key("port", "Its port; 587 by default, 465 for tls.", kind="number"),
        Key(
            "tls",
            "auto: encrypted when the server offers it, in the open only on this machine.",
            one_of=("auto", "starttls", "tls", "none"),
        ),
        Key("ca_file", "Certificates to trust instead of the system's.", kind="file"),
        Key("from", "The sender's address, with or without a name.", required=True),
        Key("reply_to", "Where answers go."),
        Key("user", "The account; the sender's address by default."),
        Key("password", "The account's password, as env:, keyring: or file:.", secrecy="secret"),
        Key("timeout", "Seconds to wait for one answer; 20 by default.", kind="number"),
        Key("hello", "The name this machine greets with; the sender's domain by default."),
    )

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        if trouble := self.trouble(settings):
            raise Refused(trouble, where="smtp")
        self.sender = split_name(revealed(settings["from"]))[1]

    @staticmethod
    def where(settings: Settings) -> str:
        scheme = "smtps" if settings.get("tls") == "tls" else "smtp"
        return f"{scheme}://{settings.get('host', '')}:{port(settings)}"

    @staticmethod
    def trouble(settings: Settings) -> str:
        if lacking := missing(Smtp.KEYS, settings):
            return lacking
        for key in ("from", "reply_to"):
            name, address = split_name(revealed(settings.get(key)))
            if wrong := (address or key == "from") and address_trouble(address):
                return f"`{key}` is no address: {wrong}"
            if wrong := header_trouble(name):
                return f"`{key}` cannot stand in a letter: {wrong}"
        for key in ("host", "hello"):
            if re.search(r"[^A-Za-z0-9.:\[\]_-]", revealed(settings.get(key))):
                return f"`{key}` is not the name of a machine"
        return ""

    def prepare(self, letter: Letter) -> Prepared:
        """The whole e-mail. Raises Refused for a title or an address that cannot stand in a header unchanged."""
        from email.utils import format_datetime

        from crisiscli.providers.smtp_letter import serialised

        exact(letter)
        if letter.title is None:
            raise Refused("An e-mail needs a title, for its subject.", where=letter.dispatch)
        if wrong := address_trouble(letter.address):
            raise Refused(f"{letter.address!r} is no address: {wrong}.", where=letter.dispatch)
        headers = {
            "From": revealed(self.settings["from"]),
            "To": letter.address,
            "Subject": letter.title,
            "Date": format_datetime(leaves_at(letter)),
            "Message-ID": self._message_id(letter),
        }
        if reply_to := revealed(self.settings.get("reply_to")):
            headers["Reply-To"] = reply_to
        for name, value in headers.items():
            if wrong := header_trouble(value):
                raise Refused(f"{name} cannot go out unchanged: {wrong}.", where=letter.dispatch)
        return Prepared(letter, self.where(self.settings), serialised(headers, letter), headers)

    def send(self, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
        """One outcome per letter. After three connections in a row came to nothing it stops; the rest was not tried."""
        from crisiscli.providers.smtp_talk import talk

        return talk(self.settings, self.sender, prepared)

    def reconcile(self, prepared: Prepared) -> Outcome | None:
        """None: SMTP has no way to ask."""
        del prepared
        return None

    def _message_id(self, letter: Letter) -> str:
        name = letter.dispatch
        if not _DOT_ATOM.fullmatch(name) or len(name) > 40:
            name = hashlib.sha256(name.encode("utf-8")).hexdigest()[:40]
        return f"<{name}@{self.sender.rpartition('@')[2]}>"


def port(settings: Settings) -> int:
    """The port to call."""
    return int(settings.get("port") or PORTS.get(str(settings.get("tls")), 587))
