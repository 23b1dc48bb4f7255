"""Characters written twice: 的的, 公公开. 件件, 镇镇长 and 全面面向 are right."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.words import rule_words
from reportdesk.checks.reading_cache import kept
from reportdesk.checks.spelling.lexicon import HAN, cost_of, is_rare_word, part, run_around
from reportdesk.checks.spelling.typo import Typo
from reportdesk.resources import resource

_EVERY = "件支条户家村人个事处时天夜月年日层步样项句字点代班区块"
"""Said twice it means every one, but behind a number."""
_TWICE = re.compile(rf"(?<=(.))?([{HAN}])\2(?!\2)")
_RARE = (2, 3, 4)
_AABB = re.compile(rf"([{HAN}])\1([{HAN}])\2")
_HAN_SIGN = re.compile(f"[{HAN}]")
_SAYS_OF_EACH = re.compile("有|皆|都|必|铁路|高铁|高速|公路")
"""What follows where a clause begins so."""
_SELDOM = 15.0
"""From here on a character is no word of its own but of a name."""
_OF_NAMES = 18.0
"""From here on a character is one of names, and may stand twice in one."""
_OF_UNITS = "镇乡村街县市区省州旗"
_COUNTS = "一二三四五六七八九十百千万亿〇零两几"
_ENDS_NAMES = (
    "镇乡村街县市区省州旗盟站局所院部办会委校屯组队社园场馆厅厂店路港湾国税林账司军股船关界标库地产资法章划"
    "人生业者员长企河湖山桥堤坝线网台机车号证书费款案金年月日件问栏矿库"
)
"""A name or a thing ends with one of these, and a word that begins with it may follow: 柳林镇镇长, 派遣国国籍."""
_STANDS_BEFORE = (
    "高新大小上下全不是有在为以和与或将等各每该其并能可会要应对由从向到再重多好真更最很已未的按据反中作抓"
)
"""These stand before a word, and behind one that ends with them, or before one that begins so: 提高高质量, 对对外."""


@kept
def doubled_signs(text: str) -> tuple[Typo, ...]:
    """The places, in order; ``right`` is the character once."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Typo]:
    for match in _TWICE.finditer(text):
        start, sign = match.start(2), match[2]
        before = match[1] or ""
        if before == sign or sign in _COUNTS or (sign in _EVERY and not _is_count(before)):
            continue
        if before == "一" and sign in _EVERY and not _is_count(text[start - 2 : start - 1]):
            continue  # 一项项
        if text[start + 2 : start + 3] == "地" or (text[start + 2 : start + 3] == "的" and before == "得"):
            continue  # 端端地, 练得棒棒的
        if _is_saying(text, start) or _is_of_names(text, start, sign):
            continue
        if not _is_right(text, start, sign) and not _is_listed(text, start):
            yield Typo(start, start + 2, sign)


def _is_saying(text: str, start: int) -> bool:
    """Whether two more are doubled beside it, or it begins a clause as 期期有重点 and 龙龙铁路 do."""
    if _AABB.match(text, start) or _AABB.match(text, max(0, start - 2)):
        return True
    begins = start == 0 or not _HAN_SIGN.match(text[start - 1])
    return begins and _SAYS_OF_EACH.match(text, start + 2) is not None


def _is_of_names(text: str, start: int, sign: str) -> bool:
    """Whether a place's name ends with the one, or a rare short name before a word: 南昌昌北, 潍柴柴油机."""
    low, high = run_around(text, start, start + 2)
    run, middle = text[low:high], start + 1 - low
    if any(run[max(0, middle - size) : middle] in _places() for size in _RARE):
        return True
    ends = part(run).ends
    if cost_of(sign) > _OF_NAMES:
        return True  # 柿柿红
    after = min((end for end in ends if end > middle), default=middle)
    is_lone = {middle - 2, middle - 1, middle} <= set(ends)
    return is_lone and after - middle > 1 and cost_of(run[middle - 2]) > _SELDOM and sign not in _OF_UNITS


@functools.cache
def _places() -> frozenset[str]:
    """The names of provinces, cities and counties, with their kind and without."""
    names = map(str.strip, resource("rules", "places.txt").read_text(encoding="utf-8").splitlines())
    return frozenset(
        short for name in names if not name.startswith("#") for short in (name, name.rstrip("省市县区"))
    )


def _is_listed(text: str, start: int) -> bool:
    """Whether an expression stands there in which the character belongs twice."""
    right: list[str] = rule_words("spelling")["doubled"]  # type: ignore[assignment]
    return any(
        text.startswith(words, start - at) for words in right for at in range(len(words) - 1) if start >= at
    )


def _is_count(sign: str) -> bool:
    return sign.isdigit() or sign in _COUNTS


def _is_right(text: str, start: int, sign: str) -> bool:
    low, high = run_around(text, start, start + 2)
    run, middle = text[low:high], start + 1 - low
    ends = part(run).ends
    if middle not in ends:
        return True  # the two are one word, or within one
    before = max(end for end in ends if end < middle)
    after = min(end for end in ends if end > middle)
    ends_one = middle - before > 1 or any(is_rare_word(run[middle - size : middle]) for size in _RARE)
    begins_one = after - middle > 1 or any(is_rare_word(run[middle : middle + size]) for size in _RARE)
    if begins_one:
        return ends_one or sign in _STANDS_BEFORE or _ends_a_name(text, start, sign)
    return ends_one and sign in _STANDS_BEFORE and after < len(run)


def _ends_a_name(text: str, start: int, sign: str) -> bool:
    """Whether what ends there may be a name or a count: 柳林镇, 2024年, and not 我镇镇."""
    before = text[start - 1 : start]
    return sign in _ENDS_NAMES and bool(before) and before not in "我本全各该每贵的，。、；：（"
