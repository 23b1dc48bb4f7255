"""What prose tells in two opposite ways: an account closed last year and 215条 on it, no full-time staff and 专职1人.

Knows words and grammar, no table and no rule; ``TXT-27`` lays the two beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.reading_cache import kept

_THING = "微博|抖音|头条号|视频号|快手|公众号"
_NAME = r"(?:“(?P<name>[^”]{2,12})”)?(?:政务|官方|微信)*"
_CLOSED = re.compile(
    rf"{_NAME}(?P<thing>{_THING})(?:账号|号)?[^。;\d“]{{0,14}}?(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{{1,2}})月)?[^,，。;\d“]{{0,8}}?"
    r"(?:关停|注销|停用|停更|关闭|下线|停止更新|停止运营)"
)
_USED = re.compile(
    rf"{_NAME}(?P<thing>{_THING})(?:账号|号)?(?P<frame>(?:[^。;,，\d]|20\d\d年|12个月){{0,16}}?)(?:发布|推送|更新|公开)[^。;,，\d]{{0,8}}(?P<count>[1-9]\d*)(?:条|期|篇|次|个)"
)
_NONE = re.compile(
    rf"(?:未|没有|尚未|未曾)(?:开通|开设|设立|注册|建立)(?:政务|官方|微信)*(?P<thing>{_THING})"
)
_NO_SITE = re.compile(r"(?:没有|无|未建|未建立|未开设)(?:单独|独立|自己)?的?(?:政府)?(?:门户)?网站")
_OWN_SITE = re.compile(
    r"(?:[镇乡]|街道|办事处|我[镇乡])(?:人民)?(?:政府)?(?:门户)?网站[^。;,，\d]{0,8}(?:发布|公开|更新)[^。;,，\d]{0,8}[1-9]\d*条"
)
_NO_STAFF = re.compile(r"(?:没有|尚无|未配备|无)(?:专门的?)?专职(?:的)?(?:工作)?人员")
_STAFF = re.compile(
    r"(?:配备|现有|设有|有|明确|安排|落实)了?专职(?:工作)?(?:人员)?(?:共|计)?(?:\d+|[一二三两])[名人]"
)
_ENDS = (
    *("关停", "注销", "停用", "停更", "关闭", "下线", "停止更新", "停止运营"),
    *("未开", "有开", "未设立", "有设立", "未注册", "未建", "有注册", "有建", "门户网站", "专职"),
)
"""One of these stands in whatever says that something ended or is not there."""
_NOT_HERE = re.compile(
    r"重新|恢复|重启|归档|历史|累计|此前|停前|销前|上年|去年|往年|村级|各村|各站所|站所|部门|社区|县级|县政府(?:微|公众|抖)|上级|过去|改变|以前|原|解决|避免|防止|不得|未(?:关停|注销)|拟|将|计划|\d个(?!月)"
)
_EVER = re.compile(r"全年|12个月|每月|不间断|12月")
_FIRST_HALF = 6


class Telling(NamedTuple):
    """Something that is told, where, and of what; ``year`` and ``month`` when it ended, 0 if that is not said."""

    thing: str
    start: int
    end: int
    name: str = ""
    year: int = 0
    month: int = 0
    ever: bool = False


@kept
def read_ended(text: str) -> tuple[Telling, ...]:
    """What a text says that there is not, or no more, in order."""
    return tuple(_ended(plain_width(text))) if any(word in text for word in _ENDS) else ()


@kept
def read_used(text: str) -> tuple[Telling, ...]:
    """What a text says that there is or that was used, in order."""
    return tuple(_used(plain_width(text)))


def _ended(plain: str) -> Iterator[Telling]:
    for match in _CLOSED.finditer(plain):
        if not _is_elsewhere(plain, match):
            year, month = int(match["year"] or 0), int(match["month"] or 0)
            yield Telling(match["thing"], *match.span(), match["name"] or "", year, month)
    for match in _NONE.finditer(plain):
        if not _is_elsewhere(plain, match):
            yield Telling(match["thing"], *match.span(), year=1)
    for thing, pattern in (("网站", _NO_SITE), ("专职", _NO_STAFF)):
        for match in pattern.finditer(plain):
            if not _is_elsewhere(plain, match):
                yield Telling(thing, *match.span(), year=1)


def _used(plain: str) -> Iterator[Telling]:
    for match in _USED.finditer(plain):
        if not _is_elsewhere(plain, match):
            told = re.search(r"(20\d\d)年", match["frame"])
            ever = _EVER.search(match[0]) is not None
            yield Telling(
                match["thing"], *match.span(), match["name"] or "", int(told[1]) if told else 0, 0, ever
            )
    for thing, pattern in (("网站", _OWN_SITE), ("专职", _STAFF)):
        for match in pattern.finditer(plain):
            if not _is_elsewhere(plain, match):
                yield Telling(thing, *match.span())


def _is_elsewhere(plain: str, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of another time or of somebody else."""
    start = max(plain.rfind(sign, 0, match.start()) for sign in "。;\n") + 1
    ends = [place for sign in "。;\n" if (place := plain.find(sign, match.end())) >= 0]
    return _NOT_HERE.search(plain, start, min(ends, default=len(plain))) is not None


def contradict(ended: Telling, used: Telling, year: int) -> bool:
    """Whether what ended cannot have been used in the report's year as is told."""
    if ended.thing != used.thing or ended.name != used.name or used.year not in (0, year):
        return False
    if 0 < ended.year < year:
        return True
    return ended.year == year and 0 < ended.month <= _FIRST_HALF and used.ever
