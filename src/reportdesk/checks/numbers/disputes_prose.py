"""Prose against 表四: reconsiderations, suits, their results, and cases of either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportdesk.checks.claims.claim import Claim, Topic
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import figure, mismatch, sum_of, whole_claims
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_RESULTS = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other_result": "其他结果",
    "pending": "尚未审结",
}
_UNITS = ("cases", "")
_TIMES = (*_UNITS, "messages")
"""被申请行政复议4次 tells of four cases, 行政复议培训4次 of none."""
_HAPPENED = re.compile(r"(?:被申请|被提起|被提出|发生|引发)[^,，。;]{0,14}(?:复议|诉讼|被诉)")
_NEAR = 10
_BARRED = frozenset({"last_year"})


_LOOSE = frozenset({"won", "rejected"})
"""Verdicts that some offices count as 维持 and some as 其他结果."""
_CAUSE = re.compile(r"因([^,，。;；]{1,20}?)(?:而?)(?:引发|引起|提起|产生|导致|发生)")
_OURS = re.compile(r"公开|申请|答复|本[机镇乡局]")
_NOT_OURS = re.compile(
    r"[^。;；\d]{0,12}(?:不属于|不涉及|非|无关|不是)(?:因)?(?:政府)?信息公开|[^。;；\d]{0,10}与(?:政府)?信息公开无关"
)
_CLAUSE = 40
_SENTENCE = 200


@check("DSP-1", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表四行政复议")
def dsp_1(subject: CheckContext) -> Iterator[Found]:
    """文字里行政复议的件数和各种结果，应等于表四行政复议。"""
    for part, text, claim in whole_claims(subject, (Topic.RECONSIDERATION,), _TIMES, _BARRED):
        if claim.unit == "messages" and not _HAPPENED.search(text, max(0, claim.start - _NEAR), claim.end):
            continue
        if _is_of_other_cases(text, claim) or _is_of_some(claim):
            continue
        if claim.deed in _LOOSE:
            yield from _within(subject, (part, text), claim, "reconsideration")
        elif claim.deed in _RESULTS:
            name, roles = f"行政复议{_RESULTS[claim.deed]}", [f"reconsideration_{claim.deed}"]
            yield from _compare(subject, (part, text), claim, name, roles)
        else:
            yield from _compare(subject, (part, text), claim, "行政复议总计", ["reconsideration_total"])


@check("DSP-2", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表四行政诉讼")
def dsp_2(subject: CheckContext) -> Iterator[Found]:
    """文字里行政诉讼的件数、各种结果和胜诉、败诉数，应等于表四两类行政诉讼之和。"""
    for part, text, claim in whole_claims(
        subject, (Topic.LITIGATION, Topic.DIRECT_SUIT, Topic.SUIT_AFTER_RECONSIDERATION), _TIMES, _BARRED
    ):
        if claim.unit == "messages" and not _HAPPENED.search(text, max(0, claim.start - _NEAR), claim.end):
            continue
        if _is_of_other_cases(text, claim) or _is_of_some(claim):
            continue
        if claim.deed in _LOOSE:
            if claim.topic is Topic.LITIGATION:
                yield from _within(subject, (part, text), claim, "litigation")
            continue
        if claim.deed in _RESULTS and claim.topic is not Topic.LITIGATION:
            yield from _of_route(subject, (part, text), claim)
        else:
            yield from _compare(subject, (part, text), claim, *_suits(claim))


def _of_route(subject: CheckContext, place: tuple[str, str], claim: Claim) -> Iterator[Found]:
    """Results of suits that came directly, or after reconsideration; what is said last may be of both."""
    direct = claim.topic is Topic.DIRECT_SUIT
    whole = subject.form.cell_roles.get(
        "litigation_direct" if direct else "litigation_after_reconsideration", ()
    )
    both = subject.form.cell_roles.get(f"litigation_{claim.deed}", ())
    blocks = [ref.column.removesuffix("total") for ref in whole]
    known = sum_of(
        subject, tuple(ref for ref in both if any(ref.column.startswith(block) for block in blocks))
    )
    every = sum_of(subject, both)
    if known is None or every is None or claim.value in (known.value, every.value):
        return
    name = f"{'未经复议直接起诉' if direct else '复议后起诉'}{_RESULTS[claim.deed]}"
    yield mismatch(subject, place, claim, f"表四{name} {show_figure(known.value)} 件", (known,))


def _suits(claim: Claim) -> tuple[str, list[str]]:
    """What table four calls the suits that the claim counts, and the roles of their cells."""
    if claim.topic is not Topic.LITIGATION:
        direct = claim.topic is Topic.DIRECT_SUIT
        return (
            ("未经复议直接起诉总计", ["litigation_direct"])
            if direct
            else ("复议后起诉总计", ["litigation_after_reconsideration"])
        )
    if claim.deed == "lost":
        return "行政诉讼结果纠正", ["litigation_corrected"]
    if claim.deed in _RESULTS:
        return f"行政诉讼{_RESULTS[claim.deed]}", [f"litigation_{claim.deed}"]
    return "行政诉讼总计", ["litigation_total"]


def _is_of_other_cases(text: str, claim: Claim) -> bool:
    """因征地引发的诉讼 are none of table four, which counts those about disclosure."""
    near = text[max(0, claim.start - _CLAUSE) : claim.end + _CLAUSE // 4]
    if _NOT_OURS.match(text, claim.end):
        return True
    causes = _CAUSE.findall(near)
    return bool(causes) and not _OURS.search(causes[-1]) and not claim.denied


def _is_of_some(claim: Claim) -> bool:
    """其中1件 without what became of it is of some cases and tells nothing of all."""
    return claim.inherited and "part_of" in claim.marks and not claim.deed and not claim.denied


def _within(subject: CheckContext, place: tuple[str, str], claim: Claim, kind: str) -> Iterator[Found]:
    """胜诉 and 驳回 are 维持, some of them perhaps 其他结果."""
    upheld, other = figure(subject, f"{kind}_upheld"), figure(subject, f"{kind}_other_result")
    if upheld is None or other is None or claim.denied:
        return
    least = upheld.value if claim.deed == "won" and "part_of" not in claim.marks else 0
    if not least <= claim.value <= upheld.value + other.value:
        expected = f"表四结果维持 {show_figure(upheld.value)} 件、其他结果 {show_figure(other.value)} 件"
        yield mismatch(subject, place, claim, expected, (upheld, other))


@check("DSP-3", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表四")
def dsp_3(subject: CheckContext) -> Iterator[Found]:
    """文字里笼统写的案件数，应等于表四行政复议和行政诉讼之和，或者等于其中一类。"""
    for part, text, claim in whole_claims(subject, (Topic.CASE, Topic.DISPUTE), _UNITS, _BARRED):
        if claim.deed in _RESULTS or claim.deed in ("lost", *_LOOSE) or claim.inherited:
            continue
        reviewed = figure(subject, "reconsideration_total")
        sued = figure(subject, "litigation_total")
        if reviewed is None or sued is None or not _is_about_disputes(text, claim):
            continue
        both = reviewed.value + sued.value
        accepted = {both}
        if claim.topic is Topic.CASE:
            accepted |= {reviewed.value, sued.value}
        if claim.value not in accepted:
            expected = f"表四行政复议 {show_figure(reviewed.value)} 件、行政诉讼 {show_figure(sued.value)} 件"
            yield mismatch(subject, (part, text), claim, expected, (reviewed, sued))


def _is_about_disputes(text: str, claim: Claim) -> bool:
    """案件 alone may be any case; beside 相关, 复议, 诉讼 or 信息公开 it is one of 表四."""
    if claim.topic is Topic.DISPUTE:
        return True
    near = text[max(0, claim.start - 40) : claim.end + 10]
    return any(word in near for word in ("相关案件", "复议", "诉讼", "信息公开", "争议案件", "应诉"))


def _compare(
    subject: CheckContext, place: tuple[str, str], claim: Claim, name: str, roles: Sequence[str]
) -> Iterator[Found]:
    figures = [one for one in (figure(subject, role) for role in roles) if one is not None]
    if len(figures) < len(roles):
        return
    whole = sum(one.value for one in figures)
    if claim.value == whole or _leaves_out_pending(subject, claim, whole):
        return
    before = re.split(r"[。\n]", place[1][max(0, claim.start - _SENTENCE) : claim.start])[-1]
    leaves_open = claim.inherited and claim.deed in _RESULTS and "复议" in before and "诉" in before
    if leaves_open and claim.value in _of_the_other_kind(subject, claim):
        return
    yield mismatch(subject, place, claim, f"表四{name} {show_figure(whole)} 件", figures)


def _of_the_other_kind(subject: CheckContext, claim: Claim) -> list[Value]:
    """复议4件、诉讼3件，被纠正的1件: which of them, the sentence leaves open."""
    kind = "litigation" if claim.topic is Topic.RECONSIDERATION else "reconsideration"
    here, there = (figure(subject, f"{one}_{claim.deed}") for one in ("reconsideration", "litigation"))
    other = figure(subject, f"{kind}_{claim.deed}")
    if here is None or there is None or other is None:
        return []
    return [other.value, here.value + there.value]


def _leaves_out_pending(subject: CheckContext, claim: Claim, whole: Value) -> bool:
    """办结 n 件 leaves out those that are pending; of a part it may leave out more."""
    if claim.deed != "handled":
        return False
    kind = "reconsideration" if claim.topic is Topic.RECONSIDERATION else "litigation"
    pending = figure(subject, f"{kind}_pending")
    return "part_of" in claim.marks or (pending is not None and whole - pending.value == claim.value)
