"""Records walks of the real program for the manual, and says when a recording no longer shows what it does.

`python tools/record.py` writes docs/recordings/: a `.cast` and a GIF of every scene, and the page that lists them.
`python tools/record.py first-word` makes that one alone. With `--check` nothing is written: each scene is walked
again, and what was asked and the last screen are compared with the recording; 1 is returned when they differ.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from recording.scene import Scene, film  # noqa: E402
from recording.scenes import SCENES  # noqa: E402
from recording.shelf import SHELF, faults, index, keep  # noqa: E402

PAGE = SHELF / "README.md"
DIFFERENT = (
    "  The program does something else than tools/recording/scenes says: change the scene, then record it again."
)


def tried(scene: Scene, checking: bool) -> list[str]:
    """Records one scene, or walks it again; what is no longer as the scene or its recording says."""
    try:
        cast = film(scene)
    except AssertionError as error:
        return [str(error), DIFFERENT]
    if not checking:
        keep(scene, cast)
        return []
    found = faults(scene, cast)
    return [*found, f"  Type: python tools/record.py {scene.name}"] if found else []


def main() -> int:
    """Records or checks the scenes named, or all of them."""
    parser = argparse.ArgumentParser(description="Records walks of the real program into docs/recordings/.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"a scene: {', '.join(SCENES)}")
    parser.add_argument("--check", action="store_true", help="walk again and compare; write nothing")
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.names if name not in SCENES]:
        parser.error(f"there is no scene {unknown[0]}; there are {', '.join(SCENES)}")
    wrong = 0
    for name in chosen.names or SCENES:
        found = tried(SCENES[name], chosen.check)
        wrong += bool(found)
        done = "is as recorded" if chosen.check else "recorded"
        sys.stdout.write("\n".join([f"{name}: it differs", *found] if found else [f"{name}: {done}"]) + "\n")
        sys.stdout.flush()
    if not wrong:
        wrong += _page(chosen.check)
    return 1 if wrong else 0


def _page(checking: bool) -> bool:
    wanted = index(SCENES.values())
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted:
        return False
    if checking:
        sys.stdout.write("docs/recordings/README.md is stale: run python tools/record.py\n")
        return True
    PAGE.write_text(wanted, encoding="utf-8")
    return False


if __name__ == "__main__":
    sys.exit(main())
