"""导入: what a file holds is shown, chosen place by place with keys and mouse, and taken back in one step."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from reportdesk.exports.excel.blank_workbook import render_collection
from reportdesk.exports.formats import Choices, Format
from reportdesk.form.spec import CellRef
from reportdesk.gui.common import files
from reportdesk.gui.common.worker_client import WorkerClient
from reportdesk.gui.intake import import_files
from reportdesk.gui.intake.import_page import Around, ImportDialog
from reportdesk.gui.intake.import_words import WORDS_ROLE, WordsDelegate
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.start.new_report import Known, NewReportDialog
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.outgoing.export_files import publish
from reportdesk.readers.recognise.proposal import Outcome, Standing, propose_report
from reportdesk.report.document import Fact, Report, State, new_report
from reportdesk.report.file.codec import decode
from reportdesk.store.file import read_report, write_report
from reportdesk.store.versions import Reason, read_version
from tests.exports.test_collection import places
from tests.gui.open_window import CONTROL, FORM, NONE, OpenWindow

PERSON = CellRef("requests", "new", "person")
IN, OUT = (CellRef("requests", row, "person") for row in ("carried_in", "carried_out"))
PART = "problems.problems"
PATIENCE_MS = 20_000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    opened = OpenWindow(qtbot, tmp_path)
    session = opened.session
    session.report.prose[PART] = "一是甲不够。二是乙不够。"
    session.report.cells |= {PERSON: 3, OUT: 1}
    return opened


def word_of(report: Report, folder: Path) -> Path:
    """The report as the program's own Word file."""
    (written,) = publish(FORM, report, folder, [Format.DOCX], Choices(bundled_fonts=True))
    return written.path


def changed(report: Report) -> Report:
    other = deepcopy(report)
    other.cells[PERSON] = 4
    other.prose[PART] = "一是甲不够。二是丁不够。"
    return other


def shown(desk: OpenWindow, qtbot: QtBot, path: Path) -> ImportDialog:
    dialog = desk.window.importing.show(path)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.is_reading, timeout=PATIENCE_MS)
    return dialog


def told(dialog: ImportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def press(dialog: ImportDialog, words: str) -> None:
    button = next(
        one for one in dialog.findChildren(QAbstractButton) if one.isVisible() and words in one.text()
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, NONE, QPoint(8, button.height() // 2))


def choices(dialog: ImportDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QRadioButton) if one.isVisible() and one.isEnabled()]


# -- into the report at hand


def test_a_word_file_that_came_back_is_compared_and_taken_in_as_one_step(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = deepcopy(desk.report)
    dialog = shown(desk, qtbot, word_of(changed(desk.report), tmp_path / "修改稿"))
    assert "2024年年报" in told(dialog)
    assert "读到" in dialog.listed.item(0).text() or dialog.listed.count() > 1
    assert choices(dialog)[0] == "并入打开的年报"
    press(dialog, "下一步")
    rows = [[dialog.table.item(row, column).text() for column in (2, 3)] for row in range(2)]  # type: ignore[union-attr]
    assert rows == [["3", "4"], ["二是乙不够。", "二是丁不够。"]]
    press(dialog, "导入勾选的 2 处")
    assert desk.report.cells[PERSON] == 4
    assert desk.report.prose[PART] == "一是甲不够。二是丁不够。"
    assert desk.says("导入数字 1 处、文字 1 处")
    desk.click(desk.button("撤销"))
    assert desk.report == before


def test_an_import_its_undo_and_its_redo_stand_at_the_same_place(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = changed(desk.report)
    other.cells |= dict.fromkeys((ref for ref in FORM.kind_of if ref not in FORM.totals), 1)
    dialog = shown(desk, qtbot, word_of(other, tmp_path / "修改稿"))
    press(dialog, "下一步")
    press(dialog, "导入勾选的")
    stood = [desk.view.here()]
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        desk.key(key, CONTROL)
        stood.append(desk.view.here())
    assert [place.section for place in stood] == [FORM.sections[1].id] * 3
    assert len({place.cell for place in stood}) == 1


def looks(dialog: ImportDialog, row: int, column: int) -> tuple[str, list[tuple[str, bool, bool, bool]]]:
    """A cell's text, and its marked words: whether struck, underlined and bold."""
    table = dialog.table
    index = table.model().index(row, column)
    delegate = table.itemDelegateForColumn(column)
    assert isinstance(delegate, WordsDelegate)
    text = str(index.data())
    layout = delegate._layout(text, 300, index.data(WORDS_ROLE) or ())
    return text, [
        (
            text[one.start : one.start + one.length],
            one.format.fontStrikeOut(),
            one.format.fontUnderline(),
            one.format.fontWeight() > QFont.Weight.Normal,
        )
        for one in layout.formats()
    ]


def test_words_taken_out_are_struck_words_put_in_underlined_and_what_is_alike_cut_short(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    far = "我镇认真贯彻落实上级关于政务公开工作的各项部署和要求，持续加强平台建设，"
    desk.session.report.prose[PART] = f"{far}全年主动公开1578条。"
    other = deepcopy(desk.report)
    other.prose[PART] = f"{far}全年主动公开1587条。另外培训2次。"
    dialog = shown(desk, qtbot, word_of(other, tmp_path / "修改稿"))
    press(dialog, "下一步")
    dialog.resize(1200, 700)
    text, marked = looks(dialog, 0, 2)
    assert text == "…台建设，全年主动公开1578条。"
    assert marked == [("1578", True, False, False)]
    assert looks(dialog, 0, 3)[1] == [
        ("1587", False, True, True),
        ("另外培训2次。", False, True, True),
    ]
    assert far in dialog.table.item(0, 2).toolTip()  # type: ignore[union-attr]
    spoken = dialog.table.item(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)  # type: ignore[union-attr]
    assert far in spoken
    press(dialog, "导入勾选的")
    assert desk.report.prose[PART] == other.prose[PART]


def test_space_leaves_a_place_out_and_the_buttons_choose_all_or_none(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = shown(desk, qtbot, word_of(changed(desk.report), tmp_path / "修改稿"))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    table = dialog.table
    assert QApplication.focusWidget() is table
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert [one.before for one in table.accepted] == ["二是乙不够。"]
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert not table.accepted
    assert not dialog.go.isEnabled()
    press(dialog, "全选")
    assert len(table.accepted) == 2
    press(dialog, "全不选")
    QTest.keyClick(table, Qt.Key.Key_Down)
    box = table.visualItemRect(table.item(0, 0))  # type: ignore[arg-type]
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(box.left() + 10, box.center().y())
    )
    assert [one.before for one in table.accepted] == ["3"]
    assert dialog.go.text() == "导入勾选的 1 处"
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert desk.report.cells[PERSON] == 4
    assert "乙" in desk.report.prose[PART]


def test_each_row_says_all_of_itself_to_who_hears_it(desk: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(desk, qtbot, word_of(changed(desk.report), tmp_path / "修改稿"))
    press(dialog, "下一步")
    spoken = dialog.table.item(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)  # type: ignore[union-attr]
    assert spoken.startswith("表三 第1行")
    assert spoken.endswith("现在：3，文件里：4")


def test_no_row_is_cut_at_the_first_look(desk: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(desk, qtbot, word_of(changed(desk.report), tmp_path / "修改稿"))
    press(dialog, "下一步")
    rows = dialog.table
    assert all(rows.rowHeight(row) >= rows.sizeHintForRow(row) for row in range(rows.rowCount()))


def test_the_doubtful_is_not_taken_by_itself(desk: OpenWindow, client: WorkerClient, tmp_path: Path) -> None:
    proposal = replace(propose_report(changed(desk.report), FORM), attached=None)
    doubt = Outcome(Standing.DOUBTFUL, "这一格写的是“4?”。", "requests", (PERSON,))
    dialog = ImportDialog(
        client, theme_for(Scheme.LIGHT), tmp_path / "x", Around(FORM, desk.report, FORM), desk.window
    )
    dialog.show_proposal(replace(proposal, outcomes=(doubt, *proposal.outcomes)))
    dialog.show()
    assert dialog.listed.item(0).text() == "请核对　1 处"
    press(dialog, "下一步")
    assert [one.before for one in dialog.table.accepted] == ["二是乙不够。"]
    assert "存疑的 1 处" in told(dialog)
    assert "4?" in dialog.table.item(0, 1).text()  # type: ignore[union-attr]
    dialog.reject()


def test_a_remark_on_what_is_the_same_is_shown_and_cannot_be_taken(
    desk: OpenWindow, client: WorkerClient, tmp_path: Path
) -> None:
    proposal = replace(propose_report(desk.report, FORM), attached=None)
    passage = desk.report.prose[PART].split("。")[0]
    said = Outcome(Standing.DOUBTFUL, "批注：“请核实”。", "problems", part=PART, passage=passage)
    dialog = ImportDialog(
        client, theme_for(Scheme.LIGHT), tmp_path / "x", Around(FORM, desk.report, FORM), desk.window
    )
    dialog.show_proposal(replace(proposal, outcomes=(said, *proposal.outcomes)))
    dialog.show()
    assert "有 1 处批注" in told(dialog)
    press(dialog, "下一步")
    assert "请核实" in dialog.table.item(0, 1).text()  # type: ignore[union-attr]
    assert "共 0 处不同" in told(dialog)
    dialog.table.take_all(taken=True)
    assert dialog.table.accepted == ()
    assert not dialog.go.isEnabled()
    dialog.reject()


def kept_before_import(desk: OpenWindow) -> Report:
    """The report as it was before, which is kept as a version beside the event loop."""
    desk.window.keeper.beside.finish("")
    versions = desk.autosave.keeping.versions()
    (version,) = [one for one in versions if one.reason is Reason.IMPORT]
    return decode(read_version(version)).report


def test_the_undo_beside_the_message_is_offered_for_the_import_and_nothing_else(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = shown(desk, qtbot, word_of(changed(desk.report), tmp_path / "修改稿"))
    press(dialog, "下一步")
    before = deepcopy(desk.report)
    press(dialog, "导入勾选")
    assert kept_before_import(desk).prose == before.prose
    button = desk.button("撤销")
    assert desk.says("导入")
    desk.session.undo()  # another step: what the button took back now were something else
    assert not button.isVisible()
    assert not desk.says("一次全部还原")


def test_the_undo_beside_the_message_takes_all_of_the_import_back(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = shown(desk, qtbot, word_of(changed(desk.report), tmp_path / "修改稿"))
    press(dialog, "下一步")
    before = deepcopy(desk.report)
    press(dialog, "导入勾选")
    assert desk.report.prose != before.prose
    desk.click(desk.button("撤销"))
    assert desk.report.prose == before.prose
    assert not desk.says("一次全部还原")


def test_a_file_that_says_the_same_offers_nothing_to_compare(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = shown(desk, qtbot, word_of(desk.report, tmp_path / "原样"))
    assert "完全相同" in told(dialog)
    assert choices(dialog) == ["建成一份新年报"]
    dialog.reject()


def test_a_colleagues_own_file_is_compared_too(desk: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    other = changed(desk.report)
    other.facts[Fact.STATE] = State.SUBMITTED.value
    path = tmp_path / "同事.gknb"
    write_report(path, other)
    dialog = shown(desk, qtbot, path)
    press(dialog, "下一步")
    assert [one.after for one in dialog.table.accepted] == ["4", "二是丁不够。"]
    press(dialog, "导入勾选")
    assert desk.report.cells == other.cells
    assert desk.report.state is State.DRAFT


def test_a_signed_report_is_not_changed(desk: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = word_of(changed(desk.report), tmp_path / "修改稿")
    desk.session.move_to(State.REVIEW)
    desk.session.move_to(State.FINAL)
    dialog = shown(desk, qtbot, path)
    assert choices(dialog) == ["建成一份新年报"]
    assert "不能修改" in told(dialog)
    dialog.reject()


# -- what cannot be read


def test_a_refusal_is_one_sentence_and_another_file_can_be_chosen(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "扫描.docx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    before = deepcopy(desk.report)
    dialog = shown(desk, qtbot, picture)
    assert "图片" in told(dialog)
    asked: list[Path] = []
    monkeypatch.setattr(import_files, "ask_for_import", lambda _parent, folder: asked.append(folder))
    press(dialog, "选择别的文件…")
    assert asked == [desk.path.parent]
    assert desk.report == before


def test_reading_can_be_stopped(desk: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = word_of(changed(desk.report), tmp_path / "修改稿")
    dialog = desk.window.importing.show(path)
    assert dialog is not None
    assert "正在读取" in told(dialog)
    press(dialog, "停止")
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert not dialog.is_reading
    again = shown(desk, qtbot, path)
    assert choices(again)
    again.reject()


# -- as last year's, and as a new report


def test_last_years_file_is_put_beside_and_its_open_requests_go_over(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    last = deepcopy(desk.report)
    last.facts[Fact.YEAR] = "2023"
    last.prose.pop("opening", None)
    dialog = shown(desk, qtbot, word_of(last, tmp_path / "上年"))
    assert choices(dialog)[0] == "作为上年（2023年）年报"
    press(dialog, "用作上年年报")
    assert desk.report.previous[2023].cells[PERSON] == 3
    assert desk.report.cells[IN] == 1
    assert desk.report.unverified[IN]
    desk.window.activateWindow()
    QApplication.processEvents()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.report.previous == {}


def test_a_file_of_the_same_year_says_why_it_is_not_last_years(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = shown(desk, qtbot, word_of(changed(desk.report), tmp_path / "修改稿"))
    refused = next(one for one in dialog.findChildren(QRadioButton) if "上年" in one.text())
    assert refused.text() == "作为上年（2023年）年报"
    assert not refused.isEnabled()
    assert "上年年报应是2023年的，这个文件是2024年的" in told(dialog)
    QTest.mouseClick(refused, Qt.MouseButton.LeftButton)
    assert dialog.go.text() == "下一步：逐处比较"


def test_a_file_becomes_a_new_report_beside_the_others(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = changed(desk.report)
    dialog = shown(desk, qtbot, word_of(other, tmp_path / "别人的"))
    press(dialog, "建成一份新年报")
    press(dialog, "建成新年报")
    assert desk.autosave.path != desk.path
    assert read_report(desk.autosave.path).report.cells == other.cells
    assert desk.says("原文件没有改动")


def test_a_new_report_that_could_not_go_where_it_should_says_so(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    preferences = desk.window.preferences
    preferences.change(replace(preferences.settings, reports=tmp_path / "U 盘"))
    dialog = shown(desk, qtbot, word_of(changed(desk.report), tmp_path / "别人的"))
    press(dialog, "建成一份新年报")
    press(dialog, "建成新年报")
    assert f"年报文件夹“{tmp_path / 'U 盘'}”现在找不到" in desk.window.status_line.message
    assert str(desk.autosave.path) in desk.window.status_line.message
    assert desk.button("打开文件夹").isVisible()


def test_without_an_open_report_a_file_begins_the_next_year(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = word_of(desk.report, tmp_path / "上年")
    desk.window.back_to_start()
    dialog = shown(desk, qtbot, path)
    assert choices(dialog) == ["作为上年年报，生成下一年的", "建成一份新年报"]
    asked: list[tuple[str, int]] = []

    def refuse(new: NewReportDialog) -> int:
        asked.append((new.last_year.currentText(), new.year.currentData()))
        return 0

    monkeypatch.setattr(NewReportDialog, "exec", refuse)
    press(dialog, "用作上年年报")
    assert asked == [(path.name, 2025)]
    assert desk.window.context.current is None


def test_from_last_year_takes_a_word_file(
    qtbot: QtBot, desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = word_of(desk.report, tmp_path / "上年")
    known = Known(tmp_path, read_foreign=desk.window.importing.show_last_year)
    dialog = NewReportDialog(
        FORM, theme_for(Scheme.LIGHT), dt.date(2026, 1, 9), known, desk.window, from_last_year=True
    )
    qtbot.addWidget(dialog)
    dialog.show()
    monkeypatch.setattr("reportdesk.gui.start.new_report.ask_for_last_year", lambda *_: path)
    choose = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == "选择文件…")
    QTest.mouseClick(choose, Qt.MouseButton.LeftButton)
    page = dialog.findChild(ImportDialog)
    assert page is not None
    qtbot.waitUntil(lambda: not page.is_reading, timeout=PATIENCE_MS)
    assert choices(page) == ["作为上年年报，生成下一年的"]
    assert page.width() > dialog.width()  # as wide as the window lets it, not the dialog that asked
    press(page, "用作上年年报")
    assert dialog.last_year.currentText() == path.name
    assert dialog.year.currentData() == 2025
    if dialog.full_name.isEnabled():
        dialog.full_name.setText("常乐镇人民政府")
    dialog._make()
    assert dialog.path is not None
    made = read_report(dialog.path).report
    assert made.facts[Fact.FULL_NAME] == "常乐镇人民政府"
    assert made.cells == {IN: 1}
    assert made.previous[2024].source == path.name


def test_asking_for_a_file_begins_in_a_folder_that_is_there(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def choose(_parent: QWidget, _title: str, folder: str, _filter: str) -> tuple[str, str]:
        begun.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    for ask in (files.ask_for_report, import_files.ask_for_import):
        assert not ask(desk.window, tmp_path / "年报" / "还没有")
        assert not ask(desk.window, tmp_path)
    assert begun == [str(tmp_path)] * 4


def test_whatever_is_read_or_refused_by_name_can_be_chosen_and_dropped(
    desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filters: list[str] = []

    def choose(_parent: QWidget, _title: str, _folder: str, wanted: str) -> tuple[str, str]:
        filters.append(wanted)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    import_files.ask_for_import(desk.window, tmp_path)
    for suffix in (".mht", ".docm", ".xlsm", ".csv", ".rtf", ".odt", ".ods", ".ofd", ".rar", ".7z"):
        assert f"*{suffix} " in filters[0].split(";;")[0]
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / f"年报{suffix.upper()}"))])
        assert import_files.dropped_files(dropped) == [tmp_path / f"年报{suffix.upper()}"]


def test_a_refused_file_of_last_year_leads_back_to_where_another_is_chosen(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "上年.docx"
    path.write_bytes(b"")
    dialog = desk.window.importing.show_last_year(path, desk.window, lambda _last: None)
    qtbot.waitUntil(lambda: not dialog.is_reading, timeout=PATIENCE_MS)
    assert "文件是空的" in told(dialog)
    assert not dialog.other.isVisible()  # nobody would hear of it
    assert dialog.cancel.hasFocus()
    dialog.reject()


# -- dropping


def drop(window: MainWindow, path: Path) -> bool:
    """Drop a file on the window; whether it is taken."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPoint(9, 9), action, held, left, NONE)
    QApplication.sendEvent(window, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), action, held, left, NONE))
    QApplication.processEvents()
    return True


def test_a_dropped_word_file_is_shown_and_a_dropped_report_is_opened(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert drop(desk.window, word_of(changed(desk.report), tmp_path / "修改稿"))
    dialog = desk.window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.is_reading, timeout=PATIENCE_MS)
    dialog.reject()
    other = tmp_path / "另一份.gknb"
    write_report(other, desk.report)
    assert drop(desk.window, other)
    assert desk.autosave.path == other
    assert not drop(desk.window, tmp_path / "照片.jpg")


def test_the_command_asks_for_a_file(desk: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(import_files, "ask_for_import", lambda _parent, folder: asked.append(folder))
    desk.key(Qt.Key.Key_I, CONTROL)
    assert asked == [desk.path.parent]


def returned(folder: Path, office: str, number: int | str) -> Path:
    """The blank form as that office returns it."""
    book = load_workbook(
        BytesIO(render_collection(FORM, new_report(FORM, 2024, "常乐镇人民政府"), ("党政办", "司法所")))
    )
    book[office].cell(*places(book[office], FORM)[PERSON]).value = number
    book.save(folder / f"{office}.xlsx")
    return folder / f"{office}.xlsx"


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_workbooks_that_offices_returned_are_chosen_together_and_added(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [returned(tmp_path, "党政办", 5), returned(tmp_path, "司法所", "共3件")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in files], ""))
    desk.key(Qt.Key.Key_I, CONTROL)
    dialog = next(one for one in desk.window.findChildren(ImportDialog) if one.isVisible())
    qtbot.waitUntil(lambda: not dialog.is_reading, timeout=PATIENCE_MS)
    assert "党政办.xlsx 等 2 个文件" in told(dialog)
    lines = " ".join(dialog.listed.item(row).text() for row in range(dialog.listed.count()))
    assert "“党政办”（党政办.xlsx）：填了 1 格，165 格是空白。" in lines
    assert "“共3件”不是数字" in lines
    press(dialog, "下一步：逐处比较")
    press(dialog, "全选")
    dialog.go.click()
    assert desk.report.cells[PERSON] == 5
    assert [(one.office, one.file) for one in desk.report.sources[PERSON]] == [("党政办", "党政办.xlsx")]
    desk.window.commands.undo()
    assert desk.report.cells[PERSON] == 3
    assert PERSON not in desk.report.sources
