"""The list on the left: the front page and the sections, each with its state as sign and word."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.spec import Form
from reportdesk.gui.places import FRONT
from reportdesk.gui.signs import Sign, draw_sign
from reportdesk.gui.theme import Role, Size, Theme
from reportdesk.session.session import SectionState, Session

WIDTH = 208
_ROW = 40
_PAD = 12
_SIGN = 12

_SECTION_ROLE = Qt.ItemDataRole.UserRole.value
_STATE_ROLE = _SECTION_ROLE + 1
_COUNT_ROLE = _SECTION_ROLE + 2

_SIGNS = {
    SectionState.EMPTY: (Sign.OPEN, Role.QUIET),
    SectionState.PARTIAL: (Sign.PARTIAL, Role.QUIET),
    SectionState.FILLED: (Sign.FILLED, Role.QUIET),
    SectionState.TROUBLED: (Sign.ERROR, Role.ERROR),
    SectionState.FINISHED: (Sign.DONE, Role.OK),
}


class SectionList(QWidget):
    """Tells which page is wanted; what stands there is not its business."""

    chosen: ClassVar[Signal] = Signal(str)
    """The id of the section that the clerk wants to see; FRONT for the front page."""

    def __init__(self, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.setFixedWidth(WIDTH)
        self._list = _List(theme)
        for section_id, title in _entries(form):
            entry = QListWidgetItem(title, self._list)
            entry.setData(_SECTION_ROLE, section_id)
            entry.setSizeHint(QSize(WIDTH, _ROW))
        self._list.currentItemChanged.connect(lambda entry, _before: self._tell(entry))
        self._before = QPushButton("上一节")
        self._before.setToolTip("上一节（Ctrl+PageUp）")
        self._after = QPushButton("下一节")
        self._after.setToolTip("下一节（Ctrl+PageDown）")
        self._before.clicked.connect(lambda: self.step(-1))
        self._after.clicked.connect(lambda: self.step(1))
        row = QHBoxLayout()
        row.setContentsMargins(_PAD, 8, _PAD, 12)
        row.setSpacing(8)
        row.addWidget(self._before)
        row.addWidget(self._after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._list)
        column.addLayout(row)
        self._show_steps()

    def choose(self, section: str) -> None:
        """Make that section the current one; ``chosen`` tells if it was another."""
        for row in range(self._list.count()):
            if self._list.item(row).data(_SECTION_ROLE) == section:
                self._list.setCurrentRow(row)

    def step(self, by: int) -> None:
        """Go to the section so many places on, if there is one."""
        row = self._list.currentRow() + by
        if 0 <= row < self._list.count():
            self._list.setCurrentRow(row)

    def show_states(self, session: Session) -> None:
        """Show where each section stands now."""
        for row, section in enumerate(self._form.sections, start=1):
            state = session.state_of(section)
            count = len(session.findings_in(section.id)) if state is SectionState.TROUBLED else 0
            entry = self._list.item(row)
            if entry.data(_STATE_ROLE) == state.value and entry.data(_COUNT_ROLE) == count:
                continue
            entry.setData(_STATE_ROLE, state.value)
            entry.setData(_COUNT_ROLE, count)
            entry.setToolTip(f"{section.title}：{_said(state, count)}")
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, entry.toolTip())

    def _tell(self, entry: QListWidgetItem | None) -> None:
        self._show_steps()
        if entry is not None:
            self.chosen.emit(entry.data(_SECTION_ROLE))

    def _show_steps(self) -> None:
        row = self._list.currentRow()
        self._before.setEnabled(row > 0)
        self._after.setEnabled(0 <= row < self._list.count() - 1)


class _List(QListWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Entry(theme, self))
        self.setAccessibleName("各节")
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the mark of the pointer back."""
        super().leaveEvent(event)
        self.viewport().update()


class _Entry(QStyledItemDelegate):
    """Draws one section: its number and short name, and its state at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = theme.font(Size.BODY)
        self._strong = theme.font(Size.BODY, strong=True)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground, bar of the current section, name, count and sign."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        theme = self._theme
        painter.save()
        if current or hovered:
            painter.fillRect(box, theme.color(Role.SELECTION if current else Role.CURRENT_LABEL))
        if current:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.color(Role.ACCENT))
        painter.setPen(theme.color(Role.TEXT))
        painter.setFont(self._strong if current else self._font)
        name = box.adjusted(_PAD + 4, 0, -2 * _PAD - _SIGN - 16, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, int(middle | Qt.AlignmentFlag.AlignLeft), str(index.data()))
        shown = index.data(_STATE_ROLE)
        if shown is not None:
            sign, role = _SIGNS[SectionState(shown)]
            right = box.right() - _PAD - _SIGN
            draw_sign(
                painter,
                sign,
                QRectF(right, box.center().y() - _SIGN / 2 + 0.5, _SIGN, _SIGN),
                theme.color(role),
            )
            count = index.data(_COUNT_ROLE)
            if count:
                painter.setPen(theme.color(role))
                painter.setFont(self._strong)
                room = QRect(right - 32, box.top(), 28, box.height())
                painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignRight), str(count))
        painter.restore()


def _entries(form: Form) -> list[tuple[str, str]]:
    """The page's section and its name in the list: 一　总体情况."""
    sections = [(section.id, _short_title(section.title, section.short)) for section in form.sections]
    return [(FRONT, "标题和开头"), *sections]


def _short_title(title: str, short: str) -> str:
    number, comma, _rest = title.partition("、")
    return f"{number}、{short}" if comma else short


def _said(state: SectionState, count: int) -> str:
    return f"{count} 处问题" if state is SectionState.TROUBLED else state.value
