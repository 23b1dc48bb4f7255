"""剪切, 复制 and 粘贴 in the menu act where the cursor is, and are offered only where they can."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.report.document import State
from reportdesk.report.edits import Slot, set_cells, set_entry
from tests.gui.open_window import FORM, SHIFT, OpenWindow

PART = "overview.disclosure"
NEW = CellRef("requests", "new", "person")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    QGuiApplication.clipboard().clear()
    return OpenWindow(qtbot, tmp_path)


def edit_menu(desk: OpenWindow) -> dict[str, QAction]:
    """What the menu 编辑 offers, opened as with the mouse."""
    menu = next(one for one in desk.window.findChildren(QMenu) if one.title().startswith("编辑"))
    menu.aboutToShow.emit()
    return {action.text().partition("\t")[0]: action for action in menu.actions()}


def offered(desk: OpenWindow) -> set[str]:
    menu = edit_menu(desk)
    return {word for word in ("剪切", "复制", "粘贴") if menu[word].isEnabled()}


def test_cells_are_cut_and_pasted(desk: OpenWindow) -> None:
    desk.session.apply(set_cells(desk.report, FORM, {NEW: 12}))
    desk.go_to_section(3)
    assert offered(desk) == {"剪切", "复制"}
    edit_menu(desk)["剪切"].trigger()
    assert desk.report.cells == {}
    assert QGuiApplication.clipboard().text().strip() == "12"
    desk.key(Qt.Key.Key_Down)
    assert offered(desk) == {"剪切", "复制", "粘贴"}
    edit_menu(desk)["粘贴"].trigger()
    assert desk.report.cells == {CellRef("requests", "carried_in", "person"): 12}


def test_words_are_copied_and_pasted_as_with_the_keys(desk: OpenWindow) -> None:
    desk.go_to_section(1)
    desk.click(desk.editor(PART).viewport())
    desk.keys("公开")
    assert offered(desk) == set()
    desk.key(Qt.Key.Key_Home, SHIFT)
    assert offered(desk) == {"剪切", "复制"}
    edit_menu(desk)["复制"].trigger()
    desk.key(Qt.Key.Key_End)
    assert offered(desk) == {"粘贴"}
    edit_menu(desk)["粘贴"].trigger()
    assert desk.report.prose[PART] == "公开公开"


def test_what_is_being_typed_into_a_cell_is_the_editors(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    desk.keys("34")
    desk.key(Qt.Key.Key_Home, SHIFT)
    edit_menu(desk)["剪切"].trigger()
    assert QGuiApplication.clipboard().text() == "34"


def test_a_report_that_takes_no_change_is_only_copied_from(desk: OpenWindow) -> None:
    desk.session.apply(set_cells(desk.report, FORM, {NEW: 12}))
    desk.session.apply(set_entry(desk.report, Slot.FACTS, "state", State.FINAL.value, ""))
    QGuiApplication.clipboard().setText("5")
    desk.go_to_section(3)
    assert offered(desk) == {"复制"}


def test_the_keys_are_shown_and_left_to_the_editors(desk: OpenWindow) -> None:
    menu = edit_menu(desk)
    assert menu["复制"].text().endswith("Ctrl+C")
    assert menu["复制"].shortcut().isEmpty()
