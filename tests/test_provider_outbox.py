"""The outbox on a real disk, a full one and a read-only one; and the hand-over packet of the manual provider."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from crisiscli.errors import Refused
from crisiscli.providers import PROVIDERS, Letter, Outcome, Prepared, Secret, packet
from crisiscli.providers.manual import Manual
from crisiscli.providers.outbox import Outbox


def letter(dispatch: str = "d-1", **changes: Any) -> Letter:
    whole = Letter(
        dispatch=dispatch,
        incident="HERON",
        message="holding",
        stage="holding",
        channel="website",
        language="pl",
        audience="customers",
        title="Ważne",
        body="Sprawdzamy to.\r\nDrugi wiersz  \n",
        sha256="",
        at="2026-11-22T03:05:00.000Z",
    )
    whole = replace(whole, **changes)
    return replace(whole, sha256=hashlib.sha256(whole.text.encode()).hexdigest())


def send(carrier: Outbox, *letters: Letter) -> list[Outcome]:
    return list(carrier.send(carrier.prepare(one) for one in letters))


def test_the_exact_bytes_and_whose_they_are(tmp_path: Path) -> None:
    one = letter()
    outcome = send(Outbox({"folder": tmp_path / "new" / "out"}), one)[0]
    folder = tmp_path / "new" / "out" / "HERON"
    assert (outcome.state, outcome.kind, outcome.proof) == ("sent", "ok", str(folder / "d-1.txt"))
    written = (folder / "d-1.txt").read_bytes()
    assert written == "Ważne\n\nSprawdzamy to.\r\nDrugi wiersz  \n".encode()
    about = json.loads((folder / "d-1.json").read_text(encoding="utf-8"))
    assert about["sha256"] == hashlib.sha256(written).hexdigest()
    assert {key: about[key] for key in ("channel", "language", "audience", "address", "title", "at")} == {
        "channel": "website", "language": "pl", "audience": "customers", "address": "", "title": "Ważne", "at": one.at,
    }  # fmt: skip
    assert sorted(path.name for path in folder.iterdir()) == ["d-1.json", "d-1.txt"]


def test_the_same_dispatch_is_written_once(tmp_path: Path) -> None:
    carrier = Outbox({"folder": tmp_path})
    assert send(carrier, letter())[0].kind == "ok"
    before = (tmp_path / "HERON" / "d-1.txt").stat()
    again = send(carrier, letter(at="2026-11-22T05:00:00Z"))[0]
    after = (tmp_path / "HERON" / "d-1.txt").stat()
    assert (again.state, again.kind) == ("sent", "duplicate")
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_other_words_under_the_same_name_are_left_alone(tmp_path: Path) -> None:
    carrier = Outbox({"folder": tmp_path})
    send(carrier, letter())
    outcome = send(carrier, letter(body="other"))[0]
    assert (outcome.state, outcome.kind) == ("failed", "duplicate")
    assert b"Sprawdzamy" in (tmp_path / "HERON" / "d-1.txt").read_bytes()
    assert carrier.reconcile(carrier.prepare(letter(body="other"))) == Outcome(
        "d-1", "unknown", "ambiguous", f"{tmp_path / 'HERON' / 'd-1.txt'} holds other bytes than these words."
    )


def test_reconcile(tmp_path: Path) -> None:
    carrier = Outbox({"folder": tmp_path})
    one = carrier.prepare(letter())
    assert carrier.reconcile(one) is None
    send(carrier, letter("d-2"))
    absent = carrier.reconcile(one)
    assert absent is not None
    assert absent.state == "failed"
    list(carrier.send([one]))
    there = carrier.reconcile(one)
    assert there is not None
    assert (there.state, there.proof) == ("sent", str(tmp_path / "HERON" / "d-1.txt"))


def test_prepare_touches_nothing(tmp_path: Path) -> None:
    carrier = Outbox({"folder": tmp_path / "out"})
    assert carrier.prepare(letter()) == carrier.prepare(letter())
    assert not (tmp_path / "out").exists()


def test_each_outcome_comes_before_the_next_letter_is_taken(tmp_path: Path) -> None:
    carrier = Outbox({"folder": tmp_path})

    def letters() -> Iterable[Prepared]:
        for number in range(3):
            assert len(list(tmp_path.glob("HERON/*.txt"))) == number
            yield carrier.prepare(letter(f"d-{number}"))

    assert [outcome.dispatch for outcome in carrier.send(letters())] == ["d-0", "d-1", "d-2"]


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "a\x00b", "a\\b", "x" * 300, "con:1", "żó"])
def test_names_that_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    carrier = Outbox({"folder": tmp_path})
    with pytest.raises(Refused):
        carrier.prepare(letter(name))
    with pytest.raises(Refused):
        carrier.prepare(letter(incident=name))


def test_words_that_were_not_approved_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="approved"):
        Outbox({"folder": tmp_path}).prepare(replace(letter(), body="other"))


def test_it_needs_a_folder() -> None:
    assert "folder" in PROVIDERS["outbox"].trouble({})
    with pytest.raises(Refused):
        Outbox({})


def test_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    outcome = send(Outbox({"folder": tmp_path / "file"}), letter())[0]
    assert (outcome.state, outcome.kind) == ("failed", "permanent")
    assert str(tmp_path / "file") in outcome.detail


CHILD = """
    import hashlib, os, resource, signal, sys
    from crisiscli.providers import Letter
    from crisiscli.providers.outbox import Outbox
    folder, act = sys.argv[1:]
    if act == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    if act == "stranger":
        os.setuid(65534)
    body = "x" * 5000
    digest = hashlib.sha256(body.encode()).hexdigest()
    one = Letter("d-1", "HERON", "holding", "holding", "x", "en", "all", None, body, digest, at="2026-11-22T03:05:00Z")
    carrier = Outbox({"folder": folder})
    outcome = next(iter(carrier.send([carrier.prepare(one)])))
    print(outcome.state, outcome.kind)
"""


def child(folder: Path, act: str) -> str:
    program = [sys.executable, "-c", textwrap.dedent(CHILD), str(folder), act]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout.strip()


def test_a_disk_that_takes_no_more_is_failed_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the write itself fails half-way."""
    assert child(tmp_path, "full").startswith("failed ")
    assert [path.name for path in (tmp_path / "HERON").iterdir()] == ["d-1.json"]
    assert child(tmp_path, "plain") == "sent ok"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become a stranger")
def test_a_folder_of_somebody_else_is_failed() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        assert child(Path(name), "stranger") == "failed permanent"
        assert list(Path(name).iterdir()) == []


def hand_over(one: Letter, **more: Any) -> list[str]:
    given = {"place": "website", "approver": "Ann Nowak", "tag": "M1-B7K2", "answer_with": "the link", **more}
    return packet(one, **given)


def test_the_packet_says_everything_the_taker_needs() -> None:
    lines = hand_over(letter(), through="the CMS", from_when="03:05", until="06:00", keep=["the time in line two"])
    whole = "\n".join(lines)
    for part in ("website", "the CMS", "03:05", "06:00", "Ann Nowak", "M1-B7K2", "the time in line two", "the link"):
        assert part in whole


@effort(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n-"), max_size=60))
def test_the_text_between_the_marks_is_the_approved_text(body: str) -> None:
    one = letter(body=body)
    lines = hand_over(one)
    begins = [index for index, line in enumerate(lines) if "text begins M1-B7K2" in line and line.startswith("-----")]
    ends = [index for index, line in enumerate(lines) if "text ends M1-B7K2" in line and line.startswith("-----")]
    assert len(begins) == len(ends) == 1
    assert "\n".join(lines[begins[0] + 1 : ends[0]]) == one.text


def test_a_text_cannot_end_its_own_packet() -> None:
    opening = next(line for line in hand_over(letter()) if "text ends" in line)
    lines = hand_over(letter(body=f"a\n{opening}\nb"))
    assert lines.count(opening) == 1
    assert [line for line in lines if "text ends" in line][-1] != opening


def test_the_manual_provider_never_sends() -> None:
    carrier = Manual({})
    prepared = carrier.prepare(letter())
    assert prepared.payload == letter().text.encode()
    with pytest.raises(Refused, match="person"):
        carrier.send([prepared])
    assert carrier.reconcile(prepared) is None


def test_every_provider_on_the_label_keeps_the_contract() -> None:
    for name, maker in PROVIDERS.items():
        names = [key.name for key in maker.KEYS]
        assert len(names) == len(set(names))
        assert all(key.about.strip().endswith(".") for key in maker.KEYS)
        assert isinstance(maker.where({}), str)
        required = [key.name for key in maker.KEYS if key.required]
        assert bool(required) == bool(maker.trouble({}))
        assert all(name in maker.trouble({}) for name in required[:1]), name


def test_a_secret_does_not_show_itself() -> None:
    secret = Secret("hidden")
    assert {str(secret), repr(secret), f"{secret}", f"{secret:>3}", f"{[secret]}"} == {"***", "[***]"}
    assert secret.reveal() == "hidden"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
