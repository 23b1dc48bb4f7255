"""One line of 审核: a finding's sign and its whole sentence, or a settled one with its 说明."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from reportdesk.checks.engine import Finding, Severity
from reportdesk.gui.look.symbols import Sign, draw_sign
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.report.text.characters import shown_plainly

PAD = 12
_SIGN = 12
TEXT_LEFT = PAD + _SIGN + 8
TEXT_TOP = 7
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

_SIGNS = {
    Severity.ERROR: (Sign.ERROR, Role.ERROR),
    Severity.WARNING: (Sign.WARNING, Role.WARNING),
    Severity.HINT: (Sign.HINT, Role.QUIET),
}
_SETTLED = (Sign.DONE, Role.OK)


class FindingEntry(QAbstractButton):
    """One finding: its sign and its whole sentence."""

    stepped: ClassVar[Signal] = Signal(object, int)
    """An arrow key asks for the entry so many places on."""

    def __init__(self, found: Finding, theme: Theme) -> None:
        super().__init__()
        self.finding = found
        self._theme = theme
        self._is_current = False
        self.setFont(theme.font())
        says = f"{found.message}\n说明：{found.settled}" if found.settled else found.message
        self.setText(shown_plainly(says))
        self.setAccessibleName(self.text())
        self.setToolTip("点击或按回车到这一处")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_current(self, *, current: bool) -> None:
        """Show whether this is the finding that the clerk is at."""
        if current != self._is_current:
            self._is_current = current
            self.update()

    def hasHeightForWidth(self) -> bool:
        """The sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as the wrapped sentence."""
        room = QRect(0, 0, max(80, width - TEXT_LEFT - PAD), 10_000)
        return self.fontMetrics().boundingRect(room, _WRAP, self.text()).height() + 2 * TEXT_TOP

    def sizeHint(self) -> QSize:
        """What the present width asks for."""
        return QSize(200, self.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the place, the arrows to the neighbours."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The current one stands on the ground of a selection."""
        theme, box, painter = self._theme, self.rect(), QPainter(self)
        if self._is_current or self.underMouse():
            painter.fillRect(box, theme.color(Role.SELECTION if self._is_current else Role.CURRENT_LABEL))
        settled = bool(self.finding.settled)
        sign, role = _SETTLED if settled else _SIGNS[self.finding.severity]
        draw_sign(painter, sign, QRectF(PAD, TEXT_TOP + 3, _SIGN, _SIGN), theme.color(role))
        painter.setPen(theme.color(Role.QUIET if settled else Role.TEXT))
        painter.drawText(box.adjusted(TEXT_LEFT, TEXT_TOP, -PAD, 0), _WRAP, self.text())
        if self.hasFocus():
            painter.setPen(theme.color(Role.ACCENT))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
