"""Verdicts that prose tells without a number against table four: 全部维持, 我镇胜诉, 被撤销."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.claims.tokens import Quantity, Sentence, read_sentences
from reportdesk.checks.claims.words import Word
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import (
    Figure,
    figure,
    naming_cells,
    parts_with_text,
    prose_finding,
    quote_clause,
    sum_of,
)
from reportdesk.report.text.figures import show_figure

_ABOUT = re.compile(r"复议|诉讼|应诉|起诉|胜诉|败诉|官司|判决")
_ADVERBS = r"(?:被|已|均|并|后|审结|结案|经?审理|予以|得到|依法|获|获得|判决|裁定|裁决|决定|结果|为|由|法院|复议机关|县政府|市政府|区政府)*"
_END = r"(?=[,，。;:、)\n]|本?[我镇乡县]|原|了|答复|$)"
_ALL_UPHELD = re.compile(rf"(?:均|全部|都|一律){_ADVERBS}维持{_END}|维持率(?:为|达到?)?100%")
_ALL_DECIDED = re.compile(r"(?:均|全部|都)(?:已经?|被|依法|按期)*(?:审结|结案|办结)(?=[,，。;、)\n]|$)")
_ALL_CORRECTED = re.compile(
    rf"(?:均|全部|都|一律)(?:被|已|予以|由|依法|判决|裁定|决定|法院|复议机关|[县市区]政府)*(?:纠正|撤销|确认违法){_END}"
)
_ALL_REJECTED = re.compile(
    rf"(?:均|全部|都|一律)(?:被|已|经?审理|由|依法|判决|裁定|决定|法院|复议机关|[县市区]政府)*驳回{_END}"
)
_UPHELD = re.compile(
    rf"复议机关(?:经?(?:审理|审查)后?)?(?:依法)?(?:作出)?(?:决定)?(?:予以)?维持{_END}|(?:[县市区旗州]|人民)(?:政府|法院)(?:已|均|经审理后?|最终|依法|作出|复议|审理)*(?:决定|判决|裁定){{1,2}}(?:予以)?维持{_END}"
)
_ALL_PENDING = re.compile(
    r"(?:均|全部|都)(?:尚|还|仍|正)?(?:在审理(?:当?中|之中)?|未审结|未结案|未判决|未作出决定|处于审理(?:阶段|中))(?=[,，。;、)\n]|$)"
)
_ALL_WON = re.compile(rf"(?:均|全部|都|一律){_ADVERBS}胜诉(?=[,，。;:、)\n]|$)|胜诉率(?:为|达到?)?100%")
_WON = re.compile(r"(?<![未不败能争取])胜诉(?=[,，。;)\n]|$)")
_LOST = re.compile(
    r"(?:我[镇乡县区市局街办]\w{0,4}|本机关|本单位|本镇|被告|行政机关|镇政府|均|全部|已|被判|判决)败诉(?=[,，。;)\n]|$)"
)
_CORRECTED = re.compile(
    r"(?:被|予以|法院判决|法院裁定|法院|机关决定|政府(?:复议)?决定)[^,，。;、]{0,10}?(?:撤销|纠正|确认违法|责令(?:重新答复|履行|改正))(?:[^,，。;、率\d]{0,16})(?=[,，。;)\n]|$)"
)
_DENIES = re.compile(r"[未无没不免防低零若如]|风险|率")
_PART = re.compile(r"其中|[件起]$|[件起](?:案件)?[我本由被]")
_NEAR = 12


_ROUTE = re.compile(
    r"(?P<route>(?:未经复议)?直接(?:提?起诉|提起诉讼)|复议后(?:又|再|提)?(?:起诉|提起诉讼))(?:的)?(?:案件)?\d+件[,，(（](?P<what>[^。;；\d,，]{2,24})"
)
_ALL_OF_ROUTE = re.compile(
    r"(?:均|都|全部)(?:为|是|系)(?P<route>(?:未经(?:行政)?复议)?直接(?:提?起诉|提起诉讼)|(?:行政)?复议后(?:又|再|提)?(?:起诉|提起诉讼))"
)
_NOT_YET = re.compile(r"未|无|不|零|避免|尚|正在|待|没有|审理中|其中|一审")
_OUTCOMES = (
    ("corrected", r"撤销|确认违法|纠正|败诉|责令"),
    ("upheld", r"驳回|维持|胜诉"),
    ("decided", r"审结|判决|裁定|结案"),
)


class _Verdict(NamedTuple):
    """How all or some cases ended, of one kind or, for an empty ``kind``, of both."""

    says: str
    kind: str
    start: int
    end: int
    decided: bool
    """Whether it speaks of those alone that are decided."""


@check("DSP-4", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表四结果维持、结果纠正")
def dsp_4(subject: CheckContext) -> Iterator[Found]:
    """文字里没有写件数的复议、诉讼结果（全部维持、我镇胜诉、败诉、被撤销），应与表四各种结果的件数一致。"""
    for part, text in parts_with_text(subject):
        if not _ABOUT.search(text):
            continue
        by_route = "起诉" in text
        for sentence in read_sentences(text):
            for verdict in _verdicts(sentence):
                yield from _compare(subject, part, text, verdict)
            if by_route:
                yield from _by_route(subject, part, text, sentence)


def _verdicts(sentence: Sentence) -> Iterator[_Verdict]:
    text, start, end = sentence.text, sentence.start, sentence.end
    if not _ABOUT.search(text, start, end):
        return
    taken = -1
    patterns = (
        ("decided", _ALL_DECIDED),
        ("all pending", _ALL_PENDING),
        ("upheld", _ALL_UPHELD),
        ("all corrected", _ALL_CORRECTED),
        ("all rejected", _ALL_REJECTED),
        ("some upheld", _UPHELD),
        ("all won", _ALL_WON),
        ("won", _WON),
        ("lost", _LOST),
        ("corrected", _CORRECTED),
    )
    for says, pattern in patterns:
        for match in pattern.finditer(text, start, end):
            near = re.split(r"[,，。;(\n]", text[max(start, match.start() - _NEAR) : match.start()])[-1]
            if match.start() < taken or _DENIES.search(near) or _PART.search(near):
                continue
            since = max(start, text.rfind(";", start, match.start()))
            if "其中" in text[since : match.start()] and says != "all won":
                continue
            taken = match.end()
            kind = "litigation" if says in ("all won", "won", "lost") else _kind(sentence, match.start())
            if kind is not None:
                decided = "审结" in text[start : match.start()]
                yield _Verdict(says, kind, match.start(), match.end(), decided)


def _by_route(subject: CheckContext, part: str, text: str, sentence: Sentence) -> Iterator[Found]:
    """复议后起诉1件，已判决驳回: what became of the suits that came in one of the two ways."""
    for match in _ROUTE.finditer(sentence.text, sentence.start, sentence.end):
        direct = "复议后" not in match["route"]
        known = _of_block(subject, direct=direct)
        if known is None or _NOT_YET.search(match["what"]):
            continue
        said = next((says for says, words in _OUTCOMES if re.search(words, match["what"])), "")
        decided = sum(known[result].value for result in ("upheld", "corrected", "other_result"))
        wrong = {
            "corrected": known["corrected"].value == 0,
            "upheld": known["upheld"].value + known["other_result"].value == 0,
            "decided": decided == 0,
        }
        if wrong.get(said, False):
            yield _finding(
                subject, part, text, match.span(), "未经复议直接起诉" if direct else "复议后起诉", known
            )
    for match in _ALL_OF_ROUTE.finditer(sentence.text, sentence.start, sentence.end):
        direct = "复议后" not in match["route"]
        there = _of_block(subject, direct=not direct)
        if there is not None and any(one.value for one in there.values()):
            name = "复议后起诉" if direct else "未经复议直接起诉"
            yield _finding(subject, part, text, match.span(), name, there)


def _of_block(subject: CheckContext, *, direct: bool) -> dict[str, Figure] | None:
    """The results of the suits that came directly, or after reconsideration; None if one is blank."""
    whole = subject.form.cell_roles.get(
        "litigation_direct" if direct else "litigation_after_reconsideration", ()
    )
    blocks = tuple(ref.column.removesuffix("total") for ref in whole)
    found = {}
    for result in ("upheld", "corrected", "other_result", "pending"):
        both = subject.form.cell_roles.get(f"litigation_{result}", ())
        known = sum_of(subject, tuple(ref for ref in both if ref.column.startswith(blocks)))
        if known is None:
            return None
        found[result] = known
    return found


def _kind(sentence: Sentence, place: int) -> str | None:
    """Which cases were spoken of last before that place."""
    kinds = {
        "reconsideration": "reconsideration",
        "litigation": "litigation",
        "direct_suit": None,
        "dispute": "",
    }
    told = [
        token.meaning
        for token in sentence.tokens
        if isinstance(token, Word) and token.sort == "subject" and token.start < place
    ]
    if not told or told[-1] not in kinds:
        return None
    last_number = max(
        (token.start for token in sentence.tokens if isinstance(token, Quantity) and token.start < place),
        default=-1,
    )
    both = {"reconsideration", "litigation"} <= set(told)
    joined = both and last_number == -1
    return "" if joined else kinds[told[-1]]


def _figures(subject: CheckContext, kind: str) -> dict[str, Figure] | None:
    """The results of the cases of one kind or both; None if one is blank."""
    kinds = (kind,) if kind else ("reconsideration", "litigation")
    found = {}
    for result in ("upheld", "corrected", "other_result", "pending"):
        known = [figure(subject, f"{one}_{result}") for one in kinds]
        if any(one is None for one in known):
            return None
        whole = [one for one in known if one is not None]
        cells = tuple(ref for one in whole for ref in one.cells)
        found[result] = Figure(sum(one.value for one in whole), cells)
    return found


def _compare(subject: CheckContext, part: str, text: str, verdict: _Verdict) -> Iterator[Found]:
    known = _figures(subject, verdict.kind)
    if known is None:
        return
    upheld, corrected = known["upheld"].value, known["corrected"].value
    other, pending = known["other_result"].value, 0 if verdict.decided else known["pending"].value
    right = {
        "decided": not known["pending"].value,
        "all pending": known["pending"].value > 0 and upheld + corrected + other == 0,
        "upheld": upheld > 0 and not corrected + other + pending,
        "all corrected": corrected > 0 and not upheld + other + pending,
        "all rejected": upheld + other > 0 and not corrected + pending,
        "some upheld": upheld > 0,
        "all won": upheld + other > 0 and not corrected + pending,
        "won": upheld + other > 0 and not corrected,
        "lost": corrected > 0,
        "corrected": corrected > 0,
    }[verdict.says]
    if right:
        return
    name = {"reconsideration": "行政复议", "litigation": "行政诉讼", "": "行政复议、行政诉讼"}[verdict.kind]
    yield _finding(subject, part, text, (verdict.start, verdict.end), name, known)


def _finding(
    subject: CheckContext, part: str, text: str, span: tuple[int, int], name: str, known: dict[str, Figure]
) -> Found:
    listed = "、".join(
        f"{label} {show_figure(known[result].value)} 件"
        for result, label in (
            ("upheld", "结果维持"),
            ("corrected", "结果纠正"),
            ("other_result", "其他结果"),
            ("pending", "尚未审结"),
        )
    )
    message = (
        f"写{quote_clause(plain_width(text), *span)}，表四{name}{listed}，两处对不上。"
        "请对照裁判文书、复议决定书核对，改正写错的一处；口径不同的，写一句说明。"
    )
    return naming_cells(prose_finding(subject, part, span, message), known.values())
