"""A lead number and the list of its parts: 1578条，其中网站69条、微博174条……"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportdesk.checks.claims.numerals import Precision, plain_width
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, Token, read_sentences, written_unit
from reportdesk.checks.claims.words import Word
from reportdesk.checks.engine import Found, Pace, Severity, Subject, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote
from reportdesk.report.document import Value
from reportdesk.report.figures import show_figure

_OPENS = re.compile(r"其中|包括|包含|分别|分为|涵盖")
_OPENS_ALL = re.compile(
    r"(?:从|按).{0,6}(?:渠道|载体|方式|途径|来源|平台|申请人|类型|类别|结构|形式)(?:来)?(?:看|分|划分|统计)$"
)
"""Before a comma: what follows parts the number before it, all of it."""
_AMONG = re.compile(r"^[^,，;:\d]{0,6}中$")
"""Between a number and a comma or colon: 97条信息中：…"""
_ALL_KINDS = (("主动公开", "依申请公开", "不予公开"), ("满意", "基本满意", "不满意"), ("自然人", "法人"))
"""Kinds that together are all there are."""
_PERSONS = ("名", "人", "位", "户")
_OF_THE_NUMBER = re.compile(r"涉及|对|来自|分布")
_WHOLE = re.compile(r"分别|包括|包含|分为|其余|剩余|余下|其[他它](?!处理|结果|组织|机关|法人|类型的?申请)")
_MORE = re.compile(r"等(?:信息|内容|方面|事项)?[^\d]{0,4}$|等[,，。;]|[….]{2}")
_NEW_TOTAL = re.compile(r"共|累计|总计|合计|另|此外|同时|全年")
_AUDIENCE = re.compile(r"点击|浏览|阅读|访问|点赞|播放|粉丝|关注|参加|惠及|覆盖|增|减|同比|较|比")
_PARALLEL = re.compile(r"同步|转发|转载|转推|推送|复用|一并|同时|兼")
_OVERLAP = re.compile(r"多渠道|多平台|重复|交叉|重叠|一条多发|同一信息|兼有|合并计")
_NO_WHOLE = re.compile(r"平均|每|人均|同比|环比|较|比|增|减|占|上年|去年|不少于|超过|日均|月均")
_DEED = re.compile(
    r"(?:答复|办理|办结|开展|组织|召开|回应|发放|举办|更新|制作|收到|受理|接待|修订|清理|印发|出台|培训|新增|开设|设立|张贴|编制|处置|整改|排查)(?!类)"
)
_SUM = re.compile(r"(?:以上|上述|各类|各项|[三两四五]项)?(?:共计?|合计|总计|总共|一共)(?:为|是|:)?")
_NO_ITEM = re.compile(_NO_WHOLE.pattern + "|收到|受理|办结|答复|结转|办理|" + _AUDIENCE.pattern)
_BRACKETS = re.compile(r"\([^()]*\)")
_EXPRESSION = re.compile(r"\d{1,9}(?:\+\d{1,9}){1,60}(?:=(\d{1,9}))?")
_COUNTED = ("cases", "messages", "people", "yuan", "wan_yuan", "")
_LOOK_BACK = 3
_NEAR = 8
_ROW = 4
_MOST = 60
"""Numbers of a list: a sentence of the longest kind that is read has fewer."""
_INDENT = 2
"""其中 at the beginning of a sentence lists parts of the last number before it."""
_ITEM_LEAD = 16
"""Characters before the number in a sentence that is an item of the list in the sentence before."""


@dataclass(frozen=True, slots=True)
class _Item:
    value: Value
    unit: str
    quantity: Quantity
    before: str
    """What stands before the number since the last one, less what stands in brackets."""

    @property
    def is_parallel(self) -> bool:
        """Whether it may tell of the same things once more: 公众号同步推送160条."""
        return _PARALLEL.search(self.before) is not None


@dataclass(frozen=True, slots=True)
class _Opener:
    """Where a list begins, and the numbers before it that may be its whole.

    ``whole`` if its form alone says that it names all: a bracket or a colon right behind the number;
    ``parts_all`` if its words do: 从渠道看.
    """

    place: int
    start: int
    earlier: Sequence[Quantity]
    whole: bool = False
    parts_all: bool = False


@check(
    "LST-1",
    Severity.WARNING,
    pace=Pace.ON_PAUSE,
    source="《政府信息公开条例》第五十条：年度报告数据应当准确（分项与总数一致）",
)
def lst_1(subject: Subject) -> Iterator[Found]:
    """总数后面列出的各项相加不能超过总数。

    写明“分别”“包括”“其余”等列全了的，先列各项再写“共”的，相加应等于总数。
    """
    for part, text in parts_with_text(subject):
        sentences = read_sentences(text)
        for number, sentence in enumerate(sentences):
            before = sentences[number - 1] if number else None
            yield from _lists(subject, part, text, before, sentences[number : number + _MOST])
            yield from _sums(subject, part, text, before, sentence)
        yield from _expressions(subject, part, text)


def _lists(
    subject: Subject, part: str, text: str, before: Sentence | None, sentences: Sequence[Sentence]
) -> Iterator[Found]:
    sentence = sentences[0]
    end_of_last = -1
    for opener in _openers(sentence):
        if opener.start < end_of_last:
            continue
        opens_sentence = opener.start - sentence.start <= _INDENT
        leads = _quantities(before) if before and opens_sentence else opener.earlier
        items = _items(sentences, opener.place + 1) if leads else []
        lead = _largest(sentence.text, leads, items) if opens_sentence else _lead(sentence.text, leads, items)
        if lead is None or lead.numeral.precision is not Precision.EXACT:
            continue
        if items[0].unit in _PERSONS and items[0].unit != written_unit(sentence.text, lead):
            continue
        if opener.whole and not _is_full(sentence.text, opener, lead, items):
            continue
        end_of_last = items[-1].quantity.end
        wrong = _judge(sentence, lead, opener, items)
        if wrong is not None:
            yield _finding(subject, part, text, lead, items, wrong)


def _openers(sentence: Sentence) -> Iterator[_Opener]:
    """Words and marks that open a list: which token, and the last numbers before it outside brackets.

    Of a row of them without a number between, the first few: no real sentence has more.
    """
    earlier: list[Quantity] = []
    depth = row = 0
    last: Token | None = None
    for place, token in enumerate(sentence.tokens):
        if isinstance(token, Stop):
            depth = max(0, depth + (token.sign == "(") - (token.sign == ")"))
            if opener := _opened_by(sentence, place, token, last, earlier):
                yield opener
        elif isinstance(token, Quantity):
            if depth == 0:
                earlier = [*earlier[1 - _LOOK_BACK :], token]
            row = 0
        elif isinstance(token, Word) and row < _ROW and _OPENS.match(sentence.text, token.start):
            row += 1
            yield _Opener(place, token.start, earlier)
        last = token if not isinstance(token, Word) else last


def _opened_by(
    sentence: Sentence, place: int, stop: Stop, last: Token | None, earlier: Sequence[Quantity]
) -> _Opener | None:
    """The list that a bracket, a colon or a comma opens behind a number or behind 从渠道看."""
    text = sentence.text
    if not isinstance(last, Quantity):
        since = last.end if last is not None else sentence.start
        opens = stop.sign in ",，:" and _OPENS_ALL.search(text[since : stop.start])
        return _Opener(place, since, earlier, parts_all=True) if opens else None
    if stop.sign in "(:" and last.end == stop.start:
        return _Opener(place, stop.start, earlier, whole=True)
    if stop.sign in ",，:" and _AMONG.match(text[last.end : stop.start]):
        return _Opener(place, stop.start, earlier)
    return None


def _quantities(sentence: Sentence) -> Sequence[Quantity]:
    """The last numbers of the sentence outside brackets."""
    return list(_outside_brackets(sentence.tokens))[-_LOOK_BACK:]


def _outside_brackets(tokens: Iterable[Token]) -> Iterator[Quantity]:
    depth = 0
    for token in tokens:
        if isinstance(token, Stop):
            depth = max(0, depth + (token.sign == "(") - (token.sign == ")"))
        elif depth == 0 and isinstance(token, Quantity):
            yield token


def _lead(plain: str, earlier: Sequence[Quantity], items: Sequence[_Item]) -> Quantity | None:
    """The last number before the list that counts the same as one of its items.

    A share, an average and a difference from last year are no wholes; readers are no messages.
    """
    units = {item.quantity.unit for item in items}
    written = {item.unit for item in items}
    for quantity in reversed(earlier):
        near = plain[max(0, quantity.start - _NEAR) : quantity.start]
        near = re.split(r"[,，;:。\n]", near)[-1]
        if quantity.numeral.precision is Precision.PERCENT or _NO_WHOLE.search(near):
            continue
        if written_unit(plain, quantity) not in written and (
            _AUDIENCE.search(near) or (quantity.unit not in units and _OF_THE_NUMBER.search(near))
        ):
            continue
        return quantity if quantity.unit in units and quantity.unit in _COUNTED else None
    return None


def _largest(plain: str, earlier: Sequence[Quantity], items: Sequence[_Item]) -> Quantity | None:
    """The whole in the sentence before: of several numbers that may be it, the largest."""
    found = [_lead(plain, [quantity], items) for quantity in earlier]
    return max((one for one in found if one), key=lambda one: one.numeral.value, default=None)


def _is_full(plain: str, opener: _Opener, lead: Quantity, items: Sequence[_Item]) -> bool:
    """Whether a bracket or colon right behind a number holds nothing but a list of its parts."""
    unit = written_unit(plain, lead)
    if lead.end != opener.start or len(items) < 2 or any(item.unit != unit for item in items):  # noqa: PLR2004
        return False
    return not re.search(
        r"含|其中|包括|另|不|截至|上年|去年|[,，;]", plain[opener.start : items[0].quantity.start]
    )


def _items(sentences: Sequence[Sentence], first: int) -> list[_Item]:
    """The numbers of the list from that token on, up to a new total or something that is no part.

    Short sentences that hold one number each go on with it: 其中，财政类70条。民生类40条。
    """
    items, goes_on = _items_of(sentences[0], first)
    for sentence in sentences[1:] if goes_on and items else ():
        quantity = _only_number(sentence)
        if quantity is None or quantity.unit != items[-1].quantity.unit:
            break
        between = sentence.text[sentence.start : quantity.start]
        if _NEW_TOTAL.search(between) or _AUDIENCE.search(between) or _DEED.search(between):
            break
        items.append(_item(sentence.text, quantity, between))
    return items


def _only_number(sentence: Sentence) -> Quantity | None:
    """The number of a sentence that says nothing but one item of a list."""
    numbers = [token for token in sentence.tokens if isinstance(token, Quantity)]
    if len(numbers) != 1 or any(isinstance(token, Stop) for token in sentence.tokens):
        return None
    (quantity,) = numbers
    short = quantity.end == sentence.end and quantity.start - sentence.start <= _ITEM_LEAD
    return quantity if short and quantity.numeral.precision is Precision.EXACT else None


def _items_of(sentence: Sentence, first: int) -> tuple[list[_Item], bool]:
    """The items in one sentence, and whether the list may go on behind it."""
    items: list[_Item] = []
    tokens = sentence.tokens
    since = tokens[first].start if first < len(tokens) else 0
    of_applicants = False
    listed = _numbers_of_list(itertools.islice(tokens, first, None))
    for quantity, names_applicant in itertools.islice(listed, _MOST):
        between = _BRACKETS.sub("", sentence.text[since : quantity.start])
        since = quantity.end
        precision = quantity.numeral.precision
        if items and (
            _NEW_TOTAL.search(between)
            or (of_applicants and not names_applicant)
            or _begins_anew(between, items)
        ):
            return items, False
        if precision is Precision.PERCENT or _AUDIENCE.search(between):
            continue
        if precision is not Precision.EXACT or quantity.unit not in _COUNTED:
            return items, False
        of_applicants = of_applicants or (names_applicant and not items)
        items.append(_item(sentence.text, quantity, between))
    return items, bool(items) and items[-1].quantity.end >= sentence.end - 1


def _item(plain: str, quantity: Quantity, between: str) -> _Item:
    written = written_unit(plain, quantity)
    return _Item(quantity.numeral.value, written, quantity, between)


def _begins_anew(between: str, items: Sequence[_Item]) -> bool:
    """Whether behind a semicolon another deed is told, which the list did not begin with."""
    if ";" not in between:
        return False
    deed = _DEED.search(between)
    return deed is not None and deed[0] not in items[0].before


def _numbers_of_list(tokens: Iterable[Token]) -> Iterator[tuple[Quantity, bool]]:
    """Numbers outside inner brackets, with whether an applicant is named before them."""
    depth = 0
    named = False
    for token in tokens:
        if isinstance(token, Stop):
            depth += (token.sign == "(") - (token.sign == ")")
            if depth < 0:
                return
        elif depth == 0 and isinstance(token, Word):
            named |= token.sort == "applicant"
        elif depth == 0 and isinstance(token, Quantity):
            yield token, named
            named = False


def _judge(sentence: Sentence, lead: Quantity, opener: _Opener, items: Sequence[_Item]) -> Value | None:
    """What the parts add up to if that cannot be; None if it can."""
    whole = lead.numeral.value
    unit = written_unit(sentence.text, lead)
    alikes = [item for item in items if item.unit in (unit, "")]
    alike = [item.value for item in alikes]
    every = [item.value for item in items if item.quantity.unit in ("cases", "messages", "")]
    sums = [*_sums_of(alikes), sum(every)]
    end = items[-1].quantity.end
    if whole in sums or not alike or _OVERLAP.search(sentence.text, opener.start, end + _ITEM_LEAD):
        return None
    if sum(alike) > whole:
        alone = [item.value for item in items if item.unit in (unit, "") and not item.is_parallel]
        return sum(alike) if sum(alone) > whole or len(alone) == 1 == len(alike) else None
    claims_whole = (
        opener.whole
        or opener.parts_all
        or _WHOLE.search(sentence.text, opener.start, end)
        or _is_money(sentence, lead)
        or _are_all_kinds(items)
    )
    if claims_whole and len(items) > 1 and not _MORE.search(sentence.text[opener.start : end + 12]):
        most = max(sum(alike), sum(every))
        return most if most < whole else None
    return None


def _sums_of(items: Sequence[_Item]) -> Iterator[Value]:
    """What the list comes to where it may end: behind a 、 it goes on."""
    for count in range(1, len(items) + 1):
        if count == len(items) or items[count].before[:1] in ",，;。":
            yield sum(item.value for item in items[:count])


def _are_all_kinds(items: Sequence[_Item]) -> bool:
    """Whether the items are of kinds that together are all: 主动公开, 依申请公开, 不予公开."""
    named = [item.before for item in items]
    return any(all(any(kind in name for name in named) for kind in kinds) for kinds in _ALL_KINDS)


def _is_money(sentence: Sentence, lead: Quantity) -> bool:
    """Of fees that were charged nobody names but a few: the parts are all there are."""
    return lead.unit == "yuan" and "处理费" in sentence.text[max(0, lead.start - _ITEM_LEAD) : lead.start]


def _sums(
    subject: Subject, part: str, text: str, before: Sentence | None, sentence: Sentence
) -> Iterator[Found]:
    """Several numbers and then 共n条: n must be what the numbers of the row add up to."""
    row: list[Quantity] = []
    since = sentence.start
    for token in sentence.tokens:
        if isinstance(token, Word) and _OPENS.match(sentence.text, token.start):
            return
        if isinstance(token, Stop):
            since = token.end
            row = [] if token.sign == ";" else row
        if not isinstance(token, Quantity):
            continue
        if _SUM.fullmatch(sentence.text, since, token.start):
            if not row and before is not None and since == sentence.start:
                row = list(_row_of(before))
            yield from _wrong_sum(subject, part, text, row, token)
            return
        row.append(token)


def _row_of(sentence: Sentence) -> Iterator[Quantity]:
    if not any(
        isinstance(token, Word) and _OPENS.match(sentence.text, token.start) for token in sentence.tokens
    ):
        yield from _outside_brackets(sentence.tokens)


def _wrong_sum(
    subject: Subject, part: str, text: str, row: Sequence[Quantity], whole: Quantity
) -> Iterator[Found]:
    plain = plain_width(text)
    unit = written_unit(plain, whole)
    items: list[_Item] = []
    for quantity in reversed(row):
        since = max(0, quantity.start - _ITEM_LEAD)
        between = re.split(r"[,，;:、。\n]", plain[since : quantity.start])[-1]
        exact = quantity.numeral.precision is Precision.EXACT
        if not exact or written_unit(plain, quantity) != unit or _NO_ITEM.search(between):
            break
        items.insert(0, _item(plain, quantity, between))
    sums = [sum(item.value for item in items[start:]) for start in range(len(items))]
    exact = whole.numeral.precision is Precision.EXACT and whole.unit in _COUNTED
    if len(items) > 1 and exact and whole.numeral.value not in sums:
        yield _finding(subject, part, text, whole, items, sums[0])


def _finding(
    subject: Subject, part: str, text: str, lead: Quantity, items: Sequence[_Item], added: Value
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


def _expressions(subject: Subject, part: str, text: str) -> Iterator[Found]:
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
