"""The passages of published reports that reviewers judged, with their verdicts, and prose made to hurt."""

import collections
import datetime as dt
import re
import time

import pytest

from reportdesk.checks.engine import MOST_OF_ONE, Severity, check_report
from reportdesk.checks.fixes import find_fixes
from reportdesk.report.document import Fact, Report, Snapshot
from tests.checks.rule_cases import FORM, TODAY, cells

FAMILIES = re.compile("(APP|DSP|DOC|ACT|LST)-.*|UNIT-1|TXT-(1|3|21)")


def judged(text: str, numbers: str, part: str, **facts: str) -> list[tuple[str, Severity]]:
    """What the rules on numbers and stale words say of a passage in a county's report, or the unit's given."""
    known = {Fact.YEAR: "2024", Fact.FULL_NAME: "柳川县人民政府", Fact.UNIT_KIND: "county"}
    report = Report("2021", {**known, **{Fact(key): value for key, value in facts.items()}})
    report.prose[part] = text
    report.cells = cells(numbers)
    year = report.year or 0
    found = check_report(FORM, report, dt.date(year + 1, 1, 9))
    return sorted((one.code, one.severity) for one in found if FAMILIES.fullmatch(one.code))


WARNED, HINTED = Severity.WARNING, Severity.HINT
TOWN = {"full_name": "柳川县白河镇人民政府", "unit_kind": "township"}
PASSAGES = {
    "a list that adds up": (
        (
            "及时推送政务信息1578条，其中，政府网站公开信息69条、政务微博174条、“走进白河”微信公众号210条、"
            "微博转载113条、视频号32期、村务公开平台发布980条。"
        ),
        "",
        "overview.disclosure",
        TOWN,
        [],
    ),
    "a lost suit about an earlier request": (
        "2024年未收到政府信息依申请公开件。2024年因依申请公开件办理发生一起行政败诉案件。",
        "direct_suit_corrected 1",
        "overview.requests",
        TOWN,
        [("APP-6", HINTED)],
    ),
    "applicants with those carried in": (
        (
            "全县全年共受理政府信息公开申请749件，其中自然人申请741件，法人或其他组织申请8件；"
            "共办理718件，结转下一年31件。"
        ),
        (
            "new 705, new.enterprise 3, new.legal_service 5, carried_in 36, granted 710, granted.enterprise 3, "
            "granted.legal_service 5, carried_out 31"
        ),
        "overview.requests",
        {},
        [],
    ),
    "answers with those carried in and deferred": (
        "共受理政府信息公开申请3119件，答复3050件（含上年度结转申请34件，另有103件顺延到下年度答复）。",
        "new 3119, carried_in 34, granted 3050, carried_out 103",
        "overview.requests",
        {},
        [],
    ),
    "cases of both kinds together": (
        "全县共办理相关案件74件。",
        "reconsideration_upheld 61, direct_suit_upheld 3, suit_after_reconsideration_upheld 10",
        "overview.requests",
        {},
        [],
    ),
    "suits by result": (
        "行政诉讼46件，其中结果维持25件，结果纠正5件，其他结果9件，尚未审结7件。",
        (
            "direct_suit_upheld 13, direct_suit_corrected 4, direct_suit_other_result 8, direct_suit_pending 1, "
            "suit_after_reconsideration_upheld 12, suit_after_reconsideration_corrected 1, "
            "suit_after_reconsideration_other_result 1, suit_after_reconsideration_pending 6"
        ),
        "overview.requests",
        {},
        [],
    ),
    "last year's numbers of documents": (
        "2022年，共制定规范性文件0件，废止0件，现行有效0件。",
        "issued 4, in_force 32",
        "overview.management",
        {"year": "2023"},
        [("DOC-1", WARNED), ("DOC-1", WARNED), ("TXT-1", WARNED)],
    ),
    "parts short of a whole that they claim to be": (
        "发布信息21条，包括规章文件4条、财政信息5条、人事信息4条、采购信息0条、其他信息1条。",
        "",
        "overview.disclosure",
        TOWN,
        [("LST-1", WARNED), ("UNIT-1", WARNED)],
    ),
    "a subset": (
        "各类政务信息255条，其中财政资金信息46条；公共资源交易信息38条；社会救助信息65条。",
        "",
        "overview.disclosure",
        {},
        [],
    ),
    "a letter to those above": (
        "根据贵办《关于做好年度报告编制工作的通知》文件要求，现报告如下。",
        "",
        "opening",
        {},
        [("TXT-3", WARNED)],
    ),
    "a sum written out": (
        "受理59件（结转上年后新收47），3+36+2+18=59。",
        "new 47, carried_in 12, granted 59",
        "overview.requests",
        {},
        [],
    ),
    "seven sections of six": (
        "本报告由总体情况、主动公开等7个部分组成。",
        "",
        "opening",
        {},
        [("TXT-21", WARNED)],
    ),
}


@pytest.mark.parametrize("name", PASSAGES)
def test_a_published_passage_gets_the_verdict_of_a_careful_reviewer(name: str) -> None:
    text, numbers, part, facts, verdict = PASSAGES[name]
    assert judged(text, numbers, part, **facts) == verdict


LONG = 50_000
"""Many times what the longest published reports have in a part; what grows by its square takes minutes."""
NASTY = (
    *("1", "一", "零", "（", "《", "1件\n", "1,", "1 2", "(1件", "1至", "1+", "其中", "其中1件、", "无复议"),
    *(
        "未收到",
        "收到申请1件，",
        "报告由",
        "镇（区）",
        "国办",
        "，。",
        "2023年1月1日",
        "\u202e\u0000",
        " ",
        "\n",
    ),
    *("13800138000", "4111 ", "1" * 40 + "件，"),
)


@pytest.mark.parametrize("sign", NASTY)
def test_prose_made_to_hurt_brings_no_exception_and_no_flood(sign: str) -> None:
    text = (sign * (LONG // len(sign) + 1))[:LONG]
    report = Report("2021", {Fact.YEAR: "2024", Fact.FULL_NAME: "柳川县白河镇人民政府"})
    report.prose["overview.requests"] = text
    report.cells = cells("new 4, granted 4")
    last = Snapshot("2021", {Fact.YEAR: "2023"}, {"overview.requests": text}, {})
    counts = collections.Counter(one.code for one in check_report(FORM, report, TODAY, last))
    assert all(count <= MOST_OF_ONE for count in counts.values())


def work_on(text: str) -> float:
    """The processor's seconds that the rules need for a part with that text."""
    report = Report("2021", {Fact.YEAR: "2024", Fact.FULL_NAME: "柳川县白河镇人民政府"})
    report.prose["overview.requests"] = text
    report.cells = cells("new 4, granted 4")
    begun = time.process_time()
    check_report(FORM, report, TODAY)
    return time.process_time() - begun


FULL = 98_000
"""Nearly what a part takes; what grows by its square takes seconds."""
SIGNS = (
    *(
        "（",
        "（《",
        "《",
        "“",
        "〔",
        "【",
        "）",
        "、",
        "，",
        "：",
        "；",
        "。",
        "0",
        "9",
        "a",
        "@",
        "%",
        "-",
        ".",
    ),
    *(
        "一",
        "年",
        "月",
        "日",
        "件",
        "共",
        "第",
        "其中",
        "一年",
        "1、",
        "共12件、",
        "其中1件，",
        "@%",
        "a1",
        "13800138000，",
    ),
)


TIMES = 4
MOST_GROWTH = 10
"""How many times the work that so many times the text may make: what grows by its square makes 16 of 4."""
SMALL = 0.1
"""Processor's seconds within which the growth tells nothing."""


def grows_with_its_length(sign: str) -> bool:
    text = (sign * FULL)[:FULL]
    return work_on(text) < MOST_GROWTH * work_on(text[: FULL // TIMES]) + SMALL


@pytest.mark.parametrize("sign", SIGNS)
def test_the_work_on_a_full_part_of_one_sign_grows_with_its_length_and_not_its_square(sign: str) -> None:
    # Only two shares of one run are compared; where something else came between, once more.
    assert any(grows_with_its_length(sign) for _ in range(3))


@pytest.mark.parametrize("sign", NASTY)
def test_every_part_and_the_mends_take_prose_made_to_hurt(sign: str) -> None:
    text = (sign * (LONG // len(sign) + 1))[: LONG // 5]
    report = Report("2021", {Fact.YEAR: "2024"}, prose=dict.fromkeys(FORM.parts, text))
    last = Snapshot("2021", {Fact.YEAR: "2023"}, dict.fromkeys(FORM.parts, text), {})
    check_report(FORM, report, TODAY, last)
    assert {fix.label for fix in find_fixes(FORM, report)} <= {"标点规范化", "改正文号", "换成对应的汉字"}


def test_the_one_click_mends_take_prose_made_to_hurt() -> None:
    report = Report("2021", {Fact.YEAR: "2024"}, prose={"overview.requests": "申请,，。" * 2_000})
    assert [fix.label for fix in find_fixes(FORM, report)] == ["标点规范化"]
