"""Two files of one report are told apart, and what one of them writes is not written over by the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reportdesk.cli import main
from reportdesk.exports.formats import Choices, Format
from reportdesk.form.spec import CellRef
from reportdesk.gui.common.questions import Meeting
from reportdesk.gui.outgoing import exporting
from reportdesk.gui.outgoing.exporting import folder_name as folder_of_exports
from reportdesk.gui.start.report_row import ReportRow
from reportdesk.outgoing.export_files import publish
from reportdesk.outgoing.internal_papers import Desk
from reportdesk.outgoing.same_folder import own_word
from reportdesk.outgoing.submission_names import folder_name
from reportdesk.report.document import Fact
from reportdesk.report.edits import set_cells
from reportdesk.store.file import read_report
from tests.gui.open_window import FORM, OpenWindow

CELL = CellRef("requests", "new", "person")
COPY = "常乐镇2024（领导改）.gknb"
LONG = 60_000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenWindow:
    monkeypatch.setattr(exporting, "ask_whether_to_export", lambda *_: True)
    return OpenWindow(qtbot, tmp_path)


def copy_of(desk: OpenWindow) -> Path:
    copy = desk.path.with_name(COPY)
    copy.write_bytes(desk.path.read_bytes())
    return copy


def export(desk: OpenWindow, qtbot: QtBot, folder: Path | None = None) -> None:
    with qtbot.waitSignal(desk.window.commands.exporter.ended, timeout=LONG):
        desk.window.commands.export_blank() if folder is None else desk.window.commands.export(folder)


def folders(place: Path) -> set[str]:
    return {path.name for path in place.iterdir() if path.is_dir()}


def test_a_report_without_another_of_its_title_has_the_plain_folder(desk: OpenWindow, qtbot: QtBot) -> None:
    export(desk, qtbot)
    assert folders(desk.path.parent) == {"导出-常乐镇人民政府2024"}


def test_a_folder_of_exports_that_an_earlier_version_named_is_gone_on_with(
    desk: OpenWindow, qtbot: QtBot
) -> None:
    former = desk.path.parent / "常乐镇人民政府2024年年报导出"
    former.mkdir()
    export(desk, qtbot)
    assert folders(desk.path.parent) == {former.name}
    assert list(former.glob("*.xlsx"))


def test_a_copy_beside_exports_into_a_folder_of_its_own(desk: OpenWindow, qtbot: QtBot) -> None:
    export(desk, qtbot)
    (first,) = (path for path in desk.path.parent.iterdir() if path.is_dir())
    before = {path: path.read_bytes() for path in first.iterdir()}
    copy = copy_of(desk)
    assert desk.window.open_path(copy)
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 9}))
    export(desk, qtbot)
    assert folders(desk.path.parent) == {first.name, f"{first.name}（常乐镇2024（领导改））"}
    assert {path: path.read_bytes() for path in first.iterdir()} == before


def test_a_copy_on_the_list_does_not_meet_it_in_another_folder(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "导出"
    elsewhere = tmp_path / "副本"
    elsewhere.mkdir()
    copy = copy_of(desk).rename(elsewhere / COPY)
    assert desk.window.open_path(copy)
    assert desk.window.open_path(desk.path)
    export(desk, qtbot, place)
    assert desk.window.open_path(copy)
    export(desk, qtbot, place)
    assert len(folders(place)) == 2


def test_hand_ins_and_papers_of_copies_do_not_meet(desk: OpenWindow) -> None:
    copy, report = copy_of(desk), desk.report
    names = {folder_name(report, path) for path in (desk.path, copy)}
    assert names == {
        "报送-常乐镇人民政府2024（常乐镇2024）",
        "报送-常乐镇人民政府2024（常乐镇2024（领导改））",
    }
    papers = {Desk(path, Path("sent")).folder_for(report) for path in (desk.path, copy)}
    assert len(papers) == 2


def test_another_years_or_units_report_beside_is_no_copy(desk: OpenWindow) -> None:
    other = copy_of(desk)
    other.write_bytes(other.read_bytes().replace(b'"year": 2024', b'"year": 2023'))
    (desk.path.parent / "坏.gknb").write_bytes(b"")
    assert own_word(desk.path, desk.report) == ""


def test_title_and_list_tell_copies_apart(desk: OpenWindow, qtbot: QtBot) -> None:
    copy = copy_of(desk)
    assert desk.path.name in desk.window.windowTitle()
    assert desk.window.open_path(copy)
    assert COPY in desk.window.windowTitle()
    desk.window.back_to_start()
    qtbot.waitUntil(lambda: len(desk.shown(ReportRow)) == 2)
    assert {row.text().rpartition("　")[2] for row in desk.shown(ReportRow)} == {desk.path.name, COPY}


def test_the_title_follows_a_file_that_is_saved_under_another_name(desk: OpenWindow, tmp_path: Path) -> None:
    assert desk.autosave.save_to(tmp_path / "另存.gknb")
    assert "另存.gknb" in desk.window.windowTitle()


@pytest.fixture
def others(desk: OpenWindow, tmp_path: Path) -> Path:
    """A folder in which another unit's report of the same title was exported, which is on no list here."""
    place = tmp_path / "导出"
    other = read_report(desk.path).report
    other.facts[Fact.FULL_NAME] = "常乐镇便民服务中心"
    other.facts[Fact.TITLE_NAME] = "常乐镇人民政府"
    publish(FORM, other, place / folder_of_exports(desk.report), [Format.PDF], Choices(bundled_fonts=True))
    return place


@pytest.mark.parametrize("answer", Meeting)
def test_where_another_units_files_stand_it_asks(
    desk: OpenWindow, qtbot: QtBot, others: Path, answer: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _folder: str, whose: str) -> Meeting:
        asked.append(whose)
        return answer

    monkeypatch.setattr(exporting, "ask_about_others_files", ask)
    (theirs,) = others.rglob("*.pdf")
    before = theirs.read_bytes()
    if answer is Meeting.STAY:
        desk.window.commands.export(others)
        assert not desk.window.commands.is_exporting
    else:
        export(desk, qtbot, others)
    assert "常乐镇便民服务中心" in asked[0]
    assert "核对码" in asked[0]
    assert (theirs.read_bytes() == before) is (answer is not Meeting.REPLACE)
    assert len(folders(others)) == (2 if answer is Meeting.BESIDE else 1)


def test_the_command_leaves_another_units_files_alone(
    desk: OpenWindow, others: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (theirs,) = others.rglob("*.pdf")
    before = theirs.read_bytes()
    assert main(["export", str(desk.path), "--to", str(theirs.parent), "--formats", "pdf"]) == 1
    assert "请换一个文件夹" in capsys.readouterr().err
    assert theirs.read_bytes() == before


def test_the_same_report_exported_again_is_not_asked_about(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "ask_about_others_files", lambda *_: pytest.fail("asked"))
    export(desk, qtbot, tmp_path / "导出")
    desk.session.apply(set_cells(desk.report, FORM, {CELL: 9}))
    export(desk, qtbot, tmp_path / "导出")
    assert len(folders(tmp_path / "导出")) == 1
