"""Blocks between the grid and a spreadsheet, and texts that are no number: nothing lost, nothing silent."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.look.theme import Role
from tests.gui.open_page import CONTROL, SHIFT, OpenPage, cell

PROSE = "根据《中华人民共和国政府信息公开条例》要求，现发布本报告。\n本报告由以下部分组成。\n" * 30


@pytest.fixture
def page(qtbot: QtBot) -> OpenPage:
    return OpenPage(qtbot)


def test_a_block_is_pasted_says_what_it_left_out_and_is_one_step(page: OpenPage) -> None:
    page.page.go_to(cell("new", "legal_service"))
    page.paste("１\t2\t3\n1,000\t/\t1000\n")
    assert page.cells == {
        cell("new", "legal_service"): 1,
        cell("new", "other"): 2,
        cell("carried_in", "legal_service"): 1000,
    }
    assert page.said[-1].startswith("粘贴 3 格，3 格未粘贴：")
    assert "“/”不是数字" in page.said[-1]
    assert "合计 2 格自动计算" in page.said[-1]
    assert page.here == cell("new", "legal_service")
    page.session.undo()
    assert page.cells == {}


def test_what_a_paste_took_is_selected(page: OpenPage) -> None:
    page.paste("1\t2\n3\t4\n")
    assert page.selected() == [
        cell(row, column) for row in ("new", "carried_in") for column in ("person", "enterprise")
    ]


def test_one_number_fills_the_selected_block(page: OpenPage) -> None:
    page.press(Qt.Key.Key_Down, SHIFT)
    page.press(Qt.Key.Key_Right, SHIFT)
    page.paste("0")
    assert page.cells == {
        cell(row, column): 0 for row in ("new", "carried_in") for column in ("person", "enterprise")
    }


def test_a_copied_block_is_what_a_spreadsheet_takes(page: OpenPage) -> None:
    page.keys("1\t2\t\t\t\t3\t")
    page.click(cell("new", "legal_service"))
    page.press(Qt.Key.Key_Right, SHIFT, times=2)
    page.press(Qt.Key.Key_Down, SHIFT)
    page.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "\t3\t6\n\t\t"
    assert page.said[-1] == "已复制 6 格。"


def test_cut_takes_the_numbers_along_and_undo_brings_them_back(page: OpenPage) -> None:
    page.keys("7\n")
    page.press(Qt.Key.Key_Up)
    page.press(Qt.Key.Key_X, CONTROL)
    assert page.cells == {}
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_V, CONTROL)
    assert page.cells == {cell("carried_in", "person"): 7}
    page.session.undo()
    page.session.undo()
    assert page.cells == {cell("new", "person"): 7}


def test_a_page_of_prose_on_a_cell_meets_one_sentence(page: OpenPage) -> None:
    page.keys("7\n")
    page.press(Qt.Key.Key_Up)
    page.paste(PROSE)
    assert page.cells == {cell("new", "person"): 7}
    assert page.said[-1].startswith("没有粘贴：")
    assert page.said[-1].count("。") == 1


def test_an_empty_clipboard_says_so(page: OpenPage) -> None:
    QGuiApplication.clipboard().clear()
    page.press(Qt.Key.Key_V, CONTROL)
    assert page.said[-1] == "剪贴板里没有文字，没有粘贴。"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("abc", "“abc”不是数字"), ("9" * 30, "数字太大：最多 12 位，这里有 30 位"), ("1.5", "1.5 不是整数")],
)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down])
def test_a_refused_text_stays_in_its_editor_with_the_reason(
    page: OpenPage, text: str, reason: str, key: Qt.Key
) -> None:
    page.keys(text)
    page.press(key)
    assert page.editor is not None
    assert page.editor.text() == text
    assert page.editor.hasFocus()
    assert page.page.note.isVisible()
    assert reason in page.page.note.text()
    assert reason in page.said[-1]
    assert page.here == cell("new", "person")
    assert page.cells == {}


def test_the_reason_goes_when_one_types_on_and_the_mended_text_is_taken(page: OpenPage) -> None:
    page.keys("5x\n")
    assert page.page.note.isVisible()
    page.press(Qt.Key.Key_Backspace)
    assert not page.page.note.isVisible()
    page.keys("\n")
    assert page.cells == {cell("new", "person"): 5}


def test_a_click_elsewhere_commits_what_is_a_number(page: OpenPage) -> None:
    page.keys("5")
    page.click(cell("granted", "research"))
    assert page.cells == {cell("new", "person"): 5}
    assert page.here == cell("granted", "research")


def test_a_click_elsewhere_does_not_lose_a_refused_text(page: OpenPage) -> None:
    page.keys("5x")
    page.click(cell("granted", "research"))
    assert page.editor is not None
    assert page.editor.text() == "5x"
    assert page.here == cell("new", "person")
    assert page.page.note.isVisible()


def test_a_button_does_not_lose_a_refused_text(page: OpenPage) -> None:
    page.keys("5x")
    QTest.mouseClick(page.page.rest_button, Qt.MouseButton.LeftButton)
    assert page.editor is not None
    assert page.editor.text() == "5x"
    assert page.page.note.isVisible()


def test_going_to_a_finding_does_not_lose_a_refused_text(page: OpenPage) -> None:
    page.keys("5x")
    page.page.go_to(cell("granted", "research"))
    assert page.editor is not None
    assert page.here == cell("new", "person")
    assert not page.page.finish_editing()


def test_the_window_can_have_what_is_being_typed_committed(page: OpenPage) -> None:
    page.keys("5")
    assert page.page.finish_editing()
    assert page.cells == {cell("new", "person"): 5}
    assert page.editor is None


@pytest.mark.parametrize(
    ("clip", "reason"),
    [(PROSE, "剪贴板里不止一格"), ("1\t2", "剪贴板里不止一格"), ("长" * 41, "是一段文字（41 字）")],
)
def test_a_block_or_prose_is_not_pasted_into_an_open_editor(page: OpenPage, clip: str, reason: str) -> None:
    page.keys("12")
    page.paste(clip)
    assert page.editor is not None
    assert page.editor.text() == "12"
    assert reason in page.page.note.text()


def test_a_single_number_is_pasted_into_an_open_editor(page: OpenPage) -> None:
    page.keys("1")
    page.paste("2 \n")
    page.keys("\n")
    assert page.cells == {cell("new", "person"): 12}


def listed(page: OpenPage) -> list[str]:
    entries = page.page.refused.list
    return [entries.item(row).text() for row in range(entries.count())]


def marked(page: OpenPage, ref: CellRef) -> bool:
    """Whether the broken frame of a refused cell is drawn inside its own."""
    edge = [page.colour(ref, QPoint(x, 2)) for x in range(6, page.rect(ref).width() - 6)]
    return page.theme.color(Role.ERROR) in edge


REFUSED = [cell("new", "enterprise"), cell("carried_in", "person")]


def paste_with_two_refused(page: OpenPage) -> None:
    page.keys("7\t8\t")
    page.page.go_to(cell("new", "person"))
    page.paste("1\tx2\t3\n约4\t5\t6\n")


def test_what_was_not_pasted_is_marked_and_listed_with_its_text(page: OpenPage) -> None:
    paste_with_two_refused(page)
    assert page.cells[cell("new", "enterprise")] == 8
    assert "没有粘贴的列在表格上面" in page.said[-1]
    assert page.page.refused.isVisible()
    assert [("x2" in one, "约4" in one) for one in listed(page)] == [(True, False), (False, True)]
    assert "商业企业" in listed(page)[0]
    assert "“x2”不是数字" in listed(page)[0]
    page.page.go_to(cell("granted", "person"))
    assert [marked(page, ref) for ref in REFUSED] == [True, True]
    assert not marked(page, cell("new", "person"))


def test_it_stays_while_one_looks_around_and_one_press_goes_to_each(page: OpenPage) -> None:
    paste_with_two_refused(page)
    entries = page.page.refused.list
    for row, ref in enumerate(REFUSED):
        page.page.go_to(cell("granted", "other"))
        entry = entries.visualItemRect(entries.item(row)).center()
        QTest.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=entry)
        assert page.here == ref
        assert page.view.hasFocus()
        page.page.go_to(cell("granted", "other"))
        entries.setFocus()
        entries.setCurrentRow(row)
        page.press(Qt.Key.Key_Return)
        assert page.here == ref
    assert len(listed(page)) == 2
    page.session.check_prose()  # a check is no edit
    assert page.page.refused.isVisible()


def test_a_cell_put_right_leaves_the_list_and_any_other_edit_puts_it_away(page: OpenPage) -> None:
    paste_with_two_refused(page)
    page.page.go_to(REFUSED[0])
    page.keys("2\n")
    assert [("约4" in one) for one in listed(page)] == [True]
    assert [marked(page, ref) for ref in REFUSED] == [False, True]
    page.page.go_to(cell("granted", "other"))
    page.keys("9\n")
    assert not page.page.refused.isVisible()
    assert not any(marked(page, ref) for ref in REFUSED)


@pytest.mark.parametrize("away", ["undo", "fold", "another paste"])
def test_the_list_goes_with_what_it_tells_of(page: OpenPage, away: str) -> None:
    paste_with_two_refused(page)
    if away == "undo":
        page.session.undo()
    elif away == "fold":
        (fold,) = page.page.refused.findChildren(QToolButton)
        QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    else:
        page.page.go_to(cell("granted", "person"))
        page.paste("4")
    assert not page.page.refused.isVisible()
    assert not any(marked(page, ref) for ref in REFUSED)


def test_what_falls_beside_the_table_and_a_total_that_differs_are_listed_too(page: OpenPage) -> None:
    page.page.go_to(cell("new", "other"))
    page.paste("2\t5\t77\n3\t3\t78\n")
    told = listed(page)
    assert len(told) == 3
    assert "总计：“5”，合计自动计算，算出 2" in told[0]
    assert [("“77”，超出表格" in one) for one in told[1:]] == [True, False]
    assert page.page.refused.isVisible()


def test_a_whole_sheet_copied_by_mistake_is_listed_in_part(page: OpenPage) -> None:
    page.paste("\n".join(f"第{number}行的字" for number in range(450)))
    assert len(listed(page)) <= 201
    assert "另有" in listed(page)[-1]


def test_a_very_long_clipboard_is_refused_in_one_sentence_and_lists_nothing(page: OpenPage) -> None:
    page.paste("1\t2\t3\n" * 5_000)
    assert page.said[-1].startswith("没有粘贴：剪贴板里有 5000 行，表")
    assert not page.page.refused.isVisible()


def test_a_paste_taken_whole_lists_nothing(page: OpenPage) -> None:
    page.paste("1\t2\n3\t4\n")
    assert not page.page.refused.isVisible()
    page.page.go_to(cell("new", "other"))
    page.paste("2\t5\n")  # the total is what the cells add up to
    assert not page.page.refused.isVisible()


def test_a_web_page_on_the_clipboard_goes_by_its_labels_and_cells(page: OpenPage) -> None:
    rows = [
        ["", "总计", "自然人", "商业企业"],
        ["二、上年结转政府信息公开申请数量", "3", "1", "2"],
        ["一、本年新收政府信息公开申请数量", "7", "3", "4"],
    ]
    given = QMimeData()
    given.setText("\n".join(text for row in rows for text in row))
    body = "".join("<tr>" + "".join(f"<td><p>{text}</p></td>" for text in row) + "</tr>" for row in rows)
    given.setHtml(f"<table>{body}</table>")
    QGuiApplication.clipboard().setMimeData(given)
    page.press(Qt.Key.Key_V, CONTROL)
    assert page.cells == {
        cell("new", "person"): 3,
        cell("new", "enterprise"): 4,
        cell("carried_in", "person"): 1,
        cell("carried_in", "enterprise"): 2,
    }


def test_what_is_copied_is_a_table_for_a_word_processor_too(page: OpenPage) -> None:
    page.keys("1\t2\t")
    page.click(cell("new", "person"))
    page.press(Qt.Key.Key_Right, SHIFT)
    page.press(Qt.Key.Key_C, CONTROL)
    assert "<td>1</td><td>2</td>" in QGuiApplication.clipboard().mimeData().html()
