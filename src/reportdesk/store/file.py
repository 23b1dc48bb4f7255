"""Writing a file whole or not at all, reading reports, and plain words for what goes wrong.

Contents are the codec's; this module only moves bytes and says in Chinese why it could not.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from reportdesk.form.load import load_form
from reportdesk.form.spec import Form
from reportdesk.report.codec import MAX_BYTES, CodecError, Decoded, decode, encode
from reportdesk.report.document import Report

SUFFIX = ".gknb"


class StoreError(Exception):
    """A file could not be read or written; the message tells the clerk why and what to do."""


def read_report(path: Path, form_of: Callable[[str], Form] = load_form) -> Decoded:
    """The report in a .gknb file.

    Raises:
        StoreError: the file cannot be read or is no report of ours.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise StoreError(f"打不开“{path.name}”：{explain(error)}") from error
    try:
        return decode(content, form_of)
    except CodecError as error:
        raise StoreError(f"打不开“{path.name}”：{error}") from error


def write_report(path: Path, report: Report) -> None:
    """Save the report; afterwards the file holds either all of it or what it held before.

    Raises:
        StoreError: it could not be saved; the old file is untouched.
    """
    content = encode(report)
    if len(content) > MAX_BYTES:
        raise StoreError(f"没有保存“{path.name}”：{_TOO_LARGE}")
    try:
        write_whole(path, content)
    except OSError as error:
        raise StoreError(f"没有保存“{path.name}”：{explain(error)}") from error


_TOO_LARGE = "文字太多，超过了文件的上限。请删去误贴的内容；原文件没有改动。"


def write_whole(path: Path, content: bytes) -> None:
    """Put the bytes into the file whole or not at all, and onto the disk.

    A temporary file in the same folder is flushed and takes the file's place; then the folder
    itself is flushed where the system can do that.

    Raises:
        OSError: the old file, if any, is untouched and no temporary file is left.
    """
    descriptor, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(path, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _keep_mode(path: Path, temporary: Path) -> None:
    """Leave the file readable for those who could read it: mkstemp keeps all others out."""
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        mode = 0o644
    temporary.chmod(mode)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder; NTFS journals the rename itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


_WORDS = {
    errno.ENOENT: "文件或文件夹不存在，可能已被移走，或 U 盘已拔出。请另选位置。",
    errno.EACCES: "没有权限，或文件夹是只读的。请另存到“文档”等能写入的文件夹。",
    errno.EPERM: "没有权限，或文件夹是只读的。请另存到“文档”等能写入的文件夹。",
    errno.EROFS: "磁盘是只读的。请另存到能写入的文件夹。",
    errno.ENOSPC: "磁盘已满。请清出空间，或另存到别的磁盘。",
    errno.EDQUOT: "磁盘空间配额已用完。请清出空间，或另存到别的磁盘。",
    errno.EISDIR: "这是一个文件夹，不是文件。请选择文件。",
    errno.ENOTDIR: "路径里有一段不是文件夹。请另选位置。",
    errno.ENAMETOOLONG: "文件名或路径太长。请换一个短些的名字或位置。",
    errno.EBUSY: "文件正被别的程序占用。请关闭那个程序后再试。",
    errno.EIO: "读写磁盘出错，磁盘或 U 盘可能有故障。请另存到别的磁盘。",
}


def explain(error: OSError) -> str:
    """Why a file could not be read or written and what to do, as a Chinese sentence."""
    return _WORDS.get(error.errno or 0, "系统不允许读写这个文件。请另选位置再试。")
