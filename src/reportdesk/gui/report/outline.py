"""The sections of a form while a report is being read: painted early, and nothing can be chosen yet."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reportdesk.form.spec import Form
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.gui.report.section_list import WIDTH, SectionList


class Outline(QWidget):
    """Holds the list of sections, which the report's view takes over as it is."""

    def __init__(self, form: Form, theme: Theme) -> None:
        super().__init__()
        self.form = form
        self._theme = theme
        self.sections = SectionList(form, theme)
        self.sections.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.sections)
        row.addWidget(QWidget(), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line beside the list."""
        super().paintEvent(event)
        draw_line_beside_list(self, self._theme)


def draw_line_beside_list(widget: QWidget, theme: Theme) -> None:
    """Draw the line between the list of sections and the page."""
    painter = QPainter(widget)
    painter.setPen(theme.color(Role.LINE))
    painter.drawLine(WIDTH, 0, WIDTH, widget.height())
