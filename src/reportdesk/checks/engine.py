"""Findings, the register of rules, and running them.

A rule is a function with its sentence as docstring; it gets a ``Subject`` and yields findings.
Which rules there are stands in the modules beside this one. Nothing here blocks anything.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import importlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from reportdesk.checks import catalogue
from reportdesk.form.relations import Relations, relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report, Snapshot
from reportdesk.report.totals import BalanceResult, Totals, compute_totals

OFFICIAL_FORM = "《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）"
"""What the ``source`` of a rule calls the form."""


class Severity(StrEnum):
    """How grave a finding is; in the order in which findings are listed."""

    ERROR = "error"
    """The form itself forbids it."""
    WARNING = "warning"
    """Probably wrong; the clerk may confirm it."""
    HINT = "hint"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.HINT: "提示"}[self]


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
    ``span`` the place of its words there, first and end. ``about`` tells findings of one rule
    at one place apart, such as the words it is about. ``passages`` are like passages of this
    and of last year's prose. ``settled`` is the 说明 that settles the finding. ``is_omission``
    says that something is not written that should be: while its section is being written, that
    may be still to come.
    """

    code: str
    severity: Severity
    message: str
    section: str
    cells: tuple[CellRef, ...] = ()
    part: str = ""
    span: tuple[int, int] | None = None
    about: str = ""
    passages: tuple[Passage, ...] = ()
    settled: str = ""
    is_omission: bool = False

    @property
    def key(self) -> str:
        """What a 说明 for this finding is kept under; stays the same when numbers change."""
        place = self.part or (str(self.cells[0]) if self.cells else self.section)
        return ":".join(name for name in (self.code, place, self.about) if name)

    @property
    def fingerprint(self) -> str:
        """Of what was found, its numbers included; a 说明 holds while this stays the same."""
        return hashlib.sha256(f"{self.code}\n{self.message}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that this year's prose shares with last year's: places in either, first and end."""

    now: tuple[int, int]
    then: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at: a report with its form, totals and the day of the check.

    ``last_year`` is the report of the year before, None if it is not at hand.
    """

    form: Form
    relations: Relations
    report: Report
    totals: Totals
    balances: tuple[BalanceResult, ...]
    today: dt.date
    last_year: Snapshot | None = None


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


MOST_OF_ONE = 200
"""Findings of one rule: nobody reads more, and a pasted novel may not hold up the window."""
_REGISTER: dict[str, Check] = {}


def check(code: str, severity: Severity, *, source: str, pace: Pace = Pace.AT_ONCE) -> Callable[[Rule], Rule]:
    """Register the decorated function as the rule of that code; its docstring is the rule.

    Raises:
        ValueError: another rule has the code, or the function has no docstring.
    """

    def register(rule: Rule) -> Rule:
        if code in _REGISTER:
            raise ValueError(f"two rules have the code {code}")
        if not rule.__doc__:
            raise ValueError(f"rule {code} does not say what it asks")
        says = "".join(map(str.strip, rule.__doc__.splitlines()))  # Chinese has no space between sentences
        _REGISTER[code] = Check(code, severity, pace, source, says, rule)
        return rule

    return register


def registered() -> Mapping[str, Check]:
    """Every rule by its code, in the order of the catalogue."""
    for pace in Pace:
        _load_rules(pace)
    return _REGISTER


def load_rules_by_and_by(pace: Pace) -> Iterator[None]:
    """Load the rules of that pace, a module a step, for who may not be held up by all at once."""
    for name in catalogue.AT_ONCE if pace is Pace.AT_ONCE else catalogue.ON_PAUSE:
        importlib.import_module(f"reportdesk.checks.{name}")
        yield


@functools.cache
def _load_rules(pace: Pace) -> None:
    for _ in load_rules_by_and_by(pace):
        pass


def examine(form: Form, report: Report, today: dt.date, last_year: Snapshot | None = None) -> list[Finding]:
    """Run every rule over the report, computing what they need.

    ``last_year`` stands in for the report's own snapshot of the year before.
    """
    return run_checks(subject_of(form, report, today, last_year), Pace)


def subject_of(form: Form, report: Report, today: dt.date, last_year: Snapshot | None = None) -> Subject:
    """The report as rules look at it, with what they need computed; ``last_year`` as for ``examine``."""
    relations = relate(form)
    totals, balances = compute_totals(relations, report.cells)
    before = last_year or report.last_year
    return Subject(form, relations, report, totals, balances, today, before)


def run_checks(subject: Subject, paces: Iterable[Pace]) -> list[Finding]:
    """The findings of the rules of these paces: by section, the gravest first.

    Findings that a 说明 settles are among them, marked as settled.
    """
    wanted = tuple(paces)
    for pace in wanted:
        _load_rules(pace)
    findings = [
        finding
        for known in _REGISTER.values()
        if known.pace in wanted
        for finding in itertools.islice(known.rule(subject), MOST_OF_ONE)
    ]
    return [settle(finding, subject.report) for finding in in_order(subject.form, findings)]


def in_order(form: Form, findings: list[Finding]) -> list[Finding]:
    """The findings by section, the gravest first; otherwise as they came."""
    if len(findings) < 2:  # noqa: PLR2004 (nothing to put in order)
        return findings
    place = {section.id: index for index, section in enumerate(form.sections)}
    grave = list(Severity)
    return sorted(findings, key=lambda found: (place.get(found.section, -1), grave.index(found.severity)))


def open_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that no 说明 settles: those that count."""
    return [finding for finding in findings if not finding.settled]


def settle(finding: Finding, report: Report) -> Finding:
    """The finding as a 说明 of the report settles it, or open.

    An error cannot be settled; anything else is, while what was found stays the same.
    """
    explanation = report.explanations.get(finding.key) if report.explanations else None
    holds = (
        explanation is not None
        and finding.severity is not Severity.ERROR
        and explanation.settles == finding.fingerprint
    )
    settled = explanation.text if explanation is not None and holds else ""
    return finding if finding.settled == settled else replace(finding, settled=settled)
