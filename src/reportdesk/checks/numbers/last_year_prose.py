"""What prose says of more or fewer requests than last year, against last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reportdesk.checks.claims.changes import Comparison, Measure, read_comparisons
from reportdesk.checks.claims.claim import Claim, Topic
from reportdesk.checks.claims.facts import read_facts
from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.claims.reading import within
from reportdesk.checks.claims.totals import read_totals
from reportdesk.checks.contents.last_year import all_values, last_of_unit
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.numbers.changes_prose import Pair, change_finding, first_wrong
from reportdesk.checks.prose import claims_by_part, figure, is_of_this_year, prose_finding, quote_clause
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_DEEDS = {"received": "new", "": "new", "dealt": "new", "handled": "handled"}
_NO_WHOLE = frozenset({"partly", "period", "own", "plan"})
_AMOUNT = re.compile(r"申请(?:数量|数|总量|量|件数|受理量)?(?:同比|[比较](?:上|去)|与(?:上|去))")
_PART_OF_YEAR = re.compile(r"季度|半年|\d月|[旬周]|环比")
"""In the clause of a change: it is of another time than the year."""
_INFORMATION = "信息"
_UNITS = ("件", "份", "起", "宗", "")


@check("YR-7", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表三第一项；上年年报表三")
def yr_7(subject: CheckContext) -> Iterator[Found]:
    """文字里写的上年收到、办结申请件数，以及与上年相比的增减，应与上年年报表三一致，含不含上年结转都可以。

    公开信息等表里没有的，应与上年年报的文字一致。
    """
    year = subject.report.year
    last = last_of_unit(subject)
    if year is None or last is None:
        return
    told = {
        (fact.key, fact.unit): fact.value
        for words in last.prose.values()
        for fact in reversed(read_facts(words, year - 1))
    }
    for part, text, claims in claims_by_part(subject):
        about = [one for one in claims if one.topic is Topic.REQUEST and not one.denied and not one.applicant]
        plain = plain_width(text)
        for comparison in read_comparisons(text, year):
            pairs = _pairs(subject, part, plain, comparison, about)
            if not pairs:
                yield from _against_prose(subject, part, text, comparison, told)
                continue
            wrong_before = _wrong_before(comparison, pairs)
            if wrong_before is not None:
                yield _before_finding(subject, part, text, wrong_before, pairs)
                continue
            wrong = first_wrong(comparison, pairs)
            if wrong is not None:
                yield change_finding(subject, part, text, *wrong, of="对照上年年报表三，")


def _against_prose(
    subject: CheckContext, part: str, text: str, comparison: Comparison, told: Mapping[tuple[str, str], Value]
) -> Iterator[Found]:
    """What no table counts, such as 公开信息97条，较上年减少11条, against what last year's prose told of it."""
    year = subject.report.year or 0
    facts = within(read_facts(text, year), comparison.start, comparison.end)
    pairs = [
        Pair(fact.value, told[fact.key, fact.unit])
        for fact in facts
        if (fact.key, fact.unit) in told and any(now.end == fact.end for now in comparison.now)
    ]
    pairs = pairs or list(_loose_pairs(subject, text, comparison))
    wrong = first_wrong(comparison, pairs)
    if wrong is not None:
        yield change_finding(subject, part, text, *wrong, of="对照上年年报，")


def _loose_pairs(subject: CheckContext, text: str, comparison: Comparison) -> Iterator[Pair]:
    """公开补助、搬迁等信息76条 beside 全年公开信息60条: the first number of a part, and the one whole that last year told."""
    year, last = subject.report.year or 0, last_of_unit(subject)
    now = [fact for fact in read_totals(text, year) if fact.key == _INFORMATION][:1]
    if last is None or comparison.before or not now or [one.end for one in comparison.now] != [now[0].end]:
        return
    before = {
        (fact.value, fact.unit)
        for words in last.prose.values()
        for fact in read_totals(words, year - 1)
        if fact.key == _INFORMATION and fact.whole
    }
    if len(before) == 1 and (known := before.pop())[1] == now[0].unit:
        yield Pair(now[0].value, known[0], known[1])


def _pairs(
    subject: CheckContext, part: str, plain: str, comparison: Comparison, claims: Sequence[Claim]
) -> list[Pair]:
    """What may be compared: this year's number as it is written, and last year's as its table has it."""
    kinds: list[tuple[str, Value]] = []
    for now in comparison.now:
        if now.unit not in _UNITS:
            continue
        for claim in within(claims, comparison.start, comparison.end):
            told = claim.start <= now.start < claim.end and claim.deed in _DEEDS
            if told and _NO_WHOLE.isdisjoint(claim.marks) and is_of_this_year(subject, part, claim):
                kinds.append((_DEEDS[claim.deed], now.value))
    amount = _AMOUNT.search(plain, comparison.start, comparison.end)
    clause = re.split("[,，。;]", plain[comparison.start : amount.start()])[-1] if amount else ""
    if not kinds and not comparison.now and amount and not _PART_OF_YEAR.search(clause):
        known = figure(subject, "requests_new")
        kinds = [("new", known.value)] if known else []
    return [Pair(value, before) for kind, value in kinds for before in _last_values(subject, kind)]


def _last_values(subject: CheckContext, kind: str) -> list[Value]:
    last = last_of_unit(subject)
    if last is None:
        return []
    before = all_values(subject, last)
    found = {}
    for role in ("requests_new", "requests_carried_in", "requests_handled"):
        cells = subject.form.cell_roles.get(role, ())
        value = before.get(cells[0]) if cells else None
        if value is None:
            return []
        found[role] = value
    new = found["requests_new"]
    return [found["requests_handled"]] if kind == "handled" else [new, new + found["requests_carried_in"]]


def _wrong_before(comparison: Comparison, pairs: Sequence[Pair]) -> Measure | None:
    """The number that the sentence gives for last year, if last year's report has another."""
    known = {pair.before for pair in pairs}
    wrong = [one for one in comparison.before if one.unit in _UNITS and one.value not in known]
    return wrong[0] if wrong else None


def _before_finding(
    subject: CheckContext, part: str, text: str, wrong: Measure, pairs: Sequence[Pair]
) -> Found:
    known = show_figure(pairs[0].before)
    message = (
        f"写{quote_clause(text, wrong.start, wrong.end)}，上年年报表三是 {known} 件，两处对不上。"
        "请对照上年年报核对；口径不同的，写一句说明。"
    )
    return prose_finding(subject, part, (wrong.start, wrong.end), message)
