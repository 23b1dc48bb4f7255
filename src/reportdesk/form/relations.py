"""What adds up to what: totals with their items, and balances, cell by cell.

Derived from the form once; totals, checks, workbook formulas and tooltips all read these.
Does not compute: that is ``reportdesk.report.totals``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportdesk.form.spec import Balance, CellRef, Form, Table


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is the sum of ``items``; ``rule`` is the check that watches it."""

    rule: str
    total: CellRef
    items: tuple[CellRef, ...]


@dataclass(frozen=True, slots=True, eq=False)
class BalanceLine:
    """One column's balance: the cells ``plus`` and the cells ``equals`` must sum alike.

    There is one object of each, so that who keeps things by it need not compare all its cells.
    """

    balance: Balance
    table: str
    column: str
    plus: tuple[CellRef, ...]
    equals: tuple[CellRef, ...]
    typed: tuple[CellRef, ...]
    """Every typed cell on which the two sides rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Relations:
    """All relations of a form.

    ``sums`` has every relation of a total, so a cell in a total row and a total column stands
    there twice. ``computed_by`` has the one sum that computes a total, in an order in which
    every item comes before the total that needs it.
    """

    sums: tuple[Sum, ...]
    computed_by: Mapping[CellRef, Sum]
    balances: tuple[BalanceLine, ...]
    typed_under: Mapping[CellRef, tuple[CellRef, ...]]
    """The typed cells on which each total rests."""
    watched_by: Mapping[str, tuple[Sum, ...]]
    """The sums that each rule watches."""


class CircularTotalError(ValueError):
    """A total is, over its items, an item of itself. ``ref`` names one such cell."""

    def __init__(self, ref: CellRef) -> None:
        super().__init__(str(ref))
        self.ref = ref


@functools.lru_cache(maxsize=16)
def relate(form: Form) -> Relations:
    """Every relation of the form, worked out once.

    Raises:
        CircularTotalError: a total depends on itself.
    """
    own = {ref: ref for ref in form.kind_of}  # the form's own cells, which dictionaries find the quickest
    sums = tuple(relation for table in form.tables.values() for relation in _sums(table, own))
    unordered: dict[CellRef, Sum] = {}
    for relation in sums:
        unordered.setdefault(relation.total, relation)
    computed_by: dict[CellRef, Sum] = {}
    for total in unordered:
        _place(total, unordered, computed_by, under_way=set())
    typed_under: dict[CellRef, tuple[CellRef, ...]] = {}
    for total, relation in computed_by.items():
        typed_under[total] = _typed(relation.items, typed_under)
    balances = tuple(line for table in form.tables.values() for line in _balances(table, typed_under, own))
    rules = {relation.rule for relation in sums if relation.rule}
    watched = {rule: tuple(relation for relation in sums if relation.rule == rule) for rule in rules}
    return Relations(sums, computed_by, balances, typed_under, watched)


def _sums(table: Table, own: Mapping[CellRef, CellRef]) -> Iterator[Sum]:
    for block in table.blocks:
        for row in block.rows:
            for column in block.columns:
                here = own[CellRef(table.id, row.id, column.id)]
                if column.total_of:
                    across = tuple(own[here._replace(column=item)] for item in column.total_of)
                    yield Sum(column.rule, here, across)
                if row.total_of:
                    down = tuple(own[here._replace(row=item)] for item in row.total_of)
                    yield Sum(row.rule, here, down)


def _place(
    total: CellRef,
    unordered: Mapping[CellRef, Sum],
    computed_by: dict[CellRef, Sum],
    under_way: set[CellRef],
) -> None:
    if total in computed_by:
        return
    if total in under_way:
        raise CircularTotalError(total)
    under_way.add(total)
    for item in unordered[total].items:
        if item in unordered:
            _place(item, unordered, computed_by, under_way)
    computed_by[total] = unordered[total]


def _typed(
    items: tuple[CellRef, ...], typed_under: Mapping[CellRef, tuple[CellRef, ...]]
) -> tuple[CellRef, ...]:
    return tuple(typed for item in items for typed in typed_under.get(item, (item,)))


def _balances(
    table: Table, typed_under: Mapping[CellRef, tuple[CellRef, ...]], own: Mapping[CellRef, CellRef]
) -> Iterator[BalanceLine]:
    for block in table.blocks:
        for balance in block.balances:
            for column in block.columns:
                plus = tuple(own[CellRef(table.id, row, column.id)] for row in balance.plus)
                equals = tuple(own[CellRef(table.id, row, column.id)] for row in balance.equals)
                yield BalanceLine(
                    balance,
                    table.id,
                    column.id,
                    plus,
                    equals,
                    _typed(plus + equals, typed_under),
                )
