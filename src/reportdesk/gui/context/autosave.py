"""When the open report goes into its file: in a pause, when the clerk moves on, when asked, at the end.

Until then each edit stands in the journal, which is put onto the disk within a second. A save
runs beside the event loop, one at a time. One that fails is told and tried again, one that does not
come back is told; a journal that fails has the file saved at once instead. How a report is kept is
``reportdesk.session.keeping.persistence``'s; questions to the clerk are ``document_keeper``'s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer, Signal

from reportdesk.gui.common.background_jobs import Beside, Job, wait_for
from reportdesk.session.keeping.file_watch import Presence
from reportdesk.session.keeping.persistence import ChangedBehindError, GoneError, Keeping, Snapshot
from reportdesk.session.session import Announcement, Session
from reportdesk.store.clock import now
from reportdesk.store.file import StoreError

SAVE_AFTER_MS = 30_000
"""After the last edit: in a pause the save is not felt."""

LATEST_MS = 180_000
"""After the first edit that is not saved, however steadily the clerk types."""

WITHOUT_JOURNAL_MS = 800
"""After an edit that stands in no journal; with the write itself it stays below a second."""

SYNC_AFTER_MS = 500
RETRY_MS = 10_000
LOOK_MS = 2_000
"""Between looks whether the file is still there; the second that finds it gone is told by the third."""

SLOW_MS = 10_000
"""After which a save that has not come back is told."""

_A_MOMENT = 0.3
_NOTED = "填写的内容已经记在这台电脑上。不等也不会丢失，下次打开这份年报时可以恢复。"
_NOT_NOTED = "最后填写的还没有记在别处，请尽量等一等；不等可能丢失最后的改动。"

_MOVED_ON_MS = 200
"""After the clerk went to another section, so that it is painted first."""


Then = Callable[[bool], object]
_Step = Callable[[Snapshot], None]


class Autosave(QObject):
    """Saves one session into one file."""

    saving: ClassVar[Signal] = Signal()
    """A save has begun."""

    slow: ClassVar[Signal] = Signal()
    """A save has not come back for long, as where a share hangs."""

    saved: ClassVar[Signal] = Signal(object)
    """The file holds everything; with the time."""

    noted: ClassVar[Signal] = Signal()
    """Something was typed that stands in the journal and not in the file."""

    unsafe: ClassVar[Signal] = Signal()
    """Something was typed that stands nowhere yet."""

    failed: ClassVar[Signal] = Signal(str)
    """Why the file could not be written, and what to do."""

    changed_behind: ClassVar[Signal] = Signal()
    """The file was changed elsewhere, so that it is not saved until the clerk has chosen."""

    missing: ClassVar[Signal] = Signal()
    """The file is not where it was, so that it is not saved until the clerk has chosen."""

    gone: ClassVar[Signal] = Signal()
    """The file is not there any more, as when a USB stick was pulled out."""

    back: ClassVar[Signal] = Signal()
    """The file is there again, or the report is kept in another."""

    def __init__(self, session: Session, keeping: Keeping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.keeping = keeping
        self._unsaved_since: float | None = None
        self._failed = False
        self._beside = Beside(self)
        self._job: Job[None] | None = None
        self._thens: list[Then] = []
        self._later_thens: list[Then] = []
        self._again = self._is_stopped = False
        self.was_given_up = False
        """Whether the clerk went on without waiting for the last save."""
        self._presence = Presence()
        self._is_gone = False
        self._save_later = self._timer(self.save_soon)
        self._sync_later = self._timer(self._sync)
        self._tell_slow = self._timer(self.slow.emit)
        self._look_again = QTimer(self)
        self._look_again.setInterval(LOOK_MS)
        self._look_again.timeout.connect(self._look)
        self._look_again.start()
        self._unsubscribe = session.subscribe(self._on_change)

    @property
    def path(self) -> Path:
        """The report's file."""
        return self.keeping.path

    @property
    def is_saved(self) -> bool:
        """Whether the file holds all that was typed."""
        return self.keeping.is_saved

    @property
    def is_saving(self) -> bool:
        """Whether a save is on its way."""
        return self._job is not None

    def save_soon(self, then: Then | None = None) -> None:
        """Begin to write the file, beside the event loop; ``then`` hears whether that went well."""
        if self._job is not None:  # what was typed since then is saved after it
            self._again = True
            self._later_thens += [then] if then else []
        else:
            self._begin(self.keeping.save, then)

    def save(self) -> bool:
        """Write the file and wait for it; whether that went well, and the clerk waited for it."""
        job = self._job
        if job is not None:
            if not self._wait_for(job):
                return False
            if self.is_saved:
                return True
        return self._save_and_wait(self.keeping.save)

    def save_to(self, path: Path) -> bool:
        """Write to another file, which is the report's own from then on; whether that went well."""
        return self._save_and_wait(lambda snapshot: self.keeping.save_to(path, snapshot))

    def save_over(self, theirs: bytes) -> bool:
        """Write ours over what was changed elsewhere, which is kept as a version; whether that went well."""
        return self._save_and_wait(lambda snapshot: self.keeping.keep_mine(theirs, snapshot))

    def save_anew(self) -> bool:
        """Write the file that is gone under the name that it had; whether that went well."""
        return self._save_and_wait(self.keeping.save_anew)

    def go_on_in(self, path: Path) -> bool:
        """Go on in the file that was renamed; whether that went well."""
        return self._save_and_wait(lambda snapshot: self.keeping.go_on_in(path, snapshot))

    def moved_on(self) -> None:
        """The clerk went to another section: save what is not saved, soon."""
        if not self.is_saved and not self._failed:
            self._save_later.start(_MOVED_ON_MS)

    def stop(self) -> None:
        """Hear of no more edits and write nothing more; once."""
        if self._is_stopped:
            return
        self._is_stopped = True
        for timer in (self._save_later, self._sync_later, self._look_again, self._tell_slow):
            timer.stop()
        self._unsubscribe()
        closing = Job(self.keeping.close)
        if self.was_given_up:  # whoever did not wait for the save does not wait for this
            closing.is_done(_A_MOMENT)
        elif wait_for(closing, f"正在关闭“{self.path.name}”，磁盘或网络有点慢。", _NOTED):
            closing.outcome()

    # -- one save

    def _begin(self, step: _Step, then: Then | None = None) -> Job[None]:
        """Begin a save in place of any that has not come back."""
        self._save_later.stop()
        self.was_given_up = self._again = False
        snapshot = self.keeping.snapshot()
        self._thens = [then] if then else []
        self._job = job = self._beside.start(lambda: step(snapshot), self._conclude)
        self._tell_slow.start(SLOW_MS)
        self.saving.emit()
        return job

    def _save_and_wait(self, step: _Step) -> bool:
        ended: list[bool] = []
        job = self._begin(step, ended.append)
        return self._wait_for(job) and ended == [True]

    def _wait_for(self, job: Job[None]) -> bool:
        """Wait until that save came back; False if the clerk goes on without."""
        comfort = _NOTED if self.keeping.is_noted else _NOT_NOTED
        if not wait_for(job, f"正在保存“{self.path.name}”，磁盘或网络有点慢。", comfort):
            self.was_given_up = True
            return False
        self._conclude(job)
        return True

    def _conclude(self, job: Job[None]) -> None:
        """Tell what came of the save, unless that was told or another took its place."""
        if job is not self._job:
            return
        self._job = None
        self._tell_slow.stop()
        thens, again = self._thens, self._again
        is_saved = self._tell(job)
        for then in thens:
            then(is_saved)
        later, self._later_thens = self._later_thens, []
        if again and is_saved and not self.is_saved and not self.is_saving:
            self._begin(self.keeping.save, lambda saved: [then(saved) for then in later])
        else:
            for then in later:
                then(is_saved)

    def _tell(self, job: Job[None]) -> bool:
        try:
            job.outcome()
        except ChangedBehindError:
            self.changed_behind.emit()
            return False
        except GoneError:
            self._presence.found_gone(self.path)  # so that its coming back is told
            self.missing.emit()
            return False
        except StoreError as error:
            from reportdesk.store.log import Event, log_event

            self._failed = True
            log_event(Event.NOT_SAVED)
            self._save_later.start(RETRY_MS)
            self.failed.emit(str(error))
            return False
        self._failed = False
        self._unsaved_since = None
        self.saved.emit(now())
        if not self.is_saved:
            self._tell_unsaved()
        return True

    # -- edits

    def _on_change(self, _told: Announcement) -> None:
        if not self.is_saved:  # else only findings have changed
            self._tell_unsaved()

    def _tell_unsaved(self) -> None:
        """Something was typed that the file does not hold: save it in a pause."""
        if self.keeping.is_noted:
            self.noted.emit()
            if not self._sync_later.isActive():
                self._sync_later.start(SYNC_AFTER_MS)
        else:
            self.unsafe.emit()
        if not self._failed:
            self._save_later.start(self._wait())

    def _wait(self) -> int:
        """Milliseconds until the next save."""
        now_is = time.monotonic()
        if self._unsaved_since is None:
            self._unsaved_since = now_is
        left = LATEST_MS - round((now_is - self._unsaved_since) * 1000)
        wait = SAVE_AFTER_MS if self.keeping.is_noted else WITHOUT_JOURNAL_MS
        return max(0, min(wait, left))

    def _sync(self) -> None:
        """Put the journal onto the disk; one that failed meanwhile has the file saved instead."""
        if self.keeping.is_noted:
            if self.keeping.sync_soon():
                self._sync_later.start(SYNC_AFTER_MS)
        elif not self._failed:
            self.save_soon()

    def _look(self) -> None:
        """Tell if the file went away, and if it came back what is not in it is saved soon."""
        is_gone = self._presence.look(self.path)
        if is_gone == self._is_gone:
            return
        self._is_gone = is_gone
        if is_gone:
            self.gone.emit()
            return
        self.back.emit()
        if not self.is_saved:
            self._save_later.start(_MOVED_ON_MS)

    def _timer(self, do: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(do)
        return timer
