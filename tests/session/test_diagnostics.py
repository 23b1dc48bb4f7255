"""自检 tells of this PC what helps by telephone."""

from pathlib import Path

import pytest

import reportdesk
from reportdesk.session.diagnostics import as_text, free_space, self_check, write_access
from reportdesk.store.folders import Folders


def test_the_page_tells_versions_folders_fonts_and_what_the_window_adds(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "a", tmp_path / "b", tmp_path / "c", ("程序所在的文件夹不能写入。",))
    rows = self_check(folders, [("Qt", "6.11.3")])
    told = dict(rows)
    assert told["年报台"] == reportdesk.__version__
    assert told["Qt"] == "6.11.3"
    assert str(tmp_path / "c") in told["年报文件夹"]
    assert "可以写入" in told["年报文件夹"]
    assert "GB" in told["年报文件夹"]
    assert told["注意"] == "程序所在的文件夹不能写入。"
    assert sum(name.startswith("字体") for name in told) >= 5
    assert as_text(rows).splitlines()[0] == f"年报台：{reportdesk.__version__}"
    assert len(as_text(rows).splitlines()) == len(rows)


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    assert write_access(tmp_path / "not yet" / "there") == "可以写入"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("reportdesk.session.diagnostics.try_writing", refuse)
    assert write_access(tmp_path).startswith("不能写入：没有权限")


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 10 * 1024**2

    monkeypatch.setattr("shutil.disk_usage", lambda _path: Usage)
    assert "请清理磁盘" in free_space(tmp_path)
