"""Whole reports: the seed, the practice passages, nasty prose, explanations and mends."""

import datetime as dt
from pathlib import Path

import pytest

from reportdesk.checks.engine import Severity, examine, open_findings
from reportdesk.checks.mends import mends
from reportdesk.report.document import Explanation, Fact, Report, Snapshot
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


def codes(report: Report, *families: str) -> list[str]:
    found = examine(FORM, report, TODAY)
    return sorted(one.code for one in found if one.code.startswith(families))


def test_the_seed_gives_what_the_catalogue_says_and_nothing_else() -> None:
    found = examine(FORM, read_report(SEED).report, TODAY)
    assert [(one.code, one.severity) for one in found] == [
        ("UNIT-2", Severity.WARNING),
        ("APP-5", Severity.HINT),
    ]


PRACTICE = [
    (
        "全县全年共受理政府信息公开申请749件，其中自然人申请741件，法人或其他组织申请8件；共办理718件，结转下一年31件",
        (
            "new 705, new.enterprise 3, new.legal_service 5, carried_in 36, granted 710, granted.enterprise 3, "
            "granted.legal_service 5, carried_out 31"
        ),
        [],
    ),
    (
        "共受理政府信息公开申请3119件，答复3050件（含上年度结转申请34件，另有103件顺延到下年度答复）",
        "new 3119, carried_in 34, granted 3050, carried_out 103",
        [],
    ),
    (
        "全县共办理相关案件74件",
        "reconsideration_upheld 61, direct_suit_upheld 3, suit_after_reconsideration_upheld 10",
        [],
    ),
    (
        "行政诉讼46件，其中结果维持25件，结果纠正5件，其他结果9件，尚未审结7件",
        (
            "direct_suit_upheld 13, direct_suit_corrected 4, direct_suit_other_result 8, direct_suit_pending 1, "
            "suit_after_reconsideration_upheld 12, suit_after_reconsideration_corrected 1, "
            "suit_after_reconsideration_other_result 1, suit_after_reconsideration_pending 6"
        ),
        [],
    ),
    (
        "2023年，共制定规范性文件0件，废止0件，现行有效0件",
        "issued 4, in_force 32",
        ["DOC-1", "DOC-1", "TXT-1"],
    ),
    ("受理59件（结转上年后新收47），3+36+2+18=59", "new 47, carried_in 12, granted 59", []),
    ("各类政务信息255条，其中财政资金信息46条；公共资源交易信息38条；社会救助信息65条", "", []),
    ("根据贵办《关于做好工作的通知》文件要求", "", ["TXT-3"]),
]


@pytest.mark.parametrize(("text", "numbers", "expected"), PRACTICE)
def test_the_practice_passages_are_judged_as_a_careful_reviewer_does(
    text: str, numbers: str, expected: list[str]
) -> None:
    report = made({"overview.requests": text}, numbers)
    assert codes(report, "APP", "DSP", "DOC", "ACT", "LST", "TXT-1", "TXT-3") == expected


@pytest.mark.parametrize(
    "sign", ["1", "一", "（", "未发生", "收到申请1件，", "《", "其中1条、", "\u202e\u0000", "国办"]
)
def test_no_pasted_prose_makes_a_check_fail(sign: str) -> None:
    text = sign * (20_000 // len(sign))
    report = made(dict.fromkeys(FORM.parts, text))
    last = Snapshot("2021", {Fact.YEAR: "2023"}, dict.fromkeys(FORM.parts, text), {})
    assert examine(FORM, report, TODAY, last)
    assert mends(FORM, report) is not None


def test_an_edition_without_roles_keeps_the_rules_on_its_numbers_silent() -> None:
    report = Report("third", {Fact.YEAR: "2031"}, prose={"appeals.text": "收到申请12件，行政复议3件。"})
    found = examine(third_form(), report, dt.date(2032, 1, 1))
    assert not [one for one in found if one.code.startswith(("APP", "DSP", "DOC", "ACT", "FEE", "YR"))]


def test_a_settled_warning_is_listed_but_does_not_count_until_its_numbers_change() -> None:
    report = made({"overview.requests": "收到申请15件。"}, "new 14, granted 14")
    (found,) = [one for one in examine(FORM, report, TODAY) if one.code == "APP-1"]
    report.explanations[found.key] = Explanation("含电话咨询转申请1件", found.fingerprint)
    (settled,) = [one for one in examine(FORM, report, TODAY) if one.code == "APP-1"]
    assert settled.settled == "含电话咨询转申请1件"
    assert settled not in open_findings([settled])
    report.prose["overview.requests"] = "收到申请16件。"
    (again,) = [one for one in examine(FORM, report, TODAY) if one.code == "APP-1"]
    assert again.key == found.key
    assert not again.settled


def test_mends_put_punctuation_number_and_year_right_and_can_be_taken_back() -> None:
    report = made(
        {"opening": "根据国办公开办函[2021]30号要求。", "overview.disclosure": "公开信息20条,浏览量较高。。"},
        title="柳川县2023年政府信息公开工作年度报告",
    )
    before = (dict(report.prose), dict(report.facts), dict(report.cells))
    offered = mends(FORM, report)
    assert [mend.label for mend in offered] == ["标点规范化", "改正文号", "改正标题的年份"]
    for mend in offered:
        apply_edit(report, mend.edit)
    assert report.prose["opening"] == "根据国办公开办函〔2021〕30号要求。"
    assert report.prose["overview.disclosure"] == "公开信息20条，浏览量较高。"
    assert report.facts[Fact.TITLE] == "柳川县2024年政府信息公开工作年度报告"
    assert report.cells == before[2]
    for mend in reversed(offered):
        apply_edit(report, mend.edit.inverse())
    assert (report.prose, report.facts, report.cells) == before
