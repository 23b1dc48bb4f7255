"""Which year the prose speaks of, and where it is another than the report's by an oversight.

TXT-1 reports the oversights; rules on numbers compare what stands under them. Comparisons
with last year, plans, titles of other documents and dates of older events are no oversights.
The words are ``resources/rules/years.toml``.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportdesk.checks.claims.numerals import plain_width, read_chinese
from reportdesk.checks.claims.tokens import SENTENCE
from reportdesk.checks.claims.words import pattern_of, rule_words
from reportdesk.checks.reading_cache import kept

_YEAR = re.compile(
    r"([12二](?<![\d〔\[(].)(?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=二)[〇零][〇零一二三四五六七八九]{2}))年(度?)"
)
_TITLED = re.compile(r"《[^《》]{0,120}》|〈[^〈〉]{0,120}〉")
_PERIOD = re.compile(r"1月1日|12月31日")
_REPORT = re.compile(
    r"[^。，,]{0,20}年度报告|[^。，,]{0,6}年报|(?:全年)?(?:政府信息|政务)公开(?:工作)?(?:有关|相关)?(?:情况|报告)"
)
_CARRIED = re.compile(r"上(?:一年|年)度?结转")
"""Tells what came over, and compares no years."""
_NUMBER_OF = re.compile(
    r"(?:收到|受理|办结|新收|办理|公开|发布)[^,，。;:\d]{0,16}(?:\d+|[一两二三四五六七八九十]+)[件条份]"
    r"(?:$|已(?:经)?于|[,，][^,，。;\d]{0,6}当年[^,，。;\d]{0,8}$)"
)
"""A sentence that tells one number of that year and nothing else, or that those were done with then."""
_LOOKED_THROUGH = re.compile(r"[底末](?:以?前)?的?[^,，。;]{0,24}(?:评估|清理|梳理|审查|排查)")
"""Behind 截至2021年: what was in force then is what this year's review went through."""
_OURSELVES = re.compile(r"(?:^|[,，;:(、\n。])(?:我|本|全)(?:[镇乡县区市局委办]|街道|机关|单位|部门|所)$")
_TELLS_FEE = re.compile(
    r"(?:全年)?[^,，。;\d的]{0,10}(?:收取|未收|没有收|无)[^,，。;\d的]{0,10}(?:费|费用)(?!的)"
)
"""Behind 本镇2023年: what is told of the report's own year, in section six."""
_CLAUSE_ENDS = ",，;:(、\n。"


@dataclass(frozen=True, slots=True)
class StaleYear:
    """A year written where the report's own year is meant."""

    year: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Mention:
    year: int
    start: int
    end: int


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    words = rule_words("years")[name]
    return pattern_of(words)  # type: ignore[arg-type]  # the file's shape is tested


@kept
def stale_years(text: str, year: int, *, is_opening: bool = False) -> tuple[StaleYear, ...]:
    """The years in a part's prose that should be the report's.

    ``is_opening`` where the part states report and period.
    """
    plain = plain_width(text)
    mentions = list(_mentions(plain))
    if all(mention.year == year for mention in mentions):
        return ()
    titled = [match.span() for match in _TITLED.finditer(plain)]
    found: list[_Mention] = []
    place = 0
    for sentence in SENTENCE.finditer(plain):
        inside = []
        while place < len(mentions) and mentions[place].start < sentence.end():
            inside.append(mentions[place])
            place += 1
        if any(mention.year != year for mention in inside):
            found += _stale_in(plain, sentence.span(), inside, titled, year, is_opening=is_opening)
    return tuple(StaleYear(mention.year, mention.start, mention.end) for mention in found)


def _mentions(plain: str) -> Iterator[_Mention]:
    for match in _YEAR.finditer(plain):
        year = int(match[1]) if match[1].isdecimal() and match[1].isascii() else read_chinese(match[1])
        if year is not None:
            yield _Mention(year, match.start(), match.end())


def _stale_in(
    plain: str,
    sentence: tuple[int, int],
    inside: list[_Mention],
    titled: list[tuple[int, int]],
    year: int,
    *,
    is_opening: bool,
) -> Iterator[_Mention]:
    own_year_too = any(mention.year == year for mention in inside)
    compares = bool(_pattern("compares").search(_CARRIED.sub("", plain[slice(*sentence)])))
    plans = bool(_pattern("plans").search(plain, *sentence))
    for mention in inside:
        if mention.year == year:
            continue
        in_title = is_inside(mention.start, titled)
        if is_opening and _REPORT.match(plain, mention.end):
            yield mention
        elif in_title:
            continue
        elif _PERIOD.match(plain, mention.end):
            if is_opening or (not compares and _states_period(plain, sentence)):
                yield mention
        elif is_opening or own_year_too or compares or (plans and mention.year > year):
            continue
        elif _frames(plain, sentence, mention, year):
            yield mention


def is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether the place lies within one of the spans, which are in order and apart."""
    index = bisect.bisect_left(spans, (place,)) - 1
    return index >= 0 and spans[index][0] < place < spans[index][1]


def _states_period(plain: str, sentence: tuple[int, int]) -> bool:
    return len(_PERIOD.findall(plain, *sentence)) > 1 or plain.startswith("截至", sentence[0])


def _frames(plain: str, sentence: tuple[int, int], mention: _Mention, year: int) -> bool:
    """Whether the year opens a clause and says when all that follows happened."""
    before = plain[sentence[0] : mention.start].rstrip()
    until = before.endswith("截至")
    if before and before[-1] not in _CLAUSE_ENDS and not until and before != "在":
        whose = _OURSELVES.search(before)
        return whose is not None and _TELLS_FEE.match(plain, mention.end, sentence[1]) is not None
    if until:
        is_stock = mention.year == year - 1 and _LOOKED_THROUGH.match(plain, mention.end, sentence[1])
        return not is_stock and plain[mention.end : mention.end + 1] in ("底", "末")
    far = mention.year < year - 1
    performs = _pattern("performs")
    if _pattern("older").match(plain, mention.end) or (
        far and not performs.search(plain, mention.end, mention.end + 20)
    ):
        return False
    if _TELLS_FEE.match(plain, mention.end, sentence[1]):
        return True
    if mention.year == year - 1 and _NUMBER_OF.match(plain, mention.end, sentence[1]):
        return False  # 2024年收到申请5件: last year's number, beside this year's
    stop = plain[mention.end : mention.end + 1]
    return stop in (",", "，") or bool(performs.search(plain, mention.end, mention.end + 16))
