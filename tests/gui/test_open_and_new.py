"""The start page, the first start, a report out of last year's, and coming back to where one stopped."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.gui.common import files
from reportdesk.gui.common.preferences import Preferences, apply_theme
from reportdesk.gui.grid.table_page import TablePage
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.start.new_report import Known, NewReportDialog
from reportdesk.gui.start.open_and_new import OpenAndNew
from reportdesk.gui.start.report_row import ReportRow
from reportdesk.gui.start.start_page import StartPage
from reportdesk.gui.start.unit_page import UnitPage
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.report.document import Fact
from reportdesk.store.file import read_report
from reportdesk.store.folders import Folders
from reportdesk.store.user_data.profile import read_own_profile, write_profiles
from reportdesk.store.user_data.unit_profile import UnitProfile
from tests.gui.open_window import open_report, shown_view

FORM = load_form("2021")
EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
NOW = dt.datetime(2025, 1, 9, 8, 0, tzinfo=dt.UTC)
Open = Callable[[], MainWindow]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    district = tmp_path / "district"
    return Folders(tmp_path / "settings", tmp_path / "own", tmp_path / "reports", district=district)


@pytest.fixture
def start(qtbot: QtBot, folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Start the program anew, on the same PC."""
    own, listed = OpenAndNew._list, []

    def list_reports(open_and_new: OpenAndNew, page: StartPage) -> None:
        own(open_and_new, page)
        listed.append(page)

    monkeypatch.setattr(OpenAndNew, "_list", list_reports)

    def open_window() -> MainWindow:
        preferences = Preferences(folders)
        apply_theme(preferences.theme)
        window = MainWindow(preferences.theme, preferences=preferences)
        qtbot.addWidget(window)
        window.resize(1366, 728)
        with qtbot.waitExposed(window):
            listed.clear()
            window.show()
        qtbot.waitUntil(lambda: bool(listed), timeout=20_000)  # what the disk holds is read beside the window
        qtbot.wait(100)
        return window

    return open_window


def known_unit(folders: Folders) -> None:
    write_profiles(folders.profile_file, [UnitProfile({Fact.FULL_NAME: "常乐镇人民政府"})])


def rows(window: MainWindow) -> list[ReportRow]:
    return [row for row in window.findChildren(ReportRow) if row.isVisible()]


def click(window: MainWindow, words: str) -> None:
    found = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and one.text() == words]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def says(window: MainWindow, words: str) -> bool:
    return any(words in label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_an_empty_start_page_explains_itself(start: Open, folders: Folders) -> None:
    known_unit(folders)
    assert says(start(), "这台电脑上还没有年报")


def test_a_report_is_listed_and_opened_where_one_stopped(
    start: Open, folders: Folders, tmp_path: Path, qtbot: QtBot
) -> None:
    known_unit(folders)
    shutil.copyfile(EXAMPLE, tmp_path / "常乐.gknb")
    first = start()
    assert first.open_path(tmp_path / "常乐.gknb")
    shown_view(first).sections.choose("requests")
    qtbot.waitUntil(lambda: any(page.isVisible() for page in first.findChildren(TablePage)))
    cell = CellRef("requests", "granted", "other")
    next(page for page in first.findChildren(TablePage) if page.isVisible()).go_to(cell)
    first.close()

    second = start()
    (row,) = rows(second)
    assert row.text() == "中卫市沙坡头区常乐镇人民政府　2024 年"
    assert "草稿" in row.accessibleName()
    assert "6 节填了 6 节" in row.accessibleName()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: says(second, "已回到上次停下的地方：表三 （一）予以公开"))
    assert shown_view(second).here().cell == cell
    second.back_to_start()
    qtbot.waitUntil(lambda: len(rows(second)) == 1)
    assert not says(second, "2024 年度")


def test_enter_opens_the_report_that_was_opened_last(
    start: Open, folders: Folders, tmp_path: Path, qtbot: QtBot
) -> None:
    known_unit(folders)
    for name in ("甲.gknb", "乙.gknb"):
        shutil.copyfile(EXAMPLE, tmp_path / name)
        window = start()
        assert window.open_path(tmp_path / name)
        window.close()
    again = start()
    qtbot.waitUntil(lambda: isinstance(again.focusWidget(), ReportRow))
    qtbot.wait(100)  # the files are looked at, which lists them anew
    focus = again.focusWidget()
    assert isinstance(focus, ReportRow)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert open_report(again).autosave.path.name == "乙.gknb"


def test_a_missing_report_is_marked_and_can_be_taken_off_the_list(
    start: Open, folders: Folders, tmp_path: Path, qtbot: QtBot
) -> None:
    known_unit(folders)
    path = tmp_path / "U 盘.gknb"
    shutil.copyfile(EXAMPLE, path)
    first = start()
    assert first.open_path(path)
    first.close()
    path.unlink()
    second = start()
    qtbot.waitUntil(lambda: any("文件不在原处" in row.accessibleName() for row in rows(second)))
    click(second, "移除")
    qtbot.waitUntil(lambda: says(second, "这台电脑上还没有年报"))


def test_the_first_start_takes_the_unit_from_a_districts_file(
    start: Open, folders: Folders, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = tmp_path / "全区.gkprofile"
    names = ("宣和镇人民政府", "常乐镇人民政府", "永康镇人民政府")
    write_profiles(district, [UnitProfile({Fact.FULL_NAME: name}) for name in names])
    monkeypatch.setattr(files, "ask_for_profile", lambda _parent: district)
    window = start()
    click(window, "从文件导入（上级发来的 .gkprofile）…")
    page = window.findChild(UnitPage)
    assert page is not None
    assert page.units.count() == len(names)
    QTest.keyClicks(page._seek, "")
    page._seek.setText("常乐")
    assert page.units.count() == 1
    at = page.units.visualItemRect(page.units.item(0)).center()
    QTest.mouseClick(page.units.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    click(window, "保存并继续")
    qtbot.waitUntil(lambda: says(window, "这台电脑上还没有年报"))
    unit, _sentence = read_own_profile(folders.profile_file, NOW)
    assert unit is not None
    assert unit.full_name == "常乐镇人民政府"


def test_what_came_with_the_installer_is_offered_at_the_first_start(
    start: Open, folders: Folders, qtbot: QtBot
) -> None:
    assert folders.district is not None
    folders.district.mkdir()
    unit = UnitProfile({Fact.FULL_NAME: "常乐镇人民政府", Fact.TELEPHONE: "0955-123"})
    write_profiles(folders.district / "区里.gkprofile", [unit])
    window = start()
    qtbot.waitUntil(lambda: any(page.isVisible() for page in window.findChildren(UnitPage)))
    click(window, "保存并继续")
    qtbot.waitUntil(lambda: says(window, "这台电脑上还没有年报"))
    kept, _sentence = read_own_profile(folders.profile_file, NOW)
    assert kept == unit


def test_a_profile_file_with_errors_is_refused_in_one_sentence(
    start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "坏.gkprofile").write_text("{", encoding="utf-8")
    monkeypatch.setattr(files, "ask_for_profile", lambda _parent: tmp_path / "坏.gkprofile")
    window = start()
    click(window, "从文件导入（上级发来的 .gkprofile）…")
    assert says(window, "单位资料“坏.gkprofile”")


def dialog_for(qtbot: QtBot, folder: Path, today: dt.date, own: str = "") -> NewReportDialog:
    unit = UnitProfile({Fact.FULL_NAME: own}) if own else None
    dialog = NewReportDialog(FORM, theme_for(Scheme.LIGHT), today, Known(folder, unit), from_last_year=True)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def told(dialog: NewReportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def press(dialog: NewReportDialog, words: str) -> None:
    button = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_last_years_file_makes_this_years_report(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportdesk.gui.start.new_report.ask_for_last_year", lambda *_: EXAMPLE)
    dialog = dialog_for(qtbot, tmp_path, dt.date(2026, 1, 9), "宣和镇人民政府")
    press(dialog, "建立年报")
    assert not list(tmp_path.glob("*.gknb"))  # no last year yet
    press(dialog, "选择文件…")
    assert "不是本单位“宣和镇人民政府”的" in told(dialog)
    press(dialog, "建立年报")
    assert dialog.path is not None
    report = read_report(dialog.path).report
    assert report.year == 2025
    assert report.last_year is not None
    assert CellRef("requests", "carried_in", "person") in report.unverified


def test_another_unit_does_not_keep_the_title_of_this_pcs_own(qtbot: QtBot, tmp_path: Path) -> None:
    """A 便民服务中心 got the township's title, and a file of its name."""
    own = UnitProfile({Fact.FULL_NAME: "沙坡头区常乐镇人民政府", Fact.TITLE_NAME: "沙坡头区常乐镇"})
    known = Known(tmp_path, own)
    dialog = NewReportDialog(FORM, theme_for(Scheme.LIGHT), dt.date(2026, 1, 9), known)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.title_name.text() == "沙坡头区常乐镇"
    dialog.full_name.selectAll()
    QTest.keyClicks(dialog.full_name, "X")
    assert dialog.title_name.text() == ""
    dialog.full_name.setText("沙坡头区永康镇人民政府")
    assert dialog.title_name.text() == "沙坡头区永康镇"
    dialog.full_name.setText("沙坡头区常乐镇人民政府")
    assert dialog.title_name.text() == "沙坡头区常乐镇"
    dialog.full_name.setText("沙坡头区常乐镇便民服务中心")
    press(dialog, "建立年报")
    assert dialog.path is not None
    assert dialog.path.name.startswith("沙坡头区常乐镇便民服务中心")
    assert read_report(dialog.path).report.name_in_title() == "沙坡头区常乐镇便民服务中心"


def test_a_title_that_was_typed_stays_when_the_name_is_put_right(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = NewReportDialog(FORM, theme_for(Scheme.LIGHT), dt.date(2026, 1, 9), Known(tmp_path))
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.title_name, "ABC")
    dialog.full_name.setText("沙坡头区永康镇人民政府")
    assert dialog.title_name.text() == "ABC"


@pytest.mark.parametrize("from_last_year", [False, True])
def test_enter_in_a_field_makes_the_report(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, from_last_year: bool
) -> None:
    monkeypatch.setattr("reportdesk.gui.start.new_report.ask_for_last_year", lambda *_: EXAMPLE)
    dialog = NewReportDialog(
        FORM,
        theme_for(Scheme.LIGHT),
        dt.date(2026, 1, 9),
        Known(tmp_path, None),
        from_last_year=from_last_year,
    )
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog.title_name, Qt.Key.Key_Return)
    assert dialog.isVisible()  # nothing to make a report of yet, and nothing is thrown away
    if from_last_year:
        press(dialog, "选择文件…")
    else:
        dialog.full_name.setText("宣和镇人民政府")
    QTest.keyClick(dialog.title_name if not from_last_year else dialog.year, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.path is not None
    assert dialog.path.is_file()


def test_a_clock_in_the_wrong_year_is_told_and_the_year_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_for(qtbot, tmp_path, dt.date(2001, 1, 1))
    assert "日期是2001年1月1日，可能不准" in told(dialog)
    assert dialog.year.findData(2025) >= 0


def test_a_report_that_is_opened_before_the_list_is_read_stays_open(
    qtbot: QtBot, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Path(shutil.copy(EXAMPLE, tmp_path))
    preferences = Preferences(folders)
    window = MainWindow(preferences.theme, preferences=preferences)
    qtbot.addWidget(window)

    def read_slowly() -> tuple[tuple[()], str]:
        assert window.open_path(report)
        return (), ""

    monkeypatch.setattr(window.recent_reports, "entries", read_slowly)
    window.show()
    qtbot.waitUntil(lambda: window.context.current is not None)
    qtbot.wait(50)
    assert shown_view(window).isVisible()
    assert not window.findChildren(UnitPage)
