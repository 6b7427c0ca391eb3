"""The scenes, in the order of the index. A scene is one file here and one word on SCENES."""

from __future__ import annotations

from recording.scene import Scene
from recording.scenes.drill import DRILL
from recording.scenes.first_word import FIRST_WORD
from recording.scenes.plain import PLAIN
from recording.scenes.three_enters import THREE_ENTERS

SCENES: dict[str, Scene] = {scene.name: scene for scene in (FIRST_WORD, DRILL, THREE_ENTERS, PLAIN)}
