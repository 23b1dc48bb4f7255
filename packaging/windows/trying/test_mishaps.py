"""What a clerk's PC may do to an installation: whatever it is, the old program or the new one stands, never half of one."""

from __future__ import annotations

import resource
import subprocess
import time
from pathlib import Path

import pytest

from making.build import TREE
from making.installer import pack
from making.places import HERE, LAUNCHER, NOTICES, PROGRAM, TITLE, VERSION, WORK
from trying.conftest import TRYING, digests, remove
from trying.pc import Pc, logged_in
from trying.screen import Screen

BROKEN_OFF, NO_SPACE = 2, 7
UNFINISHED = "unfinished.txt"
HOLD = """
import ctypes, sys, time
only_to_read, shared_with_nobody, what_exists = 0x80000000, 0, 3
ctypes.windll.kernel32.CreateFileW(sys.argv[1], only_to_read, shared_with_nobody, None, what_exists, 0, None)
open(sys.argv[2], "w").close()
time.sleep(float(sys.argv[3]))
"""
OTHER_CLERK = "李 四"


@pytest.mark.usefixtures("without_program")
@pytest.mark.parametrize("how", ["a bit", "the end"])
def test_a_damaged_setup_says_so_and_does_nothing(pc: Pc, screen: Screen, setup_file: Path, how: str) -> None:
    damaged = TRYING / "damaged-setup.exe"
    content = bytearray(setup_file.read_bytes())
    if how == "the end":
        del content[len(content) // 2 :]
    else:
        content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    running = pc.start([damaged])
    screen.wait_for(TITLE)
    screen.picture(f"mishap, {how} of the setup is lost")
    screen.press("Return")
    assert running.wait(60) != 0
    assert not pc.installed.exists()


@pytest.mark.usefixtures("without_program")
def test_a_setup_that_was_killed_is_made_whole_by_the_next(
    pc: Pc, older_setup: Path, setup_file: Path
) -> None:
    assert pc.run([older_setup, "/S"])[0] == 0
    running = pc.start([setup_file, "/S"])
    until = time.monotonic() + 120
    while not (pc.installed / f"{LAUNCHER}.old").exists() and time.monotonic() < until:
        time.sleep(0.02)
    pc.run(["taskkill", "/f", "/im", setup_file.name])
    running.wait(60)
    assert (pc.installed / UNFINISHED).exists(), "it was killed too late"
    assert pc.run([setup_file, "/S"])[0] == 0
    arrived = digests(pc.installed)
    del arrived["uninstall.exe"]
    assert arrived == digests(TREE)


@pytest.mark.usefixtures("without_program")
def test_a_scanner_is_waited_for_and_if_it_stays_all_is_as_before(
    pc: Pc, older_setup: Path, setup_file: Path
) -> None:
    assert pc.run([older_setup, "/S"])[0] == 0
    before = digests(pc.installed)
    scanner = hold(pc, pc.installed / NOTICES, seconds=600)
    assert pc.run([setup_file, "/S"])[0] == BROKEN_OFF
    assert digests(pc.installed) == before
    assert pc.uninstall_entry()["DisplayVersion"] == "0.0.1"
    pc.run(["taskkill", "/f", "/im", "pythonw.exe"])
    scanner.wait(60)
    scanner = hold(pc, pc.installed / NOTICES, seconds=3)
    assert pc.run([setup_file, "/S"])[0] == 0
    scanner.wait(60)
    assert pc.uninstall_entry()["DisplayVersion"] == VERSION
    assert set(digests(pc.installed)) - set(digests(TREE)) == {"uninstall.exe"}


@pytest.mark.usefixtures("without_program")
def test_a_disk_that_is_too_small_is_told_before(pc: Pc) -> None:
    setup = TRYING / "huge-setup.exe"
    pack(HERE / "trying" / "stubs", setup, fast=True, size=1024**4)
    assert pc.run([setup, "/S"])[0] == NO_SPACE
    assert not pc.installed.exists()


@pytest.mark.usefixtures("without_program")
def test_a_disk_that_fills_up_meanwhile_leaves_what_was_there(
    pc: Pc, older_setup: Path, setup_file: Path
) -> None:
    assert on_a_full_disk(pc, setup_file) == BROKEN_OFF
    assert not pc.installed.exists()
    assert pc.run([older_setup, "/S"])[0] == 0
    before = digests(pc.installed)
    assert on_a_full_disk(pc, setup_file) == BROKEN_OFF
    assert digests(pc.installed) == before
    assert pc.run([pc.installed / f"{PROGRAM}-cli.exe", "--version"])[0] == 0


def test_two_clerks_on_one_pc_have_a_program_each(pc: Pc, installed: Path, setup_file: Path) -> None:
    before = digests(installed), pc.uninstall_entry()
    with logged_in(pc, OTHER_CLERK) as other:
        assert not other.uninstall_entry()
        assert other.run([setup_file, "/S"])[0] == 0
        assert digests(TREE).items() <= digests(other.installed).items()
        assert all(shortcut.exists() for shortcut in (*other.shortcuts, *pc.shortcuts))
        remove(other)
        assert not other.installed.exists()
        assert not any(shortcut.exists() for shortcut in other.shortcuts)
    assert (digests(installed), pc.uninstall_entry()) == before


def hold(pc: Pc, file: Path, *, seconds: float) -> subprocess.Popen[bytes]:
    """Keep a file open as a scanner does, from now on."""
    script, told = pc.prefix.drive_c / "hold.py", pc.prefix.drive_c / "held.txt"
    script.write_text(HOLD, encoding="utf-8")
    told.unlink(missing_ok=True)
    python = WORK / "runtime" / "pythonw.exe"
    holding = pc.start([python, pc.there(script), pc.there(file), pc.there(told), str(seconds)])
    until = time.monotonic() + 60
    while not told.exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert told.exists()
    return holding


def on_a_full_disk(pc: Pc, setup: Path) -> int:
    """Exit code of a setup that may write no file longer than some of its own."""
    most = 16 * 1024 * 1024

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    # Python ignores the signal that tells of it; so does what it starts, unless it is told to hear it again.
    return pc.start([setup, "/S"], preexec_fn=limit, restore_signals=False).wait(600)
