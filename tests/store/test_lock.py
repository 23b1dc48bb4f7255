"""Who has a report open is seen by whoever opens it next; a program that is gone holds nothing."""

import datetime as dt
import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from reportdesk.store import disk, processes
from reportdesk.store.lock import Holder, Lock, lock_path, take_lock
from tests.store.refusals import look_for_a_moment

NOW = dt.datetime(2025, 1, 9, 14, 2, tzinfo=dt.UTC)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "常乐镇2024.gknb"
    path.write_bytes(b"{}")
    return path


def taken(report: Path, *, by_force: bool = False) -> Lock:
    held = take_lock(report, NOW, by_force=by_force)
    assert isinstance(held, Lock)
    return held


def put_lock(report: Path, **changed: object) -> None:
    """A lock as another program would have made it."""
    content = {
        "format": "reportdesk-lock",
        "pc": "县政府-7",
        "user": "王芳",
        "process": 4711,
        "begun": "1",
        "since": NOW.isoformat(),
        "token": "theirs",
    }
    lock_path(report).write_text(json.dumps(content | changed), encoding="utf-8")


def test_a_lock_is_a_hidden_file_that_goes_with_its_release(report: Path) -> None:
    held = taken(report)
    assert held.path.name.startswith(".")
    assert held.path.parent == report.parent
    held.release()
    assert list(report.parent.iterdir()) == [report]


@pytest.mark.parametrize("signs", [66, 77, 78, 82])
def test_a_name_as_long_as_may_be_has_a_lock_that_holds_and_gets_stale_like_any(
    tmp_path: Path, signs: int
) -> None:
    report = tmp_path / f"{'镇' * signs}.gknb"
    report.touch()
    held = taken(report)
    assert isinstance(take_lock(report, NOW), Holder)
    held.release()
    assert list(tmp_path.iterdir()) == [report]
    put_lock(report)
    assert isinstance(take_lock(report, NOW, by_force=True), Lock)


def test_a_second_program_is_told_who_has_it(report: Path) -> None:
    put_lock(report)
    held = take_lock(report, NOW)
    assert isinstance(held, Holder)
    assert (held.pc, held.user) == ("县政府-7", "王芳")
    assert "用户“王芳”在电脑“县政府-7”上打开着" in held.says
    assert json.loads(lock_path(report).read_text(encoding="utf-8"))["token"] == "theirs"


def test_ours_on_this_pc_holds_while_we_run(report: Path) -> None:
    taken(report)
    held = take_lock(report, NOW)
    assert isinstance(held, Holder)
    assert "在这台电脑上" in held.says


def test_another_process_holds_it_until_it_ends(report: Path) -> None:
    program = f"""if True:
        import datetime, sys
        from pathlib import Path
        from reportdesk.store.lock import take_lock
        print(take_lock(Path({str(report)!r}), datetime.datetime.now().astimezone()), flush=True)
        sys.stdin.read()
    """
    run = [sys.executable, "-c", program]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert "Lock(" in other.stdout.readline()
        held = take_lock(report, NOW)
        assert isinstance(held, Holder)
        assert held.process == other.pid
        other.kill()
        other.wait()
        taken(report).release()
    assert list(report.parent.iterdir()) == [report]


def test_a_number_that_the_system_gave_to_another_process_holds_nothing(report: Path) -> None:
    put_lock(report, pc=processes.pc_name(), process=os.getpid(), begun="long ago")
    taken(report)


def test_a_lock_of_another_pc_is_taken_over_only_when_asked(report: Path) -> None:
    put_lock(report, process=999_999_999)
    assert isinstance(take_lock(report, NOW), Holder)
    taken(report, by_force=True).release()
    assert not lock_path(report).exists()


def test_who_was_taken_over_leaves_the_new_lock(report: Path) -> None:
    first = taken(report)
    second = taken(report, by_force=True)
    first.release()
    assert lock_path(report).exists()
    second.release()
    assert not lock_path(report).exists()


def test_two_that_find_a_stale_lock_do_not_both_get_it(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_lock(report, pc=processes.pc_name(), process=999_999_999, begun="")
    replace = disk.replace
    won: list[Lock | Holder | None] = []

    def other_is_first(source: Path, target: Path) -> None:
        monkeypatch.setattr(disk, "replace", replace)
        won.append(take_lock(report, NOW))  # between our look and our removal
        replace(source, target)

    monkeypatch.setattr(disk, "replace", other_is_first)
    ours = take_lock(report, NOW)
    assert isinstance(won[0], Lock)
    assert isinstance(ours, Holder)
    won[0].release()
    assert list(report.parent.iterdir()) == [report]


@pytest.mark.parametrize("step", ["replace", "remove"])
def test_a_virus_scanner_that_looks_at_a_lock_keeps_nobody_out(
    report: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    put_lock(report, pc=processes.pc_name(), process=999_999_999, begun="")
    with monkeypatch.context() as patch:
        look_for_a_moment(patch, step)
        held = taken(report)
    with monkeypatch.context() as patch:
        look_for_a_moment(patch, "remove")
        held.release()
    assert list(report.parent.iterdir()) == [report]


def test_a_stale_lock_that_can_be_moved_but_not_removed_is_gone(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_lock(report, pc=processes.pc_name(), process=999_999_999, begun="")

    def refuse(_path: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(disk, "remove", refuse)
    assert isinstance(take_lock(report, NOW), Lock)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENAMETOOLONG, errno.EIO])
@pytest.mark.parametrize("step", ["create", "write"])
def test_where_no_lock_can_be_made_there_is_none_and_nothing_is_left(
    report: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(disk, step, refuse)
    assert take_lock(report, NOW) is None
    assert list(report.parent.iterdir()) == [report]


@pytest.mark.parametrize("words", ["", "{", "[]", '{"format": "other"}', "\0" * 20])
def test_a_lock_without_words_holds_for_a_minute(
    report: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    lock_path(report).write_text(words, encoding="utf-8")
    held = take_lock(report, NOW)
    assert isinstance(held, Holder)
    assert "另一个用户在另一台电脑上打开着" in held.says
    assert sum(pauses) < 0.5
    os.utime(lock_path(report), (1, 1))
    taken(report)


@pytest.mark.parametrize("words", ["", "{", "[]", '{"format": "other"}', "\0" * 20])
def test_a_lock_without_words_is_taken_over_at_once_when_asked(report: Path, words: str) -> None:
    lock_path(report).write_text(words, encoding="utf-8")
    taken(report, by_force=True).release()
    assert list(report.parent.iterdir()) == [report]


def test_a_lock_that_gets_its_words_while_it_is_taken_over_stays(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_path(report).touch()
    replace = disk.replace

    def written_first(source: Path, target: Path) -> None:
        monkeypatch.setattr(disk, "replace", replace)
        put_lock(report)  # between our look and our removal
        replace(source, target)

    monkeypatch.setattr(disk, "replace", written_first)
    held = take_lock(report, NOW, by_force=True)
    assert isinstance(held, Holder)
    assert held.user == "王芳"


def test_the_words_of_a_lock_are_no_more_than_names(report: Path) -> None:
    put_lock(report, user="<b>\n" * 100, since="2025-01-09T14:02:00+00:00")
    held = take_lock(report, NOW)
    assert isinstance(held, Holder)
    assert "\n" not in held.says
    assert len(held.user) <= 80


@pytest.mark.parametrize(
    "changed",
    [
        {"process": float("inf")},
        {"since": "0001-01-01T00:00:00+23:00"},
        {"since": "9999-12-31T23:59:59-23:00"},
    ],
)
def test_a_lock_with_numbers_beyond_all_bounds_is_one_without_words(
    report: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, object]
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    put_lock(report, **changed)
    held = take_lock(report, NOW)
    assert isinstance(held, Holder)
    assert "另一个用户在另一台电脑上打开着" in held.says


def test_a_process_that_the_system_tells_nothing_of_is_taken_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "began", lambda _process: None)
    assert processes.is_running(4711, "5")


def is_gone_everywhere(_process: int) -> str:
    return ""


def test_without_a_time_of_beginning_the_number_alone_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    began: Callable[[int], str] = is_gone_everywhere
    monkeypatch.setattr(processes, "began", began)
    if sys.platform != "win32":
        assert processes.is_running(os.getpid(), "")
        assert not processes.is_running(999_999_999, "")
    assert not processes.is_running(os.getpid(), "5")
