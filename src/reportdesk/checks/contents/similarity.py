"""What two texts share: passages of the one that stand, but for their numbers, in the other.

Seeds of a few signs are looked up in an index of the other text and grown as far as they
reach, as programs against plagiarism do: linear, and blind to the order of passages. A longest
common subsequence, as difflib's, takes seconds for texts of this length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportdesk.checks.engine import Passage
from reportdesk.checks.reading_cache import kept

_SEED = 8
_SHORTEST = 12
_PLACES = 4
"""How many places of one seed are tried: a stock phrase may stand in a text many times."""
_NAME = 12
"""Characters of a name and what stands beside it: copied prose that names another unit is copied prose."""
_SAMPLES = 48
_SAMPLED_SHARE = 0.3
_DIGIT = re.compile(r"[0-9０-９]")


@kept
def like_passages(now: str, then: str) -> tuple[Passage, ...]:
    """The passages of ``now`` that stand in ``then`` too, in order and not overlapping."""
    return find_like_passages(now, then)


def find_like_passages(now: str, then: str) -> tuple[Passage, ...]:
    """As ``like_passages``, for who asks once: nothing is kept of the texts."""
    new, old = _DIGIT.sub("0", now), _DIGIT.sub("0", then)
    index: dict[str, list[int]] = {}
    for place in range(len(old) - _SEED + 1):
        places = index.setdefault(old[place : place + _SEED], [])
        if len(places) < _PLACES:
            places.append(place)
    found = []
    place = 0
    while place <= len(new) - _SEED:
        length, there = 0, 0
        for candidate in index.get(new[place : place + _SEED], ()):
            reach = _shared_length(new, place, old, candidate)
            if reach > length:
                length, there = reach, candidate
        if length >= _SHORTEST:
            found.append(Passage((place, place + length), (there, there + length)))
            place += length
        else:
            place += 1
    return tuple(found)


def joined(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, those joined between which either text has but a name or so of its own."""
    found: list[Passage] = []
    for passage in passages:
        last = found[-1] if found else None
        if last and _is_near(last.now, passage.now) and _is_near(last.then, passage.then):
            found[-1] = Passage((last.now[0], passage.now[1]), (last.then[0], passage.then[1]))
        else:
            found.append(passage)
    return tuple(found)


def _is_near(before: tuple[int, int], after: tuple[int, int]) -> bool:
    return 0 <= after[0] - before[1] <= _NAME


def may_be_like(now: str, then: str) -> bool:
    """Whether looking closely is worth it: some of the seeds spread over ``now`` stand in ``then``."""
    new, old = _DIGIT.sub("0", now), _DIGIT.sub("0", then)
    step = max(1, len(new) // _SAMPLES)
    samples = [new[place : place + _SEED] for place in range(0, len(new) - _SEED + 1, step)]
    return sum(sample in old for sample in samples) >= _SAMPLED_SHARE * len(samples)


def shared_part(now: str, passages: tuple[Passage, ...]) -> float:
    """How much of ``now`` the passages cover, from 0 to 1; white space does not count."""
    whole = len("".join(now.split()))
    covered = sum(len("".join(now[slice(*passage.now)].split())) for passage in passages)
    return covered / whole if whole else 0.0


def _shared_length(new: str, start: int, old: str, there: int) -> int:
    """How far both texts run alike from these places, by doubling and halving slices."""
    most = min(len(new) - start, len(old) - there)
    low, step = _SEED, _SEED
    while low < most:
        high = min(most, low + step)
        if new[start + low : start + high] == old[there + low : there + high]:
            low, step = high, step * 2
        elif step == 1:
            break
        else:
            step = max(1, step // 4)
    return low
