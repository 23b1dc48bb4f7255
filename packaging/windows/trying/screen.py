"""A display of its own: pictures of it, and a mouse and keys."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from making.places import WORK
from tools.dev.places import Stop

PICTURES = WORK / "trying" / "pictures"
_POLL = 0.02


@dataclass(frozen=True, slots=True)
class Screen:
    """``display`` is what DISPLAY names it."""

    display: str

    def picture(self, name: str) -> Path:
        """Keep what is to be seen now."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        target = PICTURES / f"{name}.png"
        subprocess.run(["import", "-display", self.display, "-window", "root", str(target)], check=True)
        return target

    def press(self, *keys: str) -> None:
        """Press keys, named as X names them."""
        self._do("key", "--delay", "80", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "80", text)

    def click(self, x: int, y: int, *, times: int = 1) -> None:
        """Click there."""
        self._do("mousemove", str(x), str(y), "click", "--repeat", str(times), "--delay", "60", "1")

    def wait_for(self, title: str, *, seconds: float = 60) -> str:
        """The window whose title matches, once it is to be seen.

        Raises:
            Stop: it never is.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self._do("search", "--onlyvisible", "--name", title).split()
            if found:
                return found[0]
            time.sleep(_POLL)
        self.picture("a window was waited for")
        raise Stop(f"no window “{title}” in {seconds:.0f} s")

    def has(self, title: str) -> bool:
        """Whether such a window is to be seen."""
        return bool(self._do("search", "--onlyvisible", "--name", title).split())

    def place(self, window: str, x: int, y: int, width: int, height: int) -> None:
        """Move and size a window, and give it the keys."""
        self._do("windowsize", window, str(width), str(height), "windowmove", window, str(x), str(y))
        self._do("windowfocus", window)

    def _do(self, *words: str) -> str:
        settings = os.environ | {"DISPLAY": self.display}
        result = subprocess.run(
            ["xdotool", *words], env=settings, capture_output=True, text=True, check=False, timeout=120
        )
        return result.stdout


@contextmanager
def a_screen(width: int = 1366, height: int = 768) -> Iterator[Screen]:
    """A display of that size, until the end."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    running = subprocess.Popen(
        command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    try:
        yield Screen(f":{number}")
    finally:
        running.terminate()
        running.wait()
