"""An empty report on its way out of the office: stopped with a list each time, and never let through by habit."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from reportdesk.checks import engine
from reportdesk.checks.engine import Found, registered
from reportdesk.form.spec import CellRef
from reportdesk.gui.findings.background_check import PAUSE_MS
from reportdesk.gui.findings.word_check import WordCheck
from reportdesk.gui.outgoing import exporting
from reportdesk.gui.outgoing.submission_page import SubmissionPage
from reportdesk.gui.report.gate_bar import GateBar
from reportdesk.gui.report.open_errors import OpenErrors
from reportdesk.report.document import State
from reportdesk.report.edits import replace_text, set_cells
from reportdesk.session.workflow import handed_on_despite
from tests.exports.test_internal_papers import pages
from tests.gui.open_window import CONTROL, FORM, OpenWindow

LONG = 40_000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def move(desk: OpenWindow, label: str) -> None:
    menu = desk.window.menus.states
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == label).trigger()
    QApplication.processEvents()


def gate(desk: OpenWindow) -> GateBar:
    (bar,) = desk.shown(GateBar)
    return bar


def entries(desk: OpenWindow) -> list[str]:
    (listed,) = desk.shown(OpenErrors)
    return [entry.text() for entry in listed.entries]


def fill_in(desk: OpenWindow) -> None:
    for table in FORM.tables.values():
        desk.session.apply(set_cells(desk.report, FORM, dict.fromkeys(FORM.typed_of(table), 0)))
    for part in FORM.parts:
        text = "本年度按要求做好各项工作，联系电话0955-7649215，未收取信息处理费。"
        desk.session.apply(replace_text(desk.report, FORM, part, text, "写"))


def page_of(desk: OpenWindow, qtbot: QtBot) -> SubmissionPage:
    desk.click(desk.button("报送"))
    qtbot.waitUntil(lambda: desk.window.commands.submitter.page is not None)
    QApplication.processEvents()
    page = desk.window.commands.submitter.page
    assert page is not None
    return page


def test_an_empty_report_is_stopped_with_the_list_each_time(desk: OpenWindow, qtbot: QtBot) -> None:
    for label, state in (("送审", State.REVIEW), ("定稿", State.FINAL)):
        before = desk.report.state
        move(desk, label)
        assert desk.report.state is before
        listed = entries(desk)
        for said in (
            "表二还有 10 格未填",
            "表三还有 144 格未填",
            "表四还有 12 格未填",
            "（二）依申请公开”没有文字",
        ):
            assert any(said in entry for entry in listed), said
        desk.key(Qt.Key.Key_Return)
        assert desk.report.state is before, "Enter must not let it through"
        desk.click_anyway(f"仍然{label}")
        assert desk.report.state is state
        assert not desk.shown(GateBar)
        assert f"{label}时还有 {len(listed)} 处错误，经确认仍然{label}" in handed_on_despite(desk.report)[-1]

    page = page_of(desk, qtbot)
    assert any("表三还有 144 格未填" in entry for entry in entries(desk))
    focus = QApplication.focusWidget()
    assert isinstance(focus, QAbstractButton)
    assert focus.text() == "先去改正"
    assert page.make.text() == "仍然报送"
    assert page.make.property("role") != "main"
    desk.click(page.make)
    qtbot.waitUntil(lambda: page.result is not None, timeout=LONG)
    QApplication.processEvents()
    assert page.result is not None
    folder = page.result._made.folder
    listing = (folder / "清单.txt").read_text(encoding="utf-8-sig")
    (slip,) = folder.rglob("*审核单*.pdf")
    for label in ("送审", "定稿", "报送"):
        told = f"{label}时还有 {len(listed)} 处错误，经确认仍然{label}"
        assert told in listing
        assert told.replace(" ", "") in "".join(pages(slip.read_bytes()))
    desk.click(desk.button("改为“已报送”"))
    assert desk.report.state is State.FINAL
    assert len(entries(desk)) == len(listed)
    desk.click(desk.button("取消"))
    assert desk.report.state is State.FINAL


def test_each_entry_leads_to_its_place_and_the_list_stays(desk: OpenWindow) -> None:
    move(desk, "送审")
    bar = gate(desk)
    for entry in bar.list.entries:
        entry.click()
        found = entry.finding
        expected = FORM.section_of[found.cells[0].table].id if found.cells else found.section
        assert desk.view.current_section == expected
        assert bar.isVisible()


def test_the_list_shrinks_as_it_is_put_right_and_then_lets_through(desk: OpenWindow) -> None:
    move(desk, "送审")
    first = len(entries(desk))
    desk.session.apply(set_cells(desk.report, FORM, dict.fromkeys(FORM.typed_of(FORM.tables["disputes"]), 0)))
    assert len(entries(desk)) == first - 1
    fill_in(desk)
    assert desk.says("都已改好，可以送审了")
    desk.click(desk.button("送审"))
    assert desk.report.state is State.REVIEW
    assert handed_on_despite(desk.report) == ()


def test_words_that_could_not_be_checked_are_told_and_nothing_is_called_right(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WordCheck, "check", lambda check: check._do_without())
    fill_in(desk)
    move(desk, "送审")
    assert desk.report.state is State.REVIEW
    assert "审核没有做成" in desk.window.status_line.message
    page = page_of(desk, qtbot)
    said = "".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "审核没有做成" in said
    assert "审核没有发现必须改的错误" not in said


def test_a_check_of_words_that_fails_behind_the_page_takes_its_green_sentence_away(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WordCheck, "check", lambda _check: None)  # no answer yet
    fill_in(desk)
    move(desk, "送审")
    page_of(desk, qtbot)
    desk.session.miss_words()

    def said() -> str:
        page = desk.window.commands.submitter.page
        assert page is not None
        return "".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())

    qtbot.waitUntil(lambda: "审核没有做成" in said())
    assert "审核没有发现必须改的错误" not in said()


def test_what_is_to_be_verified_is_listed_the_same_way(desk: OpenWindow) -> None:
    fill_in(desk)
    cell = CellRef("requests", "new", "person")
    desk.report.unverified[cell] = True
    move(desk, "送审")
    (entry,) = gate(desk).list.entries
    assert "待核实" in entry.text()
    entry.click()
    assert desk.view.current_section == "requests"
    desk.click_anyway("仍然送审")
    assert "1 格待核实" in handed_on_despite(desk.report)[0]


def test_a_report_in_which_nothing_is_open_goes_on_at_once(desk: OpenWindow) -> None:
    fill_in(desk)
    move(desk, "送审")
    assert desk.report.state is State.REVIEW


def test_while_one_types_nothing_is_accused(desk: OpenWindow, qtbot: QtBot) -> None:
    desk.session.apply(replace_text(desk.report, FORM, "overview.disclosure", "公开信息20条。", "写"))
    qtbot.waitUntil(lambda: desk.session.check_state.value == "done")
    assert not any(found.severity.value == "error" for found in desk.session.findings)
    assert [one.code for one in desk.session.all_findings].count("NUM-1") == 3


def test_an_export_lists_what_is_open_and_leads_there(
    desk: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def refuse(_parent: object, _says: str, listed: list[str]) -> bool:
        asked.append(listed)
        return False

    monkeypatch.setattr(exporting, "ask_whether_to_export", refuse)
    desk.window.commands.export()
    qtbot.waitUntil(lambda: bool(asked))
    assert any("表三还有 144 格未填" in sentence for sentence in asked[0])
    assert desk.view.side_panels.findings.isVisible()


def test_the_preview_says_with_what_the_pages_would_go_out(desk: OpenWindow) -> None:
    desk.window.commands.toggle_preview()
    preview = desk.view.side_panels.preview
    assert preview is not None
    assert preview.notice.isVisible()
    assert "处错误" in preview.notice.text()
    fill_in(desk)
    preview.refresh()
    assert not preview.notice.isVisible()


def test_rules_that_raise_stop_it_too(desk: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_subject: object) -> Iterator[Found]:
        raise ValueError

    fill_in(desk)
    monkeypatch.setitem(
        engine._REGISTER, "TXT-5", dataclasses.replace(registered()["TXT-5"], rule=break_down)
    )
    move(desk, "送审")
    assert desk.report.state is State.DRAFT
    assert any("审核没有做成" in entry for entry in entries(desk))
    assert desk.says("审核没有做成")


PERSON = CellRef("requests", "new", "person")
CLEAN = "审核没有发现必须改的错误"


def in_order(desk: OpenWindow, qtbot: QtBot) -> SubmissionPage:
    """The page over a report without an error, opened at once after the last edit."""
    fill_in(desk)
    blank = set_cells(desk.report, FORM, {PERSON: None})
    desk.session.apply(blank)
    desk.session.apply(set_cells(desk.report, FORM, {PERSON: 0}))
    page = page_of(desk, qtbot)
    assert not desk.says("还有 1 处错误")
    return page


def test_nothing_is_taken_back_under_the_page_on_which_it_is_handed_in(
    desk: OpenWindow, qtbot: QtBot
) -> None:
    in_order(desk, qtbot)
    cells = dict(desk.report.cells)
    for _ in range(3):
        desk.session.check_prose()  # as at a pause, which tells the window of it
        qtbot.wait(PAUSE_MS)
        assert not desk.window.menus.undo.isEnabled()
        desk.key(Qt.Key.Key_Z, CONTROL)
        desk.window.commands.undo()  # as the line at the foot offers it
        assert dict(desk.report.cells) == cells
    assert "请先返回年报，再撤销" in desk.window.status_line.message
    desk.key(Qt.Key.Key_Escape)
    assert desk.window.menus.undo.isEnabled()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert dict(desk.report.cells) != cells


def test_nothing_is_imported_under_the_page_on_which_it_is_handed_in(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    in_order(desk, qtbot)
    (tmp_path / "表.docx").write_bytes(b"")
    assert desk.window.importing.show(tmp_path / "表.docx") is None
    assert "请先返回年报，再导入" in desk.window.status_line.message


def test_the_page_says_what_is_so_now_where_the_report_changes_under_it(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = in_order(desk, qtbot)
    scan = tmp_path / "盖章.pdf"
    scan.write_bytes(b"%PDF-1.4\n")
    page.add_scan(scan)
    desk.session.apply(set_cells(desk.report, FORM, {PERSON: None}))
    qtbot.waitUntil(lambda: desk.says("处错误"), timeout=LONG)
    renewed = desk.window.commands.submitter.page
    assert renewed is not None
    assert renewed.scan == page.scan
    assert not desk.says(CLEAN)
    assert renewed.make.text() == "仍然报送"
    assert "这一页已按现在的内容重新列出" in desk.window.status_line.message
    desk.session.apply(set_cells(desk.report, FORM, {PERSON: 0}))
    qtbot.waitUntil(lambda: any(page.make.text() == "报送" for page in desk.shown(SubmissionPage)))


def test_what_the_page_does_not_show_is_not_handed_in(desk: OpenWindow, qtbot: QtBot) -> None:
    page = in_order(desk, qtbot)
    desk.session.apply(set_cells(desk.report, FORM, {PERSON: None}))
    page.make.click()  # in the same moment
    renewed = desk.window.commands.submitter.page
    assert renewed is not None
    renewed.make.click()  # as by a double click
    assert not desk.window.commands.submitter.is_busy
    qtbot.waitUntil(lambda: desk.says("处错误"), timeout=LONG)
    assert not desk.report.hand_ins
    assert not any(path.is_dir() for path in desk.path.parent.iterdir() if path.name.startswith("报送"))


def test_going_on_all_the_same_counts_for_what_was_listed_only(
    desk: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prose that was typed just now is read before; what is found in it nobody has seen yet."""

    def break_down(_subject: object) -> Iterator[Found]:
        raise ValueError

    fill_in(desk)
    desk.session.apply(set_cells(desk.report, FORM, {PERSON: None}))
    move(desk, "送审")
    monkeypatch.setitem(
        engine._REGISTER, "TXT-5", dataclasses.replace(registered()["TXT-5"], rule=break_down)
    )
    part = next(iter(FORM.parts))
    desk.session.apply(replace_text(desk.report, FORM, part, "又写了一句。", "写"))
    desk.click_anyway("仍然送审")
    assert not handed_on_despite(desk.report)
    assert any("审核没有做成" in entry for entry in entries(desk))
    listed = len(entries(desk))
    desk.click_anyway("仍然送审")
    assert not desk.shown(GateBar)
    assert f"送审时还有 {listed} 处错误" in handed_on_despite(desk.report)[-1]
