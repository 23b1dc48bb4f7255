"""The PC, the screen and the installed program; at the end, what was measured."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from making.build import TREE
from making.installer import pack
from making.places import DIST, PROGRAM, SETUP, WORK
from trying.figures import Figures
from trying.pc import Pc, make_pc
from trying.screen import PICTURES, Screen, a_screen

TRYING = WORK / "trying"
MEBIBYTE = 1024 * 1024

FIGURES = Figures()


@pytest.fixture(scope="session")
def figures() -> Figures:
    return FIGURES


@pytest.fixture(scope="session")
def setup_file(figures: Figures) -> Path:
    """What is handed out."""
    path = DIST / SETUP
    assert path.exists(), "run: python3 packaging/windows/build.py"
    figures.note("setup", path.stat().st_size / MEBIBYTE, "MiB", most=60)
    return path


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    shutil.rmtree(PICTURES, ignore_errors=True)
    with a_screen() as made:
        os.environ["DISPLAY"] = made.display
        yield made


@pytest.fixture(scope="session")
def pc(screen: Screen) -> Iterator[Pc]:
    """A clerk's PC, Chinese with code page 936, on which nothing of ours stands yet."""
    assert screen.display
    made = make_pc(TRYING / "pc")
    yield made
    made.prefix.end()


@pytest.fixture(scope="session")
def older_setup() -> Path:
    """An older version, which had a file that the new one lacks."""
    tree = TRYING / "older-tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(TREE, tree, copy_function=os.link)
    (tree / "lib" / PROGRAM / "gone.py").touch()
    target = TRYING / f"{PROGRAM}-0.0.1-setup.exe"
    pack(tree, target, fast=True, version="0.0.1")
    return target


@pytest.fixture
def installed(pc: Pc, setup_file: Path, figures: Figures) -> Path:
    """The folder of the installed program; it is installed if it is not there."""
    if not pc.uninstall_entry():
        started = time.monotonic()
        code, _ = pc.run([setup_file, "/S"])
        assert code == 0
        figures.note("installing", time.monotonic() - started, "s")
    return pc.installed


@pytest.fixture
def without_program(pc: Pc) -> None:
    """Nothing of ours on the PC."""
    remove(pc)


def remove(pc: Pc, *options: str, folder: Path | None = None) -> None:
    """Uninstall in silence, and wait for the end, which the uninstaller itself does not.

    ``folder`` is where it stands if its name has characters that code page 936 lacks.
    """
    for root in ("HKCU", "HKLM"):
        said = pc.uninstall_entry(root).get("InstallLocation")
        if said:
            pc.run([(folder or pc.here(said)) / "uninstall.exe", "/S", *options])
            until = time.monotonic() + 60
            while pc.uninstall_entry(root) and time.monotonic() < until:
                time.sleep(0.2)
            time.sleep(1)  # its last words are said after its entry is gone


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file, by its path below the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("measured")
    for line in FIGURES.lines():
        terminalreporter.write_line(line)
    terminalreporter.write_line(f"pictures to look at: {PICTURES}")
