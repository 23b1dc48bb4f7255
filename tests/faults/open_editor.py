"""The real program is killed while something stands in an open editor: it is there to be offered again.

At most the last second of it may be missing, and nothing may be offered that never stood there.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from reportdesk.store.user_data.typed_texts import file_of, read_typed
from tests.faults.kill import ROOT, end_at_once, wait_for
from tests.faults.outcome import SURVIVED, Outcome, lost
from tools.dev.places import EXAMPLE

_SHORTEST, _LONGEST = 1.3, 3.5
"""Seconds of typing before the kill."""

_BEAT = 0.1
_LATEST = 1.0
"""Seconds of typing that may be missing."""


def attempt(_number: int, random: Random) -> Outcome:
    """One life that is ended while an editor is open."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report, ledger = folder / "常乐.gknb", folder / "ledger"
        shutil.copyfile(EXAMPLE, report)
        process = _start(folder, report, ledger, random)
        try:
            if not wait_for(ledger, process):
                return lost("the program did not start or ended by itself")
            time.sleep(random.uniform(_SHORTEST, _LONGEST))
            killed = time.monotonic()
        finally:
            end_at_once(process)
        return _judge(folder, report, ledger, killed)


def _answered(turns: list[float], since: float) -> float:
    """For how many seconds since then the window had its turns; what a busy machine kept from it does not count."""
    later = [turn for turn in turns if turn >= since]
    return sum(min(after - before, _BEAT) for before, after in itertools.pairwise(later))


def _start(folder: Path, report: Path, ledger: Path, random: Random) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.faults.editor_typist", str(report), str(ledger)]
    return subprocess.Popen(
        [*command, str(random.random())],
        cwd=ROOT,
        env=os.environ | {"REPORTDESK_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _judge(folder: Path, report: Path, ledger: Path, killed: float) -> Outcome:
    """Hold what is kept against what stood in the editor: ``time text`` a line, or the time alone.

    Seconds in which the machine gave the window no turn do not count.
    """
    seen = [line.split(" ", 1) for line in ledger.read_text(encoding="utf-8").splitlines()]
    stood = [(float(one[0]), one[1]) for one in seen if len(one) == 2]
    turns = [*(float(one[0]) for one in seen), killed]
    kept = [one.text for one in read_typed(file_of(folder / "home" / "data" / "typed", report))]
    sure = [text for at, text in stood if _answered(turns, at) >= _LATEST]
    if not kept:
        return lost(f"nothing is kept of “{sure[-1]}”") if sure else SURVIVED
    texts = [text for _at, text in stood]
    if kept[0] not in texts[max(0, len(sure) - 1) :]:
        return lost(f"kept “{kept[0]}”, {len(sure)} of {len(texts)} must be there")
    return SURVIVED
