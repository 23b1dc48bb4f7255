"""The page around a grid: what fills itself, balances, buttons, remarks, heads that stay, zoom."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.gui.common.confirm_button import SETTLE_MS
from reportdesk.gui.grid.balance_line import Chip, Standing
from reportdesk.gui.look.theme import Role
from tests.gui.open_page import CONTROL, FORM, SHIFT, THIRD, OpenPage, cell

COLUMNS = [column.id for column in FORM.tables["requests"].blocks[0].columns]


@pytest.fixture
def page(qtbot: QtBot) -> OpenPage:
    return OpenPage(qtbot)


def chips(page: OpenPage) -> list[Chip]:
    (line,) = page.page.balance_lines
    return line.findChildren(Chip)


def click(page: OpenPage, button: str) -> None:
    QTest.mouseClick(getattr(page.page, button), Qt.MouseButton.LeftButton)


def test_the_balance_of_a_column_turns_from_open_to_uneven_to_even(page: OpenPage) -> None:
    seen = [standing_of_persons(page)]
    page.keys("5\n")
    seen.append(standing_of_persons(page))
    click(page, "rest_button")
    seen.append(standing_of_persons(page))
    page.page.go_to(cell("granted", "person"))
    page.keys("5\n")
    seen.append(standing_of_persons(page))
    assert [chip.standing for chip in chips(page)] == [Standing.EVEN] * 7
    page.session.undo()
    seen.append(standing_of_persons(page))
    assert seen == [
        (Standing.OPEN, "○"),
        (Standing.UNFINISHED, "差 5"),
        (Standing.UNEVEN, "差 5"),
        (Standing.EVEN, "✓"),
        (Standing.UNEVEN, "差 5"),
    ]


def standing_of_persons(page: OpenPage) -> tuple[Standing, str]:
    chip = chips(page)[0]
    return chip.standing, chip.text()


def test_the_chips_stand_under_their_columns_and_spell_the_sum(page: OpenPage) -> None:
    page.keys("5\n")
    for chip, column in zip(chips(page), COLUMNS, strict=True):
        over = page.rect(cell("new", column)).center()
        left = chip.mapFrom(page.page, page.view.viewport().mapTo(page.page, over)).x()
        assert abs(left - chip.width() / 2) < 2
    chip = chips(page)[0]
    QApplication.sendEvent(chip, QHelpEvent(QEvent.Type.ToolTip, QPoint(), chip.mapToGlobal(QPoint())))
    assert chip.toolTip() == "自然人：一 + 二 = （七） + 四，5 + 未填 = 5 与 未填 + 未填 = 0，差 5，还没填完"


def test_a_table_without_balances_has_no_line(qtbot: QtBot) -> None:
    assert OpenPage(qtbot, "disputes").page.balance_lines == []


def test_the_rest_is_filled_with_zeros_in_one_step(page: OpenPage) -> None:
    page.keys("5\n")
    click(page, "rest_button")
    assert len(page.cells) == 144
    assert page.cells[cell("new", "person")] == 5
    assert page.said[-1] == "已把 143 格填 0，按 Ctrl+Z 可以撤销。"
    page.session.undo()
    assert page.cells == {cell("new", "person"): 5}


def test_a_blank_table_is_filled_with_zeros_without_a_question(page: OpenPage) -> None:
    click(page, "whole_button")
    assert set(page.cells.values()) == {0}
    assert len(page.cells) == 144


def test_a_filled_table_is_asked_for_before_it_is_zeroed(qtbot: QtBot, page: OpenPage) -> None:
    page.keys("5\n6\n")
    click(page, "whole_button")
    assert page.cells[cell("new", "person")] == 5
    assert page.page.asking.text() == (
        "已填的 2 格会改成 0（如一、本年新收政府信息公开申请数量 自然人 5）。确实要改，请再按一次。"
    )
    qtbot.wait(SETTLE_MS + 100)
    click(page, "whole_button")
    assert set(page.cells.values()) == {0}
    assert page.page.asking.text() == ""
    page.session.undo()
    assert page.cells[cell("new", "person")] == 5


def test_presses_that_follow_too_soon_zero_nothing(qtbot: QtBot, page: OpenPage) -> None:
    page.keys("5\n6\n")
    for _ in range(4):
        click(page, "whole_button")
        qtbot.wait(SETTLE_MS // 3)
    assert page.cells[cell("new", "person")] == 5
    page.press(Qt.Key.Key_Space)
    assert page.cells[cell("new", "person")] == 5
    qtbot.wait(SETTLE_MS + 100)
    page.press(Qt.Key.Key_Space)
    assert set(page.cells.values()) == {0}


def test_the_question_to_zero_a_table_goes_with_the_focus(qtbot: QtBot, page: OpenPage) -> None:
    page.keys("5\n")
    click(page, "whole_button")
    assert page.page.asking.text()
    page.view.setFocus()
    assert page.page.asking.text() == ""
    qtbot.wait(SETTLE_MS + 100)
    click(page, "whole_button")
    assert page.cells == {cell("new", "person"): 5}


@pytest.mark.parametrize("button", ["rest_button", "whole_button"])
def test_cells_to_be_verified_are_left_and_counted(page: OpenPage, button: str) -> None:
    typed, blank = cell("new", "person"), cell("new", "other")
    page.keys("5\n")
    page.session.report.unverified.update(dict.fromkeys((typed, blank), True))
    click(page, button)
    assert page.cells[typed] == 5
    assert blank not in page.cells
    assert len(page.cells) == 143
    assert page.said[-1] == "已把 142 格填 0，按 Ctrl+Z 可以撤销。待核实的 2 格没有填。"


def test_filling_down_leaves_what_is_to_be_verified(page: OpenPage) -> None:
    first, marked, last = (cell(row, "person") for row in ("new", "carried_in", "granted"))
    page.session.report.unverified[marked] = True
    page.click(first)
    page.keys("0\n")
    page.click(first)
    page.click(last, SHIFT)
    page.press(Qt.Key.Key_D, CONTROL)
    assert page.cells == {first: 0, last: 0}
    assert page.said[-1] == "向下填充 1 格。待核实的 1 格没有填。"
    page.click(marked)
    page.press(Qt.Key.Key_D, CONTROL)
    assert page.cells[marked] == 0


def test_one_number_for_many_cells_leaves_what_is_to_be_verified(page: OpenPage) -> None:
    marked = cell("carried_in", "person")
    page.session.report.unverified[marked] = True
    page.click(cell("new", "person"))
    page.press(Qt.Key.Key_A, CONTROL)
    page.paste("0")
    assert len(page.cells) == 143
    assert marked not in page.cells
    assert "待核实的 1 格没有填" in page.said[-1]
    page.click(marked)
    page.paste("0")
    assert page.cells[marked] == 0
    page.session.report.unverified[cell("new", "person")] = True
    page.click(marked, SHIFT)
    page.click(cell("new", "person"), SHIFT)
    page.paste("7")
    assert page.cells[marked] == 0
    assert page.said[-1] == "没有粘贴：待核实的 2 格没有填。请逐格粘贴。"


def test_the_question_goes_when_something_else_is_done(page: OpenPage) -> None:
    page.keys("5\n")
    click(page, "whole_button")
    page.view.setFocus()
    page.keys("6\n")
    click(page, "whole_button")
    assert page.cells[cell("carried_in", "person")] == 6


@pytest.mark.parametrize(
    ("table", "offered"), [("disclosure", False), ("requests", True), ("disputes", True)]
)
def test_zeroing_is_offered_where_totals_are(qtbot: QtBot, table: str, offered: bool) -> None:  # noqa: FBT001
    page = OpenPage(qtbot, table)
    assert page.page.whole_button.isVisible() is offered
    assert page.page.rest_button.isVisible()


def test_a_remark_is_written_in_a_line_and_shown_with_its_cell(page: OpenPage) -> None:
    menu = page.page.cell_menu()
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.text()] == [
        "剪切", "复制", "粘贴", "清除", "标为待核实", "备注…",
    ]  # fmt: skip
    next(action for action in menu.actions() if action.text() == "备注…").trigger()
    assert page.page.remark.edit.hasFocus()
    page.keys("wangzhuren")
    page.press(Qt.Key.Key_Return)
    assert page.session.report.remarks == {cell("new", "person"): "wangzhuren"}
    assert page.view.hasFocus()
    page.press(Qt.Key.Key_Down)
    assert not page.page.remark.isVisible()
    page.press(Qt.Key.Key_Up)
    assert page.page.remark.edit.text() == "wangzhuren"
    page.session.undo()
    assert not page.page.remark.isVisible()


def test_escape_leaves_a_remark_as_it_was(page: OpenPage) -> None:
    page.page.remark.write(cell("new", "person"))
    page.keys("abc")
    page.press(Qt.Key.Key_Escape)
    assert page.session.report.remarks == {}
    assert not page.page.remark.isVisible()


def test_a_remark_under_way_is_kept_for_its_own_cell(page: OpenPage) -> None:
    page.page.remark.write(cell("new", "person"))
    page.keys("abc")
    page.click(cell("granted", "research"))
    assert page.session.report.remarks == {cell("new", "person"): "abc"}


def test_a_cell_is_marked_to_be_verified_and_shows_it(page: OpenPage) -> None:
    plain = page.view.viewport().grab(page.rect(cell("new", "person"))).toImage()
    for text in ("标为待核实", "取消待核实"):
        menu = page.page.cell_menu()
        assert menu is not None
        next(action for action in menu.actions() if action.text() == text).trigger()
        shown = page.view.viewport().grab(page.rect(cell("new", "person"))).toImage()
        assert (shown != plain) is (text == "标为待核实")
    assert page.session.report.unverified == {}


def test_the_head_stays_while_the_grid_scrolls(page: OpenPage) -> None:
    head = page.page.panes.head
    before = head.grab().toImage()
    page.press(Qt.Key.Key_Down, CONTROL)
    assert page.view.verticalScrollBar().value() > 0
    page.view.setCurrentIndex(page.view.currentIndex())
    assert head.isVisible()
    assert head.mapTo(page.page, QPoint()).y() < page.view.mapTo(page.page, QPoint()).y()
    assert head.grab().toImage() == before
    assert page.view.viewport().rect().contains(page.rect(cell("carried_out", "person")))


def test_the_stub_stays_where_the_grid_must_scroll_sideways(page: OpenPage) -> None:
    page.page.set_zoom(180)
    stub = page.page.panes.stub
    assert stub.isVisible()
    page.press(Qt.Key.Key_End)
    assert page.view.horizontalScrollBar().value() > 0
    assert page.view.viewport().rect().contains(page.rect(cell("new", "total")))
    assert stub.mapTo(page.page, QPoint()).x() == 0
    page.page.set_zoom(100)
    assert not stub.isVisible()


def test_control_and_wheel_zoom_within_bounds(page: OpenPage) -> None:
    zoomed: list[int] = []
    page.page.zoomed.connect(zoomed.append)
    wide = page.rect(cell("new", "person")).height()
    turn_wheel(page, 120, times=15)
    assert zoomed[0] == 110
    assert zoomed[-1] == 200
    assert page.rect(cell("new", "person")).height() > 1.8 * wide
    turn_wheel(page, -120, times=20)
    assert zoomed[-1] == 80


def turn_wheel(page: OpenPage, angle: int, times: int) -> None:
    place = QPointF(50, 50)
    for _ in range(times):
        QApplication.sendEvent(
            page.view.viewport(),
            QWheelEvent(
                place, page.view.viewport().mapToGlobal(place), QPoint(), QPoint(0, angle),
                Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip


def test_the_current_cell_has_a_frame_and_its_labels_a_tint(page: OpenPage) -> None:
    here, theme = cell("granted", "person"), page.theme
    page.page.go_to(here)
    assert page.colour(here, QPoint(1, 1)) == theme.color(Role.ACCENT)
    label = page.rect(here).topLeft() - QPoint(4, -4)
    picture = page.view.viewport().grab().toImage()
    assert picture.pixelColor(label) == theme.color(Role.CURRENT_LABEL)
    page.press(Qt.Key.Key_Down)
    assert page.colour(here, QPoint(1, 1)) == theme.color(Role.PAGE)
    assert page.view.viewport().grab().toImage().pixelColor(label) == theme.color(Role.LABEL)


def test_an_error_tints_its_cells_and_marks_a_corner(page: OpenPage) -> None:
    page.keys("5\n")
    click(page, "rest_button")
    wrong = cell("new", "person")
    width = page.rect(wrong).width()
    assert page.colour(wrong, QPoint(4, 4)) == page.theme.color(Role.ERROR_GROUND)
    assert page.colour(wrong, QPoint(width - 3, 1)) == page.theme.color(Role.ERROR)
    assert page.colour(cell("new", "enterprise"), QPoint(4, 4)) == page.theme.color(Role.PAGE)


def test_computed_cells_are_tinted_and_selected_ones_show(page: OpenPage) -> None:
    assert page.colour(cell("new", "total"), QPoint(4, 4)) == page.theme.color(Role.COMPUTED)
    page.press(Qt.Key.Key_Right, SHIFT)
    assert page.colour(cell("new", "person"), QPoint(4, 4)) == page.theme.color(Role.SELECTION)


@pytest.mark.parametrize("table", THIRD.tables)
def test_another_edition_is_filled_undone_and_filled_again(qtbot: QtBot, table: str) -> None:
    page = OpenPage(qtbot, table, THIRD)
    typed = [ref for ref in THIRD.tables[table].refs() if ref not in THIRD.totals]
    for number in range(len(typed)):
        signed = THIRD.kind_of[typed[number]].signed
        page.keys(f"{'-' if signed else ''}{number + 1}\t")
    assert [abs(int(page.cells[ref])) for ref in typed] == list(range(1, len(typed) + 1))  # type: ignore[call-overload]
    while page.session.undo():
        pass
    assert page.cells == {}
    while page.session.redo():
        pass
    assert len(page.cells) == len(typed)


@pytest.mark.parametrize("form", [FORM, THIRD], ids=["2021", "third"])
@pytest.mark.parametrize("width", [480, 860, 1400])
@pytest.mark.parametrize("zoom", [80, 100, 150, 200])
def test_no_label_is_cut(qtbot: QtBot, form: object, width: int, zoom: int) -> None:
    for table in form.tables:  # type: ignore[attr-defined]
        page = OpenPage(qtbot, table, form, (width, 500))  # type: ignore[arg-type]
        page.page.set_zoom(zoom)
        geometry, metrics = page.page.panes.geometry_now, page.page.panes.painter.metrics
        for laid in page.page.panes.layout_now.cells:
            if laid.text:
                lines = geometry.lines[laid.row, laid.column].split("\n")
                _, _, across, down = geometry.edges(laid)
                assert "".join(lines) == laid.text
                assert max(metrics.horizontalAdvance(line) for line in lines) <= across
                assert len(lines) * metrics.height() <= down + 1


def test_the_frame_is_quieter_while_the_keys_go_elsewhere(page: OpenPage) -> None:
    here = cell("new", "person")
    page.page.rest_button.setFocus()
    assert page.colour(here, QPoint(1, 1)) == page.theme.color(Role.QUIET)
    page.view.setFocus()
    assert page.colour(here, QPoint(1, 1)) == page.theme.color(Role.ACCENT)
    page.keys("5")
    assert page.colour(here, QPoint(1, 1)) == page.theme.color(Role.ACCENT)


def test_filling_waits_while_a_cell_holds_what_is_refused(qtbot: QtBot) -> None:
    open_page = OpenPage(qtbot)
    open_page.click(cell("new", "person"))
    open_page.keys("9" * 30)
    QTest.mouseClick(open_page.page.rest_button, Qt.MouseButton.LeftButton)
    assert open_page.cells == {}
    assert open_page.editor is not None
    assert "Esc" in open_page.page.note.text()
