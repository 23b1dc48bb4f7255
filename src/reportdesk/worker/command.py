"""How a worker is started, for all who start one."""

from __future__ import annotations

import sys
from pathlib import Path


def worker_command(*options: str) -> list[str]:
    """The program that serves as worker and its arguments."""
    # -P: a folder that the program was started in must not lend it a module. -X utf8: a
    # Chinese Windows' own encoding is GBK, and a library that asks for none would write it.
    return [str(_python(Path(sys.executable))), "-P", "-X", "utf8", "-m", "reportdesk.worker", *options]


def _python(running: Path) -> Path:
    """The Python to start: on Windows the one without a console, which a launcher stands beside."""
    if sys.platform == "win32":
        for folder in (running.parent, Path(sys.base_prefix)):
            if (folder / "pythonw.exe").exists():
                return folder / "pythonw.exe"
    return running
