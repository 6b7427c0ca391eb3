"""A receiver of webhooks that takes a request, writes it down, and answers only while a file `open` stands beside it.

A request that came while it was shut is never answered, not even after it opens. `--answer` is what it says when open.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
from pathlib import Path


async def take(folder: Path, answer: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.rstrip("\r\n").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    line = {"event": "request", "first": first, "headers": headers, "body": base64.b64encode(body).decode("ascii")}
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
    if not (folder / "open").exists():
        await reader.read()
    else:
        writer.write(answer)
        await writer.drain()
    writer.close()


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--answer", default="HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
    chosen = parser.parse_args()
    answer = chosen.answer.encode().decode("unicode_escape").encode("latin-1")
    server = await asyncio.start_server(lambda r, w: take(chosen.folder, answer, r, w), "127.0.0.1", 0)
    (chosen.folder / "port").write_text(str(server.sockets[0].getsockname()[1]), encoding="ascii")
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(main())
