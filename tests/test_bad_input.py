"""What should never happen and does: bad files, disks, servers and clocks. Calm words, and nothing is lost."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from journeys import CODE, CRISIS, ME, SMALL, Company, Ended
from servers import Server

PUBLIC = ("Nothing was sent", "Nothing has been sent", "What is out stands in", "It may be out")


def calm(ended: Ended, code: int, *said: str) -> None:
    """An error as a person may read it: the exit code, its words, what happened in public, and what to type next."""
    assert ended.code == code, ended.all
    for part in said:
        assert part in ended.all, ended.all
    assert any(part in ended.err for part in PUBLIC), ended.err
    assert "Next: crisis " in ended.err or "Next: " in ended.err, ended.err
    assert len(ended.err) < 20_000


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    company = Company(tmp_path_factory.mktemp("opened"))
    company.open_small()
    company.approve()
    return company.folder


@pytest.fixture
def opened(opened_once: Path, tmp_path: Path) -> Company:
    """An open incident whose holding has its yes; everything goes by hand."""
    shutil.copytree(opened_once, tmp_path / "company")
    return Company.found(tmp_path / "company")


# Runbooks.


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("prose", "Dear all,\n\tplease: do\n  not: [panic\n"),
        ("brackets", "[" * 100_000),
        ("braces", "phases: " + "{a: " * 100_000),
        ("bomb", "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50)) + "c: *b49\n"),
        ("tag", "phases: !!python/object/apply:os.system ['echo hi']\n"),
        ("two documents", "crisis: 1\n---\ncrisis: 1\n"),
        ("nothing", ""),
        ("nul bytes", b"\x00\x01\x02\xff" * 100),
        ("utf-16", "crisis: 1\n".encode("utf-16")),
        ("a number", "42\n"),
    ],
)
def test_what_is_no_runbook_is_three(company: Company, name: str, content: str | bytes) -> None:
    company.write("bad.yaml", content)
    calm(company.run("start", "bad.yaml"), 3, "bad.yaml:", "crisis lint bad.yaml")
    lint = company.run("lint", "bad.yaml")
    assert lint.code == (1 if name in READABLE else 3), lint.all
    assert "bad.yaml:" in lint.out


READABLE = ("bomb", "tag")
"""YAML all the same, so lint has findings; but no runbook."""


def test_a_broken_runbook_is_read_aloud(company: Company) -> None:
    company.write("bad.yaml", SMALL.replace("    mode: read-do\n", "    mode: [read-do\n"))
    ended = company.run("start", "bad.yaml")
    calm(ended, 3, "read aloud", "bad.yaml:")
    assert "Stop the queue." in ended.out
    assert "Pin the post." in ended.out
    calm(company.run("preview", "bad.yaml"), 3, "stands above")
    company.write("none.yaml", "x: [")
    calm(company.run("preview", "none.yaml"), 3, "no step of it can be read")
    assert "No incident is open" in company.run().out


def test_files_that_are_not_there_or_no_files(company: Company) -> None:
    company.write("runbooks/.keep", "")
    calm(company.run("start", "none.yaml"), 3, "none.yaml", "no such file")
    calm(company.run("start", "./runbooks/"), 3, "folder")
    os.mkfifo(company.folder / "pipe.yaml")
    calm(company.run("start", "pipe.yaml", timeout=20), 3, "not an ordinary file")
    calm(company.run("start", "small.yaml", "--answers", "none.yaml"), 3, "none.yaml")


def test_two_megabytes_of_text_are_three(company: Company) -> None:
    company.write("big.yaml", SMALL.replace("Wiemy o dziwnej wiadomości.", "x" * 2_000_000))
    ended = company.run("start", "big.yaml")
    calm(ended, 3, "big.yaml:", "512 KB")
    assert company.run("lint", "big.yaml").code == 3


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("owner: Communications\n", "owner: Communications\nownr: x\n", "ownr"),
        ("{{ cause }}", "{{ causes }}", "causes"),
        ("          - cause\n", "          - causes\n", "causes"),
        ("Napiszemy o {{ next_update }}.", "Napiszemy o {{ next_update }} # i przepraszamy.", "#"),
        ("Powód: {{ cause }}", "Powód: {% for x in y %}", "{%"),
        ("      - lead\n    text", "      - boss\n    text", "boss"),
        ("title: A small crisis", 'title: "A \\e[31msmall\\e[0m crisis"', "small"),
    ],
    ids=["unknown key", "undefined fact", "undefined asked fact", "swallowed", "jinja", "unknown role", "escapes"],
)
def test_a_runbook_with_a_mistake_is_walked_and_says_so(company: Company, was: str, becomes: str, said: str) -> None:
    assert was in SMALL
    company.write("bad.yaml", SMALL.replace(was, becomes))
    lint = company.run("lint", "bad.yaml")
    assert lint.code == 1, lint.all
    assert said in lint.out
    assert "bad.yaml:" in lint.out
    assert "\x1b" not in lint.out
    started = company.run("start", "bad.yaml", "--no-input", "--code-name", CODE)
    assert started.code == 2, started.all
    assert "Step 1 of 5" in started.err
    assert "\x1b" not in started.all


def test_the_first_screen_counts_the_mistakes(company: Company) -> None:
    text = SMALL.replace("owner: Communications\n", "owner: Communications\nownr: x\n")
    company.write("bad.yaml", text)
    started = company.run("start", "bad.yaml", "--no-input")
    assert "This runbook has 1 mistake" in started.err
    assert f"bad.yaml:{text.splitlines().index('ownr: x') + 1}:1" in started.err


def test_an_undefined_fact_keeps_its_text_back_and_says_why(company: Company) -> None:
    company.write("bad.yaml", SMALL.replace("{{ cause }}", "{{ causes }}"))
    company.open("bad.yaml", "--fact=cause=x", "--fact=next_update=in 90 min")
    refused = company.run("send", "holding", "--confirm", CODE, "--channel", "website")
    assert refused.code == 6
    assert "causes" in refused.err


# Words people type.

ESCAPES = "a\x1b]52;c;aGk=\x07b\x1b[2J\x9b31mc\u202ed\x00"


def test_escapes_in_typed_words_never_act(opened: Company) -> None:
    words = ESCAPES.replace("\x00", "")
    assert opened.run("note", words).code == 0
    assert opened.run("note", "-", stdin=ESCAPES).code == 0
    assert opened.run("said", words, "--channel", "x", "--by", words).code == 0
    opened.run("fact", f"cause={words}", "--source", words)
    for typed in ("status", "fact", "report -o -", "approve holding", "resume --no-input", ""):
        ended = opened.run(*typed.split())
        assert ended.code in (0, 2), ended.all
        for control in ("\x1b", "\x9b", "\x07", "\u202e", "\x00"):
            assert control not in ended.all, (typed, control)
    with opened.sit("resume", CRISIS_USER=words) as lead:
        lead.sees("Step 1 of 5", "What now")
        lead.pick("change a fact", "Which fact")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert b"\x1b]52" not in lead.raw
    assert b"\x1b[2J" not in lead.raw


def test_two_megabytes_of_words_are_kept_or_refused_but_break_nothing(opened: Company) -> None:
    big = "ż" * 1_000_000
    noted = opened.run("note", "-", stdin=big)
    assert noted.code in (0, 2, 6), noted.err[:500]
    opened.run("note", "after it")
    assert opened.run("verify").code == 0
    assert opened.run("status").code == 0
    opened.write("answers.yaml", f"steps: {{stop-sends: '{big}'}}")
    calm(opened.run("resume", "--answers", "answers.yaml"), 3, "answers.yaml:", "512 KB")


def test_words_that_are_not_utf_8_break_nothing(opened: Company) -> None:
    done = subprocess.run(
        [str(CRISIS).encode(), b"note", b"caf\xe9 \xff\xfe"],
        cwd=opened.folder,
        env=opened.environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, 2), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"fault in the program" not in done.stderr
    assert opened.run("verify").code == 0
    assert opened.run("status").code == 0


# The company's file.


@pytest.mark.parametrize("content", ["channels: [", "[1, 2]", "channels: {website: {provider: telepathy}}", "\x00"])
def test_a_broken_crisis_yaml_does_not_stop_a_crisis_and_is_named(company: Company, content: str) -> None:
    company.write("small.yaml", SMALL)
    company.write("crisis.yaml", content)
    started = company.run("start", "small.yaml", "--no-input", "--code-name", CODE)
    assert started.code == 2, started.all
    assert "crisis.yaml" in started.err
    assert "Step 1 of 5" in started.err


def test_a_missing_secret_hands_the_words_to_a_person_and_says_so(company: Company) -> None:
    website = {"provider": "webhook", "url": "https://cms.acme.example/x", "secret": "env:NO_SUCH_SECRET"}
    company.configure({"website": website})
    company.open_small()
    company.approve()
    ended = company.run("send", "holding", "--confirm", CODE, "--channel", "website")
    assert ended.code in (3, 5, 6), ended.all
    assert "NO_SUCH_SECRET" in ended.all
    assert company.status()["said"] == []
    assert company.status()["unknown"] == []


# The disk.


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A file system of its own there; skips the test on a machine that does not let us mount one."""
    folder.mkdir(exist_ok=True)
    if shutil.which("mount") is None:
        pytest.skip("this machine has no mount command")
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this machine does not let us mount a disk: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_file_in_the_place_of_the_state_folder(company: Company) -> None:
    company.write("small.yaml", SMALL)
    company.write("state", "I am a file")
    calm(company.run("start", "small.yaml"), 3, "state")
    assert company.run("preview", "small.yaml").code == 0
    for arguments in (("status",), ("note", "x"), ("resume",)):
        ended = company.run(*arguments)
        assert ended.code in (3, 4), ended.all
    assert company.run().code == 0
    assert (company.folder / "state").read_text(encoding="utf-8") == "I am a file"


@pytest.mark.parametrize("content", [b"", b"this is not a database, but long enough to look like one" * 50])
def test_a_store_that_is_no_store_is_three_and_left_alone(company: Company, content: bytes) -> None:
    company.write("small.yaml", SMALL)
    company.write("state/live.db", content)
    ended = company.run("status")
    assert ended.code in (3, 4), ended.all
    if content:
        calm(company.run("start", "small.yaml"), 3, "live.db")
        assert (company.state / "live.db").read_bytes() == content
    assert company.run("preview", "small.yaml").code == 0


def test_a_read_only_disk_shows_everything_and_writes_nothing(opened: Company) -> None:
    kept = opened.folder / "kept"
    shutil.copytree(opened.state, kept)
    with mounted(opened.state, "--bind", str(kept)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(opened.state)], check=True)
        assert "holding" in opened.run("status").out or opened.run("status").code == 0
        assert opened.run("report", "-o", "-").out.startswith("# LIVE: A small crisis")
        assert opened.run("verify").code == 0
        assert opened.run("preview", "small.yaml").code == 0
        for arguments in (
            ("start", "small.yaml"),
            ("note", "x"),
            ("fact", "cause=x"),
            ("resume", "--no-input"),
            ("send", "holding", "--confirm", CODE),
            ("approve", "holding", "--by", ME, "--tag", "M0-AAAA"),
            ("end", "--reason", "x"),
        ):
            calm(opened.run(*arguments), 3)
    assert opened.run("verify").code == 0
    assert opened.run("note", "the disk is back").code == 0


def test_an_empty_read_only_disk(company: Company) -> None:
    company.write("small.yaml", SMALL)
    with mounted(company.state, "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs"):
        calm(company.run("start", "small.yaml"), 3)
        assert company.run("preview", "small.yaml").code == 0
        assert company.run("status").code in (3, 4)


def fill(folder: Path) -> Path:
    """Takes the last byte of a disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue
    return filler


def test_a_full_disk_stops_before_anything_leaves_and_goes_on_when_there_is_room(company: Company, web: Server) -> None:
    url = f"http://127.0.0.1:{web.port}/ok"
    company.configure({"website": {"provider": "webhook", "url": url, "secret": "env:HOOK"}})
    with mounted(company.state, "-t", "tmpfs", "-o", "size=2m", "tmpfs"):
        company.open_small()
        company.approve()
        filler = fill(company.state)
        for arguments in (
            ("send", "holding", "--confirm", CODE),
            ("note", "x"),
            ("fact", "cause=x"),
            ("resume", "--no-input", "--answers", "answers.yaml"),
            ("start", "small.yaml", "--code-name", "ruby-otter"),
        ):
            company.write("answers.yaml", "steps: {stop-sends: '0'}")
            calm(company.run(*arguments), 3)
        assert web.heard() == []
        assert company.run("verify").code == 0
        filler.unlink()
        status = company.status()
        assert status["said"] == status["sending"] == status["unknown"] == []
        sent = company.run("send", "holding", "--confirm", CODE, "--channel", "website")
        assert sent.code == 0, sent.all
        assert company.run("verify").code == 0
    assert len(web.heard("request")) == 1


def test_a_disk_that_fills_while_somebody_walks_says_so_and_keeps_what_was_answered(company: Company) -> None:
    company.write("small.yaml", SMALL)
    with mounted(company.state, "-t", "tmpfs", "-o", "size=2m", "tmpfs"):
        with company.sit("start", "small.yaml", "--code-name", CODE, "--at", "now") as lead:
            lead.sees("Step 1 of 5", "What now")
            lead.pick("done: note", "Queue length")
            lead.types("nothing waits", "Step 2 of 5", "What now")
            filler = fill(company.state)
            lead.pick("note", "Note:")
            lead.types("this cannot be kept", "(full|No space)")
            filler.unlink()
            lead.press("ctrl-c")
            lead.ends()
            assert "Traceback" not in lead.text
            assert "fault in the program" not in lead.text
        assert company.status()["steps"][0]["value"] == "nothing waits"
        assert company.run("verify").code == 0


# Servers.


def bound_website(company: Company, url: str, **more: object) -> None:
    company.configure({"website": {"provider": "webhook", "url": url, "secret": "env:HOOK", "timeout": 1, **more}})
    company.open_small()
    company.approve()


def send_website(company: Company) -> Ended:
    return company.run("send", "holding", "--confirm", CODE, "--channel", "website")


def test_servers_that_hang_or_break_off_leave_it_unknown(company: Company, web: Server) -> None:
    """Three channels meet three bad servers in one batch; every one is told, and none is tried again."""
    paths = {"website": "hang", "in_app": "cut", "status_page": "reset"}
    company.configure(
        {
            channel: {"provider": "webhook", "url": f"http://127.0.0.1:{web.port}/{path}", "timeout": 1}
            for channel, path in paths.items()
        }
    )
    company.open_small(text=SMALL.replace("      - email\n", "      - status_page\n"))
    company.approve()
    ended = company.run("send", "holding", "--confirm", CODE)
    calm(ended, 5, *(f"UNKNOWN  holding/{channel}/pl" for channel in paths), "look before sending again")
    status = company.status()
    assert [name.partition("@")[0] for name in status["unknown"]] == [f"holding/{channel}/pl" for channel in paths]
    assert status["said"] == []
    calm(company.run("send", "holding", "--confirm", CODE), 5, "It is not sent again", "--sent", "--again")
    assert sorted(one["path"] for one in web.heard("request")) == ["/cut", "/hang", "/reset"]


def test_a_server_that_says_no_did_not_take_it(company: Company, web: Server) -> None:
    bound_website(company, f"http://127.0.0.1:{web.port}/status/403")
    ended = send_website(company)
    calm(ended, 5, "FAILED", "403", "It was not accepted")
    assert company.status()["unknown"] == []
    assert company.status()["said"] == []


def test_nobody_listens(company: Company) -> None:
    bound_website(company, "http://127.0.0.1:1/x")
    ended = send_website(company)
    calm(ended, 5, "FAILED")
    assert company.status()["failed"] != []


def test_answers_of_servers_cannot_act_on_the_terminal(company: Company, tmp_path: Path) -> None:
    rules = {"*": ["rcpt", "550 no \x1b]52;c;aGk=\x07\x1b[2J such user"]}
    with Server("smtp_server.py", tmp_path / "mail", "--rules", json.dumps(rules)) as mail:
        mailing(company, mail, "ola@example.com")
        ended = company.run("send", "holding", "--confirm", CODE, "--channel", "email")
    calm(ended, 5, "FAILED", "550")
    assert "\x1b" not in ended.all + company.run("report", "-o", "-").out


def mailing(company: Company, mail: Server, *people: str, title: str = "") -> None:
    """The mail server carries e-mail for these people; the holding has its yes."""
    settings = {"provider": "smtp", "host": "127.0.0.1", "port": mail.port, "tls": "none", "from": "press@acme.example"}
    company.configure({"email": {**settings, "timeout": 1}}, recipients={"customers": {"email": "people.csv"}})
    company.write("people.csv", "\n".join(["email", *people, ""]))
    runbook = SMALL.replace("          title: Sprawdzamy wiadomość", f"          title: {title}") if title else SMALL
    company.write("own.yaml", runbook)
    company.open("own.yaml", "--fact=cause=pomyłka", "--fact=next_update=in 90 min")
    if "=?" not in title and "\\n" not in title:
        company.approve("holding", "--channel=email")


@pytest.mark.parametrize("rule", ["hang", "drop"])
def test_a_mail_server_that_has_the_letter_and_falls_silent(company: Company, tmp_path: Path, rule: str) -> None:
    with Server("smtp_server.py", tmp_path / "mail", "--rules", json.dumps({"*": ["accepted", rule]})) as mail:
        mailing(company, mail, "ola@example.com", "jan@example.com")
        ended = company.run("send", "holding", "--confirm", CODE, "--channel", "email")
        calm(ended, 5, "UNKNOWN")
        again = company.run("send", "holding", "--confirm", CODE, "--channel", "email")
        assert again.code == 5
        taken = [one["to"] for one in mail.heard("accepted")]
    assert len(taken) == len({tuple(to) for to in taken})
    assert company.status()["unknown"] != []


@pytest.mark.parametrize(
    "title",
    [
        '"=?utf-8?q?Sprawdzamy=0aBcc:_evil@example.com?="',
        '"=?utf-8?b?U3ByYXdkemFteQpCY2M6IGV2aWxAZXhhbXBsZS5jb20=?="',
        '"Sprawdzamy\\nBcc: evil@example.com"',
        '"Sprawdzamy\\r\\nBcc: evil@example.com"',
    ],
    ids=["quoted", "base64", "newline", "crlf"],
)
def test_a_subject_cannot_smuggle_a_header(company: Company, mail: Server, title: str) -> None:
    mailing(company, mail, "good@example.com", title=title)
    shown = company.run("approve", "holding", "--channel=email")
    tag = re.findall(r"^Tag (M0-\w{4})", shown.out, re.MULTILINE) or ["M0-AAAA"]
    yes = company.run("approve", "holding", "--by", ME, "--tag", tag[0], "--channel=email")
    assert yes.code in (0, 6), yes.all
    sent = company.run("send", "holding", "--confirm", CODE, "--channel", "email")
    assert sent.code in (5, 6), sent.all
    assert "fault in the program" not in sent.all
    assert mail.heard("accepted") == []
    assert [one for one in mail.heard("recipient") if "evil" in one["address"]] == []
    status = company.status()
    assert status["said"] == status["unknown"] == []


def test_a_fact_cannot_smuggle_a_header_either(company: Company, mail: Server) -> None:
    mailing(company, mail, "good@example.com", title='"Powód: {{ cause }}"')
    company.run("fact", "cause=x\r\nBcc: evil@example.com", "--confirmed", "--source", "x")
    company.approve("holding", "--channel=email")
    company.run("send", "holding", "--confirm", CODE, "--channel", "email")
    for one in mail.heard("accepted"):
        content = base64.b64decode(one["content"]).decode("ascii")
        assert "\nbcc" not in content.lower()
    assert [one for one in mail.heard("recipient") if "evil" in one["address"]] == []


def test_bad_lists_of_people_send_to_the_good_ones_only_or_say_why_not(company: Company, mail: Server) -> None:
    mailing(company, mail, "good@example.com", "not an address", "x@y@z", "good@example.com", "a\x1b[2J@example.com")
    ended = company.run("send", "holding", "--confirm", CODE, "--channel", "email")
    assert ended.code == 0, ended.all
    assert [one["to"] for one in mail.heard("accepted")] == [["good@example.com"]]
    assert "\x1b" not in ended.all


def test_a_list_that_vanished_is_three_and_nothing_left(company: Company, mail: Server) -> None:
    mailing(company, mail, "good@example.com")
    (company.folder / "people.csv").unlink()
    ended = company.run("send", "holding", "--confirm", CODE, "--channel", "email")
    calm(ended, 3, "people.csv")
    assert mail.heard("recipient") == []


# The clock.


def test_a_clock_that_jumps_back_never_turns_the_record_around(company: Company) -> None:
    clock = company.write("clock", "2026-11-22T03:05:00+01:00")
    company.env["CRISIS_CLOCK"] = f"@{clock}"
    company.open_small()
    company.write("clock", "2026-11-22T03:10:00+01:00")
    assert company.run("note", "before the jump").code == 0
    company.write("clock", "2026-11-22T02:40:00+01:00")
    assert company.run("note", "after the jump").code == 0
    company.approve()
    status = company.run("status", "--json").data
    assert status["now"] >= "2026-11-22T02:10:00"
    assert not status["elapsed"].startswith("T-")
    assert company.run("verify").code == 0
    with sqlite3.connect(f"file:{company.state / 'live.db'}?mode=ro", uri=True) as db:
        moments = [row[0] for row in db.execute("SELECT at FROM event ORDER BY seq")]
    assert moments == sorted(moments)
    report = company.run("report", "-o", "-").out
    assert report.index("before the jump") < report.index("after the jump")
    with company.sit("resume") as lead:
        lead.sees("Nothing is lost", "Step 1 of 5", "What now")
        company.write("clock", "2026-11-21T03:00:00+01:00")
        lead.pick("done: note", "Queue length")
        lead.types("0", "Step 2 of 5", "What now")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert company.run("verify").code == 0


def test_a_clock_that_says_nothing_readable_is_two(opened: Company) -> None:
    ended = opened.run("note", "x", CRISIS_CLOCK="half past three")
    calm(ended, 2, "CRISIS_CLOCK")
    for content in ("nonsense", ""):
        clock = opened.write("clock", content)
        ended = opened.run("note", "x", CRISIS_CLOCK=f"@{clock}")
        calm(ended, 2, "CRISIS_CLOCK")
    calm(opened.run("note", "x", CRISIS_CLOCK="@/no/such/file"), 2, "CRISIS_CLOCK")


# The fault of last resort.


def test_without_a_home_it_still_helps(company: Company) -> None:
    company.write("small.yaml", SMALL)
    environment = company.environment()
    for name in ("HOME", "CRISIS_STATE", "CRISIS_USER", "LANG", "TERM"):
        del environment[name]
    done = subprocess.run(
        [str(CRISIS), "preview", "small.yaml"],
        cwd=company.folder,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Wiemy" in done.stdout.decode()
