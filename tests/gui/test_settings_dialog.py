"""Settings by keys and mouse: what is chosen is seen at once, kept, and loses nothing of the report."""

import datetime as dt
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common import questions
from reportdesk.gui.common.confirm_button import SETTLE_MS
from reportdesk.gui.common.preferences import Preferences, apply_theme
from reportdesk.gui.common.questions import Unkept
from reportdesk.gui.look.theme import Role, Scheme, theme_for
from reportdesk.gui.start.settings_dialog import SettingsDialog
from reportdesk.report.document import Fact
from reportdesk.store.folders import Folders
from reportdesk.store.user_data.profile import read_own_profile
from reportdesk.store.user_data.settings import PdfKind
from tests.gui.open_window import CONTROL, OpenWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenWindow:
    monkeypatch.setenv("REPORTDESK_HOME", str(tmp_path / "home"))
    return OpenWindow(qtbot, tmp_path)


def open_settings(desk: OpenWindow) -> SettingsDialog:
    desk.key(Qt.Key.Key_Comma, CONTROL)
    (dialog,) = desk.shown(SettingsDialog)
    return dialog


def press(dialog: QWidget, text: str) -> None:
    button = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def back_to(desk: OpenWindow) -> None:
    desk.window.activateWindow()
    QApplication.processEvents()


def now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def test_larger_text_and_dark_are_worn_at_once_where_one_is(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    here = CellRef("requests", "granted", "welfare")
    desk.view.go_to(desk.view.here().__class__("requests", cell=here))
    before = desk.entry(3).font().pixelSize()
    dialog = open_settings(desk)
    press(dialog, "大")
    press(dialog, "深色")
    dialog.close()
    assert desk.entry(3).font().pixelSize() > before
    assert desk.view.here().cell == here
    ground = desk.window.grab().toImage().pixelColor(4, desk.window.height() - 4)
    assert ground.lightness() < 80
    apply_theme(theme_for(Scheme.LIGHT))


def test_undo_reaches_back_over_a_change_of_theme(desk: OpenWindow) -> None:
    desk.go_to_section(3)
    desk.view.go_to(desk.view.here())
    desk.keys("7\r")
    dialog = open_settings(desk)
    press(dialog, "小")
    dialog.close()
    back_to(desk)
    assert 7 in desk.report.cells.values()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert 7 not in desk.report.cells.values()


def test_what_was_chosen_holds_at_the_next_start(desk: OpenWindow) -> None:
    dialog = open_settings(desk)
    press(dialog, "大")
    press(dialog, "浅色")
    dialog.close()
    assert desk.window.preferences.finish()
    again = Preferences()
    assert again.settings.text_size.says == "大"
    assert again.theme.scheme is Scheme.LIGHT
    assert again.theme.color(Role.PAGE).name() == "#ffffff"


def test_the_kind_of_pdf_is_kept_and_used_by_the_next_export(
    desk: OpenWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportdesk.gui.outgoing.exporting.ask_whether_to_export", lambda *_: True)
    dialog = open_settings(desk)
    dialog.tabs.setCurrentIndex(1)
    press(dialog, "PDF/A-1（不附数据）")
    dialog.close()
    assert desk.window.preferences.finish()
    assert Preferences().settings.pdf is PdfKind.BARE
    exporter = desk.window.commands.exporter
    with qtbot.waitSignal(exporter.ended, timeout=30_000):
        desk.window.commands.export(tmp_path / "out")
    (pdf,) = (tmp_path / "out").rglob("*.pdf")
    assert not pypdf.PdfReader(pdf).attachments


def test_the_units_profile_is_kept_and_a_wrong_field_is_named(desk: OpenWindow) -> None:
    dialog = open_settings(desk)
    dialog.tabs.setCurrentIndex(2)
    lines = dialog.profile.lines
    lines["full_name"].setFocus()
    lines["full_name"].setText("常乐镇人民政府")
    for field, wrong in (("postcode", "75500"), ("email", "ab.cn"), ("deadline", "13-40")):
        lines[field].setText(wrong)
    press(dialog, "保存本单位资料")
    assert dialog.told == "还没有保存：请先改正“邮编”、“电子邮箱”、“报送期限”。"
    beside = [label.text() for label in dialog.profile.findChildren(QLabel) if label.text().startswith("▲")]
    assert beside[0] == "▲ 应为 6 位数字"
    assert len(beside) == 3
    assert lines["postcode"].hasFocus()
    for field, right in (("postcode", "755000"), ("email", "a@b.cn"), ("deadline", "01-31")):
        lines[field].setText(right)
    press(dialog, "保存本单位资料")
    assert "已保存" in dialog.told
    unit, _sentence = read_own_profile(desk.window.preferences.folders.profile_file, now())
    assert unit is not None
    assert unit.facts[Fact.POSTCODE] == "755000"


@pytest.mark.parametrize("typed", ["1-31", "1月31日", "1.31", "01/31", "01-31"])
def test_a_deadline_may_be_written_as_people_write_a_day(desk: OpenWindow, typed: str) -> None:
    dialog = open_settings(desk)
    dialog.tabs.setCurrentIndex(2)
    dialog.profile.lines["full_name"].setText("常乐镇人民政府")
    dialog.profile.lines["deadline"].setText(typed)
    assert str(dialog.profile.profile().deadline) == "01-31"


def test_enter_in_a_field_of_the_profile_does_not_close_the_settings(desk: OpenWindow) -> None:
    dialog = open_settings(desk)
    dialog.tabs.setCurrentIndex(2)
    field = dialog.profile.lines["full_name"]
    field.setFocus()
    field.setText("宣和镇人民政府")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert field.text() == "宣和镇人民政府"
    press(dialog, "保存本单位资料")
    assert "已保存" in dialog.told


def fill_unit(desk: OpenWindow, *, postcode: str = "755000") -> SettingsDialog:
    dialog = open_settings(desk)
    dialog.tabs.setCurrentIndex(2)
    dialog.profile.lines["full_name"].setText("常乐镇人民政府")
    dialog.profile.lines["postcode"].setText(postcode)
    dialog.tabs.setCurrentIndex(0)
    return dialog


def answer(monkeypatch: pytest.MonkeyPatch, given: Unkept | None) -> None:
    """What the question about the profile is answered with; None where it must not be asked."""

    def asked(_parent: QWidget) -> Unkept:
        assert given is not None, "asked although nothing would be lost"
        return given

    monkeypatch.setattr(questions, "ask_about_profile", asked)


@pytest.mark.parametrize("given", Unkept)
def test_a_profile_that_is_not_saved_is_asked_about_before_the_settings_close(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch, given: Unkept
) -> None:
    dialog = fill_unit(desk)
    answer(monkeypatch, given)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() is (given is Unkept.STAY)
    unit, _sentence = read_own_profile(desk.window.preferences.folders.profile_file, now())
    assert (unit is not None) is (given is Unkept.KEEP)
    if given is Unkept.STAY:
        assert dialog.tabs.currentIndex() == 2
        assert dialog.profile.lines["postcode"].text() == "755000"


def test_a_profile_that_cannot_be_saved_keeps_the_settings_open(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = fill_unit(desk, postcode="75500")
    answer(monkeypatch, Unkept.KEEP)
    press(dialog, "关闭")
    assert dialog.isVisible()
    assert "请先改正“邮编”" in dialog.told


def test_nothing_is_asked_once_the_profile_is_saved(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = fill_unit(desk)
    press(dialog, "保存本单位资料")
    answer(monkeypatch, None)
    press(dialog, "关闭")
    assert not dialog.isVisible()


def test_settings_that_cannot_be_kept_hold_for_now_and_say_so(qtbot: QtBot, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    dialog = SettingsDialog(Preferences(Folders(blocked / "settings", tmp_path, tmp_path)))
    qtbot.addWidget(dialog)
    press(dialog, "大")
    qtbot.waitUntil(lambda: "下次打开会恢复原样" in dialog.told)


def test_the_list_is_cleared_only_when_asked_twice(desk: OpenWindow, qtbot: QtBot) -> None:
    dialog = open_settings(desk)
    press(dialog, "清空年报列表")
    press(dialog, "确认清空年报列表")  # as a double click does
    assert dialog.told == ""
    qtbot.wait(SETTLE_MS + 100)
    press(dialog, "确认清空年报列表")
    assert "年报文件都还在" in dialog.told
    assert desk.path.exists()


def test_what_was_wrong_is_told_no_more_once_the_fields_are_mended(desk: OpenWindow) -> None:
    dialog = open_settings(desk)
    dialog.tabs.setCurrentIndex(2)
    lines = dialog.profile.lines
    lines["full_name"].setText("常乐镇人民政府")
    for field in ("postcode", "email"):
        lines[field].setText("7")
    press(dialog, "保存本单位资料")
    QTest.keyClicks(lines["postcode"], "55000")
    assert "还没有保存" in dialog.told
    QTest.keyClicks(lines["email"], "@b.cn")
    assert not dialog.told


def test_the_dialog_is_no_higher_than_its_tab_asks_for(desk: OpenWindow) -> None:
    dialog = open_settings(desk)
    dialog.tabs.setCurrentIndex(2)
    whole = dialog.height()
    dialog.tabs.setCurrentIndex(0)
    assert dialog.height() < whole


def test_a_short_tab_leaves_no_empty_ground(desk: OpenWindow) -> None:
    dialog = open_settings(desk)
    last = max(dialog.findChildren(QRadioButton), key=lambda one: one.isVisible() and one.y())
    close = next(one for one in dialog.findChildren(QPushButton) if one.text() == "关闭")
    gap = close.mapTo(dialog, close.rect().topLeft()).y() - last.mapTo(dialog, last.rect().bottomLeft()).y()
    assert gap < 3 * close.height()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_a_ticked_box_stands_out_from_its_ground(desk: OpenWindow, scheme: Scheme) -> None:
    theme = theme_for(scheme)
    desk.window.apply_theme(theme)
    dialog = open_settings(desk)
    dialog.tabs.setCurrentIndex(2)
    box = next(one for one in dialog.findChildren(QCheckBox) if one.isVisible())
    box.setChecked(True)
    picture = box.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(16) for y in range(picture.height())}
    assert theme.name(Role.ACCENT) in colours
    assert theme.name(Role.ON_ACCENT) in colours
