"""What the line at the foot states is shown as long as it is so, and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common.locations import Place
from reportdesk.report.document import State
from reportdesk.report.edits import replace_text, set_cells
from reportdesk.session.workflow import moves_from
from tests.gui.open_window import CONTROL, FORM, OpenWindow

CELL = CellRef("requests", "new", "person")
PART = "overview.disclosure"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    """The open window."""
    return OpenWindow(qtbot, tmp_path)


def says(desk: OpenWindow, words: str) -> bool:
    return words in desk.window.status_line.message


def test_a_condition_that_ends_without_an_edit_takes_its_sentence_along(
    desk: OpenWindow, qtbot: QtBot
) -> None:
    full, later = [True], []
    desk.window.status_line.warn("磁盘满了。", holds=lambda: bool(full), then=lambda: later.append("said"))
    qtbot.wait(700)
    assert says(desk, "磁盘满了。")
    full.clear()
    qtbot.waitUntil(lambda: not says(desk, "磁盘满了。"), timeout=10_000)
    assert later == ["said"]


def test_a_sentence_about_a_widget_goes_with_it(desk: OpenWindow, qtbot: QtBot) -> None:
    line = QLineEdit()
    desk.window.status_line.warn("请先写一句理由。", holds=lambda: not line.text())
    line.deleteLater()
    qtbot.waitUntil(lambda: not says(desk, "请先写一句理由。"), timeout=10_000)


def test_a_later_sentence_is_not_taken_for_the_one_before(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.window.status_line.warn("请先回答问题。", holds=lambda: False)
    desk.window.status_line.warn("没有导出完。")
    qtbot.wait(700)
    assert says(desk, "没有导出完。")


def test_not_found_is_said_of_these_words_only(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.session.apply(replace_text(desk.report, FORM, PART, "主动公开信息12条。", "编辑文字"))
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.keys("财政")
    desk.key(Qt.Key.Key_Return)
    assert says(desk, "没有找到“财政”。")
    desk.keys("1")
    qtbot.waitUntil(lambda: not says(desk, "没有找到"), timeout=10_000)


def test_not_found_goes_when_the_words_are_written(desk: OpenWindow) -> None:
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.keys("财政")
    desk.key(Qt.Key.Key_Return)
    assert says(desk, "没有找到“财政”。")
    desk.session.apply(replace_text(desk.report, FORM, PART, "公开财政信息。", "编辑文字"))
    assert not says(desk, "没有找到")


def test_a_refused_number_is_told_until_it_is_given_up(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.view.go_to(Place(FORM.section_of["requests"].id, cell=CELL))
    desk.keys("1x")
    desk.key(Qt.Key.Key_Return)
    assert says(desk, "不是数字")
    desk.key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not says(desk, "不是数字"), timeout=10_000)


def test_a_finding_told_by_f8_goes_when_it_is_mended(desk: OpenWindow) -> None:
    column = [ref for ref in FORM.typed_of(FORM.tables["requests"]) if ref.column == "person"]
    desk.session.apply(set_cells(desk.report, FORM, {**dict.fromkeys(column, 0), CELL: 5}))
    desk.view.side_panels.unfold_findings(shown=False)
    desk.key(Qt.Key.Key_F8)
    assert says(desk, "“自然人”列")
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 0}))
    assert not says(desk, "“自然人”列")


def test_what_a_check_counted_is_said_of_the_report_as_it_was(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.view.check_whole(desk.view._tell_count)
    qtbot.waitUntil(lambda: says(desk, "已全面审核"), timeout=20_000)
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 5}))
    assert not says(desk, "已全面审核")


def test_why_a_report_takes_no_change_goes_when_it_does(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.session.closed_because = "请先在上面选择“恢复”或“不恢复”。"
    desk.window.the_standing().refuse()
    assert says(desk, "请先在上面选择")
    desk.session.closed_because = ""
    qtbot.waitUntil(lambda: not says(desk, "请先在上面选择"), timeout=10_000)


def test_the_way_back_to_before_an_import_is_offered_until_the_next_edit(desk: OpenWindow) -> None:
    edit = set_cells(desk.report, FORM, {CELL: 5})
    desk.window.importing._apply(desk.session, edit, "已从“表.xlsx”导入数字 1 处。")
    assert says(desk, "导入")
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 6}))
    assert not says(desk, "导入")


def test_a_state_is_told_while_the_report_is_in_it(desk: OpenWindow) -> None:
    standing = desk.window.the_standing()
    move = next(one for one in moves_from(desk.report.state) if one.to is State.REVIEW)
    standing._move(desk.session, move)
    assert says(desk, "年报现在是“送审”")
    desk.session.move_to(State.DRAFT)
    assert not says(desk, "年报现在是")
