"""Where something takes the page's place, no key reaches the page, and what leads to it shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.report.edits import replace_text, set_cells
from reportdesk.report.text.plain_text import clean_text
from tests.gui.open_window import CONTROL, FORM, OpenWindow

SIZES = [(911, 485), (1024, 560)]
"""1366×768 at 150 %, and 1024×600, less the taskbar."""

COVERS = {"preview": (Qt.Key.Key_R, CONTROL), "findings": (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)}
PERSON = CellRef("requests", "new", "person")
WORDS = "全年公开信息，公开信息及时。"


@pytest.fixture(params=SIZES, ids=["1366x768 at 150 %", "1024x600"])
def desk(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    shown = OpenWindow(qtbot, tmp_path, request.param)
    shown.session.apply(set_cells(shown.report, FORM, {PERSON: -1}))
    shown.session.apply(replace_text(shown.report, FORM, "overview.disclosure", WORDS, "写"))
    shown.session.apply(replace_text(shown.report, FORM, "overview.requests", WORDS, "写"))
    return shown


def cover(desk: OpenWindow, by: str) -> None:
    desk.key(*COVERS[by])
    QApplication.processEvents()
    assert not desk.view.stack.isVisible()


def to_cell(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    (grid,) = desk.shown(QTableView)
    assert grid.hasFocus()


def to_prose(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    assert isinstance(desk.focus(), ProseEditor)


def state(desk: OpenWindow) -> object:
    report = desk.report
    return (
        dict(report.cells),
        dict(report.prose),
        dict(report.facts),
        set(report.finished),
        desk.session.revision,
    )


@pytest.mark.parametrize("by", COVERS)
@pytest.mark.parametrize("begin", [to_cell, to_prose, lambda desk: desk.go_to_section(0)])
def test_keys_typed_while_the_page_is_covered_never_reach_it(
    desk: OpenWindow, by: str, begin: Callable[[OpenWindow], None]
) -> None:
    begin(desk)
    cover(desk, by)
    before = state(desk)
    for key in (Qt.Key.Key_7, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Tab):
        desk.key(key)
        if desk.view.stack.isVisible():  # Enter on a finding leads to its place
            break
    assert state(desk) == before


@pytest.mark.parametrize("by", COVERS)
def test_a_refused_cell_is_in_sight_before_a_key_reaches_it(desk: OpenWindow, by: str) -> None:
    to_cell(desk)
    desk.keys("5.5")
    cover(desk, by)
    desk.keys("8")
    assert PERSON not in desk.report.cells or desk.report.cells[PERSON] == -1
    desk.key(Qt.Key.Key_S, CONTROL)
    assert desk.view.stack.isVisible()
    (grid,) = desk.shown(QTableView)
    assert grid.isAncestorOf(desk.focus())
    assert desk.report.cells[PERSON] == -1
    desk.key(Qt.Key.Key_Escape)


def the_same_section(desk: OpenWindow) -> None:
    desk.go_to_section(3)


def another_section(desk: OpenWindow) -> None:
    desk.go_to_section(1)


def next_section(desk: OpenWindow) -> None:
    desk.key(Qt.Key.Key_PageDown, CONTROL)


def next_finding(desk: OpenWindow) -> None:
    desk.key(Qt.Key.Key_F8)


def a_hit(desk: OpenWindow) -> None:
    desk.key(Qt.Key.Key_F, CONTROL)
    desk.keys("公开信息")


def undo(desk: OpenWindow) -> None:
    desk.key(Qt.Key.Key_Z, CONTROL)


def an_open_mark(desk: OpenWindow) -> None:
    desk.key(Qt.Key.Key_L, CONTROL)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)


def finished(desk: OpenWindow) -> None:
    desk.view.toggle_finished()


@pytest.mark.parametrize("by", COVERS)
@pytest.mark.parametrize(
    "lead",
    [the_same_section, another_section, next_section, next_finding, a_hit, undo, an_open_mark, finished],
)
def test_whatever_leads_to_a_place_in_the_report_shows_its_page(
    desk: OpenWindow, by: str, lead: Callable[[OpenWindow], None]
) -> None:
    to_cell(desk)
    cover(desk, by)
    lead(desk)
    QApplication.processEvents()
    assert desk.view.stack.isVisible()
    assert not desk.view.side_panels.previews
    assert desk.focus().isVisible()


@pytest.mark.parametrize("by", COVERS)
def test_a_match_that_was_covered_is_shown_before_it_is_replaced(desk: OpenWindow, by: str) -> None:
    to_prose(desk)
    desk.key(Qt.Key.Key_H, CONTROL)
    desk.keys("公开信息")
    desk.click(desk.line("替换为"))
    desk.keys("发布")
    cover(desk, by)
    before = dict(desk.report.prose)
    desk.click(desk.button("替换"))
    assert dict(desk.report.prose) == before
    assert desk.view.stack.isVisible()
    desk.click(desk.button("替换"))
    assert desk.report.prose["overview.disclosure"] == clean_text("全年发布，公开信息及时。")


def test_a_window_made_smaller_takes_the_focus_from_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    desk = OpenWindow(qtbot, tmp_path, (1366, 728))
    desk.go_to_section(3)
    desk.key(Qt.Key.Key_R, CONTROL)
    assert desk.view.stack.isVisible()
    desk.window.resize(911, 485)
    QApplication.processEvents()
    assert not desk.view.stack.isVisible()
    desk.keys("7")
    assert PERSON not in desk.report.cells


def test_another_text_size_leaves_the_findings_unfolded(qtbot: QtBot, tmp_path: Path) -> None:
    from reportdesk.gui.look.theme import Scheme, Theme, interface_family
    from reportdesk.store.user_data.settings import TextSize

    desk = OpenWindow(qtbot, tmp_path, (1366, 728))
    desk.go_to_section(3)
    assert desk.view.side_panels.findings.isVisible()
    desk.window.apply_theme(Theme(Scheme.LIGHT, interface_family(), TextSize.LARGE))
    QApplication.processEvents()
    assert desk.view.side_panels.findings.isVisible()
