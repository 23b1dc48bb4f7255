"""The session: every change of the open report goes through it, and everyone hears of it.

From one edit follow the undo history, totals, balances, findings and what must be painted
anew. It knows no file and no window; whoever saves compares ``revision``.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from reportdesk.checks.engine import (
    NOT_RUN,
    CheckContext,
    Finding,
    Severity,
    Trigger,
    in_order,
    open_findings,
    ran_whole,
    run_checks,
    settle,
)
from reportdesk.checks.outcome import LeftOut
from reportdesk.form.relations import Relations, relate
from reportdesk.form.spec import CellRef, Form, Section
from reportdesk.report.document import Report, State
from reportdesk.report.edit_between import without_standing
from reportdesk.report.edits import Edit, TextChange, apply_edit, change_text
from reportdesk.report.progress import progress
from reportdesk.report.running_totals import RunningTotals
from reportdesk.report.totals import BalanceResult, Totals
from reportdesk.session.finding_filter import FindingFilter
from reportdesk.session.finding_positions import follow
from reportdesk.session.history import History
from reportdesk.session.whole_check import Scope
from reportdesk.session.workflow import ReadOnlyError, move_to, refuse_if_read_only
from reportdesk.store.others import Others


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an edit changed.

    ``cells`` are all that look different now: numbers, totals, marks, and cells that entered
    or left a finding. ``source`` is whoever made the edit, so that an editor knows its own.
    """

    edit: Edit
    cells: frozenset[CellRef]
    parts: frozenset[str]
    findings_changed: bool
    source: object


Listener = Callable[[Announcement], None]
_NO_OTHERS = Others()


class SectionState(Enum):
    """Where a section stands, as the section list shows it."""

    EMPTY = "未填"
    PARTIAL = "填写中"
    FILLED = "已填"
    TROUBLED = "有问题"
    FINISHED = "完成"


class CheckState(Enum):
    """Whether what is found is all that there is."""

    PENDING = "pending"
    """The rules that read prose have not run over the report as it is."""
    FAILED = "failed"
    """A rule raised, or those that read prose could not be run."""
    DONE = "done"


class Session:
    """One open report with its form, history, totals and findings.

    ``findings`` are those to speak of now, ``settled`` those that a 说明 settles; ``all_findings``
    are what counts for whoever hands the report on. Rules of arithmetic and of completeness
    run with each edit; those that read prose run with ``check_prose``, and until then what they
    found last goes along with the words; those that know the language's words run in the second process
    where ``wants_words`` says so. ``journal`` hears of each edit before anybody else.
    """

    def __init__(self, form: Form, report: Report, today: dt.date) -> None:
        self.form = form
        self.report = report
        self.today = today
        self.revision = 0
        self.history = History()
        self.relations: Relations = relate(form)
        self._running = RunningTotals(self.relations, report.cells)
        self.findings: list[Finding] = []
        self.settled: list[Finding] = []
        self.all_findings: list[Finding] = []
        """Every open finding, those too that wait while a section is being written."""
        self._prose_checked: int | None = None
        """The revision that the rules on prose ran over."""
        self._prose_failed = False
        self.wants_words = False
        """Whether the check is whole only with the rules that know the language's words."""
        self._words_checked: int | None = None
        self._words_failed = False
        self._told_faults: set[str] = set()
        self._at_once: list[Finding] = []
        self._on_pause: list[Finding] = []
        self._apart: list[Finding] = []
        self._patience = FindingFilter()
        self.holds_back = False
        """Whether something is found that is not told yet, since a section is still being written."""
        self._findings_at: dict[CellRef, Finding] = {}
        self._listeners: list[Listener] = []
        self.journal: Callable[[Edit], object] = _keep_none
        self.closed_because = ""
        """Why the report takes no change although its state allows it; empty if it does."""
        self._titles_here: Mapping[str, frozenset[str]] = {}
        self.other_reports: tuple[Path, ...] = ()
        """The files of other units' reports on this PC, whose prose this report's is compared with."""
        self.knows_others = True
        """Whether it is known which others there are."""
        self.unread_others: tuple[Path, ...] = ()
        """Those among them that could not be read when it was last compared."""
        self._find_at_once()

    @property
    def totals(self) -> Totals:
        """The computed numbers."""
        return self._running.totals

    @property
    def balances(self) -> tuple[BalanceResult, ...]:
        """How each column's balance stands."""
        return self._running.balances

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(self, edit: Edit, source: object = None) -> None:
        """Make an edit as one step of undo; an empty one does nothing.

        Raises:
            EditError: the edit does not fit the report, which is as it was.
            ReadOnlyError: the report is 定稿 or 已报送.
        """
        if edit:
            self._refuse_if_closed(edit)
            self._make(edit)
            self.history.record(edit)
            self._announce(edit, source)

    def type_text(self, change: TextChange, now: float, source: object = None) -> None:
        """Make a typed change of prose, which may run together with the one before.

        Raises:
            EditError, ReadOnlyError: as for ``apply``.
        """
        self.type_entry(change_text(self.report, self.form, change), now, source)

    def type_entry(self, edit: Edit, now: float, source: object = None) -> None:
        """Make an edit that a key typed, as into a heading; it may run together with the last.

        Raises:
            EditError, ReadOnlyError: as for ``apply``.
        """
        if edit:
            self._refuse_if_closed(edit)
            self._make(edit)
            self.history.record_typing(edit, now)
            self._announce(edit, source)

    def recover(self, edit: Edit) -> None:
        """Make again what a journal kept, as one step of undo, whatever the report's state is.

        What it did to the state is no step of undo, as it was none when it was made.

        Raises:
            EditError: the edit does not fit the report, which is as it was.
        """
        if edit:
            self._make(edit)
            content = without_standing(edit)
            if content:
                self.history.record(content)
            self._announce(edit, self)

    def move_to(self, state: State, reason: str = "", despite: str = "") -> None:
        """Take the report to another state, such as 定稿.

        That is no step of undo: what was signed is not unsigned by a key. The steps before it
        can be taken back again once the report is reopened, since nothing changed meanwhile.

        Raises:
            MoveError: there is no such way, or the reason for reopening is missing.
            ReadOnlyError: the report takes no change for another reason than its state.
        """
        self.note(move_to(self.report, state, self.today, reason, despite))

    def note(self, edit: Edit) -> None:
        """Note what happened to the report outside, such as a hand-in: no step of undo, in any state.

        Raises:
            EditError: the edit does not fit the report, which is as it was.
            ReadOnlyError: it changes more than that, or the report takes no change at all.
        """
        if edit:
            self._refuse_if_closed(edit)
            self._make(edit)
            self._announce(edit, self)

    def check_prose(self, *, while_writing: bool = False, others: Others = _NO_OTHERS) -> None:
        """Run the rules that wait for a pause and announce what they find anew.

        The report stays as it is, and so does its revision. The first run imports these rules.
        ``while_writing`` leaves out what still lacks in a section, until it is once asked for. ``others``
        are the reports to compare with.
        """
        found = run_checks(replace(self.subject(), others=others.reports), (Trigger.ON_IDLE,))
        self.take_checked(found, while_writing=while_writing, unread=others.unread)

    def take_checked(
        self, found: list[Finding], *, while_writing: bool = True, unread: tuple[Path, ...] = ()
    ) -> None:
        """Announce what the rules on prose found in the report as it is, wherever they ran.

        ``unread`` are the other reports that could not be read to be compared with.
        """
        before, at_before = self._listed(), self._findings_at
        self.unread_others = unread
        self._prose_checked, self._prose_failed = self.revision, False
        if found != self._on_pause or not (while_writing or self._patience.ended):
            self._patience.ended |= not while_writing
            self._on_pause = found
            self._gather()
        self._announce_findings(before, at_before)

    def want_words(self, *, wanted: bool) -> None:
        """Announce whether the rules that know the language's words belong to the check."""
        if wanted != self.wants_words:
            before, at_before = self._listed(), self._findings_at
            self.wants_words = wanted
            self._words_checked, self._words_failed, self._apart = None, False, []
            self._gather()
            self._announce_findings(before, at_before)

    def take_words(self, found: list[Finding]) -> None:
        """Announce what these rules found in the report as it is."""
        before, at_before = self._listed(), self._findings_at
        self._words_checked, self._words_failed = self.revision, False
        if found != self._apart:
            self._apart = found
            self._gather()
        self._announce_findings(before, at_before)

    def miss_words(self) -> None:
        """Announce that these rules could not be run over the report as it is."""
        before, at_before = self._listed(), self._findings_at
        self._words_failed = True
        self._announce_findings(before, at_before)

    def know_titles(self, titles: Mapping[str, frozenset[str]]) -> None:
        """Announce what the other units on this PC, by their 标题用名, make of this report's title."""
        if titles != self._titles_here:
            before, at_before = self._listed(), self._findings_at
            self._titles_here = titles
            self._find_at_once()
            self._announce_findings(before, at_before)

    def know_others(self, reports: tuple[Path, ...], *, is_known: bool = True) -> None:
        """Announce that the prose is to be checked anew, beside the reports in these files.

        ``is_known`` is False where it could not be read which there are.
        """
        if (reports, is_known) != (self.other_reports, self.knows_others):
            before, at_before = self._listed(), self._findings_at
            self.other_reports, self.knows_others = reports, is_known
            self._prose_checked = None
            self._announce_findings(before, at_before)

    def miss_prose_check(self) -> None:
        """Announce that the rules on prose could not be run over the report as it is."""
        before, at_before = self._listed(), self._findings_at
        self._prose_failed = True
        self._announce_findings(before, at_before)

    @property
    def check_state(self) -> CheckState:
        """Whether every rule ran over the report as it is."""
        if self._prose_failed or self._words_failed or not ran_whole(self.all_findings):
            return CheckState.FAILED
        checked = {self._prose_checked, self._words_checked if self.wants_words else self.revision}
        return CheckState.DONE if checked == {self.revision} else CheckState.PENDING

    @property
    def prose_state(self) -> CheckState:
        """The same of the rules alone that read prose, whatever becomes of those on words."""
        if self._prose_failed:
            return CheckState.FAILED
        return CheckState.DONE if self._prose_checked == self.revision else CheckState.PENDING

    @property
    def left_out(self) -> LeftOut:
        """What was not looked at though every rule that is wanted ran."""
        return LeftOut(not self.wants_words, len(self.unread_others), not self.knows_others)

    @property
    def scope(self) -> Scope:
        """What the report is checked with beside itself, for whoever checks it elsewhere."""
        return Scope(self._titles_here, self.other_reports, self.wants_words, self.knows_others)

    def subject(self) -> CheckContext:
        """The report as rules look at it."""
        return CheckContext(
            self.form,
            self.relations,
            self.report,
            self.totals,
            self.balances,
            self.today,
            self.report.last_year,
            self._titles_here,
        )

    @property
    def is_read_only(self) -> bool:
        """Whether the report takes no change, because of its state or for another reason."""
        return bool(self.closed_because) or self.report.state.is_read_only

    def undo(self) -> Edit | None:
        """Take the newest step back; the edit that did so, None if there is none or none may be."""
        return None if self.is_read_only else self._replay(self.history.undo())

    def redo(self) -> Edit | None:
        """Make again what was taken back last; that edit, None if there is none or none may be."""
        return None if self.is_read_only else self._replay(self.history.redo())

    def finding_at(self, ref: CellRef) -> Finding | None:
        """The gravest finding that names the cell."""
        return self._findings_at.get(ref)

    def findings_in(self, section: str) -> list[Finding]:
        """The section's findings, the gravest first."""
        return [finding for finding in self.findings if finding.section == section]

    def state_of(self, section: Section) -> SectionState:
        """Where the section stands; a finding of more than a hint comes before all else."""
        if any(found.severity is not Severity.HINT for found in self.findings_in(section.id)):
            return SectionState.TROUBLED
        if section.id in self.report.finished:
            return SectionState.FINISHED
        so_far = progress(self.form, self.report, section)
        if so_far.filled == 0:
            return SectionState.EMPTY
        return SectionState.FILLED if so_far.filled == so_far.whole else SectionState.PARTIAL

    def _replay(self, edit: Edit | None) -> Edit | None:
        if edit is not None:
            self._make(edit)
            self._announce(edit, self)
        return edit

    def _refuse_if_closed(self, edit: Edit) -> None:
        if self.closed_because:
            raise ReadOnlyError(self.closed_because)
        refuse_if_read_only(self.report, edit)

    def _make(self, edit: Edit) -> None:
        """Change the report: the one place where that happens, so that the journal misses nothing."""
        apply_edit(self.report, edit)
        self.journal(edit)

    def _announce(self, edit: Edit, source: object) -> None:
        """Tell what the edit changed, then what is found in the report now: no rule keeps a number from sight."""
        before, at_before = self._listed(), self._findings_at
        self.revision += 1
        cells = set(edit.cells())
        cells |= self._running.follow(self.report.cells, cells)
        self._tell(Announcement(edit, frozenset(cells), frozenset(edit.parts()), False, source))
        if self._on_pause:
            self._on_pause = [settle(found, self.report) for found in follow(self._on_pause, edit)]
        if self._apart:
            self._apart = [settle(found, self.report) for found in follow(self._apart, edit)]
        self._find_at_once()
        self._announce_findings(before, at_before)

    def _announce_findings(self, before: _Listed, at_before: Mapping[CellRef, Finding]) -> None:
        """Tell what is found otherwise than before, if anything is."""
        marked = _marked_otherwise(at_before, self._findings_at)
        changed = before != self._listed()
        if marked or changed:
            self._tell(Announcement(Edit("", ()), marked, frozenset(), changed, self))

    def _tell(self, told: Announcement) -> None:
        """Tell every listener; one that raises keeps it from no other, and is told as any error that nobody caught."""
        for listener in tuple(self._listeners):
            try:
                listener(told)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others hear
                sys.excepthook(type(error), error, error.__traceback__)

    def _listed(self) -> _Listed:
        return self.findings, self.settled, self.holds_back, self.check_state, self.left_out

    def _find_at_once(self) -> None:
        self._at_once = run_checks(self.subject(), (Trigger.IMMEDIATE,))
        self._gather()

    def _gather(self) -> None:
        """Put the findings of all paces together."""
        found = in_order(self.form, self._at_once + self._on_pause + self._apart)
        self.all_findings = open_findings(found)
        self._log_faults()
        due = self._patience.due(found, self.form, self.report)
        self.holds_back = len(due) < len(found)
        found = due
        self.findings = open_findings(found)
        self.settled = [finding for finding in found if finding.settled]
        self._findings_at = _by_cell(self.findings)

    def _log_faults(self) -> None:
        """Log each rule that could not be run once, by its code and place."""
        for found in self.all_findings:
            if found.code == NOT_RUN and found.about not in self._told_faults:
                from reportdesk.store.log import log_fault

                self._told_faults.add(found.about)
                log_fault(found.about)


_Listed = tuple[list[Finding], list[Finding], bool, CheckState, LeftOut]


def _keep_none(_edit: Edit) -> None:
    """For a report that is kept in no journal, as in a check without a window."""


def _marked_otherwise(
    before: Mapping[CellRef, Finding], now: Mapping[CellRef, Finding]
) -> frozenset[CellRef]:
    """The cells that entered or left a finding, or whose finding is of another severity."""
    stay = before.keys() & now.keys()
    return frozenset(before.keys() ^ now.keys()).union(
        ref for ref in stay if before[ref].severity is not now[ref].severity
    )


def _by_cell(findings: Iterable[Finding]) -> dict[CellRef, Finding]:
    grave = list(Severity)
    at: dict[CellRef, Finding] = {}
    for finding in findings:
        for ref in finding.cells:
            known = at.get(ref)
            if known is None or grave.index(finding.severity) < grave.index(known.severity):
                at[ref] = finding
    return at
