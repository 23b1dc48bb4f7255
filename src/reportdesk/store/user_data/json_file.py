"""The program's own small JSON files: read with care, written whole, set aside when broken.

Reports are not among them: theirs is ``reportdesk.report.file.codec``.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain, replace_patiently, write_whole
from reportdesk.store.folders import ensure_folder

if TYPE_CHECKING:
    import datetime as dt

MAX_BYTES = 4 * 1024 * 1024
"""A district's list of 1,000 units has some 400 KB."""


class BrokenFileError(ValueError):
    """The bytes are no JSON object; the message says in Chinese where and why."""


def read_object(path: Path) -> dict[str, Any] | None:
    """The JSON object in the file, None where there is no file.

    Raises:
        BrokenFileError: the file holds something else.
        OSError: the file cannot be read.
    """
    try:
        content = disk.read(path, MAX_BYTES)
    except FileNotFoundError:
        return None
    return parse_object(content)


def parse_object(content: bytes) -> dict[str, Any]:
    """The JSON object that the bytes are.

    Raises:
        BrokenFileError: they are something else.
    """
    if len(content) > MAX_BYTES:
        raise BrokenFileError("文件太大")
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise BrokenFileError("不是 UTF-8 编码的文字文件") from error
    except json.JSONDecodeError as error:
        raise BrokenFileError(f"第 {error.lineno} 行第 {error.colno} 个字附近写法不对") from error
    except (ValueError, RecursionError) as error:
        raise BrokenFileError("写法不对") from error
    if not isinstance(document, dict):
        raise BrokenFileError("开头不是“{”")
    return document


def write_object(path: Path, document: Mapping[str, Any]) -> None:
    """Put the object into the file whole or not at all, its folder made if need be.

    Nobody but its owner may read the file or enter the folder: it names reports, units and addresses.

    Raises:
        StoreError: it could not be written; what stood there is untouched.
    """
    ensure_folder(path.parent, private=True)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    try:
        write_whole(path, text.encode("utf-8", "replace") + b"\n", owner_only=True)
    except OSError as error:
        raise StoreError(f"没有保存“{path.name}”：{explain(error)}") from error


def set_aside(path: Path, now: dt.datetime) -> Path | None:
    """Rename a broken file so that nothing of it is lost; None if even that is not allowed."""
    aside = path.with_name(f"{path.stem}-损坏-{now:%Y%m%d-%H%M%S}{path.suffix}")
    try:
        replace_patiently(path, aside)
    except OSError:
        return None
    return aside


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep other programs of ours from changing the file meanwhile; they wait.

    Where the system has no locks, as on some shares, it goes on without: files are whole anyway.
    The lock ends with the program, whatever happens to it.
    """
    ensure_folder(path.parent, private=True)
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            file = stack.enter_context(disk.open_lock(path.with_name(f"{path.name}.lock")))
            disk.lock(file, wait=True)
        yield


def _refuse(name: str) -> object:
    raise ValueError(name)
