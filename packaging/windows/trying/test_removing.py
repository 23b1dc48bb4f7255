"""Gone without a trace when removed, but for what the clerk wrote."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from making.places import PROGRAM, TITLE
from trying.conftest import remove
from trying.pc import Pc
from trying.screen import Screen


def test_nothing_of_ours_is_left_and_reports_are(pc: Pc, installed: Path) -> None:
    report = pc.user / "Documents" / "年报台" / "常乐镇.gknb"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_bytes(b"{}")
    pc.settings.mkdir(parents=True, exist_ok=True)
    (pc.settings / "settings.json").touch()
    remove(pc)
    assert not installed.exists()
    assert not pc.uninstall_entry()
    for key in (f"{PROGRAM}.gknb", ".gknb", f"{PROGRAM}.gkform", ".gkform"):
        assert not pc.registry(rf"Software\Classes\{key}")
    assert not any(shortcut.exists() for shortcut in pc.shortcuts)
    assert report.exists()
    assert (pc.settings / "settings.json").exists(), "kept, since nobody was asked"


@pytest.mark.parametrize(("answer", "kept"), [("n", True), ("y", False)])
@pytest.mark.usefixtures("installed")
def test_a_clerk_is_asked_whether_settings_go_too(
    pc: Pc,
    screen: Screen,
    answer: str,
    kept: bool,  # noqa: FBT001
) -> None:
    pc.settings.mkdir(parents=True, exist_ok=True)
    (pc.settings / "settings.json").touch()
    pc.run([pc.installed / "uninstall.exe"])  # goes on as a copy of itself
    screen.wait_for(TITLE)
    time.sleep(2)
    screen.picture("21 removing")
    screen.press("Return")
    until = time.monotonic() + 120
    while pc.uninstall_entry() and time.monotonic() < until:
        time.sleep(0.5)
    time.sleep(2)
    screen.picture("22 settings are asked for")
    screen.press(f"alt+{answer}")
    time.sleep(3)
    screen.picture(f"23 removed, {answer}")
    screen.press("Return")
    time.sleep(2)
    assert not screen.has(TITLE)
    assert not pc.installed.exists()
    assert (pc.settings / "settings.json").exists() is kept


def test_settings_go_too_if_that_is_said(pc: Pc, installed: Path) -> None:
    pc.settings.mkdir(parents=True, exist_ok=True)
    (pc.settings / "settings.json").touch()
    remove(pc, "/SETTINGS")
    assert not installed.exists()
    assert not pc.settings.exists()
