"""What may stand in the place of what is written: one character for another, a word, two changed about, one more.

A place is looked at only where characters meet that seldom do. Names, short names of provinces and rare
words are passed over.
"""

from __future__ import annotations

import enum
import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportdesk.checks.spelling.alike import of_like_shape, of_same_sound
from reportdesk.checks.spelling.lexicon import holds_rare_word, is_newer_word, is_rare_word, part, words_after
from reportdesk.checks.spelling.model import BOUND, Model, met_behind

_NAME_ENDS = frozenset(
    "镇 乡 村 街 路 县 区 市 旗 州 寨 庄 坪 屯 湾 桥 河 山 湖 街道 社区 大道 苏木 新村 新区 镇政府 乡政府 号 组".split()  # noqa: SIM905 (one line)
)
_PROVINCES = frozenset("京津沪渝冀豫辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤琼兰")
"""Short names, which stand beside anything."""
_PARTICLES = "的地得在和"
"""These may stand almost anywhere, so that they gain wherever something rare is written."""
_NAME_WORDS = 3
"""Words before one of these that may be of the name."""
_WORD = 2
_LONE_THOUGH_MET = 270
_SELDOM, _SELDOM_THOUGH_MET = 300, 360
"""Tenths of a doubling that a character, or a word, and what follows cost where another is thought of."""


class Kind(enum.Enum):
    """How a mistake comes about."""

    SOUND = "sound"
    SHAPE = "shape"
    WORD = "word"
    TURNED = "turned"
    LOST = "lost"


class Try(NamedTuple):
    """A place in a run, and what might stand there."""

    kind: Kind
    start: int
    end: int
    right: str


class Run:
    """A run of characters with its words, and what each costs behind the two before it."""

    def __init__(self, known: Model, signs: str, *, is_counted: bool) -> None:
        self.known = known
        self.signs = signs
        self.bound = f"{BOUND}{signs}{BOUND}"
        self.parted = part(signs)
        self.costs = [
            0,
            known.cost_of_two(self.bound[0], self.bound[1]),
            *map(known.cost, self.bound, self.bound[1:], self.bound[2:]),
        ]
        """Of each of ``bound``."""
        ends = self.parted.ends
        self.met = [True, *(second in met_behind(first) for first, second in itertools.pairwise(signs)), True]
        """Whether the two characters that meet there were met before; the ends count as met."""
        self.names = _names(signs, ends)
        self.singles = {start for start, end in itertools.pairwise(ends) if end - start == 1}
        self._is_counted = is_counted

    def may_be_wrong(self, at: int) -> bool:
        """Whether the character is of no name, behind no number and none that is right beside anything."""
        return at not in self.names and not _is_right(self.signs, at) and not (self._is_counted and at == 0)

    def cost(self, start: int, end: int) -> int:
        """What the characters of the place and the two behind it cost."""
        return sum(self.costs[start + 1 : end + 3])


def tries(run: Run, least: dict[Kind, int]) -> Iterator[Try]:
    """What might stand in its places; nothing where what is written costs less than must be gained."""
    enough = min(least[Kind.SOUND], least[Kind.SHAPE])
    for at in sorted(run.singles):
        is_met = run.met[at] and run.met[at + 1]
        is_seldom = run.cost(at, at + 1) > (_LONE_THOUGH_MET if is_met else enough)
        if is_seldom and run.may_be_wrong(at):
            yield from _of_one(run.signs, at)
    yield from _words(run)
    yield from _turned(run)
    yield from _lost(run)


def _of_one(signs: str, at: int) -> Iterator[Try]:
    """Another character for one that no word holds."""
    behind = signs[at + 1 : at + 2]
    met = met_behind(signs[at - 1]) if at else frozenset[str]()
    sounds = of_same_sound(signs[at])
    for sign in dict.fromkeys(sounds + of_like_shape(signs[at])):
        if sign not in _PARTICLES and (sign in met or (behind and behind in met_behind(sign))):
            yield Try(Kind.SOUND if sign in sounds else Kind.SHAPE, at, at + 1, sign)


def _words(run: Run) -> Iterator[Try]:
    """Another word of the same sound."""
    for start, end in itertools.pairwise(run.parted.ends):
        if end - start == 1 and end in run.singles:
            end += 1  # noqa: PLW2901 - two characters that are no word
        if end - start != _WORD or run.names & {start, start + 1}:
            continue
        cost = run.cost(start, end)
        is_met = run.met[start] and run.met[end]
        word = run.signs[start:end]
        if cost < (_SELDOM_THOUGH_MET if is_met else _SELDOM) or word[1] in _NAME_ENDS:
            continue
        if is_newer_word(word) or is_rare_word(word):
            continue
        for other in _same_sounding(word):
            yield Try(Kind.WORD, start, end, other)


@functools.lru_cache(maxsize=4_096)
def _same_sounding(word: str) -> tuple[str, ...]:
    seconds = {word[1], *of_same_sound(word[1])}
    firsts = (word[0], *of_same_sound(word[0]))
    found = (first + rest for first in firsts for rest in seconds & words_after(first).keys())
    return tuple(sorted(one for one in found if one != word))


def _turned(run: Run) -> Iterator[Try]:
    """Two changed about, of which one no word holds."""
    signs, met = run.signs, run.met
    for at in range(len(signs) - 1):
        is_loose = at in run.singles or at + 1 in run.singles
        is_met = met[at] and met[at + 1] and met[at + 2]
        if is_loose and not run.names & {at, at + 1} and (not is_met or run.cost(at, at + 2) > _SELDOM):
            if signs[at - 1 : at] == signs[at + 1] or signs[at] == signs[at + 2 : at + 3]:
                continue  # 小戏小剧
            if holds_rare_word(signs, at, at + 1) or holds_rare_word(signs, at + 1, at + 2):
                continue
            yield Try(Kind.TURNED, at, at + 2, signs[at + 1] + signs[at])


def _lost(run: Run) -> Iterator[Try]:
    """One that was left out, between two of which one no word holds."""
    signs = run.signs
    for at in range(1, len(signs)):
        if run.met[at] or run.names & {at - 1, at} or not run.singles & {at - 1, at}:
            continue
        for sign in run.known.thirds_behind(signs[at - 2] if at > 1 else BOUND, signs[at - 1]):
            if sign != BOUND and signs[at] in met_behind(sign):
                yield Try(Kind.LOST, at, at, sign)


def _is_right(run: str, at: int) -> bool:
    """Whether a province's short name, a rare word, 试一试 or 应归尽归 stands there."""
    if run[at] in _PROVINCES or (run[at - 1 : at] == "一" and run[at - 2 : at - 1] == run[at]):
        return True
    if run[max(0, at - 3) : at : 2] == "应尽" or run[at - 1 : at + 2 : 2] == "应尽":
        return True  # 应归尽归
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
