"""The report that is open: its session, how it is saved, and what shows it; all of them or nothing.

``View`` and ``SidePanels`` say what controllers may ask of the page area, so that none needs the
widgets themselves; ``report.report_view`` and ``report.side_panels`` are what answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from reportdesk.form.spec import Form
    from reportdesk.gui.common.locations import Place
    from reportdesk.gui.context.autosave import Autosave
    from reportdesk.report.edits import Edit
    from reportdesk.session.session import Session
    from reportdesk.store.user_data.typed_texts import Typed


class SidePanels(Protocol):
    """What stands beside the page: findings, todo, preview."""

    @property
    def shows_findings(self) -> bool:
        """Whether the findings are unfolded."""

    @property
    def previews(self) -> bool:
        """Whether the preview is unfolded."""

    def unfold_findings(self, *, shown: bool) -> None:
        """Show the findings, or put them out of the way."""

    def begin_findings(self) -> None:
        """Put the focus on the current finding."""

    def show_open(self) -> None:
        """Unfold the list of what is open and put the focus there."""

    def unfold_preview(self, *, shown: bool) -> None:
        """Show the PDF's pages, or put them away."""

    def print_soon(self) -> None:
        """Print the pages of the preview, once it is shown."""


class View(Protocol):
    """What shows the report, and brings the clerk to any place of it."""

    @property
    def form(self) -> Form:
        """The form whose sections are listed."""

    @property
    def stack(self) -> QWidget:
        """What holds the pages, one of which is shown."""

    @property
    def side_panels(self) -> SidePanels:
        """What stands beside the page."""

    @property
    def current_section(self) -> str | None:
        """The id of the section that is shown."""

    def isVisible(self) -> bool:
        """Whether it is to be seen, and no page covers it."""

    def isAncestorOf(self, child: QWidget) -> bool:
        """Whether that widget is part of it."""

    def show_report(self) -> None:
        """Show the first page, once the view has its place in the window."""

    def detach(self) -> None:
        """Hear no more of the report."""

    def here(self) -> Place:
        """Where the cursor is."""

    def begin(self) -> None:
        """Put the cursor where one begins on the page that is shown."""

    def resume(self) -> None:
        """Put the cursor where it was last on the page that is shown."""

    def step(self, by: int) -> None:
        """Go so many sections on."""

    def step_finding(self, by: int) -> None:
        """Go to the next or previous finding."""

    def go_to(self, place: Place) -> None:
        """Show the place's page and put the cursor there."""

    def go_to_edit(self, edit: Edit) -> None:
        """Go where the edit was made."""

    def open_find(self, *, replacing: bool) -> None:
        """Show the line for finding, or for replacing too."""

    def toggle_finished(self) -> None:
        """Set or take back the mark 完成 of the section that is shown."""

    def finish_editing(self) -> bool:
        """Take what is being typed into a cell; False if it is refused."""

    def check_whole(self, then: Callable[[], object]) -> None:
        """Run all rules; ``then`` follows once that is done."""

    def want_words(self, *, wanted: bool) -> None:
        """Have the rules that know the language's words run from now on, or leave them out."""

    def show_above(self, bar: QWidget) -> None:
        """Show a bar over the whole width of the report."""

    def typed(self) -> Iterator[Typed]:
        """What is being typed and is not entered."""

    def put_back(self, one: Typed) -> bool:
        """Open the editor again in which that stood; False if the report has it no more."""

    def name_of_typed(self, one: Typed) -> str:
        """What a clerk calls the editor in which that stood."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenReport:
    """One report that is open in the window."""

    session: Session
    autosave: Autosave
    view: View

    @property
    def path(self) -> Path:
        """The report's file, which may be another after it was saved elsewhere."""
        return self.autosave.path
