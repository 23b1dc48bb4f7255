"""The page with what stands beside it, or under it: the findings, what is open, the preview.

Answers for which of them is to be seen and how they share the room. Where there is too little,
what was asked for last is shown, and what gave way comes back after it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QSplitter, QVBoxLayout, QWidget

from reportdesk.form.spec import FRONT
from reportdesk.gui.common.locations import Place
from reportdesk.gui.findings.panel import FindingsPanel
from reportdesk.gui.report.panel_room import NARROW, is_low, is_narrow, is_wide, shares

if TYPE_CHECKING:
    from reportdesk.form.spec import Form
    from reportdesk.gui.common.worker_client import WorkerClient
    from reportdesk.gui.findings.todo_list import TodoList
    from reportdesk.gui.look.theme import Theme
    from reportdesk.gui.preview.preview import PreviewPane
    from reportdesk.session.open_marks import OpenMark
    from reportdesk.session.session import Session

_LEISURE_MS = 200


class SidePanels(QSplitter):
    """Holds ``page``, which ``view`` fills; ``client`` gives who asks the second process."""

    wanted: ClassVar[Signal] = Signal(object)
    """The Place to go to."""

    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""

    left: ClassVar[Signal] = Signal()
    """What had the focus was folded: the page is where the clerk goes on."""

    findings_shown: ClassVar[Signal] = Signal(bool)
    """Whether the panel of findings is unfolded."""

    preview_shown: ClassVar[Signal] = Signal(bool)
    """Whether the preview is to be seen."""

    page_covered: ClassVar[Signal] = Signal()
    """Something took the page's place."""

    def __init__(
        self,
        session: Session,
        view: QWidget,
        page: QWidget,
        theme: Theme,
        client: Callable[[], WorkerClient],
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._page = page
        self._theme = theme
        self._client = client
        self._session = session
        self._section = FRONT
        self._gave_way: QWidget | None = None
        self._shared_for = False, False, False
        self.preview: PreviewPane | None = None
        self.todo_list: TodoList | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(page)
        self.setStretchFactor(0, 1)
        self.findings = FindingsPanel(session, theme, self)
        self.findings.folded.connect(lambda: self.unfold_findings(shown=False))
        self._right = QWidget()
        self._right_column = column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.findings, 1)
        self.addWidget(self._right)

    def show_report(self) -> None:
        """Show what is found in the report, now that there is a window around."""
        QTimer.singleShot(_LEISURE_MS, self, self._the_open_list)
        self.findings.show_findings()
        self.unfold_findings(shown=self.window().width() >= NARROW)

    def detach(self) -> None:
        """Hear no more of the report."""
        if self.preview is not None:
            self.preview.set_session(None)

    def show_section(self, section: str) -> None:
        """The page shows that section now."""
        self._section = section
        if self._view.isVisible():
            self.uncover_page()
        if self.previews:
            self._show_in_preview()

    # -- the findings and what is open

    def unfold_findings(self, *, shown: bool) -> None:
        """Show the findings, or put them out of the way; the focus never stays on what is hidden.

        Qt would hand it to the next button of the window, which may be that of the report's state.
        """
        preview = self.preview
        was_on_findings = _has_focus(self._right)
        if shown and preview is not None and self.previews and not is_wide(self._view):
            self._show_preview(preview, shown=False)
            self._gave_way = preview
        self._show_findings(shown=shown)
        if not shown and preview is not None and self._gave_way is preview:
            self._gave_way = None
            self._show_preview(preview, shown=True)
        if was_on_findings and not shown:
            self.left.emit()

    def begin_findings(self) -> None:
        """Put the focus on the current finding; where there is none it stays on a page that can be seen."""
        if self.findings.entries or self.covers_page:
            self.findings.begin()

    @property
    def shows_findings(self) -> bool:
        """Whether the findings are unfolded."""
        return not self.findings.isHidden()

    @property
    def hides_page(self) -> bool:
        """Whether the findings or the preview are shown in the page's place."""
        return self.covers_page or self._preview_covers

    def uncover_page(self) -> None:
        """Put the findings or the preview out of the way where they take the page's place."""
        if self.covers_page:
            self._gave_way = None
            self._show_findings(shown=False)
        if self._preview_covers and self.preview is not None:
            self._gave_way = None
            self._show_preview(self.preview, shown=False)

    def begin_cover(self) -> None:
        """Put the focus on what is shown in the page's place: no key may reach what is not in sight."""
        if self.covers_page:
            self.findings.begin()
        elif self._preview_covers and self.preview is not None:
            self.preview.desk.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_open(self) -> None:
        """Fold the list of what is open out and put the focus there."""
        todo_list = self._the_open_list()
        if todo_list.has_marks:
            self.unfold_findings(shown=True)
        todo_list.begin()

    def _show_findings(self, *, shown: bool) -> None:
        self.findings.setVisible(shown)
        self._right.setVisible(shown)
        self._share_room()
        self.findings_shown.emit(shown)

    def _the_open_list(self) -> TodoList:
        """The list of what is open, which nobody needs in the first moment."""
        if self.todo_list is None:
            from reportdesk.gui.findings.todo_list import TodoList

            self.todo_list = TodoList(self._session, self._theme)
            self.todo_list.chosen.connect(self._go_to_open)
            self.todo_list.told_while.connect(self.told_while)
            self.todo_list.unfolded.connect(self._share_room)
            self._right_column.addWidget(self.todo_list, 0, Qt.AlignmentFlag.AlignTop)
        return self.todo_list

    def _go_to_open(self, mark: OpenMark) -> None:
        self.wanted.emit(Place(mark.section, cell=mark.cell, part=mark.part))

    @property
    def covers_page(self) -> bool:
        """Whether the findings are shown in the page's place."""
        return is_narrow(self._view) and is_low(self._view) and self.shows_findings

    # -- the preview

    def unfold_preview(self, *, shown: bool) -> None:
        """Show the PDF's pages beside the page, or put them away."""
        if self.preview is None and not shown:
            return
        preview = self.preview = self.preview or self._add_preview(self._session)
        if shown and not self.findings.isHidden() and not is_wide(self._view):
            self._show_findings(shown=False)
            self._gave_way = self.findings
        self._show_preview(preview, shown=shown)
        if not shown and self._gave_way is self.findings:
            self._gave_way = None
            self._show_findings(shown=True)

    @property
    def previews(self) -> bool:
        """Whether the preview is unfolded."""
        return self.preview is not None and not self.preview.isHidden()

    def print_soon(self) -> None:
        """Print the pages of the preview, once it is shown."""
        if self.preview is not None:
            QTimer.singleShot(0, self.preview, self.preview.print_pages)

    @property
    def _preview_covers(self) -> bool:
        return self.previews and is_narrow(self._view)

    def _show_preview(self, preview: PreviewPane, *, shown: bool) -> None:
        preview.setVisible(shown)
        if shown:
            self._show_in_preview()
        self._share_room()
        self.preview_shown.emit(shown)

    def _add_preview(self, session: Session) -> PreviewPane:
        from reportdesk.gui.preview.preview import PreviewPane

        pane = PreviewPane(self._client(), self._theme, self)
        pane.hide()
        pane.section_clicked.connect(lambda clicked: self._go_to_clicked(session.form, clicked))
        self.insertWidget(1, pane)
        pane.set_session(session)
        return pane

    def _go_to_clicked(self, form: Form, clicked: str) -> None:
        from reportdesk.gui.common.locations import place_of_click

        self.wanted.emit(place_of_click(form, clicked))

    def _show_in_preview(self) -> None:
        if self.preview is not None and self._section:
            self.preview.go_to_section(self._section)

    # -- the room

    def fit(self) -> None:
        """Share the room anew where the view became narrow or low, or is so no more."""
        if self._shared_for == self._measures():
            return
        if is_wide(self._view):
            self._bring_back()
        elif self.previews and self.shows_findings:
            self._gave_way = self.findings
            self._show_findings(shown=False)
        self._share_room()

    def _bring_back(self) -> None:
        gone, self._gave_way = self._gave_way, None
        if gone is not None and gone is self.preview:
            self._show_preview(self.preview, shown=True)
        elif gone is not None:
            self._show_findings(shown=True)

    def _measures(self) -> tuple[bool, bool, bool]:
        return is_narrow(self._view), is_low(self._view), is_wide(self._view)

    def _cover_page(self, *, covered: bool) -> None:
        """Hide the page, or show it; the focus goes over to what covers it."""
        was_covered, had_focus = self._page.isHidden(), _has_focus(self._page)
        self._page.setHidden(covered)
        if covered and not was_covered:
            self.page_covered.emit()
        if covered and had_focus:
            self.begin_cover()

    def _share_room(self) -> None:
        narrow = is_narrow(self._view)
        self._shared_for = self._measures()
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self._cover_page(covered=self.hides_page)
        # under the page there is width, but no height to stack both lists
        is_beside = narrow and self.todo_list is not None and self.todo_list.is_unfolded
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._right_column.setDirection(across if is_beside else down)
        if self.todo_list is not None:  # beside the findings it is as high as they are
            whole = Qt.AlignmentFlag(0)
            at = whole if is_beside else Qt.AlignmentFlag.AlignTop
            self._right_column.setAlignment(self.todo_list, at)
        self.setSizes(shares(self._view, self.count(), previews=self.previews))


def _has_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and widget.isAncestorOf(focus)
