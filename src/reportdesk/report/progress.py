"""How far a section is filled in: its filled pieces against all of them."""

from __future__ import annotations

from dataclasses import dataclass

from reportdesk.form.spec import Form, Section
from reportdesk.report.document import Report


@dataclass(frozen=True, slots=True)
class Progress:
    """``filled`` of ``whole`` pieces: typed cells and parts of prose alike."""

    filled: int
    whole: int


def progress(form: Form, report: Report, section: Section) -> Progress:
    """Count the section's pieces."""
    typed = [ref for table in section.tables for ref in form.typed_cells(table)]
    filled = sum(1 for ref in typed if ref in report.cells)
    written = sum(1 for part in section.parts if report.prose.get(part.id, "").strip())
    return Progress(filled + written, len(typed) + len(section.parts))
