"""A file that went away is told, one that another program replaces is not."""

from pathlib import Path

import pytest

from reportdesk.session.keeping.file_watch import Presence


class Watched:
    """One look after another, each ended before the next."""

    def __init__(self) -> None:
        self._presence = Presence()

    def is_gone(self, path: Path) -> bool:
        told = self._presence.look(path)
        thread = self._presence._looking
        assert thread is not None
        thread.join()
        return told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "年报.gknb"
    path.touch()
    return path


def test_two_looks_that_find_none_tell_it(file: Path) -> None:
    watched = Watched()
    assert [watched.is_gone(file) for _ in range(3)] == [False, False, False]
    file.unlink()
    assert [watched.is_gone(file) for _ in range(4)] == [False, False, True, True]
    file.touch()
    assert [watched.is_gone(file) for _ in range(2)] == [True, False]


def test_a_moment_without_it_is_not_told(file: Path) -> None:
    watched = Watched()
    file.unlink()
    assert not watched.is_gone(file)
    file.touch()
    assert [watched.is_gone(file) for _ in range(3)] == [False, False, False]


def test_another_file_is_looked_for_anew(file: Path) -> None:
    watched, lost = Watched(), file.with_name("没有.gknb")
    assert [watched.is_gone(lost) for _ in range(3)] == [False, False, True]
    assert [watched.is_gone(file) for _ in range(3)] == [False, False, False]
