"""The box 本节完成, drawn by roles: the style's own box can hardly be seen in the dark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from reportdesk.gui.look.symbols import Sign, draw_sign
from reportdesk.gui.look.theme import Role, Size, Theme

_BOX = 16
_GAP = 8


class FinishMark(QCheckBox):
    """A check box with our own sign."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setFont(theme.font(Size.BODY))

    def sizeHint(self) -> QSize:
        """Box, gap and words."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_BOX + _GAP + words + 4, max(_BOX, self.fontMetrics().height()) + _GAP)

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the sign in it, the words."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2.5, (self.height() - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
        frame = Role.ACCENT if self.hasFocus() or self.underMouse() else Role.QUIET
        painter.setPen(QPen(theme.color(frame), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.color(Role.PAGE))
        painter.drawRoundedRect(box, 3, 3)
        if self.isChecked():
            draw_sign(painter, Sign.DONE, box.adjusted(2, 2, -2, -2), theme.color(Role.OK))
        painter.setPen(theme.color(Role.TEXT))
        painter.setFont(self.font())
        words = self.rect().adjusted(_BOX + _GAP, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
