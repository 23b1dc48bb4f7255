"""How far a section is filled in: its filled pieces against all of them, and which are not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportdesk.form.spec import CellRef, Form, Part, Section, Table
from reportdesk.report.document import Report

_SURELY_TEXT = 40
"""Characters: a longer text is no heading and no 同上."""
_CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
_NUMBER = re.compile("^\\s*[（(]?[一二三四五六七八九十]{1,3}[）)、.]?")
_SAYS_NOTHING = frozenset(
    (
        "",
        "略",
        "同上",
        "见上",
        "同前",
        "见前",
        "同上年",
        "同去年",
        "见附件",
        "待补",
        "待补充",
        "待写",
        "待填",
        "待定",
        "暂缺",
        "空",
        "空白",
    )
)
"""What stands where a text is to come, or says that it stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Progress:
    """``filled`` of ``whole`` pieces: typed cells and parts of prose alike."""

    filled: int
    whole: int


def progress(form: Form, report: Report, section: Section) -> Progress:
    """Count the section's pieces."""
    typed = sum(len(form.typed_of(table)) for table in section.tables)
    blank = sum(len(blank_cells(form, report, table)) for table in section.tables)
    written = sum(is_written(report, part) for part in section.parts)
    return Progress(typed - blank + written, typed + len(section.parts))


def blank_cells(form: Form, report: Report, table: Table) -> tuple[CellRef, ...]:
    """The table's typed cells that are not filled, row by row."""
    blank = form.typed_sets[table.id].difference(report.cells)  # asked with every keystroke
    return tuple(ref for ref in form.typed_of(table) if ref in blank) if blank else ()


def has_blank(form: Form, report: Report, table: Table) -> bool:
    """Whether a typed cell of the table is not filled."""
    return not report.cells.keys() >= form.typed_sets[table.id]


def is_written(report: Report, part: Part) -> bool:
    """Whether the part says something: more than marks, a letter, a number, its own heading, 略 or 同上.

    无 says something: that there is nothing.
    """
    text = report.prose.get(part.id, "")
    if len(text) > _SURELY_TEXT:  # asked with every keystroke
        return _CHINESE.search(text) is not None
    words = "".join(_CHINESE.findall(text))
    if words in _SAYS_NOTHING:
        return False
    heads = {
        "".join(_CHINESE.findall(_NUMBER.sub("", head))) for head in (part.heading, report.heading(part))
    }
    return "".join(_CHINESE.findall(_NUMBER.sub("", text))) not in heads
