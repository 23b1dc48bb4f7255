"""Buttons by keys: Enter presses the one that has the focus, and only that one."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reportdesk.gui.common import questions
from reportdesk.gui.common.preferences import apply_theme
from reportdesk.gui.look.controls import push_button
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.start.new_report import Known, NewReportDialog
from reportdesk.gui.start.start_page import StartPage
from tests.gui.open_window import CONTROL, FORM, SHIFT, OpenWindow

ENTER = Qt.Key.Key_Return


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenWindow:
    monkeypatch.setenv("REPORTDESK_HOME", str(tmp_path / "home"))
    return OpenWindow(qtbot, tmp_path)


def press_enter_on(desk: OpenWindow, text: str) -> None:
    button = desk.button(text)
    button.setFocus()
    assert button.hasFocus()
    desk.key(ENTER)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_next_section_is_reached_by_whatever_presses_a_button(desk: OpenWindow, key: Qt.Key) -> None:
    desk.go_to_section(0)
    desk.button("下一节").setFocus()
    desk.key(key)
    assert desk.view.current_section == desk.view.form.sections[0].id


def test_a_button_above_a_table_is_pressed_by_enter(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    press_enter_on(desk, "其余填 0")
    assert set(desk.report.cells.values()) == {0}


def test_a_button_of_the_page_of_handing_in_is_pressed_by_enter(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.key(Qt.Key.Key_E, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: desk.says("做成这些文件，放进文件夹"))
    press_enter_on(desk, "返回年报")
    assert not desk.says("做成这些文件，放进文件夹")


def test_what_the_foot_offers_is_done_by_enter(desk: OpenWindow) -> None:
    done: list[str] = []
    desk.window.status_line.say("已导入。", "撤销", lambda: done.append("undone"))
    press_enter_on(desk, "撤销")
    assert done == ["undone"]


def test_the_list_of_reports_begins_a_new_one_by_enter(desk: OpenWindow) -> None:
    desk.window.back_to_start()
    QApplication.processEvents()
    (page,) = desk.shown(StartPage)
    wanted: list[int] = []
    page.new_wanted.disconnect()
    page.new_wanted.connect(lambda: wanted.append(1))
    press_enter_on(desk, "新建年报")
    assert wanted == [1]


def test_in_a_dialog_enter_presses_the_button_with_the_focus_and_none_from_a_field(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    pressed: list[str] = []
    column = QVBoxLayout(dialog)
    field = QLineEdit()
    column.addWidget(field)
    buttons: dict[str, QPushButton] = {}
    for text in ("取消", "导入"):
        buttons[text] = push_button(text, partial(pressed.append, text))
        column.addWidget(buttons[text])
    dialog.show()
    field.setFocus()
    QTest.keyClick(field, ENTER)
    assert pressed == []
    buttons["导入"].setDefault(True)
    buttons["取消"].setFocus()
    QTest.keyClick(buttons["取消"], ENTER)
    assert pressed == ["取消"], "the one that is seen to have the focus"


def order(dialog: QWidget) -> list[str]:
    """The words on the buttons of its lowest row, from left to right."""
    buttons = [one for one in dialog.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    places = {one: one.mapTo(dialog, one.rect().topLeft()) for one in buttons}
    status_line = max(place.y() for place in places.values())
    return [
        one.text()
        for one in sorted(buttons, key=lambda one: places[one].x())
        if places[one].y() == status_line
    ]


def test_every_dialog_has_what_it_does_left_of_what_leaves_it(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    theme = theme_for(Scheme.LIGHT)
    apply_theme(theme)
    new = NewReportDialog(FORM, theme, dt.date(2025, 1, 10), Known(tmp_path), desk.window)
    new.open()
    assert order(new) == ["建立年报", "取消"]
    new.reject()
    imported = desk.window.importing.show(desk.path)
    assert imported is not None
    qtbot.waitUntil(lambda: not imported.is_reading, timeout=20_000)
    assert order(imported)[-1] == "取消"
    assert len(order(imported)) == 2
    imported.reject()


@pytest.mark.answers_dialogs
def test_a_question_has_the_usual_answer_first_and_the_way_back_last(desk: OpenWindow) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(order(box))
        box.reject()

    QTimer.singleShot(50, look)
    assert questions.ask_about_profile(desk.window) is questions.Unkept.STAY
    assert seen == [["保存", "不保存", "返回"]]
