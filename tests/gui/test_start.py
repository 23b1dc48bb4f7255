"""The start of the program in a process of its own: what is loaded when, and that it ends well."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"


def run(program: str, *arguments: str) -> list[str]:
    """What a program prints, which is run by the window's process."""
    command = [sys.executable, "-c", textwrap.dedent(program), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=os.environ)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_what_is_slow_to_import_waits_until_the_window_was_painted() -> None:
    program = """
        import sys
        from pathlib import Path
        from PySide6 import QtCore
        from reportdesk.gui.window import app
        from reportdesk.gui.window.main_window import MainWindow

        slow = ("datetime", "pydantic", "openpyxl", "reportlab", "tomllib", "reportdesk.checks", "reportdesk.session")
        paint = MainWindow.paintEvent
        def tell(window, event):
            print("painted", [name for name in slow if name in sys.modules], "Qt" in vars(QtCore))
            paint(window, event)
        MainWindow.paintEvent = tell
        open_path = MainWindow.open_path
        def open_and_end(window, path):
            print("opened", open_path(window, path))
            print("exporters", [name for name in ("openpyxl", "reportlab") if name in sys.modules])
            window.close()
        MainWindow.open_path = open_and_end
        app.run(Path(sys.argv[1]))
    """
    said = run(program, str(EXAMPLE))
    assert said[0] == "painted [] False", "naming QtCore.Qt makes all its enums, an eighth of the time"
    assert [line for line in said if not line.startswith("painted")] == ["opened True", "exporters []"]


def test_no_source_text_is_read_at_the_start() -> None:
    program = """
        import builtins, linecache
        own = builtins.__import__
        import reportdesk.gui.window.app, reportdesk.report.file.model
        read = [name for name in linecache.cache if "reportdesk" in name or "pydantic" in name]
        print(builtins.__import__ is own, read)
    """
    assert run(program) == ["True []"]


def test_the_program_opens_a_file_and_closes_without_a_word(tmp_path: Path) -> None:
    report = tmp_path / "常乐.gknb"
    shutil.copyfile(EXAMPLE, report)
    program = """
        import sys
        from pathlib import Path
        from PySide6.QtCore import QTimer, qInstallMessageHandler
        from reportdesk.gui.window import app
        from reportdesk.gui.window.main_window import MainWindow

        qInstallMessageHandler(lambda _kind, _context, text: print("Qt:", text))
        open_path = MainWindow.open_path
        def open_and_end(window, path):
            open_path(window, path)
            print(window.windowTitle())
            QTimer.singleShot(50, window.close)
        MainWindow.open_path = open_and_end
        print("code", app.run(Path(sys.argv[1])))
    """
    said = [line for line in run(program, str(report)) if "propagateSizeHints" not in line]
    assert said == ["沙坡头区常乐镇 2024年（常乐.gknb） — 年报台", "code 0"]
    assert report.read_bytes() == EXAMPLE.read_bytes()


def test_the_program_starts_without_a_console() -> None:
    program = """
        import os, sys
        from PySide6.QtCore import QTimer
        from reportdesk.gui.window import app
        from reportdesk.gui.window.main_window import MainWindow

        shown = os.dup(1)
        sys.stdout = sys.stderr = None
        start = MainWindow.show_start
        def start_and_end(window):
            start(window)
            QTimer.singleShot(50, window.close)
        MainWindow.show_start = start_and_end
        os.write(shown, f"code {app.run(None)}".encode())
    """
    assert run(program) == ["code 0"]
