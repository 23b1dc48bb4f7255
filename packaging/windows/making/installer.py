"""The installer: tells NSIS what the tree holds, and has it packed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from making.commands import run
from making.launchers import version_numbers
from making.nsis_words import chinese_nsis
from making.places import CONSOLE_LAUNCHER, HERE, LAUNCHER, PYTHON, VERSION, WORK, source_date
from making.runtime import SERIES
from making.wizard import draw_wizard
from reportdesk.resources import DISTRICT
from tools.dev.places import ROOT

_IN_USE = (
    LAUNCHER,
    CONSOLE_LAUNCHER,
    f"{PYTHON}\\pythonw.exe",
    f"{PYTHON}\\python{SERIES.replace('.', '')}.dll",
)
"""Whoever uses the program has one of these open."""


def pack(
    tree: Path,
    target: Path,
    *,
    sign: str = "",
    fast: bool = False,
    version: str = VERSION,
    size: int | None = None,
) -> None:
    """Make the installer of the tree. ``fast`` packs loosely, and ``size`` claims other bytes, for tries.

    Raises:
        Stop: NSIS refused.
    """
    folder = WORK / "installer"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "parts.nsh").write_text(_parts(tree), encoding="utf-8")
    draw_wizard(folder / "wizard.bmp")
    os.utime(
        folder / "wizard.bmp", (source_date(),) * 2
    )  # NSIS keeps a file's time, also of those it only shows
    if size is None:
        size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
    told = {
        "VERSION": version,
        "NUMBERS": version_numbers(version).replace(",", "."),
        "ICONS": str(ROOT / "resources" / "icons"),
        "OUT": str(target),
        "SIZE_KB": str(size // 1024),
        "SIGN": sign,
        "DISTRICT": DISTRICT,
        **({"FAST": ""} if fast else {}),
    }
    words = [f"-D{name}={value}" for name, value in told.items()]
    target.parent.mkdir(parents=True, exist_ok=True)
    settings = {"NSISDIR": str(chinese_nsis()), "SOURCE_DATE_EPOCH": str(source_date())}
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", "-NOCD", *words, str(HERE / "setup.nsi")]
    run(command, to="pack the installer", folder=folder, environment=settings)


def _parts(tree: Path) -> str:
    """NSIS macros: what to unpack, and to do something with each folder and file at the tree's top, and program.

    NSIS itself would take files in the order in which the disk has them, another on each PC.
    """
    folders = sorted(path.name for path in tree.iterdir() if path.is_dir())
    files = sorted(path.name for path in tree.iterdir() if path.is_file())
    return _unpack(tree) + "".join(
        _each(name, parts)
        for name, parts in (("EachFolder", folders), ("EachFile", files), ("EachProgram", _IN_USE))
    )


def _unpack(tree: Path) -> str:
    lines = []
    for folder in sorted({path.parent for path in tree.rglob("*") if path.is_file()}):
        below = str(folder.relative_to(tree)).replace("/", "\\")
        lines.append('SetOutPath "$INSTDIR' + ("" if folder == tree else f"\\{below}") + '"')
        lines += [f'File "{path}"' for path in sorted(folder.iterdir()) if path.is_file()]
    return "!macro Unpack\n" + "".join(f"  {line}\n" for line in lines) + "!macroend\n"


def _each(name: str, parts: Iterable[str]) -> str:
    lines = (f'  !insertmacro ${{action}} "{part}"\n' for part in parts)
    return f"!macro {name} action\n{''.join(lines)}!macroend\n"
