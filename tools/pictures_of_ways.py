"""What the window shows beside the pages: what is open, the preview, a report that takes no change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tools.dev.places import Stop
from tools.open_report import open_report, shown_view

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.window.main_window import MainWindow

_PATIENCE_SECONDS = 60


def open_list_preview_and_states(window: MainWindow) -> Iterator[tuple[QWidget, str]]:
    """The window in each of these states, one after another, with a name for its picture."""
    from reportdesk.session.workflow import moves_from

    session = open_report(window).session
    shown_view(window).side_panels.show_open()
    yield window, "2-open-list"
    _show_preview(window)
    yield window, "2-preview"
    window.commands.toggle_preview()
    standing = window.the_standing()
    standing.go(moves_from(session.report.state)[0])  # the report has errors: the list at which 送审 stops
    _wait_for_gate(window)
    yield window, "2-gate"
    for _ in range(2):  # 送审, 定稿, past that list
        session.move_to(moves_from(session.report.state)[0].to)
    standing.show()
    yield window, "2-final"
    standing.go(moves_from(session.report.state)[1])
    yield window, "2-reopening"
    session.move_to(moves_from(session.report.state)[1].to, "画完了")
    standing.show()


def _wait_for_gate(window: MainWindow) -> None:
    from PySide6.QtWidgets import QApplication

    from reportdesk.gui.report.gate_bar import GateBar

    until = time.monotonic() + _PATIENCE_SECONDS
    while not window.findChildren(GateBar):
        QApplication.processEvents()
        if time.monotonic() > until:
            raise Stop("the list of what is open was not shown in time")


def _show_preview(window: MainWindow) -> None:
    from PySide6.QtWidgets import QApplication

    window.commands.toggle_preview()
    pane = shown_view(window).side_panels.preview
    until = time.monotonic() + _PATIENCE_SECONDS
    while pane is not None and not (pane.is_current and pane.desk.page_count):
        QApplication.processEvents()
        if time.monotonic() > until:
            raise Stop(pane.message.sentence or "the preview was not made in time")
