"""Every step by which the store changes the disk or reads what it keeps, each a function of its own.

The store calls them through the module, as ``disk.sync(file)``, so that a test can make any step
fail or be cut short. What is done when one fails is the callers' matter; here nothing is caught.
Whether a file is there and which ones a folder holds is asked of ``pathlib``.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from io import FileIO
from pathlib import Path

USUAL = 0o666
"""The mode of a new file, less what the user's mask takes away."""
_PRIVATE = 0o700
_OTHERS = 0o077
OWNER_ONLY = 0o600
"""The mode of what is nobody else's to read, such as text that is not published yet."""


def read(path: Path, limit: int = -1) -> bytes:
    """The file's bytes; with a ``limit`` no more than one byte beyond it, so that more is noticed.

    Raises:
        OSError: it cannot be read, or is no file but a pipe or a device, which may keep whoever reads
            it waiting for ever; then its ``errno`` is ``ENODEV``.
    """
    with open_to_read(path) as file:
        return file.read(limit + 1 if limit >= 0 else -1)


def open_to_read(path: Path) -> FileIO:
    """The file, opened to be read.

    Raises:
        OSError: as for ``read``.
    """
    file = FileIO(path, "r", opener=_open_at_once)
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(path))


def _open_at_once(name: str, flags: int) -> int:
    """Open without waiting for somebody at the other end of a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def create(path: Path, mode: int = USUAL) -> FileIO:
    """A new file, unbuffered: what is written is the system's at once.

    ``mode`` says who may read it where the system has that, less what the user's mask takes away.

    Raises:
        FileExistsError: there is one of that name.
        OSError: the folder takes no file.
    """
    return FileIO(path, "x", opener=lambda name, flags: os.open(name, flags, mode))


def open_lock(path: Path) -> FileIO:
    """A file that is there to be locked; made where it is not there."""
    return path.open("ab", buffering=0)


def open_there(path: Path) -> FileIO:
    """A file that is to be locked if it is there, and not made if it is not."""
    return path.open("r+b", buffering=0)


def write(file: FileIO, content: bytes) -> None:
    """Write all the bytes; a system that takes only some is asked again.

    Raises:
        OSError: not all could be written; some may have been.
    """
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def sync(file: FileIO) -> None:
    """Put what was written onto the disk itself."""
    os.fsync(file.fileno())


def replace(source: Path, target: Path) -> None:
    """Give the file the other's name, in place of what had it."""
    source.replace(target)


def remove(path: Path) -> None:
    """Remove the file."""
    path.unlink()


def remove_folder(folder: Path) -> None:
    """Remove the folder with what is in it, all but what cannot be removed now: that is no failure."""
    import shutil  # not with the window: it loads every kind of archive

    shutil.rmtree(folder, ignore_errors=True)


def set_mode(path: Path, mode: int) -> None:
    """Who may do what with the file; on Windows only whether it may be written."""
    path.chmod(mode)


def status(path: Path) -> os.stat_result:
    """The file's size and times."""
    return path.stat()


def is_special(status: os.stat_result) -> bool:
    """Whether that is neither a file nor a folder, but a pipe or a device, which nobody may replace by a file."""
    return not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode))


def is_at(file: FileIO, path: Path) -> bool:
    """Whether the opened file is what lies there, and not one that was removed or replaced."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def make_folder(folder: Path) -> None:
    """Make the folder and those above it where they do not exist."""
    folder.mkdir(parents=True, exist_ok=True)


def make_private_folder(folder: Path) -> None:
    """Make the folder where it does not exist, and let nobody but its owner enter it.

    Raises:
        OSError: it cannot be made. That an existing one stays open to others is no failure.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
    if os.name != "nt" and folder.stat().st_mode & _OTHERS:
        with contextlib.suppress(OSError):  # as on a stick, which knows no owners
            folder.chmod(_PRIVATE)


def is_private(folder: Path) -> bool:
    """Whether it is a folder of this user that nobody else may enter, and no link to another."""
    if os.name == "nt":
        return True  # below the user's own folder, which Windows guards
    about = folder.lstat()
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid() and not about.st_mode & _OTHERS


def sync_folder(folder: Path) -> None:
    """Put the folder's names onto the disk; nothing where the system has no such call."""
    if os.name == "nt":
        return  # Windows cannot open a folder; NTFS journals the rename itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_FAR_BEYOND = 1 << 30
"""Where the lock lies: on Windows a locked byte cannot be read, so it must be none of the content.

No further, for msvcrt counts places in 31 bits; what we lock is never that long.
"""


_HELD = frozenset({errno.EACCES, errno.EAGAIN, 0})
"""That somebody else has the lock; 0 is Wine's word for it."""

_LONGEST_WAIT, _BETWEEN = 10.0, 0.02
"""Of a wait on Windows, in seconds. Its own looks once a second, so that a busy other always wins."""


def lock(file: FileIO, *, wait: bool = False) -> bool:
    """Lock the opened file for this program; whether it was had. It ends with the file or the program.

    Raises:
        OSError: the disk has no locks, as some shares.
    """
    try:
        if sys.platform == "win32":
            _lock_far_beyond(file, wait=wait)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


if sys.platform == "win32":

    def _lock_far_beyond(file: FileIO, *, wait: bool) -> None:
        import msvcrt
        import time

        until = time.monotonic() + (_LONGEST_WAIT if wait else 0)
        end = file.seek(0, os.SEEK_CUR)
        try:
            while True:
                file.seek(_FAR_BEYOND)
                try:
                    return msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                except OSError as error:
                    if error.errno not in _HELD or time.monotonic() >= until:
                        raise
                time.sleep(_BETWEEN)
        finally:
            file.seek(end)
