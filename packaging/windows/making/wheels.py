"""The locked packages for Windows: which lines of the lock hold there, and their wheels.

pip asks whether a line's marker holds on the PC that it runs on, so the markers are read here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

from making.commands import run
from making.places import WORK
from making.runtime import SERIES
from tools.dev.places import REQUIREMENTS

_ENTRY = re.compile(r"^(?P<pin>[a-z0-9.-]+==[^ ;\\]+)(?: *; *(?P<marker>[^\\\n]+?))? *\\\n", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A package of the lock that Windows needs."""

    pin: str
    """Such as lxml==6.1.3."""
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The package."""
        return self.pin.partition("==")[0]


def entries(lock: str, python: str) -> Iterator[Entry]:
    """What of a lock's text holds on 64-bit Windows with that Python, such as 3.13.2."""
    windows = {
        "implementation_name": "cpython",
        "implementation_version": python,
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.17763",
        "python_full_version": python,
        "python_version": SERIES,
        "sys_platform": "win32",
    }
    starts = list(_ENTRY.finditer(lock))
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(lock)
        if start["marker"] is None or Marker(start["marker"]).evaluate(windows):
            yield Entry(start["pin"], tuple(_HASH.findall(lock[start.end() : end])))


def fetch_wheels(
    python: str, *, lock_name: str = "run", only: Collection[str] = (), folder: Path = WORK / "wheels"
) -> list[Path]:
    """The wheels of a lock for Windows, by name: all of them, or only those of the packages named.

    Raises:
        Stop: pip could not fetch them, or one is not what the lock names.
    """
    locked = entries((REQUIREMENTS / f"{lock_name}.txt").read_text(encoding="utf-8"), python)
    wanted = [entry for entry in locked if not only or entry.name in only]
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / "windows.txt"
    lines = (" ".join((entry.pin, *entry.hashes)) for entry in wanted)
    lock.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for old in folder.glob("*.whl"):
        if _pin_of(old) not in {entry.pin for entry in wanted}:
            old.unlink()
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--only-binary", ":all:", "--platform", "win_amd64", "--implementation", "cp"]
    command += ["--python-version", SERIES, "--find-links", str(folder), "-r", str(lock), "-d", str(folder)]
    for abi in (f"cp{SERIES.replace('.', '')}", "abi3", "none"):
        command += ["--abi", abi]
    run(command, to="fetch the wheels for Windows")
    return sorted(folder.glob("*.whl"))


def package_of(wheel: Path) -> str:
    """The package's name as the lock has it."""
    return _pin_of(wheel).partition("==")[0]


def _pin_of(wheel: Path) -> str:
    name, version, *_ = wheel.name.split("-")
    return f"{re.sub(r'[_.]+', '-', name).lower()}=={version}"
