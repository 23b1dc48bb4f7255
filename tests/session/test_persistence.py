"""At no moment what was typed stands nowhere: in the file, in the journal, or told."""

import datetime as dt
import errno
import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from io import FileIO
from pathlib import Path
from typing import NoReturn

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import new_report
from reportdesk.report.edits import set_heading
from reportdesk.report.file.codec import decode, encode
from reportdesk.session.keeping.persistence import ChangedBehindError, Keeping, Places
from reportdesk.session.keeping.recovery import Fit, read_recovery
from reportdesk.session.session import Session
from reportdesk.store import disk
from reportdesk.store.file import StoreError, UnreliableDiskError
from reportdesk.store.journal import left_journals
from reportdesk.store.lock import Lock, lock_path
from reportdesk.store.versions import EVERY, Reason, read_version, versions_of

FORM = load_form("2021")
PART = "overview.disclosure"
BLANK = encode(new_report(FORM, 2024, "常乐镇人民政府"))
THEIRS = encode(new_report(FORM, 2024, "别人改过的镇"))


class Desk:
    """A report that is kept, a clock to turn, and what lies in the folders."""

    def __init__(self, folder: Path) -> None:
        self.now = dt.datetime(2025, 1, 9, 14, 32, tzinfo=dt.UTC)
        self.path = folder / "stick" / "a.gknb"
        self.path.parent.mkdir()
        self.path.write_bytes(BLANK)
        self.places = Places(folder / "journals", folder / "versions")
        self.open()

    def open(self) -> None:
        self.session = Session(FORM, decode(self.path.read_bytes()).report, self.now.date())
        content = self.path.read_bytes()
        self.keeping = Keeping(self.session, self.path, content, self.places, lambda: self.now)

    def type(self, words: str) -> None:
        self.session.apply(set_heading(self.session.report, FORM, PART, words))

    def end(self) -> None:
        """As a program that is ended in the middle, but for its lock."""
        self.keeping.close()

    def kept(self) -> str:
        return decode(self.path.read_bytes()).report.headings.get(PART, "")

    def left(self) -> list[str]:
        """What the journals that were left would bring back."""
        found = [read_recovery(path) for path in left_journals(self.places.journals, self.path)]
        return [one.report.headings.get(PART, "") for one in found if one]

    def versions(self, path: Path | None = None) -> list[tuple[Reason, str]]:
        kept = versions_of(self.places.versions, path or self.path)
        return [(one.reason, decode(read_version(one)).report.headings.get(PART, "")) for one in kept]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.keeping.close()


def failing(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_was_typed_is_in_the_journal_at_once(desk: Desk) -> None:
    desk.type("公开")
    desk.session.undo()
    desk.session.redo()
    assert (desk.keeping.is_saved, desk.keeping.is_noted) == (False, True)
    desk.end()
    assert (desk.kept(), desk.left()) == ("", ["公开"])


def test_a_stick_that_was_taken_out_loses_nothing(desk: Desk) -> None:
    desk.type("公开")
    desk.path.parent.rename(desk.path.parent.with_name("gone"))
    desk.type("公开了")
    with pytest.raises(StoreError, match="U 盘已拔出"):
        desk.keeping.save()
    desk.end()
    assert desk.left() == ["公开了"]


def test_once_saved_the_journal_is_given_up_and_a_new_one_builds_on_the_file(desk: Desk) -> None:
    desk.type("一")
    desk.keeping.save()
    assert (desk.kept(), desk.keeping.is_saved) == ("一", True)
    assert list(desk.places.journals.iterdir()) == []
    desk.type("二")
    desk.end()
    (left,) = left_journals(desk.places.journals)
    found = read_recovery(left)
    assert found is not None
    assert found.base == desk.path.read_bytes()


def test_the_journal_stays_until_the_file_was_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.type("公开")
    read = disk.read
    with monkeypatch.context() as broken:
        broken.setattr(disk, "read", lambda path, limit=-1: read(path, limit)[:-1])
        broken.setattr("reportdesk.session.keeping.persistence.changed_behind", lambda *_, **__: None)
        with pytest.raises(UnreliableDiskError, match="读回来的不一样"):
            desk.keeping.save()
    assert not desk.keeping.is_saved
    desk.keeping.save()  # without asking about a change that was ours
    assert desk.kept() == "公开"


def test_what_is_typed_while_a_save_is_on_its_way_stays_in_the_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("一")
    replace = disk.replace

    def typing_on(source: Path, target: Path) -> None:
        replace(source, target)
        if target == desk.path:
            desk.type("二")

    with monkeypatch.context() as slow:
        slow.setattr(disk, "replace", typing_on)
        desk.keeping.save()
    assert (desk.kept(), desk.keeping.is_saved, desk.keeping.is_noted) == ("一", False, True)
    desk.end()
    assert desk.left() == ["二"]
    (left,) = left_journals(desk.places.journals)
    found = read_recovery(left)
    assert found is not None
    assert found.fit(desk.path.read_bytes()) is Fit.FITS


def test_a_save_that_was_not_read_back_leaves_a_file_that_the_next_recovery_knows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("一")
    with monkeypatch.context() as broken:
        broken.setattr("reportdesk.store.file._stands", lambda *_: False)
        with pytest.raises(UnreliableDiskError):
            desk.keeping.save()
    desk.type("二")
    desk.end()
    assert desk.kept() == "一"
    (left,) = left_journals(desk.places.journals, desk.path)
    found = read_recovery(left)
    assert found is not None
    assert found.fit(desk.path.read_bytes()) is Fit.FITS
    assert found.beside(desk.path.read_bytes()).places == 1


def test_a_save_that_comes_back_after_the_report_was_saved_elsewhere_counts_no_more(desk: Desk) -> None:
    desk.type("一")
    hung = desk.keeping.snapshot()
    desk.type("二")
    other = desk.path.with_name("b.gknb")
    desk.keeping.save_to(other)
    desk.type("三")
    with pytest.raises(StoreError):
        desk.keeping._write(desk.path, hung)
    assert desk.kept() == ""
    assert (desk.keeping.path, desk.keeping.is_saved) == (other, False)
    desk.keeping.save()
    assert decode(other.read_bytes()).report.headings == {PART: "三"}


def test_a_save_that_comes_back_after_the_report_was_opened_anew_does_not_undo_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clerk did not wait for a share that hung, and opened the report again."""
    desk.type("一")
    hung, sync, waiting = desk.keeping, disk.sync, [True]

    def hanging(file: FileIO) -> None:
        sync(file)
        if waiting:
            waiting.clear()
            hung.close()
            desk.open()
            desk.type("二")
            desk.keeping.save()

    with monkeypatch.context() as slow:
        slow.setattr(disk, "sync", hanging)
        with pytest.raises(StoreError):
            hung.save_anew(hung.snapshot())
    assert desk.kept() == "二"
    assert [path.name for path in desk.path.parent.glob("*.tmp")] == []


@pytest.mark.skipif("sys.platform == 'win32'", reason="an open file's folder stays there")
def test_a_folder_of_journals_that_is_removed_is_noticed(desk: Desk) -> None:
    desk.type("一")
    shutil.rmtree(desk.places.journals)
    desk.keeping.sync_soon()
    desk.keeping._wait_for_sync()
    assert not desk.keeping.is_noted
    desk.keeping.save()
    desk.type("二")
    desk.end()
    assert (desk.kept(), desk.left()) == ("一", ["二"])


def test_a_journal_that_takes_no_more_is_told_and_what_it_took_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("一")
    with monkeypatch.context() as broken:
        broken.setattr(disk, "write", failing)
        desk.type("二")
    broken_then = desk.keeping.is_noted
    desk.type("三")
    desk.keeping.save()
    assert (broken_then, desk.keeping.is_noted) == (False, True)
    assert desk.kept() == "三"
    desk.type("四")
    desk.end()
    assert desk.left() == ["四"]


def test_a_folder_that_takes_no_journal_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(disk, "make_private_folder", failing)
        desk.type("一")
    assert not desk.keeping.is_noted
    assert desk.session.report.headings == {PART: "一"}


def test_a_sync_that_fails_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.type("一")
    desk.keeping.sync_soon()
    desk.keeping._wait_for_sync()
    fine_then = desk.keeping.is_noted
    desk.type("二")
    with monkeypatch.context() as broken:
        broken.setattr(disk, "sync", failing)
        desk.keeping.sync_soon()
        desk.keeping._wait_for_sync()
    assert (fine_then, desk.keeping.is_noted) == (True, False)


def test_a_save_at_the_moment_when_a_sync_begins_is_a_save(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("一")
    begin = threading.Thread.start
    with ThreadPoolExecutor(1) as beside:
        beside.submit(int).result()  # its thread is there
        saves = list[Future[object]]()

        def begin_late(syncing: threading.Thread) -> None:
            saves.append(beside.submit(desk.keeping.save))
            wait(saves, timeout=0.3)
            begin(syncing)

        with monkeypatch.context() as slow:
            slow.setattr(threading.Thread, "start", begin_late)
            desk.keeping.sync_soon()
        saves[0].result()
    assert desk.keeping.is_saved
    assert (desk.kept(), desk.left()) == ("一", [])


def test_a_file_changed_behind_us_is_not_saved_over(desk: Desk) -> None:
    desk.type("我的")
    desk.path.write_bytes(THEIRS)
    assert desk.keeping.changed_behind() == THEIRS
    with pytest.raises(ChangedBehindError) as caught:
        desk.keeping.save()
    assert caught.value.content == THEIRS
    assert desk.path.read_bytes() == THEIRS
    desk.end()
    assert desk.left() == ["我的"]


def test_keeping_mine_keeps_theirs_as_a_version(desk: Desk) -> None:
    desk.type("我的")
    desk.path.write_bytes(THEIRS)
    desk.keeping.keep_mine(THEIRS)
    assert desk.kept() == "我的"
    kept = [one for one in versions_of(desk.places.versions, desk.path) if one.reason is Reason.REPLACED]
    assert [read_version(one) for one in kept] == [THEIRS]


def test_giving_mine_up_keeps_it_as_a_version(desk: Desk) -> None:
    desk.type("我的")
    desk.path.write_bytes(THEIRS)
    desk.keeping.give_up_mine()
    assert desk.path.read_bytes() == THEIRS
    assert (Reason.UNSAVED, "我的") in desk.versions()
    desk.end()
    assert desk.left() == []


@pytest.mark.parametrize("answer", ["keep_mine", "give_up_mine"])
def test_where_no_version_can_be_kept_neither_is_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    desk.type("我的")
    desk.path.write_bytes(THEIRS)
    with monkeypatch.context() as broken:
        broken.setattr("reportdesk.session.keeping.persistence.keep_version", failing)
        with pytest.raises(StoreError, match="没有改动任何文件"):
            desk.keeping.keep_mine(THEIRS) if answer == "keep_mine" else desk.keeping.give_up_mine()
    assert desk.path.read_bytes() == THEIRS
    desk.end()
    assert desk.left() == ["我的"]


def test_saving_elsewhere_keeps_both(desk: Desk) -> None:
    desk.type("我的")
    desk.path.write_bytes(THEIRS)
    other = desk.path.with_name("b.gknb")
    desk.keeping.save_to(other)
    assert desk.path.read_bytes() == THEIRS
    assert decode(other.read_bytes()).report.headings == {PART: "我的"}
    assert not lock_path(desk.path).exists()
    assert lock_path(other).exists()
    desk.type("还是我的")
    desk.keeping.save()
    assert decode(other.read_bytes()).report.headings == {PART: "还是我的"}


def test_what_is_saved_elsewhere_is_a_version_of_the_file_that_has_it(desk: Desk) -> None:
    desk.type("我的")
    desk.keeping.keep_opened()
    desk.now += EVERY
    first, other = desk.path, desk.path.with_name("b.gknb")
    desk.keeping.save_to(other)
    kept = {path: versions_of(desk.places.versions, path) for path in (first, other)}
    assert [read_version(one) for one in kept[first]] == [BLANK]
    assert [read_version(one) for one in kept[other]] == [other.read_bytes()]


def test_a_failed_save_elsewhere_keeps_the_first_file_and_its_lock(desk: Desk, tmp_path: Path) -> None:
    desk.type("我的")
    with pytest.raises(StoreError):
        desk.keeping.save_to(tmp_path / "none" / "b.gknb")
    assert desk.keeping.path == desk.path
    assert isinstance(desk.keeping.lock, Lock)
    desk.keeping.save()
    assert desk.kept() == "我的"


def test_after_a_save_onto_an_unreliable_stick_the_first_file_is_still_not_saved_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("我的")
    with monkeypatch.context() as patch:
        patch.setattr(disk, "read", lambda *_: b"")
        with pytest.raises(UnreliableDiskError):
            desk.keeping.save_to(desk.path.with_name("b.gknb"))
    desk.path.write_bytes(THEIRS)
    with pytest.raises(ChangedBehindError):
        desk.keeping.save()
    assert desk.path.read_bytes() == THEIRS


def test_versions_are_kept_at_opening_and_every_ten_minutes(desk: Desk) -> None:
    for minute in range(25):
        desk.type(f"{minute}")
        desk.keeping.save()
        desk.now += dt.timedelta(minutes=1)
    assert desk.versions() == [(Reason.WORKING, "20"), (Reason.WORKING, "10"), (Reason.OPENED, "")]


def test_versions_that_cannot_be_kept_do_not_keep_the_report_from_being_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportdesk.session.keeping.persistence.keep_version", failing)
    desk.type("公开")
    desk.keeping.save()
    assert desk.kept() == "公开"


def test_before_much_changes_a_version_is_kept(desk: Desk) -> None:
    desk.type("公开")
    desk.keeping.keep_before(Reason.IMPORT)
    assert desk.versions() == [(Reason.IMPORT, "公开")]


def test_closing_takes_the_lock_away(desk: Desk) -> None:
    assert lock_path(desk.path).exists()
    desk.end()
    assert not lock_path(desk.path).exists()


def test_what_the_clerk_gives_up_is_kept_as_a_version(desk: Desk) -> None:
    desk.type("公开")
    desk.keeping.drop()
    desk.end()
    assert desk.left() == []
    assert desk.versions() == [(Reason.UNSAVED, "公开")]
