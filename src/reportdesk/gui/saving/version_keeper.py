"""What the window has kept of reports as they were, and how the clerk gets there.

Which versions there are is ``store.versions``' matter; here they are kept when the office takes a
report a step further, and shown for the open report, for one that cannot be opened, or for any.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from reportdesk.report.document import State
from reportdesk.report.file.codec import encode
from reportdesk.store.file import StoreError
from reportdesk.store.versions import Reason

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.common.background_jobs import Beside, Job
    from reportdesk.gui.context.autosave import Autosave
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.saving.recent_reports import RecentReports

_STEPS = {State.REVIEW: Reason.REVIEW, State.FINAL: Reason.FINAL, State.SUBMITTED: Reason.SUBMITTED}


class VersionKeeper:
    """Keeps versions for one window, beside its event loop, and shows them over ``parent``."""

    def __init__(
        self, context: Context, parent: QWidget, recent_reports: RecentReports, beside: Beside
    ) -> None:
        self._context = context
        self._messages = context.messages
        self._parent = parent
        self._shelf = recent_reports
        self._beside = beside

    def tell_unopened(self, path: Path, error: StoreError) -> None:
        """Offer what is kept of a report whose file cannot be opened; without any say why it cannot."""
        from reportdesk.gui.saving.ways_back import WaysBack

        if not WaysBack(self._context, self._parent).offer(path, error):
            self._messages.warn(str(error))

    def show_versions(self) -> None:
        """Show what is kept of the report from before, or of any while none is open."""
        from reportdesk.gui.saving.versions_dialog import VersionsDialog

        report = self._context.current
        if report is None:
            from reportdesk.gui.saving.ways_back import WaysBack

            WaysBack(self._context, self._parent).show_all(self._shelf)
            return
        if not report.view.isVisible():
            self._messages.say_while(
                "请先返回年报，再看它以前的版本。",
                lambda: self._context.current is report and not report.view.isVisible(),
            )
            return
        if not report.view.finish_editing():
            return
        theme = self._context.preferences.theme
        dialog = VersionsDialog(report.session, report.autosave.keeping, theme, self._parent)
        dialog.taken_back.connect(self._messages.say)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def keep_step(self, state: State) -> None:
        """Keep the report as it is now under the name of the state that it was just taken to."""
        reason = _STEPS.get(state)
        if reason is not None:
            self.keep_before(reason)

    def keep_draft(self) -> None:
        """Keep what the newest 送审稿 shows under its number."""
        from reportdesk.store.user_data.sent_drafts import read_sent_drafts

        report, drafts = self._context.current, self._context.preferences.folders.sent_drafts
        if report is None:
            return
        keeping = report.autosave.keeping

        def keep() -> None:
            newest = read_sent_drafts(drafts, keeping.path).newest
            if newest is not None:
                keeping.keep_surely(encode(newest.report), Reason.DRAFT, newest.number)

        self._beside.start(keep, self._tell_trouble)

    def _keep(self, autosave: Autosave, reason: Reason) -> None:
        """Keep the report as it is now, beside the event loop."""
        content = encode(autosave.session.report)
        self._beside.start(partial(autosave.keeping.keep_surely, content, reason), self._tell_trouble)

    def _tell_trouble(self, job: Job[None]) -> None:
        try:
            job.outcome()
        except StoreError as error:
            self._messages.warn(str(error))

    def keep_before(self, reason: Reason) -> None:
        """Keep a version before much changes at once, as an import does; one that cannot be kept is told."""
        report = self._context.current
        if report is not None:
            self._keep(report.autosave, reason)
