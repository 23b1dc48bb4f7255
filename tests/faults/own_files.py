"""Bytes of a report's file and of a journal are changed: refused with a sentence, or read rightly, or told."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from random import Random

from reportdesk.report.file.codec import CodecError, decode, encode
from reportdesk.session.keeping.recovery import read_recovery
from reportdesk.store.journal import left_journals
from tests.faults.clerk import Desk
from tests.faults.mutate import mutated
from tests.faults.outcome import SURVIVED, VOID, Outcome, lost


@functools.cache
def _sample() -> tuple[bytes, bytes, tuple[bytes, ...]]:
    """A report's file, a journal on it, and what was on the screen after each of its edits."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), Random(7))
        desk.found()
        desk.open()
        for _ in range(40):
            desk.edit()
        desk.save()
        base = desk.path.read_bytes()
        desk.seen = [desk.now()]
        for _ in range(40):
            desk.edit()
        desk.die()
        (path,) = left_journals(desk.places.journals, desk.path)
        return base, path.read_bytes(), tuple(desk.seen)


def report_file(_number: int, random: Random) -> Outcome:
    """A .gknb file with changed bytes."""
    base = _sample()[0]
    changed = mutated(base, random)
    if changed == base:
        return VOID
    try:
        decoded = decode(changed)
    except CodecError as error:
        return SURVIVED if str(error).endswith("。") else lost(f"no sentence: {error}")
    if decoded.notices or encode(decoded.report) == base:
        return SURVIVED
    return lost("other numbers or words without a notice")


def journal(_number: int, random: Random) -> Outcome:
    """A journal with changed bytes."""
    _base, content, seen = _sample()
    changed = mutated(content, random)
    if changed == content:
        return VOID
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "0123456789abcdef-1.journal"
        path.write_bytes(changed)
        found = read_recovery(path)
    if found is None or found.content in seen:
        return SURVIVED
    return lost("recovers what was never on the screen")
