"""Fixed expressions one edit away: a character lost, one too many, another one, or two changed about.

The expressions are ``resources/rules/phrases.toml``. An edit leaves one half of the expression whole, so
the halves are what is looked for. What another expression, or one of ``near``, has just so is right.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportdesk.checks.claims.words import any_of, rule_words
from reportdesk.checks.reading_cache import kept
from reportdesk.checks.spelling.alike import are_alike
from reportdesk.checks.spelling.lexicon import HAN, holds_rare_word, is_word, part, run_around
from reportdesk.checks.spelling.typo import Typo, apart

_SHORTEST = 4
_SHORTEST_LOST = 5
"""Of a shorter expression too little is left."""
_LONG = 8
"""From here on any other character in it is a slip, whether it looks or sounds alike or not."""
_ENDS_FROM = 6
"""From here on the first or the last character may be the wrong one."""
_SEEN_AS_WHOLE = 7
"""From here on it is meant even where another word comes about: 党的二十大精深."""
_NUMERALS = "一二三四五六七八九十两"
_GAIN = 5.0
"""Doublings by which the right words must be likelier than the written ones."""
_WEIGHT = 1.5
"""Doublings that each further character of the expression counts for: a long one is not met by chance."""
_LEAST_SEEN = 2
"""A single character tells nobody what is wrong."""
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: str
    since: int
    until: int

    def holds_in(self, year: int | None) -> bool:
        """Whether it is the wording of that report year."""
        return year is None or (self.since <= year and (not self.until or year <= self.until))


@dataclass(frozen=True, slots=True)
class _Edit:
    """How what is written differs: ``at`` and ``end`` of the written signs, ``right`` of the phrase's."""

    at: int
    end: int
    right: tuple[int, int]


@functools.cache
def _phrases() -> tuple[_Phrase, ...]:
    tables: list[dict[str, Any]] = rule_words("phrases")["phrases"]  # type: ignore[assignment]
    return tuple(
        _Phrase(entry["words"], table.get("since", 0), table.get("until", 0))
        for table in tables
        for entry in table["entries"]
    )


@functools.cache
def _right() -> frozenset[str]:
    """Every wording that is right."""
    tables: list[dict[str, Any]] = rule_words("phrases")["phrases"]  # type: ignore[assignment]
    near = [words for table in tables for entry in table["entries"] for words in entry.get("near", [])]
    return frozenset((*(one.words for one in _phrases()), *near))


@functools.cache
def _right_pattern() -> re.Pattern[str]:
    return re.compile(f"(?=({any_of(_right())}))")


@functools.cache
def _halves() -> Mapping[str, tuple[tuple[_Phrase, int], ...]]:
    """The halves of the expressions, and of which each is which: 0 the first, else where the second begins."""
    found: dict[str, list[tuple[_Phrase, int]]] = {}
    for phrase in _phrases():
        if len(phrase.words) >= _SHORTEST:
            middle = len(phrase.words) // 2
            found.setdefault(phrase.words[:middle], []).append((phrase, 0))
            found.setdefault(phrase.words[middle:], []).append((phrase, middle))
    return {half: tuple(of) for half, of in found.items()}


@functools.cache
def _by_first() -> Mapping[str, tuple[str, ...]]:
    """The halves by their two first characters."""
    found: dict[str, list[str]] = {}
    for half in _halves():
        found.setdefault(half[:2], []).append(half)
    return {first: tuple(halves) for first, halves in found.items()}


@kept
def phrase_typos(text: str, year: int | None) -> tuple[Typo, ...]:
    """Where an expression of that year is meant and mistyped, in order, none overlapping another."""
    right = _covered(text)
    found: list[Typo] = []
    for start, end, phrase, edit in _near_misses(text, year):
        if text[start:end] in _right() or _is_right(right, start, end, start + edit.at, start + edit.end):
            continue
        typo = _typo(start, phrase.words, edit)
        if _is_mistake(text, (start, end), phrase.words, edit):
            found.append(typo)
    return apart(found)


def _covered(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span(1) for match in _right_pattern().finditer(text))


def _is_right(right: Sequence[tuple[int, int]], start: int, end: int, at: int, edited: int) -> bool:
    """Whether another right wording takes in the edited place, and it is no part of what is meant only."""
    return any(
        first <= at and edited <= last and at < last and first < max(edited, at + 1) and (last - first) > 1
        for first, last in right
        if first < end and last > start and not (at == edited and at in (first, last))
    )


def _near_misses(text: str, year: int | None) -> Iterator[tuple[int, int, _Phrase, _Edit]]:
    seen: set[tuple[int, str]] = set()
    by_first, halves = _by_first(), _halves()
    for place in range(len(text) - 1):
        for half in by_first.get(text[place : place + 2], ()):
            if not text.startswith(half, place):
                continue
            for phrase, offset in halves[half]:
                if not phrase.holds_in(year):
                    continue
                for start, end, edit in _edits(text, place, phrase.words, offset):
                    if (start, phrase.words) not in seen:
                        seen.add((start, phrase.words))
                        yield start, end, phrase, edit
                        break


def _edits(text: str, place: int, words: str, offset: int) -> Iterator[tuple[int, int, _Edit]]:
    """Where the expression would stand but for one edit, and which."""
    for start, end in _windows(text, place, words, offset):
        edit = edit_between(text[start:end], words)
        if edit is not None:
            yield start, end, edit
    start = place - offset
    edit = _edit_at_end(text[start : start + len(words)], words) if start >= 0 else None
    if edit is not None and (len(words) >= _SEEN_AS_WHOLE or _is_lone(text, start + edit.at)):
        yield start, start + len(words), edit


def _windows(text: str, place: int, words: str, offset: int) -> Iterator[tuple[int, int]]:
    """Where the whole expression would stand, were it as long, one longer or one shorter."""
    if place >= offset and text.startswith(words, place - offset):
        return
    size, whole = len(words), len(text)
    for longer in (0, -1, 1):
        if offset:
            start, end = place - offset - longer, place + size - offset
            if start >= 0 and text[start] == words[0]:
                yield start, end
        else:
            end = place + size + longer
            if end <= whole and text[end - 1] == words[-1]:
                yield place, end


def edit_between(written: str, words: str) -> _Edit | None:
    """The one edit between them; None if there is none, it takes two, or one stands at an end."""
    size = min(len(written), len(words))
    low = next((at for at in range(size) if written[at] != words[at]), size)
    if low in (0, size):
        return None
    tail = next((at for at in range(1, size - low + 1) if written[-at] != words[-at]), size - low + 1) - 1
    if tail == 0:
        return None
    edit = _Edit(low, len(written) - tail, (low, len(words) - tail))
    mine, yours = written[edit.at : edit.end], words[edit.right[0] : edit.right[1]]
    is_one = len(mine) <= 1 and len(yours) <= 1 and mine + yours != ""
    is_turned = len(mine) == len(yours) == 2 and mine == yours[::-1]  # noqa: PLR2004 - two characters
    signs = all(map(_HAN.match, mine + yours))
    return edit if (is_one or is_turned) and signs else None


def _edit_at_end(written: str, words: str) -> _Edit | None:
    """The first or the last character taken for one that sounds or looks alike, in a long expression."""
    size = len(words)
    if size < _ENDS_FROM or len(written) != size or written == words:
        return None
    at = 0 if written[1:] == words[1:] else size - 1
    is_one = at == 0 or written[:-1] == words[:-1]
    return _Edit(at, at + 1, (at, at + 1)) if is_one and are_alike(written[at], words[at]) else None


def _is_lone(text: str, at: int) -> bool:
    """Whether the character stands in no word, common or rare: another wording would have one."""
    low, high = run_around(text, at, at + 1)
    ends, run = part(text[low:high]).ends, text[low:high]
    return {at - low, at - low + 1} <= set(ends) and not holds_rare_word(run, at - low, at - low + 1)


def _is_mistake(text: str, place: tuple[int, int], words: str, edit: _Edit) -> bool:
    """Whether this is no other wording: by its words, their bounds, and how likely either is."""
    start, end = place
    mine, yours = text[start + edit.at : start + edit.end], words[edit.right[0] : edit.right[1]]
    if not _may_be(text, start, words, edit, mine, yours):
        return False
    low, high = run_around(text, start + edit.at, max(start + edit.end, start + edit.at + 1))
    run = text[low:high]
    written = part(run)
    at = start + edit.at - low
    put_right = part(run[:at] + yours + run[start + edit.end - low :])
    is_long = len(words) >= _LONG  # 省政府信自公开平台: its first word goes on before it
    if any(written.crosses(edge - low) for edge in (start, end) if low < edge < high and not is_long):
        return False
    gain = written.cost - put_right.cost
    if not mine and yours in _NUMERALS:
        return True  # 党的十大精神: a word as well
    return gain + _WEIGHT * (len(words) - _SHORTEST) >= _GAIN


def _may_be(text: str, start: int, words: str, edit: _Edit, mine: str, yours: str) -> bool:
    """Whether an edit of that kind is a slip in an expression of that length."""
    if not mine:  # lost
        is_told = len(words) >= _ENDS_FROM and yours in _NUMERALS  # 党的十大精神
        return is_told or (len(words) >= _SHORTEST_LOST and not _is_word_of_its_own(words, *edit.right))
    if not yours:  # too many
        return _parts_a_word(words, edit.right[0]) and len(words) >= _SHORTEST_LOST
    if len(mine) > 1:
        return True
    around = text[start + edit.at - 1 : start + edit.end + 1]
    alike = are_alike(mine, yours)
    spells = is_word(around[:2]) or is_word(around[1:])
    if alike or (_ENDS_FROM <= len(words) < _LONG and not spells and _is_lone(text, start + edit.at)):
        return True
    return not (spells or len(words) < _LONG or _is_word_of_its_own(words, *edit.right))


def _is_word_of_its_own(words: str, start: int, end: int) -> bool:
    """Whether the character stands alone in the expression, as 的 and 和 do: one may leave it out."""
    low, high = run_around(words, start, end)
    ends = part(words[low:high]).ends
    return start - low in ends and end - low in ends


def _parts_a_word(words: str, place: int) -> bool:
    """Whether the place lies within a word of the expression."""
    low, high = run_around(words, place - 1, place)
    return low < place < high and part(words[low:high]).crosses(place - low)


def _typo(start: int, words: str, edit: _Edit) -> Typo:
    """The mistake in as many words as one needs to see it."""
    low, high = _seen(words, edit)
    before, after = edit.right[0] - low, high - edit.right[1]
    return Typo(start + edit.at - before, start + edit.end + after, words[low:high])


def _seen(words: str, edit: _Edit) -> tuple[int, int]:
    """The words of the expression that hold the place, with those beside it where too little is written."""
    start, end = edit.right
    low, high = run_around(words, start, end)
    ends = [low + place for place in part(words[low:high]).ends]
    first = max(place for place in ends if place <= start)
    last = min((place for place in ends if place >= max(end, start + (start == end))), default=high)
    if last - first + (edit.end - edit.at) - (end - start) < _LEAST_SEEN:
        first = max((place for place in ends if place < first), default=first)
        last = min((place for place in ends if place > last), default=last)
    return first, last
