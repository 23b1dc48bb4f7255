"""The project's own tests inside the portable folder, run by the Python that is handed out."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from making.places import DIST, PORTABLE, PROGRAM, PYTHON, VERSION, WORK
from making.runtime import SERIES
from making.wheels import fetch_wheels
from making.wine import windows_path
from tools.dev.places import ROOT
from trying.conftest import TRYING
from trying.pc import Pc

FOLDERS = ("form", "report", "checks", "exports", "store", "session", "worker")
BESIDE = (
    "colorama",
    "hypothesis",
    "iniconfig",
    "packaging",
    "pluggy",
    "pygments",
    "pypdf",
    "pytest",
    "sortedcontainers",
)
"""What they need beside the program."""
# A program or a system that is not there, Linux's own ways, or what Wine does otherwise than Windows: it has
# no longest path, and another process, started bare, prints in code page 936.
ELSEWHERE = (
    *(
        "libreoffice",
        "soffice",
        "posix",
        "linux",
        "fork",
        "symlink",
        "permission",
        "read_only",
        "memory",
        "schema",
    ),
    *("chmod", "a_name_that_is_too_long", "another_process_holds_it"),
)
RUN = """
import os, sys
sys.path[:0] = [{beside!r}, {root!r}]
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
os.chdir({root!r})
import pytest
sys.exit(pytest.main({words!r}))
"""


@pytest.fixture(scope="module")
def portable(pc: Pc) -> Path:
    """The folder as it stands on a USB stick."""
    stick = pc.prefix.drive_c / "U盘 㐂𠮷"
    shutil.rmtree(stick, ignore_errors=True)
    with zipfile.ZipFile(DIST / PORTABLE) as archive:
        archive.extractall(stick)
    return stick / f"{PROGRAM}-{VERSION}"


def test_what_it_keeps_stays_beside_it(pc: Pc, portable: Path) -> None:
    program = (
        "from reportdesk.store.folders import find_folders\n"
        "found = find_folders()\n"
        "open(r'C:\\portable.txt', 'w', encoding='utf-8').write(f'{found.settings}|{found.reports}')"
    )
    script = pc.prefix.drive_c / "portable.py"
    script.write_text(program, encoding="utf-8")
    pc.run([portable / PYTHON / "pythonw.exe", pc.there(script)])
    kept = (pc.prefix.drive_c / "portable.txt").read_text(encoding="utf-8").split("|")
    assert all(folder.startswith(pc.there(portable)) for folder in kept)


def test_the_tests_without_windows_pass(pc: Pc, portable: Path) -> None:
    shutil.copy(WORK / "runtime" / "python.exe", portable / PYTHON)
    beside = pc.prefix.drive_c / "beside"
    wheels = fetch_wheels(f"{SERIES}.0", lock_name="test", only=BESIDE, folder=TRYING / "wheels")
    assert len(wheels) == len(BESIDE)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(beside)
    words = [
        *("-q", "--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:faulthandler"),
        *(
            "-p",
            "_hypothesis_pytestplugin",
            "-c",
            "NUL",
            "--rootdir",
            ".",
            "-k",
            f"not ({' or '.join(ELSEWHERE)})",
        ),
        *(f"tests/{folder}" for folder in FOLDERS),
    ]
    script = pc.prefix.drive_c / "tests.py"
    program = RUN.format(beside=pc.there(beside), root=windows_path(ROOT), words=words)
    script.write_text(program, encoding="utf-8")
    code, said = pc.run(
        [portable / PYTHON / "python.exe", "-X", "utf8", "-B", pc.there(script)], seconds=1800
    )
    assert code == 0, said[-30000:]
