"""What differs between two states of a report, as a leader reads it."""

from copy import deepcopy

from hypothesis import given

from reportdesk.form.spec import CellRef
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report
from reportdesk.report.print_changes import Rewording, compare, split_sentences
from tests.strategies import reports, text
from tests.test_example import FORM, example

PERSON = CellRef("requests", "new", "person")


def test_a_number_is_named_by_its_table_and_row() -> None:
    before, after = example(), example()
    before.cells[PERSON], after.cells[PERSON] = 3, 4
    (change,) = compare(FORM, before, after).figures
    assert (change.ref, change.row, change.before, change.after) == (PERSON, 1, 3, 4)


def test_a_blank_and_a_zero_differ() -> None:
    before, after = example(), example()
    before.cells.pop(PERSON)
    (change,) = compare(FORM, before, after).figures
    assert (change.before, change.after) == (None, 0)


def test_only_the_sentence_that_changed_is_shown() -> None:
    before, after = Report("2021"), Report("2021")
    before.prose["problems.problems"] = "一是甲。二是乙。\n三是丙。"
    after.prose["problems.problems"] = "一是甲。二是丁。\n三是丙。四是戊。"
    found = compare(FORM, before, after).rewordings
    assert [(one.before, one.after) for one in found] == [("二是乙。", "二是丁。"), ("", "四是戊。")]
    assert "五、" in found[0].where


def test_title_heading_and_closing_are_compared_too() -> None:
    before, after = example(), example()
    after.facts[Fact.CLOSING_DATE] = "2025年1月10日"
    after.headings["overview.management"] = "（三）信息管理"
    after.facts[Fact.TITLE] = "常乐镇年报"
    wheres = [found.where for found in compare(FORM, before, after).rewordings]
    assert [where for where in wheres if where == "标题"] == ["标题"]
    assert any(where.endswith("的小标题") for where in wheres)
    assert wheres[-1] == "落款日期"


@given(reports(FORM), reports(FORM))
def test_nothing_differs_exactly_where_the_codes_agree(one: Report, other: Report) -> None:
    other.facts[Fact.FULL_NAME] = one.facts.get(Fact.FULL_NAME, "")  # not always printed
    for report in (one, other):
        report.facts[Fact.YEAR] = "2024"
    assert not compare(FORM, one, deepcopy(one))
    if check_code(FORM, one) != check_code(FORM, other):
        assert compare(FORM, one, other)


def test_paragraphs_parted_otherwise_are_told_although_no_word_changed() -> None:
    before, after = Report("2021"), Report("2021")
    before.prose["problems.problems"] = "甲。乙。"
    after.prose["problems.problems"] = "甲。\n乙。"
    (found,) = compare(FORM, before, after).rewordings
    assert "分段" in found.after


@given(text)
def test_no_visible_word_falls_between_two_sentences(prose: str) -> None:
    joined = "".join(split_sentences(prose))
    assert [sign for sign in joined if not sign.isspace()] == [sign for sign in prose if not sign.isspace()]


def test_a_whole_new_paragraph_comes_as_one_piece() -> None:
    before, after = Report("2021"), Report("2021")
    before.prose["problems.problems"] = "甲。"
    after.prose["problems.problems"] = "乙。丙。"
    assert compare(FORM, before, after).rewordings == (
        Rewording("五、存在的主要问题及改进情况 （一）存在的主要问题", "甲。", "乙。丙。"),
    )
