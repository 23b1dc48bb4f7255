"""Lists within lists: 其中网站20条，内有动态12条、公告8条；公众号30条 — which items part the whole, which a part of it.

Prose does not say where an inner list ends, so every way to read it is given; whether one of them
agrees with the whole is ``LST-1``'s.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from reportdesk.checks.claims.lists import Item
from reportdesk.report.document import Value

_OPENS_INNER = re.compile(r"其中|其内|内有|里面|包括|包含|含(?!义)")
_MOST = 24
"""Readings of one list: no real sentence has so many."""
_MOST_INNER = 6
"""Inner lists of one list, likewise."""

_Reading = tuple[tuple[Item, ...], tuple[Value, ...]]
"""The items that part the whole so far, and what is left of each number whose inner list is open."""


def readings_of(items: Sequence[Item]) -> list[Sequence[Item]]:
    """The items that may part the whole, for each way to read the list; what parts an item comes to no more than it."""
    if not 0 < sum(map(_opens_inner, items[1:])) <= _MOST_INNER:
        return [items]
    readings: list[_Reading] = [((items[0],), ())]
    for last, item in itertools.pairwise(items):
        grown: dict[tuple[Value, tuple[Value, ...]], _Reading] = {}
        for reading in readings:
            for tops, left in _ways(reading, last, item):
                grown.setdefault((sum(top.value for top in tops), left), (tops, left))
        readings = list(grown.values())[:_MOST]
    return [tops for tops, _left in readings]


def _opens_inner(item: Item) -> bool:
    return _OPENS_INNER.search(item.before) is not None


def _ways(reading: _Reading, last: Item, item: Item) -> Iterator[_Reading]:
    """Where the next item may stand: in a new inner list of the last, in an open one, or beside the outermost."""
    tops, left = reading
    if _opens_inner(item) and item.value <= last.value:
        yield tops, (*left, last.value - item.value)
    for depth in range(len(left), 0, -1):
        if item.value <= left[depth - 1]:
            yield tops, (*left[: depth - 1], left[depth - 1] - item.value)
    yield (*tops, item), ()
