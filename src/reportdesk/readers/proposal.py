"""What a file that was read proposes: the values found, what is missing, what must be looked at.

Answers for the proposal and how it becomes a report; nothing of it enters a report by itself.
Which row a number belongs to is found by ``tables``, which part a sentence by ``prose``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report, Value


class Standing(StrEnum):
    """What became of something that the form asks for, or that the file shows."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    DOUBTFUL = "doubtful"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return {Standing.FOUND: "读到", Standing.NOT_FOUND: "没有找到", Standing.DOUBTFUL: "请核对"}[self]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the list that the clerk sees: a sentence, and the places that it speaks of.

    ``section`` is empty for title, opening and closing, and for the file as a whole.
    """

    standing: Standing
    says: str
    section: str = ""
    cells: tuple[CellRef, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A total that the file states otherwise than its own items add up to.

    ``computed`` is None where no item of it was read.
    """

    ref: CellRef
    stated: Value
    computed: Value | None
    says: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was read of a file, in the terms of the form that fits it best.

    ``cells`` holds typed numbers only, ``blank`` the typed cells that the file shows without a
    number, ``missing`` those that it does not show at all. ``reported`` holds the totals that
    the file states, ``disagreements`` those that do not add up. ``headings`` holds headings
    that are not the official ones. ``attached`` is our own data out of the file, given only
    where it says the same as what is visible.
    """

    form: Form
    facts: Mapping[Fact, str]
    headings: Mapping[str, str]
    prose: Mapping[str, str]
    cells: Mapping[CellRef, Value]
    reported: Mapping[CellRef, Value]
    blank: frozenset[CellRef]
    missing: frozenset[CellRef]
    outcomes: tuple[Outcome, ...]
    disagreements: tuple[Disagreement, ...]
    attached: Report | None = None

    def of(self, standing: Standing) -> tuple[Outcome, ...]:
        """The lines of that standing, in the form's order."""
        return tuple(outcome for outcome in self.outcomes if outcome.standing is standing)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a report was read."""
        return not (self.cells or self.prose or self.reported)

    def to_report(self) -> Report:
        """A new report that holds all that was read; every call makes another one."""
        report = Report(
            edition=self.form.edition,
            facts=dict(self.facts),
            headings=dict(self.headings),
            prose=dict(self.prose),
            cells=dict(self.cells),
            reported=dict(self.reported),
        )
        if self.attached is not None:
            _add_unprinted(report, self.attached)
        return report


def _add_unprinted(report: Report, attached: Report) -> None:
    """What no reader can see: the facts that are printed nowhere."""
    report.facts = {**attached.facts, **report.facts}
