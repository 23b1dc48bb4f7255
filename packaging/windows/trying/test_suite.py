"""The project's own tests inside the portable folder, run by the Python that is handed out."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from making.places import DIST, PORTABLE, PROGRAM, PYTHON, WORK
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
TESTS_NEED = ("python.exe", "_overlapped.pyd")
"""Of CPython, what is not handed out: a console, and what unittest.mock loads and never uses."""
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
BEGIN = """
import os, sys
sys.path[:0] = {beside!r}
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
os.chdir({beside!r}[1])
"""
TESTS = """
import pytest
sys.exit(pytest.main({words!r}))
"""
KINDS = ("disk-step", "power-cut", "changed-behind", "report-file", "journal", "xlsx", "docx", "html", "pdf")
"""Of the fault harness's kinds those that need no second process, which it starts and kills as Linux does."""
FAULTS = """
import traceback
from random import Random
from tests.faults.kinds import KINDS
from tests.faults.outcome import Ending
harmed = 0
for name in {kinds!r}:
    kind, tried = KINDS[name], 0
    for number in range(0, kind.full, kind.full // kind.short):
        try:
            outcome = kind.attempt(number, Random(f"short {{name}} {{number}}"))
            ending, note = outcome.ending, outcome.note
        except BaseException:
            ending, note = Ending.CRASHED, traceback.format_exc(limit=-6)
        tried += ending != Ending.VOID
        if ending not in (Ending.SURVIVED, Ending.VOID):
            harmed += 1
            print(name, number, ending, note)
    print(f"{{name}}: {{tried}} tried", flush=True)
    harmed += not tried
sys.exit(bool(harmed))
"""
LONGEST = 5400
"""Seconds for the tests on a machine that others use too."""


@pytest.fixture(scope="module")
def portable(pc: Pc) -> Path:
    """The folder as it stands on a USB stick."""
    stick = pc.prefix.drive_c / "U盘 㐂𠮷"
    shutil.rmtree(stick, ignore_errors=True)
    with zipfile.ZipFile(DIST / PORTABLE) as archive:
        archive.extractall(stick)
    return stick / PROGRAM


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


@pytest.fixture(scope="module")
def python(pc: Pc, portable: Path) -> Path:
    """The Python of the portable folder with a console, and beside it what the tests need."""
    for name in TESTS_NEED:
        shutil.copy(WORK / "runtime" / name, portable / PYTHON)
    wheels = fetch_wheels(f"{SERIES}.0", lock_name="test", only=BESIDE, folder=TRYING / "wheels")
    assert len(wheels) == len(BESIDE)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(pc.prefix.drive_c / "beside")
    return portable / PYTHON / "python.exe"


def ran(pc: Pc, python: Path, program: str, **told: object) -> tuple[int, str]:
    """Exit code of a program of ours that the Python ran, and what it said."""
    script = pc.prefix.drive_c / "tests.py"
    beside = [pc.there(pc.prefix.drive_c / "beside"), windows_path(ROOT)]
    script.write_text((BEGIN + program).format(beside=beside, **told), encoding="utf-8")
    return pc.run([python, "-X", "utf8", "-B", pc.there(script)], seconds=LONGEST)


def test_the_short_fault_run_harms_nothing(pc: Pc, python: Path) -> None:
    code, said = ran(pc, python, FAULTS, kinds=KINDS)
    assert code == 0, said[-10000:]
    assert [name for name in KINDS if f"{name}: " not in said] == []


def test_the_tests_without_windows_pass(pc: Pc, python: Path) -> None:
    words = ["-q", "--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:faulthandler"]
    words += ["-p", "_hypothesis_pytestplugin", "-c", "NUL", "--rootdir", "."]
    words += ["-k", f"not ({' or '.join(ELSEWHERE)})", *(f"tests/{folder}" for folder in FOLDERS)]
    code, said = ran(pc, python, TESTS, words=words)
    assert code == 0, said[-30000:]
