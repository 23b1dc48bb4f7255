"""The endings of names of files that may be taken in: the one list for reading, choosing and dropping.

What a file really is its bytes tell (``file_kind``); a name only promises.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from reportdesk.report.file import REPORT_SUFFIX


class FileKind(Enum):
    """A kind of file that is read; the value is what a clerk calls it."""

    REPORT = "年报台的年报文件"
    WORD = "Word 文件（.docx）"
    OLD_WORD = "旧版 Word 或 WPS 文件（.doc）"
    WORKBOOK = "Excel 文件（.xlsx）"
    OLD_WORKBOOK = "旧版 Excel 或 WPS 表格文件（.xls）"
    PDF = "PDF 文件"
    PAGE = "网页"
    TEXT = "文本文件"


SUFFIXES: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.REPORT: (REPORT_SUFFIX,),
    FileKind.WORD: (".docx", ".docm", ".dotx", ".dotm"),
    FileKind.OLD_WORD: (".doc", ".dot", ".wps", ".wpt"),
    FileKind.WORKBOOK: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    FileKind.OLD_WORKBOOK: (".xls", ".xlt", ".et", ".ett"),
    FileKind.PDF: (".pdf",),
    FileKind.PAGE: (".html", ".htm", ".mht", ".mhtml", ".shtml"),
    FileKind.TEXT: (".txt", ".csv", ".tsv"),
}

FOREIGN = tuple(
    suffix for kind, suffixes in SUFFIXES.items() if kind is not FileKind.REPORT for suffix in suffixes
)
"""What is read and is no report of ours."""

REFUSED = (".rtf", ".odt", ".ott", ".ods", ".ots", ".ofd", ".zip", ".rar", ".7z")
"""What offices send and is not read: offered all the same, so that the clerk hears what to do with it."""

OFFERED = (*FOREIGN, *REFUSED)
"""What can be chosen or dropped to be taken in."""
