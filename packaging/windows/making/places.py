"""Where things stand while building, and what they are called."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from reportdesk import __version__
from tools.dev.places import BUILD, ROOT

HERE = Path(__file__).resolve().parents[1]
WORK = BUILD / "windows"
DIST = ROOT / "dist"

PROGRAM = "reportdesk"
TITLE = "年报台"
VERSION = __version__

LAUNCHER = f"{PROGRAM}.exe"
CONSOLE_LAUNCHER = f"{PROGRAM}-cli.exe"

PYTHON = "python"
"""CPython's folder in the tree, its packages below it."""
SITE_PACKAGES = f"{PYTHON}/Lib/site-packages"
LIBRARY = "lib"
RESOURCES = "resources"
LICENCES = "licences"
NOTICES = "THIRD_PARTY.md"
"""What 关于 shows."""
SETUP = f"{PROGRAM}-{VERSION}-setup.exe"
PORTABLE = f"{PROGRAM}-{VERSION}-portable.zip"
LEAFLET = "年报台安装说明.pdf"

_EPOCH_BEFORE_GIT = 1_767_225_600  # 2026-01-01, for a source without its history


def source_date() -> int:
    """The time that all that is built bears, as seconds since 1970: that of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return int(said) if said.isdigit() else _EPOCH_BEFORE_GIT
