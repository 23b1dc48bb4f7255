"""Proper names that hold words or numbers of claims: 无 of 无锡市, 将 of 将乐县, 五家 of 五家渠市.

Read as words, they deny a number, or keep every number of the unit from being compared.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import find_numerals, plain_width
from reportdesk.checks.claims.words import any_of, claim_lexicon, pattern_of
from reportdesk.checks.names.place_names import gazetteer, places_in

_BLANK = "某"
_SHORTEST = 3
"""Two signs are as often an ordinary word."""
_BARE = 2
_GOVERNMENT = re.compile(r"(?:人民政府|办事处)$")


@functools.cache
def telling_places() -> re.Pattern[str]:
    """Finds the counties and higher places whose names would be read as claims.

    天全县 and 万全区 are left out: 今天全县 holds the first.
    """
    told = (name for name in gazetteer().above if any(kind != "whole" for kind, _ in _told_in(name)))
    return pattern_of(told)


def without_own_names(text: str, own: str) -> str:
    """The text with what the unit's own names would be read as blanked, sign for sign; ``own`` a name a line."""
    pattern = _own_pattern(own)
    return pattern.sub(_blanked, text) if pattern else text


@functools.lru_cache(maxsize=8)
def _own_pattern(own: str) -> re.Pattern[str] | None:
    lines = [line.strip() for line in own.split("\n")]
    places = [place for line in lines for place in places_in(line)]
    names = {*lines, *(_GOVERNMENT.sub("", line) for line in lines), *places}
    telling = {name for name in names if len(name) >= _SHORTEST and _is_telling(name)}
    telling |= {place[:-1] for place in places if len(place) > _BARE and _is_telling(place[:-1])}
    return re.compile(any_of(telling)) if telling else None


def _is_telling(name: str) -> bool:
    """Whether words are read in the name, and not in all of it: a title that was filled in by mistake."""
    held = {place for _, span in _told_in(name) for place in range(*span)}
    return 0 < len(held) < len(name)


def _blanked(match: re.Match[str]) -> str:
    signs = list(match[0])
    for _, (start, end) in _told_in(match[0]):
        signs[start:end] = _BLANK * (end - start)
    return "".join(signs)


def _told_in(name: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """What would be read inside the name and where; that it is one of several bodies is true of it."""
    plain = plain_width(name)
    for word in claim_lexicon().find(plain):
        if word.meaning != "body":
            yield word.meaning, (word.start, word.end)
    for numeral in find_numerals(plain):
        if numeral.chinese:
            yield "number", (numeral.start, numeral.end)
