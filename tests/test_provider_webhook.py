"""Webhooks against a real receiver in a process of its own, in every way it can misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Receiver

from crisiscli.errors import Refused
from crisiscli.providers import PROVIDERS, Letter, Outcome, Prepared, Secret
from crisiscli.providers.webhook import Webhook, signature, signing_key
from servers import Server, certificate

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()


def letter(number: int = 1, **changes: Any) -> Letter:
    whole = Letter(
        dispatch=f"msg_{number}",
        incident="HERON",
        message="holding",
        stage="holding",
        channel="website",
        language="pl",
        audience="customers",
        title=None,
        body="Sprawdzamy to – „spokojnie”.\nDrugi wiersz \u2028 😀",
        sha256="",
        at=datetime.now(UTC).isoformat(),
    )
    whole = replace(whole, **changes)
    return replace(whole, sha256=hashlib.sha256(whole.text.encode()).hexdigest())


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server("http_server.py", tmp_path_factory.mktemp("receiver")) as server:
        yield server


def provider(server: Server, path: str, **more: Any) -> Webhook:
    return Webhook({"url": f"http://127.0.0.1:{server.port}{path}", "timeout": 5, **more})


def send(carrier: Webhook, *letters: Letter) -> list[Outcome]:
    return list(carrier.send(carrier.prepare(one) for one in letters))


def test_the_exact_words_arrive_signed(receiver: Server) -> None:
    one = letter(title="Ważne", address="ann@acme.example")
    carrier = provider(receiver, "/json", secret=Secret(SECRET))
    prepared = carrier.prepare(one)
    outcome = next(iter(carrier.send([prepared])))
    assert (outcome.state, outcome.proof) == ("sent", "201 id=msg_1 url=https://acme.example/banner")
    request = receiver.heard("request")[-1]
    body = base64.b64decode(request["body"])
    assert body == prepared.payload
    received = Receiver(SECRET).verify(body, request["headers"])
    assert received == {
        "type": "crisis.message",
        "timestamp": one.at,
        "data": {
            "incident": "HERON", "dispatch": "msg_1", "message": "holding", "stage": "holding", "channel": "website",
            "language": "pl", "audience": "customers", "title": "Ważne", "body": one.body, "text": one.text,
            "sha256": one.sha256, "address": "ann@acme.example",
        },
    }  # fmt: skip
    assert request["headers"]["webhook-id"] == "msg_1"
    assert list(received["data"]) == sorted(received["data"])
    assert one.body.encode() in body.replace(b"\\n", b"\n")


def test_a_changed_byte_does_not_verify(receiver: Server) -> None:
    send(provider(receiver, "/ok", secret=Secret(SECRET)), letter())
    request = receiver.heard("request")[-1]
    body = base64.b64decode(request["body"])
    with pytest.raises(Exception, match="signature"):
        Receiver(SECRET).verify(body.replace(b"HERON", b"HEROM"), request["headers"])


def test_a_known_signature() -> None:
    """The vector of the Standard Webhooks libraries."""
    key = signing_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body) == expected


def test_any_text_may_be_the_secret_and_none_signs_nothing(receiver: Server) -> None:
    send(provider(receiver, "/ok", secret=Secret("plain words")), letter())
    headers, body = (receiver.heard("request")[-1][name] for name in ("headers", "body"))
    moment = headers["webhook-timestamp"]
    assert headers["webhook-signature"] == signature(b"plain words", "msg_1", moment, base64.b64decode(body))
    send(provider(receiver, "/ok"), letter())
    assert "webhook-signature" not in receiver.heard("request")[-1]["headers"]


def test_the_id_stays_the_same_over_retries(receiver: Server) -> None:
    carrier = provider(receiver, "/status/500")
    first = carrier.prepare(letter())
    list(carrier.send([first, carrier.prepare(letter(at="2026-11-22T05:00:00Z"))]))
    ids = [line["headers"]["webhook-id"] for line in receiver.heard("request")[-2:]]
    assert ids == ["msg_1", "msg_1"]


CERTAIN = [400, 401, 403, 404, 405, 406, 407, 410, 411, 412, 413, 415, 422, 428, 431, 451]
UNSURE = [408, 409, 425, 429, 500, 501, 502, 503, 504, 301, 307, 308, 304]


@pytest.mark.parametrize("code", [*CERTAIN, *UNSURE])
def test_answers_and_what_they_prove(receiver: Server, code: int) -> None:
    before = len(receiver.heard("request"))
    outcome = send(provider(receiver, f"/status/{code}"), letter())[0]
    assert outcome.state == ("failed" if code in CERTAIN else "unknown")
    assert str(code) in outcome.detail
    assert outcome.proof.startswith(str(code))
    assert len(receiver.heard("request")) == before + 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [(401, "auth"), (403, "auth"), (413, "too_long"), (404, "permanent"), (429, "rate_limited"), (409, "duplicate")],
)
def test_kinds(receiver: Server, code: int, kind: str) -> None:
    assert send(provider(receiver, f"/status/{code}"), letter())[0].kind == kind


@pytest.mark.parametrize("code", [429, 503])
def test_a_receiver_that_rejects_before_accepting(receiver: Server, code: int) -> None:
    carrier = provider(receiver, f"/status/{code}", rejects_before_accepting=True)
    assert carrier.rejects_before_accepting
    assert send(carrier, letter())[0].state == "failed"
    assert send(provider(receiver, "/status/500", rejects_before_accepting=True), letter())[0].state == "unknown"


@pytest.mark.parametrize(
    ("asked", "told"), [("120", True), ("9" * 400, False), ("-5", False), ("Fri, 01 Jan 2100", False)]
)
def test_a_wait_is_only_passed_on_when_it_is_one(receiver: Server, asked: str, told: bool) -> None:
    path = "/retry-after/" + asked.replace(" ", "%20")
    assert ("wait 120 seconds" in send(provider(receiver, path), letter())[0].detail) is told


def test_a_yes_that_says_no_is_unknown(receiver: Server) -> None:
    outcome = send(provider(receiver, "/says-no"), letter())[0]
    assert (outcome.state, outcome.kind) == ("unknown", "ambiguous")


@pytest.mark.parametrize("path", ["/cut", "/reset", "/close", "/garbage", "/hang", "/drip-head", "/drip-body"])
def test_every_broken_exchange_is_unknown_within_the_deadline_and_tried_once(receiver: Server, path: str) -> None:
    before = len(receiver.heard("request"))
    began = time.monotonic()
    outcome = send(provider(receiver, path, timeout=0.5), letter())[0]
    assert (outcome.state, outcome.kind) == ("unknown", "ambiguous")
    assert time.monotonic() - began < 5
    assert len(receiver.heard("request")) == before + 1


def test_a_redirect_is_not_followed(receiver: Server) -> None:
    assert send(provider(receiver, "/redirect"), letter())[0].state == "unknown"
    assert receiver.heard("request")[-1]["path"] == "/redirect"


def test_a_huge_answer_is_read_to_a_point(receiver: Server) -> None:
    outcome = send(provider(receiver, "/huge"), letter())[0]
    assert (outcome.state, outcome.proof) == ("sent", "200")


def test_after_a_broken_exchange_the_next_one_goes(receiver: Server) -> None:
    before = len(receiver.heard("request"))
    carrier = provider(receiver, "/close", timeout=2)
    outcomes = send(carrier, letter(1), letter(2), letter(3))
    assert [outcome.dispatch for outcome in outcomes] == ["msg_1", "msg_2", "msg_3"]
    assert len(receiver.heard("request")) == before + 3


def test_each_outcome_comes_before_the_next_letter_is_taken(receiver: Server) -> None:
    carrier, asked = provider(receiver, "/ok"), []
    connections = len(receiver.heard("connection"))

    def letters() -> Iterable[Prepared]:
        for number in range(4):
            asked.append(number)
            yield carrier.prepare(letter(number))

    outcomes = carrier.send(letters())
    for number in range(4):
        assert next(outcomes).dispatch == f"msg_{number}"
        assert asked == list(range(number + 1))
        assert receiver.heard("request")[-1]["headers"]["webhook-id"] == f"msg_{number}"
    assert next(outcomes, None) is None
    assert len(receiver.heard("connection")) == connections + 1


def test_nobody_there_is_failed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outcome = send(Webhook({"url": f"http://127.0.0.1:{taken.getsockname()[1]}/x"}), letter())[0]
    assert (outcome.state, outcome.kind) == ("failed", "transient")
    assert "refused" in outcome.detail
    outcome = send(Webhook({"url": "https://no-such-host.invalid/x"}), letter())[0]
    assert outcome.state == "failed"


def test_a_connection_that_is_never_answered_is_unknown() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(1)
        outcome = send(Webhook({"url": f"http://127.0.0.1:{full.getsockname()[1]}/x", "timeout": 0.3}), letter())[0]
    assert (outcome.state, outcome.kind) == ("unknown", "ambiguous")


def test_what_cannot_even_be_begun_is_failed(receiver: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(receiver.heard())
    outcome = send(Webhook({"url": "https://xn--a.example/"}), letter())[0]
    assert outcome.state == "failed"
    monkeypatch.setenv("https_proxy", "gopher://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    outcome = send(Webhook({"url": "https://cms.acme.example/"}), letter())[0]
    assert (outcome.state, outcome.kind) == ("failed", "permanent")
    assert "proxy" in outcome.detail
    assert len(receiver.heard()) == before


def test_certificates(tmp_path: Path) -> None:
    pem, other = certificate.write(tmp_path), certificate.write(tmp_path, "other.example")
    with Server("http_server.py", tmp_path / "server", "--certificate", str(pem)) as server:
        url = f"https://localhost:{server.port}/ok"
        assert send(Webhook({"url": url, "ca_file": str(pem)}), letter())[0].state == "sent"
        for settings in ({}, {"ca_file": str(other)}):
            outcome = send(Webhook({"url": url, **settings}), letter())[0]
            assert (outcome.state, outcome.kind) == ("failed", "permanent")
            assert "certificate" in outcome.detail
        outcome = send(Webhook({"url": url, "ca_file": str(tmp_path / "none.pem")}), letter())[0]
        assert (outcome.state, outcome.kind) == ("failed", "permanent")
        assert len(server.heard("request")) == 1


def test_no_secret_is_told_or_logged(receiver: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    carrier = Webhook(
        {
            "url": Secret(f"http://127.0.0.1:{receiver.port}/status/404/hidden-path?token=hidden-query"),
            "secret": Secret("hidden-secret"),
            "headers": {"X-Token": Secret("hidden-header"), "X-Team": "press"},
        }
    )
    prepared = carrier.prepare(letter())
    outcome = next(iter(carrier.send([prepared])))
    assert "hidden" not in repr((prepared, outcome)) + caplog.text
    assert prepared.target == f"http://127.0.0.1:{receiver.port}/..."
    assert prepared.headers["x-token"] == "***"
    headers = receiver.heard("request")[-1]["headers"]
    assert (headers["x-token"], headers["x-team"]) == ("hidden-header", "press")


def test_the_query_of_a_url_is_not_shown() -> None:
    url = "https://cms.acme.example/banner?key=hidden#hidden"
    assert Webhook.where({"url": url}) == "https://cms.acme.example/banner"


def test_the_environment_gives_a_proxy_for_https_and_nothing_else(
    receiver: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login hidden password hidden")
    (tmp_path / ".netrc").chmod(0o600)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{receiver.port}")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    assert send(provider(receiver, "/ok"), letter())[0].state == "sent"
    request = receiver.heard("request")[-1]
    assert "authorization" not in request["headers"]
    assert request["first"] == "POST /ok HTTP/1.1"
    outcome = send(Webhook({"url": "https://cms.acme.example/x", "timeout": 2}), letter())[0]
    assert receiver.heard("request")[-1]["first"] == "CONNECT cms.acme.example:443 HTTP/1.1"
    assert (outcome.state, outcome.kind) == ("unknown", "ambiguous")


@pytest.mark.parametrize(
    "url",
    [
        "", "http://cms.acme.example/", "http://8.8.8.8/", "http://169.254.169.254/", "http://0.0.0.0/",
        "ftp://x.example/",
        "file:///etc/passwd", "https://user:pw@cms.acme.example/", "https://", "//cms.acme.example/",
        "cms.acme.example",
        "https://cms.acme.example:99999/", "https://a\n.example/", "https://a.example\\@b.example/", "http://2130706433/",
        "https://[::1", "https://a b.example/",
    ],
)  # fmt: skip
def test_urls_we_do_not_post_to(url: str) -> None:
    assert PROVIDERS["webhook"].trouble({"url": url})
    with pytest.raises(Refused):
        Webhook({"url": url})


@pytest.mark.parametrize(
    "url", ["http://localhost:1/", "http://10.1.2.3/x", "http://[::1]:80/", "https://cms.acme.example/x?y=z"]
)
def test_urls_we_post_to(url: str) -> None:
    assert PROVIDERS["webhook"].trouble({"url": url}) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"X-A": "a\nX-B: b"}, {"X-A": "a\r\nX-B: b"}, {"X-A": "a\x00"}, {"X-A": "a "}, {"X-A": "€"}, {"X A": "a"},
        {"": "a"},
        {"webhook-id": "mine"}, {"Host": "x"}, {"Content-Length": "3"}, {"X-A": Secret("a\nb")}, ["X-A"],
    ],
)  # fmt: skip
def test_headers_that_cannot_be_set(headers: object) -> None:
    with pytest.raises(Refused):
        Webhook({"url": "https://cms.acme.example/", "headers": headers})


def test_letters_it_cannot_carry(receiver: Server) -> None:
    carrier = provider(receiver, "/ok")
    for one in (
        replace(letter(), body="other words"),
        replace(letter(), body="half \ud83d"),
        letter(dispatch="a\nb"),
        letter(dispatch="ą"),
        letter(at=""),
        letter(at="2026-11-22T03:05:00"),
    ):
        with pytest.raises(Refused):
            carrier.prepare(one)
    with pytest.raises(Refused, match="base64"):
        provider(receiver, "/ok", secret=Secret("whsec_not base64!"))


def test_prepare_is_pure_and_the_receiver_cannot_be_asked(receiver: Server) -> None:
    carrier, one = provider(receiver, "/ok", secret=Secret(SECRET)), letter()
    before = len(receiver.heard())
    assert carrier.prepare(one) == carrier.prepare(one)
    assert json.loads(carrier.prepare(one).payload)["data"]["text"] == one.text
    assert carrier.reconcile(carrier.prepare(one)) is None
    assert len(receiver.heard()) == before
