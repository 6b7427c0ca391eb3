"""A signed POST to the company's own receiver (Standard Webhooks), and a careful reading of its answer."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import json
import re
from collections.abc import Iterable, Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from crisiscli.errors import Refused
from crisiscli.providers.base import Idempotency, Letter, Outcome, Prepared, Settings
from crisiscli.providers.letters import exact, header_trouble, leaves_at
from crisiscli.providers.settings import Key, Secret, is_reference, missing, revealed

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OURS = {"webhook-id", "webhook-timestamp", "webhook-signature", "content-type", "content-length", "host"}
_WORDS = ("message", "stage", "channel", "language", "audience", "title", "body", "text", "sha256")


class Webhook:
    """Posts each Dispatch as JSON. The id of the Dispatch is `webhook-id`, by which a receiver knows a repetition.

    Redirects are not followed and nothing is tried twice. A proxy named by the environment is used for https;
    nothing else is taken from there.
    """

    name = "webhook"
    idempotency: Idempotency = "header"
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("url", "Where to post; http only on this machine or a private address.", True, "may be secret"),
        Key("secret", "The signing secret, as env:, keyring: or file:.", secrecy="secret"),
        Key("timeout", "Seconds for the whole exchange; 10 by default.", kind="number"),
        Key("ca_file", "Certificates to trust instead of the usual ones.", kind="file"),
        Key("headers", "Further headers; secret ones as env:, keyring: or file:.", False, "may be secret", "mapping"),
        Key("rejects_before_accepting", "True when 429 and 503 prove that nothing was taken.", kind="yes_no"),
    )

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rejects_before_accepting = bool(settings.get("rejects_before_accepting"))
        if trouble := self.trouble(settings) or url_trouble(revealed(settings["url"])):
            raise Refused(trouble, where="webhook")
        self.key = signing_key(revealed(settings.get("secret")))

    @staticmethod
    def where(settings: Settings) -> str:
        """The URL without user, password, query and fragment; only its host when the URL itself is a secret."""
        url = settings.get("url", "")
        if is_reference(url):
            return f"the URL in {url}"
        return shown_url(revealed(url), hide_path=isinstance(url, Secret))

    @staticmethod
    def trouble(settings: Settings) -> str:
        if lacking := missing(Webhook.KEYS, settings):
            return lacking
        wrong = "" if is_reference(settings["url"]) else url_trouble(revealed(settings["url"]))
        return wrong or _headers_trouble(settings.get("headers"))

    def prepare(self, letter: Letter) -> Prepared:
        """The exact body and headers; the values of secret headers are left out."""
        exact(letter)
        if not letter.dispatch.isascii() or not letter.dispatch or header_trouble(letter.dispatch):
            raise Refused(f"{letter.dispatch!r} cannot be a webhook-id.", where="webhook")
        body = _body(letter)
        moment = str(int(leaves_at(letter).timestamp()))
        headers = {
            "content-type": "application/json; charset=utf-8",
            "webhook-id": letter.dispatch,
            "webhook-timestamp": moment,
        }
        if self.key:
            headers["webhook-signature"] = signature(self.key, letter.dispatch, moment, body)
        for name, value in (self.settings.get("headers") or {}).items():
            headers[str(name).lower()] = str(value)
        return Prepared(letter, self.where(self.settings), body, headers)

    def send(self, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
        """One outcome per letter. Must not be called inside a running event loop of the same thread."""
        from crisiscli.providers.webhook_post import post

        return post(self.settings, prepared)

    def reconcile(self, prepared: Prepared) -> Outcome | None:
        """None: the receiver has no agreed way to be asked."""
        del prepared
        return None


def _body(letter: Letter) -> bytes:
    words = {name: getattr(letter, name) for name in _WORDS}
    data = {"incident": letter.incident, "dispatch": letter.dispatch, **words}
    if letter.address:
        data["address"] = letter.address
    whole = {"type": "crisis.message", "timestamp": letter.at, "data": data}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def signing_key(secret: str) -> bytes:
    """The bytes to sign with: `whsec_` is followed by base64, anything else is taken as it is. Raises Refused."""
    if not secret.startswith("whsec_"):
        return secret.encode("utf-8")
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(
            "The signing secret begins with whsec_, but no base64 follows.",
            where="webhook",
            then="copy the secret again from the receiver",
        ) from None


def signature(key: bytes, dispatch: str, moment: str, body: bytes) -> str:
    """`v1,` and the base64 HMAC-SHA256 over id, unix time and body, as Standard Webhooks has it."""
    signed = f"{dispatch}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")


def shown_url(url: str, *, hide_path: bool = False) -> str:
    """A URL as a person may see it."""
    try:
        parts = urlsplit(url)
        number = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "(an unreadable URL)"
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{number}" + ("/..." if hide_path else parts.path)


def url_trouble(url: str) -> str:
    """Why we do not post there, or ""."""
    if re.search(r"[\x00-\x20\x7f\\]", url):
        return "`url` holds a blank, a control character or a backslash"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "`url` is no URL"
    if parts.username is not None or parts.password is not None:
        return "`url` holds a user or a password; put them into `headers`"
    if parts.scheme not in ("https", "http") or not host:
        return "`url` must begin with https://"
    if parts.scheme == "http" and not is_private(host):
        return "`url` must begin with https://; http is only for this machine or a private address"
    return ""


def is_private(host: str) -> bool:
    """True for `localhost` and for literal loopback and private addresses; link-local ones are not."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return (address.is_private or address.is_loopback) and not address.is_link_local and not address.is_unspecified


def _headers_trouble(headers: object) -> str:
    if headers is None:
        return ""
    if not isinstance(headers, dict):
        return "`headers` must be names and values"
    for name, value in headers.items():
        if not _TOKEN.fullmatch(str(name)) or str(name).lower() in _OURS:
            return f"`headers`: {name!r} cannot be set"
        text = revealed(value)
        if not text.isascii() or text != text.strip() or header_trouble(text):
            return f"`headers`: the value of {name} cannot stand in a header"
    return ""
