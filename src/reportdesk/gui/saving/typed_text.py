"""What stands in open editors is noted within a second, and offered again as what it is: not entered yet.

Looks on a timer while an editor has the focus, so that no key waits for it; a thread writes. Where
a text stands and how it is put back is each editor's; the file is ``store.user_data.typed_texts``'s.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from reportdesk.gui.common.background_jobs import Beside, Job, wait_for, waited
from reportdesk.store.file import StoreError
from reportdesk.store.user_data.typed_texts import Kind, Typed, file_of, read_typed, write_typed

if TYPE_CHECKING:
    from reportdesk.gui.common.lazy import Lazy
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.context.open_report import OpenReport
    from reportdesk.gui.report.workflow_bar import Standing
    from reportdesk.gui.saving.report_questions import ReportQuestions

_WAITS = "正在记下还没有确认的输入，磁盘有点慢。"
EVERY_MS = 400
"""Between looks; with the writing it stays below a second."""

Texts = Callable[[], Iterable[Typed]]
_SHOWN = 24
_NAMED = 3


class _Kept:
    """One file, and what it holds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left = read_typed(path)
        """From before, not put back and not given up yet."""
        self._holds = self.left
        self._writing: Thread | None = None

    def keep(self, typed: tuple[Typed, ...]) -> bool:
        """Have this kept, in a thread; whether it stands there already."""
        places = {(one.kind, one.key) for one in typed}
        whole = (*typed, *(one for one in self.left if (one.kind, one.key) not in places))
        if self._writing is not None and self._writing.is_alive():
            return False
        if whole == self._holds:
            return True
        self._holds = whole
        self._writing = Thread(target=_write, args=(self.path, whole), daemon=True)
        self._writing.start()
        return False

    def finish(self, typed: tuple[Typed, ...]) -> None:
        """Keep this, and wait until it is kept."""
        for _ in range(2):
            if self._writing is not None:
                self._writing.join()
            self.keep(typed)
        if self._writing is not None:
            self._writing.join()

    def take(self, kinds: Iterable[Kind]) -> tuple[Typed, ...]:
        """What is left of these kinds, which is left no more."""
        wanted = frozenset(kinds)
        taken = tuple(one for one in self.left if one.kind in wanted)
        self.left = tuple(one for one in self.left if one.kind not in wanted)
        return taken


def _write(path: Path, typed: tuple[Typed, ...]) -> None:
    with contextlib.suppress(StoreError, OSError):  # a full disk is told when saving the report
        write_typed(path, typed)


class TypedText(QObject):
    """Keeps what stands in the open editors of one window, the reason for a step of ``standing`` too."""

    def __init__(self, context: Context, questions: ReportQuestions, standing: Lazy[Standing]) -> None:
        super().__init__(context)
        self._context = context
        self._questions = questions
        self._standing = standing
        self._folder = folder = context.preferences.folders.typed
        self._beside = Beside(self)
        self._reading = Job(lambda: _Kept(file_of(folder, None)))
        self._report: _Kept | None = None
        self._watched: dict[Kind, Texts] = {}
        self._noted: tuple[Typed, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    @property
    def _start(self) -> _Kept:
        """What is kept of editors outside of a report; the same however often it is waited for."""
        wait_for(self._reading, _WAITS, may_go_on=False)
        return self._reading.outcome()

    # -- noting

    def begin(self, report: Path) -> None:
        """Keep from now on what is typed into that report."""
        self._report = waited(lambda: _Kept(file_of(self._folder, report)), _WAITS)

    def end(self) -> None:
        """Keep what stands in the report's editors, and note no more of that report."""
        self._beside.finish(_WAITS)
        if self._report is not None:
            wait_for(Job(partial(self._report.finish, self._in_report())), _WAITS)
            self._report = None

    def stop(self) -> None:
        """The window closes: keep all, and look no more."""
        self.end()
        self._timer.stop()
        wait_for(Job(partial(self._start.finish, self._at_start())), _WAITS)

    def _move_to(self, report: Path) -> None:
        """What is kept goes along with a report that has another path now."""
        before = self._report
        wanted = file_of(self._folder, report)
        if before is not None and before.path != wanted and self._beside.is_idle:
            self._beside.start(lambda: _Kept(wanted), partial(self._moved, before))

    def _moved(self, before: _Kept, job: Job[_Kept]) -> None:
        if before is self._report:
            self._report = job.outcome()
            self._report.left += before.take(Kind)
            self._beside.start(partial(before.finish, ()))
            self._look()

    def watch(self, kind: Kind, editor: QWidget, texts: Texts) -> tuple[Typed, ...]:
        """Note also what that editor outside of a report holds; what it held before, to be put back."""
        self._watched[kind] = texts
        editor.destroyed.connect(lambda: self._lose(kind, texts))
        return self._start.take((kind,))

    def detach(self, kind: Kind, *, kept: bool) -> None:
        """That editor is closed; ``kept`` where what it holds was not entered and is offered again."""
        texts = self._watched.pop(kind, None)
        if texts is not None and kept:
            self._start.left = (*self._start.left, *texts())
        self._look()

    def _lose(self, kind: Kind, texts: Texts) -> None:
        """The editor went without a word, as where a report was opened over it: what was noted is offered."""
        if self._watched.get(kind) is texts:
            del self._watched[kind]
            self._start.left = (*self._start.left, *(one for one in self._noted if one.kind is kind))

    @property
    def left_at_start(self) -> tuple[Typed, ...]:
        """What was typed outside of a report and is neither put back nor entered."""
        return self._start.left

    def give_up(self, kind: Kind) -> None:
        """The clerk does not want it any more."""
        self._start.take((kind,))
        self._look()

    def _follow_focus(self, _before: QWidget | None, focus: QWidget | None) -> None:
        if isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit) and not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        report = self._context.current
        if report is not None:
            self._move_to(report.path)
        done = self._start.keep(self._at_start())
        if self._report is not None:
            done = self._report.keep(self._in_report()) and done
        focus = QApplication.focusWidget()
        if done and not isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _at_start(self) -> tuple[Typed, ...]:
        self._noted = tuple(one for texts in self._watched.values() for one in texts())
        return self._noted

    def _in_report(self) -> tuple[Typed, ...]:
        report, standing = self._context.current, self._standing.made
        in_view = tuple(report.view.typed()) if report is not None else ()
        return (*in_view, *(standing.typed() if standing is not None else ()))

    # -- offering again

    def offer(self) -> None:
        """Ask whether what was typed into the report that is open is to be put back."""
        report, kept = self._context.current, self._report
        if kept is None or not kept.left or report is None:
            return
        if self._questions.is_asking or report.session.closed_because:
            return  # offered once that question is answered
        named = "；".join(_says(one, report.view.name_of_typed(one)) for one in kept.left[:_NAMED])
        more = f"，共 {len(kept.left)} 处" if len(kept.left) > _NAMED else ""
        self._questions.ask(
            f"上次有写了一半、还没有确认的输入：{named}{more}。要放回原处接着写吗？年报里还没有这些。",
            [
                ("放回去", "放回原来的格子或输入框，由您确认", self._put_back),
                ("不要了", "不放回；年报不变", self._give_up_report),
            ],
        )

    def _put_back(self) -> None:
        report, kept = self._context.current, self._report
        if kept is None or report is None:
            return
        left = sorted(kept.take(Kind), key=lambda one: _ORDER.index(one.kind))
        self._questions.ask_no_more()
        lost = [one for one in left if not self._restore(report, one)]
        if lost:
            told = "；".join(_says(one, report.view.name_of_typed(one)) for one in lost)
            self._context.messages.warn(f"原来的地方已经没有了，没有放回：{told}。")
        self._look()

    def _restore(self, report: OpenReport, one: Typed) -> bool:
        editors = self._standing.get() if one.kind is Kind.MOVE else report.view
        return editors.put_back(one)

    def _give_up_report(self) -> None:
        if self._report is not None:
            self._report.take(Kind)
            self._questions.ask_no_more()
            self._look()


_ORDER = (Kind.MOVE, Kind.REASON, Kind.FACT, Kind.REMARK, Kind.CELL)
"""The cell last: its editor would close as the focus went elsewhere."""


def _says(one: Typed, where: str) -> str:
    text = one.text if len(one.text) <= _SHOWN else f"{one.text[:_SHOWN]}…"
    return f"{where}“{text}”" if text else f"{where}（已清空）"
