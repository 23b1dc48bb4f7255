"""A pasted table that has the form's labels: each number goes to the row and column it is called by.

Recognising is the readers'; here stands what a paste makes of it for the one table that is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form, Table
from reportdesk.readers.files.reading_notes import Standing, shorten
from reportdesk.readers.files.visible import VisibleTable
from reportdesk.readers.tables.cell_values import Collected
from reportdesk.readers.tables.recognise import read_tables
from reportdesk.readers.tables.row_texts import ASKEW
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure
from reportdesk.report.totals import compute_totals

_NAMED = 4
_HEADLESS = "没有找到"
"""How the reader's sentence begins that numbers go by the order of columns, for want of a head."""
_ASKEW = "所在的格子和表头没有对齐，分不清是哪一栏的"
_HALF = 2


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a pasted table says of the cells of the open one.

    ``refused`` are cells whose text is no number or may be wrong, with why; their old number stays.
    ``stated`` are the totals that stand there. ``strange`` names the rows that are none of the table's.
    ``says`` holds what else the clerk must know. ``reason`` is why nothing is pasted, if so.
    """

    values: Mapping[CellRef, Value | None]
    refused: Sequence[tuple[CellRef, str]]
    stated: Mapping[CellRef, Value | None]
    strange: Sequence[str] = ()
    says: Sequence[str] = ()
    reason: str = ""


def read_labelled(form: Form, table: Table, tables: Iterable[VisibleTable]) -> Labelled | None:
    """What the tables say of the open table; None where they have no label of the form."""
    read = read_tables(tables, form)
    collected = read.collected
    found = {*collected.values, *collected.blank}
    strange = [before for of, before in collected.strays if of == table.id]
    if not found:
        rows = name_strange(strange)
        return (
            _nothing(f"这些行的数字没有表头，或者和表头对不齐，不知道是哪一栏的：{rows}。请连同表头一起复制")
            if strange
            else None
        )
    if not any(ref.table == table.id for ref in found):
        names = dict.fromkeys(form.tables[ref.table].name for ref in sorted(found, key=str))
        return _nothing(f"剪贴板里是{'、'.join(names)}的内容，不是{table.name}的，请到那张表再粘贴")
    if conflict := collected.conflict_in(table.id):
        return _nothing(f"{conflict.replace('文件里', '剪贴板里')}。请只复制要用的那一张")
    refused = list(_refused(collected, table))
    doubted = {ref for ref, _ in refused}
    mine = {ref: collected.values.get(ref) for ref in found if ref.table == table.id}
    values = {ref: value for ref, value in mine.items() if ref not in form.totals and ref not in doubted}
    stated = {ref: value for ref, value in mine.items() if ref in form.totals and value is not None}
    headless = any(says.startswith(_HEADLESS) for says in _doubts(collected, table))
    if headless and _contradicts(form, values, stated):
        return _nothing("没有表头，按本表各栏的顺序放，和合计对不上。请连同表头一起复制")
    besides = [*_besides(form, table, found, headless=headless), *_doubts_of_read(collected, table)]
    return Labelled(values, refused, stated, strange, besides)


def _nothing(reason: str) -> Labelled:
    return Labelled({}, (), {}, reason=reason)


def _refused(collected: Collected, table: Table) -> Iterator[tuple[CellRef, str]]:
    """The cells of the table that are not read, or not certainly, with the reader's reason."""
    for outcome in collected.outcomes():
        if outcome.standing is Standing.DOUBTFUL:
            for ref in outcome.cells:
                if ref.table != table.id:
                    continue
                if ref in collected.blank:
                    yield ref, outcome.says.partition("：")[2].rstrip("。") or outcome.says
                elif ASKEW in outcome.says:
                    yield ref, f"“{show_figure(collected.values[ref])}”{_ASKEW}"


def _doubts(collected: Collected, table: Table, *, pasted: bool = False) -> Iterator[str]:
    """What is doubtful of the table's cells; ``pasted`` asks for those with a number only."""
    for outcome in collected.outcomes():
        cells = [ref for ref in outcome.cells if ref.table == table.id]
        if outcome.standing is not Standing.DOUBTFUL or not cells:
            continue
        if not pasted or any(ref in collected.values for ref in cells):
            yield outcome.says


def _doubts_of_read(collected: Collected, table: Table) -> Iterator[str]:
    """What is doubtful of numbers that are pasted all the same, but for a head that is lacking."""
    for says in _doubts(collected, table, pasted=True):
        if not says.startswith(_HEADLESS) and ASKEW not in says:
            yield says.removesuffix("。").replace("读入", "粘贴")


def _contradicts(
    form: Form, values: Mapping[CellRef, Value | None], stated: Mapping[CellRef, Value | None]
) -> bool:
    """Whether most totals are not what the numbers come to: the columns stand in another order."""
    cells = {ref: value for ref, value in values.items() if value is not None}
    totals, _ = compute_totals(relate(form), cells)
    asked = [ref for ref, value in stated.items() if value or totals[ref].value]
    wrong = sum(stated[ref] != (totals[ref].value or 0) for ref in asked)
    return wrong * _HALF > len(asked)


def _besides(form: Form, table: Table, found: Iterable[CellRef], *, headless: bool) -> Iterator[str]:
    if headless:
        yield "没有表头，按本表各栏的顺序放入，请核对"
    others = [ref for ref in found if ref.table != table.id and ref not in form.totals]
    if others:
        names = dict.fromkeys(form.tables[ref.table].name for ref in sorted(others, key=str))
        yield f"另有 {'、'.join(names)}的 {len(others)} 格没有粘贴，请到那张表再粘贴"


def name_strange(rows: Sequence[str]) -> str:
    """The rows that found no place, as a clause names them."""
    named = "、".join(f"“{shorten(row)}”" for row in rows[:_NAMED])
    return f"{named}等 {len(rows)} 行" if len(rows) > _NAMED else named
