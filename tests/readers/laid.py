"""Tables of a form as files show them: with spans or without, whole or cut by pages."""

from __future__ import annotations

from collections.abc import Mapping

from reportdesk.form.layout import lay_out
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form, Table
from reportdesk.readers.files.visible import VisibleCell, VisibleTable
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure
from reportdesk.report.totals import compute_totals


def figures(form: Form, cells: Mapping[CellRef, Value]) -> dict[CellRef, str]:
    """What every cell of the form shows, totals computed."""
    totals, _ = compute_totals(relate(form), cells)
    return {ref: show_figure(totals[ref].value if ref in totals else cells.get(ref)) for ref in form.kind_of}


def laid(table: Table, shown: Mapping[CellRef, str], *, spans: bool = True) -> VisibleTable:
    """The table as its form lays it out; without ``spans`` a merged cell's other places are empty."""
    layout = lay_out(table)
    whole = [
        VisibleCell(
            shown[cell.ref] if cell.ref else cell.text, cell.row, cell.column, cell.row_span, cell.column_span
        )
        for cell in layout.cells
    ]
    if spans:
        return VisibleTable(tuple(whole))
    first = {(cell.row, cell.column): cell.text for cell in whole}
    return VisibleTable(
        tuple(
            VisibleCell(first.get((row, column), ""), row, column)
            for row in range(layout.row_count)
            for column in range(layout.column_count)
        )
    )


def cut(table: VisibleTable, row: int, head_rows: int = 0) -> list[VisibleTable]:
    """The table in two pieces, as a page's end cuts it before the row; the head again above the second.

    A cell over the cut stands in the first piece whole and in the second without its text.
    """
    above = [cell._replace(rows=min(cell.rows, row - cell.row)) for cell in table.cells if cell.row < row]
    head = [cell for cell in table.cells if cell.row < head_rows]
    below = [cell._replace(row=cell.row - row + head_rows) for cell in table.cells if cell.row >= row]
    torn = [
        VisibleCell("", head_rows, cell.column, cell.row + cell.rows - row, cell.columns)
        for cell in table.cells
        if cell.row < row < cell.row + cell.rows
    ]
    return [VisibleTable(tuple(above)), VisibleTable((*head, *torn, *below))]


def edited(table: VisibleTable, **texts: str) -> VisibleTable:
    """The table with other words: each key's text put for the text that is the key."""
    return VisibleTable(tuple(cell._replace(text=texts.get(cell.text, cell.text)) for cell in table.cells))
