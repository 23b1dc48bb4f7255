"""A folder is put in its place whole or not at all, even if the process ends in between."""

from pathlib import Path
from typing import NoReturn

import pytest

from reportdesk.store import disk
from reportdesk.store.atomic_folder import settle, write_folder
from reportdesk.store.file import explain
from tests.store.refusals import refused_by_windows


def fill(folder: Path) -> None:
    (folder / "新").write_bytes(b"new")


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def old(tmp_path: Path) -> Path:
    target = tmp_path / "常乐镇[1]2024"
    target.mkdir()
    (target / "旧").write_bytes(b"old")
    return target


def test_a_new_folder_appears_with_all_in_it(tmp_path: Path) -> None:
    assert write_folder(tmp_path / "新的" / "常乐镇2024", fill) is None
    assert names(tmp_path) == ["新的", "新的/常乐镇2024", "新的/常乐镇2024/新"]


def test_an_old_one_steps_aside(tmp_path: Path) -> None:
    target = old(tmp_path)
    aside = write_folder(target, fill)
    assert names(target) == ["新"]
    assert aside is not None
    assert names(aside) == ["旧"]


def test_whatever_goes_wrong_while_filling_leaves_the_old_one(tmp_path: Path) -> None:
    target = old(tmp_path)

    def break_off(folder: Path) -> NoReturn:
        fill(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(target, break_off)
    assert names(tmp_path) == [target.name, f"{target.name}/旧"]


def test_a_folder_in_which_a_file_is_open_is_in_use_though_windows_says_access_denied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = old(tmp_path)

    def refuse(*_: object) -> NoReturn:
        raise refused_by_windows(5)

    monkeypatch.setattr(disk, "replace", refuse)
    with pytest.raises(OSError, match="held") as refused:
        write_folder(target, fill)
    assert explain(refused.value) == "文件正被别的程序占用。请关闭那个程序后再试。"
    assert names(tmp_path) == [target.name, f"{target.name}/旧"]


def test_a_folder_that_a_virus_scanner_looks_at_for_a_moment_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = old(tmp_path)
    plain, held = disk.replace, set[Path]()

    def refuse_once_each(source: Path, to: Path) -> None:
        if source not in held:
            held.add(source)
            raise refused_by_windows(5)
        plain(source, to)

    monkeypatch.setattr(disk, "replace", refuse_once_each)
    write_folder(target, fill)
    assert names(target) == ["新"]
    assert len(held) == 2


class Killed(BaseException):
    """Stands for the end of the process: nothing after it is carried out."""


@pytest.mark.parametrize("moves", [0, 1])
def test_a_process_ended_half_way_is_cleared_up_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    target = old(tmp_path)
    done = 0
    real = disk.replace

    def replace(source: Path, to: Path) -> None:
        nonlocal done
        if done >= moves:
            raise Killed  # and so does every move that would mend it
        done += 1
        real(source, to)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "replace", replace)
        patch.setattr(disk, "remove_folder", lambda _folder: None)
        with pytest.raises(Killed):
            write_folder(target, fill)
    assert len(list(tmp_path.iterdir())) == 2
    settle(target)
    assert names(tmp_path) == [target.name, f"{target.name}/旧"]


def test_an_old_folder_left_beside_a_new_one_gets_a_name_that_tells(tmp_path: Path) -> None:
    target = old(tmp_path)
    write_folder(target, fill)  # and the process ends before the old one is dealt with
    settle(target)
    settle(target)
    assert names(tmp_path) == [
        target.name,
        f"{target.name}/新",
        f"{target.name}（旧）",
        f"{target.name}（旧）/旧",
    ]


def test_clearing_up_for_one_folder_leaves_anothers_work_alone(tmp_path: Path) -> None:
    other = tmp_path / ".~reportdesk-别的镇2024.0a0a0a0a.new"
    other.mkdir()
    settle(tmp_path / "常乐镇2024")
    assert other.is_dir()
