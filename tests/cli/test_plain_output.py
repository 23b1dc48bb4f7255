"""What a file holds is printed, and never obeyed by the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import Fact, new_report
from reportdesk.store.file import write_report

FORM = load_form("2021")
NAME = "\x1b[2J\x1b]0;x\x07白河\u202e镇\x9b"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    report = new_report(FORM, 2024, NAME)
    report.facts[Fact.TITLE] = NAME
    report.prose["opening"] = f"{NAME}××"
    path = tmp_path / "年报.gknb"
    write_report(path, report)
    return path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportdesk", *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", [("check",), ("check", "--json"), ("read",)])
def test_no_command_prints_control_characters_of_a_file(hostile: Path, command: tuple[str, ...]) -> None:
    done = run(*command, str(hostile))
    assert done.stdout
    for sign in "\x1b\x07\u202e\x9b":
        assert sign not in done.stdout + done.stderr


def test_json_keeps_what_was_there(hostile: Path) -> None:
    told = json.loads(run("check", "--json", str(hostile)).stdout)
    assert any("\u202e" in found["message"] for found in told)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs")
@pytest.mark.parametrize("command", ["check", "read", "verify"])
def test_a_pipe_or_device_meets_a_sentence(tmp_path: Path, command: str) -> None:
    import os

    pipe = tmp_path / "管道.gknb"
    os.mkfifo(pipe)
    for place in (str(pipe), "/dev/zero"):
        done = subprocess.run(
            [sys.executable, "-m", "reportdesk", command, place],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert done.returncode in (2, 3)
        assert done.stderr.startswith("reportdesk: ")
        assert "Traceback" not in done.stderr
