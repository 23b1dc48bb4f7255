"""How cells of the workbook look: named styles, the page they print on, sizes that show all text.

Spreadsheet programs lay nothing out by themselves once a sheet is protected, so widths and
heights are worked out here, a little too generous rather than too small. What stands in the
cells is ``workbook``'s and ``table``'s.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportdesk.exports import style
from reportdesk.exports.style import Face
from reportdesk.exports.xml_text import legal_text

_POINTS_PER_INCH = 72
_A4 = 9
_PIXELS_PER_POINT = 96 / 72
_DIGIT_PIXELS = 8
"""A digit of 宋体 11, in which Excel counts the widths of this workbook's columns."""
_CELL_PADDING = 6.0
"""Points that a cell keeps free left and right together."""
INDENT_WIDTH = 9.0
"""Points that an indented cell keeps free besides, left only."""
_LINE_PITCH = 1.3
"""Line height over type size: 1.27 for 仿宋_GB2312 in Excel, 1.17 to 1.3 for what stands in."""
_ROW_PADDING = 4.0
MAX_ROW_HEIGHT = 409.0
"""The most that Excel and WPS allow, in points."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_SIGNS = ("=", "+", "-", "@")
_WORD = re.compile(r"\n|[!-~]+|.")
_LATIN_EM = 0.55


@dataclass(frozen=True, slots=True)
class Look:
    """One named style of the workbook; ``typed`` cells stay open when the sheet is protected."""

    name: str
    face: Face
    size: float
    horizontal: str = "left"
    vertical: str = "center"
    indented: bool = False
    shrinks: bool = False
    framed: bool = False
    fill: str = ""
    colour: str = "000000"
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet, counted from 1 as spreadsheets do."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def last_row(self) -> int:
        """The lowest row."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """The rightmost column."""
        return self.column + self.columns - 1

    @property
    def first(self) -> str:
        """The address of its first cell."""
        return f"{get_column_letter(self.column)}{self.row}"

    def __str__(self) -> str:
        last = f"{get_column_letter(self.last_column)}{self.last_row}"
        return self.first if self.first == last else f"{self.first}:{last}"


def cell_text(text: str) -> str:
    """The text as a cell may hold it.

    Characters that XML forbids are dropped, and what a spreadsheet would read as its own
    escape (_x0041_) is escaped (ECMA-376 Part 1, 22.9.2.19).
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub("_x005F_", legal_text(plain))


@dataclass(slots=True)
class Pen:
    """Writes cells of one workbook; each look becomes one named style, shared by its cells."""

    workbook: Workbook
    _styles: set[str] = field(default_factory=set)
    _merged: dict[Worksheet, list[CellRange]] = field(default_factory=dict)

    def write(
        self,
        sheet: Worksheet,
        area: Area,
        look: Look,
        content: str | float | None = None,
        number_format: str = "",
    ) -> None:
        """Put content into the area, merged if it is more than a cell; None leaves it blank."""
        if look.name not in self._styles:
            self.workbook.add_named_style(_named_style(look))
            self._styles.add(look.name)
        for row in range(area.row, area.last_row + 1):
            for column in range(area.column, area.last_column + 1):
                sheet.cell(row, column).style = look.name
        cell = sheet.cell(area.row, area.column)
        if isinstance(content, str):
            cell.value = cell_text(content)
            cell.data_type = "s"  # openpyxl would take =… for a formula and #N/A for an error
            if content.startswith(_FORMULA_SIGNS):
                cell.quotePrefix = True  # and so it stays when edited
        elif content is not None:
            cell.value = content
        if number_format:
            cell.number_format = number_format
        if area.rows * area.columns > 1:
            merged = CellRange(
                min_row=area.row,
                min_col=area.column,
                max_row=area.last_row,
                max_col=area.last_column,
            )
            self._merged.setdefault(sheet, []).append(merged)

    def write_formula(
        self, sheet: Worksheet, area: Area, look: Look, formula: str, number_format: str
    ) -> None:
        """Put a formula, written with its =, into the area."""
        self.write(sheet, area, look, number_format=number_format)
        sheet.cell(area.row, area.column).value = formula

    def finish(self) -> None:
        """Merge what was written as merged: at once, since openpyxl compares each with all."""
        for sheet, ranges in self._merged.items():
            sheet.merged_cells = MultiCellRange(ranges)


def _named_style(look: Look) -> NamedStyle:
    line = Side(style="thin", color="000000")  # "hair" would be drawn as dots
    return NamedStyle(
        name=look.name,
        font=Font(
            name=look.face.value,
            size=look.size,
            color=look.colour,
            charset=0 if look.face is Face.LATIN else 134,
        ),
        fill=PatternFill("solid", fgColor=look.fill) if look.fill else None,
        border=Border(line, line, line, line) if look.framed else None,
        alignment=Alignment(
            horizontal=look.horizontal,
            vertical=look.vertical,
            indent=1 if look.indented else 0,
            wrap_text=not look.shrinks,
            shrink_to_fit=look.shrinks,
        ),
        number_format="General",
        protection=Protection(locked=not look.typed),
    )


def set_base_font(workbook: Workbook) -> None:
    """Count column widths in 宋体 11, as a Chinese Excel does, not in Calibri."""
    # openpyxl offers no other way to the style that every workbook begins with
    normal = workbook._named_styles["Normal"]  # type: ignore[attr-defined] # noqa: SLF001
    normal.font = Font(name=Face.SONG.value, size=11, charset=134)


@dataclass(frozen=True, slots=True)
class Paper:
    """An A4 page with the official margins, upright or turned by a quarter."""

    landscape: bool = False

    @property
    def width(self) -> float:
        """The type area's width in points."""
        return style.TYPE_HEIGHT if self.landscape else style.TYPE_WIDTH

    def set_up(self, sheet: Worksheet, printed: Area) -> None:
        """Print ``printed`` on such pages, one page wide, with the official page number."""
        top, left = style.MARGIN_TOP, style.MARGIN_LEFT
        right = style.PAGE_WIDTH - left - style.TYPE_WIDTH
        bottom = style.PAGE_HEIGHT - top - style.TYPE_HEIGHT
        if self.landscape:
            top, right, bottom, left = left, top, right, bottom
        margins = sheet.page_margins
        margins.top, margins.bottom = top / _POINTS_PER_INCH, bottom / _POINTS_PER_INCH
        margins.left, margins.right = left / _POINTS_PER_INCH, right / _POINTS_PER_INCH
        margins.header = margins.top / 2
        margins.footer = max(0, bottom - style.PAGE_NUMBER_DROP - style.FOLIO.size) / _POINTS_PER_INCH
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.orientation = "landscape" if self.landscape else "portrait"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_area = str(printed)
        _number_pages(sheet)


def _number_pages(sheet: Worksheet) -> None:
    """「— 1 —」, one character in from the right on odd pages, from the left on even ones."""
    number = style.PAGE_NUMBER.format("&P")
    odd, even = HeaderFooterItem(), HeaderFooterItem()
    for part, text in ((odd.right, f"{number}　"), (even.left, f"　{number}")):
        part.text = text
        part.font = f"{style.FOLIO.face.value},Regular"
        part.size = int(style.FOLIO.size)
    sheet.HeaderFooter = HeaderFooter(differentOddEven=True, oddFooter=odd, evenFooter=even)


def set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Give the columns, from the first, their widths in points."""
    for column, width in enumerate(widths, start=1):
        characters = width * _PIXELS_PER_POINT / _DIGIT_PIXELS
        sheet.column_dimensions[get_column_letter(column)].width = round(characters, 2)


def line_starts(text: str, width: float, size: float) -> list[int]:
    """Where in the text each line begins, reckoned for a cell of that width in points.

    A character less than fits is counted to a line, for the punctuation that programs carry
    over and for faces that run wider than the official ones.
    """
    ems = max(1.0, (width - _CELL_PADDING) / size)
    if ems > 10:  # noqa: PLR2004 - a character less would be too much in a narrow cell
        ems -= 1
    starts = [0]
    used = 0.0
    for word in _WORD.finditer(text):
        if word[0] == "\n":
            starts.append(word.end())
            used = 0.0
            continue
        ascii_word = word[0].isascii()
        wide = len(word[0]) * _LATIN_EM if ascii_word else 1.0
        if used and used + wide > ems:
            starts.append(word.start())
            used = 0.0
        used += wide
        while used > ems and ascii_word:
            starts.append(word.end() - math.ceil((used - ems) / _LATIN_EM))
            used -= ems
    return starts


def text_height(text: str, width: float, size: float) -> float:
    """The height in points of a cell of that width that shows the whole text."""
    return lines_height(len(line_starts(text, width, size)), size)


def lines_height(lines: int, size: float) -> float:
    """The height in points of that many lines."""
    return math.ceil(lines * size * _LINE_PITCH + _ROW_PADDING)


def break_pages(sheet: Worksheet, groups: Iterable[Sequence[int]]) -> None:
    """Begin a page before every group of rows that would else be torn, as a heading from its text.

    The rows' heights are set, so where the pages end can be reckoned.
    """
    left = style.TYPE_HEIGHT
    for rows in groups:
        height = sum(sheet.row_dimensions[row].height or 0 for row in rows)
        if height > left and rows[0] > 1:
            sheet.row_breaks.append(Break(id=rows[0] - 1))
            left = style.TYPE_HEIGHT
        left -= height


def lines_within(height: float, size: float) -> int:
    """How many lines a row of that height shows."""
    return math.floor((height - _ROW_PADDING - 1) / (size * _LINE_PITCH))
