"""What is closed is gone, with all that belonged to it: a day's work takes no more room than its first hour."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.gui.theme import Scheme, theme_for
from reportdesk.report.document import new_report
from reportdesk.store.file import write_report
from tests.gui.open_window import FORM, OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def use(desk: OpenWindow) -> list[weakref.ref[object]]:
    """Look at every page, beside the pages printed; who was there meanwhile."""
    if not desk.view.previews:
        desk.window.commands.toggle_preview()
    for row in range(len(desk.view.sections.entries)):
        desk.go_to_section(row)
    desk.window.the_standing().show()
    return [weakref.ref(one) for one in (desk.window, desk.view, desk.session, desk.window.autosave)]


def tidy() -> None:
    """What the event loop and Python do in time."""
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    gc.collect()


def test_a_closed_window_is_gone_with_its_report(desk: OpenWindow) -> None:
    there = use(desk)
    desk.window.beside.show_help()
    assert desk.window.close()
    desk.window.deleteLater()
    del desk.window
    tidy()
    assert [ref() for ref in there if ref() is not None] == []
    assert QApplication.allWidgets() == []


def test_of_a_report_that_gave_place_to_another_nothing_is_left(desk: OpenWindow, tmp_path: Path) -> None:
    paths = [tmp_path / f"{year}.gknb" for year in (2021, 2022)]
    for path in paths:
        write_report(path, new_report(FORM, int(path.stem), "大安镇人民政府"))
    counts = []
    for path in paths:
        _window, *there = use(desk)
        assert desk.window.open_path(path)
        tidy()
        assert [ref() for ref in there if ref() is not None] == []
        counts.append(len(QApplication.allWidgets()))
    assert counts[0] == counts[1]


def test_another_theme_leaves_nothing_of_the_first(desk: OpenWindow) -> None:
    counts = []
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        use(desk)
        desk.window.wear(theme_for(scheme))
        use(desk)
        tidy()
        counts.append(len(QApplication.allWidgets()))
    assert counts[0] == counts[1]
