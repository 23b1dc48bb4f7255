"""The folder as it stands on the clerk's PC, without launchers, licences and bytecode yet.

reportdesk.exe, reportdesk-cli.exe    launchers
python/                               CPython and, in Lib/site-packages, the packages
lib/reportdesk/                       the program
resources/                            forms, rules, help, fonts, icons
licences/                             the texts that are passed on
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from making import kept
from making.dlls import closure
from making.places import LIBRARY, NOTICES, PROGRAM, PYTHON, RESOURCES, SITE_PACKAGES, WORK
from making.runtime import SERIES, Runtime
from making.wheels import package_of
from tools.dev.places import ROOT

_QT = ("pyside6-essentials", "shiboken6")
_PLAIN_FILES = ("LICENSE", NOTICES)

# Relative to the folder of python313.dll. A ._pth makes Python deaf to PYTHON* variables, to
# packages in the user's folders and to the folder that it was started in.
_SEARCH_PATH = f"python{SERIES.replace('.', '')}.zip\n.\nLib\\site-packages\n..\\{LIBRARY}\n"


def grow_tree(tree: Path, runtime: Runtime, wheels: Iterable[Path]) -> None:
    """Put CPython, packages, program and resources into the folder, which is emptied first."""
    shutil.rmtree(tree, ignore_errors=True)
    _plant_runtime(tree / PYTHON, runtime)
    packages = tree / SITE_PACKAGES
    qt = WORK / "qt"
    shutil.rmtree(qt, ignore_errors=True)
    for wheel in wheels:
        package = package_of(wheel)
        if package in _QT:
            _unpack(wheel, qt, "")
        else:
            _unpack(wheel, packages, package)
    _plant_qt(qt, packages, tree / PYTHON)
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "src" / PROGRAM, tree / LIBRARY / PROGRAM, ignore=ignored)
    shutil.copytree(ROOT / "resources", tree / RESOURCES, ignore=shutil.ignore_patterns("licences"))
    for name in _PLAIN_FILES:
        shutil.copy(ROOT / name, tree / name)


def settle_times(tree: Path, moment: int) -> None:
    """Give every file and folder the same time, so that two builds make the same bytes."""
    for path in (tree, *tree.rglob("*")):
        os.utime(path, (moment, moment))
        path.chmod(0o755 if path.is_dir() else 0o644)


def _plant_runtime(folder: Path, runtime: Runtime) -> None:
    folder.mkdir(parents=True)
    for path in runtime.folder.iterdir():
        if kept.keeps_of_runtime(path.name):
            shutil.copy(path, folder / path.name)
    search_path = folder / f"python{SERIES.replace('.', '')}._pth"
    search_path.write_text(_SEARCH_PATH, encoding="ascii", newline="\r\n")


def _unpack(wheel: Path, into: Path, package: str) -> None:
    """The files of a wheel that are kept; all of them where no package is named."""
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if not member.is_dir() and (not package or kept.keeps(package, member.filename)):
                archive.extract(member, into)


def _plant_qt(qt: Path, packages: Path, python: Path) -> None:
    """Qt's modules and plug-ins with all that they import, its Python side and its Chinese."""
    pyside, shiboken = qt / "PySide6", qt / "shiboken6"
    roots = [pyside / f"{module}.pyd" for module in kept.QT_MODULES]
    roots += [pyside / "plugins" / plugin for plugin in kept.QT_PLUGINS]
    roots += [shiboken / "Shiboken.pyd"]
    beside = {path.name.lower(): path for folder in (shiboken, pyside) for path in folder.glob("*.dll")}
    wanted = set(closure(roots, beside))
    wanted |= {path for folder in (pyside, shiboken) for path in folder.glob("*.py")}
    wanted |= set((pyside / "support").glob("*.py")) - {pyside / "support" / "generate_pyi.py"}
    wanted |= {pyside / "translations" / name for name in kept.QT_TRANSLATIONS}
    for path in sorted(wanted):
        if kept.C_RUNTIME.fullmatch(path.name):
            target = python / path.name
        else:
            target = packages / path.relative_to(qt)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
