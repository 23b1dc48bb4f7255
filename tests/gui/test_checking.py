"""The rules on prose run when the clerk pauses; long prose is read beside the event loop."""

import datetime as dt

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.gui.checking import LONG_PROSE, PauseCheck
from reportdesk.report.document import new_report
from reportdesk.report.edits import TextChange, change_text
from reportdesk.session.session import Session

FORM = load_form("2021")
PART = "overview.disclosure"


@pytest.fixture
def session() -> Session:
    return Session(FORM, new_report(FORM, 2024, "常乐镇人民政府"), dt.date(2025, 1, 9))


def write(session: Session, text: str) -> None:
    session.apply(change_text(session.report, FORM, TextChange(PART, 0, "", text)))


def codes(session: Session) -> set[str]:
    return {found.code for found in session.findings}


@pytest.mark.parametrize("times", [1, LONG_PROSE // 10])
def test_what_is_wrong_is_found_however_long_the_text_is(qtbot: QtBot, session: Session, times: int) -> None:
    write(session, "按照××要求公开。" + "及时公开了许多信息。" * times)
    parent = QObject()
    PauseCheck(session, parent)
    qtbot.waitUntil(lambda: "TXT-3" in codes(session), timeout=20_000)


def test_what_is_changed_while_it_is_read_is_read_anew(qtbot: QtBot, session: Session) -> None:
    write(session, "按照××要求公开。" + "及时公开了许多信息。" * LONG_PROSE)
    parent = QObject()
    check = PauseCheck(session, parent)
    qtbot.waitUntil(lambda: check._reading is not None, timeout=20_000)
    session.apply(change_text(session.report, FORM, TextChange(PART, 0, "按照××要求公开。", "")))
    qtbot.waitUntil(lambda: check._checked == session.revision, timeout=40_000)
    assert "TXT-3" not in codes(session)
