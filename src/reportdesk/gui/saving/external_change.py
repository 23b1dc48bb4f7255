"""The report's file was changed by somebody else: noticing it, and asking which of both is to hold.

Until the clerk has answered nothing is saved, and the journal keeps what is typed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reportdesk.gui.common.background_jobs import Beside, Job, waited
from reportdesk.session.keeping.persistence import Keeping
from reportdesk.store.clock import now
from reportdesk.store.file import StoreError, decode_file
from reportdesk.store.lock import Holder

if TYPE_CHECKING:
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.saving.question_bar import QuestionBar
    from reportdesk.gui.saving.report_questions import ReportQuestions

_WHERE = "可以在“文件”菜单的“以前的版本”里找到"
_LOOKS = "正在看磁盘上的那一份。"


class ChangedElsewhere(QObject):
    """Looks and asks for one window."""

    def __init__(self, context: Context, questions: ReportQuestions) -> None:
        super().__init__(context)
        self._context = context
        self._questions = questions
        self._looking: Job[bytes | None] | None = None
        self._beside = Beside(self)
        self._bar: QuestionBar | None = None

    def look(self) -> None:
        """Ask soon if the file was changed elsewhere, as when the clerk comes back to the window.

        A thread looks: a share that is gone must not hold up the window.
        """
        report = self._context.current
        if report is None or self._questions.is_asking:
            return
        keeping = report.autosave.keeping
        if isinstance(keeping.lock, Holder) or report.autosave.is_saving:
            return  # a save looks for itself
        if self._looking is None or self._looking.is_done():
            told = partial(self._take_look, keeping, keeping.state_of_file)
            self._looking = self._beside.start(keeping.changed_behind, told)

    def _take_look(self, keeping: Keeping, then: object, job: Job[bytes | None]) -> None:
        """``then`` is how the file was known when the look began: what we saved meanwhile makes it void."""
        report = self._context.current
        if report is None or report.autosave.keeping is not keeping or self._questions.is_asking:
            return
        if report.autosave.is_saving or keeping.state_of_file is not then:
            return
        if job.outcome() is not None:
            self.ask_which()

    def ask_which(self) -> None:
        """Ask which of both is to hold."""
        report = self._context.current
        if report is not None:
            self._bar = self._questions.ask(
                f"“{report.path.name}”刚才在别处改动过（例如另一台电脑，或者复制、同步软件）。要留哪一份？",
                [
                    ("两份都留", "我的另存为一个新文件，磁盘上的不动", self._keep_both),
                    ("保留我的", f"用窗口里的换掉磁盘上的；磁盘上的{_WHERE}", self._keep_mine),
                    ("用磁盘上的", f"重新打开磁盘上的；我的{_WHERE}", self._take_theirs),
                ],
            )

    def ask_no_more(self) -> None:
        """What the window holds stands in the file: there is nothing to choose."""
        if self._bar is not None and self._questions.bar is self._bar:
            self._questions.ask_no_more()

    def _keep_mine(self) -> None:
        report = self._context.current
        if report is None:
            return
        autosave = report.autosave
        theirs = waited(lambda: autosave.keeping.changed_behind(surely=True), _LOOKS)
        saved = autosave.save() if theirs is None else autosave.save_over(theirs)
        if saved:
            self._questions.ask_no_more()
            self._context.messages.say(f"已保存我的。磁盘上原来那份{_WHERE}。")

    def _take_theirs(self) -> None:
        report, messages = self._context.current, self._context.messages
        if report is None:
            return
        keeping = report.autosave.keeping
        theirs = waited(lambda: keeping.changed_behind(surely=True), _LOOKS)
        try:
            if theirs is not None:
                decode_file(keeping.path, theirs)
                waited(keeping.give_up_mine, "正在留一份版本。")
        except StoreError as error:
            messages.warn(str(error))
            return
        self._context.shell.open_again()
        messages.say(f"已打开磁盘上的。我的那份{_WHERE}。")

    def _keep_both(self) -> None:
        from reportdesk.gui.common.files import free_path

        report = self._context.current
        if report is None:
            return
        first = report.path
        stem = f"{first.stem}（我的 {now():%m-%d %H-%M}）"
        mine = waited(lambda: free_path(first.parent, stem), _LOOKS)
        if report.autosave.save_to(mine):
            self._questions.ask_no_more()
            self._context.messages.say(f"我的已另存为“{mine.name}”，接着填的都在里面；“{first.name}”没有动。")
