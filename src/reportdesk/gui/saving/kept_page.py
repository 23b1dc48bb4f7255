"""What this PC kept of a report whose file cannot be opened, or of any report while none is open.

Shows each kept state with what it holds, opens one in the file's place or writes it elsewhere.
What there is, is ``session.keeping.ways_back``'s; the open report's versions are ``versions_dialog``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.files import ask_where_to_save, free_path
from reportdesk.gui.look.controls import PlainLabel, push_button
from reportdesk.gui.look.theme import Theme
from reportdesk.report.text.characters import shown_plainly
from reportdesk.session.keeping.ways_back import Way, describe, done_with, put_back, write_elsewhere
from reportdesk.store.clock import now
from reportdesk.store.file import StoreError

_SIZE = (860, 520)
_LIST = 400
_GAP = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """A report of which something is kept: what it is called, where its file is or was, and what to say.

    ``path`` is None where nobody knows any more; then it can only be written elsewhere. ``find``
    looks for what is kept when it is wanted.
    """

    name: str
    path: Path | None
    says: str
    find: Callable[[], tuple[Way, ...]]


class KeptDialog(QDialog):
    """Leads to a kept state of a report; nothing is changed before a button is pressed."""

    wanted: ClassVar[Signal] = Signal(object, str)
    """The file to be opened, which holds the chosen state now, and a sentence about it."""

    def __init__(
        self, title: str, reports: Sequence[Kept], folder: Path, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """``folder`` is where to write what has no place any more."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._reports = tuple(reports)
        self._folder = folder
        self._ways: tuple[Way, ...] = ()
        self.says = _label()
        self.choice = QComboBox()
        self.choice.setAccessibleName("年报")
        self.choice.addItems([shown_plainly(one.name) for one in reports])
        self.choice.setVisible(len(reports) > 1)
        self.choice.currentIndexChanged.connect(self._show)
        self.listed = QListWidget()
        self.listed.setAccessibleName("留下的内容")
        self.listed.setFixedWidth(_LIST)
        self.listed.currentRowChanged.connect(self._look)
        self.listed.itemActivated.connect(lambda _item: self._open())
        self.holds = QPlainTextEdit()
        self.holds.setReadOnly(True)
        self.holds.setTabChangesFocus(True)
        self.holds.setAccessibleName("里面有什么")
        self.holds.setFont(theme.font())
        self.trouble = _label()
        self.take = push_button("打开这一份", self._open, main=True)
        self.save_copy = push_button("另存一份…", self._save_copy)
        self._lay_out()
        self._show()
        self.listed.setFocus()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        buttons.rejected.connect(self.reject)
        buttons.addButton(self.take, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save_copy, QDialogButtonBox.ButtonRole.ActionRole)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(self.listed)
        row.addWidget(self.holds, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, 2 * _GAP)
        column.setSpacing(_GAP)
        column.addWidget(self.choice)
        column.addWidget(self.says)
        column.addLayout(row, 1)
        column.addWidget(self.trouble)
        column.addWidget(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - 48))

    @property
    def _kept(self) -> Kept:
        return self._reports[max(0, self.choice.currentIndex())]

    def _chosen(self) -> Way | None:
        row = self.listed.currentRow()
        return self._ways[row] if 0 <= row < len(self._ways) else None

    def _show(self) -> None:
        self._ways = self._kept.find()
        self.says.setText(self._kept.says)
        self.trouble.setText("")
        self.listed.clear()
        self.listed.addItems([shown_plainly(way.says) for way in self._ways])
        self.listed.setCurrentRow(0)
        self._look()

    def _look(self) -> None:
        way = self._chosen()
        for button in (self.take, self.save_copy):
            button.setEnabled(way is not None)
        try:
            self.holds.setPlainText(describe(waited(way.read, _READS)) if way is not None else "")
        except StoreError as error:
            self.holds.setPlainText(str(error))
            for button in (self.take, self.save_copy):
                button.setEnabled(False)

    def _open(self) -> None:
        """Put the state into the report's own file if that can be had, else into a new one, and open it."""
        way, path = self._chosen(), self._kept.path
        if way is None:
            return
        if path is None or not _is_folder(path.parent):
            self._save_copy(opens=True)
            return
        try:
            aside = waited(lambda: put_back(path, way), "正在读写文件，磁盘有点慢。")
        except StoreError as error:
            self.trouble.setText(f"{error}可以“另存一份”到别的位置。")
            return
        done_with(way, now())
        stays = f"打不开的原文件改名为“{aside.name}”留着。" if aside is not None else ""
        self._leave(path, f"已打开留下的那一份，存在 {path}。{stays}")

    def _save_copy(self, *, opens: bool = False) -> None:
        way, path = self._chosen(), self._kept.path
        if way is None:
            return
        folder = path.parent if path is not None and _is_folder(path.parent) else self._folder
        stem = path.stem if path is not None else self._kept.name
        chosen = ask_where_to_save(self, waited(lambda: free_path(folder, stem), _LOOKS))
        if chosen is None:
            return
        try:
            waited(lambda: write_elsewhere(chosen, way), "正在读写文件，磁盘有点慢。")
        except StoreError as error:
            self.trouble.setText(str(error))
            return
        if opens:
            done_with(way, now())
            self._leave(chosen, f"已打开留下的那一份，存在 {chosen}。")
        else:
            self.trouble.setText(f"已另存到 {chosen}。")

    def _leave(self, path: Path, sentence: str) -> None:
        self.accept()
        self.wanted.emit(path, sentence)


_READS = "正在读留下的内容，磁盘有点慢。"
_LOOKS = "正在找文件夹，磁盘有点慢。"


def _is_folder(folder: Path) -> bool:
    return waited(folder.is_dir, _LOOKS)


def _label() -> QLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    return label
