"""The printed title in the clerk's own words, a field a line, and the way back to the official one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reportdesk.gui.common.bound_line import BoundLine
from reportdesk.gui.look.controls import Button
from reportdesk.gui.look.theme import Theme
from reportdesk.report.document import Fact
from reportdesk.report.edits import Edit, Slot, set_entry, set_fact
from reportdesk.session.session import Session

LINES = 3
"""Fields that are offered; a title that came with more lines than that has more."""

_GAP = 8


class OwnTitle(QWidget):
    """Folded while the title is the official one; an own title no longer follows unit and year."""

    told: ClassVar[Signal] = Signal(str)

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self.lines: list[BoundLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(_GAP)
        column.addLayout(self._fields)
        self._add_lines()
        self._rewrite = Button("改写标题…")
        self._rewrite.setToolTip("一般不用改；上级要求别的写法时，分行写自己的标题")
        self._rewrite.clicked.connect(self._begin_own)
        self._restore = Button("恢复官方标题")
        self._restore.setToolTip("删去自己写的标题，重新按单位和年度排")
        self._restore.clicked.connect(self._restore_official)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(self._rewrite)
        row.addWidget(self._restore)
        row.addStretch(1)
        column.addLayout(row)
        self._show_which()

    def begin(self) -> None:
        """Put the cursor into the first line, or on what unfolds it."""
        first = self.lines[0] if self._has_own else self._rewrite
        first.setFocus()

    def follow(self, source: object) -> None:
        """Show what the session holds, but in the line that is being typed into."""
        self._add_lines()
        for line in self.lines:
            if line is not source:
                line.follow()
        self._show_which()

    def _add_lines(self) -> None:
        """As many fields as the title has lines: none may be joined to another unasked."""
        for number in range(len(self.lines), len(self._texts())):
            line = BoundLine(self._session, self._reader(number), self._editor(number), self)
            line.setFont(self._theme.font())
            line.message.connect(self.told)
            line.setAccessibleName(f"标题第 {number + 1} 行")
            line.setPlaceholderText(f"标题第 {number + 1} 行" + ("，可以不写" if number else ""))
            self.lines.append(line)
            self._fields.addWidget(line)

    @property
    def _has_own(self) -> bool:
        return Fact.TITLE in self._session.report.facts

    def _show_which(self) -> None:
        writing = any(line.hasFocus() for line in self.lines)
        for line in self.lines:
            line.setVisible(self._has_own or writing)
        self._rewrite.setVisible(not self._has_own)
        self._restore.setVisible(self._has_own)

    def _begin_own(self) -> None:
        """Begin with the official words, so that only what differs must be typed."""
        if self._session.is_read_only:
            return
        official = self._session.report.title_lines(self._session.form)
        self._make(set_fact(self._session.report, Fact.TITLE, "\n".join(official)))
        self.follow(self)
        self.lines[0].setFocus()
        self.told.emit("标题已改为自己写的，以后不再跟着单位和年度变；点“恢复官方标题”可以改回。")

    def _restore_official(self) -> None:
        if self._session.is_read_only:
            return
        self._make(set_fact(self._session.report, Fact.TITLE, ""))
        self.follow(self)
        self._rewrite.setFocus()
        self.told.emit("已恢复官方标题；按 Ctrl+Z 可以撤销。")

    def _make(self, edit: Edit) -> None:
        self._session.apply(edit, self)

    def _texts(self) -> list[str]:
        own = self._session.report.facts.get(Fact.TITLE, "").split("\n")
        return own + [""] * (max(LINES, len(self.lines)) - len(own))

    def _reader(self, number: int) -> Callable[[], str]:
        return lambda: self._texts()[number]

    def _editor(self, number: int) -> Callable[[str], Edit]:
        def edit(text: str) -> Edit:
            texts = self._texts()
            texts[number] = text
            # Not set_fact: an emptied first line keeps its place while it is written anew.
            title = "\n".join(texts).rstrip("\n")
            return set_entry(self._session.report, Slot.FACTS, Fact.TITLE, title, "改写标题")

        return edit
