"""How one begins: the list of reports, the first start, a new report, one out of last year's, a file.

What slows a start, such as the list and pydantic, is imported once the page was painted.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from reportdesk.store.clock import now

if TYPE_CHECKING:
    from reportdesk.gui.look.theme import Theme
    from reportdesk.gui.start.start_page import StartPage
    from reportdesk.gui.window.main_window import MainWindow
    from reportdesk.session.new_year import LastYear
    from reportdesk.store.user_data.library_entry import Entry
    from reportdesk.store.user_data.unit_profile import UnitProfile

_LOOK_MS = 50
"""How often to ask whether the files were looked at, which a share that is gone delays."""


class Beginnings:
    """The ways to a report, for one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._asked_for_unit = False

    # -- the list of reports

    def start_page(self, theme: Theme) -> StartPage:
        """The page with the reports on this PC; they are listed once it was painted."""
        from reportdesk.gui.start.start_page import StartPage

        page = StartPage(theme)
        page.new_wanted.connect(self.begin_new)
        page.last_year_wanted.connect(self.begin_from_last_year)
        page.open_wanted.connect(self.ask_and_open)
        page.import_wanted.connect(lambda: self._window.importing.ask())  # noqa: PLW0108 (made when first needed)
        page.chosen.connect(self._window.open_path)
        page.removal_wanted.connect(self._remove)
        page.painted.connect(lambda: self._list(page))
        return page

    def _list(self, page: StartPage) -> None:
        entries, sentence = self._window.shelf.entries()
        if sentence:
            self._window.foot.warn(sentence)
        if not self._window.shows(page):
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

        window = self._window
        ways = {
            Kind.UNIT: self.ask_for_unit,
            Kind.NEW_REPORT: self.begin_new,
            Kind.SETTINGS: window.beside.show_settings,
        }
        left = window.keeper.typed.left_at_start
        if left:
            first = left[0]
            window.foot.warn(
                f"上次在“{first.kind.says}”里填的“{first.text}”等还没有保存。",
                "接着填…",
                ways[first.kind],
                holds=lambda: first in window.keeper.typed.left_at_start,
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
            self._window.shelf.forget(path)
        except StoreError as error:
            self._window.foot.warn(str(error))
        else:
            self._window.show_start()
            self._window.foot.say(f"已从列表里移除“{path.name}”，没有删除任何文件。")

    # -- the unit

    def ask_for_unit(self) -> None:
        """Show the form for the unit's profile in place of the list."""
        from reportdesk.gui.start.unit_page import UnitPage
        from reportdesk.store.user_data.typed_texts import Kind

        page = UnitPage(self._window.preferences.theme, self._profile_file)
        typed = self._window.keeper.typed
        left = typed.watch(Kind.UNIT, page, page.typed)
        page.ended.connect(lambda: typed.let_go(Kind.UNIT, kept=not page.is_kept))
        page.ended.connect(self._window.show_start)
        page.told.connect(self._window.foot.say)
        self._window.show_middle(page)
        page.begin()
        handed_out = self._window.preferences.folders.district_profile
        if left:
            page.put_back(left)
        elif handed_out is not None:
            page.take_file(handed_out)

    def own_unit(self) -> UnitProfile | None:
        """The unit of this PC, None while it was not given."""
        from reportdesk.gui.common.background_jobs import waited
        from reportdesk.store.user_data.profile import read_own_profile

        unit, sentence = waited(
            lambda: read_own_profile(self._profile_file, now()), "正在读本单位资料，磁盘有点慢。"
        )
        if sentence:
            self._window.foot.warn(sentence)
        return unit

    @property
    def _profile_file(self) -> Path:
        return self._window.preferences.folders.profile_file

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

        window = self._window
        if window.view is not None and not window.view.finish_editing():
            return
        folder, sentence = window.preferences.reports
        today = now().date()
        read_foreign = window.importing.show_last_year
        known = Known(folder, self.own_unit(), window.shelf.entries()[0], sentence, read_foreign)
        theme = window.preferences.theme
        dialog = NewReportDialog(
            load_form(edition_for(today.year - 1)),
            theme,
            today,
            known,
            window,
            from_last_year=from_last_year,
        )
        if last is not None:
            dialog.take_last_year(last)
        dialog.put_back(window.keeper.typed.watch(Kind.NEW_REPORT, dialog, dialog.typed))
        accepted = dialog.exec()
        window.keeper.typed.let_go(Kind.NEW_REPORT, kept=False)
        if accepted and dialog.path is not None and window.open_path(dialog.path):
            window.foot.say(" ".join(dialog.notices) or "新年报已经建好，改动会自动保存。")
        dialog.deleteLater()

    def ask_and_open(self) -> None:
        """Ask for a report and open it."""
        from reportdesk.gui.common import files

        window = self._window
        folder = window.autosave.path.parent if window.autosave else window.preferences.reports[0]
        path = files.ask_for_report(window, folder)
        if path is not None:
            window.open_path(path)
