"""Where other characters than those written are far likelier: same sound, like shape, changed about, left out.

What might stand there ``tries`` says. What is gained is counted in doublings, by the characters that follow
each other and by the words; each kind of mistake has weights of its own. More is asked of what stands in
quotation marks or 《》, and of what is written so twice.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportdesk.checks.reading_cache import kept
from reportdesk.checks.spelling.lexicon import Parting, cost_of, part
from reportdesk.checks.spelling.model import model
from reportdesk.checks.spelling.tries import Kind, Run, Try, tries

_RUN = re.compile("[一-鿿]{2,60}")
"""Longer runs without any mark are gone through piece by piece, so that long texts stay linear."""
_NAMED = re.compile("《[^》\n]{1,60}》|“[^”\n]{1,40}”")
_TENTHS = 10
_LEAST_GAIN = {Kind.SOUND: 188, Kind.SHAPE: 168, Kind.WORD: 209, Kind.TURNED: 100, Kind.LOST: 130}
"""Tenths of a doubling below which hardly any was ever sure enough."""
_ASKED = {Kind.SOUND: 2.4, Kind.SHAPE: 2.4, Kind.WORD: 2.2, Kind.TURNED: 2.5, Kind.LOST: 2.3}
"""By kind, so that each accuses right text as seldom."""
_WEIGHTS = {
    Kind.SOUND: (-6.464, 0.236, 0.313, -0.993, -0.083, -0.055, 0.125, -0.93, 0.089, 0.564, 0.955),
    Kind.SHAPE: (-8.218, 0.264, 0.434, -1.956, 0.146, -0.003, 0.009, -0.778, 0.014, 0.766, 1.315),
    Kind.WORD: (-12.12, 0.148, -0.183, 1.33, -0.374, -0.187, 0.383, -0.357, 0.629, 0.655, 0.232),
    Kind.TURNED: (0.94, 0.074, 0.302, 0.645, -0.222, -0.198, 0.113, -1.664, -0.037, 0.6, 1.199),
    Kind.LOST: (-4.563, 0.095, 0.416, -2.433, 0.384, -0.063, -0.274, -0.981, -0.03, 0.958, 0.697),
}
"""Of what ``_measures`` counts; fitted to mistakes put into right documents."""
_NAMED_ASKED = 2.0
_TWICE = 4.0
_NEAR = 2
_TRIED = 4
_LONG = 12


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
    named = [match.span() for match in _NAMED.finditer(text)]
    for match in _RUN.finditer(text):
        guess = _guess(match[0], is_counted=_is_number(text[match.start() - 1 : match.start()]))
        if guess is None:
            continue
        start, end = match.start() + guess.start, match.start() + guess.end
        if guess.gain < _NAMED_ASKED and any(first < start and end < last for first, last in named):
            continue
        found.append(Guess(start, end, guess.right, guess.gain, guess.seen))
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
def _guess(signs: str, *, is_counted: bool) -> Guess | None:
    """The likeliest guess about a run of characters, by its places in it. ``is_counted``: a number stands before."""
    run = Run(model(), signs, is_counted=is_counted)
    scored = (
        (_score(run, gain, after, one), one) for gain, after, one in _likely(run) if _is_within_word(run, one)
    )
    score, one = max(scored, key=lambda pair: pair[0], default=(-1.0, None))
    if score < 0 or one is None:
        return None
    first, last, right = _in_words(signs, one)
    seen = {signs[max(0, one.start - 1) : one.end], signs[one.start : one.end + 1]}
    if one.start == one.end:
        seen = {signs[max(0, one.start - 1) : one.start + 1]}
    return Guess(first, last, right, score, tuple(words for words in seen if len(words) > 1))


def _likely(run: Run) -> Iterator[tuple[int, int, Try]]:
    """What gains most, a few of each kind, with the gain and what it then costs."""
    found: dict[Kind, list[tuple[int, int, Try]]] = {}
    for one in tries(run, _LEAST_GAIN):
        before = run.cost(one.start, one.end)
        most = before - _LEAST_GAIN[one.kind]
        after = _cost_after(run, one, most) if most > 0 else most
        if after < most:
            found.setdefault(one.kind, []).append((before - after, after, one))
    for of_kind in found.values():
        yield from sorted(of_kind, key=lambda told: -told[0])[:_TRIED]


def _is_within_word(run: Run, one: Try) -> bool:
    """Whether two changed about are of one word then: 真帮实扶 is no slip for 真实帮扶."""
    return one.kind is not Kind.TURNED or part(_changed(run.signs, one)).crosses(one.start + 1)


def _cost_after(run: Run, one: Try, most: int) -> int:
    """What the characters cost with it; no more is counted than ``most``."""
    signs = (
        f"{run.bound[max(0, one.start - 1) : one.start + 1]}{one.right}{run.bound[one.end + 1 : one.end + 3]}"
    )
    cost = 0
    if one.start == 0:
        cost = run.known.cost_of_two(signs[0], signs[1])
    for first, second, third in zip(signs, signs[1:], signs[2:], strict=False):
        cost += run.known.cost(first, second, third)
        if cost >= most:
            break
    return cost


def _in_words(signs: str, one: Try) -> tuple[int, int, str]:
    """The place in whole words, as they should be: 领寻 for 寻."""
    changed, longer = _changed(signs, one), len(one.right) - (one.end - one.start)
    ends = part(changed).ends
    first = max(end for end in ends if end <= one.start)
    last = min(end for end in ends if end >= one.end + longer)
    if last - longer == first:  # a word of its own was left out: shown with the one before
        first = max(end for end in ends if end < first)
    return first, last - longer, changed[first:last]


def _changed(signs: str, one: Try) -> str:
    return signs[: one.start] + one.right + signs[one.end :]


def _score(run: Run, gain: int, after: int, one: Try) -> float:
    """How sure it is, above what is asked."""
    measures = _measures(run, gain, after, one)
    told = sum(weight * of for weight, of in zip(_WEIGHTS[one.kind], measures, strict=True))
    return told - _ASKED[one.kind]


def _measures(run: Run, gain: int, after: int, one: Try) -> tuple[float, ...]:
    """What tells a mistake: gains by characters and words, the words that hold it, and lone characters beside it."""
    changed = _changed(run.signs, one)
    written, parted, end = run.parted, part(changed), one.start + len(one.right)
    held = _held(parted, one.start, end)
    held_before = _held(written, one.start, max(one.end, one.start + 1))
    counted = min(len(changed) + 1, end + 2) - one.start
    return (
        1,
        gain / _TENTHS,
        written.cost - parted.cost,
        max(last - first for first, last in held),
        max(cost_of(changed[first:last]) for first, last in held),
        after / _TENTHS / counted,
        _lone(written, one.start, one.end),
        _lone(parted, one.start, end),
        max(cost_of(run.signs[first:last]) for first, last in held_before),
        _met(run, one),
        len(run.signs) > _LONG,
    )


def _held(parted: Parting, start: int, end: int) -> list[tuple[int, int]]:
    """The words that hold the place."""
    return [(first, last) for first, last in itertools.pairwise(parted.ends) if first < end and last > start]


def _lone(parted: Parting, start: int, end: int) -> int:
    """Words of one character near the place."""
    return sum(
        last - first == 1 and start - _NEAR <= first <= end + 1
        for first, last in itertools.pairwise(parted.ends)
    )


def _met(run: Run, one: Try) -> int:
    """How many runs of three characters that end there were met before."""
    signs = (
        f"{run.bound[max(0, one.start - 1) : one.start + 1]}{one.right}{run.bound[one.end + 1 : one.end + 3]}"
    )
    return sum(run.known.is_met(*three) for three in zip(signs, signs[1:], signs[2:], strict=False))


def _is_number(sign: str) -> bool:
    return sign.isdigit() or sign in ("%", "％")
