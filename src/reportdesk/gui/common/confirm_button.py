"""Buttons that answer a question: a press counts only when the question can have been seen.

A double click, a held key or a press after the clerk went elsewhere must not confirm anything. What
is at stake, and saying it, is the owner's.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from reportdesk.gui.look.controls import Button

SETTLE_MS = 500
"""What stands there so long was seen: a double click is over sooner, however slowly it is made."""


class AnswerButton(Button):
    """Answers a question that came up under the pointer, or under a key that is still held."""

    chosen: ClassVar[Signal] = Signal()
    """It was pressed by somebody who has seen it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._since = QElapsedTimer()
        self.clicked.connect(self._press)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on it is to be seen."""
        super().showEvent(event)
        self._since.start()

    def _press(self) -> None:
        if self.hasFocus() and self._since.hasExpired(SETTLE_MS):
            self.chosen.emit()
        else:
            self._since.start()


class ConfirmButton(Button):
    """Asks before it acts, in its own words, and forgets the question when the focus leaves it."""

    lapsed: ClassVar[Signal] = Signal()
    """The question does not stand any more."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._usual = text
        self._asking = False
        self._since = QElapsedTimer()

    def ask(self, text: str) -> None:
        """Stand there as the question; each further ``ask`` has it settle anew."""
        self._asking = True
        self.setText(text)
        self._since.start()

    def confirms(self) -> bool:
        """Whether the press that is under way answers a question that was seen."""
        return self._asking and self.hasFocus() and self._since.hasExpired(SETTLE_MS)

    def settle(self) -> None:
        """Ask no more."""
        if self._asking:
            self._asking = False
            self.setText(self._usual)
            self.lapsed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere has not confirmed."""
        super().focusOutEvent(event)
        self.settle()
