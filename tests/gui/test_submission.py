"""报送 by keys and mouse: said before, made, stopped, told after; and the internal papers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common import opening, questions
from reportdesk.gui.common.bound_line import BoundLine
from reportdesk.gui.common.questions import Ending
from reportdesk.gui.outgoing import submission_result, submitting
from reportdesk.gui.outgoing.submission_page import SubmissionPage
from reportdesk.gui.saving.recent_reports import Listed, RecentReports
from reportdesk.outgoing.verification import verify
from reportdesk.report.document import Fact, State
from reportdesk.report.edits import replace_text, set_cells
from reportdesk.store.user_data.profile import write_profiles
from reportdesk.store.user_data.unit_profile import Deadline, HandIn, UnitProfile
from tests.exports.made_scan import scanned
from tests.exports.test_internal_papers import pages
from tests.gui.open_window import CONTROL, FORM, SHIFT, OpenWindow

LONG = 40_000
NAME = "常乐镇人民政府2024"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened with another program."""
    paths: list[Path] = []
    monkeypatch.setattr(submission_result, "open_path", paths.append)
    monkeypatch.setattr(submitting, "open_path", paths.append)
    return paths


def page_of(desk: OpenWindow) -> SubmissionPage:
    desk.click(desk.button("报送"))
    QApplication.processEvents()
    page = desk.window.commands.submitter.page
    assert page is not None
    return page


def hand_in(desk: OpenWindow, qtbot: QtBot) -> SubmissionPage:
    page = page_of(desk)
    desk.click(page.make)
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)
    QApplication.processEvents()
    return page


def with_profile(desk: OpenWindow) -> None:
    unit = UnitProfile(
        {Fact.FULL_NAME: "常乐镇人民政府"}, Deadline(1, 25), "zwgk@spt.gov.cn", (HandIn.HTML, HandIn.GKNB)
    )
    write_profiles(desk.window.preferences.folders.profile_file, [unit])


def test_the_page_says_what_will_be_made_and_for_whom(desk: OpenWindow) -> None:
    with_profile(desk)
    page = page_of(desk)
    assert page.isVisible()
    assert not desk.view.isVisible()
    for said in ("网页、年报文件（.gknb）", "zwgk@spt.gov.cn", "2025年1月25日", NAME, "不会自动发送"):
        assert desk.says(said), said
    assert not desk.says("盖章扫描件")
    assert not any(path.is_dir() for path in desk.path.parent.iterdir())
    desk.window.preferences.folders.profile_file.unlink()


def test_one_button_makes_the_folder_and_says_which_file_goes_where(
    desk: OpenWindow, qtbot: QtBot, opened: list[Path]
) -> None:
    with_profile(desk)
    page = hand_in(desk, qtbot)
    folder = desk.path.parent / f"报送-{NAME}"
    assert verify(folder).is_whole
    assert {path.suffix for path in (folder / "公开").iterdir()} == {".html", ".gknb"}
    for said in ("报送给上级", "可以在网站公开", "本单位留存", f"内部-报送-{NAME}", "核对码"):
        assert desk.says(said), said
    desk.click(desk.button("打开文件夹"))
    assert opened == [folder]
    desk.click(desk.button("复制收件地址"))
    assert QGuiApplication.clipboard().text() == "zwgk@spt.gov.cn"
    desk.click(desk.button("复制主题"))
    assert QGuiApplication.clipboard().text() == f"{NAME}年政府信息公开工作年度报告"
    desk.click(desk.button("复制正文"))
    assert "请查收" in QGuiApplication.clipboard().text()
    assert "已复制正文" in desk.window.status_line.message
    desk.click(page.back)
    assert desk.view.isVisible()
    assert desk.button("报送").isVisible()
    desk.window.preferences.folders.profile_file.unlink()


def test_number_and_time_of_a_hand_in_stay_with_the_report_and_no_undo_takes_them_back(
    desk: OpenWindow, qtbot: QtBot
) -> None:
    with_profile(desk)
    page = hand_in(desk, qtbot)
    assert any("第 1 次报送" in label.text() for label in page.findChildren(QLabel))
    (first,) = desk.report.hand_ins.values()
    assert first.code == verify(desk.path.parent / f"报送-{NAME}").code
    qtbot.waitUntil(lambda: desk.kept().hand_ins == {1: first}, timeout=LONG)
    page.left.emit()
    page = hand_in(desk, qtbot)
    assert desk.report.hand_ins == {1: first}
    page.left.emit()
    desk.session.apply(set_cells(desk.report, FORM, {CellRef("requests", "new", "person"): 7}))
    hand_in(desk, qtbot)
    assert sorted(desk.report.hand_ins) == [1, 2]
    desk.session.undo()
    assert sorted(desk.report.hand_ins) == [1, 2]


def test_by_keys_alone(desk: OpenWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: isinstance(desk.focus(), BoundLine))  # the report's first field
    desk.key(Qt.Key.Key_E, CONTROL | SHIFT)
    QApplication.processEvents()
    page = desk.window.commands.submitter.page
    assert page is not None
    assert desk.focus() in (page.make, page._mend)
    page.make.setFocus()
    desk.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)
    QApplication.processEvents()
    assert desk.focus().text() == "打开文件夹"  # type: ignore[attr-defined]
    desk.key(Qt.Key.Key_Escape)
    assert desk.view.isVisible()


def test_open_errors_are_said_before_and_the_clerk_decides(desk: OpenWindow, qtbot: QtBot) -> None:
    numbers = dict.fromkeys(FORM.typed_cells(FORM.tables["requests"]), 0)
    numbers[CellRef("requests", "new", "person")] = 3
    desk.session.apply(set_cells(desk.report, FORM, numbers))
    page_of(desk)
    assert desk.says("处错误")
    desk.click(desk.button("先去改正"))
    assert desk.view.isVisible()
    assert desk.view.current_section == "overview"
    page = page_of(desk)
    desk.click(desk.button("仍然报送"))
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)


def fill_in(desk: OpenWindow) -> None:
    """Make the report whole."""
    for table in FORM.tables.values():
        desk.session.apply(set_cells(desk.report, FORM, dict.fromkeys(FORM.typed_of(table), 0)))
    for part in FORM.parts:
        desk.session.apply(
            replace_text(desk.report, FORM, part, "本年度按要求做好各项工作，未收取信息处理费。", "写")
        )


def test_a_report_without_errors_says_so(desk: OpenWindow) -> None:
    fill_in(desk)
    page_of(desk)
    assert desk.says("没有发现必须改的错误")


def drop_on(page: SubmissionPage, path: Path) -> bool:
    """Drag the file onto the page and let it go; whether the page took it."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    actions, left = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        over = kind(QPoint(5, 5), actions, held, left, SHIFT)
        over.setDropAction(Qt.DropAction.MoveAction)
        over.ignore()
        QApplication.sendEvent(page, over)
        if not over.isAccepted():
            return False
        assert over.dropAction() is Qt.DropAction.CopyAction
    dropped = QDropEvent(QPointF(5, 5), actions, held, left, none)
    QApplication.sendEvent(page, dropped)
    assert dropped.dropAction() is Qt.DropAction.CopyAction
    return True


def test_the_window_asks_for_a_copy_of_a_report_that_may_be_moved(desk: OpenWindow) -> None:
    """Whoever lets it be moved may take it away where it was."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(desk.path))])
    actions, left = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    for kind in (QDragEnterEvent, QDragMoveEvent):
        over = kind(QPoint(5, 5), actions, held, left, SHIFT)
        over.setDropAction(Qt.DropAction.MoveAction)
        QApplication.sendEvent(desk.window, over)
        assert over.isAccepted()
        assert over.dropAction() is Qt.DropAction.CopyAction


def test_a_scan_is_dropped_taken_away_and_chosen(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "盖章.pdf"
    scan.write_bytes(b"%PDF-1.4 sealed")
    page = page_of(desk)
    assert drop_on(page, scan)
    assert desk.says("已加入：盖章.pdf")
    desk.click(desk.button("去掉"))
    assert page.scan is None
    monkeypatch.setattr("reportdesk.gui.common.files.ask_for_scan", lambda *_: scan)
    desk.click(desk.button("选择扫描件…"))
    desk.click(page.make)
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)
    (kept,) = (desk.path.parent / f"报送-{NAME}").rglob("*盖章扫描件*")
    assert kept.read_bytes() == scan.read_bytes()


def test_a_scan_added_before_is_said_to_be_taken_along_and_can_be_exchanged(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, right = tmp_path / "错.pdf", tmp_path / "对.pdf"
    wrong.write_bytes(b"%PDF-1.4 of something else")
    right.write_bytes(b"%PDF-1.4 sealed")
    page = page_of(desk)
    page.add_scan(wrong)
    desk.click(page.make)
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)
    desk.click(desk.button("返回年报"))
    page = page_of(desk)
    assert desk.says("沿用上次报送时加入的那一份")
    monkeypatch.setattr("reportdesk.gui.common.files.ask_for_scan", lambda *_: right)
    desk.click(desk.button("换一个…"))
    assert desk.says("已加入：对.pdf")
    desk.click(desk.button("去掉"))
    assert desk.says("沿用上次报送时加入的那一份")
    desk.click(desk.button("换一个…"))
    desk.click(page.make)
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)
    (kept,) = (desk.path.parent / f"报送-{NAME}").rglob("*盖章扫描件*")
    assert kept.read_bytes() == right.read_bytes()


def test_what_is_no_scan_is_refused_in_a_sentence(desk: OpenWindow, tmp_path: Path) -> None:
    page = page_of(desk)
    wrong = tmp_path / "假.pdf"
    wrong.write_bytes(b"MZ")
    assert drop_on(page, wrong)
    assert desk.says("不是 PDF 文件")
    assert page.scan is None
    scan = tmp_path / "盖章.pdf"
    scan.write_bytes(b"%PDF-1.4 sealed")
    page.add_scan(scan)
    assert drop_on(page, wrong)
    assert desk.says("仍用先前加入的“盖章.pdf”。")
    assert page.scan == scan


def test_a_missing_scan_is_told_after(desk: OpenWindow, qtbot: QtBot) -> None:
    hand_in(desk, qtbot)
    assert desk.says("还缺盖章扫描件")


def test_it_can_be_stopped_and_leaves_nothing(desk: OpenWindow, qtbot: QtBot) -> None:
    page = page_of(desk)
    desk.click(page.make)
    # The second step may be over before it is seen; what the first made is there by then.
    qtbot.waitUntil(lambda: desk.says("第 2 步") or desk.says("第 3 步"), timeout=LONG)
    desk.click(desk.button("停止"))
    qtbot.waitUntil(lambda: desk.says("已停止"), timeout=LONG)
    assert [path.name for path in desk.path.parent.iterdir() if path.is_dir()] == []
    desk.click(page.make)
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)


def test_what_goes_wrong_is_told_on_the_page_and_can_be_tried_again(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    scan = tmp_path / "盖章.pdf"
    scan.write_bytes(b"%PDF-1.4 sealed")
    page = page_of(desk)
    page.add_scan(scan)
    scan.unlink()  # the stick was pulled out
    desk.click(page.make)
    qtbot.waitUntil(lambda: desk.says("U 盘已拔出"), timeout=LONG)
    desk.click(desk.button("去掉"))
    desk.click(page.make)
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)


def test_closing_while_it_works_asks(desk: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(desk)
    desk.click(page.make)
    monkeypatch.setattr(questions, "ask_about_export", lambda _parent: Ending.STAY)
    assert not desk.window.close()
    monkeypatch.setattr(questions, "ask_about_export", lambda _parent: Ending.STOP)
    assert desk.window.close()


def test_another_theme_closes_the_page_and_nothing_else(desk: OpenWindow, qtbot: QtBot) -> None:
    page_of(desk)
    desk.window.apply_theme(desk.window.preferences.theme)
    qtbot.waitUntil(lambda: desk.window.commands.submitter.page is None)
    assert desk.view.isVisible()
    assert desk.button("报送").isEnabled()


def test_what_was_made_is_told_though_the_page_is_gone(desk: OpenWindow, qtbot: QtBot) -> None:
    page = page_of(desk)
    desk.click(page.make)
    desk.window.apply_theme(desk.window.preferences.theme)
    qtbot.waitUntil(lambda: desk.says("报送的文件已经做好"), timeout=LONG)
    assert desk.button("打开文件夹").isVisible()
    assert (desk.path.parent / f"报送-{NAME}").is_dir()


def test_only_a_final_report_is_marked_as_handed_in(desk: OpenWindow, qtbot: QtBot) -> None:
    page = hand_in(desk, qtbot)
    page.marking_wanted.emit()
    assert "定稿以后" in desk.window.status_line.message
    desk.click(page.back)
    for state in (State.REVIEW, State.FINAL):
        desk.session.move_to(state)
    desk.window.the_standing().show()
    page = hand_in(desk, qtbot)  # a report that takes no change can be handed in all the same
    page.marking_wanted.emit()
    desk.click_anyway("仍然已报送")
    assert desk.report.state is State.SUBMITTED
    assert desk.view.isVisible()


def test_from_final_a_clerk_hands_in_marks_it_and_goes_on_reading(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.go_to_section(3)
    read = desk.focus()
    for state in (State.REVIEW, State.FINAL):
        desk.session.move_to(state)
    desk.window.the_standing().show()
    hand_in(desk, qtbot)
    desk.click(desk.button("改为“已报送”"))
    desk.click_anyway("仍然已报送")
    assert desk.report.state is State.SUBMITTED
    assert desk.button("已报送").isVisible()
    assert desk.focus() is read
    page = page_of(desk)
    assert page.result is not None, "as it was"
    assert desk.says("年报的状态是“已报送”。")
    desk.key(Qt.Key.Key_Escape)
    assert desk.focus() is read, "not on 被退回, which Enter would press"


def take_to(desk: OpenWindow, *states: State) -> None:
    for state in states:
        desk.session.move_to(state)
    desk.window.the_standing().show()


def texts(page: SubmissionPage) -> list[str]:
    """All that the page says but for its buttons, in order."""
    assert page.result is not None
    return [label.text() for label in page.result.findChildren(QLabel) if "已报送" not in label.text()]


def test_what_was_handed_in_is_shown_again_as_it_was(desk: OpenWindow, qtbot: QtBot) -> None:
    with_profile(desk)
    take_to(desk, State.REVIEW, State.FINAL)
    said = texts(hand_in(desk, qtbot))
    assert any(f"内部-报送-{NAME}年政府信息公开工作年度报告.zip" in one and " KB" in one for one in said)
    desk.key(Qt.Key.Key_Escape)
    take_to(desk, State.SUBMITTED)
    folder = desk.path.parent / f"报送-{NAME}"
    made = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    page = page_of(desk)
    assert texts(page) == said
    desk.click(desk.button("复制正文"))
    assert "请查收" in QGuiApplication.clipboard().text()
    assert made == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}, "nothing was made"
    desk.window.preferences.folders.profile_file.unlink()


def test_a_changed_folder_of_what_was_handed_in_is_not_shown_as_if_it_were_whole(
    desk: OpenWindow, qtbot: QtBot
) -> None:
    take_to(desk, State.REVIEW, State.FINAL)
    hand_in(desk, qtbot)
    desk.key(Qt.Key.Key_Escape)
    take_to(desk, State.SUBMITTED)
    (word,) = (desk.path.parent / f"报送-{NAME}" / "公开").glob("*.docx")
    word.write_bytes(b"another")
    page = page_of(desk)
    assert page.result is None
    assert "里面的文件改过了" in desk.window.status_line.message


def test_a_scan_is_added_beside_what_was_made_and_it_is_made_anew(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = hand_in(desk, qtbot)
    first = page.result
    assert desk.says("还缺盖章扫描件")
    scan = tmp_path / "盖章.pdf"
    scan.write_bytes(b"%PDF-1.4 sealed")
    assert drop_on(page, scan)
    assert desk.says("已加入：盖章.pdf")
    desk.click(desk.button("重新做"))
    qtbot.waitUntil(lambda: page.result is not first, timeout=LONG)
    QApplication.processEvents()
    assert not desk.says("还缺盖章扫描件")
    (kept,) = (desk.path.parent / f"报送-{NAME}").rglob("*盖章扫描件*")
    assert kept.read_bytes() == scan.read_bytes()
    desk.click(desk.button("改为“已报送”"))
    assert "定稿以后" in desk.window.status_line.message


def test_what_is_wrong_with_a_scan_is_said_and_hinders_nothing(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    empty = tmp_path / "空白.pdf"
    empty.write_bytes(scanned([""]))
    page = page_of(desk)
    page.add_scan(empty)
    qtbot.waitUntil(lambda: desk.says("都是空白"), timeout=LONG)
    assert desk.says("已加入：空白.pdf（1 页）")
    page.make.click()
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)
    QApplication.processEvents()
    assert desk.says("都是空白"), "beside what was made too"


def test_the_internal_papers_are_made_from_the_menu(
    desk: OpenWindow, qtbot: QtBot, opened: list[Path]
) -> None:
    desk.window.commands.make_slip()
    qtbot.waitUntil(lambda: desk.says("已做好：内部-审核单"), timeout=LONG)
    desk.window.commands.make_draft()
    qtbot.waitUntil(lambda: desk.says("已做好：内部-送审稿-第1稿"), timeout=LONG)
    assert [path.parent.name for path in opened] == [f"送审-{NAME}"] * 2


def test_who_looks_for_the_paper_of_changes_finds_when_there_is_one(
    desk: OpenWindow, qtbot: QtBot, opened: list[Path]
) -> None:
    entry = next(
        one for one in desk.window.findChildren(QAction) if "修改对照单" in one.text() and one.isEnabled()
    )
    entry.trigger()
    qtbot.waitUntil(lambda: desk.says("改过以后再做一次，会另附修改对照单。"), timeout=LONG)
    desk.session.apply(set_cells(desk.report, FORM, {CellRef("requests", "new", "person"): 7}))
    entry.trigger()
    qtbot.waitUntil(lambda: desk.says("修改对照单-第1稿与第2稿"), timeout=LONG)
    assert not desk.says("会另附修改对照单")
    assert ["送审稿-第" in path.name for path in opened] == [True, True]


def test_what_is_not_settled_and_not_final_is_said_before_anything_is_made(desk: OpenWindow) -> None:
    desk.report.unverified[CellRef("requests", "new", "person")] = True
    page_of(desk)
    assert desk.says("1 格待核实")
    assert desk.says("还没有定稿")
    assert not any(one.text() == "审核没有发现必须改的错误。" for one in desk.shown(QLabel))


def test_a_deadline_that_is_over_is_said(desk: OpenWindow) -> None:
    with_profile(desk)
    page_of(desk)
    assert desk.says("已经过了")
    desk.window.preferences.folders.profile_file.unlink()


def test_what_was_made_is_read_to_its_end_by_keys(desk: OpenWindow, qtbot: QtBot) -> None:
    page = hand_in(desk, qtbot)
    desk.window.resize(911, 360)
    QApplication.processEvents()
    bar = page.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() > 0
    desk.key(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    desk.key(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    desk.key(Qt.Key.Key_Home)
    assert bar.value() == 0


def test_a_folder_that_is_gone_is_told_when_it_is_to_be_opened(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hand_in(desk, qtbot)
    monkeypatch.setattr(submission_result, "open_path", opening.open_path)
    assert page.result is not None
    shutil.rmtree(page.result._made.folder)
    desk.click(desk.button("打开文件夹"))
    assert "已经不在那里" in desk.window.status_line.message


def test_a_folder_that_the_pc_cannot_show_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    assert "在电脑的文件管理器里找到它" in opening.open_path(tmp_path)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    assert opening.open_path(tmp_path) == ""


def test_the_page_can_be_left_and_opened_again_without_gathering_echoes(desk: OpenWindow) -> None:
    for _ in range(3):
        page_of(desk)
        desk.key(Qt.Key.Key_Escape)
        assert desk.view.isVisible()
    assert desk.view.receivers(SIGNAL("destroyed(QObject*)")) <= 1


@pytest.mark.parametrize("is_hand_in", [True, False])
def test_the_slip_and_the_page_say_what_the_window_checked_with(
    qtbot: QtBot, tmp_path: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch, *, is_hand_in: bool
) -> None:
    titles = {"常乐镇人民政府": frozenset({"柳川县石桥镇人民政府"})}
    others = (tmp_path / "拔走的.gknb",)
    monkeypatch.setattr(RecentReports, "look_up", lambda _shelf, _path: Listed(None, titles, others))
    desk = OpenWindow(qtbot, tmp_path)
    qtbot.waitUntil(lambda: desk.session.other_reports == others, timeout=LONG)
    desk.view.want_words(wanted=False)
    if is_hand_in:
        desk.click(desk.button("报送"))
        says = "▲ 错别字没有查（“设置”里关着）。有 1 份别的年报读不了"
        qtbot.waitUntil(lambda: desk.says(says), timeout=LONG)  # once all is checked and the page is painted
        page = desk.window.commands.submitter.page
        assert page is not None
        desk.click(page.make)
        qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)
        (path,) = desk.path.parent.rglob("*审核单*.pdf")
    else:
        desk.window.commands.make_slip()
        qtbot.waitUntil(lambda: bool(opened), timeout=LONG)
        (path,) = opened
    printed = "".join(pages(path.read_bytes()))
    assert "“柳川县石桥镇人民政府”的年报相同" in printed
    assert "错别字没有查（“设置”里关着）。有1份别的年报读不了" in printed
