"""A file that is written again keeps what somebody changed in it outside."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from reportdesk.store import disk
from reportdesk.store.folders import find_folders
from reportdesk.store.written_files import say_kept, write_again


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "年报.docx"


def names(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir())


def test_what_we_wrote_is_replaced(path: Path) -> None:
    assert write_again(path, b"one") is None
    assert write_again(path, b"two") is None
    assert path.read_bytes() == b"two"
    assert names(path) == ["年报.docx"]


def test_what_was_changed_since_stays_each_time(path: Path) -> None:
    write_again(path, b"one")
    kept = []
    for changed in (b"by hand", b"by hand again"):
        path.write_bytes(changed)
        aside = write_again(path, b"two")
        assert aside is not None
        assert aside.name in say_kept(path, aside)
        kept.append(aside.read_bytes())
    assert kept == [b"by hand", b"by hand again"]
    assert names(path) == ["年报.docx", "年报（旧 2）.docx", "年报（旧）.docx"]
    assert path.read_bytes() == b"two"


def test_a_file_of_which_nobody_knows_stays(path: Path) -> None:
    """As from another PC, or once the user's own folder is gone."""
    write_again(path, b"one")
    shutil.rmtree(find_folders().data)
    assert write_again(path, b"one") is None
    shutil.rmtree(find_folders().data)
    aside = write_again(path, b"two")
    assert aside is not None
    assert aside.read_bytes() == b"one"


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": "x"}', b'{"files": 3}'])
def test_a_broken_list_of_what_we_wrote_costs_no_file(path: Path, content: bytes) -> None:
    write_again(path, b"one")
    find_folders().written_files.write_bytes(content)
    aside = write_again(path, b"two")
    assert aside is not None
    assert aside.read_bytes() == b"one"


def test_one_that_cannot_be_written_leaves_what_stood_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"by hand")

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(disk, "write", full)
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            write_again(path, b"two")
    assert path.read_bytes() == b"by hand"
    assert names(path) == ["年报.docx"]
