"""Guards an .xls or .et before calamine opens it: password, number of sheets, how far it reaches.

Walks over the records' heads only ([MS-XLS] 2.1.4); what they hold is calamine's to read.
"""

from __future__ import annotations

import io
import struct

from reportdesk.readers.excel_marks import far_reaching
from reportdesk.readers.limits import MAX_AREA
from reportdesk.readers.refusals import broken, protected

_STREAMS = ("Workbook", "Book")
_ENCRYPTED = "EncryptedPackage"
_MACROS = "_VBA_PROJECT_CUR"
_FILE_PASS = 0x2F
_BEGIN = 0x809
_CELLS = frozenset((0x06, 0x201, 0x203, 0x204, 0x205, 0x207, 0x27E, 0xBD, 0xBE, 0xFD, 0xD6))
_PLACE = struct.Struct("<HH")


def refuse_unsound(content: bytes) -> bool:
    """Whether the workbook has macros.

    Raises:
        UnreadableError: it is no old workbook, is protected, or a sheet reaches too far.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            if container.exists(_ENCRYPTED):
                raise protected()
            name = next((stream for stream in _STREAMS if container.exists(stream)), None)
            if name is None:
                raise broken()
            records = container.openstream(name).read()
            macros = bool(container.exists(_MACROS))
    except (OSError, ValueError, struct.error, IndexError, TypeError) as error:
        raise broken() from error
    _walk(records)
    return macros


def _walk(records: bytes) -> None:
    at = rows = columns = 0
    while at + 4 <= len(records):
        kind, size = _PLACE.unpack_from(records, at)
        at += 4
        if kind == _FILE_PASS:
            raise protected()
        if kind == _BEGIN:
            rows = columns = 0
        elif kind in _CELLS and size >= _PLACE.size and at + size <= len(records):
            row, column = _PLACE.unpack_from(records, at)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > MAX_AREA:
                raise far_reaching()
        at += size
