"""A file is written whole or not at all, and what went wrong is told in a Chinese sentence."""

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path
from typing import Any, NoReturn

import pytest

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report, new_report
from reportdesk.report.file.codec import MAX_BYTES
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain, read_report, try_writing, write_report, write_whole
from tests.editions import form_of
from tests.store.refusals import look_for_a_moment, refused_by_windows

FORM = load_form("2021")
OLD, NEW = b"what stood there", b"what is new"
posix = pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")


@pytest.fixture
def report() -> Report:
    return new_report(FORM, 2024, "常乐镇人民政府")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "年报 2024.gknb"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "只读"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("root may write everywhere")
    yield folder
    folder.chmod(0o700)


def failing(code: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_report_is_saved_and_read_back(path: Path, report: Report) -> None:
    report.cells[CellRef("requests", "new", "person")] = 0
    write_report(path, report)
    assert read_report(path).report == report


def test_a_report_of_a_made_up_edition_is_read_with_its_form(path: Path) -> None:
    write_report(path, Report("third"))
    assert read_report(path, form_of).report == Report("third")
    with pytest.raises(StoreError, match="没有 third 版的年报格式"):
        read_report(path)


def test_writing_leaves_nothing_beside_the_file(path: Path) -> None:
    write_whole(path, NEW)
    assert path.read_bytes() == NEW
    assert list(path.parent.iterdir()) == [path]


def test_where_windows_just_takes_the_path_it_takes_the_unfinished_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path of 250 characters; Windows takes 259 where nobody lifted its bound."""
    made: list[Path] = []
    create = disk.create

    def watch(path: Path, *told: int) -> FileIO:
        made.append(path)
        return create(path, *told)

    monkeypatch.setattr(disk, "create", watch)
    write_whole(tmp_path / "某镇2024年.gknb", b"1")
    assert 250 - len("某镇2024年.gknb") + len(made[0].name) <= 259


def test_a_file_may_be_new(tmp_path: Path) -> None:
    write_whole(tmp_path / "新.gknb", NEW)
    assert (tmp_path / "新.gknb").read_bytes() == NEW


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("step", ["open", "fsync", "chmod", "replace"])
def test_a_failure_at_any_step_leaves_the_old_file_and_no_other(
    path: Path, report: Report, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os if step in ("open", "fsync") else Path, step, failing(code))
        with pytest.raises(StoreError) as caught:
            write_report(path, report)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]
    assert str(caught.value) == f"没有保存“{path.name}”：{explain(OSError(code, ''))}"


def test_a_disk_that_fills_up_midway_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_some(file: FileIO, content: bytes) -> NoReturn:
        file.write(content[:10])
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write", write_some)
        with pytest.raises(OSError, match="full"):
            write_whole(path, NEW)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


def test_a_system_that_takes_a_few_bytes_at_a_time_gets_them_all(path: Path) -> None:
    class Slow(FileIO):
        def write(self, content: Any, /) -> int:
            return super().write(memoryview(content)[:3])

    with Slow(path, "wb") as file:
        disk.write(file, NEW)
    assert path.read_bytes() == NEW


def test_an_interrupt_midway_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_whole(path, NEW)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


@posix
@pytest.mark.parametrize("step", ["open", "fsync"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.EINVAL, errno.EIO])
def test_a_folder_that_cannot_be_flushed_is_no_failure_to_save(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    plain: Callable[..., Any] = getattr(os, step)

    def fail_for_folders(target: Any, *rest: Any) -> Any:
        is_folder = target == path.parent if step == "open" else stat.S_ISDIR(os.fstat(target).st_mode)
        return failing(code)() if is_folder else plain(target, *rest)

    monkeypatch.setattr(os, step, fail_for_folders)
    write_whole(path, NEW)
    assert path.read_bytes() == NEW


@posix
def test_the_bytes_are_on_the_disk_before_the_old_file_goes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def watched_fsync(descriptor: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def watched_replace(self: Path, target: Path) -> Path:
        order.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    write_whole(path, NEW)
    assert order == ["file", "replace", "folder"]


@posix
@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a right there")
@pytest.mark.parametrize("is_there", [True, False])
def test_through_a_link_its_target_is_written(tmp_path: Path, *, is_there: bool) -> None:
    target, link = tmp_path / "there" / "a.gknb", tmp_path / "here" / "b.gknb"
    for path in (target, link):
        path.parent.mkdir()
    if is_there:
        target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert list(link.parent.iterdir()) == [link]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a right there")
def test_a_circle_of_links_is_told(tmp_path: Path, report: Report) -> None:
    link = tmp_path / "a.gknb"
    link.symlink_to(link)
    with pytest.raises(StoreError, match="没有保存"):
        write_report(link, report)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_those_who_could_read_the_file_still_can(path: Path, mode: int) -> None:
    path.chmod(mode)
    write_whole(path, NEW)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_a_new_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    write_whole(tmp_path / "one", NEW)
    (tmp_path / "other").write_bytes(NEW)
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "other").stat().st_mode


@posix
def test_what_is_the_owners_only_nobody_else_reads_though_an_older_file_could_be(path: Path) -> None:
    path.chmod(0o644)
    for kept in (path, path.with_name("新.json")):
        write_whole(kept, NEW, owner_only=True)
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_read_only_folder_is_told_with_what_to_do(read_only: Path, report: Report) -> None:
    with pytest.raises(StoreError) as caught:
        write_report(read_only / "年报.gknb", report)
    assert str(caught.value) == (
        "没有保存“年报.gknb”：没有权限，或文件夹是只读的。请另存到“文档”等能写入的文件夹。"
    )


def test_a_folder_that_is_gone_is_told(tmp_path: Path, report: Report) -> None:
    with pytest.raises(StoreError, match=r"没有保存“a\.gknb”：文件或文件夹不存在，可能已被移走"):
        write_report(tmp_path / "没有" / "a.gknb", report)


def test_a_report_too_large_to_be_read_back_is_not_written(path: Path, report: Report) -> None:
    report.prose["overview.disclosure"] = "字" * (MAX_BYTES // 3)
    with pytest.raises(StoreError, match=r"文字太多.*原文件没有改动"):
        write_report(path, report)
    assert path.read_bytes() == OLD


def test_a_name_that_is_too_long_is_told(tmp_path: Path, report: Report) -> None:
    with pytest.raises(StoreError, match="文件名或路径太长"):
        write_report(tmp_path / f"{'年' * 200}.gknb", report)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"打不开“无\.gknb”：文件或文件夹不存在"):
        read_report(tmp_path / "无.gknb")


@posix
def test_a_folder_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="这是一个文件夹"):
        read_report(tmp_path)


def test_a_file_that_is_not_ours_is_told_and_untouched(path: Path) -> None:
    with pytest.raises(
        StoreError, match=r"打不开“年报 2024\.gknb”：这不是年报台的年报文件.*请选择 \.gknb 文件。"
    ):
        read_report(path)
    assert path.read_bytes() == OLD


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.gknb"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 50)  # sparse: takes no room
    with pytest.raises(StoreError, match="文件太大"):
        read_report(path)


def test_every_failure_has_a_chinese_sentence_that_says_what_to_do() -> None:
    for code in errno.errorcode:
        said = explain(OSError(code, os.strerror(code)))
        assert re.fullmatch(r"[^a-zA-Z]*(U 盘)?[^a-zA-Z]*。", said), said
        assert "请" in said


def test_a_file_that_another_program_of_windows_holds_is_told_so() -> None:
    assert explain(refused_by_windows(32)) == "文件正被别的程序占用。请关闭那个程序后再试。"


def test_a_file_that_stands_open_elsewhere_is_in_use_though_windows_says_access_denied(
    path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise refused_by_windows(5)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(StoreError, match="文件正被别的程序占用。请关闭那个程序后再试。"):
            write_report(path, report)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_that_a_virus_scanner_looks_at_for_a_moment_is_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    refusals = look_for_a_moment(monkeypatch, "replace", code)
    write_whole(path, NEW)
    assert refusals == []
    assert path.read_bytes() == NEW
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("code", "tries"), [(32, 5), (112, 1)])
def test_a_file_that_stays_held_is_given_up_and_any_other_refusal_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, tries: int
) -> None:
    waits: list[float] = []
    asked: list[Path] = []

    def refuse(source: Path, _target: Path) -> NoReturn:
        asked.append(source)
        raise refused_by_windows(code)

    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(disk, "replace", refuse)
    with pytest.raises(PermissionError):
        write_whole(path, NEW)
    assert len(asked) == tries
    assert sum(waits) < 0.5
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("code", "length", "says"),
    [
        (206, 20, "文件名或路径太长"),
        (3, 300, "文件名或路径太长"),
        (3, 20, "文件或文件夹不存在"),
        (2, 300, "文件或文件夹不存在"),
    ],
)
def test_a_path_that_is_too_long_for_windows_is_told_so(code: int, length: int, says: str) -> None:
    error = FileNotFoundError(errno.ENOENT, "refused", "x" * length)
    error.winerror = code  # type: ignore[attr-defined,unused-ignore]
    assert explain(error).startswith(says)


def test_a_read_only_file_leaves_no_temporary_one_beside_it(path: Path) -> None:
    path.chmod(0o444)
    with contextlib.suppress(PermissionError):  # Windows keeps such a file, others ask the folder
        write_whole(path, NEW)
    assert list(path.parent.iterdir()) == [path]
    path.chmod(0o644)


def test_a_temporary_file_that_cannot_go_does_not_hide_what_went_wrong(
    path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.ENOSPC))
        patch.setattr(Path, "unlink", failing(errno.EACCES))
        with pytest.raises(StoreError, match="磁盘已满"):
            write_report(path, report)


def test_trying_a_folder_leaves_nothing_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try_writing(tmp_path)
    with monkeypatch.context() as patch:
        look_for_a_moment(patch, "remove")
        try_writing(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(disk, "write", failing(errno.ENOSPC))
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            try_writing(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        try_writing(tmp_path / "没有")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs among its files")
@pytest.mark.parametrize("reached", ["itself", "through a link"])
def test_a_pipe_or_a_device_is_never_replaced_by_a_file(tmp_path: Path, reached: str) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    path = tmp_path / "年报.gknb" if reached == "through a link" else pipe
    if reached == "through a link":
        path.symlink_to(pipe)
    with pytest.raises(OSError, match="device") as refused:
        write_whole(path, b"{}")
    assert "管道或设备" in explain(refused.value)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert {one.name for one in tmp_path.iterdir()} == {pipe.name, path.name}
