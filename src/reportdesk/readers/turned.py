"""Tells a table that lies on its side, its rows' labels across the top, and sets it upright."""

from __future__ import annotations

import functools

from reportdesk.readers.form_labels import FormLabels
from reportdesk.readers.labels import read_label
from reportdesk.readers.visible import VisibleTable

_FEWEST = 4
_TIMES = 3
"""A table lies whose labels of rows, or else of columns, are spread over so many places the wrong way,
and over so many times as many as the right way."""


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
