"""待办: what is still open in the report, folded out under 审核; a click or Enter goes there.

What is open is ``session.open_marks``'; what is wrong is the findings' matter.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.common.announcements import listen
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.report.text.characters import shown_plainly
from reportdesk.session.open_marks import OpenMark, open_marks
from reportdesk.session.session import Announcement, Session

_PAUSE_MS = 250
_MARK = Qt.ItemDataRole.UserRole
NOTHING_OPEN = "没有待办：该填的都填了，也没有待核实的数。"


class TodoList(QWidget):
    """A line that says how many there are, and the list under it while it is folded out."""

    chosen: ClassVar[Signal] = Signal(object)
    """The OpenMark to go to."""
    unfolded: ClassVar[Signal] = Signal()
    """The list was folded out or away."""
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._marks: tuple[OpenMark, ...] = ()
        self.line = QToolButton()
        self.line.setCheckable(True)
        self.line.setAutoRaise(True)
        self.line.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setToolTip("待核实的数、备注、没填的格和没有文字的部分")
        self.line.toggled.connect(self._unfold)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName("待办")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self.refresh)
        listen(session, self, self._look_soon)
        self.refresh()

    def begin(self) -> None:
        """Fold the list out and put the focus there; with nothing in it only say so."""
        self.line.setChecked(True)
        if self.is_unfolded:
            self.list.setFocus()

    @property
    def has_marks(self) -> bool:
        """Whether anything is open."""
        return bool(self._marks)

    @property
    def is_unfolded(self) -> bool:
        """Whether the list is to be seen."""
        return not self.list.isHidden()

    def _look_soon(self, _told: Announcement) -> None:
        if not self._later.isActive():
            self._later.start()

    def refresh(self) -> None:
        """Say what is open now."""
        marks = open_marks(self._session.form, self._session.report)
        if marks != self._marks:
            self._marks = marks
            if self.line.isChecked() and marks:
                self._fill()
            self.line.setChecked(self.line.isChecked() and self.has_marks)
        self._show_count()

    def _show_count(self) -> None:
        self.line.setArrowType(Qt.ArrowType.DownArrow if self.line.isChecked() else Qt.ArrowType.RightArrow)
        self.line.setText(f"待办　{len(self._marks)} 处" if self._marks else "待办　没有")

    def _unfold(self, unfolded: bool) -> None:  # noqa: FBT001 (a signal's argument)
        if unfolded and not self._marks:
            self.line.setChecked(False)
            self.told_while.emit(NOTHING_OPEN, lambda: not self._marks)
            return
        if unfolded:
            self._fill()
        self.list.setVisible(unfolded)
        self._show_count()
        self.unfolded.emit()

    def _fill(self) -> None:
        row, titles = self.list.currentRow(), {one.id: one.title for one in self._session.form.sections}
        self.list.clear()
        section = None
        for mark in self._marks:
            if mark.section != section:
                section = mark.section
                self._add_title(titles[section])
            listed = QListWidgetItem(shown_plainly(mark.says))
            listed.setData(_MARK, mark)
            self.list.addItem(listed)
        self.list.setCurrentRow(min(row, self.list.count() - 1))

    def _add_title(self, title: str) -> None:
        listed = QListWidgetItem(title)
        listed.setFlags(Qt.ItemFlag.NoItemFlags)
        listed.setFont(self._theme.font(strong=True))
        listed.setForeground(self._theme.color(Role.QUIET))
        self.list.addItem(listed)

    def _choose(self, listed: QListWidgetItem) -> None:
        mark = listed.data(_MARK)
        if mark is not None:
            self.chosen.emit(mark)
