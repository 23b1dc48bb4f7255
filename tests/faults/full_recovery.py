"""恢复 in the real window on a disk that is full: after the next kill all of it is still offered.

Run as ``python -m tests.faults.full_recovery FOLDER SEED`` on a small disk of its own; prints the ending.
"""

from __future__ import annotations

import errno
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.faults.kill import end_at_once, found_again, new_desk, read_ledger, start, wait_for
from tests.faults.outcome import Outcome

_SIZE_K = 3_000
_TYPING = 1.5
_RECOVERING = 2.5
_BLOCK = 4096


def attempt(number: int, _random: Random) -> Outcome:
    """Type, be killed, find the disk full, recover, be killed again."""
    from tests.faults.large import on_small_disk

    return on_small_disk("tests.faults.full_recovery", _SIZE_K, number)


def main(folder: Path, number: int) -> str:
    """How it ended."""
    random = Random(f"recovery {number}")
    desk = new_desk(folder, random)
    with tempfile.TemporaryDirectory() as elsewhere:
        typed, recovered = Path(elsewhere, "typed"), Path(elsewhere, "recovered")
        process = start(desk, typed, random)
        try:
            if not wait_for(typed, process):
                return "void"
            time.sleep(_TYPING)
        finally:
            end_at_once(process)
        before = found_again(desk)
        if before not in [digest for _at, digest in read_ledger(typed)]:
            return f"found nothing that was seen: {before}"
        _fill(folder)
        process = start(desk, recovered, random, "--pause-after", "0")
        try:
            if not wait_for(recovered, process):
                return "it did not start on a full disk"
            time.sleep(_RECOVERING)
        finally:
            end_at_once(process)
        if read_ledger(recovered)[0][1] != before:
            return "what was recovered is not what was found before"
    return "survived" if found_again(desk) == before else "what was recovered is offered no more"


def _fill(folder: Path) -> None:
    with Path(folder, "full").open("wb", buffering=0) as file:
        size = _BLOCK
        while size:
            try:
                file.write(bytes(size))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                size //= 2


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    print(main(Path(sys.argv[1]), int(sys.argv[2])))
