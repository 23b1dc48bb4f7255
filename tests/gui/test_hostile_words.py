"""Markup in every field of a report, a profile and a file's name reaches neither the screen nor any file."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6 import QtWidgets

from tests.gui.hostile_report import NAME_PROBE, PROBE

ROOT = Path(__file__).parents[2]
GUI = ROOT / "src" / "reportdesk" / "gui"
_OUTWARDS = re.compile(r"(connect|sendto|sendmsg)\(.*AF_INET")
_PRINTING = re.compile(r"htons\(631\).*(127\.0\.0\.1|::1)")
"""The system's own printing service on this PC, which Qt asks for printers."""


@pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's; the labels are the same everywhere")
def test_no_path_that_a_report_names_is_opened(tmp_path: Path) -> None:
    """The whole window is walked under strace: each page, bar, dialog and message box, markup in every field."""
    assert shutil.which("strace"), "strace is missing: python3 dev.py setup installs it"
    environment = os.environ | {
        "REPORTDESK_HOME": str(tmp_path / "home"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    calls = tmp_path / "calls"
    traced = ["strace", "-f", "-qq", "-s", "400", "-e", "trace=%file,%network", "-o", str(calls)]
    done = subprocess.run(
        [*traced, sys.executable, "-m", "tests.gui.hostile_walk", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout.strip() == ""
    seen = {line.removeprefix("seen ") for line in done.stderr.splitlines() if line.startswith("seen ")}
    assert widgets_of_the_window() - seen == set()
    assert [line for line in calls.read_text(errors="replace").splitlines() if is_hostile(line)] == []


def is_hostile(call: str) -> bool:
    """Whether it names what only a file's words name, or goes out of the PC."""
    names_a_path = PROBE in call or any(f"{sign}{NAME_PROBE}" in call for sign in '"/')
    return names_a_path or (bool(_OUTWARDS.search(call)) and not _PRINTING.search(call))


def widgets_of_the_window() -> set[str]:
    """Every widget that the window's own code makes up, so that a new page is walked as well."""
    bases: dict[str, list[str]] = {}
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [ast.unparse(base).rpartition(".")[2] for base in node.bases]

    def is_widget(name: str) -> bool:
        return any(
            is_widget(base)
            if base in bases
            else issubclass(getattr(QtWidgets, base, object), QtWidgets.QWidget)
            for base in bases[name]
        )

    return {name for name in bases if is_widget(name)}


@pytest.mark.parametrize(
    "call",
    [
        'openat(AT_FDCWD, "//hostile-probe/share/x.png", O_RDONLY) = -1 ENOENT',
        'stat("/work/name-probe.png") = -1 ENOENT',
        'statx(AT_FDCWD, "name-probe.png") = -1 ENOENT',
        'connect(8, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
        'connect(8, {sa_family=AF_INET, sin_port=htons(445), sin_addr=inet_addr("10.0.0.1")}, 16) = -1 EINPROGRESS',
    ],
)
def test_the_walk_would_notice(call: str) -> None:
    assert is_hostile(call)
