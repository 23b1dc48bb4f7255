"""Where other characters than those written are far likelier: same sound, like shape, changed about.

A place is looked at only where no word holds it and characters meet that were never met before. What is
gained is counted in doublings, by the characters that follow each other and by the words. Names, short
names of provinces and rare words are passed over; what is written so twice has to gain more.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportdesk.checks.memory import kept
from reportdesk.checks.spelling.alike import of_like_shape, of_same_sound
from reportdesk.checks.spelling.lexicon import Parting, cost_of, holds_rare_word, part
from reportdesk.checks.spelling.model import BOUND, Model, met_behind, model

_RUN = re.compile("[一-鿿]{3,60}")
"""Longer runs without any mark are gone through piece by piece, so that long texts stay linear."""
_NAME_ENDS = frozenset(
    "镇 乡 村 街 路 县 区 市 旗 州 寨 庄 坪 屯 湾 桥 河 山 湖 街道 社区 大道 苏木 新村 新区 镇政府 乡政府 号 组".split()  # noqa: SIM905 (one line)
)
_PROVINCES = frozenset("京津沪渝冀豫辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤琼兰")
"""Short names, which stand beside anything."""
_NAME_WORDS = 3
"""Words before one of these that may be of the name."""
_TENTHS = 10
_LEAST_GAIN = 8.0
_ASKED = 5.6
_TWICE = 4.0
_NEAR = 2
_TRIED = 4


class _Try(NamedTuple):
    """A place in a run, and what might stand there."""

    start: int
    end: int
    right: str


@dataclass(frozen=True, slots=True)
class Guess:
    """From ``start`` to ``end`` of the text ``right`` is likelier; ``gain`` is how much surer than what is asked."""

    start: int
    end: int
    right: str
    gain: float
    seen: tuple[str, ...]
    """What is written there with a neighbour: met twice it is meant so."""


@kept
def guesses(text: str) -> tuple[Guess, ...]:
    """The guesses about a text, in order; at most one for each run of characters."""
    found = []
    for match in _RUN.finditer(text):
        guess = _guess(match[0], is_counted=_is_number(text[match.start() - 1 : match.start()]))
        if guess is not None:
            place = (match.start() + guess.start, match.start() + guess.end)
            found.append(Guess(*place, guess.right, guess.gain, guess.seen))
    return tuple(found)


def sure_guesses(text: str, whole: str) -> list[Guess]:
    """Those that hold though the same may stand elsewhere in the report, the likeliest first."""
    kept_ones = [
        guess
        for guess in guesses(text)
        if guess.gain >= (_TWICE if any(whole.count(words) > 1 for words in guess.seen) else 0)
    ]
    return sorted(kept_ones, key=lambda guess: -guess.gain)


@functools.lru_cache(maxsize=1_024)
def _guess(run: str, *, is_counted: bool) -> Guess | None:
    """The likeliest guess about a run of characters, by its places in it. ``is_counted``: a number stands before."""
    known = model()
    measured = ((_measure(known, run, one), one) for one in _tries(run, is_counted=is_counted))
    tries = [(gain, after, one) for (gain, after), one in measured if gain > _LEAST_GAIN]
    if not tries:
        return None
    parted = part(run)
    scored = (
        (_score(run, parted, gain, after, one), one)
        for gain, after, one in sorted(tries, key=lambda told: -told[0])[:_TRIED]
    )
    score, one = max(scored, key=lambda pair: pair[0])
    if score < 0:
        return None
    first, last, right = _in_words(run, one)
    seen = {run[max(0, one.start - 1) : one.end], run[one.start : one.end + 1]}
    return Guess(first, last, right, score, tuple(words for words in seen if len(words) > 1))


def _in_words(run: str, one: _Try) -> tuple[int, int, str]:
    """The place in whole words, as they should be: 领寻 for 寻. What is tried is as long as what is written."""
    changed = run[: one.start] + one.right + run[one.end :]
    ends = part(changed).ends
    first = max(end for end in ends if end <= one.start)
    last = min(end for end in ends if end >= one.end)
    return first, last, changed[first:last]


def _score(run: str, written: Parting, gain: float, after: float, one: _Try) -> float:
    """How sure it is, above what is asked; the weights were fitted to mistakes and to right documents."""
    changed = run[: one.start] + one.right + run[one.end :]
    parted, end = part(changed), one.start + len(one.right)
    held = [
        (first, last) for first, last in itertools.pairwise(parted.ends) if first < end and last > one.start
    ]
    longest = max(last - first for first, last in held)
    rarest = max(cost_of(changed[first:last]) for first, last in held)
    loose = sum(
        last - first == 1 and one.start - _NEAR <= first <= one.end + 1
        for first, last in itertools.pairwise(written.ends)
    )
    by_words = written.cost - parted.cost
    told = 0.16 * gain + 0.326 * by_words + 0.393 * longest - 0.079 * rarest - 0.138 * after - 0.556 * loose
    return told - _ASKED


def _measure(known: Model, run: str, one: _Try) -> tuple[float, float]:
    """Doublings that the characters are likelier with it, and what each then costs."""
    written = f"{BOUND}{run}{BOUND}"
    changed = f"{written[: one.start + 1]}{one.right}{written[one.end + 1 :]}"
    end = min(len(changed), one.start + 3 + len(one.right))
    before = _cost(known, written, one.start + 1, one.end + 3)
    after = _cost(known, changed, one.start + 1, end)
    return (before - after) / _TENTHS, after / (end - one.start - 1) / _TENTHS


def _cost(known: Model, signs: str, start: int, end: int) -> int:
    costs = (
        known.cost(signs[at - 2], signs[at - 1], signs[at])
        if at > 1
        else known.cost_of_two(signs[0], signs[1])
        for at in range(start, min(end, len(signs)))
    )
    return sum(costs)


def _tries(run: str, *, is_counted: bool) -> Iterator[_Try]:
    ends = part(run).ends
    met = [True, *(second in met_behind(first) for first, second in itertools.pairwise(run)), True]
    """Whether the two characters that meet there were met before; the ends count as met."""
    names = _names(run, ends)
    for start, end in itertools.pairwise(ends):
        is_loose = end - start == 1 and not (met[start] and met[end])
        if is_loose and start not in names and not (_is_right(run, start) or (is_counted and start == 0)):
            yield from _of_one(run, start)
    yield from _turned(run, ends, met, names)


def _of_one(run: str, at: int) -> Iterator[_Try]:
    """Another character for one that no word holds."""
    behind = run[at + 1 : at + 2]
    met = met_behind(run[at - 1]) if at else frozenset[str]()
    for sign in dict.fromkeys(of_same_sound(run[at]) + of_like_shape(run[at])):
        if sign in met or (behind and behind in met_behind(sign)):
            yield _Try(at, at + 1, sign)


def _turned(run: str, ends: Sequence[int], met: Sequence[bool], names: set[int]) -> Iterator[_Try]:
    """Two changed about, of which one no word holds."""
    singles = {start for start, end in itertools.pairwise(ends) if end - start == 1}
    for at in range(len(run) - 1):
        is_loose = at in singles or at + 1 in singles
        if is_loose and not names & {at, at + 1} and not (met[at] and met[at + 1] and met[at + 2]):
            if holds_rare_word(run, at, at + 1) or holds_rare_word(run, at + 1, at + 2):
                continue
            yield _Try(at, at + 2, run[at + 1] + run[at])


def _is_number(sign: str) -> bool:
    return sign.isdigit() or sign in ("%", "％")


def _is_right(run: str, at: int) -> bool:
    """Whether a province's short name, a rare word or 试一试 stands there."""
    if run[at] in _PROVINCES or (run[at - 1 : at] == "一" and run[at - 2 : at - 1] == run[at]):
        return True
    return holds_rare_word(run, at, at + 1)


def _names(run: str, ends: Sequence[int]) -> set[int]:
    """Where words begin that may be of a name: what stands before 镇, 村 or 路."""
    found: set[int] = set()
    words = list(itertools.pairwise(ends))
    for number, (start, end) in enumerate(words):
        if run[start:end] in _NAME_ENDS:
            for before, end_before in reversed(words[max(0, number - _NAME_WORDS) : number]):
                found.add(before)
                if end_before - before > 1:
                    break
    return found
