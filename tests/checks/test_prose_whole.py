"""Whole reports: the seed, another edition, explanations and mends."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from reportdesk.checks.engine import Severity, check_report, open_findings
from reportdesk.checks.fixes import corrected, find_fixes
from reportdesk.checks.prose import quote_clause
from reportdesk.checks.text.punctuation import punctuation_slips, unclear_marks
from reportdesk.report.document import Explanation, Fact, Report
from reportdesk.report.edits import apply_edit
from reportdesk.store.file import read_report
from tests.checks.rule_cases import FORM, TODAY, cells
from tests.editions import third_form

SEED = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"


def made(prose: dict[str, str], numbers: str = "", **facts: str) -> Report:
    known = {Fact.YEAR: "2024", Fact.FULL_NAME: "柳川县人民政府", Fact.UNIT_KIND: "county"}
    report = Report("2021", {**known, **{Fact(key): value for key, value in facts.items()}}, prose=prose)
    report.cells = cells(numbers)
    return report


def test_the_seed_gives_what_the_catalogue_says_and_nothing_else() -> None:
    found = check_report(FORM, read_report(SEED).report, TODAY)
    assert [(one.code, one.severity) for one in found] == [
        ("UNIT-2", Severity.WARNING),
        ("APP-6", Severity.HINT),
    ]


def test_an_edition_without_roles_keeps_the_rules_on_its_numbers_silent() -> None:
    report = Report("third", {Fact.YEAR: "2031"}, prose={"appeals.text": "收到申请12件，行政复议3件。"})
    found = check_report(third_form(), report, dt.date(2032, 1, 1))
    assert not [one for one in found if one.code.startswith(("APP", "DSP", "DOC", "ACT", "FEE", "YR"))]


def test_a_settled_warning_is_listed_but_does_not_count_until_its_numbers_change() -> None:
    report = made({"overview.requests": "收到申请15件。"}, "new 14, granted 14")
    (found,) = [one for one in check_report(FORM, report, TODAY) if one.code == "APP-1"]
    report.explanations[found.key] = Explanation("含电话咨询转申请1件", found.fingerprint)
    (settled,) = [one for one in check_report(FORM, report, TODAY) if one.code == "APP-1"]
    assert settled.settled == "含电话咨询转申请1件"
    assert settled not in open_findings([settled])
    report.prose["overview.requests"] = "收到申请16件。"
    (again,) = [one for one in check_report(FORM, report, TODAY) if one.code == "APP-1"]
    assert again.key == found.key
    assert not again.settled


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("联系(地址:柳川县,邮箱:lc@example.cn)。", "联系（地址：柳川县，邮箱：lc@example.cn）。"),
        ("见附件(1)和(A级)。", "见附件（1）和（A级）。"),
        ("柳川县（邮箱lc@example.cn)。", "柳川县（邮箱lc@example.cn）。"),
        ('做好"传声筒",推进公开。', "做好“传声筒”，推进公开。"),
        ("网站(http://www.example.cn/)下载。", "网站(http://www.example.cn/)下载。"),
    ],
)
def test_punctuation_is_mended_to_the_end_and_both_brackets_of_a_pair_alike(typed: str, right: str) -> None:
    assert corrected(typed, punctuation_slips(typed)) == right


def test_the_quoted_place_does_not_begin_within_a_number() -> None:
    found = check_report(FORM, made({"overview.disclosure": "至2024年,柳川县"}), TODAY)
    assert [one.message for one in found if one.code == "TXT-10" and "“2024年,柳川县”" in one.message]


def test_mends_put_punctuation_number_and_year_right_and_can_be_taken_back() -> None:
    report = made(
        {"opening": "根据国办公开办函[2021]30号要求。", "overview.disclosure": "公开信息20条,浏览量较高。。"},
        title="柳川县2023年政府信息公开工作年度报告",
    )
    before = (dict(report.prose), dict(report.facts), dict(report.cells))
    offered = find_fixes(FORM, report)
    assert [fix.label for fix in offered] == ["标点规范化", "改正文号", "改正标题的年份"]
    for fix in offered:
        apply_edit(report, fix.edit)
    assert report.prose["opening"] == "根据国办公开办函〔2021〕30号要求。"
    assert report.prose["overview.disclosure"] == "公开信息20条，浏览量较高。"
    assert report.facts[Fact.TITLE] == "柳川县2024年政府信息公开工作年度报告"
    assert report.cells == before[2]
    for fix in reversed(offered):
        apply_edit(report, fix.edit.inverse())
    assert (report.prose, report.facts, report.cells) == before


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("今年好，2023年度公开信息很多。还有。", "2023年度", "“2023年度公开信息很多”"),
        ("在2023年度里", "2023年度", "“在2023年度里”"),
        ("一" * 30 + "2023年度" + "二" * 30, "2023年度", f"“…{'一' * 14}2023年度{'二' * 14}…”"),
        ("", "", "“”"),
    ],
)
def test_a_quotation_begins_and_ends_where_a_clause_does(text: str, words: str, quoted: str) -> None:
    start = text.find(words)
    assert quote_clause(text, start, start + len(words)) == quoted


def test_an_opening_without_a_heading_has_a_name_all_the_same() -> None:
    bare = replace(FORM, opening=replace(FORM.opening, heading=""))
    report = made({"opening": "公开信息20条,浏览量较高。。"})
    assert [preview.place for fix in find_fixes(bare, report) for preview in fix.previews][:1] == ["开头"]
    assert all("“”" not in found.message for found in check_report(bare, report, TODAY))


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("公开信息3条，。", "公开信息3条。"),
        ("公开信息3条。，\n二是加强管理。", "公开信息3条。\n二是加强管理。"),
        ("公开信息3条；。", "公开信息3条。"),
        ("公开信息3条。。其中", "公开信息3条。其中"),
        ("公开信息3条，，其中", "公开信息3条，其中"),
    ],
)
def test_of_several_marks_the_certain_one_stays(typed: str, right: str) -> None:
    assert corrected(typed, punctuation_slips(typed)) == right


@pytest.mark.parametrize(
    "typed", ["公开信息3条，。其中", "公开信息3条。，其中", "公开信息3条，；", "公开。？"]
)
def test_marks_of_which_either_may_be_meant_are_found_and_left_to_the_clerk(typed: str) -> None:
    assert corrected(typed, punctuation_slips(typed)) == typed
    assert unclear_marks(typed)
