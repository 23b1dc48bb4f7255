"""One file, a double click, an icon on the desktop; what a clerk's PC may do to it."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from making.build import TREE
from making.licences import LGPL
from making.places import LICENCES, NOTICES, PROGRAM, TITLE, VERSION, WORK
from making.wheels import package_of
from making.wine import windows_path
from reportdesk.form.load import read_form
from reportdesk.intake.form_package import make_package
from reportdesk.resources import DISTRICT
from tools.dev.places import EXAMPLE, ROOT
from trying.conftest import MEBIBYTE, TRYING, digests, remove
from trying.figures import Figures
from trying.pc import Pc, logged_in
from trying.screen import Screen

CLASSES = r"Software\Classes"
ICON = (40, 40)
"""Where the first icon of a desktop stands."""
RUNNING, NEWER, TOO_OLD, NO_PROFILE = 3, 4, 5, 8


@pytest.fixture
def on_windows_81(pc: Pc) -> Iterator[None]:
    pc.run(["winecfg", "-v", "win81"])
    yield
    pc.run(["winecfg", "-v", "win10"])


@pytest.mark.usefixtures("without_program")
def test_the_wizard_asks_nothing_and_opens_the_program(pc: Pc, screen: Screen, setup_file: Path) -> None:
    running = pc.start([setup_file])
    screen.wait_for(TITLE)
    time.sleep(1)
    screen.picture("2 wizard")
    screen.press("Return")
    until = time.monotonic() + 120
    while not pc.uninstall_entry() and time.monotonic() < until:
        screen.picture("3 wizard at work")
        time.sleep(0.5)
    time.sleep(5)
    screen.picture("4 wizard at its end")
    screen.press("Return")
    assert running.wait(60) == 0
    time.sleep(12)
    screen.picture("5 the first start")
    end(pc)


@pytest.mark.usefixtures("without_program")
def test_in_silence_every_file_arrives(pc: Pc, setup_file: Path, figures: Figures) -> None:
    started = time.monotonic()
    assert pc.run([setup_file, "/S"])[0] == 0
    figures.note("installing", time.monotonic() - started, "s")
    arrived = digests(pc.installed)
    del arrived["uninstall.exe"]
    assert arrived == digests(TREE)
    size = sum(path.stat().st_size for path in pc.installed.rglob("*") if path.is_file())
    figures.note("installed", size / MEBIBYTE, "MiB", most=160)
    figures.note("files", len(arrived) + 1, "")


@pytest.mark.usefixtures("installed")
def test_windows_knows_the_program_and_its_files(pc: Pc) -> None:
    program = rf"{pc.there(pc.installed)}\{PROGRAM}.exe"
    kind = rf"{CLASSES}\{PROGRAM}.gknb"
    assert pc.registry(rf"{CLASSES}\.gknb")[""] == f"{PROGRAM}.gknb"
    assert pc.registry(kind)[""] == "政府信息公开年报"
    assert pc.registry(rf"{kind}\DefaultIcon")[""] == f"{program},1"
    assert pc.registry(rf"{kind}\shell\open\command")[""] == f'"{program}" "%1"'
    entry = pc.uninstall_entry()
    assert entry["DisplayName"] == TITLE
    assert entry["DisplayVersion"] == VERSION
    assert int(entry["EstimatedSize"], 16) > 100_000
    for shortcut in pc.shortcuts:
        assert f"{PROGRAM}.exe".encode("utf-16-le") in shortcut.read_bytes()


def test_each_part_brings_its_licence_and_stands_in_what_is_shown(installed: Path) -> None:
    notice = (installed / NOTICES).read_text(encoding="utf-8")
    parts = {package_of(wheel) for wheel in (WORK / "wheels").glob("*.whl")}
    assert [part for part in parts if f"| {part} |" not in notice] == []
    texts = {folder.name for folder in (installed / LICENCES).iterdir() if any(folder.iterdir())}
    assert texts == parts - LGPL | {"qt", "python", "nsis", "fonts"}
    assert "CPython" in notice
    assert "LGPL" in notice


def test_the_icon_stands_on_the_desktop_and_a_double_click_opens_it(
    pc: Pc, screen: Screen, installed: Path
) -> None:
    assert installed.exists()
    desktop = pc.start(["explorer", "/desktop=shell,1366x768"])
    screen.wait_for("shell")
    time.sleep(4)
    screen.picture("5 the desktop")
    screen.click(*ICON, times=2)
    screen.wait_for(f"{TITLE}$")
    time.sleep(8)
    screen.picture("5 the desktop, opened by a double click")
    end(pc)
    pc.run(["taskkill", "/f", "/im", "explorer.exe"])
    desktop.wait(60)


@pytest.mark.usefixtures("without_program", "on_windows_81")
def test_an_old_windows_is_refused(pc: Pc, setup_file: Path) -> None:
    assert pc.run([setup_file, "/S"])[0] == TOO_OLD
    assert not pc.installed.exists()


@pytest.mark.usefixtures("without_program")
def test_a_profile_and_a_form_beside_the_setup_are_taken_along(pc: Pc, setup_file: Path) -> None:
    folder = TRYING / "U盘 2026"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(setup_file, folder)
    (folder / "沙坡头区.gkprofile").write_text("{}", encoding="utf-8")
    edition = ROOT / "tests" / "data" / "forms" / "third.toml"
    (TRYING / "handed out" / "forms").mkdir(parents=True, exist_ok=True)
    name = f"forms/{read_form(edition).edition}.toml"
    shutil.copy(edition, TRYING / "handed out" / name)
    make_package(folder / "新表样.gkform", TRYING / "handed out", [name])
    assert pc.run([folder / setup_file.name, "/S"])[0] == 0
    assert (pc.installed / DISTRICT / "沙坡头区.gkprofile").read_text(encoding="utf-8") == "{}"
    assert (pc.installed / DISTRICT / name).read_bytes() == edition.read_bytes()
    remove(pc)
    assert not pc.installed.exists()


@pytest.mark.usefixtures("without_program")
def test_a_profile_may_be_named(pc: Pc, setup_file: Path) -> None:
    profile = pc.prefix.drive_c / "单位 资料" / "常乐镇.gkprofile"
    profile.parent.mkdir(exist_ok=True)
    profile.write_text("{}", encoding="utf-8")
    assert pc.run([setup_file, "/S", f"/PROFILE={pc.there(profile)}"])[0] == 0
    assert (pc.installed / DISTRICT / "常乐镇.gkprofile").read_text(encoding="utf-8") == "{}"
    remove(pc)


@pytest.mark.usefixtures("without_program")
def test_a_profile_that_is_named_must_be_there(pc: Pc, setup_file: Path) -> None:
    assert pc.run([setup_file, "/S", "/PROFILE=C:\\没有.gkprofile"])[0] == NO_PROFILE
    assert not pc.installed.exists()


@pytest.mark.usefixtures("without_program")
def test_a_folder_may_be_named_in_any_characters(pc: Pc, setup_file: Path) -> None:
    folder = pc.prefix.drive_c / "用户 张三" / "应用㐂𠮷"
    assert pc.run(["cmd", "/c", f"{setup_name(pc, setup_file)} /S /D={pc.there(folder)}"])[0] == 0
    code, said = pc.run([folder / f"{PROGRAM}-cli.exe", "--version"])
    assert (code, said.strip()) == (0, f"{PROGRAM} {VERSION}")
    remove(pc, folder=folder)
    assert not folder.exists()


@pytest.mark.usefixtures("without_program")
def test_an_upgrade_leaves_what_is_the_clerks_and_nothing_old(
    pc: Pc, older_setup: Path, setup_file: Path
) -> None:
    assert pc.run([older_setup, "/S"])[0] == 0
    assert pc.uninstall_entry()["DisplayVersion"] == "0.0.1"
    pc.settings.mkdir(parents=True, exist_ok=True)
    (pc.settings / "settings.json").write_text("{}", encoding="utf-8")
    (pc.installed / "我的笔记.txt").write_text("别删", encoding="utf-8")
    assert pc.run([setup_file, "/S"])[0] == 0
    assert pc.uninstall_entry()["DisplayVersion"] == VERSION
    arrived = digests(pc.installed)
    assert set(arrived) - set(digests(TREE)) == {"uninstall.exe", "我的笔记.txt"}
    assert (pc.settings / "settings.json").exists()
    (pc.installed / "我的笔记.txt").unlink()


@pytest.mark.usefixtures("installed")
def test_an_older_version_is_not_put_over_a_newer_one_unasked(pc: Pc, setup_file: Path) -> None:
    key = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{PROGRAM}"
    pc.set_registry(key, "DisplayVersion", "99.0.0")
    assert pc.run([setup_file, "/S"])[0] == NEWER
    assert pc.run([setup_file, "/S", "/DOWNGRADE"])[0] == 0
    assert pc.uninstall_entry()["DisplayVersion"] == VERSION


def test_while_the_program_runs_it_is_neither_replaced_nor_removed(
    pc: Pc, screen: Screen, installed: Path, setup_file: Path
) -> None:
    running = pc.start([installed / f"{PROGRAM}.exe"])
    screen.wait_for(TITLE)
    assert pc.run([setup_file, "/S"])[0] == RUNNING
    pc.run([installed / "uninstall.exe", "/S"])  # goes on as a copy of itself, whose exit code nobody has
    time.sleep(10)
    assert running.poll() is None
    assert digests(TREE).items() <= digests(installed).items()
    end(pc)
    running.wait(60)


@pytest.mark.usefixtures("without_program")
def test_for_everybody_it_stands_in_program_files(pc: Pc, setup_file: Path) -> None:
    assert pc.run([setup_file, "/S", "/ALLUSERS"])[0] == 0
    folder = pc.prefix.drive_c / "Program Files" / PROGRAM
    assert digests(TREE).items() <= digests(folder).items()
    assert pc.uninstall_entry("HKLM")["InstallLocation"] == pc.there(folder)
    assert not pc.uninstall_entry("HKCU")
    with logged_in(pc, "李 四") as other:
        assert other.run([folder / f"{PROGRAM}-cli.exe", "check", windows_path(EXAMPLE)])[0] == 0
    assert digests(TREE).items() <= digests(folder).items()
    remove(pc)
    assert not folder.exists()
    assert not pc.uninstall_entry("HKLM")


def end(pc: Pc) -> None:
    """End the program as a crash would."""
    for name in (f"{PROGRAM}.exe", "pythonw.exe"):
        pc.run(["taskkill", "/f", "/im", name])
    time.sleep(1)


def setup_name(pc: Pc, setup_file: Path) -> str:
    """The setup under a name without blanks, since /D= allows no quotes around the line."""
    target = pc.prefix.drive_c / "setup-to-try.exe"
    if not target.exists():
        subprocess.run(["cp", str(setup_file), str(target)], check=True)
    return pc.there(target)
