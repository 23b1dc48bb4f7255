"""Filling many cells at once: zeros, blanks, and the cell above.

Each answers with one edit, empty where there is nothing to do. Whether to ask the clerk first is
the window's. Zeros go into no cell that is 待核实: it waits for a number that somebody looks up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportdesk.form.layout import Anatomy, lay_out
from reportdesk.form.spec import CellRef, Form, Table
from reportdesk.report.document import Report, Value
from reportdesk.report.edits import Edit, set_cells
from reportdesk.report.text.figures import parse_figure


def fill_blanks(report: Report, form: Form, table: Table) -> Edit:
    """其余填 0: every blank cell of the table becomes zero, whatever is filled or to be verified stays."""
    blank = [ref for ref in _free_for_zeros(report, form, table) if ref not in report.cells]
    return set_cells(report, form, {ref: _zero(form, ref) for ref in blank}, "其余填 0")


def fill_with_zeros(report: Report, form: Form, table: Table) -> Edit:
    """整表填 0: every typed cell of the table becomes zero, unless it is to be verified."""
    zeros = {ref: _zero(form, ref) for ref in _free_for_zeros(report, form, table)}
    return set_cells(report, form, zeros, "整表填 0")


def overwritten_by_zeros(report: Report, form: Form, table: Table) -> tuple[CellRef, ...]:
    """The cells whose number 整表填 0 would take away."""
    return tuple(ref for ref in _free_for_zeros(report, form, table) if report.cells.get(ref))


def kept_from_zeros(report: Report, form: Form, table: Table) -> tuple[CellRef, ...]:
    """The cells that are 待核实, into which no zero is put; a zero that stands there already is none."""
    typed = form.typed_cells(table)
    return tuple(ref for ref in typed if ref in report.unverified and report.cells.get(ref) != 0)


def _free_for_zeros(report: Report, form: Form, table: Table) -> list[CellRef]:
    return [ref for ref in form.typed_cells(table) if ref not in report.unverified]


def clear_cells(report: Report, form: Form, refs: Iterable[CellRef], label: str = "清除") -> Edit:
    """Make the typed ones among the cells blank."""
    return set_cells(report, form, {ref: None for ref in refs if ref not in form.totals}, label)


def fill_down(report: Report, form: Form, table: Table, selected: Sequence[CellRef]) -> Edit:
    """In each selected column its top cell's number goes into the cells below it.

    A single row takes from the row above it, as spreadsheets do. Totals neither give nor take, and of
    several cells those do not take that are 待核实.
    """
    values = _taken_from_above(report, form, table, selected)
    kept = kept_from_filling(report, form, table, selected)
    return set_cells(
        report, form, {ref: value for ref, value in values.items() if ref not in kept}, "向下填充"
    )


def kept_from_filling(
    report: Report, form: Form, table: Table, selected: Sequence[CellRef]
) -> frozenset[CellRef]:
    """The cells that ``fill_down`` leaves as they are, being 待核实; a single one is filled as it is told to."""
    takers = _taken_from_above(report, form, table, selected).keys()
    return frozenset(ref for ref in takers if ref in report.unverified) if len(takers) > 1 else frozenset()


def _taken_from_above(
    report: Report, form: Form, table: Table, selected: Sequence[CellRef]
) -> dict[CellRef, Value | None]:
    laid = lay_out(table)
    columns: dict[int, list[CellRef]] = {}
    for ref in sorted(selected, key=lambda ref: laid.place_of[ref].row):
        columns.setdefault(laid.place_of[ref].column, []).append(ref)
    single_row = all(len(refs) == 1 for refs in columns.values())
    values: dict[CellRef, Value | None] = {}
    for refs in columns.values():
        source = _above(table, refs[0]) if single_row else refs[0]
        if source is None or source in form.totals:
            continue
        takers = refs if single_row else refs[1:]
        value = report.cells.get(source)
        for ref in takers:
            if ref not in form.totals and form.kind_of[ref] == form.kind_of[source]:
                values[ref] = value
    return values


def _above(table: Table, ref: CellRef) -> CellRef | None:
    """The typed cell next above, over totals; None where a label comes first."""
    laid = lay_out(table)
    place = laid.place_of[ref]
    for row in range(place.row - 1, -1, -1):
        cell = laid.covering[(row, place.column)]
        if cell.ref is None:
            return None
        if cell.anatomy is Anatomy.BODY:
            return cell.ref
    return None


def _zero(form: Form, ref: CellRef) -> Value | None:
    return parse_figure("0", form.kind_of[ref])
