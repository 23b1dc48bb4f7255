"""A block of cells copied from a spreadsheet, on its way into a table and out of one.

Answers for what the text of a clipboard means in a table: which cell takes which number, what
is left out and why, as one edit and one Chinese sentence. Fetching the text is the window's.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportdesk.form.layout import Anatomy, LaidCell, lay_out
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellKind, CellRef, Form, Table
from reportdesk.report.document import Report, Value
from reportdesk.report.edits import Edit, set_cells
from reportdesk.report.figures import FigureError, parse_figure, show_figure
from reportdesk.report.totals import Totals, compute_totals

Block = list[list[str]]
Place = tuple[int, int]
"""Row and column of the laid-out table, from 0."""

_ANY = CellKind("any", "", places=12, signed=True)
_WORDS = re.compile(r"[㐀-鿿]{2}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste comes to. The edit is empty where nothing could be pasted."""

    edit: Edit
    says: str
    cells: tuple[CellRef, ...]
    """The cells that take what was pasted, changed or not."""


@dataclass(slots=True)
class _Outcome:
    """What became of each pasted cell."""

    values: dict[CellRef, Value | None] = field(default_factory=dict)
    unfit: list[tuple[CellRef, str]] = field(default_factory=list)
    stated: dict[CellRef, Value | None] = field(default_factory=dict)
    labels: int = 0
    outside: int = 0


def read_block(text: str) -> Block:
    """The rows of cells in a clipboard's text: tabs between cells, quotes as spreadsheets set them.

    A line feed at the end, which every spreadsheet adds, is no row of its own.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if '"' in lines:
        try:
            return list(csv.reader(io.StringIO(lines, newline=""), dialect="excel-tab", strict=True))
        except csv.Error:
            pass  # no spreadsheet's quotes: prose
    return [line.split("\t") for line in lines.split("\n")]


def write_block(report: Report, totals: Totals, table: Table, refs: Iterable[CellRef]) -> str:
    """The cells as a spreadsheet takes them; what lies between them and is not among them is blank."""
    place_of = lay_out(table).place_of
    shown = {
        (place_of[ref].row, place_of[ref].column): show_figure(
            totals[ref].value if ref in totals else report.cells.get(ref)
        )
        for ref in refs
    }
    rows = range(min(row for row, _ in shown), max(row for row, _ in shown) + 1)
    columns = range(min(column for _, column in shown), max(column for _, column in shown) + 1)
    return "\n".join("\t".join(shown.get((row, column), "") for column in columns) for row in rows)


def paste_block(
    report: Report, form: Form, table: Table, block: Block, selected: Sequence[CellRef]
) -> Pasted:
    """Put a block into the table with its first cell on the first of the selected ones.

    One cell fills the whole selection. Totals keep their computed number, and the sentence says
    where a pasted total differs. Rows and columns of words ahead of the numbers, such as the
    form's own labels, are dropped. A blank cell makes blank. ``selected`` must not be empty.
    """
    dropped, block = _without_labels(block)
    outcome = _Outcome()
    laid = lay_out(table)
    if len(block) == 1 and len(block[0]) == 1 and len(selected) > 1:
        for ref in selected:
            _take(form, laid.place_of[ref], block[0][0], outcome)
    else:
        top = min(laid.place_of[ref].row for ref in selected)
        left = min(laid.place_of[ref].column for ref in selected)
        _lay_over(form, laid.covering, block, (top, left), outcome)
    edit = set_cells(report, form, outcome.values, "粘贴")
    return Pasted(edit, _say(report, form, outcome, dropped), tuple(outcome.values))


def _lay_over(
    form: Form, covering: Mapping[Place, LaidCell], block: Block, at: Place, outcome: _Outcome
) -> None:
    """Each text onto the cell that begins at its place; a merged cell's other places take none."""
    for row, texts in enumerate(block, at[0]):
        for column, text in enumerate(texts, at[1]):
            cell = covering.get((row, column))
            if cell is None or (cell.row, cell.column) != (row, column):
                outcome.outside += bool(text.strip())
            else:
                _take(form, cell, text, outcome)


def _take(form: Form, cell: LaidCell, text: str, outcome: _Outcome) -> None:
    ref = cell.ref
    if ref is None:
        outcome.labels += bool(text.strip())
        return
    try:
        value = parse_figure(text, form.kind_of[ref])
    except FigureError as error:
        if cell.anatomy is Anatomy.TOTAL:
            outcome.stated[ref] = None
        else:
            outcome.unfit.append((ref, str(error)))
        return
    if cell.anatomy is not Anatomy.TOTAL:
        outcome.values[ref] = value
    elif value is not None:
        outcome.stated[ref] = value


def _without_labels(block: Block) -> tuple[str, Block]:
    """The block from its first row and column with a number on, and in words what was dropped.

    Only rows and columns of words go; a block without any number stays as it is.
    """
    if not any(_is_figure(text) for texts in block for text in texts):
        return "", block
    top = 0
    while _is_labels(block[top]):
        top += 1
    rest = block[top:]
    left = 0
    while _is_labels([texts[left] if left < len(texts) else "" for texts in rest]):
        left += 1
    dropped = [f"上面 {top} 行"] * bool(top) + [f"左边 {left} 列"] * bool(left)
    return "、".join(dropped), [texts[left:] for texts in rest]


def _is_labels(texts: Sequence[str]) -> bool:
    return any(_WORDS.search(text) for text in texts) and not any(_is_figure(text) for text in texts)


def _is_figure(text: str) -> bool:
    try:
        return parse_figure(text, _ANY) is not None
    except FigureError:
        return False


def _say(report: Report, form: Form, outcome: _Outcome, dropped: str) -> str:
    """粘贴 12 格，3 格未粘贴：…; what the clerk has to mend comes first."""
    numbers = sum(value is not None for value in outcome.values.values())
    emptied = sum(value is None and ref in report.cells for ref, value in outcome.values.items())
    left_out = len(outcome.unfit) + len(outcome.stated) + outcome.labels + outcome.outside
    why = _why(report, form, outcome)
    done = [f"粘贴 {numbers} 格"] * bool(numbers) + [f"清空 {emptied} 格"] * bool(emptied)
    if not done and not left_out:
        return "剪贴板里是空白，没有粘贴。"
    clauses = ["，".join(done)] if done else []
    if left_out:
        clauses.append(f"{left_out} 格未粘贴：{why}" if done else f"没有粘贴：{why}")
    words = f"（{dropped}是文字，已略去）" if dropped else ""
    return "，".join(clauses) + words + "。"


def _why(report: Report, form: Form, outcome: _Outcome) -> str:
    reasons = []
    if outcome.unfit:
        ref, reason = outcome.unfit[0]
        others = f"，另有 {len(outcome.unfit) - 1} 格也不能识别" if len(outcome.unfit) > 1 else ""
        where = f"{form.name_of(ref)} " if outcome.values or others else ""
        reasons.append(f"{where}{reason}{others}")
    if outcome.stated:
        reasons.append(f"合计 {len(outcome.stated)} 格自动计算{_difference(report, form, outcome)}")
    if outcome.labels:
        reasons.append(f"表头 {outcome.labels} 格不能改")
    if outcome.outside:
        reasons.append(f"超出表格 {outcome.outside} 格")
    return "；".join(reasons)


def _difference(report: Report, form: Form, outcome: _Outcome) -> str:
    """Where a pasted total is not what the cells add up to: the source may be wrong, or the paste."""
    cells = dict(report.cells)
    for typed, value in outcome.values.items():
        if value is None:
            cells.pop(typed, None)
        else:
            cells[typed] = value
    totals, _ = compute_totals(relate(form), cells)
    differing = [
        (ref, stated, totals[ref].value or 0)
        for ref, stated in outcome.stated.items()
        if stated is not None and stated != (totals[ref].value or 0)
    ]
    if not differing:
        return ""
    ref, stated, computed = differing[0]
    count = f"，其中 {len(differing)} 格与粘贴的不同" if len(differing) > 1 else "，与粘贴的不同"
    return f"{count}：{form.name_of(ref)} 粘贴的是 {show_figure(stated)}，算出 {show_figure(computed)}"
