"""What a test server writes down: one JSON line per event, on disk before the server answers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


class Notebook:
    """The log and the port file of one server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.handle = os.open(folder / "log.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def note(self, event: str, **facts: Any) -> None:
        """Adds a line in one write."""
        os.write(self.handle, (json.dumps({"event": event, **facts}) + "\n").encode("utf-8"))

    def ready(self, port: int) -> None:
        """Tells the test where to call."""
        draft = self.folder / "port.draft"
        draft.write_text(str(port), encoding="ascii")
        draft.replace(self.folder / "port")
        print("ready", flush=True)
