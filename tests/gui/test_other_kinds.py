"""A report of another kind in the window: opened, typed into, checked, and begun anew only from its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.gui.common.preferences import apply_theme
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.start.new_report import Known, NewReportDialog
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.report.document import new_report
from reportdesk.store.file import read_report, write_report
from tests.editions import rounds_form
from tests.gui.open_page import OpenPage
from tests.gui.open_window import shown_view

FORM, SITE = load_form("2021"), load_form("website")
TODAY = dt.date(2026, 1, 9)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The website's report of 2024 in a file."""
    write_report(tmp_path / "网站2024.gknb", new_report(SITE, 2024, "柳川县白河镇人民政府"))
    return tmp_path / "网站2024.gknb"


def test_it_is_opened_and_each_of_its_sections_is_shown(qtbot: QtBot, kept: Path) -> None:
    apply_theme(theme_for(Scheme.LIGHT))
    window = MainWindow(theme_for(Scheme.LIGHT))
    qtbot.addWidget(window)
    window.show()
    assert window.open_path(kept)
    shown = [entry.accessibleName() for entry in shown_view(window).sections.entries]
    assert [any(section.short in name for name in shown) for section in SITE.sections] == [True] * 3


def test_numbers_are_typed_row_by_row_in_each_row_s_unit(qtbot: QtBot) -> None:
    page = OpenPage(qtbot, "quarters", rounds_form())
    first = CellRef("quarters", "patrols", "first")
    page.click(first)
    page.keys("3\n4\n")
    assert page.cells == {first: 3, first._replace(row="extra"): 4}
    totals = page.session.totals
    assert totals[first._replace(row="all")].value == 7
    assert totals[CellRef("quarters", "all", "year")].value == 7


def dialog(qtbot: QtBot, folder: Path, *, from_last_year: bool) -> NewReportDialog:
    made = NewReportDialog(FORM, theme_for(Scheme.LIGHT), TODAY, Known(folder), from_last_year=from_last_year)
    qtbot.addWidget(made)
    made.show()
    return made


def press(made: NewReportDialog, words: str) -> None:
    button = next(one for one in made.findChildren(QAbstractButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_next_years_is_begun_from_last_years(
    qtbot: QtBot, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportdesk.gui.start.new_report.ask_for_last_year", lambda *_: kept)
    made = dialog(qtbot, kept.parent, from_last_year=True)
    press(made, "选择文件…")
    press(made, "建立年报")
    assert made.path is not None
    report = read_report(made.path).report
    assert (report.family, report.year) == ("website", 2025)


def test_a_new_annual_report_takes_no_report_of_another_kind(
    qtbot: QtBot, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportdesk.gui.start.new_report.ask_for_last_year", lambda *_: kept)
    made = dialog(qtbot, kept.parent, from_last_year=False)
    made.full_name.setText("柳川县白河镇人民政府")
    press(made, "选择文件…")
    told = "".join(label.text() for label in made.findChildren(QLabel) if label.isVisible())
    assert "是“政府网站工作年度报表”，不是年报" in told
    press(made, "建立年报")
    assert made.path is not None
    assert read_report(made.path).report.family == "disclosure"
