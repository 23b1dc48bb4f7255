"""Labels as people write them: the same words in whatever width, numbering and punctuation.

Answers for when two labels are the same or nearly so. Which labels a form has, and where they
stand in a file, is not its matter.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from reportdesk.readers.files.superscripts import without_raised
from reportdesk.resources import resource

SAME = 1.0
NEARLY = 0.9
"""From here on two labels mean the same beyond doubt: a sign more or less in a long one."""
LIKE = 0.75
"""From here on they may mean the same, and the clerk is asked."""

_LEAST_LIKE = 4
"""Characters: 规章 and 规则 are no mistyping of each other."""
_LEAST_BEGINNING = 5
_LONGEST = 120
"""Characters beyond which a cell's text is prose and no label."""

_WIDE: Mapping[int, str] = {sign: chr(sign - 0xFEE0) for sign in range(0xFF01, 0xFF5F)}
_BRACKETS = str.maketrans("〔〕［］【】", "()()()")
_CIRCLED: Mapping[int, str] = {ord("①") + number: f"({number + 1})" for number in range(20)}
_NUMERAL = "[一二三四五六七八九十]{1,3}|[0-9]{1,2}"
_NUMBERING = re.compile(
    rf"(?:\(({_NUMERAL})\)|({_NUMERAL})(?:[、.,:]|(?<=[0-9])(?=[^0-9.年月日个件条项%])))[、.,:]?"
)
_SPACED_NUMBER = re.compile(rf"^\s*({_NUMERAL})\s+(?=[^\s、.,:)])")
_REMARK = re.compile(r"(?<=[^()])\([^()]*\)$")
_CHINESE = "零一二三四五六七八九十"


class Label(NamedTuple):
    """A label's words without numbering, spaces and punctuation.

    ``number`` is its innermost numbering: ``(1)`` for （一）, ``1`` for 一、, ``1.`` for 1. or 1、;
    empty if it has none. ``short`` is the words without a remark in brackets at the end.
    """

    words: str
    number: str
    short: str


@functools.lru_cache(maxsize=4096)
def read_label(text: str) -> Label:
    """The label that the text is."""
    plain = _plain(text[:_LONGEST])
    number = ""
    while (match := _NUMBERING.match(plain)) and match.end() < len(plain):
        found = match[1] or match[2]
        number = f"({_counted(found)})" if match[1] else _bare_number(found)
        plain = plain[match.end() :]
    words = _words(plain)
    short = _words(_REMARK.sub("", plain))
    return Label(words, number, short or words)


def likeness(written: Label, official: Label) -> float:
    """How far a written label is the official one: from 0 to ``SAME``.

    A long beginning counts as nearly the same, since long labels are cut by many.
    """
    if not written.words:
        return 0.0
    if written.words in (official.words, official.short) or written.short == official.short:
        return SAME
    shorter, longer = sorted((len(written.words), len(official.words)))
    if shorter < _LEAST_LIKE:
        return 0.0
    if len(written.words) >= _LEAST_BEGINNING and official.words.startswith(written.words):
        return NEARLY
    if longer > 2 * shorter or _most_likeness(written.words, official.words) < LIKE:
        return 0.0  # nearly all pairs, and far faster to tell than how like they are
    return SequenceMatcher(None, written.words, official.words, autojunk=False).ratio()


def _most_likeness(one: str, other: str) -> float:
    """What the likeness is at most, by the characters that both have."""
    shared = set(one) & set(other)
    counted = min(sum(char in shared for char in one), sum(char in shared for char in other))
    return 2 * counted / (len(one) + len(other))


def _plain(text: str) -> str:
    """Half-width, without spaces."""
    narrow = without_raised(text).translate(_WIDE).translate(_BRACKETS).translate(_CIRCLED)
    return "".join(_SPACED_NUMBER.sub(r"\1、", narrow).split())


def _words(plain: str) -> str:
    words = "".join(char for char in plain if char.isalnum())
    for written, meant in _same().items():
        if written in words and meant not in words:
            words = words.replace(written, meant)
    return words


def _bare_number(found: str) -> str:
    return f"{_counted(found)}." if found.isdecimal() else str(_counted(found))


def _counted(numeral: str) -> int:
    """The number that 十二 or 12 is."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    unit = _CHINESE.index(ones) if len(ones) == 1 else 0
    if not ten:
        return unit
    return (_CHINESE.index(tens) if len(tens) == 1 else 1) * 10 + unit


@functools.lru_cache(maxsize=4096)
def is_reckoning(text: str) -> bool:
    """Whether the row is a check that somebody put under a table."""
    return _plain(text[:_LONGEST]).lstrip("(").startswith(_rules().reckoning)


def numbers_columns(text: str) -> bool:
    """Whether the text is the label of a row that numbers the columns, such as 栏次 or 甲."""
    return _words(_plain(text[:_LONGEST])) in _rules().counting


def _same() -> Mapping[str, str]:
    return _rules().same


class _Rules(NamedTuple):
    same: Mapping[str, str]
    """What is written otherwise than it is meant."""
    reckoning: tuple[str, ...]
    """What rows of reckoning begin with."""
    counting: frozenset[str]
    """The labels of a row that numbers the columns."""


@functools.cache
def _rules() -> _Rules:
    rules = tomllib.loads(resource("rules", "labels.toml").read_text(encoding="utf-8"))
    return _Rules(rules["same"], tuple(rules["reckoning"]), frozenset(rules["counting"]))
