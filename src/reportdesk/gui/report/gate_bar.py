"""Above the page: that a report with errors is about to be handed on, each of them, and what then.

Stays while the clerk goes to one after another, and counts down as they are put right.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reportdesk.gui.common.confirm_button import SETTLE_MS
from reportdesk.gui.look.controls import ground, push_button, set_tip, words
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.gui.report.open_errors import OpenErrors
from reportdesk.session.gate import Blockers, blockers
from reportdesk.session.session import Announcement, CheckState, Session
from reportdesk.session.workflow import Move

_GAP = 8
_SHARE = 0.3
"""Of the window's height: the page below stays in sight."""


class GateBar(QWidget):
    """Lists what is open before the move. What is usual is to put it right first."""

    chosen: ClassVar[Signal] = Signal(object)
    """The Place to go to."""
    decided: ClassVar[Signal] = Signal(object, str)
    """The Move is to be made; what was open, in words, if it is made all the same."""
    left: ClassVar[Signal] = Signal()

    def __init__(self, session: Session, move: Move, theme: Theme, height: int) -> None:
        super().__init__()
        self._session = session
        self._move = move
        self._open = blockers(session)
        self._says = words("", theme, Role.TEXT, strong=True)
        self.list = OpenErrors(session.form, theme, int(height * _SHARE))
        self.list.chosen.connect(self.chosen)
        self.fix = push_button("先去改正", self._go_to_first, main=True)
        self.anyway = push_button("", self._decide)
        self._since = QElapsedTimer()
        self.back = push_button("取消", self.left.emit)
        ground(self, theme, Role.BANNER)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(self._says, 1)
        for button in (self.fix, self.anyway, self.back):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, _GAP, 16, _GAP)
        column.setSpacing(_GAP)
        column.addLayout(row)
        column.addWidget(self.list)
        self._show(self._open)

    def begin(self) -> None:
        """Put the focus on what is usually done next, never on going on all the same."""
        (self.fix if self._open else self.anyway).setFocus()

    @property
    def shown(self) -> Blockers:
        """What the clerk sees listed."""
        return self._open

    def take(self, _told: Announcement) -> None:
        """The report or what is found in it changed."""
        found = blockers(self._session)
        if found != self._open:
            self._open = found
            self._show(found)

    def _show(self, found: Blockers) -> None:
        label = self._move.label
        self._since.start()
        if found:
            self._says.setText(f"▲ 还有 {found.says}。点一条就到那一处；改好再{label}。")
            self.anyway.setText(f"仍然{label}")
            set_tip(self.anyway, f"带着这些{label}，会记在审核单和报送清单里")
        else:
            self._says.setText(f"都已改好，可以{label}了。")
            self.anyway.setText(label)
            self.anyway.setToolTip("")
        self.fix.setVisible(bool(found))
        self.list.setVisible(bool(found))
        self.list.show_blockers(found)

    def _go_to_first(self) -> None:
        if self.list.entries:
            self.list.entries[0].click()

    def _decide(self) -> None:
        if self._open and not self._since.hasExpired(SETTLE_MS):
            self._since.start()  # the second press of a double click has seen no list
            return
        if not self._open and self._session.check_state is not CheckState.DONE:
            self.decided.emit(self._move, "")  # whoever hears checks the whole anew
            return
        self.decided.emit(self._move, self._open.says)
