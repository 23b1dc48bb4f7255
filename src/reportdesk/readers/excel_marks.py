"""What calamine does not tell of an .xlsx: how many decimals a cell shows, which formulas were never computed.

Also how far a sheet reaches, before a library makes all of it at once. The sheets' XML is
searched and not parsed: three attributes of a cell are wanted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportdesk.readers.archive_guard import Archive
from reportdesk.readers.limits import MAX_AREA, MAX_CELLS
from reportdesk.readers.refusals import suspicious
from reportdesk.readers.visible import UnreadableError
from reportdesk.readers.xml_guard import named, parse_part

Place = tuple[int, int]
"""Row and column, from 0."""

_CELL = re.compile(
    rb"<(?:\w+:)?c(?=[\s>/])([^>]*)>"
    rb"(?:\s*<(?:\w+:)?f(?=[\s>/])(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f\s*>)\s*(<(?:\w+:)?(?:v|is)[^>]*>[^<]|)|)"
)
_UNCOMPUTED = re.compile(
    rb"</(?:\w+:)?f\s*>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></|</)|<(?:\w+:)?f\s[^>]*/>"
)
"""A formula that may have no value: far faster to look for than to go through all cells."""
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"']([0-9]{1,9})[\"']")
_ADDRESS = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,9})[\"']")
_LETTERS = re.compile(rb"\br=[\"']([A-Z]{1,3})[0-9]")
_STYLE = re.compile(rb"\bs=[\"']([0-9]{1,6})[\"']")
_TEXT_TYPE = re.compile(rb"\bt=[\"'](?:str|inlineStr|s|e)[\"']")
_BUILT_IN = dict.fromkeys((2, 4, 7, 8, 10, 39, 40, 43, 44, 47), 2)
"""Decimals of the number formats that every workbook has (ECMA-376 Part 1, 18.8.30)."""
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DECIMALS = re.compile(r"[0#?]\.(0+)")


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Of one sheet: decimals that are always shown, by place, and formulas without a value."""

    decimals: Mapping[Place, int] = field(default_factory=dict)
    uncomputed: frozenset[Place] = frozenset()


def read_marks(archive: Archive, part: str, decimals_of: Sequence[int]) -> SheetMarks:
    """The marks of the sheet in that part; ``decimals_of`` gives the decimals of each style.

    Raises:
        UnreadableError: the sheet has too many cells or reaches too far.
    """
    xml = archive.read(part)
    if xml.count(b"<c ") + xml.count(b":c ") > 5 * MAX_CELLS:
        raise suspicious("多得离谱的单元格")
    _refuse_far(xml)
    shown = {style for style, decimals in enumerate(decimals_of) if decimals}
    if not shown and not _UNCOMPUTED.search(xml):
        return SheetMarks()
    decimals: dict[Place, int] = {}
    uncomputed: set[Place] = set()
    for cell in _CELL.finditer(xml):
        address = _ADDRESS.search(cell[1])
        if not address:
            continue
        style = _STYLE.search(cell[1])
        if style and int(style[1]) in shown:
            decimals[_place(address)] = decimals_of[int(style[1])]
        if cell[2] == b"" and not _TEXT_TYPE.search(cell[1]):
            uncomputed.add(_place(address))
    return SheetMarks(decimals, frozenset(uncomputed))


def style_decimals(archive: Archive, part: str) -> list[int]:
    """How many decimals each style of the workbook always shows."""
    if part not in archive:
        return []
    root = parse_part(archive.read(part))
    codes = {
        int(child.get("numFmtId", "0")): child.get("formatCode", "")
        for child in named(root, "numFmt")
        if child.get("numFmtId", "").isdecimal()
    }
    formats = next(named(root, "cellXfs"), None)
    if formats is None:
        return []
    return [_decimals(child.get("numFmtId", "0"), codes) for child in named(formats, "xf")]


def _decimals(format_id: str, codes: Mapping[int, str]) -> int:
    number = int(format_id) if format_id.isdecimal() else 0
    if number not in codes:
        return _BUILT_IN.get(number, 0)
    found = _DECIMALS.search(_QUOTED.sub("", codes[number]).split(";")[0])
    return len(found[1]) if found else 0


def _refuse_far(xml: bytes) -> None:
    """Refuse a sheet whose first and last cells lie too far apart."""
    rows = {int(row) for row in _ROW.findall(xml)}
    columns = {_column(letters) for letters in set(_LETTERS.findall(xml))}
    if rows and columns and (max(rows) + 1) * (max(columns) + 1) > MAX_AREA:
        raise far_reaching()


def far_reaching() -> UnreadableError:
    """The sheet's used cells lie too far apart."""
    return UnreadableError(
        "工作表里有离得很远的单元格，范围太大，没有读取。请只保留年报的表格，另存一份再导入。"
    )


def _place(address: re.Match[bytes]) -> Place:
    return int(address[2]) - 1, _column(address[1])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
