"""Debian's programs that build and try the installer. Standard library only: it runs first."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from tools.dev import debian
from tools.dev.places import Stop

WINE = Path("/usr/lib/wine/wine64")
"""Not `wine`, which asks for 32-bit programs that nothing here needs."""

_TO_BUILD: Mapping[str, str] = {
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
    "osslsigncode": "osslsigncode",
    str(WINE): "wine64",
}
_TO_CHECK: Mapping[str, str] = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "/usr/share/i18n/locales/zh_CN": "locales",
}


def provide_for_build() -> None:
    """Install what building needs, where that is allowed.

    Raises:
        Stop: something is missing all the same.
    """
    _provide(_TO_BUILD)


def provide_for_check() -> None:
    """Install what trying the installer needs, where that is allowed.

    Raises:
        Stop: something is missing all the same.
    """
    _provide({**_TO_BUILD, **_TO_CHECK})


def _provide(wanted: Mapping[str, str]) -> None:
    debian.provide(installer=_missing(wanted))
    missing = _missing(wanted)
    if missing:
        raise Stop(f"without {' '.join(missing)} there is no installer for Windows.")


def _missing(wanted: Mapping[str, str]) -> list[str]:
    absent = (package for program, package in wanted.items() if not _stands(program))
    return sorted(set(absent))


def _stands(program: str) -> bool:
    return Path(program).exists() if program.startswith("/") else shutil.which(program) is not None
