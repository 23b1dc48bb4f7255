"""What the window does so that nothing is lost: saving, and the questions that only the clerk can answer.

A file changed elsewhere, a report that somebody else has open, what was left in a journal
(``recovery_offer``'s): each is a bar above the page. How a report is kept is ``reportdesk.session.keeping.persistence``'s, when it is saved
``autosave``'s.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reportdesk.gui.common.background_jobs import Beside, Job, waited
from reportdesk.gui.context.autosave import Autosave
from reportdesk.gui.saving.external_change import ChangedElsewhere
from reportdesk.gui.saving.file_rename import FileRename
from reportdesk.gui.saving.moved_away import MovedAway
from reportdesk.gui.saving.recovery_offer import RecoveryOffer
from reportdesk.gui.saving.report_questions import ReportQuestions
from reportdesk.gui.saving.typed_text import TypedText
from reportdesk.gui.saving.version_keeper import VersionKeeper
from reportdesk.session.keeping.persistence import Keeping, Places
from reportdesk.store.file import remove_unfinished, why_read_only
from reportdesk.store.journal import thin_aside
from reportdesk.store.lock import Holder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.common.lazy import Lazy
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.context.open_report import OpenReport
    from reportdesk.gui.report.workflow_bar import Standing
    from reportdesk.gui.saving.recent_reports import RecentReports
    from reportdesk.session.session import Session

_LEISURE_MS = 3_000
_TYPED_MS = 80
"""After a report was opened, when the cursor is where one stopped."""
_SAVING_MS = 200
_SURELY_DEAD = 3600.0
"""Seconds after which nobody is still writing a file."""


class DocumentKeeper(QObject):
    """Keeps the reports of one window, one after another; its dialogs stand over ``parent``."""

    def __init__(
        self, context: Context, parent: QWidget, recent_reports: RecentReports, standing: Lazy[Standing]
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._messages = context.messages
        self._parent = parent
        self._shelf = recent_reports
        self._saved_at: dt.datetime | None = None
        self.beside = Beside(self, in_order=True)
        self.questions = ReportQuestions(context)
        self.questions.over.connect(self._offer_typed_soon)
        self.recovery = RecoveryOffer(context, parent, self.questions, self.beside)
        self.elsewhere = ChangedElsewhere(context, self.questions)
        self.moved = MovedAway(context, self.questions, recent_reports, self.save_elsewhere)
        self.versions = VersionKeeper(context, parent, recent_reports, self.beside)
        self.typed = TypedText(context, self.questions, standing)

    # -- one report after another

    def begin(self, session: Session, path: Path, content: bytes) -> Autosave:
        """Keep that report from now on; ``content`` are its file's bytes."""
        folders = self._context.preferences.folders
        places = Places(folders.journals, folders.versions)
        keeping = waited(lambda: Keeping(session, path, content, places), f"正在打开“{path.name}”。")
        autosave = Autosave(session, keeping, self)
        self.typed.begin(path)
        autosave.saving.connect(partial(self._show_saving_soon, autosave))
        autosave.slow.connect(self._show_slow)
        autosave.saved.connect(self._show_saved)
        autosave.noted.connect(self._show_noted)
        autosave.unsafe.connect(lambda: self._messages.show_saved(None))
        autosave.failed.connect(self._show_failure)
        autosave.changed_behind.connect(self.elsewhere.ask_which)
        autosave.missing.connect(self.moved.ask_where)
        autosave.gone.connect(self._show_gone)
        autosave.back.connect(self._show_back)
        self._saved_at = _changed_at(path)
        self._messages.show_saved(self._saved_at)
        FileRename(self._context, self._shelf, session, autosave)
        QTimer.singleShot(_LEISURE_MS, autosave, lambda: self._at_leisure(keeping))
        return autosave

    def look(self, content: bytes) -> None:
        """Ask what must be asked of the report that was just opened, whose file has these bytes."""
        report = self._context.current
        self.questions.take_away()
        if report is None:
            return
        holder = report.autosave.keeping.lock
        if isinstance(holder, Holder):
            self._close_for(holder)
            return
        reason = why_read_only(report.path)
        if reason:
            self._messages.trouble(reason, "另存为…", self.save_elsewhere)
        self.recovery.offer(report, content)
        self._offer_typed_soon()

    def _offer_typed_soon(self) -> None:
        """Offer what stood in open editors, once the clerk is where the report was left."""
        QTimer.singleShot(_TYPED_MS, self, self.typed.offer)

    def end(self, autosave: Autosave) -> None:
        """Keep that report no longer."""
        self.questions.take_away()
        self.typed.end()
        self.recovery.forget()
        self.beside.finish("正在收尾，磁盘有点慢。")
        autosave.stop()
        autosave.deleteLater()

    def _at_leisure(self, keeping: Keeping) -> None:
        """Keep the file as it was opened, and remove what earlier programs left half written."""
        if not isinstance(keeping.lock, Holder):
            self.beside.start(keeping.keep_opened)
            Job(partial(_clear, keeping.path.parent))  # a share that is gone keeps nobody from closing
        self.beside.start(partial(thin_aside, self._context.preferences.folders.journals))

    # -- saving

    def save_now(self) -> None:
        """Save although it is saved anyway, and say so."""
        report = self._context.current
        if report is None or not report.view.finish_editing() or self._is_held(report):
            return
        report.autosave.save_soon(partial(self._say_saved, report.autosave))

    def _say_saved(self, autosave: Autosave, saved: bool) -> None:  # noqa: FBT001 - what every Then hears
        if saved and self._is_kept_by(autosave):
            self._messages.say(f"已保存到 {autosave.path}")

    def _is_kept_by(self, autosave: Autosave) -> bool:
        """Whether that saves the report that is open now."""
        report = self._context.current
        return report is not None and report.autosave is autosave

    def save_elsewhere(self) -> bool:
        """Ask for another file and keep the report there; whether it was saved."""
        from reportdesk.gui.common import files

        report = self._context.current
        if report is None:
            return False
        path = files.ask_where_to_save(self._parent, report.path)
        if path is None or not report.autosave.save_to(path):
            return False
        self.questions.open_to_changes()
        self._messages.say(f"已另存到 {path}，以后的改动都保存在这个文件里。")
        return True

    def is_kept(self, report: OpenReport) -> bool:
        """Save before the report is left; False if the clerk wants to stay."""
        autosave, questions = report.autosave, self.questions
        if autosave.is_saved or autosave.save():
            return True
        if questions.is_asking:
            self._messages.warn(
                "请先回答年报页面上方的问题，再离开这份年报。", holds=lambda: questions.is_asking
            )
            return False
        if autosave.was_given_up and autosave.keeping.is_noted:
            return True
        from reportdesk.gui.common.questions import Leave, ask_about_unsaved

        answer = ask_about_unsaved(self._parent, autosave.path.name)
        if answer is Leave.SAVE_ELSEWHERE:
            return self.save_elsewhere()
        if answer is Leave.DROP:
            waited(autosave.keeping.drop, "正在收尾，磁盘有点慢。")
        return answer is Leave.DROP

    def _is_held(self, report: OpenReport) -> bool:
        """Whether somebody else has the file open, which is told then."""
        session = report.session
        if isinstance(report.autosave.keeping.lock, Holder):
            reason = session.closed_because
            self._messages.warn(
                reason,
                "另存为…",
                self.save_elsewhere,
                holds=lambda: self._context.is_open(session) and session.closed_because == reason,
            )
            return True
        return False

    def _show_saved(self, at: dt.datetime) -> None:
        self._saved_at = at
        self.recovery.be_done()
        self.elsewhere.ask_no_more()
        self._messages.trouble_over()
        self._messages.show_saved(at)
        report = self._context.current
        if report is not None:
            self._shelf.keep(report)
        self._context.saved.emit()

    def _show_saving_soon(self, autosave: Autosave) -> None:
        """Say that it is being saved, unless that is over before anybody could read it."""
        QTimer.singleShot(_SAVING_MS, autosave, partial(self._show_saving, autosave))

    def _show_saving(self, autosave: Autosave) -> None:
        if autosave.is_saving and self._is_kept_by(autosave):
            self._messages.show_saving()

    def _show_slow(self) -> None:
        report = self._context.current
        if report is None:
            return
        kept = "填写的内容都已记在这台电脑上，可以接着填，" if report.autosave.keeping.is_noted else ""
        self._messages.trouble(
            f"保存“{report.path.name}”等了很久，磁盘或网络共享没有回应。{kept}恢复以后会接着保存；也可以另存一份。",
            "另存为…",
            self.save_elsewhere,
        )

    def _show_noted(self) -> None:
        report = self._context.current
        if report is not None and report.autosave.is_saving:
            self._messages.show_saving()
        else:
            self._messages.show_noted(self._saved_at)

    def _show_failure(self, sentence: str) -> None:
        report = self._context.current
        if report is not None and report.autosave.keeping.is_noted:
            self._show_noted()
        else:
            self._messages.show_saved(None)
            recovered = "刚才恢复的也没有存进文件，原来的记录还留着；" if self.recovery.is_unsaved else ""
            sentence += f"{recovered}现在填写的只在这个窗口里，先不要关闭程序。"
        self._messages.trouble(sentence, "另存为…", self.save_elsewhere)

    def _show_gone(self) -> None:
        report = self._context.current
        if report is None:
            return
        kept = "填写的内容都还在，" if report.autosave.keeping.is_noted else ""
        self._messages.trouble(
            f"找不到“{report.path}”了，可能是 U 盘已拔出，或文件被移走。{kept}插回去会接着保存，也可以另存一份。",
            "另存为…",
            self.save_elsewhere,
        )

    def _show_back(self) -> None:
        self._messages.trouble_over()
        self.moved.ask_no_more()

    # -- somebody else has it open

    def _close_for(self, holder: Holder) -> None:
        report = self._context.current
        if report is None:
            return
        reason = f"“{report.path.name}”正由{holder.says}，这里先只读，不能修改。"
        report.session.closed_because = reason
        self._context.shell.show_standing()
        again = ("转为编辑", "对方关闭以后，重新打开来修改", self._try_to_edit)
        self.questions.ask(reason, [again])

    def _try_to_edit(self) -> None:
        report = self._context.current
        if report is None:
            return
        if waited(report.autosave.keeping.try_lock, "正在看那边是否还打开着。"):
            self._context.shell.open_again()
            return
        sure = ("确认接着改", "只有那边确实已经关闭，例如电脑死机时，才这样做", self._take_over)
        wait = ("先不改", "继续只读", self._stay_read_only)
        self.questions.ask(
            "那边看起来还打开着。两边同时改，后存的会要求选择留哪一份。确认那边已经关闭了吗？",
            [wait, sure],
            follows=True,
        )

    def _stay_read_only(self) -> None:
        report = self._context.current
        if report is not None and isinstance(report.autosave.keeping.lock, Holder):
            self._close_for(report.autosave.keeping.lock)

    def _take_over(self) -> None:
        report = self._context.current
        if report is not None and waited(
            lambda: report.autosave.keeping.try_lock(by_force=True), "正在看那边是否还打开着。"
        ):
            self._context.shell.open_again()

    # -- the question above the page

    def refuses_hand_in(self) -> bool:
        """Whether a question about what the report is comes first, which is told then.

        That somebody else has the file open is no such question: it can be read as it is.
        """
        report, questions = self._context.current, self.questions
        bar = questions.bar
        if bar is None or report is None or isinstance(report.autosave.keeping.lock, Holder):
            return False
        self._messages.warn("请先回答年报页面上方的问题，再报送。", holds=lambda: questions.bar is bar)
        return True


def _clear(folder: Path) -> None:
    with contextlib.suppress(OSError):  # the next time
        remove_unfinished(folder, older=_SURELY_DEAD)


def _changed_at(path: Path) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except (OSError, ValueError, OverflowError):
        return None
