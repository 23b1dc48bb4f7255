"""How prose cites the Regulation on disclosure: by the number of the order that made it, and by its articles.

The Regulation in force is order 711 of the State Council, of 2019; what the annual report is and when it
is due are its articles 49 and 50. Knows words and grammar; what is made of it is ``TXT-4``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width, read_chinese
from reportdesk.checks.reading_cache import kept

_IN_FORCE = "711"
_OF_REPORTS = (49, 50)
_ARTICLES = 56
"""Of the Regulation in force."""
_NAME = r"(?:《条例》|政府信息公开条例》(?:\([^()]{0,40}\))?)"
_ORDER = re.compile(r"政府信息公开条例》?[^。;《》\d]{0,12}?国务院令?(?:第)?(?:令第)?(?P<number>\d{3})号")
_FORMER = re.compile(r"原|修订前|旧|废止|2007|2008|施行以来|颁布以来")
_ARTICLE = re.compile(
    rf"{_NAME}第(?P<article>[一二三四五六七八九十]{{1,4}}|\d{{1,2}})条(?:第[^条]{{1,4}}款)?(?:的)?(?:规定|要求|之规定)?(?:(?!答复|办理|受理|申请|处理)[^。;\d条]){{0,16}}?(?:编制|制作|公布|发布|撰写|形成)"
    r"[^。;条]{0,30}?(?:年度报告|年报|本报告)"
)
_CITED = re.compile(
    rf"{_NAME}(?P<articles>第[一二三四五六七八九十百零\d]{{1,5}}条(?:[、,，和及至](?:第)?[一二三四五六七八九十百零\d]{{1,5}}条)*)"
)
_EACH = re.compile(r"([一二三四五六七八九十百零]{1,5}|\d{1,3})条")
_NO_SUCH_LAW = re.compile(
    r"(?:中华人民共和国|国家)?(?:(?:政府)?信息公开法|政务公开(?:条例|法))(?!治|规|律|制|院|定)"
)
_NO_LAWS = ("信息公开法", "政务公开条例", "政务公开法")
_DATED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?[^。;，,《》\d\n]{0,10}?(?:国务院)?(?:令)?第?711号"
    r"|711号[)）]?令?[^。;《》\d\n]{0,12}?(?P<year2>(?:19|20)\d\d)年(?:(?P<month2>\d{1,2})月)?(?:(?P<day2>\d{1,2})日)?(?P<what>[^。;,，\n]{0,8})"
)
_MADE, _VALID = (2019, 4, 3), (2019, 5, 15)
"""When order 711 was given, and from when it holds."""


@kept
def cited_regulation(text: str) -> tuple[tuple[int, int, str], ...]:
    """Citations that are not of the Regulation in force: where they stand, and why they are not."""
    plain = plain_width(text)
    found = tuple(_laws(plain)) + tuple(_dates(plain))
    if "条例》" in plain:
        found += (*_orders(plain), *_articles(plain), *_beyond(plain))
    return found


def _laws(plain: str) -> Iterator[tuple[int, int, str]]:
    """A law that was never made: what there is is the Regulation."""
    for match in _NO_SUCH_LAW.finditer(plain) if any(law in plain for law in _NO_LAWS) else ():
        titled = (
            plain[match.start() - 1 : match.start()] == "《" and plain[match.end() : match.end() + 1] == "》"
        )
        if titled or match[0].startswith("中华"):
            yield *match.span(), "没有这部法律、法规，应为《中华人民共和国政府信息公开条例》。"


def _dates(plain: str) -> Iterator[tuple[int, int, str]]:
    """The day of order 711, where it is another than that on which it was given or took effect."""
    for match in _DATED.finditer(plain) if "711号" in plain else ():
        behind = "2" if match["year2"] else ""
        written = [match[name + behind] for name in ("year", "month", "day")]
        known = tuple(int(number) for number in written if number)
        length = 1 if written[1] is None else len(known)
        if known[:length] not in (_MADE[:length], _VALID[:length]):
            start = match.start(f"year{behind}")
            end = max(match.end(name + behind) for name in ("year", "month", "day"))
            yield start, end + 1, "国务院令第711号是2019年4月3日公布、2019年5月15日起施行的。"


def _beyond(plain: str) -> Iterator[tuple[int, int, str]]:
    """Articles that the Regulation does not have."""
    for match in _CITED.finditer(plain):
        for each in _EACH.finditer(plain, *match.span("articles")):
            article = int(each[1]) if each[1].isdecimal() else read_chinese(each[1])
            if article is not None and article > _ARTICLES:
                yield each.start(), each.end(), f"《条例》一共 {_ARTICLES} 条，没有这一条。"


def _orders(plain: str) -> Iterator[tuple[int, int, str]]:
    for match in _ORDER.finditer(plain):
        around = plain[max(0, match.start() - 20) : match.end() + 12]
        if match["number"] != _IN_FORCE and not _FORMER.search(around):
            yield match.start("number"), match.end(), "《条例》现行的是国务院令第711号。"


def _articles(plain: str) -> Iterator[tuple[int, int, str]]:
    for match in _ARTICLE.finditer(plain):
        written = match["article"]
        article = int(written) if written.isdecimal() else read_chinese(written)
        if article not in _OF_REPORTS:
            start = match.start("article") - 1
            yield start, match.end("article") + 1, "年度报告的规定在《条例》第四十九条、第五十条。"
