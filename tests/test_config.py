"""The company's side: found, read, never in the way of a crisis, and never telling a secret."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from crisiscli.config import Binding, Config, Secret, load, pinned, read_recipients, resolve
from crisiscli.config.reading import KEYS
from crisiscli.errors import CrisisError, FilesUnusable, Refused
from crisiscli.providers import PROVIDERS

WHOLE = """\
company: {name: Acme, verify_route: the number on your card, tone: {pl: Ty}}
languages: [pl, en]
timezone: Europe/Warsaw
four_eyes: true
mass_send: 500
me: ann
region: pl
channels:
  email: {provider: smtp, host: mail.acme.example, port: 587, tls: tls, from: pr@acme.example, password: "keyring:smtp"}
  website: {provider: webhook, url: "https://cms.acme.example/banner?key=hidden", secret: "env:HOOK", fallback: ivr}
  ivr: {who: Telco vendor desk, through: "+48 22 000 00 00", takes: {day: 20m, night: 1h}, proof: rang it}
  x: {who: Social desk, through: Hootsuite, open: "https://x.example/", proof: link}
  intranet: {provider: outbox, folder: out}
recipients: {front_line: {sms: staff.csv}}
people: people.yaml
store: sqlite
"""
OPEN_LOGIN = """\
channels: {email: {provider: smtp, host: a.example, from: a@b.example, tls: none, password: "env:P"}}
"""
PEOPLE = """\
ann: {name: Ann Nowak, phone: "+48 600 000 001", email: ann@acme.example, roles: [lead, press], hours: Mon-Fri 8-16}
bob: {name: Bob, roles: security}
"""


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's own configuration is found."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    monkeypatch.delenv("CRISIS_DIR", raising=False)


def write(folder: Path, text: str, **others: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "crisis.yaml").write_text(text, encoding="utf-8")
    for name, content in others.items():
        (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
    return folder


def read(folder: Path, text: str, **others: str) -> Config:
    return load(write(folder, text, **others))


def rules(config: Config) -> list[str]:
    return [problem.rule for problem in config.problems]


def test_the_whole_file(tmp_path: Path) -> None:
    config = read(tmp_path / "co", WHOLE, people_yaml=PEOPLE, staff_csv="phone\n+48600000001\n")
    assert config.problems == ()
    assert (config.company.name, config.company.verify_route) == ("Acme", "the number on your card")
    assert config.company.tone == {"pl": "Ty"}
    assert config.languages == ("pl", "en")
    assert str(config.zone()) == "Europe/Warsaw"
    assert (config.four_eyes, config.mass_send, config.region, config.store) == (True, 500, "PL", "sqlite")
    assert config.me == "Ann Nowak"
    assert config.recipients == {"front_line": {"sms": tmp_path / "co" / "staff.csv"}}
    assert config.phone("Ann Nowak") == config.phone("ann") == "+48 600 000 001"
    assert config.phone("nobody") == ""
    assert [person.id for person in config.holds("security")] == ["bob"]
    assert config.people["ann"].roles == ("lead", "press")
    email, ivr = config.binding("email"), config.binding("ivr")
    assert (email.provider, email.trouble) == ("smtp", "")
    assert email.settings["password"] == "keyring:smtp"
    assert (ivr.provider, ivr.who, ivr.takes) == ("manual", "Telco vendor desk", {"day": "20m", "night": "1h"})
    assert (ivr.through, ivr.proof) == ("+48 22 000 00 00", "rang it")
    assert config.binding("x").open == "https://x.example/"
    assert config.binding("website").fallback == ("ivr",)
    assert config.binding("intranet").settings == {"folder": str(tmp_path / "co" / "out")}
    assert config.binding("push") == Binding("push")


def test_nothing_found_is_a_good_configuration() -> None:
    config = load()
    assert (config.path, config.problems, dict(config.channels)) == (None, (), {})
    assert config.me
    assert config.zone() is not None
    assert config.binding("email").provider == "manual"


def test_where_it_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "user" / "crisis", "company: {name: user}\n")
    assert load().company.name == "user"
    write(tmp_path, "company: {name: above}\n")
    assert load().company.name == "above"
    write(tmp_path / "here", "company: {name: here}\n")
    assert load().company.name == "here"
    monkeypatch.setenv("CRISIS_DIR", str(write(tmp_path / "env", "company: {name: env}\n")))
    assert load().company.name == "env"
    named = write(tmp_path / "named", "company: {name: named}\n")
    assert load(named).company.name == load(named / "crisis.yaml").company.name == "named"


def test_a_named_folder_without_a_file_settles_it(tmp_path: Path) -> None:
    write(tmp_path / "here", "company: {name: here}\n")
    (tmp_path / "empty" / "runbooks").mkdir(parents=True)
    config = load(tmp_path / "empty")
    assert (config.company.name, rules(config)) == ("", ["no-config"])
    assert config.runbooks == (tmp_path / "empty" / "runbooks",)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_strangers_file_in_a_folder_above_is_not_used(tmp_path: Path) -> None:
    path = write(tmp_path, "company: {name: stranger}\n") / "crisis.yaml"
    os.chown(path, 65534, 65534)
    assert load().company.name == ""
    assert load(tmp_path).company.name == "stranger"


def test_finding_nothing_is_cheap(tmp_path: Path) -> None:
    code = (
        "import sys; from crisiscli.config import load; load(); "
        "heavy = {'yaml', 'pydantic', 'httpx', 'jinja2', 'babel', 'phonenumbers', 'smtplib', 'keyring'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("channel", "rule", "words"),
    [
        ("{provider: smpt, host: a}", "unknown-provider", "did you mean `smtp`"),
        ("{provider: smtp, host: mail.acme.example}", "broken-binding", "`from`"),
        ("{provider: smtp, host: mail.acme.example, from: nobody}", "broken-binding", "no address"),
        ("{provider: smtp, host: m.example, from: a@b.example, port: abc}", "wrong-value", "number"),
        (
            "{provider: smtp, host: m.example, from: a@b.example, tls: startls}",
            "wrong-value",
            "did you mean `starttls`",
        ),
        ("{provider: smtp, host: m.example, from: a@b.example, password: hunter2}", "open-secret", "in the open"),
        ("{provider: webhook, url: 'http://cms.acme.example/'}", "broken-binding", "https"),
        ("{provider: webhook, url: 'https://c.example/', secret: whsec_abc}", "open-secret", "in the open"),
        (
            "{provider: webhook, url: 'https://c.example/', headers: {Authorization: Bearer x}}",
            "open-secret",
            "Authorization",
        ),
        (
            "{provider: webhook, url: 'https://c.example/', rejects_before_accepting: maybe}",
            "wrong-value",
            "true or false",
        ),
        ("{provider: outbox}", "broken-binding", "`folder`"),
    ],
)
def test_a_broken_binding_is_carried_by_hand_with_the_reason(
    tmp_path: Path, channel: str, rule: str, words: str
) -> None:
    config = read(tmp_path / "co", f"channels:\n  press: {channel.replace('{', '{who: Press desk, ', 1)}\n")
    found = config.binding("press")
    assert (found.provider, found.who, dict(found.settings)) == ("manual", "Press desk", {})
    assert words in found.trouble
    assert rules(config) == [rule]
    assert config.problems[0].span.line == 2
    assert "hunter2" not in repr(config)
    with pytest.raises(Refused):
        config.resolve(found)


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("chanels: {}\n", "unknown-key", "did you mean `channels`"),
        ("company: {nam: Acme}\n", "unknown-key", "did you mean `name`"),
        ("channels: {emial: {who: x}}\n", "unknown-channel", "did you mean `email`"),
        ("channels: {x: {who: a, fallback: [instagrm]}}\n", "unknown-channel", "instagrm"),
        ("channels: {x: {whom: a}}\n", "unknown-key", "did you mean `who`"),
        ("channels: {email: {provider: smtp, host: a.example, from: a@b.example, tsl: tls}}\n", "unknown-key", "`tls`"),
        ("channels: [email]\n", "wrong-value", "keys and values"),
        ("channels: {x: {takes: soon}}\n", "wrong-value", "duration"),
        ("channels: {x: {open: 'javascript:alert(1)'}}\n", "wrong-value", "https"),
        ("timezone: Mars/Base\n", "wrong-value", "Europe/Warsaw"),
        ("timezone: ../../etc/passwd\n", "wrong-value", "time zone"),
        ("four_eyes: sometimes\n", "wrong-value", "true or false"),
        ("mass_send: many\n", "wrong-value", "forbidden"),
        ("mass_send: -1\n", "wrong-value", "forbidden"),
        ("region: Poland\n", "wrong-value", "two letters"),
        ("people: nobody.yaml\n", "missing-file", "nobody.yaml"),
        ("recipients: {staff: {sms: none.csv}}\n", "missing-file", "none.csv"),
        ("recipients: {staff: none.csv}\n", "wrong-value", "keys and values"),
        ("store: mysql://x\n", "wrong-value", "postgresql"),
        ("store: postgresql://u:hunter2@db.example/c\n", "open-secret", "in the open"),
        ("languages: {must: pl}\n", "wrong-value", "text"),
        (OPEN_LOGIN, "open-login", "open"),
        ("channels: {x: {who: a}, x: {who: b}}\n", "duplicate-key", "twice"),
        ("- a\n", "not-a-mapping", ""),
        ("", "not-a-mapping", "empty"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_problem_and_stops_nothing(tmp_path: Path, text: str, rule: str, words: str) -> None:
    config = read(tmp_path / "co", text)
    assert rules(config) == [rule]
    problem = config.problems[0]
    assert words in problem.what + problem.cure
    assert problem.path == str(tmp_path / "co" / "crisis.yaml")
    assert "hunter2" not in repr(config)
    assert json.dumps(pinned(config))
    assert "hunter2" not in json.dumps(pinned(config))


def test_a_mistake_leaves_the_rest_alone(tmp_path: Path) -> None:
    text = "four_eyes: 3\ncompany: {name: Acme}\nchannels:\n  x: {provider: nope}\n  email: {who: Desk}\n"
    config = read(tmp_path / "co", text)
    assert (config.company.name, config.binding("email").who, config.four_eyes) == ("Acme", "Desk", False)


def test_files_that_cannot_be_read_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "co"
    write(folder, "a: [\n")
    assert load(folder).problems
    (folder / "crisis.yaml").write_bytes(b"\xff\xfe\x00")
    assert load(folder).problems
    write(folder, "people: people.yaml\n", people_yaml="ann: [1]\nbob: {nmae: Bob}\n")
    config = load(folder)
    assert sorted(rules(config)) == ["unknown-key", "wrong-value"]
    assert {problem.path for problem in config.problems} == {str(folder / "people.yaml")}
    assert config.people["bob"].name == "bob"


@effort(max_examples=80, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(categories=["L", "N", "P"]), max_size=8),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*KEYS, "email", "provider", "smtp", "webhook", "headers", "takes", "fallback", "name", "tone"]
            ),
            inner,
            max_size=4,
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_no_shape_of_file_raises(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    folder = tmp_path_factory.mktemp("any")
    config = read(folder, json.dumps(value))
    json.dumps(pinned(config))
    for name in config.channels:
        assert config.binding(name).provider in PROVIDERS


def test_what_is_pinned_has_no_secret_and_no_person(tmp_path: Path) -> None:
    text = WHOLE + "  # end\n"
    config = read(tmp_path / "co", text, people_yaml=PEOPLE, staff_csv="phone\n")
    kept = pinned(config)
    whole = json.dumps(kept)
    assert not any(word in whole for word in ("hidden", "Bob", "600 000", "ann@"))
    assert kept["channels"]["website"]["target"] == "https://cms.acme.example/banner"
    assert kept["channels"]["website"]["settings"] == {"secret": "env:HOOK"}
    assert kept["channels"]["email"]["target"] == "smtps://mail.acme.example:587"
    assert kept["channels"]["ivr"]["takes"] == {"day": "20m", "night": "1h"}
    assert (kept["four_eyes"], kept["mass_send"], kept["company"]["name"]) == (True, 500, "Acme")


def smtp(password: str) -> Binding:
    return Binding("email", "smtp", settings={"host": "m.example", "from": "a@b.example", "password": password})


def test_secrets_are_read_when_they_are_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "s3cret")
    found = resolve(smtp("env:MAIL_PASSWORD"))
    assert found["password"] == Secret("s3cret")
    assert "s3cret" not in repr(found)
    assert PROVIDERS["smtp"](found).name == "smtp"
    path = tmp_path / "password"
    path.write_text("from file \n")
    path.chmod(0o600)
    assert resolve(smtp(f"file:{path}"))["password"].reveal() == "from file "


def test_secrets_in_headers_and_urls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOOK_URL", "https://c.example/hidden")
    monkeypatch.setenv("HOOK_TOKEN", "hidden")
    headers = '{Authorization: "env:HOOK_TOKEN", X-A: b}'
    text = 'channels: {website: {provider: webhook, url: "env:HOOK_URL", headers: %s}}\n' % headers  # noqa: UP031
    config = read(tmp_path / "co", text)
    assert config.problems == ()
    found = config.resolve(config.binding("website"))
    assert found["url"] == Secret("https://c.example/hidden")
    assert found["headers"] == {"Authorization": Secret("hidden"), "X-A": "b"}
    assert "hidden" not in json.dumps(pinned(config))
    assert PROVIDERS["webhook"](found).name == "webhook"
    assert PROVIDERS["webhook"].where(found) == "https://c.example/..."


def test_a_secret_file_is_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    text = "channels: {email: {provider: smtp, host: m.example, from: a@b.example, password: 'file:pass'}}\n"
    config = read(tmp_path / "co", text, **{"pass": "s3cret\n"})
    (tmp_path / "co" / "pass").chmod(0o600)
    assert config.resolve(config.binding("email"))["password"].reveal() == "s3cret"


def test_secrets_that_are_not_there_name_the_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOT_SET", raising=False)
    monkeypatch.setenv("EMPTY", "")
    readable, empty, fifo = tmp_path / "readable", tmp_path / "empty", tmp_path / "fifo"
    readable.write_text("s3cret")
    readable.chmod(0o640)
    empty.write_text("\n")
    empty.chmod(0o600)
    os.mkfifo(fifo, 0o600)
    cases: list[tuple[str, type[CrisisError], str]] = [
        ("env:NOT_SET", Refused, "export NOT_SET"),
        ("env:EMPTY", Refused, "secret"),
        (f"file:{readable}", FilesUnusable, "chmod 600"),
        (f"file:{tmp_path}/none", FilesUnusable, "path"),
        (f"file:{empty}", Refused, "secret"),
        (f"file:{fifo}", FilesUnusable, "file"),
        (f"file:{tmp_path}", FilesUnusable, "path"),
        ("keyring:acme/smtp", Refused, "env:"),
    ]
    for reference, kind, cure in cases:
        with pytest.raises(kind) as caught:
            resolve(smtp(reference))
        assert cure in caught.value.then, reference
        assert caught.value.where == "channels.email.password"
        assert "s3cret" not in "\n".join(caught.value.lines())


def csv(tmp_path: Path, text: str | bytes, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def test_every_line_is_accounted_for(tmp_path: Path) -> None:
    text = (
        "\ufeffE-mail,Name,lang,branch\r\n"
        "ann@acme.example,Ann,pl,1\r\n"
        "ANN@acme.example,Ann again,pl,1\r\n"
        "\r\n"
        'bob@acme.example,"Bob, the builder",en,2\r\n'
        "not an address,x,pl,3\r\n"
        'eve@acme.example,"Eve,pl,4\r\n'
        "dan@acme.example,Dan,,5\r\n"
        "too,few\r\n"
        "ann+tag@acme.example,Ann,polish,6\r\n"
        ",nobody,pl,7\r\n"
        'zoe@acme.example,"Zoe"x,pl,8\r\n'
        "tom@acme.example,T\x07m,pl,9"
    )
    path = csv(tmp_path, text)
    found = read_recipients(path, "email")
    assert (found.count, found.lines) == (3, 11)
    assert found.count + len(found.refused) + len(found.duplicates) == found.lines
    assert found.duplicates == (3,)
    assert [line for line, _ in found.refused] == [6, 7, 9, 10, 11, 12, 13]
    assert found.ignored == ("branch",)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    rows = list(found.rows())
    assert [(row.address, row.name, row.lang) for row in rows] == [
        ("ann@acme.example", "Ann", "pl"),
        ("bob@acme.example", "Bob, the builder", "en"),
        ("dan@acme.example", "Dan", ""),
    ]


def test_an_unclosed_quote_swallows_nobody(tmp_path: Path) -> None:
    found = read_recipients(csv(tmp_path, 'email,name\na@x.example,"A\nb@x.example,B\nc@x.example,"C"\n'), "email")
    assert [row.address for row in found.rows()] == ["b@x.example", "c@x.example"]
    assert found.refused == ((2, "a quote is not closed"),)


def test_languages(tmp_path: Path) -> None:
    found = read_recipients(csv(tmp_path, "email,lang\na@x.example,pl\nb@x.example,en\nc@x.example,\n"), "email")
    for language, first, wanted in [
        ("pl", True, "ac"),
        ("pl", False, "a"),
        ("en", False, "b"),
        ("en", True, "bc"),
        ("", True, "abc"),
    ]:
        rows = [row.address[0] for row in found.rows(language, first=first)]
        assert "".join(rows) == wanted
        assert found.count_for(language, first=first) == len(rows)
    assert found.languages == {"pl": 1, "en": 1, "": 1}


def test_phone_numbers(tmp_path: Path) -> None:
    text = "number;name\n+48 600 000 001;A\n600-000-001;again\n0048600000002;B\n12;short\n+999123;nowhere\n"
    text += "4,86E+10;Excel\n+48600000003 ext 5;ext\n"
    path = csv(tmp_path, text)
    found = read_recipients(path, "phone", region="PL")
    assert [row.address for row in found.rows()] == ["+48600000001", "+48600000002"]
    assert found.duplicates == (3,)
    assert [line for line, _ in found.refused] == [5, 6, 7, 8]
    abroad = read_recipients(path, "phone")
    assert [row.address for row in abroad.rows()] == ["+48600000001"]
    assert "region" in dict(abroad.refused)[3]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "column"),
        ("name,lang\nAnn,pl\n", "column"),
        ("emial,name\n", "did you mean `email`"),
        ("email,email\n", "twice"),
        ("email,e-mail\n", "column"),
        ("email,name,Name\n", "twice"),
        ('email,"name\na@b.example,x\n', "column"),
        ("email,name\n".encode("utf-16"), "column"),
        (b"\x00\x01\x02", "column"),
    ],
)
def test_headers_that_do_not_fit(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(FilesUnusable, match=words):
        read_recipients(csv(tmp_path, content), "email")


def test_lists_that_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / "fifo"):
        with pytest.raises(FilesUnusable):
            read_recipients(path, "email")


def test_lines_that_are_not_text_or_too_long(tmp_path: Path) -> None:
    content = b"email\n\xff\xfe@x.example\n" + b"x" * 200_000 + b"@x.example\nok@x.example\n"
    found = read_recipients(csv(tmp_path, content), "email")
    assert [row.address for row in found.rows()] == ["ok@x.example"]
    assert found.refused == ((2, "it is not UTF-8"), (3, "the line is too long"))
    assert found.sha256 == hashlib.sha256(content).hexdigest()


def test_a_list_that_changes_under_way_stops(tmp_path: Path) -> None:
    people = "".join(f"p{number}@x.example\n" for number in range(5000))
    path = csv(tmp_path, "email\n" + people)
    found = read_recipients(path, "email")
    path.write_text("email\n" + people.replace("p1@", "q1@"))
    with pytest.raises(FilesUnusable, match="changed"):
        next(found.rows())
    path.write_text("email\n" + people)
    rows = found.rows()
    next(rows)
    with path.open("a") as file:
        file.write("late@x.example\n")
    with pytest.raises(FilesUnusable, match="changed"):
        list(rows)
    path.unlink()
    with pytest.raises(FilesUnusable):
        list(found.rows())


def test_the_memory_does_not_grow_with_the_list(tmp_path: Path) -> None:
    path = csv(tmp_path, "email,name\n" + "".join(f"p{n}@x.example,{'n' * 600}\n" for n in range(5_000)))
    tracemalloc.start()
    try:
        found = read_recipients(path, "email")
        assert sum(1 for _ in found.rows()) == 5_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 3_000_000
    assert peak < 1_500_000


@effort(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a@x.example", "A@x.example", "b@x.example,", '"c@x.example"', '"d@x.example', "", ",", "e,f,g", "x", '"']
        )
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=12),
        max_size=20,
    )
)
def test_no_line_is_ever_lost(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = csv(tmp_path_factory.mktemp("csv"), "email\n" + "\n".join(lines))
    found = read_recipients(path, "email")
    assert found.lines == sum(1 for line in lines if line.encode().strip())
    assert found.count + len(found.refused) + len(found.duplicates) == found.lines
    rows = [row.address.casefold() for row in found.rows()]
    assert len(rows) == len(set(rows)) == found.count


def test_nobody_is_forgotten_for_their_language(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("email,lang\na@x.example,pl\nb@x.example,en\nc@x.example,\nd@x.example,uk\n", encoding="utf-8")
    people = read_recipients(path, "email")
    served = ("pl", "en")
    polish = [row.address for row in people.rows("pl", first=True, served=served)]
    english = [row.address for row in people.rows("en", first=False, served=served)]
    assert polish == ["a@x.example", "c@x.example", "d@x.example"]
    assert english == ["b@x.example"]
    assert people.count_for("pl", first=True, served=served) == 3
    assert people.count_for("en", first=False, served=served) == 1
