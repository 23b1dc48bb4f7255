"""A file that was moved, renamed or deleted while open is asked about at the save, never made anew in silence."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef
from reportdesk.gui.common import files
from reportdesk.gui.context import autosave
from reportdesk.report.edits import set_cells
from reportdesk.store import disk, fingerprint
from reportdesk.store.file import read_report
from reportdesk.store.lock import lock_path
from reportdesk.store.versions import versions_of
from tests.gui.open_window import FORM, OpenWindow

CELL = CellRef("requests", "new", "person")
ASKED = "不在原处"
PATIENCE_MS = 10_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "U盘" / "年报"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def desk(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenWindow]:
    monkeypatch.setattr(autosave, "LOOK_MS", 20)
    desk = OpenWindow(qtbot, folder)
    yield desk
    if desk.window.context.current is not None:  # what is gone is not saved, so the window would stay
        desk.window.keeper.end(desk.autosave)
        desk.window.context.close()


def fill(desk: OpenWindow, value: int = 7) -> None:
    desk.session.apply(set_cells(desk.report, FORM, {CELL: value}))


def save(desk: OpenWindow) -> bool:
    saved = desk.autosave.save()
    QApplication.processEvents()
    return saved


def offered(desk: OpenWindow, answer: str) -> bool:
    return any(one.text() == answer for one in desk.shown(QAbstractButton))


RENAMED: dict[str, Callable[[Path], Path]] = {
    "another name": lambda path: path.rename(path.with_name("常乐镇2024（报区里）.gknb")),
    "a folder below": lambda path: path.rename(_folder(path.parent / "2024") / path.name),
    "the folder above": lambda path: path.rename(path.parent.parent / path.name),
    "its folder renamed": lambda path: path.parent.rename(path.parent.with_name("改了名")) / path.name,
    "the folder beside": lambda path: path.rename(_folder(path.parent / "定稿") / "新名.gknb"),
}


def _folder(path: Path) -> Path:
    path.mkdir(exist_ok=True)
    return path


@pytest.mark.parametrize("known_by", ["node", "contents"])
@pytest.mark.parametrize("how", RENAMED)
def test_a_renamed_file_is_found_and_gone_on_with(
    desk: OpenWindow, how: str, known_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if known_by == "contents":  # as on a stick under Windows
        keeping = desk.autosave.keeping
        known = fingerprint.fingerprint(desk.path, desk.path.read_bytes())
        assert known is not None
        monkeypatch.setattr(
            keeping, "_known", fingerprint.Fingerprint(known.size, known.changed, known.digest)
        )
    fill(desk)
    now_at = RENAMED[how](desk.path)
    assert not save(desk)
    assert not desk.path.exists()
    assert desk.says(now_at.name)
    desk.click(desk.button("接着存在那里"))
    assert not desk.path.exists()
    assert read_report(now_at).report.cells == {CELL: 7}
    assert not desk.says(ASKED)
    assert lock_path(now_at).exists()
    assert not lock_path(desk.path).exists()
    folders = desk.window.preferences.folders
    assert versions_of(folders.versions, now_at)
    fill(desk, 8)
    assert save(desk)
    assert read_report(now_at).report.cells == {CELL: 8}


GONE: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "moved away": lambda path: path.rename(path.parent.parent.parent / "别处.gknb"),
    "an empty mount folder stays": lambda path: _empty(path.parent),
    "the folder moved away": lambda path: path.parent.rename(path.parent.parent.parent / "别处"),
}


def _empty(folder: Path) -> None:
    for one in folder.iterdir():
        one.unlink()


@pytest.mark.parametrize("how", GONE)
def test_a_file_that_is_gone_is_not_made_anew_in_silence(desk: OpenWindow, how: str) -> None:
    fill(desk)
    GONE[how](desk.path)
    for _ in range(2):
        assert not save(desk)
        assert not desk.path.exists()
    assert desk.says(ASKED)
    assert desk.says("填写的内容都还在")
    assert offered(desk, "另存到别处…")


@pytest.mark.parametrize("how", ["deleted", "moved away", "an empty mount folder stays"])
def test_it_is_saved_under_its_name_once_the_clerk_says_so(desk: OpenWindow, how: str) -> None:
    fill(desk)
    GONE[how](desk.path)
    save(desk)
    desk.click(desk.button("按原名再存一份"))
    assert desk.kept().cells == {CELL: 7}
    assert not desk.says(ASKED)
    fill(desk, 8)
    assert save(desk)


def test_it_is_saved_elsewhere(desk: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk)
    desk.path.unlink()
    save(desk)
    elsewhere = tmp_path / "另存.gknb"
    monkeypatch.setattr(files, "ask_where_to_save", lambda *_: elsewhere)
    desk.click(desk.button("另存到别处…"))
    assert read_report(elsewhere).report.cells == {CELL: 7}
    assert not desk.path.exists()
    assert not desk.says(ASKED)


def test_a_stick_whose_mount_folder_remains_goes_on_once_it_is_back(desk: OpenWindow, qtbot: QtBot) -> None:
    fill(desk)
    away = desk.path.parent.with_name("拔出")
    desk.path.parent.rename(away)
    desk.path.parent.mkdir()
    assert not save(desk)
    assert desk.says(ASKED)
    assert list(desk.path.parent.iterdir()) == []
    desk.path.parent.rmdir()
    away.rename(desk.path.parent)
    qtbot.waitUntil(lambda: desk.kept().cells == {CELL: 7}, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not desk.says(ASKED), timeout=PATIENCE_MS)


def test_the_window_does_not_close_before_it_is_answered(desk: OpenWindow) -> None:
    fill(desk)
    desk.path.unlink()
    assert not desk.window.close()
    assert desk.says(ASKED)
    assert "请先回答" in desk.window.status_line.message
    desk.click(desk.button("按原名再存一份"))
    assert desk.window.close()


def test_another_file_with_the_same_contents_is_not_taken_for_it_where_two_are(desk: OpenWindow) -> None:
    content = desk.path.read_bytes()
    status = desk.path.stat()
    for name in ("甲.gknb", "乙.gknb"):
        (desk.path.parent / name).write_bytes(content)
        os.utime(desk.path.parent / name, ns=(status.st_atime_ns, status.st_mtime_ns))
    fill(desk)
    desk.path.unlink()
    save(desk)
    assert not offered(desk, "接着存在那里")


def test_another_copy_of_it_is_not_taken_for_it(desk: OpenWindow, tmp_path: Path) -> None:
    """As 另存为 leaves it: the same contents, at another time."""
    (desk.path.parent / "另存的.gknb").write_bytes(desk.path.read_bytes())
    os.utime(desk.path.parent / "另存的.gknb", (1, 1))
    fill(desk)
    desk.path.rename(tmp_path / "别处.gknb")
    save(desk)
    assert not offered(desk, "接着存在那里")


def test_a_new_file_that_got_the_old_ones_place_on_the_disk_is_not_taken_for_it(desk: OpenWindow) -> None:
    fill(desk)
    desk.path.unlink()
    other = desk.path.with_name("别的.gknb")
    other.write_bytes(b"{}")
    save(desk)
    assert not offered(desk, "接着存在那里")
    assert other.read_bytes() == b"{}"


def test_while_a_program_replaces_the_file_nothing_is_asked(desk: OpenWindow) -> None:
    fill(desk)
    away = desk.path.with_name("正在换.tmp")
    desk.path.rename(away)
    looks = disk.status

    def back_after_a_look(path: Path) -> os.stat_result:
        if away.exists():
            try:
                return looks(path)
            finally:
                away.rename(desk.path)
        return looks(path)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(disk, "status", back_after_a_look)
        assert save(desk)
    assert desk.kept().cells == {CELL: 7}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs among its files")
@pytest.mark.parametrize("reached", ["itself", "through a link"])
def test_a_pipe_in_the_file_s_place_is_asked_about_and_stays(
    desk: OpenWindow, qtbot: QtBot, reached: str
) -> None:
    pipe = desk.path.with_name("管道") if reached == "through a link" else desk.path
    desk.path.unlink()
    os.mkfifo(pipe)
    if reached == "through a link":
        desk.path.symlink_to(pipe)
    fill(desk)
    assert not save(desk)
    assert desk.says(ASKED)
    qtbot.wait(200)  # looked at again and again, it does not count as come back
    assert desk.says(ASKED)
    desk.click(desk.button("按原名再存一份"))
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert desk.says("管道或设备")
