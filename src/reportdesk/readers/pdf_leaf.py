"""What one page of a PDF shows a person: its tables, its lines, and what of it was not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportdesk.readers.pdf_cells import Cells
from reportdesk.readers.pdf_columns import aligned_tables
from reportdesk.readers.pdf_grid import Ruled, find_tables
from reportdesk.readers.pdf_ink import Painted, shown_of
from reportdesk.readers.pdf_lines import Line, cell_text, lines_of
from reportdesk.readers.pdf_notes import notes_on
from reportdesk.readers.pdf_page import UNKNOWN, Box, Char, Drawn, drawn_on
from reportdesk.readers.pdf_struck import struck_out
from reportdesk.readers.visible import VisibleTable

if TYPE_CHECKING:
    import pypdfium2
    from pdfminer.pdfinterp import PDFResourceManager
    from pdfminer.pdfpage import PDFPage

_LARGE = 0.12
"""A picture is named that takes this much of its page."""
_SMALLEST = 1.0
"""Type smaller than this, in points, is not seen."""


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
    unknown: int = 0


def leaf_of(page: PDFPage, painter: pypdfium2.PdfPage, number: int, resources: PDFResourceManager) -> Leaf:
    """The page's text and tables as a person sees them."""
    drawn = drawn_on(page, shown_of(painter), resources)
    painted = Painted(painter, drawn)
    notes = notes_on(page, drawn, resources)
    leaf = Leaf(number, drawn.height)
    leaf.picture = any(_is_large(box, drawn) for box in drawn.pictures)
    found = _sorted(drawn, painted)
    struck, lines = struck_out(found.seen, drawn, notes.struck)
    ruled, leaf.drawing = find_tables(drawn, lines)
    seen = [char for at, char in enumerate(found.seen) if at not in struck]
    cells = _cells(ruled, seen + [char for char in notes.filled if not char.white])
    cells.left_out(found.hidden, [found.seen[at] for at in struck], found.turned)
    leaf.notes = [cell_text(written) for written in notes.written]
    for written in notes.written:
        cells.take_note(written)
    cells.look(painted)
    aligned, rest = aligned_tables(cells.outside)
    leaf.tables = sorted([*cells.made(), *aligned], key=lambda found: found[0][1])
    leaf.lines = lines_of(rest, number)
    leaf.comments = notes.comments
    _count(leaf, found, seen, len(struck))
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
    leaf.characters = sum(not char.text.isspace() for char in seen) + found.unknown
    leaf.unknown, leaf.struck = found.unknown, struck
    leaf.hidden = sum(char.text.isalnum() for char in found.hidden)
    leaf.turned = sum(char.text.isdecimal() for char in found.turned)


def _sorted(drawn: Drawn, painted: Painted) -> _Sorted:
    """The characters on the page by whether they are seen; what lies beside it is nobody's matter."""
    found = _Sorted()
    for char in drawn.chars:
        if not (
            0 <= char.left + char.right <= 2 * drawn.width and 0 <= char.baseline <= drawn.height + char.size
        ):
            continue
        if not _is_seen(char, painted):
            found.hidden.append(char)
        elif char.text.startswith(UNKNOWN):
            found.unknown += 1
        elif char.turn:
            found.turned.append(char)
        else:
            found.seen.append(char)
    return found


def _is_seen(char: Char, painted: Painted) -> bool:
    if not char.painted or char.size < _SMALLEST:
        return False
    if char.text.isspace():
        return True
    if not char.certain:
        return not (char.white and painted.is_white(char))
    return char.turn != 0 or painted.shows(char)


def _is_large(box: Box, drawn: Drawn) -> bool:
    covered = (box[2] - box[0]) * (box[3] - box[1])
    return covered > _LARGE * drawn.width * drawn.height
