"""Tells a table that lies on its side, its rows' labels across the top, and sets it upright."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence

from reportdesk.readers.files.visible import VisibleCell, VisibleTable
from reportdesk.readers.tables.form_labels import FormLabels
from reportdesk.readers.tables.labels import read_label

_FEWEST = 4
_TIMES = 3
_ROWS_OF_SEVERAL = 30
"""A sheet of fewer rows holds one table: 表四 on its side beside another has more."""
"""A table lies whose labels of rows, or else of columns, are spread over so many places the wrong way,
and over so many times as many as the right way."""


def set_upright(table: VisibleTable, labels: FormLabels) -> tuple[VisibleTable, ...]:
    """The table with the form's rows as rows; of a sheet that has several, each that lies by itself."""
    whole = upright(table, labels)
    holds_one = not table.cells or table.cells[-1].row < _ROWS_OF_SEVERAL
    if whole is not table or holds_one or not _has_turned_labels(table, labels):
        return (whole,)
    pieces = _pieces(table)
    stood_up = [upright(piece, labels) for piece in pieces]
    if all(one is piece for one, piece in zip(stood_up, pieces, strict=True)):
        return (table,)
    return tuple(stood_up)


def _has_turned_labels(table: VisibleTable, labels: FormLabels) -> bool:
    """Whether labels of columns stand below each other somewhere, as in a table that lies on its side."""
    _, columns = _told_apart(labels)
    below: Counter[int] = Counter()
    for cell in table.cells:
        if cell.text and not cell.text.isdecimal() and read_label(cell.text).words in columns:
            below[cell.column] += 1
    return max(below.values(), default=0) >= 2 * _FEWEST


def _pieces(table: VisibleTable) -> list[VisibleTable]:
    """What stands between the rows that are empty or hold one text only, and these rows by themselves."""
    rows: dict[int, list[VisibleCell]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            rows.setdefault(row, []).append(cell)
    runs: list[tuple[bool, list[VisibleCell]]] = []
    for row in sorted(rows):
        parts = sum(bool(cell.text.strip()) for cell in rows[row]) <= 1
        if not runs or runs[-1][0] != parts or row - 1 not in rows:
            runs.append((parts, []))
        runs[-1][1].extend(cell for cell in rows[row] if cell.row == row)
    return [_cut(held, table.name) for _, held in runs if held]


def _cut(cells: Sequence[VisibleCell], name: str) -> VisibleTable:
    """A piece of a sheet from its first row on, without the empty columns behind it."""
    top = min(cell.row for cell in cells)
    width = max((cell.column + cell.columns for cell in cells if cell.text.strip()), default=1)
    return VisibleTable(
        tuple(cell._replace(row=cell.row - top) for cell in cells if cell.column < width), name
    )


def upright(table: VisibleTable, labels: FormLabels) -> VisibleTable:
    """The table with the form's rows as rows; one that is not surely turned stays as it is."""
    rows, columns = _told_apart(labels)
    of_row, of_column = set(), set()
    for cell in table.cells:
        words = read_label(cell.text).words if cell.text and not cell.text.isdecimal() else ""
        if words in rows:
            of_row.add((cell.row, cell.column))
        elif words in columns:
            of_column.add((cell.row, cell.column))
    if len(of_row) >= _FEWEST:
        straight, turned = len({row for row, _ in of_row}), len({column for _, column in of_row})
    else:
        straight, turned = len({column for _, column in of_column}), len({row for row, _ in of_column})
    if turned < _FEWEST or turned < _TIMES * straight:
        return table
    cells = (
        cell._replace(row=cell.column, column=cell.row, rows=cell.columns, columns=cell.rows)
        for cell in table.cells
    )
    return VisibleTable(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), table.name)


@functools.lru_cache(maxsize=8)
def _told_apart(labels: FormLabels) -> tuple[frozenset[str], frozenset[str]]:
    """The words of rows and those of columns, without what both have."""
    rows = frozenset(labels.leaves) - {""}
    columns = frozenset(column.leaf.words for block in labels.blocks for column in block.columns) - {""}
    return rows - columns, columns - rows
