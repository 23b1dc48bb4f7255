"""Whether the report's file is still there: a USB stick may be pulled out, a share may go away.

A thread looks, since a share that is gone takes its time to say so. It only waits for the
system, which holds no lock of Python's meanwhile. What to do about it is the window's matter.
"""

from __future__ import annotations

import threading
from pathlib import Path

from reportdesk.store import disk

_SURELY = 2
"""Looks in a row that find no file: while another program replaces it, there may be none."""


class Presence:
    """Looks for one file after another."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._missed = 0
        self._looking: threading.Thread | None = None

    def look(self, path: Path) -> bool:
        """Begin to look for that file; whether the looks before found it gone."""
        if path != self._path:
            self._path, self._missed = path, 0
        is_gone = self._missed >= _SURELY
        if self._looking is None or not self._looking.is_alive():
            self._looking = threading.Thread(target=self._look, args=(path,), daemon=True)
            self._looking.start()
        return is_gone

    def found_gone(self, path: Path) -> None:
        """The file was looked for in vain elsewhere."""
        self._path, self._missed = path, _SURELY

    def _look(self, path: Path) -> None:
        try:
            is_gone = disk.is_special(disk.status(path))
        except OSError:
            is_gone = True
        missed = self._missed + 1 if is_gone else 0
        if path == self._path:
            self._missed = missed
