"""Provider: who carries a Dispatch, what it promises, and how its answers are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

State = Literal["sent", "failed", "unknown"]
Kind = Literal[
    "ok", "transient", "permanent", "auth", "duplicate", "rate_limited", "too_long", "opted_out", "ambiguous",
]  # fmt: skip
Idempotency = Literal["header", "client id", "content", "read-back", "none"]


@dataclass(frozen=True)
class Letter:
    """One Dispatch ready to leave: its id, the exact words, and where they go.

    `dispatch` is the key a provider may use against duplicates; `address` is "" for a broadcast.
    """

    dispatch: str
    incident: str
    message: str
    stage: str
    channel: str
    language: str
    audience: str
    title: str | None
    body: str
    sha256: str
    address: str = ""
    at: str = ""
    """When it leaves, ISO 8601 UTC; part of headers, never of the words."""

    @property
    def text(self) -> str:
        return self.body if self.title is None else f"{self.title}\n\n{self.body}"


@dataclass(frozen=True)
class Prepared:
    """The exact request, before anything leaves: what will be written to the wire, without secrets."""

    letter: Letter
    target: str
    """Where it goes, shown to the person: `smtp://mail.acme.example:587`, a URL without its query, a folder."""
    payload: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of one Dispatch.

    `state` is `failed` only when it is certain that nothing was accepted: refused, DNS or TLS failure;
    HTTP 4xx except 408, 409, 425, 429; 429/503 where the provider rejects before accepting; any SMTP 4xx/5xx reply.
    Everything else that is not a yes is `unknown`. `proof` is what the provider said about it: an id, a link, a reply.
    """

    dispatch: str
    state: State
    kind: Kind = "ok"
    detail: str = ""
    """One sentence for the person; never a secret, never a whole URL."""
    proof: str = ""


class Provider(Protocol):
    """Carries Dispatches of one channel. Built once per batch from the channel's part of `crisis.yaml`."""

    name: str
    idempotency: Idempotency
    rejects_before_accepting: bool

    def prepare(self, letter: Letter) -> Prepared:
        """The exact request. Pure: no network, no disk, no clock. Raises Refused for words it would have to change."""
        ...

    def send(self, prepared: Iterable[Prepared]) -> Iterator[Outcome]:
        """Sends one after another and yields each outcome before taking the next. Never raises for the network."""
        ...

    def reconcile(self, prepared: Prepared) -> Outcome | None:
        """Did this key land? None when the provider cannot tell."""
        ...


Settings = Mapping[str, Any]
"""A channel's part of `crisis.yaml`, secrets already resolved to Secret values by `config`."""
