"""The company's side: who carries which channel, who is reached how, who the people are."""

from crisiscli.config.company import Binding, Company, Config, Person
from crisiscli.config.finding import load
from crisiscli.config.lines import Recipient
from crisiscli.config.pinning import pinned
from crisiscli.config.recipients import RecipientList, read_recipients
from crisiscli.config.secrets import resolve
from crisiscli.config.unpinning import unpinned
from crisiscli.providers.settings import Secret

__all__ = [
    "Binding",
    "Company",
    "Config",
    "Person",
    "Recipient",
    "RecipientList",
    "Secret",
    "load",
    "pinned",
    "read_recipients",
    "resolve",
    "unpinned",
]
