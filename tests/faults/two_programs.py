"""Two programs open the same file at the same moment: one may change it, the other is told; both's words stay.

And: the file is changed behind us at every step of our work, by a program that knows of no locks.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from pathlib import Path
from random import Random

from reportdesk.report.document import Fact
from reportdesk.report.edits import set_fact
from reportdesk.report.file.codec import decode, encode
from reportdesk.session.keeping.persistence import ChangedBehindError, Keeping
from reportdesk.session.session import Session
from reportdesk.store.lock import Holder
from reportdesk.store.versions import read_version
from tests.faults.clerk import FORM, TODAY, Desk, blank
from tests.faults.outcome import SURVIVED, Outcome, lost

_ROUNDS = 6


def at_once(_number: int, random: Random) -> Outcome:
    """Two processes open, work and save; afterwards the file holds all of those that were told it does."""
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name), random)
        desk.found()
        start_read, start_write = os.pipe()
        pipes = []
        for who in ("甲", "乙"):
            told_read, told_write = os.pipe()
            if os.fork() == 0:
                os.close(start_write)
                try:
                    os.read(start_read, 1)  # both go on when the other end is closed
                    os.write(told_write, pickle.dumps(_work(desk, who, Random(f"{name}{who}"))))
                finally:
                    os._exit(0)
            os.close(told_write)
            pipes.append(told_read)
        os.close(start_read)
        os.close(start_write)
        told = []
        for pipe in pipes:
            with os.fdopen(pipe, "rb") as answers:
                said = answers.read()
            told.append(pickle.loads(said) if said else None)
        for _ in pipes:
            os.wait()
        return _judge(desk, told)


def _work(desk: Desk, who: str, random: Random) -> tuple[bool, list[bytes]]:
    """Open, and if it may be changed, change and save it; whether it was had, and what was told to be saved."""
    content = desk.path.read_bytes()
    session = Session(FORM, decode(content).report, TODAY)
    keeping = Keeping(session, desk.path, content, desk.places)
    if isinstance(keeping.lock, Holder):
        return False, []
    saved = []
    for turn in range(_ROUNDS):
        session.apply(set_fact(session.report, Fact.ADDRESS, f"{who}{turn}{random.random()}"))
        try:
            keeping.save()
        except ChangedBehindError as error:  # the other was done between our reading and our lock
            keeping.keep_mine(error.content)
        saved.append(encode(session.report))
    keeping.close()
    return True, saved


def _judge(desk: Desk, told: list[tuple[bool, list[bytes]] | None]) -> Outcome:
    if None in told:
        return lost("one of both ended without an answer")
    winners = [saved for had, saved in told if had]  # type: ignore[misc]
    if not winners:
        return lost("neither could open it")
    standing = desk.path.read_bytes()
    kept = {standing}.union(path.read_bytes() for path in desk.places.versions.rglob("*.gknb"))
    if standing not in {saved[-1] for saved in winners}:
        return lost("the file is what neither saved last")
    gone = [saved for saved in winners if saved[-1] not in kept]
    # One after the other is no harm: the later read what the earlier saved.
    late = [saved for saved in gone if not _was_read(saved[-1], desk)]
    return lost("what one saved stands nowhere") if late else SURVIVED


def _was_read(saved: bytes, desk: Desk) -> bool:
    """Whether the other opened the file after that was saved, and so kept it as a version."""
    return any(path.read_bytes() == saved for path in desk.places.versions.rglob("*.gknb"))


def changed_behind(number: int, random: Random) -> Outcome:
    """Somebody else writes the file after one of our steps; both reports are kept."""
    strange_at = number % 24
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name), random)
        desk.found()
        desk.open()
        report = blank()
        report.facts[Fact.ADDRESS] = f"别处写的{random.random()}"
        theirs = encode(report)
        for turn in range(24):
            desk.edit()
            if turn == strange_at:
                desk.path.write_bytes(theirs)
            if turn % 5 == 4:
                desk.save()
        desk.save()
        kept = [read_version(version) for version in desk.keeping.versions()]
        desk.keeping.close()
        if desk.path.read_bytes() != desk.seen[-1]:
            return lost("ours is not in the file although we chose to keep it")
    return SURVIVED if theirs in kept else lost("what stood in the file is kept nowhere")
