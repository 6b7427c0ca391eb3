"""The exchange behind a webhook: one try, one deadline for all of it, and every answer read as an outcome."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import ssl
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from crisiscli.providers.base import Kind, Outcome, Prepared, Settings, State
from crisiscli.providers.letters import quoted
from crisiscli.providers.settings import revealed
from crisiscli.providers.webhook import is_private

TIMEOUT = 10.0
"""Seconds for the whole exchange, from the name service to the last byte of the answer."""
_ANSWER = 64 * 1024
"""Bytes of an answer that are read; the rest is left."""
_IDLE = 2.0
"""Seconds an idle connection is kept: shorter than any server closes it, which would leave an outcome unknown."""
_UNSURE = (408, 409, 425)
_LONGEST_WAIT = 86_400

_Judged = tuple[State, Kind, str]


def post(settings: Settings, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
    """One outcome per letter, each within the deadline."""
    for name in ("httpx", "httpcore"):
        # At INFO they print whole URLs, and a URL may be the secret.
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        client = _client(settings)
    except Exception as error:
        why = _unprepared(error)
        yield from (Outcome(one.letter.dispatch, "failed", "permanent", why) for one in prepared)
        return
    with asyncio.Runner() as runner:
        try:
            for one in prepared:
                yield runner.run(_deliver(client, settings, one))
        finally:
            runner.run(client.aclose())


def _unprepared(error: Exception) -> str:
    if isinstance(error, OSError):
        return "The certificates in `ca_file` could not be read."
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return "The URL cannot be called."
    return "The proxy cannot be used."


def _client(settings: Settings) -> httpx.AsyncClient:
    # A name that cannot be called is found here, before anything could leave.
    httpx.URL(revealed(settings["url"])).host.encode("idna")
    path = revealed(settings.get("ca_file"))
    trust: ssl.SSLContext | bool = ssl.create_default_context(cafile=path) if path else True
    return httpx.AsyncClient(
        verify=trust,
        proxy=_proxy(revealed(settings["url"])),
        trust_env=False,
        follow_redirects=False,
        timeout=float(settings.get("timeout") or TIMEOUT),
        limits=httpx.Limits(max_connections=1, keepalive_expiry=_IDLE),
    )


def _proxy(url: str) -> str | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or is_private(host) or proxy_bypass(host):
        return None
    found = getproxies()
    return found.get("https") or found.get("all")


async def _deliver(client: httpx.AsyncClient, settings: Settings, prepared: Prepared) -> Outcome:
    dispatch = prepared.letter.dispatch
    host = urlsplit(revealed(settings["url"])).hostname or ""
    seconds = float(settings.get("timeout") or TIMEOUT)
    try:
        async with asyncio.timeout(seconds):
            return await _exchange(client, settings, prepared)
    except httpx.ConnectError as error:
        return Outcome(dispatch, *_not_reached(error, host))
    except (TimeoutError, httpx.TimeoutException):
        detail = f"{host} did not finish its answer within {seconds:g} seconds."
    except httpx.ProxyError:
        detail = f"The proxy on the way to {host} did not let the message through."
    except httpx.TransportError:
        detail = f"The connection to {host} broke off before the answer was complete."
    except Exception as error:
        detail = f"The exchange with {host} ended in an unforeseen way ({type(error).__name__})."
    return Outcome(dispatch, "unknown", "ambiguous", detail)


async def _exchange(client: httpx.AsyncClient, settings: Settings, prepared: Prepared) -> Outcome:
    headers = {**prepared.headers, "accept": "application/json", "accept-encoding": "identity"}
    for name, value in (settings.get("headers") or {}).items():
        headers[str(name).lower()] = revealed(value)
    url = revealed(settings["url"])
    async with client.stream("POST", url, content=prepared.payload, headers=headers) as answer:
        body = bytearray()
        async for piece in answer.aiter_raw():
            body += piece
            if len(body) > _ANSWER:
                break
    return _judge(prepared.letter.dispatch, answer, bytes(body[:_ANSWER]), settings)


def _judge(dispatch: str, answer: httpx.Response, body: bytes, settings: Settings) -> Outcome:
    code = answer.status_code
    said = _json(body)
    proof = " ".join([str(code), *(f"{key}={quoted(str(said[key]))}" for key in _named(said))])
    if 200 <= code < 300:
        if said.get("ok") is False or said.get("success") is False:
            detail = f"The answer was {code}, but it says that it failed."
            return Outcome(dispatch, "unknown", "ambiguous", detail, proof)
        return Outcome(dispatch, "sent", proof=proof)
    state, kind, why = _refusal(code, bool(settings.get("rejects_before_accepting")))
    wait = answer.headers.get("retry-after", "")
    if wait.isascii() and wait.isdigit() and int(wait[:9]) <= _LONGEST_WAIT:
        why += f" It asks to wait {int(wait)} seconds."
    return Outcome(dispatch, state, kind, f"The answer was {code}: {why}", proof)


def _named(said: dict[str, Any]) -> list[str]:
    found = {key: said.get(key) for key in ("id", "url", "link")}
    return [key for key, value in found.items() if value and isinstance(value, str | int) and value is not True]


def _json(body: bytes) -> dict[str, Any]:
    with contextlib.suppress(ValueError, RecursionError):
        found = json.loads(body)
        if isinstance(found, dict):
            return found
    return {}


def _refusal(code: int, rejects: bool) -> _Judged:
    certain: State = "failed" if rejects else "unknown"
    if code == 429:
        return certain, "rate_limited", "too many messages."
    if code == 503:
        return certain, "transient" if rejects else "ambiguous", "the receiver is not available."
    if code in _UNSURE or not 400 <= code < 500:
        kind: Kind = "duplicate" if code == 409 else "ambiguous"
        return "unknown", kind, "it may or may not have been taken."
    if code in (401, 403, 407):
        return "failed", "auth", "the receiver does not accept who we are."
    return "failed", "too_long" if code == 413 else "permanent", "the receiver refused it."


def _not_reached(error: httpx.ConnectError, host: str) -> _Judged:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "failed", "permanent", f"The certificate of {host} does not hold: {quoted(cause.verify_message)}."
        if isinstance(cause, ssl.SSLError):
            return "failed", "permanent", f"No encrypted connection to {host} could be made."
        if isinstance(cause, ConnectionRefusedError):
            return "failed", "transient", f"{host} refused the connection."
        cause = cause.__cause__ or cause.__context__
    return "failed", "transient", f"{host} could not be reached, or its name is not known."
