"""TXT-19: so many problems and measures as are announced, and their numbers without a gap or one twice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportdesk.checks.claims.numerals import plain_width, read_chinese
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote
from reportdesk.checks.reading_cache import kept
from reportdesk.checks.text.named_lists import read_named

_SO_MANY = re.compile(
    r"(?P<count>\d{1,2}|[一二三四五六七八九十两]{1,2})(?:个|项|条|点|大)(?:方面)?(?:的)?(?:主要|突出)?(?:问题|不足|短板|薄弱环节|措施|举措|工作|方面)"
    r"(?=[^。；\n已均全]{0,12}[：:。]\s*(?:一是|第一|首先|1[.、．]|（1）|\(1\)|①))"
)
_ROW_BEGINS = re.compile(r"一是|第一|首先|1[.、．]|（1）|\(1\)|①")
"""Without one of these nothing is listed, and how many there are to be is not looked for."""
_RECALLS = re.compile(r"(?:上述|以上|前述|前面|对照|围绕|针对|按照|这|上年|去年|往年)[^，。；：\n]{0,10}$")
"""Before so many that are told elsewhere: 对照检查的四个方面, 上年为四个方面."""
_MARKS = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是")
_CHINESE = "一二三四五六七八九十"
_CLAUSE_ENDS, _SENTENCE_ENDS = "，。；;：:、（(\n", "。；;：:\n"
"""Behind which a number begins an item."""
_INDENT = 6
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_SERIES = (
    re.compile(rf"(?P<number>[{_CHINESE}])是(?!否|不是|一)"),
    re.compile(rf"(?P<number>[{_CHINESE}])要(?=[\u4e00-\u9fff])"),
    re.compile(rf"(?P<number>第[{_CHINESE}])(?=[，,、])"),
    re.compile(rf"(?P<number>其[{_CHINESE}])(?=[，,、：:是])"),
    re.compile(rf"(?P<number>[（(][{_CHINESE}][）)])"),
    re.compile(r"(?P<number>[（(]\d{1,2}[）)])"),
    re.compile(r"(?P<number>\d{1,2}[.．、])(?=\s?[\u4e00-\u9fff“《])"),
    re.compile(rf"(?P<number>[{_CIRCLED}])"),
)
"""The ways in which items are numbered; each is a row of its own."""
_FIRSTS = (
    ("一是",),
    ("一要",),
    ("第一",),
    ("其一",),
    ("（一）", "(一)"),
    ("（1）", "(1)"),
    ("1.", "1．", "1、"),
    ("①",),
)
"""How each begins: without a first there is no row."""


@check(
    "TXT-19",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第六条：及时、准确地公开政府信息",
)
def txt_19(subject: CheckContext) -> Iterator[Found]:
    """写有几个问题、几项措施的，后面“一是、二是”列出的应当一样多，“五本账”这样写明个数又列出名称的也是；“一是、二是”和其他序号不跳号、不重号。"""
    for part, text in parts_with_text(subject):
        for span, before in _out_of_row(text):
            message = (
                f"写{quote(text, *span)}，前面一条是“{before}”，跳号或者重号了。请核对序号，看是否漏了一条。"
            )
            yield prose_finding(subject, part, span, message)
        for start, end, announced, named in read_named(text):
            message = f"写{quote(text, start, end)}，写明的是 {announced} 个，列出的是 {named} 个。请核对是否漏写或者改了没有改数。"
            yield prose_finding(subject, part, (start, end), message)
        for match in _SO_MANY.finditer(text) if _ROW_BEGINS.search(text) else ():
            said = _counted(plain_width(match["count"]))
            listed = _listed_after(text, match.end())
            if _RECALLS.search(text, 0, match.start()):
                continue
            if said is not None and listed and said != listed:
                message = f"写{quote(text, *match.span())}，后面列出的是 {listed} 个。请核对是否漏写或者改了没有改数。"
                yield prose_finding(subject, part, match.span(), message)


def _counted(written: str) -> int | None:
    return int(written) if written.isdecimal() else read_chinese(written.replace("两", "二"))


def _listed_after(text: str, start: int) -> int:
    """How many 一是, 二是 … follow each other in the same part; 0 where they are told otherwise."""
    place, count = start, 0
    for mark in _MARKS:
        found = text.find(mark, place)
        again = text.find(_MARKS[0], place) if count else -1
        if found < 0 or (0 <= again < found):
            break
        place, count = found + len(mark), count + 1
    return count if count > 1 else 0


@dataclass(slots=True)
class _Row:
    """A row of numbers that is not at its end: the last number and where it stands, and how many there are."""

    last: int
    place: tuple[int, int]
    length: int = 1


@kept
def _out_of_row(text: str) -> tuple[tuple[tuple[int, int], str], ...]:
    """The numbers that do not go on from the one before, with that one as it is written."""
    found = [
        place
        for firsts, series in zip(_FIRSTS, _SERIES, strict=True)
        if any(first in text for first in firsts)
        for place in _faults(text, series)
    ]
    return tuple(sorted(found))


def _faults(text: str, series: re.Pattern[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Where 三是 follows 一是, or 二是 stands twice; rows within rows each go on by themselves."""
    rows: list[_Row] = []
    ends = _CLAUSE_ENDS if series in _SERIES[:2] else _SENTENCE_ENDS
    for match in series.finditer(text):
        before = text[max(0, match.start() - _INDENT) : match.start()].rstrip(" \u3000")
        if series is not _SERIES[-1] and before and before[-1] not in ends:
            continue
        number, place = _value(match["number"]), (match.start("number"), match.end())
        if number == 1:
            rows.append(_Row(1, place))
            continue
        level = next(
            (index for index in range(len(rows) - 1, -1, -1) if rows[index].last == number - 1), None
        )
        if level is not None:
            yield from _repeated(text, rows[level + 1 :])
            del rows[level + 1 :]
            rows[level] = _Row(number, place, rows[level].length + 1)
        elif rows and number >= rows[-1].last:
            repeated = list(_repeated(text, rows))
            yield from repeated or [(place, text[slice(*rows[-1].place)])]
            rows = [*rows[:-2], _Row(number, place, 2)] if repeated else [*rows[:-1], _Row(number, place, 2)]
    yield from _repeated(text, rows)


def _repeated(text: str, rows: list[_Row]) -> Iterator[tuple[tuple[int, int], str]]:
    """The first number where it stands again at once, in a paragraph, and the row before has nothing else."""
    for row, following in itertools.pairwise(rows):
        between = text[row.place[1] : following.place[0]]
        if row.length == 1 and "\n" not in between and between.rstrip().endswith(("。", "；", ";")):
            start, end = following.place if following.length == 1 else row.place
            yield (start, end), text[slice(*row.place)]


def _value(written: str) -> int:
    digits = re.sub(r"[^\d]", "", written)
    if digits.isascii() and digits:
        return int(digits)
    sign = written.strip("第其（()）")[0]
    return (_CIRCLED if sign in _CIRCLED else _CHINESE).index(sign) + 1
