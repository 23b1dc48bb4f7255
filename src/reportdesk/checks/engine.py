"""Findings, the register of rules, and running them.

A rule is a function with its sentence as docstring; it gets a ``Subject`` and yields findings.
Which rules there are stands in the modules beside this one. Nothing here blocks anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from reportdesk.form.relations import Relations, relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report
from reportdesk.report.totals import BalanceResult, Totals, compute_totals


class Severity(StrEnum):
    """How grave a finding is; in the order in which findings are listed."""

    ERROR = "error"
    """The form itself forbids it."""
    WARNING = "warning"
    """Probably wrong; the clerk may confirm it."""
    HINT = "hint"


class Pace(Enum):
    """When a rule runs in the window."""

    AT_ONCE = "at once"
    """With every keystroke: cheap arithmetic."""
    ON_PAUSE = "on pause"
    """When typing pauses: rules that read prose."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where, and a sentence that the clerk can act on.

    ``cells`` are the cells to look at, the first the one to jump to; ``part`` is the prose and
    ``span`` the place of its words there, first and end.
    """

    code: str
    severity: Severity
    message: str
    section: str
    cells: tuple[CellRef, ...] = ()
    part: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at: a report with its form, totals and the day of the check."""

    form: Form
    relations: Relations
    report: Report
    totals: Totals
    balances: tuple[BalanceResult, ...]
    today: dt.date


Rule = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered rule. ``says`` is the rule's sentence, ``source`` where it comes from."""

    code: str
    severity: Severity
    pace: Pace
    source: str
    says: str
    rule: Rule


_REGISTER: dict[str, Check] = {}


def check(code: str, severity: Severity, *, source: str, pace: Pace = Pace.AT_ONCE) -> Callable[[Rule], Rule]:
    """Register the decorated function as the rule of that code; its docstring is the rule."""

    def register(rule: Rule) -> Rule:
        if code in _REGISTER:
            raise ValueError(f"two rules have the code {code}")
        if not rule.__doc__:
            raise ValueError(f"rule {code} does not say what it asks")
        says = " ".join(rule.__doc__.split())
        _REGISTER[code] = Check(code, severity, pace, source, says, rule)
        return rule

    return register


def registered() -> Mapping[str, Check]:
    """Every rule by its code, in the order of registration."""
    return _REGISTER


def examine(form: Form, report: Report, today: dt.date) -> list[Finding]:
    """Run every rule over the report, computing what they need."""
    relations = relate(form)
    totals, balances = compute_totals(relations, report.cells)
    return run_checks(Subject(form, relations, report, totals, balances, today), Pace)


def run_checks(subject: Subject, paces: Iterable[Pace]) -> list[Finding]:
    """The findings of the rules of these paces: by section, the gravest first."""
    wanted = frozenset(paces)
    findings = [
        finding for known in _REGISTER.values() if known.pace in wanted for finding in known.rule(subject)
    ]
    if len(findings) > 1:
        place = {section.id: index for index, section in enumerate(subject.form.sections)}
        grave = list(Severity)
        findings.sort(key=lambda found: (place.get(found.section, -1), grave.index(found.severity)))
    return findings
