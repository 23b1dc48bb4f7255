"""Has attempts made by two processes at once, watches their time and memory, and counts how they end."""

from __future__ import annotations

import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.outcome import Ending, Kind, Outcome

_ROOT = Path(__file__).parents[2]
_WORKERS = 2
MOST_MEMORY = 300
"""MiB that a process may take, whatever it is fed with."""
_NOTES = 20
_LOADING = 20
"""Seconds more for the first attempt of a process."""
_PATIENCE = 6
"""How many times its seconds an attempt may last by the clock, on a machine that others use too."""


@dataclass
class Tally:
    """How the attempts of a kind ended; ``notes`` tells the first that did not survive."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    peak: int = 0
    """MiB."""

    def add(self, number: int, outcome: Outcome) -> None:
        """Count an attempt."""
        self.counts[outcome.ending] += 1
        if outcome.ending not in (Ending.SURVIVED, Ending.VOID) and len(self.notes) < _NOTES:
            self.notes.append(f"#{number} {outcome.ending}: {outcome.note}")

    @property
    def tried(self) -> int:
        """How many attempts changed something."""
        return self.counts.total() - self.counts[Ending.VOID]

    @property
    def harmed(self) -> int:
        """How many did not survive."""
        return self.tried - self.counts[Ending.SURVIVED]


class Child:
    """One process that makes attempts of a kind, started anew after each that it did not survive."""

    def __init__(self, kind: Kind, seed: str, breakage: str = "") -> None:
        self._kind = kind
        self._seed = seed
        self._command = [sys.executable, "-m", "tests.faults.child", kind.name, seed]
        if breakage:
            self._command.append(breakage)
        self._process: subprocess.Popen[bytes] | None = None
        self._is_warm = False
        self.peak = 0

    def make(self, number: int) -> Outcome:
        """Have the attempt made and wait for its end, no longer than the kind allows."""
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"%d\n" % number)
        process.stdin.flush()
        if not self._answers(process):
            self.end()
            return Outcome(Ending.HUNG, f"no answer within {self._kind.seconds} s")
        line = process.stdout.readline()
        if not line:
            code = process.wait()
            self.end()
            if self._kind.apart is not None:
                return self._kind.apart(number, Random(f"{self._seed} {self._kind.name} {number}"))
            return Outcome(Ending.CRASHED, f"the process ended with {code}")
        self._is_warm = True
        answer = json.loads(line)
        self.peak = max(self.peak, answer["peak"])
        if answer["peak"] > MOST_MEMORY:
            self.end()  # the mark never sinks again
            return Outcome(Ending.CRASHED, f"{answer['peak']} MiB")
        return Outcome(Ending(answer["ending"]), answer["note"])

    def _answers(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait for the answer: the kind's seconds of the processor, or many more where others have it."""
        # The first attempt of a process also loads what it needs.
        allowed = self._kind.seconds + (0 if self._is_warm else _LOADING)
        assert process.stdout is not None
        begun, used = time.monotonic(), _processor_seconds(process.pid)
        while time.monotonic() - begun < allowed * _PATIENCE:
            if select.select([process.stdout], [], [], allowed / 4)[0]:
                return True
            if _processor_seconds(process.pid) - used > allowed:
                break
        return False

    def _start(self) -> subprocess.Popen[bytes]:
        self._is_warm = False
        self._process = subprocess.Popen(
            self._command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._process

    def end(self) -> None:
        """Have no process any more."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _processor_seconds(process: int) -> float:
    """What the process has had of the processor; what it started and waits for has no part in it."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(
    kind: Kind,
    numbers: Iterable[int],
    seed: str,
    until: float,
    *,
    breakage: str = "",
    stops_at_harm: bool = False,
    side_by_side: int = _WORKERS,
) -> Tally:
    """Have the attempts of these numbers made against the program, or against that breakage of it, none begun after ``until`` (of the monotonic clock).

    ``stops_at_harm``: nor after the first that was not survived.
    """
    tally = Tally()
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in numbers:
        waiting.put(number)
    lock = threading.Lock()

    def work() -> None:
        child = Child(kind, seed, breakage)
        try:
            while time.monotonic() < until and not (stops_at_harm and tally.harmed):
                try:
                    number = waiting.get_nowait()
                except queue.Empty:
                    return
                outcome = child.make(number)
                with lock:
                    tally.add(number, outcome)
                    tally.peak = max(tally.peak, child.peak)
        finally:
            child.end()

    workers = [threading.Thread(target=work) for _ in range(side_by_side)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return tally
