"""The form's tables in WordprocessingML: spans, fixed widths, repeated heads, rows that are not torn.

Written row by row from the layout; python-docx's own merging looks every cell up again and
takes longer than all the rest. How a table breaks follows ``pdf_tables``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate

from reportdesk.exports import style
from reportdesk.exports.blocks import TableBlock
from reportdesk.exports.typesetting.linebreak import break_lines
from reportdesk.exports.typesetting.text_width import reckoned_widths
from reportdesk.exports.word.styles import TABLE, TableStyles, table_styles
from reportdesk.exports.word.word_xml import Element, paragraph, run, twips, w
from reportdesk.exports.xml_text import legal_text
from reportdesk.form.layout import FIGURES, HEAD_LABELS, Anatomy, LaidCell

_SMALLEST = 5.0
"""A figure is not set smaller, in points, however long it is."""


def table_element(block: TableBlock, heading: str = "") -> Element:
    """The table as ``w:tbl``, as wide as the type area; ``heading`` stands over it."""
    return _Table(block, heading).element()


class _Table:
    def __init__(self, block: TableBlock, heading: str) -> None:
        self._block = block
        self._heading = heading
        self._layout = block.layout
        self._size = block.table.text_size
        self._styles: TableStyles = table_styles(self._size)
        shares = accumulate(self._layout.widths, initial=0.0)
        self._edges = [round(share * twips(style.TYPE_WIDTH)) for share in shares]

    def element(self) -> Element:
        columns = zip(self._edges, self._edges[1:], strict=False)
        grid = w("tblGrid", *(w("gridCol", w=right - left) for left, right in columns))
        kept = self._kept_rows()
        rows = (self._row(row, kept=row in kept) for row in range(self._layout.row_count))
        return w("tbl", self._properties(), grid, *rows)

    def _properties(self) -> Element:
        padding, upright = twips(style.CELL_PADDING * self._size), twips(style.CELL_PADDING_VERTICAL)
        return w(
            "tblPr",
            w("tblStyle", val=TABLE),
            w("tblW", w=self._edges[-1], type="dxa"),
            w("jc", val="center"),  # else older programs hang the table out by its cells' margin
            w("tblLayout", type="fixed"),
            w("tblCellMar", *_margins(top=upright, left=padding, bottom=upright, right=padding)),
            w("tblCaption", val=legal_text(self._heading or self._block.table.name)),
            w("tblDescription", val=legal_text(self._description)),
        )

    @property
    def _description(self) -> str:
        """What who does not see the table hears of it first."""
        said = f"{self._block.table.name}，{self._layout.row_count} 行 {self._layout.column_count} 列"
        banners = [cell.text for cell in self._layout.cells if cell.anatomy is Anatomy.BANNER]
        return f"{said}，分为{'、'.join(banners)}。" if banners else f"{said}，左边是项目，上边是类别。"

    def _row(self, row: int, *, kept: bool) -> Element:
        properties = w(
            "trPr",
            w("cantSplit"),
            w("trHeight", val=twips(self._block.table.row_height), hRule="atLeast"),
            w("tblHeader") if row < self._layout.head_rows else None,
        )
        return w("tr", properties, *self._cells(row, kept=kept))

    def _cells(self, row: int, *, kept: bool) -> Iterator[Element]:
        column = 0
        while column < self._layout.column_count:
            cell = self._layout.covering[row, column]
            yield self._cell(cell, kept=kept, begins=cell.row == row)
            column += cell.column_span

    def _cell(self, cell: LaidCell, *, kept: bool, begins: bool) -> Element:
        width = self._width(cell)
        merge = None
        if cell.row_span > 1:
            merge = w("vMerge", val="restart") if begins else w("vMerge")
        properties = w(
            "tcPr",
            w("tcW", w=twips(width), type="dxa"),
            w("gridSpan", val=cell.column_span) if cell.column_span > 1 else None,
            merge,
            _fill() if cell.anatomy is Anatomy.BANNER else None,
            self._narrow_margins(width),
            w("vAlign", val="center"),
        )
        text = self._block.text_of(cell) if begins else ""
        runs = [run(text, points=self._shrunk(cell, text, width))] if text else []
        keep = [w("keepNext")] if kept else []
        return w("tc", properties, paragraph(self._style(cell), *runs, properties=keep))

    def _width(self, cell: LaidCell) -> float:
        return (self._edges[cell.column + cell.column_span] - self._edges[cell.column]) / 20

    def _narrow_margins(self, width: float) -> Element | None:
        if not style.is_narrow(width, self._size):
            return None
        narrow = twips(style.NARROW_PADDING)
        return w("tcMar", *_margins(left=narrow, right=narrow))

    def _style(self, cell: LaidCell) -> str:
        match cell.anatomy:
            case Anatomy.BANNER:
                return self._styles.banner
            case Anatomy.BODY | Anatomy.TOTAL:
                return self._styles.figure
            case Anatomy.STUB:
                return self._styles.label
            case Anatomy.STUBHEAD if self._lines(cell) > 1:
                return self._styles.label
            case _:
                return self._styles.head

    def _shrunk(self, cell: LaidCell, text: str, width: float) -> float | None:
        """The size at which a long figure fits; None if it does at the table's own."""
        if cell.anatomy not in FIGURES:
            return None
        room = width - 2 * style.cell_padding(width, self._size)
        needed = sum(reckoned_widths(text, self._size))
        if needed <= room:
            return None
        return max(_SMALLEST, math.floor(2 * self._size * room / needed) / 2)

    def _lines(self, cell: LaidCell) -> int:
        text = self._block.text_of(cell)
        width = self._width(cell)
        room = width - 2 * style.cell_padding(width, self._size)
        widths = reckoned_widths(text, self._size)
        return len(break_lines(text, widths, room, cell=self._size, justify=False))

    def _kept_rows(self) -> frozenset[int]:
        """The rows that stay with the next: all but the last where the table fits a page, else heads."""
        if self._reckoned_height() <= style.TYPE_HEIGHT - style.LINE_PITCH:
            return frozenset(range(self._layout.row_count - 1))
        heads = [cell for cell in self._layout.cells if cell.anatomy in HEAD_LABELS]
        return frozenset(row for cell in heads for row in range(cell.row, cell.row + cell.row_span))

    def _reckoned_height(self) -> float:
        heights = [self._block.table.row_height] * self._layout.row_count
        leading = style.CELL_LEADING * self._size
        for cell in self._layout.cells:
            if cell.row_span == 1 and cell.anatomy not in FIGURES:
                needed = self._lines(cell) * leading + 2 * style.CELL_PADDING_VERTICAL
                heights[cell.row] = max(heights[cell.row], needed)
        return sum(heights)


def _margins(**side_panels: int) -> Iterator[Element]:
    for side, width in side_panels.items():
        yield w(side, w=width, type="dxa")


def _fill() -> Element:
    return w("shd", val="clear", color="auto", fill=style.BANNER_COLOUR)
