"""What counts as written: a text, and not what stands where one is to come."""

from __future__ import annotations

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import new_report
from reportdesk.report.progress import is_written

FORM = load_form("2021")
PART = FORM.parts["overview.management"]


@pytest.mark.parametrize(
    "text",
    [
        "", " \n\u3000", "。", "……", "略", "略。", "（略）", "同上", "1", "a", "abc def", "2024", "\u3164", "\u200b",
        "（三）政府信息管理", "政府信息管理：", "待补充", "见附件。", "😀", "—",
    ],
)  # fmt: skip
def test_what_says_nothing_is_not_written(text: str) -> None:
    report = new_report(FORM, 2024, "某镇")
    report.prose[PART.id] = text
    assert not is_written(report, PART)


@pytest.mark.parametrize(
    "text", ["无", "无。", "本年没有。", "政府信息管理规范有序。", "公开3条。", "a" * 50 + "字"]
)
def test_what_says_something_is_written(text: str) -> None:
    report = new_report(FORM, 2024, "某镇")
    report.prose[PART.id] = text
    assert is_written(report, PART)


def test_the_clerks_own_heading_alone_is_no_text() -> None:
    report = new_report(FORM, 2024, "某镇")
    report.headings[PART.id] = "（三）管好信息"
    report.prose[PART.id] = "管好信息。"
    assert not is_written(report, PART)
