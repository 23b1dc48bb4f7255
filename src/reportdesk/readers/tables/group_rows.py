"""A row that gives one number for a whole group of the form's rows, such as a one-row （六）其他处理."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportdesk.form.spec import CellRef
from reportdesk.readers.files.written_figures import looks_like_figure
from reportdesk.readers.tables.cell_values import Collected
from reportdesk.readers.tables.form_labels import BlockLabels
from reportdesk.readers.tables.labels import read_label
from reportdesk.readers.tables.row_texts import Said

_REST = "其他"
"""The row of a group that takes what no other row of it is for."""


@dataclass(frozen=True, slots=True)
class Group:
    """The row: the group's words, its label as the form writes it, and what each column says."""

    block: BlockLabels
    words: str
    texts: Mapping[str, Said]


def settle(group: Group, collected: Collected) -> None:
    """Put the numbers into the group's row 其他; where the file has its rows too, they are a subtotal."""
    block, table = group.block, group.block.table
    rows = [row for row in block.rows if any(step.words == group.words for step in row.steps[:-1])]
    refs = {CellRef(table.id, row.row.id, column) for row in rows for column in group.texts}
    name = block.name_of(group.words)
    figures = sum(looks_like_figure(said.text) for said in group.texts.values())
    if refs & (collected.values.keys() | collected.blank):
        collected.stray(table.id, figures, f"{name}（小计）")
        return
    rest = next((row for row in rows if row.leaf.words == read_label(_REST).words), None)
    if rest is None:
        collected.stray(table.id, figures, name)
        return
    for column, said in group.texts.items():
        collected.take_text(CellRef(table.id, rest.row.id, column), said.text, said.unit, said.doubt)
    collected.say(
        f"{table.name}“{name}”在文件里只有一行，已计入“{rest.row.label[-1]}”，请核对。",
        CellRef(table.id, rest.row.id, next(iter(group.texts))),
    )
