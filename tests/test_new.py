"""`crisis new`: a folder that works at once, and nothing of anybody's that it touches."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from crisiscli.authoring.blank import languages as blank_languages
from crisiscli.authoring.choosing import scenarios, server, slug
from crisiscli.authoring.quoting import quoted
from crisiscli.cli import build
from crisiscli.config.reading import KEYS, read
from crisiscli.loader import load
from crisiscli.source import read as read_yaml
from journeys import CRISIS, Company

NAUGHTY = (
    "Acme: the bank", "Acme # 1", '"Acme"', "Acme's", "- Acme", "{Acme}", "[Acme]", "@acme", "%acme", "yes", "No",
    "null", "12:30", "0x1F", "1e3", "~", "!acme", "&acme", "*acme", "|", ">", "Zażółć gęślą", "Ștefan & Fiii S.R.L.",
    "Acme\\n", "<<company>>", "{{ name }}", "a: b # c", "  Acme  ", "Acme, Inc.", "?", "=", "é", "株式会社",
)  # fmt: skip


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `crisis` in an empty folder, in this process, with nobody at the keyboard."""
    monkeypatch.chdir(tmp_path)
    for name in ("CRISIS_DIR", "CRISIS_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))

    def run(*arguments: str, code: int = 0) -> Result:
        done = CliRunner().invoke(build(arguments[:1]), [*arguments, "--no-input"], prog_name="crisis")
        got = getattr(done.exception, "exit_code", done.exit_code)
        assert got == code, f"{done.output}\n{done.exception!r}"
        return done

    return run


def no(done: Result) -> str:
    """What a refused command says."""
    return "\n".join(done.exception.lines())  # type: ignore[union-attr]  # it is a CrisisError: `run` looked at its code


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


EVERYTHING = {
    "crisis.yaml",
    "runbooks/erroneous-mass-message.yaml",
    "people.yaml",
    "people.example.yaml",
    "README.md",
    ".gitignore",
    "phrases/pl.yaml",
    "phrases/en.yaml",
    "schemas/runbook.schema.json",
    "schemas/crisis.schema.json",
    "schemas/people.schema.json",
    ".vscode/settings.json",
    ".vscode/extensions.json",
    ".idea/jsonSchemas.xml",
    ".pre-commit-config.yaml",
    ".github/workflows/crisis.yml",
}


# A folder.


def test_a_folder_holds_everything_and_ends_with_three_commands(run: Run, tmp_path: Path) -> None:
    done = run("new", "acme")
    assert set(files(tmp_path / "acme")) == EVERYTHING
    assert [line for line in done.output.splitlines() if line.startswith("In ")] == ["In acme:"]
    assert max(map(len, done.output.splitlines())) <= 80
    assert done.output.splitlines()[-4:] == [
        "Next:",
        "  cd acme",
        "  crisis preview erroneous-mass-message",
        "  crisis drill erroneous-mass-message",
    ]


@pytest.mark.parametrize("name", scenarios())
def test_the_copy_of_a_scenario_is_clean_and_can_be_previewed(run: Run, name: str, monkeypatch: Any) -> None:
    run("new", "acme", "--from", name, "--name", "Ola")
    monkeypatch.chdir("acme")
    lint = run("lint", "--strict", "runbooks")
    assert "1 file: " in lint.output
    run("lint", "--strict", ".")
    assert run("preview", name).output
    Path("people.yaml").unlink()
    run("lint", "--strict", "runbooks")


@pytest.mark.parametrize("name", scenarios())
def test_the_copy_in_one_language_is_clean_too(run: Run, name: str, monkeypatch: Any) -> None:
    """Texts in other languages are gone, and with them the facts that only they used."""
    run("new", "acme", "--from", name, "--languages", "en", "--name", "Ola")
    monkeypatch.chdir("acme")
    runbook = load(Path(f"runbooks/{name}.yaml")).runbook
    assert runbook is not None
    assert (runbook.languages.must, runbook.languages.follow) == (("en",), {})
    spoken = {code for message in runbook.messages.values() for text in message.text.values() for code in text}
    assert spoken == {"en"}
    run("lint", "--strict", "runbooks")


def test_a_copy_is_signed_by_nobody_else(run: Run, tmp_path: Path) -> None:
    run(
        "new",
        ".",
        "--from",
        "full-outage",
        "--id",
        "app-down",
        "--title",
        "Aplikacja: nie działa # znowu",
        "--name",
        "Ola",
    )
    path = tmp_path / "runbooks" / "app-down.yaml"
    loaded = load(path)
    runbook = loaded.runbook
    assert runbook is not None
    assert loaded.problems == []
    assert (runbook.id, runbook.version) == ("app-down", 1)
    assert runbook.title == "Aplikacja: nie działa # znowu"
    assert runbook.reviewed is not None
    assert runbook.reviewed.by == "Ola"
    assert runbook.rehearsed is None
    assert "Nobody has read this copy for your company yet" in path.read_text()
    shipped = load(scenarios()["full-outage"]).runbook
    assert shipped is not None
    assert runbook.messages == shipped.messages
    assert runbook.phases == shipped.phases


def test_a_copy_keeps_every_other_line(run: Run, tmp_path: Path) -> None:
    """Comments, quotes and order are the shipped ones: the PR team reads them."""
    run("new", ".", "--from", "erroneous-mass-message")
    mine = (tmp_path / "runbooks/erroneous-mass-message.yaml").read_text().splitlines()
    theirs = scenarios()["erroneous-mass-message"].read_text().splitlines()
    gone = [line for line in theirs if line not in mine]
    assert [re.sub(r"\d+", "N", line) for line in gone] == ["version: N", "  by: the crisis maintainers"]


def test_a_switch_to_itself_is_renamed(tmp_path: Path) -> None:
    from crisiscli.authoring.copying import Copy

    path = tmp_path / "a.yaml"
    text = scenarios()["not-sure-yet"].read_text().replace("          full-outage: ", "          not-sure-yet: ")
    path.write_text(text)
    copy = Copy(path)
    for place in copy.places("phases", "*", "steps", "*", "switch", "not-sure-yet"):
        copy.rename(place, "mine")
    assert "          mine: Customers cannot use us" in list(copy.lines())


@pytest.mark.parametrize("code", blank_languages())
def test_a_blank_runbook_is_clean_in_every_language(run: Run, code: str, monkeypatch: Any) -> None:
    run("new", "acme", "--blank", "--title", "Sklep: zamknięty", "--languages", code)
    monkeypatch.chdir("acme")
    runbook = load(Path("runbooks/sklep-zamkniety.yaml")).runbook
    assert runbook is not None
    assert list(runbook.messages) == ["holding"]
    assert {name for text in runbook.messages["holding"].text.values() for name in text} == {code}
    run("lint", "--strict", "runbooks")


def test_a_blank_runbook_in_all_languages(run: Run, monkeypatch: Any) -> None:
    run("new", "acme", "--blank", "--languages", ",".join(reversed(blank_languages())))
    monkeypatch.chdir("acme")
    run("lint", "--strict", "runbooks")
    assert "--blank" not in run("preview", "first-words").output


def test_the_words_typed_mean_themselves(run: Run, tmp_path: Path) -> None:
    for number, words in enumerate(NAUGHTY):
        folder = tmp_path / f"f{number}"
        run("new", str(folder), "--blank", "--id", "x", "--company", words, "--name", words, "--title", words)
        config = read(folder / "crisis.yaml")
        assert config.problems == (), words
        assert config.company.name == words.strip()
        loaded = load(folder / "runbooks" / "x.yaml")
        assert loaded.runbook is not None
        assert loaded.problems == [], words
        assert loaded.runbook.title == words.strip()
        assert loaded.runbook.reviewed is not None
        assert loaded.runbook.reviewed.by == words.strip()


def test_quoted_is_one_value_for_every_reader_of_yaml() -> None:
    for words in (*NAUGHTY, "a\u2028b", "a\x7fb", "\ufeffa", "a\tb", "a\nb", "", " "):
        text = f"key: {quoted(words)}\n"
        assert yaml.safe_load(text) == {"key": words}, text
    for words in NAUGHTY:
        assert read_yaml(f"key: {quoted(words)}\n".encode(), "a.yaml").value == {"key": words}


def test_nothing_is_bound_and_the_defaults_are_safe(run: Run, tmp_path: Path) -> None:
    run("new", "acme", "--company", "Acme Bank", "--languages", "pl,en")
    config = read(tmp_path / "acme" / "crisis.yaml")
    assert config.problems == ()
    assert config.channels == {}
    assert (config.four_eyes, config.mass_send, config.store) == (True, "forbidden", "sqlite")
    assert config.languages == ("pl", "en")
    text = (tmp_path / "acme" / "crisis.yaml").read_text()
    for key in KEYS:
        assert re.search(rf"^(# )?{key}:", text, re.MULTILINE), f"crisis.yaml does not show `{key}`"


def test_what_is_commented_out_holds_when_it_is_taken_in(run: Run, tmp_path: Path) -> None:
    run("new", "acme")
    path = tmp_path / "acme" / "crisis.yaml"
    (path.parent / "staff.csv").write_text("phone\n")
    (path.parent / "templates").mkdir()
    keys = "|".join((*KEYS, "verify_route", "tone"))
    taken = re.compile(rf"^( *)# (?=(?:{keys}):|  )")
    path.write_text("\n".join(taken.sub(r"\1", line) for line in path.read_text().splitlines()))
    config = read(path)
    assert [problem.what for problem in config.problems] == []
    assert set(config.channels) == {"website", "email"}
    assert config.recipients
    assert config.company.verify_route


def test_the_people_are_made_up_and_hold_every_role(run: Run, tmp_path: Path) -> None:
    run("new", "acme")
    folder = tmp_path / "acme"
    config = read(folder / "crisis.yaml")
    runbook = load(folder / "runbooks/erroneous-mass-message.yaml").runbook
    assert runbook is not None
    assert all(person.name.endswith("(made up)") for person in config.people.values())
    for role in runbook.roles:
        assert len(config.holds(role)) == 2
        assert config.gaps(role) == ()
    assert "people.yaml" in (folder / ".gitignore").read_text().splitlines()


def test_git_takes_everything_but_the_people(run: Run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    run("new", ".")
    subprocess.run(["git", "add", "-A"], check=True)
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split()
    assert set(listed) == EVERYTHING - {"people.yaml"}


# What is there stays.


def test_twice_is_safe(run: Run, tmp_path: Path) -> None:
    run("new", "acme")
    (tmp_path / "acme/crisis.yaml").write_text("company:\n  name: Mine\npeople: people.yaml\n")
    (tmp_path / "acme/people.yaml").write_text("ola:\n  name: Ola\n")
    before = files(tmp_path / "acme")
    done = run("new", "acme")
    assert files(tmp_path / "acme") == before
    assert "new " not in done.output.replace("crisis new", "")
    run("new", "acme", "--from", "erroneous-mass-message", "--title", "Another")
    assert files(tmp_path / "acme") == before


def test_only_what_is_missing_is_added(run: Run, tmp_path: Path) -> None:
    run("new", "acme")
    before = files(tmp_path / "acme")
    (tmp_path / "acme" / "README.md").unlink()
    (tmp_path / "acme" / "schemas" / "people.schema.json").unlink()
    done = run("new", "acme", "--json")
    said = json.loads(done.output)
    names = sorted(Path(path).name for path in said["written"])
    assert names == ["README.md", "people.schema.json"]
    assert "kept  1" in run("new", "acme").output, "one line for all of them"
    assert len(said["written"]) + len(said["kept"]) == len(EVERYTHING) - 1, "no second runbook is asked for"
    assert set(files(tmp_path / "acme")) == set(before)


def test_a_folder_with_files_of_its_own(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "README.md").write_text("# Ours\n")
    (folder / ".gitignore").write_text("dist/\n")
    done = run("new", "site")
    assert (folder / "README.md").read_text() == "# Ours\n"
    assert re.search(r"kept\s+README.md", done.output)
    assert "git does not ignore people.yaml" in done.output
    assert (folder / "crisis.yaml").is_file()


def test_a_link_that_leads_nowhere_is_somebodys(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "people.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    run("new", "acme")
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_an_older_schema_is_named(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    run("new", "acme")
    (tmp_path / "acme/schemas/runbook.schema.json").write_text("{}\n")
    monkeypatch.chdir("acme")
    done = run("new")
    assert "crisis schema runbook > schemas/runbook.schema.json" in done.output


# One more runbook.


def test_a_runbook_is_added_from_anywhere_inside(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    run("new", "acme", "--languages", "en")
    for path in ("acme/README.md", "acme/.vscode/settings.json"):
        (tmp_path / path).unlink()
    monkeypatch.chdir("acme/schemas")
    said = json.loads(run("new", "--from", "full-outage", "--json").output)
    assert said["written"] == [str(tmp_path / "acme/runbooks/full-outage.yaml")]
    assert said["runbook"] == "full-outage"
    runbook = load(tmp_path / "acme/runbooks/full-outage.yaml").runbook
    assert runbook is not None
    assert runbook.languages.must == ("en",), "the languages of crisis.yaml"


def test_a_runbook_goes_where_crisis_yaml_says(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme" / "plans").mkdir(parents=True)
    (tmp_path / "acme" / "crisis.yaml").write_text("runbooks: plans\n")
    run("new", "acme", "--from", "not-sure-yet")
    text = (tmp_path / "acme/plans/not-sure-yet.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../schemas/runbook.schema.json\n")
    assert (tmp_path / "acme/schemas/runbook.schema.json").is_file()
    assert not (tmp_path / "acme/people.yaml").exists()


def test_a_name_that_is_taken_is_left_and_said(run: Run, tmp_path: Path) -> None:
    run("new", "acme")
    path = tmp_path / "acme/runbooks/erroneous-mass-message.yaml"
    path.write_text("mine: true\n")
    done = run("new", "acme", "--from", "erroneous-mass-message")
    assert path.read_text() == "mine: true\n"
    assert "stays as it is. For another one, give it another name: --id NAME" in done.output


def test_languages_without_words_are_named(run: Run, tmp_path: Path) -> None:
    done = run("new", "acme", "--from", "full-outage", "--languages", "en,de")
    assert "de: no words come in it." in done.output
    runbook = load(tmp_path / "acme/runbooks/full-outage.yaml").runbook
    assert runbook is not None
    assert runbook.languages.must == ("en",)
    assert read(tmp_path / "acme/crisis.yaml").languages == ("en", "de")
    refused = run("new", "other", "--from", "full-outage", "--languages", "de", code=2)
    assert "No words come in de yet" in no(refused)
    assert not (tmp_path / "other").exists()


# The server and the hook.


@pytest.mark.parametrize("inside", ["", "sub dir/ćma #1/"])
@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_the_servers_file_runs(run: Run, tmp_path: Path, inside: str, ci: str) -> None:
    """Its own lines, run by a shell at the top of a repository, with the branch it goes into."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run([*git, "init", "-q", "-b", "main", "."], check=True)
    run("new", f"./{inside}", "--from", "not-sure-yet", "--ci", ci)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Begin"], check=True)
    place, scripts = {
        "github": (".github/workflows/crisis.yml", lambda job: [step["run"] for step in job["steps"] if "run" in step]),
        "gitlab": (".gitlab-ci.yml", lambda job: job["script"]),
    }[ci]
    data = yaml.safe_load((tmp_path / place).read_text())
    job = data["jobs"]["lint"] if ci == "github" else data["crisis-lint"]
    install, lint = scripts(job)
    assert re.fullmatch(r"pip install crisis-runbook==[\w.]+", install)
    env = {**os.environ, "PATH": f"{CRISIS.parent}:{os.environ['PATH']}", "CI": "true"}
    for base in ("", "--base=HEAD"):
        done = subprocess.run(
            ["bash", "-ec", lint], env=env | {"BASE": base}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    path = tmp_path / inside / "runbooks/not-sure-yet.yaml"
    path.write_text(path.read_text().replace("          - holding\n", "          - holdin\n"))
    done = subprocess.run(
        ["bash", "-ec", lint], env=env | {"BASE": "--base=HEAD"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    report = (tmp_path / "gl-code-quality-report.json").read_text() if ci == "gitlab" else done.stdout
    assert "undefined-message" in report
    assert "version" in report, "the version was not raised against the base"


def test_the_server_is_guessed_from_the_remote(run: Run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    assert server(tmp_path) == "github"
    subprocess.run(["git", "remote", "add", "origin", "git@gitlab.example:acme/crisis.git"], check=True)
    assert server(tmp_path) == "gitlab"
    run("new", "acme")
    assert (tmp_path / ".gitlab-ci.yml").is_file()
    assert (tmp_path / ".pre-commit-config.yaml").is_file(), "git reads it at the top of the repository only"
    run("new", "other", "--ci", "none")
    assert not (tmp_path / "other" / ".gitlab-ci.yml").exists()


# What cannot be.


def test_what_cannot_be_is_said_with_the_way_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "runbooks").write_text("x")
    run("new", "acme")
    before = files(tmp_path)
    for arguments, code, said in (
        (("new", "x", "--from", "full-outtage"), 4, "Did you mean full-outage?"),
        (("new", "x", "--from", "qqq"), 4, "There are: "),
        (("new", "x", "--from", "full-outage", "--blank"), 2, "not both"),
        (("new", "x", "--id", "Not Good"), 2, "as in not-good"),
        (("new", "x", "--id", "../x"), 2, "cannot be an id"),
        (("new", "x", "--id", "x" * 300), 2, "at most"),
        (("new", "x", "--languages", "polski!"), 2, "no language code"),
        (("new", "a" * 300), 3, "No folder can be called that"),
        (("new", "x", "--languages", ", ,"), 2, "No language is named"),
        (("new", "x", "--company", "A\nB"), 2, "line break"),
        (("new", "x", "--title", "A\u202eB"), 2, "cannot be seen"),
        (("new", "full-outage"), 2, "crisis new --from full-outage"),
        (("new", "file"), 3, "a file, not a folder"),
        (("new", "file/below"), 3, "A file stands where a folder should be."),
        (("new", "half"), 3, "A file stands where a folder should be."),
        (("new", "acme/runbooks"), 2, "lies inside the crisis folder"),
    ):
        done = run(*arguments, code=code)
        assert said in no(done), (arguments, no(done))
        assert "Next: " in no(done)
    assert files(tmp_path) == before, "nothing was written"


def test_a_folder_that_cannot_be_written(run: Run) -> None:
    said = no(run("new", "/proc/crisis", code=3))
    assert said.startswith("/proc/crisis/crisis.yaml: It cannot be written: ")
    assert "Nothing was written." in said


@pytest.mark.parametrize("name", ["with spaces", "zażółć gęślą", "quo'te", 'dou"ble', "#hash", "dollar$HOME", "-dash"])
def test_weird_names(run: Run, tmp_path: Path, name: str, monkeypatch: Any) -> None:
    done = run("new", f"./{name}", "--from", "not-sure-yet")
    cd = next(line.strip() for line in done.output.splitlines() if line.startswith("  cd "))
    assert (tmp_path / shlex.split(cd)[-1]).samefile(tmp_path / name)
    monkeypatch.chdir(tmp_path / name)
    run("lint", "--strict", "runbooks")


def test_slugs() -> None:
    assert slug("Błędny SMS: do wszystkich!") == "bledny-sms-do-wszystkich"
    assert slug("  Ștergere/țintă ") == "stergere-tinta"
    assert slug("株式") == ""
    assert len(slug("a " * 200)) <= 60


# With a person.


def test_a_person_is_asked_and_starts_at_once(tmp_path: Path) -> None:
    company = Company(tmp_path)
    (tmp_path / "crisis.yaml").unlink()
    with company.sit("new", cols=80, rows=24, CRISIS_USER="") as lead:
        lead.wait("Which folder?")
        lead.keys("our plans", "enter")
        lead.wait("Which scenario do you begin with")
        lead.keys("1")
        lead.wait("What is the company called")
        lead.keys("Acme: the bank", "enter")
        lead.wait("Which languages do your customers read")
        lead.keys("po?", "enter")
        lead.wait("no language code")
        lead.keys(*["backspace"] * 3, "pl", "enter")
        lead.wait("And your name")
        lead.keys("Ola", "enter")
        lead.wait("crisis drill erroneous-mass-message")
    folder = tmp_path / "our plans"
    config = read(folder / "crisis.yaml")
    assert (config.company.name, config.languages) == ("Acme: the bank", ("pl",))
    company.folder = folder
    started = company.run("start", "erroneous-mass-message", "--at", "now", "--no-input")
    assert started.code == 2, started.all
    assert "Traceback" not in started.all


def test_a_person_who_leaves_has_written_nothing(tmp_path: Path) -> None:
    company = Company(tmp_path)
    (tmp_path / "crisis.yaml").unlink()
    with company.sit("new", "acme", cols=80, rows=24) as lead:
        lead.wait("Which scenario do you begin with")
        lead.keys("ctrl-c")
        lead.wait("You left. Nothing was written.")
    assert not (tmp_path / "acme").exists()


def test_a_person_in_a_crisis_folder_picks_a_runbook_or_none(tmp_path: Path) -> None:
    company = Company(tmp_path)
    (tmp_path / "crisis.yaml").unlink()
    assert company.run("new", "acme", "--no-input").code == 0
    company.folder = tmp_path / "acme"
    with company.sit("new", cols=80, rows=24) as lead:
        lead.wait("None: only the files that are missing")
        lead.keys("1")
        lead.wait("There is a runbook erroneous-mass-message here already")
        lead.keys("Wrong Push", "enter")
        lead.wait("as in wrong-push")
        lead.keys(*["backspace"] * 10, "wrong-push", "enter")
        lead.wait("And your name")
        lead.keys("enter")
        lead.wait("crisis drill wrong-push")
    assert load(tmp_path / "acme/runbooks/wrong-push.yaml").problems == []
    with company.sit("new", cols=80, rows=24) as lead:
        lead.wait("None: only the files that are missing")
        lead.keys("0")
        lead.wait("files that are there")
