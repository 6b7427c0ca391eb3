"""What to say of a line that begins at the wrong column, and which tabs are certainly so many spaces."""

from __future__ import annotations

from crisiscli.problem import Edit, Fix

TAB_STOPS = (2, 4, 8)
"""The widths editors show a tab with."""


def wrong_indent(line: str, column: int, wanted: int) -> tuple[str, str, str]:
    """What is wrong with a line that begins at `column` in a block at `wanted`, the cure, and a label for the mark."""
    words = line[column:].rstrip()
    here = f"{column} spaces in"
    if words.startswith("-") and words[1:2].isalpha():
        return "There is no space after the dash.", "Write `- ` and then the words.", ""
    if column == wanted:
        cure = "Begin it with `- ` like the lines above, or move it two spaces in if it belongs to the line above."
        return "This line has no `- ` before it, and the lines above have.", cure, ""
    cure = "Give it the same number of spaces as the lines it belongs to."
    return "This line does not line up with its block.", cure, here


def tabs_fix(text: str, lines: list[str], number: int) -> Fix | None:
    """A Fix for the indentation with tabs of a line and of those right below it, where only one reading is possible.

    A tab may stand for two spaces, or reach to the next multiple of 2, 4 or 8; what gives a column at which a line
    can begin here is possible.
    """
    open_columns = _open_columns(lines, number)
    edits: list[Edit] = []
    start = _start(text, lines, number)
    for line in lines[number:]:
        blank = line[: len(line) - len(line.lstrip())]
        if "\t" not in blank or not line.strip():
            break
        possible = _readings(blank) & {*open_columns, open_columns[-1] + 2}
        if len(possible) != 1:
            break
        column = possible.pop()
        edits.append(Edit(start, start + len(blank), " " * column))
        open_columns = [*(other for other in open_columns if other < column), *_columns(" " * column + line.lstrip())]
        start += len(line) + _break_length(text, start + len(line))
    return Fix("write the tabs as spaces", tuple(edits)) if edits else None


def _readings(blank: str) -> set[int]:
    return {len(blank.replace("\t", "  ")), *(len(blank.expandtabs(stop)) for stop in TAB_STOPS)}


def _open_columns(lines: list[str], number: int) -> list[int]:
    """The columns at which blocks are open above a line, the innermost last."""
    found: list[int] = [0]
    for line in lines[:number]:
        words = line.lstrip(" ")
        if words and words[0] not in "#\t":
            columns = _columns(line)
            found = [*(other for other in found if other < columns[0]), *columns]
    return found


def _columns(line: str) -> list[int]:
    """Where a line begins, and where what follows its dashes begins."""
    column = len(line) - len(line.lstrip(" "))
    found = [column]
    while line[column : column + 2] == "- ":
        column += 2
        found.append(column)
    return found


def _start(text: str, lines: list[str], number: int) -> int:
    start = 0
    for line in lines[:number]:
        start += len(line) + _break_length(text, start + len(line))
    return start


def _break_length(text: str, index: int) -> int:
    return 2 if text.startswith("\r\n", index) else 1
