"""The main window: one report at a time, its file, the menus, and the line at the foot.

It opens and closes reports in the ``Context``, which says what is open, and is the ``Shell`` that
controllers ask. What is done with the open report is ``commands``', who does it ``controllers``'.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from reportdesk.gui.common.application import PROGRAM
from reportdesk.gui.common.preferences import Preferences, apply_theme
from reportdesk.gui.common.status_line import StatusLine
from reportdesk.gui.context.context import Context
from reportdesk.gui.look.theme import Theme
from reportdesk.gui.window.commands import Commands
from reportdesk.gui.window.controllers import Controllers
from reportdesk.gui.window.dialogs import Dialogs
from reportdesk.gui.window.menu_table import MenuTable
from reportdesk.gui.window.menus import Menus
from reportdesk.gui.window.middle import Middle
from reportdesk.gui.window.report_opener import ReportOpener
from reportdesk.report.text.characters import shown_plainly

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportdesk.form.spec import Form
    from reportdesk.gui.common.locations import Place
    from reportdesk.gui.context.open_report import OpenReport
    from reportdesk.gui.intake.importing import Importing
    from reportdesk.gui.report.outline import Outline
    from reportdesk.gui.report.report_view import ReportView
    from reportdesk.gui.report.section_list import SectionList
    from reportdesk.gui.report.workflow_bar import Standing
    from reportdesk.gui.saving.document_keeper import DocumentKeeper
    from reportdesk.gui.saving.recent_reports import RecentReports
    from reportdesk.gui.start.open_and_new import OpenAndNew
    from reportdesk.session.session import Announcement, Session

_SOON_MS = 40
"""After a report is there to be typed into."""

_LOOKS = "正在找没有存完的修改。"
_WEAR_AGAIN_MS = 1_000


class MainWindow(QMainWindow):
    """Opens, keeps and closes reports; a file that cannot be opened leaves all as it was."""

    painted: ClassVar[Signal] = Signal()
    """The window was to be seen for the first time."""

    def __init__(
        self, theme: Theme, *, report_follows: bool = False, preferences: Preferences | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self.preferences = preferences or Preferences()
        self.status_line = StatusLine(theme)
        self.context = Context(self.preferences, self.status_line, self, self)
        self.controllers = Controllers(self.context, self)
        self.preferences.theme_changed.connect(self.apply_theme)
        self.preferences.words_chosen.connect(self._want_words)
        self._opener = ReportOpener(self.context, self, self.controllers, self._show_outline, self._show_view)
        self.commands = Commands(self.context, self, self.controllers)
        self.beside = Dialogs(self.context, self, self.controllers, self.commands)
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        table = MenuTable(self, self.context, self.controllers, self.commands, self.beside)
        self.menus = Menus(self, self.context, table)
        self.context.opened.connect(self._show_opened)
        self.context.closed.connect(self.show_standing)
        self.context.changed.connect(self._show_changed)
        self.context.saved.connect(self.show_whose)
        self.preferences.unkept.connect(self.status_line.warn)
        self._middle = Middle(self.status_line)
        self.setCentralWidget(self._middle)
        self._was_painted = False
        if not report_follows:
            self.show_start()

    @property
    def open_and_new(self) -> OpenAndNew:
        """The ways to a report; made when first needed, as a report named at the start needs none."""
        return self.controllers.open_and_new

    @property
    def importing(self) -> Importing:
        """Takes in what other programs wrote."""
        return self.controllers.importing

    @property
    def recent_reports(self) -> RecentReports:
        """Keeps the list of reports."""
        return self.controllers.recent_reports

    @property
    def keeper(self) -> DocumentKeeper:
        """Saves, and asks what must be asked so that nothing is lost."""
        return self.controllers.keeper

    def the_standing(self) -> Standing:
        """Takes the report from state to state."""
        return self.controllers.standing.get()

    # -- one report after another

    def show_start(self) -> None:
        """Show the reports on this PC and the ways to begin."""
        self.show_middle(self.open_and_new.start_page(self._theme))
        self._opener.drop_outline()
        self.setWindowTitle(PROGRAM)
        self.status_line.show_nothing_open()
        self.menus.show_report_open(opened=False)
        QTimer.singleShot(_SOON_MS, self, self._offer_left)

    def _offer_left(self) -> None:
        """Tell of what was typed and not saved before the program was ended in the middle."""
        from reportdesk.gui.common.background_jobs import waited

        journals = self.preferences.folders.journals
        if self.context.current is not None or not waited(lambda: any(journals.glob("*.journal")), _LOOKS):
            return
        if self.context.current is None:  # nor was one opened meanwhile
            self.keeper.recovery.offer_left()

    def back_to_start(self) -> None:
        """Close the open report and show the list of reports."""
        if self._opener.may_leave():
            self._opener.close_report()
            self.status_line.begin_anew()
            self.show_start()

    def show_outline(self) -> None:
        """Show the sections of the newest form while a report is being read."""
        self._opener.show_outline()

    def open_path(self, path: Path, place: Place | None = None) -> bool:
        """Open that report in place of the one that is open; whether that went well."""
        return self._opener.open_path(path, place)

    def open_again(self) -> None:
        """Read the open report's file anew; what is not saved of it must be kept elsewhere already."""
        self._opener.open_again()

    def _show_opened(self) -> None:
        report = self.context.current
        if report is not None:
            self.menus.show_report_open(opened=True)
            self.menus.show_findings(report.session.findings)
            self.show_whose()
            self.show_standing()

    def show_standing(self) -> None:
        """Show the report's state, and keep from changes one that takes none."""
        report, standing = self.context.current, self.controllers.standing
        if report is not None:
            self.menus.show_state(report.session.report.state)
        if standing.made is not None or (report is not None and report.session.is_read_only):
            standing.get().show()

    def _show_outline(self, form: Form) -> Outline:
        from reportdesk.gui.report.outline import Outline

        outline = Outline(form, self._theme)
        self.show_middle(outline)
        return outline

    def _show_view(self, session: Session, sections: SectionList | None = None) -> ReportView:
        """Show a view of that report, which goes on with the sections of an outline if there was one."""
        from reportdesk.gui.report.report_view import ReportView

        view = ReportView(session, self._theme, lambda: self.context.worker, sections)
        view.told.connect(self.status_line.say)
        view.told_while.connect(self.status_line.say_while)
        view.fixing.connect(self._keep_before_mend)
        view.sections.chosen.connect(self._moved_on)
        view.side_panels.findings_shown.connect(self.menus.show_unfolded)
        view.side_panels.preview_shown.connect(self.menus.show_previewed)
        self.show_middle(view)
        return view

    def _want_words(self, wanted: bool) -> None:  # noqa: FBT001 (what the signal tells)
        if self.context.current is not None:
            self.context.current.view.want_words(wanted=wanted)

    def _keep_before_mend(self) -> None:
        from reportdesk.store.versions import Reason

        self.keeper.versions.keep_before(Reason.MEND)

    def _moved_on(self) -> None:
        self.status_line.move_on()
        if self.context.current is not None:
            self.context.current.autosave.moved_on()

    # -- what controllers ask, as their ``Shell``

    def show_middle(self, widget: QWidget) -> None:
        """Show this between the menus and the foot, in place of what is there."""
        if self._middle.show_page(widget):
            self.menus.show_report_open(opened=self.context.current is not None)

    def shows(self, widget: QWidget) -> bool:
        """Whether that is what stands between the menus and the foot."""
        return self._middle.shows(widget)

    def show_above(self, bar: QWidget) -> None:
        """Show a bar over the whole width, whatever is shown under it."""
        self._middle.show_above(bar)

    def cover(self, page: QWidget, lost: Callable[[], object]) -> None:
        """Show a page over the report, which takes no command meanwhile."""
        self._middle.cover(page, lost)
        self.menus.show_report_open(opened=False)

    def uncover(self) -> None:
        """Show the report again and take the page over it away."""
        self._middle.uncover()
        report = self.context.current
        if report is not None:
            self.menus.show_report_open(opened=True)
            report.view.resume()  # else the focus falls on whatever button comes next

    def show_settings(self) -> None:
        """Let the clerk change the settings."""
        self.beside.show_settings()

    def may_edit(self, what: str) -> bool:
        """Whether the report is in sight, so that it may be changed; if not, that is said."""
        return self.commands.may_edit(what)

    def undo(self) -> None:
        """Take the newest step back and go where it was made."""
        self.commands.undo()

    # -- how it looks

    def apply_theme(self, theme: Theme) -> None:
        """Look like that theme: pages are built anew, the report and the cursor stay.

        What is being typed into a cell and cannot be taken stays as well, and the theme waits.
        """
        report = self.context.current
        if report is not None and not report.view.finish_editing():
            QTimer.singleShot(_WEAR_AGAIN_MS, self, lambda: self.apply_theme(theme))
            return
        self._theme = theme
        apply_theme(theme)
        self.status_line.apply_theme(theme)
        self.show_icons()
        self.beside.apply_theme(theme)
        if report is not None:
            self._show_anew(report)
        elif not self._opener.is_outlined:
            self.show_start()

    def _show_anew(self, report: OpenReport) -> None:
        """Have another view show the report as the one before did."""
        from dataclasses import replace

        before = report.view
        place, unfolded, previewed = (
            before.here(),
            before.side_panels.shows_findings,
            before.side_panels.previews,
        )
        typed = tuple(before.typed())
        before.detach()
        view = self._show_view(report.session)
        self.context.replace(replace(report, view=view))
        view.go_to(place)  # before what stands beside it: a view without its size yet takes it for covered
        view.side_panels.unfold_findings(shown=unfolded)
        view.side_panels.unfold_preview(shown=previewed)
        self.show_standing()
        for one in typed:
            view.put_back(one)

    def show_icons(self) -> None:
        """Draw the icons, which the first paint does without."""
        from reportdesk.gui.look.icons import program_icon

        self.setWindowIcon(program_icon())
        self.menus.show_icons(self._theme)

    # -- what the session and the file say

    def _show_changed(self, told: Announcement) -> None:
        report = self.context.current
        if report is None:
            return
        if told.findings_changed:
            self.menus.show_findings(report.session.findings)
        self.menus.show_history(report.session.history)
        self.menus.show_state(report.session.report.state)
        self.status_line.look_again()
        self.show_whose()

    def show_whose(self) -> None:
        """Say whose report is open, in the title with its file, which tells copies apart."""
        current = self.context.current
        if current is None:
            return
        report = current.session.report
        year = str(report.year) if report.year else ""
        unit = report.name_in_title()
        self.status_line.show_whose(unit, year)
        whose = f"{unit} {year}年" if year else unit
        title = f"{whose.strip() or '年报'}（{current.path.name}） — {PROGRAM}"
        self.setWindowTitle(shown_plainly(title))

    # -- Qt's own methods

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the first time that there is something to be seen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()
            self.menus.give_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every menu in sight."""
        super().resizeEvent(event)
        if self._was_painted:
            self.menus.leave_menus_in_sight()

    def changeEvent(self, event: QEvent) -> None:
        """Look whether the file was changed elsewhere when the clerk comes back."""
        super().changeEvent(event)
        if (
            event.type() is QEvent.Type.ActivationChange
            and self.isActiveWindow()
            and self.context.current is not None
        ):
            QTimer.singleShot(0, self, self.keeper.elsewhere.look)

    # -- leaving

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, or ask where that is not possible."""
        if not self._opener.may_leave() or not self.commands.may_end():
            event.ignore()
            return
        self._opener.close_report()
        self.keeper.typed.stop()
        self.preferences.finish()
        self.context.end()
        event.accept()

    # -- dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a report's file, whatever it was written with."""
        if _dropped(event):
            event.setDropAction(
                QtCore.Qt.DropAction.CopyAction
            )  # a source that may move takes away what it gave
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Ask for a copy all the way."""
        if _dropped(event):
            event.setDropAction(QtCore.Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped report, or show what another program's file holds."""
        paths = _dropped(event)
        if paths:
            event.setDropAction(QtCore.Qt.DropAction.CopyAction)
            event.accept()
            # Whoever dropped it waits until this is done.
            QTimer.singleShot(0, self, functools.partial(self.importing.take_dropped, paths))


def _dropped(event: QDropEvent) -> list[Path]:
    from reportdesk.gui.intake.import_files import dropped_files

    return dropped_files(event.mimeData())
