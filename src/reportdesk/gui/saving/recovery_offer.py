"""What was typed and not saved before the program ended in the middle, as the window offers it.

What there is and whether it suits is ``crash_recovery``'s; the question stands where ``report_questions`` asks.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.saving.restore_position import place_words
from reportdesk.session.keeping.file_watch import Presence
from reportdesk.store.file import StoreError
from reportdesk.store.journal import journals_of, key_of, left_journals
from reportdesk.store.log import Event, log_event

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.common.background_jobs import Beside
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.context.open_report import OpenReport
    from reportdesk.gui.saving.question_bar import Answer
    from reportdesk.gui.saving.report_questions import ReportQuestions
    from reportdesk.session.keeping.recovery import Recovery


class RecoveryOffer(QObject):
    """Offers and recovers for one window; its dialogs stand over ``parent``."""

    def __init__(self, context: Context, parent: QWidget, questions: ReportQuestions, beside: Beside) -> None:
        super().__init__(parent)
        self._context = context
        self._messages = context.messages
        self._parent = parent
        self._questions = questions
        self._beside = beside
        self._recovered: Recovery | None = None

    @property
    def is_unsaved(self) -> bool:
        """Whether something was recovered and is in no file yet."""
        return self._recovered is not None

    def be_done(self) -> None:
        """The report is saved: what it was recovered from need not be offered again."""
        found, self._recovered = self._recovered, None
        report = self._context.current
        if found is not None and report is not None:
            from reportdesk.gui.saving.crash_recovery import recovered_is_saved

            self._beside.start(partial(recovered_is_saved, found, report.autosave.keeping))

    def forget(self) -> None:
        """Another report is opened, or none."""
        self._recovered = None

    def offer(self, report: OpenReport, content: bytes) -> None:
        """Ask of the report that was just opened, whose file has these bytes."""
        journals, keeping = self._context.preferences.folders.journals, report.autosave.keeping

        def look() -> tuple[Recovery | None, str]:
            left = journals_of(journals, report.path, content)
            if not left:
                return None, ""
            from reportdesk.gui.saving.crash_recovery import (
                sort_out,  # what replays journals, only where there are any
            )

            return sort_out(left, content, keeping)

        found, told = waited(look, "正在找没有存完的修改。")
        if told:
            self._messages.warn(told)
        current = self._context.current
        if found is None or current is None:
            return
        current.session.closed_because = "请先在上面选择“恢复”或“不恢复”。"
        self._context.shell.show_standing()
        answers: list[Answer] = [
            ("恢复", "把这些修改填回来，作为一步，可以撤销", lambda: self._recover(found)),
            ("不恢复", "保持文件里的样子；那些修改另外留着", lambda: self._leave(found)),
        ]
        renamed = f"，那时文件是“{found.file}”" if key_of(found.file) != key_of(report.path) else ""
        self._questions.ask(f"上次关闭前有没存进文件的修改：{found.says}{renamed}。要恢复吗？", answers)

    def offer_left(self) -> None:
        """On the start page: name the report that was not saved, and offer to open it."""
        from reportdesk.gui.saving.crash_recovery import newest

        journals = self._context.preferences.folders.journals

        def look() -> tuple[Recovery | None, bool]:
            found = newest(left_journals(journals))
            return found, found is not None and found.file.is_file()

        found, is_there = waited(look, "正在找没有存完的修改。")
        if found is None:
            return
        said = f"“{found.file.name}”有没存进文件的修改：{found.says}。"
        presence = Presence()
        if not is_there:
            presence.found_gone(found.file)

        def is_as_said() -> bool:
            return presence.look(found.file) is not is_there

        if is_there:
            self._messages.warn(
                said,
                "打开…",
                lambda: self._context.shell.open_path(found.file),
                holds=is_as_said,
                then=self.offer_left,
            )
        else:
            said += f"原来的文件“{found.file}”现在找不到，插上 U 盘后再打开，或另存一份。"
            self._messages.warn(
                said, "另存一份…", lambda: self._save_left(found), holds=is_as_said, then=self.offer_left
            )

    def _save_left(self, found: Recovery) -> None:
        """Write what was left into a new file and open that, since its own file is gone."""
        from reportdesk.gui.common import files
        from reportdesk.gui.saving.crash_recovery import save_left

        folder, _sentence = self._context.preferences.reports
        free = waited(lambda: files.free_path(folder, found.file.stem), "正在找文件夹，磁盘有点慢。")
        path = files.ask_where_to_save(self._parent, free)
        if path is None:
            return
        try:
            waited(lambda: save_left(found, path), f"正在保存“{path.name}”。")
        except StoreError as error:
            self._messages.warn(str(error))
            return
        if self._context.shell.open_path(path):
            self._go_where_one_stopped(found)
            self._messages.say(f"已恢复{found.says}，存在 {path}。")

    def _recover(self, found: Recovery) -> None:
        report = self._context.current
        if report is None:
            return
        self._questions.open_to_changes()
        report.session.recover(found.edit_for(report.session.report))
        self._recovered = found  # its journal stays until the report is saved
        self._context.shell.show_standing()  # what was recovered may have taken the report to another state
        place = self._go_where_one_stopped(found)
        stopped = f"最后改的是：{place}。" if place else ""
        self._messages.say(f"已恢复{found.says}，按 Ctrl+Z 可以撤销。{stopped}")
        log_event(Event.RECOVERED)
        report.autosave.save_soon()

    def _go_where_one_stopped(self, found: Recovery) -> str:
        """Go to the last place that was recovered; what the clerk calls it, empty if none can be seen."""
        from reportdesk.gui.saving.crash_recovery import where_one_stopped

        report = self._context.current
        place = where_one_stopped(report.view.form, found) if report is not None else None
        if report is None or place is None:
            return ""
        report.view.go_to(place)
        return place_words(report.view.form, place)

    def _leave(self, found: Recovery) -> None:
        from reportdesk.gui.saving.crash_recovery import leave

        report = self._context.current
        if report is not None:
            self._questions.open_to_changes()
            keeping = report.autosave.keeping
            self._messages.say(waited(lambda: leave(found, keeping), "正在留一份版本。"))
