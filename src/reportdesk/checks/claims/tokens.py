"""Prose as tokens: words of the tables, quantities with their units, stops and years.

Answers for what stands where; what is meant by it is ``reading``'s.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, TypeVar

from reportdesk.checks.claims.names import telling_places
from reportdesk.checks.claims.numerals import Numeral, Precision, find_numerals, plain_width
from reportdesk.checks.claims.words import Word, claim_lexicon, unit_lexicon
from reportdesk.checks.reading_cache import kept

SENTENCE = re.compile(r"[^。!?\n]{1,400}")
"""Cut off where no real sentence is as long, so that reading stays linear whatever is pasted."""
_MOST_NUMBERS, _MOST = 15_000, 30_000
"""Numbers, and words or stops, of a part: real prose of 200,000 characters has fewer."""
_STOP = re.compile(r"[,，;:()\[\]。!?\n]")
_YEAR_SIGN = re.compile(r"年度?")
_NOTHING = re.compile("")
_YEARS = range(1949, 2100)
_GLUED = re.compile(r"[A-Za-z@/._\-+=]")
_TOGETHER = re.compile(r"一(?:起|次|个|批|处|份|件|项|户|名|期|家|本|场|组|块|套|张|部)")
_TITLED = re.compile(r"《[^《》\n]{1,120}》")
"""Words and numbers of a title are its own: 《依申请公开工作规程》 counts no request."""
_NUMBERED = re.compile(r"(?:附件|附表|附图|[图表例]|编号|序号|热线|电话|传真|邮编|文号)[:为]?$")
"""Before a number without a unit that names something: 附件1."""
_NAMED = re.compile(r"[^\W、]")
_ALONGSIDE = re.compile(r"[和与及或]|以及|其中|均")
_WHOLE_YEAR = re.compile(r"全年|年度|本年|上半年|下半年")
_AFTER_ONE = re.compile(r"[^\w]|$|(?:行政|政府|依申请|信息公开|复议|诉讼|申请|败诉|因|案|规范性)")


class Quantity(NamedTuple):
    """A number with what it is counted in; ``unit`` is "" where none is written."""

    numeral: Numeral
    unit: str
    start: int
    end: int


class Stop(NamedTuple):
    """A mark that parts clauses."""

    sign: str
    start: int
    end: int


class YearMention(NamedTuple):
    """A year written out, such as 2024年 or 二〇二四年度."""

    year: int
    start: int
    end: int


Token = Word | Quantity | Stop | YearMention
_Placed = TypeVar("_Placed", Word, Quantity | YearMention)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text in plain width, its tokens in order, and those of them that count something."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    numbers: tuple[Quantity, ...] = ()


def written_unit(plain: str, quantity: Quantity) -> str:
    """The measure word as it is written: 条 of 69条信息."""
    written = plain[quantity.numeral.end : quantity.end].removesuffix("信息").removesuffix("申请")
    return "人" if written == "人次" else written


@kept
def read_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a part's prose; places count in the whole text.

    Ends where a pasted text holds more numbers, words or stops than any real one; ``read_up_to`` tells it.
    """
    plain = plain_width(text)
    numbers = list(itertools.islice(_numbers(plain), _MOST_NUMBERS))
    words = list(itertools.islice(claim_lexicon().find(plain), _MOST))
    stops = _stops(plain)
    ends = (_end(plain, numbers, _MOST_NUMBERS), _end(plain, words, _MOST), _end(plain, stops, _MOST))
    for names in (_TITLED, telling_places()):
        if apart := [match.span() for match in names.finditer(plain)]:
            numbers, words = list(_outside(numbers, apart)), list(_outside(words, apart))
    words = list(_outside(words, [(number.start, number.end) for number in numbers]))
    tokens: list[Token] = [*numbers, *words, *stops]
    tokens.sort(key=attrgetter("start"))
    starts = [token.start for token in tokens]
    found = []
    place = 0
    for match in SENTENCE.finditer(plain, 0, min(ends)):
        start, end = match.span()
        first = bisect.bisect_left(starts, start, place)
        place = bisect.bisect_left(starts, end, first)
        inside = tuple(tokens[first:place])
        counting = tuple([token for token in inside if type(token) is Quantity])
        found.append(Sentence(plain, start, end, inside, counting))
    return tuple(found)


def read_up_to(text: str) -> int | None:
    """Where the reading of a part's prose ends before the prose does; None if all of it was read."""
    if len(text) < _MOST_NUMBERS:
        return None
    sentences = read_sentences(text)
    end = sentences[-1].end if sentences else 0
    following = SENTENCE.search(plain_width(text), end)
    while following and not following[0].strip():
        following = SENTENCE.search(following.string, following.end())
    return following.start() if following else None


def _end(plain: str, found: Sequence[Token], most: int) -> int:
    return found[-1].start if len(found) == most else len(plain)


def _stops(plain: str) -> list[Stop]:
    make = tuple.__new__  # thousands of them: without a call of Stop's own
    marks = itertools.islice(_STOP.finditer(plain), _MOST)
    return [make(Stop, (match[0], *match.span())) for match in marks]


def _numbers(plain: str) -> Iterator[Quantity | YearMention]:
    units = unit_lexicon()
    for numeral in find_numerals(plain):
        after = units.pattern.match(plain, numeral.end)
        unit = units.meanings[after[0]][1] if after else ""
        end = after.end() if after else numeral.end
        if unit in ("time", "") and (year := _year(plain, numeral, end)):
            yield year
        elif _counts(plain, numeral, unit, end):
            yield Quantity(numeral, unit, numeral.start, end)


def _year(plain: str, numeral: Numeral, end: int) -> YearMention | None:
    sign = _YEAR_SIGN.match(plain, numeral.end)
    if not sign and not numeral.chinese and _WHOLE_YEAR.match(plain, end):
        sign = _NOTHING.match(plain, end)  # 2025全年
    four_long = numeral.end - numeral.start == 4  # noqa: PLR2004 - 一九年 is no year of ours
    if sign and four_long and numeral.value in _YEARS:
        return YearMention(int(numeral.value), numeral.start, sign.end())
    return None


def _counts(plain: str, numeral: Numeral, unit: str, end: int) -> bool:
    """Whether it counts something: no 第三, no telephone number, no 一 of 一体推进."""
    before = plain[numeral.start - 1] if numeral.start else ""
    if before in ("第", "〔", "[") or unit == "time":
        return False
    if numeral.chinese:
        if not unit:
            return plain.startswith(("为零", "是零"), numeral.start - 1)
        return not _TOGETHER.match(plain, numeral.start) or bool(_AFTER_ONE.match(plain, end))
    if _GLUED.match(before):
        return False
    return bool(unit) or _stands_alone(plain, numeral)


def _stands_alone(plain: str, numeral: Numeral) -> bool:
    """Whether a number without a unit ends what it is told of: no 12345热线, no 附件1, no (1), no 1、."""
    before = plain[max(0, numeral.start - 4) : numeral.start]
    beside = plain[numeral.end : numeral.end + 2]
    if numeral.precision is Precision.PERCENT:
        return True
    if _NUMBERED.search(before) or _GLUED.match(beside) or numeral.value in _YEARS:
        return False
    if before.endswith("(") and beside.startswith(")"):
        return False
    if beside.startswith("、") and (not before or before[-1] in "\n。;:"):
        return False
    return not _NAMED.match(beside) or bool(_ALONGSIDE.match(beside))


def _outside(words: Iterable[_Placed], taken: Sequence[tuple[int, int]]) -> Iterator[_Placed]:
    """Those that do not stand inside a title, or a number with its unit, such as 部 in 3部."""
    if not taken:
        yield from words
        return
    place = 0
    for word in words:
        while place < len(taken) and taken[place][1] <= word.start:
            place += 1
        if place == len(taken) or word.end <= taken[place][0]:
            yield word
