"""The fault harness in its short form, and that each kind of it notices a store that is deliberately broken.

In full: ``dev.py faults``.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from tests.faults.foreign import can_be_made
from tests.faults.kinds import BREAKAGES, KINDS
from tests.faults.large import can_mount
from tests.faults.mutate import mutated
from tests.faults.outcome import Ending, Kind
from tests.faults.run import Child, Tally, run

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="the harness forks and kills as Linux does")

_LONGEST = 120.0
"""Seconds for one kind on a machine that is busy; on a quiet one all together take forty."""
_MANY = 10
"""Of so many attempts each is short, and another process for them takes longer to start than it saves."""


def made(name: str, breakage: str = "") -> Tally:
    if name in ("xls", "doc") and not can_be_made(name):
        pytest.skip("LibreOffice is not installed")
    if name in ("full-disk", "full-recovery") and not can_mount():
        pytest.skip("this machine allows no disk of our own")
    kind = KINDS[name]
    numbers = from_all_over(kind) if name in _SPREAD else range(kind.full)
    return run(
        kind,
        numbers[: BREAKAGES[breakage].spoilt if breakage else kind.short],
        "short",
        time.monotonic() + _LONGEST,
        breakage=breakage,
        stops_at_harm=bool(breakage),
        side_by_side=1 if breakage or kind.short >= _MANY else 2,  # the first harm is the last attempt
    )


def from_all_over(kind: Kind) -> Sequence[int]:
    """All numbers of a kind, so ordered that the first few are spread over the whole."""
    step = kind.full // kind.short
    return [number for first in range(step) for number in range(first, kind.full, step)]


_SPREAD = ("disk-step", "power-cut", "full-disk", "changed-behind")
"""Whose number says where harm is done."""


TRIED = (
    "open-editor",
    "window-power",
    "syncs do nothing",
    "folders are not synced",
    "full-recovery",
    "unreliable-disk",
    "second-export",
    "recovery leaves out the last edit",
    "the journal goes first",
    "disk-step",
    "power-cut",
    "changed-behind",
    "clock",
    "closing",
    "rule-raises",
    "report-file",
    "xlsx",
    "html",
)
"""Breakages that the tests try; what the others break takes longer."""


@pytest.mark.parametrize("name", KINDS)
def test_no_harm_is_done(name: str) -> None:
    tally = made(name)
    assert tally.tried, "nothing was tried"
    assert not tally.harmed, "\n".join(tally.notes)


@pytest.mark.parametrize("name", TRIED)
def test_a_broken_store_is_noticed(name: str) -> None:
    tally = made(BREAKAGES[name].kind, name)
    assert tally.harmed, "the harness would not notice"
    assert set(tally.counts) <= set(Ending)


def test_a_mutation_that_changes_nothing_is_possible_and_not_counted() -> None:
    tally = run(KINDS["report-file"], range(400), "void", time.monotonic() + _LONGEST)
    assert tally.counts[Ending.VOID]
    assert tally.tried + tally.counts[Ending.VOID] == 400


def test_mutations_are_the_same_for_the_same_seed() -> None:
    content = bytes(range(256)) * 8
    assert mutated(content, Random("1")) == mutated(content, Random("1"))
    assert mutated(content, Random("1")) != mutated(content, Random("2"))


def answers(script: str, seconds: float) -> bool:
    """Whether a process that runs the script is waited for until it answers."""
    child = Child(replace(KINDS["report-file"], seconds=seconds), "void")
    child._is_warm = True
    process = subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE)
    try:
        return child._answers(process)
    finally:
        process.kill()
        process.communicate()


def test_an_attempt_that_does_not_get_the_processor_is_waited_for() -> None:
    assert answers("sleep 1.2; echo done", seconds=1.0)


def test_an_attempt_that_keeps_the_processor_is_not() -> None:
    assert not answers("while :; do :; done", seconds=0.2)
