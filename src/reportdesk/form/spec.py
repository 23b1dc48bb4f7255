"""The frozen types that describe one edition of the annual report's form.

Answers for the vocabulary only: sections, parts, tables, blocks, rows, columns, cell kinds.
Reading them from a file is ``load``'s, placing them on a sheet is ``layout``'s, and what adds
up to what is ``relations``'.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

DEFAULT_FAMILY = "disclosure"
"""The family of the 政府信息公开工作年度报告, which a form is of that names none."""

FRONT = ""
"""The id of the page of title, opening and closing, which belongs to no section; findings say so too."""
FRONT_TITLE = "标题和开头"
"""What that page is called, in the window and in sentences that lead there."""

_TITLE_YEAR = re.compile(r"[（(]?\{year\}年?度?[）)]?")

LabelPath = tuple[str, ...]
"""A label with the spanners above it, outermost first; equal beginnings share one cell."""


class CellRef(NamedTuple):
    """The stable key of one number cell: table, row and column id."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @classmethod
    def parse(cls, key: str) -> CellRef:
        """The reference written as ``table.row.column``.

        Raises:
            ValueError: the key has not three parts.
        """
        table, row, column = key.split(".")
        return cls(table, row, column)


@dataclass(frozen=True, slots=True)
class CellKind:
    """What numbers a cell takes: ``places`` decimals at most, below zero only if ``signed``."""

    id: str
    unit: str
    places: int = 0
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers; ``total_of`` names the columns that it sums, empty if it is typed."""

    id: str
    label: LabelPath
    kind: str
    total_of: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of numbers; ``total_of`` names the rows that it sums, empty if it is typed.

    ``kind`` goes before the columns' kinds, empty where those hold.
    """

    id: str
    label: LabelPath
    total_of: tuple[str, ...] = ()
    rule: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """A 勾稽 relation: in every column, the rows ``plus`` and the rows ``equals`` sum alike.

    ``says`` is the relation in the form's own words, ``advice`` where a difference may come from.
    """

    rule: str
    plus: tuple[str, ...]
    equals: tuple[str, ...]
    says: str
    advice: str


@dataclass(frozen=True, slots=True)
class Block:
    """A banner (or none), a head of column labels, and rows under it."""

    banner: str
    stubhead: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    balances: tuple[Balance, ...] = ()

    def row(self, row_id: str) -> Row:
        """The row of that id; KeyError if the block has none."""
        return _by_id(self.rows, row_id)

    def column(self, column_id: str) -> Column:
        """The column of that id; KeyError if the block has none."""
        return _by_id(self.columns, column_id)


@dataclass(frozen=True, slots=True)
class Table:
    """One statistics table. ``widths`` are shares of the sheet's columns, stub first."""

    id: str
    name: str
    blocks: tuple[Block, ...]
    widths: tuple[float, ...]
    text_size: float
    row_height: float

    def refs(self) -> Iterator[CellRef]:
        """Every number cell, typed and computed, row by row."""
        for block in self.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield CellRef(self.id, row.id, column.id)

    def block_of(self, ref: CellRef) -> Block:
        """The block in which the cell stands; KeyError if none has its row."""
        for block in self.blocks:
            if any(row.id == ref.row for row in block.rows):
                return block
        raise KeyError(str(ref))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of prose: its official heading, what the law asks of it, and a first draft."""

    id: str
    heading: str
    asks: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the report's numbered sections: parts of prose, tables, or both."""

    id: str
    title: str
    short: str
    parts: tuple[Part, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, eq=False)
class Form:
    """One edition of the form; two are the same only if they are one object.

    ``family`` says which report it is the form of: editions of one family follow each other.
    ``cell_roles`` and ``part_roles`` name what checks ask for, such as the cells that count the
    requests received; a check whose roles an edition lacks is silent.
    """

    edition: str
    name: str
    document: str
    first_year: int
    title: tuple[str, ...]
    kinds: Mapping[str, CellKind]
    opening: Part
    sections: tuple[Section, ...]
    cell_roles: Mapping[str, tuple[CellRef, ...]] = field(default_factory=dict)
    part_roles: Mapping[str, str] = field(default_factory=dict)
    family: str = DEFAULT_FAMILY

    @functools.cached_property
    def report_name(self) -> str:
        """What a report of the form is called, such as 政府信息公开工作年度报告: its title without whose and when."""
        lines = (_TITLE_YEAR.sub("", line).replace("{unit}", "").strip() for line in self.title)
        return next((line for line in lines if line), self.name)

    @functools.cached_property
    def tables(self) -> Mapping[str, Table]:
        """Every table by its id, in printed order."""
        return {table.id: table for section in self.sections for table in section.tables}

    @functools.cached_property
    def parts(self) -> Mapping[str, Part]:
        """Every part by its id, in printed order, the opening first."""
        prose = (part for section in self.sections for part in section.parts)
        return {part.id: part for part in (self.opening, *prose)}

    @functools.cached_property
    def kind_of(self) -> Mapping[CellRef, CellKind]:
        """The kind of every number cell; its keys are all the cells there are."""
        return {
            CellRef(table.id, row.id, column.id): self.kinds[row.kind or column.kind]
            for table in self.tables.values()
            for block in table.blocks
            for row in block.rows
            for column in block.columns
        }

    @functools.cached_property
    def totals(self) -> frozenset[CellRef]:
        """The cells that are computed and cannot be typed."""
        return frozenset(
            CellRef(table.id, row.id, column.id)
            for table in self.tables.values()
            for block in table.blocks
            for row in block.rows
            for column in block.columns
            if row.total_of or column.total_of
        )

    def typed_cells(self, table: Table) -> Iterator[CellRef]:
        """The table's cells that are filled in and not computed, row by row."""
        return iter(self.typed_of(table))

    def typed_of(self, table: Table) -> tuple[CellRef, ...]:
        """The same cells, listed once for all: rules ask for them with every keystroke."""
        return self._typed[table.id]

    @functools.cached_property
    def _typed(self) -> Mapping[str, tuple[CellRef, ...]]:
        typed: dict[str, list[CellRef]] = {table: [] for table in self.tables}
        for ref in self.kind_of:  # row by row; the same objects everywhere are found in half of the time
            if ref not in self.totals:
                typed[ref.table].append(ref)
        return {table: tuple(refs) for table, refs in typed.items()}

    @functools.cached_property
    def typed_sets(self) -> Mapping[str, frozenset[CellRef]]:
        """The same cells by their table: a set knows its members' hashes, so that a difference is quick."""
        return {table: frozenset(refs) for table, refs in self._typed.items()}

    @functools.cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section that holds a table or a part, by the table's or part's id."""
        parts = {part.id: section for section in self.sections for part in section.parts}
        return parts | {table.id: section for section in self.sections for table in section.tables}

    def name_of(self, ref: CellRef) -> str:
        """The cell in a clerk's words: 表三 （一）予以公开 自然人; KeyError if there is none."""
        if ref not in self._names:
            self._names[ref] = self._spell(ref)
        return self._names[ref]

    @functools.cached_property
    def _names(self) -> dict[CellRef, str]:
        """The names asked for so far: findings ask for the same ones with every keystroke."""
        return {}

    def _spell(self, ref: CellRef) -> str:
        table = self.tables[ref.table]
        block = table.block_of(ref)
        label = block.row(ref.row).label
        row = label[1:] or label
        if sum(other.label[-1:] == label[-1:] for other in block.rows) > 1:
            row = label  # 总数 stands in several groups
        words = (*row, *column_words(block, ref.column))
        return " ".join((table.name, *(_without_remark(word) for word in words)))


_Member = TypeVar("_Member", Row, Column)


def column_words(block: Block, column_id: str) -> LabelPath:
    """A column's label without the spanners that stand over every column of the block."""
    label = block.column(column_id).label
    paths = [column.label for column in block.columns]
    while len(label) > 1 and all(path[:1] == label[:1] for path in paths):
        label = label[1:]
        paths = [path[1:] for path in paths]
    return label


def _without_remark(label: str) -> str:
    """（二）部分公开（区分处理的，…） → （二）部分公开: the remark is no part of the name."""
    return re.sub(r"(?<=[^（）])（[^）]*）$", "", label)


def _by_id(members: tuple[_Member, ...], wanted: str) -> _Member:
    for member in members:
        if member.id == wanted:
            return member
    raise KeyError(wanted)
