"""What waits for the disk runs beside the event loop, so that a slow disk stops nobody from typing.

Answers for running it in a thread, for telling the event loop when it is done, and for the few places
where nothing can go on before: there the window is painted, says what it waits for, and can go on without.
A thread that waits for the system holds no lock of Python's meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from reportdesk.gui.look.controls import PlainLabel, push_button

_T = TypeVar("_T")

_LOOK_MS, _SELDOM_MS = 10, 200
_AT_ONCE = 0.03
"""Seconds within which most is done on a disk that is well; shorter than what anybody sees."""
_UNTOLD_MS = 300
"""So long clicks and keys wait too, before it is told what is waited for."""
_MARGIN, _GAP, _WIDE = 20, 12, 420


class Job(Generic[_T]):
    """One piece of work in a thread of its own, which the program's end does not wait for."""

    def __init__(self, work: Callable[[], _T], after: Job[Any] | None = None) -> None:
        """Begin it, once ``after`` is done."""
        self._after = after
        self._value: _T | None = None
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], _T]) -> None:
        if self._after is not None:
            self._after.is_done(within=None)
            self._after = None
        try:
            self._value = work()
        except BaseException as error:  # noqa: BLE001 - raised again where the outcome is asked for
            self._error = error

    def is_done(self, within: float | None = 0.0) -> bool:
        """Whether it is done, or is so within so many seconds; None waits for its end."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def outcome(self) -> _T:
        """What it gave, once it is done, or what it raised."""
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]  # None only where that is what it gave


class Beside(QObject):
    """Runs jobs, and tells in the event loop what came of them; ``in_order`` one after the other."""

    def __init__(self, parent: QObject, *, in_order: bool = False) -> None:
        super().__init__(parent)
        self._in_order = in_order
        self._running: list[tuple[Job[Any], Callable[[Job[Any]], object]]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(
        self, work: Callable[[], _T], then: Callable[[Job[_T]], object] = lambda job: job.outcome()
    ) -> Job[_T]:
        """Run it; ``then`` is called with the job once it is done. Without it what is raised is a mishap."""
        job = Job(work, self._running[-1][0] if self._in_order and self._running else None)
        self._running.append((job, then))
        self._timer.start(_LOOK_MS)
        return job

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs."""
        return not self._running

    def look(self) -> None:
        """Tell of what is done by now."""
        done = [one for one in self._running if one[0].is_done()]
        self._running = [one for one in self._running if one not in done]
        if not self._running:
            self._timer.stop()
        elif not done:  # what takes long, as on a share that hangs, is looked at less often
            self._timer.setInterval(min(self._timer.interval() + 1, _SELDOM_MS))
        for job, then in done:
            then(job)

    def finish(self, says: str) -> bool:
        """Wait until all is done and told; False if the clerk goes on without."""
        for job, _then in tuple(self._running):
            if not wait_for(job, says):
                return False
        self.look()
        return True


def wait_for(job: Job[_T], says: str, comfort: str = "", *, may_go_on: bool = True) -> bool:
    """Wait with a live window until it is done; False if the clerk goes on without.

    ``comfort`` says what becomes of it then. At first nothing is shown, and clicks and keys wait as well.
    """
    if job.is_done(_AT_ONCE):
        return True
    _waits.append(job)
    try:
        return _wait_in_loop(job, says, comfort, may_go_on=may_go_on)
    finally:
        _waits.remove(job)


_waits: list[Job[Any]] = []


def is_waiting() -> bool:
    """Whether some function waits just now and goes on later with the window, the page and the report it had."""
    return bool(_waits)


def _wait_in_loop(job: Job[Any], says: str, comfort: str, *, may_go_on: bool) -> bool:
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(_LOOK_MS)
    timer.timeout.connect(lambda: loop.quit() if job.is_done() else None)
    timer.start()
    QTimer.singleShot(_UNTOLD_MS, loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if job.is_done():
        return True
    dialog = WaitDialog(says, comfort, QApplication.activeWindow(), may_go_on=may_go_on)
    dialog.given_up.connect(loop.quit)
    dialog.open()
    loop.exec()
    dialog.hide()
    dialog.deleteLater()
    return job.is_done()


def waited(work: Callable[[], _T], says: str) -> _T:
    """What that gives, waited for with a live window and without a way to go on; raises what it raises."""
    job = Job(work)
    wait_for(job, says, may_go_on=False)
    return job.outcome()


class WaitDialog(QDialog):
    """Says what is waited for, over a window that is painted meanwhile."""

    given_up: ClassVar[Signal] = Signal()
    """The clerk goes on without."""

    def __init__(self, says: str, comfort: str, parent: QWidget | None, *, may_go_on: bool) -> None:
        super().__init__(parent)
        self._may_go_on = may_go_on
        self.setWindowTitle("请稍等")
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_GAP)
        for sentence in filter(None, (says, comfort)):
            label = PlainLabel(sentence)
            label.setWordWrap(True)
            column.addWidget(label)
        if may_go_on:
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(push_button("不等了", self.given_up.emit))
            column.addLayout(row)
        self.setMinimumWidth(_WIDE)

    def reject(self) -> None:
        """Go on without, as the button does; where that cannot be the window stays."""
        if self._may_go_on:
            self.given_up.emit()
