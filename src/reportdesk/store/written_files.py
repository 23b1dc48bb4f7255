"""Files that the program writes for others and writes again: what was changed in them outside stays.

Known by the SHA-256 of what was written last into each path, which the user's own folder keeps. A file that
is not what we wrote, or of which nobody knows, gets a name such as 年报（旧）.docx and stays beside.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from reportdesk.store import disk
from reportdesk.store.file import StoreError, replace_patiently, where_written, write_whole
from reportdesk.store.fingerprint import digest_of
from reportdesk.store.folders import find_folders
from reportdesk.store.journal import key_of
from reportdesk.store.user_data.json_file import BrokenFileError, held, read_object, write_object

_FORMAT = "reportdesk-written-files"
_VERSION = 1
_MOST = 2_000
"""Files that are remembered; of any other what stands there is kept, which is no loss."""
_WORD = "旧"


def write_again(path: Path, content: bytes) -> Path | None:
    """Put the bytes into the file; where what stood there is now, if somebody changed that since we wrote it.

    Raises:
        OSError: it could not be written; what stood there stands there.
    """
    path = where_written(path)
    record = find_folders().written_files
    aside = _step_aside(path) if _was_changed(path, content, record) else None
    try:
        write_whole(path, content)
    except BaseException:
        if aside is not None:
            replace_patiently(aside, path)
        raise
    with contextlib.suppress(OSError, StoreError):  # not known the next time, it is kept then
        _remember(path, digest_of(content), record)
    return aside


def say_kept(path: Path, aside: Path) -> str:
    """That the file that was there was changed and where it is now, as a sentence."""
    return f"原来的“{path.name}”在别处改过，没有覆盖，留作“{aside.name}”。"


def _was_changed(path: Path, content: bytes, record: Path) -> bool:
    """Whether something stands there that is neither what we wrote nor what is to be written.

    Raises:
        OSError: that cannot be told, so that nothing may be written over it.
    """
    try:
        there = digest_of(disk.read(path))
    except FileNotFoundError:
        return False
    return there not in (digest_of(content), _known(record).get(key_of(path)))


def _step_aside(path: Path) -> Path:
    aside, number = path.with_name(f"{path.stem}（{_WORD}）{path.suffix}"), 2
    while aside.exists():
        aside = path.with_name(f"{path.stem}（{_WORD} {number}）{path.suffix}")
        number += 1
    replace_patiently(path, aside)
    return aside


def _known(record: Path) -> dict[str, Any]:
    try:
        document = read_object(record)
    except (OSError, BrokenFileError):
        return {}
    if document is None or (document.get("format"), document.get("version")) != (_FORMAT, _VERSION):
        return {}
    files = document.get("files")
    return files if isinstance(files, dict) else {}


def _remember(path: Path, digest: str, record: Path) -> None:
    key = key_of(path)
    with held(record):
        files = {known: kept for known, kept in _known(record).items() if known != key}
        newest = dict([*files.items(), (key, digest)][-_MOST:])
        write_object(record, {"format": _FORMAT, "version": _VERSION, "files": newest})
