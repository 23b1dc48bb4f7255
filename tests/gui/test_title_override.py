"""The printed title in one's own words, and the way back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reportdesk.report.document import Fact
from reportdesk.report.edits import change_fact
from tests.gui.open_window import CONTROL, FORM, OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    desk = OpenWindow(qtbot, tmp_path)
    desk.click(desk.button("改写标题…"))
    return desk


def test_it_begins_with_the_official_words_and_is_printed_as_written(desk: OpenWindow) -> None:
    first = desk.line("标题第 1 行")
    assert first.hasFocus()
    assert first.text() == "常乐镇人民政府"
    first.selectAll()
    desk.keys("常乐镇")
    assert desk.report.title_lines(FORM) == ("常乐镇", "2024年政府信息公开工作年度报告")
    assert desk.says("常乐镇\n2024年政府信息公开工作年度报告")


def test_a_line_that_is_emptied_stays_to_be_filled(desk: OpenWindow) -> None:
    first = desk.line("标题第 1 行")
    first.selectAll()
    desk.key(Qt.Key.Key_Delete)
    assert desk.report.title_lines(FORM) == ("2024年政府信息公开工作年度报告",)
    desk.keys("新")
    assert desk.report.title_lines(FORM) == ("新", "2024年政府信息公开工作年度报告")


def test_the_official_title_is_restored_and_follows_the_year_again(desk: OpenWindow) -> None:
    desk.click(desk.button("恢复官方标题"))
    assert Fact.TITLE not in desk.report.facts
    assert desk.says("已恢复官方标题")
    desk.session.apply(change_fact(desk.report, FORM, Fact.YEAR, "2025"))
    assert desk.says("常乐镇人民政府\n2025年政府信息公开工作年度报告")
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.line("标题第 2 行").text() == "2024年政府信息公开工作年度报告"


def test_a_report_that_takes_no_change_keeps_its_title_and_says_nothing_else(desk: OpenWindow) -> None:
    own = desk.report.facts[Fact.TITLE]
    desk.session.closed_because = "这里先只读。"
    desk.click(desk.button("恢复官方标题"))
    assert desk.report.facts[Fact.TITLE] == own
    assert not desk.says("已恢复官方标题")


def test_a_title_of_more_lines_than_are_offered_keeps_them(desk: OpenWindow) -> None:
    lines = ["中卫市", "沙坡头区", "常乐镇", "2024年政府信息公开工作年度报告"]
    desk.session.apply(change_fact(desk.report, FORM, Fact.TITLE, "\n".join(lines)))
    desk.line("标题第 4 行").setFocus()
    first = desk.line("标题第 1 行")
    first.setFocus()
    first.selectAll()
    desk.keys("宁夏")
    assert desk.report.title_lines(FORM) == ("宁夏", *lines[1:])
