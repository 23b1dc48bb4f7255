"""自检: what somebody who helps by telephone wants to know of this PC, as rows and as text.

Holds nothing of any report. What only Qt knows, such as its version and the printers, the
window adds as rows of its own.
"""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportdesk import __version__
from reportdesk.store.file import explain, try_writing
from reportdesk.store.folders import Folders

Row = tuple[str, str]
"""A name and its value, both for the clerk to read."""

_GIGABYTE = 1024**3
_TOO_LITTLE = 200 * 1024**2


def self_check(
    folders: Folders, more: Iterable[Row] = (), *, usual_reports: Path | None = None
) -> tuple[Row, ...]:
    """The rows of the page; searching the fonts may take a second on a slow disk.

    ``usual_reports`` is where reports go unless another folder was chosen.
    """
    return (*_versions(), *more, *_about_folders(folders, usual_reports), *_fonts())


def as_text(rows: Iterable[Row]) -> str:
    """The rows as lines to be copied or read out."""
    return "\n".join(f"{name}：{value}" for name, value in rows)


def write_access(folder: Path) -> str:
    """Whether a file can be written in the folder, or in the next one above that exists."""
    standing = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    try:
        try_writing(standing)
    except OSError as error:
        return f"不能写入：{explain(error)}"
    return "可以写入"


def free_space(folder: Path) -> str:
    """How much the folder's disk still takes."""
    standing = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    try:
        free = shutil.disk_usage(standing).free
    except OSError as error:
        return f"查不到：{explain(error)}"
    warning = "，太少，请清理磁盘" if free < _TOO_LITTLE else ""
    return f"剩余 {free / _GIGABYTE:.1f} GB{warning}"


def _versions() -> Iterator[Row]:
    yield "年报台", __version__
    yield "Python", f"{platform.python_version()}（{platform.architecture()[0]}）"
    yield "系统", f"{platform.platform()} {platform.machine()}"
    yield "默认编码", f"{sys.getfilesystemencoding()}，{sys.getdefaultencoding()}"


def _about_folders(folders: Folders, usual_reports: Path | None) -> Iterator[Row]:
    usual = [("通常的年报文件夹", usual_reports)] if usual_reports not in (None, folders.reports) else []
    for name, folder in (
        ("年报文件夹", folders.reports),
        *usual,
        ("设置文件夹", folders.settings),
        ("数据文件夹", folders.data),
    ):
        yield name, f"{folder}，{write_access(folder)}，{free_space(folder)}"
    for notice in folders.notices:
        yield "注意", notice


def _fonts() -> Iterator[Row]:
    from reportdesk.exports.typesetting.fonts import find_faces

    for face, chain in find_faces().chains.items():
        yield f"字体 {face.value}", chain[0].name
