"""The open report: section list, the page of one section, preview, findings; built when shown.

What is seen before the file is read is ``outline``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.spec import FRONT, CellRef, Form
from reportdesk.gui.common.locations import Place
from reportdesk.gui.findings.background_check import PauseCheck
from reportdesk.gui.findings.word_check import WordCheck
from reportdesk.gui.look.theme import Theme
from reportdesk.gui.report.outline import draw_line_beside_list
from reportdesk.gui.report.section_list import SectionList
from reportdesk.gui.report.side_panels import SidePanels
from reportdesk.report.document import Fact
from reportdesk.store.user_data.typed_texts import Kind, Typed

if TYPE_CHECKING:
    from reportdesk.checks.engine import Finding
    from reportdesk.gui.common.worker_client import WorkerClient
    from reportdesk.gui.findings.panel import FindingsPanel
    from reportdesk.gui.prose.find_bar import FindBar
    from reportdesk.gui.report.section_page import SectionPage
    from reportdesk.report.edits import Edit
    from reportdesk.session.session import Announcement, Session


class ReportView(QWidget):
    """Shows one report and brings the clerk to any place of it.

    ``sections`` is the list out of an outline, if there was one. ``client`` gives who asks the second process, which is started when it is first needed.
    """

    told: ClassVar[Signal] = Signal(str)
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""
    fixing: ClassVar[Signal] = Signal()
    """Much of the report is about to change at once."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        client: Callable[[], WorkerClient],
        sections: SectionList | None = None,
    ) -> None:
        super().__init__()
        self._session = session
        self._form = session.form
        self._theme = theme
        self._unsubscribe = session.subscribe(self._on_change)
        self._checking = PauseCheck(session, client, self)
        self._words = WordCheck(session, client, self)
        self._find: FindBar | None = None
        self._pages: dict[str, SectionPage] = {}
        self._section = FRONT
        self._zoom: int | None = None
        self.sections = sections or SectionList(session.form, theme)
        self.sections.setEnabled(True)
        self.sections.chosen.connect(self._show_section)
        self.sections.entered.connect(self._enter_page)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.side_panels = SidePanels(session, self, self.stack, theme, client)
        self.side_panels.wanted.connect(self.go_to)
        self.side_panels.told_while.connect(self.told_while)
        self.side_panels.left.connect(self.resume)
        self.side_panels.page_covered.connect(self._lose_match)
        self._hear_findings(self.side_panels.findings)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._column.addLayout(row, 1)
        row.addWidget(self.sections)
        row.addWidget(self.side_panels, 1)

    @property
    def form(self) -> Form:
        """The form whose sections are listed."""
        return self._form

    # -- the report

    def show_report(self) -> None:
        """Show the first page, now that the view has its place in the window."""
        self.side_panels.show_report()
        self.sections.show_states(self._session)
        self.sections.choose(FRONT)

    def check_whole(self, then: Callable[[], object]) -> None:
        """Run all rules, as when the clerk asks for the findings; ``then`` follows once that is done.

        It waits for no rules that know the language's words: what these find is no error.
        """
        self._words.check()
        self._checking.check_whole(then)

    def want_words(self, *, wanted: bool) -> None:
        """Have the rules that know the language's words run from now on, or leave them out."""
        self._words.want(wanted=wanted)

    def _tell_when_all_ran(self) -> None:
        self._words.check_whole(self._tell_count)

    def _tell_count(self) -> None:
        from reportdesk.gui.findings.panel import count_words
        from reportdesk.session.verdict import verdict

        session, revision = self._session, self._session.revision
        told = f"{count_words(session.findings)} {verdict(session)}".strip()
        self.told_while.emit(f"已全面审核：{told}", lambda: session.revision == revision)

    def _hear_findings(self, findings: FindingsPanel) -> None:
        findings.chosen.connect(self.go_to_finding)
        findings.told.connect(self.told)
        findings.told_while.connect(self.told_while)
        findings.fixing.connect(self.fixing)
        findings.whole_wanted.connect(lambda: self.check_whole(self._tell_when_all_ran))

    def _on_change(self, told: Announcement) -> None:
        self.sections.show_states(self._session)
        if told.findings_changed:
            self.side_panels.findings.show_findings()

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
        if self.side_panels.hides_page:
            self.side_panels.begin_cover()
            return
        focus, section = QApplication.focusWidget(), self.current_section
        if section is not None and (focus is None or not self.stack.isAncestorOf(focus)):
            self._pages[section].begin()

    def step(self, by: int) -> None:
        """Go so many sections on, with the cursor where it was there last, else where one begins."""
        before = self._section
        self.sections.step(by)
        if self._section != before:
            self._enter_page()

    def resume(self) -> None:
        """Put the cursor where it was last on the page that is shown, else where one begins there.

        Where the page is covered, the focus goes on what covers it.
        """
        section = self.current_section
        if self.side_panels.hides_page:
            self.side_panels.begin_cover()
        elif section is not None:
            self._pages[section].go_to(self._pages[section].here())

    def _enter_page(self) -> None:
        """The clerk asked for the page itself, in the list of sections."""
        self.side_panels.uncover_page()
        self.resume()

    def finish_editing(self) -> bool:
        """Take what is being typed into a cell; False if it is refused, and its editor stays in sight."""
        done = all(page.finish_editing() for page in self._pages.values())
        if not done:
            self.side_panels.uncover_page()
        return done

    def go_to(self, place: Place) -> None:
        """Show the place's page and put the cursor there."""
        self.side_panels.uncover_page()
        self.sections.choose(place.section)
        if self._section == place.section:
            self._page(place.section).go_to(place)

    def go_to_edit(self, edit: Edit) -> None:
        """Go where the edit was made, if it can be seen."""
        from reportdesk.gui.common.locations import place_of_edit

        place = place_of_edit(self._form, edit)
        if place is not None:
            self.go_to(place)

    def go_to_finding(self, found: Finding) -> None:
        """Go where the finding asks to look."""
        from reportdesk.gui.common.locations import place_of_finding

        covered = self.side_panels.covers_page  # by the findings: F9 leads back to them
        self.go_to(place_of_finding(self._form, found))
        if covered:
            self._tell_finding(found, "（按 F9 回到审核）")

    def step_finding(self, by: int) -> None:
        """Go to the next or previous finding; a folded panel stays so and its sentence is told."""
        found = self.side_panels.findings.step(by)
        if found is None:
            self._tell_verdict()
        elif self.side_panels.findings.isHidden():
            self._tell_finding(found)

    def _tell_verdict(self) -> None:
        """Say of a list that is empty what that means, as long as it does."""
        from reportdesk.session.verdict import verdict

        session = self._session
        said = verdict(session)
        self.told_while.emit(said, lambda: not session.findings and verdict(session) == said)

    def _tell_finding(self, found: Finding, more: str = "") -> None:
        """Tell what was found, as long as it is."""
        session, says = self._session, found.message
        self.told_while.emit(
            f"{says}{more}",
            lambda: any(one.key == found.key and one.message == says for one in session.findings),
        )

    def open_find(self, *, replacing: bool) -> None:
        """Show the line for finding, or for replacing too, with the selected words."""
        from reportdesk.gui.prose.editor import ProseEditor

        if self._find is None:
            from reportdesk.gui.prose.find_bar import FindBar

            self._find = FindBar(self._session, self._theme)
            self._find.wanted.connect(self.go_to)
            self._find.told.connect(self.told)
            self._find.told_while.connect(self.told_while)
            self._find.left.connect(self._leave_find)
            self._column.addWidget(self._find)
        focus = QApplication.focusWidget()
        selected = focus.textCursor().selectedText() if isinstance(focus, ProseEditor) else ""
        self._find.open(selected.replace("\u2029", "\n"), self.here(), replacing=replacing)

    def _lose_match(self) -> None:
        """What is found is not in sight any more: the next replacement shows it first."""
        if self._find is not None:
            self._find.lose_sight()

    def _leave_find(self, place: Place | None) -> None:
        if place is not None:
            self.go_to(place)
        else:
            self.resume()

    @property
    def current_section(self) -> str | None:
        """The id of the section that is shown; None before a report is."""
        shown = self.stack.currentWidget()
        return next((section for section, page in self._pages.items() if page is shown), None)

    # -- what stands in open editors

    def typed(self) -> Iterator[Typed]:
        """What is being typed on any page or as a 说明 and is not entered."""
        for page in self._pages.values():
            yield from page.typed()
        reason = self.side_panels.findings.typed()
        if reason is not None:
            yield Typed(Kind.REASON, *reason)

    def put_back(self, one: Typed) -> bool:
        """Open the editor again in which that stood; False if the report has it no more."""
        if one.kind is Kind.REASON:
            self.side_panels.unfold_findings(shown=True)
            if not self.side_panels.findings.write_again(one.key, one.text):
                self._session.check_prose(
                    while_writing=True
                )  # what rules on prose found is not known at first
            return self.side_panels.findings.write_again(one.key, one.text)
        place = self._place_of(one)
        if place is None:
            return False
        self.go_to(place)
        return self._page(place.section).put_back(one)

    def name_of_typed(self, one: Typed) -> str:
        """What a clerk calls the editor in which that stood."""
        if one.kind in (Kind.CELL, Kind.REMARK):
            ref = CellRef.parse(one.key)
            name = self._form.name_of(ref) if ref in self._form.kind_of else ""
            return f"{name}{' 备注' if one.kind is Kind.REMARK else ''}"
        return Fact(one.key).says if one.kind is Kind.FACT else one.kind.says

    def _place_of(self, one: Typed) -> Place | None:
        if one.kind is Kind.FACT:
            return Place(FRONT, fact=Fact(one.key))
        ref = CellRef.parse(one.key)
        if ref not in self._form.kind_of or ref in self._form.totals:
            return None
        return Place(self._form.section_of[ref.table].id, cell=ref)

    def toggle_finished(self) -> None:
        """Set or take back the mark 完成 of the section that is shown."""
        if self.current_section is not None:
            self.side_panels.uncover_page()
            self._pages[self.current_section].toggle_finished()

    def detach(self) -> None:
        """Hear no more of the report, since another view takes this one's place."""
        self._unsubscribe()
        self._checking.detach()
        self._words.detach()
        self.side_panels.detach()

    # -- one page after another

    def _show_section(self, section: str) -> None:
        if section == self._section and section in self._pages:
            return
        if not self.finish_editing():
            self.sections.choose(self._section)
            return
        page = self._page(section)
        self._section = section
        self.stack.setCurrentWidget(page)
        self.side_panels.show_section(section)
        if self._find is not None:
            self._find.look_from(page.here())

    def _page(self, section: str) -> SectionPage:
        page = self._pages.get(section)
        if page is None:
            from reportdesk.gui.report.section_page import SectionPage

            known = {one.id: one for one in self._form.sections}
            page = SectionPage(self._session, known.get(section), self._theme)
            page.told.connect(self.told)
            page.told_while.connect(self.told_while)
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

    # -- Qt's own methods

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the findings under the page where the window is narrow, over it where it is low, and back."""
        super().resizeEvent(event)
        self.side_panels.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line beside the list."""
        super().paintEvent(event)
        draw_line_beside_list(self, self._theme)
