"""The controllers of one window: made here, each when it is first needed, and handed what it needs.

The only place that knows which controller works with which; each is imported when it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportdesk.gui.common.lazy import Lazy

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.context.context import Context
    from reportdesk.gui.intake.importing import Importing
    from reportdesk.gui.report.workflow_bar import Standing
    from reportdesk.gui.saving.document_keeper import DocumentKeeper
    from reportdesk.gui.saving.recent_reports import RecentReports
    from reportdesk.gui.start.open_and_new import OpenAndNew
    from reportdesk.session.new_year import LastYear


class Controllers:
    """Makes them for ``window``, over which their dialogs stand."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context = context
        self._window = window
        self._shelf = Lazy(self._make_shelf)
        self._keeper = Lazy(self._make_keeper)
        self._importing = Lazy(self._make_importing)
        self._beginnings = Lazy(self._make_beginnings)
        self.standing = Lazy(self._make_standing)
        """Takes the report from state to state; nobody needs it for a report that stays a draft."""

    @property
    def recent_reports(self) -> RecentReports:
        """Keeps the list of reports."""
        return self._shelf.get()

    @property
    def keeper(self) -> DocumentKeeper:
        """Saves, and asks what must be asked so that nothing is lost."""
        return self._keeper.get()

    @property
    def importing(self) -> Importing:
        """Takes in what other programs wrote."""
        return self._importing.get()

    @property
    def open_and_new(self) -> OpenAndNew:
        """The ways to a report; a report that is named at the start needs none."""
        return self._beginnings.get()

    def _make_shelf(self) -> RecentReports:
        from reportdesk.gui.saving.recent_reports import RecentReports

        return RecentReports(self._context.preferences.folders, self._context)

    def _make_keeper(self) -> DocumentKeeper:
        from reportdesk.gui.saving.document_keeper import DocumentKeeper

        return DocumentKeeper(self._context, self._window, self.recent_reports, self.standing)

    def _make_standing(self) -> Standing:
        from reportdesk.gui.report.workflow_bar import Standing

        standing = Standing(self._context, self._window)
        standing.moved.connect(self.keeper.versions.keep_step)
        return standing

    def _make_importing(self) -> Importing:
        from reportdesk.gui.intake.importing import Importing

        def begin_from(last: LastYear) -> None:
            self.open_and_new.begin_from(last)

        return Importing(self._context, self._window, self.keeper.versions, begin_from)

    def _make_beginnings(self) -> OpenAndNew:
        from reportdesk.gui.start.open_and_new import OpenAndNew

        return OpenAndNew(self._context, self._window, self._shelf, self._keeper, self._importing)
