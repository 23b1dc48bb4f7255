"""Lines to type into that are bound to one entry of the report, such as a heading or a name.

A line shows what the session holds and makes each typed change an edit of it; what kind of
edit its maker says.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from reportdesk.report.edits import Edit
from reportdesk.report.text.characters import fold_told
from reportdesk.report.text.plain_text import clean_text
from reportdesk.session.session import Session

LONGEST_LINE = 200


class BoundLine(QLineEdit):
    """A line of text bound to the session."""

    left_empty: ClassVar[Signal] = Signal()
    """The clerk left the line empty, and what the session holds is shown again."""

    left_unfit: ClassVar[Signal] = Signal()
    """The clerk left words that its validator does not take, and what the session holds is shown again."""

    entered: ClassVar[Signal] = Signal()
    """The line is written in from now on."""

    message: ClassVar[Signal] = Signal(str)
    """A sentence for the clerk: signs in what was typed or pasted were folded."""

    def __init__(
        self,
        session: Session,
        read: Callable[[], str],
        edit: Callable[[str], Edit],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(read(), parent)
        self._session = session
        self._read = read
        self._edit = edit
        self.setMaxLength(LONGEST_LINE)
        self.textEdited.connect(self._take_typing)

    def follow(self) -> None:
        """Show what the session holds unless it is what is being typed."""
        held = self._read()
        if self.text() != held:
            place = self.cursorPosition()
            self.setText(held)
            self.setCursorPosition(min(place, len(held)))

    def _take_typing(self, text: str) -> None:
        if self.hasAcceptableInput() or not text:
            self._session.type_entry(self._edit(clean_text(text)), time.monotonic(), self)
            if folded := fold_told(text)[1]:
                self.message.emit(folded)

    # -- Qt's own methods

    def event(self, event: QEvent) -> bool:
        """Leave the keys of undo to the window, whose history covers all pages."""
        if is_undo_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys of undo alone here too, else the line takes them for its own."""
        if is_undo_key(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the page, which remembers where one wrote last."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show what counts once the clerk is done."""
        super().focusOutEvent(event)
        was_empty, was_fit = not self.text(), self.hasAcceptableInput()
        self.follow()
        if was_empty and self.text():
            self.left_empty.emit()
        elif not was_empty and not was_fit:
            self.left_unfit.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what Qt offers less its own undo."""
        menu = without_own_undo(self.createStandardContextMenu())
        menu.exec(event.globalPos())
        menu.deleteLater()


def is_undo_key(event: QEvent) -> bool:
    """Whether a widget is asked to take Ctrl+Z or Ctrl+Y for itself."""
    if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        return False
    if not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def without_own_undo(menu: QMenu) -> QMenu:
    """Qt's menu of an editor without its undo, which knows of one editor only."""
    for action in menu.actions():
        if action.objectName() in ("edit-undo", "edit-redo"):
            menu.removeAction(action)
    first = menu.actions()[0] if menu.actions() else None
    if first is not None and first.isSeparator():
        menu.removeAction(first)
    return menu
