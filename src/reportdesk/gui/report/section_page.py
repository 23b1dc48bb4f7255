"""One page of the report: its title, the mark 完成, and under them the parts and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reportdesk.form.spec import FRONT, FRONT_TITLE, CellRef, Section, Table
from reportdesk.gui.common.announcements import listen
from reportdesk.gui.common.locations import Place
from reportdesk.gui.look.controls import PlainLabel, set_tip
from reportdesk.gui.look.finish_mark import FinishMark
from reportdesk.gui.look.theme import Size, Theme
from reportdesk.gui.prose.page import GAP, ProsePage, count_signs, quiet_label
from reportdesk.gui.report.front_page import FrontPage
from reportdesk.report.document import Fact
from reportdesk.report.edits import Slot, set_entry
from reportdesk.session.session import Announcement, Session
from reportdesk.store.user_data.typed_texts import Kind, Typed

if TYPE_CHECKING:
    from reportdesk.gui.grid.table_page import TablePage

_MARGIN = 4 * GAP
_NARROW, _LOW = 760, 480
"""A page smaller than that has its table's margins halved."""


class SectionPage(QWidget):
    """Holds what the section is made of; ``section`` is None for the front page."""

    told: ClassVar[Signal] = Signal(str)
    told_while: ClassVar[Signal] = Signal(str, object)
    """A line, and a function that says whether it holds still."""
    zoomed: ClassVar[Signal] = Signal(int)
    """The percent at which the clerk wants tables drawn from now on."""

    def __init__(self, session: Session, section: Section | None, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._section = section
        self._tables: dict[str, TablePage] = {}
        self._table_rows: list[QVBoxLayout] = []
        self._prose: ProsePage | None = None
        self._finished = FinishMark("本节完成", theme, self)
        self._length = quiet_label("", theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(section.title if section else FRONT_TITLE, theme))
        if section is None:
            self._add_prose(FrontPage(session, theme), column)
        elif section.parts:
            self._add_prose(ProsePage(session, section.parts, theme), column)
        for table in section.tables if section else ():
            self._add_table(table, theme, column)
        self._most = _most_signs(session, section)
        self._show_finished()
        self._show_length()
        listen(session, self, self._on_change)

    def _on_change(self, told: Announcement) -> None:
        self._show_finished()
        if told.parts:
            self._show_length()

    def go_to(self, place: Place) -> None:
        """Put the cursor there."""
        if place.cell is not None and place.cell.table in self._tables:
            self._tables[place.cell.table].go_to(place.cell)
        elif place.fact is not None and isinstance(self._prose, FrontPage):
            self._prose.go_to_fact(place.fact)
        elif place.part and self._prose is not None:
            self._prose.go_to_part(place.part, place.offset, place.end)
        else:
            self.begin()

    def here(self) -> Place:
        """Where the cursor is on this page, or was last."""
        section = self._section.id if self._section else FRONT
        for table in self._tables.values():
            return Place(section, cell=table.current_ref())
        fact = self._prose.fact_here() if isinstance(self._prose, FrontPage) else None
        if fact is not None:
            return Place(section, fact=fact)
        part, offset = self._prose.cursor_place() if self._prose else ("", 0)
        return Place(section, part=part, offset=offset)

    def finish_editing(self) -> bool:
        """Take what is being typed into a cell; False if it is refused, and its editor stays."""
        return all(table.finish_editing() for table in self._tables.values())

    def typed(self) -> Iterator[Typed]:
        """What stands in the editors of this page and is not entered."""
        for table in self._tables.values():
            yield from table.typed()
        if isinstance(self._prose, FrontPage):
            yield from self._prose.typed()

    def put_back(self, one: Typed) -> bool:
        """Open the editor again in which that stood; whether this page has it."""
        if one.kind is Kind.FACT:
            return isinstance(self._prose, FrontPage) and self._prose.put_back(Fact(one.key), one.text)
        ref = CellRef.parse(one.key)
        if ref.table not in self._tables:
            return False
        self._tables[ref.table].put_back(one.kind, ref, one.text)
        return True

    def set_zoom(self, percent: int) -> None:
        """Draw the tables at that size."""
        for table in self._tables.values():
            table.set_zoom(percent)

    def begin(self) -> None:
        """Put the cursor where one begins to type."""
        if self._prose is not None:
            self._prose.begin()
        for table in self._tables.values():
            table.setFocus()
            return

    def toggle_finished(self) -> None:
        """Set or take back the mark 完成."""
        if self._section is not None:
            self._ask_to_mark(finished=not self._finished.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the table where there is little."""
        super().resizeEvent(event)
        if self._tables:
            side = 2 * GAP if self.width() < _NARROW else _MARGIN
            above = GAP if self.height() < _LOW else 2 * GAP
            self._head_row.setContentsMargins(side, above, side, above // 2)
            for margins in self._table_rows:
                margins.setContentsMargins(side, above // 2, side, above)

    def _ask_to_mark(self, *, finished: bool) -> None:
        """Set or take back the mark, unless a cell still holds what is refused."""
        if self.finish_editing():
            self._mark(finished=finished)
        else:
            self._finished.setChecked(not finished)

    def _head(self, title: str, theme: Theme) -> QHBoxLayout:
        label = PlainLabel(title)
        label.setFont(theme.font(Size.PAGE, strong=True))
        label.setSizePolicy(label.sizePolicy().Policy.Ignored, label.sizePolicy().Policy.Preferred)
        set_tip(label, title)
        self._finished.setToolTip("核对无误后勾选；以后再改动这一节，标记会自动取消")
        self._finished.setVisible(self._section is not None)
        self._finished.clicked.connect(lambda checked: self._ask_to_mark(finished=checked))
        self._head_row = row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 2 * GAP, _MARGIN, GAP)
        row.addWidget(label, 1)
        row.addWidget(self._length)
        row.addSpacing(2 * GAP)
        row.addWidget(self._finished)
        return row

    def _add_prose(self, page: ProsePage, column: QVBoxLayout) -> None:
        self._prose = page
        page.told.connect(self.told)
        page.told_while.connect(self.told_while)
        column.addWidget(page, 1)

    def _add_table(self, table: Table, theme: Theme, column: QVBoxLayout) -> None:
        from reportdesk.gui.grid.table_page import TablePage

        page = TablePage(self._session, table, theme)
        page.told.connect(self.told)
        page.told_while.connect(self.told_while)
        page.zoomed.connect(self.zoomed)
        self._tables[table.id] = page
        margins = QVBoxLayout()
        margins.setContentsMargins(_MARGIN, GAP, _MARGIN, 2 * GAP)
        margins.addWidget(page)
        self._table_rows.append(margins)
        column.addLayout(margins, 1)

    def _mark(self, *, finished: bool) -> None:
        if self._section is None:
            return
        label = f"{self._section.short}{'标为完成' if finished else '取消完成'}"
        report = self._session.report
        self._session.apply(set_entry(report, Slot.FINISHED, self._section.id, finished, label), self)
        self._show_finished()

    def _show_finished(self) -> None:
        if self._section is not None:
            self._finished.setChecked(self._section.id in self._session.report.finished)

    def _show_length(self) -> None:
        """Say how long the section is, where notices ask for no more than so many characters."""
        if self._most is None or self._section is None:
            return
        prose = self._session.report.prose
        written = sum(count_signs(prose.get(part.id, "")) for part in self._section.parts)
        over = f"，超出 {written - self._most} 字" if written > self._most else ""
        self._length.setText(f"本节 {written} / {self._most} 字{over}")


def _most_signs(session: Session, section: Section | None) -> int | None:
    """How many characters notices ask for at most, as TXT-9 reads it; None for other sections."""
    lead = session.form.part_roles.get("supervision")
    if section is None or lead is None or session.form.section_of[lead] is not section:
        return None
    from reportdesk.checks.claims.words import rule_words

    most: int = rule_words("text")["overview_most"]  # type: ignore[assignment]
    return most
