"""The list on the left: the front page and the sections, each with its state as sign and word."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from reportdesk.form.spec import FRONT, FRONT_TITLE, Form
from reportdesk.gui.look.controls import Button, set_tip
from reportdesk.gui.look.symbols import Sign, draw_sign
from reportdesk.gui.look.theme import Role, Theme

if TYPE_CHECKING:
    from reportdesk.session.session import SectionState, Session

WIDTH = 208
_ROW = 40
_PAD = 12
_SIGN = 12

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_INKS = {Sign.ERROR: Role.ERROR, Sign.WARNING: Role.WARNING, Sign.DONE: Role.OK}


class SectionList(QWidget):
    """Tells which page is wanted; what stands there is not its business."""

    chosen: ClassVar[Signal] = Signal(str)
    """The id of the section that the clerk wants to see; FRONT for the front page."""

    entered: ClassVar[Signal] = Signal()
    """The clerk wants to go on typing there, as after a click; walking the list by keys stays in it."""

    def __init__(self, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("各节")
        self.entries = [SectionEntry(FRONT, FRONT_TITLE, FRONT_TITLE, theme)]
        for section in form.sections:
            shown = _short_title(section.title, section.short)
            self.entries.append(SectionEntry(section.id, section.title, shown, theme))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        for entry in self.entries:
            column.addWidget(entry)
            entry.toggled.connect(self._tell)
            entry.entered.connect(self.entered)
        column.addStretch(1)
        self._before = Button("上一节")
        self._before.setToolTip("上一节（Ctrl+PageUp）")
        self._after = Button("下一节")
        self._after.setToolTip("下一节（Ctrl+PageDown）")
        for button, by in ((self._before, -1), (self._after, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor on the page
            button.clicked.connect(partial(self._press, button, by))
        row = QHBoxLayout()
        row.setContentsMargins(_PAD, 8, _PAD, 12)
        row.setSpacing(8)
        row.addWidget(self._before)
        row.addWidget(self._after)
        column.addLayout(row)
        self._show_steps()

    def choose(self, section: str) -> None:
        """Make that section the current one; ``chosen`` tells if it was another."""
        for entry in self.entries:
            if entry.section == section:
                entry.setChecked(True)

    def step(self, by: int) -> None:
        """Go to the section so many places on, if there is one."""
        row = self._current() + by
        if 0 <= row < len(self.entries):
            self.entries[row].setChecked(True)

    def _press(self, button: Button, by: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 (a signal's argument)
        self.step(by)
        if not button.hasFocus():
            self.entered.emit()

    def show_states(self, session: Session) -> None:
        """Show where each section stands now."""
        self.entries[0].show_state(*_gravest(session, FRONT), "")  # it is never finished
        for entry, section in zip(self.entries[1:], session.form.sections, strict=True):
            state = session.state_of(section)
            sign, count = _gravest(session, section.id)
            entry.show_state(sign or _signs()[state], count, state.value)

    def _current(self) -> int:
        return next((row for row, entry in enumerate(self.entries) if entry.isChecked()), -1)

    def _tell(self, checked: bool) -> None:  # noqa: FBT001 (a signal's argument)
        if checked:
            self._show_steps()
            self.chosen.emit(self.entries[self._current()].section)

    def _show_steps(self) -> None:
        row = self._current()
        self._before.setEnabled(row > 0)
        self._after.setEnabled(0 <= row < len(self.entries) - 1)


class SectionEntry(QAbstractButton):
    """One section: its number and short name, its state at the right; one of them is current.

    A button rather than a row of a view: it is quicker to build, and the arrow keys go from one
    to the next all the same.
    """

    entered: ClassVar[Signal] = Signal()
    """It was clicked, or Enter was pressed on it."""

    def __init__(self, section: str, title: str, shown: str, theme: Theme) -> None:
        super().__init__()
        self.section = section
        self._title = title
        self._theme = theme
        self._sign: Sign | None = None
        self._count = 0
        self.setText(shown)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(_ROW)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(title)
        set_tip(self, title)

    def show_state(self, sign: Sign | None, count: int, word: str) -> None:
        """Show where the section stands: a sign, the number of findings, and either of these in words."""
        if (sign, count) != (self._sign, self._count):
            self._sign, self._count = sign, count
            said = f"{count} 处问题" if count else word
            set_tip(self, f"{self._title}：{said}" if said else self._title)
            self.setAccessibleDescription(said)
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        return QSize(WIDTH, _ROW)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click also leads on to the section's page."""
        was_down = self.isDown()
        super().mouseReleaseEvent(event)
        if was_down and self.isChecked():
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So does Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A dialog took the mouse, or gave it back: no row hears that the pointer left."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self.update()

    def _is_hovered(self) -> bool:
        """Whether the pointer is here; Qt alone still says so after a menu or a dialog took it away."""
        return self.underMouse() and self.rect().contains(self.mapFromGlobal(QCursor.pos()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, bar of the current section, name, count and sign."""
        theme, box, painter = self._theme, self.rect(), QPainter(self)
        current = self.isChecked()
        if current or self._is_hovered():
            painter.fillRect(box, theme.color(Role.SELECTION if current else Role.CURRENT_LABEL))
        if current:
            painter.fillRect(QRect(0, 0, 3, box.height()), theme.color(Role.ACCENT))
        painter.setPen(theme.color(Role.TEXT if self.isEnabled() else Role.QUIET))
        painter.setFont(theme.font(strong=current))
        name = box.adjusted(_PAD + 4, 0, -2 * _PAD - _SIGN - 16, 0)
        painter.drawText(name, int(_LEFT), self.text())
        if self._sign is not None:
            self._draw_state(painter, self._sign)
        if self.hasFocus():
            painter.setPen(theme.color(Role.ACCENT))
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _draw_state(self, painter: QPainter, sign: Sign) -> None:
        color = self._theme.color(_INKS.get(sign, Role.QUIET))
        left = self.width() - _PAD - _SIGN
        draw_sign(painter, sign, QRectF(left, (self.height() - _SIGN) / 2, _SIGN, _SIGN), color)
        if self._count:
            painter.setPen(color)
            painter.setFont(self._theme.font(strong=True))
            painter.drawText(QRect(left - 36, 0, 32, self.height()), int(_RIGHT), str(self._count))


@functools.cache
def _signs() -> Mapping[SectionState, Sign]:
    from reportdesk.session.session import SectionState

    return {
        SectionState.EMPTY: Sign.OPEN,
        SectionState.PARTIAL: Sign.PARTIAL,
        SectionState.FILLED: Sign.FILLED,
        SectionState.TROUBLED: Sign.ERROR,
        SectionState.FINISHED: Sign.DONE,
    }


def _gravest(session: Session, section: str) -> tuple[Sign | None, int]:
    """The sign of the gravest finding there that is more than a hint, and how many there are."""
    grave = [found.severity for found in session.findings_in(section) if found.severity != "hint"]
    if not grave:
        return None, 0
    return Sign.ERROR if "error" in grave else Sign.WARNING, len(grave)


def _short_title(title: str, short: str) -> str:
    number, comma, _rest = title.partition("、")
    return f"{number}、{short}" if comma else short
