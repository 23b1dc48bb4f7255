"""Ordinary words, and the name that stands before 镇, 乡, 县 or 街道 where they leave room for one.

根据镇政府 holds no name, 青石镇政府 does: the signs before 镇 are parted into the words that they most
likely are, and what is left over, as long as names are, is the name. The words are
``resources/rules/words.txt``, names of townships longer than that ``towns.txt``; tools/place_words.py
makes both.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Container, Iterator

from reportdesk.checks.claims.words import rule_words
from reportdesk.resources import resource

_WINDOW = 8
"""Signs before 镇 that are looked at."""
_NAMES = (2, 3)
"""How long names are."""
_HAN = re.compile("[一-鿿]+$")


def name_before(text: str, end: int, own: Container[str] = ()) -> str:
    """The name that ends at that place, empty where ordinary words stand there.

    ``own`` are names that the unit itself bears: they are no strangers' but bound others.
    """
    match = _HAN.search(text[max(0, end - _WINDOW) : end])
    if match is None:
        return ""
    before = match[0]
    if before[-3:] in _towns() and not is_ordinary(before[-2:]):
        return before[-3:]
    left: list[str] = []
    for token in reversed(_parted(before, own)):
        if len(token) > 1 or not _may_stand_in_a_name(token, last=not left):
            break
        left.insert(0, token)
    return "".join(left) if len(left) in _NAMES else ""


def is_ordinary(word: str) -> bool:
    """Whether these two signs are a word of the language."""
    if len(word) != 2:  # noqa: PLR2004 - the words of the list have two signs
        return False
    return word[1] in _words().get(word[0], "") or word in _newer()


def _parted(signs: str, own: Container[str]) -> list[str]:
    """The signs as words: as few as there can be; of equal partings the one whose words come last."""
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(signs) + 1):
        count, tokens = best[end - 1]
        found = (count + 2, [*tokens, signs[end - 1]])
        for length in (2, 3):
            word = signs[end - length : end] if end >= length else ""
            if word and (is_ordinary(word) or word in own):
                count, tokens = best[end - length]
                if count + 2 <= found[0]:
                    found = (count + 2, [*tokens, word])
        best.append(found)
    return best[-1][1]


def is_name_sign(sign: str) -> bool:
    """Whether the sign may stand in a name."""
    return _may_stand_in_a_name(sign, last=False)


def _may_stand_in_a_name(sign: str, *, last: bool) -> bool:
    words: dict[str, str] = rule_words("places")["signs"]  # type: ignore[assignment]
    return sign not in words["never"] and not (last and sign in words["never_last"])


@functools.cache
def _words() -> dict[str, str]:
    """The words' second signs by their first."""
    return {line[0]: line[1:] for line in _lines("words.txt")}


@functools.cache
def _newer() -> frozenset[str]:
    return frozenset(rule_words("places")["newer"]["words"])  # type: ignore[index]  # the file's shape is tested


@functools.cache
def _towns() -> frozenset[str]:
    return frozenset(_lines("towns.txt"))


def _lines(name: str) -> Iterator[str]:
    """The list's lines; one without any is no list, and whatever asks for it has not been checked.

    Raises:
        ValueError: the list is empty.
    """
    lines = resource("rules", name).read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith("#")]
    if not listed:
        raise ValueError(f"rules/{name} is empty")
    yield from listed
