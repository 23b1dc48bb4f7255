"""The Python that runs this program, for who starts another process of it."""

from __future__ import annotations

import sys
from pathlib import Path


def own_python() -> list[str]:
    """That Python and the switches that every process of ours is started with."""
    # -P: a folder that the program was started in must not lend it a module. -X utf8: a
    # Chinese Windows' own encoding is GBK, and a library that asks for none would write it.
    return [str(_python(Path(sys.executable))), "-P", "-X", "utf8"]


def _python(running: Path) -> Path:
    """The Python to start: on Windows the one without a console, which a launcher stands beside."""
    if sys.platform == "win32":
        for folder in (running.parent, Path(sys.base_prefix)):
            if (folder / "pythonw.exe").exists():
                return folder / "pythonw.exe"
    return running
