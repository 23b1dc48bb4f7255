"""What is said while a report is being written: what lacks in a section is not, until it is meant to be whole.

Only the list beside the page being written waits; whoever checks a file, hands it on or counts its
errors hears of everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportdesk.checks.contents.completeness import missing_parts
from reportdesk.checks.engine import Finding
from reportdesk.form.spec import Form, Section
from reportdesk.report.document import Report, State
from reportdesk.report.progress import has_blank, is_written


@dataclass(slots=True)
class FindingFilter:
    """Holds back what lacks in a section of which a part is still empty or a cell blank.

    Until the section is marked 完成 or somebody asks for the whole 审核, which ``ended`` says. Title
    and opening have no such mark: what lacks there waits while the opening is empty.
    """

    ended: bool = False

    def due(self, findings: Iterable[Finding], form: Form, report: Report) -> list[Finding]:
        """The findings to speak of now; of a report that went its way, all."""
        if self.ended or report.state is not State.DRAFT:
            return list(findings)
        known = {section.id: section for section in form.sections}
        written: dict[str, bool] = {}

        def is_being_written(section: str) -> bool:
            if section not in written:
                written[section] = _is_being_written(form, report, known.get(section))
            return written[section]

        return [found for found in findings if not (found.is_omission and is_being_written(found.section))]


def _is_being_written(form: Form, report: Report, section: Section | None) -> bool:
    if section is None:
        return not is_written(report, form.opening)
    if section.id in report.finished:
        return False
    return bool(missing_parts(form, report, section)) or any(
        has_blank(form, report, table) for table in section.tables
    )
