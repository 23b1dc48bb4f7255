"""What prose says of change: 320条，上年250条，同比增长28%; 由1200人增至1800人; 从96%提高到99%.

Knows words and grammar, no table and no rule; ``CMP-2`` and ``YR-7`` do the sums.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, read_sentences, written_unit
from reportdesk.checks.claims.words import any_of
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import Value

_LAST = (
    r"(?:年初(?=的?(?:\d|$))|上年度?|去年|上一年度?|前一年|往年)(?:同期)?(?!结转|转|遗留|未|没|尚|末|底|以来)"
)
_UP = r"增加|增长|上升|提高|提升|上涨|扩大|高出|增幅|升幅|多|增"
_DOWN = r"减少|下降|降低|下滑|回落|缩短|缩减|压缩|降幅|减|少|降"
_TO = re.compile(
    rf"(?:(?P<up>{_UP}|升|达|扩充|拓展|翻了?一?番|翻倍)|(?P<down>{_DOWN}|精简|压减)|整合|优化|调整|合并|发展|变更?)了?(?:到|至|为)了?(?:(?:年末|年底|目前|现在|当前)的?)?$"
)
_TO_EACH = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?[至到][^,，;。、\d]{{0,6}}$")
"""由每周2次增至每周3次."""
_FROM = re.compile(r"(?:由|从)(?:原来|原先|最初|上年|去年|年初|\d{4}年)?的?[^,，;。、]{0,8}$")
_CHANGE = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_BARE = re.compile(
    rf"(?:有所|略有|明显|大幅|小幅|稍有|稳步)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?!了?[\d约近])"
)
_LEVEL = re.compile(r"(?<!基本)(?<!大致)(?<!大体)持平")
_DOUBLED = re.compile(r"(?<![近约])(?:翻了?一?番|翻一倍|翻了一倍)")
_A_HALF = ("一半", "了一半")
_HALVED = re.compile(r"(?:减少|下降|降低|缩短|压缩|压减|精简|减|降)了?(?:整整)?一半")
_OWN = re.compile(
    r"同比|环比|相比|[比较与](?:上年|去年|\d{4}年|年初)(?:度|同期)?(?:相比)?|一年来|总体|整体|实际|平均|累计|"
    r"[共净约又了为达均也各则还的,，:：(（]|总?数?量|总数|增幅|降幅|幅度"
)
"""Before a change of what the two numbers count, and nothing else of its own."""
_COMPARES = re.compile(
    any_of(
        [
            *("上年", "去年", "上一年", "同比", "环比", "相比", "比上", "比去", "比前", "比20"),
            *("较上", "较去", "较前", "较20", "增加", "增长", "增幅", "增至", "增到", "减少", "减至"),
            *(
                "下降",
                "降至",
                "上升",
                "升至",
                "持平",
                "翻",
                "提升",
                "提高",
                "倍",
                "扩充",
                "精简",
                "整合",
                "优化",
            ),
        ]
    )
)
_NOUN_OFF = re.compile(
    r"的|为|是|共计?|全年|年度|同期|度|公开|发布|收到|受理|办理|主动|,|:|\(|\)|我[镇乡县局]|则|约|有|达到?|仅|全镇|本镇|累计|分别|，|同比|环比|由|从|升|达|至|到|"
    + _UP
    + "|"
    + _DOWN
)
_RATE = re.compile(r"(?:率|满意度)(?:均|为|达到?|是)?$")
_BESIDE = re.compile(r"(?:[比较与]|是|为)?(?:上年|去年|\d{4}年)(?:度|同期)?的?$")
"""Before last year's rate: 及时率100%，比上年99.2%提高0.8个百分点."""
_HARD = ";"


class Role(Enum):
    """What a number is in a comparison."""

    NOW = "now"
    BEFORE = "before"
    DIFFERENCE = "difference"
    SHARE = "share"
    """增长28%."""
    POINTS = "points"
    """提高1.2个百分点."""
    TIMES = "times"
    """2倍."""


class Measure(NamedTuple):
    """A number with its part in a comparison; ``direction`` 1 for more, -1 for less, 0 if not said."""

    role: Role
    value: Value
    unit: str
    direction: int
    start: int
    end: int
    noun: str
    decimals: int = 0
    reached: bool = False
    """增至, 提高到, 的2倍: where the change came to."""


@dataclass(slots=True)
class Comparison:
    """Numbers that a sentence sets beside each other."""

    now: list[Measure] = field(default_factory=list)
    before: list[Measure] = field(default_factory=list)
    said: list[Measure] = field(default_factory=list)
    """Differences, shares, points and times that the sentence says."""
    level: tuple[int, int] | None = None
    """The place of 持平."""
    halved: tuple[int, int] | None = None
    """The place of 减少一半."""
    doubled: tuple[int, int] | None = None
    """The place of 翻一番."""
    bare: Measure | None = None
    """有所增加: a direction without a number."""
    start: int = 0
    end: int = 0

    @property
    def says_change(self) -> bool:
        """Whether there is anything to compare with the numbers."""
        return bool(
            self.said
            or self.level
            or self.halved
            or self.doubled
            or self.bare
            or any(one.reached for one in self.now)
        )


@kept
def read_comparisons(text: str, year: int) -> tuple[Comparison, ...]:
    """The comparisons of a part's prose in a report of that year."""
    found: list[Comparison] = []
    for sentence in read_sentences(text):
        if sentence.numbers and _COMPARES.search(sentence.text, sentence.start, sentence.end):
            found += _read(sentence, year)
    return tuple(found)


def _read(sentence: Sentence, year: int) -> Iterator[Comparison]:
    course = Comparison(start=sentence.start)
    since = sentence.start
    for token in sentence.tokens:
        if isinstance(token, Stop) and token.sign == _HARD:
            yield _closed(sentence, course, token.start)
            course, since = Comparison(start=token.end), token.end
        elif isinstance(token, Quantity):
            measure = _measure(sentence.text, since, token, year)
            before, since = since, token.end
            if measure is None or (course.now and course.before and _of_else(sentence, before, measure)):
                continue
            if measure.role is Role.NOW and not measure.reached and course.said:
                yield _closed(sentence, course, token.start)
                course = Comparison(start=token.start)
            {Role.NOW: course.now, Role.BEFORE: course.before}.get(measure.role, course.said).append(measure)
    yield _closed(sentence, course, sentence.end)


def _closed(sentence: Sentence, course: Comparison, end: int) -> Comparison:
    course.end = end
    text = sentence.text
    if level := _LEVEL.search(text, course.start, end):
        course.level = level.span()
    if halved := _HALVED.search(text, course.start, end):
        course.halved = halved.span()
    if doubled := _DOUBLED.search(text, course.start, end):
        course.doubled = doubled.span()
    if bare := _BARE.search(text, course.start, end):
        direction = 1 if bare["up"] else -1
        course.bare = Measure(Role.SHARE, 0, "", direction, *bare.span(), "")
    return course


def _measure(text: str, since: int, quantity: Quantity, year: int) -> Measure | None:
    """The number with its role, by the words between the number before and it."""
    context = text[since : quantity.start]
    numeral = quantity.numeral
    written = written_unit(text, quantity)
    percent = numeral.precision is Precision.PERCENT
    if numeral.precision not in (Precision.EXACT, Precision.PERCENT) or _is_rough(text, quantity):
        return None
    digits = text[numeral.start : numeral.end]
    decimals = len(digits.partition(".")[2].rstrip("%个百分点")) if "." in digits else 0
    role, direction, reached, at = _role(context, percent=percent, year=year)
    if percent and digits.endswith("百分点"):
        role = Role.POINTS
    elif written == "倍":
        role, reached = Role.TIMES, reached or context.endswith("的")
    elif role is None:
        return None
    unit = "%" if percent else written
    noun = "" if reached else _noun(context, year)
    return Measure(role, numeral.value, unit, direction, since + at, quantity.end, noun, decimals, reached)


def _of_else(sentence: Sentence, since: int, measure: Measure) -> bool:
    """由12名增至18名，其中村级增加4名: a change of something that the clause names for itself."""
    if measure.role not in (Role.DIFFERENCE, Role.SHARE, Role.POINTS):
        return False
    lead = sentence.text[since : measure.start]
    named = _OWN.sub("", _CHANGE.sub("", lead))
    earlier = sentence.text[sentence.start : since]
    return "其中" in lead or (len(named) > 1 and named not in earlier)


def _is_rough(text: str, quantity: Quantity) -> bool:
    """近10% and 10%以上, 增长约三成."""
    starts = text[quantity.numeral.start]
    vague_start = not (starts.isdigit() or starts in "百分一二两三四五六七八九十零千")
    return (
        vague_start
        or text[quantity.start - 1 : quantity.start] in ("约", "近", "超")
        or text.startswith(("以上", "左右", "余", "以下", "以内"), quantity.end)
        or (quantity.numeral.precision is Precision.PERCENT and text.startswith("多", quantity.end))
    )


def _role(context: str, *, percent: bool, year: int) -> tuple[Role | None, int, bool, int]:
    """Role, direction, whether the change came to it, and where the words that say so begin."""
    end = len(context)
    if to := _TO.search(context) or _TO_EACH.search(context):
        return Role.NOW, 1 if to["up"] else -1 if to["down"] else 0, True, to.start()
    if _FROM.search(context):
        return Role.BEFORE, 0, False, end
    changes = [one for one in _CHANGE.finditer(context) if not context.startswith(_A_HALF, one.end())]
    marks = [(one.end(), Role.DIFFERENCE, 1 if one["up"] else -1, one.start()) for one in changes]
    marks += [(one.end(), Role.BEFORE, 0, end) for one in _last(year).finditer(context)]
    marks += [(one.end(), Role.NOW, 0, end) for one in re.finditer(rf"本年|今年|{year}年", context)]
    is_rate = _RATE.search(context) is not None
    if not marks:
        return (None if percent and not is_rate else Role.NOW), 0, False, end
    _, role, direction, at = max(marks, key=lambda mark: mark[0])
    if percent and role is Role.DIFFERENCE:
        return Role.SHARE, direction, False, at
    if percent and not is_rate and not _BESIDE.search(context):
        return None, 0, False, end
    return role, direction, False, at


@functools.cache
def _last(year: int) -> re.Pattern[str]:
    return re.compile(rf"{_LAST}|{year - 1}年度?(?!结转|底|末|以来)")


def _noun(context: str, year: int) -> str:
    """What is counted, as far as the words before the number say it."""
    clause = re.split(r"[,，、。\n(]", context)[-1]
    return _NOUN_OFF.sub("", re.sub(rf"同比|{_LAST}|{year - 1}年|{year}年|本年|今年|[比较与是]", "", clause))


def same_thing(one: Measure, other: Measure) -> bool:
    """Whether the two count the same, as far as can be told from unit and noun."""
    if one.unit != other.unit:
        return False
    return not one.noun or not other.noun or one.noun in other.noun or other.noun in one.noun


def of_same_thing(ones: Sequence[Measure], other: Measure) -> list[Measure]:
    """Those that count the same as the other."""
    return [one for one in ones if same_thing(one, other)]
