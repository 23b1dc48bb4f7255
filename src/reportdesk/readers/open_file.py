"""Opens any file that may show a report: told by its contents, read by its format's reader.

Whatever the bytes are, what comes of them is what the file shows, or one sentence that says why it
cannot be read. Nothing is fetched, nothing is run, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from reportdesk.readers.endings import FileKind
from reportdesk.readers.file_kind import kind_of, told_apart
from reportdesk.readers.files.folding import folded
from reportdesk.readers.files.limits import MAX_FILE
from reportdesk.readers.files.refusals import broken, too_large
from reportdesk.readers.files.visible import Seen, UnreadableError

_NO_MEMORY = "文件里的内容太多，内存放不下，没有读取。请确认选对了文件。"


def see(path: Path) -> Seen:
    """All that a file shows; where its name says another format than it has, that is told.

    Raises:
        UnreadableError: it cannot be read; the message tells the clerk why and what to do.
    """
    return see_content(read_bytes(path), path.suffix)


def see_content(content: bytes, suffix: str) -> Seen:
    """All that the bytes of a file show, whose name ends in ``suffix``.

    Raises:
        UnreadableError: they cannot be read.
    """
    try:
        kind = kind_of(content)
        seen = _READERS[kind](content)
    except UnreadableError:
        raise
    except MemoryError as error:
        raise UnreadableError(_NO_MEMORY) from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the last guard: a panic in calamine's Rust is no Exception
        raise broken() from error
    seen = folded(seen)
    told = told_apart(kind, suffix)
    if not told:
        return seen
    return Seen(seen.contents, (told, *seen.passed_over), seen.attached, seen.properties)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is small enough to be read.

    Raises:
        UnreadableError: there is no such file, it may not be read, or it is too large.
    """
    try:
        if not path.is_file():  # a pipe or device would keep the reader waiting
            if path.is_dir():
                raise UnreadableError(f"“{path.name}”是文件夹，不是文件。请选择里面的文件。")
            if path.exists():
                raise UnreadableError(f"“{path.name}”不是文件，而是管道或设备，读不了。请选择文件。")
            raise UnreadableError(f"找不到文件“{path.name}”。它可能已经移走或改名，请重新选择。")
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(
            f"打不开文件“{path.name}”。它可能正被别的程序使用，或者没有权限，请关闭别的程序后再试。"
        ) from error
    if len(content) > MAX_FILE:
        raise too_large("文件")
    return content


def _read_report(content: bytes) -> Seen:
    """A .gknb shows nothing by itself: it is all attached."""
    from reportdesk.report.file.codec import CodecError, decode

    try:
        notices = decode(content).notices
    except CodecError as error:
        raise UnreadableError(str(error)) from error
    return Seen((), notices, attached=content)


def _read_word(content: bytes) -> Seen:
    from reportdesk.readers.word.reader import read_word

    return read_word(content)


def _read_old_word(content: bytes) -> Seen:
    from reportdesk.readers.word.doc_binary import read_legacy

    return read_legacy(content)


def _read_workbook(content: bytes) -> Seen:
    from reportdesk.readers.excel.reader import read_excel

    return read_excel(content)


def _read_pdf(content: bytes) -> Seen:
    from reportdesk.readers.pdf.reader import read_pdf

    return read_pdf(content)


def _read_page(content: bytes) -> Seen:
    from reportdesk.readers.text.html import read_web

    return read_web(content)


def _read_text(content: bytes) -> Seen:
    from reportdesk.readers.text.plain_text import read_plain

    return read_plain(content)


_READERS: Mapping[FileKind, Callable[[bytes], Seen]] = {
    FileKind.REPORT: _read_report,
    FileKind.WORD: _read_word,
    FileKind.OLD_WORD: _read_old_word,
    FileKind.WORKBOOK: _read_workbook,
    FileKind.OLD_WORKBOOK: _read_workbook,
    FileKind.PDF: _read_pdf,
    FileKind.PAGE: _read_page,
    FileKind.TEXT: _read_text,
}
