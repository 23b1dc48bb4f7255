"""Typing into a cell: the editor, what its keys do, and a refusal that loses nothing.

An editor whose text is no number for its cell stays open, with the reason under it. Where to go
when it closes well is the view's.
"""

from __future__ import annotations

from enum import Enum
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reportdesk.form.spec import CellRef
from reportdesk.gui.common.clipboard import clipboard_text
from reportdesk.gui.grid.model import GridModel
from reportdesk.gui.grid.navigation import Way
from reportdesk.gui.grid.painter import FRAME, CellPainter, edges_of
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.session.clipboard.clip import read_block
from reportdesk.session.clipboard.clip_limits import MAX_CHARACTERS

_NAME = int(Qt.ItemDataRole.AccessibleTextRole)
_LONGEST_PASTE = 40
"""Characters: a longer text is prose and no number, however it is written."""


class Leave(Enum):
    """Where the clerk went on from an editor that closed well."""

    STAY = "stay"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    NEXT = "next"
    PREVIOUS = "previous"


_KEYS: dict[int, Leave] = {
    Qt.Key.Key_Tab: Leave.NEXT,
    Qt.Key.Key_Backtab: Leave.PREVIOUS,
    Qt.Key.Key_Up: Leave.UP,
    Qt.Key.Key_Down: Leave.DOWN,
}
_WHILE_ENTERING: dict[int, Leave] = {Qt.Key.Key_Left: Leave.LEFT, Qt.Key.Key_Right: Leave.RIGHT}

STEPS: dict[Leave, Way] = {
    Leave.UP: Way.UP,
    Leave.DOWN: Way.DOWN,
    Leave.LEFT: Way.LEFT,
    Leave.RIGHT: Way.RIGHT,
}
"""The leaves that are a step to a neighbour."""


class CellEditor(QLineEdit):
    """One number being typed. ``entering``: it began with a digit, so arrows leave it."""

    refused = Signal(str)

    def __init__(self, parent: QWidget, *, entering: bool) -> None:
        super().__init__(parent)
        self.entering = entering
        self.before = ""
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # An input method's direct commit would be lost; numbers need none.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def showEvent(self, event: QShowEvent) -> None:
        """Edit from the end on; Qt has selected all, which is right only for a typed digit."""
        super().showEvent(event)
        if not self.entering:
            self.deselect()
            self.end(False)

    def paste_number(self) -> None:
        """Take one number from the clipboard; a block or prose is refused and nothing is lost."""
        text = clipboard_text()
        many = len(text) > MAX_CHARACTERS and any(sign in text.rstrip() for sign in "\t\n")
        block = [["", ""]] if many else read_block(text)  # far too much is not taken apart
        if len(block) > 1 or len(block[0]) > 1:
            self.refused.emit("剪贴板里不止一格，没有粘贴。请先按 Esc 退出这一格，再粘贴。")
        elif len(block[0][0].strip()) > _LONGEST_PASTE:
            size = len(block[0][0].strip())
            self.refused.emit(f"剪贴板里是一段文字（{size} 字），不是数字，没有粘贴。请复制一个数再粘贴。")
        else:
            self.insert(block[0][0].strip())


class GridDelegate(QStyledItemDelegate):
    """Paints the cells of a grid and keeps its editor.

    ``refused`` carries why the text in the editor was not taken, empty when that no longer holds.
    ``leave`` says, while ``closeEditor`` is under way, where to go on; ``entering`` is set by the
    view when a typed character opens the next editor.
    """

    refused = Signal(str)

    def __init__(self, model: GridModel, painter: CellPainter, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._painter = painter
        self.theme = theme
        self.leave = Leave.STAY
        self.entering = False
        self.editor: CellEditor | None = None
        self._edited = QPersistentModelIndex()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        self._painter.paint(painter, edges_of(option.rect), self._model.cell_at(index))

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """An editor for the number."""
        del option
        editor = CellEditor(parent, entering=self.entering)
        self.entering = False
        editor.setFont(self._painter.font)
        palette = editor.palette()
        palette.setColor(QPalette.ColorRole.Base, self.theme.color(Role.PAGE))
        palette.setColor(QPalette.ColorRole.Text, self.theme.color(Role.TEXT))
        editor.setPalette(palette)
        editor.setAccessibleName(str(self._model.data(index, _NAME)))
        editor.textEdited.connect(lambda _: self.refused.emit(""))
        editor.refused.connect(self.refused)
        self.editor = editor
        self._edited = QPersistentModelIndex(index)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Stand inside the frame of the current cell."""
        del index
        editor.setGeometry(option.rect.adjusted(FRAME, FRAME, -FRAME - 1, -FRAME - 1))

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Forget the editor."""
        if editor is self.editor:
            self.editor = None
        self.refused.emit("")
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the cell's number, but never over what is being typed."""
        line = cast("CellEditor", editor)
        if not line.isModified():
            line.before = self._model.shown(self._model.cell_at(index))
            line.setText(line.before)

    def typed(self) -> tuple[CellRef, str] | None:
        """The cell that is being typed into and what stands in its editor; None if that is nothing new."""
        editor, ref = self.editor, self._model.ref_at(self._edited)
        if editor is None or ref is None or editor.text() == editor.before:
            return None
        return ref, editor.text()

    def refuse(self) -> bool:
        """Whether the editor's text is no number for its cell; the reason is told then."""
        if self.editor is None:
            return False
        reason = self._model.refusal(self._edited, self.editor.text())
        if reason:
            self.refused.emit(reason)
        return bool(reason)

    def finish(self, leave: Leave) -> bool:
        """Commit the editor's text and close it; False, and it stays open, if it is refused."""
        editor = self.editor
        if editor is None:
            return True
        if self.refuse():
            return False
        self.leave = leave
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
        self.leave = Leave.STAY
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The editor's keys as a spreadsheet has them."""
        editor = self.editor
        if watched is not editor or editor is None:
            return super().eventFilter(watched, event)
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride:
            return self._override(editor, cast("QKeyEvent", event))
        if kind is QEvent.Type.KeyPress:
            return self._key(editor, cast("QKeyEvent", event))
        if kind is QEvent.Type.FocusOut:
            return self._focus_out(cast("QFocusEvent", event))
        return super().eventFilter(watched, event)

    def _override(self, editor: CellEditor, event: QKeyEvent) -> bool:
        """Undo takes back what is being typed; with nothing typed it is the window's again."""
        if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
            if editor.text() != editor.before:
                event.accept()
            else:
                self._revert(editor)
                event.ignore()
            return True
        return super().eventFilter(editor, event)

    def _key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        leave = _leave_for(editor, event)
        if leave is not None:
            self.finish(leave)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._revert(editor)
        elif event.matches(QKeySequence.StandardKey.Paste):
            editor.paste_number()
        elif event.key() == Qt.Key.Key_F2:
            editor.entering = not editor.entering
        elif not event.matches(QKeySequence.StandardKey.Redo):
            return super().eventFilter(editor, event)
        return True

    def _focus_out(self, event: QFocusEvent) -> bool:
        """Going elsewhere commits, as in a spreadsheet; a menu or another window does not."""
        passing = (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        )
        if event.reason() not in passing:
            self.finish(Leave.STAY)
        return False

    def _revert(self, editor: CellEditor) -> None:
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)

    def setModelData(
        self, editor: QWidget, model: object, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Hand the text to the model; what it refuses keeps the editor open."""
        del model
        line = cast("CellEditor", editor)
        if line.text() != line.before:
            self._model.setData(index, line.text())


def _leave_for(editor: CellEditor, event: QKeyEvent) -> Leave | None:
    """Where the key leads out of the editor; None if it stays."""
    key = event.key()
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return Leave.UP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else Leave.DOWN
    return _KEYS.get(key) or (_WHILE_ENTERING.get(key) if editor.entering else None)
