"""What one sheet shows: our own cover and prose sheets by their labels, any other as a table."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportdesk.readers.excel.conditional_formats import hidden_by
from reportdesk.readers.excel.drawings import IS_COVERED
from reportdesk.readers.excel.extent import far_reaching
from reportdesk.readers.excel.number_formats import NumberFormat, Print, unseen
from reportdesk.readers.excel.styles import CellStyle
from reportdesk.readers.excel.xlsx_formatting import Place, SheetMarks
from reportdesk.readers.files.limits import MAX_AREA
from reportdesk.readers.files.unseen import Reason, Unseen, doubt_of
from reportdesk.readers.files.visible import OfficeSheet, Visible, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.files.written_figures import looks_like_figure
from reportdesk.readers.tables.recognise import PROSE_LEVELS
from reportdesk.report.document import Fact
from reportdesk.report.own_files import (
    CONTINUED_LABEL,
    OFFICE_MARK,
    TITLE_LABEL,
)
from reportdesk.report.text.days import spell_day

_COVER_BEGINS, _COVER_ENDS = Fact.YEAR.says, Fact.CLOSING_UNIT.says
_OFFICE_YEAR = re.compile("([0-9]{4})年度")
_IS_TEXT = "是文本，不是数字，表格自己的合计没有算它，已按数字读入"
_INDENT = "　　"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

_EXACT = 10**15
"""Below this every whole number is exact in a spreadsheet."""
_MOST = 10**18
"""From here on a number is none of a report, and no format is followed."""
_NOTHING = Print("")
_ONE = (1, 1)
"""Rows and columns of a cell that is not merged."""
_MOST_MORE = 40
"""Rows of formulas without values that are looked for below what is written."""
_NAMED = 4
"""Runs of rows or columns that a sentence names before it says 等."""

Content = str | float | int | bool | dt.date | dt.time | dt.timedelta
"""What calamine gives for a cell."""
_NUMBERS = (float, int)
"""Made once: a union would be made anew for each cell."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as calamine gives it, from its first place on, and what it does not tell."""

    name: str
    rows: Sequence[Sequence[Content]]
    merged: Sequence[tuple[Place, Place]]
    """The first and last place of each merged range."""
    marks: SheetMarks

    def print(self, row: int, column: int) -> Print:
        """What a place shows, were it not hidden, and what may hide it."""
        shown = self._print(row, column)
        if (row, column) in self.marks.covered and not shown.doubt:
            return Print(shown.text, IS_COVERED)
        return shown

    def _print(self, row: int, column: int) -> Print:
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return _NOTHING
        content = self.rows[row][column]
        if content == "":
            return _NOTHING
        is_number = isinstance(content, _NUMBERS) and not isinstance(content, bool) and math.isfinite(content)
        number_format = self.marks.formats.get((row, column)) if is_number else None
        by_format = number_format is not None and number_format.is_coloured
        if (self.marks.unseen or self.marks.texts) and (
            special := self._special(row, column, content, by_format=by_format)
        ):
            return special
        if isinstance(content, _NUMBERS) and is_number:
            printed = _printed(content, number_format, self.marks)
            return self._by_conditions(content, (row, column), printed) if self.marks.conditions else printed
        return Print(_shown(content))

    def _by_conditions(self, number: float, place: Place, printed: Print) -> Print:
        """What conditional formats leave of a number."""
        style = self.marks.styles.get(place, CellStyle())
        reason, doubt = hidden_by(self.marks.conditions, number, place, style)
        if reason is not None:
            return Print("", doubt_of(reason, printed.text)) if number else unseen(Decimal(0))
        return Print(printed.text, doubt) if doubt and not printed.doubt else printed

    def _special(self, row: int, column: int, content: Content, *, by_format: bool) -> Print | None:
        """What a place shows whose text has fonts of its own, is not seen or is an error value.

        ``by_format``: it is a number that has its colour of its number format.
        """
        unseen = self.marks.unseen.get((row, column))
        if by_format and unseen is Reason.PALE:
            return None
        runs = self.marks.texts.get((row, column))
        if runs:
            text, pieces = runs.parted(unseen)
            return Print(text, doubt_of(*pieces[0]) if pieces and not text.strip() else "")
        return Print("", doubt_of(unseen, _shown(content))) if unseen else None

    def text(self, row: int, column: int) -> str:
        """What a place shows; nothing where it is hidden."""
        return "" if self.is_hidden(row, column) else self.print(row, column).text

    def is_hidden(self, row: int, column: int, rows: int = 1, columns: int = 1) -> bool:
        """Whether nothing is seen of a cell that covers so many rows and columns."""
        marks = self.marks
        if not marks.hidden_rows and not marks.hidden_columns:
            return False
        return all(over in marks.hidden_rows for over in range(row, row + rows)) or all(
            over in marks.hidden_columns for over in range(column, column + columns)
        )


def is_office_sheet(sheet: Sheet) -> bool:
    """Whether one office filled it in, whose numbers the sheets before it add up."""
    return sheet.print(0, 0).text.strip() == OFFICE_MARK


def office_sheet(sheet: Sheet) -> OfficeSheet:
    """What that office filled in; a number that is kept as text is told, since no formula counts it."""
    year = _OFFICE_YEAR.match(sheet.print(1, 0).text.strip())
    contents = (_with_texts_told(sheet, one) for one in show_sheet(sheet))
    return OfficeSheet(sheet.name, tuple(contents), year[1] if year else "")


def _with_texts_told(sheet: Sheet, shown: Visible) -> Visible:
    if isinstance(shown, VisibleParagraph):
        return shown
    return VisibleTable(tuple(_with_text_told(sheet, cell) for cell in shown.cells), shown.name)


def _with_text_told(sheet: Sheet, cell: VisibleCell) -> VisibleCell:
    if cell.doubt or not looks_like_figure(cell.text):
        return cell
    content = sheet.rows[cell.row][cell.column] if cell.row < len(sheet.rows) else ""
    return cell._replace(doubt=_IS_TEXT) if isinstance(content, str) and content else cell


def note_unseen(sheet: Sheet, unseen: Unseen) -> None:
    """Note what stands in cells and is not seen, by the cells' looks or those of pieces of their text."""
    for (row, column), reason in sheet.marks.unseen.items():
        if (row, column) in sheet.marks.texts or sheet.is_hidden(row, column):
            continue
        if row < len(sheet.rows) and column < len(sheet.rows[row]) and not sheet.print(row, column).text:
            unseen.note(reason, _shown(sheet.rows[row][column]))
    for place, number_format in sheet.marks.formats.items():
        if number_format.is_coloured and place not in sheet.marks.unseen and not sheet.is_hidden(*place):
            _note_pale(sheet, place, unseen)
    for place, text in sheet.marks.texts.items():
        for piece in text.parted(sheet.marks.unseen.get(place))[1] if not sheet.is_hidden(*place) else ():
            unseen.note(*piece)


def _note_pale(sheet: Sheet, place: Place, unseen: Unseen) -> None:
    """Note a number that its number format shows in the colour of its ground."""
    row, column = place
    if sheet.print(row, column).doubt and not sheet.print(row, column).text:
        unseen.note(Reason.PALE, _shown(sheet.rows[row][column]))


def tell_hidden(sheet: Sheet) -> str:
    """Which rows and columns with something in them are hidden, in a sentence; empty if none are."""
    if not sheet.marks.hidden_rows and not sheet.marks.hidden_columns:
        return ""
    filled = [(row, column) for row, line in enumerate(sheet.rows) for column in _filled(line)]
    rows = {row for row, _ in filled} & sheet.marks.hidden_rows
    columns = {column for row, column in filled if row not in rows} & sheet.marks.hidden_columns
    named = [f"第 {_ranges(rows, str)} 行"] if rows else []
    named += [f"{_ranges(columns, _letters)} 列"] if columns else []
    if not named:
        return ""
    where = "和 ".join(named)
    return f"工作表“{sheet.name}”的{where}是隐藏的，没有读取。如果要读，请取消隐藏，保存后再导入。"


def _filled(line: Sequence[Content]) -> Iterator[int]:
    return (column for column, content in enumerate(line) if content != "")


def _ranges(numbers: Iterable[int], spell: Callable[[int], str]) -> str:
    """The rows or columns, counted from 0, as people write them: 3、5–8."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    named = ["–".join(spell(end + 1) for end in run) for run in runs[:_NAMED]]
    return "、".join(named) + (" 等" if len(runs) > _NAMED else "")


def _letters(number: int) -> str:
    """The letters of the column of that number, from 1."""
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def show_sheet(sheet: Sheet) -> Iterator[Visible]:
    """All that the sheet shows, in its order."""
    labels = [sheet.print(row, 0).text for row in range(len(sheet.rows))]  # a hidden label still tells
    if _is_prose(labels):
        yield from _prose(sheet, labels, range(len(labels)))
    elif _COVER_BEGINS in labels and _COVER_ENDS in labels:
        yield from _cover(sheet, labels)
    else:
        yield from _table(sheet)


def _is_prose(labels: Sequence[str]) -> bool:
    return TITLE_LABEL in labels and all(label in (*PROSE_LEVELS, CONTINUED_LABEL, "") for label in labels)


def _prose(sheet: Sheet, labels: Sequence[str], rows: range) -> Iterator[VisibleParagraph]:
    """The paragraphs of the rows; one that goes on in the next row is put together again."""
    text, level = "", -1
    for row in rows:
        if row in sheet.marks.hidden_rows:
            continue
        written = sheet.text(row, 1)
        if labels[row] == CONTINUED_LABEL and level == 0:
            text += written
            continue
        if level >= 0:
            yield VisibleParagraph(text, level)
        level = PROSE_LEVELS.get(labels[row], 0)
        text = written if level else written.removeprefix(_INDENT)
    if level >= 0:
        yield VisibleParagraph(text, level)


def _cover(sheet: Sheet, labels: Sequence[str]) -> Iterator[Visible]:
    """The title, the fields as a table of two columns, and the opening between them."""
    begin, end = labels.index(_COVER_BEGINS), labels.index(_COVER_ENDS)
    yield from (VisibleParagraph(line, 1) for line in sheet.text(0, 0).split("\n") if line.strip())
    fields = [row for row in (*range(1, begin + 1), *range(end, len(labels))) if sheet.text(row, 1)]
    yield VisibleTable(
        tuple(
            VisibleCell(text, place, column)
            for place, row in enumerate(fields)
            for column, text in enumerate((labels[row], sheet.text(row, 1)))
        ),
        sheet.name,
    )
    yield from _prose(sheet, labels, range(begin + 1, end))


def _table(sheet: Sheet) -> Iterator[VisibleTable]:
    """The whole sheet; a row without anything is kept where it follows one with something."""
    cells: list[VisibleCell] = []
    extents = [_extent(line) for line in sheet.rows]
    # calamine ends where nothing is written any more; a row of formulas without values is there all the same
    lowest = max((row for row, _ in sheet.marks.uncomputed), default=-1)
    extents += [0] * min(1 + lowest - len(extents), _MOST_MORE)
    width = max(extents, default=0)
    spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in sheet.merged}
    covered = _covered(spans, len(sheet.rows), width)
    hides = bool(sheet.marks.hidden_rows or sheet.marks.hidden_columns)
    uncomputed = sheet.marks.uncomputed
    before = 0
    marks = sheet.marks
    is_plain = not (marks.unseen or marks.texts or marks.hides_zeros or marks.conditions or marks.covered)
    for row, extent in enumerate(extents):
        line = sheet.rows[row] if extent else ()
        before, is_kept = extent, extent or before
        for column in range(width if is_kept else 0):
            place = (row, column)
            if place in covered:
                continue
            rows, columns = spans.get(place, _ONE)
            if hides and sheet.is_hidden(row, column, rows, columns):
                continue
            if uncomputed and place in uncomputed:
                cells.append(VisibleCell("", row, column, rows, columns, left_out=True))
                continue
            content = line[column] if column < extent else ""
            text = "" if content == "" else _shown_plainly(content, marks.formats.get(place))
            if is_plain and text is not None:
                cells.append(VisibleCell(text, row, column, rows, columns))
                continue  # as for most cells, and faster
            seen = sheet.print(row, column) if column < extent or marks.covered else _NOTHING
            cells.append(VisibleCell(seen.text, row, column, rows, columns, seen.doubt))
    if cells:
        yield VisibleTable(tuple(cells), sheet.name)


def _extent(line: Sequence[Content]) -> int:
    """How many places of the row there are up to the last with something in it."""
    extent = len(line)
    while extent and line[extent - 1] == "":
        extent -= 1
    return extent


def _covered(spans: Mapping[Place, tuple[int, int]], height: int, width: int) -> set[Place]:
    """The places of merged cells but their first; merges that run into each other are followed to a limit."""
    covered: set[Place] = set()
    area = 0
    for (top, left), (rows, columns) in spans.items():
        below, beyond = min(top + rows, height), min(left + columns, width)
        area += max(0, below - top) * max(0, beyond - left)
        if area > MAX_AREA:
            raise far_reaching()
        places = set(itertools.product(range(top, below), range(left, beyond)))
        places.discard((top, left))
        covered |= places
    return covered


def _printed(number: float, number_format: NumberFormat | None, marks: SheetMarks) -> Print:
    """The number as its format shows it; without one no digit is lost."""
    whole = abs(number) < _EXACT and number == int(number)
    if not number and marks.hides_zeros:
        return unseen(Decimal(0))
    if whole and (number_format is None or number_format.is_plain):
        return Print(str(int(number)))
    exact = Decimal(format(number, ".15g"))
    if number_format is None or abs(number) >= _MOST:
        places = max(0, -int(exact.normalize().as_tuple().exponent))
        return Print(format(exact, f".{places}f"))
    return number_format.print(exact)


def _shown_plainly(content: Content, number_format: NumberFormat | None) -> str | None:
    """What text and whole numbers without a format of their own show; None for what is to be asked in detail."""
    if isinstance(content, str):
        return _shown(content)
    if number_format is None and isinstance(content, float) and abs(content) < _EXACT:
        whole = int(content)
        return str(whole) if whole == content else None
    return None


def _shown(content: Content) -> str:
    """Text, a day or a truth value as the cell shows it."""
    if isinstance(content, str):
        if "_x" in content:
            content = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), content)
        return content.replace("\r\n", "\n").replace("\r", "\n") if "\r" in content else content
    if isinstance(content, bool):
        return "是" if content else "否"
    if isinstance(content, dt.date):
        return spell_day(content)
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return str(content)
