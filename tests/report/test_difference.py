"""The edit between two reports makes the one into the other, and back."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.report.codec import encode
from reportdesk.report.difference import difference, without_standing
from reportdesk.report.document import Fact, Report, State
from reportdesk.report.edits import apply_edit
from tests.strategies import reports

FORM = load_form("2021")


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
