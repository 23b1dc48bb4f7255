"""The official look as numbers: GB/T 9704-2012 as published reports print it.

Says what the page, the faces and the sizes are; nothing here draws. Lengths are points unless
they say otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MM = 72 / 25.4


class Face(Enum):
    """A face of the official style; the value is the name that Word and Excel files give it."""

    TITLE = "方正小标宋简体"
    HEI = "黑体"
    KAI = "楷体_GB2312"
    FANGSONG = "仿宋_GB2312"
    SONG = "宋体"
    LATIN = "Times New Roman"


# 5.1, 5.2.1: A4, top 37 mm, left 28 mm, type area 156 × 225 mm.
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
MARGIN_TOP = 37 * MM
MARGIN_LEFT = 28 * MM
TYPE_WIDTH = 156 * MM
TYPE_HEIGHT = 225 * MM

# 5.2.3: 22 lines of 28 characters fill the type area.
LINES = 22
CHARACTERS = 28
LINE_PITCH = 28.95
CHARACTER_PITCH = TYPE_WIDTH / CHARACTERS

FIRST_LINE_INDENT = 2 * CHARACTER_PITCH

# An attachment's title stands on the third line; one blank line parts it from the text.
LINES_ABOVE_TITLE = 2
LINES_BELOW_TITLE = 1

# 7.3.5.1: a date that is sealed stands four characters from the right, the unit centred over it.
CLOSING_DATE_INDENT = 4 * CHARACTER_PITCH
CLOSING_UNIT_INDENT = 2 * CHARACTER_PITCH
LINES_ABOVE_CLOSING = 1

# 7.5: the dash's upper edge is 7 mm below the type area, one character from the outer edge.
PAGE_NUMBER_DROP = 7 * MM
PAGE_NUMBER = "— {} —"

BANNER_COLOUR = "C6D9F1"
HAIRLINE = 0.5
CELL_PADDING = 0.4
"""Between a cell's rule and its text, left and right, in sizes."""
NARROW_CELL = 6.5
"""A cell less wide than this, in sizes, is too narrow for that: less padding, lines of even length."""
NARROW_PADDING = 2.0
"""The padding of such a cell, in points."""
CELL_PADDING_VERTICAL = 2.0
CELL_LEADING = 1.3
"""A cell's line pitch in sizes; cells do not take the page's line pitch."""
GAP_BELOW_TABLE = 8.0


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a run of text is set.

    ``pitch`` is the width of one full-width character's cell. ``latin`` is the face of letters
    and digits: a title and a 黑体 heading keep their own, whose weight matches.
    """

    face: Face
    latin: Face
    size: float
    pitch: float


TITLE = TextStyle(Face.TITLE, Face.TITLE, 22, 22)
SECTION_HEADING = TextStyle(Face.HEI, Face.HEI, 16, CHARACTER_PITCH)
PART_HEADING = TextStyle(Face.KAI, Face.LATIN, 16, CHARACTER_PITCH)
BODY = TextStyle(Face.FANGSONG, Face.LATIN, 16, CHARACTER_PITCH)
FOLIO = TextStyle(Face.SONG, Face.SONG, 14, 14)


def is_narrow(width: float, size: float) -> bool:
    """Whether a cell of that width is narrow for text of that size."""
    return width < NARROW_CELL * size


def cell_padding(width: float, size: float) -> float:
    """What a cell of that width keeps free between its rule and text of that size, left and right."""
    return NARROW_PADDING if is_narrow(width, size) else CELL_PADDING * size


def table_text(size: float) -> TextStyle:
    """The style of a table's labels and figures at the form's size."""
    return TextStyle(Face.SONG, Face.LATIN, size, size)
