"""Where recordings are kept, the page that lists them, and whether one still shows what the program does."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

from recording.cast import Cast, load, without_seconds
from recording.picture import frames, gif, pictures_in
from recording.scene import Scene

SHELF = Path(__file__).resolve().parent.parent.parent / "docs" / "recordings"


def keep(scene: Scene, cast: Cast, shelf: Path = SHELF) -> None:
    """Writes the `.cast` and the GIF."""
    shelf.mkdir(parents=True, exist_ok=True)
    (shelf / f"{scene.name}.cast").write_text(cast.dump(), encoding="utf-8")
    (shelf / f"{scene.name}.gif").write_bytes(gif(cast))


def kept(scene: Scene, shelf: Path = SHELF) -> Cast:
    """The recording as it stands on the shelf. Raises OSError or ValueError when there is none that can be read."""
    return load((shelf / f"{scene.name}.cast").read_text(encoding="utf-8"))


def differences(before: Cast, now: Cast) -> list[str]:
    """What was asked and what stands on the last screen, then and now, as a diff; clocks may differ in seconds."""
    return list(unified_diff(_told(before), _told(now), "kept", "now", lineterm="", n=2))


def faults(scene: Scene, now: Cast, shelf: Path = SHELF) -> list[str]:
    """Why the recording on the shelf no longer shows this walk; nothing when it does."""
    try:
        before = kept(scene, shelf)
        pictures = pictures_in((shelf / f"{scene.name}.gif").read_bytes())
    except (OSError, ValueError) as error:
        return [f"{scene.name}: {error}"]
    found = differences(before, now)
    if pictures != len(frames(before)):
        found.append(f"{scene.name}.gif has {pictures} pictures, {scene.name}.cast has {len(frames(before))}")
    return found


def index(scenes: Iterable[Scene], shelf: Path = SHELF) -> str:
    """The page that lists those of the scenes that are on the shelf."""
    lines = [
        "# Recordings",
        "",
        "The real program in a real terminal of 80 columns and 24 rows. `python tools/record.py` makes them, and",
        "`python tools/record.py --check` walks them again and says whether the program still does the same.",
        "The company, its people and its addresses are made up. The clock in them is moved by the script.",
        "",
        "A `.cast` file is an [asciicast](https://docs.asciinema.org/manual/asciicast/v2/): text that can be copied,",
        "with a mark at each question. `asciinema play first-word.cast` plays it.",
    ]
    for scene in (scene for scene in scenes if (shelf / f"{scene.name}.cast").is_file()):
        cast = kept(scene, shelf)
        lines += [
            "",
            f"## {scene.title}",
            "",
            f"{scene.about} {cast.seconds:.0f} seconds, [{scene.name}.cast]({scene.name}.cast).",
            "",
            f"![{scene.title}]({scene.name}.gif)",
        ]
    return "\n".join(lines) + "\n"


def _told(cast: Cast) -> list[str]:
    screen = without_seconds(cast.last_screen()).splitlines()
    return ["asked:", *(without_seconds(question) for question in cast.questions), "last screen:", *screen]
