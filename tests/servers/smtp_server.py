"""A mail server that answers, stays silent or breaks off where it is told to.

`--rules` is JSON: a recipient to `[POINT, WHAT]`, `*` for everybody. POINT is ehlo, mail, rcpt, data (the whole letter
has arrived and counts as refused) or accepted (it has arrived and is written down as accepted). WHAT is a reply such
as `451 later`, or hang, or drop. `--greeting` replaces the whole conversation: a reply, hang, drop, or drip (a byte
every tenth of a second, for ever).
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import ssl
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from notebook import Notebook


class Handler:
    def __init__(self, notebook: Notebook, rules: dict[str, list[str]]) -> None:
        self.notebook = notebook
        self.rules = rules

    async def rule(self, server: SMTP, point: str, address: str) -> str | None:
        where, what = self.rules.get(address, self.rules.get("*", ["", ""]))
        if where != point:
            return None
        if what == "hang":
            await asyncio.Event().wait()
        if what == "drop":
            server.transport.abort()
            await asyncio.Event().wait()
        return what

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.notebook.note("hello", name=hostname, encrypted=session.ssl is not None)
        session.host_name = hostname
        answer = await self.rule(server, "ehlo", "*")
        return [answer] if answer else responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self.rule(server, "mail", "*")
        if answer:
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.notebook.note("recipient", address=address)
        answer = await self.rule(server, "rcpt", address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        to = envelope.rcpt_tos
        answer = await self.rule(server, "data", to[0])
        if answer:
            return answer
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.notebook.note(
            "accepted",
            sender=envelope.mail_from,
            to=to,
            content=base64.b64encode(content).decode("ascii"),
            encrypted=session.ssl is not None,
            user=(session.auth_data.login.decode() if session.auth_data else ""),
        )
        answer = await self.rule(server, "accepted", to[0])
        return answer or "250 2.0.0 queued as 1X"


def authenticator(users: dict[str, str]) -> Any:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and users.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=good, handled=False, auth_data=data if good else None)

    return check


async def greet(what: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if what == "drop":
        writer.transport.abort()
        return
    if what == "hang":
        await asyncio.Event().wait()
    try:
        while what == "drip":
            writer.write(b"2")
            await writer.drain()
            await asyncio.sleep(0.1)
        writer.write(f"{what}\r\n".encode())
        await writer.drain()
        await reader.read()
    except OSError:
        pass
    writer.close()


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rules", default="{}")
    parser.add_argument("--greeting", default="")
    parser.add_argument("--certificate", default="")
    parser.add_argument("--tls", choices=["none", "offer", "implicit"], default="none")
    parser.add_argument("--users", default="{}")
    parser.add_argument("--size", type=int, default=1_000_000)
    chosen = parser.parse_args()
    notebook = Notebook(chosen.folder)
    trust = None
    if chosen.certificate:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(chosen.certificate)
    users = json.loads(chosen.users)
    loop = asyncio.get_running_loop()

    def make() -> SMTP:
        notebook.note("connection")
        return SMTP(
            Handler(notebook, json.loads(chosen.rules)),
            data_size_limit=chosen.size,
            hostname="mail.test",
            tls_context=trust if chosen.tls == "offer" else None,
            authenticator=authenticator(users) if users else None,
            auth_require_tls=chosen.tls == "offer",
            loop=loop,
        )

    if chosen.greeting:

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            notebook.note("connection")
            await greet(chosen.greeting, reader, writer)

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
    else:
        server = await loop.create_server(make, "127.0.0.1", 0, ssl=trust if chosen.tls == "implicit" else None)
    notebook.ready(server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
