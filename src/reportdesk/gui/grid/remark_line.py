"""The line under a grid in which the current cell's remark is read and written.

A remark says where a number came from and who gave it; it is never published.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from reportdesk.form.spec import CellRef
from reportdesk.gui.common.announcements import listen
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.report.edits import Slot, set_entry
from reportdesk.session.session import Announcement, Session


class _RemarkEdit(QLineEdit):
    """A line that Enter keeps and Esc leaves as it was."""

    done = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc end it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.done.emit(event.key() != Qt.Key.Key_Escape)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps what is written, as with the cells."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.done.emit(True)


class RemarkLine(QWidget):
    """Shown while the current cell has a remark, or while one is written."""

    left = Signal()
    """Writing has ended; the grid takes the focus back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._ref: CellRef | None = None
        self._label = PlainLabel(self)
        self.edit = _RemarkEdit(self)
        self.edit.setMaxLength(200)
        self.edit.setPlaceholderText("来源、提供人、日期；只供内部，不会公开")
        self.edit.setAccessibleName("备注")
        self.edit.done.connect(self._end)
        self._label.setBuddy(self.edit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)
        layout.addWidget(self.edit, 1)
        listen(session, self, self._on_change)
        self.hide()

    def show_cell(self, ref: CellRef | None) -> None:
        """Show that cell's remark; nothing if it has none."""
        self.keep()
        self._ref = ref
        self._refill()

    def _on_change(self, told: Announcement) -> None:
        if self._ref in told.cells and not self.edit.isModified():
            self._refill()

    def write(self, ref: CellRef) -> None:
        """Let the clerk write that cell's remark."""
        self.show_cell(ref)
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refill()
        self.edit.selectAll()

    def typed(self) -> tuple[CellRef, str] | None:
        """The cell whose remark is being written, and what is written; None if that is nothing new."""
        return (self._ref, self.edit.text()) if self._ref is not None and self.edit.isModified() else None

    def type_again(self, ref: CellRef, text: str) -> None:
        """Go on with a remark that was written before and not kept."""
        self.write(ref)
        self.edit.setText(text)
        self.edit.setModified(True)

    def keep(self) -> None:
        """Keep what is written."""
        if self._ref is not None and self.edit.isModified():
            self.edit.setModified(False)
            text = self.edit.text().strip()
            self._session.apply(set_entry(self._session.report, Slot.REMARKS, self._ref, text, "备注"), self)

    def _refill(self) -> None:
        remark = self._session.report.remarks.get(self._ref, "") if self._ref else ""
        if self.edit.text() != remark:
            self.edit.setText(remark)
        shown = bool(remark) or self.edit.hasFocus()
        if shown and self._ref is not None:
            self._label.setText(f"备注（{self._session.form.name_of(self._ref).partition(' ')[2]}）")
        if shown is self.isHidden():
            self.setVisible(shown)

    def _end(self, kept: bool) -> None:  # noqa: FBT001 (a signal's argument)
        if kept:
            self.keep()
        else:
            self.edit.setModified(False)
        had_focus = self.edit.hasFocus()
        if had_focus:
            self.left.emit()
        self._refill()
