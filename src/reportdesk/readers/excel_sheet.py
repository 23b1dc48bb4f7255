"""What one sheet shows: our own cover and prose sheets by their labels, any other as a table."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportdesk.readers.excel_marks import Place, SheetMarks
from reportdesk.readers.visible import Visible, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.report.days import spell_day

_TITLE, _HEADING, _PARAGRAPH, _CONTINUED = "标题", "小标题", "正文", "接上行"
_LEVELS = {_TITLE: 1, _HEADING: 2, _PARAGRAPH: 0}
_COVER_BEGINS, _COVER_ENDS = "报告年度", "落款单位"
_OFFICE = "科室填报"
"""How a sheet of our blank form begins that one office fills in."""
_INDENT = "　　"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

_EXACT = 10**15
"""Below this every whole number is exact in a spreadsheet."""

Content = str | float | int | bool | dt.date | dt.time | dt.timedelta
"""What calamine gives for a cell."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as calamine gives it, from its first place on, and what it does not tell."""

    name: str
    rows: Sequence[Sequence[Content]]
    merged: Sequence[tuple[Place, Place]]
    """The first and last place of each merged range."""
    marks: SheetMarks

    def text(self, row: int, column: int) -> str:
        """What a place shows."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return _shown(self.rows[row][column], self.marks.decimals.get((row, column), 0))


def is_office_sheet(sheet: Sheet) -> bool:
    """Whether one office filled it in, whose numbers the sheets before it add up."""
    return sheet.text(0, 0).strip() == _OFFICE


def show_sheet(sheet: Sheet) -> Iterator[Visible]:
    """All that the sheet shows, in its order."""
    labels = [sheet.text(row, 0) for row in range(len(sheet.rows))]
    if _is_prose(labels):
        yield from _prose(sheet, labels, range(len(labels)))
    elif _COVER_BEGINS in labels and _COVER_ENDS in labels:
        yield from _cover(sheet, labels)
    else:
        yield from _table(sheet)


def _is_prose(labels: Sequence[str]) -> bool:
    return _TITLE in labels and all(label in (*_LEVELS, _CONTINUED, "") for label in labels)


def _prose(sheet: Sheet, labels: Sequence[str], rows: range) -> Iterator[VisibleParagraph]:
    """The paragraphs of the rows; one that goes on in the next row is put together again."""
    text, level = "", -1
    for row in rows:
        written = sheet.text(row, 1)
        if labels[row] == _CONTINUED and level == 0:
            text += written
            continue
        if level >= 0:
            yield VisibleParagraph(text, level)
        level = _LEVELS.get(labels[row], 0)
        text = written if level else written.removeprefix(_INDENT)
    if level >= 0:
        yield VisibleParagraph(text, level)


def _cover(sheet: Sheet, labels: Sequence[str]) -> Iterator[Visible]:
    """The title, the fields as a table of two columns, and the opening between them."""
    begin, end = labels.index(_COVER_BEGINS), labels.index(_COVER_ENDS)
    yield from (VisibleParagraph(line, 1) for line in labels[0].split("\n") if line.strip())
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
    spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in sheet.merged}
    covered = {
        (row, column)
        for (top, left), (rows, columns) in spans.items()
        for row in range(top, min(top + rows, len(sheet.rows)))
        for column in range(left, left + columns)
        if (row, column) != (top, left)
    }
    cells: list[VisibleCell] = []
    width = 1 + max(
        (column for row in sheet.rows for column, content in enumerate(row) if content != ""), default=-1
    )
    filled = False
    for row in range(len(sheet.rows)):
        before, filled = filled, any(content != "" for content in sheet.rows[row])
        if not filled and not before:
            continue
        for column in range(width):
            place = (row, column)
            if place in covered or place in sheet.marks.uncomputed:
                continue
            rows, columns = spans.get(place, (1, 1))
            cells.append(VisibleCell(sheet.text(row, column), row, column, rows, columns))
    if cells:
        yield VisibleTable(tuple(cells), sheet.name)


def _shown(content: Content, decimals: int) -> str:
    """The content as the cell shows it; of a number no digit is lost."""
    if isinstance(content, str):
        if "_x" in content:
            content = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), content)
        return content.replace("\r\n", "\n").replace("\r", "\n") if "\r" in content else content
    if isinstance(content, bool):
        return "是" if content else "否"
    if isinstance(content, float | int) and math.isfinite(content):
        if not decimals and abs(content) < _EXACT and content == int(content):
            return str(int(content))
        exact = Decimal(format(content, ".15g"))
        places = max(decimals, -int(exact.normalize().as_tuple().exponent))
        return format(exact, f".{max(places, 0)}f")
    if isinstance(content, dt.date):
        return spell_day(content)
    return str(content)
