"""The one table of the files that are made of a report: id, name's end, what a clerk calls it, its renderer.

A format that is added here is offered by the command line and made by the window. Tests name what it
still lacks: a place in ``HandIn``, a way to tell whose report it shows, its name in help. How it looks is
its exporter's matter, which is imported when it is asked for; writing the files is ``outgoing``'s. Small,
since the window names the formats before it is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from reportdesk.exports.pdf.pdfa import PdfA

if TYPE_CHECKING:
    from reportdesk.exports.typesetting.fonts import FontResolver
    from reportdesk.form.spec import Form
    from reportdesk.report.document import Report


class RenderError(Exception):
    """The report cannot be shown in that format; the message tells the clerk why and what to do."""


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


USUAL = Choices()
"""In this PC's faces, and for the archive."""


def faces_for(choices: Choices) -> FontResolver | None:
    """The faces to set in; None for those of this PC, which the exporters find by themselves."""
    from reportdesk.exports.typesetting.fonts import bundled_faces

    return bundled_faces() if choices.bundled_fonts else None


def _pdf(form: Form, report: Report, choices: Choices) -> Rendered:
    from reportdesk.exports.pdf.writer import render_pdf
    from reportdesk.exports.typesetting.typeset import MissingCharacterError

    try:
        result = render_pdf(form, report, faces=faces_for(choices), kind=choices.pdf)
    except MissingCharacterError as error:
        raise RenderError(str(error)) from error
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


Renderer = Callable[["Form", "Report", Choices], Rendered]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is known of a format; its file's name ends with ``suffix``, after ``adds`` where another has that too."""

    suffix: str
    says: str
    render: Renderer
    adds: str = ""


class Format(StrEnum):
    """A kind of file that is made of a report, in the order in which they are made; the value is its id."""

    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"
    BLANK = "blank"
    """The blank form for the report's unit and year, for PCs without the program."""

    @property
    def suffix(self) -> str:
        """How the file's name ends."""
        return _FORMATS[self].suffix

    @property
    def adds(self) -> str:
        """What stands between the report's title and the suffix."""
        return _FORMATS[self].adds

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _FORMATS[self].says

    def render(self, form: Form, report: Report, choices: Choices) -> Rendered:
        """The report in that format.

        Raises:
            RenderError: it cannot be shown in it.
        """
        return _FORMATS[self].render(form, report, choices)


_FORMATS: Mapping[Format, _Kind] = {
    Format.PDF: _Kind(".pdf", "PDF", _pdf),
    Format.XLSX: _Kind(".xlsx", "Excel", _xlsx),
    Format.DOCX: _Kind(".docx", "Word", _docx),
    Format.HTML: _Kind(".html", "网页", _html),
    Format.BLANK: _Kind(".xlsx", "空白填报表", _blank, "填报表"),
}

REPORT_FORMATS = tuple(one for one in Format if one is not Format.BLANK)
"""The formats that show the report, in the order in which they are made."""


def spoken_formats() -> str:
    """The formats that show the report as a sentence names them: PDF、Excel、Word 和网页."""
    *names, last = (one.says for one in REPORT_FORMATS)
    return f"{'、'.join(names)} 和{last}"
