"""Entries of zip archives, which .xlsx and .docx files are: the same bytes wherever and whenever made."""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipInfo


def undated_entry(name: str) -> ZipInfo:
    """An entry that bears no date and does not tell on which system it was written."""
    entry = ZipInfo(name)  # dated 1980
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # else the bytes would differ between Windows and Linux
    return entry
