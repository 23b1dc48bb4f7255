"""The labels of a form as a reader looks them up: rows, columns, banners, by their words.

Made from the form alone, so that any edition is recognised; no label is known to the code.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportdesk.form.spec import Block, Column, Form, Row, Table
from reportdesk.readers.tables.labels import LIKE, SAME, Label, likeness, read_label

_MARGIN = 0.06
"""By how much the best must be liker than the next to be taken."""


@dataclass(frozen=True, slots=True, eq=False)
class RowLabel:
    """A row of the form by its label's steps, outermost first."""

    block: BlockLabels
    row: Row
    steps: tuple[Label, ...]

    @property
    def leaf(self) -> Label:
        """The row's own step."""
        return self.steps[-1]


@dataclass(frozen=True, slots=True, eq=False)
class ColumnLabel:
    """A column of the form by its label's steps, outermost first."""

    column: Column
    steps: tuple[Label, ...]

    @property
    def leaf(self) -> Label:
        """The column's own step."""
        return self.steps[-1]


@dataclass(slots=True, eq=False)
class BlockLabels:
    """A block's labels. ``parents`` are the steps above rows, ``heads`` all that stands in its head."""

    table: Table
    block: Block
    banner: Label
    rows: tuple[RowLabel, ...]
    columns: tuple[ColumnLabel, ...]
    parents: Mapping[str, tuple[Label, ...]]
    """The whole path of each step above rows, by its words."""
    heads: frozenset[str]

    @property
    def has_stub(self) -> bool:
        """Whether its rows have labels."""
        return bool(self.rows)

    def steps_at(self, depth: int) -> frozenset[str]:
        """The words of the steps above rows that stand so far from the outermost one."""
        return _steps_at(self, depth)

    def name_of(self, words: str) -> str:
        """The step above rows that has these words, as the form writes it."""
        return next(
            label
            for row in self.rows
            for step, label in zip(row.steps, row.row.label, strict=True)
            if step.words == words
        )


@functools.lru_cache(maxsize=256)
def _steps_at(block: BlockLabels, depth: int) -> frozenset[str]:
    return frozenset(words for words, path in block.parents.items() if len(path) == depth + 1)


@dataclass(frozen=True, slots=True, eq=False)
class FormLabels:
    """All labels of a form; ``leaves`` finds rows by their own step's words."""

    blocks: tuple[BlockLabels, ...]
    leaves: Mapping[str, tuple[RowLabel, ...]]
    banners: Mapping[str, tuple[BlockLabels, ...]]
    heads: frozenset[str]
    others: frozenset[str]
    """All that stands in heads, banners and above rows: no mistyping of a row's own step."""


@functools.lru_cache(maxsize=8)
def labels_of(form: Form) -> FormLabels:
    """The form's labels, read once."""
    blocks = tuple(_block(table, block) for table in form.tables.values() for block in table.blocks)
    leaves: dict[str, tuple[RowLabel, ...]] = {}
    banners: dict[str, tuple[BlockLabels, ...]] = {}
    for block in blocks:
        if block.banner.words:
            banners[block.banner.words] = (*banners.get(block.banner.words, ()), block)
        for row in block.rows:
            for words in {row.leaf.words, row.leaf.short}:
                leaves[words] = (*leaves.get(words, ()), row)
    heads = frozenset().union(*(block.heads for block in blocks))
    parents = frozenset(words for block in blocks for words in block.parents)
    return FormLabels(blocks, leaves, banners, heads, heads | parents | banners.keys())


def _block(table: Table, block: Block) -> BlockLabels:
    columns = tuple(
        ColumnLabel(column, tuple(map(read_label, column.label))) for column in block.columns if column.label
    )
    made = BlockLabels(table, block, read_label(block.banner), (), columns, {}, frozenset())
    made.rows = tuple(
        RowLabel(made, row, tuple(map(read_label, row.label))) for row in block.rows if row.label
    )
    made.parents = {
        row.steps[depth].words: row.steps[: depth + 1]
        for row in made.rows
        for depth in range(len(row.steps) - 1)
    }
    stubhead = read_label(block.stubhead)
    steps = [stubhead, *(step for column in columns for step in column.steps)]
    made.heads = frozenset(word for step in steps for word in (step.words, step.short) if word)
    return made


@functools.lru_cache(maxsize=4096)
def rows_like(labels: FormLabels, written: Label) -> Sequence[tuple[RowLabel, float]]:
    """The rows whose own step the label is, with how like it is; the same words go before others.

    Kept, since the same labels come in every file.
    """
    exact = labels.leaves.get(written.words) or labels.leaves.get(written.short)
    if exact:
        return [(row, SAME) for row in exact]
    if written.words in labels.others:
        return []  # 不予公开 is like 予以公开 and is a group of its own
    ending = _ending_alike(labels, written)
    if ending:
        return ending
    return _clear_best((row for block in labels.blocks for row in block.rows), written)


def _ending_alike(labels: FormLabels, written: Label) -> list[tuple[RowLabel, float]]:
    """Rows whose path the label spells in one cell: （三）不予公开/1.属于国家秘密."""
    found = []
    for block in labels.blocks:
        for row in block.rows:
            head = written.words.removesuffix(row.leaf.words)
            if len(head) < len(written.words) and any(step.words in head for step in row.steps[:-1]):
                found.append((row, SAME))
    return found


def _clear_best(rows: Iterable[RowLabel], written: Label) -> list[tuple[RowLabel, float]]:
    rated = [(row, score) for row in rows if (score := likeness(written, row.leaf)) >= LIKE]
    if not rated:
        return []
    best = max(score for _, score in rated)
    return [(row, score) for row, score in rated if score > best - _MARGIN]


@functools.lru_cache(maxsize=4096)
def columns_like(block: BlockLabels, written: Label) -> Sequence[tuple[ColumnLabel, float]]:
    """The columns whose own step the label is, with how like it is; the same words go before others.

    Kept, since the same labels come in every file.
    """
    columns = block.columns
    exact = [column for column in columns if written.words in (column.leaf.words, column.leaf.short)]
    if exact:
        return [(column, SAME) for column in exact]
    rated = [(column, score) for column in columns if (score := likeness(written, column.leaf)) >= LIKE]
    best = max((score for _, score in rated), default=0.0)
    return [(column, score) for column, score in rated if score > best - _MARGIN]
