"""UNIT-4: what is nearly the same as another unit's prose is marked where it stands; who compares knows no report."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from reportdesk.checks.contents.likeness import likest
from reportdesk.checks.engine import Finding, check_report
from reportdesk.report.document import Explanation, Fact, Report, Snapshot
from tests.checks.rule_cases import FORM, UNIT

PART = "overview.management"
COPIED = (
    "严格落实信息发布三审三校制度，由党政办牵头，全年对8个栏目开展集中清理，下架失效信息36条。"
    "建立月通报制度，每月15日前汇总各站所公开情况，组织业务培训2次，参训46人次。"
)
OWN = "今年还为十二个村的公开栏换了带锁橱窗。"


def other(unit: str, text: str, year: int = 2024) -> Snapshot:
    return Snapshot("2021", {Fact.FULL_NAME: unit, Fact.YEAR: str(year)}, {PART: text}, {})


STONE = other("柳川县石桥镇人民政府", COPIED)


def report_of(text: str) -> Report:
    return Report("2021", {**UNIT, Fact.YEAR: "2024"}, prose={PART: text})


def found_in(report: Report, *others: Snapshot) -> list[Finding]:
    found = check_report(FORM, report, dt.date(2025, 1, 9), others=others)
    return [one for one in found if one.code == "UNIT-4"]


def test_the_passages_are_marked_and_the_other_is_named() -> None:
    report = report_of(OWN + COPIED)
    (found,) = found_in(report, STONE)
    assert "“柳川县石桥镇人民政府”2024年年报" in found.message
    (passage,) = found.passages
    assert report.prose[PART][slice(*passage.now)] == COPIED
    assert COPIED[slice(*passage.then)] == COPIED


def test_of_several_that_are_alike_the_likest_is_named() -> None:
    near = other("柳川县东山镇人民政府", COPIED.replace("建立月通报制度", "每季度召开调度会"))
    (found,) = found_in(report_of(COPIED), near, STONE)
    assert found.about.startswith("“柳川县石桥镇人民政府”")


def test_a_reason_given_holds_while_the_rest_is_written_on() -> None:
    report = report_of(COPIED)
    (found,) = found_in(report, STONE)
    report.explanations[found.key] = Explanation("区里统一给的文字", found.fingerprint)
    report.prose[PART] = COPIED + OWN
    (again,) = found_in(report, STONE)
    assert again.settled == "区里统一给的文字"
    (elsewhere,) = found_in(
        report, replace(STONE, facts={**STONE.facts, Fact.FULL_NAME: "柳川县东山镇人民政府"})
    )
    assert not elsewhere.settled


def test_a_unit_that_was_renamed_copies_itself() -> None:
    report = report_of(COPIED)
    old = other("柳川县白河乡人民政府", COPIED, 2023)
    report.previous[2023] = old
    assert found_in(report, old) == []


def test_long_texts_are_compared_up_to_a_length() -> None:
    other_text = "无关的话语。" * 40_000
    assert likest("甲乙丙丁" * 50_000, [("别处", other_text)]) is None
    assert likest(COPIED, [("别处", other_text), ("石桥", COPIED)]) is not None
