"""The store touches the disk only by steps that a test can make fail."""

import ast
from pathlib import Path

import reportdesk.store
from reportdesk.store import disk

_STORE = Path(reportdesk.store.__file__).parent
_CHANGES = {"chmod", "fsync", "mkdir", "rename", "rmdir", "rmtree", "stat", "touch", "unlink", "utime"}
_WRITES = {"write_bytes", "write_text"}


def test_the_store_changes_no_file_but_by_the_steps_of_disk() -> None:
    around = [
        f"{path.name}:{call.lineno} {call.func.attr}"
        for path in sorted(_STORE.glob("*.py"))
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
