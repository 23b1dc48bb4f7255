"""Around the prose: last year's text, sentences with numbers, length, find and replace."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.grid.table_page import TablePage
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.report.document import Fact, Snapshot, State, new_report
from reportdesk.report.edits import replace_text, set_cells
from reportdesk.store.file import write_report
from tests.gui.open_window import CONTROL, FORM, SHIFT, OpenWindow

PART, SECOND = "overview.disclosure", "overview.requests"
OLD = ("一是公开了信息10条。", "二是办理了申请3件。")
NEW = CellRef("requests", "new", "person")


class DeskWithLastYear(OpenWindow):
    """The window with a report that has last year's along."""

    def open_with_last_year(self) -> None:
        report = new_report(FORM, 2024, "常乐镇人民政府")
        report.previous[2023] = Snapshot("2021", {}, {PART: "\n".join(OLD)}, {NEW: 37})
        self.path = self.path.with_name("有上年的.gknb")
        write_report(self.path, report)
        assert self.window.open_path(self.path)
        QApplication.processEvents()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


@pytest.fixture
def after(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    desk = DeskWithLastYear(qtbot, tmp_path)
    desk.open_with_last_year()
    return desk


def press(desk: OpenWindow, widget: QWidget) -> None:
    desk.click(widget)
    QApplication.processEvents()


def write(desk: OpenWindow, part: str, text: str) -> ProseEditor:
    editor = desk.editor(part)
    editor.setFocus()
    desk.keys(text)
    return editor


def selected() -> str:
    editors = [one for one in QApplication.allWidgets() if isinstance(one, ProseEditor) and one.isVisible()]
    return "".join(one.textCursor().selectedText() for one in editors)


# -- last year's text


def test_last_years_text_is_folded_away_until_it_is_wanted(after: OpenWindow) -> None:
    after.go_to_section(1)
    assert not after.says(OLD[0])
    press(after, after.button("上年原文"))
    assert after.says(OLD[0])
    assert after.says(OLD[1])
    press(after, after.button("上年原文"))
    assert not after.says(OLD[0])


def test_a_paragraph_is_taken_over_once_and_taken_back_by_undo(after: OpenWindow) -> None:
    after.go_to_section(1)
    press(after, after.button("上年原文"))
    press(after, after.button("沿用"))
    assert after.editor(PART).toPlainText() == OLD[0]
    assert after.report.prose[PART] == OLD[0]
    assert not after.button("已沿用").isEnabled()
    after.editor(PART).setFocus()
    after.key(Qt.Key.Key_Z, CONTROL)
    assert PART not in after.report.prose
    assert all(one.text() != "已沿用" for one in after.shown(type(after.button("沿用"))))


def test_without_last_year_nothing_speaks_of_it(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    assert "上年原文" not in [one.text() for one in desk.shown(QToolButton)]
    desk.go_to_section(3)
    assert "上年" not in [one.text() for one in desk.shown(QToolButton)]


# -- sentences with numbers


def test_a_sentence_with_the_tables_numbers_goes_in_at_the_cursor(desk: OpenWindow) -> None:
    wanted = {ref: 0 for ref in FORM.tables["requests"].refs() if ref not in FORM.totals}
    desk.session.apply(set_cells(desk.report, FORM, wanted | {NEW: 5}))
    desk.go_to_section(1)
    editor = write(desk, SECOND, "前后")
    editor.go_to(1)
    button = next(
        one for one in desk.shown(QToolButton) if one.text() == "插入数据" and one.parent() is editor.parent()
    )
    menu = button.menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    text = desk.report.prose[SECOND]
    assert text.startswith("前")
    assert text.endswith("后")
    assert "5件" in text
    assert editor.toPlainText() == text
    assert editor.hasFocus()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.prose[SECOND] == "前后"


# -- length


def test_the_length_of_section_one_is_counted_against_a_thousand(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    assert desk.says("本节 0 / 1000 字")
    write(desk, PART, "公开信息")
    write(desk, SECOND, "没有")
    assert desk.says("本节 6 / 1000 字")
    desk.go_to_section(5)
    assert not desk.says("/ 1000 字")


def test_too_long_a_section_is_told_by_how_much(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    QApplication.clipboard().setText("字" * 1003)
    desk.editor(PART).setFocus()
    desk.key(Qt.Key.Key_V, CONTROL)
    assert desk.says("超出 3 字")


# -- find and replace


@pytest.fixture
def finding(desk: OpenWindow) -> OpenWindow:
    desk.go_to_section(5)
    write(desk, "problems.problems", "我市问题")
    desk.go_to_section(1)
    write(desk, PART, "我市公开，我市落实").go_to(0)
    return desk


def test_ctrl_f_goes_from_match_to_match_over_all_sections(finding: OpenWindow) -> None:
    finding.key(Qt.Key.Key_F, CONTROL)
    finding.keys("我市")
    assert finding.says("第 1 处，共 3 处")
    assert selected() == "我市"
    assert finding.line("查找").hasFocus()
    finding.key(Qt.Key.Key_Return)
    finding.key(Qt.Key.Key_Return)
    assert finding.says("第 3 处，共 3 处")
    assert finding.view.current_section == "problems"
    finding.key(Qt.Key.Key_Escape)
    assert isinstance(finding.focus(), ProseEditor)
    assert selected() == "我市"


def test_the_line_stays_while_one_looks_elsewhere_and_goes_on_from_there(finding: OpenWindow) -> None:
    finding.key(Qt.Key.Key_F, CONTROL)
    finding.keys("我市")
    assert finding.says("第 1 处，共 3 处")
    finding.go_to_section(3)
    assert finding.line("查找").isVisible()
    assert finding.says("共 3 处")
    assert not finding.says("第 1 处")
    press(finding, finding.button("下一个"))
    assert finding.view.current_section == "problems"
    assert finding.says("第 3 处，共 3 处")
    finding.go_to_section(3)
    press(finding, finding.button("关闭"))
    assert finding.view.current_section == "requests"


def test_words_that_are_nowhere_are_told(finding: OpenWindow) -> None:
    finding.key(Qt.Key.Key_F, CONTROL)
    finding.keys("没有的")
    finding.key(Qt.Key.Key_Return)
    assert finding.says("没有找到“没有的”。")


def test_replace_all_is_one_step_of_undo(finding: OpenWindow) -> None:
    finding.key(Qt.Key.Key_H, CONTROL)
    finding.keys("我市")
    finding.line("替换为").setFocus()
    finding.keys("我镇")
    press(finding, finding.button("全部替换"))
    assert finding.report.prose[PART] == "我镇公开，我镇落实"
    assert finding.report.prose["problems.problems"] == "我镇问题"
    assert finding.says("替换了 3 处")
    finding.key(Qt.Key.Key_Escape)
    finding.key(Qt.Key.Key_Z, CONTROL)
    assert finding.report.prose[PART] == "我市公开，我市落实"
    assert finding.report.prose["problems.problems"] == "我市问题"


def test_undo_after_replacing_reaches_the_report_from_the_line_that_was_typed_into(
    finding: OpenWindow,
) -> None:
    finding.key(Qt.Key.Key_H, CONTROL)
    finding.keys("我市")
    finding.key(Qt.Key.Key_Tab)
    assert finding.focus() is finding.line("替换为")
    finding.keys("我镇")
    press(finding, finding.button("全部替换"))
    assert finding.says("按 Ctrl+Z 可以撤销")
    finding.key(Qt.Key.Key_Z, CONTROL)
    assert finding.report.prose[PART] == "我市公开，我市落实"
    assert finding.says("已撤销：全部替换")


def test_undo_in_the_line_takes_back_its_own_typing_first(finding: OpenWindow) -> None:
    finding.key(Qt.Key.Key_F, CONTROL)
    finding.keys("我镇")
    before = dict(finding.report.prose)
    finding.key(Qt.Key.Key_Z, CONTROL)
    assert finding.line("查找").text() != "我镇"
    assert finding.report.prose == before


def test_shift_enter_goes_back(finding: OpenWindow) -> None:
    finding.key(Qt.Key.Key_F, CONTROL)
    finding.keys("我市")
    finding.key(Qt.Key.Key_Return)
    assert finding.says("第 2 处")
    finding.key(Qt.Key.Key_Return, SHIFT)
    assert finding.says("第 1 处")


def test_enter_replaces_one_and_goes_to_the_next(finding: OpenWindow) -> None:
    finding.key(Qt.Key.Key_H, CONTROL)
    finding.keys("我市")
    finding.line("替换为").setFocus()
    finding.keys("我镇")
    finding.key(Qt.Key.Key_Return)
    assert finding.report.prose[PART] == "我镇公开，我市落实"
    assert finding.editor(PART).textCursor().selectionStart() == len("我镇公开，")
    finding.key(Qt.Key.Key_Return)
    assert finding.report.prose[PART] == "我镇公开，我镇落实"


# -- last year's numbers


def grid_picture(desk: OpenWindow) -> QImage:
    QApplication.processEvents()
    return desk.shown(TablePage)[0].view.viewport().grab().toImage()


def test_last_years_numbers_stand_beside_when_wanted(after: OpenWindow) -> None:
    after.go_to_section(3)
    without = grid_picture(after)
    button = after.button("上年")
    press(after, button)
    assert grid_picture(after) != without
    page = after.shown(TablePage)[0]
    model = page.view.model()
    tip = model.data(model.index_of(NEW), Qt.ItemDataRole.ToolTipRole)  # type: ignore[attr-defined]
    assert "上年：37" in tip
    assert NEW not in after.report.cells
    press(after, button)
    assert grid_picture(after) == without


def test_last_years_totals_are_there_too(after: OpenWindow) -> None:
    after.go_to_section(3)
    model = after.shown(TablePage)[0].view.model()
    assert model.last_year(CellRef("requests", "new", "total")) == "37"  # type: ignore[attr-defined]


def test_a_huge_paste_is_refused_with_a_sentence_and_loses_nothing(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    write(desk, PART, "前")
    QApplication.clipboard().setText("字" * 1_700_000)
    QTest.keyClick(desk.editor(PART), Qt.Key.Key_V, CONTROL)
    assert desk.report.prose[PART] == "前"
    assert desk.says("没有粘贴")


def test_a_final_report_is_not_replaced_in_and_that_is_said(finding: OpenWindow) -> None:
    finding.session.move_to(State.REVIEW)
    finding.session.move_to(State.FINAL)
    finding.key(Qt.Key.Key_H, CONTROL)
    finding.keys("我市")
    press(finding, finding.button("全部替换"))
    assert finding.report.prose[PART] == "我市公开，我市落实"
    assert finding.says("定稿")


def test_what_is_still_as_last_year_is_marked_in_last_years_text(qtbot: QtBot, tmp_path: Path) -> None:
    old = "本镇认真贯彻上级部署，及时公开各类政府信息，方便群众查阅。"
    desk = OpenWindow(qtbot, tmp_path)
    report = desk.report
    report.previous[2023] = Snapshot("2021", {Fact.YEAR: "2023"}, {PART: f"另一段。\n{old}"}, {})
    desk.session.apply(replace_text(report, FORM, PART, old, "沿用"))
    desk.session.check_prose()
    desk.go_to_section(1)
    desk.click(desk.button("上年原文"))
    marked = [label.text() for label in desk.shown(QLabel) if "background-color" in label.text()]
    assert len(marked) == 1
    assert f">{old}</span>" in marked[0]
