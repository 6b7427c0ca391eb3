"""What `crisis new` is to write: from the flags, from the person, or from what is sensible."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from crisiscli import __version__
from crisiscli.cli.outside import Outside
from crisiscli.errors import FilesUnusable, UsageError

if TYPE_CHECKING:
    from crisiscli.authoring import Setup
    from crisiscli.config import Config
    from crisiscli.runbook import Runbook

NOTHING = "nothing"
FIRST = "erroneous-mass-message"
"""The scenario of a first folder, when nobody says another one."""


@dataclass(frozen=True)
class Typed:
    """The flags as they were typed; `asks` is False when nobody may be asked for the others."""

    source: str | None = None
    blank: bool = False
    id: str | None = None
    title: str | None = None
    languages: str | None = None
    company: str | None = None
    name: str | None = None
    ci: Literal["github", "gitlab", "none"] | None = None
    asks: bool = True


class Decided(NamedTuple):
    """What is to be written, what a person should know about it, and whether it is one runbook only."""

    setup: Setup
    notes: list[str]
    only_runbook: bool


def decide(outside: Outside, folder: Path | None, typed: Typed) -> Decided:
    """Decides everything before anything is written. Raises UsageError, NotFound or FilesUnusable with the way out."""
    _check(typed)
    return _Deciding(outside, folder, typed).decided()


def _check(typed: Typed) -> None:
    from crisiscli.authoring.choosing import id_trouble, scenario, words_trouble

    if typed.source is not None and typed.blank:
        raise UsageError("A runbook is a copy or blank, not both.", public="", then="leave out --from or --blank")
    if typed.source is not None:
        scenario(typed.source)
    troubles = [id_trouble(typed.id) if typed.id is not None else None]
    for flag, words in (("--title", typed.title), ("--company", typed.company), ("--name", typed.name)):
        troubles.append(words_trouble(flag, words) if words is not None else None)
    for trouble in filter(None, troubles):
        raise UsageError(trouble, public="", then="crisis new --help")


class _Deciding:
    """One run of `crisis new`, while its questions are open."""

    def __init__(self, outside: Outside, folder: Path | None, typed: Typed) -> None:
        self.outside = outside
        self.typed = typed
        self.notes: list[str] = []
        self.asks = typed.asks and outside.terminal.interactive
        self.folder = self._folder(folder)
        self.config = self._config()

    def decided(self) -> Decided:
        from crisiscli.authoring import Setup
        from crisiscli.authoring.choosing import repository, server

        typed, config = self.typed, self.config
        there = config.path is not None
        source, name, wanted = self._runbook()
        only = there and wanted and (typed.source is not None or typed.blank or self._has_runbooks())
        title = self._title(source, name) if wanted else ""
        company = config.company.name if there else self._words("company", "What is the company called?", "Our company")
        speaks = self._speaks(source)
        languages = self._spoken(source, speaks) if wanted else ()
        person = self._words("name", "And your name?", self.outside.lead(None)) if wanted else self.outside.lead(None)
        root = repository(self.folder)
        ci = typed.ci or cast(Literal["github", "gitlab"], server(root))
        setup = Setup(
            folder=self.folder,
            runbooks=config.runbooks[0] if config.runbooks else self.folder / "runbooks",
            root=root,
            source=source,
            id=name,
            title=title,
            languages=languages,
            speaks=speaks,
            company=company or "Our company",
            person=person,
            today=self.outside.clock.now().astimezone(config.zone()).date(),
            zone=config.timezone,
            ci=ci,
            roles=_roles(source),
            people=self._people(),
            version=__version__,
        )
        return Decided(setup, self.notes, only)

    def _folder(self, folder: Path | None) -> Path:
        from crisiscli.authoring.choosing import above, is_there, scenarios

        if folder is not None and str(folder) in scenarios() and not folder.exists():
            raise UsageError(
                f"{folder} is a scenario.", public="", then=f"crisis new --from {folder}, or for a folder: ./{folder}"
            )
        found = Path(folder or self._usual()).resolve()
        if is_there(found) and not found.is_dir():
            raise FilesUnusable("This is a file, not a folder.", where=str(found), public="", then="crisis new FOLDER")
        outer = above(found)
        if outer is not None and not (found / "crisis.yaml").is_file():
            raise UsageError(
                f"{found} lies inside the crisis folder {outer}.", public="", then=f"crisis new {outer} --from SCENARIO"
            )
        return found

    def _usual(self) -> Path:
        """The folder that is meant when none is named."""
        named = self.outside.flags.dir or (Path(os.environ["CRISIS_DIR"]) if os.environ.get("CRISIS_DIR") else None)
        if named is not None:
            return named.parent if named.suffix in (".yaml", ".yml") else named
        from crisiscli.authoring.choosing import above

        here = Path.cwd()
        inside = here if (here / "crisis.yaml").is_file() else above(here)
        if inside is not None:
            return inside
        if not self.asks:
            return Path("crisis")
        return Path(
            self.outside.terminal.ask("folder", "Which folder?", hint="a new one, or . for here", default="crisis")
        )

    def _config(self) -> Config:
        """The company's side of the folder; an empty one when it has none."""
        from crisiscli.config import Config
        from crisiscli.config.reading import read

        path = self.folder / "crisis.yaml"
        return read(path) if path.is_file() else Config()

    def _has_runbooks(self) -> bool:
        from crisiscli.loader.shipped import find_runbooks

        return bool(find_runbooks(self.config.runbooks))

    def _runbook(self) -> tuple[Path | None, str, bool]:
        """The scenario to copy, the id, and whether a runbook is wanted at all."""
        from crisiscli.authoring.choosing import scenario, slug

        typed = self.typed
        if typed.blank:
            name = typed.id or slug(typed.title or "") or "first-words"
            return None, self._free(name), True
        picked = typed.source or self._pick()
        if picked == NOTHING:
            return None, "", False
        return scenario(picked), self._free(typed.id or picked), True

    def _pick(self) -> str:
        from crisiscli.authoring.choosing import scenarios
        from crisiscli.cli.runbooks import in_order
        from crisiscli.loader.shipped import first_words
        from crisiscli.screen import Option, letter

        add = self.config.path is not None and self._has_runbooks()
        if not self.asks:
            return NOTHING if add and self.typed.id is None and self.typed.title is None else FIRST
        found = in_order(scenarios())
        options = [
            Option(letter(number), name, first_words(path, ("title",)).get("title", name))
            for number, (name, path) in enumerate(found.items())
        ]
        if add:
            options.append(Option("0", NOTHING, "None: only the files that are missing"))
        return self.outside.terminal.choose("from", "Which scenario do you begin with?", options)

    def _free(self, name: str) -> str:
        """The id; a person is asked for another one when it is taken here."""
        from crisiscli.authoring.choosing import id_trouble
        from crisiscli.loader.shipped import find_runbooks

        taken = find_runbooks(self.config.runbooks)
        if name not in taken or not self.asks or self.typed.id is not None:
            return name

        def check(typed: str) -> str | None:
            return id_trouble(typed) if typed else None

        asked = f"There is a runbook {name} here already. Another name for the new one? Enter leaves it out"
        return self.outside.terminal.ask("id", asked, default=name, check=check)

    def _title(self, source: Path | None, name: str) -> str:
        if self.typed.title is not None or source is not None:
            return (self.typed.title or "").strip()
        usual = name.replace("-", " ").capitalize()
        if not self.asks:
            return usual
        return self._asked("title", "What is the scenario called?", usual)

    def _speaks(self, source: Path | None) -> tuple[str, ...]:
        """The languages of the company: typed, as crisis.yaml has them, asked, or those the words come in."""
        from crisiscli.authoring.choosing import languages_of

        usual = _words_in(source) if source is not None else ("en",)
        if self.typed.languages is not None:
            return languages_of(self.typed.languages)
        if self.config.languages or self.config.path is not None or not self.asks:
            return self.config.languages or usual
        asked = "Which languages do your customers read? The first one must always be there"
        return languages_of(self._asked("languages", asked, ",".join(usual), _no_language))

    def _spoken(self, source: Path | None, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """The languages of the runbook: those that are wanted and that it has words in."""
        have = _words_in(source)
        kept = tuple(code for code in wanted if code in have)
        there = ",".join(have)
        if not kept and self.typed.languages is not None:
            what = f"No words come in {', '.join(wanted)} yet; they do in {', '.join(have)}."
            raise UsageError(what, public="", then=f"--languages {there}, and translate in the editor")
        for code in (code for code in wanted if code not in have):
            self.notes.append(f"{code}: no words come in it. Translate the texts, then name it under languages:")
        return kept or have

    def _words(self, key: str, question: str, usual: str) -> str:
        typed = getattr(self.typed, key)
        if typed is not None or not self.asks:
            return (typed or "").strip() or usual
        return self._asked(key, question, usual)

    def _asked(self, key: str, question: str, usual: str, check: Callable[[str], str | None] | None = None) -> str:
        from crisiscli.authoring.choosing import words_trouble

        def good(words: str) -> str | None:
            return words_trouble("This", words) or (check(words) if check and words else None)

        return self.outside.terminal.ask(key, question, default=usual, check=good).strip() or usual

    def _people(self) -> Path | None:
        """Where the people file goes; None when crisis.yaml names none, or one that is elsewhere."""
        if self.config.path is None:
            return self.folder / "people.yaml"
        from crisiscli.source import read_file

        value = read_file(self.config.path).value
        named = value.get("people") if isinstance(value, dict) else None
        found = self.folder / named if isinstance(named, str) and named else None
        return found if found is not None and found.is_relative_to(self.folder) and ".." not in found.parts else None


def _no_language(typed: str) -> str | None:
    from crisiscli.authoring.choosing import languages_of

    try:
        languages_of(typed)
    except UsageError as error:
        return error.what
    return None


def _words_in(source: Path | None) -> tuple[str, ...]:
    """The languages a scenario has words in, the one that must be there first; those of a blank runbook for None."""
    from crisiscli.authoring.blank import languages

    if source is None:
        return languages()
    runbook = _read(source)
    return (*runbook.languages.must, *runbook.languages.follow) if runbook else ()


def _roles(source: Path | None) -> tuple[str, ...]:
    from crisiscli.authoring.blank import ROLES

    runbook = _read(source) if source is not None else None
    return tuple(runbook.roles) if runbook else ROLES


@cache
def _read(source: Path) -> Runbook | None:
    from crisiscli.loader import load

    return load(source).runbook
