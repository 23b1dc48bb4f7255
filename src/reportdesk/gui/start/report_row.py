"""One report in the list of the start page: whose and which year large, how far and when quiet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton

from reportdesk.checks.engine import Severity
from reportdesk.checks.outcome import NOTHING_FOUND, NOTHING_LEFT_OUT, LeftOut
from reportdesk.gui.look.controls import Button, set_tip
from reportdesk.gui.look.symbols import Sign, draw_sign
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.report.text.characters import shown_plainly
from reportdesk.report.text.days import spell_day
from reportdesk.store.clock import now
from reportdesk.store.user_data.library_entry import Entry, SectionMark

_PAD = 16
_SIGN = 12
_STEP = 20
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_COUNTED = {Severity.ERROR: "处错误", Severity.WARNING: "处提醒", Severity.HINT: "处提示"}


class ReportRow(QAbstractButton):
    """A click or Enter opens the report; of one whose file is missing what was kept is offered then."""

    removal_wanted: ClassVar[Signal] = Signal()

    def __init__(self, entry: Entry, theme: Theme, *, names_file: bool = False) -> None:
        """``names_file`` where another report on the list is called the same."""
        super().__init__()
        self._entry = entry
        self._theme = theme
        self.setFont(theme.font())
        self.setText(f"{name_of(entry)}　{entry.path.name}" if names_file else name_of(entry))
        self._says = "　".join(says_of(entry))
        self.setAccessibleName(f"{self.text()}，{self._says}")
        gone = "文件不在原处；点开看这台电脑有没有留下它的内容\n" if entry.is_missing else ""
        left_out = entry.summary.left_out.says  # the row may have no room for it
        set_tip(self, "\n".join(filter(None, (f"{gone}{entry.path}", left_out))))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._remove = Button("移除", self)
        self._remove.setToolTip("从列表里移除，不删除文件")
        self._remove.clicked.connect(lambda *_checked: self.removal_wanted.emit())
        self._remove.setVisible(entry.is_missing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def path(self) -> Path:
        """The report's file."""
        return self._entry.path

    def sizeHint(self) -> QSize:
        """Two lines and the space around them."""
        lines = self._theme.pixels(Size.SECTION) + self._theme.pixels(Size.BODY)
        return QSize(320, round(lines * 1.5) + 2 * _PAD)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as a click does; the arrows go to the neighbours."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """Nothing: a row is no check box."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right."""
        super().resizeEvent(event)
        size = self._remove.sizeHint()
        self._remove.setGeometry(
            self.width() - _PAD - size.width(),
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name over the quiet line, the sections' signs at the right, a line below."""
        theme, box, painter = self._theme, self.rect(), QPainter(self)
        if self.underMouse() and not self._entry.is_missing:
            painter.fillRect(box, theme.color(Role.CURRENT_LABEL))
        painter.setPen(theme.color(Role.LINE))
        painter.drawLine(0, box.bottom(), box.right(), box.bottom())
        right = self._draw_right(painter)
        half = box.height() // 2
        room = right - 2 * _PAD
        painter.setPen(theme.color(Role.QUIET if self._entry.is_missing else Role.TEXT))
        self._write(
            painter, QRect(_PAD, 8, room, half - 8), theme.font(Size.SECTION, strong=True), self.text()
        )
        painter.setPen(theme.color(Role.WARNING if self._entry.is_missing else Role.QUIET))
        self._write(painter, QRect(_PAD, half, room, half - 8), theme.font(), self._says)
        if self.hasFocus():
            painter.setPen(theme.color(Role.ACCENT))
            painter.drawRect(box.adjusted(0, 0, -1, -2))

    def _draw_right(self, painter: QPainter) -> int:
        """Draw what stands at the right and return where it begins."""
        if self._entry.is_missing:
            return self._remove.x() - _PAD
        marks = self._entry.summary.sections
        left = self.width() - _PAD - _STEP * len(marks)
        top = (self.height() - _SIGN) / 2
        for place, mark in enumerate(marks):
            sign = sign_of(mark)
            color = self._theme.color(Role.OK if sign is Sign.DONE else Role.QUIET)
            draw_sign(painter, sign, QRectF(left + place * _STEP + 8, top, _SIGN, _SIGN), color)
        return left

    def _write(self, painter: QPainter, room: QRect, font: object, text: str) -> None:
        painter.setFont(font)  # type: ignore[arg-type]
        shown = painter.fontMetrics().elidedText(
            shown_plainly(text), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _LEFT, shown)


def name_of(entry: Entry) -> str:
    """Unit and year, or the file's name where neither is given."""
    summary = entry.summary
    year = f"{summary.year} 年" if summary.year else ""
    return "　".join(text for text in (summary.unit, year) if text) or entry.path.stem


def says_of(entry: Entry) -> list[str]:
    """State, progress, findings and last change, in a clerk's words."""
    if entry.is_missing:
        return [f"文件不在原处，可能已移走，或 U 盘没有插上：{entry.path}"]
    summary = entry.summary
    filled = sum(mark.so_far.filled == mark.so_far.whole for mark in summary.sections)
    finished = sum(mark.finished for mark in summary.sections)
    progress = f"{len(summary.sections)} 节填了 {filled} 节，完成 {finished} 节"
    words = [
        summary.state.says,
        progress if summary.sections else "",
        finding_words(summary.findings, summary.unverified, summary.left_out),
    ]
    return [word for word in (*words, changed_words(entry.changed, now())) if word]


def finding_words(
    counts: Mapping[Severity, int] | None, unverified: int = 0, left_out: LeftOut = NOTHING_LEFT_OUT
) -> str:
    """How many findings and cells 待核实 there are, or that the report as it is was not checked."""
    marked = [f"{unverified} 格待核实"] * bool(unverified)
    if counts is None:
        return "、".join(("还没有审核", *marked))
    told = [f"{counts[severity]} {word}" for severity, word in _COUNTED.items() if counts.get(severity)]
    return "、".join(told + marked) or f"{NOTHING_FOUND}{left_out.says}".rstrip("。")


def changed_words(changed: dt.datetime | None, now: dt.datetime) -> str:
    """When the file was changed last; a clock that went back shows the whole date."""
    if changed is None:
        return ""
    days = (now.date() - changed.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, spell_day(changed))
    return f"{day} {changed:%H:%M} 改动"


def sign_of(mark: SectionMark) -> Sign:
    """How far the section is, as the list beside the report shows it."""
    if mark.finished:
        return Sign.DONE
    if not mark.so_far.filled:
        return Sign.OPEN
    return Sign.FILLED if mark.so_far.filled == mark.so_far.whole else Sign.PARTIAL
