"""What stands in the way of handing a report on: its errors, and numbers that are 待核实.

Whoever hands it on sees them listed first; going on all the same is the clerk's to decide, and is
noted. Warnings do not stop anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportdesk.checks.engine import Finding
from reportdesk.session.open_marks import OpenMark, unverified_marks
from reportdesk.session.session import Session
from reportdesk.session.verdict import errors_in


@dataclass(frozen=True, slots=True)
class Blockers:
    """The errors, gravest section first, and the cells that are 待核实."""

    errors: tuple[Finding, ...]
    unverified: tuple[OpenMark, ...]

    def __bool__(self) -> bool:
        return bool(self.errors or self.unverified)

    @property
    def says(self) -> str:
        """How many there are: 3 处错误、2 格待核实."""
        return says_of(len(self.errors), len(self.unverified))


def says_of(errors: int, unverified: int) -> str:
    """So many, in a clerk's words; empty if there are none."""
    counts = [f"{errors} 处错误"] * bool(errors) + [f"{unverified} 格待核实"] * bool(unverified)
    return "、".join(counts)


def blockers(session: Session) -> Blockers:
    """What is open in the session's report, whose rules ran over it as it is."""
    marks = unverified_marks(session.form, session.report)
    return Blockers(tuple(errors_in(session.all_findings)), marks)
