"""填报表.xlsx: blank as the form, summed from the offices' sheets, and guarded like the workbook."""

import functools
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportdesk.exports.excel.blank_workbook import OFFICES, render_collection
from reportdesk.exports.excel.table import TablePage
from reportdesk.exports.excel.workbook import pages, render_workbook
from reportdesk.form.layout import lay_out
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form, Table
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.read_file import read_file
from reportdesk.report.document import Fact, Report, Value, new_report
from reportdesk.report.own_files import OFFICE_MARK
from reportdesk.report.totals import compute_totals
from tests.editions import EDITION_IDS, FORMS
from tests.exports.office import SOFFICE, convert
from tests.exports.test_excel_recalculated import RECALCULATE, expected, random_report, shown
from tests.test_example import example

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

FORM = load_form("2021")
worked_out = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
every_form = pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)


def blank(form: Form) -> Report:
    return new_report(form, 2025, "示例镇人民政府", "示例镇")


@functools.cache
def made_blank(edition: str) -> bytes:
    """The edition's blank collection, made once for all tests that only look at it."""
    form = next(form for form in FORMS if form.edition == edition)
    return render_collection(form, blank(form))


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def table_pages(form: Form) -> list[TablePage]:
    return [page for page in pages(form) if isinstance(page, TablePage)]


def deepest(table: Table) -> int:
    """How many labels stand before the numbers of a row at most."""
    return max(len(row.label) for block in table.blocks for row in block.rows)


def places(sheet: Worksheet, form: Form) -> dict[CellRef, tuple[int, int]]:
    """Where each number stands on an office's sheet: below its table's titles, behind all columns of labels."""
    found = {}
    stubs = max(deepest(page.table) for page in table_pages(form))
    row = 4
    for page in table_pages(form):
        assert [sheet.cell(row + at, 1).value for at in range(len(page.titles()))] == [
            t for t, _ in page.titles()
        ]
        row += len(page.titles())
        layout, own = lay_out(page.table), deepest(page.table)
        for ref, cell in layout.place_of.items():
            found[ref] = (row + cell.row, cell.column + 1 + (stubs - own if cell.column >= own else 0))
        row += layout.row_count + 1
    return found


@every_form
def test_before_anything_is_filled_it_is_the_blank_workbook_but_for_the_sums(form: Form) -> None:
    report = blank(form)
    collection, own = opened(made_blank(form.edition)), opened(render_workbook(form, report))
    assert collection.sheetnames == [*own.sheetnames, *OFFICES]
    for sheet in own.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = collection[sheet.title][cell.coordinate]
                assert other.protection.locked == cell.protection.locked
                if other.value != cell.value:
                    assert cell.value is None
                    assert str(other.value).startswith("=IF(COUNT(科室1:科室4!")


@every_form
def test_every_typed_number_is_summed_from_its_own_place_on_the_offices_sheets(form: Form) -> None:
    book = opened(render_collection(form, blank(form), ["党政办", "司法所"]))
    office = places(book["党政办"], form)
    seen = set()
    for page in table_pages(form):
        top = len(page.titles()) + 1
        for ref in form.typed_cells(page.table):
            cell = lay_out(page.table).place_of[ref]
            formula = str(book[page.name].cell(top + cell.row, 1 + cell.column).value)
            place = book["党政办"].cell(*office[ref])
            assert not place.protection.locked
            assert f"SUM(党政办:司法所!{place.coordinate})" in formula
            seen.add(place.coordinate)
    assert len(seen) == len([ref for ref in form.kind_of if ref not in form.totals])


@every_form
def test_an_office_s_sheet_says_what_it_is_and_refuses_what_the_form_refuses(form: Form) -> None:
    sheet = opened(made_blank(form.edition))["科室2"]
    assert sheet["A1"].value == OFFICE_MARK
    validated = {
        place
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for place in area.cells
    }
    office = places(sheet, form)
    assert {office[ref] for ref in form.kind_of if ref not in form.totals} <= validated
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert sheet.page_setup.fitToWidth == 1


def test_a_printed_sheet_says_which_office_filled_it() -> None:
    book = opened(made_blank(FORM.edition))
    for name in OFFICES:
        headers = book[name].HeaderFooter
        assert (headers.oddHeader.left.text, headers.evenHeader.left.text) == ("&A", "&A")
    assert not book[book.sheetnames[0]].HeaderFooter.oddHeader.left.text


def test_of_the_report_only_unit_year_and_headings_are_taken() -> None:
    report = example()
    report.remarks[next(iter(report.cells))] = "内部备注"
    report.facts[Fact.CLOSING_DATE] = "2025年1月9日"
    book = opened(render_collection(FORM, report))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert "沙坡头区常乐镇\n2024年政府信息公开工作年度报告" in texts
    assert "（一）政府信息主动公开情况。" in texts
    for own in ("常乐镇按照", "内部备注", "2025年1月9日"):
        assert not [text for text in texts if own in text]


def test_names_of_offices_become_names_of_sheets_that_excel_takes() -> None:
    names = opened(
        render_collection(
            FORM, blank(FORM), ["表二", "党/政'办", "", "办" * 40, "党/政'办", "A1", "2科", "RC"]
        )
    ).sheetnames
    assert names[6:] == [
        "表二_2", "党_政_办", "科室1", "办" * 31, "党_政_办_2", "_A1", "_2科", "_RC",
    ]  # fmt: skip


def test_without_offices_numbers_are_typed_only() -> None:
    book = opened(render_collection(FORM, Report(FORM.edition), []))
    assert book.sheetnames == ["封面", "一 总体情况", "表二", "表三", "表四", "五六"]
    assert book["表二"]["B4"].value is None


@every_form
def test_the_same_unit_gives_the_same_bytes(form: Form) -> None:
    assert render_collection(form, blank(form)) == made_blank(form.edition)


@dataclass(frozen=True, slots=True)
class Collected:
    form: Form
    offices: list[Report]
    path: Path


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> list[Collected]:
    """Each edition's blank form, filled in by three of four offices at random, worked out by LibreOffice."""
    folder = tmp_path_factory.mktemp("collected")
    (folder / "out").mkdir()
    found = []
    for form in FORMS:
        book = opened(made_blank(form.edition))
        offices = [random_report(form, share, seed) for seed, share in enumerate((0.2, 0.9, 0.4))]
        for name, report in zip(OFFICES[1:], offices, strict=True):
            where = places(book[name], form)
            for ref, value in report.cells.items():
                book[name].cell(*where[ref]).value = value
        path = folder / f"{form.edition}.xlsx"
        book.save(path)
        found.append(Collected(form, offices, folder / "out" / path.name))
    convert(folder / "out", "xlsx", sorted(folder.glob("*.xlsx")), RECALCULATE)
    return found


def summed(case: Collected) -> dict[CellRef, Value]:
    """What the offices' numbers add up to; a cell that none of them filled is absent."""
    cells: dict[CellRef, Value] = {}
    for report in case.offices:
        for ref, value in report.cells.items():
            before = cells.get(ref, 0)
            cells[ref] = Decimal(before) + value if case.form.kind_of[ref].places else before + value
    return cells


@worked_out
def test_filled_in_it_is_read_back_like_any_workbook(collected: list[Collected]) -> None:
    case = next(case for case in collected if case.form is FORM)
    proposal = read_file(case.path)
    cells = proposal.cells
    assert cells == summed(case)
    assert proposal.of(Standing.DOUBTFUL) == ()  # its own sums, worked out, are ours
    told = [outcome.says for outcome in proposal.outcomes]
    for office, report in zip(OFFICES[1:], case.offices, strict=True):
        blank = len(FORM.kind_of) - len(FORM.totals) - len(report.cells)
        assert f"“{office}”：填了 {len(report.cells)} 格，{blank} 格是空白。" in told
    assert f"没有填数字的科室：“{OFFICES[0]}”。" in told
    assert proposal.prose.keys() == {FORM.opening.id}


def test_sums_that_are_not_worked_out_are_not_needed(tmp_path: Path) -> None:
    book = opened(made_blank(FORM.edition))
    ref = CellRef("requests", "new", "person")
    for office, number in zip(OFFICES[:2], (5, 7), strict=True):
        book[office].cell(*places(book[office], FORM)[ref]).value = number
    book.save(tmp_path / "填报表.xlsx")
    proposal = read_file(tmp_path / "填报表.xlsx")
    assert proposal.cells == {ref: 12}
    given = [(one.office, one.value, one.file) for one in proposal.to_report().sources[ref]]
    assert given == [("科室1", 5, "填报表.xlsx"), ("科室2", 7, "填报表.xlsx")]


@every_form
def test_each_number_is_typed_in_one_cell_and_all_around_is_locked(form: Form) -> None:
    """A block that is pasted dissolved merged cells, and their covered parts took what lay on them."""
    sheet = opened(made_blank(form.edition))["科室1"]
    office = places(sheet, form)
    typed = {office[ref] for ref in form.kind_of if ref not in form.totals}
    merged = {place for area in sheet.merged_cells.ranges for place in area.cells}
    assert not typed & merged
    unlocked = {(c.row, c.column) for row in sheet.iter_rows() for c in row if not c.protection.locked}
    assert unlocked == typed


@every_form
def test_an_offices_sheet_says_year_and_unit(form: Form) -> None:
    book = opened(made_blank(form.edition))
    assert {book[name]["A2"].value for name in OFFICES} == {"2025年度　示例镇人民政府"}


def test_an_offices_sheet_alone_is_read(tmp_path: Path) -> None:
    book = opened(made_blank(FORM.edition))
    ref = CellRef("requests", "new", "person")
    book[OFFICES[0]].cell(*places(book[OFFICES[0]], FORM)[ref]).value = 5
    for name in book.sheetnames:
        if name != OFFICES[0]:
            del book[name]
    book.save(tmp_path / "科室.xlsx")
    assert read_file(tmp_path / "科室.xlsx").cells == {ref: 5}


@worked_out
def test_libreoffice_sums_the_offices_numbers_and_leaves_blank_what_none_filled(
    collected: list[Collected],
) -> None:
    for case in collected:
        form = case.form
        cells = summed(case)
        totals, _ = compute_totals(relate(form), cells)
        book = load_workbook(case.path, data_only=True)
        blanks = 0
        for page in table_pages(form):
            top = len(page.titles()) + 1
            for ref, cell in lay_out(page.table).place_of.items():
                total = totals[ref].value if ref in totals else cells.get(ref)
                assert shown(book[page.name], top + cell.row, 1 + cell.column) == expected(total), ref
                blanks += total is None
        assert blanks or len(form.kind_of) < 50
