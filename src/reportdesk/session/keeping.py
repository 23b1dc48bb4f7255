"""Where the open report is kept: its file, the journal of what is not in it yet, its versions, its lock.

Answers for the order of things, so that at no moment what was typed stands nowhere: an edit goes
to the journal, later the whole report to the file, and only when the file was read again is the
journal given up. When to save, and what to ask of the clerk, is the window's matter.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportdesk.report.codec import MAX_BYTES
from reportdesk.report.edits import Edit
from reportdesk.session.session import Session
from reportdesk.store.clock import now
from reportdesk.store.file import StoreError, UnreliableDiskError, explain, refuse_read_only, write_report
from reportdesk.store.fingerprint import changed_behind, find_renamed, fingerprint, is_gone
from reportdesk.store.journal import JournalWriter, begin_journal, key_of
from reportdesk.store.lock import Holder, Lock, take_lock
from reportdesk.store.versions import (
    EVERY,
    Reason,
    Version,
    keep_version,
    take_versions_along,
    versions_of,
)

Clock = Callable[[], dt.datetime]


class ChangedBehindError(StoreError):
    """The file is not what it was when it was last read or written; nothing was saved."""

    def __init__(self, path: Path, content: bytes) -> None:
        super().__init__(f"没有保存“{path.name}”：这个文件刚才在别处改动过。请先选择怎么办。")
        self.content = content


class GoneError(StoreError):
    """The file is not where it was; nothing was saved, so that none is made anew in silence."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"没有保存：找不到“{path}”，可能被移走、改名或删除了，也可能 U 盘已拔出。")


@dataclass(frozen=True, slots=True)
class Places:
    """The folders in which journals and versions are kept."""

    journals: Path
    versions: Path


class Keeping:
    """Keeps one session's report in one file.

    ``content`` are the file's bytes as they were read. ``lock`` is ours, or who has the file
    open, or None where there can be none.
    """

    def __init__(
        self, session: Session, path: Path, content: bytes, places: Places, clock: Clock = now
    ) -> None:
        self.path = path
        self.lock: Lock | Holder | None = take_lock(path, clock())
        self._session = session
        self._places = places
        self._clock = clock
        self._base = content
        self._known = fingerprint(path, content)
        self._saved_revision = session.revision
        self._version_kept: dt.datetime | None = None
        self._writer: JournalWriter | None = None
        self._syncing: threading.Thread | None = None
        self.is_journal_broken = False
        """Whether the journal takes no more, so that the file must be saved at once."""
        session.journal = self._note

    # -- the journal

    @property
    def is_saved(self) -> bool:
        """Whether the file holds all that was typed."""
        return self._saved_revision == self._session.revision

    @property
    def is_noted(self) -> bool:
        """Whether all that was typed stands in the file or the journal."""
        return self.is_saved or not self.is_journal_broken

    def _note(self, edit: Edit) -> None:
        if self.is_journal_broken:
            return
        try:
            if self._writer is None:
                self._writer = begin_journal(self._places.journals, self.path, self._base)
            self._writer.append(edit, self._clock())
        except OSError:
            self.is_journal_broken = True  # what stands in it stays until the file holds it

    def sync_soon(self) -> None:
        """Have what was noted put onto the disk, in a thread: an old disk takes a tenth of a second for it.

        The thread only waits for the system, which holds no lock of Python's meanwhile.
        """
        writer = self._writer
        if writer is None or (self._syncing is not None and self._syncing.is_alive()):
            return
        self._syncing = threading.Thread(target=self._sync, args=(writer,), daemon=True)
        self._syncing.start()

    def _sync(self, writer: JournalWriter) -> None:
        try:
            writer.sync()
        except OSError:
            self.is_journal_broken = True

    def _wait_for_sync(self) -> None:
        if self._syncing is not None:
            self._syncing.join()
            self._syncing = None

    def _empty_journal(self) -> None:
        self._wait_for_sync()
        self.is_journal_broken = False
        if self._writer is not None:
            with contextlib.suppress(OSError):  # found again, it tells nothing that the file does not hold
                self._writer.discard()
            self._writer = None

    # -- the file

    def save(self) -> None:
        """Write the report into its file, and give up the journal once the file was read again.

        Raises:
            ChangedBehindError: the file was changed elsewhere; it is untouched.
            GoneError: it was moved, renamed or deleted, or its disk is away.
            StoreError: it could not be saved; the old file is untouched, the journal stays.
        """
        if is_gone(self.path):
            raise GoneError(self.path)
        theirs = self.changed_behind(surely=True)
        if theirs is not None:
            raise ChangedBehindError(self.path, theirs)
        self._write(self.path)

    def save_anew(self) -> None:
        """Write the report under the name that its file had, since the clerk wants it there.

        Raises:
            StoreError: as for ``save``, but for the file that is gone.
        """
        self._write(self.path)

    def renamed_to(self) -> Path | None:
        """Where the file lies now if it was renamed or moved nearby; None if it is not found."""
        return find_renamed(self.path, self._known)

    def go_on_in(self, path: Path) -> None:
        """Keep the report in the file that was renamed, and take along what is kept of it.

        Raises:
            StoreError: as for ``save``; somebody else may have that file open.
        """
        lock = take_lock(path, self._clock())
        if isinstance(lock, Holder) and isinstance(self.lock, Lock) and lock.token == self.lock.token:
            lock = take_lock(path, self._clock(), by_force=True)  # ours, moved along with its folder
        if isinstance(lock, Holder):
            raise StoreError(f"没有保存“{path.name}”：{lock.says}。请换一个名字。")
        before = self.path
        self._release()
        self.path, self.lock = path, lock
        self.was_renamed(before)
        self.save()

    def save_to(self, path: Path) -> None:
        """Write the report into another file, which is its own from then on.

        Raises:
            StoreError: it could not be saved there; all stays as it was.
        """
        is_same = key_of(path) == key_of(self.path)
        lock = self.lock if is_same else take_lock(path, self._clock())
        if isinstance(lock, Holder):
            raise StoreError(f"没有保存“{path.name}”：{lock.says}。请换一个名字。")
        try:
            self._write(path)
        except StoreError:
            if lock is not None and not is_same:
                lock.release()
            raise
        if not is_same:
            self._release()
            self.path, self.lock = path, lock
            self._session.closed_because = ""

    def changed_behind(self, *, surely: bool = False) -> bytes | None:
        """What the file holds now if it was changed elsewhere, else None."""
        return changed_behind(self.path, self._known, surely=surely)

    def _write(self, path: Path) -> None:
        revision = self._session.revision
        refuse_read_only(path)
        self.keep_opened()
        try:
            content = write_report(path, self._session.report)
        except UnreliableDiskError:
            if path == self.path:
                self._known = None  # what stands there is nobody's
            raise
        self._known = fingerprint(path, content)
        self._base = content
        self._saved_revision = revision
        self._empty_journal()
        if self._version_kept is None or not dt.timedelta() <= self._clock() - self._version_kept < EVERY:
            self._keep(path, content, Reason.WORKING)

    # -- versions

    def keep_opened(self) -> None:
        """Keep the file as it was opened as a version, once."""
        if self._version_kept is None:
            self._keep(self.path, self._base, Reason.OPENED)

    def keep_before(self, reason: Reason) -> None:
        """Keep the report as it stands as a version, before much of it changes at once.

        Raises:
            StoreError: it could not be kept.
        """
        from reportdesk.report.codec import encode

        self.keep_surely(encode(self._session.report), reason)

    def keep_step(self, reason: Reason, number: int = 0, content: bytes | None = None) -> None:
        """Keep the report, or those bytes of it, under the name of what the office did with it then.

        Raises:
            StoreError: it could not be kept.
        """
        from reportdesk.report.codec import encode

        self.keep_surely(encode(self._session.report) if content is None else content, reason, number)

    def keep_surely(self, content: bytes, reason: Reason, number: int = 0) -> None:
        """Keep those bytes as a version, since they will stand nowhere else.

        Raises:
            StoreError: they could not be kept.
        """
        if len(content) > MAX_BYTES:
            raise StoreError("文件太大，留不了版本；没有改动任何文件。")
        try:
            keep_version(self._places.versions, self.path, content, reason, self._clock(), number)
        except OSError as error:
            raise StoreError(f"留不了以前的版本：{explain(error)}没有改动任何文件。") from error

    def _keep(self, path: Path, content: bytes, reason: Reason) -> None:
        """Keep those bytes as a version of the file at that path."""
        self._version_kept = self._clock()
        with contextlib.suppress(OSError):  # the report is what counts; a full disk is told when saving it
            keep_version(self._places.versions, path, content, reason, self._version_kept)

    def versions(self) -> tuple[Version, ...]:
        """What is kept of the report from before, the newest first."""
        return versions_of(self._places.versions, self.path)

    def was_renamed(self, before: Path) -> None:
        """Take along what is kept of the file under the name that it had."""
        with contextlib.suppress(OSError):  # they can be found no more by the new name, but lose nothing
            take_versions_along(self._places.versions, before, self.path)

    # -- when the file was changed elsewhere

    def keep_mine(self, theirs: bytes) -> None:
        """Save ours over what stands in the file, which is kept as a version.

        Raises:
            StoreError: one of both could not be kept; the file is untouched.
        """
        self.keep_surely(theirs, Reason.REPLACED)
        self._write(self.path)

    def give_up_mine(self) -> None:
        """Keep ours as a version only, so that the file can be read anew.

        Raises:
            StoreError: it could not be kept.
        """
        self.keep_before(Reason.UNSAVED)
        self._saved_revision = self._session.revision
        self._empty_journal()

    # -- the lock and the end

    def try_lock(self, *, by_force: bool = False) -> bool:
        """Ask once more for the lock that somebody else has; whether the report may be changed now."""
        self.lock = take_lock(self.path, self._clock(), by_force=by_force)
        return not isinstance(self.lock, Holder)

    def _release(self) -> None:
        if isinstance(self.lock, Lock):
            self.lock.release()
        self.lock = None

    def close(self) -> None:
        """Note no more. What is saved is kept as a version, what is not stays in the journal."""
        if self.is_saved and not isinstance(self.lock, Holder):
            self._keep(self.path, self._base, Reason.CLOSED)
        self._session.journal = lambda _edit: None
        self._wait_for_sync()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._release()

    def drop(self) -> None:
        """Give up what is not saved, as the clerk wants; it is kept as a version where that is possible."""
        with contextlib.suppress(StoreError):
            self.keep_before(Reason.UNSAVED)
        self._empty_journal()
