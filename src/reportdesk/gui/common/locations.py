"""Where in the report an edit or a finding is, so that the window can go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportdesk.form.spec import FRONT, CellRef, Form

if TYPE_CHECKING:
    from reportdesk.checks.engine import Finding
    from reportdesk.report.document import Fact
    from reportdesk.report.edits import Change, Edit


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the window and what to look at there: at most one of cell, fact and part.

    With ``part``, ``offset`` is a place in its prose; None means its heading. ``end`` is where
    the words end that are to be selected; None selects none.
    """

    section: str
    cell: CellRef | None = None
    fact: Fact | None = None
    part: str = ""
    offset: int | None = 0
    end: int | None = None


def place_of_edit(form: Form, edit: Edit) -> Place | None:
    """Where the edit changes the report first, as the report is read; None if that can be seen on no page.

    Not the edit's own order: undo has the changes of a step the other way round, and both lead to
    the same place.
    """
    places = [place for change in edit.changes if (place := _place_of_change(form, change)) is not None]
    if len(places) < 2:  # noqa: PLR2004 (nothing to order, as with every key typed)
        return next(iter(places), None)
    from reportdesk.report.document import Fact

    facts = list(Fact)
    sections = {section: number for number, section in enumerate((FRONT, *(one.id for one in form.sections)))}
    cells = {
        ref: number for number, ref in enumerate(ref for one in form.tables.values() for ref in one.refs())
    }
    parts = {part: number for number, part in enumerate(form.parts)}

    def order(place: Place) -> tuple[int, int, int, int]:
        section = sections.get(place.section, len(sections))
        if place.fact is not None:
            return section, 0, facts.index(place.fact), 0
        if place.cell is not None:
            return section, 1, cells.get(place.cell, 0), 0
        if place.part:
            return section, 2, parts.get(place.part, 0), -1 if place.offset is None else place.offset
        return section, 3, 0, 0

    return min(places, key=order)


def _place_of_change(form: Form, change: Change) -> Place | None:
    from reportdesk.report.edits import Slot, TextChange

    if isinstance(change, TextChange):
        end = change.offset + len(change.inserted)
        return Place(section_of(form, change.part), part=change.part, offset=end)
    if change.slot is Slot.HEADINGS:
        return Place(section_of(form, change.key), part=change.key, offset=None)
    if change.slot is Slot.FACTS:
        return Place(FRONT, fact=change.key)
    if change.slot is Slot.FINISHED:
        return Place(change.key)
    if isinstance(change.key, CellRef):
        return Place(section_of(form, change.key.table), cell=change.key)
    return None


def place_of_finding(form: Form, finding: Finding) -> Place:
    """Where the finding asks to look first."""
    if finding.cells:
        cell = finding.cells[0]
        return Place(section_of(form, cell.table), cell=cell)
    if finding.part:
        start, end = finding.span or (0, None)
        return Place(section_of(form, finding.part), part=finding.part, offset=start, end=end)
    return Place(finding.section)


def place_of_click(form: Form, clicked: str) -> Place:
    """Where what was clicked on a page of the PDF is filled in.

    ``clicked`` is the id of a part, table or section; the title and the closing are on the front page.
    """
    if clicked in form.parts:
        return Place(section_of(form, clicked), part=clicked)
    if clicked in form.tables:
        typed = (ref for ref in form.tables[clicked].refs() if ref not in form.totals)
        return Place(section_of(form, clicked), cell=next(typed, None))
    return Place(clicked if any(section.id == clicked for section in form.sections) else FRONT)


def section_of(form: Form, holder: str) -> str:
    """The id of the section that holds the table or part; FRONT for the opening."""
    section = form.section_of.get(holder)
    return section.id if section else FRONT
