"""E-mail addresses: which ones go into an envelope as they are."""

from __future__ import annotations

import re

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


def address_trouble(address: str) -> str:
    """Why this is not an address we can write to, in a few words, or "".

    Stricter than RFC 5322 on purpose: plain local parts only, no comments, no quotes, no address literals,
    a domain with a dot. The lengths are those of RFC 5321 4.5.3.1 (local part 64, path 254 octets).
    """
    if address != address.strip() or any(ord(letter) < 33 or ord(letter) == 127 for letter in address):
        return "it holds a blank or a control character"
    if not address.isascii():
        return "it holds letters outside ASCII; write the domain in its xn-- form"
    local, at, domain = address.rpartition("@")
    if not at:
        return "it has no @"
    if len(address) > 254 or len(local) > 64:
        return "it is longer than mail allows"
    if not _LOCAL.fullmatch(local) or "=?" in local:
        return "the part before @ is not plain"
    return _domain_trouble(domain) or _parser_trouble(address)


def _domain_trouble(domain: str) -> str:
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return "the part after @ is not a domain"
    return "the part after @ ends in a number" if labels[-1].isdigit() else ""


def _parser_trouble(address: str) -> str:
    from email.errors import MessageError
    from email.headerregistry import Address

    try:
        same = Address(addr_spec=address).addr_spec == address
    except (MessageError, ValueError, IndexError):
        same = False
    return "" if same else "the mail library reads it differently"


def split_name(text: str) -> tuple[str, str]:
    """`Acme Press <press@acme.example>` as name and address; a bare address has the name ""."""
    found = _NAMED.fullmatch(text.strip())
    if not found:
        return "", text.strip()
    return found["name"].strip().strip('"'), found["address"].strip()
