"""A table that was seen as a grid of places, whatever its file says of spans.

Readers of Word and web pages give spans; Excel without merges and PDF give a merged cell's text
in its first place and nothing in the others. Both are read by the same questions here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportdesk.readers.files.visible import VisibleCell, VisibleTable

_MAX_PLACES = 200_000
"""Places of one table; beyond, spans are not followed: such a table is no form."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells by place; ``width`` counts its columns, ``height`` its rows."""

    name: str
    width: int
    height: int
    starting: Mapping[int, Sequence[VisibleCell]]
    """The cells that begin in each row, from the left."""
    covering: Mapping[tuple[int, int], VisibleCell]
    """The cell at each place; places that the file has no cell for are absent."""

    def row(self, row: int) -> Sequence[VisibleCell]:
        """The cells that begin in the row."""
        return self.starting.get(row, ())

    def written(self, row: int) -> list[VisibleCell]:
        """The cells that begin in the row and hold text."""
        return [cell for cell in self.row(row) if cell.text.strip()]

    def text(self, row: int, column: int) -> str:
        """What is seen at a place; empty where nothing is."""
        cell = self.covering.get((row, column))
        return cell.text.strip() if cell else ""


def grid_of(table: VisibleTable) -> Grid:
    """The table's places, spans followed as far as they are sane."""
    area = sum(cell.rows * cell.columns for cell in table.cells)
    spans = area <= _MAX_PLACES
    starting: dict[int, list[VisibleCell]] = {}
    covering: dict[tuple[int, int], VisibleCell] = {}
    for cell in table.cells:
        rows, columns = (cell.rows, cell.columns) if spans else (1, 1)
        starting.setdefault(cell.row, []).append(cell)
        if rows == columns == 1:
            covering.setdefault((cell.row, cell.column), cell)
        else:
            for row in range(cell.row, cell.row + rows):
                for column in range(cell.column, cell.column + columns):
                    covering.setdefault((row, column), cell)
    for cells in starting.values():
        cells.sort(key=lambda cell: cell.column)
    width = max((cell.column + (cell.columns if spans else 1) for cell in table.cells), default=0)
    height = max((cell.row + (cell.rows if spans else 1) for cell in table.cells), default=0)
    return Grid(table.name, width, height, starting, covering)
