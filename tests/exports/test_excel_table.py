"""A table's sheet: laid out as the form, totals that live, cells that refuse what does not fit."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportdesk.exports.excel.table import TablePage
from reportdesk.exports.excel.workbook import pages, render_workbook
from reportdesk.form.layout import LaidCell, lay_out
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report, Value
from reportdesk.report.totals import compute_totals
from tests.editions import EDITION_IDS, FORMS, third_form
from tests.strategies import DEAR, reports

FORM = load_form("2021")
every_form = pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)


def opened(form: Form, report: Report, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(render_workbook(form, report)), data_only=values)


def table_pages(form: Form) -> list[TablePage]:
    return [page for page in pages(form) if isinstance(page, TablePage)]


def placed(form: Form, book: Workbook) -> Iterator[tuple[Worksheet, LaidCell, Cell]]:
    for page in table_pages(form):
        sheet: Worksheet = book[page.name]
        for laid in lay_out(page.table).cells:
            cell = sheet.cell(laid.row + len(page.titles()) + 1, laid.column + 1)
            assert isinstance(cell, Cell)
            yield sheet, laid, cell


def numbers(form: Form, book: Workbook) -> dict[CellRef, Cell]:
    return {laid.ref: cell for _, laid, cell in placed(form, book) if laid.ref is not None}


def filled(form: Form) -> Report:
    cells: dict[CellRef, Value] = {}
    for number, (ref, kind) in enumerate(form.kind_of.items(), start=1):
        if ref not in form.totals:
            cells[ref] = Decimal(number).scaleb(-1) if kind.places else number
    return Report(form.edition, cells=cells)


@every_form
def test_labels_and_merges_are_the_forms(form: Form) -> None:
    book = opened(form, Report(form.edition))
    merged: dict[str, set[str]] = {page.name: set() for page in table_pages(form)}
    for sheet, laid, cell in placed(form, book):
        if laid.ref is None:
            assert (cell.value or "") == laid.text
        if laid.row_span * laid.column_span > 1:
            last = cell.offset(laid.row_span - 1, laid.column_span - 1).coordinate
            merged[sheet.title].add(f"{cell.coordinate}:{last}")
    for page in table_pages(form):
        top = len(page.titles()) + 1
        below = top + lay_out(page.table).row_count
        found = {str(area) for area in book[page.name].merged_cells.ranges if top <= area.min_row < below}
        assert found == merged[page.name]


@every_form
@settings(max_examples=DEAR)
@given(data=st.data())
def test_numbers_are_numbers_and_blank_is_not_zero(form: Form, data: st.DataObject) -> None:
    report = data.draw(reports(form))
    for ref, cell in numbers(form, opened(form, report, values=True)).items():
        if ref not in form.totals:
            expected = report.cells.get(ref)
            assert cell.data_type == "n"
            assert cell.value == (None if expected is None else pytest.approx(float(expected), rel=1e-15))


@every_form
@settings(max_examples=DEAR)
@given(data=st.data())
def test_a_previewer_sees_the_totals(form: Form, data: st.DataObject) -> None:
    report = data.draw(reports(form))
    totals, _ = compute_totals(relate(form), report.cells)
    shown = numbers(form, opened(form, report, values=True))
    for ref, total in totals.items():
        expected = "" if total.value is None else pytest.approx(float(total.value))
        assert (shown[ref].value if shown[ref].value is not None else "") == expected


def test_totals_are_live_and_blank_while_nothing_is_filled() -> None:
    shown = numbers(FORM, opened(FORM, Report("2021")))
    new = shown[CellRef("requests", "new", "total")]
    assert new.value == '=IF(COUNT(D5:I5)=0,"",SUM(D5:I5))'
    handled = shown[CellRef("requests", "handled", "person")]
    assert handled.value == '=IF(COUNT(D7:D27)=0,"",SUM(D7:D27))'


def test_sums_of_money_are_rounded_to_its_places() -> None:
    form = third_form()
    shown = numbers(form, opened(form, Report("third")))
    assert shown[CellRef("services", "subtotal", "charged")].value == (
        '=IF(COUNT(E5:E7)=0,"",ROUND(SUM(E5:E7),2))'
    )


def test_items_apart_from_each_other_are_summed_by_ranges() -> None:
    form = third_form()
    shown = numbers(form, opened(form, Report("third")))
    total = shown[CellRef("appeals", "new", "total")]
    assert total.value == '=IF(COUNT(E7:F7,J7)=0,"",SUM(E7:F7,J7))'


@pytest.mark.parametrize(
    ("written", "format_"),
    [
        ("3.50", "0.00####"),
        ("59237.2449", "0.0000##"),
        ("190.457379", "0.000000"),
        ("3", "General"),
        ("0", "General"),
        ("0.0", "0.0#####"),
    ],
)
def test_money_shows_the_places_that_were_written(written: str, format_: str) -> None:
    ref = CellRef("disclosure", "fees", "charged")
    report = Report("2021", cells={ref: Decimal(written)})
    cell = numbers(FORM, opened(FORM, report))[ref]
    assert (cell.value, cell.number_format) == (float(written), format_)


@every_form
def test_typed_cells_are_open_and_all_else_is_locked(form: Form) -> None:
    book = opened(form, filled(form))
    for _, laid, cell in placed(form, book):
        typed = laid.ref is not None and laid.ref not in form.totals
        assert cell.protection.locked != typed


@every_form
def test_every_typed_cell_refuses_what_its_kind_forbids(form: Form) -> None:
    book = opened(form, Report(form.edition))
    rules = {
        (page.name, row, column): rule
        for page in table_pages(form)
        for rule in book[page.name].data_validations.dataValidation
        for area in rule.sqref.ranges
        for row, column in area.cells
    }
    for sheet, laid, cell in placed(form, book):
        if laid.ref is None or laid.ref in form.totals:
            assert (sheet.title, cell.row, cell.column) not in rules
            continue
        rule = rules[sheet.title, cell.row, cell.column]
        kind = form.kind_of[laid.ref]
        lowest = "-999999999999" if kind.signed else "0"
        assert rule.type == ("custom" if kind.places else "whole")
        if kind.places:
            assert f">={lowest}," in rule.formula1
            assert f",{kind.places})=" in rule.formula1
            (area,) = rule.sqref.ranges  # the formula counts from its first cell
            assert rule.formula1.startswith(f"AND(ISNUMBER({area.coord.partition(':')[0]})")
        else:
            assert (rule.operator, rule.formula1) == ("between", lowest)
        assert kind.unit in rule.promptTitle
        assert "请填" in rule.error


def test_the_balance_stands_under_the_table_and_is_not_printed() -> None:
    report = Report("2021", cells={CellRef("requests", "new", "person"): 5})
    sheet = opened(FORM, report)["表三"]
    assert sheet["A30"].value == "平衡：一 + 二 = （七） + 四"
    assert sheet["D30"].value == '=IF(COUNT(D5:D6,D28:D29)=0,"",SUM(D5:D6)-SUM(D28:D29))'
    assert sheet.print_area == "'表三'!$A$1:$J$29"
    assert "D30:J30" in {str(area.sqref) for area in sheet.conditional_formatting}
    shown = opened(FORM, report, values=True)["表三"]
    assert [shown[f"{column}30"].value or "" for column in "DEJ"] == [5, "", 5]


def test_the_head_stays_in_sight_and_is_repeated_in_print() -> None:
    book = opened(FORM, Report("2021"))
    assert book["表三"].freeze_panes == "D5"
    assert book["表三"].print_title_rows == "$2:$4"
    assert book["表四"].freeze_panes == "A5"
    assert book["表二"].freeze_panes is None
    assert book["表二"].print_title_rows is None


@every_form
def test_columns_share_the_type_area_as_the_form_says(form: Form) -> None:
    book = opened(form, Report(form.edition))
    for page in table_pages(form):
        layout = lay_out(page.table)
        sheet = book[page.name]
        widths = [
            sheet.column_dimensions[get_column_letter(1 + column)].width
            for column in range(layout.column_count)
        ]
        shares = [width / sum(widths) for width in widths]
        assert shares == pytest.approx(list(layout.widths), abs=0.002)


def test_the_banner_is_filled_and_faces_are_the_official_ones() -> None:
    book = opened(FORM, Report("2021"))
    banner = book["表二"]["A2"]
    assert banner.value == "第二十条第（一）项"
    assert banner.fill.fgColor.rgb.endswith("C6D9F1")
    assert banner.font.name == "宋体"
    assert book["表二"]["A1"].font.name == "黑体"
    assert book["表二"]["B4"].font.name == "Times New Roman"
    assert book["封面"]["A1"].font.name == "方正小标宋简体"
    assert book["五六"]["B3"].font.name == "仿宋_GB2312"


@every_form
def test_no_label_is_cut_off(form: Form) -> None:
    book = opened(form, Report(form.edition))
    for page in table_pages(form):
        sheet = book[page.name]
        layout = lay_out(page.table)
        total = 442.2 if sheet.page_setup.orientation == "portrait" else 637.8
        for laid in layout.cells:
            width = sum(layout.widths[laid.column : laid.column + laid.column_span]) * total
            characters = max(1, int((width - 5) / page.table.text_size))
            needed = -(-len(laid.text) // characters) * page.table.text_size * 1.2
            first = laid.row + len(page.titles()) + 1
            height = sum(sheet.row_dimensions[first + row].height for row in range(laid.row_span))
            assert height >= needed, laid.text
