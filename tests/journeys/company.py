"""A made-up company in a folder of its own: crisis.yaml, customers, people, a state folder, and `crisis` run in it."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeys.lead import Lead

CRISIS = Path(sys.executable).parent / "crisis"
CODE = "amber-heron"
SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
SECRET = "whsec_" + base64.b64encode(b"a secret for tests, 32 bytes long").decode("ascii")
ME = "Ann Nowak"
PEOPLE = """\
ann:
  name: Ann Nowak
  phone: +48 555 000 101
  roles: [lead, press]
grazyna:
  name: Grażyna Dudek
  phone: +48 555 000 107
  roles: [executive]
"""


@dataclass(frozen=True)
class Ended:
    """One run of `crisis`: its exit code, what it printed and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON it printed."""
        return json.loads(self.out)

    @property
    def all(self) -> str:
        """Both streams, for a look at the whole."""
        return self.out + self.err


class Company:
    """A folder with a crisis.yaml. `channels` are YAML blocks by channel; what is not named is manual."""

    def __init__(self, folder: Path, channels: Mapping[str, Mapping[str, Any]] | None = None, **more: Any) -> None:
        self._settle(folder)
        self.home.mkdir(parents=True, exist_ok=True)
        (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
        self.configure(channels or {}, **more)

    @classmethod
    def found(cls, folder: Path) -> Company:
        """The company whose folder stands there already."""
        company = cls.__new__(cls)
        company._settle(folder)
        return company

    def _settle(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.home = folder / "home"
        self.env: dict[str, str] = {}

    def configure(self, channels: Mapping[str, Mapping[str, Any]], **more: Any) -> None:
        """Writes crisis.yaml; JSON is YAML, so every value stands as it is."""
        sheet = {
            "company": {"name": "Acme Bank", "verify_route": "the number on your card", "tone": {"pl": "Ty"}},
            "timezone": "Europe/Warsaw",
            "people": "people.yaml",
            "channels": dict(channels),
            **more,
        }
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in sheet.items()]
        (self.folder / "crisis.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def write(self, name: str, text: str | bytes) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def environment(self, **more: str) -> dict[str, str]:
        """The whole environment of a run: nothing of the machine's own comes with it."""
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONDONTWRITEBYTECODE": "",
            "CRISIS_STATE": str(self.state),
            "CRISIS_USER": ME,
            "HOOK": SECRET,
            **self.env,
            **more,
        }

    def run(self, *arguments: str, stdin: str | None = None, timeout: float = 60, **env: str) -> Ended:
        """Runs `crisis` without a terminal; with no `stdin` it is an empty one."""
        done = subprocess.run(
            [str(CRISIS), *arguments],
            cwd=self.folder,
            env=self.environment(**env),
            input=(stdin or "").encode("utf-8"),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        encoding = env.get("PYTHONIOENCODING", "utf-8").partition(":")[0]
        ended = Ended(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
        assert "Traceback" not in ended.all, ended.all
        return ended

    def sit(self, *arguments: str, cols: int = 120, rows: int = 50, **env: str) -> Lead:
        """Runs `crisis` in a terminal with a person in front of it."""
        return Lead([str(CRISIS), *arguments], cols=cols, rows=rows, env=self.environment(**env), cwd=self.folder)

    def open(self, runbook: str = "erroneous-mass-message", *more: str) -> Ended:
        """Opens an incident with nobody in front of it; it stops at the first question (exit 2)."""
        ended = self.run("start", runbook, "--code-name", CODE, "--no-input", *more)
        assert ended.code == 2, ended.all
        return ended

    def open_small(self, text: str = SMALL) -> Ended:
        """Opens the small runbook with its two facts known; `holding` then waits for its yes."""
        self.write("small.yaml", text)
        known = [f"--fact={pair}" for pair in ("cause=pomyłka w teście", "next_update=in 90 min")]
        return self.open("small.yaml", *known)

    def tag(self, message: str = "holding", *only: str) -> str:
        """The tag of a message's words as they stand now; `only` narrows them (`--channel=email`)."""
        shown = self.run("approve", message, *only)
        found = re.findall(r"^Tag (M\d-\w{4})", shown.out, re.MULTILINE)
        assert found, shown.all
        return str(found[-1])

    def approve(self, message: str = "holding", *only: str) -> None:
        """The lead's own yes to the words as they stand now."""
        ended = self.run("approve", message, "--by", ME, "--tag", self.tag(message, *only), *only)
        assert ended.code == 0, ended.all

    def status(self, code: str = CODE) -> dict[str, Any]:
        """The board as data."""
        found: dict[str, Any] = self.run("status", code, "--json").data
        return found
