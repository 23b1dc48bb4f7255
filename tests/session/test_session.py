"""The one doorway: history as a state machine, and announcements that name what looks different."""

import copy
import dataclasses
import datetime as dt
import sys
from collections.abc import Callable, Hashable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reportdesk.checks import engine
from reportdesk.checks.engine import NOT_RUN, Found, Severity, Trigger, check_report, registered
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report, new_report
from reportdesk.report.edits import Edit, EditError, Slot, TextChange, set_cells, set_entry
from reportdesk.report.file.codec import encode
from reportdesk.report.text.figures import show_figure
from reportdesk.report.totals import compute_totals
from reportdesk.session.session import Announcement, CheckState, SectionState, Session
from reportdesk.store.log import FILE_NAME, start_log, stop_log
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
        at_once = {code for code, known in registered().items() if known.trigger is Trigger.IMMEDIATE}
        examined = check_report(session.form, session.report, TODAY)
        assert session.all_findings == [finding for finding in examined if finding.code in at_once]
        assert {one.key for one in session.findings} <= {one.key for one in session.all_findings}

    def _step(self) -> None:
        self.steps[self.at + 1 :] = [copy.deepcopy(self.session.report)]
        self.at += 1

    def _watch(self, act: Callable[[], None], edit: Edit) -> None:
        before, told = looks(self.session), len(self.told)
        act()
        after = looks(self.session)
        heard = self.told[told:]
        assert [bool(one.edit) for one in heard] == ([True, False][: len(heard)] if edit else [])
        if edit:
            assert {ref for one in heard for ref in one.cells} == {
                ref for ref in after if before[ref] != after[ref]
            }


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
    assert [bool(one.edit) for one in told] in ([True], [True, False])
    return dataclasses.replace(
        told[0],
        cells=frozenset(ref for one in told for ref in one.cells),
        findings_changed=any(one.findings_changed for one in told),
    )


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


def test_numbers_are_announced_before_anything_is_found(session: Session) -> None:
    """What a rule costs or breaks keeps no number from sight."""
    heard: list[tuple[frozenset[CellRef], int]] = []
    session.subscribe(lambda told: heard.append((told.cells, len(session.all_findings))))
    before = len(session.all_findings)
    column = dict.fromkeys(FORM.typed_of(FORM.tables["requests"]), 0)
    session.apply(set_cells(session.report, FORM, column))
    assert heard[0][0] >= column.keys()
    assert heard[0][1] == before


def test_a_listener_that_raises_keeps_it_from_no_other(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: caught.append(kind))
    heard: list[Announcement] = []

    def break_down(_told: Announcement) -> None:
        raise KeyError

    session.subscribe(break_down)
    session.subscribe(heard.append)
    session.apply(set_cells(session.report, FORM, {cell("new"): 5}))
    assert heard[0].cells == {cell("new"), cell("new", "total")}
    assert set(caught) == {KeyError}
    assert session.report.cells[cell("new")] == 5


def test_a_rule_that_raises_is_logged_once_by_code_and_place(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def break_down(_subject: object) -> Iterator[Found]:
        raise ValueError(session.report.name_in_title())

    start_log(tmp_path)
    monkeypatch.setitem(
        engine._REGISTER, "NUM-2", dataclasses.replace(registered()["NUM-2"], rule=break_down)
    )
    session.apply(set_cells(session.report, FORM, {cell("new"): 5}))
    session.apply(set_cells(session.report, FORM, {cell("new"): 6}))
    stop_log()
    (line,) = (tmp_path / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert "rule failed NUM-2 ValueError test_session.py" in line
    assert "常乐镇" not in line
    assert session.check_state is CheckState.FAILED
    assert [one.code for one in session.findings] == [NOT_RUN]


def test_it_is_known_whether_every_rule_ran_over_the_report_as_it_is(session: Session) -> None:
    states = [session.check_state]
    session.check_prose(while_writing=True)
    states.append(session.check_state)
    session.apply(set_cells(session.report, FORM, {cell("new"): 5}))
    states.append(session.check_state)
    session.miss_prose_check()
    states.append(session.check_state)
    session.check_prose(while_writing=True)
    states.append(session.check_state)
    assert states == [
        CheckState.PENDING,
        CheckState.DONE,
        CheckState.PENDING,
        CheckState.FAILED,
        CheckState.DONE,
    ]
