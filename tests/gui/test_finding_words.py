"""Findings about prose in the window: words marked, jumped to, settled, mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reportdesk.gui.common.confirm_button import SETTLE_MS, AnswerButton
from reportdesk.gui.findings.entry import FindingEntry
from reportdesk.gui.look.theme import Role, Scheme, theme_for
from reportdesk.report.document import Report
from reportdesk.report.file.codec import decode
from reportdesk.store.versions import Reason, read_version
from tests.gui.open_window import CONTROL, OpenWindow

PART = "overview.disclosure"
TEXT = "本镇按(具体网址)公开,信息10条。"
WORDS = "(具体网址)"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    desk = OpenWindow(qtbot, tmp_path)
    desk.go_to_section(1)
    desk.editor(PART).setFocus()
    desk.keys(TEXT)
    qtbot.waitUntil(lambda: bool(coded(desk, "TXT-3")), timeout=30_000)
    return desk


def press(desk: OpenWindow, widget: QWidget) -> None:
    if isinstance(widget, AnswerButton):
        QTest.qWait(SETTLE_MS + 100)  # an answer counts only once it can have been seen
    desk.click(widget)
    QApplication.processEvents()


def coded(desk: OpenWindow, code: str) -> list[FindingEntry]:
    return [entry for entry in desk.view.side_panels.findings.entries if entry.finding.code == code]


def selected(desk: OpenWindow) -> str:
    return desk.editor(PART).textCursor().selectedText()


def marked(desk: OpenWindow) -> dict[str, QTextCharFormat]:
    return {
        one.cursor.selectedText(): QTextCharFormat(one.format) for one in desk.editor(PART).extraSelections()
    }


def line_of_reason(desk: OpenWindow) -> QLineEdit:
    return desk.line("说明")


def settle(desk: OpenWindow, reason: str) -> None:
    press(desk, coded(desk, "TXT-3")[0])
    press(desk, desk.button("说明…"))
    desk.keys(reason)
    desk.key(Qt.Key.Key_Return)


def test_a_pause_finds_what_is_wrong_with_the_words(desk: OpenWindow) -> None:
    assert "具体网址" in coded(desk, "TXT-3")[0].text()
    assert desk.says("1 提醒")


def test_the_words_are_underlined_with_a_wave_of_the_severitys_colour(desk: OpenWindow) -> None:
    shape = next(shape for words, shape in marked(desk).items() if "具体网址" in words)
    assert shape.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    assert shape.underlineColor() == theme_for(Scheme.LIGHT).color(Role.WARNING)


def test_a_click_selects_the_very_words(desk: OpenWindow) -> None:
    desk.go_to_section(5)
    press(desk, coded(desk, "TXT-3")[0])
    assert desk.view.current_section == "overview"
    assert "具体网址" in selected(desk)
    assert len(selected(desk)) <= len(WORDS)


def test_the_words_are_still_found_when_text_before_them_grew(desk: OpenWindow) -> None:
    desk.editor(PART).go_to(0)
    desk.keys("二〇二四年，")
    press(desk, coded(desk, "TXT-3")[0])
    assert "具体网址" in selected(desk)


def test_the_pointer_over_the_words_is_told_the_finding(desk: OpenWindow) -> None:
    editor = desk.editor(PART)
    editor.go_to(TEXT.index("网"))
    sentence = coded(desk, "TXT-3")[0].finding.message
    at = editor.cursorRect().center()
    at.setX(at.x() + 2)
    assert sentence[:8] in editor.told_at(at)
    editor.go_to(0)
    assert not editor.told_at(editor.cursorRect().center())


def test_mended_words_lose_their_mark_at_the_next_pause(desk: OpenWindow, qtbot: QtBot) -> None:
    press(desk, coded(desk, "TXT-3")[0])
    desk.keys("本镇网站")
    qtbot.waitUntil(lambda: not coded(desk, "TXT-3"), timeout=30_000)
    assert not any("网站" in words for words in marked(desk))


def test_a_written_reason_settles_the_finding_and_it_no_longer_counts(desk: OpenWindow) -> None:
    assert desk.says("1 提醒")
    settle(desk, "原文如此")
    assert desk.says("已写说明")
    assert desk.says("已说明　1 处")
    assert not desk.says("1 提醒")
    assert "说明：原文如此" in coded(desk, "TXT-3")[0].text()
    assert [one.text for one in desk.report.explanations.values()] == ["原文如此"]
    desk.key(Qt.Key.Key_S, CONTROL)
    assert [one.text for one in desk.kept().explanations.values()] == ["原文如此"]


def test_a_reason_can_be_taken_back(desk: OpenWindow) -> None:
    settle(desk, "原文如此")
    press(desk, coded(desk, "TXT-3")[0])
    press(desk, desk.button("收回说明"))
    assert desk.report.explanations == {}
    assert desk.says("1 提醒")


def test_ctrl_z_takes_a_reason_back(desk: OpenWindow) -> None:
    settle(desk, "原文如此")
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.explanations == {}
    assert desk.says("1 提醒")


def test_an_empty_reason_settles_nothing(desk: OpenWindow) -> None:
    settle(desk, "  ")
    assert desk.report.explanations == {}
    assert desk.says("请先写一句理由")


def test_escape_leaves_the_reason(desk: OpenWindow) -> None:
    press(desk, coded(desk, "TXT-3")[0])
    press(desk, desk.button("说明…"))
    desk.keys("半句")
    desk.key(Qt.Key.Key_Escape)
    assert desk.report.explanations == {}
    assert desk.button("说明…").isVisible()


def test_a_reason_being_written_survives_findings_that_come_and_go(desk: OpenWindow, qtbot: QtBot) -> None:
    press(desk, coded(desk, "TXT-3")[0])
    press(desk, desk.button("说明…"))
    desk.keys("半句")
    desk.editor(PART).go_to(0)
    desk.editor(PART).insert_sentence("上报××件。", "插入数据")
    line_of_reason(desk).setFocus()
    before = len(desk.view.side_panels.findings.entries)
    qtbot.waitUntil(lambda: len(desk.view.side_panels.findings.entries) != before, timeout=30_000)
    QApplication.processEvents()  # the list that was made anew is laid out and shown
    assert line_of_reason(desk).text() == "半句"
    assert line_of_reason(desk).hasFocus()


def test_an_error_offers_no_reason(desk: OpenWindow) -> None:
    from tests.gui.test_findings import unbalance

    unbalance(desk)
    error = next(entry for entry in desk.view.side_panels.findings.entries if entry.finding.code == "REQ-1")
    press(desk, error)
    with pytest.raises(StopIteration):
        desk.button("说明…")


def test_a_mend_shows_before_and_after_and_is_one_step(desk: OpenWindow) -> None:
    before = desk.report.prose[PART]
    press(desk, coded(desk, "TXT-10")[0])
    press(desk, desk.button("改正…"))
    assert desk.focus() is next_button(desk, lambda text: text.startswith("改正 "))
    assert desk.says("公开,信息10条")
    assert desk.says("公开，信息10条")
    assert desk.report.prose[PART] == before
    press(desk, next_button(desk, lambda text: text.startswith("改正 ")))
    assert "公开，信息10条" in desk.report.prose[PART]
    assert desk.editor(PART).toPlainText() == desk.report.prose[PART]
    assert not coded(desk, "TXT-10")
    assert coded(desk, "TXT-3")
    assert kept(desk)[Reason.MEND].prose[PART] == before
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.prose[PART] == before


def kept(desk: OpenWindow) -> dict[Reason, Report]:
    """What is kept of the report from before, by why."""
    desk.window.keeper.beside.finish("")
    versions = desk.autosave.keeping.versions()
    return {one.reason: decode(read_version(one)).report for one in versions}


def next_button(desk: OpenWindow, fits: Callable[[str], bool]) -> FindingEntry:
    from PySide6.QtWidgets import QPushButton

    return next(one for one in desk.shown(QPushButton) if fits(one.text()))  # type: ignore[return-value]


def test_a_mend_of_words_that_changed_meanwhile_changes_nothing(desk: OpenWindow) -> None:
    press(desk, coded(desk, "TXT-10")[0])
    press(desk, desk.button("改正…"))
    desk.editor(PART).go_to(0)
    desk.editor(PART).insert_sentence("又，", "插入数据")
    now = desk.report.prose[PART]
    press(desk, next_button(desk, lambda text: text.startswith("改正 ")))
    assert desk.report.prose[PART] == now
    assert desk.says("请按 F9 重新审核")
