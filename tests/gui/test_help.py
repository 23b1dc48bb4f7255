"""The help: true to the menus and the form, found by words, open at the page about the section."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reportdesk.gui.help.help_pages import read_pages
from reportdesk.gui.help.help_window import HelpWindow
from reportdesk.resources import resource
from tests.gui.open_window import CONTROL, FORM, OpenWindow

PAGES = {page.name: page for page in read_pages()}
MOST = 60 * 1024


@pytest.fixture
def desk(qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path_factory.mktemp("reports"))


def back_to(desk: OpenWindow) -> None:
    desk.window.activateWindow()
    QApplication.processEvents()


def open_help(desk: OpenWindow) -> HelpWindow:
    desk.key(Qt.Key.Key_F1)
    (shown,) = desk.shown(HelpWindow)
    return shown


def test_f1_opens_the_page_about_the_section_that_is_shown(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    assert open_help(desk).text.toPlainText().startswith("表三")
    desk.go_to_section(1)
    back_to(desk)
    assert open_help(desk).text.toPlainText().startswith("各部分怎么填")


def test_the_window_is_no_larger_than_the_screen(desk: OpenWindow) -> None:
    shown = open_help(desk)
    room = shown.screen().availableGeometry()
    assert room.width() < 980, "a small screen is what this is about"
    assert shown.width() <= room.width()


def test_a_word_narrows_the_contents_and_enter_goes_there(desk: OpenWindow) -> None:
    shown = open_help(desk)
    pages = shown.contents.topLevelItemCount()
    QTest.keyClick(shown, Qt.Key.Key_F, CONTROL)
    shown.words.setText("过程性信息")
    assert 0 < shown.contents.topLevelItemCount() < pages
    QTest.keyClick(shown.words, Qt.Key.Key_Return)
    assert "过程稿" in shown.text.toPlainText()
    assert shown.text.extraSelections()
    shown.words.setText("没有这样的词")
    assert shown.contents.topLevelItemCount() == 0


def test_escape_closes_the_help(desk: OpenWindow) -> None:
    shown = open_help(desk)
    QTest.keyClick(shown.text, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_the_page_of_keys_lists_each_key_of_the_menus_and_no_other(desk: OpenWindow) -> None:
    menus = PAGES["keys"].passages[1]
    written = {
        key.strip()
        for row in re.findall(r"^\| (.+?) \|", menus.text, re.MULTILINE)
        for key in row.split("或")
        if key.strip() not in ("键", "---")
    }
    real = {
        keys.toString(QKeySequence.SequenceFormat.PortableText)
        for action in desk.window.findChildren(QAction)
        if action.text() and action.parent() is desk.window
        for keys in action.shortcuts()
    }
    assert written == real


def test_every_row_of_table_three_is_explained() -> None:
    text = PAGES["requests"].text
    for row in FORM.tables["requests"].blocks[0].rows:
        assert f"| {row.label[-1]} |" in text, row.label


def test_every_page_is_in_the_contents_and_every_picture_and_link_is_there() -> None:
    folder = resource("help")
    assert {path.stem for path in folder.glob("*.md")} == set(PAGES)
    for page in PAGES.values():
        for target in re.findall(r"\]\(([^)]+)\)", page.text):
            assert (folder / target).is_file(), f"{page.name}: {target}"


def test_pictures_are_small_and_all_used() -> None:
    text = "".join(page.text for page in PAGES.values())
    for path in resource("help", "pictures").glob("*"):
        assert path.stat().st_size <= MOST
        assert f"pictures/{path.name}" in text


def test_f1_on_the_page_of_handing_in_opens_its_own_page(desk: OpenWindow) -> None:
    desk.click(desk.button("报送"))
    QApplication.processEvents()
    assert open_help(desk).text.toPlainText().startswith(PAGES["hand-in"].title)
