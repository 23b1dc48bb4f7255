"""What a row of numbers says for each column of the form: by the head above, else by their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reportdesk.form.spec import CellRef, Column
from reportdesk.readers.collected import Collected
from reportdesk.readers.form_labels import BlockLabels
from reportdesk.readers.grid import Grid
from reportdesk.readers.heads import Head, Place
from reportdesk.readers.outcomes import shorten
from reportdesk.readers.visible import VisibleCell
from reportdesk.readers.written_figures import is_blank, looks_like_figure


class Said(NamedTuple):
    """What a cell says, and the unit of money that its column's label names, if any."""

    text: str
    unit: str = ""


def row_texts(
    grid: Grid, row: int, first: int, block: BlockLabels, head: Head | None, collected: Collected
) -> Mapping[str, Said]:
    """What the row says by column, from the grid's column ``first`` on.

    Columns that the row has no cell for are absent. Numbers under no column are counted as strays.
    """
    cells = [cell for cell in grid.row(row) if cell.column >= first]
    if head is None or head.table not in ("", block.table.id):
        return _in_order(cells, block.block.columns, block, collected, headless=True)
    places = _complete(head, block, collected)
    if places and head.grid.width != grid.width:
        return _in_order(cells, [place.column for place in places], block, collected, headless=False)
    found: dict[str, Said] = {}
    used: set[int] = set()
    for place in places:
        inside = [cell for cell in cells if place.start <= cell.column < place.end]
        if not inside and (over := grid.covering.get((row, place.start))) and over.column >= first:
            inside = [over]
        if inside:
            chosen = next((cell for cell in inside if cell.text.strip()), inside[0])
            used |= {cell.column for cell in inside}
            found[place.column.id] = Said(chosen.text.strip(), place.unit)
    strays = [cell for cell in cells if cell.column not in used and looks_like_figure(cell.text)]
    if strays:
        collected.stray(block.table.id, len(strays), grid.written(row)[0].text)
    return found


def _complete(head: Head, block: BlockLabels, collected: Collected) -> Sequence[Place]:
    """The block's columns under a head that ends with this row of numbers; doubtful ones are told."""
    places = head.columns(block)
    if not head.table:
        head.table = block.table.id
        for place in places:
            if place.written:
                collected.say(
                    f"{block.table.name}里的栏目“{shorten(place.written)}”当作"
                    f"“{place.column.label[-1]}”读入，请核对。",
                    CellRef(block.table.id, block.block.rows[0].id, place.column.id),
                )
    return places


def _in_order(
    cells: Sequence[VisibleCell],
    columns: Sequence[Column],
    block: BlockLabels,
    collected: Collected,
    *,
    headless: bool,
) -> Mapping[str, Said]:
    """The row's last cells by the order of the columns: no head tells which is which."""
    written = [cell for cell in cells if not is_blank(cell.text)]
    if len(written) == len(columns):
        cells = written
    if len(cells) < len(columns):
        collected.stray(block.table.id, len(written), written[0].text if written else "")
        return {}
    if headless and len(columns) > 1:
        collected.say(
            f"没有找到{block.table.name}的表头，数字按格式里各栏的顺序读入，请核对。",
            CellRef(block.table.id, block.block.rows[0].id, columns[0].id),
            once=f"order {block.table.id}",
        )
    last = cells[-len(columns) :]
    return {column.id: Said(cell.text.strip()) for column, cell in zip(columns, last, strict=True)}
