"""What may hide numbers of an .xls besides its cells' own looks: shapes over cells, conditional formats.

A conditional format is followed that compares with numbers; of any other its numbers are in doubt ([MS-XLS] 2.4.56, 2.4.42
and 2.5.92; [MS-ODRAW] and 2.5.193 for what lies over cells). The first that applies is the only one, unless newer
records give priorities and let others follow (2.4.43); these are not read, and what several rules hide is in doubt.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportdesk.readers.excel.conditional_formats import (
    COMPARED,
    Area,
    Change,
    Condition,
    always,
    doubtful_within,
)
from reportdesk.readers.excel.drawings import area_covered
from reportdesk.readers.excel.number_formats import NumberFormat

DRAWING, OBJECT, AREAS, RULE, RANK = 0xEC, 0x5D, 0x1B0, 0x1B1, 0x87B
_ANCHOR = struct.pack("<HI", 0xF010, 18)
_CORNERS = struct.Struct("<8H")
_PARTS = 1024.0
"""Of a column's width in an anchor; of a row's height there are a quarter of them."""
_NOTE, _CHOICES, _CHART = 0x19, 0x14, 0x05
"""Objects that lie over no cell for good: a comment, a list that opens, a chart."""
_HAS_NUMBER, _HAS_FONT, _OWN_CODE = 1 << 25, 1 << 26, 1
_FLAGS_END, _STYLE_AT, _STRUCK, _UNSTYLED = 12, 68, 0x80, 0x80
_COMPARISONS = dict(
    enumerate(
        ("between", "notBetween", "equal", "notEqual", "greaterThan", "lessThan", "greaterThanOrEqual",
         "lessThanOrEqual"),
        start=1,
    )
)  # fmt: skip
_NO_COLOUR = 0xFFFFFFFF
_MOST = 500


@dataclass(slots=True)
class Over:
    """What was met of a sheet."""

    covered: set[tuple[int, int]] = field(default_factory=set)
    conditions: list[Condition] = field(default_factory=list)
    is_ranked: bool = False
    """Whether the conditional formats apply in an order of their own."""
    anchors: list[tuple[int, ...]] = field(default_factory=list)
    areas: tuple[Area, ...] = ()

    def rules(self) -> tuple[Condition, ...]:
        """The conditional formats; in doubt are several in an order that is not known."""
        if not self.is_ranked or len(self.conditions) == 1:
            return tuple(self.conditions)
        return tuple(one._replace(compare=None, stops=False) for one in self.conditions)


def note_over(over: Over, kind: int, record: bytes, palette: Mapping[int, str]) -> None:
    """Note one of the records of these kinds."""
    if kind == DRAWING:
        over.anchors = list(_anchors(record))
    elif kind == OBJECT and len(record) >= 6:  # noqa: PLR2004 - its kind
        (what,) = struct.unpack_from("<H", record, 4)
        if over.anchors and what not in (_NOTE, _CHOICES, _CHART):
            left, across, top, down, right, past, bottom, below = over.anchors[-1]
            over.covered.update(
                area_covered(
                    (top, left, 4 * down / _PARTS, across / _PARTS),
                    (bottom, right, 4 * below / _PARTS, past / _PARTS),
                )
            )
    elif kind == AREAS and len(record) >= 14:  # noqa: PLR2004 - how many areas
        (count,) = struct.unpack_from("<H", record, 12)
        there = range(14, min(len(record) - 7, 14 + 8 * count), 8)
        ranges = (struct.unpack_from("<4H", record, at) for at in there)
        over.areas = tuple((top, left, bottom, right) for top, bottom, left, right in ranges)
    elif kind == RULE and over.areas:
        if len(over.conditions) < _MOST:
            over.conditions.append(_condition(over.areas, record, palette)._replace(stops=True))
        else:
            before = over.conditions[_MOST:]
            over.conditions[_MOST:] = [
                doubtful_within((*over.areas, *(area for one in before for area in one.areas)))
            ]
    elif kind == RANK:
        over.is_ranked = True


def _anchors(record: bytes) -> Iterator[tuple[int, ...]]:
    """Where the shapes of a drawing begin and end: column, its part, row, its part, twice."""
    at = record.find(_ANCHOR)
    while at >= 0 and at + 24 <= len(record):
        yield _CORNERS.unpack_from(record, at + 8)
        at = record.find(_ANCHOR, at + 1)


def _condition(areas: tuple[Area, ...], record: bytes, palette: Mapping[int, str]) -> Condition:
    if len(record) < _FLAGS_END:
        return Condition(areas, None, (), Change())
    kind, compared, first, second = struct.unpack_from("<BBHH", record)
    change = _change(record, palette)
    ends = len(record) - second
    written = [record[ends - first : ends], *([record[ends:]] if second else [])]
    limits = [_constant(one) for one in written]
    known = tuple(one for one in limits if one is not None)
    if kind != 1 or len(known) != len(limits):
        is_always = known == (1.0,) and len(limits) == 1
        return Condition(areas, always if is_always else None, (), change)
    name = _COMPARISONS.get(compared, "")
    return Condition(areas, COMPARED.get(name), known, change)


def _constant(formula: bytes) -> float | None:
    """The number that a formula is and nothing else."""
    if len(formula) == 3 and formula[0] == 0x1E:  # noqa: PLR2004 - a whole number
        return float(struct.unpack_from("<H", formula, 1)[0])
    if len(formula) == 9 and formula[0] == 0x1F:  # noqa: PLR2004 - any number
        return float(struct.unpack_from("<d", formula, 1)[0])
    return None


def _change(record: bytes, palette: Mapping[int, str]) -> Change:
    """What the rule makes of a number, as far as that may hide it."""
    if len(record) < _FLAGS_END:
        return Change()
    flags, more = struct.unpack_from("<IH", record, 6)
    at = _FLAGS_END
    shows_otherwise = bool(flags & _HAS_NUMBER)
    if shows_otherwise:
        at += struct.unpack_from("<H", record, at)[0] if more & _OWN_CODE else 2
    number_format = NumberFormat(()) if shows_otherwise else None
    if not flags & _HAS_FONT or at + 118 > len(record):
        return Change(number_format=number_format)
    styles, _, _, colour, _, unstyled = struct.unpack_from("<6I", record, at + _STYLE_AT)
    return Change(
        struck=None if unstyled & _UNSTYLED else bool(styles & _STRUCK),
        colour="" if colour == _NO_COLOUR else palette.get(colour, ""),
        number_format=number_format,
    )
