"""Where everything of a table stands: cells and spans on one sheet, derived from label paths.

The window's grid and every export draw from this; none of them knows a table of its own.
Positions count from 0; heights, fonts and colours belong to whoever draws.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from reportdesk.form.spec import Block, CellRef, LabelPath, Table


class Anatomy(Enum):
    """Which piece of a table a cell is (after the anatomy of great_tables)."""

    BANNER = "banner"
    STUBHEAD = "stubhead"
    SPANNER = "spanner"
    COLUMN_LABEL = "column label"
    STUB = "stub"
    BODY = "body"
    TOTAL = "total"


FIGURES = (Anatomy.BODY, Anatomy.TOTAL)
"""The pieces that hold numbers."""
HEAD_LABELS = (Anatomy.BANNER, Anatomy.STUBHEAD, Anatomy.SPANNER, Anatomy.COLUMN_LABEL)
"""The labels over or across columns."""


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell on the sheet; ``ref`` is set for numbers (body and total) only."""

    row: int
    column: int
    row_span: int
    column_span: int
    anatomy: Anatomy
    text: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table on its sheet.

    ``head_rows`` counts the leading rows that are repeated where the table breaks: the head
    of a table of one block without a banner, none otherwise. ``widths`` are shares of the
    whole width that add up to 1.
    """

    table: Table
    row_count: int
    column_count: int
    head_rows: int
    widths: tuple[float, ...]
    cells: tuple[LaidCell, ...]
    covering: Mapping[tuple[int, int], LaidCell]
    """The cell that covers each place of the sheet."""
    place_of: Mapping[CellRef, LaidCell]
    """The cell of each number."""


@functools.lru_cache(maxsize=64)
def lay_out(table: Table) -> TableLayout:
    """Place every label and number of the table on its sheet; worked out once."""
    depths = [_depth(row.label for row in block.rows) for block in table.blocks]
    stub_columns = max(depths)
    column_count = max(
        (stub_columns if depth else 0) + len(block.columns)
        for block, depth in zip(table.blocks, depths, strict=True)
    )
    cells: list[LaidCell] = []
    top = 0
    for block, depth in zip(table.blocks, depths, strict=True):
        # A block without a stub has the whole width for its numbers.
        laid = list(_block(table, block, top, stub_columns if depth else 0, column_count))
        cells += laid
        top = max(cell.row + cell.row_span for cell in laid)
    only = table.blocks[0]
    single = len(table.blocks) == 1 and not only.banner
    total_width = sum(table.widths)
    return TableLayout(
        table=table,
        row_count=top,
        column_count=column_count,
        head_rows=_depth(column.label for column in only.columns) if single else 0,
        widths=tuple(width / total_width for width in table.widths),
        cells=tuple(cells),
        covering={place: cell for cell in cells for place in _places(cell)},
        place_of={cell.ref: cell for cell in cells if cell.ref is not None},
    )


@dataclass(frozen=True, slots=True)
class _Merged:
    """A label over ``count`` neighbours from ``start``, ``deep`` levels deep from ``level``."""

    start: int
    count: int
    level: int
    deep: int
    text: str


def _merge(paths: Sequence[LabelPath], depth: int) -> Iterator[_Merged]:
    """The merged labels of neighbouring paths.

    Neighbours share a label where their paths begin alike; the last label of a path reaches
    down to ``depth``.
    """
    for level in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            if level >= len(path):
                start += 1
                continue
            count = 1
            if level < len(path) - 1:
                while (
                    start + count < len(paths)
                    and len(paths[start + count]) > level + 1
                    and paths[start + count][: level + 1] == path[: level + 1]
                ):
                    count += 1
            deep = depth - level if level == len(path) - 1 else 1
            yield _Merged(start, count, level, deep, path[level])
            start += count


def _block(table: Table, block: Block, top: int, stub_columns: int, column_count: int) -> Iterator[LaidCell]:
    if block.banner:
        yield LaidCell(top, 0, 1, column_count, Anatomy.BANNER, block.banner)
        top += 1
    column_labels = [column.label for column in block.columns]
    head_rows = _depth(column_labels)
    edges = _edges(stub_columns, column_count, len(block.columns))
    if stub_columns:
        yield LaidCell(top, 0, head_rows, stub_columns, Anatomy.STUBHEAD, block.stubhead)
    for label in _merge(column_labels, head_rows):
        last = label.level + label.deep == head_rows
        yield LaidCell(
            row=top + label.level,
            column=edges[label.start],
            row_span=label.deep,
            column_span=edges[label.start + label.count] - edges[label.start],
            anatomy=Anatomy.COLUMN_LABEL if last else Anatomy.SPANNER,
            text=label.text,
        )
    top += head_rows
    for label in _merge([row.label for row in block.rows], stub_columns):
        yield LaidCell(top + label.start, label.level, label.count, label.deep, Anatomy.STUB, label.text)
    for down, row in enumerate(block.rows):
        for across, column in enumerate(block.columns):
            yield LaidCell(
                row=top + down,
                column=edges[across],
                row_span=1,
                column_span=edges[across + 1] - edges[across],
                anatomy=Anatomy.TOTAL if row.total_of or column.total_of else Anatomy.BODY,
                ref=CellRef(table.id, row.id, column.id),
            )


def _depth(paths: Iterator[LabelPath] | Sequence[LabelPath]) -> int:
    return max(len(path) for path in paths)


def _edges(first: int, end: int, columns: int) -> list[int]:
    """Where each of a block's columns begins when they share the sheet's columns evenly."""
    return [first + (end - first) * index // columns for index in range(columns + 1)]


def _places(cell: LaidCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column
