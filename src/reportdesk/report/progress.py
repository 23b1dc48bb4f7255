"""How far a section is filled in: its filled pieces against all of them, and which are not."""

from __future__ import annotations

from dataclasses import dataclass

from reportdesk.form.spec import CellRef, Form, Part, Section, Table
from reportdesk.report.document import Report


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
    typed, cells = form.typed_of(table), report.cells
    if all(map(cells.__contains__, typed)):  # asked with every keystroke
        return ()
    return tuple(ref for ref in typed if ref not in cells)


def is_written(report: Report, part: Part) -> bool:
    """Whether the part has text: a letter, a Chinese character or a digit; marks and spaces alone are none."""
    return any(map(str.isalnum, report.prose.get(part.id, "")))
