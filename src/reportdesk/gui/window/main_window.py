"""The main window: one report at a time, its file, the menus, and the line at the foot.

What is done with the open report is ``commands``', how one begins ``open_and_new``', the list of
reports ``recent_reports``'s, the state of a report ``workflow_bar``'s.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from reportdesk.gui.common.preferences import Preferences, dress
from reportdesk.gui.common.status_line import Foot
from reportdesk.gui.look.theme import Theme
from reportdesk.gui.window.commands import Commands
from reportdesk.gui.window.dialogs import SideWindows
from reportdesk.gui.window.menus import Menus
from reportdesk.report.text.characters import shown_plainly

if TYPE_CHECKING:
    from reportdesk.form.spec import Form
    from reportdesk.gui.common.background_jobs import Job
    from reportdesk.gui.common.locations import Place
    from reportdesk.gui.intake.importing import Importing
    from reportdesk.gui.report.report_view import ReportView
    from reportdesk.gui.report.workflow_bar import Standing
    from reportdesk.gui.saving.autosave import Autosave
    from reportdesk.gui.saving.document_keeper import Safekeeping
    from reportdesk.gui.saving.recent_reports import Listed, Shelf
    from reportdesk.gui.start.open_and_new import Beginnings
    from reportdesk.report.document import Report
    from reportdesk.session.session import Announcement, Session

PROGRAM = "年报台"
_OUTLINED_EDITION = "2021"
"""The form that is outlined while a report is read, whatever form that turns out to have."""

_SOON_MS = 40
"""After a report is there to be typed into."""

_AGAIN_MS = 200
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
        self.preferences.theme_changed.connect(self.wear)
        self.preferences.words_chosen.connect(self._want_words)
        self.beside = SideWindows(self)
        self.session: Session | None = None
        self.autosave: Autosave | None = None
        self.view: ReportView | None = None
        self.standing: Standing | None = None
        self.commands = Commands(self)
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        self.menus = Menus(self)
        self.foot = Foot(theme)
        self.preferences.unkept.connect(self.foot.warn)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._page = QWidget()
        self._column.addWidget(self._page, 1)
        self._column.addWidget(self.foot)
        middle = QWidget()
        middle.setLayout(self._column)
        self.setCentralWidget(middle)
        self._was_painted = self._is_opening = False
        if not report_follows:
            self.show_start()

    @functools.cached_property
    def beginnings(self) -> Beginnings:
        """The ways to a report; made when first needed, as a report named at the start needs none."""
        from reportdesk.gui.start.open_and_new import Beginnings

        return Beginnings(self)

    @functools.cached_property
    def importing(self) -> Importing:
        """Who takes in what other programs wrote."""
        from reportdesk.gui.intake.importing import Importing

        return Importing(self)

    @functools.cached_property
    def shelf(self) -> Shelf:
        """Who keeps the list of reports."""
        from reportdesk.gui.saving.recent_reports import Shelf

        return Shelf(self.preferences.folders, self)

    @functools.cached_property
    def keeper(self) -> Safekeeping:
        """Who saves, and asks what must be asked so that nothing is lost."""
        from reportdesk.gui.saving.document_keeper import Safekeeping

        return Safekeeping(self)

    # -- one report after another

    def show_start(self) -> None:
        """Show the reports on this PC and the ways to begin."""
        self.show_middle(self.beginnings.start_page(self._theme))
        self.view = None
        self.setWindowTitle(PROGRAM)
        self.foot.show_nothing_open()
        self.menus.show_report_open(opened=False)
        QTimer.singleShot(_SOON_MS, self, self._offer_left)

    def _offer_left(self) -> None:
        """Tell of what was typed and not saved before the program was ended in the middle."""
        from reportdesk.gui.common.background_jobs import waited

        journals = self.preferences.folders.journals
        if self.session is not None or not waited(lambda: any(journals.glob("*.journal")), _LOOKS):
            return
        if self.session is None:  # nor was one opened meanwhile
            self.keeper.recovery.offer_left()

    def back_to_start(self) -> None:
        """Close the open report and show the list of reports."""
        if self.let_go():
            self._forget_report()
            self.foot.begin_anew()
            self.show_start()

    def show_outline(self) -> None:
        """Show the sections of the newest form while a report is being read."""
        from reportdesk.form.load import load_form

        self._show_view(load_form(_OUTLINED_EDITION))

    def open_path(self, path: Path, place: Place | None = None) -> bool:
        """Open that report in place of the one that is open; whether that went well.

        The cursor goes to the place, or where the clerk stopped the last time.
        """
        from reportdesk.gui.common.background_jobs import waited
        from reportdesk.store.file import where_written

        path = waited(functools.partial(where_written, path.absolute()), f"正在打开“{path.name}”。")
        if self.autosave is not None and self.autosave.path == path:
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
            if self.session is None:
                self.show_start()
            self.keeper.versions.tell_unopened(path, error)
            return False
        if not self.let_go():
            return False
        self._bring_in(decoded.report, path, content)
        QTimer.singleShot(_SOON_MS, self, functools.partial(self._return, self.session, path, place))
        if decoded.notices:
            self.foot.warn(" ".join(decoded.notices))
        self.keeper.look(content)
        return True

    def open_again(self) -> None:
        """Read the open report's file anew; what is not saved of it must be kept elsewhere already."""
        if self.autosave is not None:
            path, place = self.autosave.path, self.view.here() if self.view is not None else None
            self._forget_report()
            self.open_path(path, place)

    def _bring_in(self, report: Report, path: Path, content: bytes) -> None:
        from reportdesk.form.load import load_form
        from reportdesk.gui.saving.file_rename import Renaming
        from reportdesk.session.session import Session
        from reportdesk.store.clock import now

        form = load_form(report.edition)
        session = Session(form, report, now().date())
        self._forget_report(keep_outline=True)
        self.foot.begin_anew()
        self.autosave = self.keeper.begin(session, path, content)
        outline = self.view if self.view and self.view.form is form else None
        view = outline or self._show_view(form)
        self.session = session
        session.subscribe(self._hear)
        session.want_words(wanted=self.preferences.settings.checks_words)
        Renaming(self, session, self.autosave)
        view.bring_in(session)
        self.menus.show_report_open(opened=True)
        self.menus.show_findings(session.findings)
        self.show_whose()
        self.show_standing()

    def _forget_report(self, *, keep_outline: bool = False) -> None:
        """Hear no more of the report that was open; one that is only outlined is kept if asked for."""
        if self.autosave is not None:
            self.keeper.end(self.autosave)
            self.autosave = None
        if self.view is not None and (self.session is not None or not keep_outline):
            self.view.let_go()
            self.view = None
        self.session = None
        self.show_standing()

    def _return(self, session: Session | None, path: Path, place: Place | None) -> None:
        """Go there or where the clerk stopped, unless another report was opened meanwhile."""
        if session is not None and session is self.session:
            from reportdesk.gui.saving.restore_position import come_back

            focus = self.focusWidget()

            def go_on(job: Job[Listed]) -> None:
                if session is self.session:
                    listed = job.outcome()
                    session.know_titles(listed.titles)
                    session.know_others(listed.others, is_known=listed.is_read)
                    if not self._has_gone_on(focus):
                        come_back(self, session, place or listed.place)

            self.keeper.beside.start(functools.partial(self.shelf.look_up, path), go_on)

    def _has_gone_on(self, before: QWidget | None) -> bool:
        """Whether the clerk put the cursor somewhere; a window that becomes active late only puts it into itself."""
        if before is None and self.view is not None:
            here = QApplication.focusWidget()
            return here is not None and self.view.isAncestorOf(here)
        return self.focusWidget() is not before

    def keep_on_shelf(self) -> None:
        """Bring the report's line in the list of reports up to date."""
        if self.session is not None and self.autosave is not None and self.view is not None:
            self.shelf.keep(self.session, self.autosave.path, self.view.here())

    def show_standing(self) -> None:
        """Show the report's state, and keep from changes one that takes none."""
        if self.session is None:
            if self.standing is not None:
                self.standing.show()
            return
        self.menus.show_state(self.session.report.state)
        if self.standing is not None or self.session.is_read_only:
            self.the_standing().show()

    def the_standing(self) -> Standing:
        """Who takes the report from state to state."""
        if self.standing is None:
            from reportdesk.gui.report.workflow_bar import Standing

            self.standing = Standing(self)
        return self.standing

    def _show_view(self, form: Form) -> ReportView:
        from reportdesk.gui.report.report_view import ReportView

        self.view = view = ReportView(form, self._theme, lambda: self.commands.client)
        view.told.connect(self.foot.say)
        view.told_while.connect(self.foot.say_while)
        view.mending.connect(self._keep_before_mend)
        view.sections.chosen.connect(self._moved_on)
        view.sides.findings_shown.connect(self.menus.show_unfolded)
        view.sides.preview_shown.connect(self.menus.show_previewed)
        self.show_middle(view)
        return view

    def _want_words(self, wanted: bool) -> None:  # noqa: FBT001 (what the signal tells)
        if self.view is not None:
            self.view.want_words(wanted=wanted)

    def _keep_before_mend(self) -> None:
        from reportdesk.store.versions import Reason

        self.keeper.versions.keep_before(Reason.MEND)

    def _moved_on(self) -> None:
        self.foot.move_on()
        if self.autosave is not None:
            self.autosave.moved_on()

    def show_middle(self, widget: QWidget) -> None:
        """Show this between the menus and the foot, in place of what is there."""
        self._column.replaceWidget(self._page, widget)
        self._page.hide()
        self._page.deleteLater()
        self._page = widget

    def shows(self, widget: QWidget) -> bool:
        """Whether that is what stands between the menus and the foot."""
        return self._page is widget

    def show_above(self, bar: QWidget) -> None:
        """Show a bar over the whole width, whatever is shown under it."""
        self._column.insertWidget(0, bar)

    # -- how it looks

    def wear(self, theme: Theme) -> None:
        """Look like that theme: pages are built anew, the report and the cursor stay.

        What is being typed into a cell and cannot be taken stays as well, and the theme waits.
        """
        if self.view is not None and not self.view.finish_editing():
            QTimer.singleShot(_WEAR_AGAIN_MS, self, lambda: self.wear(theme))
            return
        self._theme = theme
        dress(theme)
        self.foot.wear(theme)
        self.show_icons()
        self.beside.wear(theme)
        if self.view is None:
            self.show_start()
        elif self.session is not None:
            before = self.view
            place, unfolded = before.here(), not before.sides.findings.isHidden()
            typed = tuple(before.typed())
            before.let_go()
            view = self._show_view(before.form)
            view.bring_in(self.session)
            view.go_to(
                place
            )  # before what stands beside it: a view without its size yet takes it for covered
            view.sides.unfold_findings(shown=unfolded)
            view.sides.unfold_preview(shown=before.sides.previews)
            self.show_standing()
            for one in typed:
                view.put_back(one)

    def show_icons(self) -> None:
        """Draw the icons, which the first paint does without."""
        from reportdesk.gui.look.icons import program_icon

        self.setWindowIcon(program_icon())
        self.menus.show_icons(self._theme)

    # -- what the session and the file say

    def _hear(self, told: Announcement) -> None:
        if self.view is None or self.session is None:
            return
        self.view.take(told)
        if told.findings_changed:
            self.menus.show_findings(self.session.findings)
        self.menus.show_history(self.session.history)
        self.foot.look_again()
        self.show_whose()

    def show_whose(self) -> None:
        """Say whose report is open, in the title with its file, which tells copies apart."""
        if self.session is None:
            return
        report = self.session.report
        year = str(report.year) if report.year else ""
        unit = report.name_in_title()
        self.foot.show_whose(unit, year)
        whose = f"{unit} {year}年" if year else unit
        file = f"（{self.autosave.path.name}）" if self.autosave is not None else ""
        self.setWindowTitle(shown_plainly(f"{whose.strip() or '年报'}{file} — {PROGRAM}"))

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
            and self.autosave is not None
        ):
            QTimer.singleShot(0, self, self.keeper.elsewhere.look)

    # -- leaving

    def let_go(self) -> bool:
        """Save the open report before another takes its place; False if the clerk wants to stay."""
        if self.autosave is None or self.view is None or self.session is None:
            return True
        if not self.view.finish_editing() or not self.keeper.is_kept(self.autosave):
            return False
        if self.autosave.is_saved:
            self.shelf.keep_now(self.session, self.autosave.path, self.view.here())
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, or ask where that is not possible."""
        if not self.let_go() or not self.commands.may_end():
            event.ignore()
            return
        if self.autosave is not None:
            self.keeper.end(self.autosave)
            self.autosave = None
        self.keeper.typed.stop()
        self.preferences.finish()
        if self.view is not None:
            self.view.let_go()
        self.commands.end()
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
