"""What pages and dialogs put together again and again: a button, coloured words, a coloured ground."""

from __future__ import annotations

from collections.abc import Callable

from PySide6 import QtCore, QtGui
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidgetItem, QPushButton, QSizePolicy, QWidget

from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.report.text.characters import shown_plainly


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


_PLAIN = 0
"""Qt.TextFormat.PlainText, by its number: naming Qt's enums before the first paint costs an eighth of it."""


class PlainLabel(QLabel):
    """A label that shows its text as it is.

    Qt's own takes text that looks like HTML for HTML, and opens what it names: a unit's name out of
    somebody's file would reach the network.
    """

    def __init__(self, text: str | QWidget | None = None, parent: QWidget | None = None) -> None:
        """As Qt's, text first or a parent alone."""
        super().__init__(text if isinstance(text, QWidget) else parent)
        self.setProperty("textFormat", _PLAIN)
        if isinstance(text, str):
            self.setText(text)

    def setText(self, text: str) -> None:
        """Show the text, control characters in it too, which else set names backwards or hide a part."""
        super().setText(shown_plainly(text))


def plain_tip(text: str) -> str:
    """The text as a tool tip that shows it as it is; Qt takes what looks like HTML for HTML."""
    shown = shown_plainly(text)
    if "<" not in shown:  # nor would Qt look further; most tips are set before the first paint
        return shown
    return QtGui.Qt.convertFromPlainText(shown) if QtGui.Qt.mightBeRichText(shown) else shown


def set_tip(target: QWidget | QAction | QListWidgetItem, text: str) -> None:
    """Give the widget, action or entry a tool tip that shows the text as it is."""
    target.setToolTip(plain_tip(text))


def push_button(text: str, do: Callable[[], object], *, main: bool = False) -> Button:
    """A button that does that; ``main`` is the one of its page. Enter in a dialog's field presses none."""
    button = Button(text)
    button.setAutoDefault(False)
    if main:
        button.setProperty("role", "main")
    button.clicked.connect(lambda *_checked: do())
    return button


def words(
    text: str, theme: Theme, role: Role, size: Size = Size.BODY, *, strong: bool = False, wraps: bool = True
) -> QLabel:
    """A label in the theme's type and colour, which can be marked and copied.

    One that wraps takes the room that it is given: a path without a gap must not widen the page.
    """
    label = PlainLabel(text)
    label.setFont(theme.font(size, strong=strong))
    label.setTextInteractionFlags(QtCore.Qt.TextInteractionFlag.TextSelectableByMouse)
    if wraps:
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    ink(label, theme, role)
    return label


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
