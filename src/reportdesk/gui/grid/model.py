"""A table of the form as Qt sees it: labels and numbers on one sheet, each label a cell.

Answers for what each cell says, takes and is called, and for announcing the cells that an edit
changed and no others. Every change goes through the session; how a cell looks is ``painter``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reportdesk.checks.engine import Severity
from reportdesk.form.layout import Anatomy, LaidCell, TableLayout, lay_out
from reportdesk.form.relations import Sum
from reportdesk.form.spec import CellRef, Table, column_words
from reportdesk.gui.common.announcements import listen
from reportdesk.report.edits import set_cells
from reportdesk.report.snapshots import snapshot_totals
from reportdesk.report.text.figures import UNFILLED, FigureError, parse_figure, show_figure
from reportdesk.session.session import Announcement, Session

# Roles reach Python as ints, and comparing them with Qt's enums costs six times as much.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_NAME = int(Qt.ItemDataRole.AccessibleTextRole)
_CENTRED = int(Qt.AlignmentFlag.AlignCenter)

_NO_FLAGS = Qt.ItemFlag.NoItemFlags
_LABEL_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_TOTAL_FLAGS = _LABEL_FLAGS | Qt.ItemFlag.ItemIsSelectable
_BODY_FLAGS = _TOTAL_FLAGS | Qt.ItemFlag.ItemIsEditable

AnyIndex = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractTableModel):
    """One table of an open report."""

    def __init__(self, session: Session, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.table = table
        self.refused: Mapping[CellRef, str] = {}
        """The cells that a paste could not fill, and what is said of each."""
        self.layout: TableLayout = lay_out(table)
        self._computed_by = session.relations.computed_by
        self._indexes: dict[CellRef, QModelIndex] = {}
        # Qt asks for flags some twenty times a keystroke.
        self._flags = {(cell.row, cell.column): _flags_of(cell) for cell in self.layout.cells}
        self._last_year = last_years_numbers(session)
        listen(session, self, self._announce)

    def cell_at(self, index: AnyIndex) -> LaidCell:
        """The cell that covers the index."""
        return self.layout.covering[index.row(), index.column()]

    def ref_at(self, index: AnyIndex) -> CellRef | None:
        """The number at the index; None for a label or no index."""
        return self.cell_at(index).ref if index.isValid() else None

    def index_of(self, ref: CellRef) -> QModelIndex:
        """Where the number stands."""
        index = self._indexes.get(ref)
        if (
            index is None
        ):  # the sheet never changes its shape; Qt asks back for it, at each index that it makes
            cell = self.layout.place_of[ref]
            index = self._indexes[ref] = self.index(cell.row, cell.column)
        return index

    def shown(self, cell: LaidCell) -> str:
        """What the cell says: its label or its number."""
        if cell.ref is None:
            return cell.text
        total = self.session.totals.get(cell.ref)
        return show_figure(self.session.report.cells.get(cell.ref) if total is None else total.value)

    @property
    def has_last_year(self) -> bool:
        """Whether last year's numbers are at hand."""
        return self.session.report.last_year is not None

    def last_year(self, ref: CellRef) -> str:
        """Last year's number in the cell, its totals computed anew; empty if there is none."""
        return self._last_year.get(ref, "")

    def severity_at(self, ref: CellRef) -> Severity | None:
        """How grave the gravest finding at the cell is."""
        finding = self.session.finding_at(ref)
        return finding.severity if finding else None

    def refusal(self, index: AnyIndex, text: str) -> str:
        """Why the cell does not take the text, as a sentence for the clerk; empty if it does."""
        ref = self.ref_at(index)
        if ref is None:
            return ""
        try:
            parse_figure(text, self.session.form.kind_of[ref])
        except FigureError as error:
            return f"{error}。"
        return ""

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Rows of the sheet, labels included."""
        return 0 if parent.isValid() else self.layout.row_count

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Columns of the sheet, labels included."""
        return 0 if parent.isValid() else self.layout.column_count

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Numbers can be selected, typed ones edited; what a merged cell covers is nothing."""
        return self._flags.get((index.row(), index.column()), _NO_FLAGS)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        """What the cell says, is called, and has to tell when the pointer rests on it."""
        if not index.isValid():
            return None
        cell = self.cell_at(index)
        if role in (_DISPLAY, _EDIT):
            return self.shown(cell)
        if role == _TOOL_TIP:
            return self._tool_tip(cell)
        if role == _ALIGNMENT:
            return _CENTRED
        if role == _NAME:
            return self._name(cell)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = _EDIT) -> bool:
        """Take what was typed; False, and nothing changed, if it is no number for the cell."""
        ref = self.ref_at(index)
        if role != _EDIT or ref is None or ref in self.session.totals:
            return False
        form, report = self.session.form, self.session.report
        try:
            number = parse_figure(str(value), form.kind_of[ref])
        except FigureError:
            return False
        self.session.apply(set_cells(report, form, {ref: number}), self)
        return True

    def _name(self, cell: LaidCell) -> str:
        if cell.ref is None:
            return cell.text
        words = [self.session.form.name_of(cell.ref), self.shown(cell) or UNFILLED]
        if cell.anatomy is Anatomy.TOTAL:
            words.append("自动计算")
        finding = self.session.finding_at(cell.ref)
        if finding:
            words.append(finding.message)
        if cell.ref in self.refused:
            words.append(f"没有粘贴：{self.refused[cell.ref]}")
        return "，".join(words)

    def _tool_tip(self, cell: LaidCell) -> str | None:
        if cell.ref is None:
            return None
        report = self.session.report
        lines = [f"没有粘贴：{self.refused[cell.ref]}"] if cell.ref in self.refused else []
        finding = self.session.finding_at(cell.ref)
        if finding:
            lines.append(finding.message)
        relation = self._computed_by.get(cell.ref)
        if relation:
            lines.append(self._spell(relation))
        if self.last_year(cell.ref):
            lines.append(f"上年：{self.last_year(cell.ref)}")
        if given := report.sources.get(cell.ref):
            told = "，".join(f"{one.office} {show_figure(one.value) or '没有填'}" for one in given)
            lines.append(f"科室填的：{told}。")
        if cell.ref in report.unverified:
            lines.append("待核实。")
        if cell.ref in report.remarks:
            lines.append(f"备注：{report.remarks[cell.ref]}")
        # As rich text, which Qt wraps; plain text it does not.
        return "".join(f"<p>{escape(line)}</p>" for line in lines) or None

    def _spell(self, relation: Sum) -> str:
        """What the total sums: = 自然人 + 商业企业 + …; while cells are blank, also how many."""
        block = self.table.block_of(relation.total)
        across = relation.items[0].row == relation.total.row
        names = [
            column_words(block, ref.column)[-1] if across else block.row(ref.row).label[-1]
            for ref in relation.items
        ]
        blank = sum(
            ref not in self.session.report.cells for ref in self.session.relations.typed_under[relation.total]
        )
        return f"= {' + '.join(names)}" + (f"（还有 {blank} 格未填）" if blank else "")

    def _announce(self, told: Announcement) -> None:
        # Cell by cell: an edit and its totals stand at the corners of up to a hundred others, and
        # even of a close rectangle Qt paints the neighbours too.
        for ref in told.cells:
            if ref.table == self.table.id:
                index = self.index_of(ref)
                self.dataChanged.emit(index, index)


def _flags_of(cell: LaidCell) -> Qt.ItemFlag:
    if cell.ref is None:
        return _LABEL_FLAGS
    return _TOTAL_FLAGS if cell.anatomy is Anatomy.TOTAL else _BODY_FLAGS


def last_years_numbers(session: Session) -> dict[CellRef, str]:
    """Last year's numbers and totals as they are shown; none where last year was not taken in."""
    last = session.report.last_year
    if last is None:
        return {}
    totals = snapshot_totals(session.form, last)
    numbers = {ref: show_figure(value) for ref, value in last.cells.items()}
    return numbers | {ref: show_figure(total.value) for ref, total in totals.items()}
