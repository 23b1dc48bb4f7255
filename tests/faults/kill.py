"""The real program is killed while a clerk types, saves, exports and recovers, and started again.

Of what was on the screen at most the last second may be missing, the file must open, and what
recovery offers must be what stood there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from random import Random

from reportdesk.report.file.codec import decode, encode
from reportdesk.session.keeping.persistence import Places
from tests.faults.clerk import Desk, after_restart
from tests.faults.outcome import SURVIVED, Outcome, lost
from tools.dev.places import EXAMPLE

ROOT = Path(__file__).parents[2]
_LIVES = 2
"""Kills of one report; the second life begins with recovering what the first left."""

_LONGEST = 4.0
"""Seconds of a life, after the report is open."""

_EARLY = 0.5
"""How many of the second lives end before somebody can type."""

_PAUSING = 0.5
_PAUSE = 2.0
"""How many of the lives stop typing before the kill, for so many seconds: nothing may be missing then."""

_STARTED = 1.5
"""Seconds within which most starts have opened the report."""

_START = 20.0
_LATEST = 1.0
"""Seconds of typing that may be lost."""


def attempt(_number: int, random: Random) -> Outcome:
    """Two lives that are ended in the middle, and one that is not."""
    with tempfile.TemporaryDirectory() as name:
        desk = new_desk(Path(name), random)
        known: list[str] = []
        least = 0
        for life in range(_LIVES):
            ledger, killed = _live(desk, random, life, is_early=life > 0 and random.random() < _EARLY)
            if killed is None:
                return lost(f"life {life + 1}: the program did not start or ended by itself")
            sure = sum(1 for at, _digest in ledger if at <= killed - _LATEST) - 1
            least = len(known) + sure if sure >= 0 else least
            known += [digest for _at, digest in ledger]
            outcome, least = _judge(desk, known, least)
            if outcome is not SURVIVED:
                return outcome
        return _end_well(desk, known[least:])


def new_desk(folder: Path, random: Random) -> Desk:
    """A copy of the example, as an office has it from yesterday."""
    desk = Desk(folder, random)
    desk.path.parent.mkdir(parents=True)
    shutil.copyfile(EXAMPLE, desk.path)
    return desk


def _live(
    desk: Desk, random: Random, life: int, *, is_early: bool
) -> tuple[list[tuple[float, str]], float | None]:
    """Have somebody type until the program is killed; the states there were, and when it was killed.

    ``is_early``: it is killed while it starts, opens the report and recovers.
    """
    path = desk.folder / f"ledger-{life}"
    lasts = random.random() * _LONGEST
    pauses = not is_early and random.random() < _PAUSING
    process = start(desk, path, random, *(("--pause-after", str(lasts)) if pauses else ()))
    try:
        if is_early:
            time.sleep(random.uniform(0.1, _STARTED))
        elif wait_for(path, process):
            time.sleep(lasts + (_PAUSE if pauses else 0))
        else:
            return [], None
        if process.poll() is not None:
            return [], None
        killed = time.monotonic()
    finally:
        end_at_once(process)
    return read_ledger(path), killed


def end_at_once(process: subprocess.Popen[bytes]) -> None:
    """End it and its helper process at once."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def start(desk: Desk, ledger: Path, random: Random, *options: str) -> subprocess.Popen[bytes]:
    """Start the program with somebody who types; each state goes into the ledger."""
    home = desk.folder / "home"
    command = [sys.executable, "-m", "tests.faults.typist", str(desk.path), str(ledger), str(random.random())]
    return subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        env=os.environ | {"REPORTDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # its helper process is killed with it
    )


def wait_for(ledger: Path, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the report is open; whether it ever was."""
    until = time.monotonic() + _START
    while time.monotonic() < until and process.poll() is None:
        if ledger.exists() and ledger.stat().st_size:
            return True
        time.sleep(0.005)
    return False


def read_ledger(ledger: Path) -> list[tuple[float, str]]:
    """What was on the screen: when, and the SHA-256 of it."""
    if not ledger.exists():
        return []
    lines = (line.split() for line in ledger.read_text().splitlines())
    return [(float(line[0]), line[1]) for line in lines if len(line) == 2]


def _judge(desk: Desk, known: list[str], least: int) -> tuple[Outcome, int]:
    """Hold what the next start will find against what was on the screen: ``known``, at ``least`` from that place on."""
    digest = found_again(desk)
    if digest is None:
        return lost("the file cannot be opened"), least
    if digest not in known[least:]:
        where = known.index(digest) if digest in known else "no state that was ever seen"
        return lost(f"seen up to {least} of {len(known) - 1}, found {where}"), least
    torn = [path.name for path in desk.path.parent.rglob("*") if _is_torn(path)]
    if torn:
        return lost(f"half files: {torn}"), least
    return SURVIVED, known.index(digest, least)


def found_again(desk: Desk) -> str | None:
    """The SHA-256 of what the next start will find; None if the file cannot be opened."""
    desk.places = Places(folder_of(desk, "journals"), folder_of(desk, "versions"))
    found = after_restart(desk)
    return None if found is None else hashlib.sha256(found).hexdigest()


def folder_of(desk: Desk, name: str) -> Path:
    """The program's own folder of that name; one that is not there where it has none yet."""
    return next(
        (path for path in (desk.folder / "home").rglob(name) if path.is_dir()), desk.folder / "none" / name
    )


def _is_torn(path: Path) -> bool:
    """Whether an exported file is not whole."""
    if path.suffix in (".xlsx", ".docx"):
        return not zipfile.is_zipfile(path)
    return path.suffix == ".pdf" and not path.read_bytes().rstrip().endswith(b"%%EOF")


_CLOSING = 120
"""Seconds for a whole life that is ended well, on a machine that others use too."""


def _end_well(desk: Desk, known: list[str]) -> Outcome:
    """A last life that ends as a clerk ends it: all of it stands in the file."""
    path = desk.folder / "ledger-last"
    process = start(desk, path, Random(1), "--end")
    try:
        process.wait(timeout=_CLOSING)
    except subprocess.TimeoutExpired:
        return lost("the window did not close")
    finally:
        end_at_once(process)
    ledger = read_ledger(path)
    if not ledger:
        return lost("it did not start for the last time")
    if ledger[0][1] not in known:
        return lost("what was recovered is not what was found before")
    standing = encode(decode(desk.path.read_bytes()).report)
    if hashlib.sha256(standing).hexdigest() != ledger[-1][1]:
        return lost("the closed file is not what was on the screen")
    return SURVIVED
