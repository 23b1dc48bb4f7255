"""TXT-5: names of other units and places, and words of another level."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.words import pattern_of, rule_words
from reportdesk.checks.engine import MOST_OF_ONE, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.names.place_names import own_names
from reportdesk.checks.names.strangers import strangers
from reportdesk.checks.names.superiors import wrong_superiors
from reportdesk.checks.prose import parts_with_text, prose_finding, quote, unit_kind
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import Fact, UnitKind

_SENTENCE_ENDS = "。；;！？\n"
_CLAUSE_ENDS = "，。；;：:！？\n（("
_VERB_REACH = 6
_LONGEST_SENTENCE = 400
_OWN_WORDS = {"镇": ("我乡", "本乡"), "乡": ("我镇", "本镇")}
"""What a township of the one name does not call itself; either is a people's government of a township."""
_ASKED = re.compile(r"(?:要求公开|申请公开|申请获取|要求获取|咨询|了解|查询|关于|涉及)[^，。；\d]{0,8}$")
"""Before 本市: what somebody asks of the place, whoever answers."""
_ASKED_REACH = 16
_ORDERS = re.compile(
    r"[^，。；]{0,16}?(?<![需主重想首])(?:要(?![求点闻素件塞职道害领略])|务必|必须|须(?=[^知臾])|应当|应(?=[该将高按及切认加结对严进积])|请(?=[于按认高及结]))"
)
"""What goes on like this tells others what to do: 各镇、各部门要高度重视."""
_JUDGES = re.compile(
    r"公开[^，。；]{0,8}(?:不平衡|不均衡|不一|参差|差距|不够|不足|不高|薄弱|滞后)|(?:进展|水平|力度)不(?:平衡|均衡|一)"
)
"""What goes on like this judges them all: 各县（市、区）、市直各部门公开水平不平衡."""
_ELSEWHERE = re.compile(r"[一-鿿](?<![全各我本乡城])(?:镇|乡)(?!村|级)")
"""A township named before: 全镇 is its."""
_TOWN_NAME = re.compile(r"([镇乡])(?:人民)?(?:政府)?$")


@check(
    "TXT-5",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第六条：及时、准确地公开政府信息",
)
def txt_5(subject: CheckContext) -> Iterator[Found]:
    """文字里不应有别的单位、别的县市省的名称（可能是照抄没有改），也不应用别的层级的称呼。"""
    own = own_names(subject.report)
    kind, sign = unit_kind(subject), _town_sign(subject)
    for part, text in parts_with_text(subject):
        for span in strangers(text, own, kind):
            name = quote(text, *span)
            message = f"有{name}，{name}不是本单位或上级的名称。请核对是否照抄了别处的文字。"
            yield prose_finding(subject, part, span, message)
        if kind is not None:
            for span in _of_other_level(text, kind, sign):
                message = f"有{quote(text, *span)}，与本单位的层级不符。请改成本单位的称呼。"
                yield prose_finding(subject, part, span, message)
        for span, right in wrong_superiors(text, own, kind):
            message = f"有{quote(text, *span)}，本单位的上级是{right}。请核对是否照抄了别处的文字。"
            yield prose_finding(subject, part, span, message)


def _town_sign(subject: CheckContext) -> str:
    """镇 or 乡 as the unit's name has it; empty if it has neither, or the names differ."""
    facts = (Fact.FULL_NAME, Fact.TITLE_NAME, Fact.CLOSING_UNIT)
    named = (_TOWN_NAME.search(subject.report.facts.get(fact, "")) for fact in facts)
    signs = {match[1] for match in named if match}
    return signs.pop() if len(signs) == 1 else ""


@kept
def _of_other_level(text: str, kind: UnitKind, sign: str) -> tuple[tuple[int, int], ...]:
    found = itertools.chain(
        _wrong_level(text, kind),
        _own_word(text, sign),
        _others_voice(text, kind, sign),
        _whole_grows(text, kind),
        _directs(text, kind),
    )
    return tuple(itertools.islice(found, MOST_OF_ONE))


def _wrong_level(text: str, kind: UnitKind) -> Iterator[tuple[int, int]]:
    words = rule_words("text")
    levels: dict[str, list[str]] = words["levels"]  # type: ignore[assignment]
    whole: dict[str, list[str]] = words["whole"]  # type: ignore[assignment]
    claims: dict[str, list[str]] = words["claims_whole"]  # type: ignore[assignment]
    of_the_place: list[str] = words["of_the_place"]  # type: ignore[assignment]
    for match in pattern_of(levels[kind]).finditer(text):
        of_place = text.startswith(tuple(of_the_place), match.end()) or _ASKED.search(
            text, max(0, match.start() - _ASKED_REACH), match.start()
        )
        if not (match[0][0] == "本" and of_place):
            yield match.span()
    for match in pattern_of(whole[kind]).finditer(text):
        after = text[match.end() : match.end() + 14]
        named = _is_met(text, match.end()) if "工作" in after or "最" in after else False
        if not named and any(after.startswith(word) for word in claims["words"]):
            yield match.span()
    yield from _gazette(text, kind)


def _gazette(text: str, kind: UnitKind) -> Iterator[tuple[int, int]]:
    gazette: dict[str, list[str]] = rule_words("text")["gazette"]  # type: ignore[assignment]
    if kind in gazette["kinds"]:
        for match in pattern_of(gazette["words"]).finditer(text):
            before = text[max(0, match.start() - 4) : match.start()]
            if not any(word in before for word in gazette["others"]):
                yield match.span()


def _own_word(text: str, sign: str) -> Iterator[tuple[int, int]]:
    """我乡 where the unit is a 镇, and the other way round."""
    for word in _OWN_WORDS.get(sign, ()):
        if word not in text:
            continue
        for match in re.finditer(f"{word}(?![镇村])", text):
            yield match.span()


def _directs(text: str, kind: UnitKind) -> Iterator[tuple[int, int]]:
    """督促各乡镇 in a township's report: it tells its equals nothing, the county does."""
    directs: dict[str, list[str]] = rule_words("places")["directs"]  # type: ignore[assignment]
    level = "township" if kind in (UnitKind.TOWNSHIP, UnitKind.STREET) else "county"
    if level == "county" and kind not in (UnitKind.COUNTY, UnitKind.COUNTY_DEPARTMENT):
        return
    for match in pattern_of(directs[level]).finditer(text):
        low = max(0, match.start() - _LONGEST_SENTENCE)
        start = max(low, *(text.rfind(sign, low, match.start()) + 1 for sign in _SENTENCE_ENDS))
        before, after = text[start : match.start()], _clause(text, match.end())
        if any(word in before for word in directs["above"]):
            continue
        tells = any(verb in before[-_VERB_REACH:] for verb in directs["verbs"])
        tells = tells or (before.endswith("纳入") and "考核" in after)
        tells = tells or (not before and _JUDGES.search(after) is not None)
        to_them = before.endswith(tuple(directs["beside"])) and any(
            verb in after for verb in directs["verbs"]
        )
        orders = not before and _ORDERS.match(after)
        if tells or to_them or orders:
            yield match.span()


def _others_voice(text: str, kind: UnitKind, sign: str) -> Iterator[tuple[int, int]]:
    """镇党委高度重视 in a department's report: who speaks there is another kind of unit."""
    voices: dict[str, list[str]] = rule_words("places")["others_voice"]  # type: ignore[assignment]
    for word in (*voices.get(kind, ()), *voices.get(sign, ())):
        if word not in text:
            continue
        for match in re.finditer(word, text):
            begins = match.start() == 0 or text[match.start() - 1] in _CLAUSE_ENDS
            named = word.startswith("全") and _ELSEWHERE.search(_sentence_before(text, match.start()))
            if begins and not named and text.startswith(tuple(voices["does"]), match.end()):
                yield match.span()


def _sentence_before(text: str, place: int) -> str:
    low = max(0, place - _LONGEST_SENTENCE)
    return text[max(low, *(text.rfind(sign, low, place) + 1 for sign in _SENTENCE_ENDS)) : place]


def _whole_grows(text: str, kind: UnitKind) -> Iterator[tuple[int, int]]:
    """全省政务公开水平进一步提升: the work of a whole that is not the unit's."""
    whole: dict[str, list[str]] = rule_words("text")["whole"]  # type: ignore[assignment]
    words: dict[str, list[str]] = rule_words("places")["whole_grows"]  # type: ignore[assignment]
    for match in pattern_of(whole[kind]).finditer(text):
        if match.start() and text[match.start() - 1] not in _CLAUSE_ENDS:
            continue
        clause = _clause(text, match.end())
        grows = "公开" in clause and any(word in clause for word in words["grows"])
        if grows and not any(word in clause for word in words["others"]):
            yield match.span()


def _is_met(text: str, start: int) -> bool:
    """Whether it is a meeting, a training, an order or a ranking of theirs that is spoken of."""
    words: dict[str, list[str]] = rule_words("places")["whole_grows"]  # type: ignore[assignment]
    return any(word in _clause(text, start) for word in words["others"])


def _clause(text: str, start: int) -> str:
    match = re.compile("[^，。；;！？\n]{0,30}").match(text, start)
    return match[0] if match else ""
