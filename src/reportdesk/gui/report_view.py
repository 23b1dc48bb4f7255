"""The open report: section list, the page of one section, preview, findings; built when shown.

It can stand without a session, so that the window is painted before the file is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.spec import Form
from reportdesk.gui.places import FRONT, Place
from reportdesk.gui.room import NARROW, is_low, is_narrow, is_wide, shares
from reportdesk.gui.section_list import WIDTH as LIST_WIDTH
from reportdesk.gui.section_list import SectionList
from reportdesk.gui.theme import Role, Theme

if TYPE_CHECKING:
    from reportdesk.checks.engine import Finding
    from reportdesk.gui.checking import PauseCheck
    from reportdesk.gui.find_bar import FindBar
    from reportdesk.gui.findings_panel import FindingsPanel
    from reportdesk.gui.open_list import OpenList
    from reportdesk.gui.preview import PreviewPane
    from reportdesk.gui.section_page import SectionPage
    from reportdesk.gui.worker_client import WorkerClient
    from reportdesk.report.edits import Edit
    from reportdesk.session.open_marks import OpenMark
    from reportdesk.session.session import Announcement, Session

_LEISURE_MS = 200


class ReportView(QWidget):
    """Shows one report and brings the clerk to any place of it.

    ``client`` gives who asks the second process, which is started when it is first needed.
    """

    told: ClassVar[Signal] = Signal(str)
    mending: ClassVar[Signal] = Signal()
    """Much of the report is about to change at once."""

    findings_shown: ClassVar[Signal] = Signal(bool)
    """Whether the panel of findings is unfolded."""

    preview_shown: ClassVar[Signal] = Signal(bool)
    """Whether the preview is to be seen."""

    findings: FindingsPanel
    """The panel of findings, once a report is there."""

    def __init__(
        self, form: Form, theme: Theme, client: Callable[[], WorkerClient], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._theme = theme
        self._client = client
        self._session: Session | None = None
        self._checking: PauseCheck | None = None
        self._find: FindBar | None = None
        self._pages: dict[str, SectionPage] = {}
        self._section = FRONT
        self._zoom: int | None = None
        self._fold_was_ours = False
        self._shared_for = False, False
        self.preview: PreviewPane | None = None
        self.open_list: OpenList | None = None
        self.sections = SectionList(form, theme)
        self.sections.setEnabled(False)
        self.sections.chosen.connect(self._show_section)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.stack)
        self._split.setStretchFactor(0, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._column.addLayout(row, 1)
        row.addWidget(self.sections)
        row.addWidget(self._split, 1)

    @property
    def form(self) -> Form:
        """The form whose sections are listed."""
        return self._form

    # -- the report

    def bring_in(self, session: Session) -> None:
        """Show that report, which has this view's form."""
        self._session = session
        self._add_findings(session)
        self.sections.setEnabled(True)
        self.sections.show_states(session)
        self.findings.show_findings(session)
        self._checking = self._check_on_pause(session)
        self.unfold_findings(shown=self.window().width() >= NARROW)
        self.sections.choose(FRONT)

    def check_whole(self, then: Callable[[], object]) -> None:
        """Run all rules, as when the clerk asks for the findings; ``then`` follows once that is done."""
        if self._checking is not None:
            self._checking.check_whole(then)

    def _tell_count(self) -> None:
        from reportdesk.gui.findings_panel import NOTHING_FOUND, count_words

        if self._session is not None:
            self.told.emit(f"已全面审核：{count_words(self._session.findings) or NOTHING_FOUND}")

    def _check_on_pause(self, session: Session) -> PauseCheck:
        from reportdesk.gui.checking import PauseCheck

        return PauseCheck(session, self._client, self)

    def _add_findings(self, session: Session) -> None:
        from reportdesk.gui.findings_panel import FindingsPanel

        self.findings = FindingsPanel(self._theme, self)
        self.findings.chosen.connect(self.go_to_finding)
        self.findings.told.connect(self.told)
        self.findings.mending.connect(self.mending)
        self.findings.whole_wanted.connect(lambda: self.check_whole(self._tell_count))
        self.findings.folded.connect(lambda: self.unfold_findings(shown=False))
        self._right = QWidget()
        self._right_column = column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.findings, 1)
        QTimer.singleShot(_LEISURE_MS, self, lambda: self._the_open_list(session))
        self._split.addWidget(self._right)

    def take(self, told: Announcement) -> None:
        """Show what an edit changed."""
        if self._session is None:
            return
        for page in self._pages.values():
            page.take(told)
        self.sections.show_states(self._session)
        if self.open_list is not None:
            self.open_list.hear()
        if told.findings_changed:
            self.findings.show_findings(self._session)

    def show_above(self, bar: QWidget) -> None:
        """Show a bar over the whole width."""
        self._column.insertWidget(0, bar)

    # -- going places

    def here(self) -> Place:
        """The page that is shown and where the cursor is on it."""
        section = self.current_section
        return Place(FRONT) if section is None else self._pages[section].here()

    def begin(self) -> None:
        """Put the cursor where one begins on the page that is shown, unless it is on it already."""
        focus, section = QApplication.focusWidget(), self.current_section
        if section is not None and (focus is None or not self.stack.isAncestorOf(focus)):
            self._pages[section].begin()

    def step(self, by: int) -> None:
        """Go so many sections on, with the cursor where it was there last, else where one begins."""
        before = self._section
        self.sections.step(by)
        if self._section != before:
            page = self._page(self._section)
            page.go_to(page.here())

    def finish_editing(self) -> bool:
        """Take what is being typed into a cell; False if it is refused, and its editor stays."""
        return all(page.finish_editing() for page in self._pages.values())

    def go_to(self, place: Place) -> None:
        """Show the place's page and put the cursor there."""
        if self._findings_cover_page:
            self.unfold_findings(shown=False)
        self.sections.choose(place.section)
        if self._section == place.section:
            self._page(place.section).go_to(place)

    def go_to_edit(self, edit: Edit) -> None:
        """Go where the edit was made, if it can be seen."""
        from reportdesk.gui.places import place_of_edit

        place = place_of_edit(self._form, edit)
        if place is not None:
            self.go_to(place)

    def go_to_finding(self, found: Finding) -> None:
        """Go where the finding asks to look."""
        from reportdesk.gui.places import place_of_finding

        covered = self._findings_cover_page
        self.go_to(place_of_finding(self._form, found))
        if covered:
            self.told.emit(f"{found.message}（按 F9 回到审核）")

    def _the_open_list(self, session: Session) -> OpenList:
        """The list of what is open, which nobody needs in the first moment."""
        if self.open_list is None:
            from reportdesk.gui.open_list import OpenList

            self.open_list = OpenList(session, self._theme)
            self.open_list.chosen.connect(self._go_to_open)
            self._right_column.addWidget(self.open_list, 0, Qt.AlignmentFlag.AlignTop)
        return self.open_list

    def show_open(self) -> None:
        """Fold the list of what is open out and put the focus there."""
        if self._session is not None:
            self.unfold_findings(shown=True)
            self._the_open_list(self._session).begin()

    def _go_to_open(self, mark: OpenMark) -> None:
        self.go_to(Place(mark.section, cell=mark.cell, part=mark.part))

    def step_finding(self, by: int) -> None:
        """Go to the next or previous finding; a folded panel stays so and its sentence is told."""
        found = self.findings.step(by)
        if found is None:
            self.told.emit("没有发现问题。")
        elif self.findings.isHidden():
            self.told.emit(found.message)

    def open_find(self, *, replacing: bool) -> None:
        """Show the line for finding, or for replacing too, with the selected words."""
        from reportdesk.gui.prose_editor import ProseEditor

        if self._session is None:
            return
        if self._find is None:
            from reportdesk.gui.find_bar import FindBar

            self._find = FindBar(self._session, self._theme)
            self._find.wanted.connect(self.go_to)
            self._find.told.connect(self.told)
            self._find.left.connect(self._leave_find)
            self._column.addWidget(self._find)
        focus = QApplication.focusWidget()
        selected = focus.textCursor().selectedText() if isinstance(focus, ProseEditor) else ""
        self._find.open(selected.replace("\u2029", "\n"), self.here(), replacing=replacing)

    def _leave_find(self, place: Place | None) -> None:
        if place is not None:
            self.go_to(place)
        elif self.current_section is not None:
            self._pages[self.current_section].begin()

    @property
    def current_section(self) -> str | None:
        """The id of the section that is shown; None before a report is."""
        shown = self.stack.currentWidget()
        return next((section for section, page in self._pages.items() if page is shown), None)

    def toggle_finished(self) -> None:
        """Set or take back the mark 完成 of the section that is shown."""
        if self.current_section is not None:
            self._pages[self.current_section].toggle_finished()

    def unfold_findings(self, *, shown: bool) -> None:
        """Show the findings, or put them out of the way."""
        self.findings.setVisible(shown)
        self._right.setVisible(shown)
        self._share_room()
        self.findings_shown.emit(shown)

    # -- the preview

    def unfold_preview(self, *, shown: bool) -> None:
        """Show the PDF's pages beside the page, or put them away."""
        if self.preview is None:
            if not shown or self._session is None:
                return
            self.preview = self._add_preview(self._session)
        if shown and not self.findings.isHidden() and not is_wide(self):
            self._fold_was_ours = True
            self.unfold_findings(shown=False)
        elif not shown and self._fold_was_ours:
            self._fold_was_ours = False
            self.unfold_findings(shown=True)
        self.preview.setVisible(shown)
        if shown:
            self._show_in_preview()
        self._share_room()
        self.preview_shown.emit(shown)

    @property
    def previews(self) -> bool:
        """Whether the preview is unfolded."""
        return self.preview is not None and not self.preview.isHidden()

    def _add_preview(self, session: Session) -> PreviewPane:
        from reportdesk.gui.preview import PreviewPane

        pane = PreviewPane(self._client(), self._theme, self)
        pane.hide()
        pane.section_clicked.connect(self._go_to_clicked)
        self._split.insertWidget(1, pane)
        pane.bring_in(session)
        return pane

    def _go_to_clicked(self, clicked: str) -> None:
        from reportdesk.gui.places import place_of_click

        self.go_to(place_of_click(self._form, clicked))
        if is_narrow(self) and self.preview is not None:
            self.preview.hide()
            self._share_room()
            self.preview_shown.emit(False)

    def _show_in_preview(self) -> None:
        if self.preview is not None and self._section:
            self.preview.go_to_section(self._section)

    def let_go(self) -> None:
        """Hear no more of the report, since another view takes this one's place."""
        if self._checking is not None:
            self._checking.let_go()
        if self.preview is not None:
            self.preview.bring_in(None)

    # -- one page after another

    def _show_section(self, section: str) -> None:
        if self._session is None or (section == self._section and section in self._pages):
            return
        if not self.finish_editing():
            self.sections.choose(self._section)
            return
        page = self._page(section)
        self._section = section
        self.stack.setCurrentWidget(page)
        if self._findings_cover_page and self.isVisible():
            self.unfold_findings(shown=False)
        if self.previews:
            self._show_in_preview()

    def _page(self, section: str) -> SectionPage:
        page = self._pages.get(section)
        if page is None:
            from reportdesk.gui.section_page import SectionPage

            assert self._session is not None  # noqa: S101 - nobody goes anywhere before bring_in
            known = {one.id: one for one in self._form.sections}
            page = SectionPage(self._session, known.get(section), self._theme)
            page.told.connect(self.told)
            page.zoomed.connect(self._zoom_all)
            if self._zoom is not None:
                page.set_zoom(self._zoom)
            self._pages[section] = page
            self.stack.addWidget(page)
        return page

    def _zoom_all(self, percent: int) -> None:
        self._zoom = percent
        for page in self._pages.values():
            page.set_zoom(percent)

    @property
    def _findings_cover_page(self) -> bool:
        has_findings = self._session is not None and not self.findings.isHidden()
        return is_narrow(self) and is_low(self) and has_findings

    def _share_room(self) -> None:
        narrow = is_narrow(self)
        self._shared_for = narrow, is_low(self)
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self.stack.setHidden((narrow and self.previews) or self._findings_cover_page)
        if self._session is not None:  # under the page there is width, but no height to stack them
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._right_column.setDirection(across if narrow else down)
        self._split.setSizes(shares(self, self._split.count(), previews=self.previews))

    # -- Qt's own methods

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the findings under the page where the window is narrow, over it where it is low, and back."""
        super().resizeEvent(event)
        if self._shared_for != (is_narrow(self), is_low(self)) or event.oldSize().width() < 0:
            self._share_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line beside the list."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._theme.color(Role.LINE))
        painter.drawLine(LIST_WIDTH, 0, LIST_WIDTH, self.height())
