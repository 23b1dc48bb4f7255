"""Shares and rates in prose: 96条，占40%; 办结率110%; 收到52条、答复50条，答复率100%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, read_sentences
from reportdesk.checks.engine import Found, Pace, Severity, Subject, check
from reportdesk.checks.prose import figure, parts_with_text, prose_finding, quote_clause
from reportdesk.report.document import Value
from reportdesk.report.figures import show_figure

_HUNDRED = 100
_RATE = re.compile(
    r"(?P<name>[^,，。;:、\d\s]{0,8}?(?:率|满意度))(?:[均都达到为是约升提高保持在实现:至、和分别]|\d+(?:\.\d+)?%[、和])*$"
)
_MAY_EXCEED = re.compile(r"增|涨|升|降|完成率|执行率|回报|利润|收益|周转|同比|环比|负债")
_SHARE = re.compile(r"^[^\d]{0,12}占(?:比|到|据)?(?P<of>[^\d,，。;]{0,16})$")
_OF_NOTHING = re.compile(r"总数量?|总量|总计|总|全部|全年|的|比例?|为|约|达到?|数量|数|量|信息|条|件|其|其中|是|本年|各类|所有|:")
_ROUGH = re.compile(r"约|近|超|逾|多")
_ROUGH_END = ("以上", "左右", "多", "余", "以下")
_ANSWERED = re.compile(r"(?:办结|答复|回复|办复|处理|处置|反馈)$")
_ANSWER_RATE = re.compile(r"^(?:问题|事项|留言|工单|信件|来信|诉求|总|综合)?(?:办结|答复|回复|办复|处置|反馈)率$")
_RECEIVED = re.compile(r"收到|受理|接收|接到|接|交办|转办|征集|收集|办理")
_LEFT = re.compile(r"结转|正在|尚|未到期|按[期时]|及时|逾期|申请")
_LOOSE = 0.11


class _Share(NamedTuple):
    """A number and the share that is said to be its, of ``of`` if the words name it."""

    part: Quantity
    percent: Quantity
    of: str


@check(
    "CMP-1",
    Severity.WARNING,
    pace=Pace.ON_PAUSE,
    source="《政府信息公开条例》第五十条：年度报告数据应当准确（比例与所列数字一致）",
)
def cmp_1(subject: Subject) -> Iterator[Found]:
    """文字里的办结率、答复率、满意率等不能超过百分之百；写“占百分之几”的，应与所列的数和总数算得的一致。"""
    for part, text in parts_with_text(subject):
        before: Sentence | None = None
        for sentence in read_sentences(text):
            if any(_is_percent(token) for token in sentence.tokens):
                yield from _rates(subject, part, text, sentence)
                yield from _wrong_shares(subject, part, text, sentence, before)
            before = sentence


def _is_percent(token: object) -> bool:
    return isinstance(token, Quantity) and token.numeral.precision is Precision.PERCENT


def _rates(subject: Subject, part: str, text: str, sentence: Sentence) -> Iterator[Found]:
    plain = sentence.text
    numbers: list[Quantity] = []
    for token in sentence.tokens:
        if not isinstance(token, Quantity):
            continue
        rate = _RATE.search(plain, max(sentence.start, token.start - 30), token.start) if _is_percent(token) else None
        if rate is None or _MAY_EXCEED.search(rate["name"]) or "百分点" in plain[token.start : token.end]:
            numbers.append(token)
            continue
        said = show_figure(token.numeral.value)
        if token.numeral.value > _HUNDRED:
            message = f"写{quote_clause(text, token.start, token.end)}，{said}% 超过百分之百。请核对这个数。"
            yield prose_finding(subject, part, (token.start, token.end), message)
        elif _ANSWER_RATE.match(rate["name"]) and (of := _answered(sentence, numbers, token)):
            answered, received = of
            computed = answered.numeral.value * 100 / received.numeral.value
            message = (
                f"写{quote_clause(text, token.start, token.end)}，按所列的 {show_figure(answered.numeral.value)} 和 "
                f"{show_figure(received.numeral.value)} 算是 {computed:.1f}%，两处对不上。请核对数字和比率。"
            )
            if not _is_near(float(computed), token, plain):
                yield prose_finding(subject, part, (token.start, token.end), message)
        numbers.append(token)


def _answered(
    sentence: Sentence, numbers: Sequence[Quantity], percent: Quantity
) -> tuple[Quantity, Quantity] | None:
    """How many were answered and received, right before the rate; None where some may be answered later."""
    plain = sentence.text
    if len(numbers) < 2 or _LEFT.search(plain, sentence.start, percent.start) or _is_rough(plain, percent):  # noqa: PLR2004
        return None
    received, answered = numbers[-2:]
    units = {plain[one.numeral.end : one.end] for one in (received, answered)}
    exact = all(one.numeral.precision is Precision.EXACT for one in (received, answered))
    named = _ANSWERED.search(plain, max(sentence.start, answered.start - 6), answered.start)
    came = _RECEIVED.search(plain, max(sentence.start, received.start - 16), received.start)
    if not exact or len(units) > 1 or not named or not came:
        return None
    return (answered, received) if 0 < answered.numeral.value <= received.numeral.value else None


def _wrong_shares(
    subject: Subject, part: str, text: str, sentence: Sentence, before: Sentence | None
) -> Iterator[Found]:
    shares = list(_shares(sentence))
    for share in shares:
        wholes = _wholes(subject, part, sentence, before, share, shares)
        value = share.part.numeral.value
        if not wholes or any(_is_near(float(value * 100 / whole), share.percent, sentence.text) for whole in wholes):
            continue
        likely = wholes[0]
        message = (
            f"写{quote_clause(text, share.percent.start, share.percent.end)}，{show_figure(value)} 占 "
            f"{show_figure(likely)} 的 {float(value * 100 / likely):.1f}%，两处对不上。"
            "请核对数字和比例；占的是别的总数的，写明是什么的总数。"
        )
        yield prose_finding(subject, part, (share.percent.start, share.percent.end), message)


def _shares(sentence: Sentence) -> Iterator[_Share]:
    last: Quantity | None = None
    for token in sentence.tokens:
        if not isinstance(token, Quantity):
            continue
        if last is not None and _is_percent(token) and not _is_percent(last):
            told = _SHARE.match(sentence.text[last.end : token.start])
            exact = last.numeral.precision is Precision.EXACT
            if told and exact and not _is_rough(sentence.text, token) and not _ROUGH.search(told["of"]):
                yield _Share(last, token, _OF_NOTHING.sub("", told["of"]))
        last = token


def _is_rough(plain: str, percent: Quantity) -> bool:
    starts = plain[percent.start]
    return not (starts.isdigit() or starts == "百") or plain.startswith(_ROUGH_END, percent.end)


def _wholes(
    subject: Subject,
    part: str,
    sentence: Sentence,
    before: Sentence | None,
    share: _Share,
    shares: Sequence[_Share],
) -> list[Value]:
    """The numbers of which it may be a share, the likeliest first; none if that cannot be told."""
    plain = sentence.text
    unit = plain[share.part.numeral.end : share.part.end]
    parts = {other.part.start for other in shares}
    if share.of and share.of not in plain[sentence.start : share.part.start]:
        return []
    found: list[Value] = []
    for scope in (sentence, before):
        if scope is None or (scope is before and found):
            continue
        for token in scope.tokens:
            if isinstance(token, Stop) or not isinstance(token, Quantity) or token.start in parts:
                continue
            alike = plain[token.numeral.end : token.end] == unit and token.numeral.precision is Precision.EXACT
            if alike and token.numeral.value >= share.part.numeral.value and token.numeral.value:
                found.append(token.numeral.value)
    alike_parts = [
        other.part.numeral.value for other in shares if plain[other.part.numeral.end : other.part.end] == unit
    ]
    full = abs(sum(float(other.percent.numeral.value) for other in shares) - _HUNDRED) <= 1
    if found or (full and len(alike_parts) > 1):
        found.append(sum(alike_parts))
    if found and "申请" in plain[sentence.start : sentence.end]:
        found += _tables(subject)
    return [one for one in found if one]


def _tables(subject: Subject) -> list[Value]:
    known = [figure(subject, f"requests_{role}") for role in ("new", "carried_in", "handled")]
    values = [one.value for one in known if one is not None]
    return [*values, values[0] + values[1]] if len(values) == len(known) else []


def _is_near(computed: float, percent: Quantity, plain: str) -> bool:
    """Whether rounding or cutting off makes the share that is written."""
    digits = plain[percent.numeral.start : percent.numeral.end]
    decimals = len(re.sub(r"\D", "", digits.partition(".")[2])) if "." in digits else 0
    gap = computed - float(percent.numeral.value)
    step = 10.0**-decimals
    return -0.5000001 * step - _LOOSE * step <= gap < step
