"""The Word export against the naive way with python-docx: the same text, tables by cell() and merge()."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from bench.figure import Figure, alternate, seconds
from reportdesk.exports import style
from reportdesk.exports.blocks import (
    Block,
    Closing,
    Paragraph,
    PartHeading,
    SectionHeading,
    TableBlock,
    Title,
    report_blocks,
)
from reportdesk.exports.style import TextStyle
from reportdesk.exports.word.document import render_word
from reportdesk.form.layout import Anatomy
from reportdesk.form.load import load_form
from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.store.file import read_report

_EXAMPLE = Path(__file__).parent.parent / "examples" / "changle-2024.gknb"
_RUNS = 9
_LEFT = (Anatomy.BANNER, Anatomy.STUB)


def figures() -> list[Figure]:
    """The example in the running program: the whole file, and its tables alone."""
    report = read_report(_EXAMPLE).report
    form = load_form(report.edition)
    bare = Report(report.edition, facts=dict(report.facts), cells=dict(report.cells))
    return [
        _figure("word: example / naive python-docx", form, report),
        _figure("word: its tables alone / naive python-docx", form, bare),
    ]


def _figure(name: str, form: Form, report: Report) -> Figure:
    ours, naive = alternate(
        lambda: seconds(lambda: render_word(form, report)),
        lambda: seconds(lambda: _naive(form, report)),
        _RUNS,
    )
    return Figure(name, ours * 1e3, naive * 1e3, 0.5, "ms")


def _naive(form: Form, report: Report) -> bytes:
    """As the manual of python-docx shows it: paragraphs, a grid of cells, merges, fonts run by run."""
    document = docx.Document()
    for block in report_blocks(form, report):
        _add(document, block)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add(document: Document, block: Block) -> None:
    match block:
        case Title():
            for text in block.lines:
                _say(document.add_paragraph(), text, style.TITLE, centred=True)
        case SectionHeading():
            _say(document.add_paragraph(), block.text, style.SECTION_HEADING)
        case PartHeading():
            _say(document.add_paragraph(), block.text, style.PART_HEADING)
        case Paragraph():
            line = document.add_paragraph()
            _say(line, block.run_in, style.PART_HEADING)
            _say(line, block.text, style.BODY)
        case TableBlock():
            _add_table(document, block)
        case Closing():
            for text in (block.unit, block.date):
                _say(document.add_paragraph(), text, style.BODY)


def _add_table(document: Document, block: TableBlock) -> None:
    layout = block.layout
    table = document.add_table(layout.row_count, layout.column_count, style="Table Grid")
    look = style.table_text(block.table.text_size)
    rows = [row.cells for row in table.rows]  # cell() for each figure would take several times as long
    for laid in layout.cells:
        text = block.text_of(laid)
        line = rows[laid.row][laid.column].paragraphs[0]
        _say(line, text, look, centred=laid.anatomy not in _LEFT)
    for laid in layout.cells:
        if laid.row_span * laid.column_span > 1:
            last = table.cell(laid.row + laid.row_span - 1, laid.column + laid.column_span - 1)
            table.cell(laid.row, laid.column).merge(last)


def _say(line: Line, text: str, look: TextStyle, *, centred: bool = False) -> None:
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _dress(line.add_run(text), look)


def _dress(run: Run, look: TextStyle) -> None:
    run.font.size = Pt(look.size)
    run.font.name = look.latin.value
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - as the manual does
    fonts.set(qn("w:eastAsia"), look.face.value)
