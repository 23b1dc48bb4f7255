"""Puts together what a reader sees: tables from cells with spans, layout tables taken apart, limits.

A table that serves only to place things on a page, as websites have them, is no table to a
reader of the report: what stands in its cells is taken in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportdesk.readers.files.limits import (
    MAX_CELLS,
    MAX_PARAGRAPHS,
    MAX_SPAN,
    MAX_TABLES,
    MAX_TEXT,
)
from reportdesk.readers.files.refusals import too_large
from reportdesk.readers.files.visible import Visible, VisibleCell, VisibleParagraph, VisibleTable

_LONGEST_HEADING = 60
"""Characters of a heading that stands alone."""
_MOST_LABEL = 120
"""Characters of the longest cell of a table of figures; a longer one is prose put into a cell."""
_FEWEST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Holding:
    """A cell of a file's table by its place and spans, with all that stands in it."""

    row: int
    column: int
    rows: int
    columns: int
    contents: tuple[Visible, ...]
    doubt: str = ""
    """Why what is seen in it may mislead, such as a text that is struck out and not read."""
    left_out: bool = False

    @property
    def text(self) -> str:
        """Its paragraphs, and what nested tables of a single cell hold, a line each."""
        return text_of(self.contents)

    @property
    def nested(self) -> tuple[VisibleTable, ...]:
        """The tables in it that are more than a frame around a text."""
        return tuple(
            table for table in self.contents if isinstance(table, VisibleTable) and len(table.cells) > 1
        )


def text_of(contents: Iterable[Visible]) -> str:
    """Paragraphs, and what tables of a single cell hold, a line each."""
    return "\n".join(_lines(contents))


def may_be_heading(text: str) -> bool:
    """Whether a paragraph's own outline level is of all its words: where a heading runs in, it is of the first."""
    words = text.strip()
    inside = words[:-1]
    is_sentence = "。" in inside or (words.endswith("。") and any(sign in inside for sign in "，；："))
    return len(words) <= _LONGEST_HEADING and not is_sentence


def clamped(span: int) -> int:
    """How many rows or columns a cell is taken to cover that claims to cover ``span``."""
    return max(1, min(span, MAX_SPAN))


def as_visible(cells: Sequence[Holding]) -> Iterable[Visible]:
    """The table of these cells with the tables nested in it behind; or what stood in its layout."""
    nested = [table for cell in cells for table in cell.nested]
    if nested and not _is_table(cells):
        for cell in cells:
            yield from cell.contents
        return
    if cells:
        yield without_slivers([
            VisibleCell(cell.text, cell.row, cell.column, cell.rows, cell.columns, cell.doubt, cell.left_out)
            for cell in cells
        ])  # fmt: skip
    yield from nested


def without_slivers(cells: Sequence[VisibleCell]) -> VisibleTable:
    """The table without columns in which no cell stands alone.

    Where a program rounds widths, edges that were one come apart, and a column of no width stands
    between them; without it the cells above and below each other have the same column again.
    """
    ends: dict[int, int] = {}
    for cell in cells:
        end = cell.column + cell.columns
        ends[cell.column] = min(end, ends.get(cell.column, end))
    edges = [max((cell.column + cell.columns for cell in cells), default=0)]
    merged = {edges[0]: edges[0]}
    for edge in range(edges[0] - 1, -1, -1):
        if ends.get(edge, edges[-1] + 1) <= edges[-1]:  # a cell reaches from here to the next edge kept
            edges.append(edge)
        merged[edge] = edges[-1]
    places = {edge: place for place, edge in enumerate(reversed(edges))}
    return VisibleTable(
        tuple(
            cell._replace(column=places[left], columns=places[right] - places[left])
            for cell in cells
            for left, right in [(merged[cell.column], merged[cell.column + cell.columns])]
        )
    )


def _is_table(cells: Sequence[Holding]) -> bool:
    """Whether a table with tables in it has enough short cells of its own to be one."""
    own = [cell for cell in cells if not cell.nested and cell.text]
    short = all(len(cell.text) <= _MOST_LABEL for cell in own)
    return short and len(own) >= _FEWEST_CELLS and len({cell.column for cell in own}) > 1


def _lines(contents: Iterable[Visible]) -> Iterable[str]:
    for visible in contents:
        if isinstance(visible, VisibleParagraph):
            yield visible.text
        elif len(visible.cells) == 1:
            yield visible.cells[0].text


def within_limits(contents: Iterable[Visible]) -> tuple[Visible, ...]:
    """All of it.

    Raises:
        UnreadableError: it is more than any report holds.
    """
    gathered: list[Visible] = []
    paragraphs = tables = cells = characters = 0
    for visible in contents:
        gathered.append(visible)
        if isinstance(visible, VisibleParagraph):
            paragraphs += 1
            characters += len(visible.text)
        else:
            tables += 1
            cells += len(visible.cells)
            characters += sum(len(cell.text) for cell in visible.cells)
        if paragraphs > MAX_PARAGRAPHS or characters > MAX_TEXT:
            raise too_large("文件里的文字")
        if tables > MAX_TABLES or cells > MAX_CELLS:
            raise too_large("文件里的表格")
    return tuple(gathered)
