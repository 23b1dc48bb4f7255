"""A file changed behind us is noticed by its contents; a new time alone is none."""

import os
from pathlib import Path

import pytest

from reportdesk.store.fingerprint import Fingerprint, changed_behind, fingerprint


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.gknb"
    path.write_bytes(b"ours")
    return path


def known(path: Path) -> Fingerprint:
    seen = fingerprint(path, path.read_bytes())
    assert seen is not None
    return seen


def test_an_untouched_file_is_the_same(path: Path) -> None:
    assert changed_behind(path, known(path), surely=False) is None
    assert changed_behind(path, known(path), surely=True) is None


@pytest.mark.parametrize("surely", [False, True])
def test_other_contents_are_told(path: Path, surely: bool) -> None:  # noqa: FBT001
    before = known(path)
    path.write_bytes(b"theirs, and longer")
    assert changed_behind(path, before, surely=surely) == b"theirs, and longer"


@pytest.mark.parametrize("surely", [False, True])
def test_another_time_alone_is_no_change(path: Path, surely: bool) -> None:  # noqa: FBT001
    before = known(path)
    os.utime(path, (1, 1))
    assert changed_behind(path, before, surely=surely) is None


def test_a_change_of_the_same_size_and_time_is_noticed_before_a_save(path: Path) -> None:
    before = known(path)
    path.write_bytes(b"his!")
    os.utime(path, ns=(before.changed, before.changed))
    assert changed_behind(path, before, surely=False) is None  # looks at no contents
    assert changed_behind(path, before, surely=True) == b"his!"


def test_a_file_that_is_gone_or_was_never_there_is_not_changed(path: Path) -> None:
    before = known(path)
    path.unlink()
    assert changed_behind(path, before, surely=True) is None
    assert fingerprint(path, b"") is None
    assert changed_behind(path, None, surely=True) is None
