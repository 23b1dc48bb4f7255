"""查找和替换: a line at the foot of the page, over all prose of the report.

Where the words are and what replacing does is ``session.find``'s; this only asks and tells.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from reportdesk.form.spec import FRONT, Form
from reportdesk.gui.common.announcements import listen
from reportdesk.gui.common.bound_line import is_undo_key
from reportdesk.gui.common.locations import Place, section_of
from reportdesk.gui.look.controls import Button, PlainLabel, ground
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.report.edits import Edit
from reportdesk.session.find import Match, find_all, next_match, replace_all, replace_one
from reportdesk.session.session import Session
from reportdesk.session.workflow import ReadOnlyError

_GAP = 8


class SearchLine(QLineEdit):
    """A line of its own: Ctrl+Z takes back what was typed here, and then what was done to the report."""

    def event(self, event: QEvent) -> bool:
        """Leave the keys of undo to the window once there is nothing of them to do here."""
        if is_undo_key(event) and not self._can_take(event):
            event.ignore()
            return False
        return super().event(event)

    def forget_typing(self) -> None:
        """Hold what was typed for good: what comes before it to be taken back is the report's change."""
        place = self.cursorPosition()
        self.setText(self.text())
        self.setCursorPosition(place)

    def _can_take(self, event: QEvent) -> bool:
        undoes = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        return self.isUndoAvailable() if undoes else self.isRedoAvailable()


class FindBar(QWidget):
    """Asks for words, goes from match to match, and replaces. Esc puts it away."""

    wanted: ClassVar[Signal] = Signal(object)
    """The Place to go to, without taking the focus."""

    told: ClassVar[Signal] = Signal(str)
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""
    left: ClassVar[Signal] = Signal(object)
    """The clerk is done; the Place of the last match to go on from, or None."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._at: Match | None = None
        self._is_going = self._was_left = False
        self.words = self._line("查找", "在全部文字里查找")
        self.by = self._line("替换为", "替换为")
        self._count = PlainLabel()
        self._count.setFont(theme.font())
        self._replacing = [
            self.by,
            self._button("替换", self.replace),
            self._button("全部替换", self.replace_all),
        ]
        ground(self, theme, Role.BANNER)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * _GAP, _GAP // 2, 2 * _GAP, _GAP // 2)
        row.setSpacing(_GAP)
        row.addWidget(self.words, 1)
        row.addWidget(self._count)
        row.addWidget(self._button("上一个", lambda: self.step(-1)))
        row.addWidget(self._button("下一个", lambda: self.step(1)))
        for widget in self._replacing:
            row.addWidget(widget, 1 if widget is self.by else 0)
        QWidget.setTabOrder(self.words, self.by)
        row.addWidget(self._button("关闭", self.leave))
        self.words.textChanged.connect(self._search)
        self.words.returnPressed.connect(self._step_by_key)
        self.by.returnPressed.connect(self.replace)
        listen(session, self, lambda _told: self._show_count())

    def open(self, selected: str, here: Place, *, replacing: bool) -> None:
        """Show it with the selected words, if they are on one line; look from ``here`` on."""
        self.look_from(here)
        for widget in self._replacing:
            widget.setVisible(replacing)
        self.show()
        if selected and "\n" not in selected:
            self.words.setText(selected)
        self.words.setFocus()
        self.words.selectAll()
        self._show_count()

    def look_from(self, here: Place) -> None:
        """Go on from there, since that is where the clerk went; not when a match led there."""
        if self._is_going:
            return
        self._was_left = True
        form = self._session.form
        part = here.part or _first_part(form, here.section)
        offset = here.offset or 0
        self._at = Match(part, offset, offset)
        self._show_count()

    def lose_sight(self) -> None:
        """The page with the match was covered: it is not replaced before it was shown again."""
        if self._at is not None and not self._is_going:
            self._at = Match(self._at.part, self._at.start, self._at.start)
            self._show_count()

    def step(self, by: int) -> None:
        """Go to the next or previous match, round the end."""
        matches = self._matches()
        if not matches:
            words = self.words.text()
            self.told_while.emit(
                f"没有找到“{words}”。" if words else "请先写要查找的文字。",
                lambda: not self.isHidden() and self.words.text() == words and not self._matches(),
            )
            return
        if self._at in matches:
            at = matches[(matches.index(self._at) + by) % len(matches)]
        else:
            at = self._next(matches) if by > 0 else matches[-1]
        self._go_to(at)

    def replace(self) -> None:
        """Replace the current match and go to the next; with none current, go to one first."""
        at, matches = self._at, self._matches()
        if at is None or at not in matches:
            self.step(1)
            return
        session = self._session
        if not self._apply(replace_one(session.report, session.form, at, self.by.text())):
            return
        self._at = Match(at.part, at.start + len(self.by.text()), at.start + len(self.by.text()))
        if self._matches():
            self._go_to(self._next(self._matches()))

    def replace_all(self) -> None:
        """Replace every match, as one step of undo."""
        session, count = self._session, len(self._matches())
        edit = replace_all(session.report, session.form, self.words.text(), self.by.text())
        if self._apply(edit):
            self.told.emit(
                f"替换了 {count} 处，按 Ctrl+Z 可以撤销。" if edit else "没有可替换的地方，没有改动。"
            )

    def _apply(self, edit: Edit) -> bool:
        """Make the edit; False, and the reason is told, where the report may not be changed."""
        try:
            self._session.apply(edit, self)
        except ReadOnlyError as error:
            self.told.emit(str(error))
            return False
        for line in (self.words, self.by):
            line.forget_typing()
        return True

    def leave(self) -> None:
        """Put it away and go on writing at the match, or where the clerk went meanwhile."""
        self.hide()
        self.left.emit(None if self._at is None or self._was_left else self._place(self._at))

    def _step_by_key(self) -> None:
        is_back = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self.step(-1 if is_back else 1)

    def _search(self) -> None:
        """As one types: show the first match from where one is."""
        matches = self._matches()
        self._show_count()
        if matches:
            self._go_to(self._next(matches))

    def _next(self, matches: tuple[Match, ...]) -> Match:
        form, at = self._session.form, self._at
        part, offset = (at.part, at.start) if at is not None else (next(iter(form.parts)), 0)
        found = next_match(matches, form, part, offset)
        return matches[0] if found is None else found

    def _matches(self) -> tuple[Match, ...]:
        return find_all(self._session.report, self._session.form, self.words.text())

    def _go_to(self, at: Match) -> None:
        self._at = at
        self._show_count()
        focus = self.by if self.by.hasFocus() else self.words
        self._is_going = True
        self.wanted.emit(self._place(at))
        self._is_going = self._was_left = False
        focus.setFocus()

    def _place(self, at: Match) -> Place:
        return Place(section_of(self._session.form, at.part), part=at.part, offset=at.start, end=at.end)

    def _show_count(self) -> None:
        if self.isHidden():
            return
        matches = self._matches()
        place = f"第 {matches.index(self._at) + 1} 处，" if self._at in matches else ""
        self._count.setText(f"{place}共 {len(matches)} 处" if self.words.text() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _line(self, name: str, hint: str) -> SearchLine:
        line = SearchLine()
        line.setAccessibleName(name)
        line.setPlaceholderText(hint)
        line.setFont(self._theme.font())
        return line

    def _button(self, text: str, do: Callable[[], object]) -> Button:
        button = Button(text)
        button.setFont(self._theme.font())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: do())
        return button


def _first_part(form: Form, section: str) -> str:
    """The first part of that section, or of the next one that has prose; else the report's first."""
    order = [FRONT, *(one.id for one in form.sections)]
    here = order.index(section)
    later = (part for part in form.parts if order.index(section_of(form, part)) >= here)
    return next(later, next(iter(form.parts)))
