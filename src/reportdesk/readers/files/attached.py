"""The report that a PDF carries with it, without reading its pages: to tell whose the file is."""

from __future__ import annotations

from reportdesk.readers.files.limits import MAX_FILE
from reportdesk.report.file import REPORT_SUFFIX
from reportdesk.report.file.codec import MAX_BYTES

_FEW = 8
"""Attachments that are looked at; a PDF of ours has one."""


def attached_report(content: bytes) -> bytes | None:
    """The bytes of the first report that is attached; None if there is none or the PDF cannot be read."""
    import pypdfium2

    if len(content) > MAX_FILE:
        return None
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    try:
        for number in range(min(document.count_attachments(), _FEW)):
            attachment = document.get_attachment(number)
            if attachment.get_name().lower().endswith(REPORT_SUFFIX):
                found = bytes(attachment.get_data())
                return found if len(found) <= MAX_BYTES else None
    except (pypdfium2.PdfiumError, ValueError, TypeError):
        return None
    finally:
        document.close()
    return None
