"""Prose against 表二: documents, licences, penalties and coercive measures; and fees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from reportdesk.checks.claims.claim import Claim, Topic
from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import (
    figure,
    mismatch,
    name_of_part,
    parts_with_text,
    prose_finding,
    quote_clause,
    whole_claims,
)
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_CASES = ("cases", "")
_MOST_OF_ONE_REQUEST = 2000
"""元. The fee goes by pieces or pages (国办函〔2020〕109号); no office comes near this on the average."""
_LEAST_REQUESTS = 5
_NONE_CHARGED = re.compile(
    r"(?:未|没有|不|从未|尚未|无)[^,，。;\n]{0,14}(?:收取|收缴|收过|产生|发生|涉及)[^,，。;\n]{0,16}(?:费|(?=[,，。;\n]|$))"
    r"|处理费[^,，。;\n]{0,12}[:为][^,，。;\n]{0,8}(?:无|未收取|没有收取|零|0元)"
)
_BARRED = frozenset({"last_year", "part_of"})
_NEAR = 30
_FREE = re.compile(
    r"(?:[均都]|全部|一律)?(?:未|没有|不曾|从未)(?:收取|收过|收)(?:任何|过|相关|一切|政府信息公开|信息公开)*(?:信息处理)?(?:费用?|(?=[,，。;；\n]|$))"
    r"|(?:[均都]|全部|一律|所有申请[均都]?)(?:为|予以)?免费(?:办理|提供|答复|公开)|(?:[均都]|全部)免收(?:信息处理费|费用)"
)
_NOT_ALL = re.compile(
    r"除|困难|对象|特困|其余|其他|其它|另|检索|复制|邮寄|工本|清单|违规|乱|村|代办|上年|去年|往年|服务|部分|个别|[\d一二三四五六七八九十]件|[者户]|逾期|咨询|申请时|标准"
)
_EARLIER = re.compile(
    r"(?:年初|[上去]年[末底]|上年度末|此前|清理前|原)(?:的|共|有|时|全|现|[我本][镇乡县区市局])*$"
)
"""Before a state: 年初有效的5件 are not those of the year's end."""
_LOOKED_THROUGH = re.compile(
    r"[^,，。;；\n\d]{0,10}(?:评估|清理|梳理|审查|排查)[^。;；\n\d]{0,8}(?:废止|失效|保留|修[改订])"
)
"""Behind a count: 对3件规范性文件评估后废止1件, of which the three are those that were looked through."""
_CHARGED = re.compile(
    r"信息处理费[^,，。;；\n\d]{0,8}(?:[,，](?:分别|共|合计)[^,，。;；\n\d]{0,4})?(?P<yuan>\d[\d,]*(?:\.\d+)?)\s*万?元"
)
_NOT_CHARGED = re.compile(r"上年|去年|标准|每|未|没有|免|减")
_MONEY: Mapping[str, Value] = {"yuan": 1, "wan_yuan": 10**4, "yi_yuan": 10**8}
_STATES = {"issued": "本年制发", "repealed": "本年废止", "in_force": "现行有效"}
_DECISIONS = {
    Topic.LICENCE: ("licences", "行政许可"),
    Topic.PENALTY: ("penalties", "行政处罚"),
    Topic.COERCIVE: ("coercive_measures", "行政强制"),
}


@check("DOC-1", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表二第二十条第（一）项")
def doc_1(subject: CheckContext) -> Iterator[Found]:
    """文字里规章、规范性文件的制发、废止、现行有效件数，应等于表二。"""
    kinds = {Topic.DOCUMENTS: "行政规范性文件", Topic.REGULATIONS: "规章"}
    for part, text, claim in whole_claims(subject, tuple(kinds), _CASES, _BARRED):
        if claim.deed not in _STATES or _EARLIER.search(text, max(0, claim.start - _NEAR), claim.start):
            continue
        if _LOOKED_THROUGH.match(text, claim.end):
            continue
        known = figure(subject, f"{claim.topic.value}_{claim.deed}")
        if known is not None and known.value != claim.value:
            name = f"{kinds[claim.topic]}{_STATES[claim.deed]}"
            expected = f"表二{name} {show_figure(known.value)} 件"
            yield mismatch(subject, (part, text), claim, expected, (known,))


@check(
    "ACT-1",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}表二第二十条第（五）、（六）项",
)
def act_1(subject: CheckContext) -> Iterator[Found]:
    """文字里行政许可、行政处罚、行政强制的件数，应等于表二本年处理决定数量。"""
    for part, text, claim in whole_claims(subject, tuple(_DECISIONS), _CASES, _BARRED):
        if claim.deed in ("received", "repealed"):
            continue
        role, name = _DECISIONS[claim.topic]
        known = figure(subject, role)
        if known is not None and claim.deed == "published":
            words = text[claim.start : claim.end + 1]
            wrong = "决定" in words and claim.value > known.value > 0  # no more are published than were made
        else:
            wrong = known is not None and known.value != claim.value
        if known is not None and wrong:
            expected = f"表二{name} {show_figure(known.value)} 件"
            yield mismatch(subject, (part, text), claim, expected, (known,))


@check(
    "FEE-1",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}第六节应报告信息处理费；表二第二十条第（八）项",
)
def fee_1(subject: CheckContext) -> Iterator[Found]:
    """第六节写的信息处理费应与其他各节一致，以元计；文字里的行政事业性收费应等于表二（单位不同的先换算）。"""
    yield from _charges(subject)
    stated = list(whole_claims(subject, (Topic.PROCESSING_FEE,), (*_MONEY, ""), _BARRED))
    last = subject.form.part_roles.get("processing_fee")
    yield from _beyond_belief(subject, stated)
    said = _official(subject, stated)
    if said is None:
        return
    accepted, quoted = said
    if accepted == {0}:
        yield from _charged_after_all(subject, last or "", quoted, stated)
    else:
        yield from _charged_against_the_rest(subject, last or "", quoted)
    place = name_of_part(subject, last or "")
    for part, text, claim in stated:
        if part != last and _yuan(claim) not in accepted and not _is_share(text, claim, stated, accepted):
            yield prose_finding(
                subject,
                part,
                (claim.start, claim.end),
                f"写{quote_clause(text, claim.start, claim.end)}，{place}写{quoted}，两处不一致。"
                "请核对后改正写错的一处。",
            )


def _charged_after_all(
    subject: CheckContext, last: str, quoted: str, stated: list[tuple[str, str, Claim]]
) -> Iterator[Found]:
    """A fee of however few requests where section six says that none was charged."""
    for part, text in parts_with_text(subject):
        for match in _CHARGED.finditer(plain_width(text)) if part != last else ():
            before = re.split(r"[,，。;；\n]", text[max(0, match.start() - _NEAR) : match.start("yuan")])[-1]
            known = any(
                one == part and claim.start < match.end() and match.start() < claim.end
                for one, _, claim in stated
            )
            if not known and float(match["yuan"].replace(",", "")) and not _NOT_CHARGED.search(before):
                message = (
                    f"写{quote_clause(text, *match.span())}，{name_of_part(subject, last)}写{quoted}，两处不一致。"
                    "请核对后改正写错的一处。"
                )
                yield prose_finding(subject, part, match.span(), message)


def _charged_against_the_rest(subject: CheckContext, last: str, quoted: str) -> Iterator[Found]:
    """A fee in section six where another part says that none was charged, or that nobody asked."""
    place = name_of_part(subject, last)
    for part, text in parts_with_text(subject):
        for match in _FREE.finditer(plain_width(text)) if part != last else ():
            sentence = re.split(r"[。;；\n]", text[max(0, match.start() - 2 * _NEAR) : match.start()])[-1]
            about = part == subject.form.part_roles.get("requests") or "申请" in sentence + match[0]
            if about and not _NOT_ALL.search(sentence + match[0]):
                message = f"写{quote_clause(text, *match.span())}，{place}写{quoted}，两处不一致。请核对后改正写错的一处。"
                yield prose_finding(subject, part, match.span(), message)
    rows = [figure(subject, f"requests_{role}") for role in ("new", "carried_in", "handled")]
    denied = any(
        claim.denied and claim.deed == "received" and not claim.applicant
        for _, _, claim in whole_claims(subject, (Topic.REQUEST,), _CASES, _BARRED)
    )
    if denied and all(row is not None and not row.value for row in rows):
        text = subject.report.prose.get(last, "")
        start = max(0, plain_width(text).find(quoted.strip("“”").strip("…")))
        message = f"写{quoted}，而文字和表三都没有收到、办理申请。请核对金额和件数；是以前年度的申请的，写一句说明。"
        yield prose_finding(subject, last, (start, min(len(text), start + len(quoted) - 2)), message)


def _is_share(
    text: str, claim: Claim, stated: list[tuple[str, str, Claim]], accepted: frozenset[Value]
) -> bool:
    """Whether it is a part of what section six gives: told as one, or one of those that come to it."""
    start = max(text.rfind(sign, 0, claim.start) for sign in "。\n") + 1
    end = min((place for sign in "。\n" if (place := text.find(sign, claim.end)) >= 0), default=len(text))
    row = [_yuan(one) for _, words, one in stated if words == text and start <= one.start < end]
    added = sum(row) in accepted or sum(set(row)) in accepted
    told = re.search(r"其中|另|免收|减免|免除", text[start : claim.end]) is not None
    return added or (told and _yuan(claim) < max(accepted))


def _official(
    subject: CheckContext, stated: list[tuple[str, str, Claim]]
) -> tuple[frozenset[Value], str] | None:
    """The amounts that section six gives in yuan, 0 where it says that none was charged, and its words."""
    part = subject.form.part_roles.get("processing_fee", "")
    official = [entry for entry in stated if entry[0] == part]
    if official:
        _, text, first = official[0]
        return frozenset(_yuan(claim) for _, _, claim in official), quote_clause(text, first.start, first.end)
    text = plain_width(subject.report.prose.get(part, ""))
    none = _NONE_CHARGED.search(text)
    return (frozenset({0}), quote_clause(text, *none.span())) if none else None


def _charges(subject: CheckContext) -> Iterator[Found]:
    known = figure(subject, "fees")
    if known is None:
        return
    for part, text, claim in whole_claims(subject, (Topic.CHARGE,), tuple(_MONEY), _BARRED):
        if Decimal(_yuan(claim)) / 10**4 != known.value:
            expected = f"表二行政事业性收费 {show_figure(known.value)} 万元"
            yield mismatch(subject, (part, text), claim, expected, (known,))


def _beyond_belief(subject: CheckContext, stated: list[tuple[str, str, Claim]]) -> Iterator[Found]:
    """300万元 where 300元 is meant: the fee is told in 元, and one request costs some tens or hundreds."""
    new = figure(subject, "requests_new")
    requests = max(_LEAST_REQUESTS, new.value if new else 0)
    for part, text, claim in stated:
        if claim.unit in _MONEY and _yuan(claim) > _MOST_OF_ONE_REQUEST * requests:
            message = (
                f"写{quote_clause(text, claim.start, claim.end)}，合 {show_figure(Decimal(_yuan(claim)))} 元，"
                "信息处理费不会这样多。请核对金额和单位，信息处理费以元计。"
            )
            yield prose_finding(subject, part, (claim.start, claim.end), message)


def _yuan(claim: Claim) -> Value:
    return claim.value * _MONEY.get(claim.unit, 1)
