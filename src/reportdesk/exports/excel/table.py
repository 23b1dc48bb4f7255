"""One table of the form on a sheet: its labels and numbers, totals that recompute, balances.

Made from the form's layout and relations alone, so that it knows no table of its own. Sheets
of prose are ``workbook``'s, what offices of a unit fill in for it ``blank_workbook``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportdesk.exports.excel.look import INDENT_WIDTH, Area, Look, Paper, Pen, set_widths, text_height
from reportdesk.exports.style import BANNER_COLOUR, SECTION_HEADING, Face
from reportdesk.form.layout import Anatomy, LaidCell, TableLayout, lay_out
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellKind, CellRef, Form, Table
from reportdesk.report.document import Report, Value
from reportdesk.report.text.figures import MAX_DIGITS, show_figure, wanted_figure
from reportdesk.report.totals import BalanceResult, BalanceState, Total, compute_totals

SECTION_TITLE = Look("年报 一级标题", SECTION_HEADING.face, SECTION_HEADING.size)
_TABLE_TITLE = Look("年报 表名", Face.HEI, 12)
_ERROR_COLOUR = "C00000"
_QUIET_COLOUR = "595959"
_SIDE_LABELS = (Anatomy.BANNER, Anatomy.STUBHEAD, Anatomy.STUB)
_SMALLEST_COLUMN = 2.5
"""In characters: a number column narrower than this asks for a turned page."""
_PROMPT = "请填{}；没有请填 0，还没有统计的请留空。"
_PROMPT_COLLECTED = "各科室表里的数字自动加到这里。不用科室表的，直接填{}；没有请填 0。"


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the cells of the form's tables.

    ``totals`` and ``balances`` are what their formulas give. ``collected`` has the formula of each
    typed cell that is summed from other sheets, whose numbers nobody knows yet. ``unmerged``: each
    number stands in one cell, and what it covers in the form beside that is closed.
    """

    form: Form
    report: Report
    totals: Mapping[CellRef, Total]
    balances: Sequence[BalanceResult]
    collected: Mapping[CellRef, str] = field(default_factory=dict)
    unmerged: bool = False


def filling(form: Form, report: Report) -> Filling:
    """The report's own numbers, totals and balances."""
    return Filling(form, report, *compute_totals(relate(form), report.cells))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a sheet a table stands.

    ``top`` is the row of its first, ``columns`` has where each of its columns begins and where the
    last one ends, all counted from 1.
    """

    top: int
    columns: Sequence[int]

    def area(self, cell: LaidCell) -> Area:
        """Where a cell of the table stands."""
        left, right = (self.columns[place] for place in (cell.column, cell.column + cell.column_span))
        return Area(self.top + cell.row, left, cell.row_span, right - left)


@dataclass(frozen=True, slots=True)
class _TableSheet:
    """The sheet being written, and where the table stands on it."""

    sheet: Worksheet
    pen: Pen
    filling: Filling
    layout: TableLayout
    spot: Spot
    widths: Sequence[float]
    """Of the table's columns, in points."""
    values: dict[str, Value | None] = field(default_factory=dict)
    """What each formula gives, by its cell."""

    @property
    def form(self) -> Form:
        return self.filling.form

    @property
    def last_row(self) -> int:
        return self.spot.top + self.layout.row_count - 1

    def area(self, cell: LaidCell) -> Area:
        area = self.spot.area(cell)
        return replace(area, columns=1) if self.filling.unmerged and cell.ref is not None else area

    def area_of(self, ref: CellRef) -> Area:
        return self.area(self.layout.place_of[ref])

    def look(self, role: str, face: Face = Face.SONG, **features: Any) -> Look:
        """A framed look at the table's size of type, with those fields of ``Look`` besides."""
        size = self.layout.table.text_size
        return Look(f"年报 {role} {size:g}磅", face, size, **{"framed": True, **features})


def write_table(sheet: Worksheet, pen: Pen, filled: Filling, page: TablePage) -> dict[str, Value | None]:
    """Lay the table out on a sheet of its own; the values that its formulas give."""
    layout = lay_out(page.table)
    paper = paper_for(layout)
    columns = layout.column_count
    widths = tuple(share * paper.width for share in layout.widths)
    set_widths(sheet, widths)
    for row, (title, look) in enumerate(page.titles(), start=1):
        pen.write(sheet, Area(row, 1, 1, columns), look, title)
        sheet.row_dimensions[row].height = text_height(title, paper.width, look.size) + 8
    spot = Spot(len(page.titles()) + 1, range(1, columns + 2))
    here = _TableSheet(sheet, pen, filled, layout, spot, widths)
    _lay(here)
    _write_balances(here, here.last_row + 1)
    paper.set_up(sheet, Area(1, 1, here.last_row, columns))
    if layout.head_rows:
        sheet.print_title_rows = f"{spot.top}:{spot.top + layout.head_rows - 1}"
        _freeze(here)
    return here.values


def lay_table(
    sheet: Worksheet, pen: Pen, filled: Filling, table: Table, spot: Spot, widths: Sequence[float]
) -> dict[str, Value | None]:
    """Lay the table out on the spot of a sheet that holds others too; the values that its formulas give.

    ``widths`` are those of the table's columns in points; setting the sheet's is the caller's.
    """
    here = _TableSheet(sheet, pen, filled, lay_out(table), spot, widths)
    _lay(here)
    return here.values


def _lay(here: _TableSheet) -> None:
    heights = _row_heights(here, indented=False)
    # Labels stand off the rule where that costs no further line.
    _write_labels(here, indented=heights == _row_heights(here, indented=True))
    _write_numbers(here)
    for row, height in enumerate(heights, start=here.spot.top):
        here.sheet.row_dimensions[row].height = height
    _validate(here)


@dataclass(frozen=True, slots=True)
class TablePage:
    """A sheet that holds one table, under its section's title and, if it needs one, its own."""

    name: str
    section_title: str
    table: Table
    named: bool

    def titles(self) -> list[tuple[str, Look]]:
        """The lines above the table."""
        lines = [(self.section_title, SECTION_TITLE)]
        return [*lines, (self.table.name, _TABLE_TITLE)] if self.named else lines


def paper_for(layout: TableLayout) -> Paper:
    """Upright, unless a column of numbers would be too narrow for any."""
    upright = Paper()
    numbers = {cell.column for cell in layout.cells if cell.ref is not None}
    narrowest = min(layout.widths[column] for column in numbers) * upright.width
    return Paper(landscape=narrowest < _SMALLEST_COLUMN * layout.table.text_size)


def _write_labels(here: _TableSheet, *, indented: bool) -> None:
    variant = " 缩进" if indented else ""
    side = here.look(f"表行名{variant}", indented=indented)
    head = here.look("表栏目", horizontal="center")
    looks = {
        Anatomy.BANNER: here.look(f"表分项{variant}", indented=indented, fill=BANNER_COLOUR),
        Anatomy.STUBHEAD: side,
        Anatomy.STUB: side,
        Anatomy.SPANNER: head,
        Anatomy.COLUMN_LABEL: head,
    }
    for cell in here.layout.cells:
        if cell.anatomy in looks:
            tall = cell.anatomy is Anatomy.STUB and cell.row_span > 1
            look = looks[Anatomy.SPANNER if tall else cell.anatomy]
            here.pen.write(here.sheet, here.area(cell), look, cell.text)


def _write_numbers(here: _TableSheet) -> None:
    typed = here.look("填报数", Face.LATIN, horizontal="center", shrinks=True, typed=True)
    total = here.look("合计数", Face.LATIN, horizontal="center", shrinks=True)
    computed_by = relate(here.form).computed_by
    for ref, cell in here.layout.place_of.items():
        kind = here.form.kind_of[ref]
        if ref in computed_by:
            value = here.filling.totals[ref].value
            cells = ",".join(str(area) for area in _joined(here, computed_by[ref].items))
            formula = sum_formula(cells, kind)
            here.pen.write_formula(here.sheet, here.area(cell), total, formula, _number_format(value, kind))
            here.values[here.area(cell).first] = value
        elif formula := here.filling.collected.get(ref, ""):
            here.pen.write_formula(here.sheet, here.area(cell), typed, formula, _number_format(None, kind))
            here.values[here.area(cell).first] = None
        else:
            number = here.filling.report.cells.get(ref)
            # openpyxl takes a Decimal as it is, its types do not say so
            here.pen.write(
                here.sheet,
                here.area(cell),
                typed,
                number,  # type: ignore[arg-type]
                _number_format(number, kind),
            )
        if here.filling.unmerged:
            _close(here, cell)


def _close(here: _TableSheet, cell: LaidCell) -> None:
    """Guard the places that a number covers elsewhere, beside the one where it is typed."""
    whole, first = here.spot.area(cell), here.area(cell)
    closed = here.look("不填", fill=BANNER_COLOUR)
    for column in range(first.last_column + 1, whole.last_column + 1):
        here.pen.write(here.sheet, Area(first.row, column), closed)


def _number_format(value: Value | None, kind: CellKind) -> str:
    """Show the decimals that were written, and any more that are typed later."""
    if not kind.places:
        return "0"
    _, _, written = show_figure(value).partition(".")
    if not written:
        return "General"  # 0.#### would leave a bare point behind a whole number
    return "0." + "0" * len(written) + "#" * (kind.places - len(written))


def sum_formula(cells: str, kind: CellKind) -> str:
    """The sum of what is filled of the cells, blank while nothing is: blank is not zero."""
    return f'=IF(COUNT({cells})=0,"",{_rounded(f"SUM({cells})", kind)})'


def _rounded(sum_: str, kind: CellKind) -> str:
    """Binary fractions: 0.1 + 0.2 must show and compare as 0.3."""
    return f"ROUND({sum_},{kind.places})" if kind.places else sum_


def _joined(here: _TableSheet, refs: Iterable[CellRef]) -> Iterator[Area]:
    """The cells in as few ranges as neighbours allow."""
    joined: Area | None = None
    for ref in refs:
        area = here.area_of(ref)
        if joined is None:
            joined = area
        elif (area.column, area.columns, area.row) == (
            joined.column,
            joined.columns,
            joined.last_row + 1,
        ):
            joined = Area(joined.row, joined.column, joined.rows + area.rows, joined.columns)
        elif (area.row, area.rows, area.column) == (
            joined.row,
            joined.rows,
            joined.last_column + 1,
        ):
            joined = Area(joined.row, joined.column, joined.rows, joined.columns + area.columns)
        else:
            yield joined
            joined = area
    if joined is not None:
        yield joined


def _write_balances(here: _TableSheet, row: int) -> None:
    """Under the table and outside the print area: a line a balance, red where it does not hold."""
    own = [result for result in here.filling.balances if result.line.table == here.layout.table.id]
    for _, group in groupby(own, key=lambda result: id(result.line.balance)):
        row = _write_balance_line(here, list(group), row)


def _write_balance_line(here: _TableSheet, results: Sequence[BalanceResult], row: int) -> int:
    """Write a balance in all its columns; the row that follows it."""
    columns = [here.area_of(result.line.plus[0]) for result in results]
    first = min(area.column for area in columns)
    says = f"平衡：{results[0].line.balance.says}"
    label = here.look("平衡说明", framed=False, colour=_QUIET_COLOUR)
    if first == 1:  # no stub to stand in
        here.pen.write(here.sheet, Area(row, 1, 1, here.layout.column_count), label, says)
        row += 1
    else:
        here.pen.write(here.sheet, Area(row, 1, 1, first - 1), label, says)
    here.sheet.row_dimensions[row].height = here.layout.table.row_height
    for result in results:
        _write_difference(here, result, row)
    cells = Area(row, first, 1, max(area.last_column for area in columns) - first + 1)
    start = cells.first
    here.sheet.conditional_formatting.add(
        str(cells),
        FormulaRule(  # type: ignore[no-untyped-call]
            formula=[f"AND(ISNUMBER({start}),{start}<>0)"],
            font=Font(color=_ERROR_COLOUR, bold=True),
        ),
    )
    return row + 1


def _write_difference(here: _TableSheet, result: BalanceResult, row: int) -> None:
    line = result.line
    kind = here.form.kind_of[line.plus[0]]
    across = here.area_of(line.plus[0])
    area = Area(row, across.column, 1, across.columns)
    plus = ",".join(str(joined) for joined in _joined(here, line.plus))
    equals = ",".join(str(joined) for joined in _joined(here, line.equals))
    difference = _rounded(f"SUM({plus})-SUM({equals})", kind)
    look = here.look("平衡", horizontal="center", shrinks=True, framed=False, colour=_QUIET_COLOUR)
    number = "0." + "#" * kind.places if kind.places else "0"
    here.pen.write_formula(
        here.sheet,
        area,
        look,
        f'=IF(COUNT({plus},{equals})=0,"",{difference})',
        f'"差 "{number};"差 -"{number};"平"',
    )
    blank = result.state is BalanceState.BLANK
    here.values[area.first] = None if blank else result.difference


def _row_heights(here: _TableSheet, *, indented: bool) -> list[float]:
    """Rows high enough for every label; a label over several rows asks only for what they lack."""
    table = here.layout.table
    heights = [table.row_height] * here.layout.row_count
    for cell in sorted(here.layout.cells, key=lambda cell: cell.row_span):
        width = sum(here.widths[cell.column : cell.column + cell.column_span])
        if indented and cell.anatomy in _SIDE_LABELS:
            width -= INDENT_WIDTH
        rows = range(cell.row, cell.row + cell.row_span)
        lacking = text_height(cell.text, width, table.text_size) - sum(heights[row] for row in rows)
        if lacking > 0:
            for row in rows:
                heights[row] += lacking / len(rows)
    return heights


def _validate(here: _TableSheet) -> None:
    """Refuse what the form does not allow, in the clerk's words."""
    typed = here.form.typed_cells(here.layout.table)
    by_column = sorted(typed, key=lambda ref: (here.area_of(ref).column, here.area_of(ref).row))
    by_kind: dict[CellKind, list[CellRef]] = {}
    for ref in by_column:
        by_kind.setdefault(here.form.kind_of[ref], []).append(ref)
    for kind, refs in by_kind.items():
        areas = list(_joined(here, refs))
        if kind.places:
            for area in areas:  # its formula counts from the first cell of one range
                _refuse_all_but(here, kind, [area])
        else:
            _refuse_all_but(here, kind, areas)


def _refuse_all_but(here: _TableSheet, kind: CellKind, areas: Sequence[Area]) -> None:
    limit = 10**MAX_DIGITS - 1
    lowest = -limit if kind.signed else 0
    wanted = wanted_figure(kind)
    first = areas[0].first
    number = (
        {
            "type": "custom",
            "formula1": f"AND(ISNUMBER({first}),{first}>={lowest},{first}<={limit},"
            f"ROUND({first},{kind.places})={first})",
        }
        if kind.places
        else {"type": "whole", "operator": "between", "formula1": lowest, "formula2": limit}
    )
    prompt = _PROMPT_COLLECTED if here.filling.collected else _PROMPT
    here.sheet.add_data_validation(
        DataValidation(
            sqref=" ".join(str(area) for area in areas),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="数字不符合要求",
            error=f"请填{wanted}，没有请填 0。",
            showInputMessage=True,
            promptTitle=f"单位：{kind.unit}",
            prompt=prompt.format(wanted),
            **number,
        )
    )


def _freeze(here: _TableSheet) -> None:
    stub = min(cell.column for cell in here.layout.cells if cell.ref is not None)
    below = here.spot.top + here.layout.head_rows
    here.sheet.freeze_panes = f"{get_column_letter(1 + stub)}{below}"
