"""A process that makes attempts for ``run``: a line asks for one, a line answers. It may be killed at any time.

Run as ``python -m tests.faults.child KIND SEED [BREAKAGE]``.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import traceback
from pathlib import Path
from random import Random
from typing import TextIO

from tests.faults.kinds import BREAKAGES, KINDS
from tests.faults.outcome import Ending, Outcome


def main(name: str, seed: str, breakage: str = "") -> None:
    """Answer until there is no more question."""
    answers = _own_channel()
    with BREAKAGES[breakage].spoil() if breakage else contextlib.nullcontext():
        for line in sys.stdin:
            number = int(line)
            outcome = _made(name, number, Random(f"{seed} {name} {number}"))
            answer = {"number": number, "ending": outcome.ending, "note": outcome.note, "peak": _peak()}
            print(json.dumps(answer), file=answers, flush=True)


def _made(name: str, number: int, random: Random) -> Outcome:
    try:
        return KINDS[name].attempt(number, random)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - whatever nobody turned into a sentence, a panic of Rust's too
        return Outcome(Ending.CRASHED, traceback.format_exc(limit=-6))


def _peak() -> int:
    """MiB that this process has had at most; ``getrusage`` would count what it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    said = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(said[1]) // 1024 if said else 0


def _own_channel() -> TextIO:
    """Standard output for answers only: what anything else prints goes with the errors."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(*sys.argv[1:])
