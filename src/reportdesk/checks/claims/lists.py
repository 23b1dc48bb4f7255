"""Lists in prose: what opens one, the numbers of its parts, and the number before it that is their whole.

Knows words and grammar; whether whole and parts agree is ``LST-1``'s.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, Token, written_unit
from reportdesk.checks.claims.words import Word
from reportdesk.report.document import Value

OPENS = re.compile(r"其中|包括|包含|分别|分为|涵盖|具体[为是]")
AUDIENCE = re.compile(
    r"点击|浏览|阅读|访问|点赞|播放|粉丝|关注|参加|惠及|覆盖|增[加长幅]|减少|降[低幅]|同比|[较比](?:上|去|前|20)"
)
NO_WHOLE = re.compile(r"平均|每|人均|同比|环比|较|比|增|减|占|上年|去年|不少于|超过|日均|月均")
COUNTED = ("cases", "messages", "people", "yuan", "wan_yuan", "")
MOST = 60
"""Numbers of a list: a sentence of the longest kind that is read has fewer."""
ITEM_LEAD = 16
"""Characters before the number in a sentence that is an item of the list in the sentence before."""
_OPENS_ALL = re.compile(
    r"(?:从|按).{0,6}(?:渠道|载体|方式|途径|来源|平台|申请人|类型|类别|结构|形式|内容|主题|领域|栏目|性质)(?:来)?(?:看|分|划分|统计)$"
)
"""Before a comma: what follows parts the number before it, all of it."""
_AMONG = re.compile(r"^[^,，;:\d]{0,6}中$")
"""Between a number and a comma or colon: 97条信息中：…"""
_OF_THE_NUMBER = re.compile(r"涉及|对|来自|分布")
_NEW_TOTAL = re.compile(r"共|累计|总计|合计|另|此外|同时|全年")
_PERIOD = re.compile(r"[上下]半年|[一二三四]季度")
_DEED = re.compile(
    r"(?:答复|办理|办结|开展|组织|召开|回应|发放|举办|更新|制作|收到|受理|接待|修订|清理|印发|出台|培训|新增|开设|设立|张贴|编制|处置|整改|排查)(?!类)"
)
_OF_ITEM_BEFORE = re.compile(
    r"[,，](?:[均都全]?部?已?(?:经)?|目前|现已?|其中已?)(?:按[时期]|依法)?(?:答复|办结|办理|回复|反馈|整改|处理|完成|化解|解决|采纳|落实)(?:了|完成|到位)?"
)
"""Between two numbers: what became of the first of them, 申请35件，已答复33件."""
_BRACKETS = re.compile(r"\([^()]*\)")
_KINDS = tuple(
    re.compile(
        rf"(?:其中)?(?:评价)?(?:为|是)?[“]?(?:{kinds})[”]?(?:的|等次|申请|方式|渠道)*(?:共|有|为)?(?=\d)"
    )
    for kinds in (
        "非常满意|很满意|比较满意|较满意|基本满意|满意|一般|不满意|不太满意|不了解",
        "优秀|优|良好|良|合格|基本合格|不合格|较差|差|一般|称职|达标|不达标",
        "自然人|法人或其他组织|法人或者其他组织|法人|商业企业|企业|科研机构|社会公益组织|法律服务机构|其他组织|其他",
        "线上|线下|网上|网络|在线|信函|邮寄|当面|现场|传真|电子邮件",
    )
)
"""Names of kinds that part one whole."""
_WAYS = re.compile(
    r"(?:申请|提交|受理|提出|收到)?(?:方式|渠道|途径)(?:上|分别|均)?(?:为|有|是)(?=[^,，。;\d]{1,8}\d)"
)
"""Behind a number and a comma: 收到申请3件，申请方式为网上2件、信函1件."""
_LOOK_BACK = 3
_NEAR = 8
_ROW = 4
_PARALLEL = re.compile(r"同步|转发|转载|转推|推送|复用|一并|同时|兼")


@dataclass(frozen=True, slots=True)
class Item:
    """A number of a list with its measure word as it is written."""

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
class Opener:
    """Where a list begins, and the numbers before it that may be its whole.

    ``whole`` if its form alone says that it names all: a bracket or a colon right behind the number;
    ``parts_all`` if its words do: 从渠道看.
    """

    place: int
    start: int
    earlier: Sequence[Quantity]
    whole: bool = False
    parts_all: bool = False
    kinds: re.Pattern[str] | None = None
    """The kinds whose names alone open it: 40份，满意38份、基本满意2份."""


def openers(sentence: Sentence) -> Iterator[Opener]:
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
        elif isinstance(token, Word) and row < _ROW and _opens(sentence.text, token.start):
            row += 1
            yield Opener(place, token.start, earlier)
        last = token if not isinstance(token, Word) else last


def _opens(text: str, start: int) -> bool:
    return OPENS.match(text, start) is not None and text[start - 1 : start] not in ("拆", "划", "切")


def _opened_by(
    sentence: Sentence, place: int, stop: Stop, last: Token | None, earlier: Sequence[Quantity]
) -> Opener | None:
    """The list that a bracket, a colon or a comma opens behind a number or behind 从渠道看."""
    text = sentence.text
    if not isinstance(last, Quantity):
        since = last.end if last is not None else sentence.start
        opens = stop.sign in ",，:" and _OPENS_ALL.search(text[since : stop.start])
        return Opener(place, since, earlier, parts_all=True) if opens else None
    if stop.sign in "(:" and last.end == stop.start:
        return Opener(place, stop.start, earlier, whole=True)
    if stop.sign in ",，:" and _AMONG.match(text[last.end : stop.start]):
        return Opener(place, stop.start, earlier)
    if (
        stop.sign in ",，;"
        and stop.start - last.end <= _NEAR
        and last in earlier
        and _WAYS.match(text, stop.end)
    ):
        return Opener(place, stop.end, [last])
    kinds = next((kinds for kinds in _KINDS if kinds.match(text, stop.end)), None)
    if kinds and stop.sign in ",，:" and stop.start - last.end <= _NEAR and last in earlier:
        return Opener(place, stop.end, [last], kinds=kinds)
    return None


def numbers_of(sentence: Sentence) -> Sequence[Quantity]:
    """The numbers of the sentence outside brackets: the first of them and the last few."""
    numbers = list(outside_brackets(sentence.tokens))
    return [*numbers[:1], *numbers[1:][-_LOOK_BACK:]]


def outside_brackets(tokens: Iterable[Token]) -> Iterator[Quantity]:
    """The numbers that stand in no bracket."""
    depth = 0
    for token in tokens:
        if isinstance(token, Stop):
            depth = max(0, depth + (token.sign == "(") - (token.sign == ")"))
        elif depth == 0 and isinstance(token, Quantity):
            yield token


def lead_of(plain: str, earlier: Sequence[Quantity], items: Sequence[Item]) -> Quantity | None:
    """The last number before the list that counts the same as one of its items.

    A share, an average and a difference from last year are no wholes; readers are no messages.
    """
    units = {item.quantity.unit for item in items}
    written = {item.unit for item in items}
    for quantity in reversed(earlier):
        near = plain[max(0, quantity.start - _NEAR) : quantity.start]
        near = re.split(r"[,，;:。\n]", near)[-1]
        if quantity.numeral.precision is Precision.PERCENT or NO_WHOLE.search(near):
            continue
        if written_unit(plain, quantity) not in written and (
            AUDIENCE.search(near) or (quantity.unit not in units and _OF_THE_NUMBER.search(near))
        ):
            continue
        return quantity if quantity.unit in units and quantity.unit in COUNTED else None
    return None


def largest_of(plain: str, earlier: Sequence[Quantity], items: Sequence[Item]) -> Quantity | None:
    """The whole in the sentence before: of several numbers that may be it, the largest."""
    found = [lead_of(plain, [quantity], items) for quantity in earlier]
    return max((one for one in found if one), key=lambda one: one.numeral.value, default=None)


def is_full(plain: str, opener: Opener, lead: Quantity, items: Sequence[Item]) -> bool:
    """Whether a bracket or colon right behind a number holds nothing but a list of its parts."""
    unit = written_unit(plain, lead)
    if lead.end != opener.start or len(items) < 2 or any(item.unit != unit for item in items):  # noqa: PLR2004
        return False
    return not re.search(
        r"含|其中|包括|另|不|截至|上年|去年|[,，;]", plain[opener.start : items[0].quantity.start]
    )


def items_of(sentences: Sequence[Sentence], first: int) -> list[Item]:
    """The numbers of the list from that token on, up to a new total or something that is no part.

    Short sentences that hold one number each go on with it: 其中，财政类70条。民生类40条。
    """
    items, goes_on = items_of_sentence(sentences[0], first)
    for sentence in sentences[1:] if goes_on and items else ():
        quantity = _only_number(sentence)
        if quantity is None or quantity.unit != items[-1].quantity.unit:
            break
        between = sentence.text[sentence.start : quantity.start]
        if _NEW_TOTAL.search(between) or AUDIENCE.search(between) or _DEED.search(between):
            break
        items.append(item_at(sentence.text, quantity, f"。{between}"))
    return items


def _only_number(sentence: Sentence) -> Quantity | None:
    """The number of a sentence that says nothing but one item of a list."""
    numbers = sentence.numbers
    if len(numbers) != 1 or any(isinstance(token, Stop) for token in sentence.tokens):
        return None
    (quantity,) = numbers
    short = quantity.end == sentence.end and quantity.start - sentence.start <= ITEM_LEAD
    return quantity if short and quantity.numeral.precision is Precision.EXACT else None


def items_of_sentence(sentence: Sentence, first: int) -> tuple[list[Item], bool]:
    """The items in one sentence, and whether the list may go on behind it."""
    items: list[Item] = []
    tokens = sentence.tokens
    since = tokens[first - 1].end if 0 < first <= len(tokens) else 0
    of_applicants = False
    listed = _numbers_of_list(itertools.islice(tokens, first, None))
    for quantity, names_applicant in itertools.islice(listed, MOST):
        between = _BRACKETS.sub("", sentence.text[since : quantity.start])
        since = quantity.end
        precision = quantity.numeral.precision
        if items and (
            _NEW_TOTAL.search(between)
            or (of_applicants and not names_applicant)
            or _begins_anew(between, items)
        ):
            return items, False
        if precision is Precision.PERCENT or AUDIENCE.search(between):
            continue
        if items and _OF_ITEM_BEFORE.fullmatch(between):
            continue
        if precision is not Precision.EXACT or quantity.unit not in COUNTED:
            return items, False
        of_applicants = of_applicants or (names_applicant and not items)
        items.append(item_at(sentence.text, quantity, between))
    return items, bool(items) and items[-1].quantity.end >= sentence.end - 1


def item_at(plain: str, quantity: Quantity, between: str) -> Item:
    """The number as an item; ``between`` is what stands between the last one and it."""
    written = written_unit(plain, quantity)
    return Item(quantity.numeral.value, written, quantity, between)


def _begins_anew(between: str, items: Sequence[Item]) -> bool:
    """Whether another part of the year follows, or behind a semicolon another deed, which the list did not begin with."""
    if _PERIOD.search(between) and not _PERIOD.search(items[0].before):
        return True
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
