"""All of 表三 and 表四 typed in the shown window by keys and mouse, undone, redone, exported."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView
from pytestqt.qtbot import QtBot

from reportdesk.exports.formats import REPORT_FORMATS
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.gui.grid.balance_line import Chip
from reportdesk.gui.grid.table_page import TablePage
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.outgoing.export_files import publish
from reportdesk.report.document import Report, Value, new_report
from reportdesk.store.file import read_report, write_report
from tests.gui.open_window import open_report

FORM = load_form("2021")
TYPED = [ref for ref in FORM.kind_of if ref not in FORM.totals and ref.table != "disclosure"]
RESULTS = FORM.tables["requests"].blocks[0].row("handled").total_of
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def made_up_numbers() -> dict[CellRef, Value]:
    """Numbers for every typed cell of 表三 and 表四 in which each column balances."""
    chance = random.Random(2024)
    numbers: dict[CellRef, Value] = {ref: chance.choice((0, 1, 3, 12, 250)) for ref in TYPED}
    for column in ("person", "enterprise", "research", "welfare", "legal_service", "other"):
        handled = sum(numbers[CellRef("requests", row, column)] for row in RESULTS)
        carried_out = numbers[CellRef("requests", "carried_out", column)]
        carried_in = min(handled, 4)
        numbers[CellRef("requests", "carried_in", column)] = carried_in
        numbers[CellRef("requests", "new", column)] = handled + carried_out - carried_in
    return numbers


class Clerk:
    """Somebody at the window who has eyes, a keyboard and a mouse."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    def type(self, text: str) -> None:
        """Type where the focus is, which the first digit moves into the cell's editor."""
        for character in text:
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClicks(target, character)

    def open_section(self, title: str) -> None:
        """Click on the section in the list."""
        (entry,) = [
            button for button in self.window.findChildren(QAbstractButton) if button.text().startswith(title)
        ]
        QTest.mouseClick(entry, Qt.MouseButton.LeftButton)

    def click_first_cell(self, label: str) -> None:
        """Click on the cell that a screen reader calls so."""
        grid = self.grid()
        model = grid.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                if index.data(Qt.ItemDataRole.AccessibleTextRole) and str(
                    index.data(Qt.ItemDataRole.AccessibleTextRole)
                ).startswith(label):
                    at: QPoint = grid.visualRect(index).center()
                    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, NONE, at)
                    return
        raise AssertionError(label)

    def grid(self) -> QTableView:
        """The grid that is shown."""
        (page,) = [page for page in self.window.findChildren(TablePage) if page.isVisible()]
        return page.view

    def chips(self) -> list[str]:
        """What the shown balance line says, column by column."""
        return [chip.text() for chip in self.window.findChildren(Chip) if chip.isVisible()]


@pytest.fixture
def at_the_window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """A clerk before the window with a blank report."""
    monkeypatch.setattr("reportdesk.gui.outgoing.exporting.ask_whether_to_export", lambda *_: True)
    write_report(tmp_path / "年报.gknb", new_report(FORM, 2024, "某县某镇人民政府", "某镇"))
    window = MainWindow(theme_for(Scheme.LIGHT), report_follows=True)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert window.open_path(tmp_path / "年报.gknb")
    yield Clerk(window)
    window.close()


def type_table(clerk: Clerk, table: str, numbers: dict[CellRef, Value]) -> None:
    """Type a table's numbers cell after cell, going on by Tab."""
    for ref in TYPED:
        if ref.table == table:
            clerk.type(str(numbers[ref]))
            clerk.press(Qt.Key.Key_Tab)


def shown_report(clerk: Clerk) -> Report:
    return open_report(clerk.window).session.report


def test_a_whole_report_is_typed_undone_redone_and_exported(
    at_the_window: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    clerk, numbers = at_the_window, made_up_numbers()

    clerk.open_section("三、")
    clerk.click_first_cell("表三 一、本年新收政府信息公开申请数量 自然人")
    assert clerk.chips() == ["○"] * 7
    type_table(clerk, "requests", numbers)
    assert clerk.chips() == ["✓"] * 7

    clerk.click_first_cell("表三 （一）予以公开 自然人")
    granted = numbers[CellRef("requests", "granted", "person")]
    clerk.type(str(granted + 2))
    clerk.press(Qt.Key.Key_Return)
    assert clerk.chips() == ["差 2", *["✓"] * 5, "差 2"]
    clerk.press(Qt.Key.Key_Z, CONTROL)
    assert clerk.chips() == ["✓"] * 7

    clerk.open_section("四、")
    clerk.click_first_cell("表四 行政复议 结果维持")
    type_table(clerk, "disputes", numbers)
    assert shown_report(clerk).cells == numbers

    for _ in TYPED:
        clerk.press(Qt.Key.Key_Z, CONTROL)
    assert shown_report(clerk).cells == {}
    assert clerk.chips() == ["○"] * 7  # the cursor followed what was undone, back to 表三

    for _ in TYPED:
        clerk.press(Qt.Key.Key_Y, CONTROL)
    assert shown_report(clerk).cells == numbers

    clerk.press(Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("导出-*/*.html"))) == 1, timeout=40_000)
    file = tmp_path / "年报.gknb"
    clerk.press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(
        lambda: read_report(file).report.cells == numbers, timeout=20_000
    )  # saved beside the window
    compare_with_file(file)


def compare_with_file(file: Path) -> None:
    """The window's export is what the saved file gives by itself."""
    saved = read_report(file).report
    expected = publish(FORM, saved, file.parent / "again", REPORT_FORMATS)
    exported = {path.name: path.read_bytes() for path in file.parent.glob("导出-*/*")}
    assert exported == {one.path.name: one.path.read_bytes() for one in expected}
