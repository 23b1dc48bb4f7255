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
    from reportdesk.gui.common.background_jobs import Job
    from reportdesk.gui.saving.autosave import Autosave
    from reportdesk.gui.window.main_window import MainWindow

_STEPS = {State.REVIEW: Reason.REVIEW, State.FINAL: Reason.FINAL, State.SUBMITTED: Reason.SUBMITTED}


class VersionKeeper:
    """Keeps and shows versions for one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def tell_unopened(self, path: Path, error: StoreError) -> None:
        """Offer what is kept of a report whose file cannot be opened; without any say why it cannot."""
        from reportdesk.gui.saving.ways_back import offer

        if not offer(self._window, path, error):
            self._window.foot.warn(str(error))

    def show_versions(self) -> None:
        """Show what is kept of the report from before, or of any while none is open."""
        from reportdesk.gui.saving.versions_dialog import VersionsDialog

        window = self._window
        if window.session is None:
            from reportdesk.gui.saving.ways_back import show_all

            show_all(window)
            return
        if window.view is not None and not window.view.isVisible():
            view = window.view
            window.foot.say_while(
                "请先返回年报，再看它以前的版本。", lambda: window.view is view and not view.isVisible()
            )
            return
        if window.autosave is None or window.view is None or not window.view.finish_editing():
            return
        dialog = VersionsDialog(window.session, window.autosave.keeping, window.preferences.theme, window)
        dialog.taken_back.connect(window.foot.say)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def keep_step(self, state: State) -> None:
        """Keep the report as it is now under the name of the state that it was just taken to."""
        reason, autosave = _STEPS.get(state), self._window.autosave
        if reason is not None and autosave is not None:
            self._keep(autosave, reason)

    def keep_draft(self) -> None:
        """Keep what the newest 送审稿 shows under its number."""
        from reportdesk.store.user_data.sent_drafts import read_sent_drafts

        autosave, drafts = self._window.autosave, self._window.preferences.folders.sent_drafts
        if autosave is None:
            return
        keeping = autosave.keeping

        def keep() -> None:
            newest = read_sent_drafts(drafts, keeping.path).newest
            if newest is not None:
                keeping.keep_surely(encode(newest.report), Reason.DRAFT, newest.number)

        self._window.keeper.beside.start(keep, self._tell_trouble)

    def _keep(self, autosave: Autosave, reason: Reason) -> None:
        """Keep the report as it is now, beside the event loop."""
        content = encode(autosave.session.report)
        self._window.keeper.beside.start(
            partial(autosave.keeping.keep_surely, content, reason), self._tell_trouble
        )

    def _tell_trouble(self, job: Job[None]) -> None:
        try:
            job.outcome()
        except StoreError as error:
            self._window.foot.warn(str(error))

    def keep_before(self, reason: Reason) -> None:
        """Keep a version before much changes at once, as an import does; one that cannot be kept is told."""
        autosave = self._window.autosave
        if autosave is not None:
            self._keep(autosave, reason)
