"""Where there is little room: no word is cut, and the table keeps what there is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from reportdesk.form.layout import lay_out
from reportdesk.form.spec import CellRef
from reportdesk.gui.grid.geometry import fit
from reportdesk.gui.look.theme import Scheme, Theme, interface_family
from reportdesk.report.edits import replace_text, set_cells
from reportdesk.store.user_data.settings import TextSize
from tests.gui.open_window import CONTROL, FORM, OpenWindow

SMALL, MEDIUM, WIDE = (911, 485), (1366, 728), (1920, 1060)
"""1366×768 at 150 %, at 100 %, and 4K at 200 %, less the taskbar."""


@pytest.mark.parametrize("size", [SMALL, MEDIUM, WIDE])
def test_the_buttons_beside_the_menus_have_room_for_their_words(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = OpenWindow(qtbot, tmp_path, size)
    desk.window.show_icons()
    desk.view.sections.choose("requests")
    new = [ref for ref in FORM.typed_cells(FORM.tables["requests"]) if ref.row == "new"]
    desk.session.apply(set_cells(desk.report, FORM, dict.fromkeys(new, 123_456)))
    for button in (one for one in desk.shown(QToolButton) if one.text() == "本节完成"):
        desk.click(button)
    corner = desk.window.menuBar().cornerWidget()
    buttons = sorted(corner.findChildren(QToolButton), key=lambda one: one.x())
    for button in buttons:
        assert button.width() >= button.sizeHint().width()
    for left, right in pairwise(buttons):
        assert left.geometry().right() < right.geometry().left()
    assert buttons[-1].geometry().right() < corner.width()


@pytest.mark.parametrize(("table", "room", "em"), [("disputes", 652, 13), ("requests", 662, 16)])
def test_a_table_fits_beside_the_preview_and_in_large_text(table: str, room: int, em: int) -> None:
    geometry = fit(lay_out(FORM.tables[table]), room, em, lambda text: em * len(text))
    assert geometry.width <= room


def test_a_section_chosen_in_a_low_window_is_shown_instead_of_the_findings(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = OpenWindow(qtbot, tmp_path, SMALL)
    desk.key(Qt.Key.Key_F9)
    assert not desk.view.stack.isVisible()
    desk.go_to_section(3)
    assert desk.shown(QTableView)
    assert desk.view.side_panels.findings.isHidden()


def test_a_finding_chosen_in_a_low_window_gives_its_room_to_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    desk = OpenWindow(qtbot, tmp_path, SMALL)
    negative = CellRef("requests", "new", "person")
    desk.session.apply(set_cells(desk.report, FORM, {negative: -1}))
    desk.key(Qt.Key.Key_F9)
    assert not desk.view.stack.isVisible()
    entry = next(
        one for one in desk.view.side_panels.findings.entries if one.finding.cells[:1] == (negative,)
    )
    desk.click(entry)
    assert desk.view.side_panels.findings.isHidden()
    assert desk.window.status_line.message.endswith("（按 F9 回到审核）")
    assert desk.view.stack.isVisible()
    (grid,) = desk.shown(QTableView)
    assert grid.hasFocus()


def test_page_and_one_more_are_what_an_office_screen_holds(qtbot: QtBot, tmp_path: Path) -> None:
    desk = OpenWindow(qtbot, tmp_path, MEDIUM)
    side_panels = desk.view.side_panels
    assert side_panels.findings.isVisible()
    desk.key(Qt.Key.Key_R, CONTROL)
    assert (side_panels.previews, side_panels.findings.isVisible()) == (True, False)
    desk.key(Qt.Key.Key_F9)
    assert (side_panels.previews, side_panels.findings.isVisible()) == (False, True)
    assert not desk.window.menus.preview.isChecked()
    desk.key(Qt.Key.Key_F9)
    assert (side_panels.previews, side_panels.findings.isVisible()) == (True, False)
    assert desk.window.menus.preview.isChecked()


def test_where_there_is_room_page_preview_and_findings_stand_side_by_side(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = OpenWindow(qtbot, tmp_path, WIDE)
    side_panels = desk.view.side_panels
    desk.key(Qt.Key.Key_R, CONTROL)
    assert (side_panels.previews, side_panels.findings.isVisible()) == (True, True)
    desk.window.resize(*MEDIUM)
    QApplication.processEvents()
    assert (side_panels.previews, side_panels.findings.isVisible()) == (True, False)
    desk.window.resize(*WIDE)
    QApplication.processEvents()
    assert (side_panels.previews, side_panels.findings.isVisible()) == (True, True)


def test_a_finding_chosen_in_a_low_window_does_not_bring_the_preview_over_the_page(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = OpenWindow(qtbot, tmp_path, SMALL)
    negative = CellRef("requests", "new", "person")
    desk.session.apply(set_cells(desk.report, FORM, {negative: -1}))
    desk.key(Qt.Key.Key_R, CONTROL)
    desk.key(Qt.Key.Key_F9)
    entry = next(
        one for one in desk.view.side_panels.findings.entries if one.finding.cells[:1] == (negative,)
    )
    desk.click(entry)
    assert not desk.view.side_panels.previews
    assert desk.shown(QTableView)[0].hasFocus()


def test_a_list_with_nothing_open_takes_no_room(qtbot: QtBot, tmp_path: Path) -> None:
    desk = OpenWindow(qtbot, tmp_path, SMALL)
    for part in FORM.parts:
        desk.session.apply(replace_text(desk.report, FORM, part, "已写。", "写"))
    typed = [ref for ref in FORM.kind_of if ref not in FORM.totals]
    desk.session.apply(set_cells(desk.report, FORM, dict.fromkeys(typed, 0)))
    desk.key(Qt.Key.Key_L, CONTROL)
    assert desk.window.status_line.message.startswith("没有待办")
    desk.key(Qt.Key.Key_F9)
    opened, findings = desk.view.side_panels.todo_list, desk.view.side_panels.findings
    assert opened is not None
    desk.click(opened.line)
    assert not opened.list.isVisible()
    assert not opened.line.isChecked()
    assert findings.width() == desk.view.side_panels.width()
    desk.session.apply(set_cells(desk.report, FORM, {typed[0]: None}))
    qtbot.waitUntil(lambda: opened.has_marks)
    desk.click(opened.line)
    QApplication.processEvents()
    assert opened.list.isVisible()
    assert findings.width() < desk.view.side_panels.width()
    desk.session.apply(set_cells(desk.report, FORM, {typed[0]: 0}))
    qtbot.waitUntil(lambda: not opened.list.isVisible())


@pytest.mark.parametrize("size", [(800, 485), SMALL, MEDIUM])
def test_every_menu_is_in_sight_in_large_text(qtbot: QtBot, tmp_path: Path, size: tuple[int, int]) -> None:
    desk = OpenWindow(qtbot, tmp_path, size)
    desk.window.show_icons()
    desk.window.apply_theme(Theme(Scheme.LIGHT, interface_family(), TextSize.LARGE))
    typed = [ref for ref in FORM.typed_cells(FORM.tables["requests"]) if ref.row == "new"]
    desk.session.apply(set_cells(desk.report, FORM, dict.fromkeys(typed, 7)))
    QApplication.processEvents()
    bar = desk.window.menuBar()
    corner = bar.cornerWidget()
    for action in bar.actions():
        assert 0 < bar.actionGeometry(action).right() < corner.x()
    assert corner.geometry().right() < bar.width()
    for button in corner.findChildren(QToolButton):
        assert button.accessibleName() or button.text()
        assert button.width() >= button.sizeHint().width()


def test_words_on_the_buttons_come_back_with_the_room(qtbot: QtBot, tmp_path: Path) -> None:
    desk = OpenWindow(qtbot, tmp_path, (640, 485))
    desk.window.show_icons()
    button = desk.button("报送")
    narrow = button.width()
    desk.window.resize(*MEDIUM)
    QApplication.processEvents()
    assert button.width() > narrow


def test_what_is_open_beside_the_findings_is_as_high_as_they_are(qtbot: QtBot, tmp_path: Path) -> None:
    desk = OpenWindow(qtbot, tmp_path, SMALL)
    desk.key(Qt.Key.Key_F9)
    desk.key(Qt.Key.Key_L, CONTROL)
    QApplication.processEvents()
    side_panels = desk.view.side_panels
    assert side_panels.todo_list is not None
    assert side_panels.todo_list.is_unfolded
    assert side_panels.todo_list.x() >= side_panels.findings.geometry().right()
    assert side_panels.todo_list.height() == side_panels.findings.height()
    desk.window.resize(*MEDIUM)
    QApplication.processEvents()
    assert side_panels.todo_list.y() >= side_panels.findings.geometry().bottom()
