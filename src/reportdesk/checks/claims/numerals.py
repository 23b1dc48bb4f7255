"""Numbers as Chinese prose writes them: 1,578, １５７８, 一千五百七十八, 4万余, 2.5万, 三至五, 百分之五.

Finds each with its place and says whether it is exact. What it counts is ``reading``'s matter.
Linear in the length of the text: every pattern takes each character at most a few times.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import Value

MAX_DIGITS = 15
"""Longer rows of digits are identity or account numbers, not counts."""

_COMMA = 0xFF0C
"""Stays as it is: between numbers it parts clauses and groups no digits."""
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != _COMMA} | {
    0x3000: 0x20,
    0x2013: 0x2D,
    0x2014: 0x2D,
    0xFF5E: 0x7E,
}
_PLAIN = {chr(wide): chr(plain) for wide, plain in _WIDE.items()}
_WIDE_SIGN = re.compile(f"[{''.join(map(re.escape, _PLAIN))}]")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_NUMBER = re.compile(
    rf"(?=[\d{_CHINESE}数几大不至接超约近逾上])(?P<percent>百分之)?"
    r"(?P<before>大约|不少于|至少|接近|超过|(?<![签预违节邀])约|(?<![附最临])近|[超逾]|上(?=[百千万]))?"
    rf"(?:(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?![\d])|\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+(?:\.\d+)?)(?P<scale>[百千万亿]{{0,2}})|(?P<chinese>[{_CHINESE}]+)|(?P<vague>数[十百千万]+|[十百千]几|几[十百千万]+))"
    r"(?P<after>[余多来]|几(?=[^\w]|[件条起次个]))?"
    r"(?P<sign>%|个?百分点)?"
)


class Precision(Enum):
    """How far a number may be compared."""

    EXACT = "exact"
    ROUGH = "rough"
    """余, 约, 近, 数十: never compared for equality."""
    RANGE = "range"
    PERCENT = "percent"


_EXACT, _ROUGH, _RANGE, _PERCENT = Precision


class Numeral(NamedTuple):
    """A number in a text, with the place of its characters. ``chinese`` if written as 三十."""

    value: Value
    precision: Precision
    start: int
    end: int
    chinese: bool = False


@kept
def plain_width(text: str) -> str:
    """The text with full-width letters, digits and signs as ASCII but for the comma; every place stays."""
    return _WIDE_SIGN.sub(_plain_sign, text)  # four times as fast as translate, where most signs are Chinese


def _plain_sign(match: re.Match[str]) -> str:
    return _PLAIN[match[0]]


def find_numerals(text: str) -> Iterator[Numeral]:
    """Every number of a text in plain width, in order."""
    place, search, make = 0, _NUMBER.search, tuple.__new__  # hundreds of them
    while match := search(text, place):
        start, end = match.span()
        place = end
        percent, before, written, scale, chinese, vague, after, sign = match.groups()
        value = 0 if vague else read_chinese(chinese) if chinese else _value(written, scale)
        if value is None:
            continue
        if percent or sign:
            precision = _PERCENT
        elif before or after or vague:
            precision = _ROUGH
        elif further := _RANGE_TO.match(text, end):
            precision, end = _RANGE, further.end()
            place = end
        else:
            precision = _EXACT
        yield make(Numeral, (value, precision, start, end, written is None))


_RANGE_TO = re.compile(rf"(?:-|~|至|到)(?:\d+(?:\.\d+)?[万亿]?|[{_CHINESE}]+)(?=[^\d.\-/])(?!月|日|年|时|:)")


@functools.lru_cache(maxsize=1024)
def read_chinese(written: str) -> int | None:
    """The value of 一千五百七十八, 二〇二四, 三十万; None if the signs make no number."""
    if not written or len(written) > 2 * MAX_DIGITS:
        return None
    if all(sign in _DIGITS for sign in written):
        return int("".join(str(_DIGITS[sign]) for sign in written))
    whole = part = 0
    digit: int | None = None
    last_unit = 10
    for sign in written:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
            last_unit = 1 if digit == 0 else last_unit
        elif sign in _SMALL:
            if digit is None and sign != "十" and part == 0 and whole == 0 and len(written) > 1:
                return None
            part += (1 if digit is None else digit) * _SMALL[sign]
            digit, last_unit = None, _SMALL[sign]
        else:
            part += digit or 0
            if part == 0 and whole == 0:
                return None
            whole, part = _raise(whole, part, _LARGE[sign])
            digit, last_unit = None, _LARGE[sign]
    return whole + part + _tail(digit, last_unit)


def _raise(whole: int, part: int, unit: int) -> tuple[int, int]:
    """万 lifts what stands since the last 亿, 亿 lifts all."""
    if unit == _LARGE["亿"]:
        return (whole + part) * unit, 0
    return whole + part * unit, 0


def _tail(digit: int | None, last_unit: int) -> int:
    """一百二 is 120, 一百零二 is 102, 十二 is 12."""
    return (digit or 0) * (last_unit // 10 if last_unit > _SMALL["十"] else 1)


def _value(written: str, scale: str) -> Value | None:
    if written.isdecimal() and not scale and len(written) <= MAX_DIGITS:
        return int(written)
    digits = written.replace(",", "").replace(" ", "")
    if len(digits) > MAX_DIGITS:
        return None
    value: Value = Decimal(digits) if "." in digits else int(digits)
    for sign in scale:
        value *= _SMALL.get(sign) or _LARGE[sign]
    if isinstance(value, Decimal) and scale and value == value.to_integral_value():
        return int(value)
    return value
