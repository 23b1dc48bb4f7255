"""The workbook against the naive way with openpyxl: the same sheets, cells, merges, looks and formulas."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bench.figure import Figure, alternate, seconds
from reportdesk.exports import style
from reportdesk.exports.blocks import Block, Paragraph, TableBlock, Title, report_blocks
from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.form.layout import Anatomy
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.store.file import read_report

_EXAMPLE = Path(__file__).parent.parent / "examples" / "changle-2024.gknb"
_RUNS = 7
_LINE = Side(style="thin")


def figures() -> list[Figure]:
    """The example in the running program."""
    report = read_report(_EXAMPLE).report
    form = load_form(report.edition)
    ours, naive = alternate(
        lambda: seconds(lambda: render_workbook(form, report)),
        lambda: seconds(lambda: _naive(form, report)),
        _RUNS,
    )
    return [Figure("workbook: example / naive openpyxl", ours * 1e3, naive * 1e3, 0.8, "ms")]


def _naive(form: Form, report: Report) -> bytes:
    """As the manual of openpyxl shows it: cell by cell, each with its font, border and alignment."""
    workbook = Workbook()
    prose = workbook.worksheets[0]
    prose.protection.sheet = True
    prose.column_dimensions["B"].width = 80
    for block in report_blocks(form, report):
        if isinstance(block, TableBlock):
            _add_table(workbook.create_sheet(block.table.name), form, block)
        else:
            _say(prose, _text_of(block))
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _text_of(block: Block) -> str:
    match block:
        case Title():
            return "\n".join(block.lines)
        case Paragraph():
            return block.run_in + block.text
        case TableBlock():
            return ""
        case _ if hasattr(block, "text"):
            return str(block.text)
    return ""


def _say(sheet: Worksheet, text: str) -> None:
    row = sheet.max_row + 1
    label = sheet.cell(row, 1, "正文")
    label.font = Font(name=style.Face.SONG.value, size=9)
    cell = sheet.cell(row, 2, text)
    cell.font = Font(name=style.Face.FANGSONG.value, size=16)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=False)


def _add_table(sheet: Worksheet, form: Form, block: TableBlock) -> None:
    layout = block.layout
    computed = relate(form).computed_by
    whole = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", showErrorMessage=True)
    sheet.add_data_validation(whole)
    for laid in layout.cells:
        for row in range(laid.row + 1, laid.row + laid.row_span + 1):
            for column in range(laid.column + 1, laid.column + laid.column_span + 1):
                cell = sheet.cell(row, column)
                cell.font = Font(name=style.Face.SONG.value, size=block.table.text_size)
                cell.border = Border(_LINE, _LINE, _LINE, _LINE)
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                if laid.anatomy is Anatomy.BANNER:
                    cell.fill = PatternFill("solid", fgColor=style.BANNER_COLOUR)
                cell.protection = Protection(locked=laid.ref is None or laid.ref in computed)
        first = sheet.cell(laid.row + 1, laid.column + 1)
        if laid.ref is None:
            first.value = laid.text
        elif laid.ref in computed:
            places = (layout.place_of[item] for item in computed[laid.ref].items)
            first.value = f"=SUM({','.join(_address(sheet, place.row, place.column) for place in places)})"
        else:
            first.value = block.figures[laid.ref]
            whole.add(first.coordinate)
    for laid in layout.cells:
        if laid.row_span * laid.column_span > 1:
            sheet.merge_cells(
                start_row=laid.row + 1,
                start_column=laid.column + 1,
                end_row=laid.row + laid.row_span,
                end_column=laid.column + laid.column_span,
            )
    sheet.protection.sheet = True


def _address(sheet: Worksheet, row: int, column: int) -> str:
    return str(sheet.cell(row + 1, column + 1).coordinate)
