"""``python -m tests.faults [--seconds N] [--seed S] [KIND …]``: the harness in full, resumable.

What was done stands in build/faults/SEED.json and is not done again; ``--anew`` forgets it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults.kinds import BREAKAGES, KINDS
from tests.faults.outcome import Breakage, Ending, Kind
from tests.faults.run import MOST_MEMORY, Tally, run

_DONE = Path("build/faults")


def main() -> int:
    """Run what is left, print the counts; 1 if anything was harmed or a broken store was not noticed."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}")
    parser.add_argument("--seconds", type=float, default=3600, help="how long it may take in all")
    parser.add_argument("--seed", default="1", help="other attempts than those of the last run")
    parser.add_argument("--anew", action="store_true", help="forget what was done before")
    options = parser.parse_args()
    unknown = set(options.kinds) - set(KINDS)
    if unknown:
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    until = time.monotonic() + options.seconds
    done = _Done(options.seed, anew=options.anew)
    chosen = [KINDS[name] for name in options.kinds or KINDS]
    print(
        f"{'kind':<16}{'tried':>8}{'survived':>10}{'lost':>6}{'crashed':>9}{'hung':>6}{'MiB':>6}  broken store"
    )
    fine = [_one(kind, done, options.seed, until) for kind in chosen]
    more = [one for one in BREAKAGES.values() if one.name != one.kind and KINDS[one.kind] in chosen]
    fine += [_noticed(one, done, options.seed, until) for one in more]
    return 0 if all(fine) else 1


class _Done:
    """What earlier runs of the same seed did."""

    def __init__(self, seed: str, *, anew: bool) -> None:
        self._path = _DONE / f"{seed}.json"
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._kinds: dict[str, Any] = {}
        if self._path.exists() and not anew:
            self._kinds = json.loads(self._path.read_text(encoding="utf-8"))

    def of(self, name: str) -> dict[str, Any]:
        """What is known of a kind or of its broken store."""
        entry: dict[str, Any] = self._kinds.setdefault(
            name, {"next": 0, "counts": {}, "notes": [], "peak": 0}
        )
        return entry

    def add(self, name: str, upto: int, tally: Tally) -> None:
        """Note what was done."""
        entry = self.of(name)
        entry["next"] = upto
        entry["counts"] = dict(Counter(entry["counts"]) + tally.counts)
        entry["notes"] = [*entry["notes"], *tally.notes][:20]
        entry["peak"] = max(entry["peak"], tally.peak)
        self._path.write_text(json.dumps(self._kinds, ensure_ascii=False, indent=1), encoding="utf-8")


def _one(kind: Kind, done: _Done, seed: str, until: float) -> bool:
    """Do what is left of a kind and print its row; whether nothing was harmed."""
    while (begin := done.of(kind.name)["next"]) < kind.full and time.monotonic() < until:
        end = min(begin + max(10, kind.full // 50), kind.full)  # between two notes of what was done
        tally = run(kind, range(begin, end), seed, until)
        if tally.counts.total() < end - begin:
            break  # out of time in the middle: these are done again
        done.add(kind.name, end, tally)
    entry = done.of(kind.name)
    noticed, of = _against(BREAKAGES[kind.name], done, seed, until)
    counts = Counter(entry["counts"])
    tried = counts.total() - counts[Ending.VOID]
    print(
        f"{kind.name:<16}{tried:>8}{counts[Ending.SURVIVED]:>10}{counts[Ending.LOST]:>6}"
        f"{counts[Ending.CRASHED]:>9}{counts[Ending.HUNG]:>6}{entry['peak']:>6}"
        f"  {noticed} of {of} noticed"
        + ("" if entry["next"] >= kind.full else f"; {kind.full - entry['next']} left"),
        flush=True,
    )
    for note in entry["notes"]:
        print("   ", note)
    return tried == counts[Ending.SURVIVED] and noticed > 0 and entry["peak"] <= MOST_MEMORY


def _noticed(breakage: Breakage, done: _Done, seed: str, until: float) -> bool:
    """Try one more breakage of the store and print its row; whether it was noticed."""
    noticed, of = _against(breakage, done, seed, until)
    print(f"{breakage.kind}, {breakage.name}: {noticed} of {of} noticed", flush=True)
    return noticed > 0


def _against(breakage: Breakage, done: _Done, seed: str, until: float) -> tuple[int, int]:
    """In how many of how many attempts the breakage was noticed."""
    name = f"{breakage.name}, broken"
    if not done.of(name)["next"] and time.monotonic() < until:
        kind = KINDS[breakage.kind]
        tally = run(kind, range(breakage.spoilt), seed, until, breakage=breakage.name)
        done.add(name, breakage.spoilt, tally)
    counts = done.of(name)["counts"]
    harmed = sum(counts.get(ending, 0) for ending in (Ending.LOST, Ending.CRASHED, Ending.HUNG))
    return harmed, sum(counts.values())


if __name__ == "__main__":
    sys.exit(main())
