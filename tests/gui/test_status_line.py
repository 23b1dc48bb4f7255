"""The line at the foot: how high it is, and how long what it says holds."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from reportdesk.gui.outgoing.exporting import folder_name
from reportdesk.report.document import State
from reportdesk.store import disk
from tests.gui.open_window import OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    """The open window."""
    return OpenWindow(qtbot, tmp_path)


def test_a_button_and_two_lines_make_the_foot_no_higher(desk: OpenWindow, qtbot: QtBot) -> None:
    status_line = desk.window.status_line
    status_line.say("")
    qtbot.wait(10)
    before = status_line.height()
    status_line.say("已导出，放在 " + "很长的文件夹/" * 16, "打开文件夹", status_line.update)
    qtbot.wait(10)
    assert status_line.height() == before


def test_what_was_said_in_passing_is_not_carried_into_another_section(desk: OpenWindow) -> None:
    status_line = desk.window.status_line
    status_line.say("文字下面可以点“整理分段”。")
    desk.go_to_section(2)
    assert status_line.message == ""
    status_line.warn("没有导出完。")
    desk.go_to_section(3)
    assert "没有导出完。" in status_line.message


def test_what_was_said_of_one_report_is_not_said_of_the_next(desk: OpenWindow) -> None:
    desk.window.status_line.warn("有没存进文件的修改。", "打开…", desk.window.status_line.update)
    desk.window.open_again()
    assert "没存进文件" not in desk.window.status_line.message


def test_an_export_and_a_save_that_both_fail_are_both_to_be_read(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    status_line, commands = desk.window.status_line, desk.window.commands
    monkeypatch.setattr("reportdesk.gui.outgoing.exporting.ask_whether_to_export", lambda *_: True)
    (desk.path.parent / folder_name(desk.report)).write_text("no folder", encoding="utf-8")
    with qtbot.waitSignal(commands.exporter.ended, timeout=30_000):
        commands.export()
    exported = status_line.message
    assert "没有导出完" in exported

    def full(*_told: object) -> NoReturn:
        raise OSError(errno.EFBIG, "File too large")

    monkeypatch.setattr(disk, "write", full)
    desk.go_to_section(0)
    desk.line("机关全称").setFocus()
    desk.keys("常乐")
    desk.autosave.save()
    unsaved, told = status_line.message.split("\n")
    assert "没有保存" in unsaved
    assert "文件太大" in unsaved
    assert told == exported
    assert [one.text() for one in status_line.findChildren(QAbstractButton) if one.isVisible()] == ["另存为…"]
    monkeypatch.undo()
    desk.autosave.save()
    assert status_line.message == exported, "the export is as undone as before"


def test_what_is_wrong_stays_under_what_is_said_in_passing(desk: OpenWindow) -> None:
    status_line = desk.window.status_line
    status_line.trouble("没有保存：磁盘已满。", "另存为…", status_line.update)
    status_line.warn("没有导出完：磁盘已满。")
    assert status_line.message == "没有保存：磁盘已满。\n没有导出完：磁盘已满。"
    status_line.say("已复制。")
    assert status_line.message == "已复制。"
    status_line.move_on()
    assert status_line.message == "没有保存：磁盘已满。"


def test_what_is_said_goes_with_its_reason(desk: OpenWindow) -> None:
    for state in (State.REVIEW, State.FINAL):
        desk.session.move_to(state)
    desk.window.the_standing().show()
    desk.window.the_standing().refuse()
    assert "不能修改" in desk.window.status_line.message
    desk.session.move_to(State.DRAFT, "领导要求改")
    assert "不能修改" not in desk.window.status_line.message
