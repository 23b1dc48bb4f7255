"""So many things as a phrase announces against those that it names: 五本账（目录账、发布账、审核账、归档账）.

No rule stands here: ``TXT-19`` says what is found. What may be more than is named, behind 等, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import read_chinese
from reportdesk.checks.reading_cache import kept

_COUNT = r"(?P<count>[三四五六七八九十两二]|[2-9])"
_KIND = r"(?:本账|项|个|类|种|大|张|条|道|步|方面|环节)"
_BRACKETED = re.compile(
    rf"[“\"]?(?<![第十百\d]){_COUNT}{_KIND}(?!一)[^，。；、：:（(）)”\"\d]{{0,6}}[”\"]?[（(](?P<items>[^（）()。；\n]{{4,80}})[）)]"
)
_NAMED_BEFORE = re.compile(
    rf"(?:^|(?<=[，。；：:（(“\n]))(?P<items>[^，。；：:（）()\n\d]{{3,60}}?)(?<![等第十百余]){_COUNT}(?:项|个|类|种|大)(?P<noun>要素|环节|步骤|内容|领域|方面|制度|机制|关口|渠道|栏目|载体|平台|类别|重点|事项|要件|指标)"
)
_ANNOUNCED = re.compile(rf"{_COUNT}(?:项|个|类|种|大)(?:要|环|步|内|领|方|制|机|关|渠|栏|载|平|类|重|事|指)")
_NOT_ALL = re.compile(r"等|如|详见|见附|其中|含|附件|略|……|…|\d|统称|除")
_JOINS = re.compile(r"[和及与或]|以及")
_GENERAL = frozenset(
    {
        "社区",
        "居",
        "居委会",
        "场",
        "林场",
        "农场",
        "园区",
        "嘎查",
        "站",
        "所",
        "办",
        "中心",
        "街道",
        "乡",
        "镇",
    }
)
"""5个村（社区、居委会） says what the five may be called, and names none."""
_LONGEST = 12
_LEAST = 2
_SHORT_CLAUSE = 8


@kept
def read_named(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """Where so many things are announced, how many are, and how many are named."""
    found = [*_bracketed(text)] if "（" in text or "(" in text else []
    if "、" in text and _ANNOUNCED.search(text):
        found += _named_before(text)
    return tuple(sorted(found))


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else read_chinese(written.replace("两", "二")) or 0


def _bracketed(text: str) -> Iterator[tuple[int, int, int, int]]:
    """五本账（目录账、发布账、审核账、归档账）."""
    for match in _BRACKETED.finditer(text):
        items = re.split("[、，,]", match["items"])
        if (
            _NOT_ALL.search(match["items"])
            or len(items) < _LEAST
            or any(len(one) > _LONGEST for one in items)
        ):
            continue
        if _GENERAL.intersection(items):
            continue
        most = len(items) + sum(len(_JOINS.findall(one)) for one in items)
        said = _number(match["count"])
        if not len(items) <= said <= most and "、" in match["items"]:
            yield *match.span(), said, len(items)


def _named_before(text: str) -> Iterator[tuple[int, int, int, int]]:
    """标题、文号、日期、来源五项要素: fewer than are announced, however the words are parted."""
    for match in _NAMED_BEFORE.finditer(text):
        items = match["items"].split("、")
        if (
            len(items) <= _LEAST
            or _NOT_ALL.search(match["items"])
            or any(len(one) > _LONGEST for one in items[1:])
        ):
            continue
        most = len(items) + len(_JOINS.findall("、".join(items[1:]))) + _clauses_before(text, match.start())
        said = _number(match["count"])
        if said > most:
            yield match.start("items"), match.end(), said, len(items)


def _clauses_before(text: str, place: int) -> int:
    """How many short clauses stand before, which may be items too: 权责清晰，程序规范、公开及时."""
    sentence = re.split("[。；;：:\n]", text[max(0, place - 40) : place])[-1]
    clauses = [one for one in re.split("[，,]", sentence) if one]
    return sum(len(one) <= _SHORT_CLAUSE and not re.match("[一二三四五六]是", one) for one in clauses)
