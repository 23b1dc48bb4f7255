"""``python -m tests.faults.on_disk FOLDER NUMBER``: a clerk's script on a small disk until it is full; prints the ending."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

from tests.faults.broken import ELSEWHERE, named
from tests.faults.clerk import Desk, after_restart


def main(folder: Path, number: int) -> str:
    """How it ended."""
    desk = Desk(folder, Random(f"full {number}"))
    try:
        desk.found()
        desk.open()
    except OSError:
        return "void"  # too small for the report itself
    told_safe, was_full = 0, False
    for turn in range(60):
        desk.edit()
        if desk.keeping.is_noted:
            told_safe = len(desk.seen) - 1
        if turn % 9 == 8:
            if desk.save():
                told_safe = len(desk.seen) - 1
            else:
                was_full = True
        was_full = was_full or not desk.keeping.is_noted
    noted = desk.keeping.is_noted
    desk.keeping.close()
    if not was_full:
        return "void"
    found = after_restart(desk)
    if found is None:
        return "the file cannot be opened"
    least = len(desk.seen) - 1 if noted else told_safe
    return "survived" if found in desk.seen[least:] else f"told safe up to {least}, found something older"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    with named(os.environ.get(ELSEWHERE)):
        print(main(Path(sys.argv[1]), int(sys.argv[2])))
