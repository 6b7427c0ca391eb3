"""How the public reads the services, and what stands in for them, that a runbook names by a short id.

A runbook in two languages names a service once, by its id; a name that is not here is shown as it was typed.
"""

from __future__ import annotations

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "cards": "card payments",
        "atm": "cash machines",
        "pos": "shop terminals",
        "app": "the app",
        "web": "online banking",
        "transfers": "transfers",
        "phone": "the phone line",
        "branches": "branches",
        "cash": "cash",
        "branch": "a branch counter",
        "other-atm": "another bank's cash machine",
        "other-card": "a card from another bank",
    },
    "pl": {
        "cards": "płatności kartą",
        "atm": "bankomaty",
        "pos": "terminale w sklepach",
        "app": "aplikacja",
        "web": "bankowość internetowa",
        "transfers": "przelewy",
        "phone": "infolinia",
        "branches": "oddziały",
        "cash": "gotówka",
        "branch": "okienko w oddziale",
        "other-atm": "bankomat innego banku",
        "other-card": "karta innego banku",
    },
    "ro": {
        "cards": "plățile cu cardul",
        "atm": "retragerile de la bancomat",
        "pos": "terminalele POS",
        "app": "aplicația mobilă",
        "web": "internet banking",
        "transfers": "transferurile",
        "phone": "linia telefonică",
        "branches": "ghișeele din sucursale",
        "cash": "numerar",
        "branch": "ghișeul unei sucursale",
        "other-atm": "bancomatul altei bănci",
        "other-card": "un card de la altă bancă",
    },
}


def called(name: str, language: str) -> str:
    """The words of a language for a service or a stand-in; the name itself where there are none."""
    return _WORDS.get(language.split("-", maxsplit=1)[0], {}).get(name.casefold(), name)
