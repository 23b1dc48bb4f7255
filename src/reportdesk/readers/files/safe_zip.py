"""Opens a zip archive, which .docx and .xlsx are, only if nothing in it can do harm.

Checked before any parser sees it: names, count, sizes, ratios, passwords. Nothing is ever
unpacked to a disk, and an archive within the archive is never opened.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from reportdesk.readers.files.limits import (
    MAX_ENTRIES,
    MAX_FILE,
    MAX_PART,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_FROM,
)
from reportdesk.readers.files.refusals import broken, protected, suspicious, too_large

_ENCRYPTED = 0x1
_PIECE = 1 << 16
_OUTSIDE = re.compile(r"(^|/)\.\.(/|$)|^/|^[A-Za-z]:|\x00")
_TROUBLES = (BadZipFile, LargeZipFile, zlib.error, struct.error, EOFError, OSError)
_MORE_TROUBLES = (ValueError, NotImplementedError, RuntimeError, OverflowError, IndexError)
_ENTRY_SIGN = b"PK\x01\x02"


class Archive:
    """An archive whose entries' names and stated sizes are sound; each is measured when read."""

    def __init__(self, archive: ZipFile, entries: Mapping[str, ZipInfo]) -> None:
        self._archive = archive
        self._entries = entries
        self._proven: set[str] = set()

    @property
    def names(self) -> Iterable[str]:
        """The entries' names, with / between folders."""
        return self._entries.keys()

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def read(self, name: str, most: int = MAX_PART) -> bytes:
        """An entry's bytes.

        Raises:
            UnreadableError: there is no such entry, it is damaged, or has more than ``most`` bytes.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise broken()
        if entry.file_size > most:
            raise too_large("文件里的内容")
        try:
            with self._archive.open(entry) as opened:
                content = opened.read()
        except (*_TROUBLES, *_MORE_TROUBLES) as error:
            raise broken() from error
        self._proven.add(name)
        return content

    def prove(self) -> None:
        """Unpack what was not read yet and keep none of it: for a library that believes stated sizes.

        Raises:
            UnreadableError: an entry is damaged or not of the size that it states.
        """
        for name, entry in self._entries.items():
            if name in self._proven:
                continue
            try:
                with self._archive.open(entry) as opened:
                    while opened.read(_PIECE):
                        pass  # zipfile stops at the stated size and compares the checksum there
            except (*_TROUBLES, *_MORE_TROUBLES) as error:
                raise broken() from error


def open_archive(content: bytes) -> Archive:
    """The archive, its list of entries checked.

    Raises:
        UnreadableError: it is none, is damaged, protected, too large, or made to do harm.
    """
    if len(content) > MAX_FILE:
        raise too_large("文件")
    if content.count(_ENTRY_SIGN) > 2 * MAX_ENTRIES:  # before zipfile makes an object of each
        raise suspicious("成千上万个小文件")
    try:
        archive = ZipFile(io.BytesIO(content))
        listed = archive.infolist()
    except (*_TROUBLES, *_MORE_TROUBLES) as error:
        raise broken() from error
    if len(listed) > MAX_ENTRIES:
        raise suspicious("成千上万个小文件")
    if sum(entry.file_size for entry in listed) > MAX_UNPACKED:
        raise suspicious("解压后大得离谱的内容")
    entries: dict[str, ZipInfo] = {}
    for entry in listed:
        name = entry.filename.replace("\\", "/")
        _check(entry, name)
        if name in entries:
            raise suspicious("重名的内容")
        entries[name] = entry
    return Archive(archive, entries)


def _check(entry: ZipInfo, name: str) -> None:
    if _OUTSIDE.search(name):
        raise suspicious("指向别处的路径")
    if entry.flag_bits & _ENCRYPTED:
        raise protected()
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise broken()  # office programs write no other, and others are slow to unpack
    if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise suspicious("解压后大得离谱的内容")
