"""Where a clerk stopped in a report, and going there when it is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportdesk.form.spec import FRONT, FRONT_TITLE
from reportdesk.gui.common.locations import Place
from reportdesk.report.print_changes import name_part

if TYPE_CHECKING:
    from reportdesk.form.spec import Form
    from reportdesk.gui.context.context import Messages
    from reportdesk.gui.context.open_report import OpenReport


def come_back(report: OpenReport, place: Place | None, messages: Messages) -> None:
    """Go there in the report and say so, unless something weightier is being said."""
    sentence = _return_to(place, report)
    if sentence and not messages.message:
        messages.say(sentence)


def _return_to(place: Place | None, report: OpenReport) -> str:
    """Go there, unless the clerk is somewhere already or begins; the sentence that says so."""
    view = report.view
    if report.session.revision or view.here().section != FRONT:
        return ""
    if place is None or not is_in(view.form, place):
        view.begin()
        return ""
    view.go_to(place)
    return f"已回到上次停下的地方：{place_words(view.form, place)}"


def place_words(form: Form, place: Place) -> str:
    """What a clerk calls the place, such as 表三 （一）予以公开 自然人."""
    if place.cell is not None and place.cell in form.kind_of:
        return form.name_of(place.cell)
    if place.part in form.parts:
        return form.parts[place.part].heading or name_part(form, place.part)
    return next((section.title for section in form.sections if section.id == place.section), FRONT_TITLE)


def is_in(form: Form, place: Place) -> bool:
    """Whether the form has that place; another edition may not."""
    known = place.section == FRONT or any(section.id == place.section for section in form.sections)
    has_cell = place.cell is None or place.cell in form.kind_of
    return known and has_cell and (not place.part or place.part in form.parts)
