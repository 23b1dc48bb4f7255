"""Where the cursor is when a report is opened: where one begins, or where one stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.form.spec import FRONT
from reportdesk.gui.common.locations import Place
from reportdesk.gui.common.preferences import Preferences
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.report.document import Fact, new_report
from reportdesk.store.file import write_report
from reportdesk.store.folders import Folders
from tests.gui.open_window import shown_view

Open = Callable[[], MainWindow]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Open:
    """Opens the window anew, each time with the report of the folder."""
    folders = Folders(tmp_path / "settings", tmp_path / "own", tmp_path / "reports")
    path = tmp_path / "常乐镇.gknb"
    write_report(path, new_report(load_form("2021"), 2024, "常乐镇人民政府"))

    def window_with_report() -> MainWindow:
        window = MainWindow(Preferences(folders).theme, report_follows=True, preferences=Preferences(folders))
        qtbot.addWidget(window)
        window.resize(1366, 728)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        assert window.open_path(path)
        qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit | ProseEditor))
        return window

    return window_with_report


def test_a_report_opened_for_the_first_time_has_the_cursor_in_its_first_field(opened: Open) -> None:
    opened()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.accessibleName() == "机关全称"
    assert not line.hasSelectedText()


def test_the_year_that_is_missing_comes_first(opened: Open, tmp_path: Path) -> None:
    report = new_report(load_form("2021"), 2024, "常乐镇人民政府")
    del report.facts[Fact.YEAR]
    write_report(tmp_path / "常乐镇.gknb", report)
    opened()
    line = QApplication.focusWidget()
    assert line is not None
    assert line.accessibleName() == "报告年度"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(FRONT, fact=Fact.CLOSING_DATE), "标题和开头"),
        (Place(FRONT, part="opening", offset=7), "开头"),
        (Place("overview", part="overview.requests"), "依申请公开"),
    ],
)
def test_one_is_back_where_one_stopped(opened: Open, qtbot: QtBot, place: Place, said: str) -> None:
    first = opened()
    shown_view(first).go_to(place)
    first.close()
    second = opened()
    view = shown_view(second)
    qtbot.waitUntil(lambda: view.here() == place)
    assert said in second.status_line.message


def test_where_one_wrote_last_counts_though_the_focus_is_elsewhere(opened: Open, qtbot: QtBot) -> None:
    first = opened()
    shown_view(first).go_to(Place(FRONT, part="opening", offset=7))
    shown_view(first).sections.entries[0].setFocus()
    first.close()
    second = opened()
    view = shown_view(second)
    qtbot.waitUntil(lambda: view.here() == Place(FRONT, part="opening", offset=7))


def test_a_window_that_is_active_only_after_the_report_was_read_has_the_cursor_there_too(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = Folders(tmp_path / "settings", tmp_path / "own", tmp_path / "reports")
    path = tmp_path / "常乐镇.gknb"
    write_report(path, new_report(load_form("2021"), 2024, "常乐镇人民政府"))
    window = MainWindow(Preferences(folders).theme, preferences=Preferences(folders))
    qtbot.addWidget(window)
    look_up = window.keeper.beside.start

    def begin_late(*work: Any) -> object:
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return look_up(*work)

    assert window.open_path(path)
    monkeypatch.setattr(window.keeper.beside, "start", begin_late)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
