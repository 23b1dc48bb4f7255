"""What a controller may touch: the open report, messages, the worker, preferences, this PC's unit.

Knows no widget of ours. The room ``window`` makes it, is its ``Shell`` and sets what is open;
every other room is handed it. Of an edit it tells once, by ``changed``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.common.locations import Place
    from reportdesk.gui.common.preferences import Preferences
    from reportdesk.gui.common.worker_client import WorkerClient
    from reportdesk.gui.context.open_report import OpenReport
    from reportdesk.session.session import Session
    from reportdesk.store.user_data.unit_profile import UnitProfile


class Messages(Protocol):
    """What can be said to the clerk in one line; ``common.status_line`` says how each is shown."""

    @property
    def message(self) -> str:
        """The sentence that is shown."""

    def say(
        self,
        sentence: str,
        remedy: str = "",
        do: Callable[[], object] | None = None,
        *,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Show a message for a while."""

    def say_while(self, sentence: str, holds: Callable[[], bool]) -> None:
        """Show a message for a while, and no longer than what it states."""

    def warn(
        self,
        sentence: str,
        remedy: str = "",
        do: Callable[[], object] | None = None,
        *,
        holds: Callable[[], bool] | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Show that something was not done or needs a look; it stays until the next message."""

    def trouble(self, sentence: str, remedy: str, do: Callable[[], object]) -> None:
        """Show what is wrong until ``trouble_over``."""

    def trouble_over(self) -> None:
        """Take the trouble back."""

    def begin_anew(self) -> None:
        """Forget all that was said: another report is open."""

    def show_saved(self, at: dt.datetime | None) -> None:
        """Say when the file last held everything; None while something is not saved."""

    def show_noted(self, at: dt.datetime | None) -> None:
        """Say that what was typed since then stands in the journal."""

    def show_saving(self) -> None:
        """Say that the file is being written."""


class Shell(Protocol):
    """What the window does for its controllers."""

    def open_path(self, path: Path, place: Place | None = None) -> bool:
        """Open that report in place of the one that is open; whether that went well."""

    def open_again(self) -> None:
        """Read the open report's file anew."""

    def back_to_start(self) -> None:
        """Close the open report and show the list of reports."""

    def show_start(self) -> None:
        """Show the list of reports."""

    def show_settings(self) -> None:
        """Let the clerk change the settings."""

    def show_middle(self, widget: QWidget) -> None:
        """Show this between the menus and the status line, in place of what is there."""

    def shows(self, widget: QWidget) -> bool:
        """Whether that is what stands there."""

    def show_above(self, bar: QWidget) -> None:
        """Show a bar over the whole width."""

    def cover(self, page: QWidget, lost: Callable[[], object]) -> None:
        """Show a page over the report, or in place of another; ``lost`` is called if the report goes away."""

    def uncover(self) -> None:
        """Show the report again and take the page over it away."""

    def show_standing(self) -> None:
        """Show the report's state, and keep from changes one that takes none."""

    def may_edit(self, what: str) -> bool:
        """Whether the report is in sight, so that it may be changed; if not, that is said."""

    def undo(self) -> None:
        """Take the newest step back and go where it was made."""


class Context(QObject):
    """One for each window."""

    opened: ClassVar[Signal] = Signal()
    """``current`` is a report that was opened just now."""

    closed: ClassVar[Signal] = Signal()
    """No report is open any more."""

    changed: ClassVar[Signal] = Signal(object)
    """The open report was edited, or other things are found in it: the session's Announcement."""

    saved: ClassVar[Signal] = Signal()
    """The report's file holds everything; it may be another file than before."""

    def __init__(self, preferences: Preferences, messages: Messages, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.messages = messages
        self.shell = shell
        self._current: OpenReport | None = None
        self._unsubscribe: Callable[[], None] | None = None

    # -- the open report

    @property
    def current(self) -> OpenReport | None:
        """The report that is open; None while none is."""
        return self._current

    def is_open(self, session: Session) -> bool:
        """Whether that is the session of the report that is open now."""
        return self._current is not None and self._current.session is session

    def open(self, report: OpenReport) -> None:
        """Let this be the open report; none may be open."""
        self._current = report
        self._unsubscribe = report.session.subscribe(self.changed.emit)
        report.view.show_report()
        self.opened.emit()

    def replace(self, report: OpenReport) -> None:
        """The same session is shown by another view from now on."""
        self._current = report
        report.view.show_report()

    def close(self) -> None:
        """No report is open any more; ``view`` was let go and ``autosave`` stopped by who opened it."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._current = self._unsubscribe = None
        self.closed.emit()

    # -- what it is worked with

    @cached_property
    def worker(self) -> WorkerClient:
        """The second process, which is started when it is first asked."""
        from reportdesk.gui.common.worker_client import WorkerClient

        worker = WorkerClient(self)
        worker.mishap.connect(_log)
        return worker

    def end(self) -> None:
        """The window closes: end the second process, if it was ever asked."""
        if "worker" in self.__dict__:
            self.worker.close()

    def own_unit(self) -> UnitProfile | None:
        """The unit of this PC, None while it was not given; one that cannot be read is told."""
        from reportdesk.gui.common.background_jobs import waited
        from reportdesk.store.clock import now
        from reportdesk.store.user_data.profile import read_own_profile

        file = self.preferences.folders.profile_file
        unit, sentence = waited(lambda: read_own_profile(file, now()), "正在读本单位资料，磁盘有点慢。")
        if sentence:
            self.messages.warn(sentence)
        return unit


def _log(_what: str) -> None:
    from reportdesk.store.log import Event, log_event

    log_event(Event.WORKER_ENDED)
