"""A block of cells copied from a spreadsheet, on its way into a table and out of one.

Answers for what the text of a clipboard means in a table: which cell takes which number, what
is left out and why, as one edit and one Chinese sentence. Fetching the text is the window's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportdesk.form.layout import Anatomy, LaidCell, lay_out
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellKind, CellRef, Form, Table
from reportdesk.report.document import Report, Value
from reportdesk.report.edits import Edit, set_cells
from reportdesk.report.text.figures import FigureError, parse_figure, show_figure, tell_figure
from reportdesk.report.totals import Totals, compute_totals
from reportdesk.session.clipboard.clip import Block, Clip, read_block
from reportdesk.session.clipboard.clip_limits import TooMuchError, limit_clip

if TYPE_CHECKING:
    from reportdesk.session.clipboard.paste_by_labels import Labelled

Place = tuple[int, int]
"""Row and column of the laid-out table, from 0."""

_ANY = CellKind("any", "", places=12, signed=True)
_SHOWN = 24
"""Characters of a refused text that its entry shows."""
_WORDS = re.compile(r"[㐀-鿿]{2}")


@dataclass(frozen=True, slots=True)
class Refused:
    """A text of the clipboard that went nowhere: what it was, why, and the cell it was meant for.

    ``ref`` is None where there is no such cell, as beyond the table's edge.
    """

    text: str
    reason: str
    ref: CellRef | None = None

    def says(self, form: Form) -> str:
        """The entry in the list of what was not pasted."""
        text = " ".join(self.text.split())
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        where = f"{form.name_of(self.ref).partition(' ')[2]}：" if self.ref is not None else ""
        quotes = self.reason.startswith("“")  # the reason begins with the text itself, shorter than here
        why = self.reason.partition("”")[2] if quotes else f"，{self.reason}"
        return f"{where}“{shown}”{why}。"


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste comes to. The edit is empty where nothing could be pasted."""

    edit: Edit
    says: str
    cells: tuple[CellRef, ...]
    """The cells that take what was pasted, changed or not."""
    refused: tuple[Refused, ...] = ()
    """What of the clipboard the table does not hold now, in the order in which it was read."""


@dataclass(slots=True)
class _Outcome:
    """What became of each pasted cell."""

    values: dict[CellRef, Value | None] = field(default_factory=dict)
    unfit: list[tuple[CellRef, str]] = field(default_factory=list)
    stated: dict[CellRef, Value | None] = field(default_factory=dict)
    labels: int = 0
    outside: int = 0
    refused: list[Refused] = field(default_factory=list)
    strange: Sequence[str] = ()
    """Rows that fit no label of the table."""


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


def block_as_page(text: str) -> str:
    """The rows of ``write_block`` as the table of a web page, which word processors take as a table."""
    rows = (
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split("\t")) + "</tr>"
        for line in text.split("\n")
    )
    return f"<table>{''.join(rows)}</table>"


def paste_clip(report: Report, form: Form, table: Table, clip: Clip, selected: Sequence[CellRef]) -> Pasted:
    """Put what a clipboard holds into the table: by its labels where it has the form's, else by position.

    ``selected`` must not be empty. A block with words ahead of its numbers that are no label of the
    form is refused: nothing tells where its numbers belong; so is far more than the table holds.
    """
    from reportdesk.session.clipboard.clipboard_tables import block_of, table_of_text, tables_of_page
    from reportdesk.session.clipboard.paste_by_labels import read_labelled

    try:
        clip = limit_clip(clip, table)
    except TooMuchError as error:
        return _refused(str(error))
    if not clip.text and not clip.html:
        return _refused("剪贴板里是空白，没有粘贴。")
    page = tables_of_page(clip.html)
    labelled = read_labelled(form, table, page.tables or (table_of_text(clip.text, form),))
    if labelled is not None:
        return _paste_labelled(report, form, labelled, page.passed_over)
    block = block_of(page.tables[0]) if len(page.tables) == 1 else read_block(clip.text)
    ahead = _labels_ahead(block)
    if ahead:
        return _refused(
            f"没有粘贴：剪贴板里{ahead}是文字，对不上{table.name}的行名和栏目。"
            "请连同本表的行名和表头一起复制，或者只复制数字。"
        )
    return paste_block(report, form, table, block, selected)


def _refused(says: str) -> Pasted:
    return Pasted(Edit("粘贴", ()), says, ())


def _paste_labelled(
    report: Report, form: Form, labelled: Labelled, passed_over: Sequence[str] = ()
) -> Pasted:
    if labelled.reason:
        return _refused(f"没有粘贴：{labelled.reason}。")
    outcome = _Outcome(
        values=dict(labelled.values),
        unfit=list(labelled.refused),
        stated=dict(labelled.stated),
        strange=labelled.strange,
        refused=[
            *(Refused(_quoted(reason), reason, ref) for ref, reason in labelled.refused),
            *(Refused(show_figure(value), "", ref) for ref, value in labelled.stated.items()),
            *(Refused(row, "对不上本表的行或栏") for row in labelled.strange),
        ],
    )
    edit = set_cells(report, form, outcome.values, "粘贴")
    besides = [says.removesuffix("。") for says in (*labelled.says, *passed_over)]
    return _pasted(report, form, edit, outcome, besides)


def _quoted(reason: str) -> str:
    """The text that a reader's reason quotes."""
    return reason.partition("“")[2].partition("”")[0]


def paste_block(
    report: Report, form: Form, table: Table, block: Block, selected: Sequence[CellRef]
) -> Pasted:
    """Put a block into the table with its first cell on the first of the selected ones.

    One cell fills the whole selection but for what is 待核实. Totals keep their computed number, and the sentence says
    where a pasted total differs. A blank cell makes blank. ``selected`` must not be empty.
    """
    outcome = _Outcome()
    besides: list[str] = []
    laid = lay_out(table)
    if len(block) == 1 and len(block[0]) == 1 and len(selected) > 1:
        kept = [ref for ref in selected if ref in report.unverified]
        for ref in selected:
            if ref not in kept:
                _take(form, laid.place_of[ref], block[0][0], outcome)
        if len(kept) == len(selected):
            return Pasted(Edit("粘贴", ()), f"没有粘贴：待核实的 {len(kept)} 格没有填。请逐格粘贴。", ())
        besides = [f"待核实的 {len(kept)} 格没有填"] * bool(kept)
    else:
        top = min(laid.place_of[ref].row for ref in selected)
        left = min(laid.place_of[ref].column for ref in selected)
        _lay_over(form, laid.covering, block, (top, left), outcome)
    edit = set_cells(report, form, outcome.values, "粘贴")
    return _pasted(report, form, edit, outcome, besides)


def _pasted(report: Report, form: Form, edit: Edit, outcome: _Outcome, besides: Sequence[str] = ()) -> Pasted:
    refused = tuple(_still_refused(report, form, outcome))
    clauses = [*besides, *(["没有粘贴的列在表格上面"] if len(refused) > 1 else [])]
    says = _say(report, form, outcome).removesuffix("。") + "".join(f"；{clause}" for clause in clauses)
    return Pasted(edit, f"{says}。", tuple(outcome.values), refused)


def _still_refused(report: Report, form: Form, outcome: _Outcome) -> Iterator[Refused]:
    """All that was refused but totals that come out as they were pasted."""
    totals = _totals_after(report, form, outcome) if outcome.stated else {}
    for one in outcome.refused:
        if one.ref is None or one.ref not in outcome.stated:
            yield one
            continue
        computed = totals[one.ref].value
        if outcome.stated[one.ref] is None or outcome.stated[one.ref] != (computed or 0):
            yield replace(one, reason=f"合计自动计算，算出 {tell_figure(computed)}")


def _lay_over(
    form: Form, covering: Mapping[Place, LaidCell], block: Block, at: Place, outcome: _Outcome
) -> None:
    """Each text onto the cell that begins at its place; a merged cell's other places take none."""
    for row, texts in enumerate(block, at[0]):
        for column, text in enumerate(texts, at[1]):
            cell = covering.get((row, column))
            if cell is None or (cell.row, cell.column) != (row, column):
                if text.strip():
                    outcome.outside += 1
                    outcome.refused.append(Refused(text, "超出表格"))
            else:
                _take(form, cell, text, outcome)


def _take(form: Form, cell: LaidCell, text: str, outcome: _Outcome) -> None:
    ref = cell.ref
    if ref is None:
        if text.strip():
            outcome.labels += 1
            if "".join(text.split()) != "".join(cell.text.split()):
                outcome.refused.append(Refused(text, "落在表头上，表头不能改"))
        return
    try:
        value = parse_figure(text, form.kind_of[ref])
    except FigureError as error:
        if cell.anatomy is Anatomy.TOTAL:
            outcome.stated[ref] = None
            outcome.refused.append(Refused(text, "", ref))
        else:
            outcome.unfit.append((ref, str(error)))
            outcome.refused.append(Refused(text, str(error), ref))
        return
    if cell.anatomy is not Anatomy.TOTAL:
        outcome.values[ref] = value
    elif value is not None:
        outcome.stated[ref] = value
        outcome.refused.append(Refused(text, "", ref))


def _labels_ahead(block: Block) -> str:
    """In words the rows and columns of words that stand ahead of a block's numbers; empty if none do."""
    if not any(_is_figure(text) for texts in block for text in texts):
        return ""
    top = 0
    while _is_labels(block[top]):
        top += 1
    rest = block[top:]
    left = 0
    while _is_labels([texts[left] if left < len(texts) else "" for texts in rest]):
        left += 1
    return "、".join([f"上面 {top} 行"] * bool(top) + [f"左边 {left} 列"] * bool(left))


def _is_labels(texts: Sequence[str]) -> bool:
    return any(_WORDS.search(text) for text in texts) and not any(_is_figure(text) for text in texts)


def _is_figure(text: str) -> bool:
    try:
        return parse_figure(text, _ANY) is not None
    except FigureError:
        return False


def _say(report: Report, form: Form, outcome: _Outcome) -> str:
    """粘贴 12 格，3 格未粘贴：…; what the clerk has to mend comes first."""
    numbers = sum(value is not None for value in outcome.values.values())
    emptied = sum(value is None and ref in report.cells for ref, value in outcome.values.items())
    left_out = len(outcome.unfit) + len(outcome.stated) + outcome.labels + outcome.outside
    left_out += len(outcome.strange)
    why = _why(report, form, outcome)
    done = [f"粘贴 {numbers} 格"] * bool(numbers) + [f"清空 {emptied} 格"] * bool(emptied)
    if not done and not left_out:
        return "剪贴板里是空白，没有粘贴。"
    clauses = ["，".join(done)] if done else []
    if left_out:
        clauses.append(f"{left_out} 格未粘贴：{why}" if done else f"没有粘贴：{why}")
    return "，".join(clauses) + "。"


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
    if outcome.strange:
        from reportdesk.session.clipboard.paste_by_labels import name_strange

        reasons.append(f"对不上本表的行或栏：{name_strange(outcome.strange)}")
    if outcome.outside:
        reasons.append(f"超出表格 {outcome.outside} 格")
    return "；".join(reasons)


def _totals_after(report: Report, form: Form, outcome: _Outcome) -> Totals:
    cells = dict(report.cells)
    for typed, value in outcome.values.items():
        if value is None:
            cells.pop(typed, None)
        else:
            cells[typed] = value
    totals, _ = compute_totals(relate(form), cells)
    return totals


def _difference(report: Report, form: Form, outcome: _Outcome) -> str:
    """Where a pasted total is not what the cells add up to: the source may be wrong, or the paste."""
    totals = _totals_after(report, form, outcome)
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
