"""How soon the window is there, against a bare Qt window: whole processes, imports included."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.figure import Figure
from tools.dev.places import EXAMPLE, ROOT

RUNS = 11

_BARE = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        os._exit(0)

app = QApplication([])
window = Window()
window.show()
app.exec()
"""

# The program's own start, left at the moment that is measured.
_PAINTED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from reportdesk.gui.window import app
from reportdesk.gui.window.main_window import MainWindow

place = app.place
def place_and_leave(window):
    place(window)
    window.painted.connect(lambda: os._exit(0))
app.place = place_and_leave
app.run(Path(sys.argv[1]))
"""
_OPENED = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from reportdesk.gui.window import app
from reportdesk.gui.window.main_window import MainWindow

open_path = MainWindow.open_path
def open_and_leave(window, path):
    opened = open_path(window, path)
    QApplication.processEvents()
    os._exit(0 if opened else 1)
MainWindow.open_path = open_and_leave
app.run(Path(sys.argv[1]))
"""


class _Start(NamedTuple):
    seconds: float
    peak: float
    """MiB."""


def figures() -> list[Figure]:
    """First paint, the example open and editable, and the peak of memory then."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / EXAMPLE.name
        shutil.copyfile(EXAMPLE, report)
        compiled = Path(folder) / "compiled"
        runs: dict[str, list[_Start]] = {_BARE: [], _PAINTED: [], _OPENED: []}
        for number in range(RUNS + 1):
            for program, starts in runs.items():  # in turn, so that drift hits all alike
                start = _start(program, report, compiled)
                if number:
                    starts.append(start)
    bare, painted, opened = (_median(starts) for starts in runs.values())
    return [
        Figure("first paint of the window / bare QMainWindow", painted.seconds, bare.seconds, 1.6, "s"),
        Figure("the example open and editable / bare QMainWindow", opened.seconds, bare.seconds, 3.0, "s"),
        Figure("peak memory then / bare QMainWindow", opened.peak, bare.peak, 2.0, "MiB"),
    ]


def _start(program: str, report: Path, compiled: Path) -> _Start:
    """One process; sources are compiled beforehand, by the first round, as on a PC of a clerk."""
    own = {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(compiled),
        "REPORTDESK_HOME": str(report.parent / "home"),  # a window that is open elsewhere would take the file
    }
    environment = os.environ | own
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", program, str(report)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"a measured process ended with {process.returncode}")
    return _Start(took, usage.ru_maxrss / 1024)


def _median(starts: list[_Start]) -> _Start:
    return _Start(
        statistics.median(start.seconds for start in starts),
        statistics.median(start.peak for start in starts),
    )
