"""An editor for tests: it starts a language server as a process, opens files in it and asks what a person would see."""

from __future__ import annotations

import itertools
import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds to wait for an answer; slow machines are not broken servers."""


class Editor:
    """Speaks the Language Server Protocol over stdio. Use as a context manager; it ends its server.

    `settings` are the editor's own, by their dotted names as they stand in `.vscode/settings.json`.
    """

    def __init__(self, argv: Sequence[str], folder: Path, settings: Mapping[str, Any]) -> None:
        self.folder = folder
        self.settings = settings
        self.server = subprocess.Popen(
            argv, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._numbers = itertools.count(1)
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._marks: dict[str, queue.Queue[list[dict[str, Any]]]] = {}
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Editor:
        self._reader.start()
        uri = self.folder.as_uri()
        shows: dict[str, Any] = {
            "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
            "hover": {"contentFormat": ["markdown"]},
            "publishDiagnostics": {"relatedInformation": True},
        }
        able = {"textDocument": shows, "workspace": {"configuration": True, "workspaceFolders": True}}
        folders = [{"uri": uri, "name": "folder"}]
        self.ask("initialize", processId=None, rootUri=uri, capabilities=able, workspaceFolders=folders)
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": self._section("")}})
        return self

    def __exit__(self, *_: object) -> None:
        self.server.kill()
        self.server.wait()
        self._reader.join()
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.close()
        self.server.stdout.close()

    def ask(self, method: str, **params: Any) -> Any:
        """One request, and the result of its answer."""
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            answer = self._answers.get(timeout=PATIENCE)
            if answer["id"] == number:
                assert "error" not in answer, answer
                return answer["result"]

    def marks(self, path: Path, text: str | None = None) -> list[dict[str, Any]]:
        """What the server marks in a file, or in a text that is being typed into it."""
        found = self._open(path, path.read_text(encoding="utf-8") if text is None else text)
        return self._marks[found].get(timeout=PATIENCE)

    def _open(self, path: Path, text: str) -> str:
        """Opens a text and returns its URI. Every text gets a name of its own, so that no answer is about another."""
        uri = path.as_uri()
        if uri in self._marks:
            uri = path.with_name(f"{path.stem}-{next(self._numbers)}{path.suffix}").as_uri()
        self._marks[uri] = queue.Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def completions(self, path: Path, text: str) -> list[dict[str, Any]]:
        """What is offered at the `|` of a text, when the file holds it."""
        found = self._at(path, text, "textDocument/completion")
        return list(found["items"] if isinstance(found, dict) else found)

    def labels(self, path: Path, text: str) -> set[str]:
        """The words that are offered at the `|` of a text."""
        return {str(item["label"]) for item in self.completions(path, text)}

    def hover(self, path: Path, text: str) -> str:
        """What is shown for the word at the `|` of a text; "" for nothing."""
        found = self._at(path, text, "textDocument/hover")
        return str(found["contents"]["value"]) if found else ""

    def _at(self, path: Path, text: str, method: str) -> Any:
        before, _, after = text.partition("|")
        uri = self._open(path, before + after)
        lines = before.split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        return self.ask(method, textDocument={"uri": uri}, position=place)

    def _section(self, name: str) -> Any:
        nested: dict[str, Any] = {}
        for dotted, value in self.settings.items():
            here = nested
            *parts, last = dotted.split(".")
            for part in parts:
                here = here.setdefault(part, {})
            here[last] = value
        for part in name.split(".") if name else ():
            nested = nested.get(part, {}) if isinstance(nested, dict) else {}
        return nested

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def _read(self) -> None:
        out = self.server.stdout
        assert out is not None
        while True:
            length = 0
            while line := out.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            self._take(json.loads(out.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            uri = message["params"]["uri"]
            if uri in self._marks:
                self._marks[uri].put(message["params"]["diagnostics"])
        elif method == "workspace/configuration":
            items = [self._section(item.get("section", "")) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": items})
        elif method is None:
            self._answers.put(message)
        elif "id" in message:
            self._send({"id": message["id"], "result": None})
