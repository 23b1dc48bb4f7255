"""What a report's file was when it was last read or written, so that a change behind us is noticed.

Size and time tell cheaply that nothing happened; where they differ, the hash decides, for a USB
stick rounds times and a copy may carry another.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportdesk.report.file.codec import MAX_BYTES
from reportdesk.store import disk

_WAITS = (0.05, 0.1)
"""Seconds between looks for a file that is not there."""
_MOST_NEAR = 300
"""Reports that are looked at when one is looked for."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file's size in bytes, time of change in nanoseconds and SHA-256.

    ``node`` is what the disk knows the file by, whatever its name; zeros where it has no such thing.
    """

    size: int
    changed: int
    digest: str
    node: tuple[int, int] = (0, 0)


def fingerprint(path: Path, content: bytes) -> Fingerprint | None:
    """The fingerprint of the file that was just read or written with that content; None if it is gone."""
    try:
        status = disk.status(path)
    except OSError:
        return None
    node = (status.st_dev, status.st_ino)
    return Fingerprint(status.st_size, status.st_mtime_ns, digest_of(content), node)


def digest_of(content: bytes) -> str:
    """The contents' SHA-256."""
    return hashlib.sha256(content).hexdigest()


def is_gone(path: Path) -> bool:
    """Whether there is no such file, asked several times: while another program replaces it there may be none.

    A pipe or a device that has its name now, be it through a link, is not the file.
    """
    for wait in (*_WAITS, 0.0):
        try:
            if disk.is_special(disk.status(path)):
                return True
        except (FileNotFoundError, NotADirectoryError):
            time.sleep(wait)
        except OSError:
            return False  # it cannot be told; writing will say why
        else:
            return False
    return True


def find_renamed(path: Path, known: Fingerprint | None) -> Path | None:
    """Where the file lies that had that path: the same one under another name, in its folder or next to it.

    Known by its contents, and by what the disk knows it by or its time, which a name does not change:
    one alone would not do, for a new file may get the place of an old one, and a copy its contents.
    None if it is not found or not sure.
    """
    if known is None:
        return None
    same: list[Path] = []
    for candidate in _near(path):
        try:
            status = disk.status(candidate)
            if status.st_size != known.size or digest_of(disk.read(candidate, MAX_BYTES)) != known.digest:
                continue
            if known.node[1] and (status.st_dev, status.st_ino) == known.node:
                return candidate
            if status.st_mtime_ns == known.changed:
                same.append(candidate)
        except OSError:
            continue
    return same[0] if len(same) == 1 else None


def _near(path: Path) -> Iterator[Path]:
    """The reports in the file's folder, in those below and beside it, and in the one above."""
    pattern, above = f"*{path.suffix}", path.parent.parent
    places = (
        path.parent.glob(pattern),
        path.parent.glob(f"*/{pattern}"),
        above.glob(pattern),
        above.glob(f"*/{pattern}"),
    )
    found: dict[Path, None] = {}
    for place in places:
        with contextlib.suppress(OSError):  # a folder that cannot be listed
            found.update(dict.fromkeys(itertools.islice(place, _MOST_NEAR)))
    yield from found


def changed_behind(path: Path, known: Fingerprint | None, *, surely: bool) -> bytes | None:
    """What the file holds now if that is not what it held; None if it is the same, gone or unreadable.

    ``surely`` reads the file in any case, as before it is replaced: a change of the same size
    within the clock's step is noticed then too.
    """
    if known is None:
        return None
    try:
        status = disk.status(path)
        if not surely and (status.st_size, status.st_mtime_ns) == (known.size, known.changed):
            return None
        content = disk.read(path, MAX_BYTES)
    except OSError:
        return None
    return None if digest_of(content) == known.digest else content
