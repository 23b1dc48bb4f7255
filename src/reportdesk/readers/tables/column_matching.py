"""Which column of a table holds which column of the form, by the labels above the numbers."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportdesk.form.spec import Column
from reportdesk.readers.files.grid import Grid
from reportdesk.readers.files.visible import VisibleCell
from reportdesk.readers.tables.form_labels import BlockLabels, ColumnLabel, columns_like
from reportdesk.readers.tables.labels import NEARLY, SAME, Label, read_label
from reportdesk.readers.tables.year_captions import label_year

_UNIT = re.compile(r"(?:单位[:：]?|[（(])\s*(?:人民币)?\s*(亿元|万元|千元|元)\s*[）)]?")


class ColumnSpan(NamedTuple):
    """A column of the form on the grid: from ``start`` up to ``end``.

    ``written`` is its label in the file where that is only like the form's; ``unit`` the unit of
    money that the label names.
    """

    column: Column
    start: int
    end: int
    written: str = ""
    unit: str = ""


@dataclass(slots=True)
class Head:
    """The rows of labels above numbers, on their grid.

    ``table`` is the id of the table whose numbers followed; then the head is complete.
    """

    grid: Grid
    rows: list[int]
    table: str = ""
    _others: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    _feet: dict[int, tuple[_Written, ...]] = field(default_factory=dict)
    _found: dict[tuple[str, str, int], tuple[ColumnSpan, ...]] = field(default_factory=dict)

    def columns(self, block: BlockLabels) -> tuple[ColumnSpan, ...]:
        """Where the block's columns stand, as far as the head's rows are known yet."""
        if self.table not in ("", block.table.id):
            return ()
        key = (block.table.id, block.block.rows[0].id, len(self.rows))
        if key not in self._found:
            self._found[key] = find_columns(block, self.grid, self.feet())
        return self._found[key]

    def feet(self) -> tuple[_Written, ...]:
        """The labels at the foot of the head, as far as its rows are known yet."""
        if len(self.rows) not in self._feet:
            self._feet[len(self.rows)] = tuple(_feet(self.grid, self.rows))
        return self._feet[len(self.rows)]

    def other_years(self) -> tuple[tuple[int, int], ...]:
        """Where columns stand that are another year's: from and up to."""
        if len(self.rows) not in self._others:
            feet = self.feet()
            ends = [status_line.start for status_line in feet[1:]] + [self.grid.width]
            others = {status_line.start for status_line in of_other_years(feet)}
            self._others[len(self.rows)] = tuple(
                (status_line.start, end)
                for status_line, end in zip(feet, ends, strict=False)
                if status_line.start in others
            )
        return self._others[len(self.rows)]


class _Written(NamedTuple):
    """A label at the foot of the head, and what stands above it."""

    start: int
    text: str
    label: Label
    above: frozenset[str]
    unit: str
    year: str
    """The year that it or what stands above it speaks for."""


def find_columns(block: BlockLabels, grid: Grid, feet: Sequence[_Written]) -> tuple[ColumnSpan, ...]:
    """The block's columns that the labels at a head's foot name.

    Equal labels are told apart by what stands above them, else by their order.
    """
    ends = [status_line.start for status_line in feet[1:]] + [grid.width]
    found: list[ColumnSpan] = []
    named = _named_by_own_words(block, feet)
    taken: set[str] = set()
    last = -1
    subtotals = _subtotals(block, feet)
    subtotals |= {status_line.start for status_line in of_other_years(feet)}
    for status_line, end in zip(feet, ends, strict=False):  # without a foot there is an end all the same
        if status_line.start in subtotals:
            continue
        best = _best(block, status_line, taken, named, last)
        if best is None:
            continue
        column, score = best
        taken.add(column.column.id)
        last = block.columns.index(column)
        written = status_line.text if score < NEARLY else ""
        found.append(ColumnSpan(column.column, status_line.start, end, written, status_line.unit))
    return tuple(found)


def of_other_years(feet: Sequence[_Written]) -> list[_Written]:
    """The labels of columns that stand for another year than the newest, where the head has several."""
    years = sorted({status_line.year for status_line in feet if status_line.year})
    return (
        [status_line for status_line in feet if status_line.year not in ("", years[-1])]
        if len(years) > 1
        else []
    )


@functools.lru_cache(maxsize=4096)
def unit_in(label: str) -> str:
    """The unit of money that a label names, such as 万元; empty if it names none."""
    unit = _UNIT.search(label)
    return unit[1] if unit else ""


def _named_by_own_words(block: BlockLabels, feet: Sequence[_Written]) -> set[str]:
    """The columns' words that stand in the head as often as in the form: no other label means these."""
    written = Counter(status_line.label.words for status_line in feet)
    return {words for words, count in _leaves(block).items() if written[words] >= count}


@functools.lru_cache(maxsize=64)
def _leaves(block: BlockLabels) -> Mapping[str, int]:
    """How often each column's own words stand in the form's block."""
    return Counter(column.leaf.words for column in block.columns)


def _subtotals(block: BlockLabels, feet: Sequence[_Written]) -> set[int]:
    """Where labels start that have a column's words under a spanner which is not that column's.

    So somebody adds up what stands under one spanner, before the form's own 总计.
    """
    written = Counter(status_line.label.words for status_line in feet)
    repeated = [words for words, count in _leaves(block).items() if count < written[words]]
    spanners = {step.words for column in block.columns for step in column.steps[:-1]} if repeated else set()
    found: set[int] = set()
    for words in repeated:
        own = [column for column in block.columns if column.leaf.words == words]
        strange = {
            status_line.start
            for status_line in feet
            if status_line.label.words == words
            and all(status_line.above & spanners - {step.words for step in column.steps} for column in own)
        }
        if len(strange) < written[words]:
            found |= strange
    return found


def _best(
    block: BlockLabels, status_line: _Written, taken: set[str], named: set[str], last: int
) -> tuple[ColumnLabel, float] | None:
    """The column that the label means: the likest, then by what is above, then the next in order."""
    rated = [
        (score + sum(step.words in status_line.above for step in column.steps[:-1]), column, score)
        for column, score in columns_like(block, status_line.label)
        if column.column.id not in taken and (score == SAME or column.leaf.words not in named)
    ]
    if not rated:
        return None

    def rank(entry: tuple[float, ColumnLabel, float]) -> tuple[float, bool, int]:
        at = block.columns.index(entry[1])
        return entry[0], at > last, -at

    _, column, score = max(rated, key=rank)
    return column, score


def _feet(grid: Grid, head: Sequence[int]) -> Iterator[_Written]:
    """The lowest label of each column of the head, from the left."""
    before: tuple[int, int] | None = None
    for column in range(grid.width):
        cell = _lowest(grid, head, column)
        if cell is None or before == (cell.row, cell.column):
            continue
        before = (cell.row, cell.column)
        spanners = [_spanner(grid, over, column) for over in head if over < cell.row]
        unit = next(filter(None, map(unit_in, (cell.text, *reversed(spanners)))), "")
        above = frozenset([read_label(text).words for text in spanners])
        year = next(filter(None, map(label_year, (cell.text, *spanners))), "")
        yield _Written(column, cell.text.strip(), read_label(cell.text), above, unit, year)


def _lowest(grid: Grid, head: Sequence[int], column: int) -> VisibleCell | None:
    """The last cell with text of the head over the column."""
    for row in reversed(head):
        cell = grid.covering.get((row, column))
        if cell is not None and cell.text.strip():
            return cell
    return None


def _spanner(grid: Grid, row: int, column: int) -> str:
    """What stands over the column in a row; where spans are lost, the nearest text to the left."""
    for here in range(column, -1, -1):
        if text := grid.text(row, here):
            return text
    return ""
