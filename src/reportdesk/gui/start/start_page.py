"""What stands in the window while no report is open: the reports on this PC and the ways to begin.

It is painted before the list is read, which the window does once ``painted`` tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reportdesk.gui.look.controls import PlainLabel, ink, push_button
from reportdesk.gui.look.theme import Role, Size, Theme

if TYPE_CHECKING:
    from reportdesk.store.user_data.library_entry import Entry

_WIDEST = 880
_MARGIN = 32
_EMPTY = "这台电脑上还没有年报。点“新建年报”逐节填写，改动会自动保存。\n已有的年报可以打开；Word、Excel、PDF 或网页里的可以导入。文件也可以拖到这里。"


class StartPage(QWidget):
    """Asks for a report."""

    new_wanted: ClassVar[Signal] = Signal()
    last_year_wanted: ClassVar[Signal] = Signal()
    open_wanted: ClassVar[Signal] = Signal()
    import_wanted: ClassVar[Signal] = Signal()
    chosen: ClassVar[Signal] = Signal(object)
    """The path of the report to open."""
    removal_wanted: ClassVar[Signal] = Signal(object)
    """The path of a report to be taken off the list."""
    painted: ClassVar[Signal] = Signal()
    """The page is to be seen, and there is time for the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._was_painted = self._was_listed = False
        title = PlainLabel("政府信息公开工作年度报告")
        title.setFont(theme.font(Size.PAGE, strong=True))
        self.new_button = push_button("新建年报", self.new_wanted.emit, main=True)
        self.last_year_button = push_button("从上年生成…", self.last_year_wanted.emit)
        self.open_button = push_button("打开年报…", self.open_wanted.emit)
        self.import_button = push_button("导入…", self.import_wanted.emit)
        self.import_button.setToolTip("从 Word、WPS、Excel、PDF 或网页读入年报")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.new_button, self.last_year_button, self.open_button, self.import_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._says = PlainLabel()
        self._says.setFont(theme.font(Size.BODY))
        ink(self._says, theme, Role.QUIET)
        self._rows = QScrollArea()
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        self._rows.setWidgetResizable(True)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.hide()
        block = QWidget()
        block.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(block)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 0)
        column.setSpacing(16)
        column.addWidget(title)
        column.addLayout(buttons)
        column.addWidget(self._says)
        column.addWidget(self._rows, 1)
        column.addStretch(0)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(block, 100)
        middle.addStretch(1)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List these reports instead, in their order."""
        from reportdesk.gui.start.report_row import ReportRow, name_of

        self._says.setText("" if entries else _EMPTY)
        self._says.setVisible(not entries)
        self._rows.setVisible(bool(entries))
        focus = self.window().focusWidget()
        before = focus.path if isinstance(focus, ReportRow) else None
        takes_focus = before is not None or not self._was_listed
        self._was_listed = True
        rows: list[ReportRow] = []
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        names = Counter(map(name_of, entries))
        for entry in entries:
            row = ReportRow(entry, self._theme, names_file=names[name_of(entry)] > 1)
            row.clicked.connect(lambda _checked=False, path=entry.path: self.chosen.emit(path))
            row.removal_wanted.connect(lambda path=entry.path: self.removal_wanted.emit(path))
            column.addWidget(row)
            rows.append(row)
        column.addStretch(1)
        self._rows.setWidget(sheet)  # which deletes the one before
        openable = [row for row, entry in zip(rows, entries, strict=True) if not entry.is_missing]
        if takes_focus and openable:  # so that Enter opens what was opened last
            next((row for row in openable if row.path == before), openable[0]).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the first time that there is something to be seen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
