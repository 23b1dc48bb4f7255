"""Shares whose part or whole stands in another part of the report: 第四季度85条，占全年的43.3% beside 全年公开134条.

Wrong only where no whole that the report tells gives the share. No rule stands here: ``CMP-1`` says it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, read_sentences, written_unit
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import Value

_NAMED_SHARE = re.compile(
    r"(?P<lead>[^。;；\d%]{2,24}?)(?:仅|只|约|均|各|还|共)?占(?:比例?|比重|到)?(?:仅|只)?(?P<of>[^,，。;\d]{0,10}?)(?:为|是|达到?|仅|只有|的)?$"
)
_OF_ALL = re.compile(
    r"全年|全部|总量|总数|总|所有|年度|公开量|发布量|信息|的|条数|数量|公开|发布|我镇|本镇|本年|比例|比重|[条件篇次期]|申请|新收|收到|办结"
)
_ONLY_FEW = re.compile(
    r"(?:偏|较|还|仍|也|太|过|不|比较|相对|依然|总体|整体|的|少|低|高|多|大|小|足|够|突出|集中|类|信息|内容|数量|量|发布|公开|方面|占比|提高|上升|下降|已|达|[,，仅只约])*"
)
_NAME_OFF = re.compile(r"^.*(?:其中|公开|发布|推送|包括|制作|转载|办理|收到|涉及|共|有|，)")
_NAME_END = re.compile(r"(?:类|信息|内容|的|稿件|作品|数量)+$")
_GENERAL = re.compile(r"申请|^(?:政府|政务)?信息$|^政府$|^数据$|^全[镇乡县区市]|^本[镇乡级]|自然人|法人|企业")
"""What names no kind among others; of requests the table tells."""
_SHORTEST = 2


class ApartShare(NamedTuple):
    """A share of all the year's, where its percent stands, and its part: a number, or the name of what has one elsewhere."""

    name: str
    value: Value
    unit: str
    percent: Quantity
    text: str


class NamedNumber(NamedTuple):
    """A number with the words that name what it counts."""

    name: str
    value: Value
    unit: str


@kept
def read_apart(text: str) -> tuple[ApartShare, ...]:
    """The shares of a part's prose whose whole is not in their sentence."""
    return tuple(
        share for sentence in read_sentences(text) if sentence.numbers for share in _shares(sentence)
    )


@kept
def read_named(text: str) -> tuple[NamedNumber, ...]:
    """The numbers of a part's prose with the names right before them."""
    return tuple(one for sentence in read_sentences(text) for one in _named(sentence))


def _named(sentence: Sentence) -> Iterator[NamedNumber]:
    since = sentence.start
    for token in sentence.tokens:
        if isinstance(token, Stop):
            since = token.end
        elif isinstance(token, Quantity):
            if token.numeral.precision is Precision.EXACT:
                words = re.split("[、和及与]", sentence.text[since : token.start])[-1]
                name = _NAME_END.sub("", _NAME_OFF.sub("", words))
                yield NamedNumber(name, token.numeral.value, written_unit(sentence.text, token))
            since = token.end


def _shares(sentence: Sentence) -> Iterator[ApartShare]:
    """Those at which no number of the clause before is the whole; of a row of shares none is read."""
    numbers = sentence.numbers
    percents = [one for one in numbers if one.numeral.precision is Precision.PERCENT]
    for percent in percents:
        clauses = re.split("[;；]|[二三四五六]是", sentence.text[sentence.start : percent.start])
        start = percent.start - len(clauses[-1])
        before = [one for one in numbers if start <= one.start < percent.start]
        since = before[-1].end if before else start
        told = _NAMED_SHARE.fullmatch(sentence.text[since : percent.start])
        whole = _NUMBER_SHARE.fullmatch(sentence.text[since : percent.start]) if before else None
        if len(before) == 1 and whole and before[0].numeral.precision is Precision.EXACT:
            unit = written_unit(sentence.text, before[0])
            yield ApartShare("", before[0].numeral.value, unit, percent, sentence.text)
        elif not before and told and not _OF_ALL.sub("", told["of"]):
            yield ApartShare(told["lead"], 0, "", percent, sentence.text)


_NUMBER_SHARE = re.compile(
    r"[,，]?(?:仅|只|约)?占(?:到|了)?(?:全年|年度|本年|今年|全部)(?:主动|总|公开|发布|推送|政府|信息|量|数|条|的|总量|总数|数量|比例|比重|约|为)*"
)


def wrong_parts(share: ApartShare, named: Sequence[NamedNumber]) -> tuple[Value, Value] | None:
    """Part and whole that the report tells and that do not give the share; None where some do, or none can be told."""
    parts = [(share.value, share.unit)] if not share.name else list(_parts(share.name, named))
    if not parts or len(set(parts)) > 1:
        return None
    value, unit = parts[0]
    wholes = sorted({one.value for one in named if one.unit == unit and one.value >= value}, reverse=True)
    every = [one.value for one in named if one.unit == unit]
    sums = {one + other for one, other in itertools.combinations(every[:40], 2)}
    if len(wholes) < 1 + bool(share.name) or not value:
        return None
    near = any(_is_near(float(value) * 100 / float(whole), share) for whole in {*wholes, *sums} if whole)
    return None if near else (value, wholes[0])


def _parts(lead: str, named: Sequence[NamedNumber]) -> Iterator[tuple[Value, str]]:
    """The numbers of what the words before a share name, the longest name alone."""
    several = (one for one in named if len(one.name) >= _SHORTEST and not _GENERAL.search(one.name))
    found = [one for one in several if _names(lead, one.name)]
    longest = max((len(one.name) for one in found), default=0)
    yield from ((one.value, one.unit) for one in found if len(one.name) == longest)


def _names(lead: str, name: str) -> bool:
    place = lead.rfind(name)
    return place >= 0 and _ONLY_FEW.fullmatch(lead, place + len(name)) is not None


def _is_near(computed: float, share: ApartShare) -> bool:
    numeral = share.percent.numeral
    digits = share.text[numeral.start : numeral.end]
    decimals = len(digits.partition(".")[2].rstrip("%")) if "." in digits else 0
    return abs(computed - float(numeral.value)) < 10.0**-decimals


def all_named(texts: Mapping[str, str]) -> list[NamedNumber]:
    """The named numbers of all parts."""
    return [one for text in texts.values() for one in read_named(text)]
