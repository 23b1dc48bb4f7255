"""What calamine does not tell of an .xlsx: how cells show numbers, what is hidden, what was never computed.

Also how far a sheet reaches, before a library makes all of it at once. The sheets' XML is
searched and not parsed: a few attributes of rows, columns and cells are wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportdesk.readers.excel.conditional_formats import Changes, Condition, read_conditions
from reportdesk.readers.excel.drawings import covered_places
from reportdesk.readers.excel.extent import column_of, refuse_far
from reportdesk.readers.excel.number_formats import NumberFormat
from reportdesk.readers.excel.styles import CellStyle
from reportdesk.readers.excel.texts import CellText, cell_texts
from reportdesk.readers.files.limits import MAX_CELLS
from reportdesk.readers.files.refusals import suspicious
from reportdesk.readers.files.safe_xml import parse_part
from reportdesk.readers.files.safe_zip import Archive
from reportdesk.readers.files.unseen import THINNEST, WHITE, Reason

Place = tuple[int, int]
"""Row and column, from 0."""

_CELL = re.compile(
    rb"<(?:\w+:)?c(?=[\s>/])([^>]*)>"
    rb"(?:\s*<(?:\w+:)?f(?=[\s>/])(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f\s*>)\s*(<(?:\w+:)?(?:v|is)[^>]*>[^<]|)|)"
)
_UNCOMPUTED = re.compile(rb"f\s*>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></|</)|f\s[^<>]*/>")
"""A formula that may have no value: far faster to look for than to go through all cells."""
_ADDRESS = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,9})[\"']")
_STYLED = rb"s=[\"'](%s)[\"']"
_CELL_TAG = re.compile(rb"<(?:\w+:)?c(?=\s)[^<>]*\ss=[^<>]*>")
_FARTHEST = 200
"""Bytes before a cell's style within which the cell begins: no file has it looked for without end."""
_MOST_STYLES = 100
_DECIMALS = re.compile(rb"v>-?[0-9]*[.eE]")
_TEXT_TYPE = re.compile(rb"\bt=[\"'](?:str|inlineStr|s|e)[\"']")
_ROWS = re.compile(rb"<(?:\w+:)?row(?=[\s>/])([^>]*)>")
_COLUMNS = re.compile(rb"<(?:\w+:)?col(?=\s)([^>]*)>")
_ATTRIBUTE = re.compile(rb"(\w+)=[\"']([^\"']*)[\"']")
_MAY_HIDE_COLUMNS = (b"hidden=", b' width="0', b' width=".')
_HIDING_ROW = re.compile(rb'<row [^>]*?(?:hidden=| ht="(?:0|1[".]|[.]))')
_MAY_HIDE_ROWS = (b"hidden=", b"zeroHeight", b' ht="0', b' ht="1"', b' ht="1.', b' ht=".')
"""What a sheet has somewhere that hides anything: far faster to look for than rows one by one."""
_HIDES_ZEROS = re.compile(rb"<(?:\w+:)?sheetView\s[^>]*\bshowZeros=[\"'](?:0|false)[\"']")
_HIDES_ROWS = re.compile(rb"<(?:\w+:)?sheetFormatPr\s[^>]*\bzeroHeight=[\"'](?:1|true|on)[\"']")
_OTHERS = rb'(?: [\w:]+="[^"&>]*")*+/?>'
_ODDLY_SPELLED = (
    re.compile(rb'<c(?=[\s/>])(?! r="[A-Z]{1,3}[0-9]{1,7}"' + _OTHERS + rb")"),
    re.compile(rb"<(?:row|col|sheetView|sheetFormatPr)(?=[\s/>])(?!" + _OTHERS + rb")"),
    re.compile(rb":row(?=[\s/>])"),
)
"""A tag that is not written as programs write them: with other spaces or quotes, references, a prefix."""
_BEYOND_PLAIN = re.compile(
    rb'<(?:c(?=[\s/>])(?! r="[A-Z][0-9]{1,4}"' + _OTHERS + rb")"
    rb'|row(?=[\s/>])(?! r="[0-9]{1,4}"' + _OTHERS + rb")"
    rb"|(?:col|sheetView|sheetFormatPr)(?=[\s/>])(?!" + _OTHERS + rb"))"
)
"""What none of most sheets' tags is: spelled in another way, or far from the first cell."""
_ON = (b"1", b"true", b"on")
_NO_HEIGHT, _NO_WIDTH = THINNEST, 0.2
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
    texts: Mapping[Place, CellText] = field(default_factory=dict)
    """What cells show that calamine does not tell so: runs in fonts of their own, error values."""
    unseen: Mapping[Place, Reason] = field(default_factory=dict)
    """The cells that show nothing of what is in them."""
    conditions: tuple[Condition, ...] = ()
    """The conditional formats by their priority, where any may hide a number."""
    styles: Mapping[Place, CellStyle] = field(default_factory=dict)
    """The styles of cells, where there are such formats."""
    covered: frozenset[Place] = frozenset()
    """The cells that something lies over."""


class BookMarks(NamedTuple):
    """What the sheets of a workbook share: its styles, texts with fonts of their own, conditional formats."""

    styles: Sequence[CellStyle]
    texts: Mapping[int, CellText]
    changes: Changes


def read_marks(archive: Archive, part: str, book: BookMarks) -> SheetMarks:
    """The marks of the sheet in that part.

    Raises:
        UnreadableError: the sheet has too many cells or reaches too far.
    """
    xml = archive.read(part)
    if len(xml) > 5 * MAX_CELLS and xml.count(b"<c ") + xml.count(b":c ") > 5 * MAX_CELLS:
        raise suspicious("多得离谱的单元格")
    is_plain = _is_plain(xml)
    if not is_plain:
        xml = plainly_spelled(xml)
        refuse_far(xml)
    head = xml[: xml.find(b"sheetData")]
    styles = book.styles
    on_table = b"<tablePart" in xml
    formats, unseen = _styled(xml, styles, on_table=on_table)
    conditions = read_conditions(xml, book.changes)
    return SheetMarks(
        formats=formats,
        unseen=unseen,
        uncomputed=_uncomputed(xml) if _UNCOMPUTED.search(xml) else frozenset(),
        hidden_rows=_hidden_rows(xml) if _may_hide_rows(xml, head, is_plain=is_plain) else frozenset(),
        hidden_columns=_hidden_columns(head)
        if any(sign in head for sign in _MAY_HIDE_COLUMNS)
        else frozenset(),
        hides_zeros=b"showZeros=" in head and _HIDES_ZEROS.search(xml) is not None,
        texts=cell_texts(xml, book.texts, _grounds(styles, on_table=on_table)),
        conditions=conditions,
        styles=_styles_by_place(xml, styles) if conditions else {},
        covered=covered_places(archive, part) if b"<drawing" in xml else frozenset(),
    )


def _is_plain(xml: bytes) -> bool:
    """Whether its tags are spelled as programs do and its cells lie near, as in most sheets: one search says so."""
    return b":row" not in xml and b":c" not in xml and not _BEYOND_PLAIN.search(xml)


def plainly_spelled(xml: bytes) -> bytes:
    """The sheet with its attributes written as programs write them, which are searched for below."""
    if not any(odd.search(xml) for odd in _ODDLY_SPELLED):
        return xml
    from lxml import etree

    spelled: bytes = etree.tostring(parse_part(xml))
    return spelled


def _styled(
    xml: bytes, styles: Sequence[CellStyle], *, on_table: bool
) -> tuple[dict[Place, NumberFormat], dict[Place, Reason]]:
    """The number formats by place, and the cells of styles that are not seen.

    A plain format matters only where a number has decimals. A table with a look of its own may give
    white text a ground.
    """
    rounds = _DECIMALS.search(xml) is not None
    formats_of = {
        number: style.number_format
        for number, style in enumerate(styles)
        if style.number_format and (rounds or not style.number_format.is_plain)
    }
    unseen_of = {
        number: style.unseen
        for number, style in enumerate(styles)
        if style.unseen and not (on_table and style.unseen is Reason.PALE)
    }
    wanted = [style for style in formats_of.keys() | unseen_of.keys() if b's="%d"' % style in xml]
    formats: dict[Place, NumberFormat] = {}
    unseen: dict[Place, Reason] = {}
    for style, place in _places(xml, wanted) if wanted else ():
        if style in unseen_of:
            unseen[place] = unseen_of[style]
        if style in formats_of:
            formats[place] = formats_of[style]
    return formats, unseen


def _styles_by_place(xml: bytes, styles: Sequence[CellStyle]) -> dict[Place, CellStyle]:
    places = _places(xml, range(len(styles)))
    return {place: styles[style] for style, place in places if style < len(styles)}


def _grounds(styles: Sequence[CellStyle], *, on_table: bool) -> list[str | None]:
    """The colours behind cells by style; a table with a look of its own has others where cells have none."""
    return [None if on_table and style.ground == WHITE else style.ground for style in styles]


def _places(xml: bytes, styles: Sequence[int]) -> Iterator[tuple[int, Place]]:
    """Where cells of these styles stand."""
    wanted = "|".join(map(str, styles)) if len(styles) <= _MOST_STYLES else "[0-9]{1,6}"
    for style in re.finditer(_STYLED % wanted.encode(), xml):
        begin = xml.rfind(b"<", max(0, style.start() - _FARTHEST), style.start())
        tag = _CELL_TAG.match(xml, begin) if begin >= 0 else None
        address = _ADDRESS.search(tag[0]) if tag else None
        if address:
            yield int(style[1]), _place(address)


def _uncomputed(xml: bytes) -> frozenset[Place]:
    """The formulas without a value."""
    return frozenset(
        _place(address)
        for cell in _CELL.finditer(xml)
        if cell[2] == b"" and not _TEXT_TYPE.search(cell[1]) and (address := _ADDRESS.search(cell[1]))
    )


def _may_hide_rows(xml: bytes, head: bytes, *, is_plain: bool) -> bool:
    """Whether anything is there that hides a row: far faster to look for than rows one by one."""
    if is_plain:
        return b"zeroHeight" in head or _HIDING_ROW.search(xml) is not None
    return any(sign in xml for sign in _MAY_HIDE_ROWS)


def _hidden_rows(xml: bytes) -> frozenset[int]:
    """The rows that are hidden, by a filter too, or too low to show anything."""
    hidden_rows = set()
    by_default = _HIDES_ROWS.search(xml) is not None
    for row in _ROWS.finditer(xml):
        said = dict(_ATTRIBUTE.findall(row[1]))
        number = said.get(b"r", b"")
        hidden = said.get(b"hidden", b"1" if by_default and b"ht" not in said else b"")
        if number.isdigit() and (hidden.strip().lower() in _ON or _is_under(said.get(b"ht"), _NO_HEIGHT)):
            hidden_rows.add(int(number) - 1)
    return frozenset(hidden_rows)


def _hidden_columns(head: bytes) -> frozenset[int]:
    flags = bytearray(_MOST_COLUMNS)
    for columns in _COLUMNS.finditer(head):
        said = dict(_ATTRIBUTE.findall(columns[1]))
        first, last = said.get(b"min", b""), said.get(b"max", b"")
        unseen = said.get(b"hidden", b"").strip().lower() in _ON or _is_under(said.get(b"width"), _NO_WIDTH)
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
