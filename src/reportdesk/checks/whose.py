"""TXT-5: names of other units and places, and words of another level."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.words import any_of, rule_words
from reportdesk.checks.engine import MOST_OF_ONE, Found, Pace, Severity, Subject, check
from reportdesk.checks.memory import kept
from reportdesk.checks.places import other_places, own_names
from reportdesk.checks.prose import parts_with_text, prose_finding, quote, unit_kind
from reportdesk.checks.years import is_inside
from reportdesk.report.document import UnitKind

_REPORT_NAME = re.compile(
    r"《([^《》]{2,40}?)(?:20\d\d|二[〇○零][^年]{2})年度?政府信息公开(?:工作)?年度报告》"
)
_OTHER_UNIT = re.compile(
    r"([一-鿿]{2,3})([镇乡县]|街道)(?=人民政府|政府|党委|办事处|党政|综合办|全|各|共|始终|高度|认真|严格|坚持|积极|20\d\d年)"
)
_SUBJECT_START = re.compile(r"(?:^|[，,。；;：:、（(《“\n]|在|对|由|与|是|为|年)$")
_TITLE = re.compile(r"《[^《》]{0,120}》|“[^“”]{0,60}”")
_LEVELS = {"镇": 1, "乡": 1, "街道": 1, "县": 2}
_LOWER = {UnitKind.COUNTY: 2, UnitKind.COUNTY_DEPARTMENT: 2, UnitKind.CITY: 3, UnitKind.CITY_DEPARTMENT: 3}
_REACH = 6


@check(
    "TXT-5",
    Severity.WARNING,
    pace=Pace.ON_PAUSE,
    source="《政府信息公开条例》第六条：及时、准确地公开政府信息",
)
def txt_5(subject: Subject) -> Iterator[Found]:
    """文字里不应有别的单位、别的县市省的名称（可能是照抄没有改），也不应用别的层级的称呼。"""
    own = own_names(subject.report)
    kind = unit_kind(subject)
    for part, text in parts_with_text(subject):
        for span, name in _strangers(text, own, kind):
            message = f"有{quote(text, *span)}，{name}不是本单位或上级的名称。请核对是否照抄了别处的文字。"
            yield prose_finding(subject, part, span, message)
        if kind is not None:
            for span in _of_other_level(text, kind):
                message = f"有{quote(text, *span)}，与本单位的层级不符。请改成本单位的称呼。"
                yield prose_finding(subject, part, span, message)


@kept
def _strangers(text: str, own: str, kind: UnitKind | None) -> tuple[tuple[tuple[int, int], str], ...]:
    return tuple(itertools.islice(_named_strangers(text, own, kind), MOST_OF_ONE)) if own.strip() else ()


def _named_strangers(text: str, own: str, kind: UnitKind | None) -> Iterator[tuple[tuple[int, int], str]]:
    titled = [match.span() for match in _TITLE.finditer(text)]
    for match in _REPORT_NAME.finditer(text):
        name = match[1].strip()
        if name and name not in own and not any(line and line.endswith(name) for line in own.split("\n")):
            yield match.span(1), f"“{name}”"
    places = list(other_places(text, own))
    for start, end in places:
        if not _is_elsewhere(text, start, end) and not is_inside(start, titled):
            yield (start, end), f"“{text[start:end]}”"
    for match in _OTHER_UNIT.finditer(text):
        start, end = match.start(), match.end()
        if is_inside(end, places) or is_inside(start, places) or is_inside(start, titled):
            continue
        if _is_stranger(text, match, own, kind):
            yield (start, end), f"“{match[0]}”"


def _is_stranger(text: str, match: re.Match[str], own: str, kind: UnitKind | None) -> bool:
    not_names: list[str] = rule_words("places")["not_names"]  # type: ignore[assignment]
    if any(sign in not_names for sign in match[1]) or match[0] in own or match[1][-2:] + match[2] in own:
        return False
    if kind is None or _LEVELS[match[2]] < _LOWER.get(kind, 0):
        return False
    if not _SUBJECT_START.search(text[max(0, match.start() - 1) : match.start()]):
        return False
    return not _is_elsewhere(text, match.start(), match.end())


def _is_elsewhere(text: str, start: int, end: int) -> bool:
    """赴某县学习, 某县人民法院, 某县路: another place is meant and no slip."""
    places = rule_words("places")
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    words_before: list[str] = places["before"]  # type: ignore[assignment]
    words_after: list[str] = places["after"]  # type: ignore[assignment]
    near = before[-3:]
    return any(near.endswith(word) for word in words_before) or any(word in after for word in words_after)


@kept
def _of_other_level(text: str, kind: UnitKind) -> tuple[tuple[int, int], ...]:
    return tuple(itertools.islice(_wrong_level(text, kind), MOST_OF_ONE))


def _wrong_level(text: str, kind: UnitKind) -> Iterator[tuple[int, int]]:
    words = rule_words("text")
    levels: dict[str, list[str]] = words["levels"]  # type: ignore[assignment]
    whole: dict[str, list[str]] = words["whole"]  # type: ignore[assignment]
    claims: dict[str, list[str]] = words["claims_whole"]  # type: ignore[assignment]
    gazette: dict[str, list[str]] = words["gazette"]  # type: ignore[assignment]
    for match in re.finditer(any_of(levels[kind]), text):
        yield match.span()
    for match in re.finditer(any_of(whole[kind]), text):
        after = text[match.end() : match.end() + 14]
        if any(after.startswith(word) for word in claims["words"]):
            yield match.span()
    if kind in gazette["kinds"]:
        for match in re.finditer(any_of(gazette["words"]), text):
            before = text[max(0, match.start() - 4) : match.start()]
            if not any(word in before for word in gazette["others"]):
                yield match.span()
