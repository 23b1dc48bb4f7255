"""What is said while a report is being written: what lacks in a section is not, until it is meant to be whole.

Only the window waits; whoever checks a file hears of everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportdesk.checks.engine import Finding
from reportdesk.form.spec import Form
from reportdesk.report.document import Report, State


@dataclass(slots=True)
class Patience:
    """Holds back what lacks in a section of which a part is still empty.

    Until the section is marked 完成 or somebody asks for the whole 审核, which ``ended`` says.
    """

    ended: bool = False

    def due(self, findings: Iterable[Finding], form: Form, report: Report) -> list[Finding]:
        """The findings to speak of now; of a report that went its way, all."""
        if self.ended or report.state is not State.DRAFT:
            return list(findings)
        being_written = {
            section.id
            for section in form.sections
            if section.id not in report.finished
            and any(not report.prose.get(part.id, "").strip() for part in section.parts)
        }
        return [found for found in findings if not (found.is_omission and found.section in being_written)]
