"""Draws a table of the form: cells with spans, wrapped labels, and parts where it breaks.

Widths and spans come from the form's layout; here is only how high the rows become, what stands
where in a cell, and after which row a table may break. Places count from a part's upper left
corner, downwards, in points. Text comes row by row, each cell's as an element's of the document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from reportdesk.exports import style
from reportdesk.exports.blocks import TableBlock
from reportdesk.exports.structure import Artifact, Element, Kind, Marked, Owner, Scope, mark_line
from reportdesk.exports.typesetting.linebreak import Line, lines_of
from reportdesk.exports.typesetting.typeset import ASCENT, SetText, Typesetter
from reportdesk.form.label_wrap import wrap
from reportdesk.form.layout import FIGURES, HEAD_LABELS, Anatomy, LaidCell, TableLayout

_SLIP = 0.001
"""Lengths that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A hairline."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle; ``x``, ``y`` is its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TablePart:
    """As much of a table as stands on one page, its head repeated if it goes on there."""

    height: float
    ink: tuple[Marked | Rule | Fill, ...]


@dataclass(frozen=True, slots=True)
class _CellText:
    """What stands in a cell, broken into lines."""

    text: SetText
    lines: tuple[Line, ...]
    size: float
    padding: float

    @property
    def leading(self) -> float:
        return style.CELL_LEADING * self.size

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading + 2 * style.CELL_PADDING_VERTICAL


@dataclass(frozen=True, slots=True)
class _SetCell:
    """A cell with its text, the row before which it ends, and what it is in the document."""

    laid: LaidCell
    words: _CellText
    last_row: int
    element: Element


class SetTable:
    """A table with its text set, ready to be laid on one page or broken over several.

    ``element`` is what it is in the document.
    """

    def __init__(self, block: TableBlock, typesetter: Typesetter, width: float) -> None:
        self.element = Element(Kind.TABLE)
        self._layout = block.layout
        edges = [0.0, *accumulate(share * width for share in block.layout.widths)]
        self._edges = edges
        elements = _elements(block.layout, self.element)
        self._cells = list(_Cells(block, typesetter, edges).set_all(elements))
        kinds: dict[int, set[Anatomy]] = {}
        for cell in block.layout.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                kinds.setdefault(row, set()).add(cell.anatomy)
        self._head_like = {row for row, found in kinds.items() if found <= set(HEAD_LABELS)}
        self._banners = sorted(cell.row for cell in block.layout.cells if cell.anatomy is Anatomy.BANNER)

    @property
    def row_count(self) -> int:
        """How many rows there are, the head's included."""
        return self._layout.row_count

    def height(self, start: int, end: int) -> float:
        """The height of the part with the rows from ``start`` to ``end``, a repeated head included."""
        return sum(self._heights(self._rows(start, end)))

    def rows_that_fit(self, start: int, room: float) -> int:
        """The row before which the part that begins at ``start`` ends; ``start`` if none fits."""
        if self.height(start, self.row_count) <= room:
            return self.row_count
        best = start
        for end in range(start + 1, self.row_count + 1):
            if end < self.row_count and end - 1 in self._head_like:
                continue
            if self.height(start, end) > room:
                break
            best = end
        return best

    def blocks_that_fit(self, start: int, room: float) -> int:
        """The banner's row before which the part that begins at ``start`` may end; ``start`` if none fits."""
        ends = [row for row in self._banners if row > start and self.height(start, row) <= room]
        return ends[-1] if ends else start

    def first_break(self, start: int) -> int:
        """The first row before which the part that begins at ``start`` may end."""
        end = start + 1
        while end < self.row_count and end - 1 in self._head_like:
            end += 1
        return end

    def part(self, start: int, end: int) -> TablePart:
        """The part with the rows from ``start`` to ``end``."""
        rows = self._rows(start, end)
        tops = [0.0, *accumulate(self._heights(rows))]
        boxes = [
            (cell, _Box(left, tops[first], right, tops[last]))
            for cell, first, last in self._within(rows)
            for left, right in [self._sides(cell.laid)]
        ]
        fills = [
            Fill(box.left, box.top, box.right - box.left, box.bottom - box.top)
            for cell, box in boxes
            if cell.laid.anatomy is Anatomy.BANNER
        ]
        text = [
            line
            for cell, box in sorted(boxes, key=_reading_order)
            for line in _cell_lines(
                cell, box, cell.element if cell.laid.row >= start else Artifact.PAGINATION
            )
        ]
        rules = _rules([box for _, box in boxes])
        return TablePart(tops[-1], (*fills, *text, *rules))

    def _rows(self, start: int, end: int) -> list[int]:
        head = self._layout.head_rows
        return [*(range(head) if start >= head else ()), *range(start, end)]

    def _within(self, rows: list[int]) -> Iterator[tuple[_SetCell, int, int]]:
        """The cells that reach into the rows, from which to before which of them."""
        for cell in self._cells:
            first, last = bisect_left(rows, cell.laid.row), bisect_left(rows, cell.last_row)
            if first < last:
                yield cell, first, last

    def _heights(self, rows: list[int]) -> list[float]:
        """The rows' heights: the form's at least, and as much as their cells need."""
        heights = [self._layout.table.row_height] * len(rows)
        for cell, first, last in sorted(self._within(rows), key=lambda found: found[2] - found[1]):
            missing = cell.words.height - sum(heights[first:last])
            if missing > 0:
                for place in range(first, last):
                    heights[place] += missing / (last - first)
        return heights

    def _sides(self, cell: LaidCell) -> tuple[float, float]:
        return self._edges[cell.column], self._edges[cell.column + cell.column_span]


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float


def _reading_order(boxed: tuple[_SetCell, _Box]) -> tuple[int, int]:
    laid = boxed[0].laid
    return laid.row, laid.column


_Place = tuple[int, int]
"""A cell's row and column."""


def _elements(layout: TableLayout, table: Element) -> dict[_Place, Element]:
    """What every cell is in the document: a repeated head on its own, row by row."""
    head = layout.head_rows
    body = table.add(Kind.TABLE_HEAD) if head else table
    elements: dict[_Place, Element] = {}
    rows: dict[int, Element] = {}
    for cell in sorted(layout.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.row not in rows:
            if head and cell.row == head:
                body = table.add(Kind.TABLE_BODY)
            rows[cell.row] = body.add(Kind.ROW)
        kind = Kind.DATA_CELL if cell.anatomy in FIGURES else Kind.HEADER_CELL
        scope = Scope.ROW if cell.anatomy is Anatomy.STUB else Scope.COLUMN
        elements[cell.row, cell.column] = rows[cell.row].add(
            kind,
            scope if kind is Kind.HEADER_CELL else None,
            row_span=cell.row_span,
            column_span=cell.column_span,
        )
    return elements


class _Cells:
    """Sets the cells of a table: labels at the form's size, figures all at one that lets each stand in a line."""

    def __init__(self, block: TableBlock, typesetter: Typesetter, edges: list[float]) -> None:
        self._block = block
        self._typesetter = typesetter
        self._edges = edges
        size = block.table.text_size
        shares = [
            self._room(cell) / self._set(text, size).width
            for cell in block.layout.cells
            if cell.anatomy in FIGURES and (text := block.text_of(cell))
        ]
        self._size = size
        self._figure_size = size * min([1.0, *shares])

    def set_all(self, elements: dict[_Place, Element]) -> Iterator[_SetCell]:
        """Every cell with its text set; most figures are alike, and are set once."""
        known: dict[tuple[str, Anatomy, float], _CellText] = {}
        for cell in self._block.layout.cells:
            key = (self._block.text_of(cell), cell.anatomy, self._width(cell))
            if key not in known:
                known[key] = self._words(cell)
            yield _SetCell(cell, known[key], cell.row + cell.row_span, elements[cell.row, cell.column])

    def _width(self, cell: LaidCell) -> float:
        return round(self._edges[cell.column + cell.column_span] - self._edges[cell.column], 3)

    def _room(self, cell: LaidCell) -> float:
        width = self._width(cell)
        return width - 2 * style.cell_padding(width, self._block.table.text_size)

    def _set(self, text: str, size: float) -> SetText:
        return self._typesetter.set_text((text, style.table_text(size)), where=f"{self._block.table.name}的")

    def _words(self, cell: LaidCell) -> _CellText:
        """A figure stands in one line, a label is broken by its meaning."""
        padding = style.cell_padding(self._width(cell), self._size)
        text = self._block.text_of(cell)
        if cell.anatomy in FIGURES:
            words = self._set(text, self._figure_size)
            lines = lines_of([text] if text else [], words.widths, cell=self._figure_size)
            return _CellText(words, tuple(lines), self._figure_size, padding)
        words = self._set(text, self._size)
        width_of = dict(zip(text, words.widths, strict=True))
        room = self._room(cell)
        pieces = wrap(text, room + _SLIP, width_of.__getitem__, hang=self._size / 2) if text else ()
        lines = lines_of(pieces, words.widths, cell=self._size, measure=room)
        return _CellText(words, tuple(lines), self._size, padding)


def _cell_lines(cell: _SetCell, box: _Box, owner: Owner) -> Iterator[Marked]:
    """The cell's lines in the middle of its height; figures and head labels in the middle of its width."""
    anatomy, words = cell.laid.anatomy, cell.words
    left_aligned = anatomy in (Anatomy.BANNER, Anatomy.STUB) or (
        anatomy is Anatomy.STUBHEAD and len(words.lines) > 1
    )
    first = (box.top + box.bottom - len(words.lines) * words.leading) / 2
    for number, line in enumerate(words.lines):
        x = box.left + words.padding
        if not left_aligned:
            x = (box.left + box.right - line.width) / 2
        middle = first + (number + 0.5) * words.leading
        yield mark_line(words.text, line, owner, x, middle + (ASCENT - 0.5) * words.size)


def _rules(boxes: Iterable[_Box]) -> Iterator[Rule]:
    """Every cell's four sides, each drawn once, what lies in one line as one."""
    across: dict[float, list[tuple[float, float]]] = {}
    down: dict[float, list[tuple[float, float]]] = {}
    for box in boxes:
        for y in (box.top, box.bottom):
            across.setdefault(round(y, 3), []).append((box.left, box.right))
        for x in (box.left, box.right):
            down.setdefault(round(x, 3), []).append((box.top, box.bottom))
    for y, spans in sorted(across.items()):
        for start, end in _joined(spans):
            yield Rule(start, y, end, y)
    for x, spans in sorted(down.items()):
        for start, end in _joined(spans):
            yield Rule(x, start, x, end)


def _joined(spans: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    touching = 0.01
    start, end = None, 0.0
    for left, right in sorted(spans):
        if start is not None and left <= end + touching:
            end = max(end, right)
            continue
        if start is not None:
            yield start, end
        start, end = left, right
    if start is not None:
        yield start, end
