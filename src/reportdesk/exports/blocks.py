"""The report as a row of neutral blocks, in printed order; PDF, Word and web page are made of them.

Knows what is printed and in which order, nothing of faces, sizes or pages. Every block names
the section and the part or table it came from, so that a place on a page leads back to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportdesk.form.layout import LaidCell, TableLayout, lay_out
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form, Part, Section, Table
from reportdesk.report.document import Fact, Report, Value
from reportdesk.report.text.figures import show_figure
from reportdesk.report.totals import Totals, compute_totals

_RUN_IN = ("。", "：", ":")


@dataclass(frozen=True, slots=True)
class Title:
    """The title's lines as they were written; a line too long for the page is broken later."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """一、总体情况."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class PartHeading:
    """（一）主动公开, standing on a line of its own."""

    section: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``run_in`` is the part's heading where it stands in the paragraph's line.

    ``section`` is empty for the opening.
    """

    section: str
    part: str
    text: str
    run_in: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with the figures as they are printed; the text of a blank cell is empty."""

    section: str
    layout: TableLayout
    figures: Mapping[CellRef, str]

    @property
    def table(self) -> Table:
        """The form's table."""
        return self.layout.table

    def text_of(self, cell: LaidCell) -> str:
        """What is printed in a cell: its figure or its label."""
        return self.figures[cell.ref] if cell.ref else cell.text


@dataclass(frozen=True, slots=True)
class Closing:
    """The unit's name and the date under the text; either may be empty, not both."""

    unit: str
    date: str


Block = Title | SectionHeading | PartHeading | Paragraph | TableBlock | Closing


def report_blocks(form: Form, report: Report) -> tuple[Block, ...]:
    """Everything that is printed of the report, totals computed."""
    totals, _ = compute_totals(relate(form), report.cells)
    return tuple(_blocks(form, report, totals))


def title_in_a_line(form: Form, report: Report) -> str:
    """The title as what a file says of itself has it: without the breaks of its lines."""
    return "".join(map(clean, report.title_lines(form)))


def _blocks(form: Form, report: Report, totals: Totals) -> Iterator[Block]:
    title = tuple(line for line in map(clean, report.title_lines(form)) if line)
    if title:
        yield Title(title)
    yield from _prose(report, form.opening, "", heading="")
    for section in form.sections:
        yield SectionHeading(section.id, clean(section.title))
        yield from _section(report, section, totals)
    unit, date = (clean(report.facts.get(fact, "")) for fact in (Fact.CLOSING_UNIT, Fact.CLOSING_DATE))
    if unit or date:
        yield Closing(unit, date)


def _section(report: Report, section: Section, totals: Totals) -> Iterator[Block]:
    for part in section.parts:
        yield from _prose(report, part, section.id, clean(report.heading(part)))
    for table in section.tables:
        yield TableBlock(section.id, lay_out(table), _figures(table, report.cells, totals))


def _prose(report: Report, part: Part, section: str, heading: str) -> Iterator[Block]:
    """A heading that ends in 。 or ： runs in with the first paragraph; any other stands alone.

    So the clerk decides by how it is written, as 淮安 (（一）主动公开情况。2024年，…) and most
    townships do, and the official wording, which has no full stop, stands alone.
    """
    paragraphs = paragraphs_of(report.prose.get(part.id, ""))
    if heading.endswith(_RUN_IN) and paragraphs:
        yield Paragraph(section, part.id, paragraphs[0], run_in=heading)
        paragraphs = paragraphs[1:]
    elif heading:
        yield PartHeading(section, part.id, heading)
    for paragraph in paragraphs:
        yield Paragraph(section, part.id, paragraph)


def paragraphs_of(prose: str) -> tuple[str, ...]:
    """The paragraphs of a part's prose as printed; empty ones and typed indents are left out."""
    return tuple(line for line in map(clean, prose.splitlines()) if line)


def clean(text: str) -> str:
    """The line without what is never printed: spaces around it and characters without a shape.

    A tab or other odd space inside becomes a plain space; the ideographic space stays.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    spaced = re.sub(r"[^\S\u3000]", " ", text)
    shown = (char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf"))
    return "".join(char for char in shown if not _is_variation_selector(char)).strip()


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _figures(table: Table, cells: Mapping[CellRef, Value], totals: Totals) -> dict[CellRef, str]:
    return {ref: show_figure(totals[ref].value if ref in totals else cells.get(ref)) for ref in table.refs()}
