"""The store touches the disk only by steps that a test can make fail."""

import ast
import os
import sys
from pathlib import Path

import pytest

import reportdesk.store
from reportdesk.store import disk
from reportdesk.store.file import explain

_STORE = Path(reportdesk.store.__file__).parent
_CHANGES = {"chmod", "fsync", "mkdir", "rename", "rmdir", "rmtree", "stat", "touch", "unlink", "utime"}
_WRITES = {"write_bytes", "write_text"}


def test_the_store_changes_no_file_but_by_the_steps_of_disk() -> None:
    around = [
        f"{path.name}:{call.lineno} {call.func.attr}"
        for path in sorted(_STORE.rglob("*.py"))
        if path != Path(disk.__file__)
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in _CHANGES | _WRITES
    ]
    assert around == []


def test_a_folder_is_removed_with_all_in_it_and_none_is_no_failure(tmp_path: Path) -> None:
    folder = tmp_path / "旧"
    (folder / "内部").mkdir(parents=True)
    (folder / "内部" / "年报.pdf").touch()
    disk.remove_folder(folder)
    disk.remove_folder(folder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no FIFOs, and opens its devices by other names"
)
def test_a_pipe_or_a_device_is_refused_at_once_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.gknb"
    os.mkfifo(pipe)
    for place in (pipe, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(OSError, match="device") as refused:
            disk.read(place, 10)
        assert "管道或设备" in explain(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows guards the user's own folder")
def test_a_private_folder_is_closed_to_others_even_if_it_was_open(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    assert not disk.is_private(folder)
    disk.make_private_folder(folder)
    assert disk.is_private(folder)
    (tmp_path / "link").symlink_to(folder)
    assert not disk.is_private(tmp_path / "link")
