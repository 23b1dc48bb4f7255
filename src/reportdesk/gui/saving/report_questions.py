"""The one question that stands above the page, and a report that takes no change until it is answered.

How it looks is ``question_bar``'s; whoever asks says what each answer does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.saving.question_bar import Answer, QuestionBar


class ReportQuestions(QObject):
    """Asks about the open report of one window, one question at a time."""

    over: ClassVar[Signal] = Signal()
    """The question that was asked stands there no more, since it is answered or void."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.bar: QuestionBar | None = None
        """The question that is asked; None while none is."""

    @property
    def is_asking(self) -> bool:
        """Whether a question stands above the page."""
        return self.bar is not None

    def ask(self, question: str, answers: list[Answer], *, follows: bool = False) -> QuestionBar | None:
        """Ask above whatever is shown, in place of what was asked; None where no report is open.

        ``follows`` where it is an answer's doing.
        """
        from reportdesk.gui.saving.question_bar import QuestionBar

        goes_on = self.take_away()
        if self._context.current is None:
            return None
        self.bar = QuestionBar(self._context.preferences.theme, question, answers, follows=follows)
        self._context.shell.show_above(self.bar)
        self.bar.show()
        if goes_on:
            self.bar.begin()
        return self.bar

    def ask_no_more(self) -> None:
        """Take the question away; a cursor that was on it goes back to the page."""
        report = self._context.current
        if self.take_away() and report is not None:
            report.view.resume()
        self.over.emit()

    def take_away(self) -> bool:
        """Take the question away and nothing else; whether the focus was on it."""
        bar, self.bar = self.bar, None
        if bar is None:
            return False
        focus = QApplication.focusWidget()
        had_focus = focus is not None and bar.isAncestorOf(focus)
        bar.hide()
        bar.deleteLater()
        return had_focus

    def open_to_changes(self) -> None:
        """Let the report be changed, since what was asked first is answered."""
        report = self._context.current
        if report is not None:
            report.session.closed_because = ""
        self._context.shell.show_standing()
        self.ask_no_more()
