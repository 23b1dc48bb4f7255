"""An error of the program: a calm line, what to do, what to copy; the report is saved and not in the log."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reportdesk.gui.window import error_hook
from reportdesk.gui.window.crash_page import CrashPage
from reportdesk.store import log
from tests.gui.open_window import OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenWindow]:
    log.stop_log()
    opened = OpenWindow(qtbot, tmp_path)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    error_hook.install(opened.window.beside.show_error, tmp_path / "logs")
    yield opened
    log.stop_log()


def go_wrong() -> None:
    with pytest.raises(ValueError, match="张三") as caught:
        int("张三的申请")
    sys.excepthook(caught.type, caught.value, caught.tb)


def test_it_is_a_calm_line_and_the_log_has_no_contents(desk: OpenWindow, tmp_path: Path) -> None:
    go_wrong()
    assert desk.says("没有做成")
    logged = (tmp_path / "logs" / log.FILE_NAME).read_text(encoding="utf-8")
    assert "ValueError" in logged
    assert "test_error_hook.py" in logged
    assert "张三" not in logged


def test_what_was_typed_is_saved_at_once_and_typing_goes_on(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    desk.editor("overview.disclosure").setFocus()
    desk.keys("已写")
    go_wrong()
    assert desk.kept().prose["overview.disclosure"] == "已写"
    assert desk.says("已填的内容都已保存")
    desk.keys("再写")
    assert desk.report.prose["overview.disclosure"] == "已写再写"


def test_the_page_behind_the_line_says_what_to_do_and_copies_what_helps(desk: OpenWindow) -> None:
    go_wrong()
    desk.click(desk.button("怎么办…"))
    (page,) = desk.shown(CrashPage)
    assert "再打开" in page.says.text()
    desk.click(page.copy)
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "张三" not in copied
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not desk.shown(CrashPage)


def test_an_error_while_telling_of_an_error_ends_there(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.window.status_line, "warn", None)
    go_wrong()
    logged = (tmp_path / "logs" / log.FILE_NAME).read_text(encoding="utf-8")
    assert "TypeError" in logged
