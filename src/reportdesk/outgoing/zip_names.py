"""What the entries of a zip are called, whoever packed it: Explorer, 7-Zip, WinRAR, a Mac or ourselves.

A name without the sign for UTF-8 is in the code page of the packing PC, which the zip does not name:
in China that is GBK, on a Mac UTF-8 all the same. Nothing is unpacked here.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterable
from zipfile import ZipFile, ZipInfo

_UTF8 = 0x800
"""The bit of an entry that says its name is in UTF-8 (APPNOTE 6.3, appendix D)."""
_PATH_FIELD = 0x7075
"""The extra field in which Info-ZIP and WinRAR give the name in UTF-8 beside the old one."""
_AS_READ = "cp437"
"""What ``zipfile`` takes a name for that bears no sign; every byte has a character there."""


class TwiceError(ValueError):
    """Two entries have one name: one would be compared and perhaps the other unpacked."""


def entries_of(archive: ZipFile) -> dict[str, ZipInfo]:
    """The archive's files by their names, with / between folders and letters composed.

    Raises:
        TwiceError: a name stands there twice.
    """
    files = [
        entry for entry in archive.infolist() if not entry.is_dir() and not entry.orig_filename.endswith("\\")
    ]
    coding = _coding_of(entry for entry in files if not entry.flag_bits & _UTF8)
    named: dict[str, ZipInfo] = {}
    for entry in files:
        name = plain_name(_path_field(entry) or _decoded(entry, coding))
        if name in named:
            raise TwiceError(name)
        named[name] = entry
    return named


def plain_name(name: str) -> str:
    """The name as it is compared: composed, for a Mac takes letters apart, and with / between folders."""
    return unicodedata.normalize("NFC", name.partition("\0")[0].replace("\\", "/"))


def _coding_of(unsigned: Iterable[ZipInfo]) -> str:
    """What all names without a sign are in: a short one in GBK may pass for UTF-8 by chance."""
    names = [_raw(entry) for entry in unsigned]
    for coding in ("utf-8", "gb18030"):
        try:
            for name in names:
                name.decode(coding)
        except UnicodeDecodeError:
            continue
        return coding
    return _AS_READ


def _decoded(entry: ZipInfo, coding: str) -> str:
    return entry.orig_filename if entry.flag_bits & _UTF8 else _raw(entry).decode(coding)


def _raw(entry: ZipInfo) -> bytes:
    return entry.orig_filename.encode(_AS_READ)


def _path_field(entry: ZipInfo) -> str:
    """The name in the extra field, if it is still of the name that stands beside it."""
    if entry.flag_bits & _UTF8:
        return ""
    extra = entry.extra
    while len(extra) >= 4:  # noqa: PLR2004 - kind and length of a field
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if (
            kind == _PATH_FIELD
            and field[:1] == b"\1"
            and field[1:5] == struct.pack("<L", zlib.crc32(_raw(entry)))
        ):
            return field[5:].decode("utf-8", "ignore")
    return ""
