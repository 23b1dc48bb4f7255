"""What pages and dialogs put together again and again: a button, coloured words, a coloured ground."""

from __future__ import annotations

from collections.abc import Callable

from PySide6 import QtCore
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from reportdesk.gui.theme import Role, Theme


class Button(QPushButton):
    """A button that Enter presses as Space does while it has the focus.

    Qt's own asks for ``autoDefault`` for that, with which a dialog presses it for whatever field
    Enter is pressed in.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter; holding it presses once."""
        if event.key() not in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def push_button(text: str, do: Callable[[], object], *, main: bool = False) -> Button:
    """A button that does that; ``main`` is the one of its page. Enter in a dialog's field presses none."""
    button = Button(text)
    button.setAutoDefault(False)
    if main:
        button.setProperty("role", "main")
    button.clicked.connect(lambda *_checked: do())
    return button


def ink(label: QLabel, theme: Theme, role: Role) -> None:
    """Write the label in that colour."""
    palette = label.palette()
    palette.setColor(label.foregroundRole(), theme.color(role))
    label.setPalette(palette)


def ground(widget: QWidget, theme: Theme, role: Role) -> None:
    """Paint the widget's ground in that colour."""
    palette = widget.palette()
    palette.setColor(widget.backgroundRole(), theme.color(role))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)
