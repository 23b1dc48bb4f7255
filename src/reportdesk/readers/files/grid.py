"""A table that was seen as a grid of places, whatever its file says of spans.

Readers of Word and web pages give spans; Excel without merges and PDF give a merged cell's text
in its first place and nothing in the others. Both are read by the same questions here.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportdesk.readers.files.visible import VisibleCell, VisibleTable

_BY_COLUMN = operator.attrgetter("column")
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
    area = sum([cell.rows * cell.columns for cell in table.cells])
    spans = area <= _MAX_PLACES
    starting: dict[int, list[VisibleCell]] = {}
    covering: dict[tuple[int, int], VisibleCell] = {}
    width = height = 0
    for cell in table.cells:
        _, top, left, rows, columns, *_ = cell
        below, beyond = (top + rows, left + columns) if spans else (top + 1, left + 1)
        width = max(width, beyond)
        height = max(height, below)
        starting.setdefault(top, []).append(cell)
        if below == top + 1 and beyond == left + 1:
            covering.setdefault((top, left), cell)
        else:
            for row in range(top, below):
                for column in range(left, beyond):
                    covering.setdefault((row, column), cell)
    for cells in starting.values():
        cells.sort(key=_BY_COLUMN)
    return Grid(table.name, width, height, starting, covering)
