"""reportdesk.exe and reportdesk-cli.exe, compiled from launcher.c."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from making.commands import run
from making.places import CONSOLE_LAUNCHER, HERE, LAUNCHER, TITLE, VERSION, WORK
from making.runtime import SERIES
from tools.dev.places import ROOT

_CC = "x86_64-w64-mingw32-gcc"
_WINDRES = "x86_64-w64-mingw32-windres"
_ICONS = ("reportdesk.ico", "report-file.ico")
_SOURCES = ("launcher.c", "launcher.rc", "launcher.manifest")
_HARDENED = ("-O2", "-s", "-Wall", "-Wextra", "-Werror", "-Wl,--no-insert-timestamp,--high-entropy-va")


def make_launchers(into: Path) -> None:
    """Compile both into the folder."""
    _compile(into / LAUNCHER, TITLE, ["-mwindows"])
    _compile(into / CONSOLE_LAUNCHER, f"{TITLE}（命令行）", ["-mconsole", "-DCONSOLE"])


def version_numbers(version: str) -> str:
    """The four numbers that Windows wants of a version, parted by commas."""
    numbers = [*re.findall(r"\d+", version)[:3], "0", "0", "0", "0"]
    return ",".join(numbers[:4])


def _compile(target: Path, title: str, options: list[str]) -> None:
    folder = WORK / "launcher" / target.stem
    folder.mkdir(parents=True, exist_ok=True)
    for source in _SOURCES:
        shutil.copy(HERE / source, folder)
    for icon in _ICONS:
        shutil.copy(ROOT / "resources" / "icons" / icon, folder)
    (folder / "version.h").write_text(
        f'#define VERSION_TEXT "{VERSION}"\n'
        f"#define VERSION_NUMBERS {version_numbers(VERSION)}\n"
        f'#define FILE_DESCRIPTION "{title}"\n'
        f'#define FILE_NAME "{target.name}"\n',
        encoding="utf-8",
    )
    windres = [_WINDRES, "-c", "65001", "launcher.rc", "-O", "coff", "launcher.res"]
    run(windres, to=f"compile what {target.name} says of itself", folder=folder)
    python = f'-DPYTHON_DLL=L"python{SERIES.replace(".", "")}.dll"'
    compiler = [_CC, *_HARDENED, "-municode", "-finput-charset=UTF-8", python, *options]
    run([*compiler, "launcher.c", "launcher.res", "-o", target], to=f"compile {target.name}", folder=folder)
