"""How likely characters follow each other: ``resources/language/model.bin``, made by tools/build_language.py.

A cost is counted in tenths of a doubling. It is loaded when first asked for, in the second process.
"""

from __future__ import annotations

import functools
import itertools
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportdesk.resources import resource

BOUND = "\n"
"""Stands before and behind a run of characters."""
_MOST_PAIRS = 50_000
_UNKNOWN = 260
_NO_TRIPLE = 20
_NO_PAIR = 60
"""What it costs more where the three, or the two, were never met."""


@dataclass(frozen=True, slots=True)
class Model:
    """The arrays; ``places`` tell where a character's pairs begin, ``behind`` where a pair's thirds do."""

    ones: dict[str, tuple[int, int]]
    """The number of each character, and its cost."""
    places: array[int]
    seconds: array[int]
    twos: array[int]
    behind: array[int]
    thirds: array[int]
    threes: array[int]

    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    """The numbers of pairs that were asked for."""

    def pair(self, first: str, second: str) -> int:
        """The number of the pair; -1 if it was never met."""
        number = self.pairs.get((first, second))
        if number is None:
            if len(self.pairs) >= _MOST_PAIRS:
                self.pairs.clear()
            number = self.pairs[first, second] = self._find(first, second)
        return number

    def _find(self, first: str, second: str) -> int:
        known = self.ones.get(first)
        if known is None:
            return -1
        number, sign = known[0], ord(second)
        end = self.places[number + 1]
        place = bisect_left(self.seconds, sign, self.places[number], end)
        return place if place < end and self.seconds[place] == sign else -1

    def cost(self, first: str, second: str, third: str) -> int:
        """What the third costs behind the two."""
        pair = self.pair(first, second)
        if pair >= 0:
            sign, end = ord(third), self.behind[pair + 1]
            place = bisect_left(self.thirds, sign, self.behind[pair], end)
            if place < end and self.thirds[place] == sign:
                return self.threes[place]
        return _NO_TRIPLE + self.cost_of_two(second, third)

    def is_met(self, first: str, second: str, third: str) -> bool:
        """Whether the third was met behind the two."""
        pair = self.pair(first, second)
        if pair < 0:
            return False
        place = bisect_left(self.thirds, ord(third), self.behind[pair], self.behind[pair + 1])
        return place < self.behind[pair + 1] and self.thirds[place] == ord(third)

    def thirds_behind(self, first: str, second: str) -> Iterator[str]:
        """The characters that were met behind the two."""
        pair = self.pair(first, second)
        if pair >= 0:
            yield from map(chr, self.thirds[self.behind[pair] : self.behind[pair + 1]])

    def cost_of_two(self, first: str, second: str) -> int:
        """What the second costs behind the first."""
        pair = self.pair(first, second)
        if pair >= 0:
            return self.twos[pair]
        known = self.ones.get(second)
        return _NO_PAIR + (known[1] if known is not None else _UNKNOWN)


@functools.cache
def model() -> Model:
    """The model."""
    content = zlib.decompress(resource("language", "model.bin").read_bytes())
    count, pairs, triples = struct.unpack_from("<3I", content)
    place = struct.calcsize("<3I")

    def take(kind: str, size: int) -> array[int]:
        nonlocal place
        numbers = array(kind)
        end = place + size * numbers.itemsize
        numbers.frombytes(content[place:end])
        place = end
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    firsts, costs, of_first = take("H", count), take("B", count), take("H", count)
    seconds, twos, thirds_of = take("H", pairs), take("B", pairs), take("H", pairs)
    thirds, threes = take("H", triples), take("B", triples)
    ones = {chr(sign): (number, cost) for number, (sign, cost) in enumerate(zip(firsts, costs, strict=True))}
    return Model(ones, _begins(of_first), seconds, twos, _begins(thirds_of), thirds, threes)


@functools.lru_cache(maxsize=4_096)
def met_behind(first: str) -> frozenset[str]:
    """The characters that were met behind that one."""
    known = model()
    number = known.ones.get(first, (-1, 0))[0]
    if number < 0:
        return frozenset()
    return frozenset(map(chr, known.seconds[known.places[number] : known.places[number + 1]]))


def _begins(counts: array[int]) -> array[int]:
    """Where each one's begin, and the end of all."""
    return array("I", itertools.accumulate(counts, initial=0))
