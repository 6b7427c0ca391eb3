"""Writes the reference pages and the README's terminal output from the code; `--check` exits 1 when one is stale.

python tools/docs.py            write what changed
python tools/docs.py --check    change nothing, name what is stale
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import itertools
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

if typing.TYPE_CHECKING:
    from crisiscli.linter.explaining import Page
    from crisiscli.providers.settings import Key

ROOT = Path(__file__).resolve().parent.parent
MADE = "<!-- Made from the code by tools/docs.py. Edit the code, then run: python tools/docs.py -->"

SMALLEST = """\
crisis: 1
id: door-stuck
version: 1
title: The front door is stuck
languages:
  must:
    - en
reviewed:
  on: 2026-11-22
  by: the desk
roles:
  lead:
    title: Crisis lead
    duty: Decides and speaks
    deputy: desk
  desk:
    title: Front desk
    duty: Tells visitors
    deputy: lead
facts:
  next_update:
    ask: When do we speak next?
    type: time
    promise: true
audiences:
  visitors:
    who: Visitors on their way
    reached_by:
      - website
phases:
  - id: first
    title: First minutes
    steps:
      - id: speak
        by: T+5m
        role: lead
        send:
          - holding
      - id: door-opens
        by: T+10m
        role: desk
        do: When the door opens, take the words on the website down.
messages:
  holding:
    stage: holding
    for:
      - visitors
    to:
      - website
    text:
      website:
        en:
          title: The front door is stuck
          body:
            - empathy: You cannot come in, and we are sorry.
            - checking: We do not know yet when the door will open.
            - next_update: The next news stands here at {{ next_update }}.
            - help: If you are outside now, ring at the side door.
"""
"""A whole runbook, printed in format.md; a test keeps lint silent on it."""


def attribute_docs(cls: type) -> dict[str, str]:
    """The docstrings below the attributes of a class, by attribute."""
    body = typing.cast(ast.ClassDef, ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]).body
    found: dict[str, str] = {}
    for statement, after in itertools.pairwise(body):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            found[statement.target.id] = inspect.cleandoc(after.value.value)
    return found


def doc(thing: object) -> str:
    """The docstring of something that must have one. Raises SystemExit, naming it, when it has none."""
    found = inspect.getdoc(thing)
    if not found:
        raise SystemExit(f"{thing!r} has no docstring; the manual needs one.")
    return found


def cell(text: str) -> str:
    """A text as one cell of a Markdown table."""
    return " ".join(text.replace("|", "\\|").split())


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table."""
    names = list(head)
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    return [*lines, *(f"| {' | '.join(cell(text) for text in row)} |" for row in rows), ""]


_PLAIN = {str: "text", int: "whole number", bool: "true or false"}


def kind(hint: object) -> str:
    """A type as the person who writes YAML thinks of it."""
    from crisiscli.shape import Noun
    from crisiscli.steps.base import Condition

    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    found = _PLAIN.get(typing.cast(type, hint), "value")
    if hint == Condition:
        found = "condition"
    elif origin is typing.Literal:
        found = ", ".join(f"`{value}`" for value in arguments)
    elif origin in (typing.Union, types.UnionType):
        found = _one_of(arguments, typing.get_args(Condition))
    elif origin in (tuple, list):
        found = "list of conditions" if arguments[0] is typing.Any else f"list of {_plural(arguments[0])}"
    elif origin is dict:
        found = "keys and values" if arguments[1] is typing.Any else f"name: {kind(arguments[1])}"
    elif isinstance(hint, type) and issubclass(hint, Noun):
        found = f"[{hint.__name__}](#{hint.__name__.lower()})"
    return found


def _one_of(hints: Iterable[object], condition: Iterable[object]) -> str:
    """A union; the two shapes of a condition are one word."""
    kept, shapes = [hint for hint in hints if hint is not type(None)], list(condition)
    if all(shape in kept for shape in shapes):
        return " or ".join(["condition", *(kind(hint) for hint in kept if hint not in shapes)])
    return " or ".join(kind(hint) for hint in kept)


def _plural(hint: object) -> str:
    return "texts" if hint is str else kind(hint)


def keys(cls: type, hide: Iterable[str] = ()) -> list[str]:
    """The table of a noun's keys. Raises SystemExit for a key without a docstring."""
    from crisiscli.shape import key_of

    hints, docs, rows = typing.get_type_hints(cls), _all_docs(cls), []
    for field in dataclasses.fields(cls):
        if field.name in hide:
            continue
        if field.name not in docs:
            raise SystemExit(f"{cls.__name__}.{field.name} has no docstring; the format page needs one.")
        rows.append((f"`{key_of(field.name)}`", kind(hints[field.name]), _needed(field), docs[field.name]))
    return table(("key", "value", "", "meaning"), rows)


def _all_docs(cls: type) -> dict[str, str]:
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if dataclasses.is_dataclass(base):
            found |= attribute_docs(base)
    return found


def _needed(field: dataclasses.Field[typing.Any]) -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "must"
    if field.default in (None, (), dataclasses.MISSING):
        return ""
    return f"default `{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def format_page() -> str:
    """Every noun and key of a runbook."""
    from crisiscli import runbook
    from crisiscli.rendering.filters import FILTERS
    from crisiscli.shape import Noun
    from crisiscli.steps import STEPS, Step

    nouns = [
        noun
        for noun in vars(runbook).values()
        if isinstance(noun, type)
        and issubclass(noun, Noun)
        and noun not in (Noun, Step)
        and noun.__module__ in (runbook.__name__, "crisiscli.timing")
    ]
    nouns.sort(key=lambda noun: noun is not runbook.Runbook)
    lines = ["# The runbook format", MADE, ""]
    lines += [
        "A runbook is one YAML file, in block style. Times are written `30m`, `1h30m`, `2d`; counted from T0, `T+9m`.",
        "`crisis lint FILE` checks it, `crisis preview FILE` shows every text, `crisis schema` is for editors.",
        "",
        "The smallest one that lint has nothing to say about:",
        "",
        "```yaml",
        *SMALLEST.splitlines(),
        "```",
        "",
    ]
    for noun in nouns:
        lines += [f"## {noun.__name__}", "", doc(noun), "", *keys(noun)]
    common = [field.name for field in dataclasses.fields(Step)]
    lines += ["## Step", "", doc(Step), "", *keys(Step)]
    for verb, step in STEPS.items():
        lines += [f"### `{verb}`", "", doc(step), "", *keys(step, hide=common)]
    return "\n".join([*lines, *_sentences(FILTERS), *_conditions()])


def _sentences(filters: Iterable[str]) -> list[str]:
    from crisiscli.channels import FAMILIES

    return [
        "## Sentences",
        "",
        'A text is a list of labelled sentences. A sentence may hold `{{ fact }}` and `{{ fact | filter("text") }}`,',
        "and nothing else. `when:` beside a sentence leaves it out when the condition does not hold.",
        f"Filters: {', '.join(f'`{name}`' for name in filters)}.",
        "",
        "A text stands under a channel, or under its family for all channels of it; the channel's own text wins:",
        "",
        *table(("family", "channels"), ((f"`{name}`", ", ".join(ids)) for name, ids in FAMILIES.items())),
        "Where a channel has a title, the text is `{title: ..., body: [...]}`. It may also say `omits` (labels it",
        "leaves out) with `where` (where they are said instead), and `layout` (the name of a file in `templates/`).",
        "",
    ]


def _conditions() -> list[str]:
    from crisiscli.conditions import KEYS, TESTS

    return [
        "## Conditions",
        "",
        "A condition is data; it is true, false, or undecided while a fact is unknown or disputed. A list means all.",
        "`{is_attack: no}` is short for `{fact: is_attack, is: no}`.",
        "",
        f"Subjects: {', '.join(f'`{name}`' for name in KEYS)}. Tests: {', '.join(f'`{name}`' for name in TESTS)}.",
        "",
        "An undecided `when` on a step shows the step and asks; an undecided gate stays shut and names the fact; a",
        "sentence whose element says `if_unknown: leave_out` is left out, another makes its text wait.",
        "",
    ]


def providers_page() -> str:
    """Every key of `crisis.yaml`, provider by provider."""
    from crisiscli.config.bindings import HAND
    from crisiscli.config.reading import KEYS
    from crisiscli.config.words import COMPANY
    from crisiscli.config.words import HAND as HAND_WORDS
    from crisiscli.providers import PROVIDERS

    lines = ["# `crisis.yaml`", MADE, ""]
    lines += [
        "Found by `--dir`, `CRISIS_DIR`, the working folder and its parents, then the user's settings folder.",
        "Nothing in it can stop a crisis: a part that cannot be used is left out, said on the screen, and its channel",
        "goes by hand. [An example](example/crisis.yaml). Secrets stand elsewhere: `env:NAME`, `keyring:SERVICE/NAME`,",
        "`file:PATH` (readable by you alone).",
        "",
        *table(("key", "meaning"), ((f"`{name}`", COMPANY[name]) for name in KEYS)),
        "## Any channel",
        "",
        *table(("key", "meaning"), ((f"`{name}`", HAND_WORDS[name]) for name in HAND)),
    ]
    for name, maker in PROVIDERS.items():
        lines += [f"## `provider: {name}`", "", doc(maker), "", *_promises(maker)]
        if maker.KEYS:
            rows = (
                (f"`{key.name}`", _value(key), "must" if key.required else "", _secret(key.secrecy), key.about)
                for key in maker.KEYS
            )
            lines += table(("key", "value", "", "secret", "meaning"), rows)
        else:
            lines += ["No keys beyond those of any channel.", ""]
    return "\n".join(lines)


def _promises(maker: object) -> list[str]:
    against = getattr(maker, "idempotency", "none")
    what = "nothing on the other side" if against == "none" else f"{against}"
    return [f"Against a second copy: {what}. An outcome that is not certain is `unknown` and never sent again.", ""]


def _value(key: Key) -> str:
    if key.one_of:
        return ", ".join(f"`{value}`" for value in key.one_of)
    return {"yes_no": "true or false", "mapping": "name: text"}.get(key.kind, key.kind)


def _secret(secrecy: str) -> str:
    return {"open": "", "may be secret": "may be", "secret": "always"}[secrecy]


def channels_page() -> str:
    """Every channel with its limits."""
    from crisiscli.channels import CHANNELS

    rows = []
    for channel in CHANNELS.values():
        measures = channel.measure("Title" if channel.titled else None, "Text", "en")
        limits = "; ".join(
            f"{measure.part} {f'{measure.limit} {measure.unit}' if measure.limit else f'no limit ({measure.unit})'}"
            for measure in measures
        )
        rows.append(
            (
                f"`{channel.id}`",
                channel.name,
                channel.family,
                limits,
                "stays up" if channel.standing else "one-off",
                f"one per person, column `{channel.address}`" if channel.addressed else "everybody",
                "" if channel.links else "no links",
                channel.recall,
            )
        )
    lines = ["# Channels", MADE, ""]
    lines += [
        "A text that is too long is marked wherever it is shown, and nothing is ever cut. A text that stays up must be",
        "replaced or taken down later: `crisis status` shows what is up now, `crisis end` asks who takes it down.",
        "",
    ]
    head = ("id", "channel", "family", "limit of a short text", "", "reaches", "", "once it is out")
    lines += [*table(head, rows), "## Where the limits come from", ""]
    for name in CHANNELS:
        lines += [f"`{name}`: {doc(sys.modules[f'crisiscli.channels.{name}'])}", ""]
    return "\n".join(lines)


def commands_page() -> str:
    """The help of every command, 80 columns wide."""
    from crisiscli.cli import COMMANDS

    lines = ["# Commands", MADE, "", "```text", *help_of().splitlines(), "```", ""]
    for panel, names in COMMANDS.items():
        lines += [f"## {panel}", ""]
        for name in names:
            lines += [f"### `crisis {name}`", "", "```text", *help_of(name).splitlines(), "```", ""]
    return "\n".join(lines)


def help_of(*command: str) -> str:
    """What `crisis COMMAND --help` prints in 80 columns."""
    from typer.testing import CliRunner

    from crisiscli.cli import build

    quiet = {"COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1", "TERM": "dumb"}
    result = CliRunner().invoke(build(), [*command, "--help"], prog_name="crisis", env=quiet)
    if result.exit_code:
        raise SystemExit(f"crisis {' '.join(command)} --help: {result.output}")
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


RULES_HEAD = """\
`crisis lint` checks every runbook it is given, worst findings first. Nothing it finds ever stops `crisis start`.
`crisis lint --explain CODE` prints one of these pages, `crisis lint --list` their first sentences.

- **Levels.** An *error* would fail or do harm in a crisis, a *warning* is weaker than it should be, a *note* is worth
  knowing. Exit code 1 is an error, `--fail-on warning` moves that line, 3 is a file that cannot be read.
- **Profiles.** `--profile draft` while a text is being written (format and references), `ready` without it, `strict`
  (or `--strict`: warnings count too) before it is signed off. `lint: {profile: strict, fail_on: warning}` in
  `crisis.yaml` settles it for the company.
- **Mending.** `crisis lint --fix --diff` shows what it would change, `crisis lint --fix` does it; only what cannot come
  out differently than it was meant is changed, and every other byte stays. A suggestion is shown and never applied.
- **Holding back.** `# crisis: ignore[CODE] reason` at the end of the line, in the line above, or on the line of a key
  for everything below it; `# crisis: ignore-file[CODE] reason` above the first key. The reason is required.
  `--no-ignores` counts none of them. `--write-baseline` keeps today's findings in `lint-baseline.json`; from then on
  only new ones are told.
- **In CI.** `--format github`, `sarif`, `junit`, `gitlab` or `json`, `--output FILE`, `--today commit` for the day of
  the last commit, `--base origin/main` for what changed since.
- **Wording.** Rules about words look for phrases; [phrases.md](phrases.md) says how to add your own.
- **In an editor.** `crisis lint - --stdin-filename FILE` reads standard input.
"""


def rules_page() -> str:
    """Every rule of lint, room by room: its docstring is its section."""
    from crisiscli.linter.explaining import ABOUT, pages

    found = list(pages())
    lines = ["# The rules of `crisis lint`", MADE, "", RULES_HEAD]
    for room in dict.fromkeys(page.room for page in found):
        head = ("code", "rule", "level", "what it finds")
        rows = (
            (page.code, f"[{page.name}](#{page.code.lower()})", page.level, page.summary)
            for page in found
            if page.room == room
        )
        lines += [f"## {ABOUT.get(room, 'Around the runbooks')}", "", *table(head, rows)]
    lines += [*_vocabulary(), *(line for page in found for line in _rule(page))]
    return "\n".join(lines)


def _rule(page: Page) -> Iterator[str]:
    from crisiscli.linter.explaining import SHOWN_IN

    yield from (f'<a id="{page.code.lower()}"></a>', "", f"### {page.code} {page.name}", "")
    told = f" Told {SHOWN_IN[page.since]}." if page.room and page.since != "ready" else ""
    yield from (f"{page.level.capitalize()}.{told}", "", page.markdown, "")


def _vocabulary() -> list[str]:
    from crisiscli.rules.saying import vocabulary

    return [
        "## What each stage says",
        "",
        "Labels say what a sentence does, in any language. One of the labels is enough; the program knows these:",
        "",
        *vocabulary.table().splitlines(),
        "",
    ]


_SCREEN = re.compile(r"(?P<head><!-- first screen at (?P<clock>\S+) -->\n```text\n)(?:.*?\n)??(?P<tail>```)", re.DOTALL)
_TAG = re.compile(r"\bM\d+-[2-9A-Z]{4}\b")
_BLOCK = re.compile(
    r"(?P<head><!-- run at (?P<clock>\S+?)(?P<cut>(?: (?:first|last)=\d+)*) -->\n```console\n)"
    r"(?P<body>.*?\n)(?P<tail>```)",
    re.DOTALL,
)


def readme() -> str:
    """README.md with the output of every `<!-- run at TIME -->` block as the program prints it now.

    The blocks run one after the other in one empty folder, by the clock they name. `first=N` and `last=M` keep
    only that many lines of each command's output.
    """
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        text = _BLOCK.sub(lambda found: found["head"] + _played(place, found) + "\n" + found["tail"], text)
    return _SCREEN.sub(lambda found: found["head"] + first_screen(found["clock"]) + "\n" + found["tail"], text)


def first_screen(clock: str) -> str:
    """The first step as a person sees it in a terminal of 80 columns, twelve minutes after T0."""
    sys.path.insert(0, str(ROOT / "tests"))
    from term import Term  # type: ignore[import-not-found]  # beside the tests, on the path since the line above

    argv = [sys.executable, "-m", "crisiscli", "start", "erroneous-mass-message", "--code-name", "amber-heron"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "clock").write_text(clock, encoding="utf-8")
        with Term(argv, rows=60, env=_environment(folder), cwd=folder) as terminal:
            terminal.wait("first wrong message leave")
            terminal.pump(0.5)
            terminal.keys("12 min ago", "enter")
            terminal.wait("What is done already")
            terminal.pump(0.5)
            terminal.keys("enter")
            terminal.wait(r"What now\?")
            terminal.wait(r"\? help\s*$")
            terminal.pump(0.5)
            seen = str(terminal.text)
    return seen[seen.index("LIVE T+12:00  Step 1") :].rstrip()


def _played(folder: Path, found: re.Match[str]) -> str:
    cut = dict(re.findall(r"(first|last)=(\d+)", found["cut"]))
    (folder / "clock").write_text(found["clock"], encoding="utf-8")
    lines = []
    for command in _commands(found["body"]):
        typed = _with_last_tag(folder, command)
        shown = _run(folder, typed)
        lines += [*("$ " + typed).splitlines(), *_cut(shown, cut)]
        if tags := _TAG.findall("\n".join(shown)):
            (folder / "tag").write_text(tags[-1], encoding="utf-8")
    return "\n".join(lines)


def _with_last_tag(folder: Path, command: str) -> str:
    """A tag in a command is the one shown last: it is made of the words, and they change with the runbook."""
    last = folder / "tag"
    return _TAG.sub(last.read_text(encoding="utf-8"), command) if last.exists() else command


def _commands(body: str) -> Iterator[str]:
    """The commands of a block: a line after `$ `, with the lines of its here-document."""
    lines = iter(body.splitlines())
    for line in lines:
        if not line.startswith("$ "):
            continue
        command = [line[2:]]
        if mark := re.search(r"<<'?(\w+)'?$", line):
            for inner in lines:
                command.append(inner)
                if inner == mark[1]:
                    break
        yield "\n".join(command)


def _environment(folder: Path) -> dict[str, str]:
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(home),
        "TZ": "Europe/Warsaw",
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "CRISIS_CLOCK": f"@{folder / 'clock'}",
        "CRISIS_STATE": str(folder / "state"),
        "CRISIS_USER": "Ola",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }


def _run(folder: Path, command: str) -> list[str]:
    work = folder / "work"
    work.mkdir(exist_ok=True)
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=work,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    lines = [line.rstrip() for line in done.stdout.decode("utf-8").rstrip().splitlines()]
    if any(line.startswith("This is a fault in the program") for line in lines):
        raise SystemExit("\n".join(["README.md shows a command that fails:", command, *lines]))
    return [*lines, f"(exit {done.returncode})"] if done.returncode else lines


def _cut(lines: list[str], cut: dict[str, str]) -> list[str]:
    first, last = int(cut.get("first", 0)), int(cut.get("last", 0))
    if not cut or len(lines) <= first + last + 1:
        return lines
    return [*lines[:first], "...", *(lines[-last:] if last else [])]


def _editors_page() -> str:
    from editors_page import editors_page

    return editors_page(MADE)


PAGES: dict[str, Callable[[], str]] = {
    "docs/format.md": format_page,
    "docs/providers.md": providers_page,
    "docs/channels.md": channels_page,
    "docs/commands.md": commands_page,
    "docs/rules.md": rules_page,
    "docs/editors.md": _editors_page,
    "README.md": readme,
}


def stale() -> dict[str, str]:
    """The pages whose text on disk is not what the code says, with the text they should have."""
    found = {}
    for name, write in PAGES.items():
        wanted = write().rstrip() + "\n"
        path = ROOT / name
        if not path.is_file() or path.read_text(encoding="utf-8") != wanted:
            found[name] = wanted
    return found


def main() -> int:
    """Writes, or with `--check` names, what is stale."""
    pages = stale()
    if "--check" in sys.argv[1:]:
        for name in pages:
            sys.stdout.write(f"{name} is stale: run python tools/docs.py\n")
        return 1 if pages else 0
    for name, text in pages.items():
        (ROOT / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
