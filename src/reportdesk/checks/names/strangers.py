"""Whom a text names that is neither the unit nor what it belongs to: counties, townships, reports, sites.

What is ambiguous is left alone; no rule stands here.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

from reportdesk.checks.claims.words import any_of, rule_words
from reportdesk.checks.contents.years import is_inside
from reportdesk.checks.engine import MOST_OF_ONE
from reportdesk.checks.names.ordinary_words import is_name_sign, is_ordinary, name_before
from reportdesk.checks.names.place_names import bare_names, is_placed, other_places, own_cores, short_counties
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import UnitKind

Span = tuple[int, int]

_YEAR = r"(?:20\d\d|二[〇○零][^年]{2})年?度?"
_REPORT_NAME = re.compile(
    rf"《(?:{_YEAR})?([^《》]{{2,40}}?)(?:{_YEAR})?政府信息公开(?:工作)?(?:年度报告|年报)》"
)
_TITLE = re.compile(r"《[^《》]{0,120}》|“[^“”]{0,60}”")
_SUFFIX = re.compile(r"街道|镇|乡|县")
_TOWN = re.compile(r"街道|[镇乡]")
_CLAUSE_ENDS = "，,。；;：:、（(“\n"
_AND_OTHERS = re.compile(
    r"(?:、[一-鿿]{2,9}){0,6}等(?:地|[省市县区]|\d|[一二两三四五六七八九十多]个?[省市县])"
)
_CHAIN = re.compile(r"(?:[一-鿿]{2,12}、){1,6}$")
"""Others named before it: 协助某大学、某市教育局开展."""
_ASK_THEM = re.compile(r"(?:请|可|径|直接)(?:与|向|和|同)$")
"""Before whom to ask about the report: 请与海北镇党政办公室联系."""
_BESIDE = "向与和同跟及、"
"""Behind these another office is met, and not taken for one's own."""
_SHORT = re.compile("县(?<=[一-鿿]县)(?=人民政府|政府(?:门户|网|信息)|政务公开|政务服务网)")
_SHORT_ALONE = re.compile(
    r"(?:^|[，。；：:（(\n]|地址(?:为|在|是)?|位于|联系)((?!和)[一-鿿]县)(?=政府|委办|[一-鿿]{2,4}(?:街道|[镇乡])|[一-鿿]{2,10}局(?:编制|收到|公开|共|主动|20|政府信息|未|将|在))"
)
_BEFORE_SHORT = _CLAUSE_ENDS + "在由于将是为从据照按请到过”"
_OF_REPORT = re.compile(r"(?:人民政府|办事处|政府)?20\d\d年度?(?:的)?(?:政府信息|政务)公开")
_ALONE = re.compile(r"(?:^|(?<=[，,。；;：:、（(“\n]))([一-鿿]{2,3})$")
_NO_NAME_BEFORE = (
    "会事此日年月季课线网台路手身目当之以提最今往然随而其先早晚县市省区乡村节夜饭午世屋城向朝对名榜课班线"
)
"""Signs that make a word with 前, 后, 上 and the like: 会上, 目前, 线下."""
_SIDES = "前后上下里外"
_WHENCE = "东西南北上下大小新老双三"
_LEVELS = {"镇": 1, "乡": 1, "街道": 1, "县": 2}
_LOWEST = {UnitKind.COUNTY: 2, UnitKind.COUNTY_DEPARTMENT: 2, UnitKind.CITY: 3, UnitKind.CITY_DEPARTMENT: 3}
_DEPARTMENTS = (UnitKind.COUNTY_DEPARTMENT, UnitKind.CITY_DEPARTMENT)
_NEIGHBOUR = re.compile(
    r"(?:[东南西北](?:部|面|侧|边|端)?[与和同]?|分别[与和同]?|周边[与和同]?)(?:相|毗|紧)?(?:[邻接连靠临依抵望界至濒枕傍达通滨衔壤倚]|接壤|毗连|毗邻)$"
    r"|(?:交界|接壤|相邻|毗邻|隔[江河湖海水山](?:相望)?)[^，。；]{0,2}$|[与和同]$(?=.{0,12}(?:接壤|交界|相邻|毗邻|相连))"
)
"""Before the name of a neighbour, in what a report says of where the unit lies."""
_ON_THE_WAY = re.compile(r"(?:到|至|通往|经)[一-鿿]{1,6}[县市镇乡]")
_OWN_DEED = re.compile(
    r"编制|收到|共|主动|认真|坚持|严格|积极|20\d\d年|政府信息|政务公开|办公室|按照|通过|未|成立|高度|公开|根据|深入|围绕|全面|全年|制定|印发|将"
)
_BASIS = re.compile(r"根据|按照|依据|依照|遵照|遵循|执行|符合")
_MODEL = re.compile(r"参照|参考|借鉴|学习|对照|比照|转载|解读|宣传")
_LONG_TITLE = 60
_REACH = 6
_NEAR = 3
_SHORTEST = 2


@kept
def strangers(text: str, own: str, kind: UnitKind | None) -> tuple[Span, ...]:
    """The places of names of others in the text, in order and apart; ``own`` is ``own_names``."""
    if not own.strip():
        return ()
    titled = [match.span() for match in _TITLE.finditer(text)]
    others = list(other_places(text, own))
    places = [
        span
        for span in _joined(others)
        if _bears_own_name(text, span[1], own)
        or (
            (_takes_for_own(text, *span) or _is_our_office(text, *span, own))
            and not (_within(span, titled) or _is_elsewhere(text, *span) or _is_beside(text, *span))
        )
    ]
    found = itertools.chain(
        _report_names(text, own, kind),
        _own_papers(text, own) if kind not in _LOWEST else (),
        places,
        _bases(text, own, others),
        _short_counties(text, own),
        _sites(text, own),
        _offices(text, own, kind, titled),
    )
    return tuple(_apart(sorted(itertools.islice(found, MOST_OF_ONE))))


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    reached = 0
    for start, end in spans:
        if start >= reached:
            yield start, end
            reached = end


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The spans, those that follow each other at once as one: 江苏省泗洪县 is one name."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _is_beside(text: str, start: int, end: int) -> bool:
    """与固始县联合, 河北省、江西省等地: others are met; but 请与泗洪县…联系 takes them for oneself."""
    if _AND_OTHERS.match(text, end) or (text[start - 1 : start] == "、" and "等" in text[end : end + 2]):
        return True
    clause = re.match("[^。；，\n]{0,40}", text[end:])
    contact = clause is not None and "联系" in clause[0]
    return text[max(0, start - 1) : start] in set("与和同跟") and not contact


def _takes_for_own(text: str, start: int, end: int) -> bool:
    """Whether the place stands where one's own would: as an office, a site, an order, an address or who speaks."""
    places: dict[str, list[str]] = rule_words("places")["taken_for_own"]  # type: ignore[assignment]
    if text.startswith(tuple(places["after"]), end) or _office().match(text, end):
        return True
    before = text[max(0, start - _REACH) : start]
    if before.endswith(tuple(places["before"])):
        return True
    begins = not before or before[-1] in _CLAUSE_ENDS.replace("、", "")
    return begins and _subject().match(text, end) is not None


def _bears_own_name(text: str, end: int, own: str) -> bool:
    """Whether the unit's own town follows: 梁平区沙窝镇 in the report of 垫江县沙窝镇."""
    return any(name in own and text.startswith(name, end) for name in _towns_of(own))


@functools.lru_cache(maxsize=8)
def _towns_of(own: str) -> tuple[str, ...]:
    """The townships that the own names end in, without what they belong to."""
    found = (
        re.search(r"(?:^|[省市县区旗州])([^省市县区旗州\s]{2,6}(?:街道|[镇乡]))", line)
        for line in own.split("\n")
    )
    return tuple(dict.fromkeys(match[1] for match in found if match))


def _is_our_office(text: str, start: int, end: int, own: str) -> bool:
    """Whether the same office of another county does what the report tells of: 青田县水利局编制了年报."""
    office = _office_of(own)
    begins = not start or text[start - 1] in _CLAUSE_ENDS.replace("、", "")
    if not office or not begins or not text.startswith(office, end):
        return False
    return _OWN_DEED.match(text, end + len(office)) is not None


@functools.lru_cache(maxsize=8)
def _office_of(own: str) -> str:
    """The own office without its county: 水利局; empty for other kinds of unit."""
    name = own.partition("\n")[0]
    match = re.search(r"[县旗区市州]([^县旗区市州]{2,12}[局委办会])$", name)
    return match[1] if match else ""


def _bases(text: str, own: str, others: Sequence[Span]) -> Iterator[Span]:
    """根据《广东省政府信息公开办法》, in a report from another province: what does not hold there is no basis."""
    for start, end in others:
        if text[start - 1 : start] == "《" and "》" in text[end : end + _LONG_TITLE]:
            clause = re.split("[。；，\n]", text[max(0, start - 2 * _LONG_TITLE) : start])[-1]
            if _BASIS.search(clause) and not _MODEL.search(clause) and is_placed(own):
                yield start, end


def _within(span: Span, spans: list[Span]) -> bool:
    return is_inside(span[0], spans)


# -- whose report a title speaks of


def _report_names(text: str, own: str, kind: UnitKind | None) -> Iterator[Span]:
    for match in _REPORT_NAME.finditer(text):
        if not _is_own(match[1].strip(), own, kind):
            yield match.span(1)


_OWN_PAPER = re.compile(
    r"《([^《》\d]{1,16}?(?:街道办事处|街道|[镇乡]人民政府|[镇乡]政府|[镇乡]))政府信息(?:主动)?公开(?:工作)?(?:指南|目录|制度|管理办法|实施办法)》"
)
"""What each office makes for itself: 《石桥镇政府信息公开指南》 in another's report is copied."""


def _own_papers(text: str, own: str) -> Iterator[Span]:
    if "信息" not in text or "《" not in text:
        return
    cores = tuple(own_cores(own))
    for match in _OWN_PAPER.finditer(text):
        named = next(_TOWN.finditer(match[1]), None)
        is_bare = _bare().fullmatch(match[1]) is not None
        before = text[max(0, match.start() - _REACH) : match.start()]
        is_own = is_bare or match[1] in own or any(core in match[1] for core in cores)
        if named and cores and not is_own and not _MODEL.search(before):
            yield match.span(1)


def _is_own(name: str, own: str, kind: UnitKind | None) -> bool:
    if not name or _bare().fullmatch(name) or name in own:
        return True
    cores = own_cores(own)
    towns = list(_TOWN.finditer(name))
    if towns and not name.endswith("乡镇"):
        return kind in _LOWEST or any(name[: match.start()].endswith(tuple(cores)) for match in towns)
    if kind in _DEPARTMENTS:
        return any(name.endswith(line) or line.endswith(name) for line in own.split("\n") if line)
    return any(core in name for core in cores)


@functools.cache
def _bare() -> re.Pattern[str]:
    words: list[str] = rule_words("places")["bare"]["words"]  # type: ignore[index]  # the shape is tested
    return re.compile(f"(?:{any_of(words)})+")


# -- a county by the name of its site


def _short_counties(text: str, own: str) -> Iterator[Span]:
    """祁县人民政府, where what stands before cannot belong to another word."""
    if "县" not in text:
        return
    for match in _SHORT.finditer(text):
        start, end = match.start() - 1, match.end()
        name, before = text[start:end], text[start - 1 : start]
        if name in short_counties() and name not in own and (not before or before in _BEFORE_SHORT):
            yield start, end
    for match in _SHORT_ALONE.finditer(text):
        start, end = match.span(1)
        named = match[1] in short_counties() and match[1] not in own
        elsewhere = _is_elsewhere(text, start, end) or _is_beside(text, start, end)
        if named and (_bears_own_name(text, end, own) or not elsewhere):
            yield start, end


def _sites(text: str, own: str) -> Iterator[Span]:
    for match in _site().finditer(text):
        word = match[1] or match[2]
        start, end = match.span(1) if match[1] else match.span(2)
        name = next((word[:length] for length in (3, 2) if word[:length] in bare_names()), "")
        if match[2]:
            name = word if word in bare_names() else ""
        accounts: dict[str, list[str]] = rule_words("places")["accounts"]  # type: ignore[assignment]
        if name and name not in own and name not in accounts["not_places"]:
            yield start, min(end, start + len(name))


@functools.cache
def _site() -> re.Pattern[str]:
    accounts: dict[str, list[str]] = rule_words("places")["accounts"]  # type: ignore[assignment]
    return re.compile(
        rf"(?:{any_of(accounts['before'])})([一-鿿]{{2,3}})|[“\"「]([一-鿿]{{2,3}})(?:{any_of(accounts['after'])})[”\"」]"
    )


# -- offices: a name, what it is, and who acts for it


def _offices(text: str, own: str, kind: UnitKind | None, titled: list[Span]) -> Iterator[Span]:
    if kind is None:
        return
    cores = own_cores(own)
    for match in _SUFFIX.finditer(text):
        start, end = match.span()
        if _LEVELS[match[0]] < _LOWEST.get(kind, 0) or is_inside(start, titled):
            continue
        speaks = _office().match(text, end)
        if not speaks and not _subject().match(text, end):
            continue
        of_report = _OF_REPORT.match(text, end)
        name = name_before(text, start, cores) or _name_alone(text, start, strongly=bool(speaks or of_report))
        first = start - len(name)
        if not name or name in own or name.endswith(tuple(cores)):
            continue
        strongly = bool(speaks or of_report)
        if _speaks_for_itself(text, first, strongly=strongly) and not _is_elsewhere(text, first, end):
            yield first, speaks.end() if speaks else end


def _name_alone(text: str, end: int, *, strongly: bool) -> str:
    """A name that a clause begins with although it looks like words: 坡前镇公开, 西合营镇党委."""
    match = _ALONE.search(text, max(0, end - _NEAR - 1), end)
    if match is None or is_ordinary(match[1]):
        return ""
    name = match[1]
    if len(name) == _SHORTEST:
        return name if name[1] in _SIDES and name[0] not in _NO_NAME_BEFORE and is_name_sign(name[0]) else ""
    bounded = strongly and name[0] in _WHENCE and all(map(is_name_sign, name))
    return name if bounded and not is_ordinary(name[:2]) else ""


def _speaks_for_itself(text: str, start: int, *, strongly: bool) -> bool:
    before = text[start - 1 : start]
    if not before or before in _CLAUSE_ENDS.replace("、", ""):
        return True
    return strongly and (
        before not in _BESIDE or _ASK_THEM.search(text[max(0, start - _REACH) : start]) is not None
    )


@functools.cache
def _office() -> re.Pattern[str]:
    return re.compile(any_of(_speaks()["office"]))


@functools.cache
def _subject() -> re.Pattern[str]:
    return re.compile(any_of(_speaks()["subject"]))


def _speaks() -> dict[str, list[str]]:
    return rule_words("places")["speaks"]  # type: ignore[return-value]  # the file's shape is tested


def _is_elsewhere(text: str, start: int, end: int) -> bool:
    """赴某县学习, 某县人民法院, 某县路: another place is meant and no slip."""
    places = rule_words("places")
    chain = _CHAIN.search(text, max(0, start - 4 * _REACH), start)
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    words_before: list[str] = places["before"]  # type: ignore[assignment]
    words_after: list[str] = places["after"]  # type: ignore[assignment]
    near = before[-_NEAR:]
    if _NEIGHBOUR.search(before) or _ON_THE_WAY.match(text, end):
        return True  # 北靠陆河县, 郎溪县到泾县
    if chain and any(len(word) > 1 and word in chain[0] for word in words_before):
        return True
    return any(near.endswith(word) for word in words_before) or any(word in after for word in words_after)
