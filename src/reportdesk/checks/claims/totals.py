"""Numbers that prose gives of the whole year with what they count, wherever they stand in a sentence.

Looser than ``facts``: only good for numbers that differ by digits changed about, 415 and 451.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.facts import Fact
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, YearMention, read_sentences, written_unit
from reportdesk.checks.reading_cache import kept

_WHOLE = re.compile(r"全年|年内|本年|今年|[共总累合]计|共|20\d\d年")
_LESS = re.compile(
    r"其中|上年|去年|季度|[上下]半年|月|增|减|同比|平均|每|计划|不少于|另|部分|村|社区|本级|历年|以来|截至|占|多|少"
)
THING = re.compile(
    r"信息|推送|巡查|培训|公众号|网站|留言|会议|检查|解读|咨询|文件|动态|活动|稿件|公告|视频|讲座|查询|评议|宣传"
)
_UNITS = ("cases", "messages", "people")
_LOOSE = {"信息"}
_REACH, _BEHIND = 20, 8
_LEAST = 12


@kept
def read_totals(text: str, year: int) -> tuple[Fact, ...]:
    """The numbers of the year's whole, the things that they count as their keys, in order."""
    return tuple(
        fact for sentence in read_sentences(text) if sentence.numbers for fact in _totals(sentence, year)
    )


def _totals(sentence: Sentence, year: int) -> Iterator[Fact]:
    plain = sentence.text
    others = [token.start for token in sentence.tokens if type(token) is YearMention and token.year != year]
    since = sentence.start
    counting = [number for number in sentence.numbers if number.unit in _UNITS]
    for place, number in enumerate(counting):
        if others and others[0] < number.start:
            return  # 2024年60条，2025年76条: which is whose, is not read here
        low = max(since, number.start - _REACH)
        low = max(low, *(plain.rfind(sign, low, number.start) + 1 for sign in ",，;、"))
        since = number.end
        before = plain[low : number.start]
        if _LESS.search(before) or "其中" in plain[sentence.start : number.start] or not _counts(number):
            continue
        whole = _WHOLE.search(before) is not None
        things = set(THING.findall(before)) | set(
            THING.findall(plain[number.numeral.end : number.end + _BEHIND])
        )
        if things and (whole or place == 0 or things != _LOOSE):
            key = "、".join(sorted(things))
            yield Fact(key, written_unit(plain, number), number.numeral.value, low, number.end, whole)


def _counts(number: Quantity) -> bool:
    exact = number.numeral.precision is Precision.EXACT and number.unit in _UNITS
    return exact and number.numeral.value >= _LEAST


def is_changed_about(one: Fact, other: Fact) -> bool:
    """Whether two numbers of the same thing have the same digits, two neighbours changed about."""
    if not (one.whole or other.whole) or set(one.key.split("、")).isdisjoint(other.key.split("、")):
        return False
    here, there = str(one.value), str(other.value)
    differing = [place for place, pair in enumerate(zip(here, there, strict=False)) if len(set(pair)) > 1]
    return len(here) == len(there) and len(differing) == 2 and differing[1] - differing[0] == 1  # noqa: PLR2004
