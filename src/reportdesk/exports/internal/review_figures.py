"""The figures of a 审核单: those that are not zero or were not last year, and beside them last year's.

Answers for which figures there are and what the paper says of the choice. In how much detail they stand
is chosen by ``review_sheet``, which knows how much room there is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from reportdesk.exports.internal.layout import BODY, HEADING, SMALL, TINY, Cell, Grid, Piece, Words
from reportdesk.exports.style import TextStyle
from reportdesk.form.relations import relate
from reportdesk.form.spec import Block, CellRef, Form
from reportdesk.report.document import Report, Value
from reportdesk.report.text.figures import show_figure, tell_figure
from reportdesk.report.totals import compute_totals

_FIRST_ROLES = (
    ("reconsideration_corrected", "行政复议被纠正"),
    ("litigation_corrected", "行政诉讼败诉（被纠正）"),
    ("fees", "行政事业性收费（万元）"),
)
"""What a leader must see before all else, by the form's roles; one that an edition lacks is left out."""
_NONE = "—"
_PADDING = {BODY: 2.0, SMALL: 1.5, TINY: 0.2}

Figures = Mapping[CellRef, Value | None]


class Detail(Enum):
    """How figures of a row with several columns are told, from the longest way to the shortest."""

    CELLS = "each in a row of its own"
    ROWS = "the row's total, with the others in words"
    TOTALS = "the row's total alone"


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    now: str
    then: str
    change: str


@dataclass(frozen=True, slots=True)
class _Years:
    """The figures of this year, and of last year where they can be compared cell by cell."""

    now: Figures
    then: Figures | None

    def is_told(self, ref: CellRef) -> bool:
        """Whether the figure is not zero, or was not last year."""
        return bool(self.now[ref] or (self.then or {}).get(ref))

    def row(self, name: str, refs: Sequence[CellRef]) -> _Row:
        """The sum of these cells, most often one, in both years."""
        last = self.then or {}
        now, then = _sum(self.now, refs), _sum(last, refs)
        gaps = _gap("本年", self.now, refs) + _gap("上年", last, refs)
        change = _NONE
        if now is not None and then is not None and not gaps:
            difference = now - then
            change = f"+{show_figure(difference)}" if difference > 0 else show_figure(difference)
        return _Row(f"{name}{gaps}", tell_figure(now), tell_figure(then), change)

    def tell(self, name: str, ref: CellRef) -> str:
        """A figure in words: 自然人 3（上年 2）."""
        now, then = tell_figure(self.now[ref]), tell_figure((self.then or {}).get(ref))
        return f"{name} {now}" if self.then is None or now == then else f"{name} {now}（上年 {then}）"


def figure_pieces(
    form: Form, report: Report, number: str, detail: Detail, look: TextStyle
) -> Iterator[Piece]:
    """The figures under a heading of that number."""
    last = report.last_year
    then = _all_figures(form, last.cells) if last is not None and last.edition == form.edition else None
    years = _Years(_all_figures(form, report.cells), then)
    rows = tuple(_rows(form, years, detail))
    yield Words(f"{number}、主要数字", HEADING, above=10.0, kept=True)
    compared = "本年或者上年" if then is not None else "本年"
    always = sum(1 for role, _ in _FIRST_ROLES if form.cell_roles.get(role))
    says = [f"列出{compared}不是 0 的数字{f'；前 {always} 行总是列出' if always else ''}。"]
    if last is None:
        says.insert(0, "没有上年年报，无法比较。")
    elif then is None:
        says.insert(0, "上年年报用的是另一种格式，数字不能逐格比较。")
    if detail is Detail.TOTALS:
        says.append("数字较多，一行有几栏的只列总计，各栏的数字请看年报里的表。")
    yield Words("".join(says), SMALL, kept=bool(rows))
    if not rows:
        yield Words("全部数字都是 0 或没有填。", look)
        return
    yield _grid(rows, report.year, look, is_compared=then is not None)


def _grid(rows: Iterable[_Row], year: int | None, look: TextStyle, *, is_compared: bool) -> Grid:
    this = f"{year}年" if year else "本年"
    padding = _PADDING[look]
    heads = ("项目", this, f"{year - 1}年" if year else "上年", "增减")
    told = [(row.name, row.now, row.then, row.change) for row in rows]
    shown = len(heads) if is_compared else 2
    cells = tuple(
        tuple(Cell(says, centred=place > 0, look=look) for place, says in enumerate(row[:shown]))
        for row in told
    )
    return Grid((10, 2, 2, 2) if is_compared else (12, 3), heads[:shown], cells, padding=padding)


def _all_figures(form: Form, cells: Mapping[CellRef, Value]) -> Figures:
    totals, _ = compute_totals(relate(form), cells)
    return {ref: totals[ref].value if ref in totals else cells.get(ref) for ref in form.kind_of}


def _rows(form: Form, years: _Years, detail: Detail) -> Iterator[_Row]:
    told: set[CellRef] = set()
    for role, name in _FIRST_ROLES:
        refs = form.cell_roles.get(role, ())
        if refs:
            told.update(refs)
            yield years.row(name, refs)
    for table in form.tables.values():
        for block in table.blocks:
            for row, group in itertools.product(block.rows, _groups(block)):
                cells = [CellRef(table.id, row.id, column) for column in group]
                shown = [ref for ref in cells if ref not in told and years.is_told(ref)]
                if detail is Detail.CELLS or len(group) == 1:
                    yield from (years.row(form.name_of(ref), (ref,)) for ref in shown)
                elif shown:
                    yield _summed(form, years, shown, cells[-1], detail)


def _groups(block: Block) -> Iterator[tuple[str, ...]]:
    """The block's columns: those that one sums before it, and each other one alone."""
    summed = {other for column in block.columns for other in column.total_of}
    for column in block.columns:
        if column.total_of:
            yield (*column.total_of, column.id)
        elif column.id not in summed:
            yield (column.id,)


def _summed(form: Form, years: _Years, shown: Sequence[CellRef], total: CellRef, detail: Detail) -> _Row:
    """A row's figures by their total; those that it sums stand behind the name."""
    block = form.tables[total.table].block_of(total)
    name = form.name_of(total).removesuffix(block.column(total.column).label[-1]).rstrip()
    if detail is Detail.ROWS:
        parts = "，".join(
            years.tell(block.column(ref.column).label[-1], ref) for ref in shown if ref != total
        )
        name = f"{name}：{parts}" if parts else name
    return years.row(name, (total,))


def _gap(year: str, figures: Figures, refs: Sequence[CellRef]) -> str:
    """That some of the cells that are summed are blank; empty if none is, or all are."""
    blanks = sum(figures.get(ref) is None for ref in refs)
    return f"（{year}有 {blanks} 格未填）" if 0 < blanks < len(refs) else ""


def _sum(figures: Figures, refs: Sequence[CellRef]) -> Value | None:
    filled = [value for ref in refs if (value := figures.get(ref)) is not None]
    return sum(filled[1:], filled[0]) if filled else None
