"""汇总: the sum of each typed cell over the units that count; a pure function, kept nowhere.

Blanks count nothing and are named; int and Decimal, no floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reportdesk.desk.standing import State, UnitStanding
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report, Value

SCOPES = {"all": "", "departments": "county_department", "townships": "township", "streets": "street"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit that counts, with its report."""

    unit: UnitStanding
    report: Report


@dataclass(slots=True)
class Rollup:
    """The sums by cell, the units that left each blank, how many count and who is missing, all by their numbers."""

    cells: dict[CellRef, Value] = field(default_factory=dict)
    blank: dict[CellRef, list[str]] = field(default_factory=dict)
    counted: int = 0
    missing: list[str] = field(default_factory=list)


def counted_of(units: Sequence[UnitStanding], scope: str = "all") -> tuple[Counted, ...]:
    """The units of that scope that count: all, a kind, or numbers parted by commas."""
    return tuple(
        Counted(one, one.chosen.first.shown.report())
        for one in in_scope(units, scope)
        if one.counted and one.chosen is not None
    )


def in_scope(units: Sequence[UnitStanding], scope: str) -> list[UnitStanding]:
    """The units that the scope means."""
    if scope in SCOPES:
        return [one for one in units if not SCOPES[scope] or one.unit.kind == SCOPES[scope]]
    wanted = {part.strip() for part in scope.split(",")}
    return [one for one in units if one.unit.id in wanted]


def roll_up(form: Form, units: Sequence[UnitStanding], counted: Sequence[Counted]) -> Rollup:
    """The sums of the form's typed cells over those that count; ``units`` are all that are meant."""
    typed = [ref for ref in form.kind_of if ref not in form.totals]
    rolled = Rollup(dict.fromkeys(typed, 0), counted=len(counted))
    for one in counted:
        cells = one.report.cells
        for ref in typed:
            value = cells.get(ref)
            if value is None:
                rolled.blank.setdefault(ref, []).append(one.unit.unit.id)
            else:
                rolled.cells[ref] += value
    rolled.missing = [one.unit.id for one in units if one.state is State.MISSING]
    return rolled


def contributors(counted: Sequence[Counted], ref: CellRef) -> list[tuple[UnitStanding, Value]]:
    """Who makes that cell's sum, the most first, then by name; nobody who has none."""
    told = [(one.unit, one.report.cells.get(ref) or 0) for one in counted]
    return sorted(
        ((unit, value) for unit, value in told if value), key=lambda one: (-Decimal(one[1]), one[0].unit.name)
    )
