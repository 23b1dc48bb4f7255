"""Markup in every field of a report, a profile and a file's name reaches neither the screen nor any file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.hostile_walk import PROBE

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's; the labels are the same everywhere")
def test_no_path_that_a_report_names_is_opened(tmp_path: Path) -> None:
    assert shutil.which("strace"), "strace is missing: python3 dev.py setup installs it"
    environment = os.environ | {
        "REPORTDESK_HOME": str(tmp_path / "home"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    calls = tmp_path / "calls"
    done = subprocess.run(
        [
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=%file,%network",
            "-o",
            str(calls),
            sys.executable,
            "-m",
            "tests.gui.hostile_walk",
            str(tmp_path),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout.strip() == ""
    touched = [line for line in calls.read_text(errors="replace").splitlines() if PROBE in line]
    assert touched == []
