"""Numbers as people write them: reading １２, 1,234 and 3.50, and writing them back.

Answers for single numbers in cells. Numbers inside prose are another matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from reportdesk.form.spec import CellKind
from reportdesk.report.document import Value

UNFILLED = "未填"
"""What a clerk calls a blank cell, which is another thing than 0."""

MAX_DIGITS = 12
"""Digits before the point: the largest real figures have 9, a spreadsheet is exact up to 15."""

_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_WITH_COMMAS = re.compile(r"[+-]?[0-9.]*,[0-9,.]*")
_NUMBER = re.compile(r"([+-]?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?")
_SHOWN = 12


class FigureError(ValueError):
    """What was typed is no number for this cell; the message tells the clerk why."""


def parse_figure(text: str, kind: CellKind) -> Value | None:
    """Read what was typed or pasted into a cell; None for a blank one.

    Full-width characters, grouping commas, spaces around, the cell's own unit and a point
    without digits before or behind it (.5 and 5.) are understood. What only might be a number,
    such as ① or 5², is refused.

    Raises:
        FigureError: with a plain sentence that says what would be understood.
    """
    written = _half_width(text).strip()
    if not written:
        return None
    written = written.removesuffix(kind.unit).strip()
    if _WITH_COMMAS.fullmatch(written):
        head, point, tail = written.lstrip("+-").partition(".")
        if not _GROUPED.fullmatch(head) or (point and tail and not tail.isdecimal()):
            raise FigureError(f"“{_shorten(text)}”里的逗号位置不对，请写成 1,234 或 1234")
        written = written.replace(",", "")
    match = _NUMBER.fullmatch(written)
    if not match:
        raise FigureError(f"“{_shorten(text)}”不是数字，请填{wanted_figure(kind)}，没有请填 0")
    sign, whole, places = match[1], match[2].lstrip("0") or "0", match[3] or ""
    if len(whole) > MAX_DIGITS:
        raise FigureError(f"数字太大：最多 {MAX_DIGITS} 位，这里有 {len(whole)} 位，请核对")
    reason = misfit(_value(sign, whole, places, kind), kind)
    if reason:
        raise FigureError(f"{reason}，请填{wanted_figure(kind)}")
    return _value(sign, whole, places, kind)


def misfit(value: Value, kind: CellKind) -> str:
    """Why the value does not suit its cell, as a clause for a sentence; empty if it does."""
    if value < 0 and not kind.signed:
        return f"{show_figure(value)} 小于 0"
    places = _places(value)
    if places > kind.places:
        if kind.places:
            return f"{show_figure(value)} 有 {places} 位小数，最多 {kind.places} 位"
        return f"{show_figure(value)} 不是整数"
    return ""


def show_figure(value: Value | None) -> str:
    """The number as the form prints it: no grouping, decimals as they were written."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def tell_figure(value: Value | None) -> str:
    """The number in a sentence or list, where a blank cell needs a word."""
    return UNFILLED if value is None else show_figure(value)


def _value(sign: str, whole: str, places: str, kind: CellKind) -> Value:
    negative = "-" if sign == "-" and (whole + places).strip("0") else ""
    if kind.places:
        return Decimal(f"{negative}{whole}.{places}" if places else f"{negative}{whole}")
    if places.strip("0"):
        return Decimal(f"{negative}{whole}.{places}")
    return int(negative + whole)


def _places(value: Value) -> int:
    if isinstance(value, int):
        return 0
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def wanted_figure(kind: CellKind) -> str:
    """What the cell takes, in a clerk's words."""
    sign = "" if kind.signed else "不小于 0 的"
    if kind.places:
        return f"{sign}数，最多 {kind.places} 位小数（单位：{kind.unit}）"
    return f"{sign}整数"


_UNSEEN = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF)
_AS_ASCII: Mapping[int, str | None] = {
    **{sign: chr(sign - 0xFEE0) for sign in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "−–﹣"), "-"),
    **dict.fromkeys(_UNSEEN),
}
"""No more than this: Unicode's own compatibility forms would make 52 of 5²."""


def _half_width(text: str) -> str:
    """Full-width digits and signs as ASCII, odd minus signs too; nothing invisible."""
    return text.translate(_AS_ASCII)


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
