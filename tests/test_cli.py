"""The contract of the command line: exit codes, what goes to which stream, JSON, and nobody at the keyboard."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from journeys import CODE, CRISIS, ME, SMALL, Company, Ended
from servers import Server

LATE = "2026-11-22T03:05:00+01:00"


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    company = Company(tmp_path_factory.mktemp("opened"))
    company.open_small()
    return company.folder


@pytest.fixture
def opened(opened_once: Path, tmp_path: Path) -> Company:
    """A company with one open incident of the small runbook, everything by hand; `holding` waits for its yes."""
    shutil.copytree(opened_once, tmp_path / "company")
    return Company.found(tmp_path / "company")


@pytest.fixture
def fresh(company: Company) -> Company:
    """A company with the small runbook and no incident."""
    company.write("small.yaml", SMALL)
    return company


def one_refusal(ended: Ended, code: int, *said: str) -> None:
    """A refused command: its exit code, nothing on stdout, its words and the next command on stderr."""
    assert ended.code == code, ended.all
    assert ended.out == "", ended.out
    for part in said:
        assert part in ended.err, ended.err
    assert "Next: " in ended.err


def open_codes(company: Company) -> list[str]:
    return re.findall(r"crisis resume ([a-z-]+)", company.run().out)


# Home, help and words it does not know.


def test_bare_crisis_starts_nothing(fresh: Company) -> None:
    ended = fresh.run()
    assert ended.code == 0
    assert "No incident is open." in ended.out
    assert "crisis start" in ended.out
    assert "erroneous-mass-message" in ended.out
    assert ended.err == ""
    assert not (fresh.state / "live.db").exists()


def test_bare_crisis_names_the_open_incident_and_one_command(opened: Company) -> None:
    ended = opened.run()
    assert ended.code == 0
    assert f"crisis resume {CODE}" in ended.out
    assert "LIVE amber-heron | T+" in ended.out


@pytest.mark.parametrize("command", ["start", "send", "lint"])
def test_help_shows_examples_and_no_markup(fresh: Company, command: str) -> None:
    ended = fresh.run(command, "--help")
    assert ended.code == 0
    assert f"crisis {command}" in ended.out
    assert "--no-input" in ended.out
    assert "\x1b" not in ended.out


def test_usage_mistakes_are_two(fresh: Company) -> None:
    for typed in ("stauts", "status --nope", "send", "said hello", "approve x --how magic"):
        ended = fresh.run(*typed.split())
        assert ended.code == 2, (typed, ended.all)
        assert ended.out == ""
    assert "status" in fresh.run("stauts").err


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("resume",),
        ("report",),
        ("verify",),
        ("end",),
        ("note", "x"),
        ("fact",),
        ("send", "holding"),
        ("approve", "holding"),
        ("said", "x", "--channel", "x"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_without_an_incident_it_is_four(fresh: Company, arguments: tuple[str, ...]) -> None:
    one_refusal(fresh.run(*arguments), 4, "incident", "crisis start")


def test_an_unknown_incident_message_or_fact_is_four(opened: Company) -> None:
    for arguments, said in (
        (("status", "ruby-otter"), f"Known: {CODE}"),
        (("resume", "ruby-otter"), f"Known: {CODE}"),
        (("note", "x", "--incident", "ruby-otter"), f"Known: {CODE}"),
        (("send", "holdin"), "holding"),
        (("approve", "holdin", "--by", ME), "holding"),
        (("fact", "causes=x"), "cause"),
        (("send", "holding/website/pl", "--sent", "x"), "Nothing at holding/website/pl waits"),
    ):
        one_refusal(opened.run(*arguments), 4, said)


# Start.


def test_an_unknown_runbook_is_four_with_the_nearest_name(fresh: Company) -> None:
    one_refusal(
        fresh.run("start", "erroneus-mass-mesage"),
        4,
        "Did you mean erroneous-mass-message?",
        "crisis start erroneous-mass-message",
    )


def test_nobody_there_to_pick_a_runbook_is_two(fresh: Company) -> None:
    ended = fresh.run("start")
    assert ended.code == 2
    assert "erroneous-mass-message" in ended.err
    assert ended.out.strip() == ""


def test_a_nonsense_time_opens_nothing(fresh: Company) -> None:
    for at in ("nonsense", "25:99", "12 parsecs ago", "2099-01-01T00:00Z"):
        one_refusal(fresh.run("start", "small.yaml", f"--at={at}"), 2, "--at", "12 min ago")
    assert fresh.run("status").code == 4


def test_a_wrong_fact_opens_nothing(fresh: Company) -> None:
    for pair, code in (("nope=1", 4), ("no-sign", 2), ("next_update=never", 2), ("=x", 2)):
        one_refusal(fresh.run("start", "small.yaml", f"--fact={pair}"), code)
    assert fresh.run("status").code == 4


def test_a_code_name_must_be_sayable(fresh: Company) -> None:
    for name in ("Bad Name", "zażółć", "../up", "a\x1b[31m"):
        one_refusal(fresh.run("start", "small.yaml", f"--code-name={name}"), 2, "amber-heron")
    assert fresh.run("status").code == 4


def test_a_taken_code_name_is_six(opened: Company) -> None:
    one_refusal(opened.run("start", "small.yaml", "--code-name", CODE, "--no-input"), 6, CODE, "taken")
    assert open_codes(opened) == [CODE]


def test_two_open_incidents_must_be_named(opened: Company) -> None:
    second = opened.run("start", "small.yaml", "--code-name", "ruby-otter", "--no-input")
    assert second.code == 2
    assert f"Also open: {CODE}" in second.err
    for arguments in (("note", "x"), ("resume",), ("send", "holding"), ("fact", "cause=x"), ("end",)):
        ended = opened.run(*arguments)
        one_refusal(ended, 2, "ruby-otter", CODE)
    assert opened.run("note", "x", "--incident", "ruby-otter").out == "Noted in ruby-otter.\n"
    assert sorted(open_codes(opened)) == [CODE, "ruby-otter"]
    assert opened.status()["code"] == CODE


def test_a_code_name_of_its_own_is_sayable(fresh: Company) -> None:
    assert fresh.run("start", "small.yaml", "--no-input").code == 2
    assert re.fullmatch(r"[a-z]+-[a-z]+", open_codes(fresh)[0])


def test_who_leads_and_since_when_may_be_given(fresh: Company) -> None:
    fresh.env["CRISIS_CLOCK"] = LATE
    given = ("--lead", "Jan Kos", "--at", "12 min ago", "--code-name", CODE)
    fresh.run("start", "small.yaml", *given, "--no-input")
    status = fresh.run("status", "--json").data
    assert status["lead"] == "Jan Kos"
    assert status["t0"] == "2026-11-22T01:53:00.000Z"
    assert status["elapsed"].startswith("T+12:0")


# Data.


def test_json_is_one_document_with_a_version(opened: Company) -> None:
    for arguments, keys in (
        (("status", "--json"), {"code", "step", "steps", "said", "up", "unknown", "facts", "targets", "next"}),
        (("fact", "--json"), {"facts"}),
        (("fact", "cause=inna", "--json"), {"facts"}),
        (("preview", "small.yaml", "--json"), {"runbook", "texts"}),
        (("verify", "--json"), {"code", "events", "head", "problems"}),
        (("lint", "small.yaml", "--profile", "draft", "--format", "json"), {"problems"}),
    ):
        ended = opened.run(*arguments)
        assert ended.code == 0, (arguments, ended.all)
        assert ended.data["schema_version"] == 1
        assert keys <= set(ended.data), arguments
        assert ended.err == "", arguments


def test_approve_and_send_speak_json(opened: Company) -> None:
    outbox = {"provider": "outbox", "folder": "outbox"}
    opened.configure({"website": outbox, "in_app": outbox})
    shutil.rmtree(opened.state)
    opened.open_small()
    approved = opened.run("approve", "holding", "--by", ME, "--tag", opened.tag(), "--json")
    assert approved.code == 0, approved.all
    assert approved.data["tag"] == opened.tag()
    places = [f"holding/{channel}/pl" for channel in ("website", "in_app", "email")]
    assert [one["place"] for one in approved.data["approved"]] == places
    assert all(one["ready"] and re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in approved.data["approved"])

    sent = opened.run("send", "holding", "--confirm", CODE, "--json")
    assert sent.code == 0, sent.all
    assert [(one["place"], one["sent"]) for one in sent.data["results"]] == [(place, 1) for place in places[:2]]
    assert [one["place"] for one in sent.data["handed"]] == ["holding/email/pl"]
    assert "Napiszemy o" in "\n".join(sent.data["handed"][0]["packet"])

    again = opened.run("send", "holding", "--confirm", CODE, "--channel", "website", "--json")
    one_refusal(again, 6, "out already, word for word", "Nothing went out twice.")

    settled = opened.run("send", "holding/email/pl", "--sent", "3 minutes ago, Ewa saw it")
    assert settled.code == 0
    said = {word["channel"]: word for word in opened.status()["said"]}
    assert said["email"]["how"] == "confirmed"
    assert said["website"]["how"] == "sensed"
    assert hash_of(approved, "holding/website/pl") == said["website"]["sha256"]


def hash_of(approved: Ended, place: str) -> str:
    return str(next(one["sha256"] for one in approved.data["approved"] if one["place"] == place))


def test_stdout_is_data_and_stderr_is_talk(fresh: Company) -> None:
    started = fresh.run("start", "small.yaml", "--code-name", CODE, "--no-input")
    assert started.out.startswith("steps:\n  stop-sends:")
    assert "amber-heron is open" in started.err
    report = fresh.run("report", "-o", "-")
    assert report.out.startswith("# LIVE: A small crisis (amber-heron)\n")
    assert report.err == ""
    schema = fresh.run("schema")
    assert schema.data["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_status_check_is_eight_when_something_is_late(fresh: Company) -> None:
    fresh.env["CRISIS_CLOCK"] = LATE
    fresh.run("start", "small.yaml", "--at", "30 min ago", "--code-name", CODE, "--no-input")
    late = fresh.run("status", "--check")
    assert late.code == 8
    assert "OVERDUE" in late.out
    assert fresh.run("status", "--check", "--json").data["overdue"] != []
    assert fresh.run("status").code == 0
    ended = fresh.run("end", "--early", "--reason", "drill of the tests")
    assert ended.code == 0, ended.all
    assert fresh.run("status", "--check").code == 0


def test_status_check_is_zero_while_nothing_is_late(opened: Company) -> None:
    assert opened.run("status", "--check", CRISIS_CLOCK=opened.status()["t0"]).code == 0


def test_a_promise_that_passed_is_late(opened: Company) -> None:
    assert opened.run("said", "Więcej o 03:30", "--channel", "x", "--promise", "in 10 min").code == 0
    due = datetime.fromisoformat(opened.status()["promise"]["due"])
    ended = opened.run("status", "--check", CRISIS_CLOCK=(due + timedelta(minutes=1)).isoformat())
    assert ended.code == 8
    assert "BROKEN" in ended.out


def test_lint_exits_by_its_findings(fresh: Company) -> None:
    fresh.write("wrong.yaml", SMALL.replace("      - cause\n", "      - causes\n"))
    fresh.write("broken.yaml", "a: [1, 2\nb: }")
    assert fresh.run("lint", "small.yaml", "--profile", "draft").code == 0
    wrong = fresh.run("lint", "wrong.yaml")
    assert wrong.code == 1
    assert "wrong.yaml:" in wrong.out
    assert "causes" in wrong.out
    assert fresh.run("lint", "broken.yaml").code == 3
    assert fresh.run("lint", "none.yaml").code == 3
    assert fresh.run("lint", "--nope").code == 2


def tamper(company: Company, change: str) -> None:
    """Changes the record the way only somebody with the file in hands can: its own rules removed first."""
    with sqlite3.connect(company.state / "live.db") as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        assert db.execute(f"UPDATE event SET {change}").rowcount == 1


@pytest.mark.parametrize(
    "change",
    [
        "data = replace(data, 'pomyłka', 'awaria') WHERE seq = 2",
        "at = '2026-01-01T00:00:00.000Z' WHERE seq = 3",
        "data = 'not json' WHERE seq = 2",
    ],
    ids=["value", "time", "no JSON"],
)
def test_verify_is_one_when_the_record_was_changed(opened: Company, change: str) -> None:
    assert opened.run("verify").code == 0
    tamper(opened, change)
    changed = opened.run("verify", "--json")
    assert changed.code == 1, changed.all
    assert changed.data["problems"] != []


def test_a_fault_of_the_program_is_seventy_and_says_where_its_log_is(opened: Company) -> None:
    tamper(opened, "data = '[]' WHERE seq = 2")
    ended = opened.run("status")
    assert ended.code in (3, 70), ended.all
    assert "Next: " in ended.err
    if ended.code == 70:
        (log,) = re.findall(r"The details are in (\S+?crisis\.log)", ended.err)
        assert "Traceback" in Path(log).read_text(encoding="utf-8")


# Nobody at the keyboard never says yes.


def unsaid(company: Company) -> None:
    status = company.status()
    assert status["said"] == status["handed"] == status["sending"] == status["unknown"] == []


def test_a_pipe_full_of_yes_approves_and_sends_nothing(opened: Company) -> None:
    for arguments in (("send", "holding"), ("approve", "holding"), ("resume",), ("resume", "--plain"), ("end",)):
        ended = opened.run(*arguments, stdin="y\nyes\ns\na\ng\nd\n" * 200)
        assert ended.code in (2, 6), (arguments, ended.all)
    report = opened.run("report", "-o", "-").out
    assert "**Approved**" not in report
    unsaid(opened)
    opened.approve()
    for typed in ("send holding", "send holding --plain", "resume"):
        ended = opened.run(*typed.split(), stdin=f"g\n{CODE}\n" * 200)
        assert ended.code == 2, (typed, ended.all)
    unsaid(opened)


def test_closed_streams_are_no_person(opened: Company) -> None:
    opened.approve()
    for redirection in ("<&-", "<&- >&-", "<&- >&- 2>&-", ">&-"):
        done = subprocess.run(
            ["sh", "-c", f'exec "$0" send holding {redirection}', str(CRISIS)],
            cwd=opened.folder,
            env=opened.environment(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 2, (redirection, done.stderr)
        assert b"Traceback" not in done.stderr
    unsaid(opened)


def test_without_the_code_name_it_is_two_and_with_another_word_six(opened: Company) -> None:
    opened.approve()
    bare = opened.run("send", "holding")
    assert bare.code == 2
    assert f"crisis send holding --confirm {CODE}" in bare.err
    for word in ("yes", "AMBER-HERON", "amber heron", ""):
        one_refusal(opened.run("send", "holding", f"--confirm={word}"), 6, CODE)
    unsaid(opened)


def test_unapproved_words_do_not_go_with_any_flag(opened: Company) -> None:
    one_refusal(opened.run("send", "holding", "--confirm", CODE), 6, "needs a yes from lead", "crisis approve holding")
    unsaid(opened)


def test_a_tag_of_other_words_is_refused(opened: Company) -> None:
    arguments = ("approve", "holding", "--by", "Grażyna Dudek", "--role", "lead", "--how", "phone")
    right = opened.tag()
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    one_refusal(opened.run(*arguments, "--tag", wrong), 6, "not recorded", right)
    assert "**Approved**" not in opened.run("report", "-o", "-").out


def test_a_yes_without_a_tag_covers_nothing_that_was_not_shown(opened: Company) -> None:
    for how in ("self", "phone", "room", "reply"):
        ended = opened.run("approve", "holding", "--by", ME, "--how", how)
        assert ended.code in (2, 6), ended.all
        assert opened.tag() in ended.all
    assert "**Approved**" not in opened.run("report", "-o", "-").out


def test_somebody_without_the_role_cannot_say_yes(opened: Company) -> None:
    one_refusal(opened.run("approve", "holding", "--by", "Jan Obcy", "--tag", opened.tag()), 6, "Jan Obcy")


def test_an_edited_runbook_does_not_change_an_open_incident(opened: Company) -> None:
    before = opened.run("approve", "holding").out
    opened.write("small.yaml", SMALL.replace("Wiemy o dziwnej", "Nic nie wiemy o"))
    assert opened.run("approve", "holding").out == before


# End.


def test_end_wants_a_name_for_everything_that_stays_up(opened: Company) -> None:
    assert opened.run("said", "Wiemy", "--channel", "website", "--standing").code == 0
    decided = "--decide=same-channel=hold:nobody was reached there"
    refused = opened.run("end", "--reason", "over", decided)
    assert refused.code == 2
    assert "website" in refused.err
    assert opened.status()["ended"] is None
    assert opened.run("end", "--reason", "over", decided, "--owner", "website=Ewa Kos").code == 0
    assert opened.status()["ended"]["reason"] == "over"
    one_refusal(opened.run("note", "late"), 4, "No incident is open")
    assert "stays up; Ewa Kos takes it down" in opened.run("report", "-o", "-").out


# Encodings and colour.


@pytest.mark.parametrize("encoding", ["ascii", "cp1252:strict"])
def test_no_encoding_can_break_it(opened: Company, encoding: str) -> None:
    for arguments, code in (
        (("approve", "holding"), 2),
        (("fact", "cause=zażółć gęślą jaźń \U0001f426"), 0),
        (("report", "-o", "-"), 0),
        (("resume", "--no-input"), 2),
        (("status", "--json"), 0),
    ):
        ended = opened.run(*arguments, PYTHONIOENCODING=encoding)
        assert ended.code == code, (arguments, ended.all)
    facts = opened.run("fact", "--json").data["facts"]
    assert facts["cause"]["versions"][-1]["value"] == "zażółć gęślą jaźń \U0001f426"


def test_colour_only_where_it_is_wanted(opened: Company) -> None:
    opened.env["CRISIS_CLOCK"] = f"@{opened.write('clock', '2099-01-01T00:00:00Z')}"
    assert "\x1b" not in opened.run("status").out
    assert "\x1b[" in opened.run("status", "--color", "always").out
    assert "\x1b" not in opened.run("status", NO_COLOR="1").out
    assert "\x1b" not in opened.run("status", "--color", "always", "--plain").out
    with opened.sit("status") as coloured:
        assert coloured.ends() == 0
    with opened.sit("status", NO_COLOR="1") as grey:
        assert grey.ends() == 0
    assert re.search(rb"\x1b\[[0-9;]*3[0-7]m", coloured.raw)
    assert not re.search(rb"\x1b\[[0-9;]*3[0-7]m", grey.raw)
    assert grey.text == coloured.text


def test_a_reader_that_leaves_early_is_no_fault(opened: Company) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" preview erroneous-mass-message | head -1', str(CRISIS)],
        cwd=opened.folder,
        env=opened.environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""


def test_the_folder_may_be_named(opened: Company, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [str(CRISIS), "start", "own", "--no-input", "--code-name", "ruby-otter", "--dir", str(opened.folder)],
        cwd=elsewhere,
        env=opened.environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    opened.write("runbooks/own.yaml", SMALL.replace("id: small", "id: own"))
    done = subprocess.run(
        [str(CRISIS), "start", "own", "--no-input", "--code-name", "ruby-otter"],
        cwd=elsewhere,
        env=opened.environment(CRISIS_DIR=str(opened.folder)),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert b"ruby-otter is open" in done.stderr
    assert list(elsewhere.iterdir()) == []


def test_settings_are_pinned_until_somebody_takes_the_new_ones(company: Company) -> None:
    company.open_small()
    company.approve()
    company.configure({"website": {"provider": "outbox", "folder": "outbox"}})
    assert company.run("send", "holding", "--channel", "website", "--confirm", CODE).code == 0
    assert not (company.folder / "outbox").exists()
    company.run("send", "holding/website", "--declined", "the desk is closed")
    assert company.run("resume", "--settings", "--no-input").code in (1, 2)
    company.approve()
    sent = company.run("send", "holding", "--channel", "website", "--confirm", CODE)
    assert sent.code == 0, sent.all
    assert list((company.folder / "outbox" / CODE).glob("*.txt"))


def test_only_the_lead_may_write_down_somebody_elses_yes_for_her_role(company: Company) -> None:
    company.open_small()
    tag = company.tag()
    said = ("approve", "holding", "--by", "Jan Obcy", "--role", "lead", "--how", "phone", "--tag", tag)
    refused = company.run(*said, CRISIS_USER="Ola Druga")
    assert refused.code == 6
    assert "lead is held by Ann Nowak" in refused.err
    assert company.run(*said).code == 0
    assert company.status()["lead"] == "Ann Nowak"


def test_what_failed_goes_again_only_after_a_new_yes(company: Company, web: Server) -> None:
    company.configure({"website": {"provider": "webhook", "url": "http://127.0.0.1:9/", "secret": "env:HOOK"}})
    company.open_small()
    company.approve("holding", "--channel=website")
    send = ("send", "holding", "--channel", "website", "--confirm", CODE)
    failed = company.run(*send)
    assert failed.code == 5
    assert "It was not accepted." in failed.out
    url = f"http://127.0.0.1:{web.port}/ok"
    company.configure({"website": {"provider": "webhook", "url": url, "secret": "env:HOOK"}})
    company.run("resume", "--settings", "--no-input")
    again = company.run(*send)
    assert again.code == 5
    assert "only after a new yes" in again.out
    assert web.heard("request") == []
    company.approve("holding", "--channel=website")
    sent = company.run(*send)
    assert sent.code == 0, sent.all
    assert len(web.heard("request")) == 1
