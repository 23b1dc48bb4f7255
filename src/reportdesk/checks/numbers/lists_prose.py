"""A lead number and the list of its parts: 1578条，其中网站69条、微博174条……"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportdesk.checks.claims.lists import (
    AUDIENCE,
    COUNTED,
    ITEM_LEAD,
    MOST,
    NO_WHOLE,
    OPENS,
    Item,
    Opener,
    is_full,
    item_at,
    items_of,
    largest_of,
    lead_of,
    numbers_of,
    openers,
    outside_brackets,
)
from reportdesk.checks.claims.nested import readings_of
from reportdesk.checks.claims.numerals import Precision, plain_width
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, read_sentences, written_unit
from reportdesk.checks.claims.words import Word
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote, read_plainly
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_ALL_KINDS = (("主动公开", "依申请公开", "不予公开"), ("满意", "基本满意", "不满意"), ("自然人", "法人"))
"""Kinds that together are all there are."""
_ATTRIBUTES = (
    re.compile(r"(?<!申请)(?<!不)(?<!不予)公开"),
    re.compile("依申请公开"),
    re.compile("不予?公开"),
)
"""The three attributes that every document has one of."""
_PERSONS = ("名", "人", "位", "户")
_REST = re.compile(r"其余|剩余|余下|其[他它](?!处理|结果|组织|机关|法人|类型的?申请)")
_WHOLE = re.compile(rf"分别|包括|包含|分为|具体[为是]|{_REST.pattern}")
_CHIEFLY = re.compile(r"(?:主要|重点|大致|集中|多为|大多|以下)[^,，。;:\d]{0,4}$")
"""Before what opens a list: it names some of the parts."""
_MORE = re.compile(r"等(?:信息|内容|方面|事项)?[^\d]{0,4}$|等[,，。;)）]|[….]{2}")
_OVERLAP = re.compile(
    r"配图|图文|双语|附有?解读|带图|多渠道|多平台|重复|交叉|重叠|一条多发|同一信息|兼有|合并计"
)
_NEXT = re.compile(r"[二三四五六七八九]是|第?[二三四五六2-6][、.)]|\([二三四五六2-6]\)")
"""Behind a semicolon: the next of a numbered row."""
_PARTED_ITSELF = re.compile(r"(?:分为|分别为|包括|包含|具体[为是]|[:(,，]其中|[:(])")
_SUM = re.compile(
    r"(?:以上|上述|各类|各项|[三两四五][个项类者种]?(?:平台|渠道|途径|载体|账号|方面|部分|方式)?)?"
    r"(?:共计?|合计|总计|总共|一共)(?:公开|发布|推送|更新|开展|举办|信息|政府)*(?:为|是|:)?"
)
_EACH = re.compile(r"[^,，。;:\d]{0,6}各[^,，。;:\d]{0,6}")
"""Between two numbers: 7个村各设1块 are seven of these."""
_NO_ITEM = re.compile(NO_WHOLE.pattern + "|收到|受理|办结|答复|结转|办理|" + AUDIENCE.pattern)
_EXPRESSION = re.compile(r"\d\d{0,8}(?:\+\d{1,9}){1,60}(?:=(\d{1,9}))?")
_FEW = 3
_MANY = 4
_GOES_ON = re.compile(r"\s*(?:其中|从.{1,8}看|按.{1,8}(?:分|看))")
_INDENT = 2
"""其中 at the beginning of a sentence lists parts of the last number before it."""


@check(
    "LST-1",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第五十条：年度报告数据应当准确（分项与总数一致）",
)
def lst_1(subject: CheckContext) -> Iterator[Found]:
    """总数后面列出的各项相加不能超过总数。

    写明“分别”“包括”“其余”等列全了的，先列各项再写“共”的，相加应等于总数。
    """
    for part, text in parts_with_text(subject):
        sentences = read_sentences(read_plainly(subject, text))
        for number, sentence in enumerate(sentences):
            before = sentences[number - 1] if number else None
            if not sentence.numbers:
                continue
            for opener, lead, items, added in _lists(
                _wholes_before(sentences, number), sentences[number : number + MOST]
            ):
                if not (opener.parts_all and _told_before(sentences[:number], items)):
                    yield _finding(subject, part, text, lead, items, added)
            yield from _sums(subject, part, text, before, sentence)
        yield from _expressions(subject, part, text)


_BY_ONE_WAY = re.compile(
    r"(?:当面|现场|信函|书信|邮寄|寄信|网络|网上|线上|线下|窗口|电子邮件|邮件|传真|平台)(?:提出|提交|递交|收到|受理)?的?申请$"
)
_WAY = 14
"""当面申请2件，网络申请7件，邮寄申请3件: the first is one of them and not their whole."""


def _wholes_before(sentences: Sequence[Sentence], number: int) -> Sequence[Sentence]:
    """The sentence before; and before that, while it is a list itself, the one whose whole it shares."""
    first = number
    while first > max(0, number - _FEW):
        first -= 1
        if not _GOES_ON.match(sentences[first].text, sentences[first].start):
            break
    return sentences[first:number]


def _told_before(sentences: Sequence[Sentence], items: Sequence[Item]) -> bool:
    """Whether a sentence further before gives what the list comes to: 从新收申请的渠道看 parts those."""
    added = sum(item.value for item in items)
    return any(
        number.numeral.value == added and number.unit == items[0].quantity.unit
        for sentence in sentences[-MOST:]
        for number in sentence.numbers
    )


def _lists(
    before: Sequence[Sentence], sentences: Sequence[Sentence]
) -> Iterator[tuple[Opener, Quantity, Sequence[Item], Value]]:
    """The lists of a sentence that do not agree with their whole, with what their items come to."""
    sentence = sentences[0]
    end_of_last = -1
    parted: Quantity | None = None
    whole_before: Value | None = None
    for opener in openers(sentence):
        if opener.start < end_of_last:
            continue
        opens_sentence = opener.start - sentence.start <= _INDENT
        leads = [number for one in before for number in numbers_of(one)] if opens_sentence else opener.earlier
        items = items_of(sentences, opener.place + 1) if leads else []
        items = list(_of_kinds(items, opener.kinds))
        lead = (
            largest_of(sentence.text, leads, items)
            if opens_sentence
            else lead_of(sentence.text, leads, items)
        )
        if opener.parts_all and parted is not None:
            lead = parted  # 按申请人分，…；按渠道分，…: both part the same
        itself = _is_item(sentence.text, lead, items, opens_sentence=opens_sentence)
        if lead is None or lead.numeral.precision is not Precision.EXACT or not items or itself:
            continue
        if items[0].unit in _PERSONS and items[0].unit != written_unit(sentence.text, lead):
            continue
        if opener.whole and not is_full(sentence.text, opener, lead, items):
            continue
        end_of_last = items[-1].quantity.end
        parted = lead if opener.parts_all else parted
        if whole_before is not None and sum(item.value for item in items) == whole_before:
            continue  # 收到7件，自然人6件、企业1件，其中网上5件、信函2件: of the seven again
        whole_before = lead.numeral.value
        wrong = _judge_readings(sentence, lead, opener, items)
        if wrong is not None and not (opens_sentence and _makes_up_another(leads, items)):
            if _makes_up_both(sentence.text, leads, items):
                continue
            yield opener, lead, *wrong


def _is_item(plain: str, lead: Quantity | None, items: Sequence[Item], *, opens_sentence: bool) -> bool:
    """Whether the first item is itself a whole, or what looks like the whole is an item of one way beside the others."""
    if opens_sentence:
        return _is_whole_itself(plain, items)
    return lead is not None and _BY_ONE_WAY.search(plain, max(0, lead.start - _WAY), lead.start) is not None


def _is_whole_itself(plain: str, items: Sequence[Item]) -> bool:
    """其中行政许可214件分为甲180件、乙34件: the first item is itself the whole of those behind it."""
    ends = [item.quantity.end for item in items[:1]]
    return len(items) > 1 and bool(ends) and _PARTED_ITSELF.match(plain, ends[0]) is not None


def _of_kinds(items: Sequence[Item], kinds: re.Pattern[str] | None) -> Iterator[Item]:
    """The items up to one that is none of the kinds whose names open the list; at least two, or none."""
    row = items if kinds is None else list(itertools.takewhile(lambda item: _is_of(item, kinds), items))
    if kinds is None or len(row) > 1:
        yield from row


def _is_of(item: Item, kinds: re.Pattern[str]) -> bool:
    before = item.before.lstrip(",，、;:和及与 ")
    match = kinds.match(f"{before}1")  # the pattern looks ahead to the number
    return match is not None and match.end() == len(before)


def _makes_up_another(leads: Sequence[Quantity], items: Sequence[Item]) -> bool:
    """Whether the list is of another number of the sentences before: 收到25件，加上结转3件，共28件。从方式看……"""
    added = sum(item.value for item in items)
    return any(added == lead.numeral.value and lead.unit == items[0].quantity.unit for lead in leads)


def _makes_up_both(plain: str, leads: Sequence[Quantity], items: Sequence[Item]) -> bool:
    """Whether the list is of the last two numbers together: 复议2件、诉讼2件，其中维持3件、未审结1件."""
    pair = leads[-2:]
    if len(pair) < 2 or re.search("[,，;]", plain[pair[0].end : pair[1].start]):  # noqa: PLR2004
        return False
    alike = {written_unit(plain, one) for one in pair} == {items[0].unit}
    return alike and sum(one.numeral.value for one in pair) == sum(item.value for item in items)


def _judge_readings(
    sentence: Sentence, lead: Quantity, opener: Opener, items: Sequence[Item]
) -> tuple[Sequence[Item], Value] | None:
    """The items and their sum in the reading that comes nearest, if none of the readings can be."""
    wrong: list[tuple[Sequence[Item], Value]] = []
    for reading in readings_of(items):
        added = _judge(sentence, lead, opener, reading)
        if added is None:
            return None
        wrong.append((reading, added))
    whole = Decimal(lead.numeral.value)
    return min(wrong, key=lambda one: abs(Decimal(one[1]) - whole))


def _judge(sentence: Sentence, lead: Quantity, opener: Opener, items: Sequence[Item]) -> Value | None:
    """What the parts add up to if that cannot be; None if it can."""
    whole = lead.numeral.value
    unit = written_unit(sentence.text, lead)
    alikes = [item for item in items if item.unit in (unit, "")]
    alike = [item.value for item in alikes]
    every = [item.value for item in items if item.quantity.unit in ("cases", "messages", "")]
    sums = [*_sums_of(alikes), sum(every)]
    end = items[-1].quantity.end
    if whole in sums or not alike or _OVERLAP.search(sentence.text, opener.start, end + ITEM_LEAD):
        return None
    if sum(alike) > whole:
        own = any("原创" in item.before for item in items)
        alone = [item.value for item in alikes if own or not item.is_parallel]
        return sum(alike) if sum(alone) > whole or len(alone) == 1 == len(alike) else None
    claims_whole = (
        opener.whole
        or opener.parts_all
        or _says_whole(sentence, opener, end)
        or _is_money(sentence, lead)
        or _are_all_kinds(items)
    )
    if claims_whole and len(items) > 1 and not _MORE.search(sentence.text[opener.start : end + 12]):
        most = max(sum(alike), sum(every))
        return most if most < whole else None
    return (
        sum(alike)
        if _lacks_round(whole, alike) and not _MORE.search(sentence.text[opener.start : end + 12])
        else None
    )


def _says_whole(sentence: Sentence, opener: Opener, end: int) -> bool:
    """Whether the words say that all parts are named: 包括 and 分别 do, 主要包括 does not."""
    start = opener.start
    if _CHIEFLY.search(sentence.text, max(sentence.start, start - ITEM_LEAD), start):
        return _REST.search(sentence.text, start, end) is not None
    return _WHOLE.search(sentence.text, start, end) is not None


def _lacks_round(whole: Value, parts: Sequence[Value]) -> bool:
    """Whether many parts make up nearly all, and one digit of one of them makes the difference: 193 of 203."""
    lacking = whole - sum(parts)
    return len(parts) >= _MANY and lacking in (10, 100) and lacking * 10 <= whole


def _sums_of(items: Sequence[Item]) -> Iterator[Value]:
    """What the list comes to where it may end: behind a 、 it goes on."""
    for count in range(1, len(items) + 1):
        if count == len(items) or items[count].before[:1] in ",，;。":
            yield sum(item.value for item in items[:count])


def _are_all_kinds(items: Sequence[Item]) -> bool:
    """Whether the items are of kinds that together are all: 主动公开, 依申请公开, 不予公开."""
    named = [item.before for item in items]
    by_attribute = len(named) == len(_ATTRIBUTES) and all(
        any(kind.search(name) for name in named) for kind in _ATTRIBUTES
    )
    return by_attribute or any(
        all(any(kind in name for name in named) for kind in kinds) for kinds in _ALL_KINDS
    )


def _is_money(sentence: Sentence, lead: Quantity) -> bool:
    """Of fees that were charged nobody names but a few: the parts are all there are."""
    return lead.unit == "yuan" and "处理费" in sentence.text[max(0, lead.start - ITEM_LEAD) : lead.start]


def _sums(
    subject: CheckContext, part: str, text: str, before: Sentence | None, sentence: Sentence
) -> Iterator[Found]:
    """Several numbers and then 共n条: n must be what the numbers of the row add up to."""
    row: list[Quantity] = []
    since = sentence.start
    for token in sentence.tokens:
        if isinstance(token, Word) and OPENS.match(sentence.text, token.start):
            row = []
        if isinstance(token, Stop):
            since = token.end
            goes_on = token.sign != ";" or _NEXT.match(sentence.text, token.end)
            row = row if goes_on else []
        if not isinstance(token, Quantity):
            continue
        if _SUM.fullmatch(sentence.text, since, token.start):
            if not row and before is not None and since == sentence.start:
                row = list(_row_of(before))
            row = [one for one in row if one.start < since]  # 两个平台合计: the two are no item
            yield from _wrong_sum(subject, part, text, sentence, row, token)
            return
        if row and _EACH.fullmatch(sentence.text, row[-1].end, token.start):
            many = row.pop().numeral.value * token.numeral.value
            row.append(token._replace(numeral=token.numeral._replace(value=many)))
            continue
        row.append(token)


def _row_of(sentence: Sentence) -> Iterator[Quantity]:
    if not any(
        isinstance(token, Word) and OPENS.match(sentence.text, token.start) for token in sentence.tokens
    ):
        yield from outside_brackets(sentence.tokens)


def _wrong_sum(
    subject: CheckContext, part: str, text: str, sentence: Sentence, row: Sequence[Quantity], whole: Quantity
) -> Iterator[Found]:
    plain = plain_width(text)
    unit = written_unit(plain, whole)
    items: list[Item] = []
    for quantity in reversed(row):
        since = max(0, quantity.start - ITEM_LEAD)
        between = re.split(r"[,，;:、。\n]", plain[since : quantity.start])[-1]
        if between.endswith("各"):  # 州、县的培训各1次: of how many, the words tell
            return
        exact = quantity.numeral.precision is Precision.EXACT
        if not exact or written_unit(plain, quantity) != unit or _NO_ITEM.search(between):
            break
        items.insert(0, item_at(plain, quantity, between))
    sums = [sum(item.value for item in items[start:]) for start in range(len(items))]
    sums += _sums_back(plain, sentence, whole)
    exact = whole.numeral.precision is Precision.EXACT and whole.unit in COUNTED
    if len(items) > 1 and exact and whole.numeral.value not in sums:
        yield _finding(subject, part, text, whole, items, sums[0])


def _sums_back(plain: str, sentence: Sentence, whole: Quantity) -> list[Value]:
    """What the numbers before the whole come to, from each on: an item that reads otherwise may be one."""
    unit = written_unit(plain, whole)
    alike = [
        one.numeral.value
        for one in sentence.numbers
        if one.end <= whole.start and written_unit(plain, one) == unit
    ]
    return list(itertools.accumulate(reversed(alike)))[1:]


def _finding(
    subject: CheckContext, part: str, text: str, lead: Quantity, items: Sequence[Item], added: Value
) -> Found:
    whole = lead.numeral.value
    listed = " + ".join(show_figure(item.value) for item in items)
    end = items[-1].quantity.end
    start, end = min(lead.start, items[0].quantity.start), max(lead.end, end)
    gap = show_figure(max(whole, added) - min(whole, added))
    more = "多" if added > whole else "少"
    return prose_finding(
        subject,
        part,
        (start, end),
        f"总数写{quote(text, lead.start, lead.end)}，所列各项 {listed}，相加 {show_figure(added)}，"
        f"比总数{more} {gap}。请核对总数和各项；各项有交叉或没有列全的，写一句说明。",
    )


def _expressions(subject: CheckContext, part: str, text: str) -> Iterator[Found]:
    """A sum that is written out, such as 3+36+2+18=59, or behind its total in brackets."""
    plain = plain_width(text)
    for match in _EXPRESSION.finditer(plain):
        added = sum(int(number) for number in match[0].partition("=")[0].split("+"))
        said = int(match[1]) if match[1] else _bracketed_total(plain, match)
        if said is not None and said != added:
            yield prose_finding(
                subject,
                part,
                match.span(),
                f"写{quote(text, *match.span())}，相加是 {added}，不是 {said}。请核对总数和各项。",
            )


def _bracketed_total(plain: str, match: re.Match[str]) -> int | None:
    if not match.start() or plain[match.start() - 1] != "(":
        return None
    before = re.search(r"(\d{1,9})[^\d\W]{0,2}$", plain[max(0, match.start() - 14) : match.start() - 1])
    return int(before[1]) if before else None
