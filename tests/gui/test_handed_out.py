"""A double click on a .gkform changes nothing by itself; 设置 lists what was taken in, with the way back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from reportdesk import resources
from reportdesk.form.load import load_form
from reportdesk.gui.common.confirm_button import SETTLE_MS, ConfirmButton
from reportdesk.gui.intake.form_package import ConsentDialog
from reportdesk.gui.intake.form_packages_page import HandedOutPage
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.intake.form_package import make_package, read_package, take_in
from reportdesk.intake.forms_taken import taken
from tests.trials import try_the_same_files_once

ROOT = Path(__file__).parents[2]
THIRD = (ROOT / "tests" / "data" / "forms" / "third.toml").read_text(encoding="utf-8")
NOW = dt.datetime(2026, 1, 9, 8, tzinfo=dt.UTC)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import shutil

    try_the_same_files_once(monkeypatch)
    shutil.copytree(ROOT / "resources" / "forms", tmp_path / "program" / "resources" / "forms")
    shutil.copytree(ROOT / "resources" / "rules", tmp_path / "program" / "resources" / "rules")
    monkeypatch.setattr(resources, "_folder", lambda: tmp_path / "program" / "resources")
    load_form.cache_clear()
    monkeypatch.setattr(load_form, "cache_clear", load_form.cache_clear)
    return tmp_path / "program"


@pytest.fixture
def file(tmp_path: Path, program: Path) -> Path:
    del program
    (tmp_path / "made" / "forms").mkdir(parents=True)
    (tmp_path / "made" / "forms" / "third.toml").write_text(THIRD, encoding="utf-8")
    make_package(tmp_path / "区里.gkform", tmp_path / "made", ["forms/third.toml"])
    return tmp_path / "区里.gkform"


def test_enter_esc_and_a_hasty_press_take_nothing_in(qtbot: QtBot, file: Path) -> None:
    package = read_package(file)
    dialog = ConsentDialog(package, ("增加年报格式。",))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)  # the second press of a double click
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == ConsentDialog.DialogCode.Rejected
    assert taken() == ()


def test_it_shows_what_changes_and_the_digest_to_be_compared(qtbot: QtBot, file: Path) -> None:
    package = read_package(file)
    dialog = ConsentDialog(package, ("<b>增加</b>年报格式。",))
    qtbot.addWidget(dialog)
    dialog.show()
    assert any(package.digest_to_read_out in one.text() for one in dialog.findChildren(PlainLabel))
    assert dialog.findChildren(QPlainTextEdit)[0].toPlainText() == "<b>增加</b>年报格式。"
    qtbot.wait(SETTLE_MS + 100)
    dialog.take.setFocus()
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert dialog.result() == ConsentDialog.DialogCode.Accepted


def test_settings_list_what_holds_and_take_it_back(qtbot: QtBot, file: Path) -> None:
    take_in(read_package(file), NOW)
    page = HandedOutPage()
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert any("区里.gkform" in one.text() for one in page.findChildren(PlainLabel))
    (button,) = page.findChildren(ConfirmButton)
    button.setFocus()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert taken()
    qtbot.wait(SETTLE_MS + 100)
    with qtbot.waitSignal(page.told) as told:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args[1] is True
    assert taken() == ()
    qtbot.waitUntil(lambda: not page.findChildren(QPushButton))
