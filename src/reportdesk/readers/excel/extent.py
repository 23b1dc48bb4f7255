"""How far a sheet of an .xlsx reaches, told before calamine makes all its places at once.

calamine takes whatever address a cell gives and ends the whole process where it cannot have the
memory. So every address must be one that a sheet has, however it is spelled; most sheets spell them
plainly, which is fast to see, and only the others are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportdesk.readers.files.limits import MAX_AREA
from reportdesk.readers.files.refusals import broken
from reportdesk.readers.files.safe_xml import named, parse_part
from reportdesk.readers.files.visible import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet (ECMA-376 Part 1, 18.3.1.73 and Excel's own limits)."""

_ODD = (
    re.compile(rb' r="(?![A-Z]?[0-9]{1,4}")'),
    re.compile(rb'"r='),
    re.compile(rb"<c(?![a-zA-Z])(?! r=)"),
    re.compile(rb"<row(?! r=)"),
)
"""An address that is missing, far, or not spelled as programs do: such a sheet is parsed."""
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_WRITTEN_ROW = re.compile("[0-9]{1,7}")


def refuse_far(xml: bytes) -> None:
    """Refuse a sheet, plainly spelled, with a cell that no sheet has, or whose cells lie too far apart.

    Raises:
        UnreadableError: it has such a cell.
    """
    begin, end = cells_within(xml)
    prefixed = b":row" in xml or b":c " in xml or b":c>" in xml
    if not prefixed and not any(odd.search(xml, begin, end) for odd in _ODD):
        return  # at most 26 columns and 9,999 rows
    rows = columns = 0
    for row, column in _places(parse_part(xml)):
        if not (0 < row <= MOST_ROWS and 0 < column <= MOST_COLUMNS):
            raise far_reaching()
        rows, columns = max(rows, row), max(columns, column)
    if (rows + 1) * (columns + 1) > MAX_AREA:
        raise far_reaching()


def cells_within(xml: bytes) -> tuple[int, int]:
    """Where the rows of a sheet begin and end."""
    end = xml.rfind(b"/sheetData")
    return max(0, xml.find(b"sheetData")), end if end >= 0 else len(xml)


def _places(root: _Element) -> Iterator[tuple[int, int]]:
    """Row and column of each cell, from 1; one without an address stands next to the one before."""
    row = 0
    for element in named(root, "row"):
        row = _row(element, row + 1)
        column = 0
        for cell in element.iterchildren("{*}c"):
            here, column = _place(cell, row, column + 1)
            yield here, column
    yield row, 1


def _row(element: _Element, following: int) -> int:
    written = element.get("r")
    if written is None:
        return following
    if not written.isascii() or not written.isdecimal():
        raise broken()
    if not _WRITTEN_ROW.fullmatch(written):
        raise far_reaching()
    return int(written)


def _place(cell: _Element, row: int, following: int) -> tuple[int, int]:
    written = cell.get("r")
    if written is None:
        return row, following
    address = _ADDRESS.fullmatch(written.upper())
    if not address:
        raise far_reaching()
    return int(address[2]), column_of(address[1]) + 1


def column_of(letters: str) -> int:
    """The number of the column of these letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def place_of(address: str) -> tuple[int, int]:
    """Row and column of an address, from 0.

    Raises:
        UnreadableError: it is none.
    """
    found = _ADDRESS.fullmatch(address.upper())
    if not found:
        raise broken()
    return int(found[2]) - 1, column_of(found[1])


def far_reaching() -> UnreadableError:
    """The sheet's used cells lie too far apart."""
    return UnreadableError(
        "工作表里有离得很远的单元格，范围太大，没有读取。请只保留年报的表格，另存一份再导入。"
    )
