"""Prose against 表二: documents, licences, penalties and coercive measures; and fees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportdesk.checks.claims.reading import Claim, Topic
from reportdesk.checks.engine import Finding, Pace, Severity, Subject, check
from reportdesk.checks.prose import (
    claims_by_part,
    figure,
    is_comparable,
    mismatch,
    name_of_part,
    prose_finding,
    quote_clause,
)
from reportdesk.report.document import Value
from reportdesk.report.figures import show_figure

_FORM = "《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）"
_CASES = ("cases", "")
_MONEY: Mapping[str, Value] = {"yuan": 1, "wan_yuan": 10**4, "yi_yuan": 10**8}
_STATES = {"issued": "本年制发", "repealed": "本年废止", "in_force": "现行有效"}
_DECISIONS = {
    Topic.LICENCE: ("licences", "行政许可"),
    Topic.PENALTY: ("penalties", "行政处罚"),
    Topic.COERCIVE: ("coercive_measures", "行政强制"),
}


@check("DOC-1", Severity.WARNING, pace=Pace.ON_PAUSE, source=f"{_FORM}表二第二十条第（一）项")
def doc_1(subject: Subject) -> Iterator[Finding]:
    """文字里规章、规范性文件的制发、废止、现行有效件数，应等于表二。"""
    kinds = {Topic.DOCUMENTS: "行政规范性文件", Topic.REGULATIONS: "规章"}
    for part, text, claim in _claims(subject, tuple(kinds), _CASES):
        if claim.deed not in _STATES:
            continue
        known = figure(subject, f"{claim.topic.value}_{claim.deed}")
        if known is not None and known.value != claim.value:
            name = f"{kinds[claim.topic]}{_STATES[claim.deed]}"
            expected = f"表二{name} {show_figure(known.value)} 件"
            yield mismatch(subject, "DOC-1", (part, text), claim, expected, (known,))


@check("ACT-1", Severity.WARNING, pace=Pace.ON_PAUSE, source=f"{_FORM}表二第二十条第（五）、（六）项")
def act_1(subject: Subject) -> Iterator[Finding]:
    """文字里行政许可、行政处罚、行政强制的件数，应等于表二本年处理决定数量。"""
    for part, text, claim in _claims(subject, tuple(_DECISIONS), _CASES):
        if claim.deed in ("published", "received", "repealed"):
            continue
        role, name = _DECISIONS[claim.topic]
        known = figure(subject, role)
        if known is not None and known.value != claim.value:
            expected = f"表二{name} {show_figure(known.value)} 件"
            yield mismatch(subject, "ACT-1", (part, text), claim, expected, (known,))


@check(
    "FEE-1",
    Severity.WARNING,
    pace=Pace.ON_PAUSE,
    source=f"{_FORM}第六节应报告信息处理费；表二第二十条第（八）项",
)
def fee_1(subject: Subject) -> Iterator[Finding]:
    """第六节写的信息处理费应与其他各节一致；文字里的行政事业性收费应等于表二（单位不同的先换算）。"""
    yield from _charges(subject)
    stated = list(_claims(subject, (Topic.PROCESSING_FEE,), (*_MONEY, "")))
    last = subject.form.part_roles.get("processing_fee")
    official = [entry for entry in stated if entry[0] == last]
    if not official:
        return
    accepted = {_yuan(claim) for _, _, claim in official}
    place = name_of_part(subject, official[0][0])
    for part, text, claim in stated:
        if part != last and _yuan(claim) not in accepted:
            said = quote_clause(official[0][1], official[0][2].start, official[0][2].end)
            yield prose_finding(
                subject,
                "FEE-1",
                Severity.WARNING,
                part,
                (claim.start, claim.end),
                f"写{quote_clause(text, claim.start, claim.end)}，{place}写{said}，两处不一致。"
                "请核对后改正写错的一处。",
            )


def _charges(subject: Subject) -> Iterator[Finding]:
    known = figure(subject, "fees")
    if known is None:
        return
    for part, text, claim in _claims(subject, (Topic.CHARGE,), tuple(_MONEY)):
        if Decimal(_yuan(claim)) / 10**4 != known.value:
            expected = f"表二行政事业性收费 {show_figure(known.value)} 万元"
            yield mismatch(subject, "FEE-1", (part, text), claim, expected, (known,))


def _yuan(claim: Claim) -> Value:
    return claim.value * _MONEY.get(claim.unit, 1)


def _claims(
    subject: Subject, topics: Sequence[Topic], units: Sequence[str]
) -> Iterator[tuple[str, str, Claim]]:
    for part, text, claims in claims_by_part(subject):
        for claim in claims:
            if (
                claim.topic in topics
                and (claim.unit in units or claim.denied)
                and "last_year" not in claim.marks
                and "part_of" not in claim.marks
                and is_comparable(subject, part, claim)
            ):
                yield part, text, claim
