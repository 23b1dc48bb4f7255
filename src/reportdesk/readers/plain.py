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

from reportdesk.readers.charsets import decode
from reportdesk.readers.gathering import within_limits
from reportdesk.readers.limits import MAX_CELLS, MAX_PAGE
from reportdesk.readers.refusals import too_large
from reportdesk.readers.visible import Seen, Visible, VisibleCell, VisibleParagraph, VisibleTable

_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2
_DELIMITERS = "\t,;"
_SAID_DELIMITER = re.compile(r"\A\"?sep=.\"?\n")
"""What Excel understands at the beginning of a file about how it is parted."""
_ALIKE = 0.9
"""The share of rows that must be as wide as most: Excel gives every row of a sheet the same fields."""


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
    """The rows of a text that is a table as a whole; none if it is not."""
    text = _SAID_DELIMITER.sub("", text.rstrip("\n"))
    lines = text.split("\n")
    for delimiter in _DELIMITERS:
        if sum(delimiter in line for line in lines) < _FEWEST_ROWS:
            continue
        try:
            rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
        except csv.Error:
            continue
        written = [row for row in rows if row]
        width, count = Counter(map(len, written)).most_common(1)[0]
        if width >= _FEWEST_COLUMNS and len(written) >= _FEWEST_ROWS and count >= _ALIKE * len(rows):
            if sum(map(len, rows)) > MAX_CELLS:
                raise too_large("文件里的表格")
            return rows
    return []


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
