"""Mistyped words: the passages of tests/data/words come out as they say, and right text gets no finding."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportdesk.checks.engine import (
    Finding,
    Severity,
    Trigger,
    check_context_of,
    check_report,
    run_checks,
    settle,
)
from reportdesk.checks.fixes import finding_mend
from reportdesk.report.document import Explanation, Fact, Report
from reportdesk.report.edits import apply_edit
from reportdesk.store.file import read_report
from tests.checks.rule_cases import FORM, TODAY, UNIT

ROOT = Path(__file__).parents[2]
PASSAGES = [
    json.loads(line) for line in (ROOT / "tests/data/words/passages.jsonl").read_text("utf-8").splitlines()
]
PART = "overview.disclosure"


def report_of(passage: dict[str, Any]) -> Report:
    unit = passage["unit"]
    facts = {
        Fact.YEAR: str(passage["year"]),
        Fact.FULL_NAME: unit["full_name"],
        Fact.TITLE_NAME: unit["title_name"],
        Fact.UNIT_KIND: unit["kind"],
        Fact.COUNTY: unit["county"],
    }
    return Report("2021", facts, prose={passage["part"]: passage["text"]})


def about_words(report: Report) -> list[Finding]:
    """What is found at some words of the prose, beside what lacks in the whole report."""
    today = dt.date((report.year or 0) + 1, 1, 20)
    found = check_report(FORM, report, today)
    return [one for one in found if one.span is not None and one.code not in ("TXT-7", "TXT-9", "TXT-18")]


def written(text: str, part: str = PART) -> list[Finding]:
    """What the rules on words find in a text."""
    facts = {**UNIT, Fact.YEAR: "2025"}
    subject = check_context_of(FORM, Report("2021", facts, prose={part: text}), TODAY)
    return run_checks(subject, (Trigger.APART,))


@pytest.mark.parametrize(
    "passage", [one for one in PASSAGES if one["id"] != "D02"], ids=lambda passage: str(passage["id"])
)
def test_a_passage_comes_out_as_it_says(passage: dict[str, Any]) -> None:
    text, found = passage["text"], about_words(report_of(passage))
    spans = [one.span for one in found if one.span is not None]
    places = [(text.index(one["words"]), len(one["words"])) for one in passage["expect"]]
    for start, size in places:
        assert any(first < start + size and start < end for first, end in spans)
    for first, end in spans:
        assert any(first < start + size and start < end for start, size in places)
    for expected in passage["expect"]:
        assert any(expected["right"] in one.message for one in found)


def right_texts() -> Iterator[str]:
    """Prose in which every word is right."""
    yield from read_report(ROOT / "examples" / "changle-2024.gknb").report.prose.values()
    yield "做到件件有登记、事事有回音。柳林镇镇长任组长，北门街街道办事处参照执行，对对外公开的内容逐条核对。"
    yield "提高高质量发展水平，全面面向群众，落实实处；2024年年报已公布，受理12件件件办结。"
    yield "潍柴柴油机下线，南昌昌北机场开通，海南南繁基地揭牌，龙龙铁路开工，期期有重点，方方面面都要公开。"
    yield "在一项项任务中从一件件小事做起，魏村路路域环境、孝义河河道整治完成，柿柿红等企业参加，派驻驻村工作队。"
    yield "真帮实扶，严督实查，化危为机，做到法无授权不可为；易县建设法治政府，让群众悦读，扛在肩上。"
    yield "上报消防情况，发布署名文章，各部门拟定方案，截止日期为月底。保护耕地地力补贴，各局局长参加。"
    yield "存在的主要问题及整改情况。公民、法人和其他社会组织；行政罚款、部门预算、政府信息公开年度报告。"


@pytest.mark.parametrize("text", list(right_texts()))
def test_right_text_gets_no_finding(text: str) -> None:
    assert [one.message for one in written(text)] == []


WRONG = {
    "在收到和处理政府信息公开申情况一栏填写。": "TXT-12",
    "全面落实国务院办公厅政府信息与政公务开办公室要求。": "TXT-12",
    "结转下年度继办理3件。": "TXT-12",
    "主动公公开信息96条。": "TXT-14",
    "深入开展展政务公开。": "TXT-14",
    "我镇镇主要领导高度重视。": "TXT-14",
    "受理12件件，均已办结。": "TXT-14",
    "我县县政府网站已改版。": "TXT-14",
    "打造整体统一的的网站界面。": "TXT-14",
    "在县政府网站站公开信息。": "TXT-14",
    "学习党的二十大精深。": "TXT-12",
    "省政府信自公开平台已开通。": "TXT-12",
    "政务服条中心设立专区。": "TXT-12",
    "加强组织领寻，明确专人负责。": "TXT-12",
    "贯彻党的十大精神。": "TXT-12",
    "截止目前，共受理申请3件。": "TXT-13",
    "再接再励，做好公开工作。": "TXT-13",
}


@pytest.mark.parametrize(("text", "code"), WRONG.items())
def test_what_is_mistyped_is_found_once_with_what_should_stand_there(text: str, code: str) -> None:
    (found,) = written(text)
    assert (found.code, found.severity) == (code, Severity.WARNING)
    assert found.right
    assert f"“{found.right}”" in found.message


def unpaired(text: str) -> list[str]:
    report = Report("2021", {**UNIT, Fact.YEAR: "2025"}, prose={PART: text})
    return [
        one.message
        for one in check_report(FORM, report, TODAY)
        if one.code == "TXT-15" and "成对" in one.message
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("召开会议4次（含视频会议。", "括号不成对"),
        ("召开会议4次(含视频会议。", "括号不成对"),
        ("落实《中华人民共和国政府信息公开条例要求。", "书名号不成对"),
        ("举办“政府开放日活动。", "引号不成对"),
        ("举办政府开放日”活动。", "引号不成对"),
        ("上报信息12条含转发）。", "括号不成对"),
    ],
)
def test_a_bracket_or_quotation_mark_without_its_other_is_told_and_not_fixed(text: str, says: str) -> None:
    (message,) = unpaired(text)
    assert says in message
    report = Report("2021", {**UNIT, Fact.YEAR: "2025"}, prose={PART: text})
    found = [one for one in check_report(FORM, report, TODAY) if "成对" in one.message]
    assert finding_mend(FORM, report, found) is None


@pytest.mark.parametrize(
    "text",
    [
        "1）公开目录。\n2）解读材料。\na）图解；b）视频。",
        "主要做法有：1）公开；2）解读；三）回应。",
        "（一）公开\n（二）解读（含图解（4期）、视频）。",
        "他们说：“公开好。\n“解读也好。”",
        "“公开\n为常态”的要求（见附件\n第1条）落实。",
        "印发《关于转发〈公开要点〉的通知》（〔2025〕3号）。",
    ],
)
def test_ordinals_and_what_goes_on_in_the_next_paragraph_are_paired(text: str) -> None:
    assert unpaired(text) == []


def test_the_unit_s_own_name_and_short_quoted_names_are_passed_over() -> None:
    facts = {**UNIT, Fact.FULL_NAME: "柳川县公公镇人民政府", Fact.YEAR: "2025"}
    report = Report("2021", facts, prose={PART: "公公镇发布“件件件通”短视频。"})
    assert run_checks(check_context_of(FORM, report, TODAY), (Trigger.APART,)) == []


def test_a_fix_puts_right_this_place_only_and_can_be_taken_back() -> None:
    text = "主动公公开信息96条，政务公公开栏目更新。"
    report = Report("2021", {**UNIT, Fact.YEAR: "2025"}, prose={PART: text})
    first, _second = run_checks(check_context_of(FORM, report, TODAY), (Trigger.APART,))
    fix = finding_mend(FORM, report, [first])
    assert fix is not None
    assert [(one.before, one.after) for one in fix.previews] == [
        ("主动公公开信息96条，政", "主动公开信息96条，政")
    ]
    apply_edit(report, fix.edit)
    assert report.prose[PART] == "主动公开信息96条，政务公公开栏目更新。"
    apply_edit(report, fix.edit.inverse())
    assert report.prose[PART] == text


def test_of_several_places_the_ticked_ones_are_put_right() -> None:
    report = Report(
        "2021",
        {**UNIT, Fact.YEAR: "2025"},
        prose={PART: "再接再励，一如继往。", "overview.management": "再接再励。"},
    )
    found = run_checks(check_context_of(FORM, report, TODAY), (Trigger.APART,))
    assert [one.is_certain for one in found] == [True, True, True]
    fix = finding_mend(FORM, report, found)
    assert fix is not None
    assert fix.some is not None
    apply_edit(report, fix.some([0, 2]))
    assert report.prose == {PART: "再接再厉，一如继往。", "overview.management": "再接再厉。"}


def test_words_that_gave_way_meanwhile_are_not_put_right() -> None:
    report = Report("2021", {**UNIT, Fact.YEAR: "2025"}, prose={PART: "主动公公开信息。"})
    (found,) = run_checks(check_context_of(FORM, report, TODAY), (Trigger.APART,))
    report.prose[PART] = "公开主动公开信息。"
    assert finding_mend(FORM, report, [found]) is None


def test_a_reason_holds_for_the_written_form_wherever_it_stands_and_for_no_other() -> None:
    report = Report(
        "2021",
        {**UNIT, Fact.YEAR: "2025"},
        prose={PART: "主动公公开信息。再说公公开。", "overview.management": "网站公公开。政务务公开。"},
    )
    subject = check_context_of(FORM, report, TODAY)
    first, *_others = run_checks(subject, (Trigger.APART,))
    report.explanations[first.explained_under] = Explanation("原文如此", first.fingerprint)
    found = run_checks(subject, (Trigger.APART,))
    assert [one.about for one in found if not one.settled] == ["务务"]
    assert [one.about for one in found if one.settled] == ["公公"] * 3
    assert settle(first, report).settled == "原文如此"
    assert len({one.key for one in found}) == len(found)


def test_an_expression_is_expected_from_its_first_report_year_on() -> None:
    text = "深入贯彻中央八项规定精深学习教育。"
    assert [one.code for one in written(text)] == ["TXT-12"]
    report = Report("2021", {**UNIT, Fact.YEAR: "2023"}, prose={PART: text})
    found = run_checks(check_context_of(FORM, report, TODAY), (Trigger.APART,))
    assert [(one.code, one.right) for one in found] == [("TXT-16", "精神")]  # of the word alone, as a hint


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("定期组织业务陪训，提升能力。", "培训"),
        ("及时公开行政处罚决顶信息。", "决定"),
        ("不断提升政务公开水苹。", "水平"),
    ],
)
def test_words_of_the_same_sound_and_like_shape_are_hinted_at(text: str, right: str) -> None:
    assert right in [one.right for one in written(text)]


@pytest.mark.parametrize("text", ["科技类政策应归尽归。", "生产安全事故起数下降。", "疫情防控弘扬抗疫精神。"])
def test_newer_words_and_sayings_are_no_mistakes_of_sound(text: str) -> None:
    assert written(text) == []


GARBLED = "定期组织业务陪训。不断提升政务公开水苹。按照规顶公开。严格落实责仁。完善规章置度。及时发步信息。健全工作制渡。接受社会监读。"


def test_of_garbled_text_five_guesses_are_told_and_that_there_are_more() -> None:
    found = [one for one in written(GARBLED) if one.code == "TXT-16"]
    assert len(found) == 5
    assert {one.severity for one in found} == {Severity.HINT}
    assert all("改好这些再看" in one.message for one in found)
    assert not any(one.is_certain for one in found)


def test_what_is_written_so_twice_in_the_report_is_meant_so() -> None:
    once = "及时公开行政处罚决顶信息。"
    assert [one.right for one in written(once) if one.code == "TXT-16"] == ["决定"]
    prose = {PART: once, "overview.management": "规范处罚决顶的格式。"}
    report = Report("2021", {**UNIT, Fact.YEAR: "2025"}, prose=prose)
    assert run_checks(check_context_of(FORM, report, TODAY), (Trigger.APART,)) == []


@pytest.mark.parametrize(
    "file", sorted((ROOT / "tests" / "data" / "checks").glob("*.gknb")), ids=lambda path: path.stem
)
def test_whole_reports_hold_no_mistyped_word(file: Path) -> None:
    report = read_report(file).report
    assert run_checks(check_context_of(FORM, report, TODAY), (Trigger.APART,)) == []


def test_the_rules_of_the_window_load_neither_words_nor_model() -> None:
    script = (
        "import sys\n"
        "from reportdesk.checks.engine import Trigger, load_rules_by_and_by\n"
        "import reportdesk.gui.findings.word_check, reportdesk.checks.fixes\n"
        "for one in (Trigger.IMMEDIATE, Trigger.ON_IDLE): list(load_rules_by_and_by(one))\n"
        "assert not [name for name in sys.modules if 'spelling' in name]\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    "words", ["公公开", "开公政务", "审请", "领寻", "件件", "的的", "国务院", "〇", "政府信公开"]
)
def test_a_long_row_of_anything_is_gone_through_in_time(words: str) -> None:
    assert len(written(words * 100_000)) <= 4 * 200
