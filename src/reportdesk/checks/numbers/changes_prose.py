"""Arithmetic of comparisons: what prose says of more and less against the numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportdesk.checks.claims.changes import Comparison, Measure, Role, of_same_thing, read_comparisons
from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.claims.tokens import read_sentences, written_unit
from reportdesk.checks.claims.totals import THING, read_totals
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote_clause
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_DOUBLE = (1.9, 2.5)
"""What may be called 翻一番."""
_HALVED = (0.45, 0.55)
"""What may be called 减少一半."""
_HALF = 0.5000001


_LIKE_LAST = re.compile(
    r"([。\n])\s*(?:同?[比较]|相比|与)(?:20\d\d年|上年度?|去年)(?:同期)?(?P<noun>的|新收|收到的?|受理的?|公开的?|发布的?)(?P<before>\d[\d,]{0,8})(?P<unit>条|件|篇|次|期|场|个|人次)"
    r"(?:相比|相较)?[,，]?(?P<way>增长|增加|上升|提高|减少|下降|降低)了?(?P<share>\d{1,4}(?:\.\d{1,2})?)%"
)
_OF_WHOLE = re.compile(
    rf"\s*(?:全年|本年|今年|年度|主动|公开|发布|政务|政府|的|总量|总数|数量|总体|各类|共|次数|条数|场次|人次|期数|组织|开展|举办|{THING.pattern})+[,，]?[比较与]"
)
"""What says, before last year's number, that the whole of a thing is compared: 政府信息公开总量比."""
_FEWER = ("减少", "下降", "降低")
_ROUNDED = 0.6


class Pair(NamedTuple):
    """A number of this year and one of last year that may be what is compared."""

    now: Value
    before: Value
    unit: str = ""

    @property
    def change(self) -> Value:
        """How many more there are this year."""
        return self.now - self.before

    @property
    def size(self) -> Value:
        """How many more or fewer."""
        return max(self.now, self.before) - min(self.now, self.before)


@check(
    "CMP-2",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第五十条：年度报告数据应当准确（增减与所列数字一致）",
)
def cmp_2(subject: CheckContext) -> Iterator[Found]:
    """文字里写的增加、减少、同比、翻番，方向和大小应与同一句里所列的数算得的一致。"""
    year = subject.report.year
    for part, text in parts_with_text(subject) if year is not None else ():
        for comparison in read_comparisons(text, year or 0):
            wrong = first_wrong(comparison, _pairs(comparison))
            if wrong is not None:
                yield change_finding(subject, part, text, *wrong)
            elif comparison.before and not comparison.now:
                yield from _against_whole(subject, part, text, comparison)
        yield from _against_sentence_before(subject, part, text)


def _against_whole(subject: CheckContext, part: str, text: str, comparison: Comparison) -> Iterator[Found]:
    """公开总量比2023年的7,400条增加916条: this year's number is the one that the part told before of the same thing."""
    year = subject.report.year or 0
    before = comparison.before[0]
    lead = _OF_WHOLE.match(plain_width(text)[comparison.start : before.start])
    things = set(THING.findall(lead[0])) if lead else set()
    told = [
        fact
        for fact in read_totals(text, year)
        if fact.end <= comparison.start
        and fact.unit == before.unit
        and not things.isdisjoint(fact.key.split("、"))
    ]
    pairs = [Pair(fact.value, before.value, before.unit) for fact in told]
    pairs += [
        Pair(number.numeral.value, before.value, before.unit)
        for _, words in parts_with_text(subject)
        for sentence in read_sentences(words)
        for number in (sentence.numbers if told else ())
        if written_unit(sentence.text, number) == before.unit
    ]
    wrong = first_wrong(comparison, pairs)
    if wrong is not None:
        yield change_finding(subject, part, text, wrong[0], pairs[0])


def _against_sentence_before(subject: CheckContext, part: str, text: str) -> Iterator[Found]:
    """全年更新147条。较2024年的120条增长12.5%: this year's number stands in the sentence before."""
    plain = plain_width(text)
    for match in _LIKE_LAST.finditer(plain):
        far = match["noun"] != "的"
        start = 0 if far else max(plain.rfind(sign, 0, match.start(1)) for sign in "。\n") + 1
        earlier = re.findall(rf"(\d[\d,]*){match['unit']}", plain[start : match.start(1)])
        before, said = int(match["before"].replace(",", "")), float(match["share"])
        sign = -1 if match["way"] in _FEWER else 1
        shares = [sign * (int(one.replace(",", "")) - before) * 100 / before for one in earlier if before]
        if not shares or any(abs(share - said) < _ROUNDED for share in shares):
            continue
        message = (
            f"写{quote_clause(text, match.start('way'), match.end())}，前面写的是"
            f"{earlier[0]}{match['unit']}，按 {before}{match['unit']} 算是 {shares[0]:.1f}%。请核对数字和比例。"
        )
        yield prose_finding(subject, part, (match.start("before"), match.end()), message)


def _pairs(comparison: Comparison) -> list[Pair]:
    """This year's and last year's numbers that the sentence itself gives."""
    reached = [one for one in comparison.now if one.reached] or comparison.now
    differences = [one for one in comparison.said if one.role is Role.DIFFERENCE]
    if comparison.before and comparison.now:
        return [
            Pair(now.value, before.value, now.unit)
            for before in comparison.before
            for now in of_same_thing(reached, before)
        ]
    if comparison.before:  # 较2020年的68条增加17条，增长25%
        (before, *more), shares = (
            comparison.before,
            [one for one in comparison.said if one.role is Role.SHARE],
        )
        one = differences[0] if len(differences) == 1 == len(shares) and not more else None
        alike = one is not None and one.unit == before.unit and before.value + one.direction * one.value >= 0
        return (
            [Pair(before.value + one.direction * one.value, before.value, before.unit)]
            if one and alike
            else []
        )
    others = [one for one in comparison.said if one.role is not Role.DIFFERENCE]
    if len(differences) != 1 or not others:
        return []
    (one,) = differences
    return [
        Pair(now.value, now.value - one.direction * one.value)
        for now in comparison.now
        if now.unit == one.unit and now.value - one.direction * one.value > 0
    ]


def first_wrong(comparison: Comparison, pairs: Sequence[Pair]) -> tuple[tuple[int, int], Pair] | None:
    """The place of the first word that no pair bears out, with the likeliest pair."""
    if not pairs or not comparison.says_change:
        return None
    best: tuple[int, tuple[int, int], Pair] | None = None
    for pair in pairs:
        wrong = list(_wrong(comparison, pair))
        if not wrong:
            return None
        if best is None or len(wrong) < best[0]:
            best = (len(wrong), wrong[0], pair)
    return best[1:] if best else None


def _wrong(comparison: Comparison, pair: Pair) -> Iterator[tuple[int, int]]:
    """The places of the words that do not agree with the pair."""
    for one in comparison.said:
        if not _agrees(one, pair):
            yield one.start, one.end
    for one in comparison.now:
        if one.reached and one.value == pair.now and pair.change * one.direction < 0:
            yield one.start, one.end
    if comparison.level and pair.now != pair.before:
        yield comparison.level
    if comparison.halved and pair.before and not _HALVED[0] <= pair.now / pair.before <= _HALVED[1]:
        yield comparison.halved
    bare = comparison.bare
    if bare is not None and pair.change * bare.direction <= 0:
        yield bare.start, bare.end
    if comparison.doubled and pair.before and not _DOUBLE[0] <= pair.now / pair.before <= _DOUBLE[1]:
        yield comparison.doubled


def _agrees(said: Measure, pair: Pair) -> bool:
    change = pair.change
    if said.direction and change * said.direction < 0:
        return False
    if said.role in (Role.DIFFERENCE, Role.POINTS):
        return said.value in (pair.size, 0) or (said.role is Role.POINTS and _is_near(pair.size, said))
    if not pair.before:
        return True
    if said.role is Role.SHARE:
        return _is_near(pair.size * 100 / pair.before, said)
    times = pair.now / pair.before
    by_more = said.direction > 0 and not said.reached  # 增加了两倍 comes to three times as many
    return (not by_more and _is_near(times, said)) or (not said.reached and _is_near(times - 1, said))


def _is_near(computed: Value | float, said: Measure) -> bool:
    """Whether rounding, up or down, or cutting off makes the one from the other."""
    step = 10.0**-said.decimals
    gap = float(computed) - float(said.value)
    return -_HALF * step <= gap < step


def change_finding(
    subject: CheckContext, part: str, text: str, span: tuple[int, int], pair: Pair, of: str = ""
) -> Found:
    """That the words at ``span`` are not what the pair comes to; ``of`` names where the pair is from."""
    change = pair.change
    how = "增加" if change > 0 else "减少"
    result = f"{how} {show_figure(pair.size)}" if change else "相同"
    if change and pair.unit == "%":
        result += " 个百分点"
    elif change and pair.before:
        result += f"、{'增长' if change > 0 else '下降'} {float(pair.size) * 100 / float(pair.before):.1f}%"
    message = (
        f"写{quote_clause(text, *span)}，{of}由 {show_figure(pair.before)} 到 {show_figure(pair.now)} 是"
        f"{result}，两处对不上。请核对数字和增减的说法；比的不是这两个数的，写一句说明。"
    )
    return prose_finding(subject, part, span, message)
