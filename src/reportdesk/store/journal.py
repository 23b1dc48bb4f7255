"""The journal: what was typed since a report's file was saved last, so that no crash loses it.

Answers for the file: its name, its lines, what of it can be trusted. It lies in the user's own
folder, hence serves for read-only folders and for a USB stick that is gone. What is done with
what it holds is ``reportdesk.session.keeping.recovery``'s.

Version 2: a line each, ``checksum JSON``. The first is the header, the second the report's file
as it was when the journal began, each further one an edit with its time, or a mark: the SHA-256 of
a file that a save began to write with all edits before it. Version 1 had no marks. A checksum covers its
line and the one before, so that a line that is lost, doubled or moved is noticed too.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
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
from reportdesk.report.edits import Edit
from reportdesk.report.file.codec import MAX_BYTES
from reportdesk.report.file.edit_codec import EditFormatError, edit_from_json, edit_to_json
from reportdesk.store import disk
from reportdesk.store.file import replace_patiently
from reportdesk.store.fingerprint import digest_of

SUFFIX = ".journal"
FORMAT = "reportdesk-journal"
VERSION = 2
_OLDEST = 1
LONGEST = 4 * MAX_BYTES
"""What is longer is no journal: a report is saved long before."""

KEPT_ASIDE = 40
"""So many of those put aside stay, whatever the clock says; what they hold is kept as a version as well."""

_ASIDE = "aside"
_ASIDE_AT = "%Y%m%d-%H%M%S"
_HELD = "-held"
"""In the name of one put aside: what it holds stands in a version or a file as well."""
_ASIDE_NAME = re.compile(
    rf"(?:(\d{{6}})-)?([0-9a-f]{{16}})-\d+-(\d{{8}}-\d{{6}})-[0-9a-f]{{4}}({_HELD})?\.journal"
)
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
    that wrote it. ``saves`` are the SHA-256 of the files that saves began to write meanwhile, of which
    the report's may be any. ``stop`` says why it ends where it does; None if it is whole.
    """

    path: Path
    report: Path
    base: bytes
    program: str
    entries: tuple[Entry, ...]
    saves: frozenset[str]
    stop: Stop | None

    def builds_on(self, digest: str) -> bool:
        """Whether a file with that SHA-256 is what this journal goes on from."""
        return digest in self.saves or digest == digest_of(self.base)


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

    def mark_save(self, digest: str) -> None:
        """Note that a file with that SHA-256, holding all that was appended, is being written.

        Raises:
            OSError: as for ``append``.
        """
        disk.write(self._file, self._line({"save": digest}))

    def sync(self) -> None:
        """Put what was appended onto the disk.

        Raises:
            OSError: it may not be there, or nobody will find it: the folder was removed or replaced.
        """
        disk.sync(self._file)
        if not disk.is_at(self._file, self.path):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.path))
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
    disk.make_private_folder(folder)
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


def journals_of(folder: Path, report: Path, content: bytes) -> tuple[Path, ...]:
    """The journals that were left for the report that lies there with these bytes, whatever it was called then.

    Also those put aside of which nobody knows that what they hold stands anywhere else.
    """
    by_path = left_journals(folder, report)
    digest = digest_of(content)
    renamed = [path for path in left_journals(folder) if path not in by_path and _is_of(path, digest)]
    key = key_of(report)
    aside = [
        (order, path) for order, _at, path, of, held in _aside(folder / _ASIDE) if of == key and not held
    ]
    return (*by_path, *renamed, *(path for _order, path in sorted(aside)))


def is_aside(path: Path) -> bool:
    """Whether the journal was decided on before."""
    return path.parent.name == _ASIDE


def _is_of(path: Path, digest: str) -> bool:
    """Whether the journal goes on from a file with that SHA-256, and not from its own where that is still there."""
    try:
        journal = read_journal(path)
    except OSError:
        return False
    if journal.stop is Stop.FOREIGN or not journal.builds_on(digest):
        return False
    try:
        return not journal.builds_on(digest_of(disk.read(journal.report, MAX_BYTES)))
    except OSError:  # renamed, as the file or a folder above it
        return True


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
    foreign = Journal(path, Path(), b"", "", (), frozenset(), Stop.FOREIGN)
    if len(content) > LONGEST:
        return foreign
    lines = _Lines(content)
    values = iter(lines)
    try:
        head, text = next(values), next(values)
        base = text.encode("utf-8", "surrogateescape")
        if head["format"] != FORMAT or not _OLDEST <= head["version"] <= VERSION:
            return foreign
        if digest_of(base) != head["base"]:
            return foreign
        report, program = Path(head["report"]), str(head["program"])
    except (StopIteration, KeyError, TypeError, AttributeError, ValueError, RecursionError):
        return foreign
    entries: list[Entry] = []
    saves: set[str] = set()
    try:
        for value in values:
            if isinstance(value, dict):
                saves.add(str(value["save"]))
            else:
                entries.append(_entry(value))
    except (EditFormatError, KeyError, ValueError, TypeError, RecursionError):
        lines.stop = Stop.BROKEN
    return Journal(path, report, base, program, tuple(entries), frozenset(saves), lines.stop)


def set_journal_aside(path: Path, now: dt.datetime, *, held: bool = False) -> Path:
    """Move the journal where those lie that were decided on; its new place.

    ``held`` where a version or a file holds what it does: any other is looked at again.

    Raises:
        OSError: it stays where it is.
    """
    if is_aside(path):
        aside = path.with_name(f"{path.stem}{_HELD}{SUFFIX}") if held else path
    else:
        folder = path.parent / _ASIDE
        disk.make_private_folder(folder)
        order = max((known for known, *_rest in _aside(folder)), default=0) + 1
        name = f"{order:06d}-{path.stem}-{now:{_ASIDE_AT}}-{os.urandom(2).hex()}"
        aside = folder / f"{name}{_HELD if held else ''}{SUFFIX}"
    replace_patiently(path, aside)
    return aside


def thin_aside(folder: Path) -> None:
    """Remove those put aside first in that folder of journals, once there are too many: no clock is asked."""
    for _order, _at, path, *_rest in sorted(_aside(folder / _ASIDE))[:-KEPT_ASIDE]:
        with contextlib.suppress(OSError):  # the next time
            disk.remove(path)


def _aside(folder: Path) -> Iterator[tuple[int, str, Path, str, bool]]:
    """Each journal put aside: as how-manieth, 0 of programs that did not count, when, its file, the
    report's key, and whether what it holds is known to stand elsewhere too.
    """  # noqa: D205 - one sentence
    for path in folder.glob(f"*{SUFFIX}"):
        named = _ASIDE_NAME.fullmatch(path.name)
        if named:
            yield int(named[1] or 0), named[3], path, named[2], bool(named[4])


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
