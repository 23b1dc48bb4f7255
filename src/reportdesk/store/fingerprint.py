"""What a report's file was when it was last read or written, so that a change behind us is noticed.

Size and time tell cheaply that nothing happened; where they differ, the hash decides, for a USB
stick rounds times and a copy may carry another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from reportdesk.report.codec import MAX_BYTES
from reportdesk.store import disk


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file's size in bytes, time of change in nanoseconds and SHA-256."""

    size: int
    changed: int
    digest: str


def fingerprint(path: Path, content: bytes) -> Fingerprint | None:
    """The fingerprint of the file that was just read or written with that content; None if it is gone."""
    try:
        status = disk.status(path)
    except OSError:
        return None
    return Fingerprint(status.st_size, status.st_mtime_ns, digest_of(content))


def digest_of(content: bytes) -> str:
    """The contents' SHA-256."""
    return hashlib.sha256(content).hexdigest()


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
