"""A prefix of Wine's own: what building and trying the installer run Windows' programs in.

Nothing in it comes from, or goes to, the home folder of whoever builds.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from making.needs import WINE
from tools.dev.places import Stop

_SERVER = "/usr/lib/wine/wineserver64"
_SILENT = "mscoree,mshtml,winedbg.exe,winemenubuilder.exe="
"""No .NET, no browser, no debugger that waits, no entries in the desktop of this PC."""

_LAST_WORDS = 5.0
"""Seconds: Wine's desktop, which a program starts by the way, may keep its output open for as long as it stands."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """A made-up Windows. ``settings`` are environment variables beside Wine's own."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def drive_c(self) -> Path:
        """Drive C as a folder."""
        return self.folder / "drive_c"

    def environment(self) -> dict[str, str]:
        """What a program in the prefix is started with."""
        home = self.folder.parent / f"{self.folder.name}-home"
        home.mkdir(parents=True, exist_ok=True)
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))},
            "WINEPREFIX": str(self.folder),
            "HOME": str(home),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _SILENT,
            **self.settings,
        }

    def start(self, command: Sequence[str | Path], **options: object) -> subprocess.Popen[bytes]:
        """Start a program of Windows, named by its path here or there."""
        words = [str(WINE), *map(str, command)]
        return subprocess.Popen(words, env=self.environment(), **options)  # type: ignore[call-overload,no-any-return]

    def run(
        self, command: Sequence[str | Path], *, seconds: float = 600, encoding: str = "utf-8"
    ) -> tuple[int, str]:
        """Exit code of a program and what it said; through a pipe, since a file as output fails in Wine 8.

        Raises:
            Stop: it did not end in time.
        """
        read, write = os.pipe()
        running = self.start(command, stdin=subprocess.DEVNULL, stdout=write, stderr=write)
        os.close(write)
        said: list[bytes] = []
        reader = threading.Thread(target=_gather, args=(read, said), daemon=True)
        reader.start()
        try:
            code = running.wait(seconds)
        except subprocess.TimeoutExpired as error:
            running.kill()
            raise Stop(f"under Wine, {Path(str(command[0])).name} did not end in {seconds:.0f} s.") from error
        reader.join(_LAST_WORDS)
        return code, b"".join(said).decode(encoding, errors="replace")

    def make(self, windows: str = "win10") -> None:
        """Make the prefix, unless it stands, and keep its services awake until ``end``.

        They are started here with no output: who starts them by the way would wait for theirs.
        """
        is_new = not (self.folder / "system.reg").exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([_SERVER, "-p"], env=self.environment(), check=False)
        for command in (["wineboot", *(["-i"] if is_new else [])], ["winecfg", "-v", windows]):
            silent = subprocess.DEVNULL
            self.start(command, stdin=silent, stdout=silent, stderr=silent).wait()

    def end(self) -> None:
        """End all that still runs in this prefix, and in no other."""
        for option in ("-k", "-w"):
            subprocess.run([_SERVER, option], env=self.environment(), check=False)


def _gather(read: int, said: list[bytes]) -> None:
    """Read the pipe to its end, and close it."""
    while chunk := os.read(read, 1 << 16):
        said.append(chunk)
    os.close(read)


def windows_path(path: Path) -> str:
    """What a program in a prefix calls a file of this PC."""
    return "Z:" + str(path.resolve()).replace("/", "\\")
