"""A folder of files put in its place whole or not at all.

The files are made in a folder beside; then the old one steps aside and the new one takes its name.
A process that is ended in between leaves one of the two, and ``settle`` clears up after it.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import re
from collections.abc import Callable
from pathlib import Path

from reportdesk.store import disk
from reportdesk.store.file import ACCESS_DENIED, replace_patiently

_PREFIX = ".~reportdesk-"
_NEW, _OLD = ".new", ".old"
_UNFINISHED = re.compile(rf"{re.escape(_PREFIX)}(.+)\.[0-9a-f]{{8}}\.(?:new|old)", re.DOTALL)


def write_folder(target: Path, fill: Callable[[Path], None]) -> Path | None:
    """Fill a new folder and put it in the target's place; where the old one is now, if there was one.

    Raises:
        OSError: the old folder, if any, stands as it did, and nothing is left beside it.
        Exception: whatever ``fill`` raises, with the same promise.
    """
    disk.make_folder(target.parent)
    settle(target)
    sign = os.urandom(4).hex()
    new, old = (target.with_name(f"{_PREFIX}{target.name}.{sign}{end}") for end in (_NEW, _OLD))
    try:
        disk.make_folder(new)
        fill(new)
        had_old = target.exists()
        if had_old:
            _move_away(target, old)
        try:
            replace_patiently(new, target)
        except BaseException:
            if had_old:
                replace_patiently(old, target)
            raise
    except BaseException:
        disk.remove_folder(new)
        raise
    with contextlib.suppress(OSError):
        disk.sync_folder(target.parent)
    return old if had_old else None


def _move_away(folder: Path, to: Path) -> None:
    """Give the folder another name.

    Raises:
        OSError: as the system says it, but "in use" where it says only "no permission": the folder
            around has just taken another, and Windows says so of one in which a file is held open.
    """
    try:
        replace_patiently(folder, to)
    except PermissionError as error:
        if getattr(error, "winerror", None) == ACCESS_DENIED:
            raise OSError(errno.EBUSY, "a file in it is held by another program", str(folder)) from error
        raise


def settle(target: Path) -> None:
    """Clear up after a process that was ended while it wrote the folder.

    To be called only while nobody writes it. An old folder that has no successor gets its name back.
    """
    begun = f"{glob.escape(_PREFIX + target.name)}.????????"
    for old in target.parent.glob(begun + _OLD):
        with contextlib.suppress(OSError):
            if target.exists():
                step_aside(old, target, "旧")
            else:
                replace_patiently(old, target)
    for new in target.parent.glob(begun + _NEW):
        disk.remove_folder(new)


def settle_all(parent: Path) -> None:
    """Clear up after every folder in ``parent`` that was being written; as for ``settle``."""
    unfinished = (_UNFINISHED.fullmatch(path.name) for path in parent.glob(f"{_PREFIX}*"))
    for name in sorted({found[1] for found in unfinished if found}):
        settle(parent / name)


def step_aside(folder: Path, target: Path, word: str) -> Path:
    """Give the folder a name of its own beside the target, such as 常乐镇2024（旧）.

    Raises:
        OSError: it keeps the name that it has.
    """
    aside = target.with_name(f"{target.name}（{word}）")
    number = 2
    while aside.exists():
        aside = target.with_name(f"{target.name}（{word} {number}）")
        number += 1
    replace_patiently(folder, aside)
    return aside
