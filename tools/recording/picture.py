"""A screen as a picture of a few colours, and a recording as a GIF that changes only when the screen does."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import pyte
from PIL import Image, ImageDraw, ImageFont

from recording.cast import COLUMNS, ROWS, Cast, Event

WIDE, HIGH, SIZE = 9, 19, 15
"""Pixels of one cell, and of the font in it."""
EDGE = 10
ACROSS, DOWN = COLUMNS * WIDE + 2 * EDGE, ROWS * HIGH + 2 * EDGE
"""Pixels of the screen with its edge; the strip with the keys stands below."""
LEVELS = 6
"""Steps between ground and ink that a letter's edge is drawn in; more would only make the file larger."""
LAST = 4_000
"""Milliseconds the last picture stays before the walk begins again."""

GROUND, INK, STRIP, PRESSED = "#14171c", "#d8dbe0", "#2a2f38", "#f2c76e"
COLOURS = {
    "black": "#1e222a",
    "red": "#e5697a",
    "green": "#8fc77b",
    "brown": "#e3b86a",
    "blue": "#6ba6ec",
    "magenta": "#c98be0",
    "cyan": "#62c0cb",
    "white": "#d8dbe0",
    "brightblack": "#7c8594",
    "brightred": "#ff8b98",
    "brightgreen": "#aee29a",
    "brightbrown": "#ffd88f",
    "brightblue": "#93c2ff",
    "brightmagenta": "#e3aef5",
    "brightcyan": "#8ce0ea",
    "brightwhite": "#ffffff",
}
"""The sixteen colours by pyte's names; brown is what terminals call yellow."""
NAMES = {"\r": "ENTER", "\x03": "Ctrl-C", "\x04": "Ctrl-D", "\x13": "Ctrl-S", "\x1b": "Esc", " ": "space"}


class Cell(NamedTuple):
    """All that decides how one place of the screen looks."""

    letter: str
    ink: str
    ground: str
    bold: bool
    underlined: bool


class Frame(NamedTuple):
    """What is to be seen from `at` milliseconds on: rows of cells, and the keys pressed last."""

    at: int
    rows: tuple[tuple[Cell, ...], ...]
    pressed: str


def frames(cast: Cast) -> list[Frame]:
    """The moments at which something changes, in order, each unlike the one before."""
    found: list[Frame] = []
    keys: list[Event] = []
    for event, screen in cast.played():
        if event.kind == "i":
            keys.append(event)
        if event.kind == "m":
            continue
        frame = Frame(event.at, _cells(screen), _pressed(keys))
        if found and found[-1][1:] == frame[1:]:
            continue
        if found and found[-1].at == frame.at:
            found.pop()
        found.append(frame)
    return found


def gif(cast: Cast) -> bytes:
    """The recording as an endless GIF."""
    painter = Painter()
    shown = frames(cast)
    ends = [*(frame.at for frame in shown[1:]), shown[-1].at + LAST]
    pictures = [painter.paint(frame) for frame in shown]
    for picture in pictures:
        picture.putpalette(painter.palette)
    written = BytesIO()
    pictures[0].save(
        written,
        "GIF",
        save_all=True,
        append_images=pictures[1:],
        # GIF counts in hundredths of a second.
        duration=[end // 10 * 10 - frame.at // 10 * 10 for frame, end in zip(shown, ends, strict=True)],
        loop=0,
        optimize=False,
        disposal=1,
    )
    return written.getvalue()


def pictures_in(content: bytes) -> int:
    """How many pictures a GIF holds. Raises OSError for what is no GIF."""
    with Image.open(BytesIO(content), formats=["GIF"]) as opened:
        return int(getattr(opened, "n_frames", 1))


class Painter:
    """Draws frames with one palette for all of them."""

    def __init__(self) -> None:
        path = files("barcode") / "fonts" / "DejaVuSansMono.ttf"
        self.font = ImageFont.truetype(BytesIO(path.read_bytes()), SIZE)
        self.colours: dict[tuple[int, int, int], int] = {}
        self.drawn: dict[Cell, Image.Image] = {}
        self.picture = Image.new("P", (ACROSS, DOWN + HIGH + EDGE), self._index(GROUND))
        self.rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def palette(self) -> list[int]:
        """Red, green and blue of every colour used up to now."""
        return [part for colour in self.colours for part in colour]

    def paint(self, frame: Frame) -> Image.Image:
        """The screen, and under it a strip with the keys that were pressed."""
        for y, row in enumerate(frame.rows):
            before = self.rows[y] if self.rows else ()
            for x, cell in enumerate(row):
                if not before or cell != before[x]:
                    self.picture.paste(self._cell(cell), (EDGE + x * WIDE, EDGE + y * HIGH))
        self.rows = frame.rows
        self.picture.paste(self._index(STRIP), (0, DOWN, ACROSS, DOWN + HIGH + EDGE))
        for x, letter in enumerate(f"keys  {frame.pressed[-(COLUMNS - 6) :]}"):
            ink = PRESSED if x > 5 else INK
            place = (EDGE + x * WIDE, DOWN + EDGE // 2)
            self.picture.paste(self._cell(Cell(letter, ink, STRIP, x > 5, False)), place)
        return self.picture.copy()

    def _cell(self, cell: Cell) -> Image.Image:
        if cell not in self.drawn:
            mask = Image.new("L", (WIDE, HIGH), 0)
            draw = ImageDraw.Draw(mask)
            draw.text((0, 0), cell.letter, font=self.font, fill=255)
            if cell.bold:
                # The font has no bold face; a second stroke beside the first is how terminals without one do it.
                draw.text((0.5, 0), cell.letter, font=self.font, fill=255)
            if cell.underlined:
                draw.line((0, HIGH - 2, WIDE, HIGH - 2), fill=255)
            steps = [self._index(_between(cell.ground, cell.ink, step / LEVELS)) for step in range(LEVELS + 1)]
            self.drawn[cell] = mask.point([steps[round(value * LEVELS / 255)] for value in range(256)])
        return self.drawn[cell]

    def _index(self, colour: str) -> int:
        rgb = (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))
        return self.colours.setdefault(rgb, len(self.colours))


def _cells(screen: pyte.Screen) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for y in range(ROWS):
        row = [_look(screen.buffer[y][x]) for x in range(COLUMNS)]
        if y == screen.cursor.y and not screen.cursor.hidden:
            x = min(screen.cursor.x, COLUMNS - 1)
            row[x] = row[x]._replace(ink=row[x].ground, ground=row[x].ink)
        rows.append(tuple(row))
    return tuple(rows)


def _look(char: pyte.screens.Char) -> Cell:
    ink, ground = _colour(char.fg, INK), _colour(char.bg, GROUND)
    if char.reverse:
        ink, ground = ground, ink
    return Cell(char.data or " ", ink, ground, char.bold, char.underscore)


def _colour(name: str, default: str) -> str:
    """pyte gives a name, or six hexadecimal digits for the colours beyond the sixteen."""
    if name == "default":
        return default
    return COLOURS.get(name) or f"#{name}"


def _between(ground: str, ink: str, part: float) -> str:
    pairs = zip(bytes.fromhex(ground[1:]), bytes.fromhex(ink[1:]), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * part):02x}" for low, high in pairs)


def _pressed(keys: list[Event]) -> str:
    """The keys since somebody last stopped to read: what was typed, and the names of the others."""
    together: list[str] = []
    for before, key in zip([None, *keys], keys, strict=False):
        if before is None or key.at - before.at > 600 or before.text.startswith("\r"):
            together = []
        together.append(key.text)
    typed = "".join(together)
    words = "".join(f" {NAMES[letter]} " if letter in NAMES and letter != " " else letter for letter in typed)
    return " ".join(words.split()) or ("space" if typed else "")
