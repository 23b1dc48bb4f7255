"""When the open report goes into its file: in a pause, when the clerk moves on, when asked, at the end.

Until then each edit stands in the journal, which is put onto the disk within a second. A save
that fails is told and tried again; a journal that fails has the file saved at once instead. How
a report is kept is ``reportdesk.session.keeping``'s; questions to the clerk are ``safekeeping``'s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer, Signal

from reportdesk.session.keeping import ChangedBehindError, GoneError, Keeping
from reportdesk.session.presence import Presence
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

_MOVED_ON_MS = 200
"""After the clerk went to another section, so that it is painted first."""


class Autosave(QObject):
    """Saves one session into one file."""

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
        self._session = session
        self.keeping = keeping
        self._unsaved_since: float | None = None
        self._failed = False
        self._presence = Presence()
        self._is_gone = False
        self._save_later = self._timer(self.save)
        self._sync_later = self._timer(self._sync)
        self._look_again = QTimer(self)
        self._look_again.setInterval(LOOK_MS)
        self._look_again.timeout.connect(self._look)
        self._look_again.start()
        self._unsubscribe = session.subscribe(self._hear)

    @property
    def path(self) -> Path:
        """The report's file."""
        return self.keeping.path

    @property
    def is_saved(self) -> bool:
        """Whether the file holds all that was typed."""
        return self.keeping.is_saved

    def save(self) -> bool:
        """Write the file now; whether that went well."""
        return self._try(self.keeping.save)

    def save_to(self, path: Path) -> bool:
        """Write to another file, which is the report's own from then on; whether that went well."""
        return self._try(lambda: self.keeping.save_to(path))

    def save_over(self, theirs: bytes) -> bool:
        """Write ours over what was changed elsewhere, which is kept as a version; whether that went well."""
        return self._try(lambda: self.keeping.keep_mine(theirs))

    def save_anew(self) -> bool:
        """Write the file that is gone under the name that it had; whether that went well."""
        return self._try(self.keeping.save_anew)

    def go_on_in(self, path: Path) -> bool:
        """Go on in the file that was renamed; whether that went well."""
        return self._try(lambda: self.keeping.go_on_in(path))

    def moved_on(self) -> None:
        """The clerk went to another section: save what is not saved, soon."""
        if not self.is_saved and not self._failed:
            self._save_later.start(_MOVED_ON_MS)

    def stop(self) -> None:
        """Hear of no more edits and write nothing more."""
        self._save_later.stop()
        self._sync_later.stop()
        self._look_again.stop()
        self._unsubscribe()
        self.keeping.close()

    def _try(self, save: Callable[[], None]) -> bool:
        self._save_later.stop()
        try:
            save()
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
        return True

    def _hear(self, _told: Announcement) -> None:
        if self.is_saved:
            return  # only findings have changed
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
            self.keeping.sync_soon()
        elif not self._failed:
            self.save()

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
