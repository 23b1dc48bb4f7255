"""Whose report a published file shows, told by what it says of itself, without reading its pages.

PDF, workbook, Word file and web page name it in their keywords. Those of before version 0.2.0 have none:
there the PDF's attached data tells, or the author, which was the unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from reportdesk.form.load import load_form
from reportdesk.form.refusal import FormError
from reportdesk.readers.files.attached import attached_report
from reportdesk.readers.files.limits import MAX_FILE
from reportdesk.readers.files.properties import core_properties
from reportdesk.readers.files.safe_zip import open_archive
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.report.file.codec import CodecError, decode
from reportdesk.report.identity import Identity, identity_of, read_identity
from reportdesk.report.own_files import PROGRAM

_HEAD = 4096
"""Bytes of a page in which its keywords stand."""
_META = re.compile(r'<meta name="(keywords|generator)" content="([^"]*)">')


def published_identity(content: bytes, suffix: str) -> Identity | None:
    """Whose report the file shows; None if it does not say, or is none of ours."""
    if len(content) > MAX_FILE:
        return None
    says = _READERS.get(suffix.lower().lstrip("."))
    return says(content) if says else None


def _of_pdf(content: bytes) -> Identity | None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    try:
        told = document.get_metadata_dict()
    finally:
        document.close()
    named = read_identity(told.get("Keywords", ""))
    if named or not told.get("Creator", "").startswith(PROGRAM):
        return named
    return _of_attached(content) or _of_author(told.get("Author", ""))


def _of_attached(content: bytes) -> Identity | None:
    inside = attached_report(content)
    try:
        report = decode(inside).report if inside else None
        return identity_of(load_form(report.edition), report) if report else None
    except (CodecError, FormError):
        return None


def _of_office(content: bytes) -> Identity | None:
    try:
        told = core_properties(open_archive(content))
    except UnreadableError:
        return None
    named = read_identity(told.get("keywords", ""))
    if named or not told.get("version", "").startswith(PROGRAM):
        return named
    return _of_author(told.get("author", ""))


def _of_page(content: bytes) -> Identity | None:
    told: Mapping[str, str] = dict(_META.findall(content[:_HEAD].decode(errors="replace")))
    return read_identity(unescape(told.get("keywords", "")))


def _of_author(unit: str) -> Identity | None:
    return Identity(unit, "") if unit else None


_READERS = {"pdf": _of_pdf, "xlsx": _of_office, "docx": _of_office, "html": _of_page}
