"""A page with one table: filling buttons above the grid, its balance and remarks below.

The window sees this page only: where the cursor is, where to put it, how large to draw, and the
lines that it has to tell. Undo and redo are the window's; the grid follows the session.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from reportdesk.form.spec import CellRef, Table
from reportdesk.gui.common.announcements import listen
from reportdesk.gui.common.confirm_button import ConfirmButton
from reportdesk.gui.grid.balance_line import BalanceLine
from reportdesk.gui.grid.frozen_panes import GridPanes
from reportdesk.gui.grid.input_error_note import RefusalNote
from reportdesk.gui.grid.model import GridModel
from reportdesk.gui.grid.refused_paste import RefusedPaste
from reportdesk.gui.grid.remark_line import RemarkLine
from reportdesk.gui.look.controls import Button, PlainLabel
from reportdesk.gui.look.theme import Theme
from reportdesk.report.edits import Edit, Slot, set_entry
from reportdesk.report.text.figures import show_figure
from reportdesk.session.fill import fill_blanks, fill_with_zeros, kept_from_zeros, overwritten_by_zeros
from reportdesk.session.session import Announcement, Session
from reportdesk.store.user_data.typed_texts import Kind, Typed

ZOOM_RANGE = range(80, 201)
"""Percent."""
_ZOOM_STEP = 10
_GAP = 8


class TablePage(QWidget):
    """One table of an open report.

    ``told`` carries one line for the status line, ``moved`` the current ``CellRef`` or None,
    ``zoomed`` the percent after a turn of the wheel.
    """

    told = Signal(str)
    told_while = Signal(str, object)
    """A line, and a function that says whether it holds still."""
    moved = Signal(object)
    zoomed = Signal(int)

    def __init__(self, session: Session, table: Table, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._table = table
        self._model = GridModel(session, table, self)
        self.panes = GridPanes(self._model, theme, self)
        self.view = self.panes.view
        self.note = RefusalNote(self.view, theme)
        self.remark = RemarkLine(session, self)
        balances = [balance for block in table.blocks for balance in block.balances]
        self.balance_lines = [BalanceLine(session, table, one, self.panes, theme) for one in balances]
        self.rest_button = Button("其余填 0", self)
        self.whole_button = ConfirmButton(_WHOLE, self)
        self.last_year_button = QToolButton(self)
        self.asking = PlainLabel(self)
        self.refused = RefusedPaste(session.form, theme, self)
        self._lay_out()
        self._connect()
        self._settle_question()

    def _lay_out(self) -> None:
        has_totals = any(ref in self._session.totals for ref in self._table.refs())
        self.whole_button.setVisible(has_totals)
        self.rest_button.setToolTip("把这张表里还没填的格填 0，已填的和待核实的不变。")
        self.whole_button.setToolTip("这张表的每一格都填 0，待核实的不变。")
        self.last_year_button.setText("上年")
        self.last_year_button.setCheckable(True)
        self.last_year_button.setToolTip("在每一格的右边用小字显示上年的数，只供对照")
        self.last_year_button.setVisible(self._model.has_last_year)
        self.asking.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(_GAP)
        buttons.addWidget(self.whole_button)
        buttons.addWidget(self.rest_button)
        buttons.addWidget(self.asking, 1)
        buttons.addWidget(self.last_year_button)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(buttons)
        page.addSpacing(_GAP)
        page.addLayout(self._beside_scroll_bar(self.refused))
        page.addWidget(self.panes, 1)
        for line in self.balance_lines:
            page.addWidget(line)
        page.addSpacing(_GAP)
        page.addLayout(self._beside_scroll_bar(self.remark))
        page.addStretch(0)
        self.setFocusProxy(self.view)

    def _beside_scroll_bar(self, line: QWidget) -> QHBoxLayout:
        """The line as wide as the table, whose scroll bar has its own room at the right."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, self.view.verticalScrollBar().sizeHint().width(), 0)
        row.addWidget(line)
        return row

    def _connect(self) -> None:
        view = self.view
        view.told.connect(self.told)
        view.moved.connect(self.moved)
        view.moved.connect(self.remark.show_cell)
        view.zoomed.connect(self._turn_wheel)
        view.customContextMenuRequested.connect(self._open_menu)
        view.delegate.refused.connect(self._show_refusal)
        view.refused.connect(self.refused.show_refused)
        self.refused.chosen.connect(self.go_to)
        self.refused.changed.connect(self._mark_refused)
        view.horizontalScrollBar().valueChanged.connect(self._arrange_balances)
        self.panes.arranged.connect(self._arrange_balances)
        self.remark.left.connect(partial(view.setFocus, Qt.FocusReason.OtherFocusReason))
        self.rest_button.clicked.connect(self._fill_rest)
        self.whole_button.clicked.connect(self._fill_whole)
        self.whole_button.lapsed.connect(self.asking.clear)
        self.last_year_button.toggled.connect(self.panes.show_last_year)
        listen(self._session, self, self._on_change)

    # What the window asks

    def go_to(self, ref: CellRef) -> None:
        """Select the cell, show it and take the focus."""
        self.view.go_to(ref)

    def current_ref(self) -> CellRef | None:
        """The current cell."""
        return self.view.current_ref()

    def set_zoom(self, percent: int) -> None:
        """Draw at that size, within the range there is."""
        self.panes.set_zoom(min(max(percent, ZOOM_RANGE.start), ZOOM_RANGE.stop - 1))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the face of another theme."""
        self.panes.set_theme(theme)
        self.note.set_theme(theme)
        self.refused.set_theme(theme)
        for line in self.balance_lines:
            line.set_theme(theme)

    def finish_editing(self) -> bool:
        """Commit what is being typed, before saving or leaving the page.

        False if it is refused: the editor stays open, with the reason under it.
        """
        self.remark.keep()
        return self.view.finish_editing()

    def typed(self) -> Iterator[Typed]:
        """What stands in the editor of a cell or of a remark and is not entered."""
        for kind, one in ((Kind.CELL, self.view.delegate.typed()), (Kind.REMARK, self.remark.typed())):
            if one is not None:
                yield Typed(kind, str(one[0]), one[1])

    def put_back(self, kind: Kind, ref: CellRef, text: str) -> None:
        """Open the editor again in which that stood."""
        if kind is Kind.CELL:
            self.view.type_again(ref, text)
        else:
            self.view.go_to(ref)
            self.remark.type_again(ref, text)

    # What the clerk does

    def _fill_rest(self) -> None:
        if not self.finish_editing():
            return
        edit = fill_blanks(self._session.report, self._session.form, self._table)
        self._fill(edit, "没有空白的格，没有改动。")

    def _fill_whole(self) -> None:
        if not self.finish_editing():
            return
        taken = overwritten_by_zeros(self._session.report, self._session.form, self._table)
        if taken and not self.whole_button.confirms():
            first = taken[0]
            name = self._session.form.name_of(first).partition(" ")[2]
            value = show_figure(self._session.report.cells[first])
            self.asking.setText(f"已填的 {len(taken)} 格会改成 0（如{name} {value}）。确实要改，请再按一次。")
            self.whole_button.ask(_SURE)
            return
        self._settle_question()
        edit = fill_with_zeros(self._session.report, self._session.form, self._table)
        self._fill(edit, "整张表已经都是 0，没有改动。")

    def _fill(self, edit: Edit, idle: str) -> None:
        cells = len(set(edit.cells()) & self._model.layout.place_of.keys())
        kept = len(kept_from_zeros(self._session.report, self._session.form, self._table))
        self._session.apply(edit, self)
        done = f"已把 {cells} 格填 0，按 Ctrl+Z 可以撤销。" if cells else idle
        self.told.emit(f"{done}待核实的 {kept} 格没有填。" if kept else done)

    def _settle_question(self) -> None:
        """A question stands only as long as nothing else is done."""
        self.whole_button.settle()
        self.asking.setText("")

    def _turn_wheel(self, steps: int) -> None:
        self.set_zoom(self.panes.zoom + steps * _ZOOM_STEP)
        self.zoomed.emit(self.panes.zoom)

    def _open_menu(self, at: QPoint) -> None:
        menu = self.cell_menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(at))

    def cell_menu(self) -> QMenu | None:
        """What can be done with the selected cells."""
        ref = self.current_ref()
        if ref is None:
            return None
        menu = QMenu(self)
        standard = QKeySequence.StandardKey
        for text, keys, act in (
            ("剪切", standard.Cut, self.view.cut),
            ("复制", standard.Copy, self.view.copy),
            ("粘贴", standard.Paste, self.view.paste),
            ("清除", standard.Delete, self.view.clear),
        ):
            action = menu.addAction(text, act)
            action.setShortcut(QKeySequence(keys))
        menu.addSeparator()
        marked = ref in self._session.report.unverified
        menu.addAction("取消待核实" if marked else "标为待核实", partial(self._mark, ref, not marked))
        menu.addAction("备注…", partial(self.remark.write, ref))
        return menu

    def _mark(self, ref: CellRef, unverified: bool) -> None:  # noqa: FBT001 (bound to a menu's action)
        label = "标为待核实" if unverified else "取消待核实"
        self._session.apply(set_entry(self._session.report, Slot.UNVERIFIED, ref, unverified, label), self)

    def _show_refusal(self, reason: str) -> None:
        self.note.show_reason(reason, self.view.delegate.editor)
        if reason:
            said = self.note.text()
            self.told_while.emit(reason, lambda: self.note.text() == said and not self.note.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the table where there is little."""
        super().resizeEvent(event)
        self.refused.fit()

    # What the session tells

    def _on_change(self, told: Announcement) -> None:
        if self.asking.text():
            self._settle_question()
        self.refused.follow(told.edit)
        if told.edit:  # what is found anew changes no balance
            for line in self.balance_lines:
                line.refresh()

    def _mark_refused(self, said: dict[CellRef, str]) -> None:
        self._model.refused = said
        self.view.viewport().update()

    def _arrange_balances(self) -> None:
        for line in self.balance_lines:
            line.arrange()


_WHOLE = "本年没有，整表填 0"
_SURE = "确认整表填 0"
