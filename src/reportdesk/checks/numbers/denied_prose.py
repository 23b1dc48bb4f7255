"""TXT-27: what one sentence denies and another tells: 没有组织培训 beside 组织培训2次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.claims.opposites import contradict, read_ended, read_used
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import name_of_part, parts_with_text, prose_finding, quote, quote_clause
from reportdesk.checks.reading_cache import kept

_DONE = "组织|开展|召开|举办|举行|进行|安排|实施|参加|设立|设置|建立|开设|开通|配备|制作|发布|印发|接受"
_THINGS = {
    "培训": r"(?:学习|业务|专题|集中)*培训(?:班|会|活动)?",
    "发布会": r"(?:新闻|政策)发布会",
    "开放日": r"[“\"]?政府开放日[”\"]?(?:活动)?",
    "调查": r"(?:问卷|满意度|民意|社会)调查",
    "评议": r"社会评议(?:活动)?",
    "检查": r"(?:监督|专项|日常|督促)检查|督查|督导检查",
    "自查": r"自查(?:自纠)?",
    "座谈会": r"座谈会",
    "听证会": r"听证会?",
    "征集意见": r"(?:公开)?(?:征集|征求)(?:公众|群众)?意见",
    "公开栏": r"(?:政务|村务|信息)?公开栏",
    "公众号": r"(?:政务)?(?:微信)?公众号|政务新媒体",
    "微博": r"(?:政务)?微博",
    "抖音": r"抖音号?",
}
_DENIES = re.compile(rf"[未没无]有?(?:{_DONE})")
_ABOUT = r"(?:政府信息公开|政务公开|信息公开|政策)?(?:工作)?(?:的|过|任何)?"
_LOOSE = r"[^，。；;、\n\d]{0,12}?"
_MEASURE = r"(?:次|场|期|个|人次|人|名|块|条|篇|轮|份|处)"
_OTHER_TIME = re.compile(
    r"上年|去年|上一年|往年|计划|拟|将|下一步|今后|明年|下年|准备|打算|预计|自20\d\d年|20\d\d年(?:以来|起)|历年|累计至|目标|力争|要求|指导|督促|各村|各社区|县里|上级|县级|市级|区级|省级"
)
"""What did not happen here and this year, or not yet: it contradicts nothing."""


class _Said(NamedTuple):
    thing: str
    start: int
    end: int


@check(
    "TXT-27",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第六条：及时、准确地公开政府信息（前后一致）",
)
def txt_27(subject: CheckContext) -> Iterator[Found]:
    """一处写没有、停用的，另一处不应写做了多少次、发布了多少条。"""
    yield from _opposites(subject)
    parts = list(parts_with_text(subject))
    wanted = {one.thing for _, text in parts for one in _denied(text)}
    if not wanted:
        return
    told: dict[str, tuple[str, str, _Said]] = {}
    for part, text in parts:
        for one in _told(text):
            told.setdefault(one.thing, (part, text, one))
    for part, text in parts:
        for one in _denied(text):
            other = told.get(one.thing)
            if other is not None:
                where = "同一部分" if other[0] == part else name_of_part(subject, other[0])
                message = (
                    f"写{quote_clause(text, one.start, one.end)}，{where}又写{quote(other[1], *other[2][1:])}，"
                    "两处不一致。请核对，改正写错的一处。"
                )
                yield prose_finding(subject, part, one[1:], message)


def _opposites(subject: CheckContext) -> Iterator[Found]:
    """微博已于2023年关停 in one place, 微博发布215条 in another."""
    texts = parts_with_text(subject)
    ended = [(part, text, one) for part, text in texts for one in read_ended(text)]
    used = [(part, text, one) for part, text in texts for one in read_used(text)] if ended else []
    for part, text, one in used:
        for there, words, other in ended:
            if contradict(other, one, subject.report.year or 0):
                where = "同一部分" if there == part else name_of_part(subject, there)
                message = (
                    f"写{quote_clause(text, one.start, one.end)}，{where}又写{quote(words, other.start, other.end)}，"
                    "两处不一致。请核对，改正写错的一处。"
                )
                yield prose_finding(subject, part, (one.start, one.end), message)
                break


@kept
def _denied(text: str) -> tuple[_Said, ...]:
    return tuple(_said(text, _DENIALS)) if _DENIES.search(text) else ()


@kept
def _told(text: str) -> tuple[_Said, ...]:
    return tuple(_said(text, _TELLINGS))


def _said(text: str, patterns: dict[str, re.Pattern[str]]) -> Iterator[_Said]:
    plain = plain_width(text)
    for thing, pattern in patterns.items():
        for match in pattern.finditer(plain):
            start = max(plain.rfind(sign, 0, match.start()) for sign in "。;\n") + 1
            if not _OTHER_TIME.search(plain, start, match.end()):
                yield _Said(thing, *match.span())


_DENIALS = {
    thing: re.compile(
        rf"(?:未|没有|没|无|从未|尚未)(?:{_DONE})(?:过)?{_ABOUT}(?:{words})(?=[,，。;；、\n]|的?情况|工作)"
    )
    for thing, words in _THINGS.items()
}
_TELLINGS = {
    thing: re.compile(
        rf"(?<!未)(?<!没有)(?<!没)(?:{_DONE}|通过|利用){_LOOSE}(?:{words})[^，。；;、\n\d]{{0,14}}?(?!0{_MEASURE})\d+(?:余|多)?{_MEASURE}"
    )
    for thing, words in _THINGS.items()
}
