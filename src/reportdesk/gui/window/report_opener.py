"""One report after another: reading its file, keeping it from then on, going on where one stopped, leaving it.

Nothing is closed before the next report was read: a file that cannot be opened leaves all as it was.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportdesk.form.spec import Form
    from reportdesk.gui.common.background_jobs import Job
    from reportdesk.gui.common.locations import Place
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.context.open_report import OpenReport, View
    from reportdesk.gui.report.outline import Outline
    from reportdesk.gui.report.section_list import SectionList
    from reportdesk.gui.saving.recent_reports import Listed
    from reportdesk.gui.window.controllers import Controllers
    from reportdesk.report.document import Report
    from reportdesk.session.session import Session

_OUTLINED_EDITION = "2021"
"""The form that is outlined while a report is read, whatever form that turns out to have."""

_SOON_MS = 40
"""After a report is there to be typed into."""

_AGAIN_MS = 200


class ReportOpener(QObject):
    """Opens and closes reports in ``window``.

    ``show_outline`` shows the sections of a form there, ``show_view`` a report, with the list of an outline.
    """

    def __init__(
        self,
        context: Context,
        window: QWidget,
        controllers: Controllers,
        show_outline: Callable[[Form], Outline],
        show_view: Callable[[Session, SectionList | None], View],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._controllers = controllers
        self._show_outline = show_outline
        self._show_view = show_view
        self._outline: Outline | None = None
        self._is_opening = False

    @property
    def is_outlined(self) -> bool:
        """Whether the sections of a form are shown and no report yet."""
        return self._outline is not None

    def show_outline(self) -> None:
        """Show the sections of the newest form while a report is being read."""
        from reportdesk.form.load import load_form

        self._outline = self._show_outline(load_form(_OUTLINED_EDITION))

    def drop_outline(self) -> None:
        """Something else is shown in its place."""
        self._outline = None

    def open_path(self, path: Path, place: Place | None = None) -> bool:
        """Open that report in place of the one that is open; whether that went well.

        The cursor goes to the place, or where the clerk stopped the last time.
        """
        from reportdesk.gui.common.background_jobs import waited
        from reportdesk.store.file import where_written

        path = waited(functools.partial(where_written, path.absolute()), f"正在打开“{path.name}”。")
        if self._context.current is not None and self._context.current.path == path:
            return True
        if self._is_opening:  # as where a second start hands over a file while a slow disk is read
            QTimer.singleShot(_AGAIN_MS, self, functools.partial(self.open_path, path, place))
            return True
        self._is_opening = True
        try:
            return self._open(path, place)
        finally:
            self._is_opening = False

    def _open(self, path: Path, place: Place | None) -> bool:
        from reportdesk.gui.common.background_jobs import waited
        from reportdesk.store.file import StoreError, decode_file, read_file

        try:
            content = waited(functools.partial(read_file, path), f"正在打开“{path.name}”。")
            decoded = decode_file(path, content)
        except StoreError as error:
            if self._context.current is None:
                self._context.shell.show_start()
            self._controllers.keeper.versions.tell_unopened(path, error)
            return False
        if not self.may_leave():
            return False
        session = self._bring_in(decoded.report, path, content)
        QTimer.singleShot(_SOON_MS, self, functools.partial(self._return, session, path, place))
        if decoded.notices:
            self._context.messages.warn(" ".join(decoded.notices))
        self._controllers.keeper.look(content)
        return True

    def open_again(self) -> None:
        """Read the open report's file anew; what is not saved of it must be kept elsewhere already."""
        report = self._context.current
        if report is not None:
            path, place = report.path, report.view.here()
            self.close_report()
            self.open_path(path, place)

    def _bring_in(self, report: Report, path: Path, content: bytes) -> Session:
        from reportdesk.form.load import load_form
        from reportdesk.gui.context.open_report import OpenReport
        from reportdesk.session.session import Session
        from reportdesk.store.clock import now

        form = load_form(report.edition)
        session = Session(form, report, now().date())
        self.close_report()
        self._context.messages.begin_anew()
        autosave = self._controllers.keeper.begin(session, path, content)
        session.want_words(wanted=self._context.preferences.settings.checks_words)
        outline, self._outline = self._outline, None
        sections = outline.sections if outline is not None and outline.form is form else None
        view = self._show_view(session, sections)
        self._context.open(OpenReport(session, autosave, view))
        return session

    def close_report(self) -> None:
        """Hear no more of the report that was open."""
        report = self._context.current
        if report is not None:
            self._controllers.keeper.end(report.autosave)
            report.view.detach()
            self._context.close()

    def _return(self, session: Session, path: Path, place: Place | None) -> None:
        """Go there or where the clerk stopped, unless another report was opened meanwhile."""
        if not self._context.is_open(session):
            return
        from reportdesk.gui.saving.restore_position import come_back

        focus = self._window.focusWidget()

        def go_on(job: Job[Listed]) -> None:
            report = self._context.current
            if report is None or report.session is not session:
                return
            listed = job.outcome()
            session.know_titles(listed.titles)
            session.know_others(listed.others, is_known=listed.is_read)
            if not self._has_gone_on(report, focus):
                come_back(report, place or listed.place, self._context.messages)
                self._controllers.recent_reports.keep(report)

        recent_reports = self._controllers.recent_reports
        self._controllers.keeper.beside.start(functools.partial(recent_reports.look_up, path), go_on)

    def _has_gone_on(self, report: OpenReport, before: QWidget | None) -> bool:
        """Whether the clerk put the cursor somewhere; a window that becomes active late only puts it into itself."""
        if before is None:
            here = QApplication.focusWidget()
            return here is not None and report.view.isAncestorOf(here)
        return self._window.focusWidget() is not before

    def may_leave(self) -> bool:
        """Save the open report before another takes its place; False if the clerk wants to stay."""
        report = self._context.current
        if report is None:
            return True
        if not report.view.finish_editing() or not self._controllers.keeper.is_kept(report):
            return False
        if report.autosave.is_saved:
            self._controllers.recent_reports.keep_now(report)
        return True
