"""SYS-3: prose that is too long for the rules to read to its end, so that no list covers what nobody read."""

from __future__ import annotations

from collections.abc import Iterator

from reportdesk.checks.claims.tokens import read_up_to
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote, read_plainly

MOST_WORDS = 20_000
"""Characters of a part that are read for its words: no part is longer, and a pasted novel may not hold up the rest."""
_SHOWN = 16


@check("SYS-3", Severity.WARNING, trigger=Trigger.ON_IDLE, source="没有审核过的，不能当作没有问题")
def sys_3(subject: CheckContext) -> Iterator[Found]:
    """一部分的文字应审核到最后；太长、太多而没有审核到的，写明从哪里起。"""
    for part, text in parts_with_text(subject):
        if (place := read_up_to(read_plainly(subject, text))) is not None:
            yield _unread(subject, part, text, place, "里面的数字、件数没有审核（前面的数和词太多）")
        if text[MOST_WORDS:].strip():
            yield _unread(subject, part, text, MOST_WORDS, "错别字和雷同没有审核（前面的字太多）")


def _unread(subject: CheckContext, part: str, text: str, place: int, what: str) -> Found:
    end = min(len(text), place + _SHOWN)
    message = (
        f"从第 {place + 1} 个字{quote(text, place, end)}起，{what}。"
        "请自己核对后面的文字；不是年报内容的，删去以后再审核。"
    )
    return prose_finding(subject, part, (place, end), message)
