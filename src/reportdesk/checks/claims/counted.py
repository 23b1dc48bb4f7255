"""Things that a unit has so many of, and events that it holds so often in a year, told in a clause of their own.

建成政务公开专区9个, 已建成的8个政务公开专区; 召开例会4次, 全年召开例会6次. Narrower than ``facts``:
only nouns of which a report gives one number, so that two numbers for one of them contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.facts import Fact
from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.reading_cache import kept

_PLACES = "公示栏|公告栏|宣传栏|政务公开专区|信息公开专区|公开专区|查阅点|查阅室|查询点|公开查阅场所|便民公开点|政务公开栏|政务公开体验区|政务公开角|政务公开电子屏|政务新媒体账号"
_HAS = r"(?:建成|设有|设立|设置|设|共有|现有|建有|拥有|已建|开设|配备|建立|打造|全部|所有)(?:了|的)?"
_BEFORE = re.compile(
    rf"(?P<has>{_HAS})(?P<whose>[^,，。;:、\d（(]{{0,6}}?)(?P<noun>{_PLACES})(?:共|共计|达)?(?P<count>\d{{1,3}})(?P<unit>[个处])"
)
_BEHIND = re.compile(
    rf"(?P<has>{_HAS})(?P<count>\d{{1,3}})(?P<unit>[个处])(?P<whose>[^,，。;:、\d（(]{{0,6}}?)(?P<noun>{_PLACES})"
)
_SOME = re.compile(
    r"新|增|改|其中|部分|另|分别|标准|示范|上年|去年|计划|将|拟|20\d\d年底?前|再|升级|每|原有?"
)
_EVENTS = "例会|新闻发布会|听证会|恳谈会|院坝会|政府开放日活动|政府开放日|开放日活动|联席会议|通报会|约谈会"
_EVENT = re.compile(
    rf"(?:^|(?<=[,，。;、:\n]))(?P<frame>全年|年内|本年|今年|一年来|共|累计|先后)*(?:召开|组织召开|举办|组织|举行|开展)(?:了)?(?P<noun>{_EVENTS})"
    r"(?:共|共计)?(?P<count>\d{1,3})(?P<unit>次|场|期)(?=[,，。;、\n]|$)"
)


_VILLAGE = r"(?P<count>\d{1,3})个(?P<noun>行政村|自然村|村[（(][居社]区?[）)]|村委会|村居|居委会|村(?![（(居级民委社小干务庄])|社区|嘎查|乡镇|村民小组)"
_COUNTED_VILLAGES = re.compile(r"\d个(?:行政村|自然村|村|社区|居委会|嘎查|乡镇)")
_VILLAGES = re.compile(
    r"(?:(?:下辖|所辖|现辖|辖有?|全部|所有)|全(?:[镇乡县区]|街道)(?=[^,，。;]{0,16}(?:全部|均|都|全覆盖|统一)))(?:内|的|共有?|现有|所有)*"
    + _VILLAGE
)
_SOME_VILLAGES = re.compile(r"(?:全(?:[镇乡]|街道)|我[镇乡])(?:的|共)?" + _VILLAGE)
"""全镇16个村 may be some of them, where they are fewer than all."""
_COUNTED_ALL = ("村", "行政村", "自然村", "社区", "嘎查", "乡镇", "居委会")
_NEAR = 16
_PAST = re.compile(r"调整前|合并前|原有?|上年|去年|撤并")
_BODIES = (
    "党委会|党政班子会|班子会|镇长办公会|乡长办公会|党政联席会|常务会议?|党工委会|党组会|局长办公会|办公会"
)
_STUDIES = re.compile(
    rf"(?P<noun>{_BODIES})(?:议)?(?:专题|集体|定期)*(?:(?:研究|审议|听取)[^,，。;、\d]{{0,12}}(?P<count>\d{{1,2}})次|(?P<count2>\d{{1,2}})次(?:专题|集体)?(?:研究|审议|听取))"
)
_SOME_TIMES = re.compile(r"上年|去年|计划|将|拟|至少|不少于|每|其中|[上下]半年|季度|\d月")


_NOUNS = (
    *_BODIES.split("|"),
    *_PLACES.split("|"),
    *_EVENTS.split("|"),
    "个行政村",
    "个自然村",
    "个村",
    "个社区",
    "个乡镇",
    "个嘎查",
    "个居委会",
)
"""What any of it holds, so that most prose is gone through once."""


@kept
def read_counted(text: str) -> tuple[Fact, ...]:
    """What the text says that there is so many of, each with its noun as its key."""
    if not any(noun in text for noun in _NOUNS):
        return ()
    plain = plain_width(text)
    found = [*_places(plain)] if any(noun in text for noun in _PLACES.split("|")) else []
    if _COUNTED_VILLAGES.search(plain):
        found += _villages(plain)
    if any(noun in text for noun in _EVENTS.split("|")):
        found += _events(plain)
    if any(noun in text for noun in _BODIES.split("|")):
        found += _studies(plain)
    return tuple(sorted(found, key=lambda fact: fact.start))


def _villages(plain: str) -> Iterator[Fact]:
    taken = set()
    for pattern, whole in ((_VILLAGES, True), (_SOME_VILLAGES, False)):
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - _NEAR) : match.start()]
            if match.start("count") not in taken and not _PAST.search(before):
                taken.add(match.start("count"))
                yield Fact(match["noun"], "", int(match["count"]), *match.span(), whole=whole)


def _studies(plain: str) -> Iterator[Fact]:
    """党委会研究1次, 党委会3次研究."""
    for match in _STUDIES.finditer(plain):
        clause = re.split("[,，。;\n]", plain[max(0, match.start() - _NEAR) : match.start()])[-1]
        if not _SOME_TIMES.search(clause):
            count = int(match["count"] or match["count2"])
            yield Fact(f"{match['noun']}研究", "", count, *match.span(), whole=True)


def exceeds(fact: Fact, other: Fact) -> bool:
    """Whether the two numbers of one thing contradict: some of them are never more than all."""
    if fact.key.startswith(_COUNTED_ALL) and fact.whole != other.whole:
        some, every = (other, fact) if fact.whole else (fact, other)
        return some.value > every.value
    return fact.value != other.value and (fact.whole or other.whole)


def _places(plain: str) -> Iterator[Fact]:
    for pattern in (_BEFORE, _BEHIND):
        for match in pattern.finditer(plain):
            clause = re.split("[,，。;\n]", plain[max(0, match.start() - 16) : match.start()])[-1]
            if not _SOME.search(clause + match["whose"] + match["has"]):
                yield Fact(match["noun"], "", int(match["count"]), *match.span(), whole=True)


def _events(plain: str) -> Iterator[Fact]:
    for match in _EVENT.finditer(plain):
        whole = match["frame"] is not None
        yield Fact(match["noun"], "", int(match["count"]), *match.span(), whole=whole)
