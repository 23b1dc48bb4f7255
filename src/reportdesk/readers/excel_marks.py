"""What calamine does not tell of an .xlsx: how cells show numbers, what is hidden, what was never computed.

Also how far a sheet reaches, before a library makes all of it at once. The sheets' XML is
searched and not parsed: a few attributes of rows, columns and cells are wanted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportdesk.readers.archive_guard import Archive
from reportdesk.readers.excel_reach import column_of, refuse_far
from reportdesk.readers.limits import MAX_CELLS
from reportdesk.readers.number_formats import NumberFormat, format_codes, read_format
from reportdesk.readers.raised import raised
from reportdesk.readers.refusals import suspicious
from reportdesk.readers.xml_guard import named, parse_part

if TYPE_CHECKING:
    from lxml.etree import _Element

Place = tuple[int, int]
"""Row and column, from 0."""

_CELL = re.compile(
    rb"<(?:\w+:)?c(?=[\s>/])([^>]*)>"
    rb"(?:\s*<(?:\w+:)?f(?=[\s>/])(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f\s*>)\s*(<(?:\w+:)?(?:v|is)[^>]*>[^<]|)|)"
)
_UNCOMPUTED = re.compile(rb"f\s*>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></|</)|f\s[^<>]*/>")
"""A formula that may have no value: far faster to look for than to go through all cells."""
_ADDRESS = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,9})[\"']")
_WRITTEN_ADDRESS = re.compile(rb"([A-Z]{1,3})([0-9]{1,9})")
_STYLED = rb"s=[\"'](%s)[\"']"
_CELL_TAG = re.compile(rb"<(?:\w+:)?c(?=\s)[^<>]*\ss=[^<>]*>")
_FARTHEST = 200
"""Bytes before a cell's style within which the cell begins: no file has it looked for without end."""
_MOST_STYLES = 100
_DECIMALS = re.compile(rb"v>-?[0-9]*[.eE]")
_TEXT_TYPE = re.compile(rb"\bt=[\"'](?:str|inlineStr|s|e)[\"']")
_SHARED = re.compile(rb"<(?:\w+:)?c(?=\s)([^>]*\bt=[\"']s[\"'][^>]*)>\s*<(?:\w+:)?v>([0-9]{1,9})</")
"""A cell with a text that cells share, and the text's number."""
_ROWS = re.compile(rb"<(?:\w+:)?row(?=[\s>/])([^>]*)>")
_COLUMNS = re.compile(rb"<(?:\w+:)?col(?=\s)([^>]*)>")
_ATTRIBUTE = re.compile(rb"(\w+)=[\"']([^\"']*)[\"']")
_MAY_HIDE_COLUMNS = (b"hidden=", b' width="0', b" width='")
_MAY_HIDE_ROWS = (b"hidden=", b' ht="0', b' ht="1"', b' ht="1.', b" ht='")
"""What a sheet has somewhere that hides anything: far faster to look for than rows one by one."""
_HIDES_ZEROS = re.compile(rb"<(?:\w+:)?sheetView\s[^>]*\bshowZeros=[\"'](?:0|false)[\"']")
_ON = (b"1", b"true")
_NO_HEIGHT, _NO_WIDTH = 1.5, 0.2
"""Points of a row and characters of a column in which nothing can be seen."""
_MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Of one sheet: number formats by place, formulas without a value, and what is hidden."""

    formats: Mapping[Place, NumberFormat] = field(default_factory=dict)
    uncomputed: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hides_zeros: bool = False
    texts: Mapping[Place, str] = field(default_factory=dict)
    """What cells show whose text has raised figures in it."""


def read_marks(
    archive: Archive, part: str, formats_of: Sequence[NumberFormat | None], shared: Mapping[int, str]
) -> SheetMarks:
    """The marks of the sheet in that part.

    ``formats_of`` gives the number format of each style, ``shared`` the shared texts with raised figures.

    Raises:
        UnreadableError: the sheet has too many cells or reaches too far.
    """
    xml = archive.read(part)
    if xml.count(b"<c ") + xml.count(b":c ") > 5 * MAX_CELLS:
        raise suspicious("多得离谱的单元格")
    refuse_far(xml)
    head = xml[: xml.find(b"sheetData")]
    return SheetMarks(
        formats=_formats(xml, formats_of),
        uncomputed=_uncomputed(xml) if _UNCOMPUTED.search(xml) else frozenset(),
        hidden_rows=_hidden_rows(xml) if any(sign in xml for sign in _MAY_HIDE_ROWS) else frozenset(),
        hidden_columns=_hidden_columns(head)
        if any(sign in head for sign in _MAY_HIDE_COLUMNS)
        else frozenset(),
        hides_zeros=b"showZeros=" in xml and _HIDES_ZEROS.search(xml) is not None,
        texts=_raised_texts(xml, shared),
    )


def _formats(xml: bytes, formats_of: Sequence[NumberFormat | None]) -> dict[Place, NumberFormat]:
    """The number formats by place; a plain one matters only where a number has decimals."""
    rounds = _DECIMALS.search(xml) is not None
    shown = [style for style, known in enumerate(formats_of) if known and (rounds or not known.is_plain)]
    shown = [style for style in shown if b's="%d"' % style in xml or b"s='%d'" % style in xml]
    if not shown:
        return {}
    wanted = "|".join(map(str, shown)) if len(shown) <= _MOST_STYLES else "[0-9]{1,6}"
    formats: dict[Place, NumberFormat] = {}
    for style in re.finditer(_STYLED % wanted.encode(), xml):
        begin = xml.rfind(b"<", max(0, style.start() - _FARTHEST), style.start())
        tag = _CELL_TAG.match(xml, begin) if begin >= 0 else None
        address = _ADDRESS.search(tag[0]) if tag else None
        known = formats_of[int(style[1])] if int(style[1]) < len(formats_of) else None
        if address and known:
            formats[_place(address)] = known
    return formats


def _uncomputed(xml: bytes) -> frozenset[Place]:
    """The formulas without a value."""
    return frozenset(
        _place(address)
        for cell in _CELL.finditer(xml)
        if cell[2] == b"" and not _TEXT_TYPE.search(cell[1]) and (address := _ADDRESS.search(cell[1]))
    )


def style_formats(archive: Archive, part: str) -> list[NumberFormat | None]:
    """The number format of each style of the workbook; None where it shows numbers as they are."""
    if part not in archive:
        return []
    root = parse_part(archive.read(part))
    codes = {
        int(child.get("numFmtId", "0")): child.get("formatCode", "")
        for child in named(root, "numFmt")
        if child.get("numFmtId", "").isdecimal()
    }
    styles = next(named(root, "cellXfs"), None)
    if styles is None:
        return []
    written = list(named(styles, "xf"))
    numbers = [style.get("numFmtId", "0") for style in written]
    formats = format_codes([int(number) if number.isdecimal() else 0 for number in numbers], codes)
    white = _white_fonts(root)
    nothing = read_format(";;;")
    return [
        nothing if style.get("fontId") in white and style.get("fillId", "0") == "0" else number_format
        for style, number_format in zip(written, formats, strict=True)
    ]


def _white_fonts(root: _Element) -> set[str]:
    """The numbers of the fonts whose text is white, and so not seen on a cell without a colour."""
    fonts = next(named(root, "fonts"), None)
    if fonts is None:
        return set()
    colours = [next(named(font, "color"), None) for font in named(fonts, "font")]
    return {
        str(number)
        for number, colour in enumerate(colours)
        if colour is not None and (colour.get("rgb", "")[-6:].upper() == "FFFFFF" or _is_white(colour))
    }


def _is_white(colour: _Element) -> bool:
    """Whether it is the first of the theme's colours, which is the paper's, and as light."""
    return colour.get("theme") == "0" and not colour.get("tint", "0").startswith("-")


def raised_strings(archive: Archive, part: str) -> dict[int, str]:
    """The workbook's shared texts that have raised figures in them, by their numbers."""
    content = archive.read(part) if part in archive else b""
    if b"superscript" not in content:
        return {}
    entries = enumerate(named(parse_part(content), "si"))
    return {number: text for number, entry in entries if (text := _raised_text(entry))}


def _raised_text(entry: _Element) -> str:
    """A text of several runs, if one of them has raised figures; else empty."""
    runs = [
        (any(place.get("val") == "superscript" for place in named(run, "vertAlign")), _text(run))
        for run in named(entry, "r")
    ]
    if not any(is_raised for is_raised, _ in runs):
        return ""
    return "".join(raised(text) if is_raised else text for is_raised, text in runs)


def _text(run: _Element) -> str:
    return "".join(text.text or "" for text in named(run, "t"))


def _raised_texts(xml: bytes, shared: Mapping[int, str]) -> dict[Place, str]:
    """What cells show with raised figures in them, which they share or have for themselves."""
    texts = {}
    for cell in _SHARED.finditer(xml) if shared else ():
        address = _ADDRESS.search(cell[1])
        if address and int(cell[2]) in shared:
            texts[_place(address)] = shared[int(cell[2])]
    for own in named(parse_part(xml), "c") if b"superscript" in xml else ():
        address = _WRITTEN_ADDRESS.fullmatch(own.get("r", "").encode())
        if address and (text := _raised_text(own)):
            texts[_place(address)] = text
    return texts


def _hidden_rows(xml: bytes) -> frozenset[int]:
    """The rows that are hidden, by a filter too, or too low to show anything."""
    hidden = set()
    for row in _ROWS.finditer(xml):
        said = dict(_ATTRIBUTE.findall(row[1]))
        number = said.get(b"r", b"")
        if number.isdigit() and (said.get(b"hidden") in _ON or _is_under(said.get(b"ht"), _NO_HEIGHT)):
            hidden.add(int(number) - 1)
    return frozenset(hidden)


def _hidden_columns(head: bytes) -> frozenset[int]:
    flags = bytearray(_MOST_COLUMNS)
    for columns in _COLUMNS.finditer(head):
        said = dict(_ATTRIBUTE.findall(columns[1]))
        first, last = said.get(b"min", b""), said.get(b"max", b"")
        unseen = said.get(b"hidden") in _ON or _is_under(said.get(b"width"), _NO_WIDTH)
        if unseen and first.isdigit() and last.isdigit():
            begin, end = max(0, int(first) - 1), min(int(last), _MOST_COLUMNS)
            flags[begin:end] = b"\1" * max(0, end - begin)
    return frozenset(flag.start() for flag in re.finditer(b"\1", flags))


def _is_under(written: bytes | None, least: float) -> bool:
    try:
        return written is not None and float(written) < least
    except ValueError:
        return False


def _place(address: re.Match[bytes]) -> Place:
    return int(address[2]) - 1, column_of(address[1].decode())
