"""E-mail against a real server in a process of its own; the server's log says what was really taken."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from crisiscli.errors import Refused
from crisiscli.providers import PROVIDERS, Letter, Outcome, Prepared, Secret
from crisiscli.providers.smtp import Smtp
from servers import Server, certificate

BODY = "Dzień dobry,\n\nmogło do Ciebie dotrzeć dziwne powiadomienie.\n.\nFrom tego dnia – „spokojnie”.\t 😀"


def letter(address: str = "ann@acme.example", number: int = 1, **changes: Any) -> Letter:
    whole = Letter(
        dispatch=f"d-{number}",
        incident="HERON",
        message="holding",
        stage="holding",
        channel="email",
        language="pl",
        audience="customers",
        title="Ważne: powiadomienie z aplikacji",
        body=BODY,
        sha256="",
        address=address,
        at="2026-11-22T03:05:00.000Z",
    )
    whole = replace(whole, **changes)
    return replace(whole, sha256=hashlib.sha256(whole.text.encode()).hexdigest())


def provider(server: Server | None = None, **more: Any) -> Smtp:
    port = server.port if server else 2525
    settings = {"host": "localhost", "port": port, "from": "Acme <press@acme.example>", "timeout": 5, **more}
    return Smtp(settings)


def send(carrier: Smtp, *letters: Letter) -> list[Outcome]:
    return list(carrier.send(carrier.prepare(one) for one in letters))


def start(folder: Path, rules: dict[str, list[str]] | None = None, *arguments: str) -> Server:
    return Server("smtp_server.py", folder, "--rules", json.dumps(rules or {}), *arguments)


def accepted(server: Server) -> list[str]:
    return [line["to"][0] for line in server.heard("accepted")]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with start(tmp_path_factory.mktemp("good")) as server:
        yield server


def test_the_body_arrives_exactly_with_one_person_in_to(good: Server) -> None:
    outcomes = send(provider(good), letter("ann@acme.example", 1), letter("bob@acme.example", 2))
    assert [outcome.state for outcome in outcomes] == ["sent", "sent"]
    assert outcomes[0].proof == "250 2.0.0 queued as 1X"
    taken = good.heard("accepted")[-2:]
    for line, who, number in zip(taken, ("ann", "bob"), (1, 2), strict=True):
        mail = message_from_bytes(base64.b64decode(line["content"]))
        payload = mail.get_payload(decode=True)
        assert isinstance(payload, bytes)
        assert payload.decode("utf-8") == BODY
        assert mail.get_all("To") == [f"{who}@acme.example"]
        assert line["to"] == [f"{who}@acme.example"]
        assert line["sender"] == "press@acme.example"
        assert str(make_header(decode_header(mail["Subject"]))) == "Ważne: powiadomienie z aplikacji"
        assert mail["From"] == "Acme <press@acme.example>"
        assert mail["Message-ID"] == f"<d-{number}@acme.example>"
        assert mail["Date"] == "Sun, 22 Nov 2026 03:05:00 +0000"
    assert good.heard("hello")[-1]["name"] == "acme.example"


def test_one_connection_carries_the_batch(good: Server) -> None:
    before = len(good.heard("connection"))
    send(provider(good), *(letter(f"p{number}@acme.example", number) for number in range(5)))
    assert len(good.heard("connection")) == before + 1


def test_each_outcome_comes_before_the_next_letter_is_taken(good: Server) -> None:
    carrier, asked = provider(good), []

    def letters() -> Iterable[Prepared]:
        for number in range(3):
            asked.append(number)
            yield carrier.prepare(letter(f"one{number}@acme.example", number))

    outcomes = carrier.send(letters())
    for number in range(3):
        assert next(outcomes).dispatch == f"d-{number}"
        assert asked == list(range(number + 1))
        assert accepted(good)[-1] == f"one{number}@acme.example"
    assert next(outcomes, None) is None


def test_a_batch_can_be_left_in_the_middle(good: Server) -> None:
    carrier = provider(good)
    with closing(carrier.send(carrier.prepare(letter(f"left{n}@acme.example", n)) for n in range(3))) as outcomes:
        assert next(outcomes).state == "sent"
    assert accepted(good)[-1] == "left0@acme.example"


def test_what_the_message_id_is_made_of_stays_the_same_over_retries() -> None:
    odd = letter(number=1, dispatch="holding/email/pl@abc:17 ą")
    first = provider().prepare(odd).headers["Message-ID"]
    later = provider().prepare(replace(odd, at="2026-11-22T05:00:00Z")).headers["Message-ID"]
    assert first == later
    assert first.endswith("@acme.example>")
    assert first != provider().prepare(replace(odd, dispatch="other ą")).headers["Message-ID"]


@pytest.mark.parametrize(
    ("point", "reply", "kind"),
    [
        ("mail", "451 later", "transient"),
        ("mail", "550 not you", "permanent"),
        ("rcpt", "450 mailbox busy", "transient"),
        ("rcpt", "550 no such user", "permanent"),
        ("rcpt", "530 log in first", "auth"),
        ("data", "452 too little room", "transient"),
        ("data", "554 looks like spam", "permanent"),
    ],
)
def test_every_no_is_failed_and_nothing_was_taken(tmp_path: Path, point: str, reply: str, kind: str) -> None:
    with start(tmp_path, {"*": [point, reply]}) as server:
        outcome = send(provider(server), letter())[0]
        assert (outcome.state, outcome.kind) == ("failed", kind)
        assert reply in outcome.detail
        assert server.heard("accepted") == []


def test_a_no_to_one_does_not_touch_the_others(tmp_path: Path) -> None:
    rules = {
        "b@acme.example": ["rcpt", "550 no"],
        "c@acme.example": ["rcpt", "451 later"],
        "d@acme.example": ["data", "554 no"],
    }
    with start(tmp_path, rules) as server:
        outcomes = send(provider(server), *(letter(f"{name}@acme.example", n) for n, name in enumerate("abcde")))
        states = [(outcome.state, outcome.kind) for outcome in outcomes]
        assert states == [
            ("sent", "ok"), ("failed", "permanent"), ("failed", "transient"), ("failed", "permanent"), ("sent", "ok"),
        ]  # fmt: skip
        assert accepted(server) == ["a@acme.example", "e@acme.example"]
        assert len(server.heard("connection")) == 1


@pytest.mark.parametrize("point", ["rcpt", "data", "accepted"])
@pytest.mark.parametrize("what", ["drop", "hang"])
def test_silence_and_breaks_are_unknown_and_the_next_one_goes(tmp_path: Path, point: str, what: str) -> None:
    with start(tmp_path, {"b@acme.example": [point, what]}) as server:
        outcomes = send(provider(server, timeout=0.5), *(letter(f"{n}@acme.example", i) for i, n in enumerate("abc")))
        assert [outcome.state for outcome in outcomes] == ["sent", "unknown", "sent"]
        assert outcomes[1].kind == "ambiguous"
        assert ("in time" in outcomes[1].detail) == (what == "hang")
        wanted = ["a", "b", "c"] if point == "accepted" else ["a", "c"]
        assert accepted(server) == [f"{name}@acme.example" for name in wanted]


def test_a_farewell_in_the_middle_is_a_no_and_a_new_connection(tmp_path: Path) -> None:
    with start(tmp_path, {"b@acme.example": ["rcpt", "421 shutting down"]}) as server:
        outcomes = send(provider(server), *(letter(f"{n}@acme.example", i) for i, n in enumerate("abc")))
        assert [outcome.state for outcome in outcomes] == ["sent", "failed", "sent"]
        assert len(server.heard("connection")) == 2


def test_after_three_broken_connections_it_stops_and_takes_no_more(tmp_path: Path) -> None:
    with start(tmp_path, {"*": ["rcpt", "drop"]}) as server:
        carrier, asked = provider(server), []

        def letters() -> Iterable[Prepared]:
            for number in range(9):
                asked.append(number)
                yield carrier.prepare(letter(f"p{number}@acme.example", number))

        outcomes = list(carrier.send(letters()))
        assert [outcome.state for outcome in outcomes] == ["unknown"] * 3
        assert asked == [0, 1, 2]
        assert len(server.heard("connection")) == 3


@pytest.mark.parametrize(
    ("greeting", "state", "kind"),
    [
        ("554 go away", "failed", "permanent"),
        ("421 too busy", "failed", "transient"),
        ("hang", "unknown", "ambiguous"),
        ("drop", "unknown", "ambiguous"),
        ("hello?", "unknown", "ambiguous"),
    ],
)
def test_greetings(tmp_path: Path, greeting: str, state: str, kind: str) -> None:
    with start(tmp_path, None, "--greeting", greeting) as server:
        outcome = send(provider(server, timeout=0.5), letter())[0]
        assert (outcome.state, outcome.kind) == (state, kind)


def test_a_dripping_server_cannot_hold_us(tmp_path: Path) -> None:
    with start(tmp_path, None, "--greeting", "drip") as server:
        began = time.monotonic()
        outcome = send(provider(server, timeout=0.3), letter())[0]
        assert outcome.state == "unknown"
        assert "in time" in outcome.detail
        assert time.monotonic() - began < 10


def test_nobody_there_is_failed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        refused = Smtp({"host": "127.0.0.1", "port": taken.getsockname()[1], "from": "a@acme.example"})
        outcomes = send(refused, *(letter(number=number) for number in range(5)))
    assert [(outcome.state, outcome.kind) for outcome in outcomes] == [("failed", "transient")] * 3
    nowhere = Smtp({"host": "no-such-host.invalid", "from": "a@acme.example"})
    outcome = send(nowhere, letter())[0]
    assert (outcome.state, outcome.kind) == ("failed", "transient")
    assert "no-such-host.invalid" in outcome.detail


@pytest.mark.parametrize("mode", ["offer", "implicit"])
def test_encrypted_and_logged_in(tmp_path: Path, mode: str) -> None:
    pem = certificate.write(tmp_path)
    users = json.dumps({"press@acme.example": "s3cret"})
    arguments = ("--tls", mode, "--certificate", str(pem), "--users", users)
    with start(tmp_path / "server", None, *arguments) as server:
        tls = "starttls" if mode == "offer" else "tls"
        right = provider(server, tls=tls, ca_file=str(pem), password=Secret("s3cret"))
        assert send(right, letter())[0].state == "sent"
        assert server.heard("accepted")[0]["encrypted"] is (mode == "offer")
        assert server.heard("accepted")[0]["user"] == "press@acme.example"
        wrong = send(provider(server, tls=tls, ca_file=str(pem), password=Secret("wr0ng")), letter())[0]
        assert (wrong.state, wrong.kind) == ("failed", "auth")
        assert "wr0ng" not in wrong.detail
        assert len(server.heard("accepted")) == 1


@pytest.mark.parametrize("host", ["localhost", "other.example"])
@pytest.mark.parametrize("mode", ["offer", "implicit"])
def test_a_certificate_we_do_not_trust_is_failed(tmp_path: Path, mode: str, host: str) -> None:
    pem = certificate.write(tmp_path, host)
    with start(tmp_path / "server", None, "--tls", mode, "--certificate", str(pem)) as server:
        ca_file = {} if host == "localhost" else {"ca_file": str(pem)}
        outcome = send(provider(server, tls="starttls" if mode == "offer" else "tls", **ca_file), letter())[0]
        assert outcome.state == "failed"
        assert "certificate" in outcome.detail
        assert server.heard("accepted") == []


def test_an_expired_certificate_is_failed(tmp_path: Path) -> None:
    pem = certificate.write(tmp_path, days=-1)
    with start(tmp_path / "server", None, "--tls", "offer", "--certificate", str(pem)) as server:
        outcome = send(provider(server, ca_file=str(pem)), letter())[0]
        assert outcome.state == "failed"
        assert "expired" in outcome.detail


def test_auto_encrypts_when_offered(tmp_path: Path) -> None:
    pem = certificate.write(tmp_path)
    with start(tmp_path / "server", None, "--tls", "offer", "--certificate", str(pem)) as server:
        assert send(provider(server, ca_file=str(pem)), letter())[0].state == "sent"
        assert server.heard("accepted")[0]["encrypted"] is True


def test_starttls_is_never_given_up(good: Server) -> None:
    before = accepted(good)
    outcome = send(provider(good, tls="starttls"), letter())[0]
    assert (outcome.state, outcome.kind) == ("failed", "permanent")
    assert "encryption" in outcome.detail
    assert accepted(good) == before


def test_a_password_the_server_does_not_want_is_failed(good: Server) -> None:
    outcome = send(provider(good, password=Secret("x")), letter())[0]
    assert (outcome.state, outcome.kind) == ("failed", "auth")


def test_missing_certificates_are_failed(good: Server, tmp_path: Path) -> None:
    outcome = send(provider(good, tls="tls", ca_file=str(tmp_path / "none.pem")), letter())[0]
    assert (outcome.state, outcome.kind) == ("failed", "permanent")
    assert "none.pem" in outcome.detail


def test_a_letter_over_the_servers_size_is_refused_before_it_leaves(tmp_path: Path) -> None:
    with start(tmp_path, None, "--size", "2000") as server:
        outcome = send(provider(server), letter(body="ą" * 5000))[0]
        assert (outcome.state, outcome.kind) == ("failed", "permanent")
        assert server.heard("accepted") == []


HOSTILE = [
    "x\nBcc: e@v.example",
    "x\r\nBcc: e@v.example",
    "x\rBcc: e@v.example",
    "x\x0bBcc: e@v.example",
    "x\x0cBcc: e@v.example",
    "x\x1cBcc: e@v.example",
    "x\x85Bcc: e@v.example",
    "x\u2028Bcc: e@v.example",
    "x\x00y",
    "=?utf-8?q?x=0ABcc=3A_e=40v?=",
    "half \ud83d",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_are_refused(text: str) -> None:
    one = replace(letter(), title=text)
    if "\ud83d" not in text:
        one = letter(title=text)
    with pytest.raises(Refused):
        provider().prepare(one)


@pytest.mark.parametrize(
    "address",
    [
        "", "alice@example.org]<bob@evil.org>", "a@b.example,d@e.example", '"a\nBcc: x"@b.example', "a@b.example\x00",
        "a@[127.0.0.1]", "ü@bücher.example", "a@b.example>", "a@b.example (comment)", "@b.example", "a..b@c.example",
        "a@b", " a@b.example", "a@-b.example", "a@b..example", "a@1.2.3.4",
        "=?utf-8?q?a?=@b.example", "a" * 65 + "@b.example",
    ],
)  # fmt: skip
def test_odd_addresses_are_refused(address: str) -> None:
    with pytest.raises(Refused):
        provider().prepare(letter(address))


@pytest.mark.parametrize(
    "address", ["a@b.example", "a.b+tag@c-d.example", "o'hara@xn--bcher-kva.example", "x_1@a.b.c.example"]
)
def test_plain_addresses_pass(address: str) -> None:
    assert provider().prepare(letter(address)).headers["To"] == address


def test_a_letter_without_a_title_or_with_other_words_is_refused() -> None:
    with pytest.raises(Refused, match="title"):
        provider().prepare(letter(title=None))
    with pytest.raises(Refused, match="approved"):
        provider().prepare(replace(letter(), body="other words"))
    with pytest.raises(Refused, match="time"):
        provider().prepare(letter(at="soon"))


@effort(max_examples=150, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=120).filter(
        lambda text: "=?" not in text
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=400),
)
def test_any_words_read_back_the_same(title: str, body: str) -> None:
    prepared = provider().prepare(letter(title=title, body=body))
    mail = message_from_bytes(prepared.payload)
    assert str(make_header(decode_header(mail["Subject"]))) == title
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode("utf-8") == body
    names = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
    assert mail.keys() == names
    assert max(len(line) for line in prepared.payload.split(b"\r\n")) <= 78


def test_prepare_is_pure_and_shows_no_secret() -> None:
    carrier = provider(password=Secret("s3cret"), reply_to="Zespół <hi@acme.example>")
    first, second = carrier.prepare(letter()), carrier.prepare(letter())
    assert first == second
    assert first.target == "smtp://localhost:2525"
    assert "s3cret" not in repr(first)
    assert carrier.reconcile(first) is None


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"host": "mail.acme.example"},
        {"host": "mail.acme.example", "from": "nobody"},
        {"host": "mail.acme.example", "from": "A\nB <a@acme.example>"},
        {"host": "mail acme", "from": "a@acme.example"},
        {"host": "mail.acme.example", "from": "a@acme.example", "reply_to": "x"},
        {"host": "mail.acme.example", "from": "a@acme.example", "hello": "x\r\nMAIL"},
    ],
)
def test_settings_it_cannot_work_with(settings: dict[str, Any]) -> None:
    assert PROVIDERS["smtp"].trouble(settings)
    with pytest.raises(Refused):
        Smtp(settings)


def test_where_it_goes() -> None:
    assert Smtp.where({"host": "m.example", "tls": "tls"}) == "smtps://m.example:465"
    assert Smtp.where({"host": "m.example"}) == "smtp://m.example:587"
    assert Smtp.where({"host": "m.example", "port": 26}) == "smtp://m.example:26"
