"""The journal: what was typed since a report's file was saved last, so that no crash loses it.

Answers for the file: its name, its lines, what of it can be trusted. It lies in the user's own
folder, hence serves for read-only folders and for a USB stick that is gone. What is done with
what it holds is ``reportdesk.session.recovery``'s.

Version 1: a line each, ``checksum JSON``. The first is the header, the second the report's file
as it was when the journal began, each further one an edit with its time. A checksum covers its
line and the one before, so that a line that is lost, doubled or moved is noticed too.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from io import FileIO
from pathlib import Path
from typing import Any

from reportdesk import __version__
from reportdesk.report.codec import MAX_BYTES
from reportdesk.report.edit_codec import EditFormatError, edit_from_json, edit_to_json
from reportdesk.report.edits import Edit
from reportdesk.store import disk
from reportdesk.store.file import replace_patiently
from reportdesk.store.fingerprint import digest_of

SUFFIX = ".journal"
FORMAT = "reportdesk-journal"
VERSION = 1
LONGEST = 4 * MAX_BYTES
"""What is longer is no journal: a report is saved long before."""

KEPT_ASIDE = 40
"""So many of those put aside stay, whatever the clock says; what they hold is kept as a version as well."""

_ASIDE = "aside"
_ASIDE_AT = "%Y%m%d-%H%M%S"
_ASIDE_NAME = re.compile(r"(?:(\d{6})-)?[0-9a-f]{16}-\d+-(\d{8}-\d{6})-[0-9a-f]{4}\.journal")
_CHECKSUM = 16
"""Hexadecimal digits of SHA-256 at the head of each line."""


class Stop(Enum):
    """Why a journal is not replayed to the end of its file."""

    TORN = "torn"
    """Its last line was cut off, as when the power fails while it is written."""
    BROKEN = "broken"
    """A line is not what was written, and nothing behind it can be trusted."""
    FOREIGN = "foreign"
    """It is no journal, or one of a newer version, or its beginning is broken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit and when it was made."""

    at: dt.datetime
    edit: Edit


@dataclass(frozen=True, slots=True)
class Journal:
    """What a journal's file holds.

    ``report`` is the file that it builds on, ``base`` that file's bytes, ``program`` the version
    that wrote it. ``stop`` says why it ends where it does; None if it is whole.
    """

    path: Path
    report: Path
    base: bytes
    program: str
    entries: tuple[Entry, ...]
    stop: Stop | None


class JournalWriter:
    """Writes one journal; the first line is written with the first edit.

    An edit is the system's when ``append`` returns, and on the disk after ``sync``, which another
    thread may call meanwhile.
    """

    def __init__(self, path: Path, report: Path, base: bytes) -> None:
        """Make the file.

        Raises:
            OSError: it cannot be made or written; none is left.
        """
        self.path = path
        self._file: FileIO = disk.create(path, disk.OWNER_ONLY)
        self._sum = b""
        self._is_on_disk = False
        try:
            with contextlib.suppress(OSError):  # a disk without locks: nobody asks for it there
                disk.lock(self._file)
            head = {
                "format": FORMAT,
                "version": VERSION,
                "program": __version__,
                "report": str(report),
                "base": digest_of(base),
            }
            disk.write(self._file, self._line(head) + self._line(base.decode("utf-8", "surrogateescape")))
        except BaseException:
            self.close()
            with contextlib.suppress(OSError):
                disk.remove(path)
            raise

    def append(self, edit: Edit, at: dt.datetime) -> None:
        """Write the edit's line.

        Raises:
            OSError: it was not written, or in part; the journal ends before it and takes no more.
        """
        disk.write(self._file, self._line([at.isoformat(timespec="seconds"), edit_to_json(edit)]))

    def sync(self) -> None:
        """Put what was appended onto the disk.

        Raises:
            OSError: it may not be there.
        """
        disk.sync(self._file)
        if not self._is_on_disk:
            with contextlib.suppress(OSError):  # as when a report is saved: the bytes are safe
                disk.sync_folder(self.path.parent)
            self._is_on_disk = True

    def close(self) -> None:
        """Write no more; the file stays."""
        self._file.close()

    def discard(self) -> None:
        """Remove the file, since the report's own holds everything.

        Raises:
            OSError: it could not be removed; it does no harm.
        """
        self.close()
        disk.remove(self.path)

    def _line(self, value: Any) -> bytes:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        self._sum = _checksum(self._sum, text)
        return b"%b %b\n" % (self._sum, text)


def begin_journal(folder: Path, report: Path, base: bytes) -> JournalWriter:
    """A new journal for the report, beside what an earlier program may have left for it.

    Raises:
        OSError: the folder cannot be made or takes no file.
    """
    disk.make_folder(folder)
    stem = key_of(report)
    number = 1
    while True:
        try:
            return JournalWriter(folder / f"{stem}-{number}{SUFFIX}", report, base)
        except FileExistsError:
            number += 1


def left_journals(folder: Path, report: Path | None = None) -> tuple[Path, ...]:
    """The journals that a program left when it was ended in the middle, for one report or for all.

    A journal that a running program writes is not among them.
    """
    pattern = f"{key_of(report)}-*{SUFFIX}" if report else f"*{SUFFIX}"
    return tuple(path for path in sorted(folder.glob(pattern)) if not _is_written(path))


def left_reports(folder: Path) -> tuple[Path, ...]:
    """The files of the reports for which a journal was left, as far as it can be read."""
    found = []
    for path in left_journals(folder):
        with contextlib.suppress(OSError):
            journal = read_journal(path)
            if journal.stop is not Stop.FOREIGN:
                found.append(journal.report)
    return tuple(dict.fromkeys(found))


def read_journal(path: Path) -> Journal:
    """What the journal holds, up to the first line that cannot be trusted.

    Raises:
        OSError: it cannot be read.
    """
    content = disk.read(path, LONGEST)
    foreign = Journal(path, Path(), b"", "", (), Stop.FOREIGN)
    if len(content) > LONGEST:
        return foreign
    lines = _Lines(content)
    values = iter(lines)
    try:
        head, text = next(values), next(values)
        base = text.encode("utf-8", "surrogateescape")
        if (head["format"], head["version"]) != (FORMAT, VERSION):
            return foreign
        if digest_of(base) != head["base"]:
            return foreign
        report, program = Path(head["report"]), str(head["program"])
    except (StopIteration, KeyError, TypeError, AttributeError, ValueError, RecursionError):
        return foreign
    entries: list[Entry] = []
    try:
        entries.extend(_entry(value) for value in values)
    except (EditFormatError, ValueError, TypeError, RecursionError):
        lines.stop = Stop.BROKEN
    return Journal(path, report, base, program, tuple(entries), lines.stop)


def set_journal_aside(path: Path, now: dt.datetime) -> Path:
    """Move the journal where it is kept but not offered again; its new place.

    Raises:
        OSError: it stays where it is.
    """
    folder = path.parent / _ASIDE
    disk.make_folder(folder)
    order = max((known for known, _at, _path in _aside(folder)), default=0) + 1
    aside = folder / f"{order:06d}-{path.stem}-{now:{_ASIDE_AT}}-{os.urandom(2).hex()}{SUFFIX}"
    replace_patiently(path, aside)
    return aside


def thin_aside(folder: Path) -> None:
    """Remove those put aside first in that folder of journals, once there are too many: no clock is asked."""
    for _order, _at, path in sorted(_aside(folder / _ASIDE))[:-KEPT_ASIDE]:
        with contextlib.suppress(OSError):  # the next time
            disk.remove(path)


def _aside(folder: Path) -> Iterator[tuple[int, str, Path]]:
    """Each journal put aside: as how-manieth, 0 of programs that did not count, when, and its file."""
    for path in folder.glob(f"*{SUFFIX}"):
        named = _ASIDE_NAME.fullmatch(path.name)
        if named:
            yield int(named[1] or 0), named[2], path


def key_of(report: Path) -> str:
    """A file name for the report's path, the same for every way of writing it."""
    whole = os.path.normcase(os.path.abspath(report))  # noqa: PTH100 - resolve() would ask a share that is gone
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _checksum(before: bytes, text: bytes) -> bytes:
    return hashlib.sha256(before + text).hexdigest()[:_CHECKSUM].encode()


def _entry(value: Any) -> Entry:
    at, edit = value
    return Entry(dt.datetime.fromisoformat(at), edit_from_json(edit))


def _is_written(path: Path) -> bool:
    """Whether a running program holds the journal, or has just given it up."""
    try:
        with disk.open_there(path) as file:
            return not disk.lock(file)
    except FileNotFoundError:
        return True
    except OSError:
        return False


class _Lines:
    """The values of the lines that can be trusted; ``stop`` says afterwards why no more came."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.stop: Stop | None = None

    def __iter__(self) -> Iterator[Any]:
        *whole, rest = self._content.split(b"\n")
        checksum = b""
        for line in (*whole, rest) if rest else whole:
            said, _space, text = line.partition(b" ")
            checksum = _checksum(checksum, text)
            if said != checksum:
                self.stop = Stop.TORN if line is rest else Stop.BROKEN
                return
            yield json.loads(text.decode("utf-8", "surrogatepass"))
