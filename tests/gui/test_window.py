"""The window as a whole: opening, new, sections, one history over all pages, what goes wrong."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QTableView
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common import files
from reportdesk.gui.common.files import free_path
from reportdesk.gui.grid.delegate import CellEditor
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.start.new_report import Known, NewReportDialog
from reportdesk.gui.start.start_page import StartPage
from reportdesk.gui.window.app import input_method, speak_chinese
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.report.document import Fact, new_report
from reportdesk.report.edits import set_cells
from reportdesk.store.file import read_report, write_report
from tests.gui.open_window import CONTROL, FORM, OpenWindow

NEW_PERSON = CellRef("requests", "new", "person")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def test_the_front_page_comes_first_and_every_section_can_be_reached(desk: OpenWindow) -> None:
    assert desk.says("标题和开头")
    for row, section in enumerate(FORM.sections, start=1):
        desk.go_to_section(row)
        assert desk.view.current_section == section.id
        assert desk.says(section.title)


def test_sections_can_be_walked_in_order(desk: OpenWindow) -> None:
    walked = []
    before, after = desk.button("上一节"), desk.button("下一节")
    assert not before.isEnabled()
    while after.isEnabled():
        desk.click(after)
        walked.append(desk.view.current_section)
    assert walked == [section.id for section in FORM.sections]
    desk.key(Qt.Key.Key_PageUp, CONTROL)
    assert desk.view.current_section == "problems"


def test_stepping_by_keys_lets_one_type_on_at_once(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    desk.click(desk.editor("overview.disclosure").viewport())
    desk.key(Qt.Key.Key_PageDown, CONTROL)
    desk.keys("7")
    desk.key(Qt.Key.Key_Return)
    assert [ref.table for ref in desk.report.cells] == ["disclosure"]
    desk.key(Qt.Key.Key_PageUp, CONTROL)
    desk.keys("公开")
    assert desk.report.prose["overview.disclosure"] == "公开"


def test_a_click_in_the_list_leads_back_to_the_cell_and_the_words_where_one_stopped(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    desk.key(Qt.Key.Key_Down)
    desk.keys("4")
    desk.key(Qt.Key.Key_Return)
    desk.go_to_section(1)
    desk.click(desk.editor("overview.requests").viewport())
    desk.go_to_section(3)
    desk.keys("6")
    desk.key(Qt.Key.Key_Return)
    assert desk.report.cells == {
        CellRef("requests", "carried_in", "person"): 4,
        CellRef("requests", "granted", "person"): 6,
    }
    desk.click(desk.button("上一节"))
    desk.click(desk.button("上一节"))
    assert desk.editor("overview.requests").hasFocus()
    desk.click(desk.entry(1))
    assert desk.editor("overview.requests").hasFocus()


def test_the_list_is_walked_by_keys_without_leaving_it_until_enter(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    desk.entry(1).setFocus()
    desk.key(Qt.Key.Key_Down)
    assert desk.view.current_section == "disclosure"
    assert desk.entry(2).hasFocus()
    desk.key(Qt.Key.Key_Return)
    assert desk.shown(QTableView)[0].hasFocus()


def test_a_number_is_typed_within_its_cell(desk: OpenWindow) -> None:
    desk.view.go_to_edit(set_cells(desk.report, FORM, {NEW_PERSON: 0}))
    desk.keys("7")
    (grid,) = desk.shown(QTableView)
    (editor,) = desk.shown(CellEditor)
    assert grid.visualRect(grid.currentIndex()).contains(editor.geometry())


def test_one_history_goes_over_tables_and_prose(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    desk.click(desk.editor("overview.disclosure").viewport())
    desk.keys("公开")
    desk.go_to_section(3)
    desk.view.go_to_edit(set_cells(desk.report, FORM, {NEW_PERSON: 0}))
    desk.keys("7")
    desk.key(Qt.Key.Key_Return)
    assert desk.report.cells == {NEW_PERSON: 7}
    desk.go_to_section(6)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.cells == {}
    assert desk.view.current_section == "requests"
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert "overview.disclosure" not in desk.report.prose
    assert desk.view.current_section == "overview"
    desk.key(Qt.Key.Key_Y, CONTROL)
    desk.key(Qt.Key.Key_Y, CONTROL)
    assert desk.report.cells == {NEW_PERSON: 7}
    assert desk.view.current_section == "requests"


def test_the_list_shows_where_each_section_stands(desk: OpenWindow) -> None:
    def tip(row: int) -> str:
        return desk.entry(row).toolTip()

    assert tip(6) == "六、其他需要报告的事项：未填"
    desk.go_to_section(6)
    desk.click(desk.editor("other_matters.text").viewport())
    desk.keys("没有收取信息处理费。")
    assert tip(6) == "六、其他需要报告的事项：已填"
    desk.click(desk.button("本节完成"))
    assert tip(6) == "六、其他需要报告的事项：完成"
    desk.go_to_section(2)
    desk.click(desk.button("本节完成"))  # but nothing is filled in
    assert tip(2) == "二、主动公开政府信息情况：1 处问题"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 \x80\x81", "不是年报台的年报文件"),
        (b'{"format": "reportdesk", "version": 1', "已损坏"),
        (json.dumps({"format": "reportdesk", "version": 99}).encode(), "先升级本程序"),
        (
            json.dumps({"format": "reportdesk", "version": 1, "edition": "2021", "cells": {"x": 1}}).encode(),
            "已损坏",
        ),
        (b"PK", "不是年报台的年报文件"),
        (b"", "文件是空的"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_window_as_it_was(
    desk: OpenWindow, tmp_path: Path, content: bytes, says: str
) -> None:
    desk.go_to_section(3)
    session, title = desk.session, desk.window.windowTitle()
    bad = tmp_path / "坏文件.gknb"
    bad.write_bytes(content)
    assert not desk.window.open_path(bad)
    assert desk.says(says)
    assert desk.session is session
    assert desk.window.windowTitle() == title
    assert desk.view.current_section == "requests"
    assert bad.read_bytes() == content


def test_a_dropped_report_is_opened(desk: OpenWindow, tmp_path: Path) -> None:
    other = tmp_path / "other.gknb"
    write_report(other, new_report(FORM, 2023, "宣和镇人民政府"))
    drop(desk.window, other)
    assert desk.report.facts[Fact.FULL_NAME] == "宣和镇人民政府"
    assert desk.says("2023 年度")
    drop(desk.window, tmp_path / "picture.png")
    assert desk.report.facts[Fact.FULL_NAME] == "宣和镇人民政府"


def test_opening_another_report_saves_the_first(desk: OpenWindow, tmp_path: Path) -> None:
    other = tmp_path / "other.gknb"
    write_report(other, new_report(FORM, 2023, "宣和镇人民政府"))
    desk.session.apply(set_cells(desk.report, FORM, {NEW_PERSON: 7}))
    assert desk.window.open_path(other)
    assert desk.kept().cells == {NEW_PERSON: 7}
    assert desk.session.report.cells == {}


def test_without_a_report_there_are_two_ways_to_begin(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.gknb"
    write_report(path, new_report(FORM, 2024, "常乐镇人民政府"))
    window = MainWindow(theme_for(Scheme.LIGHT))
    qtbot.addWidget(window)
    window.show()
    monkeypatch.setattr(files, "ask_for_report", lambda *_: None)
    window.open_and_new.ask_and_open()
    assert window.context.current is None
    monkeypatch.setattr(files, "ask_for_report", lambda *_: path)
    page = window.findChild(StartPage)
    assert page is not None
    assert page.new_button.isVisible()
    page.open_button.click()
    assert window.context.current is not None


def test_a_new_report_needs_a_name_and_gets_its_file(qtbot: QtBot, tmp_path: Path) -> None:
    known = Known(tmp_path / "年报台")
    dialog = NewReportDialog(FORM, theme_for(Scheme.LIGHT), dt.date(2025, 1, 9), known)
    qtbot.addWidget(dialog)
    dialog.show()
    begin = next(one for one in dialog.findChildren(type(dialog._begin)) if one.text() == "建立年报")
    assert not begin.isEnabled()
    dialog.full_name.setText("沙坡头区常乐镇人民政府")
    dialog.title_name.setText("沙坡头区/常乐镇")
    begin.click()
    assert dialog.path == tmp_path / "年报台" / "沙坡头区_常乐镇2024年年报.gknb"
    report = read_report(dialog.path).report
    assert (report.year, report.name_in_title()) == (2024, "沙坡头区/常乐镇")
    assert "沙坡头区/常乐镇2024年" in report.prose["opening"]


def test_a_new_report_never_takes_anothers_file(tmp_path: Path) -> None:
    (tmp_path / "甲.gknb").touch()
    assert free_path(tmp_path, "甲") == tmp_path / "甲 (2).gknb"


def test_qt_speaks_chinese(qapp: QApplication) -> None:
    assert speak_chinese(qapp)
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"


def test_all_menus_are_chinese_and_no_key_is_given_twice(desk: OpenWindow) -> None:
    actions = [
        action
        for menu in desk.window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if not action.isSeparator()
    ]
    assert len(actions) > 12
    assert all(any("一" <= sign <= "鿿" for sign in action.text()) for action in actions)
    keys = [keys.toString() for action in actions for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))
    wanted = {
        "Ctrl+S",
        "Ctrl+Shift+S",
        "Ctrl+N",
        "Ctrl+O",
        "Ctrl+E",
        "Ctrl+Z",
        "Ctrl+Y",
        "F8",
        "Shift+F8",
        "F9",
    }
    assert wanted <= set(keys)


def test_the_menu_says_what_undo_would_take_back(desk: OpenWindow) -> None:
    def undo() -> QAction:
        return desk.window.menus.undo

    assert not undo().isEnabled()
    desk.session.apply(set_cells(desk.report, FORM, {NEW_PERSON: 7}))
    assert undo().text() == "撤销：填数"
    assert undo().isEnabled()


@pytest.mark.parametrize(
    ("environment", "changed"),
    [
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx"}, {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "ibus"}, {}),
        ({}, {}),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="input methods of other systems need no help")
def test_fcitx_is_reached_as_ibus(environment: dict[str, str], changed: dict[str, str]) -> None:
    assert input_method(environment) == changed


def drop(window: MainWindow, path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(QPoint(300, 300)),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    QApplication.processEvents()  # opened once whoever dropped it is let go


def test_the_file_dialog_speaks_chinese(qapp: QApplication, qtbot: QtBot) -> None:
    assert speak_chinese(qapp)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert words
    assert not [word for word in words if word.replace("&", "")[:1].isascii()]
