"""What makes a drill unmistakable: a stamp on every text, and a company in which nobody carries anything."""

from __future__ import annotations

from dataclasses import replace

from crisiscli.channels import CHANNELS
from crisiscli.config import Binding, Config
from crisiscli.message import Rendering

STAMP = "[DRILL - not real]"
"""The same in every language, and every channel can carry it: plain letters only."""
TAKER = "the drill"
UNOPENED = "a real link: not opened in a drill"


def stamped(rendering: Rendering) -> Rendering:
    """The same words with the stamp before and after the title and the body: a part copied alone carries it too."""
    title = None if rendering.title is None else f"{STAMP} {rendering.title} {STAMP}"
    return replace(rendering, title=title, body=f"{STAMP}\n{rendering.body}\n{STAMP}")


def bare(text: str) -> str:
    """A title or a body without the stamp; what carries none is returned as it is."""
    for space in ("\n", " "):
        text = text.removeprefix(f"{STAMP}{space}").removesuffix(f"{space}{STAMP}")
    return text


def drilled(config: Config) -> Config:
    """The same company with everything that reaches the outside taken away.

    Every channel is carried by hand, to nobody; `trouble` names who or what would have carried it. No provider
    settings, no secrets, no recipients are left to use.
    """
    channels = dict.fromkeys([*CHANNELS, *config.channels])
    return replace(config, channels={channel: _by_hand(config.binding(channel)) for channel in channels}, recipients={})


def _by_hand(binding: Binding) -> Binding:
    real = binding.provider not in ("", "manual")
    carrier = binding.provider if real else "" if binding.who == TAKER else binding.who
    trouble = f"nothing leaves in a drill; outside it {carrier} carries this" if carrier else binding.trouble
    return replace(
        binding,
        provider="manual",
        who=TAKER,
        through="",
        settings={},
        open=UNOPENED if binding.open else "",
        trouble=trouble,
    )
