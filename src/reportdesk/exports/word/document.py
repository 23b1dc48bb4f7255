"""The report as a Word file, to be corrected by the leader, pasted by the website's editor, printed.

All of its look is in styles (``styles``), the page in ``word_page``, tables in
``word_table``; here the report's blocks become paragraphs, and the file its bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document

from reportdesk.exports import style
from reportdesk.exports.archive import undated
from reportdesk.exports.blocks import (
    Block,
    Closing,
    Paragraph,
    PartHeading,
    SectionHeading,
    TableBlock,
    Title,
    clean,
    report_blocks,
    title_in_a_line,
)
from reportdesk.exports.typesetting.text_width import reckoned_widths
from reportdesk.exports.typesetting.title import title_lines
from reportdesk.exports.word.page import set_up_page
from reportdesk.exports.word.styles import (
    BODY,
    CLOSING,
    GAP,
    LANGUAGE,
    PART,
    PART_LEVEL,
    RUN_IN,
    SECTION,
    TITLE,
    clear_base,
    write_font_table,
    write_settings,
    write_styles,
)
from reportdesk.exports.word.table import table_element
from reportdesk.exports.word.word_xml import Element, off, paragraph, run, twips, w
from reportdesk.exports.xml_text import legal_text
from reportdesk.form.spec import Form
from reportdesk.report.document import Fact, Report
from reportdesk.report.identity import identity_of
from reportdesk.report.own_files import MADE_BY

_LONGEST_PROPERTY = 255
_GAP_ABOVE_TABLE = style.GAP_BELOW_TABLE / 2
"""Word sets a line's text at its foot, where the PDF has it in the middle of the line's height."""


def render_word(form: Form, report: Report) -> bytes:
    """The report as a .docx file; the same report gives the same bytes."""
    document = docx.Document()
    clear_base(document)
    write_styles(document, (table.text_size for table in form.tables.values()))
    write_settings(document)
    write_font_table(document)
    set_up_page(document)
    body = document.element.body
    page = body[-1]
    titled = "" if report.facts.get(Fact.TITLE) else clean(report.name_in_title())
    for element in _body(report_blocks(form, report), titled):
        page.addprevious(element)
    _write_properties(document, form, report)
    return _bytes(document)


def _body(blocks: Sequence[Block], titled: str) -> Iterator[Element]:
    """The document's elements; ``titled`` is the unit as the official title names it, empty under an own title."""
    padded = [None, *blocks, None]
    for before, block, following in zip(padded, blocks, padded[2:], strict=False):
        gaps = _gaps(
            below_table=isinstance(before, TableBlock), above_table=isinstance(following, TableBlock)
        )
        match block:
            case Title():
                yield from _title(block)
            case SectionHeading():
                kept = not isinstance(following, SectionHeading)
                yield _heading(SECTION, block.text, gaps, kept=kept)
            case PartHeading():
                kept = isinstance(following, Paragraph | TableBlock)
                yield _heading(PART, block.text, gaps, kept=kept)
            case Paragraph():
                yield _paragraph(block, gaps, kept=isinstance(following, Closing))
            case TableBlock():
                heading = before.text if isinstance(before, SectionHeading) else ""
                yield table_element(block, heading)
                if following is None or isinstance(following, TableBlock):
                    yield paragraph(GAP)  # else Word takes two tables for one
            case Closing():
                yield from _closing(block, titled)


def _title(block: Title) -> Iterator[Element]:
    """A paragraph for each line as it was written; where it is too long, broken by meaning."""
    for written in block.lines:
        yield paragraph(TITLE, *_broken(written, style.TITLE.pitch, style.TYPE_WIDTH))


def _broken(text: str, pitch: float, measure: float) -> Iterator[Element]:
    """The text's lines, broken by meaning where it is longer than the measure."""
    for number, line in enumerate(title_lines(text, reckoned_widths(text, pitch), measure, cell=pitch)):
        if number:
            yield w("r", w("br"))
        yield run(line)


def _heading(style_id: str, text: str, gaps: Sequence[Element], *, kept: bool) -> Element:
    """A heading; kept with what follows by its style, unless nothing of its own does."""
    keeping = [] if kept else [off("keepNext")]
    return paragraph(style_id, run(text), properties=[*keeping, *gaps])


def _paragraph(block: Paragraph, gaps: Sequence[Element], *, kept: bool) -> Element:
    head = [run(block.run_in, style_id=RUN_IN)] if block.run_in else []
    keeping = [w("keepNext")] if kept else []
    # so that 导航窗格 leads there: a paragraph has one level, and the heading no paragraph of its own
    level = [w("outlineLvl", val=PART_LEVEL)] if block.run_in else []
    return paragraph(BODY, *head, run(block.text), properties=[*keeping, *gaps, *level])


def _gaps(*, below_table: bool, above_table: bool) -> list[Element]:
    """Room between a paragraph and a table; at a page's top no program shows it."""
    side_panels = {}
    if below_table:
        side_panels["before"] = twips(style.GAP_BELOW_TABLE)
    if above_table:
        side_panels["after"] = twips(_GAP_ABOVE_TABLE)
    return [w("spacing", **side_panels)] if side_panels else []


def _closing(block: Closing, titled: str) -> Iterator[Element]:
    """GB/T 9704-2012, 7.3.5.1: the date four characters from the right, the unit centred over it.

    A unit too long for a line is broken by its meaning, its lines ending at the same place, as long as the
    title names it too: who reads the file could not tell else that the lines are one name.
    """
    unit_width, date_width = (
        sum(reckoned_widths(text, style.CHARACTER_PITCH)) for text in (block.unit, block.date)
    )
    if block.unit:
        inward = style.CLOSING_DATE_INDENT + (date_width - unit_width) / 2
        inward = max(inward, style.CLOSING_UNIT_INDENT)
        kept = [w("keepNext")] if block.date else []
        room = style.TYPE_WIDTH - style.CLOSING_UNIT_INDENT
        is_known = block.unit == titled
        lines = _broken(block.unit, style.CHARACTER_PITCH, room) if is_known else (run(block.unit),)
        yield paragraph(CLOSING, *lines, properties=[*kept, w("ind", right=twips(inward))])
    if block.date:
        inward = style.CLOSING_DATE_INDENT
        yield paragraph(CLOSING, run(block.date), properties=[w("ind", right=twips(inward))])


def _write_properties(document: Document, form: Form, report: Report) -> None:
    """What the file says of itself: of the report, nothing of the PC, its user or the time."""
    properties = document.core_properties
    root = properties._element  # noqa: SLF001 - python-docx can set properties, not take them out
    for child in list(root):
        root.remove(child)
    properties.title = _property(title_in_a_line(form, report))
    properties.subject = _property(form.name)
    properties.author = _property(clean(report.facts.get(Fact.FULL_NAME, "")))
    properties.keywords = _property(identity_of(form, report).words)
    properties.language = LANGUAGE
    properties.version = MADE_BY


def _property(text: str) -> str:
    return legal_text(text)[:_LONGEST_PROPERTY]


def _bytes(document: Document) -> bytes:
    """The document as a file whose entries bear no date."""
    written = io.BytesIO()
    document.save(written)
    return undated(written)
