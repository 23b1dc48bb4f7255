"""The drafts that were sent are kept by the report's path; a broken file counts as none."""

import datetime as dt
import errno
import sys
from pathlib import Path

import pytest
from hypothesis import given

from reportdesk.report.document import Report
from reportdesk.store import disk
from reportdesk.store.file import StoreError
from reportdesk.store.user_data.sent_drafts import (
    SentDraft,
    SentDrafts,
    read_sent_drafts,
    take_sent_drafts_along,
    write_sent_drafts,
)
from tests.store.refusals import look_for_a_moment
from tests.strategies import reports
from tests.test_example import FORM, example

NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
PATH = Path("/home/李某/年报 2024.gknb")


@given(reports(FORM))
def test_what_was_kept_is_read_back(tmp_path_factory: pytest.TempPathFactory, report: Report) -> None:
    folder = tmp_path_factory.mktemp("kept")
    kept = SentDrafts(SentDraft(2, NOW, report), SentDraft(1, NOW, example()))
    write_sent_drafts(folder, PATH, kept)
    assert read_sent_drafts(folder, PATH) == kept
    assert read_sent_drafts(folder, PATH.with_name("别的.gknb")) == SentDrafts()


def test_the_path_does_not_stand_in_the_name(tmp_path: Path) -> None:
    write_sent_drafts(tmp_path, PATH, SentDrafts(SentDraft(1, NOW, example())))
    (file,) = tmp_path.iterdir()
    assert file.name.isascii()


def test_every_way_of_writing_the_path_is_the_same(tmp_path: Path) -> None:
    kept = SentDrafts(SentDraft(1, NOW, example()))
    write_sent_drafts(tmp_path, PATH, kept)
    assert read_sent_drafts(tmp_path, PATH.parent / "x" / ".." / PATH.name) == kept


def test_they_go_with_a_report_that_is_renamed_and_take_no_others_place(tmp_path: Path) -> None:
    other = PATH.with_name("别的.gknb")
    first, second = (SentDrafts(SentDraft(number, NOW, example())) for number in (1, 2))
    take_sent_drafts_along(tmp_path, PATH, other)
    write_sent_drafts(tmp_path, PATH, first)
    take_sent_drafts_along(tmp_path, PATH, other)
    assert (read_sent_drafts(tmp_path, other), read_sent_drafts(tmp_path, PATH)) == (first, SentDrafts())
    write_sent_drafts(tmp_path, PATH, second)
    take_sent_drafts_along(tmp_path, PATH, other)
    assert (read_sent_drafts(tmp_path, other), read_sent_drafts(tmp_path, PATH)) == (first, second)


def test_they_go_with_a_renamed_report_though_a_virus_scanner_looks_at_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = SentDrafts(SentDraft(1, NOW, example()))
    write_sent_drafts(tmp_path, PATH, kept)
    look_for_a_moment(monkeypatch, "replace")
    take_sent_drafts_along(tmp_path, PATH, PATH.with_name("别的.gknb"))
    assert read_sent_drafts(tmp_path, PATH.with_name("别的.gknb")) == kept


@pytest.mark.skipif(sys.platform == "win32", reason="a user's own folder is theirs there")
def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    write_sent_drafts(tmp_path, PATH, SentDrafts(SentDraft(1, NOW, example())))
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


HEAD = b'{"format": "reportdesk-sent-drafts", "version": 1, '


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"{}"),
        HEAD + b'"newest": 3}',
        HEAD + b'"newest": {"number": 1, "at": "2025-01-09", "report": 7}}',
    ],
)
def test_a_broken_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    write_sent_drafts(tmp_path, PATH, SentDrafts(SentDraft(1, NOW, example())))
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert read_sent_drafts(tmp_path, PATH) == SentDrafts()


@pytest.mark.parametrize("place", range(0, 4000, 61))
def test_a_flipped_byte_never_breaks_it(tmp_path: Path, place: int) -> None:
    write_sent_drafts(tmp_path, PATH, SentDrafts(SentDraft(1, NOW, example())))
    (file,) = tmp_path.iterdir()
    content = bytearray(file.read_bytes())
    content[place] ^= 0x08
    file.write_bytes(content)
    read_sent_drafts(tmp_path, PATH)


def test_a_full_disk_keeps_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = SentDrafts(SentDraft(1, NOW, example()))
    write_sent_drafts(tmp_path, PATH, kept)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(disk, "write", full)
    with pytest.raises(StoreError, match="磁盘已满"):
        write_sent_drafts(tmp_path, PATH, SentDrafts(SentDraft(2, NOW, example())))
    assert read_sent_drafts(tmp_path, PATH) == kept
