"""Guards an .xls or .et before calamine opens it, and tells what calamine does not: looks of cells.

Walks over the records ([MS-XLS] 2.1.4) and takes what hides a row or column and how numbers are
shown; what cells hold is calamine's to read.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportdesk.readers.excel.colours import PALETTE
from reportdesk.readers.excel.extent import far_reaching
from reportdesk.readers.excel.number_formats import NumberFormat, format_codes
from reportdesk.readers.excel.styles import CellStyle, before_ground
from reportdesk.readers.excel.texts import CellText, Run
from reportdesk.readers.excel.xls_overlays import AREAS, DRAWING, OBJECT, RANK, RULE, Over, note_over
from reportdesk.readers.excel.xls_texts import shared_texts
from reportdesk.readers.excel.xlsx_formatting import Place, SheetMarks
from reportdesk.readers.files.limits import MAX_AREA
from reportdesk.readers.files.refusals import broken, protected
from reportdesk.readers.files.unseen import SMALLEST, THINNEST, WHITE, Reason, is_pale

_STREAMS = ("Workbook", "Book")
_ENCRYPTED = "EncryptedPackage"
_MACROS = "_VBA_PROJECT_CUR"
_FILE_PASS = 0x2F
_BEGIN = 0x809
_CELLS = frozenset((0x06, 0x201, 0x203, 0x204, 0x205, 0x207, 0x27E, 0xBD, 0xBE, 0xFD, 0xD6))
_EXTENT, _SHARED_TEXTS = 0x200, 0xFC
_ONE_NUMBER, _SOME_NUMBERS = frozenset((0x06, 0x203, 0x27E)), 0xBD
_FONT, _COLOURS, _GOES_ON = 0x31, 0x92, 0x3C
_TEXTS, _ONE_SHARED = frozenset((0x204, 0xFD, 0xD6, 0x201)), 0xFD
_FAULT, _FORMULA = 0x205, 0x06
_FAULTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_OVER = frozenset((DRAWING, OBJECT, AREAS, RULE, RANK))
_STRUCK, _SOLID, _NO_FONT = 0x08, 1, 4
_TWIPS = 20
_THINNEST_COLUMN = 51
"""Of 256 parts of a character's width."""
_SHEET, _CODE, _STYLE, _ROW, _COLUMNS, _WINDOW = 0x85, 0x41E, 0xE0, 0x208, 0x7D, 0x23E
_ROW_HIDDEN, _COLUMNS_HIDDEN, _SHOWS_ZEROS = 0x20, 0x01, 0x10
_HEAD, _SECTOR = 512, 512
_SECTORS_AT = (0x28, 0x2C, 0x40, 0x48)
"""Where a container's head counts sectors of its directory, of its tables and of theirs ([MS-CFB] 2.2)."""
_WIDE_EXTENT, _LEAST_TEXT = 14, 3
"""Bytes of an extent since Excel 97, and of the shortest shared text."""
_PLACE = struct.Struct("<HH")
_MOST_COLUMNS = 256


class _Font(NamedTuple):
    """A font ([MS-XLS] 2.4.122): its height in twips, whether it is struck out, its colour's number."""

    height: int
    is_struck: bool
    colour: int


class _Style(NamedTuple):
    """A cell's style (2.4.353): the numbers of its font, number format, and ground's pattern and colour."""

    font: int
    code: int
    pattern: int
    ground: int


@dataclass(slots=True)
class _Sheet:
    """What the records of one sheet say of how it looks."""

    styles: dict[Place, int] = field(default_factory=dict)
    faults: dict[Place, str] = field(default_factory=dict)
    """The error values that cells show."""
    shared: dict[Place, int] = field(default_factory=dict)
    """Which of the shared texts cells show."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hides_zeros: bool = False
    over: Over = field(default_factory=Over)


@dataclass(slots=True)
class _Book:
    """What all records say; ``starts`` are the places where sheets begin, in their order."""

    starts: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[_Style] = field(default_factory=list)
    fonts: list[_Font] = field(default_factory=list)
    palette: dict[int, str] = field(default_factory=lambda: dict(PALETTE))
    texts_at: int = -1
    """Where the record of the shared texts stands."""
    sheets: dict[int, _Sheet] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OldMarks:
    """Whether the workbook has macros, and the marks of its sheets in their order."""

    has_macros: bool
    sheets: Sequence[SheetMarks]


def old_marks(content: bytes) -> OldMarks:
    """What calamine does not tell of the workbook.

    Raises:
        UnreadableError: it is no old workbook, is protected, or a sheet reaches too far.
    """
    import olefile

    _refuse_forged_head(content)
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            if container.exists(_ENCRYPTED):
                raise protected()
            name = next((stream for stream in _STREAMS if container.exists(stream)), None)
            if name is None:
                raise broken()
            records = container.openstream(name).read()
            macros = bool(container.exists(_MACROS))
            if any(entry and entry.size > len(content) for entry in container.direntries):
                raise broken()
    except (OSError, ValueError, struct.error, IndexError, TypeError) as error:
        raise broken() from error
    try:
        return OldMarks(macros, _marks(_walk(records), records))
    except (struct.error, IndexError) as error:
        raise broken() from error


def _refuse_forged_head(content: bytes) -> None:
    """Refuse a container that claims more sectors than it has bytes for: calamine makes room for them all."""
    if len(content) < _HEAD:
        raise broken()
    claimed = [struct.unpack_from("<I", content, place)[0] for place in _SECTORS_AT]
    if max(claimed) > len(content) // _SECTOR + 1:
        raise broken()


def _refuse_forged(kind: int, record: bytes, rest: int) -> None:
    """Refuse a sheet's extent, or a count of shared texts, for which calamine would make room in vain."""
    if kind == _EXTENT:
        wide = len(record) >= _WIDE_EXTENT
        top, below, left, beyond = struct.unpack_from("<IIHH" if wide else "<HHHH", record)
        if below < top or beyond < left or (below - top + 1) * (beyond - left + 1) > MAX_AREA:
            raise far_reaching()
    elif kind == _SHARED_TEXTS:
        (count,) = struct.unpack_from("<i", record, 4)
        if not 0 <= count <= rest // _LEAST_TEXT + 1:
            raise broken()


def _walk(records: bytes) -> _Book:
    book = _Book()
    sheet = _Sheet()
    at = rows = columns = 0
    while at + 4 <= len(records):
        kind, size = _PLACE.unpack_from(records, at)
        at += 4
        if kind == _FILE_PASS:
            raise protected()
        if kind == _BEGIN:
            rows = columns = 0
            sheet = book.sheets[at - 4] = _Sheet()
        elif kind in (_EXTENT, _SHARED_TEXTS):
            _refuse_forged(kind, records[at : at + size], len(records) - at)
            book.texts_at = at - 4 if kind == _SHARED_TEXTS else book.texts_at
        elif kind in _CELLS and size >= _PLACE.size and at + size <= len(records):
            row, column = _PLACE.unpack_from(records, at)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > MAX_AREA:
                raise far_reaching()
            _note_styles(sheet, kind, records[at : at + size], row, column)
            _note_content(sheet, kind, records[at : at + size], (row, column))
        elif kind in _OVER:
            note_over(sheet.over, kind, records[at : at + size], book.palette)
        elif kind in _LOOKS:
            _LOOKS[kind](book, sheet, records[at : at + size])
        at += size
    return book


def _note_styles(sheet: _Sheet, kind: int, record: bytes, row: int, column: int) -> None:
    """Note by which style what a record holds is shown, and what it shows besides."""
    if kind in _ONE_NUMBER | _TEXTS | {_FAULT} and len(record) >= 6:  # noqa: PLR2004 - row, column, style
        (sheet.styles[row, column],) = struct.unpack_from("<H", record, 4)
    elif kind == _SOME_NUMBERS:
        for number in range((len(record) - 6) // 6):
            (sheet.styles[row, column + number],) = struct.unpack_from("<H", record, 4 + 6 * number)


def _note_content(sheet: _Sheet, kind: int, record: bytes, place: Place) -> None:
    """Note an error value or which shared text a cell shows."""
    if kind == _ONE_SHARED and len(record) >= 10:  # noqa: PLR2004 - row, column, style, text
        (sheet.shared[place],) = struct.unpack_from("<I", record, 6)
    elif kind == _FAULT and len(record) >= 8 and record[7]:  # noqa: PLR2004 - row, column, style, value, kind
        sheet.faults[place] = _FAULTS.get(record[6], "#VALUE!")
    elif kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6:7] == b"\x02":
        sheet.faults[place] = _FAULTS.get(record[8], "#VALUE!")


def _note_font(book: _Book, _sheet: _Sheet, record: bytes) -> None:
    height, flags, colour = struct.unpack_from("<HHH", record)
    book.fonts.append(_Font(height, bool(flags & _STRUCK), colour))


def _note_colours(book: _Book, _sheet: _Sheet, record: bytes) -> None:
    (count,) = struct.unpack_from("<H", record)
    for number in range(min(count, 56)):
        book.palette[8 + number] = record[2 + 4 * number : 5 + 4 * number].hex().upper()


def _note_start(book: _Book, _sheet: _Sheet, record: bytes) -> None:
    book.starts.append(struct.unpack_from("<I", record)[0])


def _note_code(book: _Book, _sheet: _Sheet, record: bytes) -> None:
    """A number format's code ([MS-XLS] 2.4.126); those of Excel 95 are not read."""
    number, _, wide = struct.unpack_from("<HHB", record)
    book.codes[number] = record[5:].decode("utf-16-le" if wide & 1 else "latin-1", "replace")


def _note_style(book: _Book, _sheet: _Sheet, record: bytes) -> None:
    font, code = struct.unpack_from("<HH", record)
    pattern = ground = 0
    if len(record) >= 20:  # noqa: PLR2004 - since Excel 97
        borders, colours = struct.unpack_from("<IH", record, 14)
        pattern, ground = borders >> 26, colours & 0x7F
    book.styles.append(_Style(font, code, pattern, ground))


def _note_row(_book: _Book, sheet: _Sheet, record: bytes) -> None:
    row, height, flags = struct.unpack_from("<H4xH4xB", record)
    if flags & _ROW_HIDDEN or height < THINNEST * _TWIPS:
        sheet.hidden_rows.add(row)


def _note_columns(_book: _Book, sheet: _Sheet, record: bytes) -> None:
    first, last, width, _, flags = struct.unpack_from("<5H", record)
    if flags & _COLUMNS_HIDDEN or width < _THINNEST_COLUMN:
        sheet.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))


def _note_window(_book: _Book, sheet: _Sheet, record: bytes) -> None:
    sheet.hides_zeros = not struct.unpack_from("<H", record)[0] & _SHOWS_ZEROS


_LOOKS: Mapping[int, Callable[[_Book, _Sheet, bytes], None]] = {
    _SHEET: _note_start,
    _CODE: _note_code,
    _STYLE: _note_style,
    _FONT: _note_font,
    _COLOURS: _note_colours,
    _ROW: _note_row,
    _COLUMNS: _note_columns,
    _WINDOW: _note_window,
}


def _marks(book: _Book, records: bytes) -> list[SheetMarks]:
    formats = format_codes([style.code for style in book.styles], book.codes)
    looks = [_Look(_unseen(book, style), _ground(book, style)) for style in book.styles]
    formats = [before_ground(one, *look) for one, look in zip(formats, looks, strict=True)]
    texts: dict[int, CellText] = {}
    if book.texts_at >= 0 and any(_unseen_font(font) or book.palette.get(font.colour) for font in book.fonts):
        texts = shared_texts(_chunks(records, book.texts_at), lambda number: _run_look(book, number))
    return [_sheet_marks(book.sheets.get(start, _Sheet()), formats, looks, texts) for start in book.starts]


class _Look(NamedTuple):
    """Why text in a style is not seen, and the colour behind it, None where that is not known."""

    unseen: Reason | None
    ground: str | None


def _run_look(book: _Book, number: int) -> tuple[Reason | None, str]:
    """Why a run in the font of that number is not seen on any ground, and its colour."""
    font = _font(book, number)
    return _unseen_font(font), "" if font is None else book.palette.get(font.colour, "")


def _chunks(records: bytes, at: int) -> list[bytes]:
    """A record and those that continue it."""
    chunks: list[bytes] = []
    while at + 4 <= len(records):
        kind, size = _PLACE.unpack_from(records, at)
        if chunks and kind != _GOES_ON:
            break
        chunks.append(records[at + 4 : at + 4 + size])
        at += 4 + size
    return chunks


def _font(book: _Book, number: int) -> _Font | None:
    """The font of that number; there is none of number 4, and so those behind count one less."""
    place = number - (number > _NO_FONT)
    return book.fonts[place] if place < len(book.fonts) else None


def _unseen_font(font: _Font | None) -> Reason | None:
    if font is None:
        return None
    if font.is_struck:
        return Reason.STRUCK
    return Reason.TINY if font.height < SMALLEST * _TWIPS else None


def _unseen(book: _Book, style: _Style) -> Reason | None:
    """Why what has the style is not seen; None if it is."""
    font = _font(book, style.font)
    if font is None or (reason := _unseen_font(font)):
        return None if font is None else reason
    colour = book.palette.get(font.colour, "")
    return Reason.PALE if is_pale(colour, _ground(book, style)) else None


def _ground(book: _Book, style: _Style) -> str | None:
    if style.pattern == _SOLID:
        return book.palette.get(style.ground)
    return None if style.pattern else WHITE


def _sheet_marks(
    sheet: _Sheet,
    formats: Sequence[NumberFormat | None],
    looks: Sequence[_Look],
    texts: Mapping[int, CellText],
) -> SheetMarks:
    shown = {
        place: found
        for place, style in sheet.styles.items()
        if style < len(formats) and (found := formats[style])
    }
    look_of = {place: looks[style] for place, style in sheet.styles.items() if style < len(looks)}
    own = {
        place: texts[number].before(look_of[place].ground if place in look_of else None)
        for place, number in sheet.shared.items()
        if number in texts
    }
    return SheetMarks(
        shown,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        hides_zeros=sheet.hides_zeros,
        texts=own | {place: CellText((Run(text),)) for place, text in sheet.faults.items()},
        unseen={place: look.unseen for place, look in look_of.items() if look.unseen},
        conditions=sheet.over.rules(),
        styles={place: CellStyle(ground=look.ground) for place, look in look_of.items()}
        if sheet.over.conditions
        else {},
        covered=frozenset(sheet.over.covered),
    )
