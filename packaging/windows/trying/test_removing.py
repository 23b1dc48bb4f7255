"""Gone without a trace when removed, but for what the clerk wrote."""

from __future__ import annotations

from pathlib import Path

from making.places import PROGRAM
from trying.conftest import remove
from trying.pc import Pc


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


def test_settings_go_too_if_that_is_said(pc: Pc, installed: Path) -> None:
    pc.settings.mkdir(parents=True, exist_ok=True)
    (pc.settings / "settings.json").touch()
    remove(pc, "/SETTINGS")
    assert not installed.exists()
    assert not pc.settings.exists()
