"""The desk where words are made ready: every text of a message as it stands now, and what keeps it from going."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from crisiscli.channels import CHANNELS
from crisiscli.channels.base import Channel, Measure
from crisiscli.config import Binding, Config
from crisiscli.dispatch import gates
from crisiscli.dispatch.health import stand_ins, stood_in_for
from crisiscli.dispatch.stamp import bare, drilled, stamped
from crisiscli.errors import NotFound
from crisiscli.incident import moment_of
from crisiscli.incident.world import IncidentWorld
from crisiscli.journal import Journal
from crisiscli.message import Rendering, tag
from crisiscli.rendering import Renderer
from crisiscli.stores.base import Approval, Dispatch

PROMISE_MARGIN = timedelta(minutes=5)
"""A text whose promised time is nearer than this cannot go: it would be stale before it is read."""


@dataclass(frozen=True)
class Text:
    """One place of a message: its exact words now, or what they wait for.

    `approved` holds the roles whose yes covers these bytes, `needed` those it wants. `counts` is how many rows
    of exactly these bytes are sending, sent, failed, unknown.
    """

    message: str
    channel: Channel
    language: str
    binding: Binding
    rendering: Rendering | None
    waits: tuple[str, ...]
    missing: str
    unsaid: tuple[str, ...]
    measures: tuple[Measure, ...]
    needed: tuple[str, ...]
    approved: tuple[str, ...]
    counts: Mapping[str, int]
    audiences: tuple[str, ...]
    public: bool
    promise: datetime | None
    follows: bool
    edited: bool
    words: Rendering | None = None
    """The words without a drill's stamp: these are measured and edited. In a LIVE incident they are `rendering`."""

    @property
    def place(self) -> str:
        return f"{self.message}/{self.channel.id}/{self.language}"

    @property
    def by_hand(self) -> bool:
        """True when a person carries it."""
        return self.binding.provider in ("", "manual")

    @property
    def ready(self) -> bool:
        """True when every needed role has approved exactly these bytes."""
        return self.rendering is not None and set(self.needed) <= set(self.approved)

    @property
    def wants_yes(self) -> bool:
        """True while a role's yes is missing, or rows failed: those go again only under a newer yes."""
        return self.rendering is not None and (not self.ready or bool(self.counts.get("failed")))

    @property
    def state(self) -> str:
        """One of: missing, waits, draft, approved, sending, sent, failed, unknown."""
        if self.rendering is None:
            return "missing" if self.missing else "waits"
        for state in ("unknown", "sending", "failed", "sent"):
            if self.counts.get(state):
                return state
        return "approved" if self.ready else "draft"


class Desk:
    """Computes texts from the pinned runbook, the facts as they are known, and the edits people made.

    In a drill every text carries the stamp, and the company has no provider, no secret and no recipient left.
    """

    def __init__(self, journal: Journal, config: Config) -> None:
        self.journal = journal
        self.drill = journal.incident.mode == "DRILL"
        self.config = drilled(config) if self.drill else config
        self.zone: tzinfo = config.zone()
        self._renderer: Renderer | None = None

    @property
    def renderer(self) -> Renderer:
        """The renderer of the runbook the incident is walked with now."""
        incident = self.journal.incident
        if self._renderer is None or self._renderer.runbook is not incident.runbook:
            company = dict(incident.company.get("company") or {})
            self._renderer = Renderer(incident.runbook, incident.layouts, company, self.zone)
        return self._renderer

    @property
    def world(self) -> IncidentWorld:
        return IncidentWorld(self.journal.incident, self.journal.now())

    def texts(self, message: str, channels: Sequence[str] = ()) -> list[Text]:
        """Every text of a message, must languages first, those of channels that stand in for others last.

        `channels` narrows it, or names one the message is not meant for; one that has a yes stays in the list.
        Raises NotFound for a message the runbook has not.
        """
        incident = self.journal.incident
        noun = incident.runbook.messages.get(message)
        if noun is None:
            known = ", ".join(incident.runbook.messages)
            raise NotFound(f"There is no message {message} in this runbook.", then=f"one of: {known}")
        approvals = self._approvals()
        languages = incident.runbook.languages
        places = [name.partition("@")[0].split("/") for name in approvals]
        approved = [place[1] for place in places if place[0] == message]
        wanted = (*noun.to, *stand_ins(incident, self.config, message, (*channels, *approved)))
        return [
            self._text(message, CHANNELS[channel], language, language not in languages.must, approvals)
            for language in (*languages.must, *languages.follow)
            for channel in wanted
            if channel in CHANNELS and (not channels or channel in channels)
        ]

    def drafts(self, message: str) -> list[Text]:
        """The same, to be shown and never sent: what is not known yet stands in brackets."""
        found = []
        for text in self.texts(message):
            if text.rendering is None and not text.missing:
                drawn = self.renderer.render(message, text.channel.id, text.language, self.world, draft=True).rendering
                if drawn is not None:
                    measures = tuple(text.channel.measure(drawn.title, drawn.body, text.language))
                    text = replace(text, rendering=self.stamped(drawn), words=drawn, measures=measures)  # noqa: PLW2901
            found.append(text)
        return found

    def _approvals(self) -> dict[str, list[Approval]]:
        found: dict[str, list[Approval]] = {}
        for approval in self.journal.store.approvals(self.journal.code):
            found.setdefault(approval.rendering, []).append(approval)
        return found

    def _text(
        self, message: str, channel: Channel, language: str, follows: bool, approvals: Mapping[str, list[Approval]]
    ) -> Text:
        incident = self.journal.incident
        rendered = self.renderer.render(message, channel.id, language, self.world)
        words, waits = rendered.rendering, rendered.waits
        edit = incident.edits.get(f"{message}/{channel.id}/{language}")
        if edit is not None:
            facts = words.facts if words else ()
            title, body = (bare(edit.title or "") or None, bare(edit.body)) if self.drill else (edit.title, edit.body)
            words = Rendering(message, channel.id, language, body, title, edit.author, facts)
            waits = ()
        measures = tuple(channel.measure(words.title, words.body, language)) if words else ()
        rendering = self.stamped(words) if words else None
        audiences = self.audiences(message, channel.id)
        insiders = incident.runbook.insiders()
        return Text(
            message=message,
            channel=channel,
            language=language,
            binding=self.config.binding(channel.id),
            rendering=rendering,
            waits=waits,
            missing="" if edit else rendered.missing,
            unsaid=rendered.unsaid,
            measures=measures,
            needed=incident.runbook.approvers(message),
            approved=_roles(approvals.get(rendering.id, []), rendering) if rendering else (),
            counts=incident.counts.get(rendering.id, {}) if rendering else {},
            audiences=audiences,
            public=any(audience not in insiders for audience in audiences) or not audiences,
            promise=self._promise(rendering),
            follows=follows,
            edited=edit is not None,
            words=words,
        )

    def stamped(self, words: Rendering) -> Rendering:
        """Words as they leave: in a drill they begin and end with its stamp."""
        return stamped(words) if self.drill else words

    def audiences(self, message: str, channel: str) -> tuple[str, ...]:
        """The message's audiences that this channel really reaches, or reaches for one that is down; else all."""
        incident = self.journal.incident
        audiences = incident.runbook.audiences
        out = gates.left_out(self, message)
        named = incident.runbook.messages[message].for_
        meant = [name for name in named if name in audiences and name not in out]
        reached = tuple(name for name in meant if channel in audiences[name].reached_by)
        instead = stood_in_for(incident, self.config, message, channel)
        return reached or tuple(name for name in instead if name not in out) or tuple(meant)

    def _promise(self, rendering: Rendering | None) -> datetime | None:
        if rendering is None:
            return None
        runbook = self.journal.incident.runbook
        values = [
            self.journal.incident.fact(name).value
            for name in rendering.facts
            if name in runbook.facts and runbook.facts[name].promise
        ]
        moments = [moment_of(value) for value in values if isinstance(value, str)]
        return min(moments, default=None)

    def number(self, message: str) -> int:
        """The message's place in the runbook, from 0: the number in its tag."""
        return list(self.journal.incident.runbook.messages).index(message)

    def tag(self, texts: Sequence[Text]) -> str:
        """The short name of these exact words, to be said or texted back. Raises ValueError for an empty set."""
        hashes = [text.rendering.sha256 for text in texts if text.rendering]
        if not hashes:
            raise ValueError("nothing to name")
        return tag(self.number(texts[0].message), hashes)

    def gate(self, message: str) -> tuple[str, ...]:
        """What keeps the message's gate shut, in words; empty when it is open or there is none."""
        return gates.shut(self, message)

    def needed_facts(self, message: str) -> list[str]:
        """The facts that keep a must text of the message waiting and that nobody has spoken about yet, in order."""
        incident = self.journal.incident
        wanted = {
            name
            for channel in self.renderer.channels(message)
            for language in incident.runbook.languages.must
            for name in self.renderer.render(message, channel, language, self.world).wants
        }
        return [name for name in self.renderer.facts(message) if name in wanted and not incident.fact(name).versions]

    def why_not(self, text: Text, now: datetime) -> str:
        """Why these words cannot go now; empty when they can. Only rule 1 and a broken promise block."""
        if text.missing:
            return text.missing
        if text.rendering is None:
            return f"waits: {'; '.join(text.waits)}"
        trouble = next((measure.trouble for measure in text.measures if measure.trouble), "")
        if trouble:
            return trouble
        if text.promise is not None and text.promise - now < PROMISE_MARGIN:
            return "the time it promises is less than 5 minutes away; change that fact first"
        if not text.ready:
            open_roles = [role for role in text.needed if role not in text.approved]
            return f"needs a yes from {', '.join(open_roles)}"
        return ""


def _roles(approvals: Sequence[Approval], rendering: Rendering) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.role for a in approvals if a.sha256 == rendering.sha256))


def event_facts(text: Text) -> dict[str, Any]:
    """What every event about a text carries, so that the record can be read without the runbook."""
    assert text.rendering is not None  # noqa: S101
    return {
        "rendering": text.rendering.id,
        "sha256": text.rendering.sha256,
        "audience": list(text.audiences),
        "public": text.public,
        "standing": text.channel.standing,
    }


def rendering_facts(desk: Desk, rendering: str, rows: Sequence[Dispatch] | None = None) -> dict[str, Any]:
    """The same from the send record, for words whose text may have changed since."""
    if rows is None:
        rows = desk.journal.store.dispatches(desk.journal.code, rendering)
    insiders = desk.journal.incident.runbook.insiders()
    audiences = sorted({name for row in rows for name in row.audience.split("+") if name})
    return {
        "audience": audiences,
        "public": any(name not in insiders for name in audiences) or not audiences,
        "standing": CHANNELS[rendering.split("/")[1]].standing,
    }
