"""Mistyped words in the window: found in the second process, fixed one by one or with ticks, and left out if so chosen."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reportdesk.gui.common.confirm_button import SETTLE_MS, AnswerButton
from reportdesk.gui.common.worker_client import WorkerClient
from reportdesk.gui.findings.entry import FindingEntry
from reportdesk.gui.findings.fix_list import FixList
from reportdesk.gui.findings.word_check import WordCheck
from reportdesk.report.document import new_report
from reportdesk.report.edits import TextChange, change_text
from reportdesk.session.compared import what_was_compared
from reportdesk.session.session import CheckState, Session
from tests.gui.open_window import FORM, OpenWindow
from tests.gui.test_checking import PART, PATIENCE_MS, codes, write


@pytest.fixture
def session() -> Session:
    import datetime as dt

    session = Session(FORM, new_report(FORM, 2024, "常乐镇人民政府"), dt.date(2025, 1, 9))
    session.want_words(wanted=True)
    return session


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    desk = OpenWindow(qtbot, tmp_path)
    desk.go_to_section(1)
    return desk


def coded(desk: OpenWindow, code: str) -> list[FindingEntry]:
    return [entry for entry in desk.view.side_panels.findings.entries if entry.finding.code == code]


def press(desk: OpenWindow, widget: QWidget) -> None:
    if isinstance(widget, AnswerButton):
        QTest.qWait(SETTLE_MS + 100)  # an answer counts only once it can have been seen
    desk.click(widget)
    QApplication.processEvents()


def state(session: Session) -> str:
    return session.check_state.value


def test_it_is_found_in_a_pause_and_only_then_nothing_is_pending(
    qtbot: QtBot, session: Session, client: WorkerClient
) -> None:
    parent = QObject()
    WordCheck(session, lambda: client, parent)
    write(session, "主动公公开信息。")
    session.check_prose()
    assert state(session) == "pending"
    qtbot.waitUntil(lambda: "TXT-14" in codes(session), timeout=PATIENCE_MS)
    assert state(session) == "done"
    session.apply(change_text(session.report, FORM, TextChange(PART, 2, "公", "")))
    assert state(session) == "pending"
    session.check_prose()
    qtbot.waitUntil(lambda: session.check_state is CheckState.DONE, timeout=PATIENCE_MS)
    assert "TXT-14" not in codes(session)


def test_without_the_second_process_the_check_failed(qtbot: QtBot, session: Session) -> None:
    parent = QObject()
    client = WorkerClient(parent, ["/nowhere/python"])
    check = WordCheck(session, lambda: client, parent)
    write(session, "主动公公开信息。")
    told: list[bool] = []
    check.check_whole(lambda: told.append(True))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert session.check_state is CheckState.FAILED
    client.close()


def test_left_out_nothing_of_it_is_found_and_the_panel_says_so(
    qtbot: QtBot, session: Session, client: WorkerClient
) -> None:
    parent = QObject()
    check = WordCheck(session, lambda: client, parent)
    write(session, "主动公公开信息。")
    qtbot.waitUntil(lambda: "TXT-14" in codes(session), timeout=PATIENCE_MS)
    assert "没有列出的，不等于没有错别字" in what_was_compared(session)
    check.want(wanted=False)
    session.check_prose()
    assert "TXT-14" not in codes(session)
    assert session.check_state is CheckState.DONE
    assert "错别字：没有查" in what_was_compared(session)


def test_a_mistyped_word_is_fixed_by_itself(desk: OpenWindow, qtbot: QtBot) -> None:
    write(desk.session, "主动公公开信息，网站公公开。")
    qtbot.waitUntil(lambda: len(coded(desk, "TXT-14")) == 2, timeout=PATIENCE_MS)
    press(desk, coded(desk, "TXT-14")[1])
    press(desk, desk.button("改正…"))
    assert desk.shown(FixList)[0].boxes == []
    press(desk, desk.button("改正 1 处"))
    assert desk.report.prose[PART] == "主动公公开信息，网站公开。"
    desk.session.undo()
    assert desk.report.prose[PART] == "主动公公开信息，网站公公开。"


def test_words_that_are_wrong_anywhere_are_fixed_together_each_with_a_tick(
    desk: OpenWindow, qtbot: QtBot
) -> None:
    write(desk.session, "再接再励，一如继往，秸杆禁烧。")
    qtbot.waitUntil(lambda: len(coded(desk, "TXT-13")) == 3, timeout=PATIENCE_MS)
    press(desk, coded(desk, "TXT-13")[0])
    press(desk, desk.button("改正…"))
    boxes = desk.shown(FixList)[0].boxes
    assert [box.isChecked() for box in boxes] == [True] * 3
    boxes[1].setChecked(False)
    press(desk, desk.button("改正 2 处"))
    assert desk.report.prose[PART] == "再接再厉，一如继往，秸秆禁烧。"


def test_the_setting_holds_at_once(desk: OpenWindow, qtbot: QtBot) -> None:
    write(desk.session, "主动公公开信息。")
    qtbot.waitUntil(lambda: bool(coded(desk, "TXT-14")), timeout=PATIENCE_MS)
    preferences = desk.window.preferences
    preferences.change(replace(preferences.settings, checks_words=False))
    assert not coded(desk, "TXT-14")
    preferences.change(replace(preferences.settings, checks_words=True))
    qtbot.waitUntil(lambda: bool(coded(desk, "TXT-14")), timeout=PATIENCE_MS)
