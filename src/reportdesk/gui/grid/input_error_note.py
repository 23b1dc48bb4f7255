"""The note under an open editor that says why its text was not taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from reportdesk.gui.grid.painter import FRAME
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.gui.look.theme import Role, Size, Theme

_WIDEST = 320
_PADDING = 6


class RefusalNote(PlainLabel):
    """One plain sentence, near the editor and over the grid; it takes no clicks."""

    def __init__(self, view: QAbstractScrollArea, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self.setObjectName("refusal")
        self.setWordWrap(True)
        self.setMargin(_PADDING)
        self.setAutoFillBackground(True)
        self.setFrameShape(QLabel.Shape.Box)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the face of a theme."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.color(Role.ERROR_GROUND))
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(Role.ERROR))
        self.setPalette(palette)
        self.setFont(theme.font(Size.BODY))

    def show_reason(self, reason: str, editor: QWidget | None) -> None:
        """Say it under the editor, above it where there is no room below; hide if it is empty."""
        self.setText(f"{reason}（改好后按回车；按 Esc 放弃）" if reason else "")
        self.setVisible(bool(reason) and editor is not None)
        if not reason or editor is None:
            return
        view = self._view
        room = view.viewport().width()
        width = min(_WIDEST, room)
        line = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _PADDING + 4
        width = min(width, line)
        height = self.heightForWidth(width)
        corner = editor.mapTo(view, editor.rect().bottomLeft())
        left = max(0, min(corner.x(), room - width - 1))
        top = corner.y() + FRAME + 1
        if top + height > view.height():
            top = max(0, corner.y() - editor.height() - height - FRAME)
        self.setGeometry(left, top, width, height)
        self.raise_()
