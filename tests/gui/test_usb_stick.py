"""A USB stick that is pulled out is told without anybody saving, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common import files
from reportdesk.gui.context import autosave
from reportdesk.report.edits import set_cells
from reportdesk.store.file import read_report
from tests.gui.open_window import FORM, OpenWindow

CELL = CellRef("requests", "new", "person")
PATIENCE_MS = 10_000
TOLD = "可能是 U 盘已拔出"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch) -> OpenWindow:
    monkeypatch.setattr(autosave, "LOOK_MS", 20)
    return OpenWindow(qtbot, stick)


def pull_out(stick: Path) -> Path:
    return stick.rename(stick.with_name("pulled out"))


def fill(desk: OpenWindow) -> None:
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 7}))


def test_a_stick_that_is_pulled_out_is_told_though_nothing_is_saved(
    desk: OpenWindow, stick: Path, qtbot: QtBot
) -> None:
    away = pull_out(stick)
    qtbot.waitUntil(lambda: desk.says(TOLD), timeout=PATIENCE_MS)
    assert desk.says("填写的内容都还在")
    away.rename(stick)
    qtbot.waitUntil(lambda: not desk.says(TOLD), timeout=PATIENCE_MS)


def test_what_was_typed_meanwhile_is_saved_once_it_is_back(
    desk: OpenWindow, stick: Path, qtbot: QtBot
) -> None:
    away = pull_out(stick)
    qtbot.waitUntil(lambda: desk.says(TOLD), timeout=PATIENCE_MS)
    fill(desk)
    away.rename(stick)
    qtbot.waitUntil(lambda: desk.kept().cells == {CELL: 7}, timeout=PATIENCE_MS)
    assert not desk.says(TOLD)


def test_it_can_be_kept_in_another_place(
    desk: OpenWindow, stick: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk)
    pull_out(stick)
    qtbot.waitUntil(lambda: desk.says(TOLD), timeout=PATIENCE_MS)
    elsewhere = tmp_path / "另存.gknb"
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: elsewhere)
    desk.click(desk.button("另存为…"))
    assert read_report(elsewhere).report.cells == {CELL: 7}
    qtbot.waitUntil(lambda: not desk.says(TOLD), timeout=PATIENCE_MS)
