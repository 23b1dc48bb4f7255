"""What prose says of the whole year in a sentence of its own: 全年主动公开政府信息186条.

A fact has a key of its words, less those that say the same otherwise, so that two places that
tell the same can be laid beside each other. A number in a list, of a subject or of a part of the
year is none. Requests, disputes and what else the tables count are left to their rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import (
    Quantity,
    Sentence,
    Stop,
    YearMention,
    read_sentences,
    written_unit,
)
from reportdesk.checks.claims.words import Word
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import Value

_UNITS = ("cases", "messages", "people")
_WHOLE = re.compile(r"全年|本年|今年|年内|一年来|年度|共|累计|总计|合计|\d{4}年")
_OFF = re.compile(
    r"全年度?|本年度?|年内|今年以来|今年|一年来|\d{4}年度?|共计|总计|合计|累计|总共|一共|共|"
    r"以上|上述|我[镇乡县区市局委办所]|本[镇乡县区市局]|我街道|本单位|本机关|我单位|镇政府|街道办事处|通过|利用|依托|在|及时|依法|主动|"
    r"各类|各种|已|均|了|的|方面|全面|持续|积极|新增|向社会|对外|[,，、:\s“”]"
)
_SAME = (
    (re.compile(r"政府信息|政务信息|相关信息|有关信息"), "信息"),
    (re.compile(r"发布|推送|公布"), "公开"),
    (re.compile(r"组织召开|组织开展|组织举办|组织|开展|举办|召开|举行"), ""),
    (re.compile(r"[\u4e00-\u9fff]{0,10}?(?:人民政府|政府|门户)+网站"), "网站"),
    (re.compile(r"微信公众号"), "公众号"),
    (re.compile(r"微信公众号|微信公众平台|微信"), "公众号"),
)
_OF_LESS = re.compile(
    r"上年|去年|季度|月|每|平均|计划|力争|不少于|不低于|增|减|比|拟|将|其中|另|截至|以来|历年|下[一步]|新|半年|领域|专题|重点|村|社区|部门|单位|本级|"
    r"申请|复议|诉讼|规范性文件|许可|处罚|强制|收费|处理费|案件|部分|个别|有的|逾期|超期|错|问题"
)
_NOTHING_BEFORE = re.compile(
    r"(?:\d{4}年度?|全年|本年度?|今年以来|一年来|年内|截至[^,，]{0,12}底|围绕[^,，]{2,20}、[^,，]{2,20}等[^,，]{0,8}|"
    r"\w{2,4}[镇乡局](?=围绕)|我[镇乡县区市局街办委]\w{0,4}|本[镇乡县区市局]\w{0,3}|[,，\s])*"
)
_HELD = re.compile(r"(?:全年|今年|本年度?|年内)[^,，。;]{0,8}(?:召开|举办|开展|组织|举行)(?:了|的)?$")
_NOUN = re.compile(r"[\u4e00-\u9fff]{3,8}(?=[,，。;、:)]|$)")
_GENERIC = 4
"""Signs of a key such as 公开信息, which tells the whole only where both places say so."""
_LEAST = 3


class Fact(NamedTuple):
    """A number that a sentence tells of the year. ``whole`` if it says that it is of the whole year."""

    key: str
    unit: str
    value: Value
    start: int
    end: int
    whole: bool

    def contradicts(self, other: Fact) -> bool:
        """Whether the two tell the same with different numbers."""
        if (self.key, self.unit) != (other.key, other.unit) or self.value == other.value:
            return False
        if len(self.key) <= _GENERIC:
            return self.whole and other.whole
        return self.whole or other.whole


@kept
def read_facts(text: str, year: int) -> tuple[Fact, ...]:
    """The facts of a part's prose in a report of that year."""
    return tuple(
        fact for sentence in read_sentences(text) if sentence.numbers for fact in _facts(sentence, year)
    )


def _facts(sentence: Sentence, year: int) -> Iterator[Fact]:
    """What the sentence begins with, and what its clauses tell that say themselves that it is of the year."""
    since = sentence.start
    is_first = True
    listed = False
    for token in sentence.tokens:
        if isinstance(token, YearMention) and token.year != year:
            return
        if isinstance(token, Stop):
            since = token.end
            listed = listed or token.sign in "(;"
        elif isinstance(token, Word) and token.meaning == "part_of":
            listed = True
        elif isinstance(token, Quantity):
            if not listed and (fact := _fact(sentence, since, token, is_first=is_first)):
                yield fact
            if fact := _fact_behind(sentence, since, token):
                yield fact
            since = token.end
            is_first = False


def _fact(sentence: Sentence, since: int, quantity: Quantity, *, is_first: bool) -> Fact | None:
    if quantity.unit not in _UNITS or quantity.numeral.precision is not Precision.EXACT:
        return None
    words = sentence.text[since : quantity.start]
    key = _key(words)
    if len(key) < _LEAST or _OF_LESS.search(words) or not quantity.numeral.value:
        return None
    whole = _WHOLE.search(words) is not None
    if _NOTHING_BEFORE.fullmatch(sentence.text, sentence.start, since):
        if "截至" in sentence.text[sentence.start : since] and "累计" in words:
            return None  # since the first day, not of the year
        whole = _WHOLE.search(sentence.text, sentence.start, quantity.start) is not None
        start = sentence.start
    elif whole and "公开信息" not in key:
        start = since
    else:
        return None
    if not is_first and start == sentence.start:
        return None
    written = written_unit(sentence.text, quantity)
    return Fact(key, written, quantity.numeral.value, start, quantity.end, whole)


def _fact_behind(sentence: Sentence, since: int, quantity: Quantity) -> Fact | None:
    """今年召开的69场次院坝会: the noun stands behind the number."""
    text = sentence.text
    noun = _NOUN.match(text, quantity.end)
    lead = text[since : quantity.start]
    exact = quantity.numeral.precision is Precision.EXACT and quantity.unit in ("messages", "cases")
    if noun is None or not exact or not _HELD.search(lead) or _OF_LESS.search(lead + noun[0]):
        return None
    written = written_unit(text, quantity)
    return Fact(_key(noun[0]), written, quantity.numeral.value, quantity.start, noun.end(), whole=True)


def _key(words: str) -> str:
    key = _OFF.sub("", words)
    for pattern, same in _SAME:
        key = pattern.sub(same, key)
    return key
