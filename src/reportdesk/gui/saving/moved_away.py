"""The report's file is not where it was: moved, renamed or deleted while open, or its stick is away.

Asks where to go on before anything is saved; until then the journal keeps what is typed.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reportdesk.gui.common.background_jobs import waited

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportdesk.gui.context.context import Context
    from reportdesk.gui.saving.question_bar import Answer, QuestionBar
    from reportdesk.gui.saving.recent_reports import RecentReports
    from reportdesk.gui.saving.report_questions import ReportQuestions


class MovedAway(QObject):
    """Asks for one window; ``save_elsewhere`` asks for another file and says whether it was saved."""

    def __init__(
        self,
        context: Context,
        questions: ReportQuestions,
        recent_reports: RecentReports,
        save_elsewhere: Callable[[], bool],
    ) -> None:
        super().__init__(context)
        self._context = context
        self._questions = questions
        self._shelf = recent_reports
        self._save = save_elsewhere
        self._bar: QuestionBar | None = None

    def ask_where(self) -> None:
        """Ask where to save; a file that was renamed nearby is named."""
        report = self._context.current
        if report is None:
            return
        autosave = report.autosave
        path, now_at = autosave.path, waited(autosave.keeping.renamed_to, "正在找这份年报的文件。")
        answers: list[Answer] = [
            ("按原名再存一份", f"在原来的地方重新建立“{path.name}”", self._save_anew),
            ("另存到别处…", "选一个文件，以后都存在那里", self._save_elsewhere),
        ]
        if now_at is not None:
            go_on = ("接着存在那里", f"以后都存在 {now_at}", partial(self._go_on, now_at))
            answers.insert(0, go_on)
            where = f"看来改成了“{now_at.name}”" if now_at.parent == path.parent else f"看来移到了 {now_at}"
        else:
            where = "可能被移走、改名或删除了，也可能 U 盘已拔出（插回去会接着保存）"
        kept = "填写的内容都还在。" if autosave.keeping.is_noted else ""
        self._bar = self._questions.ask(f"没有保存：“{path}”不在原处，{where}。{kept}存到哪里？", answers)

    def ask_no_more(self) -> None:
        """The file is back: there is nothing to choose."""
        if self._bar is not None and self._questions.bar is self._bar:
            self._questions.ask_no_more()

    def _go_on(self, path: Path) -> None:
        from reportdesk.store.file import StoreError
        from reportdesk.store.user_data.sent_drafts import take_sent_drafts_along

        report = self._context.current
        if report is None:
            return
        before = report.path
        if not report.autosave.go_on_in(path):
            return
        self.ask_no_more()
        self._shelf.keep(report)
        try:
            drafts = self._context.preferences.folders.sent_drafts
            waited(partial(take_sent_drafts_along, drafts, before, path), "正在收尾，磁盘有点慢。")
            self._shelf.forget(before)
        except (OSError, StoreError):
            pass  # the list marks what is missing
        self._context.messages.say(f"接着存在 {path}。")

    def _save_anew(self) -> None:
        report = self._context.current
        if report is not None and report.autosave.save_anew():
            self.ask_no_more()
            self._context.messages.say(f"已重新保存到 {report.path}。")

    def _save_elsewhere(self) -> None:
        if self._save():
            self.ask_no_more()
