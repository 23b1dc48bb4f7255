"""What the reports of other units on this PC rule out; silent where nothing is known of them."""

from __future__ import annotations

from collections.abc import Iterator

from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.form.spec import FRONT_TITLE
from reportdesk.report.document import Fact


@check(
    "UNIT-3",
    Severity.WARNING,
    trigger=Trigger.IMMEDIATE,
    source="标题写明单位名称；文件名随标题，两个单位同名会互相混淆",
)
def unit_3(subject: CheckContext) -> Iterator[Found]:
    """同一台电脑上，两个单位的年报不应使用同一个标题用名。"""
    title, full_name = subject.report.name_in_title(), subject.report.facts.get(Fact.FULL_NAME, "")
    if not title or not full_name:
        return
    for other in sorted(subject.titles_here.get(title, ())):
        if not _is_same(full_name, other):
            yield Found(
                f"标题用名“{title}”和这台电脑上“{other}”的年报相同，标题和文件名会分不清。"
                f"请在“{FRONT_TITLE}”里改标题用名；两个单位确实同名的，写一句说明。",
                "",
                about=other,
            )


def _is_same(one: str, other: str) -> bool:
    """Whether both names are of one unit: with its county before it or without."""
    return one.endswith(other) or other.endswith(one)
