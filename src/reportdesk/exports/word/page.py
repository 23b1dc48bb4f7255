"""The Word file's page: A4 with the official type area, its grid of 22 lines, its page numbers."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section, _Footer

from reportdesk.exports import style
from reportdesk.exports.word.styles import EVEN_FOOTER, FOLIO_LEADING, ODD_FOOTER
from reportdesk.exports.word.word_xml import Element, paragraph, run, twips, w

_CHARACTER_SPACE_UNITS = 4096
"""A point, in the unit in which w:docGrid counts what it adds to each character."""


def set_up_page(document: Document) -> None:
    """Give the document's one section its size, margins, grid and page numbers (GB/T 9704-2012, 5)."""
    section = document.sections[0]
    number_pages(section)
    properties = section._sectPr  # noqa: SLF001 - python-docx knows no grid
    for child in [child for child in properties if child.tag != qn("w:footerReference")]:
        properties.remove(child)
    for key in list(properties.attrib):
        del properties.attrib[key]
    properties.extend(
        [
            w("pgSz", w=twips(style.PAGE_WIDTH), h=twips(style.PAGE_HEIGHT)),
            _margins(),
            w("cols", space=0),
            w(
                "docGrid",
                type="linesAndChars",
                linePitch=twips(style.LINE_PITCH),
                charSpace=round((style.CHARACTER_PITCH - style.BODY.size) * _CHARACTER_SPACE_UNITS),
            ),
        ]
    )


def _margins() -> Element:
    bottom = style.PAGE_HEIGHT - style.MARGIN_TOP - style.TYPE_HEIGHT
    right = style.PAGE_WIDTH - style.MARGIN_LEFT - style.TYPE_WIDTH
    return w(
        "pgMar",
        top=twips(style.MARGIN_TOP),
        right=twips(right),
        bottom=twips(bottom),
        left=twips(style.MARGIN_LEFT),
        header=twips(style.MARGIN_TOP / 2),
        footer=twips(bottom - style.PAGE_NUMBER_DROP - FOLIO_LEADING / 2),  # the dash is half way up
        gutter=0,
    )


def number_pages(section: Section) -> None:
    """「— 1 —」 on every page, in the style of its side."""
    for footer, style_id in ((section.footer, ODD_FOOTER), (section.even_page_footer, EVEN_FOOTER)):
        footer.is_linked_to_previous = False
        _fill(footer, style_id)


def _fill(footer: _Footer, style_id: str) -> None:
    root = footer._element  # noqa: SLF001 - python-docx writes no fields
    for child in list(root):
        root.remove(child)
    before, after = style.PAGE_NUMBER.split("{}")
    number = w("fldSimple", run("1"), instr=" PAGE ")
    root.append(paragraph(style_id, run(before), number, run(after)))
