"""Zeros, blanks and the cell above, many cells at once."""

from decimal import Decimal

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report, new_report
from reportdesk.report.edits import Edit, apply_edit
from reportdesk.session.fill import (
    clear_cells,
    fill_blanks,
    fill_down,
    fill_with_zeros,
    kept_from_zeros,
    overwritten_by_zeros,
)

FORM = load_form("2021")
REQUESTS = FORM.tables["requests"]
DISCLOSURE = FORM.tables["disclosure"]
TYPED = {ref for ref in REQUESTS.refs() if ref not in FORM.totals}
NEW = CellRef("requests", "new", "person")


def report_with(**cells: int) -> Report:
    report = new_report(FORM, 2024, "常乐镇人民政府")
    report.cells.update({NEW._replace(row=row): value for row, value in cells.items()})
    return report


def after(report: Report, edit: Edit) -> Report:
    apply_edit(report, edit)
    return report


def test_a_cell_to_be_verified_takes_no_zero() -> None:
    report = report_with(new=5)
    other = CellRef("requests", "granted", "person")
    report.unverified.update(dict.fromkeys((NEW, other), True))
    assert set(kept_from_zeros(report, FORM, REQUESTS)) == {NEW, other}
    assert overwritten_by_zeros(report, FORM, REQUESTS) == ()
    for fill in (fill_blanks, fill_with_zeros):
        after(report, fill(report, FORM, REQUESTS))
        assert report.cells == dict.fromkeys(TYPED - {other}, 0) | {NEW: 5}
        assert set(report.unverified) == {NEW, other}


def test_the_rest_becomes_zero_and_what_is_filled_stays() -> None:
    report = report_with(new=5)
    after(report, fill_blanks(report, FORM, REQUESTS))
    assert report.cells == dict.fromkeys(TYPED, 0) | {NEW: 5}


def test_a_zero_of_money_is_as_if_typed() -> None:
    report = report_with()
    after(report, fill_blanks(report, FORM, DISCLOSURE))
    assert type(report.cells[CellRef("disclosure", "fees", "charged")]) is Decimal


def test_filling_a_full_table_changes_nothing() -> None:
    report = report_with()
    after(report, fill_blanks(report, FORM, REQUESTS))
    assert not fill_blanks(report, FORM, REQUESTS)


def test_the_whole_table_becomes_zero_and_what_that_takes_away_is_known() -> None:
    report = report_with(new=5, carried_in=0)
    assert overwritten_by_zeros(report, FORM, REQUESTS) == (NEW,)
    after(report, fill_with_zeros(report, FORM, REQUESTS))
    assert report.cells == dict.fromkeys(TYPED, 0)


def test_clearing_leaves_totals_and_others() -> None:
    report = report_with(new=5, carried_in=1)
    after(report, clear_cells(report, FORM, [NEW, NEW._replace(column="total")]))
    assert report.cells == {NEW._replace(row="carried_in"): 1}


def test_filling_down_copies_the_top_of_each_column() -> None:
    report = report_with(granted=3)
    rows = ("granted", "granted_in_part", "denied_state_secret")
    selected = [NEW._replace(row=row, column=column) for row in rows for column in ("person", "enterprise")]
    after(report, fill_down(report, FORM, REQUESTS, selected))
    assert report.cells == {NEW._replace(row=row): 3 for row in rows}


def test_a_single_cell_takes_the_one_above_over_a_total() -> None:
    report = report_with(closed_other=4)
    after(report, fill_down(report, FORM, REQUESTS, [NEW._replace(row="carried_out")]))
    assert report.cells[NEW._replace(row="carried_out")] == 4


def test_the_first_cell_has_nothing_to_take() -> None:
    assert not fill_down(report_with(new=1), FORM, REQUESTS, [NEW])


def test_totals_neither_give_nor_take() -> None:
    report = report_with(granted=3)
    rows = ("closed_other", "handled", "carried_out")
    after(report, fill_down(report, FORM, REQUESTS, [NEW._replace(row=row) for row in rows]))
    assert report.cells == {NEW._replace(row="granted"): 3}
