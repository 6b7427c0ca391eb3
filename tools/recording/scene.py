"""A scene: what it shows, what the company has beforehand, and what the person does."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from journeys import Company
from recording.camera import Camera, set_clock
from recording.cast import Cast


def _nothing(company: Company) -> None:
    del company


@dataclass(frozen=True)
class Scene:
    """One walk of the real program, from a shell prompt to `ends_on`."""

    name: str
    title: str
    about: str
    """One or two sentences for the index."""
    play: Callable[[Camera], None]
    ends_on: str
    """A regular expression that the last screen holds."""
    before: Callable[[Company], None] = _nothing
    """What the company has and knows before the camera runs."""


def film(scene: Scene) -> Cast:
    """Plays the scene in a company's folder of its own. Raises AssertionError where the program does otherwise."""
    with tempfile.TemporaryDirectory() as name:
        company = Company(Path(name))
        set_clock(company)
        scene.before(company)
        with Camera(company, scene.title) as camera:
            scene.play(camera)
            return camera.cast
