"""Guards an .xls or .et before calamine opens it, and tells what calamine does not: looks of cells.

Walks over the records ([MS-XLS] 2.1.4) and takes what hides a row or column and how numbers are
shown; what cells hold is calamine's to read.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reportdesk.readers.excel_marks import Place, SheetMarks
from reportdesk.readers.excel_reach import far_reaching
from reportdesk.readers.limits import MAX_AREA
from reportdesk.readers.number_formats import NumberFormat, format_codes
from reportdesk.readers.refusals import broken, protected

_STREAMS = ("Workbook", "Book")
_ENCRYPTED = "EncryptedPackage"
_MACROS = "_VBA_PROJECT_CUR"
_FILE_PASS = 0x2F
_BEGIN = 0x809
_CELLS = frozenset((0x06, 0x201, 0x203, 0x204, 0x205, 0x207, 0x27E, 0xBD, 0xBE, 0xFD, 0xD6))
_EXTENT, _SHARED_TEXTS = 0x200, 0xFC
_ONE_NUMBER, _SOME_NUMBERS = frozenset((0x06, 0x203, 0x27E)), 0xBD
_SHEET, _CODE, _STYLE, _ROW, _COLUMNS, _WINDOW = 0x85, 0x41E, 0xE0, 0x208, 0x7D, 0x23E
_ROW_HIDDEN, _COLUMNS_HIDDEN, _SHOWS_ZEROS = 0x20, 0x01, 0x10
_HEAD, _SECTOR = 512, 512
_SECTORS_AT = (0x28, 0x2C, 0x40, 0x48)
"""Where a container's head counts sectors of its directory, of its tables and of theirs ([MS-CFB] 2.2)."""
_WIDE_EXTENT, _LEAST_TEXT = 14, 3
"""Bytes of an extent since Excel 97, and of the shortest shared text."""
_PLACE = struct.Struct("<HH")
_MOST_COLUMNS = 256


@dataclass(slots=True)
class _Sheet:
    """What the records of one sheet say of how it looks."""

    styles: dict[Place, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hides_zeros: bool = False


@dataclass(slots=True)
class _Book:
    """What all records say; ``starts`` are the places where sheets begin, in their order."""

    starts: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
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
        return OldMarks(macros, _marks(_walk(records)))
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
        elif kind in _CELLS and size >= _PLACE.size and at + size <= len(records):
            row, column = _PLACE.unpack_from(records, at)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > MAX_AREA:
                raise far_reaching()
            _note_styles(sheet, kind, records[at : at + size], row, column)
        elif kind in _LOOKS:
            _LOOKS[kind](book, sheet, records[at : at + size])
        at += size
    return book


def _note_styles(sheet: _Sheet, kind: int, record: bytes, row: int, column: int) -> None:
    """Note by which style the numbers of a record are shown."""
    if kind in _ONE_NUMBER and len(record) >= 6:  # noqa: PLR2004 - row, column, style
        (sheet.styles[row, column],) = struct.unpack_from("<H", record, 4)
    elif kind == _SOME_NUMBERS:
        for number in range((len(record) - 6) // 6):
            (sheet.styles[row, column + number],) = struct.unpack_from("<H", record, 4 + 6 * number)


def _note_start(book: _Book, _sheet: _Sheet, record: bytes) -> None:
    book.starts.append(struct.unpack_from("<I", record)[0])


def _note_code(book: _Book, _sheet: _Sheet, record: bytes) -> None:
    """A number format's code ([MS-XLS] 2.4.126); those of Excel 95 are not read."""
    number, _, wide = struct.unpack_from("<HHB", record)
    book.codes[number] = record[5:].decode("utf-16-le" if wide & 1 else "latin-1", "replace")


def _note_style(book: _Book, _sheet: _Sheet, record: bytes) -> None:
    book.styles.append(struct.unpack_from("<HH", record)[1])


def _note_row(_book: _Book, sheet: _Sheet, record: bytes) -> None:
    row, flags = struct.unpack_from("<H10xB", record)
    if flags & _ROW_HIDDEN:
        sheet.hidden_rows.add(row)


def _note_columns(_book: _Book, sheet: _Sheet, record: bytes) -> None:
    first, last, width, _, flags = struct.unpack_from("<5H", record)
    if flags & _COLUMNS_HIDDEN or not width:
        sheet.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))


def _note_window(_book: _Book, sheet: _Sheet, record: bytes) -> None:
    sheet.hides_zeros = not struct.unpack_from("<H", record)[0] & _SHOWS_ZEROS


_LOOKS: Mapping[int, Callable[[_Book, _Sheet, bytes], None]] = {
    _SHEET: _note_start,
    _CODE: _note_code,
    _STYLE: _note_style,
    _ROW: _note_row,
    _COLUMNS: _note_columns,
    _WINDOW: _note_window,
}


def _marks(book: _Book) -> list[SheetMarks]:
    formats = format_codes(book.styles, book.codes)
    return [_sheet_marks(book.sheets.get(start, _Sheet()), formats) for start in book.starts]


def _sheet_marks(sheet: _Sheet, formats: Sequence[NumberFormat | None]) -> SheetMarks:
    shown = {
        place: found
        for place, style in sheet.styles.items()
        if style < len(formats) and (found := formats[style])
    }
    return SheetMarks(
        shown,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        hides_zeros=sheet.hides_zeros,
    )
