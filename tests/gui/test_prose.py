"""Prose in the window: plain paragraphs, one history, an input method's words."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from reportdesk.gui.prose.editor import LONGEST, ProseEditor
from reportdesk.report.document import Fact
from reportdesk.report.edits import replace_text
from tests.gui.open_window import CONTROL, SHIFT, OpenWindow

PART = "overview.disclosure"
SECOND = "overview.requests"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


@pytest.fixture
def editor(desk: OpenWindow) -> ProseEditor:
    desk.go_to_section(1)
    editor = desk.editor(PART)
    desk.click(editor.viewport())
    return editor


def compose(editor: ProseEditor, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def put_on_clipboard(html: str = "", text: str = "") -> None:
    given = QMimeData()
    given.setText(text)
    if html:
        given.setHtml(html)
    QGuiApplication.clipboard().setMimeData(given)


@pytest.mark.usefixtures("editor")
def test_typed_words_are_in_the_report(desk: OpenWindow) -> None:
    desk.keys("公开信息1578条")
    desk.key(Qt.Key.Key_Return)
    desk.keys("二是")
    assert desk.report.prose[PART] == "公开信息1578条\n二是"
    assert desk.says("11 字")


def test_shift_enter_begins_a_paragraph_like_enter(desk: OpenWindow, editor: ProseEditor) -> None:
    desk.keys("一")
    desk.key(Qt.Key.Key_Return, SHIFT)
    desk.keys("二")
    assert desk.report.prose[PART] == "一\n二"
    assert editor.document().blockCount() == 2


def test_an_input_methods_pre_edit_is_no_edit(desk: OpenWindow, editor: ProseEditor) -> None:
    compose(editor, "zheng'fu")
    assert PART not in desk.report.prose
    assert desk.session.undo() is None
    compose(editor, "", "政府信息")
    assert desk.report.prose[PART] == "政府信息"


def test_ctrl_z_takes_typing_back_and_ctrl_y_brings_it_again(desk: OpenWindow, editor: ProseEditor) -> None:
    desk.keys("公开")
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert editor.toPlainText() == ""
    assert PART not in desk.report.prose
    desk.key(Qt.Key.Key_Y, CONTROL)
    assert editor.toPlainText() == "公开"
    assert desk.report.prose[PART] == "公开"


def test_undo_goes_to_the_page_where_the_words_were(desk: OpenWindow, editor: ProseEditor) -> None:
    desk.keys("公开")
    desk.go_to_section(6)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.view.current_section == "overview"
    assert editor.hasFocus()


def test_a_pasted_page_becomes_plain_paragraphs_in_one_step(desk: OpenWindow, editor: ProseEditor) -> None:
    desk.keys("前")
    put_on_clipboard(
        html="<h1>标题</h1><p style='color:red'>红字</p><img src='x.png'>",
        text="\u3000\u3000一是\xa0加强\u200b学习。\r\n\r\n\u3000\u3000二是落实。\x0c",
    )
    desk.key(Qt.Key.Key_V, CONTROL)
    assert desk.report.prose[PART] == "前一是 加强学习。\n二是落实。"
    assert editor.toPlainText() == desk.report.prose[PART]
    assert "red" not in editor.toHtml()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.prose[PART] == "前"


@pytest.mark.usefixtures("editor")
def test_a_paste_beyond_all_measure_is_refused_with_a_sentence(desk: OpenWindow) -> None:
    desk.keys("前")
    put_on_clipboard(text="字" * (LONGEST + 1))
    desk.key(Qt.Key.Key_V, CONTROL)
    assert desk.report.prose[PART] == "前"
    assert desk.says("没有粘贴")


@pytest.mark.usefixtures("editor")
def test_copied_text_is_plain(desk: OpenWindow) -> None:
    desk.keys("公开")
    desk.key(Qt.Key.Key_A, CONTROL)
    desk.key(Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == "公开"
    assert not copied.hasHtml()


def test_characters_beyond_the_first_plane_keep_their_places(desk: OpenWindow, editor: ProseEditor) -> None:
    desk.keys("镇")
    compose(editor, "", "𠮷𠮷")
    desk.keys("村")
    assert desk.report.prose[PART] == "镇𠮷𠮷村"
    editor.go_to(2)
    desk.keys("和")
    assert desk.report.prose[PART] == "镇𠮷和𠮷村"
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert editor.toPlainText() == "镇𠮷𠮷村"


def test_an_edit_from_elsewhere_is_shown_and_the_cursor_keeps_its_words(
    desk: OpenWindow, editor: ProseEditor
) -> None:
    desk.keys("甲乙丙丁")
    editor.go_to(3)
    desk.session.apply(replace_text(desk.report, desk.session.form, PART, "新甲乙丙丁", "改正"))
    assert editor.toPlainText() == "新甲乙丙丁"
    assert editor.textCursor().position() == 4
    desk.keys("入")
    assert desk.report.prose[PART] == "新甲乙丙入丁"


@pytest.mark.usefixtures("editor")
def test_a_heading_is_the_official_one_until_it_is_written_anew(desk: OpenWindow) -> None:
    line = desk.line("小标题 （一）主动公开")
    assert line.text() == "（一）主动公开"
    desk.click(line)
    desk.key(Qt.Key.Key_A, CONTROL)
    desk.keys("（一）政府信息主动公开情况")
    assert desk.report.headings[PART] == "（一）政府信息主动公开情况"
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert line.text() == "（一）主动公开"
    assert line.hasFocus()


def test_an_emptied_heading_is_the_official_one_again(desk: OpenWindow, editor: ProseEditor) -> None:
    line = desk.line("小标题 （一）主动公开")
    desk.click(line)
    desk.key(Qt.Key.Key_A, CONTROL)
    desk.key(Qt.Key.Key_Delete)
    desk.click(editor.viewport())
    assert line.text() == "（一）主动公开"
    assert PART not in desk.report.headings
    assert desk.says("小标题不能为空")


@pytest.mark.usefixtures("editor")
def test_what_the_law_asks_is_shown(desk: OpenWindow) -> None:
    for part in desk.session.form.sections[0].parts:
        assert desk.says(part.asks)


@pytest.mark.usefixtures("editor")
def test_tab_goes_on_to_the_next_part(desk: OpenWindow) -> None:
    for _stop in ("插入数据", "正文"):  # never a heading, into which the next paste would go
        desk.key(Qt.Key.Key_Tab)
    desk.keys("没有收到")
    assert desk.report.prose == desk.report.prose | {SECOND: "没有收到"}


def test_an_editor_grows_with_its_text_and_the_page_follows_the_cursor(
    desk: OpenWindow, editor: ProseEditor
) -> None:
    low = editor.height()
    for _ in range(40):
        desk.keys("行")
        desk.key(Qt.Key.Key_Return)
    assert editor.height() > low
    assert editor.verticalScrollBar().maximum() == 0
    cursor = editor.viewport().mapTo(desk.window, editor.cursorRect().center())
    assert 0 < cursor.y() < desk.window.height() - 32


def test_lines_are_at_most_40_characters_wide(desk: OpenWindow, editor: ProseEditor) -> None:
    desk.keys("字" * 41)
    assert editor.document().firstBlock().layout().lineCount() == 2
    widest = editor.document().firstBlock().layout().lineAt(0).textLength()
    assert 36 <= widest <= 38  # two more are the indent


def test_names_and_year_make_the_title_as_one_types(desk: OpenWindow) -> None:
    desk.click(desk.line("标题用名"))
    desk.keys("沙坡头区常乐镇")
    assert desk.says("沙坡头区常乐镇\n2024年政府信息公开工作年度报告")
    year = desk.line("报告年度")
    desk.click(year)
    desk.key(Qt.Key.Key_A, CONTROL)
    desk.keys("20x23")
    assert desk.report.facts[Fact.YEAR] == "2023"
    assert "2023年" in desk.window.windowTitle()


def test_half_a_year_is_not_taken_for_one(desk: OpenWindow) -> None:
    year = desk.line("报告年度")
    desk.click(year)
    desk.key(Qt.Key.Key_End)
    desk.key(Qt.Key.Key_Backspace)
    assert desk.report.facts[Fact.YEAR] == "2024"
    desk.click(desk.line("机关全称"))
    assert year.text() == "2024"


def test_closing_lines_are_kept(desk: OpenWindow) -> None:
    desk.line("落款单位").setFocus()
    desk.keys("常乐镇人民政府")
    desk.line("落款日期").setFocus()
    desk.keys("2025年1月9日")
    assert desk.report.facts[Fact.CLOSING_UNIT] == "常乐镇人民政府"
    assert desk.report.facts[Fact.CLOSING_DATE] == "2025年1月9日"


def test_an_edit_takes_the_mark_of_a_finished_section_back(desk: OpenWindow, editor: ProseEditor) -> None:
    mark = next(one for one in desk.shown(QCheckBox) if one.text() == "本节完成")
    desk.click(mark)
    assert mark.isChecked()
    assert desk.report.finished == {"overview": True}
    editor.setFocus()
    desk.keys("又")
    assert not mark.isChecked()
    assert desk.report.finished == {}


def test_f2_and_enter_go_between_text_and_heading(desk: OpenWindow, editor: ProseEditor) -> None:
    editor.setFocus()
    desk.key(Qt.Key.Key_F2)
    line = desk.focus()
    assert line.accessibleName().startswith("小标题")
    desk.keys("信息公开情况")
    assert desk.report.headings == {PART: "信息公开情况"}
    desk.key(Qt.Key.Key_Return)
    assert editor.hasFocus()


def test_a_paragraph_in_a_heading_is_told_of(desk: OpenWindow, editor: ProseEditor) -> None:
    editor.setFocus()
    desk.key(Qt.Key.Key_F2)
    desk.keys("本镇" * 20)
    desk.key(Qt.Key.Key_Return)
    assert desk.says("这个小标题有 40 字，一般不超过 28 字")


def test_a_pasted_list_is_tidied_when_asked_for(desk: OpenWindow, editor: ProseEditor) -> None:
    editor.setFocus()
    desk.keys("公开：")
    put_on_clipboard(text="- 政策3条\n- 动态9条")
    desk.key(Qt.Key.Key_V, CONTROL)
    assert desk.report.prose[PART] == "公开：- 政策3条\n- 动态9条"
    desk.click(desk.button("整理分段"))
    assert desk.report.prose[PART] == "公开：政策3条\n动态9条"
    assert not desk.says("断成了几行")
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.prose[PART] == "公开：- 政策3条\n- 动态9条"


def test_a_list_that_is_to_stay_leaves_the_cursor_in_the_text(desk: OpenWindow, editor: ProseEditor) -> None:
    editor.setFocus()
    put_on_clipboard(text="- 政策3条\n- 动态9条")
    desk.key(Qt.Key.Key_V, CONTROL)
    leave = desk.button("不用整理")
    leave.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert editor.hasFocus()
    assert desk.report.prose[PART] == "- 政策3条\n- 动态9条"


def test_plain_paragraphs_are_not_offered_to_be_tidied(desk: OpenWindow, editor: ProseEditor) -> None:
    editor.setFocus()
    put_on_clipboard(text="一是公开政策。\n二是公开动态。")
    desk.key(Qt.Key.Key_V, CONTROL)
    assert not desk.says("断成了几行")


def paste(desk: OpenWindow, text: str) -> None:
    put_on_clipboard(text=text)
    desk.key(Qt.Key.Key_V, CONTROL)
    QApplication.processEvents()


def test_a_pasted_heading_of_the_part_is_stripped(desk: OpenWindow, editor: ProseEditor) -> None:
    editor.setFocus()
    paste(desk, "（一）政府信息主动公开情况。\n公开信息3条。")
    desk.click(desk.button("整理分段"))
    assert desk.report.prose[PART] == "公开信息3条。"


def test_tab_leads_from_a_pasted_list_to_its_tidying(desk: OpenWindow, editor: ProseEditor) -> None:
    editor.setFocus()
    paste(desk, "- 政策3条\n- 动态9条")
    desk.key(Qt.Key.Key_Tab)
    assert desk.focus() is desk.button("整理分段")
    desk.key(Qt.Key.Key_Tab)
    assert desk.focus() is desk.button("不用整理")


def test_tidying_is_offered_until_it_is_chosen_or_the_words_change(
    desk: OpenWindow, editor: ProseEditor
) -> None:
    editor.setFocus()
    paste(desk, "- 政策3条\n- 动态9条")
    desk.editor(SECOND).setFocus()
    desk.keys("申请")
    desk.go_to_section(5)
    desk.go_to_section(1)
    assert desk.button("整理分段").isVisible()
    editor.setFocus()
    editor.go_to(0)
    desk.keys("公开：")
    desk.click(desk.button("整理分段"))
    assert desk.report.prose[PART] == "公开：政策3条\n动态9条"


def test_the_offer_to_tidy_is_scrolled_into_sight(desk: OpenWindow, editor: ProseEditor) -> None:
    editor.setFocus()
    paste(desk, "\n".join(f"- 政策{number}条" for number in range(40)))
    button = desk.button("整理分段")
    assert button.visibleRegion().boundingRect() == button.rect()


def test_pasted_signs_that_only_look_like_characters_are_folded_and_told(
    desk: OpenWindow, editor: ProseEditor
) -> None:
    put_on_clipboard(text="样板镇⼈⺠政府公开⽂件，见⻔户⽹站。")
    editor.paste()
    assert desk.report.prose[PART] == "样板镇人民政府公开文件，见门户网站。"
    assert desk.says("5 个看起来像汉字")


def test_a_line_of_the_title_page_folds_them_too(desk: OpenWindow) -> None:
    desk.go_to_section(0)
    line = desk.line(Fact.CLOSING_UNIT.says)
    desk.click(line)
    put_on_clipboard(text="白河镇⼈⺠政府")
    line.paste()
    assert desk.report.facts[Fact.CLOSING_UNIT] == "白河镇人民政府"
    assert desk.says("2 个看起来像汉字")


@pytest.mark.usefixtures("editor")
def test_enter_that_is_held_since_something_else_led_here_writes_nothing(desk: OpenWindow) -> None:
    desk.keys("一")
    for is_repeat, text in ((True, "一"), (True, "一"), (False, "一\n")):
        held = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", is_repeat
        )
        QApplication.sendEvent(desk.focus(), held)
        assert desk.report.prose[PART] == text


def time_of(editor: ProseEditor, desk: OpenWindow, text: str) -> float:
    """How long the window works while a text is pasted and a letter typed into it."""
    put_on_clipboard(text=text)
    editor.selectAll()
    begun = time.thread_time()
    editor.paste()
    desk.keys("a")
    editor.document().size()
    return time.thread_time() - begun


UNBROKEN = ("（", "（《", "1", "、", "a", "@%", "，", "镇“", "1a.", "）", "…")


@pytest.mark.parametrize("sign", UNBROKEN)
def test_signs_between_which_no_line_may_end_hold_up_nobody(
    desk: OpenWindow, editor: ProseEditor, sign: str
) -> None:
    size = LONGEST - 10_000
    plain = time_of(editor, desk, "镇" * size)
    assert time_of(editor, desk, (sign * size)[:size]) < 4 * plain + 0.1
    assert len(desk.report.prose[PART]) == size + 1


def test_a_long_run_of_signs_leaves_lines_as_they_were_once_it_is_gone(
    desk: OpenWindow, editor: ProseEditor
) -> None:
    usual = editor.wordWrapMode()
    time_of(editor, desk, "（" * 5_000)
    assert editor.wordWrapMode() != usual
    editor.selectAll()
    desk.keys("b")
    assert editor.wordWrapMode() == usual
    time_of(editor, desk, "全年主动公开政府信息12条，其中规范性文件1件。" * 1_000)
    assert editor.wordWrapMode() == usual
