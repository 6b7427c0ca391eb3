"""Who carries a Dispatch. One file per provider, and one line on the label below."""

from __future__ import annotations

from crisiscli.providers.base import Letter, Outcome, Prepared, Provider, Settings
from crisiscli.providers.manual import Manual, packet
from crisiscli.providers.outbox import Outbox
from crisiscli.providers.settings import Key, Maker, Secret
from crisiscli.providers.smtp import Smtp
from crisiscli.providers.webhook import Webhook

PROVIDERS: dict[str, Maker] = {
    "manual": Manual,
    "outbox": Outbox,
    "smtp": Smtp,
    "webhook": Webhook,
}

__all__ = ["PROVIDERS", "Key", "Letter", "Maker", "Outcome", "Prepared", "Provider", "Secret", "Settings", "packet"]
