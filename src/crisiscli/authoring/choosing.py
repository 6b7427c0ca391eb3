"""What a new folder or runbook may be: which scenarios ship, which names are good, where a folder lies."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from crisiscli.config.finding import FILE
from crisiscli.errors import FilesUnusable, NotFound, UsageError
from crisiscli.loader.details import DASHED
from crisiscli.loader.shipped import find_runbooks, shipped
from crisiscli.source.characters import FORBIDDEN

LONGEST = 60
"""Code points of an id: it becomes a file name and is typed at night."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*\Z")


def scenarios() -> dict[str, Path]:
    """The shipped runbooks by id."""
    return find_runbooks([shipped("runbooks")])


def scenario(name: str) -> Path:
    """The file of a shipped runbook. Raises NotFound, with what is near."""
    found = scenarios()
    if name in found:
        return found[name]
    from difflib import get_close_matches

    near = get_close_matches(name, found, n=1)
    meant = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(found)}."
    then = f"crisis new --from {near[0] if near else next(iter(found), 'SCENARIO')}"
    raise NotFound(f"No scenario {name} comes with the program.{meant}", public="", then=then)


def id_trouble(name: str) -> str | None:
    """What is wrong with an id, or None."""
    if not DASHED.match(name):
        like = slug(name) or "my-runbook"
        return f"{name!r} cannot be an id: use lower case letters, digits and dashes, as in {like}."
    return f"An id has at most {LONGEST} characters." if len(name) > LONGEST else None


def slug(words: str) -> str:
    """Words as an id: `Błędny SMS` gives `bledny-sms`; "" when no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", words.lower().translate(str.maketrans("łøđßæœ", "lodsao")))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].strip("-")


def words_trouble(flag: str, words: str) -> str | None:
    """What is wrong with words that become one line of a file, or None."""
    if re.search(r"[\n\r\t\u200c\u200d]", words) or FORBIDDEN.search(words):
        return f"{flag} holds a line break or a character that cannot be seen."
    return None


def languages_of(text: str) -> tuple[str, ...]:
    """The languages of `pl,en`, `pl en` or `PL; EN`, each once. Raises UsageError for what is no language code."""
    found = tuple(dict.fromkeys(_code(part) for part in re.split(r"[\s,;]+", text) if part))
    wrong = [part for part in found if not _LANGUAGE.match(part)]
    if wrong or not found:
        shown = f"{wrong[0]!r} is no language code." if wrong else "No language is named."
        raise UsageError(f"{shown} Write codes of two letters, as pl,en.", public="", then="--languages pl,en")
    return found


def _code(typed: str) -> str:
    """`EN` as `en`, `en_GB` as `en-GB`."""
    language, *rest = typed.replace("_", "-").split("-")
    return "-".join((language.lower() if len(language) < 4 else language, *rest))


def is_there(path: Path) -> bool:
    """Whether something has this name already. Raises FilesUnusable for a name that nothing can have."""
    try:
        return path.exists()
    except OSError as error:
        what = f"No folder can be called that: {(error.strerror or str(error)).lower()}."
        raise FilesUnusable(what, where=f"{path.name[:40]}...", public="", then="crisis new FOLDER") from None


def above(folder: Path) -> Path | None:
    """The nearest crisis folder that a folder lies in; not the folder itself."""
    return next((parent for parent in folder.parents if (parent / FILE).is_file()), None)


def repository(folder: Path) -> Path:
    """The top of the git repository a folder lies in, or will lie in; the folder itself when there is none."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)


def server(root: Path) -> str:
    """Which server the repository's own settings name as its remote: `gitlab`, else `github`."""
    try:
        text = (root / ".git" / "config").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "github"
    return "gitlab" if re.search(r"^\s*url\s*=.*gitlab", text, re.MULTILINE) else "github"


def ignores(folder: Path, root: Path, name: str) -> bool:
    """True when a `.gitignore` between the root and the folder names a file in so many words."""
    for one in (folder, *folder.parents):
        try:
            lines = (one / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        if any(line.strip().removeprefix("/").removeprefix("**/") == name for line in lines):
            return True
        if one == root:
            break
    return False
