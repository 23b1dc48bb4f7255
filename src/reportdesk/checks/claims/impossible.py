"""Numbers that cannot be, whatever the tables say: a rank behind the last, a mean that the whole does not give.

Knows words and grammar, no table and no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.reading_cache import kept

Impossible = tuple[int, int, str]
"""Where it stands, and why it cannot be."""

_OVER = re.compile(r"(?:率|满意度)[^,，。;\d]{0,6}(?P<rate>100%)(?=以上|多|有余)")
_RANK = re.compile(
    r"(?P<of>\d{1,3})个(?:[^,，。;\d]{1,8})(?:中|里|当中)[^,，。;\d]{0,8}?(?:排名?|列|位居|位列|居|名列|排在|考核)[^,，。;\d]{0,4}?第(?P<rank>\d{1,3})(?:位|名)"
)
_NOUGHT = re.compile(r"(?:排名?|列|位居|位列|名列)[^,，。;\d]{0,6}第0(?:位|名)")
_SCORE = re.compile(
    r"(?P<score>\d{2,4}(?:\.\d{1,2})?)分[(（,，]?(?:满分|总分)(?:为|是)?(?P<full>\d{2,4})分"
    r"|(?:满分|总分)(?:为|是)?(?P<full2>\d{2,4})分[^。;\d]{0,10}(?:得分?|考核得分|评分)(?:为|是)?(?P<score2>\d{2,4}(?:\.\d{1,2})?)分"
)
_MEAN = re.compile(
    r"(?P<whole>\d[\d,]*)(?P<unit>条|件|次|篇|份|期|场|人次)[^。;\d]{0,12}?(?:平均(?P<each>每月|每季度|每季|每周|每天|每日)|(?P<short>月均|周均|日均|季均))"
    r"[^,，。;\d约近超]{0,8}(?P<mean>\d[\d,]*(?:\.\d+)?)(?P=unit)(?!以上|左右|余|多)"
)
_GROUPS = re.compile(r"(?<![\d,.])[1-9]\d{0,2},(?:\d{1,2}|\d{4,8})(?=条|件|次|篇|份|期|场|人次)")
_FRACTION = re.compile(r"(?<![\d.])\d{1,6}\.\d{1,4}(?=(?:条|件|次|篇|份|期|场|人次|起|宗)(?![件/]))")
_OF_A_MEAN = re.compile(r"均|每|约|倍|率|为[^,，。;]{0,4}的|比$")
_TIMES = {"月": 12, "季": 4, "周": 52, "天": 365, "日": 365}
_WORKING_DAYS = 240
"""Days that offices work in a year, at least: 日均 may be of these."""
_LOOSE = 1
"""By how much a mean may be rounded."""


@kept
def read_impossible(text: str) -> tuple[Impossible, ...]:
    """The numbers of a text that cannot be, in order."""
    plain = plain_width(text)
    found = [*_broken(plain)] if "." in plain or "," in plain else []
    if "100%" in plain:
        found += _over(plain)
    if "第" in plain:
        found += _ranks(plain)
    if "满分" in plain or "总分" in plain:
        found += _scores(plain)
    if "均" in plain:
        found += _means(plain)
    return tuple(sorted(found))


def _over(plain: str) -> Iterator[Impossible]:
    for match in _OVER.finditer(plain):
        yield *match.span("rate"), "百分之百以上没有意义"


def _ranks(plain: str) -> Iterator[Impossible]:
    for match in _RANK.finditer(plain):
        if int(match["rank"]) > int(match["of"]) or not int(match["rank"]):
            yield *match.span(), f"一共 {match['of']} 个，名次不会是第 {match['rank']}"
    for match in _NOUGHT.finditer(plain):
        yield *match.span(), "没有第 0 名"


def _scores(plain: str) -> Iterator[Impossible]:
    for match in _SCORE.finditer(plain):
        score, full = match["score"] or match["score2"], match["full"] or match["full2"]
        if float(score) > float(full):
            yield *match.span(), f"得分 {score} 超过了满分 {full}"


def _means(plain: str) -> Iterator[Impossible]:
    for match in _MEAN.finditer(plain):
        each = match["each"] or match["short"]
        times = next(count for sign, count in _TIMES.items() if sign in each)
        whole, mean = float(match["whole"].replace(",", "")), float(match["mean"].replace(",", ""))
        most = whole / (_WORKING_DAYS if times == _TIMES["日"] else times)
        if not whole / times - _LOOSE < mean < most + _LOOSE:
            yield *match.span("mean"), f"按 {match['whole']}{match['unit']}算，{each}是 {most:.1f}"


def _broken(plain: str) -> Iterator[Impossible]:
    """1,23条 and 12.5条: a digit that is lacking, and a part of a thing."""
    for match in _GROUPS.finditer(plain):
        yield *match.span(), "数字的位数不对"
    for match in _FRACTION.finditer(plain):
        if not _OF_A_MEAN.search(plain, max(0, match.start() - 10), match.start()):
            yield *match.span(), "件数不会有小数"
