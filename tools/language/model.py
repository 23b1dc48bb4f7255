"""resources/language/model.bin: which character follows which two, from statutes and from words.

Costs are tenths of a doubling, a byte each. The layout is read by checks/spelling/model.py: zlib over a head
of five numbers and the arrays, all little-endian.
"""

from __future__ import annotations

import itertools
import math
import re
import struct
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping

_HAN = re.compile("[一-鿿]+")
_BOUND = "\n"
"""Stands before and behind a run of characters."""
_SHARE = 40
"""So many times a word was met count as once in a statute: the sources are not of one size."""
_OWN = 20
"""So many statutes a sentence of the project's own reports counts for: of those there are few."""
_RARE_TRIPLE = 2
"""What three characters were met less often is left to the two."""
_TENTHS = 10


class Counts:
    """How often each character, each two and each three were met."""

    def __init__(self) -> None:
        self.ones: Counter[str] = Counter()
        self.twos: Counter[str] = Counter()
        self.threes: Counter[str] = Counter()

    def read(self, texts: Iterable[str]) -> None:
        """Count what stands in the texts."""
        for text in texts:
            for run in _HAN.findall(text):
                self._add(f"{_BOUND}{run}{_BOUND}", 1)

    def read_own(self, sentences: Iterable[str]) -> None:
        """Count what stands in sentences of reports."""
        for sentence in sentences:
            for run in _HAN.findall(sentence):
                self._add(f"{_BOUND}{run}{_BOUND}", _OWN)

    def read_words(self, words: Mapping[str, int]) -> None:
        """Count what stands within words, each as often as it was met."""
        for word, times in words.items():
            if len(word) > 1 and (weight := round(times / _SHARE)):
                self._add(word, weight)
            elif len(word) > 1:
                self._add(word, 1)

    def _add(self, run: str, times: int) -> None:
        for first in run:
            self.ones[first] += times
        for pair in map("".join, itertools.pairwise(run)):
            self.twos[pair] += times
        for triple in map("".join, zip(run, run[1:], run[2:], strict=False)):
            self.threes[triple] += times


def packed(counts: Counts) -> bytes:
    """The file."""
    threes = {triple: times for triple, times in counts.threes.items() if times >= _RARE_TRIPLE}
    whole = sum(counts.ones.values())
    firsts = sorted(counts.ones)
    pairs = sorted(counts.twos)
    of_first, behind = Counter(pair[0] for pair in pairs), Counter(triple[:2] for triple in threes)
    triples = sorted(threes)
    arrays = (
        array("H", map(ord, firsts)),
        array("B", (_cost(whole, counts.ones[first]) for first in firsts)),
        array("H", (of_first[first] for first in firsts)),
        array("H", (ord(pair[1]) for pair in pairs)),
        array("B", (_cost(counts.ones[pair[0]], counts.twos[pair]) for pair in pairs)),
        array("H", (behind[pair] for pair in pairs)),
        array("H", (ord(triple[2]) for triple in triples)),
        array("B", (_cost(counts.twos[triple[:2]], threes[triple]) for triple in triples)),
    )
    content = struct.pack("<3I", len(firsts), len(pairs), len(triples)) + b"".join(map(_bytes, arrays))
    return zlib.compress(content, 9)


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _cost(whole: int, some: int) -> int:
    return min(255, round(_TENTHS * math.log2(whole / some)))
