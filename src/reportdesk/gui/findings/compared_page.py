"""审核了什么: the lines of ``session.compared`` in a window of their own."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from reportdesk.gui.look.theme import Theme
from reportdesk.session.compared import what_was_compared
from reportdesk.session.session import Session

_SIZE = (640, 480)
_GAP = 8


class ComparedPage(QDialog):
    """Shows what was compared and what was not, as it is now."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("审核了什么")
        self.resize(*_SIZE)
        self.text = QPlainTextEdit(what_was_compared(session))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("审核了什么")
        self.text.setFont(theme.font())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, 2 * _GAP)
        column.setSpacing(_GAP)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
