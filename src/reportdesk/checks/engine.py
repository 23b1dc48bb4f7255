"""Findings, the register of rules, and running them.

A rule is a function with its sentence as docstring; it gets a ``CheckContext`` and yields what it found.
Its code and severity stand in the register alone and are bound here. Which rules there are stands
in the modules beside this one. Nothing here blocks anything. A rule that raises silences no
other: what it would have said is a finding of ``SYS-1``, so that no list is empty by mistake.
"""

from __future__ import annotations

import collections
import datetime as dt
import functools
import hashlib
import importlib
import itertools
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from pathlib import PurePath
from typing import NamedTuple

from reportdesk.checks import catalogue
from reportdesk.form.relations import Relations, relate
from reportdesk.form.spec import DEFAULT_FAMILY, CellRef, Form
from reportdesk.report.document import Explanation, Report, Snapshot
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


class Trigger(Enum):
    """When a rule runs in the window."""

    IMMEDIATE = "at once"
    """With every keystroke: cheap arithmetic."""
    ON_IDLE = "on pause"
    """When typing pauses: rules that read prose."""
    APART = "apart"
    """In the second process, when typing pauses: rules that know the language's words."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule yields: where, and a sentence that the clerk can act on.

    ``cells`` are the cells to look at, the first the one to jump to; ``part`` is the prose and
    ``span`` the place of its words there, first and end. ``about`` tells findings of one rule
    at one place apart, such as the words it is about; ``place`` tells equal words apart by the
    sentence that they stand in. ``passages`` are like passages of this and of another prose.
    ``is_omission`` says that something is not written that should be: while its section is being
    written, that may be still to come. ``basis`` is what a 说明 holds for where that is more than the
    message, or less: a count of days changes by itself. ``right`` is what should stand in the place
    of the words, None if no rule can know. A 说明 for what is ``by_form`` holds for the same words
    wherever in the report they stand. What ``is_soft`` is a hint, also of a rule that warns;
    where ``right`` ``is_certain`` it may be put right together with others.
    """

    message: str
    section: str
    cells: tuple[CellRef, ...] = ()
    part: str = ""
    span: tuple[int, int] | None = None
    about: str = ""
    passages: tuple[Passage, ...] = ()
    is_omission: bool = False
    place: str = ""
    basis: str = ""
    right: str | None = None
    by_form: bool = False
    is_soft: bool = False
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, under the code and severity of its rule; ``settled`` is the 说明 that settles it.

    ``is_alone`` says that no other finding would have shared its 说明 when 说明 were kept without
    the place of the words.
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
    place: str = ""
    basis: str = ""
    is_alone: bool = True
    right: str | None = None
    by_form: bool = False
    is_certain: bool = False

    @property
    def key(self) -> str:
        """Tells it from all others; stays the same when numbers change."""
        return ":".join(filter(None, (self._former_key(self.code), self.place)))

    @property
    def explained_under(self) -> str:
        """What a 说明 for this finding is kept under: its key, or the words that it is about."""
        return f"{self.code}:{self.about}" if self.by_form else self.key

    @property
    def fingerprint(self) -> str:
        """Of what was found, its numbers included; a 说明 holds while this stays the same."""
        return _digest(self.code, self.basis or self.message)

    def explained_as(self, code: str) -> tuple[str, str]:
        """Key and fingerprint as earlier versions kept them, when the rule had that code."""
        return self._former_key(code), _digest(code, self.message)

    def _former_key(self, code: str) -> str:
        place = self.part or (str(self.cells[0]) if self.cells else self.section)
        return ":".join(name for name in (code, place, self.about) if name)


def _digest(code: str, words: str) -> str:
    return hashlib.sha256(f"{code}\n{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that this prose shares with another, such as last year's: places in either, first and end."""

    now: tuple[int, int]
    then: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the rules look at: a report with its form, totals and the day of the check.

    ``last_year`` is the report of the year before, None if it is not at hand. ``titles_here`` are
    the full names of the other units on this PC by their 标题用名, as far as they are known, and
    ``others`` the reports that its prose is compared with, whosever they are. ``readings`` is what the
    rules of one run have read of it together (``reading_cache.once_a_run``); outside of a run nothing is kept.
    """

    form: Form
    relations: Relations
    report: Report
    totals: Totals
    balances: tuple[BalanceResult, ...]
    today: dt.date
    last_year: Snapshot | None = None
    titles_here: Mapping[str, frozenset[str]] = field(default_factory=dict)
    others: Sequence[Snapshot] = ()
    readings: dict[object, object] | None = field(default=None, repr=False, compare=False)


Rule = Callable[[CheckContext], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered rule. ``says`` is the rule's sentence, ``source`` where it comes from.

    ``formerly`` is the code under which an earlier version kept the 说明 of what it finds.
    """

    code: str
    severity: Severity
    trigger: Trigger
    source: str
    says: str
    rule: Rule
    formerly: str = ""

    def is_for(self, form: Form) -> bool:
        """Whether what it knows holds for reports of that form's kind."""
        return form.family == DEFAULT_FAMILY or self.code not in catalogue.OF_ANNUAL_REPORT

    def bind(self, found: Found) -> Finding:
        """What the rule found, under its code and severity.

        A rule that runs with each keystroke may yield the very object that it yielded before: that is bound once.
        """
        severity = Severity.HINT if found.is_soft else self.severity
        if self.trigger is not Trigger.IMMEDIATE:
            return _bind(self.code, severity, found)
        kept = _BOUND.get(id(found))
        if kept is not None and kept.found is found and kept.check is self:
            return kept.finding
        if len(_BOUND) >= _MOST_BOUND:
            _BOUND.clear()
        finding = _bind(self.code, severity, found)
        _BOUND[id(found)] = _Bound(found, self, finding)
        return finding


def _bind(code: str, severity: Severity, found: Found) -> Finding:
    return Finding(
        code,
        severity,
        found.message,
        found.section,
        found.cells,
        found.part,
        found.span,
        found.about,
        found.passages,
        is_omission=found.is_omission,
        place=found.place,
        basis=found.basis,
        right=found.right,
        by_form=found.by_form,
        is_certain=found.is_certain,
    )


class _Bound(NamedTuple):
    """What a rule yielded and the finding that it became; holding it keeps its ``id`` from being another's."""

    found: Found
    check: Check
    finding: Finding


_MOST_BOUND = 128
_BOUND: dict[int, _Bound] = {}
"""By the ``id`` of what was yielded: comparing it field by field would take as long as binding it."""

MOST_OF_ONE = 200
"""Findings of one rule: nobody reads more, and a pasted novel may not hold up the window."""
NOT_RUN = "SYS-1"
"""The code of the finding that a rule could not be run."""
TOUCHED = "SYS-2"
"""The code of what reading a file told of it."""
UNVERIFIED = "NUM-3"
"""The code of the finding that numbers are 待核实: the mark says that they are not right as they stand."""
_NAMED = 3
_REGISTER: dict[str, Check] = {}


def check(
    code: str, severity: Severity, *, source: str, trigger: Trigger = Trigger.IMMEDIATE, formerly: str = ""
) -> Callable[[Rule], Rule]:
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
        _REGISTER[code] = Check(code, severity, trigger, source, says, rule, formerly)
        return rule

    return register


@check(NOT_RUN, Severity.ERROR, source="没有审核过的，不能当作没有问题")
def sys_1(_subject: CheckContext) -> Iterator[Found]:
    """每一条审核规则都应运行完；程序出错、没有运行完的，审核就没有做成。"""
    return iter(())  # what it finds, ``run_checks`` finds by running the others


@check(TOUCHED, Severity.HINT, source="文件里的校验码")
def sys_2(_subject: CheckContext) -> Iterator[Found]:
    """年报文件应和保存时一样；在程序之外改动过的，请逐项核对。"""
    return iter(())  # whoever read the file knows, and tells by ``noticed``


def noticed(notices: Iterable[str]) -> list[Finding]:
    """What was told when the file was read, as findings of it."""
    return [_REGISTER[TOUCHED].bind(Found(notice, "", about="file")) for notice in notices]


def registered() -> Mapping[str, Check]:
    """Every rule by its code, in the order of the catalogue."""
    for trigger in Trigger:
        _load_rules(trigger)
    return _REGISTER


def load_rules_by_and_by(trigger: Trigger) -> Iterator[None]:
    """Load the rules of that pace, a module a step, for who may not be held up by all at once."""
    for name in _modules(trigger):
        _load(name)
        yield


@functools.cache
def _load_rules(trigger: Trigger) -> tuple[_Failure, ...]:
    """Load them; what could not be loaded."""
    loaded = ((name, _load(name)) for name in _modules(trigger))
    return tuple(_Failure(name, trouble) for name, trouble in loaded if trouble)


def _modules(trigger: Trigger) -> tuple[str, ...]:
    return {
        Trigger.IMMEDIATE: catalogue.IMMEDIATE,
        Trigger.ON_IDLE: catalogue.ON_IDLE,
        Trigger.APART: catalogue.APART,
    }[trigger]


@functools.cache
def _load(name: str) -> str:
    """Import a module of rules; why that failed, empty if it did not."""
    try:
        importlib.import_module(f"reportdesk.checks.{name}")
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rules go on
        return _describe(error)
    return ""


def check_report(
    form: Form,
    report: Report,
    today: dt.date,
    last_year: Snapshot | None = None,
    others: Sequence[Snapshot] = (),
) -> list[Finding]:
    """Run every rule over the report, computing what they need.

    ``last_year`` stands in for the report's own snapshot of the year before; ``others`` are reports to
    compare its prose with.
    """
    return run_checks(check_context_of(form, report, today, last_year, others), Trigger)


def check_context_of(
    form: Form,
    report: Report,
    today: dt.date,
    last_year: Snapshot | None = None,
    others: Sequence[Snapshot] = (),
) -> CheckContext:
    """The report as rules look at it, with what they need computed; the rest as for ``check_report``."""
    relations = relate(form)
    totals, balances = compute_totals(relations, report.cells)
    before = last_year or report.last_year
    return CheckContext(form, relations, report, totals, balances, today, before, others=others)


def run_checks(subject: CheckContext, paces: Iterable[Trigger]) -> list[Finding]:
    """The findings of the rules of these paces: by section, the gravest first.

    Findings that a 说明 settles are among them, marked as settled. A rule that raises keeps what it
    had found; that it did not come to its end is a finding of ``NOT_RUN``.
    """
    wanted = tuple(paces)
    failures = [failure for trigger in wanted for failure in _load_rules(trigger)]
    findings: list[Finding] = []
    if wanted != (Trigger.IMMEDIATE,):  # only prose takes long to read
        subject = replace(subject, readings={})
    for known in _rules_for(subject.form, wanted):
        try:
            for found in itertools.islice(known.rule(subject), MOST_OF_ONE):
                findings.append(known.bind(found))  # noqa: PERF401 (what a rule had found stays if it raises)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other rules go on
            failures.append(_Failure(known.code, _describe(error)))
    if failures:
        findings.append(_REGISTER[NOT_RUN].bind(_not_run(failures)))
    listed = in_order(subject.form, findings)
    if not subject.report.explanations:
        return listed
    return [settle(finding, subject.report) for finding in _with_company(listed)]


def _rules_for(form: Form, paces: tuple[Trigger, ...]) -> Sequence[Check]:
    """The rules of these paces for reports of that form's kind: sorted out anew when the register is another."""
    register = tuple(_REGISTER.values())
    of = (paces, form.family)
    known, chosen = _CHOSEN.get(of, ((), ()))
    if known != register:
        chosen = tuple(one for one in register if one.trigger in paces and one.is_for(form))
        _CHOSEN[of] = register, chosen
    return chosen


_CHOSEN: dict[tuple[tuple[Trigger, ...], str], tuple[tuple[Check, ...], tuple[Check, ...]]] = {}
"""By paces and family: the register as it was, and its rules for them."""


def _with_company(findings: list[Finding]) -> list[Finding]:
    """The findings, each saying whether a 说明 of an earlier version could have meant another too."""
    counts = collections.Counter(found.explained_as(found.code)[0] for found in findings)
    return [
        found if counts[found.explained_as(found.code)[0]] == 1 else replace(found, is_alone=False)
        for found in findings
    ]


@dataclass(frozen=True, slots=True)
class _Failure:
    """A rule or a module of rules that raised: its name, the error's kind and its place in the program."""

    name: str
    trouble: str


def _describe(error: BaseException) -> str:
    """The error's kind and place, never its message: that may quote the report."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__qualname__} {PurePath(last.filename).name}:{last.lineno}"


def _not_run(failures: Sequence[_Failure]) -> Found:
    names = "、".join(failure.name for failure in failures[:_NAMED])
    more = f"等 {len(failures)} 条" if len(failures) > _NAMED else ""
    places = list(dict.fromkeys(failure.trouble for failure in failures))
    message = (
        f"审核没有做成：规则 {names}{more}没有运行完，程序出错（{places[0]}）。这是程序的毛病，不是填错了；"
        "其余规则照常审核。请重新打开年报台再审核，还是这样的，先自己核对这几条，并把这句话告诉帮你的人。"
    )
    return Found(message, "", about="；".join(f"{failure.name} {failure.trouble}" for failure in failures))


def ran_whole(findings: Iterable[Finding]) -> bool:
    """Whether every rule came to its end: only then are no findings no problems."""
    return all(found.code != NOT_RUN for found in findings)


def in_order(form: Form, findings: list[Finding]) -> list[Finding]:
    """The findings by section, the gravest first; otherwise as they came."""
    if len(findings) < 2:  # noqa: PLR2004 (nothing to put in order)
        return findings
    place = _places_of_sections(form)
    return sorted(findings, key=lambda found: place.get(found.section, -1) + _GRAVITY[found.severity])


@functools.lru_cache(maxsize=8)
def _places_of_sections(form: Form) -> Mapping[str, int]:
    return {section.id: index for index, section in enumerate(form.sections)}


_GRAVITY = {severity: index / len(Severity) for index, severity in enumerate(Severity)}
"""Less than what parts two sections."""


def open_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that no 说明 settles: those that count."""
    return [finding for finding in findings if not finding.settled]


def settle(finding: Finding, report: Report) -> Finding:
    """The finding as a 说明 of the report settles it, or open.

    An error cannot be settled; anything else is, while what was found stays the same.
    """
    explained = explanation_of(finding, report)
    settled = explained[1].text if explained else ""
    return finding if finding.settled == settled else replace(finding, settled=settled)


def takes_explanation(finding: Finding) -> bool:
    """Whether a 说明 may settle it: no error, and nothing that the clerk herself marked as not sure."""
    return finding.severity is not Severity.ERROR and finding.code != UNVERIFIED


def explanation_of(finding: Finding, report: Report) -> tuple[str, Explanation] | None:
    """The 说明 that settles the finding with the key that it is kept under; None if it is open."""
    if not report.explanations or not takes_explanation(finding):
        return None
    former = _REGISTER[finding.code].formerly if finding.code in _REGISTER else ""
    before = map(finding.explained_as, filter(None, (finding.code, former))) if finding.is_alone else ()
    for key, fingerprint in ((finding.explained_under, finding.fingerprint), *before):
        explanation = report.explanations.get(key)
        if explanation is not None and explanation.settles == fingerprint:
            return key, explanation
    return None
