"""The one doorway: history as a state machine, and announcements that name what looks different."""

import copy
import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reportdesk.checks.engine import Severity, examine
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.codec import encode
from reportdesk.report.document import Report, new_report
from reportdesk.report.edits import Edit, EditError, Slot, TextChange, set_cells, set_entry
from reportdesk.report.figures import show_figure
from reportdesk.report.totals import compute_totals
from reportdesk.session.session import Announcement, SectionState, Session
from tests.editions import FORMS, third_form
from tests.strategies import edits, text_changes

FORM = load_form("2021")
TODAY = dt.date(2025, 1, 9)
PART = "overview.disclosure"


def looks(session: Session) -> Mapping[CellRef, Hashable]:
    """What one sees of each cell: number, provisional, remark, mark, gravest finding."""
    report = session.report

    def look(ref: CellRef) -> Hashable:
        total, finding = session.totals.get(ref), session.finding_at(ref)
        return (
            show_figure(total.value if total else report.cells.get(ref)),
            total is not None and total.provisional,
            report.remarks.get(ref),
            report.unverified.get(ref),
            report.reported.get(ref),
            finding and finding.severity,
        )

    return {ref: look(ref) for ref in session.form.kind_of}


class EditingMachine(RuleBasedStateMachine):
    """Edits numbers and prose, undoes and redoes; a list of whole reports is the model."""

    @initialize(form=st.sampled_from(FORMS))
    def open(self, form: Form) -> None:
        self.session = Session(form, new_report(form, 2024, "常乐镇"), TODAY)
        self.steps = [copy.deepcopy(self.session.report)]
        self.at = 0
        self.told: list[Announcement] = []
        self.session.subscribe(self.told.append)
        self.clock = 0.0

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        edit = data.draw(edits(self.session.form, self.session.report))
        self._watch(lambda: self.session.apply(edit), edit)
        if edit:
            self._step()

    @rule(data=st.data())
    def type(self, data: st.DataObject) -> None:
        """With a pause before it, so that each is a step of its own; joining is test_history's."""
        part = data.draw(st.sampled_from(list(self.session.form.parts)))
        change = data.draw(text_changes(self.session.report, part))
        self.clock += 60
        self.session.type_text(change, self.clock)
        if change.removed != change.inserted:
            self._step()

    @rule()
    def undo(self) -> None:
        made = self.session.undo()
        assert (made is not None) == (self.at > 0)
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self) -> None:
        made = self.session.redo()
        assert (made is not None) == (self.at < len(self.steps) - 1)
        self.at = min(len(self.steps) - 1, self.at + 1)

    @invariant()
    def report_is_the_models(self) -> None:
        assert encode(self.session.report) == encode(self.steps[self.at])

    @invariant()
    def totals_and_findings_are_the_reports(self) -> None:
        session = self.session
        assert (session.totals, session.balances) == compute_totals(
            relate(session.form), session.report.cells
        )
        at_once = {finding.code for finding in session.findings}
        examined = examine(session.form, session.report, TODAY)
        assert session.findings == [finding for finding in examined if finding.code in at_once]

    def _step(self) -> None:
        self.steps[self.at + 1 :] = [copy.deepcopy(self.session.report)]
        self.at += 1

    def _watch(self, act: Callable[[], None], edit: Edit) -> None:
        before, told = looks(self.session), len(self.told)
        act()
        after = looks(self.session)
        assert len(self.told) == told + bool(edit)
        if edit:
            assert self.told[-1].cells == {ref for ref in after if before[ref] != after[ref]}


EditingMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)
TestEditing = EditingMachine.TestCase


@pytest.fixture
def session() -> Session:
    return Session(FORM, new_report(FORM, 2024, "常乐镇人民政府"), TODAY)


def cell(row: str, column: str = "person") -> CellRef:
    return CellRef("requests", row, column)


def announced(session: Session, edit: Edit) -> Announcement:
    told: list[Announcement] = []
    unsubscribe = session.subscribe(told.append)
    session.apply(edit, source="a test")
    unsubscribe()
    (only,) = told
    return only


def test_a_number_announces_itself_and_the_totals_over_it(session: Session) -> None:
    told = announced(session, set_cells(session.report, FORM, {cell("granted"): 3}))
    assert told.cells == {
        cell("granted"),
        cell("granted", "total"),
        cell("handled"),
        cell("handled", "total"),
    }
    assert (told.parts, told.findings_changed, told.source) == (frozenset(), False, "a test")


def test_a_total_that_stays_is_not_announced(session: Session) -> None:
    session.apply(set_cells(session.report, FORM, {cell("granted"): 3, cell("granted_in_part"): 1}))
    swap = set_cells(session.report, FORM, {cell("granted"): 2, cell("granted_in_part"): 2})
    assert announced(session, swap).cells == {
        cell("granted"),
        cell("granted", "total"),
        cell("granted_in_part"),
        cell("granted_in_part", "total"),
    }


def test_cells_that_enter_a_finding_are_announced(session: Session) -> None:
    column = {
        ref: 0 for ref in FORM.tables["requests"].refs() if ref.column == "person" and ref.row != "handled"
    }
    session.apply(set_cells(session.report, FORM, column))
    told = announced(session, set_cells(session.report, FORM, {cell("new"): 5}))
    assert {cell("carried_in"), cell("carried_out"), cell("handled")} <= told.cells
    assert told.findings_changed
    assert session.finding_at(cell("carried_out")) is session.findings[0]
    assert session.findings_in("requests") == session.findings
    assert {cell("carried_in"), cell("carried_out")} <= announced(
        session, set_cells(session.report, FORM, {cell("new"): 0})
    ).cells
    assert session.findings == []


def test_an_amount_with_other_places_announces_the_total_that_shows_them() -> None:
    form = third_form()
    session = Session(form, Report("third"), TODAY)
    ref = CellRef("services", "licences", "charged")
    session.apply(set_cells(session.report, form, {ref: Decimal("3.5")}))
    told = announced(session, set_cells(session.report, form, {ref: Decimal("3.50")}))
    assert told.cells == {ref, ref._replace(row="subtotal")}


def test_prose_announces_its_part(session: Session) -> None:
    told: list[Announcement] = []
    session.subscribe(told.append)
    session.type_text(TextChange(PART, 0, "", "本年"), now=0.0, source="editor")
    assert told[0].parts == {PART}
    assert told[0].cells == frozenset()
    assert told[0].source == "editor"


def test_an_edit_that_does_not_fit_is_heard_by_nobody(session: Session) -> None:
    told: list[Announcement] = []
    session.subscribe(told.append)
    with pytest.raises(EditError):
        session.type_text(TextChange(PART, 5, "不在", ""), now=0.0)
    assert (told, session.revision, session.undo()) == ([], 0, None)


def test_an_empty_edit_is_no_step(session: Session) -> None:
    session.apply(Edit("填数", ()))
    assert (session.revision, session.undo()) == (0, None)


def test_each_change_has_its_revision_undo_too(session: Session) -> None:
    session.apply(set_cells(session.report, FORM, {cell("new"): 1}))
    session.undo()
    session.redo()
    assert session.revision == 3


def test_who_unsubscribes_hears_no_more(session: Session) -> None:
    told: list[Announcement] = []
    session.subscribe(told.append)()
    session.apply(set_cells(session.report, FORM, {cell("new"): 1}))
    assert told == []


def test_a_section_goes_through_its_states(session: Session) -> None:
    requests = FORM.section_of["requests"]
    typed = [ref for ref in FORM.tables["requests"].refs() if ref not in FORM.totals]
    states = [session.state_of(requests)]
    for values in ({cell("new"): 0}, dict.fromkeys(typed, 0)):
        session.apply(set_cells(session.report, FORM, values))
        states.append(session.state_of(requests))
    session.apply(set_entry(session.report, Slot.FINISHED, "requests", value=True, label="完成"))
    states.append(session.state_of(requests))
    session.apply(set_cells(session.report, FORM, {cell("new"): 7}))
    states.append(session.state_of(requests))
    assert states == [
        SectionState.EMPTY,
        SectionState.PARTIAL,
        SectionState.FILLED,
        SectionState.FINISHED,
        SectionState.TROUBLED,
    ]


def test_the_gravest_finding_of_a_cell_is_the_one_shown(session: Session) -> None:
    session.apply(set_entry(session.report, Slot.FINISHED, "requests", value=True, label="完成"))
    found = session.finding_at(cell("new"))
    assert found is not None
    assert found.severity is Severity.ERROR
