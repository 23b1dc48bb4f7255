"""The power fails while somebody works in the real window: only what it had synced is sure to be there.

Typing pauses before that, so that all of it must have been put onto the disk, but for what a machine that
is busy typed late. What was synced is noted
at the system's own call, which no part of the program can leave out unseen.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from random import Random

from tests.faults.clerk import Desk
from tests.faults.kill import end_at_once, folder_of, found_again, new_desk, read_ledger, start, wait_for
from tests.faults.outcome import SURVIVED, Outcome, lost

_LONGEST = 3.0
_PAUSE = 3.0
_LATEST = 2.0
"""Seconds without a key, and within which even a slow disk is done with the journal."""


def attempt(_number: int, random: Random) -> Outcome:
    """One life that ends with the power."""
    with tempfile.TemporaryDirectory() as name:
        desk = new_desk(Path(name), random)
        ledger, syncs = desk.folder / "ledger", desk.folder / "syncs"
        typing = random.uniform(0.3, _LONGEST)
        process = start(desk, ledger, random, "--pause-after", str(typing), "--syncs", str(syncs))
        try:
            if not wait_for(ledger, process):
                return lost("the program did not start or ended by itself")
            time.sleep(typing + _PAUSE)
            killed = time.monotonic()
        finally:
            end_at_once(process)
        _cut(desk, syncs)
        seen = read_ledger(ledger)
        known = [digest for _at, digest in seen]
        sure = max(place for place, (at, _digest) in enumerate(seen) if not place or at <= killed - _LATEST)
        found = found_again(desk)
        if found is None:
            return lost("the file cannot be opened")
        if found not in known:
            return lost("found no state that was ever seen")
        behind = sure - max(place for place, digest in enumerate(known) if digest == found)
        return lost(f"{behind} of {len(known)} states are not on the disk") if behind > 0 else SURVIVED


def _cut(desk: Desk, syncs: Path) -> None:
    """Leave of the reports and journals only what the disk surely had."""
    sizes: dict[int, int] = {}
    named: set[tuple[str, int]] = set()
    for line in syncs.read_text(encoding="utf-8").splitlines():
        kind, number, rest = line.split(" ", 2)
        if kind == "file":
            sizes[int(number)] = int(rest)
        else:
            named.add((rest, int(number)))
    journals = folder_of(desk, "journals")
    for path in [*journals.glob("*.journal"), desk.path]:
        inode = path.stat().st_ino
        if path.suffix == ".journal" and (path.name, inode) not in named:
            path.unlink()
        elif path.suffix == ".journal" or inode in sizes or not _is_untouched(path):
            with path.open("r+b") as file:
                file.truncate(min(sizes.get(inode, 0), path.stat().st_size))


def _is_untouched(path: Path) -> bool:
    """Whether it is the file that lay there before the program began."""
    from tools.dev.places import EXAMPLE

    return path.read_bytes() == EXAMPLE.read_bytes()
