"""What a paste could not put into the table: listed above the grid until the next edit.

Each entry says which cell, what was to go there and why it did not; a click or Enter goes to the
cell. An edit of a listed cell takes that cell off the list, any other puts the list away. How the
places of a pasted block are found is ``session.clipboard.paste``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.spec import CellRef, Form
from reportdesk.gui.look.controls import PlainLabel, ground, ink, set_tip
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.report.edits import Edit
from reportdesk.session.clipboard.paste import Refused

_ROWS, _ROWS_WHERE_LOW = 4, 2
"""Entries that are seen at once; further ones are scrolled to."""
_LOW = 480
"""Below this height of its page the table needs the room."""
_MOST = 200
"""Entries that are listed: a whole sheet that was copied by mistake needs no more to be recognised."""
_GAP = 8
_REF = Qt.ItemDataRole.UserRole


class RefusedPaste(QWidget):
    """The list, hidden while there is nothing on it."""

    chosen: ClassVar[Signal] = Signal(object)
    """The CellRef to go to."""

    changed: ClassVar[Signal] = Signal(object)
    """The cells that are marked now, with what is said of each."""

    def __init__(self, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._refused: tuple[Refused, ...] = ()
        self._title = PlainLabel(self)
        self._fold = QToolButton(self)
        self._fold.setText("收起")
        self._fold.setToolTip("不再列出，格上的标记也去掉")
        self._fold.setAutoRaise(True)
        self._fold.clicked.connect(self.clear)
        self.list = QListWidget(self)
        self.list.setAccessibleName("没有粘贴的")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._lay_out()
        self.set_theme(theme)
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(_GAP, _GAP // 2, _GAP, _GAP // 2)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        ground(self, theme, Role.ERROR_GROUND)
        ink(self._title, theme, Role.ERROR)

    def show_refused(self, refused: Sequence[Refused]) -> None:
        """List these in place of what is listed; nothing to list puts it away."""
        self._refused = tuple(refused)
        self.list.clear()
        for one in self._refused[:_MOST]:
            entry = QListWidgetItem(one.says(self._form))
            set_tip(entry, one.says(self._form))
            entry.setData(_REF, one.ref)
            self.list.addItem(entry)
        count = len(self._refused)
        if count > _MOST:
            self.list.addItem(f"另有 {count - _MOST} 格，没有再列。")
        leads = any(one.ref is not None for one in self._refused)
        self._title.setText(f"{count} 格没有粘贴{'，点一下去到那一格' if leads else ''}：")
        if count:
            self.list.setCurrentRow(0)
            self.fit()
        self.setVisible(bool(count))
        self.changed.emit({one.ref: one.says(self._form) for one in self._refused if one.ref is not None})

    def fit(self) -> None:
        """Show as many entries at once as the page has room for."""
        page = self.parentWidget()
        most = _ROWS_WHERE_LOW if page is not None and page.height() < _LOW else _ROWS
        rows = min(self.list.count(), most)
        self.list.setFixedHeight(rows * max(1, self.list.sizeHintForRow(0)) + _GAP // 2)

    def clear(self) -> None:
        """List nothing."""
        if self._refused:
            self.show_refused(())

    def follow(self, edit: Edit) -> None:
        """The report was edited: what was put right is listed no more, after any other edit nothing is."""
        if not self._refused or not edit:
            return
        edited = set(edit.cells())
        listed = {one.ref for one in self._refused}
        is_listed = bool(edited) and edited <= listed and not any(edit.parts())
        self.show_refused([one for one in self._refused if one.ref not in edited] if is_listed else ())

    def _choose(self, entry: QListWidgetItem) -> None:
        ref = entry.data(_REF)
        if isinstance(ref, tuple):
            self.chosen.emit(CellRef(*ref))
