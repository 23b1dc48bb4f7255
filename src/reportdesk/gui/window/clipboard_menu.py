"""剪切, 复制 and 粘贴 in a menu, for whatever is typed into: a cell, the grid, prose, a line.

Their keys belong to the editors, which know best; the menu shows them and does the same. Made
when the menu is opened for the first time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QTextEdit, QWidget

from reportdesk.gui.common.clipboard import put_on_clipboard
from reportdesk.gui.grid.view import GridView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from reportdesk.gui.context.context import Context

_Editor = QLineEdit | QTextEdit | GridView


class ClipActions:
    """Three actions, put into ``menu`` before that one."""

    def __init__(self, window: QMainWindow, context: Context, menu: QMenu, before: QAction) -> None:
        self._window = window
        self._context = context
        keys = QKeySequence.StandardKey
        self._cut = self._add(menu, before, "剪切", keys.Cut, self._do_cut)
        self._copy = self._add(menu, before, "复制", keys.Copy, self._do_copy)
        self._paste = self._add(menu, before, "粘贴", keys.Paste, self._do_paste)
        menu.insertSeparator(before)

    def _add(
        self, menu: QMenu, before: QAction, text: str, keys: QKeySequence.StandardKey, do: Callable[[], None]
    ) -> QAction:
        # Shown and not taken: a shortcut of the window would take the keys from the editors.
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        action = QAction(f"{text}\t{native}", menu)
        action.triggered.connect(lambda *_checked: do())
        menu.insertAction(before, action)
        return action

    def refresh(self) -> None:
        """Offer what can be done where the cursor is."""
        target = self._target()
        changes = isinstance(target, _Editor) and self._takes_changes(target)
        self._copy.setEnabled(_has_selection(target))
        self._cut.setEnabled(changes and _has_selection(target))
        held: QMimeData | None = QGuiApplication.clipboard().mimeData()
        self._paste.setEnabled(changes and held is not None and held.hasText())

    def _target(self) -> QWidget | None:
        """Where the cursor is, or was before the menu bar took the focus."""
        window = self._window
        focus, middle = window.focusWidget(), window.centralWidget()
        return middle.focusWidget() if focus is window.menuBar() and middle is not None else focus

    def _takes_changes(self, target: _Editor) -> bool:
        if isinstance(target, QLineEdit | QTextEdit) and target.isReadOnly():
            return False
        report = self._context.current
        is_kept = report is not None and report.session.is_read_only
        return not (is_kept and report is not None and report.view.stack.isAncestorOf(target))

    def _do_cut(self) -> None:
        target = self._target()
        if isinstance(target, _Editor):
            target.cut()

    def _do_copy(self) -> None:
        target = self._target()
        if isinstance(target, _Editor):
            target.copy()
        elif isinstance(target, QLabel):
            put_on_clipboard(target.selectedText())

    def _do_paste(self) -> None:
        target = self._target()
        if isinstance(target, _Editor):
            target.paste()


def _has_selection(target: QWidget | None) -> bool:
    if isinstance(target, QTextEdit):
        return target.textCursor().hasSelection()
    if isinstance(target, QLineEdit | QLabel):
        return target.hasSelectedText()
    return isinstance(target, GridView) and target.current_ref() is not None
