"""What is closed is gone, with all that belonged to it: a day's work takes no more room than its first hour."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.report.report_view import ReportView
from reportdesk.report.document import new_report
from reportdesk.store.file import write_report
from tests.gui.open_window import FORM, OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def use(desk: OpenWindow) -> list[weakref.ref[object]]:
    """Look at every page, beside the pages printed; who was there meanwhile."""
    desk.view.side_panels.unfold_preview(shown=True)
    for row in range(len(desk.view.sections.entries)):
        desk.go_to_section(row)
    desk.window.the_standing().show()
    return [weakref.ref(one) for one in (desk.window, desk.view, desk.session, desk.autosave)]


def wait_until_gone(qtbot: QtBot, there: list[weakref.ref[object]]) -> None:
    """Let the event loop and Python do what they do in time."""

    def left() -> list[object]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return [ref() for ref in there if ref() is not None]

    qtbot.waitUntil(lambda: not left(), timeout=10_000)


def views() -> list[QWidget]:
    return [widget for widget in QApplication.allWidgets() if isinstance(widget, ReportView)]


def test_a_closed_window_is_gone_with_its_report(qtbot: QtBot, desk: OpenWindow) -> None:
    there = use(desk)
    desk.window.beside.show_help()
    assert desk.window.close()
    desk.window.deleteLater()
    del desk.window
    wait_until_gone(qtbot, there)
    assert QApplication.allWidgets() == []


def test_of_a_report_that_gave_place_to_another_nothing_is_left(
    qtbot: QtBot, desk: OpenWindow, tmp_path: Path
) -> None:
    other = tmp_path / "大安镇2023.gknb"
    write_report(other, new_report(FORM, 2023, "大安镇人民政府"))
    _window, *there = use(desk)
    assert desk.window.open_path(other)
    wait_until_gone(qtbot, there)
    assert views() == [desk.view]


def test_another_theme_leaves_nothing_of_the_first(qtbot: QtBot, desk: OpenWindow) -> None:
    _window, view, *_report = use(desk)
    desk.window.apply_theme(theme_for(Scheme.DARK))
    use(desk)
    wait_until_gone(qtbot, [view])
    assert views() == [desk.view]
