"""审核: the findings grouped by section; Enter or a click goes where one looks first.

Made of buttons rather than of a view: a report has few findings, and these are built sooner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.spec import Form
from reportdesk.gui.places import FRONT_TITLE
from reportdesk.gui.signs import Sign, draw_sign
from reportdesk.gui.theme import Role, Size, Theme

NOTHING_FOUND = "没有发现问题。"

_PAD = 12
_SIGN = 12
_TEXT_LEFT = _PAD + _SIGN + 8
_TEXT_TOP = 7
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

_SEVERITY_SIGNS = {
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
        self._current: Finding | None = None
        self.entries: list[FindingEntry] = []
        self._count = QLabel()
        self._count.setFont(theme.font())
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(theme))
        column.addWidget(self._scroll, 1)

    def show_findings(self, form: Form, findings: Sequence[Finding]) -> None:
        """List these instead; the one that was current stays so if it is still there."""
        self._count.setText(count_words(findings))
        titles = {section.id: section.title for section in form.sections}
        self.entries = []
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        last = None
        for found in findings:
            if found.section != last:
                last = found.section
                column.addWidget(self._group(titles.get(found.section, FRONT_TITLE)))
            entry = FindingEntry(found, self._theme)
            entry.clicked.connect(lambda _checked=False, found=found: self._choose(found))
            entry.stepped.connect(self._move_focus)
            self.entries.append(entry)
            column.addWidget(entry)
        if not findings:
            column.addWidget(self._group(NOTHING_FOUND))
        column.addStretch(1)
        self._scroll.setWidget(sheet)  # which deletes the one before
        self._mark(self._current if self._current in findings else None)

    def step(self, by: int) -> Finding | None:
        """Choose the next or previous finding, going round; None if there are none."""
        findings = [entry.finding for entry in self.entries]
        if not findings:
            return None
        start = findings.index(self._current) if self._current in findings else min(-by, 0)
        found = findings[(start + by) % len(findings)]
        self._choose(found)
        return found

    def begin(self) -> None:
        """Put the focus on the current finding, or on the first."""
        current = [entry for entry in self.entries if entry.finding == self._current]
        for entry in current or self.entries[:1]:
            entry.setFocus()

    def _choose(self, found: Finding) -> None:
        self._mark(found)
        self.chosen.emit(found)

    def _mark(self, found: Finding | None) -> None:
        self._current = found
        for entry in self.entries:
            entry.show_current(current=entry.finding == found)
            if entry.finding == found:
                self._scroll.ensureWidgetVisible(entry, 0, 0)

    def _move_focus(self, entry: FindingEntry, by: int) -> None:
        place = self.entries.index(entry) + by
        if 0 <= place < len(self.entries):
            self.entries[place].setFocus()
            self._scroll.ensureWidgetVisible(self.entries[place], 0, 0)

    def _head(self, theme: Theme) -> QHBoxLayout:
        title = QLabel("审核")
        title.setFont(theme.font(Size.SECTION, strong=True))
        fold = QToolButton()
        fold.setText("收起")
        fold.setToolTip("收起审核（F9 再显示）")
        fold.setAutoRaise(True)
        fold.clicked.connect(self.folded)
        row = QHBoxLayout()
        row.setContentsMargins(_PAD, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self._count, 1)
        row.addWidget(fold)
        return row

    def _group(self, title: str) -> QLabel:
        label = QLabel(title)
        label.setFont(self._theme.font(strong=True))
        label.setWordWrap(True)
        label.setContentsMargins(_PAD, _TEXT_TOP, _PAD, _TEXT_TOP)
        palette = label.palette()
        palette.setColor(label.foregroundRole(), self._theme.color(Role.QUIET))
        label.setPalette(palette)
        return label


class FindingEntry(QAbstractButton):
    """One finding: its sign and its whole sentence."""

    stepped: ClassVar[Signal] = Signal(object, int)
    """An arrow key asks for the entry so many places on."""

    def __init__(self, found: Finding, theme: Theme) -> None:
        super().__init__()
        self.finding = found
        self._theme = theme
        self._is_current = False
        self.setFont(theme.font())
        self.setText(found.message)
        self.setAccessibleName(found.message)
        self.setToolTip("点击或按回车到这一处")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_current(self, *, current: bool) -> None:
        """Show whether this is the finding that the clerk is at."""
        if current != self._is_current:
            self._is_current = current
            self.update()

    def hasHeightForWidth(self) -> bool:
        """The sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as the wrapped sentence."""
        room = QRect(0, 0, max(80, width - _TEXT_LEFT - _PAD), 10_000)
        return self.fontMetrics().boundingRect(room, _WRAP, self.text()).height() + 2 * _TEXT_TOP

    def sizeHint(self) -> QSize:
        """What the present width asks for."""
        return QSize(200, self.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the place, the arrows to the neighbours."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The current one stands on the ground of a selection."""
        theme, box, painter = self._theme, self.rect(), QPainter(self)
        if self._is_current or self.underMouse():
            painter.fillRect(box, theme.color(Role.SELECTION if self._is_current else Role.CURRENT_LABEL))
        sign, role = _SEVERITY_SIGNS[self.finding.severity]
        draw_sign(painter, sign, QRectF(_PAD, _TEXT_TOP + 3, _SIGN, _SIGN), theme.color(role))
        painter.setPen(theme.color(Role.TEXT))
        painter.drawText(box.adjusted(_TEXT_LEFT, _TEXT_TOP, -_PAD, 0), _WRAP, self.text())
        if self.hasFocus():
            painter.setPen(theme.color(Role.ACCENT))
            painter.drawRect(box.adjusted(0, 0, -1, -1))


def count_words(findings: Sequence[Finding]) -> str:
    """How many there are of each kind: 2 错 1 提醒; empty if none."""
    counts = Counter(found.severity for found in findings)
    return " ".join(
        f"{counts[severity]} {word}" for severity, word in _COUNT_WORDS.items() if counts[severity]
    )
