"""审核: the findings grouped by section; Enter or a click goes where one looks first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.spec import Form
from reportdesk.gui.signs import Sign, draw_sign
from reportdesk.gui.theme import Role, Size, Theme

_PAD = 12
_SIGN = 12
_TEXT_LEFT = _PAD + _SIGN + 8
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

_FINDING_ROLE = Qt.ItemDataRole.UserRole.value

SEVERITY_SIGNS = {
    Severity.ERROR: (Sign.ERROR, Role.ERROR),
    Severity.WARNING: (Sign.WARNING, Role.WARNING),
    Severity.HINT: (Sign.OPEN, Role.QUIET),
}
_COUNT_WORDS = {Severity.ERROR: "错", Severity.WARNING: "提醒", Severity.HINT: "提示"}


class FindingsPanel(QWidget):
    """Shows findings and tells which one the clerk wants to see."""

    chosen: ClassVar[Signal] = Signal(object)
    """The Finding to go to."""

    folded: ClassVar[Signal] = Signal()
    """The clerk wants the panel out of the way."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._findings: list[Finding] = []
        title = QLabel("审核")
        title.setFont(theme.font(Size.SECTION, strong=True))
        self._count = QLabel()
        self._count.setFont(theme.font())
        fold = QToolButton()
        fold.setText("收起")
        fold.setToolTip("收起审核（F9 再显示）")
        fold.setAutoRaise(True)
        fold.clicked.connect(self.folded)
        head = QHBoxLayout()
        head.setContentsMargins(_PAD, 4, 8, 4)
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self._count, 1)
        head.addWidget(fold)
        self._list = _List(theme)
        self._list.itemClicked.connect(self._tell)
        self._list.itemActivated.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        self.setFocusProxy(self._list)

    def show_findings(self, form: Form, findings: Sequence[Finding]) -> None:
        """List these instead; the one that was current stays so if it is still there."""
        current = self._current()
        self._findings = list(findings)
        self._count.setText(count_words(findings))
        self._list.clear()
        titles = {section.id: section.title for section in form.sections}
        last = None
        for found in findings:
            if found.section != last:
                last = found.section
                self._list.add_group(titles.get(found.section, "标题和开头"))
            self._list.add_finding(found)
            if found == current:
                self._list.setCurrentRow(self._list.count() - 1)
        if not findings:
            self._list.add_group("没有发现问题。")

    def step(self, by: int) -> Finding | None:
        """Choose the next or previous finding, going round; None if there are none."""
        if not self._findings:
            return None
        current = self._current()
        start = self._findings.index(current) if current in self._findings else min(-by, 0)
        place = start + by
        found = self._findings[place % len(self._findings)]
        for row in range(self._list.count()):
            if self._list.item(row).data(_FINDING_ROLE) == found:
                self._list.setCurrentRow(row)
        self.chosen.emit(found)
        return found

    def _current(self) -> Finding | None:
        row = self._list.currentRow()
        found: Finding | None = self._list.item(row).data(_FINDING_ROLE) if row >= 0 else None
        return found

    def _tell(self, entry: QListWidgetItem) -> None:
        found = entry.data(_FINDING_ROLE)
        if found is not None:
            self.chosen.emit(found)


def count_words(findings: Sequence[Finding]) -> str:
    """How many there are of each kind: 2 错 1 提醒; empty if none."""
    counts = Counter(found.severity for found in findings)
    return " ".join(
        f"{counts[severity]} {word}" for severity, word in _COUNT_WORDS.items() if counts[severity]
    )


class _List(QListWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setItemDelegate(_Entry(theme, self))
        self.setAccessibleName("审核发现的问题")
        self.viewport().setAutoFillBackground(False)

    def add_group(self, title: str) -> None:
        entry = QListWidgetItem(title, self)
        entry.setFlags(Qt.ItemFlag.NoItemFlags)

    def add_finding(self, found: Finding) -> None:
        entry = QListWidgetItem(found.message, self)
        entry.setData(_FINDING_ROLE, found)
        entry.setToolTip(f"{found.code}　点击或按回车到这一处")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the sentences anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Entry(QStyledItemDelegate):
    """A group's title, or a finding's sign and whole sentence."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._font = theme.font(Size.BODY)
        self._strong = theme.font(Size.BODY, strong=True)

    def sizeHint(
        self,
        _option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """As tall as the wrapped sentence."""
        width = self._view.viewport().width()
        found = index.data(_FINDING_ROLE)
        left = _PAD if found is None else _TEXT_LEFT
        room = QRect(0, 0, max(80, width - left - _PAD), 10_000)
        font = self._strong if found is None else self._font
        return QSize(width, QFontMetrics(font).boundingRect(room, _WRAP, str(index.data())).height() + 14)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw it; the current finding stands on the ground of a selection."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        found: Finding | None = index.data(_FINDING_ROLE)
        theme = self._theme
        painter.save()
        if found is None:
            painter.setFont(self._strong)
            painter.setPen(theme.color(Role.QUIET))
            painter.drawText(box.adjusted(_PAD, 7, -_PAD, 0), _WRAP, str(index.data()))
        else:
            if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
                selected = bool(state & QStyle.StateFlag.State_Selected)
                painter.fillRect(box, theme.color(Role.SELECTION if selected else Role.CURRENT_LABEL))
            sign, role = SEVERITY_SIGNS[found.severity]
            draw_sign(
                painter, sign, QRectF(box.left() + _PAD, box.top() + 10, _SIGN, _SIGN), theme.color(role)
            )
            painter.setFont(self._font)
            painter.setPen(theme.color(Role.TEXT))
            painter.drawText(box.adjusted(_TEXT_LEFT, 7, -_PAD, 0), _WRAP, found.message)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color(Role.ACCENT))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()
