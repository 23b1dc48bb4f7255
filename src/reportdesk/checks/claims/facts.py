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
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, YearMention, read_sentences
from reportdesk.checks.memory import kept
from reportdesk.report.document import Value

_UNITS = ("cases", "messages", "people")
_WHOLE = re.compile(r"全年|本年|今年|年内|一年来|年度|共|累计|总计|合计|\d{4}年")
_OFF = re.compile(
    r"截至[^,，]{0,12}底|全年度?|本年度?|年内|今年以来|今年|一年来|\d{4}年度?|共计|总计|合计|累计|总共|一共|共|"
    r"我[镇乡县区市局委办所]|本[镇乡县区市局]|我街道|本单位|本机关|我单位|镇政府|街道办事处|通过|利用|依托|在|及时|依法|主动|"
    r"各类|各种|已|均|了|的|方面|全面|持续|积极|向社会|对外|[,，、:\s“”]"
)
_SAME = (
    (re.compile(r"政府信息|政务信息|相关信息|有关信息"), "信息"),
    (re.compile(r"发布|推送|公布"), "公开"),
    (re.compile(r"组织召开|组织开展|组织举办|组织|开展|举办|召开|举行"), ""),
    (re.compile(r"政府门户网站|门户网站|政府网"), "政府网站"),
    (re.compile(r"政府网站站"), "政府网站"),
    (re.compile(r"微信公众号|微信公众平台|微信"), "公众号"),
)
_OF_LESS = re.compile(
    r"上年|去年|季度|月|每|平均|计划|力争|不少于|不低于|增|减|比|拟|将|其中|另|下[一步]|新|半年|领域|专题|重点|村|社区|部门|单位|本级|"
    r"申请|复议|诉讼|规范性文件|许可|处罚|强制|收费|处理费|案件|部分|个别|有的|逾期|超期|错|问题"
)
_NOTHING_BEFORE = re.compile(
    r"(?:\d{4}年度?|全年|本年度?|今年以来|一年来|年内|截至[^,，]{0,12}|我[镇乡县区市局街办委]\w{0,4}|本[镇乡县区市局]\w{0,3}|[,，\s])*"
)
_GENERIC = 4
"""Signs of a key such as 公开信息, which tells the whole only where both places say so."""
_LEAST = 4


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
    return tuple(fact for sentence in read_sentences(text) for fact in _facts(sentence, year))


def _facts(sentence: Sentence, year: int) -> Iterator[Fact]:
    """At most one: what the sentence begins with."""
    first = next((token for token in sentence.tokens if isinstance(token, Quantity)), None)
    if first is None or first.unit not in _UNITS or first.numeral.precision is not Precision.EXACT:
        return
    before = [token for token in sentence.tokens if token.start < first.start]
    if any(isinstance(token, YearMention) and token.year != year for token in before):
        return
    stops = [token.end for token in before if isinstance(token, Stop)]
    since = stops[-1] if stops else sentence.start
    if not _NOTHING_BEFORE.fullmatch(sentence.text, sentence.start, since):
        return
    words = sentence.text[since : first.start]
    key = _key(words)
    if len(key) < _LEAST or _OF_LESS.search(words) or not first.numeral.value:
        return
    whole = _WHOLE.search(sentence.text, sentence.start, first.start) is not None
    written = sentence.text[first.numeral.end : first.end]
    yield Fact(key, written, first.numeral.value, sentence.start, first.end, whole)


def _key(words: str) -> str:
    key = _OFF.sub("", words)
    for pattern, same in _SAME:
        key = pattern.sub(same, key)
    return key
