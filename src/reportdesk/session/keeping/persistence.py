"""Where the open report is kept: its file, the journal of what is not in it yet, its versions, its lock.

Answers for the order of things, so that at no moment what was typed stands nowhere: an edit goes
to the journal, later the whole report to the file, and only when the file was read again is the
journal given up. When to save, and what to ask of the clerk, is the window's matter.

A slow disk must stop nobody from typing: what touches the disk for long may be called in another thread
than the one that edits, one save at a time. A ``Snapshot``, taken in the thread that edits, says what is saved;
edits made meanwhile go on into the journal, which is then kept.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportdesk.report.edits import Edit
from reportdesk.report.file.codec import MAX_BYTES
from reportdesk.session.session import Session
from reportdesk.store.clock import now
from reportdesk.store.file import StoreError, UnreliableDiskError, explain, refuse_read_only, write_content
from reportdesk.store.fingerprint import changed_behind, digest_of, find_renamed, fingerprint, is_gone
from reportdesk.store.journal import JournalWriter, begin_journal, key_of
from reportdesk.store.lock import Holder, Lock, take_lock
from reportdesk.store.versions import (
    EVERY,
    Reason,
    Version,
    is_kept,
    keep_version,
    take_versions_along,
    versions_of,
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The report's bytes as it stood when a save began; ``edits`` counts what was typed before."""

    content: bytes
    revision: int
    edits: int


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
        self._edits = self._synced = 0
        self._saving: Snapshot | None = None
        self._written: set[str] = set()
        self._noting = threading.Lock()
        """Held while the journal's writer is used or changed, never while the disk is waited for."""
        self._versions_changing = threading.Lock()
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
        with self._noting:
            self._edits += 1
            if self.is_journal_broken:
                return
            try:
                if self._writer is None:
                    self._writer = begin_journal(self._places.journals, self.path, self._base)
                self._writer.append(edit, self._clock())
            except OSError:
                self.is_journal_broken = True  # what stands in it stays until the file holds it

    def sync_soon(self) -> bool:
        """Have what was noted put onto the disk, in a thread: an old disk takes a tenth of a second for it.

        The thread only waits for the system, which holds no lock of Python's meanwhile. Whether to ask
        again: something is not on the disk yet, or whether it is there is not known yet.
        """
        with self._noting:  # a save beside this may only wait for a thread that has begun
            if self._syncing is not None and self._syncing.is_alive():
                return True
            writer = self._writer
            if writer is None or self._synced == self._edits:
                return False
            self._syncing = threading.Thread(target=self._sync, args=(writer,), daemon=True)
            self._syncing.start()
        return True

    def _sync(self, writer: JournalWriter) -> None:
        with self._noting:  # an edit that is counted is written
            edits = self._edits
        try:
            writer.sync()
        except (OSError, ValueError):  # ValueError: given up and closed meanwhile
            if writer is self._writer:
                self.is_journal_broken = True
        else:
            self._synced = edits

    def _wait_for_sync(self) -> None:
        with self._noting:
            syncing, self._syncing = self._syncing, None
        if syncing is not None:
            syncing.join()

    def _give_up_journal(self, edits: int) -> None:
        """Remove the journal, unless more was typed than these edits, which a file holds now."""
        with self._noting:
            if self._edits != edits:
                return
            writer, self._writer = self._writer, None
            self.is_journal_broken = False
        if writer is not None:
            self._wait_for_sync()
            with contextlib.suppress(OSError):  # found again, it tells nothing that the file does not hold
                writer.discard()

    # -- the file

    def snapshot(self) -> Snapshot:
        """Begin a save: what the report holds now, which the journal notes as what the file may hold soon.

        An earlier save that has not come back, as from a share that hangs, counts no more.
        """
        from reportdesk.report.file.codec import encode

        content = encode(self._session.report)
        with self._noting:
            if self._writer is not None and not self.is_journal_broken:
                try:
                    self._writer.mark_save(digest_of(content))
                except OSError:
                    self.is_journal_broken = True
            self._saving = Snapshot(content, self._session.revision, self._edits)
            return self._saving

    def save(self, snapshot: Snapshot | None = None) -> None:
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
        self._write(self.path, snapshot)

    def save_anew(self, snapshot: Snapshot | None = None) -> None:
        """Write the report under the name that its file had, since the clerk wants it there.

        Raises:
            StoreError: as for ``save``, but for the file that is gone.
        """
        self._write(self.path, snapshot)

    def renamed_to(self) -> Path | None:
        """Where the file lies now if it was renamed or moved nearby; None if it is not found."""
        return find_renamed(self.path, self._known)

    def go_on_in(self, path: Path, snapshot: Snapshot | None = None) -> None:
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
        self.save(snapshot)

    def save_to(self, path: Path, snapshot: Snapshot | None = None) -> None:
        """Write the report into another file, which is its own from then on.

        Raises:
            StoreError: it could not be saved there; all stays as it was.
        """
        is_same = key_of(path) == key_of(self.path)
        lock = self.lock if is_same else take_lock(path, self._clock())
        if isinstance(lock, Holder):
            raise StoreError(f"没有保存“{path.name}”：{lock.says}。请换一个名字。")
        try:
            self._write(path, snapshot)
        except StoreError:
            if lock is not None and not is_same:
                lock.release()
            raise
        if not is_same:
            self._release()
            self.path, self.lock = path, lock
            self._session.closed_because = ""

    @property
    def state_of_file(self) -> object:
        """Another object each time that the file is read or written."""
        return self._known

    def changed_behind(self, *, surely: bool = False) -> bytes | None:
        """What the file holds now if it was changed elsewhere, else None."""
        theirs = changed_behind(self.path, self._known, surely=surely)
        # A save of ours that came back too late to be heard of is no change of somebody else's.
        return None if theirs is not None and digest_of(theirs) in self._written else theirs

    def _write(self, path: Path, snapshot: Snapshot | None) -> None:
        saved = snapshot or self.snapshot()
        refuse_read_only(path)
        self.keep_opened()
        if path == self.path:
            self._written.add(digest_of(saved.content))
        try:
            write_content(path, saved.content, lambda: self._saving is saved)
        except UnreliableDiskError:
            if path == self.path:
                self._known = None  # what stands there is nobody's
            raise
        known = fingerprint(path, saved.content)
        if self._saving is not saved:
            return  # it took so long that the report was saved elsewhere meanwhile
        self._written.clear()
        self._known = known
        self._base = saved.content
        self._saved_revision = saved.revision
        self._give_up_journal(saved.edits)
        if self._version_kept is None or not dt.timedelta() <= self._clock() - self._version_kept < EVERY:
            self._keep(path, saved.content, Reason.WORKING)

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
        from reportdesk.report.file.codec import encode

        self.keep_surely(encode(self._session.report), reason)

    def keep_step(self, reason: Reason, number: int = 0, content: bytes | None = None) -> None:
        """Keep the report, or those bytes of it, under the name of what the office did with it then.

        Raises:
            StoreError: it could not be kept.
        """
        from reportdesk.report.file.codec import encode

        self.keep_surely(encode(self._session.report) if content is None else content, reason, number)

    def keep_surely(self, content: bytes, reason: Reason, number: int = 0) -> None:
        """Keep those bytes as a version, since they will stand nowhere else.

        Raises:
            StoreError: they could not be kept.
        """
        if len(content) > MAX_BYTES:
            raise StoreError("文件太大，留不了版本；没有改动任何文件。")
        try:
            with self._versions_changing:
                keep_version(self._places.versions, self.path, content, reason, self._clock(), number)
        except OSError as error:
            raise StoreError(f"留不了以前的版本：{explain(error)}没有改动任何文件。") from error

    def _keep(self, path: Path, content: bytes, reason: Reason) -> None:
        """Keep those bytes as a version of the file at that path."""
        self._version_kept = self._clock()
        # The report is what counts; a full disk is told when saving it.
        with contextlib.suppress(OSError), self._versions_changing:
            keep_version(self._places.versions, path, content, reason, self._version_kept)

    def versions(self) -> tuple[Version, ...]:
        """What is kept of the report from before, the newest first."""
        return versions_of(self._places.versions, self.path)

    def has_version(self, content: bytes) -> bool:
        """Whether those bytes are kept as a version."""
        return is_kept(self._places.versions, self.path, content)

    def has_file(self, content: bytes) -> bool:
        """Whether the file had those bytes when it was last read or written."""
        return content == self._base

    def was_renamed(self, before: Path) -> None:
        """Take along what is kept of the file under the name that it had."""
        with contextlib.suppress(OSError):  # they can be found no more by the new name, but lose nothing
            take_versions_along(self._places.versions, before, self.path)

    # -- when the file was changed elsewhere

    def keep_mine(self, theirs: bytes, snapshot: Snapshot | None = None) -> None:
        """Save ours over what stands in the file, which is kept as a version.

        Raises:
            StoreError: one of both could not be kept; the file is untouched.
        """
        self.keep_surely(theirs, Reason.REPLACED)
        self._write(self.path, snapshot)

    def give_up_mine(self) -> None:
        """Keep ours as a version only, so that the file can be read anew.

        Raises:
            StoreError: it could not be kept.
        """
        self.keep_before(Reason.UNSAVED)
        self._saved_revision = self._session.revision
        self._give_up_journal(self._edits)

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
        self._saving = None  # a save that has not come back must not come in the way of the next opening
        self._wait_for_sync()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._release()

    def drop(self) -> None:
        """Give up what is not saved, as the clerk wants; it is kept as a version where that is possible."""
        with contextlib.suppress(StoreError):
            self.keep_before(Reason.UNSAVED)
        self._give_up_journal(self._edits)
