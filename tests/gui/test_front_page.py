"""The fields of the front page: what they do not take is said beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from reportdesk.report.document import Fact
from tests.gui.open_window import OpenWindow

RANGE = "1900 到 2999 之间的四位数字"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


@pytest.fixture
def year(desk: OpenWindow) -> QLineEdit:
    line = desk.line("报告年度")
    desk.click(line)
    line.end(False)
    return line


def test_a_fifth_digit_of_the_year_is_answered_beside_the_field(desk: OpenWindow, year: QLineEdit) -> None:
    desk.keys("4")
    assert year.text() == "2024"
    assert desk.says(f"请填 {RANGE}")
    desk.key(Qt.Key.Key_Backspace)
    desk.keys("5")
    assert desk.report.facts[Fact.YEAR] == "2025"
    assert not desk.says(RANGE)


def test_a_year_out_of_range_says_so_while_typed_and_when_it_springs_back(
    desk: OpenWindow, year: QLineEdit
) -> None:
    year.selectAll()
    desk.keys("1800")
    assert desk.says(f"请填 {RANGE}")
    desk.key(Qt.Key.Key_Tab)
    assert year.text() == "2024"
    assert desk.report.facts[Fact.YEAR] == "2024"
    assert desk.says(f"没有改动：请填 {RANGE}")


def test_the_example_of_the_closing_day_is_one_that_no_finding_blames(
    desk: OpenWindow, year: QLineEdit
) -> None:
    day = desk.line("落款日期")
    assert day.placeholderText() == "公布的日期，例如：2025年1月9日"
    year.selectAll()
    desk.keys("2025")
    assert day.placeholderText() == "公布的日期，例如：2026年1月9日"
    year.selectAll()
    desk.key(Qt.Key.Key_Delete)
    assert day.placeholderText() == "公布的日期"


def test_a_check_in_a_pause_leaves_half_a_year_alone(desk: OpenWindow, year: QLineEdit) -> None:
    year.selectAll()
    desk.keys("20")
    desk.session.check_prose()
    assert year.text() == "20"


def test_a_year_that_is_emptied_needs_no_word(desk: OpenWindow, year: QLineEdit) -> None:
    year.selectAll()
    desk.key(Qt.Key.Key_Delete)
    desk.key(Qt.Key.Key_Tab)
    assert desk.report.year is None
    assert not desk.says(RANGE)


@pytest.mark.usefixtures("year")
def test_the_field_written_last_is_where_one_stopped(desk: OpenWindow) -> None:
    desk.entry(0).setFocus()
    assert desk.view.here().fact is Fact.YEAR
    desk.click(desk.editor("opening").viewport())
    assert desk.view.here().part == "opening"
