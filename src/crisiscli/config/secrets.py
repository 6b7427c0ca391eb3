"""Secrets: `env:NAME`, `keyring:SERVICE/NAME` or `file:PATH` in the file, read only when something is sent."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crisiscli.config.company import Binding
from crisiscli.config.sheet import located
from crisiscli.errors import CrisisError, FilesUnusable, Refused
from crisiscli.providers import PROVIDERS
from crisiscli.providers.base import Settings
from crisiscli.providers.settings import Secret, is_reference

_SERVICE = "crisis"
"""The keyring service of `keyring:NAME` without a service of its own."""
_LONGEST = 64 * 1024


def absolute(reference: str, folder: Path) -> str:
    """The same reference with the path of `file:` made absolute."""
    kind, _, rest = reference.partition(":")
    return f"file:{located(folder, rest)}" if kind == "file" else reference


def resolve(binding: Binding) -> Settings:
    """The settings of a binding with its secrets in place, as Secret values.

    Raises Refused for a binding that does not hold or a secret that is not there, and FilesUnusable for a secret
    file that cannot be read or that others may read; both name the cure.
    """
    if binding.trouble:
        raise Refused(
            f"{binding.channel} cannot be sent by the program: {binding.trouble}",
            where=f"channels.{binding.channel}",
            then="hand the words over, or correct crisis.yaml",
        )
    secrecy = {key.name: key.secrecy for key in PROVIDERS[binding.provider].KEYS}
    return {
        name: _resolved(value, f"channels.{binding.channel}.{name}") if secrecy.get(name, "open") != "open" else value
        for name, value in binding.settings.items()
    }


def _resolved(value: Any, where: str) -> Any:
    if isinstance(value, Mapping):
        return {name: _resolved(item, f"{where}.{name}") for name, item in value.items()}
    return read_secret(value, where) if is_reference(value) else value


def read_secret(reference: str, where: str) -> Secret:
    """The secret a reference names; `where` is the key it stands under. Raises Refused or FilesUnusable."""
    kind, _, rest = reference.partition(":")
    text = {"env": _from_env, "keyring": _from_keyring, "file": _from_file}[kind](rest, where)
    if not text:
        raise _refused(f"{reference} is empty.", where, "put the secret there, or hand the words over")
    return Secret(text)


def _refused(what: str, where: str, then: str) -> CrisisError:
    return Refused(what, where=where, then=then)


def _from_env(name: str, where: str) -> str:
    if name not in os.environ:
        raise _refused(f"{name} is not set in the environment.", where, f"export {name}=..., or hand the words over")
    return os.environ[name]


def _from_keyring(name: str, where: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        then = "pip install 'crisis-runbook[keyring]', or use env: or file:"
        raise _refused("The keyring is not installed.", where, then) from None
    service, slash, entry = name.rpartition("/")
    if not slash:
        service = _SERVICE
    try:
        found = keyring.get_password(service, entry)
    except KeyringError:
        raise _refused("This machine has no keyring that can be opened.", where, "use env: or file:") from None
    if found is None:
        raise _refused(f"The keyring has no {service}/{entry}.", where, f"keyring set {service} {entry}")
    return str(found)


def _from_file(name: str, where: str) -> str:
    path = Path(name)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise FilesUnusable(f"{path} is not an ordinary file.", where=where, then="name a file")
            if os.name != "nt" and found.st_mode & 0o077:
                raise FilesUnusable(f"Others may read {path}.", where=where, then=f"chmod 600 {path}")
            text = file.read(_LONGEST).decode("utf-8")
    except OSError as error:
        raise FilesUnusable(
            f"{path} cannot be read: {error.strerror}.", where=where, then="check the path, or hand the words over"
        ) from None
    except UnicodeDecodeError:
        raise FilesUnusable(f"{path} is not UTF-8.", where=where, then="save the secret as plain text") from None
    return text.removesuffix("\n").removesuffix("\r")
