"""What is still open in a report: cells to be verified, remarks, blanks and empty parts.

The list beside the report, in the form's order. What is wrong is the checks' matter, not this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from reportdesk.checks.contents.completeness import missing_parts
from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.spec import CellRef, Form, Section
from reportdesk.report.document import Report
from reportdesk.report.progress import blank_cells
from reportdesk.report.text.figures import show_figure

_ASKS = (
    "？",
    "?",
    "待",
    "核",
    "问",
    "查",
    "请",
    "补",
    "缺",
    "漏",
    "错",
    "不对",
    "有误",
    "存疑",
    "暂",
    "未",
    "改",
    "确认",
    "估",
)
"""What a remark says that asks for something; one without any of it names a source."""


class OpenKind(Enum):
    """Why something is in the list."""

    UNVERIFIED = "待核实"
    REMARK = "备注"
    BLANK = "未填"
    EMPTY_PART = "没有文字"


@dataclass(frozen=True, slots=True)
class OpenMark:
    """One line of the list and where it leads: to a cell or to a part.

    ``says`` is the line in a clerk's words; a table's blanks are one line that leads to the first.
    """

    kind: OpenKind
    section: str
    says: str
    cell: CellRef | None = None
    part: str = ""


def open_marks(form: Form, report: Report) -> tuple[OpenMark, ...]:
    """All that is open, section by section."""
    return tuple(mark for section in form.sections for mark in _in_section(form, report, section))


def not_yet_settled(findings: Iterable[Finding], report: Report) -> str:
    """What somebody who signs should know of besides errors: warnings and 待核实; empty if none."""
    warnings = sum(found.severity is Severity.WARNING for found in findings)
    cells = len(report.unverified)
    return f"{warnings} 处提醒{f'（含 {cells} 格待核实）' if cells else ''}" if warnings else ""


def unverified_marks(form: Form, report: Report) -> tuple[OpenMark, ...]:
    """The cells that are 待核实, in the form's order."""
    if not report.unverified:
        return ()
    return tuple(mark for mark in open_marks(form, report) if mark.kind is OpenKind.UNVERIFIED)


def _in_section(form: Form, report: Report, section: Section) -> Iterator[OpenMark]:
    for part in missing_parts(form, report, section):
        name = report.heading(part) or section.title
        yield OpenMark(OpenKind.EMPTY_PART, section.id, f"{name}：没有文字", part=part.id)
    for table in section.tables:
        blanks = blank_cells(form, report, table)
        if blanks:
            says = f"{table.name}：还有 {len(blanks)} 格没有填"
            yield OpenMark(OpenKind.BLANK, section.id, says, blanks[0])
        for ref in table.refs():
            yield from _at_cell(form, report, section, ref)


def _at_cell(form: Form, report: Report, section: Section, ref: CellRef) -> Iterator[OpenMark]:
    unverified, remark = ref in report.unverified, report.remarks.get(ref, "")
    if not unverified and not any(word in remark for word in _ASKS):
        return  # a remark that only says where the number comes from leaves nothing to do
    number = show_figure(report.cells.get(ref))
    filled = f" {number}" if number else ""
    what = "；".join([OpenKind.UNVERIFIED.value] * unverified + [" ".join(remark.split())] * bool(remark))
    kind = OpenKind.UNVERIFIED if unverified else OpenKind.REMARK
    yield OpenMark(kind, section.id, f"{form.name_of(ref)}{filled}：{what}", ref)
