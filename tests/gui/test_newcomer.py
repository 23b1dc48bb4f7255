"""A newcomer's whole way by keys and mouse: from an empty profile to the exported files of 常乐镇 2024.

The numbers and texts are what lies on the clerk's desk; everything else is read off the window.
The report layer comes in at the end only, to say what the files should hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reportdesk.gui.common.preferences import Preferences, apply_theme
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.store.folders import Folders

EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
DESK = json.loads(EXAMPLE.read_text(encoding="utf-8"))

UNIT = {
    "机关全称": "full_name",
    "标题用名": "title_name",
    "所属县区": "county",
    "所属市": "city",
    "所属省": "province",
    "地址": "address",
    "邮编": "postcode",
    "联系电话": "telephone",
    "电子邮箱": "email",
    "公开网站": "website",
}
"""What is written beside each line about the unit, and what it is called on the desk."""

PROSE = {
    "一、": ("disclosure", "requests", "management", "platforms", "supervision"),
    "五、": ("problems", "improvements"),
    "六、": ("text",),
}
"""The texts on the desk, section by section in the order of the pages."""

ISSUED_AND_DECIDED = (0, 0, 0, 2, 0, 2, 6, 10, 0, 0)
"""表二, row by row."""

SUITS = (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
"""表四, from the left."""

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
_Kind = TypeVar("_Kind", bound=QWidget)


class Newcomer:
    """Somebody who knows only what is to be seen."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        preferences = Preferences(Folders(folder / "settings", folder / "own", folder / "reports"))
        apply_theme(preferences.theme)
        self.window = MainWindow(preferences.theme, preferences=preferences)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 728)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def shown(self, kind: type[_Kind], root: QWidget | None = None) -> list[_Kind]:
        """The visible widgets of a kind, from above."""
        root = root or self.window
        seen = [widget for widget in root.findChildren(kind) if widget.isVisible()]
        return sorted(seen, key=lambda widget: widget.mapTo(root, widget.rect().topLeft()).y())

    def wait_for(self, words: str) -> None:
        """Until a label or button says that."""

        def told() -> bool:
            texts = [one.text() for one in self.shown(QLabel)]
            texts += [one.text() for one in self.shown(QAbstractButton)]
            return any(words in text for text in texts)

        self.qtbot.waitUntil(told, timeout=40_000)

    def click(self, words: str, root: QWidget | None = None) -> None:
        """Click on what begins with these words."""
        found = [one for one in self.shown(QAbstractButton, root) if one.text().startswith(words)]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifiers)

    def line(self, name: str, root: QWidget | None = None) -> QLineEdit:
        """The line beside which that is written."""
        return next(one for one in self.shown(QLineEdit, root) if one.accessibleName() == name)

    def write(self, into: QWidget, text: str) -> None:
        """Click there and paste over what it holds."""
        target = into.viewport() if isinstance(into, QTextEdit) else into
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(into, Qt.Key.Key_A, CONTROL)
        QTest.keyClick(into, Qt.Key.Key_V, CONTROL)

    def type_numbers(self, numbers: tuple[int, ...]) -> None:
        """Click on the first cell to be filled and type, going on by Tab."""
        (grid,) = self.shown(QTableView)
        model = grid.model()
        cells = (
            model.index(row, column)
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        )
        first = next(index for index in cells if index.flags() & Qt.ItemFlag.ItemIsEditable)
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, NONE, grid.visualRect(first).center())
        for number in numbers:
            for sign in str(number):
                focus = QApplication.focusWidget()
                assert focus is not None
                QTest.keyClicks(focus, sign)
            self.press(Qt.Key.Key_Tab)

    def in_the_dialog(self, do: Callable[[QWidget], None]) -> None:
        """What to do once a dialog is open."""

        def act() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(50, self.window, act)
            else:
                do(dialog)

        QTimer.singleShot(50, self.window, act)


def give_unit(clerk: Newcomer) -> None:
    clerk.wait_for("先填本单位资料")
    for name, asked in UNIT.items():
        line = clerk.line(name)
        line.setFocus()  # which scrolls to it
        clerk.write(line, DESK["unit"][asked])
    kinds = next(one for one in clerk.shown(QComboBox) if one.accessibleName() == "单位类型")
    kinds.setFocus()
    QTest.keyClick(kinds, Qt.Key.Key_Down)
    assert kinds.currentText() == "乡镇人民政府"
    clerk.click("保存并继续")


def begin_report(clerk: Newcomer) -> None:
    clerk.wait_for("新建年报")

    def choose_year(dialog: QWidget) -> None:
        assert clerk.line("机关全称", dialog).text() == DESK["unit"]["full_name"]
        years = next(one for one in clerk.shown(QComboBox, dialog) if one.accessibleName() == "报告年度")
        years.setFocus()
        while not years.currentText().startswith("2024"):
            before = years.currentText()
            QTest.keyClick(years, Qt.Key.Key_Down)
            assert years.currentText() != before
        clerk.click("建立年报", dialog)

    clerk.in_the_dialog(choose_year)
    clerk.click("新建年报")
    clerk.wait_for("一、总体情况")
    clerk.window.activateWindow()  # as the desktop does once a dialog is closed
    clerk.qtbot.waitUntil(clerk.window.isActiveWindow)


def write_prose(clerk: Newcomer, section: str, parts: tuple[str, ...]) -> None:
    clerk.click(section)
    group = {"一、": "overview", "五、": "problems", "六、": "other_matters"}[section]
    editors = clerk.shown(QTextEdit)
    headings = [one for one in clerk.shown(QLineEdit) if one.accessibleName().startswith("小标题")]
    assert len(editors) == len(headings) == len(parts)
    for part, editor, heading in zip(parts, editors, headings, strict=True):
        clerk.write(editor, DESK["prose"][f"{group}.{part}"])
        if f"{group}.{part}" in DESK["headings"]:
            clerk.write(heading, DESK["headings"][f"{group}.{part}"])


@pytest.mark.answers_dialogs
def test_a_newcomer_gets_from_nothing_to_the_published_files(qtbot: QtBot, tmp_path: Path) -> None:
    clerk = Newcomer(qtbot, tmp_path)
    give_unit(clerk)
    begin_report(clerk)

    clerk.click("标题和开头")
    clerk.write(clerk.shown(QTextEdit)[0], DESK["prose"]["opening"])
    for section, parts in PROSE.items():
        write_prose(clerk, section, parts)
    clerk.click("二、")
    clerk.type_numbers(ISSUED_AND_DECIDED)
    clerk.click("三、")
    clerk.click("本年没有，整表填 0")
    clerk.click("四、")
    clerk.type_numbers(SUITS)

    clerk.click("导出")
    clerk.wait_for("打开文件夹")
    compare(tmp_path / "reports")


def compare(folder: Path) -> None:
    """What was written is, byte for byte, what the example gives."""
    from reportdesk.exports.formats import REPORT_FORMATS
    from reportdesk.form.load import load_form
    from reportdesk.outgoing.export_files import publish
    from reportdesk.store.file import read_report

    expected = publish(load_form("2021"), read_report(EXAMPLE).report, folder / "again", REPORT_FORMATS)
    exported = {path.name: path.read_bytes() for path in folder.glob("导出-*/*")}
    assert exported == {one.path.name: one.path.read_bytes() for one in expected}
