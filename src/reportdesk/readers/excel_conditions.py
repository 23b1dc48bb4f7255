"""Which numbers of a sheet its conditional formats hide, or may hide (ECMA-376 Part 1, 18.3.1.10 and 18.3.1.18).

A rule that compares with numbers is followed; of any other that would hide what it applies to, nobody
computes here whether it does, and its numbers are in doubt.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportdesk.readers.excel_reach import column_of
from reportdesk.readers.excel_styles import CellStyle, font_colour, font_unseen, ground_of, is_unseen_on
from reportdesk.readers.number_formats import NumberFormat, read_format
from reportdesk.readers.unseen import Reason
from reportdesk.readers.xml_guard import named, parse_part

if TYPE_CHECKING:
    from lxml.etree import _Element

Place = tuple[int, int]
Area = tuple[int, int, int, int]
"""First row and column, last row and column, from 0."""

MAY_HIDE = "这一格有条件格式，数字可能没有显示出来，请对照原文件核对"
COMPARED: Mapping[str, Callable[..., bool]] = {
    "equal": operator.eq,
    "notEqual": operator.ne,
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "between": lambda value, low, high: low <= value <= high,
    "notBetween": lambda value, low, high: not low <= value <= high,
}
_NEVER = frozenset(("containsBlanks", "containsErrors", "containsText", "beginsWith", "endsWith"))
"""Rules that apply to no number, or to one as it is seen."""
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_MOST_RULES = 500
_BLACK = "000000"


class Change(NamedTuple):
    """What a conditional format makes of the cells to which it applies."""

    struck: bool = False
    colour: str = ""
    ground: str = ""
    number_format: NumberFormat | None = None
    hides: bool = False
    """Whether no number is shown at all, but a bar or a sign instead."""

    def may_hide(self, styles: Collection[CellStyle]) -> bool:
        """Whether a number in one of the styles would not be seen any more."""
        return any(self.hides_on(style) for style in styles)

    def hides_on(self, style: CellStyle) -> Reason | None:
        """Why a number of the style is not seen any more; None if it is."""
        if self.hides or (self.number_format and not any(one.digits for one in self.number_format.sections)):
            return Reason.HIDDEN
        if self.struck:
            return Reason.STRUCK
        if not self.colour and not self.ground:
            return None
        pale = is_unseen_on(self.colour or style.colour or _BLACK, self.ground or style.ground)
        return Reason.PALE if pale else None


class Condition(NamedTuple):
    """One rule: where it stands, and for which numbers it applies; None where that is not computed."""

    areas: tuple[Area, ...]
    compare: Callable[..., bool] | None
    limits: tuple[float, ...]
    change: Change

    def applies(self, value: float) -> bool | None:
        """Whether it applies to the number; None where that is not known."""
        return None if self.compare is None else self.compare(value, *self.limits)


def read_changes(root: _Element | None, styles: Sequence[CellStyle]) -> list[Change | None]:
    """What the workbook's conditional formats may make of cells, by their numbers; None of those that hide nothing."""
    holder = None if root is None else next(named(root, "dxfs"), None)
    looks = {CellStyle(ground=style.ground, colour=style.colour) for style in styles} | {CellStyle()}
    changes = [] if holder is None else [_change(one) for one in holder.iterchildren("{*}dxf")]
    return [change if change.may_hide(looks) else None for change in changes]


def _change(dxf: _Element) -> Change:
    font, fill, code = dxf.find("{*}font"), dxf.find("{*}fill"), dxf.find("{*}numFmt")
    return Change(
        font is not None and font_unseen(font, None) is Reason.STRUCK,
        "" if font is None else font_colour(font),
        "" if fill is None else ground_of(fill) or "",
        None if code is None else read_format(code.get("formatCode", "")),
    )


def read_conditions(xml: bytes, changes: Sequence[Change | None]) -> tuple[Condition, ...]:
    """The rules of a sheet that may hide a number."""
    if b"conditionalFormatting" not in xml or not (any(changes) or b"showValue" in xml):
        return ()
    found: list[Condition] = []
    for formatting in named(parse_part(xml), "conditionalFormatting"):
        areas = tuple(_areas(formatting.get("sqref", "")))
        for rule in formatting.iterchildren("{*}cfRule"):
            condition = _condition(rule, areas, changes)
            found += [condition] if condition is not None else []
    return tuple(found[:_MOST_RULES])


def _areas(written: str) -> Iterator[Area]:
    for left, top, right, bottom in _RANGE.findall(written):
        yield int(top) - 1, column_of(left), int(bottom or top) - 1, column_of(right or left)


def _condition(rule: _Element, areas: tuple[Area, ...], changes: Sequence[Change | None]) -> Condition | None:
    kind, number = rule.get("type", ""), rule.get("dxfId", "")
    drawn = next((one for one in rule.iterchildren("{*}dataBar", "{*}iconSet")), None)
    if drawn is not None:
        hides = drawn.get("showValue", "1") in ("0", "false")
        return Condition(areas, always, (), Change(hides=True)) if hides else None
    if kind in _NEVER or not number.isdecimal() or int(number) >= len(changes):
        return None
    change = changes[int(number)]
    if change is None:
        return None
    limits = [_number(one.text or "") for one in rule.iterchildren("{*}formula")]
    if kind == "expression" and limits == [1.0]:
        return Condition(areas, always, (), change)
    known = tuple(one for one in limits if one is not None)
    compare = COMPARED.get(rule.get("operator", "")) if kind == "cellIs" else None
    is_whole = len(known) == len(limits) == (2 if "etween" in rule.get("operator", "") else 1)
    return Condition(areas, compare if is_whole else None, known, change)


def always(_value: float) -> bool:
    """It applies to any number."""
    return True


def _number(written: str) -> float | None:
    written = written.strip().strip('"')
    if written.upper() == "TRUE":
        return 1.0
    try:
        return float(written)
    except ValueError:
        return None


def hidden_by(
    conditions: Sequence[Condition], value: float, place: Place, style: CellStyle
) -> tuple[Reason | None, str]:
    """Why the number at the place is not seen, and what is doubtful about it."""
    row, column = place
    for condition in conditions:
        if not any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in condition.areas
        ):
            continue
        reason = condition.change.hides_on(style)
        applies = condition.applies(value) if reason else False
        if applies:
            return reason, ""
        if applies is None:
            return None, MAY_HIDE
    return None, ""
