"""Killed in the middle of taking in or of an answer: the next time goes on, and ends as if nothing had been."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reportdesk.cli.console import Exit
from reportdesk.desk.folder import LEDGER, PARCELS
from reportdesk.report.file.codec import encode
from tests.desk.test_district import ByCommand, Printed
from tests.desk.test_failure_cases import begun, only_question, report, send, take


@pytest.fixture
def desk(tmp_path: Path, capsys: Printed) -> ByCommand:
    return begun(tmp_path, capsys)


KILLED_AT = """
import os, signal, sys
from reportdesk.store import disk
from reportdesk.cli import main

steps, at = [0], int(sys.argv[1])

def counted(name):
    step = getattr(disk, name)
    def run(*given, **named):
        steps[0] += 1
        if steps[0] == at:
            if name == "write":
                given[0].write(bytes(given[1])[: len(given[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*given, **named)
    setattr(disk, name, run)

for name in ("create", "open_there", "write", "sync", "replace", "set_mode", "sync_folder", "remove"):
    counted(name)
sys.exit(main(sys.argv[2:]))
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


def killed(at: int, *command: str) -> bool:
    """Run the command and kill it at that step on the disk; whether it came so far."""
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_AT, str(at), "desk", *command], capture_output=True, check=False
    )
    return ended.returncode < 0


def noted(desk: ByCommand) -> list[dict[str, Any]]:
    """The ledger without what is another at each run: times of writing, checksums."""
    lines = (desk.folder / LEDGER).read_bytes().splitlines()
    return [
        {key: value for key, value in json.loads(line).items() if key not in ("at", "sum")} for line in lines
    ]


def parcels(desk: ByCommand) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (desk.folder / PARCELS).iterdir()}


def some(desk: ByCommand) -> str:
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    send(desk, "财政局/财政局.gknb", encode(report("青沙区财政局", 2)), "2026-01-09")
    send(desk, "Thumbs.db", b"\0" * 64)
    return str(desk.folder.parent / "来")


@pytest.mark.parametrize("at", [3, 4, 6, 7, 11, 14, 18, 23, 26, 27, 28, 31])
def test_what_was_killed_in_taking_in_is_taken_in_the_next_time(desk: ByCommand, at: int) -> None:
    inbox = some(desk)
    was_killed = killed(at, "take-in", str(desk.folder), inbox)
    assert was_killed or at > 25
    assert desk.run("list")[0] == Exit.OK
    take(desk)
    received = [one for one in noted(desk) if one["what"] == "received"]
    assert sorted(one["name"] for one in received) == [
        "Thumbs.db",
        "柳湾镇人民政府.gknb",
        "财政局/财政局.gknb",
    ]
    assert sorted(parcels(desk)) == sorted(one["file"] for one in received)
    assert set(parcels(desk).values()) == {
        path.read_bytes() for path in Path(inbox).rglob("*") if path.is_file()
    }
    states = {row["unit"]: row["state"] for row in desk.told("list")}
    assert (states["001"], states["002"], states["003"]) == ("已收", "已收", "未报")


@pytest.mark.parametrize("at", [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
def test_an_answer_is_there_whole_or_not_at_all(desk: ByCommand, at: int) -> None:
    send(desk, "a.gknb", encode(report("旧柳湾镇人民政府")))
    take(desk)
    asked = only_question(desk)
    killed(at, "answer", str(desk.folder), asked["question"], "1")
    left = desk.told("questions")
    assert left in ([], [asked])
    if left:
        assert desk.run("answer", asked["question"], "1")[0] == Exit.OK
    take(desk)  # whoever writes next notes what was decided and not written down
    assert [one["kind"] for one in noted(desk) if one["what"] == "decided"] == ["answer"]
    assert next(row["state"] for row in desk.told("list") if row["unit"] == "002") == "已收"
