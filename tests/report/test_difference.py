"""The edit between two reports makes the one into the other, and back."""

import copy
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Report, State
from reportdesk.report.edit_between import difference, without_standing
from reportdesk.report.edits import apply_edit
from reportdesk.report.file.codec import encode
from reportdesk.report.records import HandedIn, Notice
from tests.strategies import reports

FORM = load_form("2021")
CELL = CellRef("requests", "new", "person")


@given(st.data())
def test_it_leads_from_one_report_to_the_other_and_back(data: st.DataObject) -> None:
    before, after = data.draw(reports(FORM)), data.draw(reports(FORM))
    after.extras = before.extras
    edit = difference(before, after, "取回")
    changed = copy.deepcopy(before)
    apply_edit(changed, edit)
    assert encode(changed) == encode(after)
    apply_edit(changed, edit.inverse())
    assert encode(changed) == encode(before)


@given(reports(FORM))
def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    assert not difference(report, copy.deepcopy(report), "取回")


def test_the_state_can_be_left_out() -> None:
    before = Report("2021", facts={Fact.STATE: State.FINAL})
    after = Report("2021", facts={Fact.REOPENED: "1月9日：改数字", Fact.YEAR: "2024"})
    edit = without_standing(difference(before, after, "取回"))
    apply_edit(before, edit)
    assert before.facts == {Fact.STATE: State.FINAL, Fact.YEAR: "2024"}


def test_what_happened_outside_is_no_content_that_an_older_version_takes_back() -> None:
    at = dt.datetime(2025, 1, 9, tzinfo=dt.UTC)
    made, said = HandedIn(at, "K7QX2M9D"), Notice(at, "区政务公开办", "表三有误")
    now = Report("2021", hand_ins={1: made}, notices={"1": said}, remarks={CELL: "备注"})
    edit = without_standing(difference(now, Report("2021"), "取回"))
    apply_edit(now, edit)
    assert (now.hand_ins, now.notices, now.remarks) == ({1: made}, {"1": said}, {})
