"""A report goes 草稿 → 送审 → 定稿 → 已报送; signed, it changes only after a reasoned reopening."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, State, new_report
from reportdesk.report.edits import EntryChange, Slot, TextChange, set_cells, set_entry, set_fact
from reportdesk.report.file.codec import decode, encode
from reportdesk.report.records import HandedIn
from reportdesk.session.session import Announcement, Session
from reportdesk.session.workflow import MoveError, ReadOnlyError, moves_from, reopenings

CELL = CellRef("requests", "new", "person")


@pytest.fixture
def session() -> Session:
    form = load_form("2021")
    return Session(form, new_report(form, 2024, "常乐镇人民政府"), dt.date(2025, 1, 9))


def finalize(session: Session) -> None:
    session.move_to(State.REVIEW)
    session.move_to(State.FINAL)


def test_a_new_report_is_a_draft_and_goes_its_way(session: Session) -> None:
    seen = [session.report.state]
    for _ in range(3):
        session.move_to(moves_from(session.report.state)[0].to)
        seen.append(session.report.state)
    assert [state.says for state in seen] == ["草稿", "送审", "定稿", "已报送"]


def test_a_report_cannot_skip_the_review(session: Session) -> None:
    with pytest.raises(MoveError, match="可以选“送审”"):
        session.move_to(State.SUBMITTED)
    assert session.report.state is State.DRAFT


def test_a_final_report_takes_no_change_and_says_what_to_do(session: Session) -> None:
    finalize(session)
    before = encode(session.report)
    with pytest.raises(ReadOnlyError, match="请先点“重新打开”"):
        session.apply(set_cells(session.report, session.form, {CELL: 1}))
    with pytest.raises(ReadOnlyError):
        session.type_text(TextChange("overview.disclosure", 0, "", "公"), now=0.0)
    with pytest.raises(ReadOnlyError):
        session.type_entry(set_fact(session.report, Fact.CLOSING_DATE, "2025年1月9日"), now=0.0)
    assert encode(session.report) == before


def test_a_hand_in_is_noted_in_any_state_and_is_no_step_of_undo(session: Session) -> None:
    session.apply(set_cells(session.report, session.form, {CELL: 1}))
    finalize(session)
    made = HandedIn(dt.datetime(2025, 1, 9, 10, tzinfo=dt.UTC), "K7QX2M9D")
    session.note(set_entry(session.report, Slot.HAND_INS, 1, made, "报送"))
    session.move_to(State.DRAFT, "改一格")
    session.undo()
    assert CELL not in session.report.cells
    assert session.report.hand_ins == {1: made}
    assert decode(encode(session.report)).report.hand_ins == {1: made}


def test_what_a_note_may_not_change_of_a_final_report(session: Session) -> None:
    finalize(session)
    with pytest.raises(ReadOnlyError):
        session.note(set_cells(session.report, session.form, {CELL: 1}))


def test_reopening_asks_for_a_reason_and_keeps_it_in_the_file(session: Session) -> None:
    finalize(session)
    with pytest.raises(MoveError, match="原因"):
        session.move_to(State.DRAFT, " \n ")
    session.move_to(State.DRAFT, "领导改了\n第五部分")
    assert session.report.state is State.DRAFT
    finalize(session)
    session.move_to(State.SUBMITTED)
    session.move_to(State.RETURNED, "区里要求补充")
    again = decode(encode(session.report)).report
    assert again.state is State.RETURNED
    assert reopenings(again) == (
        "2025年1月9日由定稿改为草稿：领导改了 第五部分",
        "2025年1月9日由已报送改为退回：区里要求补充",
    )


def test_undo_rests_while_final_and_goes_on_after_reopening(session: Session) -> None:
    session.apply(set_cells(session.report, session.form, {CELL: 1}))
    finalize(session)
    assert session.undo() is None
    assert session.report.facts[Fact.STATE] == "final"
    assert session.report.cells[CELL] == 1
    session.move_to(State.DRAFT, "改数")
    assert session.undo() is not None
    assert CELL not in session.report.cells
    assert not session.is_read_only
    finalize(session)
    assert session.redo() is None


def test_a_move_is_announced_and_to_be_saved(session: Session) -> None:
    told: list[Announcement] = []
    session.subscribe(told.append)
    session.move_to(State.REVIEW)
    (change,) = told[0].edit.changes
    assert isinstance(change, EntryChange)
    assert (change.slot, change.key) == (Slot.FACTS, Fact.STATE)
    assert session.revision == 1


@given(st.lists(st.tuples(st.sampled_from(State), st.sampled_from(["", "原因"])), max_size=12))
def test_every_reopening_leaves_a_line(moves: list[tuple[State, str]]) -> None:
    form = load_form("2021")
    session = Session(form, new_report(form, 2024, "某镇人民政府"), dt.date(2025, 1, 9))
    reopened = 0
    for state, reason in moves:
        was_read_only = session.is_read_only
        try:
            session.move_to(state, reason)
        except MoveError:
            continue
        reopened += was_read_only and not session.is_read_only
    assert len(reopenings(session.report)) == reopened


def test_an_unknown_state_counts_as_a_draft() -> None:
    report = new_report(load_form("2021"), 2024, "某镇人民政府")
    report.facts[Fact.STATE] = "archived"
    assert report.state is State.DRAFT


def test_handed_in_by_mistake_goes_back_to_final_and_voids_nothing(session: Session) -> None:
    finalize(session)
    session.move_to(State.SUBMITTED)
    session.move_to(State.FINAL)
    assert session.report.state is State.FINAL
    assert reopenings(session.report) == ()
