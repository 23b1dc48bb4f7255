"""Another year or unit name: what is told, and the file's name."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from reportdesk.report.document import Fact, new_report
from reportdesk.report.edits import TextChange, change_fact, change_text
from reportdesk.report.file.codec import encode
from reportdesk.store.file import read_report, write_report
from reportdesk.store.user_data.sent_drafts import SentDraft, SentDrafts, read_sent_drafts, write_sent_drafts
from tests.gui.open_window import FORM, OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    """A window with a file that has the program's own name for it."""
    desk = OpenWindow(qtbot, tmp_path)
    own = tmp_path / "常乐镇人民政府2024年年报.gknb"
    desk.path.rename(own)
    assert desk.window.open_path(own)
    desk.path = own
    return desk


def give_year(desk: OpenWindow, year: str) -> None:
    line = desk.line("报告年度")
    line.setFocus()
    line.selectAll()
    desk.keys(year)


def test_another_year_is_told_and_the_file_renamed_when_asked_for(desk: OpenWindow, qtbot: QtBot) -> None:
    sent = desk.window.preferences.folders.sent_drafts
    drafts = SentDrafts(SentDraft(1, dt.datetime(2025, 1, 9, tzinfo=dt.UTC), deepcopy(desk.report)))
    write_sent_drafts(sent, desk.path, drafts)
    give_year(desk, "2025")
    assert "2025年1月1日起至2025年12月31日" in desk.report.prose["opening"]
    assert desk.window.status_line.message == ""  # not while it is being typed
    qtbot.waitUntil(lambda: desk.says("开头还是初稿，其中的年度和单位名称已跟着改。"))
    assert desk.says("文件名还是“常乐镇人民政府2024年年报.gknb”。")
    desk.click(desk.button("改文件名"))
    renamed = desk.path.with_name("常乐镇人民政府2025年年报.gknb")
    assert desk.says(f"文件已改名为“{renamed.name}”。")
    assert read_report(renamed).report.year == 2025
    assert not desk.path.exists()
    assert desk.autosave.path == renamed
    assert read_sent_drafts(sent, renamed) == drafts
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.report.year == 2024
    assert "2024年1月1日起" in desk.report.prose["opening"]


def test_a_file_that_was_changed_elsewhere_is_asked_about_and_not_renamed(
    desk: OpenWindow, qtbot: QtBot
) -> None:
    give_year(desk, "2025")
    qtbot.waitUntil(lambda: desk.says("文件名还是“常乐镇人民政府2024年年报.gknb”。"))
    theirs = encode(new_report(FORM, 2024, "别人改过的镇"))
    desk.path.write_bytes(theirs)
    desk.click(desk.button("改文件名"))
    assert desk.path.read_bytes() == theirs
    assert [path.name for path in desk.path.parent.glob("*.gknb")] == [desk.path.name]
    assert desk.says("要留哪一份？")
    desk.click(desk.button("两份都留"))
    assert desk.path.read_bytes() == theirs


def test_an_opening_that_was_rewritten_stays_and_that_is_said(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.session.apply(change_text(desk.report, FORM, TextChange("opening", 0, "", "今")))
    give_year(desk, "2025")
    qtbot.waitUntil(lambda: desk.says("开头的文字改写过，没有跟着改"))
    assert "2024年1月1日起" in desk.report.prose["opening"]


def test_a_name_of_the_clerks_own_is_let_be(qtbot: QtBot, tmp_path: Path) -> None:
    desk = OpenWindow(qtbot, tmp_path)
    desk.session.apply(change_fact(desk.report, FORM, Fact.TITLE_NAME, "常乐镇"))
    qtbot.waitUntil(lambda: desk.says("开头还是初稿"))
    assert not desk.says("文件名")


def test_what_was_offered_of_one_report_renames_no_other(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    give_year(desk, "2025")
    qtbot.waitUntil(lambda: desk.says("文件名还是“常乐镇人民政府2024年年报.gknb”。"))
    other = tmp_path / "宣和镇人民政府2024年年报.gknb"
    write_report(other, new_report(FORM, 2024, "宣和镇人民政府"))
    assert desk.window.open_path(other)
    assert "改文件名" not in {button.text() for button in desk.shown(QAbstractButton)}
    assert other.exists()
    assert desk.path.exists()
    assert not desk.path.with_name("常乐镇人民政府2025年年报.gknb").exists()
