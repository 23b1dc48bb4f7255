"""What comes of files as offices have them: read whole, in part and named, refused, wrong in silence."""

from __future__ import annotations

import functools
import resource
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.figure import Figure
from bench.foreign_files import Outcome, Verdict, files, judge

_SECONDS = 10.0
_MEBIBYTES = 300.0


def figures() -> list[Figure]:
    """The counts by family beside the figures; how many files were wrong, and the dearest of them."""
    before = _peak()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = [judge(file, Path(folder)) for file in files()]
    _print_counts(outcomes)
    wrong = [one for one in outcomes if one.verdict in (Verdict.WRONG, Verdict.BROKE)]
    slowest = max(outcomes, key=lambda one: one.seconds)
    return [
        Figure("foreign: files wrong in silence or lost / none", float(len(wrong)), 1.0, 0.0, "files"),
        Figure(f"foreign: the slowest, {slowest.file.name} / limit", slowest.seconds, _SECONDS, 1.0, "s"),
        Figure("foreign: memory that all of them took / limit", _peak() - before, _MEBIBYTES, 1.0, "MiB"),
    ]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _print_counts(outcomes: Iterable[Outcome]) -> None:
    say = functools.partial(print, file=sys.stderr)
    say(f"{'family':<10}", *(f"{verdict:>18}" for verdict in Verdict), f"{'accused wrongly':>18}")
    by_family: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by_family.setdefault(one.file.family, []).append(one)
    everything = [one for held in by_family.values() for one in held]
    for family, held in [*by_family.items(), ("all", everything)]:
        counts = [sum(one.verdict is verdict for one in held) for verdict in Verdict]
        accused = sum(bool(one.accused) for one in held)
        say(f"{family:<10}", *(f"{count:>18}" for count in counts), f"{accused:>18}")
    for one in everything:
        _print_what_went_wrong(one)


def _print_what_went_wrong(one: Outcome) -> None:
    say = functools.partial(print, file=sys.stderr)
    for told, lines in (("WRONG", one.wrong), ("accused", one.accused)):
        if lines:
            say(f"{told} {one.file.name} ({one.file.about}): {len(lines)}", *lines[:4], sep="\n    ")
    if one.lost:
        say(f"in part {one.file.name} ({one.file.about}): {len(one.lost)} seen cells not read, named")
    if one.verdict is Verdict.REFUSED and (one.file.seen or one.file.refused is None):
        say(f"refused {one.file.name} ({one.file.about}): {one.sentence}")
    if one.verdict is Verdict.BROKE:
        say(f"LOST {one.file.name} ({one.file.about}): {one.sentence}")
