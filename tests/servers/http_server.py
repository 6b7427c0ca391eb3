"""An HTTP receiver whose path says how it behaves. It writes a request down as soon as it has all of it.

/ok  /json  /says-no  /status/NNN  /retry-after/TEXT  /hang  /cut (a head, half a body, then closed)  /reset (read, then
reset)  /close (read, then closed)  /redirect  /drip-head  /drip-body (a byte every tenth of a second)  /huge  /garbage
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import socket
import ssl
import struct
from pathlib import Path

from notebook import Notebook

JSON = b'{"id": "msg_1", "url": "https://acme.example/banner", "other": {"a": 1}}'


def answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


async def read_request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.rstrip("\r\n").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    return first, headers, await reader.readexactly(int(headers.get("content-length", "0")))


async def drip(writer: asyncio.StreamWriter, prefix: bytes) -> None:
    writer.write(prefix)
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


def reset(writer: asyncio.StreamWriter) -> None:
    found: socket.socket = writer.get_extra_info("socket")
    found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def behave(path: str, writer: asyncio.StreamWriter) -> bool:
    """Answers; True when the connection may be used again."""
    plain = {
        "/ok": answer("200 OK"),
        "/json": answer("201 Created", JSON, "Content-Type: application/json"),
        "/says-no": answer("200 OK", b'{"ok": false, "error": "nope"}'),
        "/redirect": answer("302 Found", b"", "Location: /ok"),
        "/garbage": b"this is not HTTP\r\n\r\n",
        "/cut": answer("200 OK", b"0123456789").replace(b"Length: 10", b"Length: 99"),
        "/huge": answer("200 OK", b'{"id": "' + b"x" * 10_000_000 + b'"}'),
    }
    if path.startswith("/status/"):
        plain[path] = answer(f"{path.rpartition('/')[2]} Said So")
    if path.startswith("/retry-after/"):
        plain[path] = answer("429 Too Many", b"", f"Retry-After: {path.rpartition('/')[2]}")
    if path in plain:
        writer.write(plain[path])
        await writer.drain()
        return path not in ("/garbage", "/cut")
    if path == "/hang":
        await asyncio.Event().wait()
    if path == "/drip-head":
        await drip(writer, b"HTTP/1.1 200 OK\r\nX-Slow: ")
    if path == "/drip-body":
        await drip(writer, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    if path == "/reset":
        reset(writer)
    return False


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--certificate", default="")
    chosen = parser.parse_args()
    notebook = Notebook(chosen.folder)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        notebook.note("connection")
        try:
            again = True
            while again:
                first, headers, body = await read_request(reader)
                path = first.split(" ")[1]
                packed = base64.b64encode(body).decode("ascii")
                notebook.note("request", first=first, path=path, headers=headers, body=packed)
                again = await behave(path.partition("?")[0], writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        writer.close()

    trust = None
    if chosen.certificate:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(chosen.certificate)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=trust)
    notebook.ready(server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
