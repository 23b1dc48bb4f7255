"""Reads plain text: a table parted by commas, semicolons or tabs as Excel saves it, else line by line.

Text that is no such table is a paragraph for each line, and lines parted by tabs are the rows of
a table among them.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from reportdesk.readers.files.assemble import within_limits
from reportdesk.readers.files.charsets import decode
from reportdesk.readers.files.limits import MAX_CELLS, MAX_PAGE
from reportdesk.readers.files.refusals import too_large
from reportdesk.readers.files.visible import Seen, Visible, VisibleCell, VisibleParagraph, VisibleTable

_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2
_DELIMITERS = "\t,;|，"
_SAID_DELIMITER = re.compile(r"\A\"?sep=.\"?\n")
"""What Excel understands at the beginning of a file about how it is parted."""
_ALIKE = 0.9
"""The share of rows that must be as wide as most: Excel gives every row of a sheet the same fields."""


_WIDE, _SHARE = 3, 0.4
"""Cells of a row, and rows one after another, that make a table for certain; the share of rows that are such."""


def read_plain(content: bytes) -> Seen:
    """All that a text file shows.

    Raises:
        UnreadableError: it is larger than any report.
    """
    if len(content) > MAX_PAGE:
        raise too_large("文本文件")
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    rows = _separated(text)
    return Seen(within_limits([_table(rows)] if rows else _visible(text.split("\n"))))


def _separated(text: str) -> list[list[str]]:
    """The rows of a text that is a table as a whole, lines of prose among them as rows; none if it is not."""
    text = _SAID_DELIMITER.sub("", text.rstrip("\n"))
    lines = text.split("\n")
    for delimiter in _DELIMITERS:
        if sum(delimiter in line for line in lines) < _FEWEST_ROWS:
            continue
        rows = _rows(text, delimiter)
        if _are_of_one_width(rows) or (delimiter != "\t" and _are_mixed(rows)):
            if sum(map(len, rows)) > MAX_CELLS:
                raise too_large("文件里的表格")
            return [_whole_sentence(row, delimiter) for row in rows]
    return []


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows as spreadsheets read them; with a quote that nothing closes each line is one."""
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        pass
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error:
        return []


def _are_of_one_width(rows: Sequence[Sequence[str]]) -> bool:
    written = [row for row in rows if row]
    if len(written) < _FEWEST_ROWS:
        return False
    width, count = Counter(map(len, written)).most_common(1)[0]
    return width >= _FEWEST_COLUMNS and count >= _ALIKE * len(rows)


def _are_mixed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether tables stand among lines of prose that have no cells: as programs write what they hold."""
    runs = (len(list(run)) for wide, run in groupby(rows, key=lambda row: len(row) >= _WIDE) if wide)
    in_tables = sum(run for run in runs if run >= _WIDE)
    return in_tables >= _SHARE * sum(bool(row) for row in rows)


def _whole_sentence(row: list[str], delimiter: str) -> list[str]:
    """A row; a line of prose in which the sign stands that parts cells is one cell."""
    is_prose = len(row) > 1 and any("。" in text for text in row) and not any(map(str.isdecimal, row))
    return [delimiter.join(row)] if is_prose and all(row) else row


def _table(rows: Sequence[Sequence[str]]) -> VisibleTable:
    return VisibleTable(
        tuple(
            VisibleCell(text.strip(), row, column)
            for row, line in enumerate(rows)
            for column, text in enumerate(line)
        )
    )


def _visible(lines: Sequence[str]) -> Iterator[Visible]:
    for tabbed, together in groupby(lines, key=lambda line: "\t" in line.strip(" \u3000")):
        rows = list(together)
        if tabbed and len(rows) >= _FEWEST_ROWS:
            yield _table([line.split("\t") for line in rows])
        else:
            yield from (VisibleParagraph(line) for line in rows if line.strip())
