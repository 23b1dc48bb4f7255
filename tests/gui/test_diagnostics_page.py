"""自检 and 关于 from the menu: rows to read out, text to copy, licences to read."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from reportdesk import __version__
from reportdesk.gui.help.about import AboutDialog
from reportdesk.gui.help.diagnostics_page import SelfCheckDialog
from tests.gui.open_window import OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def choose(desk: OpenWindow, text: str) -> None:
    next(one for one in desk.window.findChildren(QAction) if one.text() == text).trigger()


def test_the_self_check_can_be_copied_and_names_nothing_of_the_report(desk: OpenWindow, qtbot: QtBot) -> None:
    choose(desk, "自检…")
    (page,) = desk.shown(SelfCheckDialog)
    qtbot.waitUntil(page.copy.isEnabled)
    QTest.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    for word in (
        f"年报台：{__version__}",
        "Qt：6",
        "打印机：",
        "年报文件夹：",
        "可以写入",
        "字体 黑体：",
        "剩余",
    ):
        assert word in copied
    assert "常乐镇" not in copied
    assert "已复制" in page.says.text()


def test_about_names_the_version_and_the_licences(desk: OpenWindow) -> None:
    choose(desk, "关于年报台…")
    (page,) = desk.shown(AboutDialog)
    assert desk.says(f"年报台 {__version__}")
    licences = page.findChild(QTextBrowser)
    assert licences is not None
    assert "SIL Open Font License" in licences.toPlainText()
    headings = [line for line in licences.toMarkdown().split("\n") if line.startswith("#")]
    assert len(headings) >= 4
    assert all(any("一" <= sign <= "鿿" for sign in line) for line in headings)
