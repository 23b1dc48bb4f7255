"""填报表.xlsx: the blank form as a workbook, for PCs without the program, and a sheet for each office.

The sheets of the form are the report's own (``workbook``), blank, and each number is the sum of what
stands in its place on the offices' sheets, or typed over it. An office's sheet holds every table of
the form under each other, the stubs beside each other and each number in a cell of its own: a block
that is pasted breaks no merged cell. It says year and unit, by which a reader tells whose it is. One
more is made by copying one between the first and the last, since the sums reach from that to this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from reportdesk.exports.excel.look import Area, Look, Paper, Pen, break_pages, set_widths, text_height
from reportdesk.exports.excel.table import (
    Filling,
    Spot,
    TablePage,
    filling,
    lay_table,
    sum_formula,
)
from reportdesk.exports.excel.values import FormulaValues
from reportdesk.exports.excel.workbook import (
    COVER,
    finish,
    new_sheet,
    new_workbook,
    pages,
    sheet_name,
    write_report,
)
from reportdesk.exports.style import Face
from reportdesk.form.layout import Anatomy, TableLayout, lay_out
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report, Value, drafts
from reportdesk.report.identity import identity_of
from reportdesk.report.own_files import OFFICE_MARK

OFFICES = ("科室1", "科室2", "科室3", "科室4")
"""What the offices are called until somebody renames their sheets."""

_GUIDE = (
    "在空着的格子里填本科室的数字：没有的填 0，没有统计的留空。{}里的数字由各科室的表自动相加。"
    "科室的表可以改名；不够用的，在第一张和最后一张之间复制一张。"
)
_MARK = Look("年报 科室填报", Face.HEI, 16)
_WHOSE = Look("年报 科室年度", Face.HEI, 12)
_SAYS = Look("年报 科室说明", Face.SONG, 10, colour="595959")
_FACTS = (Fact.YEAR, Fact.FULL_NAME, Fact.TITLE_NAME, Fact.TITLE)
_NO_WORD = re.compile(r"\W")
_ADDRESS_OR_NUMBER = re.compile(r"[0-9]|[A-Za-z]{1,3}[0-9]*$|[Rr][0-9]*[Cc]")
_OFFICE = "&A"
_FIRST_ROW = 4
_STUB_WIDTH, _NUMBER_WIDTH = 300.0, 44.0
"""Points of all columns of labels together, and of a column of numbers."""
_NO_YEAR = "（没有填年度）"


def render_collection(form: Form, report: Report, offices: Sequence[str] = OFFICES) -> bytes:
    """The blank form for the report's unit and year; the same names give the same bytes.

    Of the report only unit, year, title and headings are taken, and what the form's drafts name, such
    as whom to call. Without ``offices`` there are no sheets to collect from, and numbers are typed only.
    """
    blank = _blank(form, report)
    taken = {COVER, *(page.name.casefold() for page in pages(form))}
    names = [sheet_name(_plain(office), taken, "_") for office in offices]
    pen = new_workbook()
    own = filling(form, blank)
    values = write_report(pen, replace(own, collected=_sums(form, names)))
    for name in names:
        values[name] = _write_office(new_sheet(pen.workbook, name), pen, own)
    whose = replace(identity_of(form, blank), code="")
    return finish(pen, ("填报表 ", *blank.title_lines(form)), whose, values)


def _blank(form: Form, report: Report) -> Report:
    facts = {fact: report.facts[fact] for fact in _FACTS if fact in report.facts}
    return Report(
        form.edition,
        facts=facts,
        headings=dict(report.headings),
        prose=drafts(form, report),
        family=form.family,
    )


def _plain(office: str) -> str:
    """The name as a sheet's that a formula may name without quotation marks.

    LibreOffice takes no span of sheets within them.
    """
    name = _NO_WORD.sub("_", office) or OFFICES[0]
    return f"_{name}" if _ADDRESS_OR_NUMBER.match(name) else name


def _sums(form: Form, names: Sequence[str]) -> dict[CellRef, str]:
    """The formula of each typed cell: over all sheets from the first office's to the last one's."""
    if not names:
        return {}
    sheets = ":".join(dict.fromkeys((names[0], names[-1])))
    return {
        ref: sum_formula(f"{sheets}!{spot.area(lay_out(page.table).place_of[ref]).first}", form.kind_of[ref])
        for page, spot in _spots(form)
        for ref in form.typed_cells(page.table)
    }


def _table_pages(form: Form) -> list[TablePage]:
    return [page for page in pages(form) if isinstance(page, TablePage)]


def _stubs(layout: TableLayout) -> int:
    """How many columns of the table hold labels of rows."""
    stubs = (cell.column + cell.column_span for cell in layout.cells if cell.anatomy is Anatomy.STUB)
    return max(stubs, default=0)


def _widths(form: Form) -> list[float]:
    """Of an office's sheet, in points: as many columns of labels as any table has, then those of numbers."""
    layouts = [lay_out(page.table) for page in _table_pages(form)]
    deepest = max(layouts, key=_stubs)
    shares = deepest.widths[: _stubs(deepest)]
    numbers = max(layout.column_count - _stubs(layout) for layout in layouts)
    return [*(_STUB_WIDTH * share / sum(shares) for share in shares), *[_NUMBER_WIDTH] * numbers]


def _spots(form: Form) -> Iterator[tuple[TablePage, Spot]]:
    """Where the tables stand on an office's sheet: under each other, each under its titles."""
    stubs = max(_stubs(lay_out(page.table)) for page in _table_pages(form))
    row = _FIRST_ROW
    for page in _table_pages(form):
        layout = lay_out(page.table)
        own = _stubs(layout)
        row += len(page.titles())
        # The last column of labels reaches to the numbers, which begin in one column for all tables.
        numbers = range(stubs + 1, stubs + 2 + layout.column_count - own)
        yield page, Spot(row, [*range(1, own + 1), *numbers])
        row += layout.row_count + 1


def _write_office(sheet: Worksheet, pen: Pen, blank: Filling) -> FormulaValues:
    widths = _widths(blank.form)
    set_widths(sheet, widths)
    columns, width = len(widths), sum(widths)
    report = blank.report
    year = f"{report.year}年度" if report.year is not None else _NO_YEAR
    whose = f"{year}　{report.facts.get(Fact.FULL_NAME) or report.name_in_title()}".rstrip()
    guide = _GUIDE.format("、".join(page.name for page in _table_pages(blank.form)))
    lines = ((_MARK, OFFICE_MARK), (_WHOSE, whose), (_SAYS, guide))
    for row, (look, text) in enumerate(lines, start=1):
        _write_line(sheet, pen, Area(row, 1, 1, columns), look, text, width)
    values: dict[str, Value | None] = {}
    together: list[range] = []
    last = _FIRST_ROW - 1
    for page, spot in _spots(blank.form):
        titles = page.titles()
        top = spot.top - len(titles)
        for row, (title, look) in enumerate(titles, start=top):
            _write_line(sheet, pen, Area(row, 1, 1, columns), look, title, width)
        of_columns = [sum(widths[left - 1 : right - 1]) for left, right in pairwise(spot.columns)]
        values |= lay_table(sheet, pen, replace(blank, unmerged=True), page.table, spot, of_columns)
        last = spot.top + lay_out(page.table).row_count - 1
        together.append(range(1 if not together else top, last + 1))
    break_pages(sheet, together)
    Paper(landscape=width > Paper().width).set_up(sheet, Area(1, 1, last, columns))
    header = HeaderFooterItem()
    header.left.text = _OFFICE  # the sheet's name as it is then: offices rename their sheets
    sheet.HeaderFooter.oddHeader = sheet.HeaderFooter.evenHeader = header
    return values


def _write_line(sheet: Worksheet, pen: Pen, area: Area, look: Look, text: str, width: float) -> None:
    pen.write(sheet, area, look, text)
    sheet.row_dimensions[area.row].height = text_height(text, width, look.size) + 8
