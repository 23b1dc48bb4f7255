"""A report's states in the window: 定稿 takes no change, says so, and is opened again with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.grid.table_page import TablePage
from reportdesk.gui.window.menus import Menus
from reportdesk.report.document import State
from reportdesk.session.workflow import reopenings
from tests.gui.open_window import CONTROL, OpenWindow

NEW_PERSON = CellRef("requests", "new", "person")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def choose(desk: OpenWindow, label: str) -> None:
    """Open the menu of states and choose there, and go on although the report is blank."""
    menu = states(desk.window.menus)
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == label).trigger()
    for button in desk.shown(QAbstractButton):
        if button.text() == f"仍然{label}":
            desk.click_anyway(f"仍然{label}")
            break  # it may be gone, and others with it


def states(menus: Menus) -> QMenu:
    return menus.states


def test_the_state_is_shown_and_leads_on(desk: OpenWindow) -> None:
    assert desk.button("草稿").isVisible()
    choose(desk, "送审")
    assert desk.button("送审").isVisible()
    assert desk.report.state is State.REVIEW


def test_a_final_report_refuses_numbers_words_and_fillings(desk: OpenWindow) -> None:
    choose(desk, "送审")
    choose(desk, "定稿")
    assert desk.says("不能修改")
    desk.go_to_section(3)
    desk.shown(TablePage)[0].go_to(NEW_PERSON)
    desk.window.status_line.say("")
    desk.keys("7")
    desk.key(Qt.Key.Key_Return)
    assert "不能修改" in desk.window.status_line.message
    desk.key(Qt.Key.Key_V, CONTROL)
    desk.key(Qt.Key.Key_Delete)
    desk.click(desk.button("其余填 0"))
    assert desk.report.cells == {}
    desk.window.status_line.say("")
    desk.button("其余填 0").setFocus()
    desk.key(Qt.Key.Key_Return)
    assert "不能修改" in desk.window.status_line.message
    assert desk.report.cells == {}
    desk.go_to_section(6)
    editor = desk.editor("other_matters.text")
    desk.click(editor.viewport())
    desk.keys("收费")
    assert editor.toPlainText() == ""
    assert "other_matters.text" not in desk.report.prose
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.state is State.FINAL


def test_looking_around_stays_free(desk: OpenWindow) -> None:
    choose(desk, "送审")
    choose(desk, "定稿")
    desk.go_to_section(3)
    page = desk.shown(TablePage)[0]
    page.go_to(NEW_PERSON)
    desk.key(Qt.Key.Key_Down)
    assert page.current_ref() == CellRef("requests", "carried_in", "person")


def test_reopening_asks_for_a_reason_and_lets_one_go_on(desk: OpenWindow) -> None:
    choose(desk, "送审")
    choose(desk, "定稿")
    desk.click(desk.button("重新打开…"))
    reason = next(line for line in desk.shown(QLineEdit) if line.accessibleName() == "原因")
    assert not desk.button("重新打开").isEnabled()
    reason.setFocus()
    desk.keys("领导要求改")
    desk.click(desk.button("重新打开"))
    assert desk.report.state is State.DRAFT
    assert reopenings(desk.report)[0].endswith("领导要求改")
    desk.go_to_section(3)
    desk.shown(TablePage)[0].go_to(NEW_PERSON)
    desk.keys("7")
    desk.key(Qt.Key.Key_Return)
    assert desk.report.cells == {NEW_PERSON: 7}


def test_reopened_the_cursor_is_back_in_the_cell(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    desk.key(Qt.Key.Key_Down)
    choose(desk, "送审")
    choose(desk, "定稿")
    desk.click(desk.button("重新打开…"))
    desk.keys("领导要求改")
    desk.key(Qt.Key.Key_Return)
    desk.keys("7")
    desk.key(Qt.Key.Key_Return)
    assert desk.report.cells == {CellRef("requests", "carried_in", "person"): 7}


def test_handed_in_by_mistake_or_sent_back_the_cursor_stays_where_one_reads(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    read = desk.focus()
    for label in ("送审", "定稿", "已报送", "点错了，回到定稿", "已报送", "被退回"):
        assert desk.focus() is read
        choose(desk, label)
    assert "上级" in desk.line("原因").placeholderText()
    desk.keys("数字不对")
    desk.key(Qt.Key.Key_Return)
    assert desk.report.state is State.RETURNED
    assert desk.focus() is read
    desk.keys("7\r")
    assert 7 in desk.report.cells.values()


def test_what_is_to_be_verified_is_said_when_the_report_becomes_final(desk: OpenWindow) -> None:
    desk.report.unverified[NEW_PERSON] = True
    choose(desk, "送审")
    choose(desk, "定稿")
    assert "1 格待核实" in desk.window.status_line.message


def test_what_holds_from_now_on_is_said_and_not_when_one_would_choose_it(desk: OpenWindow) -> None:
    for label in ("送审", "定稿", "已报送", "点错了，回到定稿"):
        choose(desk, label)
    assert desk.window.status_line.message.startswith("年报现在是“定稿”。")
    assert "其实" not in desk.window.status_line.message
    assert desk.window.status_line.message.endswith("仍不能修改，已签字的审核单照样有效。")
