"""What lacks in a section is not told while it is being written."""

import datetime as dt

import pytest

from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.load import load_form
from reportdesk.report.document import State, new_report
from reportdesk.report.edits import Slot, TextChange, change_text, replace_text, set_cells, set_entry
from reportdesk.session.finding_filter import FindingFilter
from reportdesk.session.session import Announcement, Session

FORM = load_form("2021")
LACKING = {"NUM-1", "PART-1", "UNIT-2"}


@pytest.fixture
def session() -> Session:
    """One sentence is written, and the clerk pauses."""
    session = Session(FORM, new_report(FORM, 2024, "常乐镇人民政府"), dt.date(2025, 1, 9))
    session.type_text(TextChange("overview.disclosure", 0, "", "按照××要求公开信息。"), 0.0)
    session.check_prose(while_writing=True)
    return session


def codes(session: Session) -> set[str]:
    return {found.code for found in session.findings}


def test_the_first_sentence_is_judged_and_what_is_not_written_yet_is_not(session: Session) -> None:
    assert "TXT-3" in codes(session)
    assert codes(session).isdisjoint(LACKING)


def test_whatever_rule_says_so_an_omission_waits_and_anything_else_is_told() -> None:
    wrong, lacking = (
        Finding("X-1", Severity.HINT, "", "overview", is_omission=is_omission)
        for is_omission in (False, True)
    )
    assert FindingFilter().due([wrong, lacking], FORM, new_report(FORM, 2024, "常乐镇人民政府")) == [wrong]


def test_whoever_asks_for_the_whole_hears_of_it_from_then_on(session: Session) -> None:
    told: list[Announcement] = []
    held = [session.holds_back]
    session.subscribe(told.append)
    session.check_prose()
    assert codes(session) >= LACKING
    assert [*held, session.holds_back] == [True, False]
    assert [one.findings_changed for one in told] == [True]
    session.type_text(TextChange("overview.disclosure", 0, "", "今"), 5.0)
    session.check_prose(while_writing=True)
    assert codes(session) >= LACKING


def test_a_section_that_is_marked_finished_hears_of_what_lacks_in_it(session: Session) -> None:
    session.apply(set_entry(session.report, Slot.FINISHED, "overview", True, "完成"))
    session.check_prose(while_writing=True)
    assert codes(session) & LACKING == {"PART-1", "UNIT-2"}
    assert {found.section for found in session.findings if found.code == "PART-1"} == {"overview"}


def test_a_table_that_is_being_filled_in_is_not_accused_of_its_blanks(session: Session) -> None:
    table = FORM.tables["disputes"]
    *most, last = FORM.typed_of(table)
    session.apply(set_cells(session.report, FORM, dict.fromkeys(most, 0)))
    assert "NUM-1" not in codes(session)
    assert {one.section for one in session.all_findings if one.code == "NUM-1"} >= {"disputes"}
    session.apply(set_entry(session.report, Slot.FINISHED, "disputes", True, "完成"))
    assert [one.cells for one in session.findings if one.code == "NUM-1"] == [(last,)]


def test_a_section_without_an_empty_part_hears_of_it_too(session: Session) -> None:
    for part in FORM.section_of["overview.disclosure"].parts:
        session.apply(replace_text(session.report, FORM, part.id, "已经写了。", "写"))
    session.check_prose(while_writing=True)
    assert codes(session) & LACKING == {"UNIT-2"}


def test_a_section_that_is_too_long_is_told_at_once(session: Session) -> None:
    long = TextChange("overview.disclosure", 0, "", "公开了许多信息，内容见网站。" * 90)
    session.apply(change_text(session.report, FORM, long))
    session.check_prose(while_writing=True)
    assert "length" in [found.about for found in session.findings if found.code == "TXT-9"]


def test_a_report_that_is_handed_on_has_all_told(session: Session) -> None:
    session.move_to(State.REVIEW)
    assert codes(session) >= LACKING
