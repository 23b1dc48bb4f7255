"""The program's own files: whole, read with care, kept when broken, and held against two programs."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.store.user_data.json_file import (
    BrokenFileError,
    held,
    parse_object,
    read_object,
    set_aside,
    write_object,
)
from tests.store.refusals import look_for_a_moment

NOW = dt.datetime(2025, 1, 9, 10, 30, tzinfo=dt.UTC)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "not yet" / "own.json"
    assert read_object(path) is None
    write_object(path, {"单位": "常乐镇", "count": 3})
    assert read_object(path) == {"单位": "常乐镇", "count": 3}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "第 1 行"),
        (b'{"a": 1,\n "b": }', "第 2 行"),
        (b"[1]", "开头"),
        (b"\xff\xfe{", "UTF-8"),
        (b'{"a": NaN}', "写法不对"),
        (b"[" * 100_000, "写法不对"),
        (b'{"a": "' + b"x" * 5_000_000 + b'"}', "太大"),
    ],
)
def test_a_broken_file_says_where(content: bytes, reason: str) -> None:
    with pytest.raises(BrokenFileError, match=reason):
        parse_object(content)


@given(st.binary(max_size=60))
def test_any_bytes_are_an_object_or_refused(content: bytes) -> None:
    try:
        parsed = parse_object(content)
    except BrokenFileError:
        return
    assert isinstance(parsed, dict)


def test_a_broken_file_is_kept_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{", encoding="utf-8")
    aside = set_aside(path, NOW)
    assert aside is not None
    assert aside.read_text(encoding="utf-8") == "{"
    assert not path.exists()
    assert set_aside(path, NOW) is None


def test_a_broken_file_is_set_aside_though_a_virus_scanner_looks_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{", encoding="utf-8")
    look_for_a_moment(monkeypatch, "replace")
    assert set_aside(path, NOW) is not None
    assert not path.exists()


def _count_up(path: Path) -> None:
    for _ in range(20):
        with held(path):
            count = (read_object(path) or {"count": 0})["count"]
            write_object(path, {"count": count + 1})


def test_two_programs_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    # Two descriptors stand for two programs: the lock belongs to the opened file, not the process.
    with ThreadPoolExecutor(2) as programs:
        list(programs.map(_count_up, (path, path)))
    assert read_object(path) == {"count": 40}
