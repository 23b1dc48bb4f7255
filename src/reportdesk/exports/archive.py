"""Zip archives, which .xlsx and .docx files are: the same bytes wherever and whenever made."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def undated(
    written: BytesIO, finish: Callable[[str, bytes], str | bytes] = lambda _name, content: content
) -> bytes:
    """The archive again, compressed and without dates; ``finish`` may change an entry's content."""
    finished = BytesIO()
    with ZipFile(written) as source, ZipFile(finished, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(undated_entry(name), finish(name, source.read(name)))
    return finished.getvalue()


def undated_entry(name: str) -> ZipInfo:
    """An entry that bears no date and does not tell on which system it was written."""
    entry = ZipInfo(name)  # dated 1980
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # else the bytes would differ between Windows and Linux
    return entry
