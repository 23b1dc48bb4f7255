"""The Excel workbook: a cover, a sheet for each run of prose sections, a sheet for each table.

Every cell that a clerk fills in is open, validated and found again by the label beside it; all
else is protected against slips, without a password. Tables are ``table``'s, looks and
sizes ``look``'s, the file itself ``values``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportdesk.exports.excel.look import (
    INDENT_WIDTH,
    MAX_ROW_HEIGHT,
    Area,
    Look,
    Paper,
    Pen,
    break_pages,
    cell_text,
    line_starts,
    lines_height,
    lines_within,
    set_base_font,
    set_widths,
    text_height,
)
from reportdesk.exports.excel.table import SECTION_TITLE, Filling, TablePage, filling, write_table
from reportdesk.exports.excel.values import FormulaValues, workbook_bytes
from reportdesk.exports.style import BODY, MM, PART_HEADING, TITLE, TYPE_HEIGHT, Face
from reportdesk.exports.typesetting.text_width import reckoned_widths
from reportdesk.exports.typesetting.title import title_lines
from reportdesk.form.spec import Form, Part, Section
from reportdesk.report.document import Fact, Report
from reportdesk.report.identity import Identity, identity_of
from reportdesk.report.own_files import CONTINUED_LABEL, HEADING_LABEL, MADE_BY, PARAGRAPH_LABEL, TITLE_LABEL

COVER = "封面"
INDENT = "　　"
"""What a paragraph begins with on its sheet; a row without it goes on with the one above."""

_CELL_EDGE = 6.0
"""What a cell keeps free beside its text, left and right together."""

_TITLE = Look("年报 标题", TITLE.face, TITLE.size, "center", typed=True)
_HEADING = Look("年报 二级标题", PART_HEADING.face, PART_HEADING.size, typed=True)
_PARAGRAPH = Look("年报 正文", BODY.face, BODY.size, "left", "top", typed=True)
_GUIDE = Look("年报 行标", Face.SONG, 9, "right", "top", colour="7F7F7F")
_FIELD_LABEL = Look("年报 封面栏目", Face.HEI, 14, "center", framed=True)
_FIELD = Look("年报 封面内容", Face.FANGSONG, 14, indented=True, framed=True, typed=True)

_LABEL_WIDTH = 28 * MM
_FIELD_WIDTH = Paper().width - _LABEL_WIDTH - INDENT_WIDTH
_GUIDE_WIDTH = 14 * MM
_EMPTY_LINES = 3
"""Room that a part without text is given."""
_SENTENCE_ENDS = "。！？；"
_NUMERAL = re.compile("([一二三四五六七八九十]+)、")
_ADDRESS = re.compile("[!-~]{12}")
"""A word that spreadsheets carry over whole, each in its own way."""
_UNSAFE_IN_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_MAX_NAME = 31
_MAX_PROMPT = 255
"""Excel's own limits."""


@dataclass(frozen=True, slots=True)
class ProsePage:
    """A sheet that holds the prose of neighbouring sections."""

    name: str
    sections: tuple[Section, ...]


def render_workbook(form: Form, report: Report) -> bytes:
    """The report as an .xlsx file; the same report gives the same bytes."""
    pen = new_workbook()
    values = write_report(pen, filling(form, report))
    return finish(pen, report.title_lines(form), identity_of(form, report), values)


def new_workbook() -> Pen:
    """A pen on a workbook without a sheet."""
    workbook = Workbook()
    set_base_font(workbook)
    workbook.remove(workbook.worksheets[0])
    return Pen(workbook)


def write_report(pen: Pen, filled: Filling) -> dict[str, FormulaValues]:
    """Write the report's sheets; what the formulas on each give."""
    form, report = filled.form, filled.report
    _write_cover(new_sheet(pen.workbook, COVER), pen, form, report)
    values: dict[str, FormulaValues] = {}
    for page in pages(form):
        sheet = new_sheet(pen.workbook, page.name)
        if isinstance(page, TablePage):
            values[page.name] = write_table(sheet, pen, filled, page)
        else:
            _write_prose(sheet, pen, report, page)
    return values


def finish(pen: Pen, title: Sequence[str], whose: Identity, values: Mapping[str, FormulaValues]) -> bytes:
    """The file: every sheet guarded, ``title`` and ``whose`` what it says of itself, ``values`` beside the formulas."""
    workbook = pen.workbook
    pen.finish()
    for sheet in workbook.worksheets:
        _protect(sheet)
    workbook.properties.title = cell_text("".join(title))
    workbook.properties.keywords = cell_text(whose.words)
    workbook.properties.creator = MADE_BY
    return workbook_bytes(workbook, values)


def pages(form: Form) -> list[ProsePage | TablePage]:
    """The sheets after the cover, in printed order.

    A table has a sheet of its own; sections of prose that follow each other share one.
    """
    taken = {COVER}
    found: list[ProsePage | TablePage] = []
    prose: list[Section] = []

    def end_prose() -> None:
        if prose:
            found.append(ProsePage(sheet_name(_prose_name(prose), taken), tuple(prose)))
            prose.clear()

    for section in form.sections:
        if section.parts:
            prose.append(section)
        if section.tables:
            end_prose()
        named = len(section.tables) > 1 or bool(section.parts)
        found += [
            TablePage(sheet_name(table.name, taken), section.title, table, named) for table in section.tables
        ]
    end_prose()
    return found


def _prose_name(sections: Sequence[Section]) -> str:
    """一 总体情况 for one section, 五六 for several."""
    numerals = [match[1] for section in sections if (match := _NUMERAL.match(section.title))]
    if len(numerals) < len(sections):
        return " ".join(section.short for section in sections)
    return numerals[0] + " " + sections[0].short if len(sections) == 1 else "".join(numerals)


def sheet_name(wish: str, taken: set[str], joint: str = " ") -> str:
    """A name that Excel allows and no sheet of ``taken`` has, whatever the case; it is taken then.

    ``joint`` stands before the number that tells it from one of the same name.
    """
    base = _UNSAFE_IN_NAME.sub(" ", cell_text(wish)).strip()[:_MAX_NAME] or "表"
    name = base
    count = 1
    while name.casefold() in taken:
        count += 1
        ending = f"{joint}{count}"
        name = base[: _MAX_NAME - len(ending)] + ending
    taken.add(name.casefold())
    return name


def new_sheet(workbook: Workbook, name: str) -> Worksheet:
    """A blank sheet without the grid's lines."""
    sheet: Worksheet = workbook.create_sheet(name)
    sheet.sheet_view.showGridLines = False
    return sheet


def _title_lines(form: Form, report: Report, width: float) -> Iterator[str]:
    """The title's lines, those too long for the sheet broken by their meaning; the clerk's own as they are."""
    for line in report.title_lines(form):
        if report.facts.get(Fact.TITLE):
            yield line
        else:
            yield from title_lines(
                line, reckoned_widths(line, _TITLE.size), width - _CELL_EDGE, cell=_TITLE.size
            )


def _write_cover(sheet: Worksheet, pen: Pen, form: Form, report: Report) -> None:
    width = Paper().width
    set_widths(sheet, (_LABEL_WIDTH, width - _LABEL_WIDTH))
    title = "\n".join(_title_lines(form, report, width))
    pen.write(sheet, Area(1, 1, 1, 2), _TITLE, title)
    sheet.row_dimensions[1].height = text_height(title, width, _TITLE.size) + 3 * BODY.size
    facts = report.facts
    row = _write_field(sheet, pen, 2, Fact.FULL_NAME.says, facts.get(Fact.FULL_NAME))
    row = _write_field(sheet, pen, row, Fact.TITLE_NAME.says, facts.get(Fact.TITLE_NAME))
    year = report.year if report.year is not None else facts.get(Fact.YEAR)
    row = _write_field(sheet, pen, row, Fact.YEAR.says, year)
    sheet.add_data_validation(_year_validation(f"B{row - 1}"))
    first = row
    opening = report.prose.get(form.opening.id, "")
    label_of_first = form.opening.heading or PARAGRAPH_LABEL
    for label, text in _rows(opening, label_of_first, _FIELD_WIDTH, _FIELD.size):
        pen.write(sheet, Area(row, 1), _FIELD_LABEL, label)
        pen.write(sheet, Area(row, 2), _FIELD, text or None)
        sheet.row_dimensions[row].height = _height(text, opening, _FIELD_WIDTH, _FIELD.size)
        row += 1
    _ask(sheet, form.opening, f"B{first}:B{row - 1}")
    row = _write_field(sheet, pen, row, Fact.CLOSING_UNIT.says, facts.get(Fact.CLOSING_UNIT))
    row = _write_field(sheet, pen, row, Fact.CLOSING_DATE.says, facts.get(Fact.CLOSING_DATE))
    Paper().set_up(sheet, Area(1, 1, row - 1, 2))


def _write_field(sheet: Worksheet, pen: Pen, row: int, label: str, content: str | int | None) -> int:
    """Write one line of the cover; the row that follows it."""
    pen.write(sheet, Area(row, 1), _FIELD_LABEL, label)
    pen.write(sheet, Area(row, 2), _FIELD, content)
    height = text_height(str(content or ""), _FIELD_WIDTH, _FIELD.size)
    sheet.row_dimensions[row].height = height + 10
    return row + 1


def _year_validation(address: str) -> DataValidation:
    return DataValidation(
        sqref=address,
        type="whole",
        operator="between",
        formula1="1900",
        formula2="9999",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="年度不对",
        error="请填四位数的年份，如 2024。",
    )


def _write_prose(sheet: Worksheet, pen: Pen, report: Report, page: ProsePage) -> None:
    """Section titles, headings and paragraphs, a row each; the column before them is not printed."""
    width = Paper().width
    set_widths(sheet, (_GUIDE_WIDTH, width))
    row = 1
    together: list[range] = []
    for section in page.sections:
        start = row
        row = _write_line(sheet, pen, row, TITLE_LABEL, section.title, SECTION_TITLE)
        for part in section.parts:
            heading = report.heading(part)
            # Without a heading row a part is known as its section's first.
            if heading or part.heading or part is not section.parts[0]:
                row = _write_line(sheet, pen, row, HEADING_LABEL, heading, _HEADING)
            first = row
            prose = report.prose.get(part.id, "")
            for label, text in _rows(prose, PARAGRAPH_LABEL, width, _PARAGRAPH.size):
                row = _write_line(sheet, pen, row, label, text, _PARAGRAPH)
                height = _height(text, prose, width, _PARAGRAPH.size)
                sheet.row_dimensions[row - 1].height = height
                together.append(range(start, row))
                start = row
            _ask(sheet, part, f"B{first}:B{row - 1}")
    break_pages(sheet, together)
    Paper().set_up(sheet, Area(1, 2, row - 1, 1))


def _write_line(sheet: Worksheet, pen: Pen, row: int, label: str, text: str, look: Look) -> int:
    """Write one row of a sheet of prose; the row that follows it."""
    pen.write(sheet, Area(row, 1), _GUIDE, label)
    pen.write(sheet, Area(row, 2), look, text or None)
    sheet.row_dimensions[row].height = text_height(text, Paper().width, look.size) + 4
    return row + 1


def _height(text: str, prose: str, width: float, size: float) -> float:
    """The height of a row that shows the text, a piece of the prose; room to begin if that is empty."""
    if not prose:
        return lines_height(_EMPTY_LINES, size)
    # LibreOffice begins a paragraph with an address on its second line.
    spare = lines_height(1, size) if _ADDRESS.search(text) else 0
    return min(text_height(text, width, size) + spare, MAX_ROW_HEIGHT)


def _rows(prose: str, label: str, width: float, size: float) -> Iterator[tuple[str, str]]:
    """The rows that the prose takes in a column of that width: each paragraph's, with its label.

    A paragraph that the tallest row cannot show goes on in the next one, two rows to a page.
    """
    for paragraph in cell_text(prose).split("\n"):
        mark = label
        rest = INDENT + paragraph if paragraph else ""
        while len(starts := line_starts(rest, width, size)) > lines_within(MAX_ROW_HEIGHT, size):
            cut = _cut(rest, starts[lines_within(TYPE_HEIGHT / 2, size)])
            yield mark, rest[:cut]
            mark, rest = CONTINUED_LABEL, rest[cut:]
        yield mark, rest


def _cut(text: str, fits: int) -> int:
    """Where to part a text of which so much fits: after a sentence, if one ends not far before."""
    sentence = max(text.rfind(sign, fits // 2, fits) for sign in _SENTENCE_ENDS)
    return sentence + 1 if sentence > 0 else fits


def _ask(sheet: Worksheet, part: Part, cells: str) -> None:
    """Say beside the cells what the part must contain."""
    asks = part.asks if len(part.asks) <= _MAX_PROMPT else part.asks[: _MAX_PROMPT - 1] + "…"
    sheet.add_data_validation(
        DataValidation(sqref=cells, showInputMessage=True, prompt=asks, allow_blank=True)
    )


def _protect(sheet: Worksheet) -> None:
    """Guard labels and formulas against slips; a clerk may widen rows and columns, or lift it."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = False
    sheet.protection.formatColumns = False
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.protection.locked:
                selection = sheet.sheet_view.selection[-1]
                selection.activeCell = selection.sqref = cell.coordinate
                return
