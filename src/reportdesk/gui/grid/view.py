"""The grid that numbers are typed into: keys, selection, clipboard, as a spreadsheet has them.

Answers for where the cursor goes and what a key does to the selected cells. Typing into a cell is
``delegate``'s, its look ``painter``'s, heads that stay while it scrolls ``frozen_panes``'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from reportdesk.form.spec import CellRef
from reportdesk.gui.common.clipboard import clipboard_clip, put_page_on_clipboard
from reportdesk.gui.grid.cell_edges import CellEdges
from reportdesk.gui.grid.delegate import STEPS, GridDelegate, Leave
from reportdesk.gui.grid.geometry import GridGeometry
from reportdesk.gui.grid.model import AnyIndex, GridModel
from reportdesk.gui.grid.navigation import Place, Walk, Way
from reportdesk.gui.grid.painter import CellPainter, edges_of
from reportdesk.gui.look.theme import Theme
from reportdesk.report.edits import Edit
from reportdesk.session.clipboard.paste import block_as_page, paste_clip, write_block
from reportdesk.session.fill import clear_cells, fill_down, kept_from_filling

_Action = QAbstractItemView.CursorAction
_WAYS: Final = {
    _Action.MoveUp: Way.UP,
    _Action.MoveDown: Way.DOWN,
    _Action.MoveLeft: Way.LEFT,
    _Action.MoveRight: Way.RIGHT,
}
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_SELECT = QItemSelectionModel.SelectionFlag
_EDITING = QAbstractItemView.State.EditingState


class GridView(QTableView):
    """The cells of one table. ``told`` carries a line for the clerk, ``moved`` the current cell."""

    told = Signal(str)
    moved = Signal(object)
    refused = Signal(object)
    """What the last paste could not put anywhere, as a tuple of ``Refused``."""
    zoomed = Signal(int)
    """A turn of the wheel with Ctrl: steps up or down."""
    relabelled = Signal(object)
    """The places of labels whose tint changed with the current cell."""

    def __init__(self, model: GridModel, painter: CellPainter, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = model
        self._session = model.session
        self._painter = painter
        self.walk = Walk(model.layout)
        self._tab_start: int | None = None
        self._edges: tuple[GridGeometry | None, Place, CellEdges] | None = None
        self.delegate = GridDelegate(model, painter, theme, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self._set_up()
        for cell in model.layout.cells:
            if cell.row_span > 1 or cell.column_span > 1:
                self.setSpan(cell.row, cell.column, cell.row_span, cell.column_span)
        self.setCurrentIndex(model.index(*self.walk.first))

    def _set_up(self) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        trigger = QTableView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(f"{self._cells.table.name}，填数表格")

    def current_ref(self) -> CellRef | None:
        """The current cell."""
        return self._cells.ref_at(self.currentIndex())

    def selected_refs(self) -> list[CellRef]:
        """The selected numbers, row by row; the current one if none is selected."""
        found = {self._cells.ref_at(index) for index in self.selectedIndexes()} or {self.current_ref()}
        place_of = self._cells.layout.place_of
        refs = [ref for ref in found if ref is not None]
        return sorted(refs, key=lambda ref: (place_of[ref].row, place_of[ref].column))

    def go_to(self, ref: CellRef) -> None:
        """Select the cell, show it and take the focus, unless the editor's text is refused."""
        if self.finish_editing():
            self.setCurrentIndex(self._cells.index_of(ref))
            self.scrollTo(self.currentIndex())
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def type_again(self, ref: CellRef, text: str) -> None:
        """Open the cell's editor with a text that was typed there before and not entered."""
        self.go_to(ref)
        self.edit(self.currentIndex())
        editor = self.delegate.editor
        if editor is not None:
            editor.setText(text)
            editor.setModified(True)

    def finish_editing(self) -> bool:
        """Commit what is being typed; False, and the editor stays, if it is refused."""
        done = self.delegate.finish(Leave.STAY)
        if not done and self.delegate.editor is not None:
            self.delegate.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return done

    # Acting on the selected cells

    def copy(self) -> None:
        """Put the selected numbers on the clipboard, as a spreadsheet takes them."""
        refs = self.selected_refs()
        text = write_block(self._session.report, self._session.totals, self._cells.table, refs)
        put_page_on_clipboard(block_as_page(text), text)  # a word processor makes a table of the page only
        self.told.emit(f"已复制 {len(refs)} 格。")

    def cut(self) -> None:
        """Copy, and make the typed ones blank."""
        self.copy()
        self._change(self._clearing("剪切"), "剪切", "选中的是合计，已复制，不能清空。")

    def paste(self) -> None:
        """Put the clipboard's block on the selection, and say what was left out."""
        clip = clipboard_clip()
        if not clip.text:
            self.told.emit("剪贴板里没有文字，没有粘贴。")
            return
        session, table = self._session, self._cells.table
        selected = self.selected_refs()
        pasted = paste_clip(session.report, session.form, table, clip, selected)
        session.apply(pasted.edit, self)
        self._select(pasted.cells)
        self.told.emit(pasted.says)
        self.refused.emit(pasted.refused)

    def clear(self) -> None:
        """Make the selected cells blank."""
        self._change(self._clearing("清除"), "清除", "合计自动计算，不能清除。")

    def fill_down(self) -> None:
        """Copy the top row of the selection, or the cell above a single one, downwards."""
        session = self._session
        given = (session.report, session.form, self._cells.table, self.selected_refs())
        kept = len(kept_from_filling(*given))
        self._change(fill_down(*given), "向下填充", "", f"待核实的 {kept} 格没有填。" if kept else "")

    def _clearing(self, label: str) -> Edit:
        return clear_cells(self._session.report, self._session.form, self.selected_refs(), label)

    def _change(self, edit: Edit, done: str, only_totals: str, besides: str = "") -> None:
        self._session.apply(edit, self)
        cells = sum(
            change.key in self._cells.layout.place_of for change in edit.changes if hasattr(change, "key")
        )
        if cells or besides:
            self.told.emit(f"{done} {cells} 格。{besides}")
        elif only_totals and all(ref in self._session.totals for ref in self.selected_refs()):
            self.told.emit(only_totals)

    def _select(self, refs: tuple[CellRef, ...]) -> None:
        """Show what a paste took, the current cell staying."""
        if len(refs) > 1:
            cells = [self._cells.layout.place_of[ref] for ref in refs]
            first = self._cells.index(min(cell.row for cell in cells), min(cell.column for cell in cells))
            last = self._cells.index(max(cell.row for cell in cells), max(cell.column for cell in cells))
            self.selectionModel().select(QItemSelection(first, last), _SELECT.ClearAndSelect)

    # Moving

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads, over labels; Tab also over totals."""
        current = self.currentIndex()
        if not current.isValid():
            return self._cells.index(*self.walk.first)
        place = (current.row(), current.column())
        return self._index(self._target(place, action, far=bool(modifiers & _CONTROL)))

    def _target(self, place: Place, action: QAbstractItemView.CursorAction, *, far: bool) -> Place | None:
        walk = self.walk
        if action in _WAYS:
            return walk.far(place, _WAYS[action]) if far else walk.step(place, _WAYS[action])
        page = max(1, self.viewport().height() // max(1, self.rowHeight(place[0])) - 1)
        ways: dict[QAbstractItemView.CursorAction, Callable[[], Place | None]] = {
            _Action.MoveNext: lambda: walk.next_typed(place),
            _Action.MovePrevious: lambda: walk.previous_typed(place),
            _Action.MoveHome: lambda: walk.first if far else walk.far(place, Way.LEFT),
            _Action.MoveEnd: lambda: walk.last if far else walk.far(place, Way.RIGHT),
            _Action.MovePageUp: lambda: walk.far(place, Way.UP, page),
            _Action.MovePageDown: lambda: walk.far(place, Way.DOWN, page),
        }
        return ways[action]()

    def selectionCommand(self, index: AnyIndex, event: object = None) -> QItemSelectionModel.SelectionFlag:
        """Ctrl moves as without it: here it leaps, it does not gather cells."""
        if isinstance(event, QKeyEvent) and event.modifiers() & _CONTROL:
            if event.modifiers() & _SHIFT:
                return _SELECT.Current | _SELECT.ClearAndSelect
            return _SELECT.ClearAndSelect
        return super().selectionCommand(index, event)  # type: ignore[arg-type]

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on from a committed cell the way that the clerk asked."""
        leave = self.delegate.leave
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._show_focus()
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._leave(leave)

    def _leave(self, leave: Leave) -> None:
        current = self.currentIndex()
        place = (current.row(), current.column())
        if leave in (Leave.NEXT, Leave.PREVIOUS):
            start = place[1] if self._tab_start is None else self._tab_start
            target = self.walk.next_typed(place) if leave is Leave.NEXT else self.walk.previous_typed(place)
            self._move(target)
            self._tab_start = start
        elif leave in (Leave.DOWN, Leave.UP):
            # After a row typed with Tab, Enter begins the next one where this one began.
            from_tab = self._tab_start is not None and leave is Leave.DOWN
            start_of_row = (place[0], self._tab_start) if from_tab and self._tab_start is not None else place
            self._move(self.walk.step(start_of_row, STEPS[leave], typed=True))
        elif leave in STEPS:
            self._move(self.walk.step(place, STEPS[leave]))

    def _move(self, target: Place | None) -> None:
        if target is not None:
            self.setCurrentIndex(self._index(target))

    def _index(self, place: Place | None) -> QModelIndex:
        return QModelIndex() if place is None else self._cells.index(*place)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Mark the labels of the current cell, keep the input method off, tell who listens."""
        self._tab_start = None
        super().currentChanged(current, previous)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        before = self._painter.current_labels
        self._painter.current = self._cells.cell_at(current) if current.isValid() else None
        place = (current.row(), current.column())
        after = self.walk.labels_of(place) if current.isValid() else frozenset()
        self._painter.current_labels = after
        for changed in before ^ after:
            self.update(self._cells.index(*changed))
        if before != after:
            self.relabelled.emit(before ^ after)
        for index in (previous, current):
            if index.isValid():
                self.update(index)
        self.moved.emit(self._cells.ref_at(current))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells that the region touches; Qt would ask back five times for each of them."""
        painter = QPainter(self.viewport())
        edges = self._edges_now()
        region = cast("Iterable[QRect]", event.region())  # Qt's stubs do not say that it is one
        touched = (cell for rect in region for cell in edges.touched(edges_of(rect)))
        for cell in {id(cell): cell for cell in touched}.values():
            self._painter.paint(painter, edges.of(cell), cell)
        painter.end()

    def _edges_now(self) -> CellEdges:
        """The edges of all cells, worked out anew when the grid was arranged or scrolled."""
        geometry, scrolled = self._painter.geometry, (self.horizontalOffset(), self.verticalOffset())
        kept = self._edges
        if kept is None or kept[0] is not geometry or kept[1] != scrolled:
            layout = self._cells.layout
            columns, rows = range(layout.column_count), range(layout.row_count)
            lefts = [self.columnViewportPosition(column) for column in columns]
            tops = [self.rowViewportPosition(row) for row in rows]
            lefts.append(lefts[-1] + self.columnWidth(columns[-1]))
            tops.append(tops[-1] + self.rowHeight(rows[-1]))
            kept = self._edges = geometry, scrolled, CellEdges(layout, lefts, tops)
        return kept[2]

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Let the painter know: asking Qt for each cell costs more than drawing it."""
        self._painter.selected = frozenset((index.row(), index.column()) for index in self.selectedIndexes())
        super().selectionChanged(selected, deselected)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the current cell alone: Qt paints the whole grid, at each end of an edit.

        It also switches the input method on, which numbers do without.
        """
        event.accept()
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the current cell alone."""
        event.accept()
        self._show_focus()

    def _show_focus(self) -> None:
        self._painter.focused = self.hasFocus() or self.delegate.editor is not None
        self.update(self.currentIndex())

    # Keys, mouse, wheel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a spreadsheet; a typed character opens an editor."""
        if self.state() is _EDITING:
            super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave(Leave.UP if event.modifiers() & _SHIFT else Leave.DOWN)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._tab(event)
        elif not self._act(event):
            self._open_or_move(event)

    def _tab(self, event: QKeyEvent) -> None:
        """From cell to cell; past the last one the focus goes on, so that no key is a trap."""
        before = self.currentIndex()
        self._leave(Leave.NEXT if event.key() == Qt.Key.Key_Tab else Leave.PREVIOUS)
        event.setAccepted(self.currentIndex() != before)

    def _act(self, event: QKeyEvent) -> bool:
        standard = QKeySequence.StandardKey
        for keys, act in (
            (standard.Copy, self.copy),
            (standard.Cut, self.cut),
            (standard.Paste, self.paste),
            (standard.Delete, self.clear),
        ):
            if event.matches(keys):
                act()
                return True
        if event.key() == Qt.Key.Key_Backspace:
            self.clear()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == _CONTROL:
            self.fill_down()
        else:
            return False
        return True

    def _open_or_move(self, event: QKeyEvent) -> None:
        typed = event.text()
        printable = bool(typed) and typed.isprintable() and not event.modifiers() & _CONTROL
        if printable and self.current_ref() in self._session.totals:
            self.told.emit("合计自动计算，不用填。")
            return
        self.delegate.entering = printable
        super().keyPressEvent(event)
        self.delegate.entering = False

    def keyboardSearch(self, search: str) -> None:
        """A character that opens no editor must not send the cursor elsewhere."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A refused text keeps its editor; a label is no place for the cursor."""
        index = self.indexAt(event.position().toPoint())
        if not self.finish_editing() or self._cells.ref_at(index) is None:
            return
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl, larger or smaller."""
        if event.modifiers() & _CONTROL:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
