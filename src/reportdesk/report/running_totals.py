"""Totals and balances that follow an edit: only what rests on the changed cells is added up again.

What they are is ``totals``' matter: after each edit these are the same as computed from scratch.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reportdesk.form.relations import Relations
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Value
from reportdesk.report.totals import BalanceResult, Total, Totals, add_up, compute_totals, judge


@dataclass(frozen=True, slots=True)
class _Above:
    """What rests on one typed cell: its totals, each after those that it needs, and its balances by place."""

    totals: tuple[CellRef, ...]
    balances: tuple[int, ...]


@functools.lru_cache(maxsize=16)
def _above(relations: Relations) -> Mapping[CellRef, _Above]:
    totals: dict[CellRef, list[CellRef]] = {}
    for total in relations.computed_by:
        for ref in relations.typed_under[total]:
            totals.setdefault(ref, []).append(total)
    balances: dict[CellRef, list[int]] = {}
    for place, line in enumerate(relations.balances):
        for ref in line.typed:
            balances.setdefault(ref, []).append(place)
    return {
        ref: _Above(tuple(totals.get(ref, ())), tuple(balances.get(ref, ())))
        for ref in totals.keys() | balances.keys()
    }


class _Items(NamedTuple):
    """What is added up: typed cells and, apart from them, totals, so that neither is asked which it is."""

    typed: tuple[CellRef, ...]
    totals: tuple[CellRef, ...]


@dataclass(frozen=True, slots=True)
class _Sums:
    """What each total and each side of each balance adds up."""

    of_total: Mapping[CellRef, _Items]
    of_balance: Sequence[tuple[_Items, _Items]]


@functools.lru_cache(maxsize=16)
def _sums(relations: Relations) -> _Sums:
    computed = relations.computed_by

    def parted(refs: Sequence[CellRef]) -> _Items:
        typed = tuple(ref for ref in refs if ref not in computed)
        return _Items(typed, tuple(ref for ref in refs if ref in computed))

    return _Sums(
        {total: parted(relation.items) for total, relation in computed.items()},
        [(parted(line.plus), parted(line.equals)) for line in relations.balances],
    )


class RunningTotals:
    """The totals and balances of a report that is being edited.

    ``totals`` and ``balances`` are made anew by each edit that changes one: who kept them keeps them as
    they were.
    """

    def __init__(self, relations: Relations, cells: Mapping[CellRef, Value]) -> None:
        self._relations = relations
        self._above = _above(relations)
        self._sums = _sums(relations)
        self.totals: Totals
        self.balances: tuple[BalanceResult, ...]
        self.totals, self.balances = compute_totals(relations, cells)

    def follow(self, cells: Mapping[CellRef, Value], changed: Iterable[CellRef]) -> set[CellRef]:
        """Add up what rests on the changed cells; the totals that look otherwise now."""
        resting = [above for ref in changed if (above := self._above.get(ref))]
        if len(resting) == 1:
            totals: Iterable[CellRef] = resting[0].totals
        else:
            touched = {ref for above in resting for ref in above.totals}
            totals = [ref for ref in self._relations.computed_by if ref in touched] if touched else ()
        return self._add_up(cells, totals, {place for above in resting for place in above.balances})

    def _add_up(
        self, cells: Mapping[CellRef, Value], totals: Iterable[CellRef], places: Iterable[int]
    ) -> set[CellRef]:
        now = dict(self.totals)
        for total in totals:
            now[total] = _total(self._sums.of_total[total], cells, now)
        looks_other = {total for total in totals if _looks_other(self.totals[total], now[total])}
        balances = list(self.balances)
        for place in places:
            plus, equals = self._sums.of_balance[place]
            line = balances[place].line
            balances[place] = judge(line, _side(plus, cells, now), _side(equals, cells, now))
        self.totals, self.balances = now, tuple(balances)
        return looks_other


def _total(items: _Items, cells: Mapping[CellRef, Value], totals: Totals) -> Total:
    value, has_blank = _side(items, cells, totals)
    return Total(value, has_blank)


def _side(items: _Items, cells: Mapping[CellRef, Value], totals: Totals) -> tuple[Value | None, bool]:
    """What the items add up to, None if all are blank, and whether a typed cell under them is blank."""
    values = list(map(cells.get, items.typed))
    provisional = False
    for ref in items.totals:
        total = totals[ref]
        values.append(total.value)
        provisional = provisional or total.provisional
    value, lacking = add_up(values)
    return value, lacking or provisional


def _looks_other(before: Total, after: Total) -> bool:
    """Whether a total is shown otherwise; 3.50 and 3.5 are the same number but two sights."""
    if before != after:
        return True
    return isinstance(after.value, Decimal) and str(before.value) != str(after.value)
