"""What one page of a PDF shows a person: its tables, its lines, and what of it was not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportdesk.readers.files.unseen import SMALLEST
from reportdesk.readers.files.visible import VisibleTable
from reportdesk.readers.pdf.cells import Cells
from reportdesk.readers.pdf.columns import aligned_tables
from reportdesk.readers.pdf.ink import Painted, shown_of
from reportdesk.readers.pdf.lines import Line, cell_text, lines_of
from reportdesk.readers.pdf.notes import notes_on
from reportdesk.readers.pdf.page import UNKNOWN, Box, Char, Drawn, drawn_on
from reportdesk.readers.pdf.ruled_grid import Ruled, find_tables
from reportdesk.readers.pdf.struck import struck_out

if TYPE_CHECKING:
    import pypdfium2
    from pdfminer.pdfpage import PDFPage

    from reportdesk.readers.pdf.fonts import Fonts

_LARGE = 0.12
"""A picture is named that takes this much of its page."""
_NO_CHARACTER = "\ufffd"
"""Stands in a cell for what the file does not tell: a number without one of its figures is another number."""
_TALL = 0.8
_OVER, _LARGER = 3, 2.5
"""A character on which lie so many that are so many times smaller is a watermark's."""


@dataclass(slots=True)
class Leaf:
    """What one page holds. The counts are of characters that are no spaces; ``unread`` says what was not read."""

    number: int
    height: float
    tables: list[tuple[Box, VisibleTable]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    characters: int = 0
    unknown: int = 0
    hidden: int = 0
    struck: int = 0
    turned: int = 0
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    picture: bool = False
    drawing: bool = False


@dataclass(slots=True)
class _Sorted:
    """A page's characters by whether they are seen."""

    seen: list[Char] = field(default_factory=list)
    hidden: list[Char] = field(default_factory=list)
    turned: list[Char] = field(default_factory=list)
    unknown: list[Char] = field(default_factory=list)


def leaf_of(page: PDFPage, painter: pypdfium2.PdfPage, number: int, resources: Fonts) -> Leaf:
    """The page's text and tables as a person sees them."""
    drawn = drawn_on(page, shown_of(painter), resources)
    painted = Painted(painter, drawn)
    notes = notes_on(page, drawn, resources)
    leaf = Leaf(number, drawn.height)
    leaf.picture = any(_is_large(box, drawn) for box in drawn.pictures)
    found = _sorted(drawn, painted, resources)
    struck = struck_out(found.seen, drawn, notes.struck)
    ruled, leaf.drawing = find_tables(drawn, struck.lines)
    seen = [char for at, char in enumerate(found.seen) if at not in struck.chars]
    cells = _cells(ruled, [*seen, *(char for char in notes.filled if not char.white), *found.unknown])
    cells.left_out(found.hidden, [found.seen[at] for at in struck.chars], found.turned)
    cells.crossed([found.seen[at] for at in struck.crossed])
    leaf.notes = [cell_text(written) for written in notes.written]
    for written in notes.written:
        cells.take_note(written)
    cells.look(painted)
    aligned, rest = aligned_tables([char for char in cells.outside if char.text != _NO_CHARACTER])
    leaf.tables = sorted([*cells.made(), *aligned], key=lambda found: found[0][1])
    leaf.lines = lines_of(rest, number)
    leaf.comments = notes.comments
    _count(leaf, found, seen, len(struck.chars))
    return leaf


def _cells(ruled: Sequence[Ruled], chars: Sequence[Char]) -> Cells:
    """The characters in the tables' cells; a table that has no line between its rows is none that is ruled."""
    cells = Cells(ruled)
    cells.take(chars)
    if stacked := cells.stacked():
        cells = Cells([table for number, table in enumerate(ruled) if number not in stacked])
        cells.take(chars)
    return cells


def _count(leaf: Leaf, found: _Sorted, seen: Sequence[Char], struck: int) -> None:
    leaf.characters = sum(not char.text.isspace() for char in seen) + len(found.unknown)
    leaf.unknown, leaf.struck = len(found.unknown), struck
    leaf.hidden = sum(char.text.isalnum() for char in found.hidden)
    leaf.turned = sum(char.text.isdecimal() for char in found.turned)


def _sorted(drawn: Drawn, painted: Painted, fonts: Fonts) -> _Sorted:
    """The characters on the page by whether they are seen; what lies beside it is nobody's matter."""
    found = _Sorted()
    for char in drawn.chars:
        if not (
            0 <= char.left + char.right <= 2 * drawn.width and 0 <= char.baseline <= drawn.height + char.size
        ):
            continue
        if not _is_seen(char, painted):
            found.hidden.append(char)
        elif char.text.startswith(UNKNOWN) or (
            char.text.isdecimal() and fonts.has_two_shapes(char.font, char.text)
        ):
            found.unknown.append(char._replace(text=_NO_CHARACTER))
        elif char.turn:
            found.turned.append(char)
        else:
            found.seen.append(char)
    marks = _watermarks(found.seen)
    found.turned += marks
    found.seen = [char for char in found.seen if char not in marks]
    return found


def _watermarks(chars: Sequence[Char]) -> set[Char]:
    """The large characters across which others run."""
    sizes = sorted(char.size for char in chars)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    large = [char for char in chars if char.size > _LARGER * usual and not char.text.isspace()]
    runs = {char.run for char in large if _lies_under(char, chars)}
    return {char for char in large if char.run in runs}


def _lies_under(char: Char, chars: Sequence[Char]) -> bool:
    top = char.baseline - _TALL * char.size
    over = (
        char.left < (one.left + one.right) / 2 < char.right
        and top < one.baseline - one.size / 3 < char.baseline
        for one in chars
        if one.size * _LARGER < char.size and not one.text.isspace()
    )
    return sum(over) >= _OVER


def _is_seen(char: Char, painted: Painted) -> bool:
    if not char.painted or char.size < SMALLEST:
        return False
    if char.text.isspace():
        return True
    if not char.certain:
        return not (char.white and painted.is_white(char))
    return char.turn != 0 or painted.shows(char)


def _is_large(box: Box, drawn: Drawn) -> bool:
    covered = (box[2] - box[0]) * (box[3] - box[1])
    return covered > _LARGE * drawn.width * drawn.height
