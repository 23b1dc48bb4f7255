"""The line under a table that shows, column by column, whether its balance holds.

One chip under each column of numbers: ✓, the difference, or ○ while nothing can be said. What
balances and when a difference is an error is the session's; this only shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from reportdesk.checks.engine import CheckContext
from reportdesk.checks.numbers.arithmetic import spell_balance
from reportdesk.form.spec import Balance, Table, column_words
from reportdesk.gui.grid.frozen_panes import GridPanes
from reportdesk.gui.grid.number_text import NumberTexts
from reportdesk.gui.look.controls import PlainLabel, set_tip
from reportdesk.gui.look.symbols import Sign, draw_sign
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.report.text.figures import show_figure
from reportdesk.report.totals import BalanceResult, BalanceState
from reportdesk.session.session import Session

_RADIUS = 4
_MARGIN = 3


class Standing(Enum):
    """How a column's balance stands."""

    OPEN = "open"
    """Not filled, or filled in part without a difference."""
    UNFINISHED = "unfinished"
    """Filled in part, with a difference that may go away; its section is not marked 完成."""
    EVEN = "even"
    UNEVEN = "uneven"


_ROLES: dict[Standing, tuple[Role, Role | None]] = {
    Standing.OPEN: (Role.QUIET, None),
    Standing.UNFINISHED: (Role.QUIET, None),
    Standing.EVEN: (Role.OK, Role.OK_GROUND),
    Standing.UNEVEN: (Role.ERROR, Role.ERROR_GROUND),
}
_SIGNS = {Standing.OPEN: Sign.OPEN, Standing.EVEN: Sign.DONE}
_SPOKEN = {"✓": "平", "○": "还没填完"}


def standing(result: BalanceResult, *, is_finished: bool) -> tuple[Standing, str]:
    """How a column stands in a section that is marked 完成 or not, and the sign that says so without colour."""
    if result.difference:
        settled = result.state is BalanceState.FILLED or is_finished
        state = Standing.UNEVEN if settled else Standing.UNFINISHED
        return state, _gap(result)
    if result.state is BalanceState.FILLED:
        return Standing.EVEN, "✓"
    return Standing.OPEN, "○"


def _gap(result: BalanceResult) -> str:
    difference = result.difference
    return f"差 {show_figure(max(difference, -difference))}"


class Chip(PlainLabel):
    """One column's balance; its tooltip is worked out when the pointer rests on it."""

    def __init__(self, theme: Theme, spell: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spell = spell
        self._numbers = NumberTexts(self.font())
        self._pictures: dict[tuple[Standing, int, int, float], QPixmap] = {}
        self.standing = Standing.OPEN
        self._says = ""

    def text(self) -> str:
        """What it says; it draws that itself, and no label lays it out for nothing."""
        return self._says

    def show_standing(self, state: Standing, text: str, name: str) -> None:
        """Show it; repainted only if it changed."""
        if (state, text) != (self.standing, self._says):
            self.standing, self._says = state, text
            self.setAccessibleName(name)
            self.update()

    def set_type(self, numbers: NumberTexts) -> None:
        """Take the table's type."""
        self._numbers = numbers
        self._pictures.clear()
        self.setFont(numbers.font)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._pictures.clear()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Spell the sum out when asked."""
        if event.type() is QEvent.Type.ToolTip:
            set_tip(self, self._spell())
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded ground, and the sign on it."""
        del event
        width, height, ratio = self.width(), self.height(), self.devicePixelRatioF()
        painter = QPainter(self)
        if ratio.is_integer():
            painter.drawPixmap(0, 0, self._picture(width, height, ratio))
        else:  # it may begin within a pixel of the screen, where a picture would be moved
            self._draw_ground(painter)
        if self.standing not in _SIGNS:
            painter.setPen(self._theme.color(_ROLES[self.standing][0]))
            self._numbers.draw_centred(painter, (0, 0, width, height), self._says, width - _MARGIN)
        painter.end()

    def _picture(self, width: int, height: int, ratio: float) -> QPixmap:
        """The ground with the sign, kept: with each keystroke two of them are painted."""
        look = self.standing, width, height, ratio
        picture = self._pictures.get(look)
        if picture is None:
            picture = self._pictures[look] = QPixmap(round(width * ratio), round(height * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self._draw_ground(painter)
            painter.end()
        return picture

    def _draw_ground(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = _ROLES[self.standing]
        room = QRectF(self.rect())
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(ground))
            painter.drawRoundedRect(room, _RADIUS, _RADIUS)
        sign = _SIGNS.get(self.standing)
        if sign is not None:
            side = self._numbers.font.pixelSize()
            box = QRectF(0, 0, side, side)
            box.moveCenter(room.center())
            draw_sign(painter, sign, box, self._theme.color(ink))


class BalanceLine(QWidget):
    """All chips of one balance of a table."""

    def __init__(
        self, session: Session, table: Table, balance: Balance, panes: GridPanes, theme: Theme
    ) -> None:
        super().__init__(panes.parentWidget())
        self._session = session
        self._panes = panes
        self._balance = balance
        self._section = session.form.section_of[table.id].id
        self._shown: dict[int, tuple[BalanceResult, bool]] = {}
        self._label = PlainLabel(self)
        set_tip(self._label, f"每一列：{balance.says}")
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        lines = [result.line for result in session.balances]
        self._mine = [
            index for index, line in enumerate(lines) if line.balance is balance and line.table == table.id
        ]
        self._chips = {index: Chip(theme, partial(self._spell, index), self) for index in self._mine}
        self._names = {
            index: column_words(table.block_of(lines[index].plus[0]), lines[index].column)[-1]
            for index in self._mine
        }
        self.refresh()
        self.arrange()

    def refresh(self) -> None:
        """Show the balances as they are now."""
        balances = self._session.balances
        is_finished = self._section in self._session.report.finished
        for index, chip in self._chips.items():
            before, was_finished = self._shown.get(index, (None, False))
            # An edit makes only those anew that it touches.
            if balances[index] is not before or is_finished is not was_finished:
                self._shown[index] = balances[index], is_finished
                state, text = standing(balances[index], is_finished=is_finished)
                chip.show_standing(state, text, f"平衡 {self._names[index]}：{_SPOKEN.get(text, text)}")

    def arrange(self) -> None:
        """Stand under the columns as they are now."""
        painter = self._panes.painter
        numbers = NumberTexts(painter.font)
        height = round(painter.em * 1.7)
        self.setFixedHeight(height + 2 * _MARGIN)
        place_of = self._panes.layout_now.place_of
        lefts = []
        for index, chip in self._chips.items():
            cell = place_of[self._session.balances[index].line.plus[0]]
            left = self._panes.left_of(cell.column)
            right = self._panes.left_of(cell.column + cell.column_span)
            hidden = left < self._panes.first_scrolled
            chip.set_type(numbers)
            chip.setGeometry(left + _MARGIN, _MARGIN, right - left - 2 * _MARGIN, height)
            chip.setVisible(not hidden)
            if not hidden:
                lefts.append(left)
        room = max(0, min(lefts, default=0) - 2 * _MARGIN)
        spelled = f"平衡：{self._balance.says}"
        self._label.setFont(painter.font)
        self._label.setText(spelled if painter.metrics.horizontalAdvance(spelled) <= room else "平衡")
        self._label.setGeometry(0, _MARGIN, room, height)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        for chip in self._chips.values():
            chip.set_theme(theme)

    def _spell(self, index: int) -> str:
        session = self._session
        subject = CheckContext(
            session.form, session.relations, session.report, session.totals, session.balances, session.today
        )
        result = session.balances[index]
        spelled = f"{self._names[index]}：{result.line.balance.says}，{spell_balance(subject, result)}"
        if result.difference:
            spelled += f"，{_gap(result)}"
        return spelled if result.state is BalanceState.FILLED else f"{spelled}，还没填完"
