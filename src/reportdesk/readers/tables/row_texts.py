"""What a row of numbers says for each column of the form: by the head above, else by their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reportdesk.form.spec import CellRef, Column, Form
from reportdesk.readers.files.grid import Grid
from reportdesk.readers.files.reading_notes import shorten
from reportdesk.readers.files.visible import VisibleCell
from reportdesk.readers.files.written_figures import is_blank, looks_like_figure, stands_for_figure
from reportdesk.readers.tables.cell_values import Collected
from reportdesk.readers.tables.column_matching import ColumnSpan, Head
from reportdesk.readers.tables.form_labels import BlockLabels


class Said(NamedTuple):
    """What a cell says, the unit of money that its column's label names, and why its place is in doubt.

    ``is_gone``: the file shows that it was deleted.
    """

    text: str
    unit: str = ""
    doubt: str = ""
    is_gone: bool = False


_FIRST_NUMBERS = 5
ASKEW = "这一行的格子与表头没有对齐，请对照原文件逐格核对"
"""The doubt of numbers that may stand under another column than they seem to."""


def row_texts(
    grid: Grid, row: int, first: int, block: BlockLabels, head: Head | None, collected: Collected
) -> Mapping[str, Said]:
    """What the row says by column, from the grid's column ``first`` on.

    Columns that the row has no cell for are absent. Numbers under no column are counted as strays.
    """
    cells = [cell for cell in grid.row(row) if cell.column >= first]
    if head is None or head.table not in ("", block.table.id):
        found = _without_head(cells, grid, block, collected.form)
        if found and len(block.block.columns) > 1:
            collected.say(
                f"没有找到{block.table.name}的表头，数字按格式里各栏的顺序读入，请核对。",
                CellRef(block.table.id, block.block.rows[0].id, block.block.columns[0].id),
                once=f"order {block.table.id}",
            )
        return _or_stray(found, cells, grid, block, collected)
    places = _complete(head, block, collected)
    if head.grid.width == grid.width and _fill_all(cells, places):
        return _under_head([[cell] for cell in cells], places, grid, first)  # as most rows, and far faster
    left_of_stub = head.grid is grid and any(place.start < first for place in places)
    shifted = left_of_stub or _is_shifted(cells, head, places)
    if shifted or (places and head.grid.width != grid.width):
        found = _in_order(cells, [place.column for place in places])
        return _or_stray(_doubted(found) if shifted else found, cells, grid, block, collected)
    inside = _cells_of(grid, row, first, places)
    placed = {id(cell) for those in inside for cell in those}
    left = [cell for cell in cells if id(cell) not in placed]
    if left and (others := head.other_years()):
        left = [cell for cell in left if not any(start <= cell.column < end for start, end in others)]
        collected.say(
            f"{block.table.name}里不止一个年度的数字并排在一起，只读入了最近一年的，请核对。",
            CellRef(block.table.id, block.block.rows[0].id, block.block.columns[0].id),
            once=f"years {block.table.id}",
        )
    if strays := _figures(left):
        collected.stray(block.table.id, strays, row_name(grid.written(row)))
    found = _under_head(inside, places, grid, first)
    is_long = _reaches_past(left, head, places) or (bool(inside) and _figures(inside[-1]) > 1)
    return _doubted(found) if is_long else found


def _reaches_past(left: Sequence[VisibleCell], head: Head, places: Sequence[ColumnSpan]) -> bool:
    """Whether a number stands behind all columns where the head has nothing: the row has cells too many."""
    past = [
        cell for cell in left if places and cell.column >= places[-1].end and looks_like_figure(cell.text)
    ]
    if not past:
        return False
    heads = [cell for row in head.rows for cell in head.grid.written(row)]
    return any(
        not any(over.column <= cell.column < over.column + over.columns for over in heads) for cell in past
    )


def _cells_of(grid: Grid, row: int, first: int, places: Sequence[ColumnSpan]) -> list[list[VisibleCell]]:
    """The cells in each place, also those that begin in a row above."""
    own = [cell for cell in grid.row(row) if cell.column >= first]
    over = (grid.covering.get((row, place.start)) for place in places)
    above = {cell.column: cell for cell in over if cell and cell.row < row and cell.column >= first}
    seen = sorted((*above.values(), *own), key=lambda cell: cell.column)
    return [
        [
            cell
            for cell in seen
            if cell.column < place.end and place.start < cell.column + cell.columns and _belongs(cell, place)
        ]
        for place in places
    ]


def _under_head(
    inside: Sequence[Sequence[VisibleCell]], places: Sequence[ColumnSpan], grid: Grid, first: int
) -> Mapping[str, Said]:
    """What the row says by the places of the head; a row that ends before the last of them is in doubt."""
    found = {
        place.column.id: said
        for place, cells in zip(places, inside, strict=True)
        if (said := _under(place, cells, places, grid, first))
    }
    return found if not found or inside[-1] else _doubted(found)


def _is_shifted(cells: Sequence[VisibleCell], head: Head, places: Sequence[ColumnSpan]) -> bool:
    """Whether numbers stand left of all columns where the head has no label: cells of the stub are lacking."""
    left = [cell for cell in cells if places and cell.column < places[0].start]
    if not any(looks_like_figure(cell.text) for cell in left):
        return False
    begun = {cell.column for row in head.rows for cell in head.grid.written(row)}
    return any(cell.column not in begun and looks_like_figure(cell.text) for cell in left)


def _fill_all(cells: Sequence[VisibleCell], places: Sequence[ColumnSpan]) -> bool:
    """Whether the cells are those of the places and each ends where its place does."""
    if not places or len(cells) != len(places):
        return False
    for cell, place in zip(cells, places, strict=True):
        if cell.column != place.start or cell.column + cell.columns != place.end:
            return False
    return True


def _belongs(cell: VisibleCell, place: ColumnSpan) -> bool:
    """Whether the cell stands in the place, or fills it, by more than half: edges come apart a little."""
    both = min(cell.column + cell.columns, place.end) - max(cell.column, place.start)
    return 2 * both > min(cell.columns, place.end - place.start)


def _under(
    place: ColumnSpan, cells: Sequence[VisibleCell], places: Sequence[ColumnSpan], grid: Grid, first: int
) -> Said | None:
    """What the row says in that place; None where it has no cell for it."""
    if len(cells) == 1 and cells[0].rows == cells[0].columns == 1 and not cells[0].left_out:
        return Said(cells[0].text.strip(), place.unit, cells[0].doubt)  # as most, and faster
    inside = [cell for cell in cells if not cell.left_out]
    if not inside:
        gone = next((cell.doubt for cell in cells if cell.doubt), "")
        return Said("", doubt=gone, is_gone=True) if gone else None
    chosen = inside[0]
    if len(inside) > 1:
        chosen = next((cell for cell in inside if cell.text.strip()), chosen)
    text = chosen.text.strip()
    spans = chosen.rows > 1 or chosen.columns > 1
    if spans and looks_like_figure(text) and _is_shared(chosen, places, grid, first):
        return Said("", doubt=f"“{shorten(text)}”占了几格，分不清是哪一格的数字，没有读入，请照原文件填写")
    figures = _figures(inside) if len(inside) > 1 else 0
    plain = figures < 2 and (not figures or chosen is inside[0])  # noqa: PLR2004 - two numbers, one place
    return Said(text, place.unit, chosen.doubt if plain else ASKEW)


def _is_shared(cell: VisibleCell, places: Sequence[ColumnSpan], grid: Grid, first: int) -> bool:
    """Whether the cell lies under several columns, or beside more rows than its label."""
    label = grid.covering.get((cell.row, first - 1))
    rows = label.row + label.rows if label else cell.row + cell.rows
    if cell.row + cell.rows > rows:
        return True
    return cell.columns > 1 and sum(_belongs(cell, place) for place in places) > 1


def _doubted(found: Mapping[str, Said]) -> Mapping[str, Said]:
    """The same, each number to be looked at."""
    return {
        column: said._replace(doubt=said.doubt or ASKEW if looks_like_figure(said.text) else said.doubt)
        for column, said in found.items()
    }


def _complete(head: Head, block: BlockLabels, collected: Collected) -> Sequence[ColumnSpan]:
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


def _without_head(
    cells: Sequence[VisibleCell], grid: Grid, block: BlockLabels, form: Form
) -> Mapping[str, Said]:
    """The row's cells by the order of the form's columns: of all, or of those that are no totals."""
    stub = _stub_end(grid)
    if not any(cell.text.strip() for cell in cells if cell.column < stub):
        cells = [cell for cell in cells if cell.column >= stub]
    row = block.block.rows[0].id
    typed = [
        column for column in block.block.columns if CellRef(block.table.id, row, column.id) not in form.totals
    ]
    if len(cells) == len(typed) < len(block.block.columns):
        return _in_order(cells, typed)
    return _in_order(cells, block.block.columns)


def _stub_end(grid: Grid) -> int:
    """The first column behind the labels of all rows of numbers; 0 where these rows end in different places.

    Where a program lost what covers several places, a row's numbers begin where its label ends.
    """
    end, last = 0, set()
    for row, cells in grid.starting.items():
        written = grid.written(row)
        numbers = [cell.column for cell in written if looks_like_figure(cell.text)]
        if not numbers:
            continue
        last.add(cells[-1].column + cells[-1].columns)
        labels = (cell for cell in written if cell.column < numbers[0] and _is_worded(cell.text))
        end = max([end, *(cell.column + cell.columns for cell in labels)])
    return end if len(last) == 1 else 0


def _is_worded(text: str) -> bool:
    """Whether a cell is a label: neither a number nor a way to say that there is none."""
    return not stands_for_figure(text) and not is_blank(text) and len(text.strip()) > 1


def _in_order(cells: Sequence[VisibleCell], columns: Sequence[Column]) -> Mapping[str, Said]:
    """The row's last cells by the order of the columns; nothing where they are not as many.

    No head tells which is which. Where empty cells make more of them, numbers are in doubt.
    """
    written = [cell for cell in cells if not is_blank(cell.text)]
    if len(written) == len(columns):
        cells = written
    before, last = cells[: -len(columns)], cells[-len(columns) :]
    if len(last) < len(columns) or _figures(before):
        return {}
    found = {
        column.id: Said(cell.text.strip(), doubt=cell.doubt)
        for column, cell in zip(columns, last, strict=True)
    }
    return _doubted(found) if before else found


def _or_stray(
    found: Mapping[str, Said],
    cells: Sequence[VisibleCell],
    grid: Grid,
    block: BlockLabels,
    collected: Collected,
) -> Mapping[str, Said]:
    """What was found; where that is nothing, the row's numbers are counted as strays."""
    if not found and cells:
        collected.stray(block.table.id, _figures(cells), row_name(grid.written(cells[0].row)))
    return found


def _figures(cells: Sequence[VisibleCell]) -> int:
    return sum(looks_like_figure(cell.text) for cell in cells)


def row_name(written: Sequence[VisibleCell]) -> str:
    """A row as a sentence names it: the last of its labels, or its numbers where it has none."""
    labels = [cell.text for cell in written if not looks_like_figure(cell.text)]
    if labels:
        return labels[-1]
    numbers = "、".join(cell.text.strip() for cell in written[:_FIRST_NUMBERS])
    return f"没有行名，数字是 {numbers}{'…' if len(written) > _FIRST_NUMBERS else ''}"
