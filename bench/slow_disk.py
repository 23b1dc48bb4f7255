"""Typing while a save takes long: the longest time for which the window answers nothing.

Time in which the window could run and the machine gave the processor to others is no absence of its own;
Linux tells how much that was.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from bench.figure import Figure
from bench.typing import commit, editor_of, open_window
from reportdesk.store import disk
from tools.open_report import open_report

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.window.main_window import MainWindow

_LIMIT = 50.0
"""Milliseconds: somebody who types does not see it."""
_SLOW = {"sync": 5.0, "sync_folder": 5.0, "read": 2.0}
"""Seconds that each of these steps takes."""
_TICK_MS, _KEY_MS, _SETTLED_MS = 2, 60, 2_000
_LONGEST = 120.0
_WAITED = Path("/proc/thread-self/schedstat")
"""Nanoseconds on the processor, and nanoseconds of waiting for it."""
_SIGNS = "推进政府信息公开工作，全年主动公开12条。"


def figures() -> list[Figure]:
    """The longest time between two rounds of the event loop, from the key Ctrl+S until that save is over."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false")
    name = "save: longest absence of the event loop, 5 s a sync and 2 s a read / limit"
    return [Figure(name, _longest_absence() * 1e3, _LIMIT, 1.0, "ms")]


def _longest_absence() -> float:
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest

    with open_window() as window, _slow_disk():
        editor = editor_of(window)
        QTest.qWait(_SETTLED_MS)  # the page is built and checked, which is no matter of the save
        ticks: list[tuple[float, float]] = []
        timer = QTimer()
        timer.setInterval(_TICK_MS)
        timer.timeout.connect(lambda: ticks.append((time.perf_counter(), _kept_waiting())))
        timer.start()
        _type_while_saving(window, editor)
        timer.stop()
    return max((now - then) - (waited - had) for (then, had), (now, waited) in itertools.pairwise(ticks))


def _kept_waiting() -> float:
    """For how many seconds this thread could run and was not let, so far; 0 where that is not told."""
    try:
        return int(_WAITED.read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def _type_while_saving(window: MainWindow, editor: QWidget) -> None:
    from PySide6.QtTest import QTest

    autosave = open_report(window).autosave
    signs = itertools.cycle(_SIGNS)
    commit(editor, next(signs))
    window.keeper.save_now()
    until = time.perf_counter() + _LONGEST
    while autosave.is_saving:
        if time.perf_counter() > until:
            raise RuntimeError("the save did not end")
        commit(editor, next(signs))
        QTest.qWait(_KEY_MS)


@contextlib.contextmanager
def _slow_disk() -> Iterator[None]:
    """Have the steps of the store that wait for the disk take seconds."""

    def slow(name: str) -> Callable[..., object]:
        own = getattr(disk, name)

        def step(*told: object) -> object:
            time.sleep(_SLOW[name])
            return own(*told)

        return step

    with contextlib.ExitStack() as stack:
        for name in _SLOW:
            stack.enter_context(mock.patch.object(disk, name, slow(name)))
        yield
