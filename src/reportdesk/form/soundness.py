"""Refuses a form that reads well but means nothing: doubled ids, strange kinds, wrong widths.

Looks at the finished form; the text it was read from only tells the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reportdesk.form.layout import lay_out
from reportdesk.form.refusal import FormError, line_of
from reportdesk.form.relations import CircularTotalError, relate
from reportdesk.form.spec import Block, CellKind, Column, Form, Row, Table


def refuse_unsound(form: Form, source: str) -> None:
    """Let a form through whose parts fit each other.

    Raises:
        FormError: they do not; the error names reason and line of the ``source``.
    """
    parts = [form.opening, *(part for section in form.sections for part in section.parts)]
    tables = [table for section in form.sections for table in section.tables]
    _refuse_doubled([section.id for section in form.sections], "节", source)
    _refuse_doubled([part.id for part in parts], "部分", source)
    _refuse_doubled([table.id for table in tables], "表", source, line_of(source, "[[sections.tables]]", 1))
    _refuse_doubled([*(part.id for part in parts), *(table.id for table in tables)], "部分或表", source)
    for table in tables:
        _refuse_unsound_table(table, form, source)
    _refuse_unknown_roles(form, source)
    try:
        relate(form)
    except CircularTotalError as error:
        line = line_of(source, f'"{error.ref.row}"', 1)
        raise FormError(f"{form.name_of(error.ref)} 的合计包含了它自己", line) from error


def _refuse_unknown_roles(form: Form, source: str) -> None:
    start = line_of(source, "[roles", 1)
    for role, refs in form.cell_roles.items():
        for ref in refs:
            if ref not in form.kind_of:
                line = line_of(source, re.compile(rf"^{re.escape(role)}\b"), start)
                raise FormError(f"{role} 里没有“{ref}”这一格", line)
    for role, part in form.part_roles.items():
        if part not in form.parts:
            line = line_of(source, re.compile(rf"^{re.escape(role)}\b"), start)
            raise FormError(f"{role} 指的“{part}”不是文字部分", line)


def _refuse_unsound_table(table: Table, form: Form, source: str) -> None:
    start = line_of(source, f'id = "{table.id}"', line_of(source, "[[sections.tables]]", 1))
    _refuse_doubled([row.id for block in table.blocks for row in block.rows], "行", source, start + 1)
    for block in table.blocks:
        _refuse_unsound_block(block, form, source, line_of(source, f'"{block.columns[0].id}"', start))
    columns_needed = lay_out(table).column_count
    if len(table.widths) != columns_needed:
        raise FormError(
            f"{table.name} 的 widths 有 {len(table.widths)} 个，应有 {columns_needed} 个",
            line_of(source, "widths", start),
        )


def _refuse_unsound_block(block: Block, form: Form, source: str, line: int) -> None:
    columns = [column.id for column in block.columns]
    rows = [row.id for row in block.rows]
    _refuse_doubled(columns, "列", source, line)
    for column in block.columns:
        if column.kind not in form.kinds:
            raise FormError(f"没有定义单元格类型 {column.kind}", line_of(source, f'"{column.kind}"', line))
        if not column.label:
            raise FormError(f"列 {column.id} 没有栏目名称", line_of(source, f'"{column.id}"', line))
        _refuse_unknown(column.total_of, columns, "列", source, line)
    for column in block.columns:
        _refuse_unlike_items(column, block, form, line_of(source, f'"{column.id}"', line))
    for row in block.rows:
        if row.kind and row.kind not in form.kinds:
            raise FormError(f"没有定义单元格类型 {row.kind}", line_of(source, f'"{row.kind}"', line))
        if not row.label and len(rows) > 1:
            raise FormError(
                f"行 {row.id} 没有名称，只有单独一行才可以没有", line_of(source, f'"{row.id}"', line)
            )
        _refuse_unknown(row.total_of, rows, "行", source, line)
        _refuse_unlike_rows(row, block, form, line_of(source, f'"{row.id}"', line))
    for balance in block.balances:
        _refuse_unknown((*balance.plus, *balance.equals), rows, "行", source, line)


def _refuse_unlike_items(column: Column, block: Block, form: Form, line: int) -> None:
    """A total takes whatever its items may add up to: same unit, no fewer places, same sign."""
    whole = form.kinds[column.kind]
    for name in column.total_of:
        if not _holds(whole, form.kinds[block.column(name).kind]):
            raise FormError(f"合计列 {column.id} 的类型装不下 {name} 的数", line)


def _refuse_unlike_rows(row: Row, block: Block, form: Form, line: int) -> None:
    """The same of a row that sums others, in every column; columns' kinds are known by now."""
    for name in row.total_of:
        for column in block.columns:
            item = block.row(name)
            if not _holds(form.kinds[row.kind or column.kind], form.kinds[item.kind or column.kind]):
                raise FormError(f"合计行 {row.id} 的类型装不下 {name} 的数", line)


def _holds(whole: CellKind, part: CellKind) -> bool:
    return part.unit == whole.unit and part.places <= whole.places and part.signed <= whole.signed


def _refuse_doubled(ids: Sequence[str], what: str, source: str, start: int = 1) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            first = line_of(source, f'"{name}"', start)
            raise FormError(f"{what} id “{name}” 出现了两次", line_of(source, f'"{name}"', first + 1))
        seen.add(name)


def _refuse_unknown(names: Iterable[str], known: Sequence[str], what: str, source: str, start: int) -> None:
    for name in names:
        if name not in known:
            raise FormError(f"没有 id 为 “{name}” 的{what}", line_of(source, f'"{name}"', start))
