"""Real servers as processes of their own. A test judges by what the server wrote down, not by what we believe."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).parent


class Server:
    """One server program: started on a free port, stopped by its own id, its log read line by line."""

    def __init__(self, program: str, folder: Path, *arguments: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "log.jsonl"
        command = [sys.executable, str(HERE / program), "--folder", str(folder), *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        if self.process.stdout.readline().strip() != "ready":
            self.stop()
            raise RuntimeError(f"{program} did not start")
        self.port = int((folder / "port").read_text(encoding="ascii"))

    def heard(self, event: str = "") -> list[dict[str, Any]]:
        """What the server wrote down, in order; only lines of one kind when it is named."""
        if not self.log.exists():
            return []
        lines = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if not event or line["event"] == event]

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
