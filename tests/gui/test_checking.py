"""The rules on prose run when the clerk pauses; long prose is read in the second process."""

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.gui.common.worker_client import WorkerClient
from reportdesk.gui.findings.background_check import LONG_PROSE, PauseCheck
from reportdesk.report.document import new_report
from reportdesk.report.edits import TextChange, change_text
from reportdesk.session.compared import what_was_compared
from reportdesk.session.session import CheckState, Session
from reportdesk.store.file import write_report

FORM = load_form("2021")
PART = "overview.disclosure"
LONG = "按照××要求公开。" + "及时公开了许多信息。" * LONG_PROSE
COPIED = (
    "严格落实信息发布三审三校制度，由党政办牵头，全年对8个栏目开展集中清理，下架失效信息36条。"
    "建立月通报制度，每月15日前汇总各站所公开情况，组织业务培训2次，参训46人次。"
)
PATIENCE_MS = 40_000


@pytest.fixture
def session() -> Session:
    return Session(FORM, new_report(FORM, 2024, "常乐镇人民政府"), dt.date(2025, 1, 9))


@pytest.fixture
def parent() -> QObject:
    return QObject()


@pytest.fixture
def check(client: WorkerClient, session: Session, parent: QObject) -> PauseCheck:
    return PauseCheck(session, lambda: client, parent)


def write(session: Session, text: str) -> None:
    session.apply(change_text(session.report, FORM, TextChange(PART, 0, "", text)))


def codes(session: Session) -> set[str]:
    return {found.code for found in session.findings}


@pytest.mark.parametrize("times", [1, LONG_PROSE // 10])
@pytest.mark.usefixtures("check")
def test_what_is_wrong_is_found_however_long_the_text_is(qtbot: QtBot, session: Session, times: int) -> None:
    write(session, "按照××要求公开。" + "及时公开了许多信息。" * times)
    qtbot.waitUntil(lambda: "TXT-3" in codes(session), timeout=PATIENCE_MS)


def test_what_is_changed_while_it_is_read_is_read_anew(
    qtbot: QtBot, session: Session, check: PauseCheck
) -> None:
    write(session, LONG)
    qtbot.waitUntil(lambda: check._asked is not None, timeout=PATIENCE_MS)
    session.apply(change_text(session.report, FORM, TextChange(PART, 0, "按照××要求公开。", "")))
    qtbot.waitUntil(lambda: check._checked == session.revision, timeout=PATIENCE_MS)
    assert "TXT-3" not in codes(session)


@pytest.mark.parametrize("text", ["按照××要求公开。", LONG])
def test_whoever_asks_for_all_goes_on_once_it_is_found(
    qtbot: QtBot, session: Session, check: PauseCheck, text: str
) -> None:
    write(session, text)
    told: list[bool] = []
    check.check_whole(lambda: told.append("TXT-3" in codes(session)))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert told == [True]
    assert not session.holds_back


def test_without_the_second_process_it_is_read_here_for_whoever_asks(
    qtbot: QtBot, session: Session, parent: QObject
) -> None:
    client = WorkerClient(parent, ["/nowhere/python"])
    check = PauseCheck(session, lambda: client, parent)
    write(session, LONG)
    told: list[bool] = []
    check.check_whole(lambda: told.append("TXT-3" in codes(session)))
    qtbot.waitUntil(lambda: told == [True], timeout=PATIENCE_MS)
    client.close()


@pytest.mark.parametrize("command", [None, ["/nowhere/python"]])
def test_prose_like_another_report_of_this_pc_is_found_with_and_without_the_second_process(
    qtbot: QtBot,
    session: Session,
    parent: QObject,
    client: WorkerClient,
    tmp_path: Path,
    command: list[str] | None,
) -> None:
    other = new_report(FORM, 2024, "迎水桥镇人民政府")
    other.prose[PART] = COPIED
    write_report(tmp_path / "other.gknb", other)
    asked = client if command is None else WorkerClient(parent, command)
    check = PauseCheck(session, lambda: asked, parent)
    write(session, COPIED)
    session.other_reports = (tmp_path / "gone.gknb", tmp_path / "other.gknb")
    told: list[bool] = []
    check.check_whole(lambda: told.append("UNIT-4" in codes(session)))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert told == [True]
    assert "有 1 份读不了，没有比较：“gone.gknb”" in what_was_compared(session)
    if asked is not client:
        asked.close()


def test_who_has_left_the_report_does_not_go_on(qtbot: QtBot, session: Session, check: PauseCheck) -> None:
    write(session, LONG)
    told: list[bool] = []
    check.check_whole(lambda: told.append(True))
    check.detach()
    qtbot.waitUntil(lambda: check._asked is None, timeout=PATIENCE_MS)
    assert told == []


def test_the_rules_are_loaded_a_module_at_a_time() -> None:
    script = (
        "import sys\n"
        "from reportdesk.checks.engine import Trigger, load_rules_by_and_by, registered\n"
        "known = lambda: sum(name.startswith('reportdesk.checks.') for name in sys.modules)\n"
        "seen = [known() for _ in load_rules_by_and_by(Trigger.ON_IDLE)]\n"
        "assert seen == sorted(seen) and len(set(seen)) > len(seen) // 2, seen\n"
        "assert any(one.trigger is Trigger.ON_IDLE for one in registered().values())\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_what_is_learnt_of_other_reports_after_a_check_is_compared_too(
    qtbot: QtBot, session: Session, check: PauseCheck, tmp_path: Path
) -> None:
    other = new_report(FORM, 2024, "迎水桥镇人民政府")
    other.prose[PART] = COPIED
    write_report(tmp_path / "other.gknb", other)
    write(session, COPIED)
    qtbot.waitUntil(lambda: check._checked == session.revision, timeout=PATIENCE_MS)
    assert "UNIT-4" not in codes(session)
    session.know_others((tmp_path / "other.gknb",))
    qtbot.waitUntil(lambda: "UNIT-4" in codes(session), timeout=PATIENCE_MS)
    assert session.check_state is CheckState.DONE


def test_prose_is_not_read_anew_while_only_the_words_are_awaited(
    qtbot: QtBot, session: Session, check: PauseCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []
    check_prose = session.check_prose

    def count(**asked: Any) -> None:
        runs.append(session.revision)
        check_prose(**asked)

    monkeypatch.setattr(session, "check_prose", count)
    session.want_words(wanted=True)
    write(session, "及时公开了许多信息。")
    qtbot.waitUntil(lambda: runs == [session.revision], timeout=PATIENCE_MS)
    assert session.check_state is CheckState.PENDING, "the words are awaited"
    session.know_titles({"常乐镇": frozenset({"迎水桥镇人民政府"})})  # what any listener hears of
    assert not check._pause.isActive(), "it would read the same prose again"
