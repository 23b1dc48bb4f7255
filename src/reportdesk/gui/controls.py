"""What pages and dialogs put together again and again: a button, coloured words, a coloured ground."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from reportdesk.gui.theme import Role, Theme


def push_button(text: str, do: Callable[[], object], *, main: bool = False) -> QPushButton:
    """A button that does that; ``main`` is the one of its page. Enter in a dialog's field presses none."""
    button = QPushButton(text)
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
