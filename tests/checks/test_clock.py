"""With a clock that is wrong the clock is blamed, and a right 落款日期 is not."""

import datetime as dt

import pytest

from reportdesk.checks.engine import check_report
from reportdesk.report.document import Fact
from tests.test_example import FORM, example

RIGHT = dt.date(2025, 1, 20)


def said(today: dt.date, closing: str = "2025年1月9日") -> list[str]:
    """What is found about dates in the report of 2024."""
    report = example()
    report.facts[Fact.CLOSING_DATE] = closing
    return [found.message for found in check_report(FORM, report, today) if found.code == "TXT-2"]


@pytest.mark.parametrize("today", [dt.date(2021, 3, 1), dt.date(2009, 1, 1), dt.date(2024, 9, 30)])
def test_a_clock_that_is_years_behind_is_blamed_and_the_date_is_not(today: dt.date) -> None:
    (only,) = said(today)
    assert f"这台电脑的日期是{today.year}年" in only
    assert "请核对电脑的日期" in only
    assert "2025年1月9日" not in only


@pytest.mark.parametrize(
    ("today", "doubted"),
    [(dt.date(2025, 2, 10), False), (dt.date(2026, 1, 20), False), (dt.date(2029, 1, 9), True)],
)
def test_a_deadline_that_is_years_over_has_the_clock_looked_at(today: dt.date, *, doubted: bool) -> None:
    report = example()
    report.facts[Fact.CLOSING_DATE] = ""
    (only,) = [found.message for found in check_report(FORM, report, today) if found.code == "MET-2"]
    assert "已经过了" in only
    assert (f"这台电脑的日期是{today.year}年" in only) is doubted


@pytest.mark.parametrize("today", [RIGHT, dt.date(2024, 12, 15), dt.date(2031, 1, 1)])
def test_a_right_date_is_let_be_by_a_clock_that_can_be_right(today: dt.date) -> None:
    assert said(today) == []


def test_a_wrong_date_is_blamed_by_a_right_clock_and_one_that_never_was_by_any() -> None:
    assert "比今天晚一个多月" in said(RIGHT, "2026年1月9日")[0]
    assert any("还没有结束" in one for one in said(dt.date(2021, 3, 1), "2023年1月9日"))
    assert any("没有这一天" in one for one in said(dt.date(2021, 3, 1), "2025年2月30日"))
