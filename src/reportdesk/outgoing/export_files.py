"""Writes a report in the published formats into a folder, whole file by whole file.

What a format looks like is its exporter's matter; here stand the files' names, the order, and
plain words for what went wrong. Formats are imported when they are asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.store.file import StoreError, explain
from reportdesk.store.folders import ensure_folder
from reportdesk.store.written_files import write_again

if TYPE_CHECKING:
    from reportdesk.exports.typesetting.fonts import FaceBook


class Format(StrEnum):
    """A kind of file that is made of a report; the value of a ``REPORT_FORMATS`` is also its suffix."""

    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"
    BLANK = "blank"
    """填报表.xlsx: the blank form for the report's unit and year, for PCs without the program."""


REPORT_FORMATS = (Format.PDF, Format.XLSX, Format.DOCX, Format.HTML)
"""The formats that show the report, in the order in which they are made."""


class PublishError(Exception):
    """A file could not be made; the message tells the clerk why and what to do."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file's bytes, and for PDF which face stands for each official one."""

    content: bytes
    faces: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choices:
    """How files are made: in the bundled faces only, and which kind of PDF/A.

    ``offices`` names those that fill in the blank form; without any there are a few to be renamed.
    """

    bundled_fonts: bool = False
    pdf: PdfA = PdfA.TAGGED
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A file that was written."""

    format: Format
    path: Path
    faces: Mapping[str, str]
    kept: Path | None = None
    """Where the file that stood there is now, if somebody changed it since we wrote it."""


def publish(
    form: Form,
    report: Report,
    folder: Path,
    formats: Iterable[Format],
    choices: Choices = Choices(),
) -> list[Published]:
    """Write the report in each format into the folder, which is made if need be.

    A file of the same name is replaced whole, or kept under another name if it was changed since.

    Raises:
        PublishError: a file could not be made; those before it stand.
    """
    written = []
    try:
        ensure_folder(folder)
    except StoreError as error:
        raise PublishError(str(error)) from error
    for wanted in formats:
        rendered = render(wanted, form, report, choices)
        path = folder / file_name(wanted, form, report)
        try:
            kept = write_again(path, rendered.content)
        except OSError as error:
            raise PublishError(f"没有写成“{path.name}”：{explain(error)}") from error
        written.append(Published(wanted, path, rendered.faces, kept))
    return written


def render(wanted: Format, form: Form, report: Report, choices: Choices) -> Rendered:
    """The report in that format.

    Raises:
        PublishError: it could not be made.
    """
    return _RENDERERS[wanted](form, report, choices)


def faces_for(choices: Choices) -> FaceBook | None:
    """The faces to set in; None for those of this PC, which the exporters find by themselves."""
    from reportdesk.exports.typesetting.fonts import bundled_faces

    return bundled_faces() if choices.bundled_fonts else None


def _pdf(form: Form, report: Report, choices: Choices) -> Rendered:
    from reportdesk.exports.pdf.writer import render_pdf
    from reportdesk.exports.typesetting.typeset import MissingCharacterError

    try:
        result = render_pdf(form, report, faces=faces_for(choices), kind=choices.pdf)
    except MissingCharacterError as error:
        raise PublishError(str(error)) from error
    named: dict[str, str] = {}
    for used in result.faces:
        others = named.get(used.official)
        named[used.official] = f"{others}、{used.actual}" if others else used.actual
    return Rendered(result.content, named)


def _xlsx(form: Form, report: Report, _choices: Choices) -> Rendered:
    from reportdesk.exports.excel.workbook import render_workbook

    return Rendered(render_workbook(form, report))


def _docx(form: Form, report: Report, _choices: Choices) -> Rendered:
    from reportdesk.exports.word.document import render_word

    return Rendered(render_word(form, report))


def _html(form: Form, report: Report, _choices: Choices) -> Rendered:
    from reportdesk.exports.html import render_page

    return Rendered(render_page(form, report).encode())


def _blank(form: Form, report: Report, choices: Choices) -> Rendered:
    from reportdesk.exports.excel.blank_workbook import OFFICES, render_collection

    return Rendered(render_collection(form, report, choices.offices or OFFICES))


_RENDERERS: Mapping[Format, Callable[[Form, Report, Choices], Rendered]] = {
    Format.PDF: _pdf,
    Format.XLSX: _xlsx,
    Format.DOCX: _docx,
    Format.HTML: _html,
    Format.BLANK: _blank,
}

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_LONGEST = 66
"""Characters of a name: 198 bytes, and what is put before and after it, of the 255 that Linux takes."""
_BYTES_EACH = 3
"""Of a usual Chinese character in UTF-8; of those that take four there may be fewer."""


def file_name(wanted: Format, form: Form, report: Report) -> str:
    """What the report's file in that format is called."""
    stem = file_stem(form, report)
    return f"{stem}填报表.xlsx" if wanted is Format.BLANK else f"{stem}.{wanted}"


def file_stem(form: Form, report: Report) -> str:
    """The title as a file name without suffix, safe on Windows and of sane length."""
    return safe_name("".join(report.title_lines(form))) or form.report_name


def safe_name(text: str, longest: int = _LONGEST) -> str:
    """The text as a file name that Windows takes; empty if nothing of it is left.

    It has at most that many characters, and in UTF-8 no more bytes than as many usual ones.
    """
    visible = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    cut = _FORBIDDEN.sub("_", visible)[:longest].encode()[: longest * _BYTES_EACH]
    name = cut.decode(errors="ignore").strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name
