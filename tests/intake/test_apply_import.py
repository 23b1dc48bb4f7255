"""Taking in a file: all of it, none of it, some of it, and back; as last year's report; as a new one."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportdesk.exports.word.document import render_word
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.intake.apply_import import (
    Way,
    begin_from_file,
    last_year_of,
    mismatches,
    take_as_last_year,
    take_in,
    ways,
)
from reportdesk.intake.differences import BLANK, Difference, differences
from reportdesk.readers.recognise.proposal import Outcome, Proposal, Standing, propose, propose_report
from reportdesk.readers.word.reader import read_word
from reportdesk.report.document import Fact, Report, State, new_report
from reportdesk.report.edits import apply_edit
from reportdesk.report.print_changes import FigureChange
from reportdesk.report.text.plain_text import clean_text, paragraphs
from reportdesk.session.session import Session
from reportdesk.store.user_data.unit_profile import UnitProfile
from tests.editions import EDITION_IDS, FORMS
from tests.strategies import reports
from tests.test_example import example

FORM = load_form("2021")
OLD = load_form("2019")
PERSON = CellRef("requests", "new", "person")
OUT = CellRef("requests", "carried_out", "person")
IN = CellRef("requests", "carried_in", "person")
TOTAL = CellRef("requests", "new", "total")
PART = "problems.problems"
TODAY = dt.date(2025, 1, 9)


def clean(report: Report) -> Report:
    """The report as typing and readers leave it: without breaks and signs that nobody sees."""
    report.prose = {part: text for part, words in report.prose.items() if (text := clean_text(words))}
    report.headings = {part: text for part, words in report.headings.items() if (text := clean_text(words))}
    report.facts = {fact: text for fact, words in report.facts.items() if (text := clean_text(words))}
    report.facts.pop(Fact.STATE, None)
    return report


def proposed(report: Report, form: Form = FORM, *doubts: Outcome) -> Proposal:
    """The report as a file proposes it that somebody else's program wrote."""
    proposal = replace(propose_report(report, form), attached=None)
    return replace(proposal, outcomes=(*doubts, *proposal.outcomes))


def taken(report: Report, form: Form, proposal: Proposal, accepted: tuple[Difference, ...]) -> Report:
    after = deepcopy(report)
    apply_edit(after, take_in(report, form, proposal, accepted, "某.docx"))
    return after


def figures(found: tuple[Difference, ...]) -> set[CellRef]:
    return {one.change.ref for one in found if isinstance(one.change, FigureChange)}


def base(year: int = 2024) -> Report:
    report = new_report(FORM, year, "常乐镇人民政府", "沙坡头区常乐镇")
    report.prose[PART] = "一是甲。二是乙。"
    report.cells[PERSON] = 3
    return report


# -- laws


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(max_examples=40)
@given(st.data())
def test_accepting_all_leaves_no_difference(form: Form, data: st.DataObject) -> None:
    report, other = clean(data.draw(reports(form))), clean(data.draw(reports(form)))
    proposal = proposed(other, form)
    after = taken(report, form, proposal, differences(form, report, proposal))
    assert differences(form, after, proposal) == ()
    assert after.cells == other.cells
    for part in other.prose:
        assert paragraphs(after.prose.get(part, "")) == paragraphs(other.prose[part])


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(max_examples=40)
@given(st.data())
def test_accepting_none_changes_nothing(form: Form, data: st.DataObject) -> None:
    report, other = clean(data.draw(reports(form))), clean(data.draw(reports(form)))
    assert not take_in(report, form, proposed(other, form), (), "某.docx")


@settings(max_examples=40)
@given(st.data())
def test_any_choice_is_one_step_of_undo(data: st.DataObject) -> None:
    report, other = clean(data.draw(reports(FORM))), clean(data.draw(reports(FORM)))
    proposal = proposed(other)
    found = differences(FORM, report, proposal)
    accepted = tuple(one for one in found if data.draw(st.booleans())) if len(found) < 40 else found[::2]
    before = deepcopy(report)
    session = Session(FORM, report, TODAY)
    session.apply(take_in(report, FORM, proposal, accepted, "某.docx"))
    left = figures(differences(FORM, report, proposal))
    assert left == figures(found) - figures(accepted)
    session.undo()
    assert report == before


@given(reports(FORM))
def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    clean(report)
    assert differences(FORM, report, proposed(report)) == ()


# -- what differs


@pytest.mark.parametrize("part", ["overview.requests", "problems.problems", "other_matters.text"])
@pytest.mark.parametrize(
    "prose",
    [
        "甲事\t乙事3件。\n\n\n丙事。\n　　\n丁事。",
        "\t第一段。\n\n第二段\t有制表符，\t数3件。\n",
        "\n\n一段。\n\n",
    ],
)
def test_blank_lines_and_tabs_are_as_they_were_after_a_way_through_word(part: str, prose: str) -> None:
    report = example()
    report.prose[part] = prose
    found = propose(read_word(render_word(FORM, report)), FORM)
    assert differences(FORM, report, found) == ()


def test_a_number_is_named_by_table_and_row_and_a_sentence_by_its_part() -> None:
    report, other = base(), base()
    other.cells[PERSON] = 4
    other.prose[PART] = "一是甲。二是丁。"
    number, sentence = differences(FORM, report, proposed(other))
    assert (number.where.partition(" 一")[0], number.before, number.after) == ("表三 第1行", "3", "4")
    assert (sentence.before, sentence.after) == ("二是乙。", "二是丁。")
    assert sentence.where.startswith("五、")
    assert (number.doubt, sentence.doubt) == ("", "")


def test_what_the_file_does_not_show_stays() -> None:
    report = base()
    proposal = replace(proposed(Report("2021", prose={PART: "一是甲。"})), blank=frozenset())
    (only,) = differences(FORM, report, proposal)
    assert only.before == "二是乙。"


def test_a_blank_over_a_number_is_doubtful_and_marks_nothing() -> None:
    report, other = base(), base()
    del other.cells[PERSON]
    proposal = proposed(other)
    (found,) = differences(FORM, report, proposal)
    assert (found.after, found.doubt) == (BLANK, "文件里这一格是空白")
    after = taken(report, FORM, proposal, (found,))
    assert PERSON not in after.cells
    assert not after.unverified


def test_a_doubtful_number_is_marked_to_be_verified() -> None:
    report, other = base(), base()
    other.cells[PERSON] = 4
    proposal = proposed(other, FORM, Outcome(Standing.DOUBTFUL, "字迹不清。", "requests", (PERSON,)))
    found = differences(FORM, report, proposal)
    assert [one.doubt for one in found] == ["字迹不清。"]
    after = taken(report, FORM, proposal, found)
    assert after.unverified == {PERSON: True}
    assert "某.docx" in after.remarks[PERSON]


def test_a_stated_total_goes_along_only_with_all_it_rests_on() -> None:
    second = CellRef("requests", "new", "enterprise")
    report, other = base(), base()
    other.cells |= {PERSON: 4, second: 2}
    other.reported[TOTAL] = 7
    proposal = proposed(other)
    found = differences(FORM, report, proposal)
    assert taken(report, FORM, proposal, found).reported == {TOTAL: 7}
    assert taken(report, FORM, proposal, found[:1]).reported == {}


def test_another_year_or_unit_is_doubtful_and_an_own_title_is_compared_as_printed() -> None:
    report, other = base(), base(2023)
    found = differences(FORM, report, proposed(other))
    assert ("报告年度", "2024", "2023") in [(one.where, one.before, one.after) for one in found if one.doubt]
    broken = base()
    broken.facts[Fact.TITLE] = "沙坡头区常乐镇2024年\n政府信息公开工作年度报告"
    assert [one.where for one in differences(FORM, broken, proposed(base()))] == []


def test_a_section_marked_finished_loses_its_mark_once() -> None:
    report, other = base(), base()
    report.finished["requests"] = True
    other.cells |= {PERSON: 4, IN: 1}
    proposal = proposed(other)
    assert taken(report, FORM, proposal, differences(FORM, report, proposal)).finished == {}


# -- ways


def test_the_ways_that_make_sense_follow_the_year() -> None:
    assert ways(proposed(base()), base(), FORM) == (Way.INTO_REPORT, Way.NEW_REPORT)
    assert ways(proposed(base(2023)), base(), FORM) == (Way.LAST_YEAR, Way.NEW_REPORT)
    assert ways(proposed(base(2019)), base(), FORM) == (Way.NEW_REPORT,)
    assert ways(proposed(base()), None, FORM) == (Way.LAST_YEAR, Way.NEW_REPORT)


def test_a_file_of_the_older_form_serves_only_for_comparison() -> None:
    old = Report("2019", {Fact.YEAR: "2020"})
    proposal = proposed(old, OLD)
    assert ways(proposal, base(2021), FORM) == (Way.LAST_YEAR,)
    assert ways(proposal, None, FORM) == (Way.LAST_YEAR,)
    assert "2019年版" in "".join(mismatches(proposal, base(2021), None))


def test_another_units_file_is_named() -> None:
    other = base()
    other.facts |= {Fact.FULL_NAME: "宣和镇人民政府", Fact.TITLE_NAME: "沙坡头区宣和镇"}
    (said,) = mismatches(proposed(other), base(), None)
    assert "宣和镇人民政府" in said
    assert ways(proposed(other), base(), FORM) == (Way.NEW_REPORT, Way.INTO_REPORT)
    assert mismatches(proposed(base()), base(), None) == ()
    assert mismatches(proposed(base()), None, UnitProfile({Fact.FULL_NAME: "永康镇人民政府"})) != ()


# -- as last year's report


def test_last_years_file_is_kept_and_its_open_requests_fill_blank_cells() -> None:
    last = base(2023)
    last.cells |= {OUT: 2, CellRef("requests", "carried_out", "enterprise"): 5}
    report = base()
    report.cells[CellRef("requests", "carried_in", "enterprise")] = 1
    before = deepcopy(report)
    session = Session(FORM, report, TODAY)
    session.apply(take_as_last_year(report, FORM, last_year_of(proposed(last), "旧.docx", b"bytes")))
    assert report.previous[2023].source == "旧.docx"
    assert report.cells[IN] == 2
    assert report.unverified == {IN: True}
    assert report.cells[CellRef("requests", "carried_in", "enterprise")] == 1
    session.undo()
    assert report == before


def test_a_file_without_a_year_is_taken_for_the_year_asked_for() -> None:
    last = base(2023)
    del last.facts[Fact.YEAR]
    assert last_year_of(proposed(last), "旧.docx", b"", 2023).report.year == 2023
    with pytest.raises(ValueError, match="not the year before"):
        take_as_last_year(base(), FORM, last_year_of(proposed(last), "旧.docx", b""))


# -- as a new report


def test_a_new_report_is_a_draft_with_doubtful_numbers_marked() -> None:
    other = base()
    other.facts |= {Fact.STATE: State.SUBMITTED.value, Fact.REOPENED: "2025年1月12日"}
    proposal = proposed(other, FORM, Outcome(Standing.DOUBTFUL, "存疑。", "requests", (PERSON, IN)))
    own = UnitProfile({Fact.FULL_NAME: "常乐镇人民政府", Fact.TELEPHONE: "0955-7621333"})
    begun = begin_from_file(proposal, "某.docx", own)
    assert begun.state is State.DRAFT
    assert Fact.REOPENED not in begun.facts
    assert begun.unverified == {PERSON: True}
    assert begun.facts[Fact.TELEPHONE] == "0955-7621333"
    assert (begun.cells, begun.prose) == (other.cells, other.prose)


def test_another_units_file_takes_nothing_of_this_unit() -> None:
    own = UnitProfile({Fact.FULL_NAME: "永康镇人民政府", Fact.TELEPHONE: "0955-7621333"})
    assert Fact.TELEPHONE not in begin_from_file(proposed(base()), "某.docx", own).facts
