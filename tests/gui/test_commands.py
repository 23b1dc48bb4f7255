"""Preview, export and the list of what is open, in the window; and what may go wrong with them."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reportdesk.exports.html import render_text, render_web
from reportdesk.form.spec import CellRef
from reportdesk.gui.common import questions
from reportdesk.gui.common.questions import Ending
from reportdesk.gui.grid.table_page import TablePage
from reportdesk.report.edits import set_cells
from tests.gui.open_window import CONTROL, FORM, OpenWindow

NEW_PERSON = CellRef("requests", "new", "person")
LONG = 40_000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenWindow:
    """Its blank report is exported all the same; that it is asked before is test_gate's."""
    monkeypatch.setattr("reportdesk.gui.outgoing.exporting.ask_whether_to_export", lambda *_: True)
    return OpenWindow(qtbot, tmp_path)


def test_the_preview_stands_beside_the_page_and_leads_back(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.click(desk.button("预览"))
    pane = desk.view.side_panels.preview
    assert pane is not None
    qtbot.waitUntil(lambda: pane.desk.page_count > 0, timeout=LONG)
    assert desk.view.stack.isVisible()
    pane.section_clicked.emit("disputes")
    assert desk.view.current_section == FORM.section_of["disputes"].id
    pane.section_clicked.emit("title")
    assert desk.says("标题和开头")
    desk.click(desk.button("预览"))
    assert not pane.isVisible()


def test_in_a_narrow_window_the_preview_takes_the_pages_place(desk: OpenWindow) -> None:
    desk.window.resize(1024, 600)
    desk.key(Qt.Key.Key_R, CONTROL)
    assert desk.view.side_panels.preview is not None
    assert desk.view.side_panels.preview.isVisible()
    assert not desk.view.stack.isVisible()
    desk.view.side_panels.preview.section_clicked.emit("overview.disclosure")
    assert desk.view.stack.isVisible()
    assert desk.view.current_section == "overview"


def test_an_export_can_be_stopped(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.click(desk.button("导出"))
    desk.click(desk.button("停止"))
    qtbot.waitUntil(lambda: desk.says("已停止导出"), timeout=LONG)
    desk.click(desk.button("导出"))
    qtbot.waitUntil(lambda: desk.says("已导出 PDF、Excel、Word、网页"), timeout=LONG)
    assert len(list(desk.path.parent.glob("导出-*/*"))) == 4


def choose(desk: OpenWindow, text: str) -> None:
    next(action for action in desk.window.findChildren(QAction) if action.text() == text).trigger()


def test_the_report_goes_to_the_website_by_the_clipboard(desk: OpenWindow) -> None:
    choose(desk, "复制到网站")
    content = QGuiApplication.clipboard().mimeData()
    assert render_web(FORM, desk.report) in content.html()
    assert content.text() == render_text(FORM, desk.report)
    assert desk.says("到网站后台的编辑框里粘贴")


def test_errors_are_told_when_the_report_is_copied_for_the_website(desk: OpenWindow) -> None:
    zeros = dict.fromkeys(FORM.typed_cells(FORM.tables["requests"]), 0)
    desk.session.apply(set_cells(desk.report, FORM, {**zeros, CellRef("requests", "new", "person"): 5}))
    choose(desk, "复制到网站")
    assert "自然人" in QGuiApplication.clipboard().text()
    assert desk.says("到网站后台的编辑框里粘贴。还有 12 处错误，公布前请先改正")


def test_the_blank_form_is_written_beside_the_report(desk: OpenWindow, qtbot: QtBot) -> None:
    choose(desk, "导出空白填报表")
    qtbot.waitUntil(lambda: desk.says("已导出 空白填报表"), timeout=LONG)
    assert [path.name[-8:] for path in desk.path.parent.glob("导出-*/*")] == ["填报表.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="another way to kill")
def test_a_worker_that_is_killed_costs_one_sentence(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.click(desk.button("导出"))
    qtbot.waitUntil(lambda: desk.says("正在导出"), timeout=LONG)
    os.kill(desk.window.context.worker.process_id, signal.SIGKILL)
    qtbot.waitUntil(lambda: desk.says("没有导出完"), timeout=LONG)
    assert desk.kept().facts == desk.report.facts


@pytest.mark.parametrize(("answer", "closed"), [(Ending.STAY, False), (Ending.STOP, True)])
def test_closing_during_an_export_asks(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch, answer: Ending, *, closed: bool
) -> None:
    monkeypatch.setattr(questions, "ask_about_export", lambda _parent: answer)
    desk.click(desk.button("导出"))
    assert desk.window.close() is closed
    monkeypatch.setattr(questions, "ask_about_export", lambda _parent: Ending.STOP)
    assert desk.window.close()


def test_closing_can_wait_for_the_export(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "ask_about_export", lambda _parent: Ending.WAIT)
    desk.click(desk.button("导出"))
    assert not desk.window.close()
    qtbot.waitUntil(lambda: not desk.window.isVisible(), timeout=LONG)
    assert len(list(desk.path.parent.glob("导出-*/*"))) == 4


def test_what_is_open_is_counted_and_leads_to_its_place(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.key(Qt.Key.Key_L, CONTROL)
    opened = desk.view.side_panels.todo_list
    assert opened is not None
    texts = [opened.list.item(row).text() for row in range(opened.list.count())]
    row = next(row for row, text in enumerate(texts) if text.startswith("表三：还有"))
    at = opened.list.visualItemRect(opened.list.item(row)).center()
    opened.list.scrollToItem(opened.list.item(row))
    at = opened.list.visualItemRect(opened.list.item(row)).center()
    QTest.mouseClick(opened.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert desk.view.current_section == "requests"
    before = opened.line.text()
    desk.session.apply(
        set_cells(desk.report, FORM, {ref: 0 for ref in FORM.kind_of if ref not in FORM.totals})
    )
    qtbot.waitUntil(lambda: opened.line.text() != before)


def test_refused_input_keeps_the_page_until_it_is_mended(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    page = desk.shown(TablePage)[0]
    page.go_to(NEW_PERSON)
    desk.keys("5")
    QTest.keyClicks(desk.focus(), "x")
    desk.go_to_section(1)
    assert desk.view.current_section == "requests"
    assert page.view.delegate.editor is not None
    assert not desk.window.close()
    desk.key(Qt.Key.Key_Escape)
    desk.go_to_section(1)
    assert desk.view.current_section == "overview"


def test_fifty_quick_undos_and_redos_come_out_even(desk: OpenWindow) -> None:
    for number in range(50):
        desk.session.apply(set_cells(desk.report, FORM, {NEW_PERSON: number}))
    for _ in range(50):
        desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.cells == {}
    for _ in range(50):
        desk.key(Qt.Key.Key_Y, CONTROL)
    assert desk.report.cells == {NEW_PERSON: 49}


def test_a_stick_that_is_pulled_out_is_told_and_another_place_helps(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk = OpenWindow(qtbot, stick)
    (tmp_path / "elsewhere").mkdir()
    stick.rename(tmp_path / "elsewhere" / "pulled out")
    desk.session.apply(set_cells(desk.report, FORM, {NEW_PERSON: 7}))
    desk.window.keeper.save_now()
    desk.settle()
    assert desk.says("U 盘已拔出")
    elsewhere = tmp_path / "另存.gknb"
    monkeypatch.setattr("reportdesk.gui.common.files.ask_where_to_save", lambda *_: elsewhere)
    desk.click(desk.button("另存到别处…"))
    desk.path = elsewhere
    assert desk.kept().cells == {NEW_PERSON: 7}
