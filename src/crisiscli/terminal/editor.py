"""A person's own editor: the words in a file, the terminal given over and taken back, and nothing typed lost."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from crisiscli.screen import Check, Line, Option, Terminal
from crisiscli.terminal.drafts import Drafts, Unsaved

SETTINGS = ("CRISIS_EDITOR", "VISUAL", "EDITOR")
NONE_SET = "no editor set"
BEGIN = "# ----- the words begin below this line -----"
END = "# ----- the words end above this line, nothing below it is read -----"
WINDOW = "Nothing was changed. (An editor with a window of its own must wait to be closed: code --wait)"


def no_editor(environ: Mapping[str, str] | None = None) -> str:
    """Why no editor can be opened; empty when one can."""
    env = os.environ if environ is None else environ
    return "" if any(env.get(name, "").strip() for name in SETTINGS) else NONE_SET


def _command() -> list[str]:
    """The editor as words of a command line. Raises ValueError for a setting that cannot be read, or none."""
    for name in SETTINGS:
        setting = os.environ.get(name, "").strip()
        if setting:
            return shlex.split(setting, posix=os.name != "nt")
    raise ValueError(NONE_SET)


def sheet(words: str, about: Sequence[str], wrong: str = "") -> str:
    """The file: what is wrong, the words, and lines of help. Lines of the words may begin with anything."""
    above = [*(f"# {line}" for line in wrong.splitlines()), BEGIN] if wrong else []
    return "\n".join([*above, words, END, *(f"# {line}" for line in about)]) + "\n"


def words_in(content: str) -> str:
    """The words of such a file, as they were left; empty means that nothing is to change."""
    lines = content.removeprefix("\ufeff").split("\n")
    if BEGIN in lines:
        lines = lines[lines.index(BEGIN) + 1 :]
    if END in lines:
        lines = lines[: len(lines) - 1 - lines[::-1].index(END)]
    elif lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def take_up(terminal: Terminal, drafts: Drafts | None, key: str, text: str) -> str:
    """The words to start from: the text, or what was typed at this place and never saved, when the person wants it."""
    found = _found(drafts, key) if drafts is not None else None
    if found is None or found.text == text:
        return text
    options = [
        Option("d", "take", f"take them: {_first_of(found.text)}"),
        Option("b", "text", "back to the text as it stands"),
    ]
    question = f"There are unsaved words from {found.at}."
    return found.text if terminal.choose(f"draft.{key}", question, options, record=False) == "take" else text


def _found(drafts: Drafts, key: str) -> Unsaved | None:
    """A draft; or what an editor wrote into a file that nobody read, because the program died while it was open."""
    with contextlib.suppress(OSError, ValueError):
        left = drafts.sheet(key)
        words = words_in(left.read_text(encoding="utf-8"))
        if words.strip() and drafts.keep(key, words):
            left.unlink()
    return drafts.unsaved(key)


def _first_of(words: str) -> str:
    short = " ".join(words.split())
    return f"{short[:50]}..." if len(short) > 53 else short


def compose(
    terminal: Terminal, drafts: Drafts | None, key: str, text: str, about: Sequence[str], check: Check
) -> str | None:
    """Lets a person change a text in their own editor; the new words, or None when the old ones are kept."""
    words, wrong = take_up(terminal, drafts, key, text), ""
    while True:
        with _file(drafts, key) as path:
            trouble = _edited(path, sheet(words, about, wrong))
            left, unread = _read(path)
        if left.strip() and left != text and drafts is not None:
            drafts.keep(key, left)
        if trouble or unread:
            terminal.say(Line(trouble or unread, "late"), "The text stays as it was.")
            if left.strip() and left != text and drafts is not None:
                terminal.say("What was typed is kept; it is offered when you edit this text again.")
            return None
        if not left.strip() or left == text:
            terminal.say(WINDOW)
            return None
        words, wrong = left, check(left) or ""
        decided = _decide(terminal, key, wrong) if wrong else "take"
        if decided != "again":
            if decided == "take" and drafts is not None:
                drafts.answered(key)
            return words if decided == "take" else None


def _decide(terminal: Terminal, key: str, wrong: str) -> str:
    terminal.say(Line(wrong, "late"))
    options = [
        Option("E", "again", "open it in your editor again"),
        Option("d", "take", "take it as it is"),
        Option("b", "back", "back: the old text stays, what you typed is kept as a draft"),
    ]
    return terminal.choose(f"editor.{key}", "It does not fit. What now?", options, record=False)


@contextlib.contextmanager
def _file(drafts: Drafts | None, key: str) -> Iterator[Path]:
    """The file an editor works on, beside the drafts, so that what it saved survives us; else in a private folder."""
    if drafts is not None:
        path = drafts.sheet(key)
        yield path
        path.unlink(missing_ok=True)
        return
    folder = Path(tempfile.mkdtemp(prefix="crisis-"))
    try:
        yield folder / "words.txt"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _edited(path: Path, content: str) -> str:
    """Runs the editor on a file with this content; what went wrong, or ""."""
    try:
        command = [*_command(), str(path)]
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(content)
    except (OSError, ValueError) as error:
        return f"The editor was not opened: {error}."
    with _terminal_lent() as lent:
        try:
            code = subprocess.Popen(command).wait()
        except OSError as error:
            return f"{command[0]} cannot be opened: {error.strerror or error}."
        lent.append(code)
    if code:
        return f"{command[0]} ended badly ({f'signal {-code}' if code < 0 else f'exit code {code}'})."
    return ""


def _read(path: Path) -> tuple[str, str]:
    """The words in the file, and why they could not be read."""
    try:
        content = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return "", ""
    except (OSError, UnicodeDecodeError) as error:
        return "", f"The file the editor wrote cannot be read: {error}."
    return words_in(content.replace("\r\n", "\n")), ""


@contextlib.contextmanager
def _terminal_lent() -> Iterator[list[int]]:
    """Ctrl-C belongs to the editor while it is open; afterwards the terminal is as it was, even if it was killed."""
    before = _attributes()
    handler = signal.signal(signal.SIGINT, _not_ours)
    codes: list[int] = []
    try:
        yield codes
    finally:
        signal.signal(signal.SIGINT, handler)
        if before is not None:
            _restore(before)
        if codes and codes[0] < 0 and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
            sys.stdout.write("\x1b[?1049l\x1b[?25h\x1b[0m\r\n")
            sys.stdout.flush()


def _not_ours(_number: int, _frame: FrameType | None) -> None:
    """A handler of our own: unlike an ignored signal, a program we start does not inherit it."""


def _attributes() -> list[Any] | None:
    if sys.platform == "win32":
        return None
    import termios

    try:
        return list(termios.tcgetattr(sys.stdin.fileno()))
    except (termios.error, OSError, ValueError):
        return None


def _restore(before: list[Any]) -> None:
    if sys.platform != "win32":
        import termios

        with contextlib.suppress(termios.error, OSError, ValueError):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before)
