"""The line at the foot: how high it is, and how long what it says holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.open_window import OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    """The open window."""
    return OpenWindow(qtbot, tmp_path)


def test_a_button_and_two_lines_make_the_foot_no_higher(desk: OpenWindow, qtbot: QtBot) -> None:
    foot = desk.window.foot
    foot.say("")
    qtbot.wait(10)
    before = foot.height()
    foot.say("已导出，放在 " + "很长的文件夹/" * 16, "打开文件夹", foot.update)
    qtbot.wait(10)
    assert foot.height() == before


def test_what_was_said_in_passing_is_not_carried_into_another_section(desk: OpenWindow) -> None:
    foot = desk.window.foot
    foot.say("文字下面可以点“整理分段”。")
    desk.go_to_section(2)
    assert foot.message == ""
    foot.warn("没有导出完。")
    desk.go_to_section(3)
    assert "没有导出完。" in foot.message


def test_what_was_said_of_one_report_is_not_said_of_the_next(desk: OpenWindow) -> None:
    desk.window.foot.warn("有没存进文件的修改。", "打开…", desk.window.foot.update)
    desk.window.open_again()
    assert "没存进文件" not in desk.window.foot.message
