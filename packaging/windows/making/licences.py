"""Collects into the tree the licences of all that is passed on, from where each stands."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from making.places import HERE, LICENCES, NOTICES
from making.runtime import Runtime
from making.wheels import package_of
from tools.dev.places import ROOT, Stop

_DEBIAN = Path("/usr/share/common-licenses")
_OF_QT = ("LGPL-3", "GPL-3")
"""The LGPL is worded as an addition to the GPL."""
LGPL = frozenset({"pyside6-essentials", "shiboken6"})
"""What is under Qt's."""
_NSIS = Path("/usr/share/doc/nsis/copyright")
_WORDS = ("licen", "copying", "notice", "author")


def collect_licences(tree: Path, runtime: Runtime, wheels: Iterable[Path]) -> None:
    """Fill the tree's folder of licences: one folder a package, CPython, Qt, the fonts, the installer.

    Raises:
        Stop: a package brings no licence, so that it may not be passed on.
    """
    folder = tree / LICENCES
    shutil.copytree(ROOT / "resources" / "fonts" / "licences", folder / "fonts")
    (folder / "python").mkdir()
    shutil.copy(runtime.folder / "LICENSE.txt", folder / "python" / "LICENSE.txt")
    (folder / "qt").mkdir()
    for name in _OF_QT:
        shutil.copy(_DEBIAN / name, folder / "qt" / f"{name}.txt")
    (folder / "nsis").mkdir()
    shutil.copy(_NSIS, folder / "nsis" / "copyright.txt")
    notices = tree / NOTICES
    said = notices.read_text(encoding="utf-8") + (HERE / "third-party.md").read_text(encoding="utf-8")
    notices.write_text(said, encoding="utf-8", newline="\n")
    for wheel in wheels:
        package = package_of(wheel)
        if package not in LGPL:
            _collect(wheel, folder / package)


def _collect(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if _is_licence(name)]
        if not names:
            raise Stop(f"{wheel.name} brings no licence.")
        folder.mkdir()
        for name in names:
            shown = name.partition(".dist-info/")[2].removeprefix("licenses/").replace("/", "-")
            (folder / f"{shown.removesuffix('.txt')}.txt").write_bytes(archive.read(name))


def _is_licence(name: str) -> bool:
    inside = name.partition(".dist-info/")[2]
    return (
        bool(inside)
        and any(word in inside.lower() for word in _WORDS)
        and not inside.endswith((".json", "/"))
    )
