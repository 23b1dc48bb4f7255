"""How prose cites the Regulation on disclosure: by the number of the order that made it, and by its articles.

The Regulation in force is order 711 of the State Council, of 2019; what the annual report is and when it
is due are its articles 49 and 50. Knows words and grammar; what is made of it is ``TXT-4``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width, read_chinese
from reportdesk.checks.memory import kept

_IN_FORCE = "711"
_OF_REPORTS = (49, 50)
_NAME = r"(?:《条例》|政府信息公开条例》(?:\([^()]{0,40}\))?)"
_ORDER = re.compile(r"政府信息公开条例》?[^。;《》\d]{0,12}?国务院令?(?:第)?(?:令第)?(?P<number>\d{3})号")
_FORMER = re.compile(r"原|修订前|旧|废止|2007|2008|施行以来|颁布以来")
_ARTICLE = re.compile(
    rf"{_NAME}第(?P<article>[一二三四五六七八九十]{{1,4}}|\d{{1,2}})条(?:第[^条]{{1,4}}款)?(?:的)?(?:规定|要求|之规定)?(?:(?!答复|办理|受理|申请|处理)[^。;\d条]){{0,16}}?(?:编制|制作|公布|发布|撰写|形成)"
    r"[^。;条]{0,30}?(?:年度报告|年报|本报告)"
)


@kept
def cited_regulation(text: str) -> tuple[tuple[int, int, str], ...]:
    """Citations that are not of the Regulation in force: where they stand, and why they are not."""
    plain = plain_width(text)
    return tuple(_orders(plain)) + tuple(_articles(plain)) if "条例》" in plain else ()


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
