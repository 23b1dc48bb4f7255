"""The report that is open in a window, for tools that show or measure it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.dev.places import Stop

if TYPE_CHECKING:
    from reportdesk.gui.context.open_report import OpenReport
    from reportdesk.gui.report.report_view import ReportView
    from reportdesk.gui.window.main_window import MainWindow


def open_report(window: MainWindow) -> OpenReport:
    """What is open.

    Raises:
        Stop: nothing is; its text is what the window says.
    """
    report = window.context.current
    if report is None:
        raise Stop(window.status_line.message)
    return report


def shown_view(window: MainWindow) -> ReportView:
    """What shows the report that is open."""
    from reportdesk.gui.report.report_view import ReportView

    view = open_report(window).view
    if not isinstance(view, ReportView):
        raise Stop(window.status_line.message)
    return view
