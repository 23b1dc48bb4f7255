"""The grid's keys are those of a spreadsheet."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from tests.gui.open_page import CONTROL, FORM, SHIFT, THIRD, OpenPage, cell


@pytest.fixture
def page(qtbot: QtBot) -> OpenPage:
    return OpenPage(qtbot)


def test_a_digit_replaces_and_enter_goes_down(page: OpenPage) -> None:
    page.keys("5\n12\n")
    assert page.cells == {cell("new", "person"): 5, cell("carried_in", "person"): 12}
    assert page.here == cell("granted", "person")
    page.press(Qt.Key.Key_Up)
    page.keys("7\n")
    assert page.cells[cell("carried_in", "person")] == 7


def test_f2_and_double_click_edit_what_is_there(page: OpenPage) -> None:
    page.keys("5\n")
    page.press(Qt.Key.Key_Up)
    page.press(Qt.Key.Key_F2)
    page.keys("3\n")
    assert page.cells == {cell("new", "person"): 53}
    page.double_click(cell("new", "person"))
    assert page.editor is not None
    page.press(Qt.Key.Key_End)
    page.keys("0\n")
    assert page.cells == {cell("new", "person"): 530}


def test_shift_enter_goes_up(page: OpenPage) -> None:
    page.page.go_to(cell("carried_in", "person"))
    page.keys("2")
    page.press(Qt.Key.Key_Return, SHIFT)
    assert page.here == cell("new", "person")
    assert page.cells == {cell("carried_in", "person"): 2}


def test_enter_skips_the_computed_row_and_stays_at_the_last(page: OpenPage) -> None:
    page.page.go_to(cell("closed_other", "person"))
    page.keys("1\n")
    assert page.here == cell("carried_out", "person")
    page.keys("4\n")
    assert page.here == cell("carried_out", "person")


def test_tab_goes_over_totals_and_over_the_rows_end(page: OpenPage) -> None:
    page.page.go_to(cell("new", "legal_service"))
    page.keys("1\t2\t3\t")
    assert page.cells == {
        cell("new", "legal_service"): 1,
        cell("new", "other"): 2,
        cell("carried_in", "person"): 3,
    }
    page.press(Qt.Key.Key_Backtab, SHIFT, times=2)
    assert page.here == cell("new", "other")


def test_enter_after_tabs_begins_the_next_row_where_this_one_began(page: OpenPage) -> None:
    page.keys("1\t2\t3\n")
    assert page.here == cell("carried_in", "person")


def test_tab_past_the_last_cell_leaves_the_grid(page: OpenPage) -> None:
    page.page.go_to(cell("carried_out", "other"))
    page.press(Qt.Key.Key_Tab)
    assert page.here == cell("carried_out", "other")
    assert QApplication.focusWidget() is not page.view


def test_arrows_go_over_labels_and_onto_totals(page: OpenPage) -> None:
    page.press(Qt.Key.Key_Left)
    assert page.here == cell("new", "person")
    page.press(Qt.Key.Key_Right, times=9)
    assert page.here == cell("new", "total")
    page.press(Qt.Key.Key_Up)
    assert page.here == cell("new", "total")
    page.press(Qt.Key.Key_Home)
    assert page.here == cell("new", "person")
    page.press(Qt.Key.Key_End)
    assert page.here == cell("new", "total")


def test_control_with_arrows_leaps(page: OpenPage) -> None:
    page.press(Qt.Key.Key_Down, CONTROL)
    assert page.here == cell("carried_out", "person")
    page.press(Qt.Key.Key_Right, CONTROL)
    assert page.here == cell("carried_out", "total")
    page.press(Qt.Key.Key_Home, CONTROL)
    assert page.here == cell("new", "person")
    assert page.selected() == [cell("new", "person")]
    page.press(Qt.Key.Key_End, CONTROL)
    assert page.here == cell("carried_out", "other")


def test_page_keys_move_by_what_is_seen(page: OpenPage) -> None:
    page.press(Qt.Key.Key_PageDown)
    after = page.view.currentIndex().row()
    assert after > 8
    page.press(Qt.Key.Key_PageUp)
    assert page.here == cell("new", "person")


def test_arrows_in_a_table_of_blocks_go_from_block_to_block(qtbot: QtBot) -> None:
    page = OpenPage(qtbot, "disclosure")
    page.press(Qt.Key.Key_Down, times=2)
    assert page.here == cell("licences", "decisions", "disclosure")
    page.keys("1\n2\n3\n4.5\n")
    assert list(page.cells) == [
        cell("licences", "decisions", "disclosure"),
        cell("penalties", "decisions", "disclosure"),
        cell("coercive_measures", "decisions", "disclosure"),
        cell("fees", "charged", "disclosure"),
    ]


def test_arrows_leave_what_began_with_a_digit_but_not_what_is_edited(page: OpenPage) -> None:
    page.keys("5")
    page.press(Qt.Key.Key_Right)
    assert page.cells == {cell("new", "person"): 5}
    assert page.here == cell("new", "enterprise")
    page.press(Qt.Key.Key_Left)
    page.press(Qt.Key.Key_F2)
    page.press(Qt.Key.Key_Left)
    page.keys("1\n")
    assert page.cells == {cell("new", "person"): 15}


def test_escape_leaves_the_cell_as_it_was(page: OpenPage) -> None:
    page.keys("5\n")
    page.press(Qt.Key.Key_Up)
    page.keys("9")
    page.press(Qt.Key.Key_Escape)
    assert page.editor is None
    assert page.cells == {cell("new", "person"): 5}


def test_an_emptied_cell_is_blank_and_not_zero(page: OpenPage) -> None:
    page.keys("5\n")
    page.press(Qt.Key.Key_Up)
    page.press(Qt.Key.Key_F2)
    page.press(Qt.Key.Key_Backspace)
    page.keys("\n")
    assert page.cells == {}


def test_a_total_says_that_it_computes_itself(page: OpenPage) -> None:
    page.page.go_to(cell("new", "total"))
    page.keys("5")
    assert page.editor is None
    assert page.said[-1] == "合计自动计算，不用填。"
    page.double_click(cell("new", "total"))
    assert page.editor is None


def test_delete_clears_the_selection_in_one_step(page: OpenPage) -> None:
    page.keys("1\t2\t3\t")
    before = page.cells
    page.click(cell("new", "person"))
    page.press(Qt.Key.Key_Right, SHIFT, times=6)
    assert page.selected() == [cell("new", column.id) for column in FORM.tables["requests"].blocks[0].columns]
    page.press(Qt.Key.Key_Delete)
    assert page.cells == {}
    assert page.said[-1] == "清除 3 格。"
    page.session.undo()
    assert page.cells == before


def test_deleting_a_total_says_why_not(page: OpenPage) -> None:
    page.page.go_to(cell("new", "total"))
    page.press(Qt.Key.Key_Delete)
    assert page.said[-1] == "合计自动计算，不能清除。"


def test_control_d_fills_down(page: OpenPage) -> None:
    page.keys("4\n")
    page.press(Qt.Key.Key_Up)
    page.press(Qt.Key.Key_Down, SHIFT, times=3)
    page.press(Qt.Key.Key_D, CONTROL)
    assert list(page.cells.values()) == [4, 4, 4, 4]
    page.session.undo()
    assert page.cells == {cell("new", "person"): 4}


def test_a_block_is_selected_by_mouse(page: OpenPage) -> None:
    page.click(cell("new", "person"))
    page.click(cell("granted", "enterprise"), SHIFT)
    rows = ("new", "carried_in", "granted")
    assert page.selected() == [cell(row, column) for row in rows for column in ("person", "enterprise")]


def test_a_label_takes_no_click(page: OpenPage) -> None:
    page.keys("5\n")
    where = page.rect(cell("new", "person")).center()
    where.setX(20)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.here == cell("carried_in", "person")


def test_undo_in_an_open_editor_drops_what_is_typed(page: OpenPage) -> None:
    page.keys("5\n8")
    page.press(Qt.Key.Key_Z, CONTROL)
    assert page.editor is None
    assert page.cells == {cell("new", "person"): 5}


@pytest.mark.parametrize("opened", [False, True])
def test_undo_reaches_the_window_when_nothing_is_typed(page: OpenPage, opened: bool) -> None:  # noqa: FBT001
    # A window-wide shortcut gets the key only if the focused widget lets its override pass.
    page.keys("5\n")
    if opened:
        page.press(Qt.Key.Key_F2)
    target = QApplication.focusWidget()
    assert target is not None
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CONTROL)
    override.ignore()
    QApplication.sendEvent(target, override)
    assert not override.isAccepted()
    assert page.editor is None


def test_undo_is_kept_by_an_editor_in_which_something_is_typed(page: OpenPage) -> None:
    page.keys("5")
    assert page.editor is not None
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CONTROL)
    override.ignore()
    QApplication.sendEvent(page.editor, override)
    assert override.isAccepted()


def test_an_undo_elsewhere_leaves_what_is_being_typed(page: OpenPage) -> None:
    page.keys("5\n")
    page.press(Qt.Key.Key_Up)
    page.keys("77")
    page.session.undo()
    assert page.editor is not None
    assert page.editor.text() == "77"


def test_numbers_take_no_input_method(page: OpenPage) -> None:
    attribute = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not page.view.testAttribute(attribute)
    page.press(Qt.Key.Key_Down)
    assert not page.view.testAttribute(attribute)
    page.press(Qt.Key.Key_F2)
    assert page.editor is not None
    assert not page.editor.testAttribute(attribute)


def test_every_cell_can_be_reached_by_tab_alone(qtbot: QtBot) -> None:
    for table in THIRD.tables.values():
        page = OpenPage(qtbot, table.id, THIRD)
        typed = [ref for ref in table.refs() if ref not in THIRD.totals]
        reached: list[CellRef | None] = [page.here]
        for _ in typed[1:]:
            page.press(Qt.Key.Key_Tab)
            reached.append(page.here)
        assert reached == typed
