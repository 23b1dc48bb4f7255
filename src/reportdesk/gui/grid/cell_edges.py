"""Where each cell of a scrolled grid stands, and which cells a rectangle touches.

Worked out from the edges of columns and rows as they are now: with each keystroke a dozen cells are
painted, and asking Qt four questions for each of them takes longer than drawing its ground.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reportdesk.form.layout import LaidCell, TableLayout

Edges = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""


class CellEdges:
    """The cells of one sheet between these edges.

    ``lefts`` and ``tops`` say where each column and row begins in the viewport, and where the last one
    ends; a hidden one begins where it ends.
    """

    def __init__(self, layout: TableLayout, lefts: Sequence[int], tops: Sequence[int]) -> None:
        self._layout = layout
        self._lefts = lefts
        self._tops = tops

    def of(self, cell: LaidCell) -> Edges:
        """Where the cell stands; nothing of it in rows and columns that are hidden."""
        left, top = self._lefts[cell.column], self._tops[cell.row]
        right, bottom = self._lefts[cell.column + cell.column_span], self._tops[cell.row + cell.row_span]
        return left, top, right - left, bottom - top

    def touched(self, rectangle: Edges) -> Iterator[LaidCell]:
        """The cells that cover a part of the rectangle, a merged one once for each place that it covers."""
        left, top, width, height = rectangle
        covering = self._layout.covering
        columns = _between(self._lefts, left, left + width - 1)
        for row in _between(self._tops, top, top + height - 1):
            for column in columns:
                yield covering[row, column]


def _between(edges: Sequence[int], first: int, last: int) -> range:
    """The columns or rows that lie between two pixels, both included; none beside the table."""
    if first >= edges[-1]:
        return range(0)
    count = len(edges) - 1
    begin = bisect_right(edges, first, 0, count) - 1
    return range(max(begin, 0), bisect_right(edges, last, 0, count))
