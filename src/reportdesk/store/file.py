"""Writing a file whole or not at all, reading reports, and plain words for what goes wrong.

Contents are the codec's; this module only moves bytes and says in Chinese why it could not. Codec
and form are imported with the first report: settings are read by the same means before the window
is painted.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.report.file import REPORT_SUFFIX
from reportdesk.store import disk

if TYPE_CHECKING:
    from reportdesk.form.spec import Form
    from reportdesk.report.document import Report
    from reportdesk.report.file.codec import Decoded

SUFFIX = REPORT_SUFFIX
_PREFIX, _SUFFIX = ".~gknb-", ".tmp"
"""Of unfinished files; short, so that beside a report whose path Windows just takes one can be made."""


class StoreError(Exception):
    """A file could not be read or written; the message tells the clerk why and what to do."""


class UnreliableDiskError(StoreError):
    """What was written is not what is read; what the file holds now cannot be told."""


def read_report(path: Path, form_of: Callable[[str], Form] | None = None) -> Decoded:
    """The report in a .gknb file; ``form_of`` finds its form, among the shipped ones by default.

    Raises:
        StoreError: the file cannot be read or is no report of ours.
    """
    return decode_file(path, read_file(path), form_of)


def read_file(path: Path) -> bytes:
    """The bytes of a report's file, which ``decode_file`` makes a report of.

    Raises:
        StoreError: the file cannot be read.
    """
    from reportdesk.report.file.codec import MAX_BYTES

    try:
        return disk.read(path, MAX_BYTES)
    except OSError as error:
        raise StoreError(f"打不开“{path.name}”：{explain(error)}") from error


def decode_file(path: Path, content: bytes, form_of: Callable[[str], Form] | None = None) -> Decoded:
    """The report in the bytes of that file.

    Raises:
        StoreError: it is no report of ours.
    """
    from reportdesk.form.load import load_form
    from reportdesk.report.file.codec import CodecError, decode

    try:
        return decode(content, form_of or load_form)
    except CodecError as error:
        raise StoreError(f"打不开“{path.name}”：{error}") from error


def write_report(path: Path, report: Report) -> bytes:
    """Save the report and read it again; the file's bytes.

    Raises:
        StoreError: as for ``write_content``.
    """
    from reportdesk.report.file.codec import encode

    content = encode(report)
    write_content(path, content)
    return content


def write_content(path: Path, content: bytes, is_wanted: Callable[[], bool] = lambda: True) -> None:
    """Save a report's bytes and read them again.

    Afterwards the file holds either all of it or what it held before. ``is_wanted`` is asked last, as
    of a save that a disk held up until nobody waited for it any more: it must not undo a later one.

    Raises:
        StoreError: it could not be saved; the old file is untouched.
        UnreliableDiskError: what is read is not what was written.
    """
    from reportdesk.report.file.codec import MAX_BYTES

    if len(content) > MAX_BYTES:
        raise StoreError(f"没有保存“{path.name}”：{_TOO_LARGE}")
    try:
        write_whole(path, content, is_wanted=is_wanted)
    except OSError as error:
        raise StoreError(f"没有保存“{path.name}”：{explain(error)}") from error
    if not _stands(path, content):
        raise UnreliableDiskError(f"没有保存好“{path.name}”：{_UNRELIABLE}")


def _stands(path: Path, content: bytes) -> bool:
    try:
        return disk.read(path, len(content)) == content
    except OSError:
        return False


_UNRELIABLE = "写进去的和读回来的不一样，磁盘或 U 盘可能有故障。请另存到别的磁盘。"
_TOO_LARGE = "文字太多，超过了文件的上限。请删去误贴的内容；原文件没有改动。"


def write_whole(
    path: Path, content: bytes, *, owner_only: bool = False, is_wanted: Callable[[], bool] = lambda: True
) -> None:
    """Put the bytes into the file whole or not at all, and onto the disk.

    A temporary file in the same folder is flushed and takes the file's place; then the folder
    itself is flushed where the system can do that. Of a symbolic link the file that it leads to is
    written, and the link stays. ``owner_only`` lets nobody else read it, as text
    that the program keeps for itself; else whoever could read the old file can read the new one.

    Raises:
        OSError: the old file, if any, is untouched and no temporary file is left; so too where it
            ``is_wanted`` no more once the bytes are on the disk.
    """
    path = where_written(path)
    temporary = _temporary(path.parent)
    try:
        with disk.create(temporary, disk.OWNER_ONLY if owner_only else disk.USUAL) as file:
            disk.write(file, content)
            disk.sync(file)
        if not owner_only:
            _keep_mode(path, temporary)
        _replace(temporary, path, is_wanted)
    except BaseException:
        with contextlib.suppress(OSError):  # what went wrong first is what the clerk must hear
            disk.remove(temporary)
        raise
    # The file is whole and in its place: a folder that cannot be read or flushed is no failure.
    with contextlib.suppress(OSError):
        disk.sync_folder(path.parent)


def where_written(path: Path) -> Path:
    """The file that is meant: of a symbolic link the one that it leads to, which may not be there yet."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):  # a circle of links: whoever reads or writes it is told
        return path


def refuse_read_only(path: Path) -> None:
    """A file that its owner made read-only is not to be replaced, though the folder would allow it.

    Raises:
        StoreError: the file is read-only.
    """
    if path.exists() and not os.access(path, os.W_OK):
        raise StoreError(f"没有保存“{path.name}”：文件是只读的。请另存到“文档”等能写入的文件夹。")


def why_read_only(path: Path) -> str:
    """Why changes of that file could not be saved, as a sentence for the clerk; empty if they can."""
    for place, what in ((path, "文件"), (path.parent, "文件夹")):
        if not os.access(place, os.W_OK):
            return f"这个{what}是只读的，改动保存不到原处。要修改请先另存到“文档”等能写入的文件夹。"
    return ""


def try_writing(folder: Path) -> None:
    """Write a byte into the folder and take it away again.

    Nothing less tells: Windows' answer to ``os.access`` knows nothing of a folder's rights. A file
    that cannot go at once, since a virus scanner looks at it, does not speak against the folder.

    Raises:
        OSError: the folder takes no file; none is left.
    """
    trial = _temporary(folder)
    file = disk.create(trial)
    try:
        with file:
            disk.write(file, b"0")
    finally:
        with contextlib.suppress(OSError):
            remove_patiently(trial)


def _temporary(folder: Path) -> Path:
    """A new name in the folder; not tempfile's, which on Windows tries 10,000 where none is allowed."""
    return folder / f"{_PREFIX}{os.urandom(4).hex()}{_SUFFIX}"


def _replace(temporary: Path, path: Path, is_wanted: Callable[[], bool]) -> None:
    """Put the temporary file in the file's place, if it is still wanted there.

    Raises:
        OSError: it is not; what stands there is no file; or as Windows says it, but "in use" where it says only "access denied" of a file that
            another program holds open: the folder has just taken a file.
    """
    if not is_wanted():
        raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED), str(path))
    _refuse_special(path)
    try:
        replace_patiently(temporary, path)
    except PermissionError as error:
        if getattr(error, "winerror", None) == ACCESS_DENIED and os.access(path, os.W_OK):
            raise OSError(errno.EBUSY, "held by another program", str(path)) from error
        raise


def _refuse_special(path: Path) -> None:
    """A pipe or a device is the system's, and no file of ours takes its place.

    Raises:
        OSError: such a thing stands there; its ``errno`` is ``ENODEV``.
    """
    with contextlib.suppress(FileNotFoundError):
        if disk.is_special(disk.status(path)):
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(path))


def replace_patiently(source: Path, target: Path) -> None:
    """Give the file or folder the other's name; on Windows ask again while another program holds it.

    Raises:
        OSError: it keeps its name; as the system says it, at the last try.
    """
    _patiently(lambda: disk.replace(source, target))


def remove_patiently(path: Path) -> None:
    """Remove the file; on Windows ask again while another program holds it.

    Raises:
        OSError: it stays; as the system says it, at the last try.
    """
    _patiently(lambda: disk.remove(path))


def _patiently(step: Callable[[], None]) -> None:
    for wait in _WAITS:
        try:
            step()
        except OSError as error:
            if getattr(error, "winerror", None) not in (ACCESS_DENIED, *_IN_USE):
                raise
        else:
            return
        time.sleep(wait)
    step()


_WAITS = (0.02, 0.04, 0.08, 0.16)
"""Seconds. A virus scanner or a cloud's program looks at a new file for some hundredths of one."""


def remove_unfinished(folder: Path, *, older: float = 0.0) -> None:
    """Remove what ``write_whole`` left in the folder when its process was ended in the middle.

    ``older`` spares what is younger than that many seconds, for on a share somebody may be writing
    just now. What cannot be removed stays; it harms nothing.
    """
    for temporary in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - disk.status(temporary).st_mtime >= older:
                disk.remove(temporary)


def _keep_mode(path: Path, temporary: Path) -> None:
    """Leave the file readable for those who could read it; a new one is as the system has it."""
    if os.name == "nt":
        return  # a mode is no more than 只读 there, and nothing could take such a file away again
    with contextlib.suppress(FileNotFoundError):
        disk.set_mode(temporary, disk.status(path).st_mode & 0o777)


_WORDS = {
    errno.ENOENT: "文件或文件夹不存在，可能已被移走，或 U 盘已拔出。请另选位置。",
    errno.EACCES: "没有权限，或文件夹是只读的。请另存到“文档”等能写入的文件夹。",
    errno.EPERM: "没有权限，或文件夹是只读的。请另存到“文档”等能写入的文件夹。",
    errno.EROFS: "磁盘是只读的。请另存到能写入的文件夹。",
    errno.ENOSPC: "磁盘已满。请清出空间，或另存到别的磁盘。",
    errno.EDQUOT: "磁盘空间配额已用完。请清出空间，或另存到别的磁盘。",
    errno.EFBIG: "文件太大，这个磁盘或账户不允许存这么大的文件。请另存到别的磁盘。",
    errno.EEXIST: "那里已有同名的文件。请换一个名字，或另选位置。",
    errno.EISDIR: "这是一个文件夹，不是文件。请选择文件。",
    errno.ENOTDIR: "路径里有一段不是文件夹。请另选位置。",
    errno.ENAMETOOLONG: "文件名或路径太长。请换一个短些的名字或位置。",
    errno.ENODEV: "这不是文件，而是管道或设备，读写不了。请选择文件。",
    errno.EBUSY: "文件正被别的程序占用。请关闭那个程序后再试。",
    errno.EIO: "读写磁盘出错，磁盘或 U 盘可能有故障。请另存到别的磁盘。",
}

ACCESS_DENIED = 5
"""Windows' own code for no permission, and for names that cannot be changed while a file is open."""
_IN_USE = (32, 33)
"""Windows' own codes for a file that another program holds; its errno says only EACCES."""
_TOO_LONG = 206
"""Windows' own code for a name or path that is too long; its errno says only ENOENT."""
_NO_SUCH_PATH = 3
"""Windows' own code for a path that leads nowhere, and at times for one that is too long."""
_LONGEST_PATH = 259
"""Characters that Windows takes where nobody lifted its bound."""


def explain(error: OSError) -> str:
    """Why a file could not be read or written and what to do, as a Chinese sentence."""
    code = getattr(error, "winerror", None)
    if code in _IN_USE:
        return _WORDS[errno.EBUSY]
    if code == _TOO_LONG or (code == _NO_SUCH_PATH and len(str(error.filename)) > _LONGEST_PATH):
        return _WORDS[errno.ENAMETOOLONG]
    return _WORDS.get(error.errno or 0, "系统不允许读写这个文件。请另选位置再试。")
