"""How one begins: the list of reports, the first start, a new report, one out of last year's, a file.

What slows a start, such as the list and pydantic, is imported once the page was painted.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from reportdesk.store.clock import now

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.common.lazy import Lazy
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.intake.importing import Importing
    from reportdesk.gui.look.theme import Theme
    from reportdesk.gui.saving.document_keeper import DocumentKeeper
    from reportdesk.gui.saving.recent_reports import RecentReports
    from reportdesk.gui.start.start_page import StartPage
    from reportdesk.session.new_year import LastYear
    from reportdesk.store.user_data.library_entry import Entry

_LOOK_MS = 50
"""How often to ask whether the files were looked at, which a share that is gone delays."""


class OpenAndNew:
    """The ways to a report, for one window; its dialogs stand over ``parent``.

    What is lazy is not needed before the start page was painted.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        recent_reports: Lazy[RecentReports],
        keeper: Lazy[DocumentKeeper],
        importing: Lazy[Importing],
    ) -> None:
        self._context = context
        self._messages = context.messages
        self._parent = parent
        self._shelf = recent_reports
        self._keeper = keeper
        self._importing = importing
        self._asked_for_unit = False

    # -- the list of reports

    def start_page(self, theme: Theme) -> StartPage:
        """The page with the reports on this PC; they are listed once it was painted."""
        from reportdesk.gui.start.start_page import StartPage

        page = StartPage(theme)
        page.new_wanted.connect(self.begin_new)
        page.last_year_wanted.connect(self.begin_from_last_year)
        page.open_wanted.connect(self.ask_and_open)
        page.import_wanted.connect(lambda: self._importing.get().ask())
        page.chosen.connect(self._context.shell.open_path)
        page.removal_wanted.connect(self._remove)
        page.painted.connect(lambda: self._list(page))
        return page

    def _list(self, page: StartPage) -> None:
        entries, sentence = self._shelf.get().entries()
        if sentence:
            self._messages.warn(sentence)
        if not self._context.shell.shows(page):
            return  # a report was opened before the list was read
        if not entries and not self._asked_for_unit and not self._profile_file.exists():
            self._asked_for_unit = True
            self.ask_for_unit()
            return
        page.show_entries(entries)
        if entries:
            self._look_at_files(page, entries)
        self._offer_typed()

    def _offer_typed(self) -> None:
        """Tell what was typed outside of a report and not kept, and lead to where it goes on."""
        from reportdesk.store.user_data.typed_texts import Kind

        typed = self._keeper.get().typed
        ways = {
            Kind.UNIT: self.ask_for_unit,
            Kind.NEW_REPORT: self.begin_new,
            Kind.SETTINGS: self._context.shell.show_settings,
        }
        left = typed.left_at_start
        if left:
            first = left[0]
            self._messages.warn(
                f"上次在“{first.kind.says}”里填的“{first.text}”等还没有保存。",
                "接着填…",
                ways[first.kind],
                holds=lambda: first in typed.left_at_start,
            )

    def _look_at_files(self, page: StartPage, entries: tuple[Entry, ...]) -> None:
        """Mark what is missing and sum up what changed, without keeping the window waiting."""
        from threading import Thread

        from reportdesk.store.user_data.library import refresh

        seen: list[tuple[Entry, ...]] = []
        Thread(target=lambda: seen.append(refresh(entries)), daemon=True).start()
        look = QTimer(page)
        look.setInterval(_LOOK_MS)

        def show() -> None:
            if seen:
                look.stop()
                page.show_entries(seen[0])

        look.timeout.connect(show)
        look.start()

    def _remove(self, path: Path) -> None:
        from reportdesk.store.file import StoreError

        try:
            self._shelf.get().forget(path)
        except StoreError as error:
            self._messages.warn(str(error))
        else:
            self._context.shell.show_start()
            self._messages.say(f"已从列表里移除“{path.name}”，没有删除任何文件。")

    # -- the unit

    def ask_for_unit(self) -> None:
        """Show the form for the unit's profile in place of the list."""
        from reportdesk.gui.start.unit_page import UnitPage
        from reportdesk.store.user_data.typed_texts import Kind

        page = UnitPage(self._context.preferences.theme, self._profile_file)
        typed = self._keeper.get().typed
        left = typed.watch(Kind.UNIT, page, page.typed)
        page.ended.connect(lambda: typed.detach(Kind.UNIT, kept=not page.is_kept))
        page.ended.connect(self._context.shell.show_start)
        page.told.connect(self._messages.say)
        self._context.shell.show_middle(page)
        page.begin()
        handed_out = self._context.preferences.folders.district_profile
        if left:
            page.put_back(left)
        elif handed_out is not None:
            page.take_file(handed_out)

    @property
    def _profile_file(self) -> Path:
        return self._context.preferences.folders.profile_file

    # -- reports

    def begin_new(self) -> None:
        """Ask for unit and year and open the new report."""
        self._ask(from_last_year=False)

    def begin_from_last_year(self) -> None:
        """Ask for last year's report and open the new one that is made from it."""
        self._ask(from_last_year=True)

    def begin_from(self, last: LastYear) -> None:
        """Ask for what else is needed and open the report that is made from last year's."""
        self._ask(from_last_year=True, last=last)

    def _ask(self, *, from_last_year: bool, last: LastYear | None = None) -> None:
        from reportdesk.form.load import edition_for, load_form
        from reportdesk.gui.start.new_report import Known, NewReportDialog
        from reportdesk.store.user_data.typed_texts import Kind

        context, typed = self._context, self._keeper.get().typed
        if context.current is not None and not context.current.view.finish_editing():
            return
        folder, sentence = context.preferences.reports
        today = now().date()
        read_foreign = self._importing.get().show_last_year
        entries, _broken = self._shelf.get().entries()
        known = Known(folder, context.own_unit(), entries, sentence, read_foreign)
        theme = context.preferences.theme
        dialog = NewReportDialog(
            load_form(edition_for(today.year - 1)),
            theme,
            today,
            known,
            self._parent,
            from_last_year=from_last_year,
        )
        if last is not None:
            dialog.take_last_year(last)
        dialog.put_back(typed.watch(Kind.NEW_REPORT, dialog, dialog.typed))
        accepted = dialog.exec()
        typed.detach(Kind.NEW_REPORT, kept=False)
        if accepted and dialog.path is not None and context.shell.open_path(dialog.path):
            self._messages.say(" ".join(dialog.notices) or "新年报已经建好，改动会自动保存。")
        dialog.deleteLater()

    def ask_and_open(self) -> None:
        """Ask for a report and open it."""
        from reportdesk.gui.common import files

        context, report = self._context, self._context.current
        folder = context.preferences.reports[0] if report is None else report.path.parent
        path = files.ask_for_report(self._parent, folder)
        if path is not None:
            context.shell.open_path(path)
