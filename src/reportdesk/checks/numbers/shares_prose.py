"""Shares and rates in prose: 96条，占40%; 办结率110%; 收到52条、答复50条，答复率100%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportdesk.checks.claims.apart import all_named, read_apart, wrong_parts
from reportdesk.checks.claims.excess import read_excess
from reportdesk.checks.claims.impossible import read_impossible
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.rates import read_rates
from reportdesk.checks.claims.remainder import read_left
from reportdesk.checks.claims.tokens import Quantity, Sentence, read_sentences, written_unit
from reportdesk.checks.claims.yearly import read_yearly
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import figure, parts_with_text, prose_finding, quote_clause
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_HUNDRED = 100
_RATE = re.compile(
    r"(?P<name>[^,，。;:、\d\s]{0,8}?(?:率|满意度))(?:[均都达到为是约升提高保持在实现:至、和分别]|\d+(?:\.\d+)?%[、和])*$"
)
_MAY_EXCEED = re.compile(r"增|涨|升|降|完成率|执行率|回报|利润|收益|周转|同比|环比|负债")
_SHARE = re.compile(
    r"^[^\d,，;；、]{0,12}[,，]?(?:[约均共各其全]|分别|数量|比例|比重|合计)*占(?:比|到|据)?(?P<of>[^\d,，。;]{0,16})$"
)
_OF_NOTHING = re.compile(
    r"总数量?|总量|总计|总|全部|全年|的|比例?|为|约|达到?|数量|数|量|信息|条|件|其|其中|是|本年|各类|所有|:"
)
_ROUGH = re.compile(r"约|近|超|逾|多")
_ROUGH_END = ("以上", "左右", "多", "余", "以下")
_DONE = re.compile(r"(?P<deed>办结|答复|回复|办复|处置|反馈|回收|整改|采纳|录用|合格|化解|发放)率$")
_LISTED = re.compile(r"其中|分别|包括|包含")
_APART = 0.05
"""How far the wholes that two shares imply may be apart, for rounding."""
_CLAUSE = re.compile(r"[,，;:、。(]")
_OF_REQUESTS = re.compile(r"^(?:申请)?(?:办结|答复|办理|受理|收到|新收)(?:申请)?$|^(?:信息公开)?申请$")
_OF_SUM = re.compile(r"^的(?:比例)?(?:为|达到?)?$")
_PAIRS = (("线上", "线下"), ("网上", "网下"), ("原创", "转"), ("自然人", "法人"), ("自然人", "企业"))
"""Kinds that are never both of the same thing."""
_PARTS_ALL = re.compile(r"[从按].{1,10}(?:看|分|划分)[,，:]|分别占")
_LEFT = re.compile(r"结转|正在|尚|未到期|按[期时]|及时|逾期|申请")
_LOOSE = 0.11
_PARTED = re.compile(
    r"[两三四五六2-6][类种个大]{0,2}[^,，。;\d]{0,8}(?:中|里)[,，:：]?|[按从][^,，。;\d]{1,8}(?:来看|看|划?分)[,，:：]|(?:构成|结构)[^,，。;\d]{0,4}[:：,，]"
)
"""What follows parts one whole."""
_OF_ROW = re.compile(r"[,，;、]?[^,，。;、\d]{1,12}(?:占比?|为|约占)[^,，。;、\d]{0,6}")
_LEAST_ROW = 3
_KINDS = ("类", "项", "者", "种", "")


class _Share(NamedTuple):
    """A number and the share that is said to be its, of ``of`` if the words name it."""

    part: Quantity
    percent: Quantity
    of: str
    whole: Quantity | None = None


@check(
    "CMP-1",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第五十条：年度报告数据应当准确（比例与所列数字一致）",
)
def cmp_1(subject: CheckContext) -> Iterator[Found]:
    """文字里的办结率、答复率、满意率等不能超过百分之百；写“占百分之几”的，应与所列的数和总数算得的一致。

    平均数、名次、得分应与所列的数相符，件数没有小数。
    """
    for part, text in parts_with_text(subject):
        for start, end, why in (
            *read_impossible(text),
            *read_rates(text),
            *read_yearly(text),
            *read_left(text),
            *read_excess(text),
        ):
            message = f"写{quote_clause(text, start, end)}，{why}。请核对这个数。"
            yield prose_finding(subject, part, (start, end), message)
        before: Sentence | None = None
        for sentence in read_sentences(text):
            if any(_is_percent(token) for token in sentence.numbers):
                yield from _rates(subject, part, text, sentence)
                yield from _wrong_shares(subject, part, text, sentence, before)
                yield from _too_much(subject, part, text, sentence)
                yield from _more_than_whole(subject, part, text, sentence)
            before = sentence
    yield from _of_other_parts(subject)


def _of_other_parts(subject: CheckContext) -> Iterator[Found]:
    """占全年的43.3% where the year's whole, or the part itself, is told in another part."""
    texts = parts_with_text(subject)
    if not any(read_apart(text) for _, text in texts):
        return
    named = all_named(dict(texts))
    for part, text in texts:
        for share in read_apart(text):
            wrong = wrong_parts(share, named)
            if wrong is None or _is_rough(share.text, share.percent):
                continue
            value, whole = wrong
            start, end = share.percent.start, share.percent.end
            message = (
                f"写{quote_clause(text, start, end)}，按别处写的 {show_figure(value)} 和总数 "
                f"{show_figure(whole)} 算是 {float(value * 100 / whole):.1f}%，两处对不上。"
                "请核对数字和比例；占的是别的总数的，写明是什么的总数。"
            )
            yield prose_finding(subject, part, (start, end), message)


def _more_than_whole(subject: CheckContext, part: str, text: str, sentence: Sentence) -> Iterator[Found]:
    """三类载体中，网站占55%，公众号占35%，线下占20%: of one whole, and more than it."""
    opened = _PARTED.search(sentence.text, sentence.start, sentence.end)
    if opened is None:
        return
    row: list[Quantity] = []
    since = opened.end()
    for number in sentence.numbers:
        if number.start < since:
            continue
        if not _is_percent(number) or not _OF_ROW.fullmatch(sentence.text, since, number.start):
            break
        row.append(number)
        since = number.end
    added = sum(number.numeral.value for number in row)
    if len(row) < _LEAST_ROW or added <= _HUNDRED + 1 or any(_is_rough(sentence.text, one) for one in row):
        return
    start, end = row[0].start, row[-1].end
    listed = " + ".join(f"{show_figure(number.numeral.value)}%" for number in row)
    message = f"写{quote_clause(text, start, end)}，{listed}，相加 {show_figure(added)}%，超过百分之百。请核对各项占比。"
    yield prose_finding(subject, part, (start, end), message)


def _is_percent(token: object) -> bool:
    return isinstance(token, Quantity) and token.numeral.precision is Precision.PERCENT


def _rates(subject: CheckContext, part: str, text: str, sentence: Sentence) -> Iterator[Found]:
    plain = sentence.text
    numbers: list[Quantity] = []
    for token in sentence.tokens:
        if not isinstance(token, Quantity):
            continue
        rate = (
            _RATE.search(plain, max(sentence.start, token.start - 30), token.start)
            if _is_percent(token)
            else None
        )
        if rate is None or _MAY_EXCEED.search(rate["name"]) or "百分点" in plain[token.start : token.end]:
            numbers.append(token)
            continue
        said = show_figure(token.numeral.value)
        if token.numeral.value > _HUNDRED:
            message = f"写{quote_clause(text, token.start, token.end)}，{said}% 超过百分之百。请核对这个数。"
            yield prose_finding(subject, part, (token.start, token.end), message)
        elif (done := _DONE.search(rate["name"])) and (of := _done(sentence, numbers, token, done["deed"])):
            part_of, whole = (one.numeral.value for one in of)
            computed = float(part_of) * 100 / float(whole)
            message = (
                f"写{quote_clause(text, token.start, token.end)}，按所列的 {show_figure(part_of)} 和 "
                f"{show_figure(whole)} 算是 {computed:.1f}%，两处对不上。请核对数字和比率。"
            )
            if not _is_near(computed, token, plain):
                yield prose_finding(subject, part, (token.start, token.end), message)
        numbers.append(token)


def _done(
    sentence: Sentence, numbers: Sequence[Quantity], percent: Quantity, deed: str
) -> tuple[Quantity, Quantity] | None:
    """The number with that deed and the whole, right before the rate; None where some may still be done."""
    plain = sentence.text
    if len(numbers) < 2 or _LEFT.search(plain, sentence.start, percent.start) or _is_rough(plain, percent):  # noqa: PLR2004
        return None
    whole, done = numbers[-2:]
    units = {written_unit(plain, one) for one in (whole, done)}
    exact = all(one.numeral.precision is Precision.EXACT for one in (whole, done))
    clause = _CLAUSE.split(plain[whole.end : done.start])[-1]
    told = deed in clause or deed[::-1] in clause or (deed == "回收" and "收" in clause)
    in_list = _LISTED.search(plain, sentence.start, done.start)
    if not exact or len(units) > 1 or not told or in_list:
        return None
    return (done, whole) if 0 < done.numeral.value <= whole.numeral.value else None


def _wrong_shares(
    subject: CheckContext, part: str, text: str, sentence: Sentence, before: Sentence | None
) -> Iterator[Found]:
    shares = list(_shares(sentence))
    for share in shares:
        wholes = _wholes(subject, sentence, before, share, shares)
        value = share.part.numeral.value
        if not wholes and (other := _other_of_whole(sentence, share, shares)):
            wholes = [other]
        if wholes and share.whole is None and not _row_agrees(sentence, share, shares, wholes[0]):
            wholes += _elsewhere(subject, sentence, share)
        accepted = [*wholes, *_sums_around(sentence, share)]
        if not wholes or any(
            _is_near(float(value * 100 / whole), share.percent, sentence.text) for whole in accepted
        ):
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
    before: Quantity | None = None
    since = sentence.start
    earlier: list[Quantity] = []
    for token in sentence.numbers:
        if last is not None and _is_percent(token) and (kinds := _kinds_together(sentence, earlier)):
            last = kinds
        earlier.append(token)
        if (
            before is not None
            and last is not None
            and _is_percent(token)
            and _is_share_of(sentence, before, last, token)
        ):
            yield _Share(before, token, "", last)
        elif last is not None and _is_percent(token) and not _is_percent(last):
            told = _SHARE.match(sentence.text[since : token.start])
            exact = last.numeral.precision is Precision.EXACT
            if told and exact and not _is_rough(sentence.text, token) and not _ROUGH.search(told["of"]):
                yield _Share(last, token, _OF_NOTHING.sub("", told["of"]))
        before, last, since = last, token, token.end


def _row_agrees(sentence: Sentence, share: _Share, shares: Sequence[_Share], whole: Value) -> bool:
    """Whether the other shares of a row are of that whole, so that this one is of no other."""
    unit = written_unit(sentence.text, share.part)
    others = [one for one in shares if one is not share and written_unit(sentence.text, one.part) == unit]
    return len(others) >= _LEAST_ROW - 1 and all(
        _is_near(float(one.part.numeral.value * 100 / whole), one.percent, sentence.text) for one in others
    )


def _sums_around(sentence: Sentence, share: _Share) -> Iterator[Value]:
    """What the row comes to in which the part stands, from each of its numbers on: 公开23件，占41%；部分公开7件."""
    unit = written_unit(sentence.text, share.part)
    row = [
        one.numeral.value
        for one in sentence.numbers
        if one.numeral.precision is Precision.EXACT and written_unit(sentence.text, one) == unit
    ]
    for first in range(len(row) - 1):
        if (added := sum(row[first:])) >= share.part.numeral.value and added:
            yield added


def _kinds_together(sentence: Sentence, told: Sequence[Quantity]) -> Quantity | None:
    """15件、7件，两类占84.6%: what the last two numbers before 两类 come to; as it is where they cannot be told."""
    plain, last = sentence.text, told[-1]
    count = last.numeral.value
    kinds = last.numeral.chinese and plain[last.numeral.end : last.end] in _KINDS
    if not kinds or not isinstance(count, int) or not 1 < count < len(told):
        return None
    row = told[-1 - count : -1]
    units = {written_unit(plain, one) for one in row}
    if len(units) > 1 or any(one.numeral.precision is not Precision.EXACT for one in row):
        return None
    value = sum(one.numeral.value for one in row)
    return row[-1]._replace(numeral=row[-1].numeral._replace(value=value))


def _other_of_whole(sentence: Sentence, share: _Share, shares: Sequence[_Share]) -> Value | None:
    """The whole that the other shares of a row imply, if this one is of another: 92条占79.7%、40条占30.3%.

    Of two it cannot be told which is wrong: the second is named, where the two come to more than all.
    """
    unit = written_unit(sentence.text, share.part)
    alike = [one for one in shares if written_unit(sentence.text, one.part) == unit]
    whole_of = {one.part.start: _implied(one) for one in alike}
    if len(alike) < 2 or not all(whole_of.values()):  # noqa: PLR2004
        return None
    if len(alike) == 2:  # noqa: PLR2004
        if sum(float(one.percent.numeral.value) for one in alike) <= _HUNDRED + 1:
            return None
        added = sum(one.part.numeral.value for one in alike)
        agrees = [
            _is_near(float(one.part.numeral.value * 100 / added), one.percent, sentence.text) for one in alike
        ]
        if any(agrees):
            return None if agrees[alike.index(share)] else added
        whole = whole_of[alike[0].part.start] if share is alike[1] else 0
    else:
        whole = sorted(whole_of.values())[len(alike) // 2]
    here = whole_of[share.part.start]
    return round(whole) if whole > share.part.numeral.value and abs(whole - here) > _APART * whole else None


def _elsewhere(subject: CheckContext, sentence: Sentence, share: _Share) -> list[Value]:
    """Every number of the report that counts the same: the whole may have been told long before."""
    unit, least = written_unit(sentence.text, share.part), share.part.numeral.value
    return [
        number.numeral.value
        for _, text in parts_with_text(subject)
        for other in read_sentences(text)
        for number in other.numbers
        if number.numeral.value > least and written_unit(other.text, number) == unit
    ]


def _implied(share: _Share) -> float:
    """The whole of which the part is that share."""
    percent = float(share.percent.numeral.value)
    return float(share.part.numeral.value) * _HUNDRED / percent if percent else 0


def _is_share_of(sentence: Sentence, part: Quantity, whole: Quantity, percent: Quantity) -> bool:
    """31件占办理总数73件的42%."""
    plain = sentence.text
    exact = all(one.numeral.precision is Precision.EXACT for one in (part, whole))
    stands = "占" in plain[part.end : whole.start] and _OF_SUM.match(plain[whole.end : percent.start])
    return bool(exact and stands) and not _is_rough(plain, percent)


def _too_much(subject: CheckContext, part: str, text: str, sentence: Sentence) -> Iterator[Found]:
    """Shares of one whole that come to more than all of it: 网站占62%，公众号占38%，线下占10%."""
    plain = sentence.text
    percents: list[Quantity] = []
    since = sentence.start
    for token in sentence.tokens:
        if isinstance(token, Quantity):
            if _is_percent(token) and ("占" in plain[since : token.start] or percents):
                percents.append(token)
            since = token.end
    whole = sum(float(one.numeral.value) for one in percents)
    if len(percents) < 2 or whole <= _HUNDRED + 1 or any(_is_rough(plain, one) for one in percents):  # noqa: PLR2004
        return
    start, end = percents[0].start, percents[-1].end
    apart = (
        plain[sentence.start : end].count("占") == len(percents) or "分别占" in plain[sentence.start : start]
    )
    row = plain[sentence.start : end]
    two_kinds = len(percents) == 2 and any(all(word in row for word in pair) for pair in _PAIRS)  # noqa: PLR2004
    of_all = two_kinds or _PARTS_ALL.search(plain, sentence.start, start)
    if not apart or not of_all or ";" in plain[start:end]:
        return
    message = (
        f"写{quote_clause(text, start, end)}，各占的比例相加是 {whole:g}%，超过百分之百。请核对各项比例。"
    )
    yield prose_finding(subject, part, (start, end), message)


def _is_rough(plain: str, percent: Quantity) -> bool:
    starts = plain[percent.start]
    return not (starts.isdigit() or starts == "百") or plain.startswith(_ROUGH_END, percent.end)


def _wholes(
    subject: CheckContext,
    sentence: Sentence,
    before: Sentence | None,
    share: _Share,
    shares: Sequence[_Share],
) -> list[Value]:
    """The numbers of which it may be a share, the likeliest first; none if that cannot be told."""
    plain = sentence.text
    if share.whole is not None:
        return [share.whole.numeral.value] if share.whole.numeral.value else []
    unit = written_unit(plain, share.part)
    parts = {other.part.start for other in shares}
    if share.of and share.of not in plain[sentence.start : share.part.start]:
        return _tables(subject) if _OF_REQUESTS.search(share.of) else []
    found = list(_alike(sentence, share, parts))
    if not found and before is not None:
        found = list(_alike(before, share, parts))
    alike_parts = [other.part.numeral.value for other in shares if written_unit(plain, other.part) == unit]
    full = abs(sum(float(other.percent.numeral.value) for other in shares) - _HUNDRED) <= 1
    if found or (full and len(alike_parts) > 1):
        found.append(sum(alike_parts))
    of_requests = "申请" in plain[sentence.start : sentence.end]
    if found and of_requests:
        found += _tables(subject)
    if not found and of_requests and unit == "件" and not share.of:
        found = [one for one in _tables(subject) if one >= share.part.numeral.value]
    return [one for one in found if one]


def _alike(scope: Sentence, share: _Share, parts: set[int]) -> Iterator[Value]:
    """The numbers of a sentence that count the same as the part, and no fewer."""
    unit = written_unit(scope.text, share.part)
    for token in scope.numbers:
        alike = written_unit(scope.text, token) == unit and token.numeral.precision is Precision.EXACT
        if token.start not in parts and alike and token.numeral.value >= share.part.numeral.value:
            yield token.numeral.value


def _tables(subject: CheckContext) -> list[Value]:
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
