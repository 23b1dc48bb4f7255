"""Which numbers of a sheet its conditional formats hide, or may hide (ECMA-376 Part 1, 18.3.1.10 and 18.3.1.18).

Rules apply by their priority, each to what those before it left open, up to one that stops. A rule that
compares with numbers is followed; of any other it is not known whether it applies, and where that decides
whether a number is seen, the number is in doubt.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportdesk.readers.excel.extent import column_of
from reportdesk.readers.excel.number_formats import NumberFormat, read_format
from reportdesk.readers.excel.styles import (
    CellStyle,
    colour_of,
    font_colour,
    font_unseen,
    ground_of,
    is_unseen_on,
)
from reportdesk.readers.files.safe_xml import named, parse_part
from reportdesk.readers.files.unseen import WHITE, Reason

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
_NEVER = frozenset(("containsBlanks", "containsErrors"))
_ALWAYS = frozenset(("notContainsBlanks", "notContainsErrors"))
"""Rules that apply to no number, and to every one."""
_OF_TEXT = frozenset(("containsText", "beginsWith", "endsWith"))
_IN_NUMBERS = re.compile(r"[-+.,0-9eE%?*~]")
"""What a text may have in common with a number as it is shown, or that stands for any character."""
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_MOST_RULES, _MOST_AREAS, _MOST_LOOKS = 500, 1000, 64
"""Rules and areas of a sheet that are followed, and looks that a cell may come to have by them."""
_PRIORITY = re.compile("[0-9]{1,10}")
_LAST = 10**10
"""The priority of a rule that gives none."""
_BLACK = "000000"
_OFF = ("0", "false")
_MAKES_A_LOOK = (b"showValue", b"colorScale", b"dxf>")
"""What a sheet has that holds rules with a look of their own, not one of the workbook's."""


class Change(NamedTuple):
    """What a conditional format makes of the cells to which it applies."""

    struck: bool | None = None
    """Whether text is struck out; None where that is left open."""
    colour: str = ""
    ground: str = ""
    number_format: NumberFormat | None = None
    hides: bool = False
    """Whether no number is shown at all, but a bar or a sign instead."""

    def followed_by(self, later: Change) -> Change:
        """What both make of a cell: the later one only what this one left open."""
        return Change(
            later.struck if self.struck is None else self.struck,
            self.colour or later.colour,
            self.ground or later.ground,
            later.number_format if self.number_format is None else self.number_format,
            self.hides or later.hides,
        )

    def hides_on(self, style: CellStyle) -> Reason | None:
        """Why a number of the style is not seen any more; None if it is."""
        if self.hides_all:
            return Reason.STRUCK if self.struck and not self.hides else Reason.HIDDEN
        if not self.colour and not self.ground:
            return None
        pale = is_unseen_on(self.colour or style.colour or _BLACK, self.ground or style.ground)
        return Reason.PALE if pale else None

    @property
    def hides_all(self) -> bool:
        """Whether it hides a number whatever the cell's own look."""
        without_digits = self.number_format and not any(one.digits for one in self.number_format.sections)
        return bool(self.hides or self.struck or without_digits)


class Changes(NamedTuple):
    """What the workbook's conditional formats may make of cells, by their numbers."""

    by_number: Sequence[Change] = ()
    styles: Sequence[CellStyle] = ()
    may_hide: bool = False
    """Whether any of them may hide a number, alone or with others."""


class Condition(NamedTuple):
    """One rule: where it stands, and for which numbers it applies; None where that is not computed."""

    areas: tuple[Area, ...]
    compare: Callable[..., bool] | None
    limits: tuple[float, ...]
    change: Change
    stops: bool = False
    """Whether no rule after it applies where it does."""

    def applies(self, value: float) -> bool | None:
        """Whether it applies to the number; None where that is not known."""
        return None if self.compare is None else self.compare(value, *self.limits)

    def covers(self, row: int, column: int) -> bool:
        """Whether it stands at that place."""
        for top, left, bottom, right in self.areas:
            if top <= row <= bottom and left <= column <= right:
                return True
        return False


def read_changes(root: _Element | None, styles: Sequence[CellStyle]) -> Changes:
    """What the workbook's conditional formats may make of cells of its styles."""
    holder = None if root is None else next(named(root, "dxfs"), None)
    if holder is None:
        return Changes((), styles)
    changes = [_change(one) for one in holder.iterchildren("{*}dxf")]
    return Changes(changes, styles, may_hide=bool(hiding(changes, styles)))


def _change(dxf: _Element) -> Change:
    font, fill, code = dxf.find("{*}font"), dxf.find("{*}fill"), dxf.find("{*}numFmt")
    says_struck = font is not None and font.find("{*}strike") is not None
    return Change(
        font_unseen(font, None) is Reason.STRUCK if font is not None and says_struck else None,
        "" if font is None else font_colour(font),
        "" if fill is None else ground_of(fill) or "",
        None if code is None else read_format(code.get("formatCode", "")),
    )


def hiding(changes: Iterable[Change], styles: Sequence[CellStyle]) -> frozenset[Change]:
    """Those that may hide a number in one of the styles, alone or together with another of them."""
    distinct = frozenset(changes)
    colours = {one.colour for one in distinct if one.colour}
    grounds = {one.ground for one in distinct if one.ground}
    before = grounds | {style.ground or "" for style in styles} | {WHITE}
    above = colours | {style.colour for style in styles if style.colour} | {_BLACK}
    pale = {colour for colour in colours if any(is_unseen_on(colour, ground) for ground in before)}
    dim = {ground for ground in grounds if any(is_unseen_on(colour, ground) for colour in above)}
    return frozenset(one for one in distinct if one.hides_all or one.colour in pale or one.ground in dim)


def read_conditions(xml: bytes, changes: Changes) -> tuple[Condition, ...]:
    """The rules of a sheet by their priority, if any of them may hide a number."""
    if b"conditionalFormatting" not in xml or not (
        changes.may_hide or any(sign in xml for sign in _MAKES_A_LOOK)
    ):
        return ()
    found: list[tuple[int, Condition]] = []
    for formatting in named(parse_part(xml), "conditionalFormatting"):
        written = (
            formatting.get("sqref", ""),
            *(one.text or "" for one in formatting.iterchildren("{*}sqref")),
        )
        areas = tuple(_areas(" ".join(written)))
        for rule in formatting.iterchildren("{*}cfRule"):
            found += [
                (_priority(rule), condition) for condition in _conditions(rule, areas, changes.by_number)
            ]
    found.sort(key=operator.itemgetter(0))
    conditions = [one for _, one in found]
    hides = hiding((one.change for one in conditions), changes.styles)
    return limited(conditions, hides) if hides else ()


def limited(conditions: Sequence[Condition], hides: frozenset[Change]) -> tuple[Condition, ...]:
    """As many of them as are followed; behind these one that is in doubt wherever others might hide a number."""
    counts = itertools.accumulate(len(one.areas) for one in conditions[:_MOST_RULES])
    followed = sum(count <= _MOST_AREAS for count in counts)
    areas = [area for one in conditions[followed:] if one.change in hides for area in one.areas]
    return (*conditions[:followed], *([doubtful_within(areas)] if areas else []))


def doubtful_within(areas: Iterable[Area]) -> Condition:
    """What stands for rules that are not followed: wherever they stand, they may hide a number."""
    tops, lefts, bottoms, rights = zip(*areas, strict=True)
    around = (min(tops), min(lefts), max(bottoms), max(rights))
    return Condition((around,), None, (), Change(hides=True))


def _areas(written: str) -> Iterator[Area]:
    for left, top, right, bottom in _RANGE.findall(written):
        yield int(top) - 1, column_of(left), int(bottom or top) - 1, column_of(right or left)


def _priority(rule: _Element) -> int:
    written = rule.get("priority", "")
    return int(written) if _PRIORITY.fullmatch(written) else _LAST


def _conditions(rule: _Element, areas: tuple[Area, ...], changes: Sequence[Change]) -> Iterator[Condition]:
    """What the rule says; a scale of colours may give any of them."""
    drawn = next(rule.iterchildren("{*}dataBar", "{*}iconSet", "{*}colorScale"), None)
    if drawn is None:
        change = _change_of(rule, changes)
        stops = rule.get("stopIfTrue", "0").strip().lower() not in ("", *_OFF)
        if rule.get("type", "") not in _NEVER and (stops or change != Change()):
            yield Condition(areas, *_compared(rule), change, stops)
    elif drawn.tag.endswith("}colorScale"):
        colours = {colour_of(one) for one in drawn.iterchildren("{*}color")} - {""}
        yield from (Condition(areas, None, (), Change(ground=colour)) for colour in sorted(colours))
    elif drawn.get("showValue", "1").strip().lower() in _OFF:
        yield Condition(areas, always, (), Change(hides=True))


def _change_of(rule: _Element, changes: Sequence[Change]) -> Change:
    """What the rule makes of cells: a look of the workbook's, or one that stands in it."""
    own, number = rule.find("{*}dxf"), rule.get("dxfId", "")
    if own is not None:
        return _change(own)
    return changes[int(number)] if number.isdecimal() and int(number) < len(changes) else Change()


def _compared(rule: _Element) -> tuple[Callable[..., bool] | None, tuple[float, ...]]:
    """For which numbers the rule applies: how it compares them, None where that is not computed, and with what."""
    kind, compared = rule.get("type", ""), rule.get("operator", "")
    formulas = [(one.text or "").strip() for one in rule.iterchildren("{*}formula", "{*}f")]
    if kind in _ALWAYS:
        return always, ()
    if kind in _OF_TEXT and (text := rule.get("text", "")) and not _IN_NUMBERS.search(text):
        return never, ()
    if kind == "expression" and len(formulas) == 1:
        constant = {"TRUE": 1.0, "FALSE": 0.0}.get(formulas[0].upper(), _number(formulas[0]))
        return (None if constant is None else always if constant else never), ()
    known = tuple(one for one in map(_number, formulas) if one is not None)
    is_whole = len(known) == len(formulas) == (2 if "etween" in compared else 1)
    return (COMPARED.get(compared) if kind == "cellIs" and is_whole else None), known


def always(_value: float, *_limits: float) -> bool:
    """It applies to any number."""
    return True


def never(_value: float, *_limits: float) -> bool:
    """It applies to no number."""
    return False


def _number(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None


def hidden_by(
    conditions: Sequence[Condition], value: float, place: Place, style: CellStyle
) -> tuple[Reason | None, str]:
    """Why the number at the place is not seen, and what is doubtful about it."""
    looks = _looks(conditions, value, place)
    if looks is None:
        return None, MAY_HIDE
    reasons = {look.hides_on(style) for look in looks}
    if None in reasons and len(reasons) > 1:
        return None, MAY_HIDE
    return min(reasons, key=str), ""


def _looks(conditions: Sequence[Condition], value: float, place: Place) -> set[Change] | None:
    """What the rules may make of the number at the place: several looks where it is not known which rules apply.

    None where these are too many to follow.
    """
    looks, ended = {Change()}, set[Change]()
    for condition in conditions:
        if not condition.covers(*place):
            continue
        applies = condition.applies(value)
        if applies is False:
            continue
        changed = {look.followed_by(condition.change) for look in looks}
        if condition.stops:
            ended |= changed
        else:
            looks = changed if applies else looks | changed
        if len(looks) + len(ended) > _MOST_LOOKS:
            return None
        if condition.stops and applies:
            return ended
    return looks | ended
