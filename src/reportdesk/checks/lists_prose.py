"""A lead number and the list of its parts: 1578条，其中网站69条、微博174条……"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportdesk.checks.claims.numerals import Precision, plain_width
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, Token, read_sentences
from reportdesk.checks.claims.words import Word
from reportdesk.checks.engine import Found, Pace, Severity, Subject, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote
from reportdesk.report.document import Value
from reportdesk.report.figures import show_figure

_OPENS = re.compile(r"其中|包括|包含|分别|分为")
_WHOLE = re.compile(r"分别|包括|包含|分为|其余|剩余|余下|其[他它](?!处理|结果|组织|机关|法人|类型的?申请)")
_MORE = re.compile(r"等(?:信息|内容|方面|事项)?[^\d]{0,4}$|等[,，。;]")
_NEW_TOTAL = re.compile(r"共|累计|总计|合计|另|此外|同时|全年")
_AUDIENCE = re.compile(r"点击|浏览|阅读|访问|转发|点赞|播放|粉丝|关注|参加|惠及|覆盖|增|减|同比|较|比")
_EXPRESSION = re.compile(r"\d{1,9}(?:\+\d{1,9}){1,60}(?:=(\d{1,9}))?")
_COUNTED = ("cases", "messages", "people", "yuan", "wan_yuan", "")
_LOOK_BACK = 3
_ROW = 4
_MOST = 60
"""Numbers of a list: a sentence of the longest kind that is read has fewer."""
_INDENT = 2
"""其中 at the beginning of a sentence lists parts of the last number before it."""


@dataclass(frozen=True, slots=True)
class _Item:
    value: Value
    unit: str
    quantity: Quantity


@check(
    "LST-1",
    Severity.WARNING,
    pace=Pace.ON_PAUSE,
    source="《政府信息公开条例》第五十条：年度报告数据应当准确（分项与总数一致）",
)
def lst_1(subject: Subject) -> Iterator[Found]:
    """总数后面列出的各项相加不能超过总数；写明“分别”“包括”“其余”等列全了的，相加应等于总数。"""
    for part, text in parts_with_text(subject):
        before: Sentence | None = None
        for sentence in read_sentences(text):
            yield from _lists(subject, part, text, sentence, before)
            before = sentence
        yield from _expressions(subject, part, text)


def _lists(
    subject: Subject, part: str, text: str, sentence: Sentence, before: Sentence | None
) -> Iterator[Found]:
    end_of_last = -1
    for place, token, earlier in _openers(sentence):
        if token.start < end_of_last:
            continue
        opens_sentence = token.start - sentence.start <= _INDENT
        leads = _quantities(before) if before and opens_sentence else earlier
        items = _items(sentence, place + 1) if leads else []
        lead = _lead(leads, items)
        if lead is None or lead.numeral.precision is not Precision.EXACT:
            continue
        end_of_last = items[-1].quantity.end
        wrong = _judge(sentence, lead, token.start, items)
        if wrong is not None:
            yield _finding(subject, part, text, lead, items, wrong)


def _openers(sentence: Sentence) -> Iterator[tuple[int, Word, Sequence[Quantity]]]:
    """Words that open a list: which token, and the last numbers before it.

    Of a row of them without a number between, the first few: no real sentence has more.
    """
    earlier: list[Quantity] = []
    row = 0
    for place, token in enumerate(sentence.tokens):
        if isinstance(token, Quantity):
            earlier, row = [*earlier[1 - _LOOK_BACK :], token], 0
        elif isinstance(token, Word) and row < _ROW and _OPENS.match(sentence.text, token.start):
            row += 1
            yield place, token, earlier


def _quantities(sentence: Sentence) -> Sequence[Quantity]:
    """The last numbers of the sentence."""
    numbers = (token for token in reversed(sentence.tokens) if isinstance(token, Quantity))
    return tuple(itertools.islice(numbers, _LOOK_BACK))[::-1]


def _lead(earlier: Sequence[Quantity], items: Sequence[_Item]) -> Quantity | None:
    """The last number before the list that counts the same as one of its items."""
    units = {item.quantity.unit for item in items}
    for quantity in reversed(earlier):
        if quantity.numeral.precision is Precision.PERCENT:
            continue
        return quantity if quantity.unit in units and quantity.unit in _COUNTED else None
    return None


def _items(sentence: Sentence, first: int) -> list[_Item]:
    """The numbers of the list from that token on, up to a new total or something that is no part."""
    items: list[_Item] = []
    tokens = sentence.tokens
    since = tokens[first].start if first < len(tokens) else 0
    of_applicants = False
    listed = _numbers_of_list(itertools.islice(tokens, first, None))
    for quantity, names_applicant in itertools.islice(listed, _MOST):
        between = sentence.text[since : quantity.start]
        since = quantity.end
        precision = quantity.numeral.precision
        if items and (_NEW_TOTAL.search(between) or (of_applicants and not names_applicant)):
            break
        if precision is Precision.PERCENT or _AUDIENCE.search(between):
            continue
        if precision is not Precision.EXACT or quantity.unit not in _COUNTED:
            break
        of_applicants = of_applicants or (names_applicant and not items)
        written = sentence.text[quantity.numeral.end : quantity.end]
        items.append(_Item(quantity.numeral.value, written, quantity))
    return items


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


def _judge(sentence: Sentence, lead: Quantity, opened: int, items: Sequence[_Item]) -> Value | None:
    """What the parts add up to if that cannot be; None if it can."""
    whole = lead.numeral.value
    unit = sentence.text[lead.numeral.end : lead.end]
    alike = [item.value for item in items if item.unit in (unit, "")]
    every = [item.value for item in items if item.quantity.unit in ("cases", "messages", "")]
    sums = [sum(values[:count]) for values in (alike, every) for count in range(1, len(values) + 1)]
    if whole in sums or not alike:
        return None
    if sum(alike) > whole:
        return sum(alike)
    end = items[-1].quantity.end
    written = sentence.text[opened:end]
    claims_whole = _WHOLE.search(written) and len(items) > 1
    if claims_whole and not _MORE.search(sentence.text[opened : end + 12]):
        most = max(sum(alike), sum(every))
        return most if most < whole else None
    return None


def _finding(
    subject: Subject, part: str, text: str, lead: Quantity, items: Sequence[_Item], added: Value
) -> Found:
    whole = lead.numeral.value
    listed = " + ".join(show_figure(item.value) for item in items)
    end = items[-1].quantity.end
    start = lead.start if lead.start < end else items[0].quantity.start
    gap = show_figure(max(whole, added) - min(whole, added))
    more = "超过" if added > whole else "少于"
    return prose_finding(
        subject,
        part,
        (start, end),
        f"总数写{quote(text, lead.start, lead.end)}，所列各项 {listed}，相加 {show_figure(added)}，"
        f"{more}总数 {gap}。请核对总数和各项；各项有交叉或没有列全的，写一句说明。",
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
