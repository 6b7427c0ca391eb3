"""`crisis.yaml`: who speaks, through what, and who must say yes. Nothing is bound in a fresh one."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.authoring.quoting import filled, modeline, quoted
from crisiscli.authoring.setup import Setup
from crisiscli.authoring.writing import Wanted


def company(setup: Setup) -> Iterator[Wanted]:
    """The company's side."""
    languages = "\n".join(f"  - {quoted(code)}" for code in setup.speaks)
    tone = "\n".join(f"  #   {code}: {_TONES.get(code, 'you')}" for code in setup.speaks)
    text = filled(
        "crisis.yaml",
        modeline=modeline("schemas", "crisis"),
        company=quoted(setup.company),
        tone=tone,
        languages=languages,
        timezone=f"timezone: {quoted(setup.zone)}" if setup.zone else "# timezone: Europe/Warsaw",
        region="PL" if "pl" in setup.speaks else "RO" if "ro" in setup.speaks else "GB",
    )
    yield Wanted(setup.folder / "crisis.yaml", text, "who carries what, who says yes")


_TONES = {"pl": "Ty", "ro": "dumneavoastră"}
