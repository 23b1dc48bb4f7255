"""The window's end of the worker: starts the second process, asks it, and ends it.

One request is with the worker at a time; the others wait here, where a newer one can take an
older one's place. A request that takes too long, or a worker that breaks off, costs that one
request and one sentence; the next finds a new worker.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QDir, QObject, QProcess, QTimer, Signal

from reportdesk.worker.command import worker_command
from reportdesk.worker.messages import READING_BROKE_OFF, READING_TOO_LONG, Answer, Kind
from reportdesk.worker.protocol import Frame, FrameError, FrameReader, pack

TOO_LONG = (
    "这一步用的时间太长，已经停止，填写的内容不受影响。请再试一次；如果还是不行，请保存后重新打开年报台。"
)
BROKE_OFF = "后台程序意外停止，已重新启动，填写的内容不受影响。请再试一次。"
WILL_NOT_START = (
    "后台程序启动不了，暂时不能预览、打印和导出；填写和保存不受影响。请重新打开年报台，或重新安装。"
)
TOO_LARGE = "年报太大，后台程序处理不了。请删去误贴的内容。"
STOPPED = "已停止。"
_READING = {TOO_LONG: READING_TOO_LONG, BROKE_OFF: READING_BROKE_OFF}
"""What is said instead where it is the file's doing, and trying again is of no use."""

LIMITS_MS: Mapping[Kind, int] = {
    Kind.PING: 10_000,
    Kind.WARM_UP: 30_000,
    Kind.PDF: 30_000,
    Kind.PAGES: 30_000,
    Kind.PUBLISH: 120_000,
    Kind.SUBMIT: 120_000,
    Kind.PAPER: 60_000,
    Kind.SCAN: 30_000,
    Kind.READ: 20_000,
    Kind.CHECK: 30_000,
}
"""How long each request may take; a slow PC with a virus scanner takes a tenth of it."""

_REPEATABLE = (Kind.PING, Kind.WARM_UP, Kind.PDF, Kind.PAGES, Kind.CHECK)
"""What leaves nothing behind, and is asked once more by itself if the worker breaks off."""
_PAUSES_MS = (0, 500, 2_000, 10_000)
"""How long to wait before the next start, by how often the worker broke off in a row."""
_END_MS = 2_000


class Pending(QObject):
    """A request on its way: parts and progress may come, then ``done`` or ``failed``, once.

    One that a newer request replaced falls silent.
    """

    part: ClassVar[Signal] = Signal(Frame)
    progress: ClassVar[Signal] = Signal(Frame)
    done: ClassVar[Signal] = Signal(Frame)
    failed: ClassVar[Signal] = Signal(str)

    def __init__(self, asked: Frame, limit_ms: int, lane: str, parent: QObject) -> None:
        super().__init__(parent)
        self.asked = asked
        self.kind = Kind(asked.header["kind"])
        self.limit_ms = limit_ms
        self.lane = lane
        self.tries = 0


class WorkerClient(QObject):
    """Asks the worker, which it starts with the first request; ``close`` ends it for good.

    ``command`` is the program and its arguments, by default this Python's worker.
    """

    mishap: ClassVar[Signal] = Signal(str)
    """For the log: what went wrong in the worker, without a word of any report."""

    def __init__(self, parent: QObject | None = None, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = command or worker_command()
        self._process: QProcess | None = None
        self._ended: list[QProcess] = []
        self._reads = 0
        self._reader = FrameReader()
        self._waiting: deque[Pending] = deque()
        self._current: Pending | None = None
        self._number = 0
        self._broke_off = 0
        self._is_closed = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._take_too_long)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._advance)

    # -- asking

    def ask(self, asked: Frame, *, lane: str = "", limit_ms: int | None = None) -> Pending:
        """Send the request when its turn comes; connect to the result's signals at once.

        In a ``lane`` a later request takes the place of one that still waits, which falls silent.
        """
        kind = Kind(asked.header["kind"])
        pending = Pending(asked, limit_ms or LIMITS_MS[kind], lane, self)
        if lane:
            for older in [older for older in self._waiting if older.lane == lane]:
                self._waiting.remove(older)
                older.deleteLater()
        self._waiting.append(pending)
        QTimer.singleShot(0, self, self._advance)
        return pending

    def warm_up(self) -> None:
        """Start the worker and have it load its libraries; to be called when there is leisure."""
        self.ask(Frame({"kind": Kind.WARM_UP}), lane="warm up")

    def stop(self, pending: Pending) -> None:
        """Give the request up, if need be with the worker; it fails with ``STOPPED``."""
        if pending is self._current:
            self._end_process()
            self._fail(STOPPED)
        elif pending in self._waiting:
            self._waiting.remove(pending)
            _finish(pending, lambda: pending.failed.emit(STOPPED))

    def close(self) -> None:
        """End the worker; what it was at fails with ``STOPPED``, and nothing is asked any more."""
        self._is_closed = True
        self._end_process()
        self._pause.stop()
        self._fail(STOPPED)
        while self._waiting:
            self.stop(self._waiting[0])

    @property
    def process_id(self) -> int:
        """The worker's process, 0 if there is none."""
        return self._process.processId() if self._process else 0

    # -- one after the other

    def _advance(self) -> None:
        if self._current or not self._waiting or self._is_closed or self._pause.isActive():
            return
        if self._process is None:
            self._start()
            return  # goes on in _started
        if self._process.state() is not QProcess.ProcessState.Running:
            return
        self._current = pending = self._waiting.popleft()
        self._number += 1
        pending.tries += 1
        try:
            content = pack(Frame({**pending.asked.header, "number": self._number}, pending.asked.payload))
        except FrameError:
            self._fail(TOO_LARGE)
            return
        self._limit.start(pending.limit_ms)
        self._process.write(content)

    def _start(self) -> None:
        process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments(self._command[1:])
        process.setStandardErrorFile(QProcess.nullDevice())
        process.setWorkingDirectory(QDir.homePath())  # not where a USB stick would be held fast
        process.started.connect(self._advance)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._break_off)
        process.errorOccurred.connect(self._not_started)
        self._reader = FrameReader()
        self._process = process
        process.start()

    def _read(self) -> None:
        """Take what the worker says; whoever hears it may run the event loop, and end the process meanwhile."""
        self._reads += 1
        try:
            self._read_frames()
        finally:
            self._reads -= 1
            self._remove_ended()

    def _read_frames(self) -> None:
        if self._process is None:
            return
        try:
            for frame in self._reader.feed(bytes(self._process.readAllStandardOutput().data())):
                self._take(frame)
        except FrameError:
            self.mishap.emit("worker: FrameError")
            self._break_off()

    def _take(self, frame: Frame) -> None:
        pending = self._current
        if pending is None or frame.header.get("number") != self._number:
            return
        self._limit.start(pending.limit_ms)  # it is alive
        match frame.header.get("answer"):
            case Answer.PART:
                pending.part.emit(frame)
            case Answer.PROGRESS:
                pending.progress.emit(frame)
            case Answer.DONE:
                self._succeed(pending, frame)
            case Answer.ERROR:
                if frame.header.get("log"):
                    self.mishap.emit(f"worker, {pending.kind}: {frame.header['log']}")
                self._fail(str(frame.header.get("sentence", "")))
            case _:
                raise FrameError("no known answer")

    def _succeed(self, pending: Pending, frame: Frame) -> None:
        self._broke_off = 0
        self._clear_current()
        _finish(pending, lambda: pending.done.emit(frame))
        self._advance()

    def _fail(self, sentence: str) -> None:
        pending = self._current
        self._clear_current()
        if pending is not None:
            said = _READING.get(sentence, sentence) if pending.kind is Kind.READ else sentence
            _finish(pending, lambda: pending.failed.emit(said))
        self._advance()

    def _clear_current(self) -> None:
        self._limit.stop()
        self._current = None

    # -- troubles

    def _take_too_long(self) -> None:
        if self._current is not None:
            self.mishap.emit(f"worker, {self._current.kind}: took too long")
        self._end_process()
        self._fail(TOO_LONG)

    def _break_off(self) -> None:
        self._end_process()
        if self._is_closed:
            return
        pending = self._current
        if pending is not None:
            self.mishap.emit(f"worker, {pending.kind}: broke off")
        self._wait_a_little()
        if pending is not None and pending.kind in _REPEATABLE and pending.tries == 1:
            self._clear_current()
            self._waiting.appendleft(pending)
            self._advance()
        else:
            self._fail(BROKE_OFF)

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is not QProcess.ProcessError.FailedToStart:
            return  # `finished` follows
        self.mishap.emit("worker: failed to start")
        self._end_process()
        self._wait_a_little()
        failing = list(self._waiting)
        self._waiting.clear()
        for pending in failing:
            _finish(pending, lambda pending=pending: pending.failed.emit(WILL_NOT_START))  # type: ignore[misc]

    def _wait_a_little(self) -> None:
        pause = _PAUSES_MS[min(self._broke_off, len(_PAUSES_MS) - 1)]
        self._broke_off += 1
        if pause:
            self._pause.start(pause)

    def _end_process(self) -> None:
        process = self._process
        self._process = None
        if process is None:
            return
        process.blockSignals(True)  # what it says of its end is no news
        if process.state() is not QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(_END_MS)
        self._ended.append(process)
        self._remove_ended()
        if self._current is not None:
            _clear_up(self._current)

    def _remove_ended(self) -> None:
        """Delete what ended, but none in the middle of its own signal: an event loop within would do so at once."""
        if not self._reads:
            for process in self._ended:
                process.deleteLater()
            self._ended.clear()


def _clear_up(broken_off: Pending) -> None:
    """Remove what a request that was ended in the middle left in the clerk's folders."""
    from reportdesk.store.atomic_folder import settle_all
    from reportdesk.store.file import remove_unfinished

    header = broken_off.asked.header
    if broken_off.kind in (Kind.PUBLISH, Kind.PAPER):
        remove_unfinished(Path(header["folder"]))
    elif broken_off.kind is Kind.SUBMIT:
        settle_all(Path(header["beside"]))


def _finish(pending: Pending, tell: Callable[[], None]) -> None:
    tell()
    pending.deleteLater()
