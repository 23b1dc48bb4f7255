"""What a test expects to be seen, written briefly: paragraphs as text, tables as rows of cells."""

from __future__ import annotations

from reportdesk.readers.files.visible import Seen, Visible, VisibleParagraph, VisibleTable

Spans = tuple[int, int, int, int]


def paragraphs(seen: Seen) -> list[str]:
    """The text of every paragraph."""
    return [visible.text for visible in seen.contents if isinstance(visible, VisibleParagraph)]


def tables(seen: Seen) -> list[VisibleTable]:
    """Every table."""
    return [visible for visible in seen.contents if isinstance(visible, VisibleTable)]


def grid(table: VisibleTable) -> list[tuple[str, Spans]]:
    """A table's cells: text, and row, column, rows, columns."""
    return [(cell.text, (cell.row, cell.column, cell.rows, cell.columns)) for cell in table.cells]


def texts(table: VisibleTable) -> list[str]:
    """The text of every cell."""
    return [cell.text for cell in table.cells]


def outline(seen: Seen) -> list[object]:
    """Paragraphs with their levels and tables with their cells, in order."""
    return [_brief(visible) for visible in seen.contents]


def _brief(visible: Visible) -> object:
    return (visible.level, visible.text) if isinstance(visible, VisibleParagraph) else grid(visible)


def without_overlap(table: VisibleTable) -> bool:
    """Whether no two cells cover the same place."""
    places = [
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    return len(places) == len(set(places))
