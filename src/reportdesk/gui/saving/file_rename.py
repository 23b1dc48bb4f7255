"""What follows from another year or unit name: told in a line, and the file's new name offered.

Nothing is renamed unasked. A file that the clerk named is left alone; so is the name while the
year is not given.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.files import free_path
from reportdesk.outgoing.file_names import report_stem
from reportdesk.report.document import NAMING_FACTS
from reportdesk.report.edits import EntryChange, Slot
from reportdesk.session.session import Announcement, Session

if TYPE_CHECKING:
    from reportdesk.gui.context.autosave import Autosave
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.saving.recent_reports import RecentReports

_RENAMES = "正在给文件改名，磁盘有点慢。"
PAUSE_MS = 1_000
"""After the last letter: a name is not told of while it is being typed."""


class FileRename(QObject):
    """Looks after the file name of one session while it exists."""

    def __init__(
        self, context: Context, recent_reports: RecentReports, session: Session, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._shelf = recent_reports
        self._session = session
        self._named = self._names()
        self._draft_stays = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        context.changed.connect(self._on_change)

    def rename(self) -> None:
        """Give the file the name that fits the report, unless another report is open by now."""
        report, messages = self._context.current, self._context.messages
        if report is None or report.session is not self._session:
            messages.say("那份年报已经关闭，文件没有改名。")
            return
        wanted, autosave = self._stem(), report.autosave
        if not wanted:
            return
        before = autosave.path
        path = waited(lambda: free_path(before.parent, wanted), _RENAMES)
        # Saved first under its old name: what was changed elsewhere is asked about, not removed.
        if not autosave.save() or not autosave.save_to(path):
            return
        self._named = self._names()
        self._drop(before, autosave)
        messages.say(f"文件已改名为“{path.name}”。")

    def _drop(self, before: Path, autosave: Autosave) -> None:
        """Remove the file of the old name, and take along what is kept beside it."""
        from reportdesk.store.file import StoreError
        from reportdesk.store.user_data.sent_drafts import take_sent_drafts_along

        drafts = self._context.preferences.folders.sent_drafts

        def drop() -> None:
            before.unlink()
            autosave.keeping.was_renamed(before)
            take_sent_drafts_along(drafts, before, autosave.path)

        try:
            waited(drop, _RENAMES)
            self._shelf.forget(before)
        except (OSError, StoreError):
            return  # an old file that stays is no harm, and the list marks what is missing

    def _on_change(self, told: Announcement) -> None:
        if not self._context.is_open(self._session):
            return
        changed = {
            change.key
            for change in told.edit.changes
            if isinstance(change, EntryChange) and change.slot is Slot.FACTS
        }
        if changed & set(NAMING_FACTS):
            self._draft_stays = self._session.form.opening.id not in told.parts
            self._pause.start()

    def _tell(self) -> None:
        report = self._context.current
        if report is None or report.session is not self._session or self._names() == self._named:
            return
        said = self._about_opening()
        named = report.path
        if self._is_named_by_us(named) and self._stem():
            said += f"文件名还是“{named.name}”。"
            self._context.messages.say(
                said,
                "改文件名",
                self.rename,
                holds=lambda: report.path == named and self._stem() != named.stem,
            )
        elif said:
            self._context.messages.say(said)

    def _about_opening(self) -> str:
        if not self._session.report.prose.get(self._session.form.opening.id):
            return ""
        if self._draft_stays:
            return "开头的文字改写过，没有跟着改，请核对其中的年度和单位名称。"
        return "开头还是初稿，其中的年度和单位名称已跟着改。"

    def _is_named_by_us(self, path: Path) -> bool:
        """Whether the file has the name that the program gave it, and that is no longer right."""
        given, wanted = report_stem(*self._named), self._stem()
        return (
            bool(given)
            and given != wanted
            and re.fullmatch(rf"{re.escape(given)}( \(\d+\))?", path.stem) is not None
        )

    def _stem(self) -> str:
        return report_stem(*self._names())

    def _names(self) -> tuple[str, str]:
        report = self._session.report
        return report.name_in_title(), str(report.year or "")
